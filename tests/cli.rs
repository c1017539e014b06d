//! The command as scripts see it: exit codes, messages, standard input and output.

#![allow(clippy::unwrap_used)]

#[path = "cli/flags.rs"]
mod flags;
#[path = "cli/messages.rs"]
mod messages;
#[cfg(unix)]
#[path = "cli/paths.rs"]
mod paths;
#[cfg(unix)]
#[path = "cli/readme.rs"]
mod readme;
mod support;

use support::{ARTICLES, Workdir, captured, corpus, finish, spawn};

#[test]
fn without_arguments_it_reads_input_and_fills_output() {
    let dir = Workdir::new();
    dir.write("input/a.txt", ARTICLES[0].1);
    let run = dir.run(&[]).exits(0);
    assert_eq!(run.stdout, "");
    assert!(run.stderr.contains("1 articles in"), "{}", run.stderr);
    assert!(run.stderr.contains("Open first: output"), "{}", run.stderr);
    for file in [
        "articles.jsonl",
        "summary.csv",
        "quotes.csv",
        "corpus.json",
        "run.json",
    ] {
        assert!(dir.path("output").join(file).is_file(), "{file}");
    }
}

#[test]
fn nothing_to_read_gives_headers_and_a_warning() {
    let dir = Workdir::new();
    std::fs::create_dir(dir.path("in")).unwrap();
    let run = dir.run(&["run", "in", "--out", "out"]).exits(0);
    assert!(
        run.stderr.contains("warning: nothing to read"),
        "{}",
        run.stderr
    );
    assert_eq!(dir.read("out/articles.csv").lines().count(), 1);
    dir.run(&["run", "in", "--out", "out", "--fail-empty"])
        .exits(1);
}

#[test]
fn what_cannot_be_is_exit_2_and_says_what_to_do() {
    let dir = Workdir::new();
    dir.write("in/a.txt", "Text.");
    dir.write("c.toml", "[output]\nreport = true\n\n[run]\njbos = 2\n");
    dir.write("mine/precious.doc", "Mine.");
    for (args, say) in [
        (&["run", "nowhere", "--out", "out"][..], "nowhere"),
        (&["run", "in", "--frobnicate"], "frobnicate"),
        (
            &["run", "in", "--config", "c.toml"],
            "c.toml:5:1: unknown key `run.jbos`\nhint: did you mean `run.jobs`?",
        ),
        (&["run", "in", "--csv-profile", "excel"], "--csv-profile"),
        (&["run", "in", "--map", "txet=body"], "txet"),
        (&["run", "in", "--out", "in/out"], "hint:"),
        (&["run", "in", "--out", "mine"], "--force"),
        (&["score", "in/a.txt"], "in/a.txt:1"),
        (&["score", "nowhere"], "nowhere cannot be read"),
        (
            &["merge", "in/a.txt", "--out", "out"],
            "in/a.txt:1: not a record",
        ),
        (&["packs", "export", "xx", "dir"], "no pack `xx`"),
        (&["schema", "--table", "quotation"], "summary, articles"),
        (
            &["explain", "in/a.txt", "--record", "2"],
            "holds no record 2",
        ),
        (
            &["run", "in", "--languages", "sv,swedsh"],
            "--languages: no language is called `swedsh`\nhint: did you mean `swedish`",
        ),
        (
            &["run", "in", "--preset", "newsplease"],
            "did you mean `news-please`?",
        ),
        (
            &["run", "in", "--since", "2026-02", "--until", "2026-01"],
            "no article can be inside",
        ),
        (
            &["run", "--input", "in"],
            "hint: what is to be read has no flag",
        ),
        (&["in"], "hint: to read in: polygist run in"),
        (&["extract", "in"], "polygist extract --in PATH"),
        (
            &["merge", "in", "--out", "out"],
            "in holds no articles.jsonl",
        ),
        (&["diff", "in", "in"], "in holds no articles.jsonl"),
        (&["diff", "none", "in"], "none is not there"),
        (&["packs", "export", "swedish", "dir"], "did you mean `sv`?"),
    ] {
        let run = dir.run(args).exits(2);
        assert!(run.stderr.contains(say), "{args:?}: {}", run.stderr);
        assert_eq!(run.stdout, "", "{args:?}");
    }
    assert!(!dir.path("out").exists());
    assert_eq!(dir.read("mine/precious.doc"), "Mine.");
}

