//! Finding files: rows 17, 24, 46, 49 to 56 of the fault table.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{Dir, read_with, reading, warnings};
use polygist::input::{InputFile, InputOptions, describe, discover, refuse_overlap};
use polygist::model::article::Input;
use polygist::model::problem::Code;

fn labels(paths: &[PathBuf], options: &InputOptions) -> Vec<String> {
    discover(paths, options)
        .unwrap()
        .iter()
        .map(InputFile::label)
        .collect()
}

fn codes(dir: &Dir, options: &InputOptions) -> Vec<(String, String)> {
    dir.list(options)
        .iter()
        .map(|file| (file.label(), read_with(file, options).outline().join(" ")))
        .collect()
}

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter()
        .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
        .collect()
}

#[test]
fn files_come_in_the_order_of_their_bytes() {
    let dir = Dir::new();
    for name in [
        "b.txt",
        "a/x.txt",
        "a-b/x.txt",
        "A.txt",
        "a.txt",
        "å.txt",
        "a/b/c/d.txt",
        ".hidden/x.txt",
        ".x.txt",
    ] {
        dir.file(name, "Ett ord.");
    }
    let expected = [
        "A.txt",
        "a-b/x.txt",
        "a.txt",
        "a/b/c/d.txt",
        "a/x.txt",
        "b.txt",
        "å.txt",
    ];
    let options = InputOptions::default();
    assert_eq!(labels(&[dir.path().to_owned()], &options), expected);
    // The order of the arguments does not matter, and no file is read twice.
    let (a, b) = (dir.path().join("a"), dir.path().to_owned());
    assert_eq!(
        labels(&[a.clone(), b.clone()], &options),
        labels(&[b.clone(), a], &options)
    );
    assert_eq!(labels(&[b.clone(), b.join("b.txt")], &options), expected);
}

#[test]
fn files_of_the_same_name_are_told_apart() {
    let dir = Dir::new();
    dir.file("one/x.txt", "a");
    dir.file("two/x.txt", "b");
    dir.file("two/y.txt", "c");
    let roots = [dir.path().join("one"), dir.path().join("two")];
    assert_eq!(
        labels(&roots, &InputOptions::default()),
        ["one/x.txt", "two/x.txt", "y.txt"]
    );
}

#[test]
fn patterns_are_expanded() {
    let dir = Dir::new();
    for name in [
        "a1.txt",
        "a2.txt",
        "b1.txt",
        "c/a3.txt",
        "c/d/a4.txt",
        "c/d/a5.md",
    ] {
        dir.file(name, "Ett ord.");
    }
    let options = InputOptions::default();
    let at = |pattern: &str| labels(&[dir.path().join(pattern)], &options);
    assert_eq!(at("a*.txt"), ["a1.txt", "a2.txt"]);
    assert_eq!(at("[ab]1.txt"), ["a1.txt", "b1.txt"]);
    assert_eq!(at("?1.txt"), ["a1.txt", "b1.txt"]);
    assert_eq!(
        at("**/a*.txt"),
        ["a1.txt", "a2.txt", "c/a3.txt", "c/d/a4.txt"]
    );
    assert_eq!(at("c/*.txt"), ["a3.txt"]);
    for path in [
        "x*.txt",
        "missing.txt",
        "missing/",
        "missing/*.txt",
        "a1.txt/*",
    ] {
        let error = discover(&[dir.path().join(path)], &options).unwrap_err();
        assert_eq!(error.exit_code(), 2, "{path}");
    }
}

#[test]
fn what_polygist_wrote_is_passed_over_by_directory_and_by_pattern() {
    let dir = Dir::new();
    for name in ["a.txt", "old/b.txt", "old/deep/run/c.txt", "run/d.txt"] {
        dir.file(name, "Ett ord.");
    }
    for run in ["run", "old/deep/run"] {
        dir.file(
            &format!("{run}/run.json"),
            "{\n  \"polygist\": \"0.1.0\"\n}\n",
        );
    }
    let options = InputOptions::default();
    let at = |pattern: &str| labels(&[dir.path().join(pattern)], &options);
    let all = ["a.txt", "old/b.txt", "old/deep/run", "run"];
    assert_eq!(at(""), all);
    assert_eq!(at("**/*.txt"), all);
    assert_eq!(at("**"), all);
    assert_eq!(at("old/**/*.txt"), ["b.txt", "deep/run"]);
    // What could not have been meant is not told.
    assert_eq!(at("*.txt"), ["a.txt"]);
    assert_eq!(at("[or]*/*.txt"), ["old/b.txt", "run"]);
    let found = discover(&[dir.path().join("**/*.txt")], &options).unwrap();
    let refused: Vec<&InputFile> = found.iter().filter(|f| f.refusal().is_some()).collect();
    assert_eq!(refused.len(), 2);
    for file in refused {
        let refusal = file.refusal().unwrap();
        assert_eq!(refusal.code, Code::EKind);
        assert!(refusal.skipped && refusal.message.contains("polygist merge"));
    }
    // One that is named is refused, by its name and by a pattern in it.
    for named in ["run", "run/*.txt", "run/**/*.txt"] {
        let error = discover(&[dir.path().join(named)], &options).unwrap_err();
        assert!(
            error.to_string().contains("is an output of polygist"),
            "{error}"
        );
    }
    assert_eq!(at("run/d.txt"), ["d.txt"]);
}

