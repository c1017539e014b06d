//! Responsible for units that are named once and hold for two figures ("7–10 procent", "between 31
//! and 22 euros", "412 million euros (388)"), and for amounts without their currency.

use std::borrow::Cow;

use super::scan::{Amount, Draft, Scan};
use crate::model::record::FigureType;
use crate::pack::figures::Role;

/// How far apart two figures may stand that share a unit by "from … to" or "against".
const NEAR: usize = 4;

impl<'a> Scan<'a> {
    /// Gives open figures the unit of their neighbours.
    pub(super) fn share_units(&self, drafts: &mut [Draft<'a>]) {
        for n in (1..drafts.len()).rev() {
            let (left, right) = drafts.split_at_mut(n);
            if let (Some(first), Some(second)) = (left.last_mut(), right.first_mut()) {
                self.give_back(first, second);
            }
        }
        for n in 1..drafts.len() {
            let (left, right) = drafts.split_at_mut(n);
            if let (Some(first), Some(second)) = (left.last(), right.first_mut()) {
                self.give_on(first, second);
            }
        }
        self.name_currencies(drafts);
    }

    /// "5 till 9 cent": the first takes the unit of the second.
    fn give_back(&self, first: &mut Draft<'a>, second: &mut Draft<'a>) {
        let bare = first.kind == FigureType::Number && first.unit.is_none();
        let joined = self.joins(first.tokens.end, second.tokens.start);
        if joined && is_age(first) && is_years(second) {
            second.kind = FigureType::Quantity;
        }
        if bare && joined && shares(second) {
            give(second, first);
        }
    }

    /// "412 miljoner kronor (388)", "from 5 % to 4".
    fn give_on(&self, first: &Draft<'a>, second: &mut Draft<'a>) {
        if second.kind != FigureType::Number || !second.open || !shares(first) {
            return;
        }
        let mut between = first.tokens.end..second.tokens.start;
        if between.is_empty()
            || between.len() > NEAR
            || self.token(second.tokens.start).is_line_start()
        {
            return;
        }
        let bracket = between.len() == 1
            && self.doc.is_char(between.start, &['('])
            && self.doc.is_char(second.tokens.end, &[')']);
        let against =
            between.any(|i| self.has_role(i, Role::Against) || self.has_role(i, Role::To));
        let same_size = match first.kind {
            FigureType::Money => true,
            FigureType::Percent => second.scale < 1.5,
            _ => false,
        };
        if bracket || against && same_size {
            give(first, second);
        }
    }

    /// "412 miljoner" in a text about money: the currency of the amount before, else of the next.
    fn name_currencies(&self, drafts: &mut [Draft<'a>]) {
        let mut currency = drafts
            .iter()
            .find(|d| d.kind == FigureType::Money)
            .and_then(|d| d.unit.clone())
            .or_else(|| {
                let land = self.pack.currency.as_deref().map(Cow::Borrowed);
                land.filter(|_| self.pack.million_of)
            });
        for draft in drafts {
            if draft.kind == FigureType::Money {
                currency.clone_from(&draft.unit);
            } else if draft.kind == FigureType::Number
                && (draft.open || self.role_before(draft.tokens.start, Role::Against))
                && draft.scale >= 1e6
                && currency.is_some()
                && matches!(draft.amount, Amount::Number(_))
            {
                draft.kind = FigureType::Money;
                draft.unit.clone_from(&currency);
            }
        }
    }
}

fn is_age(draft: &Draft<'_>) -> bool {
    draft.kind == FigureType::Quantity && draft.unit.as_deref() == Some("year")
}

fn is_years(draft: &Draft<'_>) -> bool {
    draft.kind == FigureType::Duration && draft.unit.as_deref() == Some("year")
}

/// Whether a figure has a unit that others can share.
fn shares(draft: &Draft<'_>) -> bool {
    draft.unit.is_some()
        && matches!(
            draft.kind,
            FigureType::Money | FigureType::Percent | FigureType::Quantity | FigureType::Duration
        )
}

/// Gives type, unit and scale.
fn give<'a>(from: &Draft<'a>, to: &mut Draft<'a>) {
    to.kind = from.kind;
    to.unit.clone_from(&from.unit);
    to.open = false;
    if let Amount::Number(value) = &mut to.amount
        && to.scale < 1.5
        && !from.scale.total_cmp(&1.0).is_eq()
    {
        *value = if from.scale < 1.0 {
            value.times(1.0, (1.0 / from.scale).round())
        } else {
            value.times(from.scale, 1.0)
        };
        to.scale = from.scale;
    }
}
