//! Tests of the publisher: same bytes by either way, nothing torn, nothing lost.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::disk::Disk;
use super::publisher::Publisher;
use super::{CsvOptions, ManifestInput, OutputOptions, Profile, Published, Times};
use crate::error::Error;
use crate::model::article::{Rejected, Source};
use crate::model::problem::{Code, Problem};
use crate::model::record::Record;
use crate::model::samples::{full_record, record};

/// Records of every status, two with one id.
fn sample() -> Vec<Record> {
    let rejected = Rejected {
        source: Source {
            path: "bad.jsonl".into(),
            record: 7,
            offset: Some(120),
        },
        id: None,
        skipped: false,
        problem: Problem::new(Code::EJson, "not JSON"),
        raw: Some("{\"id\": =1}".into()),
    };
    vec![
        full_record("a"),
        record("b"),
        Record::from(&rejected),
        full_record("a"),
    ]
}

fn publish(disk: &Disk, out: &Path, records: Vec<Record>) -> Result<Published, Error> {
    publish_with(disk, out, records, &OutputOptions::default())
}

fn publish_with(
    disk: &Disk,
    out: &Path,
    records: Vec<Record>,
    options: &OutputOptions,
) -> Result<Published, Error> {
    let mut publisher = Publisher::create_on(disk, out, options)?;
    let preparer = publisher.preparer();
    for record in records {
        publisher.accept(preparer.prepare(record))?;
    }
    publisher.finish(&ManifestInput::default(), || Times::fixed(0))
}

/// Every file below a directory with its bytes.
fn contents(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    let mut open = vec![dir.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path
                    .strip_prefix(dir)
                    .unwrap()
                    .to_string_lossy()
                    .into_owned();
                all.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    all
}

fn text(out: &Path, name: &str) -> String {
    fs::read_to_string(out.join(name)).unwrap()
}

#[test]
fn every_record_is_accounted_for_and_ids_stay_unique() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    let published = publish(&Disk::default(), &out, sample()).unwrap();
    let counts = published.counts;
    assert_eq!(
        (counts.seen, counts.ok, counts.degraded, counts.failed),
        (4, 2, 1, 1)
    );
    assert_eq!(text(&out, "articles.jsonl").lines().count(), 4);
    assert_eq!(text(&out, "articles.csv").lines().count(), 5);
    assert_eq!(text(&out, "quotes.csv").lines().count(), 3);
    let errors = text(&out, "errors.jsonl");
    assert!(errors.contains("\"offset\":120"), "{errors}");
    assert!(errors.contains("W_SAME_ID"));
    let again = crate::model::ids::article_id("a") + "-2";
    assert!(text(&out, "quotes.csv").contains(&format!("\"{again}-q001\"")));
    let manifest: serde_json::Value = serde_json::from_str(&text(&out, "run.json")).unwrap();
    assert_eq!(manifest["errors_by_code"]["E_JSON"], 1);
    for file in manifest["outputs"].as_array().unwrap() {
        let bytes = fs::read(out.join(file["path"].as_str().unwrap())).unwrap();
        assert_eq!(file["sha256"], crate::model::ids::sha256_hex(&bytes));
        assert_eq!(file["bytes"], bytes.len());
    }
    assert_eq!(published.files.len() + 1, contents(&out).len());
}

#[test]
fn records_read_back_give_the_same_bytes() {
    let dir = tempfile::tempdir().unwrap();
    let (one, two) = (dir.path().join("one"), dir.path().join("two"));
    let mut extracted = Vec::new();
    for record in sample() {
        serde_json::to_writer(&mut extracted, &record).unwrap();
        extracted.push(b'\n');
    }
    publish(&Disk::default(), &one, sample()).unwrap();
    let mut merged = Publisher::create(&two, &OutputOptions::default()).unwrap();
    for line in extracted.split_inclusive(|b| *b == b'\n') {
        let prepared = merged.preparer().prepare_line(line.to_vec()).unwrap();
        merged.accept(prepared).unwrap();
    }
    merged
        .finish(&ManifestInput::default(), || Times::fixed(0))
        .unwrap();
    assert_eq!(contents(&one), contents(&two));
}