#[test]
fn odd_names_are_read_and_written_without_loss() {
    let dir = Dir::new();
    let name = OsStr::from_bytes(b"a\xff\nb\\.txt");
    fs::write(dir.path().join(name), "Ett ord.").unwrap();
    dir.file("X.txt", "stor");
    dir.file("x.txt", "liten");
    let found = codes(&dir, &InputOptions::default());
    assert_eq!(
        found,
        pairs(&[
            ("X.txt", "stor"),
            ("a\\xff\\x0ab\\\\.txt", "Ett ord."),
            ("x.txt", "liten")
        ])
    );
}

#[test]
fn links_are_not_followed_unless_asked() {
    let dir = Dir::new();
    let outside = Dir::new();
    outside.file("far.txt", "fjärran");
    dir.file("in/a.txt", "nära");
    symlink(outside.path(), dir.path().join("in/tree")).unwrap();
    symlink(
        outside.path().join("far.txt"),
        dir.path().join("in/link.txt"),
    )
    .unwrap();
    symlink("..", dir.path().join("in/loop")).unwrap();
    symlink("nowhere", dir.path().join("in/broken")).unwrap();
    let found = codes(&dir, &InputOptions::default());
    assert_eq!(
        found,
        pairs(&[
            ("in/a.txt", "nära"),
            ("in/broken", "E_KIND"),
            ("in/link.txt", "E_KIND"),
            ("in/loop", "E_KIND"),
            ("in/tree", "E_KIND"),
        ])
    );
    let options = InputOptions {
        follow_links: true,
        ..InputOptions::default()
    };
    let found = codes(&dir, &options);
    assert_eq!(
        found,
        pairs(&[
            ("in/a.txt", "nära"),
            ("in/broken", "E_GONE"),
            ("in/link.txt", "fjärran"),
            ("in/loop", "E_IO"),
            ("in/tree/far.txt", "fjärran"),
        ])
    );
    // A link that is named on the command line is meant.
    let named = labels(&[dir.path().join("in/link.txt")], &InputOptions::default());
    assert_eq!(named, ["link.txt"]);
}

#[test]
fn pipes_and_sockets_are_never_opened() {
    let dir = Dir::new();
    dir.file("a.txt", "Ett ord.");
    assert!(
        Command::new("mkfifo")
            .arg(dir.path().join("pipe.txt"))
            .status()
            .unwrap()
            .success()
    );
    let _socket = std::os::unix::net::UnixListener::bind(dir.path().join("s.txt")).unwrap();
    let found = codes(&dir, &InputOptions::default());
    assert_eq!(
        found,
        pairs(&[
            ("a.txt", "Ett ord."),
            ("pipe.txt", "E_KIND"),
            ("s.txt", "E_KIND")
        ])
    );
    let files = discover(&[dir.path().join("pipe.txt")], &InputOptions::default()).unwrap();
    assert!(
        read_with(&files[0], &InputOptions::default())
            .refusal()
            .skipped
    );
}

#[test]
fn other_kinds_are_passed_over() {
    for (name, content) in [
        ("a.txt", b"%PDF-1.7 \x00\x01".as_slice()),
        ("a.docx", b"PK\x03\x04\x14\x00"),
        ("a.txt", b"\xff\xd8\xff\xe0\x00\x10JFIF"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00"),
        ("a.rtf", b"{\\rtf1 text}"),
        ("a.txt", b"\x00\x01\x02\x03\x04\x05\x06\x07\x0e\x0f\x10"),
        ("style.css", b"p { color: red }"),
        ("a.xml", b"<?xml version='1.0'?><rss><channel/></rss>"),
    ] {
        let read = reading(name, content);
        assert_eq!(read.refusal().problem.code, "E_KIND", "{name}");
        assert!(read.refusal().skipped, "{name}");
    }
    let dir = Dir::new();
    dir.file("README.md", "Om filerna.");
    dir.file("a.md", "# Rubrik\n\nText.");
    let found = codes(&dir, &InputOptions::default());
    assert_eq!(
        found,
        pairs(&[("README.md", "E_KIND"), ("a.md", "# Rubrik\n\nText.")])
    );
}

#[test]
fn empty_files_are_counted() {
    for (name, content) in [
        ("a.txt", ""),
        ("a.txt", " \n\t\u{feff}\n"),
        ("a.html", ""),
        ("a.md", "\n"),
    ] {
        let read = reading(name, content);
        assert_eq!(read.refusal().problem.code, "E_EMPTY", "{name}");
        assert!(read.refusal().skipped);
    }
    for name in ["a.jsonl", "a.json", "a.csv"] {
        assert!(reading(name, "").inputs.is_empty(), "{name}");
    }
}

#[test]
fn a_huge_file_is_refused_without_being_read() {
    let dir = Dir::new();
    let path = dir.file("a.txt", "");
    fs::OpenOptions::new()
        .write(true)
        .open(&path)
        .unwrap()
        .set_len(2 << 30)
        .unwrap();
    let options = InputOptions {
        format: Some(polygist::input::Format::Text),
        ..InputOptions::default()
    };
    let mut file = fs::OpenOptions::new().write(true).open(&path).unwrap();
    std::io::Write::write_all(&mut file, "Ett ord. ".repeat(10_000).as_bytes()).unwrap();
    let files = discover(&[path], &options).unwrap();
    let read = read_with(&files[0], &options);
    assert_eq!(read.refusal().problem.code, "E_TOO_BIG");
    assert!(read.report.bytes < 1 << 20);
}

#[test]
fn what_cannot_be_read_fails_alone() {
    let dir = Dir::new();
    dir.file("a.txt", "Ett ord.");
    let gone = dir.file("b.txt", "borta");
    let files = dir.list(&InputOptions::default());
    fs::remove_file(gone).unwrap();
    let outlines: Vec<_> = files
        .iter()
        .flat_map(|f| read_with(f, &InputOptions::default()).outline())
        .collect();
    assert_eq!(outlines, ["Ett ord.", "E_GONE"]);

    // The superuser reads everything, so the promise can only be tested as someone else.
    let locked = dir.file("c.txt", "låst");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&locked).is_err() {
        let files = discover(&[locked], &InputOptions::default()).unwrap();
        assert_eq!(
            read_with(&files[0], &InputOptions::default())
                .refusal()
                .problem
                .code,
            "E_IO"
        );
    }
}

