//! Responsible for who is who in an article: mentions of people and bodies, and the names behind
//! them. Quotations and stances ask here.

use crate::model::record::{Actor, Quotation, Stance};
use crate::pack::Pack;
use crate::text::doc::Doc;

/// The people and bodies of one article.
#[derive(Debug, Default)]
pub struct Speakers {}

impl Speakers {
    /// Finds all mentions of a document.
    pub fn find(_doc: &Doc<'_>, _pack: &Pack) -> Self {
        Self::default()
    }
}

/// One entry for each person or body that speaks or holds a stance.
pub fn actors(_speakers: &Speakers, _quotations: &[Quotation], _stances: &[Stance]) -> Vec<Actor> {
    Vec::new()
}
