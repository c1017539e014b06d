//! Responsible for a stance before it is a record.

use std::ops::Range;

use crate::model::record::{Holder, Polarity, Strength};
use crate::pack::stances::{CueGroup, Side};

/// A stance as found; offsets are tokens.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    /// Whose.
    pub(super) holder: Holder,
    /// About what.
    pub(super) target: Range<usize>,
    /// Which side.
    pub(super) polarity: Polarity,
    /// How strongly.
    pub(super) strength: Strength,
    /// Whether a negation turned the side.
    pub(super) negated: bool,
    /// Whether it is a vote, a veto, a signature.
    pub(super) act: bool,
    /// The condition.
    pub(super) condition: Option<Range<usize>>,
    /// The side under the condition.
    pub(super) lean: Option<Polarity>,
    /// The cue.
    pub(super) cue: Range<usize>,
    /// The sentences of evidence.
    pub(super) evidence: Range<usize>,
    /// The rule without its language.
    pub(super) rule: &'static str,
}

/// What earlier stances of the paragraph were about.
#[derive(Debug, Clone, Default)]
pub(super) struct Earlier {
    /// The last thing that can be voted on.
    pub(super) issue: Option<Range<usize>>,
    /// What the last side taken was about, demands left out.
    pub(super) voted: Option<Range<usize>>,
}

impl Earlier {
    /// What a family of cues that names no target means: who abstains does so in a vote.
    pub(super) fn meant(&self, group: &CueGroup) -> Option<&Range<usize>> {
        match (group.act, group.side) {
            (true, Side::Neutral) => self.voted.as_ref(),
            (true, _) => self.voted.as_ref().or(self.issue.as_ref()),
            _ => self.issue.as_ref(),
        }
    }
}
