//! Responsible for what can be measured of a sentence as a key fact, and for its weight.
//!
//! The weights were fitted on articles of some languages and checked on those of others; they are
//! whole numbers, so that the same text always ranks alike.

use super::candidates::Candidate;
use crate::model::record::FigureType;

/// One measured property: its name and its weight. Properties that are yes or no count 100, shares
/// count in per mille, so that all weights are of one size.
pub(super) const WEIGHTS: &[(&str, i64)] = &[
    ("bias", -217),
    ("number", 149),
    ("numbers", 73),
    ("many-numbers", 25),
    ("large-number", 105),
    ("money", 141),
    ("percent", 108),
    ("quantity", 28),
    ("date", 77),
    ("duration", 79),
    ("counted", 50),
    ("word-figure", 105),
    ("early", 109),
    ("first", 18),
    ("lead", 38),
    ("opens-block", -24),
    ("near-end", 46),
    ("speech", -184),
    ("some-speech", -31),
    ("dash", 31),
    ("marks", -133),
    ("question", -59),
    ("tiny", -72),
    ("short", -19),
    ("medium", -29),
    ("long", 50),
    ("very-long", -59),
    ("central", 112),
    ("headline", 64),
    ("decision", 50),
    ("casualty", 40),
    ("appointment", -6),
    ("proposal", -20),
    ("forecast", 89),
    ("comparison", 22),
    ("document", 53),
    ("definition", 13),
    ("planned", 58),
    ("conditional", -79),
    ("denied", 62),
    ("reported", -5),
    ("speaking-person", -73),
    ("opens-with-pronoun", -17),
    ("named", -21),
    ("day", 15),
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
