//! Dead letters that are run again: what failed is read anew, everything else stays as it is.

use std::fs;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;

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
    let raised = ["--max-article-bytes", "8388608"];
    let run = dir
        .run(&[&["retry", "out/errors.jsonl", "in"][..], &raised].concat())
        .exits(0);
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

fn gzip(text: &str) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(text.as_bytes()).unwrap();
    gzip.finish().unwrap()
}

#[test]
fn records_behind_the_one_that_failed_are_read_too() {
    let dir = Workdir::new();
    let all = lines(2_000, "a");
    let whole = gzip(&all);
    dir.write("in/a.jsonl.gz", &whole[..whole.len() / 2]);
    dir.write("in/b.jsonl", lines(1, "b"));
    dir.run(&["run", "in", "--out", "out"]).exits(1);
    let held = dir.read("out/articles.jsonl").lines().count();
    assert!((10..1_900).contains(&held), "{held}");
    let before = outputs(&dir, "out");
    // What was damaged further leaves what was found in it before.
    dir.write("in/a.jsonl.gz", &whole[..whole.len() / 50]);
    let run = dir.run(&["retry", "out/errors.jsonl", "in"]).exits(1);
    assert!(run.stderr.contains("stay as they"), "{}", run.stderr);
    assert_eq!(outputs(&dir, "out"), before);
    dir.write("in/a.jsonl.gz", whole);
    dir.run(&["retry", "out/errors.jsonl", "in"]).exits(0);
    dir.run(&["run", "in", "--out", "full"]).exits(0);
    assert_eq!(outputs(&dir, "out"), outputs(&dir, "full"));
    assert_eq!(dir.read("out/articles.jsonl").lines().count(), 2_001);
}

#[test]
fn a_broken_line_that_was_taken_out_shifts_no_record() {
    let dir = Workdir::new();
    dir.write("in/a.jsonl", ["{\n".into(), lines(3, "a")].concat());
    dir.run(&["run", "in", "--out", "out"]).exits(1);
    dir.write("in/a.jsonl", lines(3, "a"));
    dir.run(&["retry", "out/errors.jsonl"]).exits(0);
    dir.run(&["run", "in", "--out", "full"]).exits(0);
    assert_eq!(outputs(&dir, "out"), outputs(&dir, "full"));
}

#[test]
fn only_the_inputs_of_the_run_are_read() {
    let dir = Workdir::new();
    let broken = [lines(2, "a"), "{\n".into()].concat();
    dir.write("feed/a/n.jsonl", &broken);
    dir.write("input/a/n.jsonl", lines(3, "other"));
    dir.write("elsewhere/feed/a/n.jsonl", lines(3, "other"));
    dir.run(&["run", "feed", "--out", "out"]).exits(1);
    let run = dir.run(&["retry", "out/errors.jsonl", "input"]).exits(2);
    assert!(run.stderr.contains("feed"), "{}", run.stderr);
    dir.write("feed/a/n.jsonl", lines(3, "a"));
    dir.run(&["run", "feed", "--out", "full"]).exits(0);
    // Without an input, and from another directory, it is still that of the run.
    let mut command = dir.command(&["retry", "../out/errors.jsonl", "--out", "../again"]);
    command.current_dir(dir.path("elsewhere"));
    crate::support::captured(&mut command, b"").exits(0);
    assert_eq!(outputs(&dir, "again"), outputs(&dir, "full"));
    dir.run(&["retry", "out/errors.jsonl"]).exits(0);
    assert_eq!(outputs(&dir, "out"), outputs(&dir, "full"));
}

#[test]
fn a_run_is_written_again_as_it_was_written() {
    let dir = Workdir::new();
    dir.write("in/a.jsonl", [lines(3, "a"), "{\n".into()].concat());
    dir.write("in/b.jsonl", lines(2, "b"));
    let flags =
        "--csv-profile excel-eu --xlsx --dna --no-report --languages sv --only quotes,errors";
    let flags: Vec<&str> = flags.split(' ').collect();
    dir.run(&[&["run", "in", "--out", "out"][..], &flags].concat())
        .exits(1);
    dir.write("in/a.jsonl", lines(4, "a"));
    // What a file of settings says here is not what it said there.
    dir.write("polygist.toml", "[output]\ncsv-profile = \"plain\"\n");
    dir.run(&["retry", "out/errors.jsonl"]).exits(0);
    dir.run(&[&["run", "in", "--out", "full"][..], &flags].concat())
        .exits(0);
    assert_eq!(outputs(&dir, "out"), outputs(&dir, "full"));
    assert!(dir.path("out/polygist.xlsx").is_file());
    // And a second time, after which a setting that the other records do not have is refused.
    dir.write("in/a.jsonl", [lines(3, "a"), "{\n".into()].concat());
    dir.run(&[&["run", "in", "--out", "out"][..], &flags].concat())
        .exits(1);
    for other in [["--summary-words", "9"], ["--languages", "de"]] {
        let run = dir.run(&[&["retry", "out/errors.jsonl"][..], &other].concat());
        assert!(run.exits(2).stderr.contains("another one"));
    }
}

#[test]
fn what_was_kept_is_kept_after_it_too() {
    let dir = Workdir::new();
    dir.write("in/a.jsonl", lines(6, "a"));
    dir.write("in/b.jsonl", [lines(4, "b"), "{\n".into()].concat());
    let incremental = ["run", "in", "--out", "out", "--incremental"];
    dir.run(&incremental).exits(1);
    dir.write("in/b.jsonl", lines(5, "b"));
    let run = dir.run(&["retry", "out/errors.jsonl"]).exits(0);
    assert!(
        run.stderr.contains("10 records were kept, 1 made"),
        "{}",
        run.stderr
    );
    let run = dir.run(&incremental).exits(0);
    assert!(
        run.stderr.contains("11 records were kept, 0 made"),
        "{}",
        run.stderr
    );
}

#[test]
fn what_cannot_be_tried_again_safely_is_refused() {
    let dir = Workdir::new();
    dir.write("in/a.jsonl", [lines(3, "a"), "{\n".into()].concat());
    dir.run(&["extract", "--in", "in", "--out", "r.jsonl"]);
    dir.run(&["merge", "r.jsonl", "--out", "merged"]).exits(1);
    dir.run(&["run", "in", "--out", "shard", "--shard", "1/1"])
        .exits(1);
    dir.run(&["run", "in", "--out", "out"]).exits(1);
    let since = ["run", "in", "--out", "since", "--compare-with", "out"];
    dir.run(&since).exits(1);
    for (name, why) in [
        ("merged", "polygist merge"),
        ("shard", "--shard"),
        ("since", "--compare-with"),
    ] {
        let before = dir.files(name);
        let run = dir
            .run(&["retry", &format!("{name}/errors.jsonl")])
            .exits(2);
        assert!(run.stderr.contains(why), "{}", run.stderr);
        assert_eq!(dir.files(name), before);
    }
    // Records that are gone are told before anything is written.
    let records = dir.read("out/articles.jsonl");
    let cut = records.lines().skip(1).map(|l| format!("{l}\n"));
    dir.write("out/articles.jsonl", cut.collect::<String>());
    let run = dir.run(&["retry", "out/errors.jsonl"]).exits(2);
    assert!(run.stderr.contains("holds 3 records"), "{}", run.stderr);
}
