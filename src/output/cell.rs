//! Responsible for cells: typed values, and the bytes that each becomes in a CSV file.
//!
//! A text cell never holds a control character, never becomes a formula, and is never longer than
//! a spreadsheet takes; each of these changes is counted or flagged.

use std::borrow::Cow;
use std::io::Write;

use super::options::{Dialect, Escape, Newlines};

/// One value of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'a> {
    /// Nothing known.
    Empty,
    /// Text.
    Text(Cow<'a, str>),
    /// A whole number.
    Integer(i64),
    /// A number with decimals.
    Real(f64),
    /// `true` or `false`.
    Flag(bool),
    /// Whether another cell of the row was cut; filled in by the writer.
    Truncated,
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}
impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}
impl<'a> From<&'a String> for Cell<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}
impl From<u32> for Cell<'_> {
    fn from(n: u32) -> Self {
        Self::Integer(i64::from(n))
    }
}
impl From<u64> for Cell<'_> {
    fn from(n: u64) -> Self {
        Self::Integer(i64::try_from(n).unwrap_or(i64::MAX))
    }
}
impl From<usize> for Cell<'_> {
    fn from(n: usize) -> Self {
        Self::Integer(i64::try_from(n).unwrap_or(i64::MAX))
    }
}
impl From<bool> for Cell<'_> {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}
impl<'a, T: Into<Cell<'a>>> From<Option<T>> for Cell<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

/// What was changed in text cells so that a table can be opened safely.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Changes {
    /// Control characters that became U+FFFD.
    pub controls: u64,
    /// Directional overrides and isolates that were taken out.
    pub bidi: u64,
    /// Cells with a guarding `'`.
    pub guarded: u64,
    /// Cells that were cut.
    pub cut: u64,
}

impl Changes {
    /// Adds another count to this one.
    pub fn add(&mut self, other: Self) {
        self.controls += other.controls;
        self.bidi += other.bidi;
        self.guarded += other.guarded;
        self.cut += other.cut;
    }
}

/// The sign of a cell that was cut.
const ELLIPSIS: char = '…';

/// Whether a text that begins so could be read as a formula, or could be mistaken for a guarded
/// one.
fn starts_like_formula(first: char) -> bool {
    matches!(
        first,
        '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠' | '\''
    )
}

/// What stands for a character of the text in a cell.
enum Shown {
    Same,
    Break,
    Replaced,
    Hidden,
}

fn shown(c: char, dialect: &Dialect) -> Shown {
    match c {
        '\r' | '\n' => Shown::Break,
        '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
            if dialect.newlines == Newlines::Space =>
        {
            Shown::Break
        }
        '\t' => Shown::Same,
        '\u{0}'..='\u{1f}' | '\u{7f}' => Shown::Replaced,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' if dialect.strip_bidi => Shown::Hidden,
        _ => Shown::Same,
    }
}

/// Whether no character of a text is shown otherwise, in any dialect.
fn is_plain(text: &[u8]) -> bool {
    // Without a branch a loop over bytes is done many bytes at a time.
    #[allow(clippy::needless_bitwise_bool)]
    let control = |byte: u8| (byte < b' ') & (byte != b'\t') | (byte == 0x7f);
    if text.iter().fold(false, |any, byte| any | control(*byte)) {
        return false;
    }
    memchr::memchr2_iter(0xc2, 0xe2, text).all(|at| match text.get(at..) {
        Some([0xc2, next, ..]) => *next != 0x85,
        Some([_, second, third, ..]) => {
            !matches!((second, third), (0x80, 0xa8..=0xae) | (0x81, 0xa6..=0xa9))
        }
        _ => true,
    })
}

