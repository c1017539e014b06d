//! Responsible for lengths of time, and for those that are ages.

use super::digits::Ratio;
use super::numeral::{Kind, Numeral, Weak};
use super::scan::{Amount, Draft, Scan};
use crate::model::record::FigureType;
use crate::pack::figures::{Measure, Role};
use crate::text::lexicon::Class;
use crate::text::token::TokenKind;

impl<'a> Scan<'a> {
    /// Ages, compound lengths, and "ago".
    pub(super) fn finish_time(&self, draft: &mut Draft<'a>, number: &Numeral) {
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
    pub(super) fn longer(&self, draft: &mut Draft<'a>) -> bool {
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
    pub(super) fn is_age_before(&self, i: usize) -> bool {
        let colon = i > 1 && self.doc.is_char(i - 1, &[':']);
        self.role_before(i - usize::from(colon), Role::Aged) || self.limits_people(i)
    }

    pub(super) fn limits_people(&self, i: usize) -> bool {
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
    pub(super) fn is_set_off(&self, draft: &Draft<'a>) -> bool {
        let start = draft.tokens.start;
        let of = usize::from(start > 1 && self.has_role(start - 1, Role::Of));
        let opens = start > of && self.doc.is_char(start - of - 1, &[',']);
        opens && self.doc.is_char(draft.tokens.end, &[',', ')', ';', '.'])
    }

    /// "Karin Almqvist, 58, ...": a name and a comma right before.
    pub(super) fn is_after_name(&self, i: usize) -> bool {
        i >= 2
            && self.doc.is_char(i - 1, &[','])
            && self.token(i - 2).is_word()
            && self.token(i - 2).is_capital()
            && !self.token(i).is_line_start()
            && !self.has_class(i - 2, Class::Month)
            && !self.has_class(i - 2, Class::Weekday)
    }

    /// An age without a unit: "Almqvist, 58, ...", "Suttner (59)", "aged 14".
    pub(super) fn is_age_by_place(&self, i: usize, number: &Numeral) -> bool {
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
    pub(super) fn lists_numbers(&self, comma: usize) -> bool {
        self.doc.is_char(comma, &[',']) && self.doc.kind(comma + 1) == TokenKind::Number
    }
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
