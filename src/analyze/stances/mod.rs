//! Responsible for stances: who is for or against what.

use crate::analyze::rules::Rule;
use crate::analyze::speakers::Speakers;
use crate::model::record::{Quotation, Stance};
use crate::pack::Pack;
use crate::text::doc::Doc;

/// The rules of this stage.
pub const RULES: &[Rule] = &[];

/// All stances of a document, in order.
pub fn stances(
    _doc: &Doc<'_>,
    _pack: &Pack,
    _speakers: &Speakers,
    _quotations: &[Quotation],
) -> Vec<Stance> {
    Vec::new()
}
