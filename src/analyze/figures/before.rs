//! Responsible for figures that a word before their number opens ("every fourth", "第14", "yüzde 60"), and
//! for numbers that are not said ("dozens").

use super::digits::Ratio;
use super::numeral::{Kind, Weak};
use super::scan::{Amount, Draft, Scan};
use crate::model::record::FigureType;
use crate::model::span::Span;
use crate::pack::figures::{Measure, Role};
use crate::text::lexicon::Class;

impl<'a> Scan<'a> {
    /// "every fourth", "var tionde".
    pub(super) fn share(&self, i: usize) -> Option<Draft<'a>> {
        let len = self.role(i, Role::Every)?;
        let number = self.numeral(i + len)?;
        let value = number.value.value();
        if number.kind != Kind::Ordinal || !(2.0..=1000.0).contains(&value) {
            return None;
        }
        let mut draft = Self::draft(i, &number, FigureType::Number, None);
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
        let mut draft = Self::draft(i, &number, FigureType::Ordinal, None);
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
        let number = self.numeral(at).filter(|n| n.weak != Weak::One)?;
        let mut draft = Self::draft(i, &number, FigureType::Percent, Some(unit.as_str().into()));
        draft.amount = Amount::Number(number.value.times(measured.times, measured.over));
        draft.span.start = self.token(i).start;
        Some(draft)
    }
}
