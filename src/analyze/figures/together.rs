//! Responsible for words that hold a number, as parts of a longer one, and for ordinals that divide what
//! stands before them.

use super::builder::{Builder, Place};
use super::glued;
use super::numeral::{Kind, Weak, Word};
use super::scan::Scan;
use crate::pack::figures::{Measure, Piece, Role};
use crate::text::lexicon::Class;

impl Scan<'_> {
    /// Whether the measure in a number's own word divides the number after it.
    pub(super) fn divides(&self, tail: usize) -> bool {
        let measured = self.pack.measures.get(tail);
        measured.is_some_and(|m| m.measure == Measure::Parts)
    }

    /// "(7천 5)백만": each scale of a word multiplies what it can.
    fn multiply_all(&self, folded: &str, build: &mut Builder, place: Place) -> bool {
        // Where one scale does not fit, the word is no part of the number at all.
        let mut tried = build.clone();
        let mut rest = folded;
        while let Some((len, Piece::Scale(factor))) = self.pack.pieces.longest(rest) {
            if !tried.multiply(*factor, place) {
                return false;
            }
            rest = rest.get(len..).unwrap_or("");
        }
        *build = tried;
        true
    }

    /// "un cinquième homme": what looks like a share counts the noun after it.
    pub(super) fn is_counting_ordinal(&self, i: usize, len: usize) -> bool {
        self.pack.ordinal_denominators
            && self.has_class(i + len - 1, Class::OrdinalWord)
            && self.counts_something(i + len)
    }

    /// Whether an ordinal after a number in words divides it ("trois cinquièmes", "twee derde"): it
    /// cannot go on the number. After an article it does so only where nothing is counted ("un
    /// quinto de los votos", not "un quinto gol").
    pub(super) fn is_denominator(&self, value: f64, next: usize, build: &Builder) -> bool {
        let whole = build.total().value();
        self.pack.ordinal_denominators
            && (3.0..1000.0).contains(&value)
            && !build.is_empty()
            && !build.ends_in_digits()
            && build.room() < 1.0
            && (whole > 1.0 || self.has_role(next, Role::Of) || self.ends_clause(next))
    }

    /// A word made of pieces of a number ("tjugotre", "fünfundzwanzig", "tvådagars").
    pub(super) fn glued_piece(
        &self,
        i: usize,
        joined: bool,
        build: &mut Builder,
        place: Place,
    ) -> Option<Word> {
        if joined && (self.pack.particles || build.room() > 1000.0)
            || !self.pack.pieces.may_start(self.doc.word(i).as_bytes())
        {
            return None;
        }
        let folded = self.folded(i);
        let found = glued::read(&folded, self.pack)?;
        // "hundred and twenty-five", but not "hundred and two-day events".
        if joined && (found.tail.is_some() || found.len < folded.len()) {
            return None;
        }
        if self.pack.weak_syllables
            && build.is_empty()
            && let Some((from, to)) = found.tail_at
        {
            let chars = |text: Option<&str>| text.map_or(0, |t| t.chars().count());
            // "사원" is a clerk, not four won.
            if chars(folded.get(..from)) < 2 && chars(folded.get(from..to)) < 2 && found.scale < 1.5
            {
                return None;
            }
        }
        let amount = found.value.num / found.value.den;
        let is_scale = found.scale > 1.0 && amount.total_cmp(&found.scale).is_eq();
        if found.kind == Kind::Ordinal
            && (self.is_denominator(amount, i + 1, build)
                // "venti venticinquesimi"; "venti" and a smaller ordinal is one ordinal.
                || self.pack.ordinal_denominators
                    && build.room() > 1.0
                    && (build.room()..10_000.0).contains(&amount)
                    && !build.ends_in_digits())
            && build.divide(amount)
        {
            return Some(Word::Ends(i + 1, Kind::Fraction, None));
        }
        if found.kind == Kind::Fraction
            && !build.is_empty()
            && found.value.num.total_cmp(&1.0).is_eq()
            && build.divide(found.value.den)
        {
            return Some(Word::Ends(i + 1, Kind::Fraction, None));
        }
        let fits = if !build.is_empty() && is_scale {
            self.multiply_all(&folded, build, place)
        } else {
            build.add_with_room(found.value, found.room, place)
        };
        if !fits {
            return None;
        }
        build.scale = build.scale.max(found.scale);
        let ends = found.tail.is_some() || found.kind != Kind::Cardinal;
        Some(if ends {
            Word::Ends(i + 1, found.kind, found.tail)
        } else if found.len < folded.len() {
            let rest = folded.get(found.len..)?;
            Word::Inside(
                i + 1,
                (self.doc.word(i).len().checked_sub(rest.len() + 1)?) as u32,
            )
        } else {
            // "이사" is a move, "이사 년" none: a word of one or two syllables is a number only before
            // a unit.
            let short = self.pack.weak_syllables && folded.chars().nth(2).is_none();
            let weak = if short && build.len() == 1 {
                Weak::Article
            } else {
                Weak::No
            };
            Word::Goes(i + 1, weak)
        })
    }
}
