//! Responsible for money: signs and codes before and after a number, coins, and short scales.

use super::digits::{Ratio, digits};
use super::numeral::{Kind, Numeral, Weak};
use super::scan::{Amount, Draft, Scan};
use crate::model::record::FigureType;
use crate::model::span::Span;
use crate::pack::figures::{Measure, Measured, Role};
use crate::text::fold::fold;
use crate::text::lexicon::Class;
use crate::text::token::{Token, TokenKind};
use crate::text::tokenize::is_unspaced;

impl<'a> Scan<'a> {
    /// "75 USD million".
    pub(super) fn late_scale(&self, draft: &mut Draft<'a>, number: &Numeral) {
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
    pub(super) fn cents(&self, draft: &mut Draft<'a>) {
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
        let (next, end, den) = match unit.map(|u| (u, &u.measured.measure)) {
            Some((found, Measure::Money(_))) if found.measured.over > 1.0 => {
                (found.next, found.end, found.measured.over)
            }
            None if part.plain == Some(2) && !self.counts_something(part.next) => {
                (part.next, part.span.end, 100.0)
            }
            _ => return,
        };
        if let Amount::Number(value) = &mut draft.amount {
            *value = value.plus(Ratio { num: amount, den });
        }
        draft.tokens.end = next;
        draft.span.end = end;
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
        let mut draft = Self::draft(i, &number, FigureType::Money, Some(code.as_str().into()));
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
            && (self.token(draft.tokens.end).is_all_caps()
                || self.doc.word(draft.tokens.end).chars().all(is_unspaced)
                    && self.doc.word(i).chars().all(is_unspaced))
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
    pub(super) fn sign_start(&self, i: usize) -> u32 {
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
            let is_sign = !token.is_word()
                || token.is_capital()
                || words.len() <= 3
                || hit.len > 1
                || self.names_amount(words, i + hit.len);
            let spelt = measured.exact.as_ref().is_none_or(|e| words == &**e);
            let fits = is_sign
                && spelt
                && !is_nameless(measured)
                && measured.times.total_cmp(&measured.over).is_eq();
            fits.then_some((measured, i + hit.len))
        })
    }

    /// "人民币3.14", "人民币50元": in scripts without spaces the name of a currency before an amount,
    /// with nothing after it, or its sign.
    fn names_amount(&self, words: &str, at: usize) -> bool {
        let unspaced = words.chars().all(is_unspaced);
        let ends = |next: usize| self.ends_clause(next) || self.has_class(next, Class::Currency);
        unspaced && self.unsigned(at).is_some_and(|n| ends(n.next))
    }

    /// "m", "bn" and "k" after an amount.
    pub(super) fn short_scale(&self, draft: &mut Draft<'a>, number: &Numeral) {
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

/// A short scale that needs a currency: it has a factor but no code.
pub(super) fn is_nameless(measured: &Measured) -> bool {
    matches!(&measured.measure, Measure::Money(code) if code.is_empty())
}