/// Makes a text safe for a cell: the guard, control characters, line breaks and the cut.
///
/// Returns the text and whether it was cut.
pub fn safe_text<'a>(
    text: &'a str,
    dialect: &Dialect,
    changes: &mut Changes,
) -> (Cow<'a, str>, bool) {
    let Some(first) = text.chars().next() else {
        return (Cow::Borrowed(text), false);
    };
    let limit = dialect.max_cell.unwrap_or(usize::MAX);
    let guard = dialect.escape == Escape::Apostrophe && starts_like_formula(first);
    if text.len() < limit && !guard && is_plain(text.as_bytes()) {
        return (Cow::Borrowed(text), false);
    }
    let mut out = String::with_capacity(text.len().min(limit) + 4);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match shown(c, dialect) {
            Shown::Same => out.push(c),
            Shown::Hidden => changes.bidi += 1,
            Shown::Replaced => {
                changes.controls += 1;
                out.push('\u{fffd}');
            }
            Shown::Break if dialect.newlines == Newlines::Keep => {
                if c == '\r' && chars.peek() == Some(&'\n') {
                    chars.next();
                }
                out.push('\n');
            }
            Shown::Break => {
                while chars
                    .peek()
                    .is_some_and(|c| matches!(shown(*c, dialect), Shown::Break))
                {
                    chars.next();
                }
                out.push(' ');
            }
        }
    }
    if dialect.escape == Escape::Apostrophe && out.chars().next().is_some_and(starts_like_formula) {
        changes.guarded += 1;
        out.insert(0, '\'');
    }
    let cut = cut_to(&mut out, limit);
    changes.cut += u64::from(cut);
    (Cow::Owned(out), cut)
}

/// Cuts a text to `limit` UTF-16 units, the ellipsis among them.
fn cut_to(text: &mut String, limit: usize) -> bool {
    if text.len() <= limit || text.encode_utf16().count() <= limit {
        return false;
    }
    let mut units = 0;
    let end = text
        .char_indices()
        .find(|(_, c)| {
            units += c.len_utf16();
            units > limit - 1
        })
        .map_or(text.len(), |(at, _)| at);
    text.truncate(end);
    text.push(ELLIPSIS);
    true
}

