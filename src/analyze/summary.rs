//! Responsible for the summary: whole sentences in document order within a budget.

use super::Options;
use crate::model::article::RawArticle;
use crate::model::record::{Piece, Quotation};
use crate::pack::Pack;
use crate::text::doc::Doc;

/// The summary of a document.
pub fn summary(
    _doc: &Doc<'_>,
    _pack: &Pack,
    _raw: &RawArticle,
    _quotations: &[Quotation],
    _options: &Options,
) -> Vec<Piece> {
    Vec::new()
}
