//! Compressed files: rows 20 to 23 of the fault table.

use crate::support::{gzip, noise, reading, reading_with, zstd};
use polygist::input::{Compression, InputOptions};

fn lines(n: usize) -> String {
    (0..n)
        .map(|i| format!("{{\"id\":{i},\"text\":\"{i} {}\"}}\n", noise(300)))
        .collect()
}

#[test]
fn compression_is_told_by_content_and_not_by_name() {
    let packed = [gzip(b"Ett ord."), zstd(b"Ett ord.")];
    for (bytes, kind) in packed.iter().zip([Compression::Gzip, Compression::Zstd]) {
        for name in ["a.txt", "a.txt.gz", "a.txt.zst", "a.gz", "a"] {
            let read = reading(name, bytes);
            assert_eq!(read.article().text, "Ett ord.", "{name}");
            assert_eq!(read.report.compression, kind);
        }
    }
    let read = reading("a.txt.gz", "Ett ord.");
    assert_eq!(read.article().text, "Ett ord.");
    assert_eq!(read.report.compression, Compression::None);
}

#[test]
fn all_members_and_frames_are_read() {
    for pack in [gzip, zstd] {
        let bytes = [
            pack(b"{\"text\":\"a"),
            pack(b"b\"}\n"),
            pack(b"{\"text\":\"c\"}\n"),
        ]
        .concat();
        assert_eq!(reading("a.jsonl.gz", bytes).outline(), ["ab", "c"]);
    }
    // A skippable frame between two others.
    let skippable = [&[0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0][..], b"xyz"].concat();
    let bytes = [
        zstd(b"{\"text\":\"a\"}\n"),
        skippable,
        zstd(b"{\"text\":\"b\"}\n"),
    ]
    .concat();
    assert_eq!(reading("a.jsonl.zst", bytes).outline(), ["a", "b"]);
}

#[test]
fn records_before_a_cut_are_kept() {
    let whole = lines(2000);
    for pack in [gzip, zstd] {
        let packed = pack(whole.as_bytes());
        let read = reading("a.jsonl.gz", &packed[..packed.len() / 2]);
        let codes: Vec<_> = read
            .rejected()
            .iter()
            .map(|r| r.problem.code.as_str())
            .collect();
        assert_eq!(codes, ["E_COMPRESSED"]);
        assert!(read.articles().len() > 100, "{}", read.articles().len());
        assert!(!read.rejected()[0].skipped);
        // The record that the cut went through is with the fault, not lost and not an article.
        let raw = read.rejected()[0].raw.as_deref().unwrap();
        assert!(
            raw.starts_with(&format!("{{\"id\":{}", read.articles().len())),
            "{raw}"
        );
    }
}

#[test]
fn a_cut_or_broken_document_fails_whole() {
    let packed = gzip(noise(100_000).as_bytes());
    assert_eq!(
        reading("a.txt.gz", &packed[..packed.len() / 2])
            .refusal()
            .problem
            .code,
        "E_COMPRESSED"
    );

    let mut checksum = gzip(b"{\"text\":\"a\"}\n");
    let at = checksum.len() - 6;
    checksum[at] ^= 1;
    assert_eq!(
        reading("a.jsonl.gz", checksum).outline(),
        ["a", "E_COMPRESSED"]
    );

    let mut checksum = zstd(lines(10).as_bytes());
    let at = checksum.len() - 1;
    checksum[at] ^= 1;
    assert_eq!(
        reading("a.jsonl.zst", checksum).outline().last().unwrap(),
        "E_COMPRESSED"
    );

    let junk = [gzip(b"{\"text\":\"a\"}\n"), b"junk after the end".to_vec()].concat();
    assert_eq!(reading("a.jsonl.gz", junk).outline(), ["a", "E_COMPRESSED"]);
}

#[test]
fn bombs_are_refused() {
    let zeros = vec![b' '; 24 << 20];
    for pack in [gzip, zstd] {
        for name in ["a.txt", "a.jsonl", "a.json", "a.csv.gz"] {
            let content = if name.starts_with("a.csv") {
                [b"text\n".as_slice(), &zeros].concat()
            } else {
                zeros.clone()
            };
            let read = reading(name, pack(&content));
            assert_eq!(read.outline(), ["E_RATIO"], "{name}");
        }
    }
    // Text that merely repeats itself a lot is below the limit in its first MiB.
    let repeated = "samma rad igen\n".repeat(50_000);
    assert_eq!(
        reading("a.txt", gzip(repeated.as_bytes()))
            .article()
            .text
            .len(),
        repeated.len()
    );
}

#[test]
fn a_huge_window_is_refused_before_memory_is_taken() {
    // A frame header that asks for a window of 2 GiB.
    let frame = [0x28, 0xb5, 0x2f, 0xfd, 0x00, 21 << 3, 0x01, 0x00, 0x00];
    assert_eq!(
        reading("a.txt", frame).refusal().problem.code,
        "E_COMPRESSED"
    );
}

#[test]
fn an_archive_in_an_archive_is_passed_over() {
    let read = reading("a.gz", gzip(&gzip(b"text")));
    assert_eq!(read.refusal().problem.code, "E_KIND");
    assert!(read.refusal().skipped);
}

#[test]
fn the_hash_is_of_the_bytes_on_disk() {
    let packed = gzip(b"Ett ord.");
    let read = reading("a.txt.gz", &packed);
    assert_eq!(
        read.report.sha256.as_deref(),
        Some(polygist::model::ids::sha256_hex(&packed).as_str())
    );
    assert_eq!(read.report.bytes, packed.len() as u64);
    let mut options = InputOptions::default();
    options.limits.article = 10;
    let read = reading_with("a.txt", noise(200_000), &options);
    assert_eq!(read.refusal().problem.code, "E_TOO_BIG");
    assert_eq!(read.report.sha256, None, "what was not read has no hash");
}
