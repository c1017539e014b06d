//! Responsible for what a number measures: the unit after it, shares, ordinals, and bare numbers.

use std::borrow::Cow;

use super::money::is_nameless;
use super::numeral::{Kind, Numeral, Weak};
use super::scan::{Amount, Draft, Scan};
use crate::model::record::FigureType;
use crate::model::span::Span;
use crate::pack::figures::{Measure, Measured, Role};
use crate::text::fold::fold;
use crate::text::lexicon::Class;
use crate::text::token::TokenKind;

/// A measure found after a number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found<'a> {
    /// What.
    pub measured: &'a Measured,
    /// The token after it.
    pub next: usize,
    /// Where it ends in the text.
    pub end: u32,
}

impl<'a> Scan<'a> {
    /// A number with what it measures, or alone.
    pub(super) fn measured(&self, i: usize) -> Option<Draft<'a>> {
        let number = self.any_numeral(i)?;
        let number = self.with_power(self.with_fraction(self.with_point(i, number)));
        let number = self.divided(number);
        if number.tail.is_some_and(|tail| self.divides(tail)) {
            return None;
        }
        if let Some(draft) = self.with_tail(i, &number) {
            return Some(draft);
        }
        if number.kind == Kind::Ordinal {
            let idiom = self.has_role(i, Role::NotOrdinal);
            return (!idiom).then(|| Self::draft(i, &number, FigureType::Ordinal, None));
        }
        if let Some(draft) = self.digit_ordinal(i, &number) {
            return Some(draft);
        }
        if let Some(found) = self.measure_after(&number)
            && !(number.weak == Weak::Article
                && matches!(found.measured.measure, Measure::Percent(_)))
        {
            return Some(self.with_measure(i, &number, found));
        }
        if self.is_age_by_place(i, &number) {
            return Some(Self::draft(
                i,
                &number,
                FigureType::Quantity,
                Some("year".into()),
            ));
        }
        self.bare(i, &number)
    }

    /// A figure of a number alone.
    pub(super) fn draft(
        i: usize,
        number: &Numeral,
        kind: FigureType,
        unit: Option<Cow<'a, str>>,
    ) -> Draft<'a> {
        Draft {
            kind,
            amount: Amount::Number(number.value),
            unit,
            span: number.span,
            tokens: i..number.next,
            scale: number.scale,
            open: false,
        }
    }

    /// The measure written in the number's own word ("tvådagars", "dreitägig").
    fn with_tail(&self, i: usize, number: &Numeral) -> Option<Draft<'a>> {
        let measured = self.pack.measures.get(number.tail?)?;
        let found = Found {
            measured,
            next: number.next,
            end: number.span.end,
        };
        Some(self.with_measure(i, number, found))
    }

    /// "3rd", "1er", "25:e", "3." before a noun.
    fn digit_ordinal(&self, i: usize, number: &Numeral) -> Option<Draft<'a>> {
        let next = number.next;
        if let Some(len) = self.role(next, Role::OrdinalAfter) {
            let mut draft = Self::draft(i, number, FigureType::Ordinal, None);
            draft.tokens.end = next + len;
            draft.span.end = self.token(next + len - 1).end;
            return Some(draft);
        }
        number.plain?;
        let mut end = None;
        if self.adjoins(next) {
            if self.token(next).is_word() && self.is_ordinal_ending(next) {
                end = Some(next + 1);
            } else if self
                .doc
                .is_char(next, &[':', '\u{b0}', '\'', '\u{2019}', '-', '.'])
                && self.adjoins(next + 1)
                && self.token(next + 1).is_word()
                && self.is_ordinal_ending(next + 1)
            {
                end = Some(next + 2);
            } else if self.doc.is_char(next, &['º', 'ª']) && self.unit_at(next).is_none()
                || self.is_ordinal_degree(i, number)
                || self.pack.ordinal_stop
                    && number.plain.is_some_and(|len| len <= 2)
                    && self.doc.is_char(next, &['.'])
                    && self.goes_on_after_stop(next + 1)
            {
                end = Some(next + 1);
            }
        }
        let end = end?;
        let mut draft = Self::draft(i, number, FigureType::Ordinal, None);
        draft.tokens.end = end;
        draft.span.end = self.token(end - 1).end;
        Some(draft)
    }

    /// "1° maggio", "il 2° posto": the degree sign for the mark of an ordinal. A temperature stands
    /// at the end of what is said, or before "Celsius" and the like.
    fn is_ordinal_degree(&self, i: usize, number: &Numeral) -> bool {
        let next = number.next;
        let alone = i == 0 && next + 1 >= self.len();
        self.pack.ordinal_degree
            && self.doc.is_char(next, &['\u{b0}'])
            && number.plain.is_some_and(|len| len <= 2)
            && number.value.num > 0.0
            && self
                .unit_at(next)
                .is_none_or(|found| found.next == next + 1)
            && (alone || self.counts_something(next + 1) || self.has_class(next + 1, Class::Month))
    }

    /// Whether a word right after digits makes them an ordinal.
    pub(super) fn is_ordinal_ending(&self, i: usize) -> bool {
        let word = self.folded(i);
        self.pack.ordinal_endings.iter().any(|e| *e == word)
    }

    /// Whether the sentence goes on after "3.".
    fn goes_on_after_stop(&self, i: usize) -> bool {
        let token = self.token(i);
        let same = match (
            self.doc.sentence_of(i),
            i.checked_sub(1).and_then(|b| self.doc.sentence_of(b)),
        ) {
            (Some(a), Some(b)) => a == b,
            _ => false,
        };
        let alone = i == 2 && i >= self.len();
        alone || same && token.is_word() && (!token.is_capital() || self.capital_nouns)
    }

    /// The measure that follows a number.
    fn measure_after(&self, number: &Numeral) -> Option<Found<'a>> {
        let mut i = number.next;
        if number.inside {
            return self.inside(number);
        }
        if i >= self.len() || self.token(i).is_line_start() {
            return None;
        }
        let hyphen = self.token(i).kind == TokenKind::Dash
            && self.adjoins(i)
            && self.adjoins(i + 1)
            && self.token(i + 1).is_word();
        if hyphen {
            i += 1;
        }
        if self.token(i).is_word()
            && (hyphen || self.adjoins(i))
            && let Some(found) = self.tail(i)
        {
            return Some(found);
        }
        if let Some(found) = self.unit_at(i) {
            return Some(found);
        }
        if hyphen {
            return self.hyphenated(i);
        }
        let after = i + self.role(i, Role::Of)?;
        self.unit_at(after)
    }

    /// What may follow a number after a hyphen: the beginning of a word.
    fn tail(&self, i: usize) -> Option<Found<'a>> {
        let folded = self.folded(i);
        let (_, index) = self.pack.tails.longest(&folded)?;
        Some(Found {
            measured: self.pack.measures.get(*index)?,
            next: i + 1,
            end: self.token(i).end,
        })
    }

    /// The rest of a hyphenated word: "three-foot".
    fn inside(&self, number: &Numeral) -> Option<Found<'a>> {
        let token = self.token(number.next - 1);
        let rest = Span::new(number.span.end, token.end).of(self.doc.text);
        let rest = rest.trim_start_matches(['-', '\u{2010}', '\u{2011}']);
        self.known_unit(rest, number.next, token.end)
    }

    /// "10-year", "420-kilometre-long": the unit is the beginning of a hyphenated word.
    fn hyphenated(&self, i: usize) -> Option<Found<'a>> {
        let word = self.doc.word(i);
        let first = word.split(['-', '\u{2010}', '\u{2011}']).next()?;
        let end = self.token(i).start + first.len() as u32;
        self.known_unit(first, i + 1, end)
    }

    fn known_unit(&self, word: &str, next: usize, end: u32) -> Option<Found<'a>> {
        let folded = fold(word, self.case);
        let id = self.doc.lexicon.exact(&folded)?;
        [
            Class::Unit,
            Class::TimeUnit,
            Class::Currency,
            Class::PercentWord,
        ]
        .into_iter()
        .find_map(|class| self.doc.lexicon.payload(id, class))
        .and_then(|index| self.pack.measures.get(index as usize))
        .map(|measured| Found {
            measured,
            next,
            end,
        })
    }

    /// A unit at a token: of several readings the longest, then the one that is spelt so.
    pub(super) fn unit_at(&self, i: usize) -> Option<Found<'a>> {
        if self.token(i).is_line_start() {
            return None;
        }
        let mut best: Option<(usize, bool, &Measured)> = None;
        for class in [
            Class::PercentWord,
            Class::Currency,
            Class::Unit,
            Class::TimeUnit,
        ] {
            if !self.has_class(i, class) {
                continue;
            }
            for hit in self.doc.find_all(i, class) {
                let Some(measured) = self.pack.measures.get(hit.payload as usize) else {
                    continue;
                };
                let spelt = match &measured.exact {
                    Some(exact) if self.doc.words(i..i + hit.len) != &**exact => continue,
                    exact => exact.is_some(),
                };
                // "3 USD50 cards": the sign belongs to the number after it.
                let before_next = class == Class::Currency
                    && self.adjoins(i + hit.len)
                    && self.doc.kind(i + hit.len) == TokenKind::Number;
                // "us $ 150": the sign after an article or a space belongs to what follows.
                let sign_first = class == Class::Currency
                    && !self.token(i + hit.len - 1).is_word()
                    && self.doc.kind(i + hit.len) == TokenKind::Number
                    && !self.token(i + hit.len).is_line_start()
                    && self.token(i).is_spaced();
                if is_nameless(measured) || before_next || sign_first {
                    continue;
                }
                if best.is_none_or(|(len, was_spelt, _)| (hit.len, spelt) > (len, was_spelt)) {
                    best = Some((hit.len, spelt, measured));
                }
            }
        }
        let (len, _, measured) = best?;
        Some(Found {
            measured,
            next: i + len,
            end: self.unit_end(i + len - 1),
        })
    }

    /// Where a unit ends: before the particle that is written together with it ("달러|를").
    fn unit_end(&self, i: usize) -> u32 {
        let token = self.token(i);
        if !self.pack.particles || !token.is_word() {
            return token.end;
        }
        let word = self.doc.word(i);
        let is_unit = |form: &str| {
            self.doc.lexicon.exact(form).is_some_and(|id| {
                [
                    Class::Currency,
                    Class::Unit,
                    Class::TimeUnit,
                    Class::PercentWord,
                ]
                .into_iter()
                .any(|class| self.doc.lexicon.payload(id, class).is_some())
            })
        };
        let cuts = word.char_indices().map(|(at, _)| at).skip(1);
        let longest = cuts
            .chain([word.len()])
            .filter(|at| word.get(..*at).is_some_and(is_unit))
            .last();
        longest.map_or(token.end, |len| token.start + len as u32)
    }

    /// Puts number and measure together, with the parts that may follow.
    fn with_measure(&self, i: usize, number: &Numeral, found: Found<'a>) -> Draft<'a> {
        let mut draft = Self::draft(i, number, FigureType::Number, None);
        draft.amount = Amount::Number(
            number
                .value
                .times(found.measured.times, found.measured.over),
        );
        draft.span.end = found.end.max(draft.span.end);
        draft.tokens.end = found.next;
        match &found.measured.measure {
            Measure::Percent(unit) => {
                draft.kind = FigureType::Percent;
                draft.unit = Some(unit.as_str().into());
                self.half_more_of(&mut draft, found.measured);
            }
            Measure::Money(code) => {
                draft.kind = FigureType::Money;
                draft.unit = Some(code.as_str().into());
                draft.scale *= found.measured.times / found.measured.over;
                self.late_scale(&mut draft, number);
                self.cents(&mut draft);
            }
            Measure::Unit(unit) | Measure::Age(unit) => {
                draft.kind = FigureType::Quantity;
                draft.unit = Some(unit.as_str().into());
                while self.smaller_part(&mut draft) {}
                self.half_more_of(&mut draft, found.measured);
                self.below_zero(&mut draft);
                self.temperature_before(i, &mut draft);
            }
            Measure::Time(unit) => {
                draft.kind = FigureType::Duration;
                draft.unit = Some(unit.as_str().into());
                self.finish_time(&mut draft, number);
            }
            Measure::Count | Measure::Parts => {}
            Measure::Ordinal => draft.kind = FigureType::Ordinal,
            Measure::Decade => {
                draft.kind = FigureType::Date;
                draft.amount = Amount::Unknown;
            }
        }
        draft
    }

    /// Whether a noun that a number counts stands at a token.
    pub(super) fn counts_something(&self, i: usize) -> bool {
        let token = self.token(i);
        token.is_word()
            && !token.is_line_start()
            && !self.is_class_any(i, NO_NOUN)
            && self.roles(i) & CLOSERS == 0
    }

    /// A number with nothing to measure.
    fn bare(&self, i: usize, number: &Numeral) -> Option<Draft<'a>> {
        let next = number.next;
        match number.weak {
            Weak::Article if self.pack.weak_syllables && i == 0 && next >= self.len() => {}
            Weak::Article if !self.has_role(next, Role::Of) && !self.is_out_of(next) => {
                return None;
            }
            Weak::One if !self.is_counted_one(i, next) => return None,
            _ => {}
        }
        // "4x4", "3D": digits that are part of a name.
        if number.has_digits
            && self.adjoins(next)
            && self.token(next).is_word()
            && !self.pack.particles
        {
            let unspaced = self
                .doc
                .word(next)
                .chars()
                .next()
                .is_some_and(crate::text::tokenize::is_unspaced);
            if !unspaced {
                return None;
            }
        }
        let is_one_token = next == i + 1 && !number.has_digits;
        if number.inside || is_one_token && self.has_role(i, Role::Formal) {
            return None;
        }
        if let Some(draft) = self.bare_below_zero(i, number) {
            return Some(draft);
        }
        let mut draft = Self::draft(i, number, FigureType::Number, None);
        draft.open = self.is_open(number);
        if number.scale >= 1e6 && number.span == self.token(i).span() && !number.has_digits {
            // "millions of people": how many is not said.
            if self.has_class(i, Class::Scale) && !self.pack.lone_scale {
                draft.amount = Amount::Unknown;
                draft.open = false;
            }
        }
        Some(draft)
    }

    /// Whether nothing that a number counts follows it.
    fn is_open(&self, number: &Numeral) -> bool {
        let next = number.next;
        if let Some(len) = self.role(next, Role::Of) {
            let after = next + len;
            let counted = self.token(after).is_word() && !self.has_role(after, Role::Between);
            return number.scale < 1e6 || !counted;
        }
        // Where "million" needs "of" before its noun, another word is no noun.
        !self.counts_something(next) || self.pack.million_of && number.scale >= 1e6
    }
}

/// Classes of words that a number does not count.
const NO_NOUN: u64 = Class::Preposition.bit()
    | Class::Coordinator.bit()
    | Class::Subordinator.bit()
    | Class::Auxiliary.bit()
    | Class::Modal.bit()
    | Class::Verb.bit()
    | Class::Negation.bit()
    | Class::Pronoun.bit()
    | Class::Relative.bit()
    | Class::Adverb.bit()
    | Class::RelativeDay.bit()
    | Class::Weekday.bit()
    | Class::Month.bit()
    | Class::Stop.bit();

/// Small words that end what a number counts.
const CLOSERS: u64 = Role::And.bit()
    | Role::Or.bit()
    | Role::To.bit()
    | Role::Of.bit()
    | Role::Ago.bit()
    | Role::Against.bit()
    | Role::Every.bit()
    | Role::Day.bit()
    | Role::DateOf.bit()
    | Role::YearBefore.bit()
    | Role::DayPart.bit()
    | Role::Clock.bit();
