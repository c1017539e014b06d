//! What single flags do, and that no flag is without a test.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::support::{ARTICLES, Workdir};

/// Every command that takes flags, as it is typed.
const COMMANDS: &[&str] = &[
    "run",
    "extract",
    "retry",
    "merge",
    "diff",
    "explain",
    "check",
    "languages",
    "rules",
    "packs export",
    "packs test",
    "score",
    "schema",
    "generate completions",
    "generate man",
];

/// The flags that a help text defines.
fn flags(help: &str) -> impl Iterator<Item = &str> {
    help.lines().filter_map(|line| {
        let flag = line.trim_start().split(", ").find(|f| f.starts_with('-'))?;
        let flag = if flag.starts_with("--") {
            flag
        } else {
            line.trim_start().split_once(", ")?.1
        };
        flag.split([' ', '.', '[']).next()
    })
}

/// The text of all tests.
fn all_tests(dir: &Path, out: &mut String) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all_tests(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push_str(&fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn every_command_is_listed_here_and_every_flag_stands_in_a_test() {
    let dir = Workdir::new();
    let help = dir.run(&["--help"]).exits(0).stdout;
    let commands = help.split("Commands:").nth(1).unwrap();
    for line in commands.split("Options:").next().unwrap().lines() {
        let name = line.strip_prefix("  ").filter(|l| !l.starts_with(' '));
        if let Some(name) = name.and_then(|l| l.split_whitespace().next()) {
            let known = COMMANDS.iter().any(|c| c.split(' ').next() == Some(name));
            assert!(known || name == "help", "`{name}` is in no test");
        }
    }
    let mut tests = String::new();
    all_tests(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests"),
        &mut tests,
    );
    // As an argument of its own, or in a line of arguments.
    let used: BTreeSet<&str> = tests.split(['"', ' ', '=', '\n']).collect();
    let mut found = 0;
    for command in COMMANDS {
        let args: Vec<&str> = command.split(' ').chain(["--help"]).collect();
        for flag in flags(&dir.run(&args).exits(0).stdout) {
            found += 1;
            assert!(used.contains(flag), "{flag} of {command} is in no test");
        }
    }
    assert!(found > 150, "only {found} flags found");
}

#[test]
fn each_csv_flag_changes_what_it_says() {
    let dir = Workdir::new();
    let article = |id: &str| json!({ "id": id, "title": "=1+1", "byline": "A\nB", "text": format!("{}\n{id}", ARTICLES[1].1) });
    dir.write("a.jsonl", format!("{}\n{}\n", article("x"), article("y")));
    let table = |args: &[&str], name: &str| {
        let command = [&["run", "a.jsonl", "--out", "o", "--only", "quotes"], args].concat();
        dir.run(&command).exits(0);
        dir.read(&format!("o/{name}"))
    };
    let usual = table(&[], "articles.csv");
    assert!(
        usual.starts_with('\u{feff}') && usual.contains("\"'=1+1\",") && usual.contains("\"A B\"")
    );
    for (args, part) in [
        (["--csv-delimiter", ";"], "\"article_id\";\"status\""),
        (["--csv-delimiter", "tab"], "\"article_id\"\t\"status\""),
        (["--csv-newlines", "keep"], "\"A\nB\""),
        (["--csv-escape", "none"], "\"=1+1\","),
        (["--csv-max-cell", "16"], "\"The city counci…\""),
    ] {
        let changed = table(&args, "articles.csv");
        assert!(
            !usual.contains(part) && changed.contains(part),
            "{args:?}: {changed}"
        );
    }
    assert!(table(&["--csv-bom", "never"], "articles.csv").starts_with("\"article_id\""));
    let plain = ["--csv-profile", "plain", "--csv-bom", "always"];
    assert!(table(&plain, "articles.csv").starts_with("\u{feff}article_id,"));
    table(&["--csv-split-rows", "1"], "articles-0002.csv");
    assert!(!dir.path("o/articles.csv").exists() && !dir.path("o/articles-0003.csv").exists());
}

#[test]
fn parquet_is_written_or_refused_by_a_build_without_it() {
    let dir = Workdir::new();
    dir.write("in/a.txt", ARTICLES[0].1);
    let run = dir.run(&["run", "in", "--out", "o", "--parquet"]);
    if cfg!(feature = "parquet") {
        run.exits(0);
        assert!(
            fs::read(dir.path("o/quotes.parquet"))
                .unwrap()
                .starts_with(b"PAR1")
        );
    } else {
        let run = run.exits(2);
        assert!(
            run.stderr
                .contains("was built without them\nhint: leave --parquet out")
        );
        assert!(!dir.path("o").exists());
    }
}

#[test]
fn links_withheld_articles_and_other_formats_are_read_when_asked_for() {
    let dir = Workdir::new();
    dir.write("real/a.txt", ARTICLES[0].1);
    fs::create_dir(dir.path("in")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("../real", dir.path("in/link")).unwrap();
    let held = json!({ "type": "text", "headline": "T", "body_text": "Vi kom hit.", "pubstatus": "withheld" });
    dir.write("held.jsonl", format!("{held}\n"));
    dir.write("a.dat", "{\"text\": \"Vi kom hit.\"}\n");
    for (input, flag) in [
        ("in", &["--follow-links"][..]),
        ("held.jsonl", &["--include-withheld"]),
    ] {
        let is_skipped = |flag: &[&str]| {
            let run = dir.run(&[&["extract", "--in", input], flag].concat());
            let record: Value = serde_json::from_str(&run.exits(0).stdout).unwrap();
            record["status"] == "skipped"
        };
        assert!(is_skipped(&[]) && !is_skipped(flag), "{input}");
    }
    let text = |format: &str| {
        let run = dir
            .run(&["extract", "--in", "a.dat", "--format", format])
            .exits(0);
        let record: Value = serde_json::from_str(&run.stdout).unwrap();
        record["text"].as_str().unwrap().to_owned()
    };
    assert_eq!(text("jsonl"), "Vi kom hit.");
    assert!(text("text").starts_with("{\"text\""));
}

#[test]
fn explain_finds_a_record_by_number_and_by_id() {
    let dir = Workdir::new();
    let lines: Vec<String> = ["x", "y", "z"]
        .iter()
        .map(|id| json!({ "id": id, "text": format!("{}\nNr {id}.", ARTICLES[0].1) }).to_string())
        .collect();
    dir.write("a.jsonl", lines.join("\n"));
    for args in [["--record", "2"], ["--id", "y"]] {
        let run = dir
            .run(&[&["explain", "a.jsonl"][..], &args].concat())
            .exits(0);
        assert!(run.stdout.contains("record 2 of a.jsonl") && run.stdout.contains("Nr y."));
    }
    for (args, said) in [
        (["--id", "q"], "a.jsonl holds no record with the id `q`"),
        (["--record", "4"], "a.jsonl holds no record 4"),
    ] {
        let run = dir
            .run(&[&["explain", "a.jsonl"][..], &args].concat())
            .exits(2);
        assert!(run.stderr.contains(said), "{}", run.stderr);
    }
}

#[test]
fn verbose_names_files_and_diff_writes_json() {
    let dir = Workdir::new();
    dir.write("in/a.txt", ARTICLES[0].1);
    let quiet = dir.run(&["run", "in", "--out", "old"]).exits(0);
    assert!(!quiet.stderr.contains("debug: reading"));
    dir.write("in/b.txt", ARTICLES[1].1);
    let run = dir
        .run(&["run", "in", "--out", "new", "--verbose"])
        .exits(0);
    assert!(
        run.stderr.contains("debug: reading b.txt"),
        "{}",
        run.stderr
    );
    let run = dir
        .run(&["diff", "old", "new", "--format", "json"])
        .exits(0);
    let changes: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(changes["counts"]["article_new"], 1, "{changes}");
}

#[test]
fn examples_of_a_pack_are_tested_and_rewritten() {
    let dir = Workdir::new();
    dir.run(&["packs", "export", "sv", "mine"]).exits(0);
    let file = "mine/lang/sv/examples.md";
    let one = "# Examples\n\n## Said\n\nA dash and a cue.\n\n```text\n– Vi vill, säger Eva Berg.\n```\n\n\
               ```quotations\ndirect | Eva Ek | säger | Vi vill\n```\n";
    dir.write(file, one);
    let test = |more: &[&str]| {
        dir.run(&[&["packs", "test", "sv", "--config-dir", "mine"][..], more].concat())
    };
    let run = test(&[]).exits(1);
    assert!(
        run.stdout.contains("1 expectations compared, 1 not met"),
        "{}",
        run.stdout
    );
    let run = test(&["--update"]).exits(0);
    assert!(
        run.stdout.contains("updated mine/lang/sv/examples.md"),
        "{}",
        run.stdout
    );
    assert_eq!(dir.read(file), one.replace("Eva Ek", "Eva Berg"));
    test(&[]).exits(0);
    // There is nothing to rewrite in what is built in.
    let run = dir.run(&["packs", "test", "sv", "--update"]).exits(2);
    assert!(
        run.stderr
            .contains("hint: name a file, or its --config-dir"),
        "{}",
        run.stderr
    );
}

#[test]
fn score_lets_the_language_be_found_and_prints_json_by_language() {
    let dir = Workdir::new();
    let gold = json!({
        "id": "g1", "lang": "sv", "text": ARTICLES[1].1, "quotations": [],
        "stances": [], "facts": [], "fact_boxes": [], "summary": null,
    });
    dir.write("gold.jsonl", format!("{gold}\n"));
    let language = |more: &[&str]| {
        let args = [&["score", "gold.jsonl", "--json", "--by-lang"][..], more].concat();
        let run = dir.run(&args).exits(0);
        let report: Value = serde_json::from_str(&run.stdout).unwrap();
        assert!(report.to_string().contains("\"sv\""), "{report}");
        report
    };
    // What is told is English: found, it is not what the annotation says.
    assert_ne!(language(&[]), language(&["--detect"]));
}
