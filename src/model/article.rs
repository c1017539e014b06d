//! Responsible for an article as a reader hands it over, before anything is known of its language.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::ids::source_key;
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

/// A hash of everything that the record of an article depends on, besides the engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ContentKey(pub u128);

impl RawArticle {
    /// The key of the article's content and source key. Where it stands in the input is left out, so
    /// that an article is known again when others come before it.
    pub fn content_key(&self) -> ContentKey {
        let mut hash = Sha256::new();
        let source = &self.source;
        let key = source_key(
            self.id.as_deref(),
            self.url.as_deref(),
            &source.path,
            source.record,
        );
        let fields = [
            Some(key.as_str()),
            self.id.as_deref(),
            Some(self.text.as_str()),
            self.title.as_deref(),
            self.published.as_deref(),
            self.language.as_deref(),
            self.url.as_deref(),
            self.publisher.as_deref(),
            self.byline.as_deref(),
            self.section.as_deref(),
        ];
        for field in fields {
            // The length in front keeps fields from running into each other.
            hash.update(field.map_or(u64::MAX, |f| f.len() as u64).to_le_bytes());
            hash.update(field.unwrap_or_default());
        }
        let mut rest = String::new();
        // Writing to memory does not fail.
        let _ = write!(rest, "{:?}{:?}", self.hints, self.problems);
        if !self.metadata.is_empty() {
            rest.push_str(&serde_json::to_string(&self.metadata).unwrap_or_default());
        }
        hash.update(rest);
        let digest = hash.finalize();
        let mut first = [0; 16];
        first.copy_from_slice(&digest[..16]);
        ContentKey(u128::from_le_bytes(first))
    }
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
