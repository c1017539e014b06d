//! Responsible for two opposite cues under one negation: "neither supports nor opposes".

use super::context::Context;
use super::find::Cue;
use crate::pack::stances::Side;
use crate::text::lexicon::Class;

impl Context<'_> {
    /// "neither supports nor …": the first of two opposite cues, whose target follows the second.
    pub(super) fn opens_balance(&self, cue: &Cue<'_>) -> bool {
        let end = cue.tokens.end;
        cue.tokens.start > 0
            && self.is_negation(cue.tokens.start - 1)
            && (end..end + 3).any(|i| {
                self.doc
                    .is_any(i, Class::Negation.bit() | Class::Coordinator.bit())
                    && self.opposes(i + 1, cue.group.side)
            })
    }

    /// The second of two opposite cues under one negation.
    pub(super) fn closes_balance(&self, cue: &Cue<'_>) -> bool {
        let start = cue.tokens.start;
        let joint = start.checked_sub(1).is_some_and(|i| {
            self.doc
                .is_any(i, Class::Negation.bit() | Class::Coordinator.bit())
        });
        joint
            && (start.saturating_sub(4)..start - 1)
                .any(|i| i > 0 && self.opposes(i, cue.group.side) && self.is_negation(i - 1))
    }

    /// Whether a verb of the other side stands at a token.
    fn opposes(&self, i: usize, side: Side) -> bool {
        self.is_cue_verb(i)
            && self.doc.find_all(i, Class::Stance).any(|h| {
                matches!(
                    (self.side_of(h.payload), side),
                    (Some(Side::Oppose), Side::Support) | (Some(Side::Support), Side::Oppose)
                )
            })
    }
}
