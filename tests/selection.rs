//! Selection as users ask for it: articles by date, language and words, tables by name; nothing is lost
//! from the accounts, and every road gives the same bytes.

#![allow(clippy::unwrap_used)]

mod support;

use serde_json::Value;
use support::{ARTICLES, Workdir};

/// Four dated articles, one without a date, one broken line.
fn feed() -> Workdir {
    let dir = Workdir::new();
    let mut lines = String::new();
    for (n, (language, text)) in ARTICLES.iter().enumerate() {
        let article = serde_json::json!({
            "id": format!("a{n}"), "language": language, "text": text, "title": format!("T{n}"),
            "published": format!("2024-0{}-15T08:00:00+01:00", n + 1),
        });
        lines.push_str(&article.to_string());
        lines.push('\n');
    }
    lines
        .push_str("{\"id\": \"a4\", \"language\": \"sv\", \"text\": \"Utan datum. Inget mer.\"}\n");
    lines.push_str("{broken\n");
    dir.write("feed.jsonl", lines);
    dir
}

/// The ids of the articles that a run with these flags processed, and its manifest.
fn run(dir: &Workdir, flags: &[&str]) -> (Vec<String>, Value) {
    let mut args = vec!["run", "feed.jsonl", "--out", "out", "--quiet"];
    args.extend(flags);
    dir.run(&args).exits(1);
    let records = dir.read("out/articles.jsonl");
    let records = records
        .lines()
        .map(|l| serde_json::from_str::<Value>(l).unwrap());
    let inside = records.filter(|r| r["status"] == "ok" || r["status"] == "degraded");
    let ids = inside.map(|r| r["source_id"].as_str().unwrap().to_owned());
    let manifest = serde_json::from_str(&dir.read("out/run.json")).unwrap();
    (ids.collect(), manifest)
}

#[test]
fn articles_are_selected_by_date_language_and_words() {
    let dir = feed();
    for (flags, wanted) in [
        (&[][..], &["a0", "a1", "a2", "a3", "a4"][..]),
        (&["--since", "2024-02-15"], &["a1", "a2", "a3"]),
        (&["--until", "2024-02"], &["a0", "a1"]),
        (&["--since", "2024-02", "--until", "2024-03-14"], &["a1"]),
        (&["--languages", "sv,de"], &["a0", "a2", "a4"]),
        (&["--languages", "sv", "--since", "2024"], &["a0"]),
        (&["--where", "actor=bergström|müller"], &["a0", "a2"]),
        (&["--where", "actor=Berg", "--where", "text=bro"], &["a0"]),
        (&["--where", "text=ström"], &[]),
        (&["--where", "target=tram|plan"], &["a1"]),
    ] {
        let (ids, manifest) = run(&dir, flags);
        assert_eq!(ids, wanted, "{flags:?}");
        let counts = &manifest["counts"];
        assert_eq!(
            (counts["seen"].as_u64(), counts["failed"].as_u64()),
            (Some(6), Some(1))
        );
        assert_eq!(counts["skipped"], 5 - wanted.len(), "{flags:?}");
        assert_eq!(dir.read("out/articles.jsonl").lines().count(), 6);
        assert_eq!(dir.read("out/articles.csv").lines().count(), 7);
        // The overview names what is inside and what failed; only what failed is an error.
        assert_eq!(
            dir.read("out/summary.csv").lines().count(),
            wanted.len() + 2
        );
        let errors = dir.read("out/errors.csv");
        assert!(!errors.contains("I_NOT_SELECTED"), "{errors}");
        for n in 0..5 {
            let row = dir.read("out/quotes.csv");
            let id = format!("\"T{n}\"");
            assert!(!row.contains(&id) || wanted.contains(&format!("a{n}").as_str()));
        }
    }
    let why = dir.read("out/articles.jsonl");
    assert!(
        why.contains("outside the selection: no target like tram|plan"),
        "{why}"
    );
    assert_eq!(dir.read("out/errors.jsonl").lines().count(), 1);
}

