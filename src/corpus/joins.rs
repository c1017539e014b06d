//! Responsible for the rules that join spellings of one actor, each by evidence that it names.

use super::actors::Entry;
use super::names::{is_latin, latin, skeleton, words};

/// Which entries are one.
pub(super) struct Joins {
    parent: Vec<u32>,
    reason: Vec<Option<&'static str>>,
}

impl Joins {
    pub(super) fn new(n: usize) -> Self {
        Self {
            parent: (0..n as u32).collect(),
            reason: vec![None; n],
        }
    }

    fn root(&self, mut n: u32) -> u32 {
        while self.parent[n as usize] != n {
            n = self.parent[n as usize];
        }
        n
    }

    /// Joins `part` to `whole`.
    fn join(&mut self, part: u32, whole: u32, reason: &'static str) {
        let (part, whole) = (self.root(part), self.root(whole));
        if part != whole {
            self.parent[part as usize] = whole;
            self.reason[part as usize] = Some(reason);
        }
    }

    /// The entries with those that are joined to others taken into these, and the way from old numbers
    /// to new ones.
    pub(super) fn apply(&self, mut entries: Vec<Entry>) -> (Vec<Entry>, Vec<u32>) {
        let roots: Vec<u32> = (0..entries.len() as u32).map(|n| self.root(n)).collect();
        let is_part = |n: usize| roots[n] as usize != n;
        let mut way = vec![0; entries.len()];
        let (mut numbers, mut wholes) = (Vec::new(), 0);
        for (n, to) in way.iter_mut().enumerate() {
            if is_part(n) {
                numbers.push(n);
            } else {
                *to = wholes;
                wholes += 1;
            }
        }
        let mut n = 0..;
        let parts = entries.extract_if(.., |_| n.next().is_some_and(is_part));
        let parts: Vec<Entry> = parts.collect();
        for (n, mut entry) in numbers.into_iter().zip(parts) {
            way[n] = way[roots[n] as usize];
            entry.merged_by.extend(self.reason[n]);
            if let Some(whole) = entries.get_mut(way[n] as usize) {
                whole.absorb(entry);
            }
        }
        (entries, way)
    }
}

/// Entries by some property, each list in order of appearance.
fn grouped<'e, K: Ord>(
    entries: &'e [Entry],
    property: impl Fn(&'e Entry) -> Option<K>,
) -> std::collections::BTreeMap<K, Vec<u32>> {
    let mut all: std::collections::BTreeMap<K, Vec<u32>> = std::collections::BTreeMap::new();
    for (n, entry) in entries.iter().enumerate() {
        if let Some(k) = property(entry) {
            all.entry(k).or_default().push(n as u32);
        }
    }
    all
}

/// A full name without a party code is the one with a code when there is only one such.
pub(super) fn by_code(entries: &[Entry], joins: &mut Joins) {
    let names = grouped(entries, |e| e.is_full_name().then(|| e.folded()));
    for numbers in names.values() {
        let (with, without): (Vec<u32>, Vec<u32>) = numbers
            .iter()
            .partition(|n| !entries[**n as usize].code().is_empty());
        if let ([whole], [part]) = (with.as_slice(), without.as_slice()) {
            joins.join(*part, *whole, "name");
        }
    }
}

/// A short name of one language is that of another language where both are in one story, or where it
/// is unmistakable in some text.
pub(super) fn by_name(entries: &[Entry], joins: &mut Joins) {
    let names = grouped(entries, |e| e.is_organisation().then(|| e.folded()));
    for numbers in names.values() {
        for (i, part) in numbers.iter().enumerate() {
            let entry = &entries[*part as usize];
            let whole = numbers.iter().take(i).find(|other| {
                let other = &entries[**other as usize];
                let known = other.is_unmistakable() || entry.is_unmistakable();
                known || other.shares_story(entry)
            });
            if let Some(whole) = whole {
                joins.join(*part, *whole, "name");
            }
        }
    }
}

/// A lone surname is the full name of the same story, when the corpus has no other of that surname
/// there; lone surnames with one affiliation and language are one.
pub(super) fn by_surname(entries: &[Entry], joins: &mut Joins) {
    let full = grouped(entries, |e| {
        e.is_full_name().then(|| words(e.folded()).last()).flatten()
    });
    let lone = grouped(entries, |e| e.is_surname().then(|| e.folded()));
    for (surname, numbers) in &lone {
        let candidates = full.get(surname).map_or(&[][..], Vec::as_slice);
        for part in numbers {
            let entry = &entries[*part as usize];
            let mut same: Vec<u32> = candidates
                .iter()
                .filter(|n| {
                    let other = &entries[**n as usize];
                    let alike = entry.affiliations.is_empty()
                        || other.affiliations.is_empty()
                        || entry.shares_affiliation(other);
                    alike && other.shares_story(entry)
                })
                .map(|n| joins.root(*n))
                .collect();
            same.sort_unstable();
            same.dedup();
            if let [whole] = same.as_slice() {
                joins.join(*part, *whole, "short_name");
            }
        }
        for (n, part) in numbers.iter().enumerate() {
            let (entry, unjoined) = (&entries[*part as usize], joins.root(*part) == *part);
            let twin = numbers.iter().take(n).find(|other| {
                let other = &entries[**other as usize];
                other.languages == entry.languages && other.shares_affiliation(entry)
            });
            if let (true, Some(twin)) = (unjoined, twin) {
                joins.join(*part, *twin, "affiliation");
            }
        }
    }
}

/// One full name in two scripts, or in two spellings of two languages within one story.
pub(super) fn by_transliteration(entries: &[Entry], joins: &mut Joins) {
    let alike = grouped(entries, |e| {
        if !e.is_full_name() {
            return None;
        }
        let first = skeleton(words(e.folded()).next()?)?;
        let last = skeleton(words(e.folded()).last()?)?;
        (first.len() >= 2 && last.len() >= 3 && first.len() + last.len() >= 6)
            .then_some((last, first))
    });
    for numbers in alike.values().filter(|n| n.len() > 1) {
        for (i, part) in numbers.iter().enumerate() {
            let entry = &entries[*part as usize];
            let mut same: Vec<u32> = numbers
                .iter()
                .take(i)
                .filter(|n| one_person(&entries[**n as usize], entry))
                .map(|n| joins.root(*n))
                .collect();
            same.sort_unstable();
            same.dedup();
            if let [whole] = same.as_slice() {
                joins.join(*part, *whole, "transliteration");
            }
        }
    }
}

/// Whether two full names of one skeleton are one person's.
fn one_person(a: &Entry, b: &Entry) -> bool {
    let (Some(x), Some(y)) = (latin(a.folded()), latin(b.folded())) else {
        return false;
    };
    let codes_clash = !a.code().is_empty() && !b.code().is_empty() && a.code() != b.code();
    let distance = distance(&x, &y);
    if is_latin(&a.name) != is_latin(&b.name) {
        // Transliterations differ in vowels and endings, but not in half the name.
        return distance * 3 <= x.len().max(y.len());
    }
    let apart = !a.languages.iter().any(|l| b.languages.contains(l));
    a.folded() != b.folded() && !codes_clash && apart && a.shares_story(b) && distance <= 3
}

/// The edit distance of two short strings.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<u8> = b.bytes().take(64).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.bytes().take(64).enumerate() {
        let mut before = i;
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let cost = before + usize::from(x != *y);
            before = row[j + 1];
            row[j + 1] = cost.min(before + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
