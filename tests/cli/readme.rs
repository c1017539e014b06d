//! Every command that `README.md` shows under "Use" works as it is printed.

use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use crate::support::{ARTICLES, Workdir, captured, corpus};

/// The commands of the section, without what installs polygist, in the order of the page.
fn commands() -> Vec<String> {
    let page = include_str!("../../README.md");
    let section = page.split("\n## Use\n").nth(1).unwrap();
    let block = section.split("```sh\n").nth(1).unwrap();
    let lines = block.split("```").next().unwrap().lines();
    lines
        .filter(|line| !line.starts_with("cargo install"))
        .map(|line| line.split(" # ").next().unwrap().trim().to_owned())
        .collect()
}

/// The files that the commands name, all of them sound.
fn files() -> Workdir {
    let dir = Workdir::new();
    let sound = corpus(20);
    for (language, text) in ARTICLES {
        dir.write(&format!("articles/{language}.txt"), text);
    }
    dir.write("article.txt", ARTICLES[0].1);
    dir.write("archive/a.jsonl", &sound);
    dir.write("feed/a.jsonl", &sound);
    let gold = include_str!("../gold/sv.jsonl").lines().next().unwrap();
    dir.write("tests/gold/sv.jsonl", format!("{gold}\n"));
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(sound.as_bytes()).unwrap();
    dir.write("news.jsonl.gz", packed.finish().unwrap());
    dir.run(&["run", "articles", "--out", "old-results"])
        .exits(0);
    dir
}

#[test]
fn every_command_of_the_readme_works_as_printed() {
    let dir = files();
    let commands = commands();
    assert!(commands.len() > 12, "{commands:?}");
    let program = Path::new(env!("CARGO_BIN_EXE_polygist")).parent().unwrap();
    let path = std::env::var("PATH").unwrap();
    for line in commands {
        let mut command = Command::new("bash");
        command
            .args(["-o", "pipefail", "-c", &line])
            .current_dir(dir.path(""))
            .env("PATH", format!("{}:{path}", program.display()));
        let run = captured(&mut command, b"");
        assert_eq!(run.status, Some(0), "{line}: {}{}", run.stdout, run.stderr);
        // The next run into the same directory replaces it.
        let changes = dir.path("output/changes.csv").exists();
        assert_eq!(changes, line.contains("--compare-with"), "{line}");
    }
    for made in [
        "results/summary.csv",
        "records.jsonl",
        "records-3.jsonl",
        "nato/stances.csv",
        "nights/latest/quotes.csv",
        "output/polygist.xlsx",
    ] {
        assert!(dir.path(made).exists(), "{made}");
    }
}
