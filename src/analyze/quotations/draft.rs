//! Responsible for a quotation before its speaker has a name.

use std::ops::Range;

use crate::analyze::speakers::phrase::Phrase;
use crate::model::record::{Marking, QuotationKind};

/// Where the speaker of a draft comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Voice {
    /// An attribution names the subject.
    Subject(Phrase),
    /// Whoever the sentence before it lets speak, else the one whom that sentence is about.
    Near(Phrase),
    /// The same as the quotation before it in this block.
    Previous,
    /// Whoever the text around it lets speak.
    Context,
    /// A cue without a subject of its own: the subject of the sentence before.
    Dropped,
}

impl From<Phrase> for Voice {
    fn from(subject: Phrase) -> Self {
        Self::Subject(subject)
    }
}

/// A quotation on its way. Ranges are tokens.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) kind: QuotationKind,
    pub(super) marking: Marking,
    /// The pieces of the content, in order.
    pub(super) pieces: Vec<Range<usize>>,
    /// The marked parts of a mixed report.
    pub(super) fragments: Vec<Range<usize>>,
    pub(super) cue: Option<Range<usize>>,
    pub(super) voice: Voice,
    pub(super) continued: bool,
    pub(super) rule: &'static str,
    pub(super) block: usize,
}

impl Draft {
    /// A direct quotation of one piece.
    pub(super) fn direct(
        block: usize,
        piece: Range<usize>,
        marking: Marking,
        rule: &'static str,
    ) -> Self {
        Self {
            kind: QuotationKind::Direct,
            marking,
            pieces: vec![piece],
            fragments: Vec::new(),
            cue: None,
            voice: Voice::Context,
            continued: false,
            rule,
            block,
        }
    }

    /// A report without marks.
    pub(super) fn indirect(block: usize, piece: Range<usize>, rule: &'static str) -> Self {
        Self {
            kind: QuotationKind::Indirect,
            ..Self::direct(block, piece, Marking::None, rule)
        }
    }

    /// The first token of the content.
    pub(super) fn start(&self) -> usize {
        self.pieces.first().map_or(0, |p| p.start)
    }

    /// The first token after the content.
    pub(super) fn end(&self) -> usize {
        self.pieces.last().map_or(0, |p| p.end)
    }

    /// Whether a token lies between the first and the last word of the content.
    pub(super) fn covers(&self, token: usize) -> bool {
        (self.start()..self.end()).contains(&token)
    }
}
