//! What a run says at its end, and what it says to input that is none.

use crate::support::{ARTICLES, Workdir};

#[test]
fn the_last_screen_names_problems_with_their_files_and_the_overview_begins_with_articles() {
    let dir = Workdir::new();
    dir.write("in/README.md", "No article.");
    dir.write("in/a.jsonl", "{\"id\": 1\n{\"id\": 2\n");
    dir.write("in/b.txt", ARTICLES[0].1);
    let run = dir.run(&["run", "in", "--out", "out"]).exits(1);
    for line in [
        "E_JSON 2, the first in a.jsonl record 1",
        "E_KIND 1, in README.md",
    ] {
        assert!(run.stderr.contains(line), "{line}: {}", run.stderr);
    }
    let statuses = |table: &str| {
        let text = dir.read(&format!("out/{table}.csv"));
        ["\"ok\"", "\"skipped\"", "\"failed\""].map(|status| text.matches(status).count())
    };
    assert_eq!(statuses("articles"), [1, 1, 2]);
    assert_eq!(statuses("summary"), [1, 0, 2]);
    // A note is no error.
    dir.run(&["run", "in/b.txt", "--out", "out", "--languages", "fi"])
        .exits(0);
    let manifest: serde_json::Value = serde_json::from_str(&dir.read("out/run.json")).unwrap();
    assert_eq!(manifest["errors_by_code"], serde_json::json!({}));
    assert_eq!(manifest["notes_by_code"]["I_NOT_SELECTED"], 1);
}

#[test]
fn what_polygist_wrote_is_never_read_as_articles() {
    let dir = Workdir::new();
    dir.write("in/a.txt", ARTICLES[0].1);
    dir.run(&["run", "in/a.txt", "--nightly", "in/nights"])
        .exits(0);
    let run = dir.run(&["run", "in", "--out", "out"]).exits(0);
    assert!(run.stderr.contains("1 ok"), "{}", run.stderr);
    assert!(
        dir.read("out/errors.csv")
            .contains("this directory is an output of polygist")
    );
    let run = dir.run(&["run", "in/nights", "--out", "out"]).exits(0);
    assert!(
        run.stderr.contains("warning: no article was found"),
        "{}",
        run.stderr
    );
    let run = dir
        .run(&["run", "in/nights/latest", "--out", "out"])
        .exits(2);
    assert!(
        run.stderr.contains("is an output of polygist"),
        "{}",
        run.stderr
    );
    // Its records make the same tables again, named by the directory.
    dir.run(&["merge", "out", "--out", "again"]).exits(0);
    assert_eq!(dir.read("again/quotes.csv"), dir.read("out/quotes.csv"));
    let run = dir.run(&["diff", "out", "again"]).exits(0);
    assert!(run.stderr.contains("no differences"), "{}", run.stderr);
}
