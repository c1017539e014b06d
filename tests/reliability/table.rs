//! `docs/reliability.md` keeps its word: each of the 84 faults is there, and each test it names exists.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// How many faults the list has.
const FAULTS: u32 = 84;

fn rust_files(dir: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            rust_files(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

/// Every test of the tree as `module::name`, by the file that it stands in.
fn tests() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for dir in ["src", "tests"] {
        rust_files(&root.join(dir), &mut files);
    }
    let mut tests = BTreeSet::new();
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        let mut module = path.file_stem().unwrap().to_string_lossy().into_owned();
        if ["mod", "tests", "main"].contains(&module.as_str()) {
            module = path
                .parent()
                .unwrap()
                .file_name()
                .unwrap()
                .to_string_lossy()
                .into_owned();
        }
        for (at, _) in text
            .match_indices("\n    fn ")
            .chain(text.match_indices("\nfn "))
        {
            let rest = text[at..].trim_start().trim_start_matches("fn ");
            let name: String = rest
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            tests.insert(format!("{module}::{name}"));
        }
    }
    tests
}

#[test]
fn every_fault_has_its_promise_and_tests_that_exist() {
    let page = include_str!("../../docs/reliability.md");
    let tests = tests();
    let mut seen = BTreeSet::new();
    for row in page
        .lines()
        .filter(|l| l.starts_with("| ") && l.as_bytes()[2].is_ascii_digit())
    {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        assert_eq!(cells.len(), 5, "{row}");
        assert!(!cells[4].is_empty(), "{row}");
        for number in cells[0].split(',') {
            assert!(
                seen.insert(number.trim().parse::<u32>().unwrap()),
                "{number} stands twice"
            );
        }
        let named: Vec<&str> = cells[3].split('`').skip(1).step_by(2).collect();
        assert!(
            !named.is_empty() || cells[3].starts_with("no test:"),
            "{row}"
        );
        for name in named
            .iter()
            .filter(|n| n.contains("::") && !n.ends_with("::*"))
        {
            assert!(tests.contains(*name), "{name} is no test");
        }
    }
    assert_eq!(seen, (1..=FAULTS).collect());
}
