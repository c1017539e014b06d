//! Shards that are read apart and merged give the bytes of one run, and so do lines that left their file.

#![allow(clippy::unwrap_used)]

mod support;

use std::fmt::Write as _;

use support::{Workdir, corpus};

/// Files of several kinds with good and bad records, one of them far larger than the others.
fn folder() -> Workdir {
    let dir = Workdir::new();
    let bad = "{\"id\": 1, \"text\": \"cut off\n\n{\"id\": \"same\", \"text\": \"One, she said.\"}\n\
               {\"id\": \"same\", \"text\": \"Two, he said.\"}\n[]\n{\"id\": \"none\"}\n";
    dir.write("in/a.jsonl", corpus(150) + bad + &corpus(20));
    for n in 0..12 {
        let name = format!("in/b{}/{n}.jsonl", n % 3);
        dir.write(&name, corpus(n));
        dir.write(&format!("in/c/{n}.txt"), support::ARTICLES[n % 2].1);
    }
    let latin =
        b"Sm\xf6rg\xe5s, s\xe4ger Eva Str\xf6m.\n{\"id\": \"same\", \"text\": \"Bro\xf6n\"}\n";
    dir.write("in/latin.jsonl", latin);
    dir.write(
        "in/t.csv",
        "id,title,text\n7,Eins,\"Ja, sagte Eva Klein.\"\n8,Zwei,\nsame,Drei,Nein.\n",
    );
    dir.write(
        "in/l.json",
        "[{\"text\": \"One, she said.\"}, {\"nothing\": 1}, {\"text\": \"Three.\"}]",
    );
    dir.write("in/e.pdf", "%PDF-1.7\n");
    dir.write("in/cut.jsonl.gz", b"\x1f\x8b\x08\x00\x00\x00\x00\x00");
    dir
}

/// All files but the manifest, which has clock values and names the command.
fn without_manifest(dir: &Workdir, name: &str) -> Vec<(String, Vec<u8>)> {
    let mut files = dir.files(name);
    files.retain(|(name, _)| name != "run.json");
    files
}

#[test]
fn shards_and_merge_give_the_bytes_of_one_run() {
    let dir = folder();
    dir.run(&["run", "in", "--out", "whole"]).exits(1);
    let whole = without_manifest(&dir, "whole");
    for of in [1, 2, 3, 8] {
        let mut lines = 0;
        let mut names = Vec::new();
        for number in (1..=of).rev() {
            let name = format!("{number}-{of}.jsonl");
            let shard = format!("{number}/{of}");
            dir.run(&["extract", "--in", "in", "--shard", &shard, "--out", &name]);
            lines += dir.read(&name).lines().count();
            names.push(name);
        }
        assert_eq!(
            lines,
            dir.read("whole/articles.jsonl").lines().count(),
            "{of}"
        );
        let out = format!("merged{of}");
        let mut args = vec!["merge", "--out", &out];
        args.extend(names.iter().map(String::as_str));
        let run = dir.run(&args).exits(1);
        assert!(!run.stderr.contains("missing"), "{}", run.stderr);
        assert!(
            whole == without_manifest(&dir, &out),
            "{of} shards differ from one run"
        );
    }
}

#[test]
fn runs_of_shards_can_be_merged_too() {
    let dir = folder();
    dir.run(&["run", "in", "--out", "whole"]).exits(1);
    for shard in ["1/2", "2/2"] {
        let out = format!("part{}", &shard[..1]);
        dir.run(&["run", "in", "--shard", shard, "--out", &out])
            .exits(1);
        let manifest = dir.read(&format!("{out}/run.json"));
        assert!(
            manifest.contains(&format!("\"shard\": \"{shard}\"")),
            "{manifest}"
        );
    }
    dir.run(&[
        "merge",
        "part2/articles.jsonl",
        "part1/articles.jsonl",
        "--out",
        "merged",
    ])
    .exits(1);
    assert!(without_manifest(&dir, "whole") == without_manifest(&dir, "merged"));
    // Merging what was merged changes nothing either, although some ids were given out there.
    dir.run(&["merge", "merged/articles.jsonl", "--out", "again"])
        .exits(1);
    assert!(without_manifest(&dir, "merged") == without_manifest(&dir, "again"));
}

