//! Responsible for the rows of a record: quotations, stances, facts, figures and what they are made of.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::words::{
    ActorKind, Approximation, BlockKind, Channel, Direction, FactKind, FactStatus, FigureType,
    Grade, LanguageMethod, Marking, Polarity, QuotationKind, Section, SpeakerMethod, Strength,
    Time,
};
use crate::model::span::Span;

/// A piece of text and its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Piece {
    /// The words, exactly as in the text.
    pub text: String,
    /// Where they stand.
    #[serde(flatten)]
    pub span: Span,
}

impl Piece {
    /// Cuts a span (bytes) out of the text.
    pub fn cut(text: &str, span: Span) -> Self {
        Self {
            text: span.of(text).to_owned(),
            span,
        }
    }
}

/// The language of an article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Language {
    /// ISO 639-1 where there is one; `und` when unknown.
    pub code: String,
    /// Per mille of certainty divided by 1000, `0.0` when unknown.
    pub confidence: f64,
    /// How it was found.
    pub method: LanguageMethod,
    /// ISO 15924 code of the main script.
    pub script: Option<String>,
    /// Other languages that fit as well.
    pub alternatives: Vec<String>,
    /// Languages of single paragraphs that differ.
    pub mixed: Vec<String>,
}

impl Language {
    /// No language that is known.
    pub fn unknown() -> Self {
        Self {
            code: "und".into(),
            confidence: 0.0,
            method: LanguageMethod::None,
            script: None,
            alternatives: Vec::new(),
            mixed: Vec::new(),
        }
    }
}

/// A block of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BlockRecord {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
}

/// A set-off list of background points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FactBox {
    /// The heading line as worded.
    pub heading: String,
    /// What stands after the heading word, if anything.
    pub topic: Option<String>,
    /// From the heading to the last item.
    #[serde(flatten)]
    pub span: Span,
    /// The points without bullets or numbers.
    pub items: Vec<Piece>,
    /// What the source line names.
    pub source: Option<String>,
}

/// A figure's value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Value {
    /// A whole number.
    Integer(i64),
    /// A number with decimals, or too large for the other kind.
    Real(f64),
    /// An ISO 8601 date, time or period.
    Text(String),
}

impl Value {
    /// A number, whole if it is whole.
    pub fn number(value: f64) -> Self {
        #[allow(clippy::cast_possible_truncation)]
        if value.fract() == 0.0 && value.abs() < 9.0e15 {
            Self::Integer(value as i64)
        } else {
            Self::Real(value)
        }
    }

    /// The number, if it is one.
    pub fn as_number(&self) -> Option<f64> {
        match self {
            #[allow(clippy::cast_precision_loss)]
            Self::Integer(n) => Some(*n as f64),
            Self::Real(n) => Some(*n),
            Self::Text(_) => None,
        }
    }
}

/// A number, amount, share, quantity, ordinal, date, duration or time in the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Figure {
    /// The words.
    pub text: String,
    /// Where.
    #[serde(flatten)]
    pub span: Span,
    /// What it measures.
    #[serde(rename = "type")]
    pub kind: FigureType,
    /// Number or ISO string; `null` where none can be given.
    pub value: Option<Value>,
    /// ISO 4217 code, `%`, `pp`, `bp`, a unit symbol, or a singular English time unit.
    pub unit: Option<String>,
    /// ISO 4217 code for money.
    pub currency: Option<String>,
    /// How exact it is, if the text says so.
    pub approx: Option<Approximation>,
    /// Whether it rises or falls, if the text says so.
    pub direction: Option<Direction>,
}

/// A slot of a fact: the words that fill it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WhenSlot {
    /// The words.
    pub text: String,
    /// ISO 8601, with `X` for unknown digits.
    pub iso: Option<String>,
    /// Where.
    #[serde(flatten)]
    pub span: Span,
}

