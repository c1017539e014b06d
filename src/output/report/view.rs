//! Responsible for the values that the report's template sees.

use serde::Serialize;

use super::ProblemGroup;
use crate::corpus::Group;
use crate::corpus::matrix::Sides;
use crate::output::manifest::Counts;

/// The whole page.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    pub(super) version: &'static str,
    pub(super) counts: Counts,
    pub(super) total: Group,
    pub(super) duplicates: u64,
    pub(super) story_count: usize,
    pub(super) speaker_count: usize,
    /// The names of the tables beside the page.
    pub(super) tables: Vec<&'static str>,
    pub(super) xlsx: bool,
    pub(super) languages: Vec<Bar>,
    pub(super) sources: Vec<Bar>,
    pub(super) speakers: Vec<Speaker>,
    pub(super) matrix: Matrix,
    pub(super) stances: Vec<StanceGroup>,
    pub(super) stances_left_out: usize,
    pub(super) changes: Vec<Change>,
    pub(super) stories: Vec<StoryView>,
    pub(super) articles: Vec<Article>,
    pub(super) articles_left_out: usize,
    pub(super) problems: Vec<ProblemGroup>,
    pub(super) since: Option<Since>,
}

/// What changed since the run before.
#[derive(Debug, Serialize)]
pub(super) struct Since {
    pub(super) counts: Vec<(String, u64)>,
    pub(super) rows: Vec<SinceRow>,
    pub(super) left_out: usize,
}

#[derive(Debug, Serialize)]
pub(super) struct SinceRow {
    pub(super) kind: String,
    pub(super) actor: Option<String>,
    pub(super) known: bool,
    pub(super) target: Option<String>,
    pub(super) before: Option<&'static str>,
    pub(super) after: Option<&'static str>,
    pub(super) text: Option<String>,
    pub(super) text_before: Option<String>,
    pub(super) article: Reference,
}

/// One row of a bar chart and of the table beside it.
#[derive(Debug, Serialize)]
pub(super) struct Bar {
    pub(super) name: String,
    /// Length, 0 to 1000.
    pub(super) length: u64,
    /// Place from the top, for drawing.
    pub(super) y: usize,
    pub(super) group: Group,
}

/// An article as others refer to it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Reference {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) language: String,
    pub(super) published: Option<String>,
    pub(super) source: Option<String>,
    pub(super) url: Option<String>,
    /// Whether the article itself is on the page.
    pub(super) shown: bool,
}

#[derive(Debug, Serialize)]
pub(super) struct Speaker {
    pub(super) rank: usize,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) kind: &'static str,
    pub(super) role: Option<String>,
    pub(super) affiliation: Option<String>,
    pub(super) aliases: Vec<String>,
    pub(super) languages: Vec<String>,
    pub(super) quotations: u32,
    pub(super) stances: u32,
    pub(super) articles: u32,
    pub(super) quotes: Vec<Quote>,
    pub(super) left_out: u32,
}

#[derive(Debug, Serialize)]
pub(super) struct Quote {
    pub(super) text: String,
    pub(super) kind: &'static str,
    pub(super) speaker: Option<String>,
    pub(super) cue: Option<String>,
    pub(super) grade: &'static str,
    pub(super) article: Option<Reference>,
}

/// Holder × target.
#[derive(Debug, Serialize)]
pub(super) struct Matrix {
    pub(super) targets: Vec<String>,
    pub(super) rows: Vec<MatrixRow>,
}

#[derive(Debug, Serialize)]
pub(super) struct MatrixRow {
    pub(super) holder: String,
    pub(super) cells: Vec<Option<MatrixLink>>,
}

#[derive(Debug, Serialize)]
pub(super) struct MatrixLink {
    /// Where the evidence stands on the page.
    pub(super) anchor: usize,
    pub(super) sides: Sides,
    /// `support`, `oppose`, `mixed` or `other`.
    pub(super) side: &'static str,
}

/// All stances of one holder on one target.
#[derive(Debug, Serialize)]
pub(super) struct StanceGroup {
    pub(super) anchor: usize,
    pub(super) holder: String,
    pub(super) target: String,
    pub(super) language: String,
    pub(super) sides: Sides,
    pub(super) side: &'static str,
    pub(super) evidence: Vec<Evidence>,
    pub(super) left_out: u32,
}

#[derive(Debug, Serialize)]
pub(super) struct Evidence {
    pub(super) polarity: &'static str,
    pub(super) strength: &'static str,
    pub(super) past: bool,
    pub(super) condition: Option<String>,
    pub(super) target: String,
    pub(super) text: String,
    pub(super) grade: &'static str,
    pub(super) article: Reference,
}

#[derive(Debug, Serialize)]
pub(super) struct Change {
    pub(super) holder: String,
    pub(super) target: String,
    pub(super) from: Evidence,
    pub(super) to: Evidence,
}

#[derive(Debug, Serialize)]
pub(super) struct StoryView {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) articles: usize,
    pub(super) distinct: u32,
    pub(super) members: Vec<Reference>,
    pub(super) left_out: usize,
    pub(super) facts: Vec<FactView>,
}

#[derive(Debug, Serialize)]
pub(super) struct FactView {
    pub(super) text: String,
    pub(super) kind: &'static str,
    pub(super) status: &'static str,
    pub(super) language: String,
    pub(super) article: String,
}

#[derive(Debug, Serialize)]
pub(super) struct BoxView {
    pub(super) heading: String,
    pub(super) items: Vec<String>,
    pub(super) source: Option<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct Article {
    #[serde(flatten)]
    pub(super) reference: Reference,
    pub(super) status: &'static str,
    pub(super) support: &'static str,
    pub(super) duplicate_of: Option<String>,
    pub(super) summary: String,
    pub(super) boxes: Vec<BoxView>,
    pub(super) facts: Vec<FactView>,
    pub(super) quotes: Vec<Quote>,
    pub(super) stances: Vec<Evidence>,
    pub(super) holders: Vec<String>,
    pub(super) quotations: usize,
    pub(super) figures: usize,
    pub(super) problems: Vec<String>,
}
