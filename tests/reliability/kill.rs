//! A process killed at any moment: readers see the old run whole or the new run whole, and the next run
//! works. Row 65.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::SeqCst};
use std::time::{Duration, Instant};

use crate::support::{Workdir, spawn};
use crate::tools::{lines, whole};

/// How often a run is killed.
fn kills() -> u64 {
    let asked = std::env::var("POLYGIST_KILLS").ok();
    asked.and_then(|n| n.parse().ok()).unwrap_or(10)
}

/// A sequence that looks random and is the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

/// Checks that a run is whole and that all its records are of one input; says which.
fn version(run: &Path, articles: u64) -> Option<String> {
    let manifest = whole(run)?;
    assert_eq!(manifest["counts"]["seen"], articles, "records are lost");
    let records = fs::read_to_string(run.join("articles.jsonl")).unwrap();
    let mark = |line: &str| {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        let id = record["source_id"].as_str().unwrap().to_owned();
        id.split_once('-').unwrap().0.to_owned()
    };
    let mut marks: Vec<String> = records.lines().map(mark).collect();
    marks.dedup();
    assert_eq!(marks.len(), 1, "two runs are mixed: {marks:?}");
    marks.pop()
}

const ARTICLES: u64 = 60;

/// Lets the reader end, also when a check fails: the test would wait for it for ever.
struct Ends<'s>(&'s AtomicBool);

impl Drop for Ends<'_> {
    fn drop(&mut self) {
        self.0.store(true, SeqCst);
    }
}

#[test]
fn a_run_killed_at_any_moment_leaves_the_old_output_or_the_new_one() {
    for (args, output) in [
        (["--out", "out"], "out"),
        (["--nightly", "base"], "base/latest"),
    ] {
        let dir = Workdir::new();
        let mut dice = Dice(7);
        let command = |n: u64| {
            let input = dir.write(
                &format!("in{}/a.jsonl", n % 2),
                lines(60, ["old", "new"][n as usize % 2]),
            );
            let input = input.parent().unwrap().to_string_lossy().into_owned();
            let mut command = dir.command(&["run", &input, args[0], args[1], "--quiet"]);
            command.env_remove("SOURCE_DATE_EPOCH");
            command
        };
        // How long a run takes here, so that kills fall all over it.
        let begun = Instant::now();
        assert!(command(0).status().unwrap().success());
        let span = u64::try_from(begun.elapsed().as_micros()).unwrap();
        let (stop, views) = (AtomicBool::new(false), AtomicU64::new(0));
        let (mut published, mut last) = (0, "old".to_owned());
        std::thread::scope(|threads| {
            let _ends = Ends(&stop);
            if output == "base/latest" {
                // A reader who follows the link finds a whole run, whatever happens meanwhile.
                threads.spawn(|| {
                    while !stop.load(SeqCst) {
                        let run = fs::canonicalize(dir.path(output)).unwrap();
                        version(&run, ARTICLES).expect("latest is a run");
                        views.fetch_add(1, SeqCst);
                    }
                });
            }
            for n in 1..=kills() {
                let mut child = spawn(&mut command(n));
                std::thread::sleep(Duration::from_micros(dice.below(2 * span)));
                let _ = child.kill();
                let _ = child.wait();
                let path = fs::canonicalize(dir.path(output)).expect("an output");
                let found = version(&path, ARTICLES).expect("a whole run");
                published += u64::from(found != last);
                last = found;
            }
        });
        assert!(command(0).status().unwrap().success());
        let path = fs::canonicalize(dir.path(output)).unwrap();
        assert_eq!(version(&path, ARTICLES).as_deref(), Some("old"));
        let left: Vec<String> = names(&dir.path("."))
            .into_iter()
            .filter(|n| n.contains("staging") || n.contains("resume"))
            .collect();
        assert!(left.is_empty(), "{left:?}");
        eprintln!(
            "{output}: {} kills, {published} runs published, {} views read, none torn, none short",
            kills(),
            views.load(SeqCst)
        );
    }
}

fn names(dir: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(dir).unwrap().flatten() {
        names.push(entry.file_name().to_string_lossy().into_owned());
        if entry.path().is_dir() && entry.file_name() == "base" {
            names.extend(super::kill::names(&entry.path()));
            names.extend(super::kill::names(&entry.path().join("runs")));
        }
    }
    names
}