#[test]
fn environment_and_flags_go_before_the_file() {
    let dir = Workdir::new();
    dir.write(
        "polygist.toml",
        "[run]\njobs = 1\n[output]\ncsv-profile = \"plain\"\n",
    );
    let mut command = dir.command(&["run", "--print-config", "--jobs", "3"]);
    let run = captured(command.env("POLYGIST_OUTPUT_CSV_PROFILE", "excel-eu"), b"").exits(0);
    let line = |key: &str| {
        let found = run
            .stdout
            .lines()
            .find(|l| l.starts_with(&format!("{key} = ")));
        found
            .unwrap_or_else(|| panic!("{key}: {}", run.stdout))
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(line("run.jobs"), "run.jobs = \"3\" # --jobs");
    let profile = "output.csv-profile = \"excel-eu\" # $POLYGIST_OUTPUT_CSV_PROFILE";
    assert_eq!(line("output.csv-profile"), profile);
    assert_eq!(line("output.dir"), "output.dir = \"output\" # default");
}

#[test]
fn extract_gives_one_line_for_each_line_in_the_same_order() {
    let dir = Workdir::new();
    let input = corpus(100);
    let run = dir.run_with(&["extract"], &input).exits(1);
    let records: Vec<serde_json::Value> = run
        .stdout
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    assert_eq!(records.len(), 100);
    for (n, record) in records.iter().enumerate() {
        assert_eq!(record["record"], n + 1);
        match n {
            n if n % 23 == 22 => assert_eq!(record["status"], "failed"),
            n if n % 29 == 28 => assert_eq!(record["status"], "skipped"),
            40 => assert_eq!(record["source_id"], "a-4"),
            n => assert_eq!(record["source_id"], format!("a-{n}")),
        }
    }
    let good = input.split_inclusive('\n').take(20).collect::<String>();
    let run = dir
        .run_with(&["extract", "--in", "-", "--out", "-"], good)
        .exits(0);
    assert_eq!(run.stderr, "");
}

#[test]
fn failures_are_listed_and_can_be_bounded() {
    let dir = Workdir::new();
    dir.write("a.jsonl", corpus(100));
    dir.run(&["run", "a.jsonl", "--out", "out", "--max-failures", "10%"])
        .exits(1);
    assert_eq!(dir.read("out/errors.jsonl").matches("E_JSON").count(), 4);
    dir.run(&["run", "a.jsonl", "--out", "out", "--allow-failures", "3"])
        .exits(1);
    dir.run(&["run", "a.jsonl", "--out", "out", "--allow-failures", "4"])
        .exits(0);
    let before = dir.files("out");
    for bound in ["3", "3%"] {
        let run = dir
            .run(&["run", "a.jsonl", "--out", "out", "--max-failures", bound])
            .exits(4);
        assert!(
            run.stderr.contains("nothing was published"),
            "{}",
            run.stderr
        );
    }
    assert_eq!(dir.files("out"), before);
}

#[test]
fn what_changed_since_an_earlier_run_is_written_and_shown() {
    let dir = Workdir::new();
    dir.write("in/a.txt", ARTICLES[0].1);
    dir.run(&["run", "in", "--out", "old"]).exits(0);
    dir.write("in/b.txt", ARTICLES[1].1);
    let run = dir
        .run(&["run", "in", "--out", "new", "--compare-with", "in"])
        .exits(2);
    assert!(
        run.stderr.contains("articles.jsonl to compare with"),
        "{}",
        run.stderr
    );
    dir.run(&["run", "in", "--out", "new", "--compare-with", "old"])
        .exits(0);
    let changes = dir.read("new/changes.csv");
    assert!(
        changes.contains("\"article_new\"") && changes.contains("O’Connor"),
        "{changes}"
    );
    let report = dir.read("new/report.html");
    let section = report.split("Since the run before").nth(1).unwrap();
    assert!(section.contains("new stance") && section.contains("tram line"));
    // The earlier run may be the one that is replaced, and the road makes no difference.
    dir.run(&["run", "in", "--out", "old", "--compare-with", "old"])
        .exits(0);
    for file in ["changes.csv", "changes.json", "report.html"] {
        assert_eq!(
            dir.read(&format!("old/{file}")),
            dir.read(&format!("new/{file}")),
            "{file}"
        );
    }
    let run = dir.run(&["diff", "old", "new"]).exits(0);
    assert_eq!(run.stdout.lines().count(), 1);
}

#[test]
fn quiet_says_nothing_and_json_is_json() {
    let dir = Workdir::new();
    dir.write("in/a.txt", ARTICLES[1].1);
    assert_eq!(
        dir.run(&["run", "in", "--out", "o", "--quiet"])
            .exits(0)
            .stderr,
        ""
    );
    let run = dir
        .run(&["run", "in", "--out", "o", "--log-format", "json"])
        .exits(0);
    for line in run.stderr.lines() {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(value["level"].is_string(), "{line}");
    }
    assert!(run.stderr.contains("\"seen\":1"), "{}", run.stderr);
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let dir = Workdir::new();
    dir.write("a.jsonl", corpus(2000));
    let mut child = spawn(&mut dir.command(&["extract", "--in", "a.jsonl"]));
    drop(child.stdout.take());
    drop(child.stdin.take());
    let run = finish(child).exits(0);
    assert_eq!(run.stderr, "");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_exit_3_and_leaves_nothing() {
    let dir = Workdir::new();
    dir.write("a.jsonl", corpus(500));
    let run = dir
        .run(&["extract", "--in", "a.jsonl", "--out", "/dev/full"])
        .exits(3);
    assert!(run.stderr.contains("/dev/full"), "{}", run.stderr);
    let run = dir
        .run(&["extract", "--in", "a.jsonl", "--out", "no/such/dir.jsonl"])
        .exits(3);
    for part in ["no/such/dir.jsonl", "hint: make its directory first"] {
        assert!(run.stderr.contains(part), "{}", run.stderr);
    }
}

#[test]
fn a_second_run_on_the_same_output_is_exit_75() {
    let dir = Workdir::new();
    dir.write("in/a.txt", "Text.");
    let lock = std::fs::File::create(dir.path(".out.polygist.lock")).unwrap();
    lock.try_lock().unwrap();
    let run = dir.run(&["run", "in", "--out", "out"]).exits(75);
    assert!(
        run.stderr.contains("another polygist run"),
        "{}",
        run.stderr
    );
    drop(lock);
    dir.run(&["run", "in", "--out", "out"]).exits(0);
}

#[test]
fn names_from_outside_reach_the_terminal_without_control_characters() {
    let dir = Workdir::new();
    let article = serde_json::json!({ "id": "x", "title": "a\u{1b}[31mb", "text": "Hi.\u{1b}[2J" });
    dir.write("a.jsonl", format!("{article}\n"));
    for args in [
        &["explain", "a.jsonl"][..],
        &["run", "a.jsonl", "--out", "o"],
        &["check", "a.jsonl"],
    ] {
        let run = dir.run(args).exits(0);
        assert!(
            !run.stdout.contains('\u{1b}') && !run.stderr.contains('\u{1b}'),
            "{args:?}"
        );
    }
}

#[test]
fn explain_draws_what_was_found_and_color_can_be_had_or_refused() {
    let dir = Workdir::new();
    dir.write("a.txt", ARTICLES[0].1);
    let run = dir.run(&["explain", "a.txt", "--width", "100"]).exits(0);
    for part in [
        "Vi behöver bron redan i år",
        "^^^^",
        "cue “säger”",
        "Anna Bergström",
        "quotation.",
        "sentences that could be chosen",
        "worth ",
        "place +",
    ] {
        assert!(run.stdout.contains(part), "{part}: {}", run.stdout);
    }
    assert!(!run.stdout.contains('\u{1b}'));
    let mut command = dir.command(&["explain", "a.txt", "--color", "always"]);
    assert!(captured(&mut command, b"").stdout.contains('\u{1b}'));
}

#[test]
fn check_and_dry_run_say_how_files_would_be_read() {
    let dir = Workdir::new();
    dir.write("in/a.csv", "id,headline,body\n1,T,Text here.\n");
    dir.write("in/b.pdf", "%PDF-1.7\n");
    let checked = dir.run(&["check", "in", "--map", "text=body"]).exits(0);
    for part in [
        "configuration: sound",
        "packs:",
        "a.csv: csv",
        "text=body",
        "b.pdf",
    ] {
        assert!(checked.stdout.contains(part), "{part}: {}", checked.stdout);
    }
    let dry = dir
        .run(&[
            "run",
            "in",
            "--map",
            "text=body",
            "--dry-run",
            "--out",
            "out",
        ])
        .exits(0);
    assert!(dry.stdout.contains("a.csv: csv"), "{}", dry.stdout);
    assert!(!dir.path("out").exists());
}

#[test]
fn a_pack_can_be_exported_changed_and_used() {
    let dir = Workdir::new();
    dir.run(&["packs", "export", "sv", "mine"]).exits(0);
    let changed = dir
        .read("mine/lang/sv/pack.toml")
        .replace("name = \"Swedish\"", "name = \"Svenska\"");
    dir.write("mine/lang/sv/pack.toml", changed);
    let run = dir.run(&["languages", "--config-dir", "mine"]).exits(0);
    assert!(run.stdout.contains("Svenska"), "{}", run.stdout);
    dir.write(
        "mine/lang/sv/pack.toml",
        "name = \"Svenska\"\nversoin = 1\n",
    );
    let run = dir.run(&["languages", "--config-dir", "mine"]).exits(2);
    for part in [
        "error: mine/lang/sv/pack.toml: ",
        "line 2",
        "hint: mend the file",
    ] {
        assert!(run.stderr.contains(part), "{part}: {}", run.stderr);
    }
    assert!(run.stderr.contains("versoin"), "{}", run.stderr);
    dir.run(&["packs", "export", "sv", "mine"]).exits(2);
}

#[test]
fn score_measures_and_gates_set_the_exit_code() {
    let dir = Workdir::new();
    let text = "Hon kom. – Vi vill, sade Eva Berg.";
    let quotation = serde_json::json!({
        "kind": "direct", "marking": "dash", "speaker": "Eva Berg", "start": 11, "end": 18, "text": "Vi vill",
    });
    let gold = serde_json::json!({
        "id": "g1", "lang": "sv", "text": text, "quotations": [quotation],
        "stances": [], "facts": [], "fact_boxes": [], "summary": null,
    });
    dir.write("gold.jsonl", format!("{gold}\n"));
    let system = |speaker: &str| {
        serde_json::json!({
            "source_id": "g1", "text": text, "language": { "code": "sv" },
            "quotations": [{ "kind": "direct", "start": 11, "end": 18, "text": "Vi vill",
                "speaker": { "name": speaker }, "rule": "sv.quotation.x" }],
        })
    };
    dir.write("right.jsonl", format!("{}\n", system("Berg")));
    dir.write("wrong.jsonl", format!("{}\n", system("Holm")));
    let gate = "quotations.attributed=0.7";
    let score = |file: &str| {
        dir.run(&[
            "score",
            "gold.jsonl",
            "--system",
            file,
            "--min",
            gate,
            "--misses",
            "9",
        ])
    };
    let run = score("right.jsonl").exits(0);
    assert!(
        run.stdout.contains("ATTRIBUTED P 100.0 R 100.0 F 100.0"),
        "{}",
        run.stdout
    );
    let run = score("wrong.jsonl").exits(1);
    assert!(
        run.stderr
            .contains("quotations.attributed is 0 %, below 70 %"),
        "{}",
        run.stderr
    );
    assert!(
        run.stdout.contains("speaker | g1 | Eva Berg | Holm"),
        "{}",
        run.stdout
    );
    dir.run(&[
        "score",
        "gold.jsonl",
        "--rules",
        "r.toml",
        "--quality",
        "q.toml",
    ])
    .exits(0);
    assert!(dir.read("r.toml").contains("right = "));
    assert!(dir.read("q.toml").contains("[sv]\narticles = 1"));
}

#[test]
fn lists_schema_completions_and_manual_are_printed() {
    let dir = Workdir::new();
    for (args, part) in [
        (&["languages"][..], "Swedish"),
        (&["languages", "--json"], "\"code\": \"sv\""),
        (&["rules"], "near miss:"),
        (&["rules", "--json"], "\"near_miss\""),
        (&["schema"], "https://json-schema.org/draft/2020-12/schema"),
        (&["schema", "tables"], "\"name\": \"quotes\""),
        (&["schema", "--table", "quotes"], "\"name\": \"quote_id\""),
        (&["generate", "completions", "bash"], "complete"),
        (&["generate", "man"], ".TH polygist"),
        (&["--version"], env!("CARGO_PKG_VERSION")),
        (&["run", "--help"], "Examples:"),
    ] {
        let run = dir.run(args).exits(0);
        assert!(run.stdout.contains(part), "{args:?}: {}", run.stdout);
    }
}
