//! Responsible for key facts: which sentences are worth a row, of what kind, and how they rank.

use crate::analyze::rules::Rule;
use crate::model::article::RawArticle;
use crate::model::record::{Fact, FactBox, Figure, Quotation};
use crate::pack::Pack;
use crate::text::doc::Doc;

/// The rules of this stage.
pub const RULES: &[Rule] = &[];

/// The key facts of a document, by rank.
pub fn facts(
    _doc: &Doc<'_>,
    _pack: &Pack,
    _boxes: &[FactBox],
    _figures: &[Figure],
    _quotations: &[Quotation],
    _raw: &RawArticle,
) -> Vec<Fact> {
    Vec::new()
}
