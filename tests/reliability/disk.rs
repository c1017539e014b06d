//! Disks that are full, small, read-only or slow to say so: rows 57 to 64, 67 to 69.

use crate::support::{Workdir, corpus, passed_over};
use crate::tools::{is_heavy, lines, outputs, shell, whole, works};

/// A directory with an output of an earlier run.
fn with_output() -> Workdir {
    let dir = Workdir::new();
    dir.write("in/a.jsonl", lines(30, "old"));
    dir.run(&["run", "in", "--out", "out"]).exits(0);
    dir.write("in/a.jsonl", lines(60, "new"));
    dir
}

#[test]
fn a_disk_without_room_keeps_the_old_output() {
    if !works(&["unshare", "-rm", "true"]) {
        return;
    }
    let dir = with_output();
    for options in ["size=200k", "size=2m,nr_inodes=8"] {
        let script = format!(
            "unshare -rm bash -c 'mkdir -p small && mount -t tmpfs -o {options} none small || exit 77
             $P run in --out small/out --quiet; code=$?
             [ ! -e small/out ] && [ $(ls -A small | wc -l) = 0 ] || exit 9; exit $code'"
        );
        let run = shell(&dir, &script);
        if run.status == Some(77) {
            passed_over("tmpfs cannot be mounted here");
            return;
        }
        let run = run.exits(3);
        assert!(
            run.stderr.contains("small/.out") && run.stderr.contains("hint:"),
            "{}",
            run.stderr
        );
    }
    // The old output lies on the disk that fills up.
    let script = "mkdir -p small; unshare -rm bash -c 'room=$(($(du -sk out | cut -f1) + 160)) && mount -t tmpfs -o size=${room}k none small
        cp -r out small/out; $P run in --out small/out --quiet; code=$?; diff -r out small/out || exit 9
        ls -A small | grep -v ^out$ && exit 8; exit $code'";
    shell(&dir, script).exits(3);
}

#[test]
fn an_output_that_may_not_be_written_fails_before_any_work() {
    if !works(&["unshare", "-rm", "true"]) {
        return;
    }
    let dir = with_output();
    let script = "unshare -rm bash -c 'mkdir -p ro && mount -t tmpfs -o ro none ro || exit 77
        $P run in --out ro/out'";
    let run = shell(&dir, script);
    if run.status == Some(77) {
        passed_over("tmpfs cannot be mounted here");
        return;
    }
    let run = run.exits(3);
    assert!(run.stderr.contains("choose an --out"), "{}", run.stderr);
    assert!(!run.stderr.contains("articles in"), "{}", run.stderr);
}

#[test]
fn a_limit_on_file_sizes_is_an_error_and_no_death() {
    let dir = with_output();
    let before = dir.files("out");
    let run = shell(&dir, "ulimit -f 40; $P run in --out out --quiet").exits(3);
    assert!(run.stderr.contains("ulimit -f"), "{}", run.stderr);
    assert_eq!(dir.files("out"), before);
    shell(
        &dir,
        "ulimit -f 40; $P extract --in in --out e.jsonl --quiet",
    )
    .exits(3);
    assert!(!dir.path("e.jsonl").exists() && !dir.path("e.jsonl.part").exists());
}

/// The system calls by which a run writes, in the order in which they are failed.
const CALLS: &[(&str, &str)] = &[
    ("write", "ENOSPC"),
    ("fsync", "EIO"),
    ("rename,renameat,renameat2", "EIO"),
    ("mkdir,mkdirat", "EDQUOT"),
];

#[test]
fn any_call_that_fails_keeps_the_old_output_or_has_put_the_new_one_in_place() {
    if !works(&["strace", "-o", "/dev/null", "true"]) {
        return;
    }
    let dir = with_output();
    for (calls, error) in CALLS {
        let mut n = 1;
        let mut failed = 0;
        loop {
            shell(&dir, "rm -rf o; cp -r out o");
            let script = format!(
                "strace -f -o log -e trace={calls} -e inject={calls}:error={error}:when={n} \
                 $P run in --out o --quiet --jobs 1 --xlsx --dna"
            );
            let run = shell(&dir, &script);
            let hit = dir.read("log").contains("(INJECTED)");
            let seen = whole(&dir.path("o")).expect("an output")["counts"]["seen"].clone();
            assert!(seen == 30 || seen == 60, "{calls} {n}: {seen}");
            assert!(matches!(run.status, Some(0 | 3)), "{calls} {n}: {run:?}");
            assert!(
                !run.stderr.contains("panicked"),
                "{calls} {n}: {}",
                run.stderr
            );
            if !hit {
                break;
            }
            failed += u32::from(run.status == Some(3));
            // Each one with POLYGIST_HEAVY, else some.
            n += if is_heavy() || n < 2 { 1 } else { n * 2 };
        }
        assert!(failed > 0, "no failure of {calls} was told");
        eprintln!("{calls}: up to number {n}, {failed} failures told, none tore the output");
    }
}

