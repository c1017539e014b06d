//! Responsible for a stance before it is a record.

use std::ops::Range;

use crate::model::record::{Holder, Polarity, Strength};

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