#[test]
fn a_shard_that_was_left_out_is_noticed() {
    let dir = folder();
    for shard in ["1/3", "3/3"] {
        let out = format!("{}.jsonl", &shard[..1]);
        dir.run(&["extract", "--in", "in", "--shard", shard, "--out", &out]);
    }
    let run = dir
        .run(&["merge", "1.jsonl", "3.jsonl", "--out", "merged"])
        .exits(1);
    assert!(
        run.stderr.contains("records are missing between others"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("was a shard left out?"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_stream_is_divided_too_and_a_wrong_shard_refused() {
    let dir = Workdir::new();
    let lines = (0..50).map(|n| format!("{{\"text\": \"The mayor opposes plan {n}.\"}}\n"));
    let input = lines.collect::<Vec<_>>().concat();
    let whole = dir.run_with(&["extract"], &input).exits(0).stdout;
    let mut parts = Vec::new();
    for shard in ["1/3", "2/3", "3/3"] {
        let part = dir
            .run_with(&["extract", "--shard", shard], &input)
            .exits(0)
            .stdout;
        parts.push(part.lines().map(str::to_owned).collect::<Vec<_>>());
    }
    let again: Vec<&String> = (0..50).map(|n| &parts[n % 3][n / 3]).collect();
    assert_eq!(whole.lines().collect::<Vec<_>>(), again);
    for wrong in ["0/3", "4/3", "x"] {
        let run = dir.run(&["extract", "--shard", wrong]).exits(2);
        assert!(
            run.stderr.contains("a shard is written I/N"),
            "{}",
            run.stderr
        );
    }
}

#[test]
fn lines_that_carry_their_place_give_the_records_of_their_files() {
    let dir = folder();
    dir.run(&["extract", "--in", "in/a.jsonl", "--out", "whole.jsonl"])
        .exits(1);
    let whole = dir.read("whole.jsonl");
    let mut lines: Vec<(usize, String)> = Vec::new();
    let mut offset = 0;
    for (n, line) in dir.read("in/a.jsonl").lines().enumerate() {
        lines.push((n, format!("a.jsonl\t{}\t{offset}\t{line}\n", n + 1)));
        offset += line.len() + 1;
    }
    // As they come from another engine: in no order.
    lines.sort_by_key(|(n, _)| n * 7919 % 176);
    let input: String = lines.iter().map(|(_, line)| line.as_str()).collect();
    let out = dir
        .run_with(&["extract", "--numbered"], input)
        .exits(1)
        .stdout;
    let mut records: Vec<(usize, &str)> = lines.iter().map(|(n, _)| *n).zip(out.lines()).collect();
    records.sort_unstable();
    let mut again = String::new();
    for (_, record) in records {
        let _ = writeln!(again, "{record}");
    }
    assert!(whole == again);

    let bare = dir
        .run_with(&["extract", "--numbered"], corpus(1))
        .exits(1)
        .stdout;
    assert!(
        bare.contains("the line does not begin with a file, a number and an offset"),
        "{bare}"
    );
}

/// Runs a script as a scheduler would, with the command on the path.
#[cfg(unix)]
fn scheduled(dir: &Workdir, program: &str, args: &[&str], variables: &[(&str, &str)]) {
    let bin = std::path::Path::new(env!("CARGO_BIN_EXE_polygist"));
    let path = std::env::var("PATH").unwrap();
    let done = std::process::Command::new(program)
        .args(args)
        .current_dir(dir.path(""))
        .env(
            "PATH",
            format!("{}:{path}", bin.parent().unwrap().display()),
        )
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
}

/// A folder `articles`, and what one run makes of it.
#[cfg(unix)]
fn articles() -> (Workdir, Vec<(String, Vec<u8>)>) {
    let dir = folder();
    std::fs::rename(dir.path("in"), dir.path("articles")).unwrap();
    dir.run(&["run", "articles", "--out", "whole"]).exits(1);
    let whole = without_manifest(&dir, "whole");
    (dir, whole)
}

#[cfg(unix)]
fn merged(dir: &Workdir) -> Vec<(String, Vec<u8>)> {
    let records = ["records/1.jsonl", "records/2.jsonl", "records/3.jsonl"];
    let run = dir.run(&[&["merge"][..], &records, &["--out", "results"]].concat());
    assert!(!run.exits(1).stderr.contains("missing"));
    without_manifest(dir, "results")
}

#[cfg(unix)]
#[test]
fn the_slurm_script_gives_the_bytes_of_one_run() {
    let (dir, whole) = articles();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/integrations/shards/slurm.sh");
    // The second task comes twice, as after a requeue.
    for task in ["1", "2", "2", "3"] {
        let variables = [
            ("SLURM_ARRAY_TASK_ID", task),
            ("SLURM_ARRAY_TASK_COUNT", "3"),
            ("SLURM_CPUS_PER_TASK", "1"),
        ];
        scheduled(&dir, "bash", &[script], &variables);
    }
    assert!(whole == merged(&dir));
}

#[cfg(unix)]
#[test]
fn the_kubernetes_job_gives_the_bytes_of_one_run() {
    let (dir, whole) = articles();
    let job = include_str!("../integrations/shards/kubernetes.yaml");
    let (_, command) = job.split_once("            - |\n").unwrap();
    let (command, _) = command.split_once("      volumes:").unwrap();
    for index in ["0", "1", "2"] {
        let variables = [
            ("JOB_COMPLETION_INDEX", index),
            ("SHARDS", "3"),
            ("JOBS", "1"),
        ];
        scheduled(&dir, "sh", &["-ec", command], &variables);
    }
    assert!(whole == merged(&dir));
}

#[cfg(unix)]
#[test]
fn the_script_for_gnu_parallel_gives_the_bytes_of_one_run() {
    let help = std::process::Command::new("parallel")
        .arg("--version")
        .output();
    if !help.is_ok_and(|h| String::from_utf8_lossy(&h.stdout).contains("GNU parallel")) {
        support::passed_over("GNU parallel is not installed");
        return;
    }
    let (dir, whole) = articles();
    let script = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/integrations/shards/parallel.sh"
    );
    let ended = "\"$0\" articles results 3 || [ $? = 1 ]"; // as merge ends when articles failed
    scheduled(&dir, "sh", &["-c", ended, script], &[]);
    assert!(whole == without_manifest(&dir, "results"));
}
