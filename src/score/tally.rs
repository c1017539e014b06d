//! Responsible for counting matches and turning counts into figures.

use std::ops::AddAssign;

use serde::Serialize;
use serde_json::{Value, json};

/// Rows in gold, rows of the system, and how many of them match.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) gold: u64,
    pub(super) system: u64,
    pub(super) right: u64,
}

/// A part of a whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Share {
    pub(super) right: u64,
    pub(super) of: u64,
}

/// Everything counted over some articles.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    pub(super) articles: u64,
    pub(super) missing: u64,
    pub(super) text_changed: u64,
    pub(super) language_right: u64,
    pub(super) quotations: Found,
    /// Quotation pieces with the same ends.
    pub(super) exact: Found,
    /// Gold pieces of which more than 30 % is covered.
    pub(super) covered: u64,
    pub(super) kind_right: u64,
    pub(super) attributed: u64,
    /// Matches whose gold has a speaker.
    pub(super) speakers: Share,
    /// Direct, indirect, mixed: rows of the kind on both sides.
    pub(super) kinds: [Found; 3],
    /// Gold rows of a kind that were found as any kind.
    pub(super) kinds_found: [u64; 3],
    pub(super) stances: Found,
    pub(super) stance_pairs: u64,
    pub(super) polarity_right: u64,
    pub(super) facts: Found,
    pub(super) top_facts: Share,
    pub(super) figures: Share,
    pub(super) boxes: Found,
    pub(super) summaries: u64,
    pub(super) rouge: [f64; 3],
    pub(super) lead: [f64; 3],
}

/// The kinds of quotation in the order of [`Tally::kinds`].
pub(super) const KINDS: [&str; 3] = ["direct", "indirect", "mixed"];

/// Precision, recall and F in percent with one decimal.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Prf(pub f64, pub f64, pub f64);

/// Rounds to one decimal, exactly and ties to even, as the text form of a number is rounded.
fn round1(value: f64) -> f64 {
    format!("{value:.1}").parse().unwrap_or(value)
}

#[allow(clippy::cast_precision_loss)]
pub(super) fn prf(right: u64, system: u64, gold: u64) -> Prf {
    let part = |of: u64| {
        if of == 0 {
            0.0
        } else {
            right as f64 / of as f64
        }
    };
    let (p, r) = (part(system), part(gold));
    let f = if p + r > 0.0 {
        round1(100.0 * 2.0 * p * r / (p + r))
    } else {
        0.0
    };
    Prf(round1(100.0 * p), round1(100.0 * r), f)
}

#[allow(clippy::cast_precision_loss)]
fn percent(right: u64, of: u64) -> Option<f64> {
    (of > 0).then(|| round1(100.0 * right as f64 / of as f64))
}

impl Found {
    fn prf(self) -> Prf {
        prf(self.right, self.system, self.gold)
    }
}

impl Share {
    fn percent(self) -> Option<f64> {
        percent(self.right, self.of)
    }
}

impl AddAssign for Found {
    fn add_assign(&mut self, other: Self) {
        self.gold += other.gold;
        self.system += other.system;
        self.right += other.right;
    }
}

impl AddAssign for Share {
    fn add_assign(&mut self, other: Self) {
        self.right += other.right;
        self.of += other.of;
    }
}

impl AddAssign<&Tally> for Tally {
    fn add_assign(&mut self, other: &Tally) {
        self.articles += other.articles;
        self.missing += other.missing;
        self.text_changed += other.text_changed;
        self.language_right += other.language_right;
        self.quotations += other.quotations;
        self.exact += other.exact;
        self.covered += other.covered;
        self.kind_right += other.kind_right;
        self.attributed += other.attributed;
        self.speakers += other.speakers;
        for n in 0..KINDS.len() {
            self.kinds[n] += other.kinds[n];
            self.kinds_found[n] += other.kinds_found[n];
            self.rouge[n] += other.rouge[n];
            self.lead[n] += other.lead[n];
        }
        self.stances += other.stances;
        self.stance_pairs += other.stance_pairs;
        self.polarity_right += other.polarity_right;
        self.facts += other.facts;
        self.top_facts += other.top_facts;
        self.figures += other.figures;
        self.boxes += other.boxes;
        self.summaries += other.summaries;
    }
}

impl Tally {
    /// All figures: percent with one decimal, `null` where nothing was counted.
    pub fn report(&self) -> Value {
        let q = self.quotations;
        let mut quotations = json!({
            "gold": q.gold,
            "system": q.system,
            "PRF": q.prf(),
            "exact_F": self.exact.prf().2,
            "ov3_F": prf(self.covered, self.exact.system, self.exact.gold).2,
            "kind": percent(self.kind_right, q.right),
            "speaker": self.speakers.percent(),
            "attributed_PRF": prf(self.attributed, q.system, q.gold),
        });
        for (n, kind) in KINDS.iter().enumerate() {
            quotations[*kind] = json!({
                "gold": self.kinds[n].gold,
                "recall_any_kind": percent(self.kinds_found[n], self.kinds[n].gold),
                "PRF": self.kinds[n].prf(),
            });
        }
        let mut report = json!({
            "articles": self.articles,
            "missing": self.missing,
            "text_changed": self.text_changed,
            "language": percent(self.language_right, self.articles),
            "quotations": quotations,
            "stances": {
                "gold": self.stances.gold,
                "system": self.stances.system,
                "PRF": self.stances.prf(),
                "pair_F": prf(self.stance_pairs, self.stances.system, self.stances.gold).2,
                "polarity": percent(self.polarity_right, self.stance_pairs),
            },
            "facts": {
                "gold": self.facts.gold,
                "system": self.facts.system,
                "PRF": self.facts.prf(),
                "P_at_k": self.top_facts.percent(),
                "figures": self.figures.percent(),
                "figures_gold": self.figures.of,
            },
            "boxes": {
                "gold": self.boxes.gold,
                "system": self.boxes.system,
                "PRF": self.boxes.prf(),
            },
        });
        if self.summaries > 0 {
            report["summary"] = json!({ "R": self.mean(self.rouge), "lead": self.mean(self.lead) });
        }
        report
    }

    #[allow(clippy::cast_precision_loss)]
    fn mean(&self, sums: [f64; 3]) -> [f64; 3] {
        sums.map(|sum| round1(100.0 * sum / self.summaries as f64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_rounded_to_even_and_absent_ones_are_null() {
        assert_eq!(percent(1, 16), Some(6.2)); // 6.25
        assert_eq!(percent(3, 16), Some(18.8)); // 18.75
        assert_eq!(percent(2, 3), Some(66.7));
        assert_eq!(percent(0, 0), None);
        assert_eq!(prf(2, 4, 3), Prf(50.0, 66.7, 57.1));
        assert_eq!(prf(0, 0, 3), Prf(0.0, 0.0, 0.0));
    }
}
