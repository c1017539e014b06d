//! Responsible for an article as a reader hands it over, before anything is known of its language.

use std::collections::BTreeMap;

use super::problem::Problem;
use super::span::Span;

/// Where a record came from: enough to find it again and to name it in a message.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    /// The file relative to the input root, with `/` between its parts; `-` for standard input.
    pub path: String,
    /// The record's number in the file, from 1.
    pub record: u64,
    /// Byte offset of the record in the decoded stream, where the reader knows it.
    pub offset: Option<u64>,
}

/// What a reader knows of a piece of the text from its format, such as an HTML tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlockHint {
    /// Bytes of the article text.
    pub span: Span,
    /// What the format says it is.
    pub kind: HintKind,
}

/// The kinds of hint that a format can give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HintKind {
    /// A heading (`<h2>`, `hl2`).
    Heading,
    /// An item of a list (`<li>`).
    ListItem,
    /// Speech set off as a block (`<blockquote>`).
    Quote,
    /// The standfirst of the article.
    Lead,
    /// The writer's line.
    Byline,
    /// A picture's caption.
    Caption,
}

/// One article as read: decoded text and whatever the input said about it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RawArticle {
    /// Where it came from.
    pub source: Source,
    /// The input's own id.
    pub id: Option<String>,
    /// The text exactly as read after decoding.
    pub text: String,
    /// The headline.
    pub title: Option<String>,
    /// Date or date-time, ISO 8601 where it could be understood, else as given.
    pub published: Option<String>,
    /// The language that the input declares, a code as given.
    pub language: Option<String>,
    /// The article's address.
    pub url: Option<String>,
    /// The publisher's name.
    pub publisher: Option<String>,
    /// The writer.
    pub byline: Option<String>,
    /// The newspaper's section.
    pub section: Option<String>,
    /// Everything else the input carried, kept as given.
    pub metadata: BTreeMap<String, serde_json::Value>,
    /// Block kinds known from the format, sorted by start.
    pub hints: Vec<BlockHint>,
    /// What the reader had to say, such as a guessed encoding.
    pub problems: Vec<Problem>,
}

/// What a reader yields for each record: an article, or a record that could not become one.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// An article to analyze.
    Article(Box<RawArticle>),
    /// A record that is skipped or failed, with its reason; it is counted and listed all the same.
    Rejected(Box<Rejected>),
}

/// A record that is not analyzed.
#[derive(Debug, Clone, PartialEq)]
pub struct Rejected {
    /// Where it came from.
    pub source: Source,
    /// The input's own id where it could be read.
    pub id: Option<String>,
    /// `true` for records passed over by rule (empty, of another kind), `false` for failures.
    pub skipped: bool,
    /// Why.
    pub problem: Problem,
    /// The raw record, cut to 64 KiB, for the dead-letter file.
    pub raw: Option<String>,
}
