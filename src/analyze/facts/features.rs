//! Responsible for what can be measured of a sentence as a key fact, and for its weight.
//!
//! The weights were fitted on articles of some languages and checked on those of others; they are
//! whole numbers, so that the same text always ranks alike.

use super::candidates::Candidate;
use crate::model::record::FigureType;

/// One measured property: its name and its weight. Properties that are yes or no count 100, shares
/// count in per mille, so that all weights are of one size.
pub(super) const WEIGHTS: &[(&str, i64)] = &[
    ("bias", -238),
    ("number", 159),
    ("numbers", 73),
    ("many-numbers", 36),
    ("large-number", 106),
    ("money", 151),
    ("percent", 101),
    ("quantity", 26),
    ("date", 77),
    ("duration", 84),
    ("counted", 55),
    ("word-figure", 107),
    ("early", 113),
    ("first", 10),
    ("lead", 43),
    ("opens-block", -27),
    ("near-end", 47),
    ("speech", -178),
    ("some-speech", -41),
    ("dash", 41),
    ("marks", -115),
    ("question", -55),
    ("tiny", -66),
    ("short", -17),
    ("medium", -25),
    ("long", 55),
    ("very-long", -64),
    ("central", 105),
    ("headline", 58),
    ("decision", 58),
    ("casualty", 37),
    ("appointment", 6),
    ("proposal", -21),
    ("forecast", 86),
    ("comparison", 25),
    ("document", 59),
    ("definition", 24),
    ("planned", 77),
    ("conditional", -40),
    ("denied", 65),
    ("reported", 0),
    ("speaking-person", -51),
    ("opens-with-pronoun", -15),
    ("named", -18),
    ("day", 21),
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
