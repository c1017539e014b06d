//! Responsible for the sentence around a span, so that a row of a table is readable alone.
//!
//! Records carry no sentence borders, and merged records have no pack at hand; the borders found
//! here are for reading only and carry no offsets.

use crate::model::record::Record;
use crate::model::span::Span;

/// Distance in code points between two stored byte offsets.
const STRIDE: usize = 16;
/// The most bytes of context on either side of a span.
const REACH: usize = 400;

/// Finds bytes by code points in one text.
#[derive(Debug)]
pub struct TextIndex<'t> {
    text: &'t str,
    /// Byte offset of every `STRIDE`-th code point; empty for ASCII text.
    marks: Vec<u32>,
}

impl<'t> TextIndex<'t> {
    /// Reads the text once.
    pub fn new(text: &'t str) -> Self {
        let marks = if text.is_ascii() {
            Vec::new()
        } else {
            let begins = |(at, byte): (usize, u8)| (byte & 0xc0 != 0x80).then_some(at as u32);
            let points = text.bytes().enumerate().filter_map(begins);
            points.step_by(STRIDE).collect()
        };
        Self { text, marks }
    }

    /// The byte offset of a code point; the text's length when there are fewer.
    pub fn byte(&self, point: u32) -> usize {
        let point = point as usize;
        if self.marks.is_empty() {
            return point.min(self.text.len());
        }
        let Some(from) = self.marks.get(point / STRIDE).map(|m| *m as usize) else {
            return self.text.len();
        };
        let rest = self.text.get(from..).unwrap_or("");
        rest.char_indices()
            .nth(point % STRIDE)
            .map_or(self.text.len(), |(at, _)| from + at)
    }

    /// The words at a span of code points.
    pub fn slice(&self, span: Span) -> &'t str {
        self.text
            .get(self.byte(span.start)..self.byte(span.end))
            .unwrap_or("")
    }

    /// The offset in UTF-16 units of a code point.
    pub fn utf16(&self, point: u32) -> usize {
        if self.marks.is_empty() {
            return (point as usize).min(self.text.len());
        }
        let before = self.text.get(..self.byte(point)).unwrap_or("");
        before.encode_utf16().count()
    }

    /// The sentence around a span of code points, inside its block.
    pub fn sentence(&self, record: &Record, span: Span) -> &'t str {
        let (mut from, mut to) = (0, self.text.len());
        // Blocks stand in order: the last one that begins at or before the span holds its start.
        let n = record
            .blocks
            .partition_point(|b| b.span.start <= span.start);
        if let Some(block) = n.checked_sub(1).and_then(|n| record.blocks.get(n)) {
            from = self.byte(block.span.start);
            to = self.byte(block.span.end.max(span.end));
        }
        let (start, end) = (self.byte(span.start), self.byte(span.end));
        let (start, end) = (start.max(from), end.max(start).min(to));
        let left = floor(self.text, start.saturating_sub(REACH).max(from));
        let right = ceil(self.text, (end + REACH).min(to));
        let before = self.text.get(left..start).unwrap_or("");
        let after = self.text.get(end..right).unwrap_or("");
        let begins = left + last_border(before, self.text.get(left..right).unwrap_or(""));
        let ends = end + first_border(self.text.get(..end).unwrap_or(""), after);
        self.text.get(begins..ends).unwrap_or("").trim()
    }
}

/// The nearest character border at or before `at`.
fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The nearest character border at or after `at`.
fn ceil(text: &str, mut at: usize) -> usize {
    while at < text.len() && !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// Marks that end sentences in any script.
const ENDS: [char; 10] = ['.', '!', '?', '…', '。', '！', '？', '۔', '؟', '।'];

/// The bytes that a line end and the marks of [`ENDS`] begin with, and those that they end with: all
/// other bytes are passed over without a look at their character.
const FIRST: [bool; 256] = edges(false);
const LAST: [bool; 256] = edges(true);

const fn edges(last: bool) -> [bool; 256] {
    let mut all = [false; 256];
    all[b'\n' as usize] = true;
    let mut n = 0;
    while n < ENDS.len() {
        let mut room = [0; 4];
        let bytes = ENDS[n].encode_utf8(&mut room).as_bytes();
        let at = if last { bytes.len() - 1 } else { 0 };
        all[bytes[at] as usize] = true;
        n += 1;
    }
    all
}

fn ends_sentence(c: char) -> bool {
    ENDS.contains(&c)
}

/// The line ends and marks of [`ENDS`] in a text, the last first.
fn stops_back(text: &str) -> impl Iterator<Item = (usize, char)> {
    let bytes = text.as_bytes();
    let may = (0..bytes.len())
        .rev()
        .filter(|at| LAST[usize::from(bytes[*at])]);
    let stops = may.filter_map(|at| {
        let c = text.get(..=at)?.chars().next_back()?;
        Some((at + 1 - c.len_utf8(), c))
    });
    stops.filter(|(_, c)| *c == '\n' || ends_sentence(*c))
}

/// The same, the first first.
fn stops(text: &str) -> impl Iterator<Item = (usize, char)> {
    let bytes = text.bytes().enumerate();
    let may = bytes.filter(|(_, byte)| FIRST[usize::from(*byte)]);
    let stops = may.filter_map(|(at, _)| Some((at, text.get(at..)?.chars().next()?)));
    stops.filter(|(_, c)| *c == '\n' || ends_sentence(*c))
}

/// Whether the stop after these words is more than the mark of an abbreviation or an initial, given
/// what follows it.
fn full_stop(before: &str, rest: &str) -> bool {
    let word = before
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '"' | '”' | '“' | '»' | '«'))
        .next()
        .unwrap_or("");
    if word.contains('.') {
        return false;
    }
    let next = rest.trim_start().chars().next();
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    word.chars().count() > 3 || (!capital && next.is_none_or(|c| !c.is_numeric()))
}

