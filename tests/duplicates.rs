//! Measures near-duplicate marks on a set with known copies (`tests/duplicates/make_set.py`).
//!
//! `POLYGIST_DUPLICATES` names such a set; without it a small set is made here.

#![allow(clippy::unwrap_used)] // a test that cannot read its set has failed

use std::collections::BTreeMap;

use polygist::corpus::{CommonNames, Corpus, Digest};
use polygist::model::article::{Rejected, Source};
use polygist::model::problem::{Code, Problem};
use polygist::model::record::{Record, Status};

/// An article of the set: its id, its text, and the article it copies.
struct Item {
    id: String,
    text: String,
    copy_of: Option<String>,
    kind: String,
}

fn record(item: &Item) -> Record {
    let mut record = Record::from(&Rejected {
        source: Source::default(),
        id: Some(item.id.clone()),
        skipped: false,
        problem: Problem::new(Code::EEmpty, ""),
        raw: None,
    });
    record.status = Status::Ok;
    record.problems.clear();
    record.text.clone_from(&item.text);
    record
}

fn set(path: &str) -> Vec<Item> {
    let lines = std::fs::read_to_string(path).unwrap();
    lines
        .lines()
        .map(|line| {
            let value: serde_json::Value = serde_json::from_str(line).unwrap();
            let text = |key: &str| value[key].as_str().map(str::to_owned);
            Item {
                id: text("id").unwrap(),
                text: text("text").unwrap(),
                copy_of: text("copy_of"),
                kind: text("kind").unwrap(),
            }
        })
        .collect()
}

/// Texts of made-up words, some with copies that have another beginning and a shorter end.
fn small_set() -> Vec<Item> {
    let word = |n: u64| format!("w{}", n.wrapping_mul(2_654_435_761) % 4_001);
    let mut items = Vec::new();
    for n in 0..300u64 {
        let words: Vec<String> = (0..200).map(|i| word(n * 977 + i * i + i)).collect();
        let copy = n % 3 == 0;
        items.push(Item {
            id: format!("a{n}"),
            text: words.join(" "),
            copy_of: None,
            kind: "original".into(),
        });
        let mut other: Vec<String> = (0..30).map(|i| word(n * 31 + i * 7 + 90_001)).collect();
        other.extend_from_slice(if copy { &words[20..150] } else { &words[..12] });
        if !copy {
            other.extend((0..120).map(|i| word(n * 1_013 + i * i * 3 + 500_009)));
        }
        items.push(Item {
            id: format!("b{n}"),
            text: other.join(" "),
            copy_of: copy.then(|| format!("a{n}")),
            kind: if copy { "copy" } else { "follow" }.into(),
        });
    }
    items
}

#[test]
fn copies_are_found_and_follow_ups_are_not() {
    let items = match std::env::var("POLYGIST_DUPLICATES") {
        Ok(path) => set(&path),
        Err(_) => small_set(),
    };
    let (mut corpus, common) = (Corpus::default(), CommonNames::default());
    let mut by_id = BTreeMap::new();
    let (mut right, mut wrong, mut all) = (0u32, 0u32, 0u32);
    let mut missed: BTreeMap<&str, u32> = BTreeMap::new();
    for item in &items {
        let record = record(item);
        by_id.insert(record.article_id.clone(), item.id.as_str());
        let marks = corpus.add(&record, &Digest::of(&record, &common), 0);
        let found = marks.duplicate_of.and_then(|id| by_id.get(&id).copied());
        all += u32::from(item.copy_of.is_some());
        match (found, item.copy_of.as_deref()) {
            (Some(found), Some(wanted)) if found == wanted => right += 1,
            (Some(found), _) => {
                wrong += 1;
                eprintln!("wrong: {} ({}) as a copy of {found}", item.id, item.kind);
            }
            (None, Some(_)) => *missed.entry(&item.kind).or_default() += 1,
            (None, None) => {}
        }
    }
    let precision = f64::from(right) / f64::from(right + wrong);
    let recall = f64::from(right) / f64::from(all);
    let f = 2.0 * precision * recall / (precision + recall);
    eprintln!("copies {all}: precision {precision:.4} recall {recall:.4} F {f:.4}");
    eprintln!("missed {missed:?}");
    assert!(f >= 0.95, "F {f}");
}
