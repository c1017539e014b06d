//! Responsible for quantities in two units ("7 feet 10 inches", "3 kg 400 g"), which are one figure in
//! the smaller unit.

use super::digits::Ratio;
use super::numeral::{Kind, Weak};
use super::scan::{Amount, Draft, Scan};
use crate::pack::figures::{Measure, Measured, Role};
use crate::text::lexicon::Class;

/// Units that are named together, each with how many of the next it holds.
const CHAINS: [&[(&str, f64)]; 4] = [
    &[("mi", 1760.0), ("yd", 3.0), ("ft", 12.0), ("in", 1.0)],
    &[("st", 14.0), ("lb", 16.0), ("oz", 1.0)],
    &[("km", 1000.0), ("m", 100.0), ("cm", 10.0), ("mm", 1.0)],
    &[("t", 1000.0), ("kg", 1000.0), ("g", 1.0)],
];

/// How many of one unit make another, in a chain by its place.
fn ratio(large: &str, small: &str) -> Option<(usize, f64)> {
    CHAINS.iter().enumerate().find_map(|(place, chain)| {
        let from = chain.iter().position(|(unit, _)| *unit == large)?;
        let to = chain.iter().position(|(unit, _)| *unit == small)?;
        let factor = chain.get(from..to)?.iter().map(|(_, n)| n).product();
        (from < to).then_some((place, factor))
    })
}

impl<'a> Scan<'a> {
    /// "dos kilos y medio", "a mile and a half", "三斤半": half a unit more.
    pub(super) fn half_more_of(&self, draft: &mut Draft<'a>, measured: &Measured) {
        let at = draft.tokens.end;
        if self.token(at).is_line_start() {
            return;
        }
        let more = || {
            let from = at + self.role(at, Role::And)?;
            let hit = self
                .find(from, Class::Fraction)
                .filter(|hit| hit.payload == 2)?;
            let next = from + hit.len;
            // "two miles and half of the road", "1 Liter und ein halbes Ei".
            let of = self.has_role(next, Role::Of) && !self.pack.ordinal_denominators;
            let counts = self.counts_something(next) || self.is_unit_at(next);
            (!of && !counts && !self.token(from).is_line_start()).then_some(next)
        };
        let half = self.role(at, Role::AndHalf).map(|len| at + len);
        let (Some(next), Amount::Number(value)) = (half.or_else(more), &mut draft.amount) else {
            return;
        };
        if !value.is_whole() {
            return;
        }
        // Half a degree more below zero is half a degree less.
        let sign = if value.num < 0.0 { -1.0 } else { 1.0 };
        *value = value.plus(Ratio {
            num: sign * measured.times.abs(),
            den: 2.0 * measured.over,
        });
        draft.tokens.end = next;
        draft.span.end = self.token(next - 1).end;
    }

    /// Adds the smaller part that follows a quantity.
    pub(super) fn smaller_part(&self, draft: &mut Draft<'a>) -> bool {
        let at = draft.tokens.end;
        let joined = self.role(at, Role::And).or_else(|| {
            let comma = self.doc.is_char(at, &[',']) && self.adjoins(at);
            comma.then_some(1)
        });
        let from = at + joined.unwrap_or(0);
        let Some(unit) = draft.unit.as_deref() else {
            return false;
        };
        if self.token(from).is_line_start() {
            return false;
        }
        let Some(part) = self.numeral(from) else {
            return false;
        };
        let (Some(found), Amount::Number(whole)) = (self.unit_at(part.next), &draft.amount) else {
            return false;
        };
        let Measure::Unit(smaller) = &found.measured.measure else {
            return false;
        };
        let Some((chain, factor)) = ratio(unit, smaller) else {
            return false;
        };
        let value = part.value.value();
        // With a word between them metric units are two figures more often than one.
        let fits = part.kind == Kind::Cardinal
            && part.weak == Weak::No
            && value > 0.0
            && value < factor
            && whole.is_whole()
            && (joined.is_none() || chain < 2);
        if !fits {
            return false;
        }
        draft.amount = Amount::Number(whole.times(factor, 1.0).plus(part.value));
        draft.unit = Some(smaller.as_str().into());
        draft.span.end = found.end;
        draft.tokens.end = found.next;
        true
    }
}