/// Writes one row, with its line end.
pub fn write_row(out: &mut Vec<u8>, cells: &[Cell<'_>], dialect: &Dialect, changes: &mut Changes) {
    let cut_before = changes.cut;
    write_cells(out, cells, dialect, changes, cut_before);
    out.extend_from_slice(dialect.line_end.as_bytes());
}

/// Writes the cells of a row, or of its beginning, without a line end.
///
/// `cut_before` is the count of cut cells when the row began.
pub fn write_cells(
    out: &mut Vec<u8>,
    cells: &[Cell<'_>],
    dialect: &Dialect,
    changes: &mut Changes,
    cut_before: u64,
) {
    for (n, cell) in cells.iter().enumerate() {
        if n > 0 {
            out.push(dialect.delimiter);
        }
        match cell {
            Cell::Empty => {}
            // Writing to memory cannot fail.
            Cell::Integer(n) => {
                let _ = write!(out, "{n}");
            }
            Cell::Flag(flag) => write_flag(out, *flag),
            Cell::Truncated => write_flag(out, changes.cut > cut_before),
            Cell::Real(x) => write_real(out, *x, dialect),
            Cell::Text(text) => {
                let (text, _) = safe_text(text, dialect, changes);
                write_text(out, &text, dialect);
            }
        }
    }
}

fn write_flag(out: &mut Vec<u8>, flag: bool) {
    out.extend_from_slice(if flag { b"true" } else { b"false" });
}

fn write_real(out: &mut Vec<u8>, x: f64, dialect: &Dialect) {
    if !x.is_finite() {
        return;
    }
    let from = out.len();
    let _ = write!(out, "{x}");
    if dialect.decimal != b'.' {
        for byte in &mut out[from..] {
            if *byte == b'.' {
                *byte = dialect.decimal;
            }
        }
    }
}

fn write_text(out: &mut Vec<u8>, text: &str, dialect: &Dialect) {
    let bytes = text.as_bytes();
    let special = |b: &u8| *b == b'"' || *b == b'\n' || *b == b'\r' || *b == dialect.delimiter;
    let edge = |b: Option<&u8>| b.is_none_or(|b| *b == b' ' || *b == b'\t');
    let quote = dialect.quote_text
        || bytes.iter().any(special)
        || edge(bytes.first())
        || edge(bytes.last());
    if !quote {
        out.extend_from_slice(bytes);
        return;
    }
    out.push(b'"');
    let mut from = 0;
    for at in memchr::memchr_iter(b'"', bytes) {
        out.extend_from_slice(&bytes[from..=at]);
        out.push(b'"');
        from = at + 1;
    }
    out.extend_from_slice(&bytes[from..]);
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::options::{CsvOptions, Profile};

    fn dialect(profile: Profile) -> Dialect {
        CsvOptions {
            profile,
            ..CsvOptions::default()
        }
        .dialect()
        .unwrap()
    }

    fn row(cells: &[Cell<'_>], dialect: &Dialect) -> (String, Changes) {
        let (mut out, mut changes) = (Vec::new(), Changes::default());
        write_row(&mut out, cells, dialect, &mut changes);
        (String::from_utf8(out).unwrap(), changes)
    }

    #[test]
    fn text_is_quoted_and_numbers_are_bare() {
        let cells = [
            "a \"b\", c".into(),
            Cell::Integer(7),
            Cell::Real(0.75),
            Cell::Empty,
            true.into(),
        ];
        assert_eq!(
            row(&cells, &dialect(Profile::Analyst)).0,
            "\"a \"\"b\"\", c\",7,0.75,,true\r\n"
        );
        assert_eq!(
            row(&cells, &dialect(Profile::ExcelEu)).0,
            "\"a \"\"b\"\", c\";7;0,75;;true\r\n"
        );
        assert_eq!(
            row(&["00042".into(), 7u32.into()], &dialect(Profile::Plain)).0,
            "00042,7\n"
        );
    }

    #[test]
    fn the_guard_is_undone_by_taking_one_apostrophe() {
        for text in [
            "=1+1",
            "+46",
            "- Vi vill",
            "@x",
            "\tx",
            "'quoted'",
            "''",
            "＝1",
            "－",
            "'",
        ] {
            let mut changes = Changes::default();
            let (safe, _) = safe_text(text, &dialect(Profile::Analyst), &mut changes);
            assert_eq!(safe.strip_prefix('\''), Some(text));
            assert_eq!(changes.guarded, 1);
        }
        for text in ["– Vi vill", "−5", "a=1", " =1", "1-2", ""] {
            let mut changes = Changes::default();
            let (safe, _) = safe_text(text, &dialect(Profile::Analyst), &mut changes);
            assert_eq!(safe, text);
            assert_eq!(changes, Changes::default());
        }
    }

    #[test]
    fn a_formula_hidden_behind_a_control_is_no_formula() {
        let mut changes = Changes::default();
        let analyst = dialect(Profile::Analyst);
        assert_eq!(
            safe_text("\0=1+1", &analyst, &mut changes).0,
            "\u{fffd}=1+1"
        );
        assert_eq!(changes.controls, 1);
        assert_eq!(safe_text("\u{202e}=1+1", &analyst, &mut changes).0, "'=1+1");
        assert_eq!(changes.bidi, 1);
    }

    #[test]
    fn line_breaks_become_one_space_or_stay() {
        let mut changes = Changes::default();
        let text = "a\r\n\r\nb\u{2028}c\u{b}d";
        assert_eq!(
            safe_text(text, &dialect(Profile::Analyst), &mut changes).0,
            "a b c d"
        );
        assert_eq!(
            safe_text(text, &dialect(Profile::Plain), &mut changes).0,
            "a\n\nb\u{2028}c\u{fffd}d"
        );
    }

    #[test]
    fn long_cells_are_cut_in_utf16_units_and_flagged() {
        let analyst = dialect(Profile::Analyst);
        let text = "😀".repeat(16_001);
        let (out, changes) = row(&[text.as_str().into(), Cell::Truncated], &analyst);
        let cell = out
            .strip_prefix('"')
            .unwrap()
            .strip_suffix("\",true\r\n")
            .unwrap();
        assert_eq!(cell.encode_utf16().count(), 31_999);
        assert!(cell.ends_with('…'));
        assert_eq!(changes.cut, 1);
        let exact = "å".repeat(32_000);
        assert_eq!(
            row(&[exact.as_str().into(), Cell::Truncated], &analyst)
                .1
                .cut,
            0
        );
        let guarded = format!("={}", "x".repeat(31_999));
        assert_eq!(
            safe_text(&guarded, &analyst, &mut Changes::default())
                .0
                .encode_utf16()
                .count(),
            32_000
        );
    }

    #[test]
    fn impossible_dialects_are_refused_with_a_hint() {
        let options = CsvOptions {
            delimiter: Some('x'),
            ..CsvOptions::default()
        };
        assert_eq!(options.dialect().unwrap_err().exit_code(), 2);
        let options = CsvOptions {
            profile: Profile::ExcelEu,
            delimiter: Some(','),
            ..CsvOptions::default()
        };
        assert!(options.dialect().is_err());
    }
}
