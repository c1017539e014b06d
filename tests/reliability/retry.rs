//! Dead letters that are run again: what failed is read anew, everything else stays as it is.

use std::fs;

use crate::support::Workdir;
use crate::tools::{line, lines, outputs, records};

#[test]
fn what_was_mended_takes_its_place_and_the_output_is_that_of_a_full_run() {
    let dir = Workdir::new();
    let good: Vec<String> = lines(12, "a").lines().map(|l| format!("{l}\n")).collect();
    let mut broken = good.clone();
    broken[4] = "{\"id\": \"a-4\", \"text\":\n".into();
    broken[11] = "{\"id\": \"a-11\", \"text\": \"x\"}\n"
        .replace("\"x\"", &format!("\"{}\"", "Ord. ".repeat(100)));
    dir.write("in/a.jsonl", broken.concat());
    dir.write("in/b.jsonl", good[0].replace("a-0", "b-0"));
    let args = ["run", "in", "--out", "out", "--max-article-bytes", "450"];
    dir.run(&args).exits(1);
    assert_eq!(dir.read("out/errors.jsonl").matches("\"error\"").count(), 2);
    // The file is mended, and the limit is raised.
    broken[4].clone_from(&good[4]);
    dir.write("in/a.jsonl", broken.concat());
    let run = dir.run(&["retry", "out/errors.jsonl", "in"]).exits(0);
    assert!(
        run.stderr.contains("2 records failed and are tried again"),
        "{}",
        run.stderr
    );
    dir.run(&["run", "in", "--out", "full"]).exits(0);
    assert_eq!(outputs(&dir, "out"), outputs(&dir, "full"));
}

#[test]
fn what_fails_again_stays_failed_and_nothing_is_lost() {
    let dir = Workdir::new();
    dir.write(
        "in/a.jsonl",
        [lines(3, "a"), "{\n".into(), lines(2, "b")].concat(),
    );
    dir.write("in/c.txt", "Hej. – Ja, säger Eva Ek.");
    dir.run(&["run", "in", "--out", "out"]).exits(1);
    let before = outputs(&dir, "out");
    dir.run(&["retry", "out/errors.jsonl", "in", "--out", "again"])
        .exits(1);
    assert_eq!(outputs(&dir, "again"), before);
    // The input is gone: the records stay.
    fs::remove_file(dir.path("in/a.jsonl")).unwrap();
    dir.run(&["retry", "out/errors.jsonl", "in", "--out", "again"])
        .exits(1);
    assert_eq!(outputs(&dir, "again"), before);
}

#[test]
fn a_line_whose_file_is_gone_is_taken_from_its_letter() {
    let dir = Workdir::new();
    let other = line("a-9", "Rådet stöder planen. Det blir bra.").replace("\"text\"", "\"kropp\"");
    dir.write("in/a.jsonl", [lines(1, "a"), other].concat());
    dir.run(&["run", "in", "--out", "out"]).exits(1);
    fs::remove_file(dir.path("in/a.jsonl")).unwrap();
    dir.write("in/b.txt", "Annat.");
    let map = ["--map", "text=text|kropp"];
    dir.run(&[&["retry", "out/errors.jsonl", "in"][..], &map].concat())
        .exits(0);
    assert_eq!(records(&dir, "out/articles.jsonl")["a-9"]["status"], "ok");
}

#[test]
fn a_wrong_file_is_refused() {
    let dir = Workdir::new();
    dir.write("in/a.jsonl", lines(1, "a"));
    dir.write("x.jsonl", "{\"a\": 1}\n");
    for name in ["x.jsonl", "none.jsonl"] {
        let run = dir.run(&["retry", name, "in", "--out", "o"]).exits(2);
        assert!(run.stderr.contains(name), "{}", run.stderr);
    }
    assert!(!dir.path("o").exists());
}
