//! Gigabytes (the output takes ten): `POLYGIST_HEAVY=1 cargo test --release --test reliability heavy -- --nocapture`.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write as _};

use crate::support::{ARTICLES, Workdir};
use crate::tools::{is_heavy, shell, whole};

/// A word made of a number.
fn word(n: u64) -> String {
    let mut n = n.wrapping_mul(2_654_435_761) % (1 << 32);
    let mut out = String::new();
    while n > 0 {
        out.push(char::from(b"bdfgklmnprstv"[n as usize % 13]));
        out.push(char::from(b"aeiouy"[n as usize / 13 % 6]));
        n /= 78;
    }
    out
}

/// JSON Lines of so many bytes, with articles that all differ.
fn write(dir: &Workdir, name: &str, bytes: u64) -> u64 {
    let mut file = BufWriter::new(File::create(dir.path(name)).unwrap());
    let (mut written, mut n) = (0, 0u64);
    while written < bytes {
        let (_, text) = ARTICLES[n as usize % 3];
        // Words that are no other article's, so that few articles repeat each other.
        let mut own = String::new();
        for i in 0..60 {
            let (what, place, other) = (word(n * 97 + i), word(n * 31 + i * 7), word(n + i));
            write!(own, "{what} växer sedan i {place} och {other}. ").unwrap();
        }
        let line = serde_json::json!({ "id": n, "published": "2024-05-02", "text": format!("{text}\n{own}") });
        let line = format!("{line}\n");
        file.write_all(line.as_bytes()).unwrap();
        written += line.len() as u64;
        n += 1;
    }
    file.flush().unwrap();
    n
}

#[test]
fn a_gigabyte_takes_less_than_256_mebibytes() {
    if !is_heavy() {
        return;
    }
    let dir = Workdir::new();
    let mut figures = Vec::new();
    for bytes in [250_000_000, 1_000_000_000] {
        let articles = write(&dir, "a.jsonl", bytes);
        let script = "$P run a.jsonl --out out --jobs 2 --quiet & p=$!; peak=0
            while kill -0 $p 2>/dev/null; do
                now=$(awk '/VmHWM/ {print $2}' /proc/$p/status 2>/dev/null); [ \"${now:-0}\" -gt $peak ] && peak=$now; sleep 0.1
            done; wait $p; echo $? $peak";
        let run = shell(&dir, script);
        let words: Vec<u64> = run
            .stdout
            .split_whitespace()
            .map(|w| w.parse().unwrap())
            .collect();
        assert_eq!(words[0], 0, "{}", run.stderr);
        eprintln!(
            "{bytes} bytes, {articles} articles, --jobs 2: peak {} MiB",
            words[1] / 1024
        );
        assert_eq!(whole(&dir.path("out")).unwrap()["counts"]["seen"], articles);
        figures.push(words[1] / 1024);
    }
    assert!(figures[1] < 256, "{figures:?} MiB");
}
