//! Every pack loads, says what it is, and comes with written examples.

#![allow(clippy::unwrap_used)]

use polygist::pack::{GENERIC, Pack, Packs};

#[test]
fn every_pack_loads_and_has_a_name() {
    let packs = Packs::embedded();
    let codes: Vec<&str> = packs.codes().chain([GENERIC]).collect();
    assert!(codes.len() > 4, "{codes:?}");
    for code in codes {
        let pack = Pack::load(code, packs.files()).unwrap_or_else(|e| panic!("{code}: {e}"));
        assert!(!pack.meta.name.is_empty(), "{code}");
        assert!(packs.hash(code).unwrap().len() == 64, "{code}");
    }
}

#[test]
fn every_pack_has_examples_with_a_near_miss() {
    let packs = Packs::embedded();
    let mut lacking = Vec::new();
    for code in packs.codes() {
        let examples = packs
            .files()
            .get(&format!("lang/{code}/examples.md"))
            .unwrap_or_default();
        let tests = examples.lines().filter(|l| l.starts_with("## ")).count();
        let lines: Vec<&str> = examples.lines().collect();
        let empty = |w: &[&str]| w[0].starts_with("```") && w[0].len() > 3 && w[1] == "```";
        if tests < 3 || !lines.windows(2).any(empty) {
            lacking.push(code);
        }
    }
    assert!(
        lacking.is_empty(),
        "fewer than three examples, or none with an empty fence: {lacking:?}"
    );
}

#[test]
fn no_file_of_a_pack_is_of_an_unknown_name() {
    const KNOWN: &[&str] = &[
        "pack.toml",
        "grammar.toml",
        "quotes.toml",
        "figures.toml",
        "facts.toml",
        "stances.toml",
        "stopwords.txt",
        "abbreviations.txt",
        "examples.md",
        "README.md",
    ];
    for (path, _) in Packs::embedded().files().under("lang/") {
        let name = path.rsplit('/').next().unwrap_or_default();
        assert!(KNOWN.contains(&name), "{path} is read by nothing");
    }
}
