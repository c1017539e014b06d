//! Responsible for what a line looks like, before anything is known of its meaning: bullet, ending,
//! length, letters.

use crate::model::article::HintKind;
use crate::model::span::Span;
use crate::text::tokenize::{is_dash, is_digit, is_mark};

/// How a line is led in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bullet {
    /// By nothing.
    None,
    /// By a dash, which may also open speech.
    Dash,
    /// By a sign that only lists use.
    Sign,
    /// By a number with a full stop or bracket.
    Number(u32),
}

/// How a line ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// With a letter or digit.
    Open,
    /// With a full stop, an exclamation mark, an ellipsis.
    Stop,
    /// With a question mark.
    Question,
    /// With a colon.
    Colon,
    /// With a comma or semicolon.
    Comma,
    /// With a quotation mark.
    Mark,
    /// With a closing bracket.
    Bracket,
}

/// A line (or several that hard wrapping made of one) and its looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shape {
    /// Bytes, without white space at the ends.
    pub(super) span: Span,
    /// How many empty lines stand before it.
    pub(super) blank_before: u32,
    /// What the format says it is.
    pub(super) hint: Option<HintKind>,
    /// How it is led in.
    pub(super) bullet: Bullet,
    /// The line without bullet, number and mark-up signs.
    pub(super) content: Span,
    /// The content's length in code points.
    pub(super) chars: u32,
    /// How the content ends.
    pub(super) ending: Ending,
    /// The content stands in bold or heading signs of a mark-up.
    pub(super) marked: bool,
}

impl Shape {
    /// Looks at one line.
    pub(super) fn of(text: &str, span: Span, blank_before: u32) -> Self {
        let line = span.of(text);
        let (marked, inner) = unmarked(line);
        let (bullet, rest) = bullet(inner);
        let (bold, content) = unmarked(rest);
        let start = span.start + (content.as_ptr() as usize - line.as_ptr() as usize) as u32;
        Self {
            span,
            blank_before,
            hint: None,
            bullet,
            content: Span::new(start, start + content.len() as u32),
            chars: content.chars().count() as u32,
            ending: ending(content),
            marked: marked || bold,
        }
    }

    /// Whether it could head what follows: short, without bullet and without a sentence's end.
    pub(super) fn is_heading_like(&self, limit: u32) -> bool {
        if self.hint == Some(HintKind::Heading) {
            return true;
        }
        let open = matches!(
            self.ending,
            Ending::Open | Ending::Question | Ending::Colon | Ending::Bracket
        ) || (self.marked && self.ending == Ending::Mark);
        self.bullet == Bullet::None && self.hint.is_none() && open && self.chars <= limit
    }

    /// Whether the format or the line itself makes it an item of a list.
    pub(super) fn is_item(&self) -> bool {
        self.bullet != Bullet::None || self.hint == Some(HintKind::ListItem)
    }
}

/// A line without the signs of Markdown headings and emphasis around it.
fn unmarked(line: &str) -> (bool, &str) {
    let inner = if let Some(rest) = line.strip_prefix('#') {
        rest.trim_start_matches('#')
    } else {
        ["**", "__"]
            .iter()
            .find_map(|m| line.strip_prefix(m)?.strip_suffix(m))
            .unwrap_or(line)
    };
    let trimmed = inner.trim();
    if trimmed.is_empty() {
        return (false, line);
    }
    (inner.len() < line.len(), trimmed)
}

/// The bullet of a line and what follows it.
fn bullet(line: &str) -> (Bullet, &str) {
    let mut chars = line.chars();
    let Some(first) = chars.next() else {
        return (Bullet::None, line);
    };
    let rest = chars.as_str();
    let spaced = rest.starts_with(char::is_whitespace);
    let content = rest.trim_start();
    if content.is_empty() {
        return (Bullet::None, line);
    }
    match first {
        '•' | '▪' | '■' | '●' | '►' | '▶' | '▸' | '‣' | '◦' | '○' | '□' | '◆' | '◇' | '➤' | '➔'
        | '→' | '✓' | '✔' | '★' | '☆' | '◾' | '◼' | '∙' | '⁃' | '・' => {
            (Bullet::Sign, content)
        }
        '·' | '*' | '+' | '>' | '¤' if spaced => (Bullet::Sign, content),
        '-' if !spaced && !content.starts_with(opens_speech) => (Bullet::None, line),
        c if is_dash(c) => (Bullet::Dash, content),
        _ => number(line).unwrap_or((Bullet::None, line)),
    }
}

