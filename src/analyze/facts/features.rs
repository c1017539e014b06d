//! Responsible for what can be measured of a sentence as a key fact, and for its weight.
//!
//! The weights were fitted on articles of some languages and checked on those of others; they are
//! whole numbers, so that the same text always ranks alike.

use super::candidates::Candidate;
use crate::model::record::FigureType;

/// One measured property: its name and its weight. Properties that are yes or no count 100, shares
/// count in per mille, so that all weights are of one size.
pub(super) const WEIGHTS: &[(&str, i64)] = &[
    ("bias", -154),
    ("number", 173),
    ("numbers", 96),
    ("many-numbers", 31),
    ("large-number", 112),
    ("money", 0),
    ("percent", 0),
    ("quantity", 0),
    ("date", 11),
    ("duration", 0),
    ("counted", 0),
    ("word-figure", 0),
    ("early", 117),
    ("first", 13),
    ("lead", 44),
    ("opens-block", -21),
    ("near-end", 47),
    ("speech", -144),
    ("some-speech", 0),
    ("dash", 18),
    ("marks", -154),
    ("question", -60),
    ("tiny", -80),
    ("short", -42),
    ("medium", -43),
    ("long", 53),
    ("very-long", -62),
    ("central", 84),
    ("headline", 61),
    ("decision", 45),
    ("casualty", 43),
    ("appointment", 4),
    ("proposal", -18),
    ("forecast", 104),
    ("comparison", 16),
    ("document", 45),
    ("definition", 9),
    ("planned", 56),
    ("conditional", -79),
    ("denied", 47),
    ("reported", -11),
    ("speaking-person", -79),
    ("opens-with-pronoun", -12),
    ("named", -15),
    ("day", 0),
];

/// All properties of a candidate, in the order of [`WEIGHTS`].
pub(super) fn values(c: &Candidate) -> [i64; WEIGHTS.len()] {
    let yes = |b: bool| i64::from(b) * 100;
    let has = |kind: FigureType| yes(c.figure_types & bit(kind) != 0);
    let cue = |n: usize| yes(c.cues & (1 << n) != 0);
    let status = |n: usize| yes(c.status & (1 << n) != 0);
    let words = c.words;
    [
        100,
        yes(c.numbers >= 1),
        yes(c.numbers >= 2),
        yes(c.numbers >= 3),
        yes(c.large_number),
        has(FigureType::Money),
        has(FigureType::Percent),
        has(FigureType::Quantity),
        yes(c.dated),
        has(FigureType::Duration),
        has(FigureType::Number),
        yes(c.numbers == 0 && c.figure_types != 0),
        200 / (2 + i64::from(c.position)),
        yes(c.position == 0),
        yes(c.in_lead),
        yes(c.opens_block),
        yes(c.from_end < 2),
        yes(c.speech > 300),
        yes((1..=300).contains(&c.speech)),
        yes(c.dash),
        yes(c.marks),
        yes(c.question),
        yes(words < 6),
        yes(words < 9),
        yes(words < 14),
        yes(words > 25),
        yes(words > 35),
        i64::from(c.central) / 10,
        i64::from(c.title) / 10,
        cue(0),
        cue(1),
        cue(2),
        cue(3),
        cue(4),
        cue(5),
        cue(6),
        cue(7),
        status(0),
        status(1),
        status(2),
        yes(c.report.is_some()),
        yes(c.speaking_person),
        yes(c.opens_with_pronoun),
        yes(c.named),
        yes(c.day),
    ]
}

/// The weighted sum of all properties; above 0 when a fact is more likely than not.
pub(super) fn weigh(c: &Candidate) -> i64 {
    values(c)
        .iter()
        .zip(WEIGHTS)
        .map(|(value, (_, weight))| value * weight)
        .sum::<i64>()
        / 100
}

/// A figure type as one bit.
pub(super) const fn bit(kind: FigureType) -> u16 {
    1 << kind as u16
}
