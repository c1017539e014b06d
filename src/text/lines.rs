//! Responsible for cutting a text into its lines, the hard limits of sentences and blocks.

use crate::model::span::Span;

/// One line without the white space at its ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Its place, in bytes.
    pub span: Span,
    /// How many empty lines stand before it.
    pub blank_before: u32,
}

/// The lines of `text` that hold more than white space.
pub fn lines(text: &str) -> Vec<Line> {
    let mut out = Vec::new();
    let (mut start, mut blank) = (0usize, 0u32);
    let bytes = text.as_bytes();
    while start <= bytes.len() {
        let end = next_break(text, start);
        let span = Span::new(start as u32, end as u32).trimmed(text);
        if span.is_empty() {
            blank += 1;
        } else {
            out.push(Line {
                span,
                blank_before: blank,
            });
            blank = 0;
        }
        if end >= bytes.len() {
            break;
        }
        start = end + break_len(&bytes[end..]);
    }
    out
}

/// The next line feed, carriage return, U+2028 or U+2029 at or after `start`.
fn next_break(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    while let Some(found) = memchr::memchr3(b'\n', b'\r', 0xe2, &bytes[at..]) {
        at += found;
        if bytes[at] != 0xe2 || matches!(bytes.get(at..at + 3), Some([_, 0x80, 0xa8 | 0xa9])) {
            return at;
        }
        at += 1;
    }
    bytes.len()
}

fn break_len(rest: &[u8]) -> usize {
    match rest {
        [b'\r', b'\n', ..] => 2,
        [0xe2, ..] => 3,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_know_the_gap_before_them() {
        let text = "A\r\n\n\n  B \u{2028}C – d";
        let got: Vec<_> = lines(text)
            .iter()
            .map(|l| (l.span.of(text), l.blank_before))
            .collect();
        assert_eq!(got, [("A", 0), ("B", 2), ("C – d", 0)]);
    }
}
