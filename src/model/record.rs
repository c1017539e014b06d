//! Responsible for the record: everything polygist writes for one article.
//!
//! Field order is the order in `articles.jsonl`. Absent is `null` or an empty list, never a missing
//! field. Spans are bytes while stages run and code points once [`Record::into_code_points`] has
//! been called, which `analyze` does last.

mod rows;
mod words;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::article::Source;
use super::ids::{article_id, sha256_hex};
use super::problem::Problem;
use super::span::{CodePoints, Span};

pub use rows::*;
pub use words::*;

/// Raised when a field is renamed, moved or changes its meaning.
pub const SCHEMA_VERSION: u32 = 1;

/// Everything polygist knows of one article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Record {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// `art_` and a hash of the source key.
    pub article_id: String,
    /// The input's own id.
    pub source_id: Option<String>,
    /// The file, relative to the input root.
    pub source_path: String,
    /// The record's number in it, from 1.
    pub record: u64,
    /// How processing ended.
    pub status: Status,
    /// The headline.
    pub title: Option<String>,
    /// ISO 8601 where it could be understood.
    pub published: Option<String>,
    /// The address.
    pub url: Option<String>,
    /// The publisher.
    pub source: Option<String>,
    /// The writer.
    pub byline: Option<String>,
    /// The newspaper's section.
    pub section: Option<String>,
    /// Whatever else the input carried.
    pub metadata: BTreeMap<String, serde_json::Value>,
    /// The language.
    pub language: Language,
    /// How much is known of it.
    pub support: Support,
    /// The text as read.
    pub text: String,
    /// Its blocks, in order.
    pub blocks: Vec<BlockRecord>,
    /// Whole sentences, in order.
    pub summary: Vec<Piece>,
    /// Set-off lists.
    pub fact_boxes: Vec<FactBox>,
    /// Key facts by rank.
    pub facts: Vec<Fact>,
    /// Figures in order.
    pub figures: Vec<Figure>,
    /// Quotations in order.
    pub quotations: Vec<Quotation>,
    /// Stances in order.
    pub stances: Vec<Stance>,
    /// Who speaks or holds a stance.
    pub actors: Vec<Actor>,
    /// SHA-256 of the text.
    pub content_hash: String,
    /// What a reader of the record should know.
    pub problems: Vec<Problem>,
}

impl Record {
    /// A record of which nothing is known but its key and where it came from.
    pub fn empty(key: &str, source: &Source) -> Self {
        Self {
            schema_version: SCHEMA_VERSION,
            article_id: article_id(key),
            source_id: None,
            source_path: source.path.clone(),
            record: source.record,
            status: Status::Ok,
            title: None,
            published: None,
            url: None,
            source: None,
            byline: None,
            section: None,
            metadata: BTreeMap::new(),
            language: Language::unknown(),
            support: Support::Generic,
            text: String::new(),
            blocks: Vec::new(),
            summary: Vec::new(),
            fact_boxes: Vec::new(),
            facts: Vec::new(),
            figures: Vec::new(),
            quotations: Vec::new(),
            stances: Vec::new(),
            actors: Vec::new(),
            content_hash: sha256_hex(b""),
            problems: Vec::new(),
        }
    }

    /// Calls `f` on every span in the record.
    fn each_span(&mut self, f: &mut impl FnMut(&mut u32, &mut u32)) {
        let mut span = |s: &mut Span| f(&mut s.start, &mut s.end);
        self.blocks.iter_mut().for_each(|b| span(&mut b.span));
        self.summary.iter_mut().for_each(|p| span(&mut p.span));
        for fact_box in &mut self.fact_boxes {
            span(&mut fact_box.span);
            fact_box.items.iter_mut().for_each(|p| span(&mut p.span));
        }
        for fact in &mut self.facts {
            span(&mut fact.span);
            for piece in [&mut fact.who, &mut fact.what, &mut fact.place]
                .into_iter()
                .flatten()
            {
                span(&mut piece.span);
            }
            if let Some(when) = &mut fact.when {
                span(&mut when.span);
            }
            fact.figures.iter_mut().for_each(|x| span(&mut x.span));
        }
        self.figures.iter_mut().for_each(|x| span(&mut x.span));
        for quotation in &mut self.quotations {
            span(&mut quotation.span);
            if let Some(cue) = &mut quotation.cue {
                span(&mut cue.span);
            }
        }
        for stance in &mut self.stances {
            span(&mut stance.target.span);
            span(&mut stance.evidence.span);
            stance
                .more_evidence
                .iter_mut()
                .for_each(|p| span(&mut p.span));
            if let Some(cue) = &mut stance.cue {
                span(&mut cue.span);
            }
        }
        for quotation in &mut self.quotations {
            quotation.spans.iter_mut().for_each(|(a, b)| f(a, b));
            quotation.fragments.iter_mut().for_each(|(a, b)| f(a, b));
            if let Some(Speaker {
                start: Some(a),
                end: Some(b),
                ..
            }) = &mut quotation.speaker
            {
                f(a, b);
            }
        }
        for stance in &mut self.stances {
            if let Holder {
                start: Some(a),
                end: Some(b),
                ..
            } = &mut stance.holder
            {
                f(a, b);
            }
        }
    }

    /// Turns all spans from bytes of `text` into code points; called once, when the record is done.
    #[must_use]
    pub fn into_code_points(mut self) -> Self {
        if !self.text.is_ascii() {
            let text = std::mem::take(&mut self.text);
            let points = CodePoints::new(&text);
            self.each_span(&mut |start, end| {
                *start = points.at(*start);
                *end = points.at(*end);
            });
            self.text = text;
        }
        self
    }
}