#[test]
fn standard_output_that_is_full_is_told() {
    let dir = Workdir::new();
    dir.write("a.jsonl", corpus(20));
    let run = shell(&dir, "$P extract < a.jsonl > /dev/full").exits(3);
    assert!(run.stderr.contains("standard output"), "{}", run.stderr);
    let run = shell(&dir, "$P extract < /dev/null > /dev/full");
    assert_eq!(
        run.status,
        Some(0),
        "nothing is written, so nothing is lost"
    );
}

#[test]
fn a_reader_that_goes_away_is_told_nothing() {
    let dir = Workdir::new();
    dir.write("a.jsonl", corpus(400));
    let script = "$P extract --quiet --in a.jsonl | head -1 > one; echo ${PIPESTATUS[0]} > code";
    let run = shell(&dir, script).exits(0);
    assert_eq!((run.stderr.as_str(), dir.read("code").trim()), ("", "0"));
    assert_eq!(dir.read("one").lines().count(), 1);
}

#[test]
fn streams_that_are_closed_fail_no_run() {
    let dir = Workdir::new();
    dir.write("in/a.jsonl", lines(5, "a"));
    shell(&dir, "$P run in --out one 2>&-").exits(0);
    shell(&dir, "$P run in --out two <&- >&- 2>&-").exits(0);
    shell(&dir, "$P run in --out three 2>/dev/full").exits(0);
    assert_eq!(dir.files("one"), dir.files("two"));
    assert_eq!(dir.files("one"), dir.files("three"));
    shell(
        &dir,
        "trap '' HUP; $P run in --out four & sleep 0.02; kill -HUP $!; wait $!",
    )
    .exits(0);
    assert_eq!(outputs(&dir, "one"), outputs(&dir, "four"));
}

#[test]
fn everything_is_lasting_before_it_is_put_in_place() {
    if !works(&["strace", "-o", "/dev/null", "true"]) {
        return;
    }
    let dir = with_output();
    let calls = "openat,fsync,fdatasync,rename,renameat,renameat2";
    shell(
        &dir,
        &format!("strace -f -y -o log -e trace={calls} $P run in --out out --quiet"),
    )
    .exits(0);
    let log = dir.read("log");
    let place = |what: &str, from: &str| {
        let found = log
            .lines()
            .position(|l| l.contains(what) && l.contains(from));
        found.unwrap_or_else(|| panic!("no {what} of {from}"))
    };
    let manifest = place("fsync(", "/run.json");
    for file in [
        "articles.jsonl",
        "quotes.csv",
        "corpus.json",
        "report.html",
        "datapackage.json",
    ] {
        assert!(
            place("fsync(", file) < manifest,
            "{file} comes after the manifest"
        );
    }
    let swap = place("renameat2(", "RENAME_EXCHANGE");
    let synced = |n: usize| log.lines().nth(n).unwrap_or_default().to_owned();
    assert!(manifest < swap, "{}", synced(swap));
    let directory = log
        .lines()
        .skip(manifest + 1)
        .take(swap - manifest)
        .any(|l| l.contains("fsync(") && l.contains("staging") && !l.contains(".json"));
    assert!(directory, "the stage is not synced before the swap");
    let after = log.lines().skip(swap).any(|l| l.contains("fsync("));
    assert!(after, "the swap is not made lasting");
}

