//! Responsible for the record: everything polygist writes for one article.
//!
//! Field order is the order in `articles.jsonl`. Absent is `null` or an empty list, never a missing
//! field. Spans are bytes while stages run and code points once [`Record::into_code_points`] has
//! been called, which `analyze` does last.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::problem::Problem;
use super::span::{CodePoints, Span};

/// Raised when a field is renamed, moved or changes its meaning.
pub const SCHEMA_VERSION: u32 = 1;

/// Declares a closed set of words that appear in the output, with their spelling.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $word)] $variant),+ }
        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
            /// The word as it is written.
            pub fn as_str(self) -> &'static str { match self { $($name::$variant => $word),+ } }
            /// The value written as `word`.
            pub fn parse(word: &str) -> Option<Self> { match word { $($word => Some($name::$variant),)+ _ => None } }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.as_str()) }
        }
    };
}

words! {
    /// How the processing of one input record ended.
    Status {
        /// Processed.
        Ok = "ok",
        /// Processed, with a warning.
        Degraded = "degraded",
        /// Passed over by rule: empty, of another kind.
        Skipped = "skipped",
        /// Could not be processed.
        Failed = "failed",
    }
}
words! {
    /// How the language was found.
    LanguageMethod {
        /// The input said so.
        Declared = "declared",
        /// Found in the text.
        Detected = "detected",
        /// One of a group that text alone cannot separate; `alternatives` has the others.
        Group = "group",
        /// Not found.
        None = "none",
    }
}
words! {
    /// How much is known of the article's language.
    Support {
        /// A language pack.
        Full = "full",
        /// Marks, figures, fact boxes and summary without a pack.
        Generic = "generic",
    }
}
words! {
    /// What a block of text is.
    BlockKind {
        /// The headline inside the text.
        Title = "title",
        /// A section heading.
        Heading = "heading",
        /// The standfirst.
        Lead = "lead",
        /// A paragraph.
        Paragraph = "paragraph",
        /// An item of a list outside a fact box.
        ListItem = "list_item",
        /// Speech set off as a block by the format.
        QuoteHint = "quote_hint",
        /// The heading line of a fact box.
        BoxHeading = "box_heading",
        /// An item of a fact box.
        BoxItem = "box_item",
        /// The source line of a fact box.
        BoxSource = "box_source",
        /// The writer's line, the agency's signature, a place-and-agency line.
        Byline = "byline",
    }
}
words! {
    /// How speech is reported.
    QuotationKind {
        /// The words are marked as verbatim.
        Direct = "direct",
        /// The content is reported without marks.
        Indirect = "indirect",
        /// A report with a marked fragment inside.
        Mixed = "mixed",
    }
}
words! {
    /// How speech is marked.
    Marking {
        /// Quotation marks of any shape.
        Marks = "marks",
        /// A dialogue dash.
        Dash = "dash",
        /// Not marked.
        None = "none",
    }
}
words! {
    /// How a mention was joined to a name.
    SpeakerMethod {
        /// The mention is the full name itself.
        Name = "name",
        /// A shorter form of a name in the article.
        ShortName = "short_name",
        /// A role or title that the article ties to a name.
        Role = "role",
        /// A pronoun.
        Pronoun = "pronoun",
        /// A described source, kept as worded.
        Description = "description",
        /// An organisation.
        Organisation = "organisation",
        /// Nothing attributes; the speaker follows from the context.
        Context = "context",
    }
}
words! {
    /// A property of a rule: how often it is right on the gold set.
    Grade {
        /// Precision of at least 95 %.
        Strong = "strong",
        /// Precision of at least 85 %.
        Fair = "fair",
        /// Below that.
        Weak = "weak",
    }
}
words! {
    /// The side a stance takes.
    Polarity {
        /// For the target.
        Support = "support",
        /// Against the target.
        Oppose = "oppose",
        /// Depends on a stated condition.
        Conditional = "conditional",
        /// Explicitly withheld or balanced.
        Neutral = "neutral",
    }
}
words! {
    /// How strongly a stance is worded.
    Strength {
        /// A hedge, a warning, a litotes.
        Weak = "weak",
        /// Without either.
        Plain = "plain",
        /// Absolute or intensified.
        Strong = "strong",
    }
}
words! {
    /// The way a stance reaches the reader.
    Channel {
        /// In the holder's own marked words.
        DirectQuote = "direct_quote",
        /// In reported words.
        Indirect = "indirect",
        /// In the journalist's summary.
        Narrated = "narrated",
        /// A vote, a veto, a signature, a resignation, a protest.
        Act = "act",
    }
}
words! {
    /// Whether a stance still holds.
    Time {
        /// It holds.
        Current = "current",
        /// It was given up.
        Past = "past",
    }
}
words! {
    /// What a key fact is about.
    FactKind {
        /// A figure with what it counts.
        Figure = "figure",
        /// A date tied to something that happens.
        Date = "date",
        /// Something that happened.
        Event = "event",
        /// A decision, a vote, a verdict.
        Decision = "decision",
        /// Something expected.
        Forecast = "forecast",
        /// What something is.
        Definition = "definition",
        /// Two figures held against each other.
        Comparison = "comparison",
        /// Someone takes or holds a post.
        Appointment = "appointment",
        /// A law, a report, a judgment.
        Document = "document",
        /// Dead, injured, damaged.
        Casualty = "casualty",
        /// Anything else worth knowing.
        Background = "background",
        /// Something proposed.
        Proposal = "proposal",
    }
}
words! {
    /// What the article says of a fact's truth.
    FactStatus {
        /// Stated by the newspaper.
        Asserted = "asserted",
        /// Stated by a source.
        Attributed = "attributed",
        /// Intended.
        Planned = "planned",
        /// Expected.
        Forecast = "forecast",
        /// Under a condition.
        Conditional = "conditional",
        /// Denied.
        Denied = "denied",
    }
}
words! {
    /// The part of the article a fact stands in.
    Section {
        /// A fact box.
        Factbox = "factbox",
        /// A heading or headline.
        Heading = "heading",
        /// The lead.
        Lead = "lead",
        /// The body.
        Body = "body",
    }
}
words! {
    /// What a figure measures.
    FigureType {
        /// A bare or counted number.
        Number = "number",
        /// An amount of money; `unit` is an ISO 4217 code.
        Money = "money",
        /// Per cent, percentage points (`pp`) or basis points (`bp`).
        Percent = "percent",
        /// A number with a unit of measure; ages have the unit `year`.
        Quantity = "quantity",
        /// A place in an order.
        Ordinal = "ordinal",
        /// A day, week, month, quarter or year, ISO 8601, `X` for unknown digits.
        Date = "date",
        /// A length of time in one singular English unit.
        Duration = "duration",
        /// A time of day.
        Time = "time",
    }
}
words! {
    /// Whether a figure goes up or down.
    Direction {
        /// It rises.
        Up = "up",
        /// It falls.
        Down = "down",
    }
}
words! {
    /// How exact a figure is.
    Approximation {
        /// "about", "around".
        About = "about",
        /// "more than", "at least".
        Over = "over",
        /// "less than", "up to", "almost".
        Under = "under",
    }
}
words! {
    /// What an actor is.
    ActorKind {
        /// A person.
        Person = "person",
        /// An organisation.
        Organisation = "organisation",
        /// A described group.
        Group = "group",
    }
}

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