#[test]
fn a_selected_run_is_a_selected_merge_with_any_number_of_workers() {
    let dir = feed();
    let flags = [
        "--since",
        "2024-02",
        "--where",
        "text=Krankenhaus|tram",
        "--only",
        "quotes,facts",
    ];
    let go = |first: &[&str], out: &str| {
        let mut args = first.to_vec();
        args.extend(flags);
        args.extend(["--out", out]);
        dir.run(&args).exits(1);
        let mut files = dir.files(out);
        files.retain(|(name, _)| name != "run.json");
        files
    };
    let one = go(&["run", "feed.jsonl", "--jobs", "1"], "one");
    assert_eq!(one, go(&["run", "feed.jsonl", "--jobs", "8"], "eight"));
    dir.run(&["extract", "--in", "feed.jsonl", "--out", "records.jsonl"])
        .exits(1);
    assert_eq!(one, go(&["merge", "records.jsonl"], "merged"));
    // What a selected run wrote can be merged again: nothing more is lost.
    assert_eq!(one, go(&["merge", "one/articles.jsonl"], "again"));
}

#[test]
fn only_some_tables_are_written_and_described_and_records_stay_whole() {
    let dir = feed();
    dir.run(&["run", "feed.jsonl", "--out", "all"]).exits(1);
    let run = dir
        .run(&[
            "run",
            "feed.jsonl",
            "--out",
            "some",
            "--only",
            "quotes,facts",
            "--xlsx",
        ])
        .exits(1);
    assert!(run.stderr.contains("quotes.csv"), "{}", run.stderr);
    let names = dir.files("some").into_iter().map(|(name, _)| name);
    let tables: Vec<String> = names.filter(|n| n.contains(".csv")).collect();
    assert_eq!(
        tables,
        ["articles.csv", "errors.csv", "facts.csv", "quotes.csv"]
    );
    for same in ["articles.jsonl", "quotes.csv", "facts.csv", "errors.csv"] {
        assert_eq!(
            dir.read(&format!("all/{same}")),
            dir.read(&format!("some/{same}"))
        );
    }
    let report = dir.read("some/report.html");
    assert!(report.contains("<code>facts.csv</code>") && !report.contains("summary.csv"));
    let package: Value = serde_json::from_str(&dir.read("some/datapackage.json")).unwrap();
    let resources = package["resources"].as_array().unwrap();
    assert_eq!(resources.len(), 4);
    for resource in resources {
        for key in resource["schema"]["foreignKeys"].as_array().unwrap() {
            let to = &key["reference"]["resource"];
            assert!(resources.iter().any(|r| &r["name"] == to), "{to}");
        }
    }
}

#[test]
fn what_cannot_be_selected_is_refused_and_an_empty_selection_is_told() {
    let dir = feed();
    for (flags, say) in [
        (&["--since", "yesterday"][..], "no date such as 2026-11-24"),
        (&["--languages", "Swedsh"], "no language is called `Swedsh`"),
        (&["--where", "speaker=Berg"], "actor=WORDS"),
        (&["--only", "quotations"], "summary, articles, facts"),
    ] {
        let mut args = vec!["run", "feed.jsonl", "--out", "out"];
        args.extend(flags);
        let run = dir.run(&args).exits(2);
        assert!(run.stderr.contains(say), "{flags:?}: {}", run.stderr);
    }
    let run = dir
        .run(&["run", "feed.jsonl", "--out", "out", "--languages", "eu"])
        .exits(1);
    assert!(
        run.stderr.contains("no article is inside"),
        "{}",
        run.stderr
    );
    dir.write(
        "p.toml",
        "[select]\nsince = 2024-03-01\nlanguages = [\"de\"]\n",
    );
    dir.run(&["run", "feed.jsonl", "--out", "out", "--config", "p.toml"])
        .exits(1);
    assert_eq!(dir.read("out/summary.csv").lines().count(), 3);
}

#[test]
fn what_one_night_left_out_another_night_has_whole() {
    let dir = feed();
    let night = |flags: &[&str]| {
        let mut args = vec!["run", "feed.jsonl", "--nightly", "base"];
        args.extend(flags);
        dir.run(&args).exits(1);
    };
    night(&["--languages", "sv"]);
    let some = dir.read("base/latest/articles.jsonl");
    assert!(some.contains("I_NOT_SELECTED"));
    night(&[]);
    dir.run(&["run", "feed.jsonl", "--out", "fresh"]).exits(1);
    for file in ["articles.jsonl", "quotes.csv", "summary.csv", "corpus.json"] {
        let latest = dir.read(&format!("base/latest/{file}"));
        assert!(latest == dir.read(&format!("fresh/{file}")), "{file}");
    }
    night(&["--languages", "sv"]);
    assert!(some == dir.read("base/latest/articles.jsonl"));
}