#[test]
fn the_second_of_two_runs_is_told_so_and_can_wait() {
    let dir = with_output();
    let lock = std::fs::File::create(dir.path(".out.polygist.lock")).unwrap();
    lock.try_lock().unwrap();
    let before = dir.files("out");
    let run = dir.run(&["run", "in", "--out", "out"]).exits(75);
    assert!(run.stderr.contains("--wait-lock"), "{}", run.stderr);
    let run = dir
        .run(&["run", "in", "--out", "out", "--wait-lock", "1"])
        .exits(75);
    assert!(
        run.stderr.contains("another polygist run"),
        "{}",
        run.stderr
    );
    // A signal while it waits ends it at once, without harm.
    let script = "$P run in --out out --wait-lock 60 --quiet & sleep 0.3; kill -TERM $!; wait $!";
    let run = shell(&dir, script);
    assert_ne!(run.status, Some(0));
    assert_eq!(dir.files("out"), before);
    let script = "$P run in --out out --wait-lock 60 --quiet & sleep 0.3; echo go; wait $!";
    let holder = std::thread::spawn(move || {
        std::thread::sleep(std::time::Duration::from_millis(900));
        drop(lock);
    });
    shell(&dir, script).exits(0);
    holder.join().unwrap();
    assert_eq!(whole(&dir.path("out")).unwrap()["counts"]["seen"], 60);
}

#[test]
fn what_polygist_did_not_write_is_not_replaced() {
    let dir = Workdir::new();
    dir.write("in/a.jsonl", lines(2, "a"));
    dir.write("out/thesis.odt", "mine");
    let run = dir.run(&["run", "in", "--out", "out"]).exits(2);
    assert!(run.stderr.contains("--force"), "{}", run.stderr);
    dir.run(&["run", "in", "--out", "out", "--force"]).exits(0);
    assert_eq!(dir.read("out/thesis.odt"), "mine");
    let run = dir.run(&["run", "in", "--out", "in"]).exits(2);
    assert!(run.stderr.contains("in"), "{}", run.stderr);
}

#[test]
fn what_stands_beside_the_output_is_never_touched() {
    let dir = with_output();
    // Copies of a run, with notes of the user's in them, under the names that one gives to copies.
    let names = [
        "out.previous",
        "out.resume",
        "out.staging-old",
        "out.staging-7",
        "out.bak",
        ".out.polygist-staging-old",
        ".out.polygist-staging-8",
        ".out.polygist-resume",
    ];
    for name in names {
        for (path, bytes) in dir.files("out") {
            dir.write(&format!("{name}/{path}"), bytes);
        }
        dir.write(&format!("{name}/run.json"), "{}");
        dir.write(&format!("{name}/.polygist-state"), "x".repeat(9_000));
        if name != ".out.polygist-staging-8" {
            dir.write(&format!("{name}/notes/a.txt"), "mine");
        }
    }
    dir.write("out.lock", "mine");
    let kept: Vec<&str> = names.into_iter().filter(|n| !n.ends_with("-8")).collect();
    let before: Vec<_> = kept.iter().map(|name| dir.files(name)).collect();
    for flag in ["--fresh", "--incremental"] {
        let run = dir.run(&["run", "in", "--out", "out", flag]).exits(0);
        assert!(run.stderr.contains("it stays"), "{}", run.stderr);
    }
    for (name, before) in kept.iter().zip(before) {
        assert_eq!(dir.files(name), before, "{name}");
    }
    assert_eq!(dir.read("out.lock"), "mine");
    assert!(!dir.path("out/notes").exists());
    // Only what is named as a stage and holds nothing else has gone.
    assert!(!dir.path(".out.polygist-staging-8").exists());
}

#[test]
fn what_stands_among_the_nights_is_never_touched() {
    let dir = with_output();
    let names = [
        "base/runs/a.staging-1",
        "base/runs/b.resume",
        "base/runs/2020-01-01-copy",
        "base/runs/2020-01-02T000000Z",
        "base/.resume",
        "base/.latest-mine",
    ];
    for name in names {
        dir.write(&format!("{name}/run.json"), "{}");
        dir.write(&format!("{name}/notes/a.txt"), "mine");
    }
    for name in ["base/runs/notes.lock", "base/.lock"] {
        dir.write(name, "mine");
    }
    for _ in 0..2 {
        dir.run(&["run", "in", "--nightly", "base", "--keep", "1"])
            .exits(0);
    }
    for name in names {
        assert_eq!(dir.read(&format!("{name}/notes/a.txt")), "mine");
    }
    assert_eq!(dir.read("base/runs/notes.lock"), "mine");
    assert_eq!(dir.read("base/.lock"), "mine");
    let runs = std::fs::read_dir(dir.path("base/runs")).unwrap().count();
    assert_eq!(runs, 4 + 1 + 1, "one night is kept");
}