/// What may follow a dash of speech directly.
fn opens_speech(c: char) -> bool {
    c.is_alphabetic() || is_mark(c) || matches!(c, '¿' | '¡' | '…')
}

/// "1. ", "1) ", "(1) ", "1、", "a) ".
fn number(line: &str) -> Option<(Bullet, &str)> {
    let body = line.strip_prefix('(').unwrap_or(line);
    let digits = body
        .find(|c: char| !is_digit(c))
        .filter(|n| (1..=8).contains(n));
    let (value, rest) = if let Some(n) = digits {
        let (figure, rest) = body.split_at(n);
        let value = figure
            .chars()
            .filter_map(crate::text::tokenize::digit_value)
            .fold(0, |sum: u32, d| sum.saturating_mul(10).saturating_add(d));
        (value, rest)
    } else {
        let letter = body.bytes().next().filter(u8::is_ascii_lowercase)?;
        (u32::from(letter - b'a') + 1, body.get(1..)?)
    };
    let after = rest
        .strip_prefix([')', '）'])
        .or_else(|| digits.and_then(|_| rest.strip_prefix(['.', '、', '．'])))?;
    let dense = rest.starts_with(['、', '．', '）']);
    let content = after.trim_start();
    let fits = value <= 40 && (dense || content.len() < after.len()) && !content.is_empty();
    fits.then_some((Bullet::Number(value), content))
}

fn ending(content: &str) -> Ending {
    // "… on Thursday. (ABC)" ends before the bracket.
    if let Some((before, _)) = content.strip_suffix(')').and_then(|c| c.rsplit_once('('))
        && ending(before.trim_end()) == Ending::Stop
    {
        return Ending::Stop;
    }
    match content.trim_end_matches(['*', '_']).chars().next_back() {
        Some('.' | '!' | '…' | '。' | '！' | '।' | '॥' | '۔' | '։') => Ending::Stop,
        Some('?' | '？' | '؟' | ';') if !content.ends_with(';') => Ending::Question,
        Some(':' | '：') => Ending::Colon,
        Some(',' | ';' | '،' | '、' | '；' | '؛' | '，') => Ending::Comma,
        Some(')' | ']' | '）') => Ending::Bracket,
        Some(c) if is_mark(c) => Ending::Mark,
        _ => Ending::Open,
    }
}

/// Whether all letters are capitals, and there are at least two.
pub(super) fn is_caps(line: &str) -> bool {
    let mut count = 0;
    for c in line.chars().filter(|c| c.is_alphabetic()) {
        if !c.is_uppercase() {
            return false;
        }
        count += 1;
    }
    count >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(line: &str) -> (Bullet, &str, Ending) {
        let s = Shape::of(line, Span::new(0, line.len() as u32), 0);
        (s.bullet, s.content.of(line), s.ending)
    }

    #[test]
    fn bullets_numbers_and_marked_headings() {
        assert_eq!(shape("• Ett"), (Bullet::Sign, "Ett", Ending::Open));
        assert_eq!(shape("2) Två."), (Bullet::Number(2), "Två.", Ending::Stop));
        assert_eq!(shape("– Nej?"), (Bullet::Dash, "Nej?", Ending::Question));
        assert_eq!(shape("**Rubrik**"), (Bullet::None, "Rubrik", Ending::Open));
        assert_eq!(shape("## Fakta:"), (Bullet::None, "Fakta:", Ending::Colon));
        assert_eq!(shape("-3,2 procent").0, Bullet::None);
        assert_eq!(shape("16.22 Ordet fritt").0, Bullet::None);
        assert_eq!(shape("1872 – hutě").0, Bullet::None);
        assert_eq!(shape("・予算").0, Bullet::Sign);
    }
}
