//! Rules of the house that the compiler does not know: short files, layers that look down only,
//! language kept in data.

#![allow(clippy::unwrap_used)]

#[path = "house/words.rs"]
mod words;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The longest file, in lines.
const LINES: usize = 500;

/// Endings, syllables, tags and entities that happen to be spelled like the code of a language.
const NO_CODES: &[(&str, &str)] = &[
    ("src/analyze/figures/glued.rs", "en"),
    ("src/corpus/names.rs", "ja"),
    ("src/corpus/names.rs", "zh"),
    ("src/input/html/entities.rs", "lt"),
    ("src/input/html/tree.rs", "hr"),
    ("src/input/html/tree.rs", "hi"),
    ("src/input/html/tree.rs", "tr"),
];

/// The layers, lowest first. Rooms on one line do not see each other.
const LAYERS: &[&[&str]] = &[
    &["error", "model"],
    &["text"],
    &["pack"],
    &["language"],
    &["analyze"],
    &["input", "corpus", "output", "score"],
    &["pipeline"],
    &["cli"],
];

/// Rooms on one line that do: errors name spans, and the tables of the corpus are tables of the output.
const NEIGHBORS: &[(&str, &str)] = &[
    ("error", "model"),
    ("output", "corpus"),
    ("corpus", "output"),
];

fn rust_files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    for dir in ["src", "tests", "benches"] {
        walk(&root.join(dir), &mut paths);
    }
    paths.sort();
    let read = |path: PathBuf| {
        let name = path
            .strip_prefix(root)
            .unwrap()
            .to_string_lossy()
            .replace('\\', "/");
        (name, fs::read_to_string(&path).unwrap())
    };
    paths.into_iter().map(read).collect()
}

fn walk(dir: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

/// Every file and directory of the tree, with a `/` in front, but for what is built.
fn tree(dir: &Path, below: &str, out: &mut Vec<String>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if below.is_empty() && ["target", ".git"].contains(&name.as_str()) {
            continue;
        }
        let whole = format!("{below}/{name}");
        if path.is_dir() {
            tree(&path, &whole, out);
        }
        out.push(whole);
    }
}

/// The code of a file: without comments, and without what only tests see.
fn code(name: &str, text: &str) -> String {
    let own = text.split("\n#[cfg(test)]\nmod ").next().unwrap_or(text);
    let of_tests = name.ends_with("/tests.rs") || name.ends_with("/samples.rs");
    if of_tests {
        return String::new();
    }
    let lines = own.lines().filter(|l| !l.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn files_are_short() {
    let long: Vec<String> = rust_files()
        .into_iter()
        .map(|(name, text)| (text.lines().count(), name))
        .filter(|(lines, _)| *lines > LINES)
        .map(|(lines, name)| format!("{name}: {lines} lines, at most {LINES}"))
        .collect();
    assert!(long.is_empty(), "split:\n{}", long.join("\n"));
}

#[test]
fn every_file_says_what_it_is_responsible_for() {
    for (name, text) in rust_files()
        .iter()
        .filter(|(name, _)| name.starts_with("src/"))
    {
        let exempt =
            ["src/main.rs", "src/lib.rs"].contains(&name.as_str()) || name.ends_with("/tests.rs");
        let first = text.lines().next().unwrap_or_default();
        assert!(
            exempt || first.starts_with("//! Responsible for "),
            "{name}: {first}"
        );
    }
}

#[test]
fn documents_name_files_and_rooms_that_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut there = Vec::new();
    tree(root, "", &mut there);
    let mut seen = 0;
    for document in ["README.md", "ARCHITECTURE.md", "docs/reliability.md"] {
        let text = fs::read_to_string(root.join(document)).unwrap();
        for line in text.lines() {
            let quoted = line.split('`').skip(1).step_by(2);
            let is_path = |name: &&str| {
                let is_file = [".rs", ".md", ".py"].iter().any(|end| name.ends_with(end));
                let made = !is_file && name.starts_with("output/");
                (is_file || name.contains('/'))
                    && !(made || name.starts_with("BASE/") || name.starts_with("../"))
                    && !name.contains(|c: char| c.is_whitespace() || "*<\\{}=".contains(c))
            };
            for name in quoted.filter(is_path) {
                let end = format!("/{}", name.trim_matches('/'));
                assert!(
                    there.iter().any(|t| t.ends_with(&end)),
                    "{document}: {name}"
                );
                seen += 1;
            }
        }
    }
    assert!(seen > 60, "only {seen} names were looked at");
}

#[test]
fn layers_look_down() {
    let rank: BTreeMap<&str, usize> = LAYERS
        .iter()
        .enumerate()
        .flat_map(|(n, rooms)| rooms.iter().map(move |room| (*room, n)))
        .collect();
    let mut seen = 0;
    for (name, text) in rust_files() {
        let Some(room) = name
            .strip_prefix("src/")
            .and_then(|n| n.split(['/', '.']).next())
        else {
            continue;
        };
        let Some(mine) = rank.get(room) else {
            assert!(["main", "lib"].contains(&room), "{name} stands in no layer");
            continue;
        };
        for used in code(&name, &text).split("crate::").skip(1) {
            let used = used
                .split(|c: char| !c.is_alphanumeric() && c != '_')
                .next()
                .unwrap();
            let theirs = rank
                .get(used)
                .unwrap_or_else(|| panic!("{name} uses crate::{used}"));
            let allowed = used == room || theirs < mine || NEIGHBORS.contains(&(room, used));
            assert!(allowed, "{name}: {room} must not use {used}");
            seen += 1;
        }
    }
    assert!(seen > 100, "only {seen} uses were looked at");
}

#[test]
fn language_is_data() {
    let packs = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/lang");
    let codes: Vec<String> = fs::read_dir(packs)
        .unwrap()
        .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
        // "id" is a word of the code as well.
        .filter(|code| code.len() == 2 && code != "id")
        .collect();
    assert!(codes.len() > 10);
    for (name, text) in rust_files()
        .iter()
        .filter(|(name, _)| name.starts_with("src/"))
    {
        let code = code(name, text);
        let is_ending = |language: &str| NO_CODES.contains(&(name.as_str(), language));
        for language in codes.iter().filter(|l| !is_ending(l)) {
            let literal = format!("\"{language}\"");
            assert!(
                !code.contains(&literal),
                "{name} names the language {literal}"
            );
        }
    }
}
