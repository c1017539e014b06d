//! The same input gives the same bytes: whatever the number of workers, the order of arguments, the
//! road taken, or what happened before.

#![allow(clippy::unwrap_used)]

mod support;

use support::{Workdir, corpus, finish, spawn};

/// A folder with several formats.
fn folder() -> Workdir {
    let dir = Workdir::new();
    dir.write("in/a.jsonl", corpus(120));
    dir.write("in/b/plain.txt", support::ARTICLES[0].1);
    dir.write(
        "in/b/latin.txt",
        b"Sm\xf6rg\xe5sbord p\xe5 torget. \x96 Vi \xe4r glada, s\xe4ger Eva Str\xf6m.\n",
    );
    dir.write(
        "in/c.csv",
        "id,title,text\n7,Eins,\"Der Rat stimmte zu, sagte Eva Klein.\"\n8,Zwei,\n",
    );
    dir.write(
        "in/d.json",
        "[{\"text\": \"One text only, she said.\"}, {\"nothing\": 1}]",
    );
    dir.write("in/e.pdf", "%PDF-1.7\n");
    dir
}

#[test]
fn workers_change_no_byte_of_any_file() {
    let dir = folder();
    for jobs in ["1", "2", "8"] {
        dir.run(&["run", "in", "--out", &format!("out{jobs}"), "--jobs", jobs])
            .exits(1);
    }
    let one = dir.files("out1");
    assert!(one.iter().any(|(name, _)| name == "articles.jsonl"));
    assert_eq!(one, dir.files("out2"));
    assert_eq!(one, dir.files("out8"));
}

#[test]
fn extract_and_merge_give_the_bytes_of_run() {
    let dir = folder();
    dir.run(&["run", "in", "--out", "run"]).exits(1);
    dir.run(&["extract", "--in", "in", "--out", "whole.jsonl"])
        .exits(1);
    assert_eq!(dir.read("whole.jsonl").lines().count(), 127);
    dir.run(&["merge", "whole.jsonl", "--out", "merged"])
        .exits(1);
    let without_manifest = |name: &str| {
        let mut files = dir.files(name);
        files.retain(|(name, _)| name != "run.json");
        files
    };
    assert_eq!(without_manifest("run"), without_manifest("merged"));

    // The same records in two parts, as two machines would make them.
    let lines = dir.read("whole.jsonl");
    let half = lines.match_indices('\n').nth(60).expect("many lines").0 + 1;
    dir.write("1.jsonl", &lines[..half]);
    dir.write("2.jsonl", &lines[half..]);
    dir.run(&["merge", "1.jsonl", "2.jsonl", "--out", "parts"])
        .exits(1);
    assert_eq!(without_manifest("run"), without_manifest("parts"));
}

#[test]
fn files_are_read_in_the_order_of_their_names() {
    let dir = folder();
    dir.run(&["run", "in/a.jsonl", "in/c.csv", "in/d.json", "--out", "one"])
        .exits(1);
    dir.run(&["run", "in/d.json", "in/a.jsonl", "in/c.csv", "--out", "two"])
        .exits(1);
    assert_eq!(dir.files("one"), dir.files("two"));
}

#[test]
fn records_are_accounted_for() {
    let dir = folder();
    dir.run(&["run", "in", "--out", "out"]).exits(1);
    let manifest: serde_json::Value = serde_json::from_str(&dir.read("out/run.json")).unwrap();
    let count = |name: &str| manifest["counts"][name].as_u64().unwrap();
    let sum = count("ok") + count("degraded") + count("skipped") + count("failed");
    assert_eq!(count("seen"), sum);
    assert_eq!(
        count("seen"),
        dir.read("out/articles.jsonl").lines().count() as u64
    );
    assert!(count("failed") >= 5 && count("skipped") >= 4, "{manifest}");
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_publishes_nothing_and_the_next_is_whole() {
    use std::io::Write;
    use std::process::Command;
    let dir = folder();
    dir.run(&["run", "in/a.jsonl", "--out", "whole"]).exits(1);
    dir.run(&["run", "in/c.csv", "--out", "out"]).exits(0);
    let before = dir.files("out");
    for (signal, code) in [("-INT", 130), ("-TERM", 143)] {
        let mut child = spawn(&mut dir.command(&["run", "-", "--out", "out"]));
        let mut stdin = child.stdin.take().expect("a pipe");
        stdin.write_all(corpus(30).as_bytes()).unwrap();
        // The run waits for more input by now, or will: its stage shows that it listens to signals.
        while !std::fs::read_dir(dir.path("")).unwrap().any(|e| {
            e.unwrap().file_name() == format!(".out.polygist-staging-{}", child.id()).as_str()
        }) {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        let kill = Command::new("kill")
            .args([signal, &child.id().to_string()])
            .status();
        assert!(kill.unwrap().success());
        std::thread::sleep(std::time::Duration::from_millis(50));
        stdin.write_all(corpus(30).as_bytes()).unwrap();
        drop(stdin);
        let run = finish(child).exits(code);
        assert!(run.stderr.contains("interrupted"), "{}", run.stderr);
        assert_eq!(dir.files("out"), before);
    }
    dir.run(&["run", "in/a.jsonl", "--out", "out"]).exits(1);
    assert_eq!(dir.files("out"), dir.files("whole"));
}
