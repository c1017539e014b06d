//! Little of everything: descriptors, memory, processors, and one article that panics. Rows 73 to 76, 79.

use crate::support::Workdir;
use crate::tools::{lines, outputs, shell, whole};

#[test]
fn sixty_four_descriptors_are_enough() {
    let dir = Workdir::new();
    for n in 0..150 {
        dir.write(
            &format!("in/{n:03}.txt"),
            format!("Text {n}. – Ja, säger Eva Ek."),
        );
    }
    shell(
        &dir,
        "ulimit -n 64; $P run in --out out --xlsx --dna --jobs 8 --quiet",
    )
    .exits(0);
    shell(
        &dir,
        "ulimit -n 64; $P run in --nightly base --quiet && $P run in --nightly base --quiet",
    )
    .exits(0);
    assert_eq!(whole(&dir.path("out")).unwrap()["counts"]["seen"], 150);
}

#[test]
fn too_little_memory_ends_the_run_and_keeps_the_old_output() {
    let dir = Workdir::new();
    dir.write("in/a.jsonl", lines(200, "a"));
    dir.run(&["run", "in", "--out", "out"]).exits(0);
    let before = dir.files("out");
    let mut ended = 0;
    for kib in [30_000, 60_000, 90_000, 130_000, 4_000_000] {
        let run = shell(
            &dir,
            &format!("ulimit -v {kib}; $P run in --out out --jobs 2 --quiet"),
        );
        ended += u32::from(run.status == Some(0));
        assert_eq!(dir.files("out"), before, "{kib} KiB");
    }
    assert!(
        (1..5).contains(&ended),
        "4 GB are enough, 30 MB are not: {ended}"
    );
    dir.run(&["run", "in", "--out", "out"]).exits(0);
    assert_eq!(dir.files("out"), before);
}

#[test]
fn jobs_and_processors_change_no_byte() {
    let dir = Workdir::new();
    dir.write("in/a.jsonl", lines(80, "a"));
    dir.run(&["run", "in", "--out", "one", "--jobs", "1"])
        .exits(0);
    let one = outputs(&dir, "one");
    let some = [0, 3, 64];
    let all: Vec<u32> = (0..=64).collect();
    let jobs = if crate::tools::is_heavy() {
        all.as_slice()
    } else {
        &some
    };
    for jobs in jobs {
        dir.run(&["run", "in", "--out", "out", "--jobs", &jobs.to_string()])
            .exits(0);
        assert_eq!(outputs(&dir, "out"), one, "--jobs {jobs}");
    }
    if crate::tools::works(&["taskset", "-c", "0", "true"]) {
        shell(&dir, "taskset -c 0 $P run in --out out --quiet").exits(0);
        assert_eq!(outputs(&dir, "out"), one);
    }
}

#[test]
fn one_article_has_so_many_rows_and_no_more() {
    use polygist::analyze::{Engine, Options, analyze};
    use polygist::model::article::RawArticle;
    let engine = Engine::new(polygist::pack::Packs::embedded(), Options::default()).unwrap();
    let raw = RawArticle {
        text: "“Yes,” she said. It costs 5 euros.\n".repeat(6_000),
        language: Some("en".into()),
        ..RawArticle::default()
    };
    let record = analyze(raw, &engine);
    assert_eq!(
        (record.quotations.len(), record.figures.len()),
        (5_000, 5_000)
    );
    let told = record
        .problems
        .iter()
        .find(|p| p.code == "W_TRUNCATED")
        .unwrap();
    assert!(told.message.contains("6000 quotations"), "{}", told.message);
}