/// Whether `text`, right after a closing mark, goes on with a new sentence.
fn opens_sentence(rest: &str) -> bool {
    let mut chars = rest.chars();
    match chars.next() {
        None | Some('\n') => true,
        Some(c) if c.is_whitespace() => chars
            .find(|c| !c.is_whitespace())
            .is_none_or(|c| !c.is_lowercase() && !matches!(c, ',' | ';' | ')' | '–' | '—' | '-')),
        Some(_) => false,
    }
}

/// Whether the mark `c` at `at` of `text` ends a sentence, given what follows its closing quotes.
fn is_border(text: &str, at: usize, c: char, rest: &str) -> bool {
    let wide = matches!(c, '。' | '！' | '？');
    let stop = c != '.' || full_stop(text.get(..at).unwrap_or(""), rest);
    wide || (stop && opens_sentence(rest))
}

/// The byte after the last sentence that ends in `before`, the beginning of `text`; 0 when it holds
/// no border.
fn last_border(before: &str, text: &str) -> usize {
    for (at, c) in stops_back(before) {
        if c == '\n' {
            return at + 1;
        }
        let end = after_closers(before, at + c.len_utf8());
        if is_border(before, at, c, text.get(end..).unwrap_or("")) {
            return end;
        }
    }
    0
}

/// The byte after the sentence that goes on in `after`; its length when it holds no border.
fn first_border(before: &str, after: &str) -> usize {
    let whole = before.trim_end();
    if whole.chars().next_back().is_some_and(ends_sentence) && opens_sentence(after) {
        return 0;
    }
    for (at, c) in stops(after) {
        if c == '\n' {
            return at;
        }
        let end = after_closers(after, at + c.len_utf8());
        let word_before = if at == 0 { before } else { after };
        let place = if at == 0 { before.len() } else { at };
        if is_border(word_before, place, c, after.get(end..).unwrap_or("")) {
            return end;
        }
    }
    after.len()
}

/// The byte after the quotation marks and brackets that close at `at`.
fn after_closers(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or("");
    let closers = rest
        .chars()
        .take_while(|c| {
            matches!(
                c,
                '"' | '”' | '“' | '’' | '\'' | '»' | '«' | ')' | ']' | '」' | '』'
            )
        })
        .map(char::len_utf8)
        .sum::<usize>();
    at + closers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::record::{BlockKind, BlockRecord};
    use crate::model::samples::record;

    fn around(text: &str, words: &str) -> String {
        let mut record = record("x");
        record.text = text.to_owned();
        record.blocks = vec![BlockRecord {
            kind: BlockKind::Paragraph,
            span: Span::new(0, text.chars().count() as u32),
        }];
        let at = text.find(words).unwrap();
        let start = text[..at].chars().count() as u32;
        let span = Span::new(start, start + words.chars().count() as u32);
        let index = TextIndex::new(text);
        assert_eq!(index.slice(span), words);
        index.sentence(&record, span).to_owned()
    }

    #[test]
    fn finds_the_sentence_and_passes_abbreviations() {
        let text =
            "Det var så. Bolaget betalar t.ex. 25 000 kr enligt Å. Öberg. Sedan är det slut.";
        let middle = "Bolaget betalar t.ex. 25 000 kr enligt Å. Öberg.";
        assert_eq!(around(text, "25 000"), middle);
        assert_eq!(around(text, "Bolaget"), middle);
        assert_eq!(around(text, "Öberg"), middle);
        assert_eq!(around(text, "Sedan"), "Sedan är det slut.");
    }

    #[test]
    fn keeps_the_attribution_after_a_quotation() {
        let text = "Han kom. “We will not stop!” said Öst on Monday. Nothing else.";
        assert_eq!(
            around(text, "We will not stop!"),
            "“We will not stop!” said Öst on Monday."
        );
        assert_eq!(
            around("他说：“好。”然后走了。另一句。", "然后"),
            "然后走了。"
        );
    }

    #[test]
    fn stops_are_found_from_either_side_among_all_characters() {
        let mut text = String::new();
        for c in (0..0x1_1000).filter_map(char::from_u32) {
            text.extend(['x', c]);
        }
        let is_stop = |(_, c): &(usize, char)| *c == '\n' || ends_sentence(*c);
        assert!(stops(&text).eq(text.char_indices().filter(is_stop)));
        assert!(stops_back(&text).eq(text.char_indices().rev().filter(is_stop)));
        assert_eq!(stops(&text).count(), ENDS.len() + 1);
    }

    #[test]
    fn counts_utf16_units() {
        let index = TextIndex::new("😀å b");
        assert_eq!((index.utf16(1), index.utf16(3), index.byte(2)), (2, 4, 6));
    }
}