#[test]
fn a_full_disk_at_any_moment_leaves_the_old_run_whole() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    publish(&Disk::default(), &out, vec![record("old")]).unwrap();
    let old = contents(&out);
    for n in 1.. {
        let disk = Disk::failing_at(n);
        let options = OutputOptions {
            state: Some("engine".into()),
            keep_state: n % 2 == 0,
            parquet: cfg!(feature = "parquet"),
            ..OutputOptions::default()
        };
        let result = publish_with(&disk, &out, sample(), &options);
        let reached = !disk.untouched();
        let published = result.is_ok();
        match result {
            Err(error) => {
                assert_eq!(error.exit_code(), 3, "{error}");
                assert!(error.to_string().contains("out"), "{error}");
                let now = contents(&out);
                // The last syncs come after the swap: then the new run is in place, whole.
                assert!(now == old || now.contains_key("run.json"), "operation {n}");
                let lines = text(&out, "articles.jsonl").lines().count();
                assert!(lines == 1 || lines == 4, "operation {n}");
            }
            Ok(_) => {
                if !reached {
                    assert!(n > 20, "only {n} operations were tried");
                    break;
                }
            }
        }
        let left = fs::read_dir(dir.path()).unwrap().count();
        // Only the clearing after a published run may be left for the next one.
        assert!(left == 1 || (published && left == 2), "operation {n}");
        publish(&Disk::default(), &out, vec![record("old")]).unwrap();
    }
}

#[test]
fn a_foreign_directory_is_refused_and_foreign_files_stay() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    fs::create_dir(&out).unwrap();
    fs::write(out.join(".gitignore"), "*\n").unwrap();
    publish(&Disk::default(), &out, sample()).unwrap();
    assert_eq!(text(&out, ".gitignore"), "*\n");
    fs::write(out.join("my notes.txt"), "mine").unwrap();
    publish(&Disk::default(), &out, sample()).unwrap();
    assert_eq!(text(&out, "my notes.txt"), "mine");
    fs::remove_file(out.join("run.json")).unwrap();
    let refused = publish(&Disk::default(), &out, sample()).unwrap_err();
    assert_eq!(refused.exit_code(), 2);
    assert_eq!(text(&out, "articles.jsonl").lines().count(), 4);
    let forced = OutputOptions {
        force: true,
        ..OutputOptions::default()
    };
    publish_with(&Disk::default(), &out, sample(), &forced).unwrap();
    assert_eq!(text(&out, "my notes.txt"), "mine");
}

#[test]
fn the_second_run_on_an_output_is_told_so() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    let first = Publisher::create(&out, &OutputOptions::default()).unwrap();
    let second = Publisher::create(&out, &OutputOptions::default()).unwrap_err();
    assert_eq!(second.exit_code(), 75);
    first.abandon();
    assert!(fs::read_dir(dir.path()).unwrap().next().is_none());
    publish(&Disk::default(), &out, sample()).unwrap();
}

#[test]
fn what_a_killed_run_left_is_cleared() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    fs::create_dir(dir.path().join(".out.polygist-staging-1")).unwrap();
    fs::write(
        dir.path().join(".out.polygist-staging-1/quotes.csv"),
        "half",
    )
    .unwrap();
    publish(
        &Disk::default(),
        &dir.path().join("before"),
        vec![record("old")],
    )
    .unwrap();
    fs::rename(
        dir.path().join("before"),
        dir.path().join(".out.polygist-previous"),
    )
    .unwrap();
    let publisher = Publisher::create(&out, &OutputOptions::default()).unwrap();
    assert_eq!(text(&out, "articles.jsonl").lines().count(), 1);
    publisher.abandon();
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
}

#[test]
fn tables_are_split_and_described() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    let options = OutputOptions {
        csv: CsvOptions {
            profile: Profile::ExcelEu,
            split_rows: 2,
            ..CsvOptions::default()
        },
        ..OutputOptions::default()
    };
    publish_with(&Disk::default(), &out, sample(), &options).unwrap();
    let second = text(&out, "articles-0002.csv");
    assert!(second.starts_with("\u{feff}\"article_id\";\"status\""));
    assert_eq!(second.lines().count(), 3);
    assert!(second.contains(";0,987;"));
    let package: serde_json::Value = serde_json::from_str(&text(&out, "datapackage.json")).unwrap();
    let articles = &package["resources"][1];
    assert_eq!(articles["path"][1], "articles-0002.csv");
    assert_eq!(articles["dialect"]["delimiter"], ";");
}
