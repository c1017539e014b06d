//! Responsible for places in a text: a byte span while stages run, code points once written.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An end-exclusive range in a text.
///
/// Stages work in **bytes** of the article text; [`CodePoints`] turns them into Unicode code points
/// when a record is finished, since that is what Python, R and databases slice by.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Default,
    Serialize,
    Deserialize,
    JsonSchema,
)]
pub struct Span {
    /// First position inside.
    pub start: u32,
    /// First position after.
    pub end: u32,
}

impl Span {
    /// A span from `start` up to, not including, `end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The length in the span's own unit.
    pub const fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether nothing lies inside.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether `other` lies wholly inside.
    pub const fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one position.
    pub const fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn hull(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The piece of `text` at this span, in bytes; empty when the span does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize)
            .unwrap_or("")
    }

    /// The span without white space at either end.
    #[must_use]
    pub fn trimmed(self, text: &str) -> Span {
        let piece = self.of(text);
        let start = self.start + (piece.len() - piece.trim_start().len()) as u32;
        let end = start + piece.trim().len() as u32;
        Span::new(start, end)
    }
}

/// Distance in bytes between two stored code point counts.
const STRIDE: usize = 64;

/// Turns byte offsets of one text into code point offsets, in constant time each.
#[derive(Debug)]
pub struct CodePoints<'t> {
    text: &'t [u8],
    /// Code points before byte `i * STRIDE`; empty for ASCII text, where bytes are code points.
    marks: Vec<u32>,
}

impl<'t> CodePoints<'t> {
    /// Counts the text once.
    pub fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        if text.is_ascii() {
            return Self {
                text: bytes,
                marks: Vec::new(),
            };
        }
        let mut marks = Vec::with_capacity(bytes.len() / STRIDE + 1);
        let mut count = 0;
        for chunk in bytes.chunks(STRIDE) {
            marks.push(count);
            count += starts(chunk);
        }
        marks.push(count);
        Self { text: bytes, marks }
    }

    /// The code point offset of a byte offset.
    pub fn at(&self, byte: u32) -> u32 {
        let byte = (byte as usize).min(self.text.len());
        if self.marks.is_empty() {
            return byte as u32;
        }
        let cell = byte / STRIDE;
        self.marks[cell] + starts(&self.text[cell * STRIDE..byte])
    }

    /// The same span in code points.
    pub fn span(&self, bytes: Span) -> Span {
        Span::new(self.at(bytes.start), self.at(bytes.end))
    }
}

/// How many code points begin in these UTF-8 bytes.
fn starts(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|b| **b & 0xc0 != 0x80).count() as u32
}

/// The byte offset of the `n`-th code point of `text`, or the text's length when there are fewer.
pub fn byte_of_code_point(text: &str, n: u32) -> usize {
    if text.is_ascii() {
        return (n as usize).min(text.len());
    }
    text.char_indices()
        .nth(n as usize)
        .map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_code_points_before_every_byte_boundary() {
        let text = "– Å😀 é ".repeat(40);
        let points = CodePoints::new(&text);
        for (n, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(points.at(byte as u32), n as u32);
            assert_eq!(byte_of_code_point(&text, n as u32), byte);
        }
    }
}
