//! What the groups share: the system's tools, and a check that an output is whole.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use polygist::model::ids::sha256_hex;
use serde_json::Value;

use crate::support::{Run, Workdir, captured, passed_over};

/// Whether what takes minutes or gigabytes is asked for.
pub(crate) fn is_heavy() -> bool {
    std::env::var_os("POLYGIST_HEAVY").is_some_and(|value| value == "1")
}

/// Whether a command works here; says so when it does not.
pub(crate) fn works(command: &[&str]) -> bool {
    let output = Command::new(command[0]).args(&command[1..]).output();
    let works = output.is_ok_and(|o| o.status.success());
    if !works {
        passed_over(&format!("`{}` does not work here", command.join(" ")));
    }
    works
}

/// Runs a script in the directory of a test; `$P` is the command under test.
pub(crate) fn shell(dir: &Workdir, script: &str) -> Run {
    let mut command = Command::new("bash");
    command
        .arg("-c")
        .arg(script)
        .current_dir(dir.path("."))
        .env("P", env!("CARGO_BIN_EXE_polygist"))
        .env("SOURCE_DATE_EPOCH", "1700000000");
    captured(&mut command, b"")
}

/// Every file of a directory but the manifest.
pub(crate) fn outputs(dir: &Workdir, name: &str) -> Vec<(String, Vec<u8>)> {
    let mut files = dir.files(name);
    files.retain(|(name, _)| name != "run.json" && name != ".polygist-state");
    files
}

/// The manifest of a published run, after checking that every file in it is there as it says and that
/// all records are accounted for; `None` when there is no run.
pub(crate) fn whole(run: &Path) -> Option<Value> {
    let manifest = fs::read(run.join("run.json")).ok()?;
    let manifest: Value = serde_json::from_slice(&manifest).expect("a whole manifest");
    for file in manifest["outputs"].as_array().expect("a list of files") {
        let path = file["path"].as_str().expect("a path");
        let bytes = fs::read(run.join(path)).unwrap_or_else(|e| panic!("{path}: {e}"));
        assert_eq!(file["sha256"], sha256_hex(&bytes), "{path} is torn");
    }
    let counts = &manifest["counts"];
    let count = |name: &str| counts[name].as_u64().expect("a count");
    let sum = count("ok") + count("degraded") + count("skipped") + count("failed");
    assert_eq!(count("seen"), sum);
    let records = fs::read_to_string(run.join("articles.jsonl")).expect("records");
    assert_eq!(records.lines().count() as u64, count("seen"));
    Some(manifest)
}

/// The records of a run by their own ids.
pub(crate) fn records(dir: &Workdir, file: &str) -> BTreeMap<String, Value> {
    let text = dir.read(file);
    let records = text.lines().map(|line| {
        let record: Value = serde_json::from_str(line).expect("a record");
        let id = record["source_id"].as_str().unwrap_or_default().to_owned();
        (id, record)
    });
    records.collect()
}

/// One article as a line of JSON.
pub(crate) fn line(id: &str, text: &str) -> String {
    format!("{}\n", serde_json::json!({ "id": id, "text": text }))
}

/// `n` articles, each with something to find.
pub(crate) fn lines(n: usize, mark: &str) -> String {
    (0..n)
        .map(|i| {
            let text = format!(
                "Rådet stöder planen {mark}.\n\n– Vi behöver {i} bussar, säger Eva Ek, ordförande.\n\n\
                 Det kostar {i} miljoner kronor. {}",
                "Mer text följer här. ".repeat(i % 9)
            );
            line(&format!("{mark}-{i}"), &text)
        })
        .collect()
}
