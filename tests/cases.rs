//! Runs the written examples: `config/lang/*/examples.md` and `tests/cases/<language>/*.md`.
//!
//! `UPDATE_CASES=1` rewrites what is expected to what comes out, for review in the diff;
//! `CASES=sv` runs only files whose path contains `sv`.

#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::{env, fs};

use polygist::analyze::{Engine, Options};
use polygist::pack::Packs;
use polygist::score::cases;

#[test]
fn examples_come_out_as_written() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let packs = Packs::open(Some(&root.join("config"))).expect("packs load");
    let engine = Engine::new(packs, Options::default()).expect("rules load");
    let only = env::var("CASES").unwrap_or_default();
    let update = env::var_os("UPDATE_CASES").is_some_and(|v| v == "1");
    let (mut compared, mut report, mut failed) = (0, String::new(), 0);
    for (language, path) in files(root) {
        let name = path
            .strip_prefix(root)
            .unwrap_or(&path)
            .to_string_lossy()
            .replace('\\', "/");
        if !name.contains(&only) {
            continue;
        }
        let markdown = fs::read_to_string(&path).expect("readable");
        let outcome = cases::run(&name, &markdown, &language, &engine);
        compared += outcome.compared;
        if update {
            if outcome.updated != markdown {
                fs::write(&path, outcome.updated).expect("writable");
                println!("updated {name}");
            }
            continue;
        }
        for failure in outcome.failures {
            report.push_str(&failure.to_string());
            failed += 1;
        }
    }
    assert!(
        report.is_empty(),
        "{failed} of {compared} expectations not met:\n{report}"
    );
    let few = only.is_empty() && !update && compared < 1_000;
    assert!(!few, "only {compared} expectations were found");
    println!("{compared} expectations met");
}

/// All case files with the language that their folder names, in byte order.
fn files(root: &Path) -> Vec<(String, PathBuf)> {
    let mut out = Vec::new();
    for dir in ["config/lang", "tests/cases"] {
        for folder in entries(&root.join(dir)) {
            let language = folder
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let is_case = |p: &PathBuf| match dir {
                "config/lang" => p.file_name().is_some_and(|n| n == "examples.md"),
                _ => p.extension().is_some_and(|e| e == "md"),
            };
            out.extend(
                entries(&folder)
                    .into_iter()
                    .filter(is_case)
                    .map(|p| (language.clone(), p)),
            );
        }
    }
    out
}

fn entries(dir: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(dir) else {
        return Vec::new();
    };
    let mut out: Vec<PathBuf> = entries.filter_map(|e| Some(e.ok()?.path())).collect();
    out.sort();
    out
}
