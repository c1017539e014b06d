//! Responsible for quotations: what is said, where, and by which cue.

use crate::analyze::rules::Rule;
use crate::analyze::speakers::Speakers;
use crate::model::record::Quotation;
use crate::pack::Pack;
use crate::text::doc::Doc;

/// The rules of this stage.
pub const RULES: &[Rule] = &[];

/// All quotations of a document, in order.
pub fn quotations(_doc: &Doc<'_>, _pack: &Pack, _speakers: &Speakers) -> Vec<Quotation> {
    Vec::new()
}
