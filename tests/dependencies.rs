//! What is linked is what `deny.toml` allows, without the network: licenses, sources, no crate twice.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

mod support;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn toml(name: &str) -> toml::Table {
    fs::read_to_string(root().join(name))
        .unwrap()
        .parse()
        .unwrap()
}

/// Whether an SPDX expression can be met with the allowed licenses alone.
fn is_allowed(expression: &str, allowed: &BTreeSet<&str>) -> bool {
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let joined = spaced.replace(" WITH ", "\u{1}");
    let words: Vec<String> = joined
        .split_whitespace()
        .map(|w| w.replace('\u{1}', " WITH "))
        .collect();
    let mut at = 0;
    let met = either(&words, &mut at, allowed);
    met && at == words.len()
}

fn either(words: &[String], at: &mut usize, allowed: &BTreeSet<&str>) -> bool {
    let mut met = both(words, at, allowed);
    while words.get(*at).is_some_and(|w| w == "OR") {
        *at += 1;
        let other = both(words, at, allowed);
        met = met || other;
    }
    met
}

fn both(words: &[String], at: &mut usize, allowed: &BTreeSet<&str>) -> bool {
    let mut met = one(words, at, allowed);
    while words.get(*at).is_some_and(|w| w == "AND") {
        *at += 1;
        let other = one(words, at, allowed);
        met = met && other;
    }
    met
}

fn one(words: &[String], at: &mut usize, allowed: &BTreeSet<&str>) -> bool {
    let word = words.get(*at).map_or("", String::as_str);
    *at += 1;
    if word != "(" {
        return allowed.contains(word);
    }
    let met = either(words, at, allowed);
    *at += 1;
    met
}

#[test]
fn every_crate_has_a_license_that_is_allowed() {
    let deny = toml("deny.toml");
    let allowed = deny["licenses"]["allow"].as_array().unwrap();
    let allowed: BTreeSet<&str> = allowed.iter().map(|l| l.as_str().unwrap()).collect();
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version",
            "1",
            "--locked",
            "--offline",
            "--all-features",
        ])
        .current_dir(root())
        .output()
        .unwrap();
    // Crates of features that are off need not be on this disk; those that are linked are checked then.
    let output = if output.status.success() {
        output
    } else {
        let why = String::from_utf8_lossy(&output.stderr).into_owned();
        let why = why.lines().next().unwrap_or_default();
        support::passed_over(&format!(
            "licenses of crates that only features need ({why})"
        ));
        Command::new(env!("CARGO"))
            .args(["metadata", "--format-version", "1", "--locked", "--offline"])
            .current_dir(root())
            .output()
            .unwrap()
    };
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    assert!(packages.len() > 50, "only {} crates", packages.len());
    for package in packages {
        let license = package["license"].as_str().unwrap_or("none");
        assert!(
            is_allowed(license, &allowed),
            "{}: {license}",
            package["name"]
        );
    }
}

#[test]
fn expressions_of_licenses_are_understood() {
    let allowed = BTreeSet::from([
        "MIT",
        "Apache-2.0",
        "Zlib",
        "Apache-2.0 WITH LLVM-exception",
    ]);
    for good in [
        "MIT",
        "GPL-3.0 OR MIT",
        "MIT/BSD-4-Clause",
        "(MIT OR GPL-2.0) AND Zlib",
        "Apache-2.0 WITH LLVM-exception OR X",
    ] {
        assert!(is_allowed(good, &allowed), "{good}");
    }
    for bad in [
        "none",
        "GPL-3.0",
        "MIT AND GPL-3.0",
        "(MIT OR Zlib) AND X",
        "MIT WITH X",
        "",
    ] {
        assert!(!is_allowed(bad, &allowed), "{bad}");
    }
}

#[test]
fn crates_come_from_one_registry_and_in_one_version() {
    let lock = toml("Cargo.lock");
    let deny = toml("deny.toml");
    let skipped: Vec<&str> = deny["bans"]["skip"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|entry| entry.as_str())
        .collect();
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for package in lock["package"].as_array().unwrap() {
        let (name, version) = (
            package["name"].as_str().unwrap(),
            package["version"].as_str().unwrap(),
        );
        if let Some(source) = package.get("source").and_then(toml::Value::as_str) {
            assert!(source.starts_with("registry+"), "{name}: {source}");
        } else {
            assert_eq!(name, "polygist");
        }
        let skip = skipped.iter().any(|entry| {
            let (of, line) = entry.split_once('@').unwrap_or((entry, ""));
            of == name && (version == line || version.starts_with(&format!("{line}.")))
        });
        if !skip {
            versions.entry(name).or_default().push(version);
        }
    }
    versions.retain(|_, found| found.len() > 1);
    assert!(versions.is_empty(), "more than once: {versions:?}");
}
