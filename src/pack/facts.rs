//! Responsible for `facts.toml`: fact boxes and lines that are no prose, fact cues, status cues.

use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::forms::Forms;
use super::source::SectionText;
use crate::error::Error;
use crate::model::record::FactKind;
use crate::text::fold::{CaseRule, fold};
use crate::text::lexicon::Class;

/// The kinds of fact that words tell; the payload of [`Class::FactCue`] is the index.
pub const KINDS: [FactKind; 8] = [
    FactKind::Decision,
    FactKind::Casualty,
    FactKind::Appointment,
    FactKind::Proposal,
    FactKind::Forecast,
    FactKind::Comparison,
    FactKind::Document,
    FactKind::Definition,
];

/// What a word says of a fact's truth; the payload of [`Class::StatusCue`] is its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub enum StatusCue {
    /// It is going to happen.
    Planned,
    /// It depends on something.
    Conditional,
    /// It is denied.
    Denied,
    /// Others are said to say so ("reportedly").
    Sourced,
    /// The same, in words that else tell of what is to come ("ska ha").
    Hearsay,
}

impl StatusCue {
    /// All of them, by payload.
    pub const ALL: [Self; 5] = [
        Self::Planned,
        Self::Conditional,
        Self::Denied,
        Self::Sourced,
        Self::Hearsay,
    ];
}

/// What `facts.toml` says beyond the lexicon.
#[derive(Debug, Clone, Default)]
pub struct FactPack {
    /// How fact boxes are headed and sourced.
    pub boxes: BoxWords,
    /// Words that open lines which are no prose.
    pub lines: LineWords,
}

/// Folded forms around fact boxes.
#[derive(Debug, Clone, Default)]
pub struct BoxWords {
    /// Headings that open a box alone or before a topic ("fakta").
    pub headings: FxHashSet<String>,
    /// Headings that open a box only before a list or a tight block ("bakgrund").
    pub background: FxHashSet<String>,
    /// Beginnings of headings that open a box only before a list or a tight block ("så fungerar").
    pub openings: Vec<String>,
    /// Endings of such headings ("i siffror").
    pub closings: Vec<String>,
    /// Words before the colon of a source line ("källa").
    pub sources: FxHashSet<String>,
    /// The longest heading of all, in words.
    pub longest: usize,
}

/// Folded words that open lines beside the story.
#[derive(Debug, Clone, Default)]
pub struct LineWords {
    /// Before the writer's name ("av").
    pub bylines: Vec<String>,
    /// Captions, footers, notes, links to other articles ("läs mer").
    pub labels: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Source {
    #[serde(rename = "box")]
    boxes: BoxSource,
    lines: LineSource,
    kinds: KindSource,
    status: StatusSource,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct KindSource {
    decision: Vec<String>,
    casualty: Vec<String>,
    appointment: Vec<String>,
    proposal: Vec<String>,
    forecast: Vec<String>,
    comparison: Vec<String>,
    document: Vec<String>,
    definition: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct StatusSource {
    planned: Vec<String>,
    conditional: Vec<String>,
    denied: Vec<String>,
    sourced: Vec<String>,
    hearsay: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct BoxSource {
    headings: Vec<String>,
    background: Vec<String>,
    openings: Vec<String>,
    closings: Vec<String>,
    sources: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct LineSource {
    bylines: Vec<String>,
    labels: Vec<String>,
}

impl FactPack {
    /// Reads `facts.toml` and registers its words.
    ///
    /// # Errors
    /// [`Error::Pack`] with line and column.
    pub fn parse(section: &SectionText, forms: &mut Forms<'_>) -> Result<Self, Error> {
        let source: Source = section.toml()?;
        let case = forms.case();
        let set = |list: &[String]| list.iter().map(|w| fold(w, case)).collect::<FxHashSet<_>>();
        let boxes = BoxWords {
            headings: set(&source.boxes.headings),
            background: set(&source.boxes.background),
            openings: folded(&source.boxes.openings, case),
            closings: folded(&source.boxes.closings, case),
            sources: set(&source.boxes.sources),
            longest: source
                .boxes
                .headings
                .iter()
                .chain(&source.boxes.background)
                .map(|h| h.split_whitespace().count())
                .max()
                .unwrap_or(0),
        };
        let lines = LineWords {
            bylines: folded(&source.lines.bylines, case),
            labels: folded(&source.lines.labels, case),
        };
        let k = &source.kinds;
        let kinds = [
            &k.decision,
            &k.casualty,
            &k.appointment,
            &k.proposal,
            &k.forecast,
            &k.comparison,
            &k.document,
            &k.definition,
        ];
        for (payload, list) in (0..).zip(kinds) {
            add_stems(forms, list, Class::FactCue, payload);
        }
        let t = &source.status;
        let cues = [
            &t.planned,
            &t.conditional,
            &t.denied,
            &t.sourced,
            &t.hearsay,
        ];
        for (payload, list) in (0..).zip(cues) {
            add_stems(forms, list, Class::StatusCue, payload);
        }
        Ok(Self { boxes, lines })
    }
}

/// Registers forms; a beginning stands for itself too.
fn add_stems(forms: &mut Forms<'_>, list: &[String], class: Class, payload: u32) {
    forms.add_all(list, class, payload);
    for form in list {
        if let Some(stem) = form.strip_suffix('*') {
            forms.add(stem, class, payload);
        }
    }
}

fn folded(list: &[String], case: CaseRule) -> Vec<String> {
    list.iter().map(|w| fold(w, case)).collect()
}
