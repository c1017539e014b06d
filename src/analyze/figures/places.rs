//! Responsible for numbers written digit by digit in words: "一九九九", "point seventy-one".

use super::digits::Ratio;
use super::numeral::Kind;
use super::scan::Scan;
use crate::pack::figures::Role;
use crate::text::lexicon::Class;

/// Most number words that stand for the digits of one number.
const MOST_POSITIONAL: usize = 12;

impl Scan<'_> {
    /// "500余万": something more, before the scale.
    pub(super) fn more_before_scale(&self, at: usize, first: usize) -> bool {
        at > first && self.has_role(at, Role::More) && self.scale(at + 1).is_some()
    }

    /// "一九九九": number words for digits, each in the place of one, and how many they are. Two of
    /// them are an estimate ("七八", seven or eight), unless one is a zero.
    pub(super) fn positional(&self, i: usize) -> Option<(Ratio, usize)> {
        let digit = |at: usize| {
            let token = self.doc.tokens.get(at)?;
            let word = self.doc.word(at);
            let alone = word.chars().nth(1).is_none() && !word.is_ascii();
            let goes_on = at == i || !token.is_spaced() && !token.is_line_start();
            let hit = self
                .find(at, Class::NumberWord)
                .filter(|hit| alone && goes_on && hit.len == 1 && hit.payload < 10)?;
            Some(f64::from(hit.payload))
        };
        let (mut value, mut len, mut zero) = (0.0, 0, false);
        while len < MOST_POSITIONAL
            && let Some(next) = digit(i + len)
        {
            value = value * 10.0 + next;
            zero |= next < 1.0;
            len += 1;
        }
        let exact = len > 2 || len == 2 && zero && value >= 10.0;
        exact.then(|| (Ratio::whole(value), len))
    }

    /// "point seventy-one", "komma noll tre": decimals in words, as a number, how many, and the
    /// token after them.
    pub(super) fn decimals(&self, at: usize, first: usize) -> Option<(f64, i32, usize)> {
        if at == first || self.token(at).is_line_start() {
            return None;
        }
        let len = self.role(at, Role::Point)?;
        let mut next = at + len;
        if let Some((value, digits)) = self.plain(next)
            && !self.token(next).is_line_start()
            && self.token(at).is_spaced()
        {
            let width = i32::try_from(digits).unwrap_or(i32::MAX);
            return Some((f64::from(value), width, next + 1));
        }
        if let Some((value, digits)) = self.positional(next) {
            let width = i32::try_from(digits).unwrap_or(i32::MAX);
            return Some((value.value(), width, next + digits));
        }
        let (mut value, mut digits) = (0.0, 0);
        while digits < 9 && !self.token(next).is_line_start() {
            let Some(part) = self.unsigned(next).filter(|n| !n.has_digits) else {
                break;
            };
            let amount = part.value.value();
            let width = if amount < 10.0 {
                1
            } else {
                amount.log10().floor() as i32 + 1
            };
            if !part.value.is_whole() || digits > 0 && width > 1 {
                break;
            }
            value = value * 10f64.powi(width) + amount;
            digits += width;
            next = part.next;
            if width > 1 {
                break;
            }
        }
        (digits > 0).then_some((value, digits, next))
    }

    /// "üç buçuk", "с половиной": half more, after a number.
    pub(super) fn half_more(&self, at: usize, first: usize) -> Option<(Ratio, usize)> {
        let len = self.role(at, Role::AndHalf).filter(|_| at > first)?;
        let half = Ratio { num: 1.0, den: 2.0 };
        Some((half, at + len))
    }

    /// A part of a date in words ("一九九九", "十二"), and the token after it.
    pub(super) fn date_number(&self, i: usize) -> Option<(u32, usize)> {
        if !self.has_class(i, Class::NumberWord) && !self.has_class(i, Class::Scale) {
            return None;
        }
        let number = self.unsigned(i).filter(|n| n.value.is_whole())?;
        let value = number.value.value();
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        (number.kind == Kind::Cardinal && (1.0..2200.0).contains(&value))
            .then_some((value as u32, number.next))
    }
}
