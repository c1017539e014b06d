//! Runs that go on, and runs that keep: what was done is not done again, and the output is that of a full
//! run to the byte. Rows 66, 70, 71, 78 and 84.

use std::fs;
use std::process::Child;
use std::time::{Duration, Instant};

use crate::support::{Workdir, finish, spawn};
use crate::tools::{lines, outputs, shell, whole, works};

const STATE: &str = ".polygist-state";

/// Waits until a stage holds some records, so that a signal finds the run at work.
fn at_work(dir: &Workdir, below: &str) -> bool {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(60) {
        let stages = fs::read_dir(dir.path(below))
            .into_iter()
            .flatten()
            .flatten();
        let mut stages = stages.filter(|e| {
            e.file_name()
                .to_string_lossy()
                .contains("polygist-staging-")
        });
        let filled =
            |e: fs::DirEntry| fs::metadata(e.path().join(STATE)).is_ok_and(|m| m.len() > 0);
        if stages.any(filled) {
            return true;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    false
}

/// Sends a signal to a child.
fn signal(child: &Child, name: &str) {
    let sent = std::process::Command::new("kill")
        .args(["-s", name, &child.id().to_string()])
        .status();
    assert!(sent.is_ok_and(|s| s.success()));
}

/// Begins a run over an endless stream and stops it while it is at work; its status and messages.
fn stopped(dir: &Workdir, args: &[&str], below: &str, signals: &[&str]) -> crate::support::Run {
    use std::io::Write as _;
    let mut child = spawn(&mut dir.command(args));
    let mut stdin = child.stdin.take().unwrap();
    let feed = dir.read("in/a.jsonl");
    let writer = std::thread::spawn(move || {
        // More than is ever read before the signal; the rest meets a closed pipe.
        for _ in 0..200 {
            if stdin.write_all(feed.as_bytes()).is_err() {
                break;
            }
        }
    });
    assert!(at_work(dir, below));
    for name in signals {
        signal(&child, name);
    }
    let run = finish(child);
    writer.join().unwrap();
    run
}

#[test]
fn a_signal_leaves_a_stage_and_the_next_run_goes_on() {
    for (name, code) in [("INT", 130), ("TERM", 143)] {
        let dir = Workdir::new();
        dir.write("in/a.jsonl", lines(300, "a"));
        let run = stopped(
            &dir,
            &["run", "-", "--out", "out", "--jobs", "1"],
            ".",
            &[name],
        )
        .exits(code);
        assert!(
            run.stderr.contains("records are kept for the next run"),
            "{}",
            run.stderr
        );
        assert!(!dir.path("out").exists());
        // Standard input has another name than a file: the ids make the same articles known.
        let input = dir.read("in/a.jsonl");
        let run = dir.run_with(&["run", "-", "--out", "out"], &input).exits(0);
        assert!(
            run.stderr.contains("an interrupted run left"),
            "{}",
            run.stderr
        );
        assert!(run.stderr.contains("records were kept"), "{}", run.stderr);
        dir.run_with(&["run", "-", "--out", "full", "--fresh"], &input)
            .exits(0);
        assert_eq!(dir.files("out"), dir.files("full"));
        let names: Vec<_> = fs::read_dir(dir.path(".")).unwrap().flatten().collect();
        assert_eq!(names.len(), 3, "{names:?}");
    }
}

#[test]
fn a_second_signal_ends_at_once() {
    let dir = Workdir::new();
    dir.write("in/a.jsonl", lines(300, "a"));
    let run = stopped(
        &dir,
        &["run", "-", "--out", "out", "--jobs", "1"],
        ".",
        &["INT", "INT"],
    );
    assert!(matches!(run.status, Some(130) | None), "{run:?}");
    let input = dir.read("in/a.jsonl");
    dir.run_with(&["run", "-", "--out", "out"], &input).exits(0);
    assert!(whole(&dir.path("out")).is_some());
}

#[test]
fn a_signal_after_the_last_article_lets_the_run_end_and_publish() {
    if !works(&["strace", "-o", "/dev/null", "true"]) {
        return;
    }
    let dir = Workdir::new();
    dir.write("in/a.jsonl", lines(20, "a"));
    dir.run(&["run", "in", "--out", "full"]).exits(0);
    dir.run(&["run", "in", "--out", "out"]).exits(0);
    dir.write("in/a.jsonl", lines(30, "a"));
    // Every sync takes a while, so that the signal comes while the tables of the corpus are written; the
    // name of the stage ends in the number of the process.
    let script = |signals: u32| {
        format!(
            "strace -f -o log -e trace=fsync -e inject=fsync:delay_exit=50000 $P run in --out out &
             for i in $(seq 2000); do stage=$(ls -d .out.polygist-staging-*/ 2>/dev/null)
             [ -e \"$stage/corpus.json\" ] && break; sleep 0.01; done
             pid=${{stage##*-}}; for i in $(seq {signals}); do kill -TERM ${{pid%/}}; sleep 0.02; done; wait $!"
        )
    };
    let run = shell(&dir, &script(1)).exits(0);
    assert!(run.stderr.contains("whole and published"), "{}", run.stderr);
    assert_eq!(whole(&dir.path("out")).unwrap()["counts"]["seen"], 30);
    // Who cannot wait sends it twice: the output of before stays.
    dir.write("in/a.jsonl", lines(40, "a"));
    let run = shell(&dir, &script(2));
    assert_ne!(run.status, Some(0), "{run:?}");
    assert_eq!(whole(&dir.path("out")).unwrap()["counts"]["seen"], 30);
    dir.run(&["run", "in", "--out", "out"]).exits(0);
    assert_eq!(whole(&dir.path("out")).unwrap()["counts"]["seen"], 40);
}

#[test]
fn what_a_killed_run_did_is_kept() {
    let dir = Workdir::new();
    dir.write("in/a.jsonl", lines(300, "a"));
    stopped(
        &dir,
        &["run", "-", "--out", "out", "--jobs", "1"],
        ".",
        &["KILL"],
    );
    let input = dir.read("in/a.jsonl");
    let run = dir.run_with(&["run", "-", "--out", "out"], &input).exits(0);
    assert!(run.stderr.contains("records were kept"), "{}", run.stderr);
    dir.run_with(&["run", "-", "--out", "full"], &input)
        .exits(0);
    assert_eq!(dir.files("out"), dir.files("full"));
}

#[test]
fn unchanged_articles_are_kept_and_the_output_is_that_of_a_full_run() {
    let dir = Workdir::new();
    let incremental = ["run", "in", "--out", "out", "--incremental"];
    dir.write("in/a.jsonl", lines(40, "a"));
    dir.write("in/b.txt", "Utan eget nummer. – Så är det, säger Eva Ek.");
    dir.run(&incremental).exits(0);
    assert!(dir.path("out").join(STATE).is_file());
    let run = dir.run(&incremental).exits(0);
    assert!(
        run.stderr.contains("41 records were kept, 0 made"),
        "{}",
        run.stderr
    );
    // One article is new and stands in front, one is changed, one is gone, one fails.
    let mut changed: Vec<String> = lines(40, "a").lines().map(|l| format!("{l}\n")).collect();
    changed[7] = changed[7].replace("bussar", "tåg");
    changed.remove(20);
    changed[30] = "{\"id\": 30\n".into();
    changed.insert(0, lines(1, "ny"));
    // One id twice, which the corpus renames, and the other way round in the next run.
    changed.push(changed[3].replace("bussar", "bilar"));
    dir.write("in/a.jsonl", changed.concat());
    let run = dir.run(&incremental).exits(1);
    assert!(
        run.stderr.contains("38 records were kept, 4 made"),
        "{}",
        run.stderr
    );
    dir.run(&["run", "in", "--out", "full"]).exits(1);
    let kept = |dir: &Workdir| {
        let mut files = dir.files("out");
        files.retain(|(name, _)| name != STATE);
        files
    };
    assert_eq!(kept(&dir), dir.files("full"));
    let last = changed.len() - 1;
    changed.swap(3, last);
    dir.write("in/a.jsonl", changed.concat());
    dir.run(&incremental).exits(1);
    dir.run(&["run", "in", "--out", "full"]).exits(1);
    assert_eq!(kept(&dir), dir.files("full"));
}

#[test]
fn another_setting_or_pack_keeps_nothing() {
    let dir = Workdir::new();
    dir.write("in/a.jsonl", lines(5, "a"));
    dir.run(&["run", "in", "--out", "out", "--incremental"])
        .exits(0);
    dir.run(&["packs", "export", "sv", "mine"]).exits(0);
    for more in [&["--summary-words", "10"][..], &["--config-dir", "mine"]] {
        let args = [&["run", "in", "--out", "out", "--incremental"], more].concat();
        let run = dir.run(&args).exits(0);
        assert!(
            run.stderr.contains("everything is analyzed anew"),
            "{}",
            run.stderr
        );
        assert!(!run.stderr.contains("were kept"), "{}", run.stderr);
        // The second time the settings are those of the run before.
        let run = dir.run(&args).exits(0);
        assert!(run.stderr.contains("5 records were kept"), "{}", run.stderr);
    }
    let fresh = dir
        .run(&["run", "in", "--out", "out", "--incremental", "--fresh"])
        .exits(0);
    assert!(!fresh.stderr.contains("kept"), "{}", fresh.stderr);
}

#[test]
fn a_damaged_state_means_a_full_run_with_a_warning() {
    let dir = Workdir::new();
    dir.write("in/a.jsonl", lines(6, "a"));
    let incremental = ["run", "in", "--out", "out", "--incremental", "--no-report"];
    dir.run(&["run", "in", "--out", "full", "--no-report"])
        .exits(0);
    let full = outputs(&dir, "full");
    dir.run(&incremental).exits(0);
    let good = fs::read(dir.path("out").join(STATE)).unwrap();
    // Every byte is cut and changed in `output::state`; here the whole way, at some of them.
    for cut in [0, 10, 83, 84, 130, good.len() - 30, good.len() - 1] {
        fs::write(dir.path("out").join(STATE), &good[..cut]).unwrap();
        let run = dir.run(&incremental).exits(0);
        assert!(
            run.stderr.contains("cannot be trusted"),
            "{cut}: {}",
            run.stderr
        );
        assert_eq!(outputs(&dir, "out"), full);
    }
    let old = String::from_utf8(good).unwrap().replacen(" 1 ", " 0 ", 1);
    fs::write(dir.path("out").join(STATE), old).unwrap();
    let run = dir.run(&incremental).exits(0);
    assert!(run.stderr.contains("another version"), "{}", run.stderr);
    // The state is sound, the records are not: nothing of them comes through.
    let records = dir.path("out").join("articles.jsonl");
    let text = fs::read_to_string(&records)
        .unwrap()
        .replace("Eva Ek", "Eva Ej");
    fs::write(&records, text).unwrap();
    let run = dir.run(&incremental).exits(0);
    assert!(
        run.stderr.contains("not as it was written"),
        "{}",
        run.stderr
    );
    assert_eq!(outputs(&dir, "out"), full);
}

#[test]
fn nights_keep_what_the_night_before_found_and_a_killed_one_is_gone_on_with() {
    let dir = Workdir::new();
    dir.write("in/a.jsonl", lines(200, "a"));
    let night = ["run", "in", "--nightly", "base", "--jobs", "1"];
    dir.run(&night).exits(0);
    let run = dir.run(&night).exits(0);
    assert!(
        run.stderr.contains("200 records were kept, 0 made"),
        "{}",
        run.stderr
    );
    // A night over more is killed, the next one is not.
    stopped(
        &dir,
        &["run", "-", "--nightly", "base", "--jobs", "1"],
        "base/runs",
        &["KILL"],
    );
    let input = lines(250, "a");
    let run = dir
        .run_with(&["run", "-", "--nightly", "base"], &input)
        .exits(0);
    assert!(
        run.stderr.contains("an interrupted run left"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("the last run left 200"),
        "{}",
        run.stderr
    );
    dir.run_with(&["run", "-", "--out", "full"], &input)
        .exits(0);
    let mut latest = outputs(&dir, "base/latest");
    let changes = latest
        .iter()
        .filter(|(n, _)| n.starts_with("changes"))
        .count();
    assert_eq!(changes, 2);
    let of_one_run =
        |(name, _): &(String, Vec<u8>)| !name.starts_with("changes") && name != "report.html";
    latest.retain(of_one_run);
    let mut full = outputs(&dir, "full");
    full.retain(of_one_run);
    assert_eq!(latest, full);
    assert!(!dir.path("base/.polygist-resume").exists());
    let runs = fs::read_dir(dir.path("base/runs")).unwrap().count();
    assert_eq!(runs, 3);
}

#[test]
fn a_pack_is_read_once_and_its_hash_is_in_the_manifest() {
    let dir = Workdir::new();
    dir.write("in/a.jsonl", lines(3, "a"));
    dir.run(&["packs", "export", "sv", "mine"]).exits(0);
    dir.run(&["run", "in", "--out", "out", "--config-dir", "mine"])
        .exits(0);
    let hash = |dir: &Workdir| whole(&dir.path("out")).unwrap()["packs"]["sv"].clone();
    let before = hash(&dir);
    let pack = dir.read("mine/lang/sv/pack.toml");
    dir.write("mine/lang/sv/pack.toml", format!("{pack}\n# changed\n"));
    dir.run(&["run", "in", "--out", "out", "--config-dir", "mine"])
        .exits(0);
    assert_ne!(before, hash(&dir));
}

#[test]
fn two_runs_into_two_outputs_do_not_meet() {
    let dir = Workdir::new();
    dir.write("in/a.jsonl", lines(60, "a"));
    let run = shell(
        &dir,
        "$P run in --out one --incremental --quiet & $P run in --out two --incremental --quiet; a=$?; wait $! && exit $a",
    );
    run.exits(0);
    assert_eq!(dir.files("one"), dir.files("two"));
}
