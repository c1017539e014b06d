//! Names that are no UTF-8: of what `extract` reads and writes, of the input of a run that is tried again,
//! and of settings, which have to be text.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;

use crate::support::{ARTICLES, Workdir, captured};

/// `fål` in Latin-1.
fn odd() -> &'static OsStr {
    OsStr::from_bytes(b"f\xe5l")
}

#[test]
fn extract_reads_and_writes_names_that_are_no_utf8() {
    let dir = Workdir::new();
    fs::write(dir.path("").join(odd()), ARTICLES[0].1).unwrap();
    let mut command = dir.command(&["extract", "--in"]);
    command
        .arg(odd())
        .arg("--out")
        .arg(OsStr::from_bytes(b"\xff.jsonl"));
    captured(&mut command, b"").exits(0);
    let written = dir.path("").join(OsStr::from_bytes(b"\xff.jsonl"));
    let records = fs::read_to_string(written).unwrap();
    assert!(records.contains(r#""source_path":"f\\xe5l""#), "{records}");
    assert_eq!(fs::read_dir(dir.path("")).unwrap().count(), 2);
}

#[test]
fn a_run_over_a_name_that_is_no_utf8_can_be_tried_again() {
    let dir = Workdir::new();
    let input = dir.path("").join(odd());
    fs::create_dir(&input).unwrap();
    fs::write(input.join("a.jsonl"), "{\"id\": 1\n").unwrap();
    let mut command = dir.command(&["run", "--out", "out"]);
    captured(command.arg(odd()), b"").exits(1);
    let text = serde_json::json!({ "id": 1, "text": ARTICLES[0].1 });
    fs::write(input.join("a.jsonl"), format!("{text}\n")).unwrap();
    dir.run(&["retry", "out"]).exits(0);
    assert!(dir.read("out/quotes.csv").contains("Anna Bergström"));
}

#[test]
fn a_setting_that_is_no_utf8_is_refused_with_the_flag() {
    let dir = Workdir::new();
    dir.write("in/a.txt", ARTICLES[0].1);
    for flag in ["--out", "--config-dir", "--compare-with"] {
        let mut command = dir.command(&["run", "in", flag]);
        let run = captured(command.arg(odd()), b"").exits(2);
        for part in [flag, "this name is not UTF-8: give"] {
            assert!(run.stderr.contains(part), "{flag}: {}", run.stderr);
        }
    }
    assert_eq!(fs::read_dir(dir.path("")).unwrap().count(), 1);
}
