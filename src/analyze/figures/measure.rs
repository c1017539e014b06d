//! Responsible for what a number measures: money, shares, quantities, ages, lengths of time, ordinals.

use std::borrow::Cow;

use super::digits::{Ratio, digits};
use super::numeral::{Kind, Numeral, Weak};
use super::scan::{Amount, Draft, Scan, is_vulgar, vulgar};
use crate::model::record::FigureType;
use crate::model::span::Span;
use crate::pack::figures::{Measure, Measured, Role};
use crate::text::fold::fold;
use crate::text::lexicon::Class;
use crate::text::token::{Token, TokenKind};

/// A measure found after a number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found<'a> {
    measured: &'a Measured,
    /// The token after it.
    next: usize,
    /// Where it ends in the text.
    end: u32,
}

impl<'a> Scan<'a> {
    /// A number with what it measures, or alone.
    pub(super) fn measured(&self, i: usize) -> Option<Draft<'a>> {
        let number = self.any_numeral(i)?;
        let number = self.with_fraction(self.with_point(i, number));
        let number = self.divided(number);
        if let Some(draft) = self.with_tail(i, &number) {
            return Some(draft);
        }
        if number.kind == Kind::Ordinal {
            let idiom = self.has_role(i, Role::NotOrdinal);
            return (!idiom).then(|| self.draft(i, &number, FigureType::Ordinal, None));
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
            return Some(self.draft(i, &number, FigureType::Quantity, Some("year".into())));
        }
        self.bare(i, &number)
    }

    /// A number, or a sign for a fraction.
    fn any_numeral(&self, i: usize) -> Option<Numeral> {
        let word = self.doc.word(i);
        if is_vulgar(word) {
            let value = word.chars().next().and_then(vulgar)?;
            return Some(Numeral {
                value,
                span: self.token(i).span(),
                next: i + 1,
                kind: Kind::Fraction,
                has_digits: true,
                plain: None,
                weak: Weak::No,
                scale: 1.0,
                tail: None,
                inside: false,
            });
        }
        self.numeral(i).or_else(|| self.amount_with_colon(i))
    }

    /// "6:50 kronor".
    fn amount_with_colon(&self, i: usize) -> Option<Numeral> {
        let (whole, part) = self.doc.word(i).split_once(':')?;
        let fits = part.len() == 2 && self.has_class(i + 1, Class::Currency);
        let (whole, part): (f64, f64) = (whole.parse().ok()?, part.parse().ok()?);
        fits.then(|| Numeral {
            value: Ratio {
                num: whole * 100.0 + part,
                den: 100.0,
            },
            span: self.token(i).span(),
            next: i + 1,
            kind: Kind::Cardinal,
            has_digits: true,
            plain: None,
            weak: Weak::No,
            scale: 1.0,
            tail: None,
            inside: false,
        })
    }

    /// ".08": the decimal sign before the first digit.
    fn with_point(&self, i: usize, mut number: Numeral) -> Numeral {
        let (Some(len), Some(before)) = (number.plain, i.checked_sub(1)) else {
            return number;
        };
        let token = self.token(before);
        let opens = token.is_spaced()
            && self.adjoins(i)
            && self.doc.is_char(before, &[self.pack.decimal])
            && number.next == i + 1;
        if opens {
            number.value = number.value.times(1.0, 10f64.powi(len as i32));
            number.span.start = token.start;
            number.plain = None;
        }
        number
    }

    /// "one over three".
    fn divided(&self, mut number: Numeral) -> Numeral {
        let Some(len) = self.role(number.next, Role::Over) else {
            return number;
        };
        let at = number.next + len;
        if self.token(at).is_line_start() || number.kind == Kind::Ordinal {
            return number;
        }
        if let Some(below) = self.numeral(at).filter(|n| n.value.num > 0.0) {
            number.value = number.value.times(below.value.den, below.value.num);
            number.kind = Kind::Fraction;
            number.weak = Weak::No;
            number.plain = None;
            number.next = below.next;
            number.span.end = below.span.end;
        }
        number
    }

    /// "3 1/2", "3/4", "2½", and scale signs right after digits ("15k").
    fn with_fraction(&self, mut number: Numeral) -> Numeral {
        if number.kind != Kind::Cardinal || !number.has_digits {
            return number;
        }
        if number.plain.is_some() {
            if let Some(value) = self.slash(number.next - 1) {
                let sign = if number.value.num < 0.0 { -1.0 } else { 1.0 };
                number.value = value.times(sign, 1.0);
                number.kind = Kind::Fraction;
                number.next += 2;
                number.span.end = self.token(number.next - 1).end;
                return number;
            }
            let vulgar_next = is_vulgar(self.doc.word(number.next));
            let part = if vulgar_next {
                self.doc.word(number.next).chars().next().and_then(vulgar)
            } else if self.gap_before(number.next) == " " {
                self.slash(number.next)
            } else {
                None
            };
            if let Some(part) = part {
                let sign = if number.value.num < 0.0 { -1.0 } else { 1.0 };
                number.value = number.value.plus(part.times(sign, 1.0));
                number.next += if vulgar_next { 1 } else { 3 };
                number.span.end = self.token(number.next - 1).end;
                number.plain = None;
            }
        }
        number
    }

    /// "3/4" at a token.
    fn slash(&self, i: usize) -> Option<Ratio> {
        let (num, _) = self.plain(i)?;
        let slash = self.adjoins(i + 1) && self.doc.is_char(i + 1, &['/', '\u{2044}']);
        let (den, len) = self.plain(i + 2)?;
        let fits = slash
            && self.adjoins(i + 2)
            && len <= 3
            && (1..den).contains(&num)
            && !(self.adjoins(i + 3) && self.doc.is_char(i + 3, &['/']));
        fits.then(|| Ratio {
            num: f64::from(num),
            den: f64::from(den),
        })
    }

    /// A figure of a number alone.
    pub(super) fn draft(
        &self,
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
            let mut draft = self.draft(i, number, FigureType::Ordinal, None);
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
            } else if self.doc.is_char(next, &['º', 'ª']) {
                end = Some(next + 1);
            } else if self.pack.ordinal_stop
                && number.plain.is_some_and(|len| len <= 2)
                && self.doc.is_char(next, &['.'])
                && self.goes_on_after_stop(next + 1)
            {
                end = Some(next + 1);
            }
        }
        let end = end?;
        let mut draft = self.draft(i, number, FigureType::Ordinal, None);
        draft.tokens.end = end;
        draft.span.end = self.token(end - 1).end;
        Some(draft)
    }

    /// Whether a word right after digits makes them an ordinal.
    pub(super) fn is_ordinal_ending(&self, i: usize) -> bool {
        let word = self.folded(i);
        self.pack.ordinal_endings.contains(&word)
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
        same && token.is_word() && (!token.is_capital() || self.capital_nouns)
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
        if self.token(i).is_word() && (hyphen || self.adjoins(i)) {
            if let Some(found) = self.tail(i) {
                return Some(found);
            }
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
            end: self.token(i + len - 1).end,
        })
    }

    /// Puts number and measure together, with the parts that may follow.
    fn with_measure(&self, i: usize, number: &Numeral, found: Found<'a>) -> Draft<'a> {
        let mut draft = self.draft(i, number, FigureType::Number, None);
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
            }
            Measure::Money(code) => {
                draft.kind = FigureType::Money;
                draft.unit = Some(code.as_str().into());
                draft.scale *= found.measured.times / found.measured.over;
                self.late_scale(&mut draft, number);
                self.cents(&mut draft);
            }
            Measure::Unit(unit) => {
                draft.kind = FigureType::Quantity;
                draft.unit = Some(unit.as_str().into());
            }
            Measure::Age(unit) => {
                draft.kind = FigureType::Quantity;
                draft.unit = Some(unit.as_str().into());
            }
            Measure::Time(unit) => {
                draft.kind = FigureType::Duration;
                draft.unit = Some(unit.as_str().into());
                self.finish_time(&mut draft, number);
            }
            Measure::Count => {}
            Measure::Ordinal => draft.kind = FigureType::Ordinal,
            Measure::Decade => {
                draft.kind = FigureType::Date;
                draft.amount = Amount::Unknown;
            }
        }
        draft
    }

    /// "75 USD million".
    fn late_scale(&self, draft: &mut Draft<'a>, number: &Numeral) {
        if number.scale > 1.0 {
            return;
        }
        if let (Some((factor, len)), Amount::Number(value)) =
            (self.scale(draft.tokens.end), &mut draft.amount)
            && factor >= 1e6
        {
            *value = value.times(factor, 1.0);
            draft.scale = factor;
            draft.tokens.end += len;
            draft.span.end = self.token(draft.tokens.end - 1).end;
        }
    }

    /// "3 dollars 50 cents", "15 euro och 50".
    fn cents(&self, draft: &mut Draft<'a>) {
        let mut at = draft.tokens.end;
        let joined = self.role(at, Role::And);
        at += joined.unwrap_or(0);
        if self.token(at).is_line_start() || draft.scale > 1.0 {
            return;
        }
        let Some(part) = self.numeral(at) else { return };
        let amount = part.value.value();
        if part.kind != Kind::Cardinal || !part.value.is_whole() || !(0.0..100.0).contains(&amount)
        {
            return;
        }
        let unit = self.unit_at(part.next);
        let end = match unit.map(|u| (u, &u.measured.measure)) {
            Some((found, Measure::Money(_))) if found.measured.over > 1.0 => found.next,
            None if part.plain == Some(2) && !self.counts_something(part.next) => part.next,
            _ => return,
        };
        if let Amount::Number(value) = &mut draft.amount {
            *value = value.plus(Ratio {
                num: amount,
                den: 100.0,
            });
        }
        draft.tokens.end = end;
        draft.span.end = self.token(end - 1).end;
    }

    /// Whether a noun that a number counts stands at a token.
    pub(super) fn counts_something(&self, i: usize) -> bool {
        let token = self.token(i);
        token.is_word()
            && !token.is_line_start()
            && !self.is_class_any(i, NO_NOUN)
            && self.roles(i) & CLOSERS == 0
    }

    /// Ages, compound lengths, and "ago".
    fn finish_time(&self, draft: &mut Draft<'a>, number: &Numeral) {
        if let Some(len) = self.role(draft.tokens.end, Role::Old) {
            draft.kind = FigureType::Quantity;
            draft.tokens.end += len;
            draft.span.end = self.token(draft.tokens.end - 1).end;
            return;
        }
        if self.is_age_before(draft.tokens.start)
            || number.has_digits && self.is_set_off(draft)
            || self.is_after_name(draft.tokens.start) && number.has_digits
        {
            let is_year = draft.unit.as_deref() == Some("year");
            if is_year || self.role_before(draft.tokens.start, Role::Aged) {
                draft.kind = FigureType::Quantity;
                return;
            }
        }
        while self.longer(draft) {}
        if let Some(len) = self.role(draft.tokens.end, Role::Ago) {
            draft.tokens.end += len;
            draft.span.end = self.token(draft.tokens.end - 1).end;
        }
    }

    /// "six hours and twenty minutes", "cuatro años y medio", "6 h 40".
    fn longer(&self, draft: &mut Draft<'a>) -> bool {
        let Some(seconds) = draft.unit.as_deref().and_then(seconds) else {
            return false;
        };
        let mut at = draft.tokens.end;
        if self.token(at).is_line_start() {
            return false;
        }
        let joined = self.role(at, Role::And);
        at += joined.unwrap_or(0);
        let Amount::Number(whole) = draft.amount else {
            return false;
        };
        if joined.is_some()
            && let Some(hit) = self.find(at, Class::Fraction)
            && hit.payload == 2
        {
            draft.amount = Amount::Number(whole.plus(Ratio { num: 1.0, den: 2.0 }));
            draft.tokens.end = at + hit.len;
            draft.span.end = self.token(draft.tokens.end - 1).end;
            return false;
        }
        let Some(part) = self.numeral(at) else {
            return false;
        };
        if part.kind != Kind::Cardinal || part.weak == Weak::Article && joined.is_none() {
            return false;
        }
        let (unit, end, next) = match self.unit_at(part.next) {
            Some(found) => match &found.measured.measure {
                Measure::Time(unit) => (unit.as_str(), found.end, found.next),
                _ => return false,
            },
            None if seconds.total_cmp(&3600.0).is_eq()
                && joined.is_none()
                && part.plain == Some(2)
                && !self.counts_something(part.next) =>
            {
                ("minute", part.span.end, part.next)
            }
            None => return false,
        };
        let Some(smaller) = self::seconds(unit) else {
            return false;
        };
        let calendar = |s: f64| s >= 2_000_000.0;
        if smaller >= seconds || calendar(smaller) != calendar(seconds) {
            return false;
        }
        let factor = if calendar(seconds) {
            12.0
        } else {
            seconds / smaller
        };
        draft.amount = Amount::Number(whole.times(factor, 1.0).plus(part.value));
        draft.unit = Some(unit.to_owned().into());
        draft.span.end = end;
        draft.tokens.end = next;
        true
    }

    /// Whether a word for "aged" stands right before, or people with a limit ("children under 15").
    fn is_age_before(&self, i: usize) -> bool {
        let colon = i > 1 && self.doc.is_char(i - 1, &[':']);
        self.role_before(i - usize::from(colon), Role::Aged) || self.limits_people(i)
    }

    fn limits_people(&self, i: usize) -> bool {
        let mut at = i;
        for _ in 0..5 {
            let Some(before) = at.checked_sub(1) else {
                return false;
            };
            if self.has_role(before, Role::Person) {
                return at < i;
            }
            let goes_on = self.has_class(before, Class::Approximator)
                || self.has_class(before, Class::NumberWord)
                || self.token(before).kind == TokenKind::Number
                || [Role::And, Role::Or, Role::To, Role::Between]
                    .into_iter()
                    .any(|role| self.has_role(before, role));
            if !goes_on {
                return false;
            }
            at = before;
        }
        false
    }

    /// "…, 58 years, …": set off by commas, a length in years is an age.
    fn is_set_off(&self, draft: &Draft<'a>) -> bool {
        let start = draft.tokens.start;
        let of = usize::from(start > 1 && self.has_role(start - 1, Role::Of));
        let opens = start > of && self.doc.is_char(start - of - 1, &[',']);
        opens && self.doc.is_char(draft.tokens.end, &[',', ')', ';', '.'])
    }

    /// "Karin Almqvist, 58, ...": a name and a comma right before.
    fn is_after_name(&self, i: usize) -> bool {
        i >= 2
            && self.doc.is_char(i - 1, &[','])
            && self.token(i - 2).is_word()
            && self.token(i - 2).is_capital()
            && !self.token(i).is_line_start()
            && !self.has_class(i - 2, Class::Month)
            && !self.has_class(i - 2, Class::Weekday)
    }

    /// An age without a unit: "Almqvist, 58, ...", "Suttner (59)", "aged 14".
    fn is_age_by_place(&self, i: usize, number: &Numeral) -> bool {
        let years = number.value.value();
        if !(1.0..=110.0).contains(&years) || !number.value.is_whole() || number.weak != Weak::No {
            return false;
        }
        let ends = |chars: &[char]| self.doc.is_char(number.next, chars);
        let is_last = number.next >= self.len() || self.token(number.next).is_line_start();
        if self.is_age_before(i) {
            return !self.counts_something(number.next);
        }
        if number.plain.is_none() || years < 10.0 {
            return false;
        }
        if self.is_after_name(i) {
            return (ends(&[',', '.', ')', ';']) || is_last) && !self.lists_numbers(number.next);
        }
        i >= 3
            && self.doc.is_char(i - 1, &['('])
            && ends(&[')'])
            && years >= 15.0
            && [i - 2, i - 3]
                .iter()
                .all(|j| self.token(*j).is_word() && self.token(*j).is_capital())
            && !self.has_class(i - 2, Class::Weekday)
    }

    /// Whether another number follows the comma: a row of results rather than an age.
    fn lists_numbers(&self, comma: usize) -> bool {
        self.doc.is_char(comma, &[',']) && self.doc.kind(comma + 1) == TokenKind::Number
    }

    /// A number with nothing to measure.
    fn bare(&self, i: usize, number: &Numeral) -> Option<Draft<'a>> {
        let next = number.next;
        match number.weak {
            Weak::Article if !self.has_role(next, Role::Of) => return None,
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
        if number.inside {
            return None;
        }
        let mut draft = self.draft(i, number, FigureType::Number, None);
        draft.open = self.is_open(number);
        if number.scale >= 1e6 && number.span == self.token(i).span() && !number.has_digits {
            // "millions of people": how many is not said.
            let lone = self.has_class(i, Class::Scale);
            if lone {
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

    /// "one" as a number: before what it counts, or before "of".
    fn is_counted_one(&self, i: usize, next: usize) -> bool {
        if self.role_before(i, Role::NotOne) {
            return false;
        }
        let alone = next >= self.len() && i == 0;
        alone || self.has_role(next, Role::Of) || self.counts_something(next)
    }

    /// "every fourth", "var tionde".
    pub(super) fn share(&self, i: usize) -> Option<Draft<'a>> {
        let len = self.role(i, Role::Every)?;
        let number = self.numeral(i + len)?;
        let value = number.value.value();
        if number.kind != Kind::Ordinal || !(2.0..=1000.0).contains(&value) {
            return None;
        }
        let mut draft = self.draft(i, &number, FigureType::Number, None);
        draft.amount = Amount::Number(Ratio {
            num: 1.0,
            den: value,
        });
        draft.span.start = self.token(i).start;
        Some(draft)
    }

    /// "第14": the mark of an ordinal before its number.
    pub(super) fn ordinal_before(&self, i: usize) -> Option<Draft<'a>> {
        let len = self.role(i, Role::OrdinalBefore)?;
        let number = self.numeral(i + len)?;
        if number.kind != Kind::Cardinal || self.token(i + len).is_line_start() {
            return None;
        }
        let mut draft = self.draft(i, &number, FigureType::Ordinal, None);
        draft.span.start = self.token(i).start;
        Some(draft)
    }

    /// "dozens": a number that is not said.
    pub(super) fn vague(&self, i: usize) -> Option<Draft<'a>> {
        let len = self.role(i, Role::Vague)?;
        // "a few years": a length that is not said.
        let time = self
            .unit_at(i + len)
            .and_then(|found| match &found.measured.measure {
                Measure::Time(unit) => Some((unit.as_str(), found)),
                _ => None,
            });
        if let Some((unit, found)) = time {
            return Some(Draft {
                kind: FigureType::Duration,
                amount: Amount::Unknown,
                unit: Some(unit.into()),
                span: Span::new(self.token(i).start, found.end),
                tokens: i..found.next,
                scale: 1.0,
                open: false,
            });
        }
        Some(Draft {
            kind: FigureType::Number,
            amount: Amount::Unknown,
            unit: None,
            span: self.doc.span(i..i + len),
            tokens: i..i + len,
            scale: 1.0,
            open: false,
        })
    }

    /// "yüzde 60", "%60", "百分之二十".
    pub(super) fn percent_before(&self, i: usize) -> Option<Draft<'a>> {
        let hit = self.find(i, Class::PercentWord)?;
        let at = i + hit.len;
        let is_sign = self.doc.is_char(i, &['%', '٪', '％']);
        let opens = self.token(i).is_spaced() && self.adjoins(at);
        if self.token(at).is_line_start() || is_sign && !opens {
            return None;
        }
        let measured = self.pack.measures.get(hit.payload as usize)?;
        let Measure::Percent(unit) = &measured.measure else {
            return None;
        };
        let number = self.numeral(at).filter(|n| n.weak == Weak::No)?;
        let mut draft = self.draft(i, &number, FigureType::Percent, Some(unit.as_str().into()));
        draft.span.start = self.token(i).start;
        Some(draft)
    }

    /// "$1.2 billion", "NOK 500", "Rs. 310 crore".
    pub(super) fn money_before(&self, i: usize) -> Option<Draft<'a>> {
        let (measured, mut at) = self.currency_sign(i)?;
        let Measure::Money(code) = &measured.measure else {
            return None;
        };
        if self.doc.is_char(at, &['.', '-']) && self.adjoins(at) {
            at += 1;
        }
        if self.token(at).is_line_start() {
            return None;
        }
        if matches!(self.token(at).kind, TokenKind::Dash) && self.adjoins(at + 1) {
            at += 1;
        }
        let number = self.with_fraction(self.numeral(at)?);
        if number.kind == Kind::Ordinal || number.weak != Weak::No {
            return None;
        }
        let mut draft = self.draft(i, &number, FigureType::Money, Some(code.as_str().into()));
        draft.span.start = self.sign_start(i);
        if let Amount::Number(value) = &mut draft.amount
            && draft.span.start < self.token(i).start
            && self
                .doc
                .text
                .get(draft.span.start as usize..)
                .is_some_and(|t| !t.starts_with('+'))
        {
            value.num = -value.num.abs();
        }
        self.short_scale(&mut draft, &number);
        let code_after = self.find(draft.tokens.end, Class::Currency);
        if let Some(hit) = code_after
            && self.token(draft.tokens.end).is_all_caps()
            && let Some(Measure::Money(again)) = self
                .pack
                .measures
                .get(hit.payload as usize)
                .map(|m| &m.measure)
        {
            draft.unit = Some(again.as_str().into());
            draft.tokens.end += hit.len;
            draft.span.end = self.token(draft.tokens.end - 1).end;
        }
        Some(draft)
    }

    /// "Sh520 million", "NOK97.5": the currency and its digits in one word.
    pub(super) fn money_glued(&self, i: usize) -> Option<Draft<'a>> {
        let token = self.token(i);
        if token.flags & Token::DIGIT == 0 || !token.is_word() {
            return None;
        }
        let word = self.doc.word(i);
        let cut = word.find(|c: char| c.is_ascii_digit()).filter(|c| *c > 0)?;
        let folded = fold(&word[..cut], self.case);
        let id = self.doc.lexicon.exact(&folded)?;
        let index = self.doc.lexicon.payload(id, Class::Currency)?;
        let measured = self.pack.measures.get(index as usize)?;
        let Measure::Money(code) = &measured.measure else {
            return None;
        };
        if is_nameless(measured) || !token.is_capital() {
            return None;
        }
        let from = token.start as usize + cut;
        let rest = self.doc.text.get(from..)?;
        let run = rest
            .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '\'')))
            .unwrap_or(rest.len());
        let run = rest[..run].trim_end_matches(['.', ',', '\'']);
        let found = digits(run, self.pack.decimal, &self.pack.groups)?;
        let end = (from + run.len()) as u32;
        let mut next = i + 1;
        while next < self.len() && self.token(next).start < end {
            next += 1;
        }
        let mut draft = Draft {
            kind: FigureType::Money,
            amount: Amount::Number(found.value),
            unit: Some(code.as_str().into()),
            span: Span::new(token.start, end),
            tokens: i..next,
            scale: 1.0,
            open: false,
        };
        if self.token(next - 1).end > end {
            return None;
        }
        if let Some((factor, len)) = self.scale(next) {
            draft.amount = Amount::Number(found.value.times(factor, 1.0));
            draft.scale = factor;
            draft.tokens.end += len;
            draft.span.end = self.token(draft.tokens.end - 1).end;
        }
        Some(draft)
    }

    /// Where a sign right before a currency begins.
    fn sign_start(&self, i: usize) -> u32 {
        match i.checked_sub(1) {
            Some(before)
                if self.adjoins(i)
                    && self.token(before).is_spaced()
                    && (self.token(before).kind == TokenKind::Dash
                        || self.doc.is_char(before, &['+'])) =>
            {
                self.token(before).start
            }
            _ => self.token(i).start,
        }
    }

    /// A currency sign or code that may stand before its number, and the token after it.
    pub(super) fn currency_sign(&self, i: usize) -> Option<(&'a Measured, usize)> {
        if !self.has_class(i, Class::Currency) {
            return None;
        }
        self.doc.find_all(i, Class::Currency).find_map(|hit| {
            let measured = self.pack.measures.get(hit.payload as usize)?;
            let words = self.doc.words(i..i + hit.len);
            let token = self.token(i);
            let is_sign = !token.is_word() || token.is_capital() || words.len() <= 3 || hit.len > 1;
            let spelt = measured.exact.as_ref().is_none_or(|e| words == &**e);
            let fits = is_sign
                && spelt
                && !is_nameless(measured)
                && measured.times.total_cmp(&measured.over).is_eq();
            fits.then_some((measured, i + hit.len))
        })
    }

    /// "m", "bn" and "k" after an amount.
    fn short_scale(&self, draft: &mut Draft<'a>, number: &Numeral) {
        let at = draft.tokens.end;
        if number.scale > 1.0
            || !self.has_class(at, Class::Currency)
            || self.token(at).is_line_start()
        {
            return;
        }
        let short = self.doc.find_all(at, Class::Currency).find_map(|hit| {
            let measured = self.pack.measures.get(hit.payload as usize)?;
            is_nameless(measured).then_some((measured.times, hit.len))
        });
        if let (Some((factor, len)), Amount::Number(value)) = (short, &mut draft.amount) {
            *value = value.times(factor, 1.0);
            draft.scale = factor;
            draft.tokens.end += len;
            draft.span.end = self.token(draft.tokens.end - 1).end;
        }
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

/// A short scale that needs a currency: it has a factor but no code.
fn is_nameless(measured: &Measured) -> bool {
    matches!(&measured.measure, Measure::Money(code) if code.is_empty())
}

/// The length of a unit of time in seconds.
fn seconds(unit: &str) -> Option<f64> {
    Some(match unit {
        "second" => 1.0,
        "minute" => 60.0,
        "hour" => 3600.0,
        "day" => 86_400.0,
        "week" => 604_800.0,
        "month" => 2_629_800.0,
        "year" => 31_557_600.0,
        _ => return None,
    })
}
