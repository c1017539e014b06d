//! Responsible for temperatures: the scale before their number, and degrees below zero.

use std::borrow::Cow;

use super::numeral::Numeral;
use super::scan::{Amount, Draft, Scan};
use crate::model::record::FigureType;
use crate::pack::figures::Role;

impl<'a> Scan<'a> {
    /// "华氏70度", "섭씨 37도": the scale of a temperature stands before its number.
    pub(super) fn temperature_before(&self, i: usize, draft: &mut Draft<'a>) {
        if draft
            .unit
            .as_deref()
            .is_none_or(|unit| !unit.starts_with('\u{b0}'))
        {
            return;
        }
        let scales = [(Role::Celsius, "\u{b0}C"), (Role::Fahrenheit, "\u{b0}F")];
        let first = draft.tokens.start.min(i);
        let signed = first > 0 && self.has_role(first - 1, Role::Minus);
        let first = first - usize::from(signed);
        for back in 1..=3.min(first) {
            let at = first - back;
            let found = scales
                .iter()
                .find(|(role, _)| self.role(at, *role) == Some(back));
            if let Some((_, unit)) = found {
                draft.unit = Some(Cow::Borrowed(*unit));
                draft.span.start = self.token(at).start;
                draft.tokens.start = at;
                return;
            }
        }
    }

    /// "ten degrees below zero".
    pub(super) fn below_zero(&self, draft: &mut Draft<'a>) {
        let is_degrees = draft
            .unit
            .as_deref()
            .is_some_and(|unit| unit.starts_with('\u{b0}'));
        let Some(len) = self.role(draft.tokens.end, Role::BelowZero) else {
            return;
        };
        if !is_degrees || self.token(draft.tokens.end).is_line_start() {
            return;
        }
        if let Amount::Number(value) = &mut draft.amount {
            value.num = -value.num.abs();
        }
        draft.tokens.end += len;
        draft.span.end = self.token(draft.tokens.end - 1).end;
    }

    /// "20 below zero": degrees that are not named.
    pub(super) fn bare_below_zero(&self, i: usize, number: &Numeral) -> Option<Draft<'a>> {
        self.role(number.next, Role::BelowZero)
            .filter(|_| !self.token(number.next).is_line_start())?;
        let unit = Some(Cow::Borrowed("\u{b0}"));
        let mut draft = Self::draft(i, number, FigureType::Quantity, unit);
        self.below_zero(&mut draft);
        Some(draft)
    }
}