/// A key fact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Fact {
    /// `f001` …, unique in the article.
    pub id: String,
    /// 1 for the most important.
    pub rank: u32,
    /// Per mille.
    pub score: u32,
    /// What it is about.
    pub kind: FactKind,
    /// What the article says of its truth.
    pub status: FactStatus,
    /// The part of the article.
    pub section: Section,
    /// The sentence or clause.
    pub text: String,
    /// Where.
    #[serde(flatten)]
    pub span: Span,
    /// The one who acts.
    pub who: Option<Piece>,
    /// What is done or counted.
    pub what: Option<Piece>,
    /// The place.
    #[serde(rename = "where")]
    pub place: Option<Piece>,
    /// The time.
    pub when: Option<WhenSlot>,
    /// The figures inside.
    pub figures: Vec<Figure>,
    /// Who the article has it from.
    pub source: Option<String>,
    /// `speaker`, `document`, `box` or `article`.
    pub source_type: String,
    /// How often the article says it.
    pub mentions: u32,
    /// The rule.
    pub rule: String,
    /// The rule's grade.
    pub grade: Grade,
}

/// Someone as the source of a quotation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Speaker {
    /// The fullest name in the article, or the description.
    pub name: String,
    /// The mention that attributes; `null` when the speaker follows from context.
    pub as_written: Option<String>,
    /// Its place.
    pub start: Option<u32>,
    /// End of its place.
    pub end: Option<u32>,
    /// Title or function as worded.
    pub role: Option<String>,
    /// Party or organisation.
    pub affiliation: Option<String>,
    /// How mention and name were joined.
    pub method: SpeakerMethod,
}

/// Reported speech or writing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Quotation {
    /// `q001` …, unique in the article.
    pub id: String,
    /// How it is reported.
    pub kind: QuotationKind,
    /// How it is marked.
    pub marking: Marking,
    /// The content, from its first to its last piece.
    pub text: String,
    /// Where.
    #[serde(flatten)]
    pub span: Span,
    /// The pieces, when the attribution interrupts; else the one span.
    pub spans: Vec<(u32, u32)>,
    /// The marked parts of a mixed quotation.
    pub fragments: Vec<(u32, u32)>,
    /// Whether it goes on from the quotation before.
    pub continued: bool,
    /// Who says it; `null` rather than a guess.
    pub speaker: Option<Speaker>,
    /// The reporting expression.
    pub cue: Option<Piece>,
    /// The rule.
    pub rule: String,
    /// The rule's grade.
    pub grade: Grade,
}

/// Someone as the holder of a stance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Holder {
    /// The fullest name in the article.
    pub name: String,
    /// The mention in or nearest before the evidence.
    pub as_written: Option<String>,
    /// Its place.
    pub start: Option<u32>,
    /// End of its place.
    pub end: Option<u32>,
    /// Title or function as worded.
    pub role: Option<String>,
    /// Party or organisation.
    pub affiliation: Option<String>,
}

/// What a stance is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Target {
    /// The noun phrase or clause as worded.
    pub text: String,
    /// Where.
    #[serde(flatten)]
    pub span: Span,
    /// A short form for grouping.
    pub canonical: String,
}

/// A reported commitment for or against something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Stance {
    /// `s001` …, unique in the article.
    pub id: String,
    /// Whose it is.
    pub holder: Holder,
    /// What it is about.
    pub target: Target,
    /// Which side.
    pub polarity: Polarity,
    /// How strongly.
    pub strength: Strength,
    /// Whether the side comes from a negated cue.
    pub negated: bool,
    /// How it reaches the reader.
    pub channel: Channel,
    /// Whether it still holds.
    pub time: Time,
    /// The condition, as worded.
    pub condition: Option<String>,
    /// The side taken if the condition is met.
    pub lean: Option<Polarity>,
    /// The one who reports it, when that is a third party.
    pub attributed_by: Option<String>,
    /// The words that carry the side.
    pub cue: Option<Piece>,
    /// The smallest whole sentence that states it.
    pub evidence: Piece,
    /// Other sentences that state the same.
    pub more_evidence: Vec<Piece>,
    /// The quotation it stands in.
    pub quotation_id: Option<String>,
    /// The rule.
    pub rule: String,
    /// The rule's grade.
    pub grade: Grade,
}

/// A person, organisation or group that speaks or holds a stance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Actor {
    /// The fullest name.
    pub name: String,
    /// Other forms in the article.
    pub aliases: Vec<String>,
    /// What it is.
    pub kind: ActorKind,
    /// Title or function as worded.
    pub role: Option<String>,
    /// Party or organisation.
    pub affiliation: Option<String>,
    /// How many quotations are theirs.
    pub quotations: u32,
    /// How many stances are theirs.
    pub stances: u32,
}
