//! Responsible for figures: every number, amount, share, quantity, date, duration and time.

use crate::model::record::Figure;
use crate::pack::Pack;
use crate::text::doc::Doc;

/// All figures of a document, in order. `published` resolves relative dates.
pub fn figures(_doc: &Doc<'_>, _pack: &Pack, _published: Option<&str>) -> Vec<Figure> {
    Vec::new()
}
