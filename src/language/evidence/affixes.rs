//! Responsible for what the beginning and the ending of a word say. Most words have none that is
//! known, and that is found by one look at each end.

use super::forms::{Forms, Row};
use super::word::Word;
use super::{Vote, hash_of};
use crate::text::ascii::eight_at;

/// The longest ending and beginning that count, in letters.
const LONGEST_ENDING: usize = 5;
const LONGEST_BEGINNING: usize = 12;

/// Forms of at most so many bytes are read as one number.
const SHORT: usize = 8;

/// What tells endings and beginnings apart in the table that they share, so that it stays near.
const BEGINS: u64 = 0x5bd1_e995_7b7d_159c;
const ENDS: u64 = 0x9e37_79b9_7f4a_7c15;

/// All beginnings and endings.
#[derive(Debug)]
pub(super) struct Affixes {
    forms: Forms,
    beginnings: Lengths,
    endings: Lengths,
}

/// Beginnings and endings as they are read.
#[derive(Debug, Default)]
pub(super) struct Reading {
    rows: Vec<Row>,
    beginnings: Lengths,
    endings: Lengths,
}

/// A beginning or an ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    /// It stands at the beginning.
    Begins,
    /// It stands at the end.
    Ends,
}

impl Side {
    /// The key of a form on this side.
    pub(super) fn key(self, form: &[u8]) -> u64 {
        if form.len() <= SHORT {
            self.key_of_short(eight_at(form, 0))
        } else {
            hash_of(form) ^ self.mark()
        }
    }

    /// The key of a form of eight bytes at most, the first one lowest.
    #[inline]
    fn key_of_short(self, form: u64) -> u64 {
        let mixed = (form ^ self.mark()).wrapping_mul(0xd6e8_feb8_6659_fd93);
        mixed ^ mixed >> 32
    }

    const fn mark(self) -> u64 {
        match self {
            Self::Begins => BEGINS,
            Self::Ends => ENDS,
        }
    }
}

impl Reading {
    /// Adds what a form says for a candidate.
    pub(super) fn add(&mut self, side: Side, form: &str, at: u8, vote: i16) {
        let (lengths, longest) = match side {
            Side::Begins => (&mut self.beginnings, LONGEST_BEGINNING),
            Side::Ends => (&mut self.endings, LONGEST_ENDING),
        };
        if (1..=longest).contains(&form.chars().count()) {
            lengths.add(side, form.as_bytes());
            self.rows.push((side.key(form.as_bytes()), at, vote));
        }
    }

    pub(super) fn finish(self) -> Affixes {
        Affixes {
            forms: Forms::new(self.rows),
            beginnings: self.beginnings,
            endings: self.endings,
        }
    }
}

impl Affixes {
    /// Gives what each beginning and each ending of a word says. A whole word is no ending.
    #[inline]
    pub(super) fn each(&self, word: &Word, mut take: impl FnMut(&[Vote])) {
        let mut give = |key: u64| {
            if let Some(votes) = self.forms.votes(key) {
                take(votes);
            }
        };
        let bytes = word.kept();
        let first = word.first_eight();
        each_bit(self.beginnings.of_beginning(bytes), |len| {
            if len <= SHORT {
                if len <= bytes.len() {
                    give(Side::Begins.key_of_short(first & u64::MAX >> (64 - 8 * len)));
                }
            } else if let Some(form) = bytes.get(..len) {
                give(Side::Begins.key(form));
            }
        });
        let Some(bytes) = word.whole() else {
            return;
        };
        let last = match bytes.len().checked_sub(SHORT) {
            Some(at) => eight_at(bytes, at),
            None => first << (64 - 8 * bytes.len()),
        };
        each_bit(self.endings.of_ending(bytes), |len| {
            if len >= bytes.len() {
                return;
            }
            if len <= SHORT {
                give(Side::Ends.key_of_short(last >> (64 - 8 * len)));
            } else {
                give(Side::Ends.key(&bytes[bytes.len() - len..]));
            }
        });
    }
}

#[inline]
fn each_bit(mut bits: u64, mut take: impl FnMut(usize)) {
    while bits != 0 {
        take(bits.trailing_zeros() as usize);
        bits &= bits - 1;
    }
}

/// The lengths in bytes of the forms that share their outermost bytes, as bits: two of them for short
/// forms, four for long ones.
#[derive(Debug)]
struct Lengths {
    short: Vec<u64>,
    long: Vec<u64>,
}

const SHORT_PLACES: usize = 1 << 10;
const LONG_PLACES: usize = 1 << 11;
/// Long forms have at least so many bytes.
const LONG: usize = 4;

impl Default for Lengths {
    fn default() -> Self {
        Self {
            short: vec![0; SHORT_PLACES],
            long: vec![0; LONG_PLACES],
        }
    }
}

impl Lengths {
    fn add(&mut self, side: Side, form: &[u8]) {
        let bit = 1 << form.len().min(63);
        let outer = |n: usize| match side {
            Side::Begins => form.get(n),
            Side::Ends => form.len().checked_sub(n + 1).and_then(|at| form.get(at)),
        };
        let outer = |n: usize| outer(n).copied().unwrap_or(0);
        if form.len() >= LONG {
            let four = [outer(0), outer(1), outer(2), outer(3)];
            self.long[long_place(four)] |= bit;
        } else if form.len() == 1 {
            // Whatever stands beside it.
            for beside in 0..=u8::MAX {
                self.short[short_place(outer(0), beside)] |= bit;
            }
        } else {
            self.short[short_place(outer(0), outer(1))] |= bit;
        }
    }

    #[inline]
    fn of_beginning(&self, word: &[u8]) -> u64 {
        match *word {
            [a, b, c, d, ..] => self.long[long_place([a, b, c, d])] | self.short[short_place(a, b)],
            [a, b, ..] => self.short[short_place(a, b)],
            [a] => self.short[short_place(a, 0)],
            [] => 0,
        }
    }

    #[inline]
    fn of_ending(&self, word: &[u8]) -> u64 {
        match *word {
            [.., d, c, b, a] => self.long[long_place([a, b, c, d])] | self.short[short_place(a, b)],
            [.., b, a] => self.short[short_place(a, b)],
            [a] => self.short[short_place(a, 0)],
            [] => 0,
        }
    }
}

fn short_place(near: u8, far: u8) -> usize {
    (usize::from(near) ^ usize::from(far) << 2) % SHORT_PLACES
}

fn long_place(outer: [u8; 4]) -> usize {
    let mixed = u32::from_le_bytes(outer).wrapping_mul(0x9e37_79b1);
    (mixed >> 16) as usize % LONG_PLACES
}