#[test]
fn what_is_appended_while_reading_is_not_read() {
    let dir = Dir::new();
    let path = dir.file("a.jsonl", "{\"text\":\"a\"}\n".repeat(20_000));
    let options = InputOptions::default();
    let files = discover(std::slice::from_ref(&path), &options).unwrap();
    let mut n = 0;
    let report = polygist::input::read(&files[0], &options, &mut |_| {
        n += 1;
        if n == 1 {
            let mut file = fs::OpenOptions::new().append(true).open(&path).unwrap();
            std::io::Write::write_all(&mut file, b"{\"text\":\"b\"}\n").unwrap();
        }
        std::ops::ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!((n, report.records), (20_000, 20_000));
    let read = "{\"text\":\"a\"}\n".repeat(20_000);
    assert_eq!(
        report.sha256,
        Some(polygist::model::ids::sha256_hex(read.as_bytes()))
    );
}

#[test]
fn the_output_may_not_lie_in_the_input() {
    let dir = Dir::new();
    dir.file("in/a.txt", "a");
    let at = |path: &str| dir.path().join(path);
    assert!(refuse_overlap(&[at("in")], &at("out")).is_ok());
    assert!(refuse_overlap(&[at("in/a.txt")], &at("out")).is_ok());
    assert!(refuse_overlap(&[PathBuf::from("-")], &at("out")).is_ok());
    assert!(refuse_overlap(&[at("in")], &at("in-out")).is_ok());
    symlink(at("in"), at("link")).unwrap();
    for (input, output) in [
        ("in", "in"),
        ("in", "in/out/deep"),
        ("", "out"),
        ("in", "link/out"),
        ("in/x/*.txt", "in/x"),
        ("in", ""),
    ] {
        let error = refuse_overlap(&[at(input)], &at(output)).unwrap_err();
        assert_eq!(error.exit_code(), 2, "{input} {output}");
    }
    assert!(refuse_overlap(&[PathBuf::from("input")], Path::new("output")).is_ok());
}

#[test]
fn deep_and_wide_directories_are_walked() {
    let dir = Dir::new();
    let deep = "d/".repeat(900) + "a.txt";
    dir.file(&deep, "djup");
    for n in 0..500 {
        dir.file(&format!("w/{n}.txt"), "bred");
    }
    assert_eq!(dir.list(&InputOptions::default()).len(), 501);
}

#[test]
fn titles_of_text_files_are_found_and_the_text_is_left() {
    let text = "Ja till lagen\n\nRiksdagen röstade på\nonsdagen igenom förslaget.\n";
    let read = reading("a.txt", text);
    assert_eq!(read.article().title.as_deref(), Some("Ja till lagen"));
    assert_eq!(read.article().text, text);
    assert!(warnings(read.article()).is_empty());
}

#[test]
fn a_file_is_described_by_its_first_record() {
    let dir = Dir::new();
    dir.file(
        "a.jsonl",
        "{\"maintext\":\"a\",\"date_publish\":\"2026-11-03 10:00:00\"}\n".repeat(9),
    );
    let (report, first) = describe(
        &dir.list(&InputOptions::default())[0],
        &InputOptions::default(),
    )
    .unwrap();
    assert_eq!(report.preset.unwrap().as_str(), "news-please");
    let fields: Vec<String> = report
        .fields
        .iter()
        .map(|(field, name)| format!("{field}={name}"))
        .collect();
    assert_eq!(fields, ["text=maintext", "published=date_publish"]);
    assert!(matches!(first, Some(Input::Article(_))));
}
