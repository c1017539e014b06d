//! Responsible for drawing text in a terminal with marks under it: wrapping, columns, underlines.

use unicode_normalization::char::is_combining_mark;

/// A range of characters of a text.
pub(super) type Chars = (usize, usize);

/// Something to mark under a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    /// The characters to underline.
    pub(super) at: Chars,
    /// What to draw under them.
    pub(super) sign: char,
    /// What to say beside it.
    pub(super) label: String,
    /// The SGR code of its color.
    pub(super) color: &'static str,
}

/// How to draw.
#[derive(Debug, Clone, Copy)]
pub(super) struct Canvas {
    /// Columns of the terminal.
    pub(super) width: usize,
    /// Whether to use color.
    pub(super) color: bool,
    /// Columns before every line.
    pub(super) indent: usize,
}

impl Canvas {
    /// Draws `chars[range]` in lines, each with the marks that lie in it.
    pub(super) fn draw(&self, chars: &[char], range: Chars, marks: &[Mark], out: &mut String) {
        let margin = " ".repeat(self.indent);
        for line in wrap(chars, range, self.width.saturating_sub(self.indent).max(20)) {
            out.push_str(&margin);
            out.extend(chars[line.0..line.1].iter().map(|c| visible(*c)));
            out.push('\n');
            for mark in marks {
                let (start, end) = (mark.at.0.max(line.0), mark.at.1.min(line.1));
                if start >= end {
                    continue;
                }
                let before = columns(&chars[line.0..start]);
                let under: String = mark
                    .sign
                    .to_string()
                    .repeat(columns(&chars[start..end]).max(1));
                // The label stands where the mark begins.
                let label = if start == mark.at.0 {
                    mark.label.as_str()
                } else {
                    ""
                };
                out.push_str(&margin);
                out.push_str(&" ".repeat(before));
                out.push_str(&self.paint(mark.color, &format!("{under} {label}")));
                out.push('\n');
            }
        }
    }

    /// A text in a color.
    pub(super) fn paint(&self, color: &str, text: &str) -> String {
        let text = text.trim_end();
        if self.color {
            format!("\u{1b}[{color}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
}

/// Control characters and directional overrides become visible.
fn visible(c: char) -> char {
    match c {
        '\n' | '\t' => ' ',
        c if c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') => {
            '\u{fffd}'
        }
        c => c,
    }
}

/// Lines of at most `width` columns, broken at spaces where there are any.
fn wrap(chars: &[char], (start, end): Chars, width: usize) -> Vec<Chars> {
    let end = end.min(chars.len());
    let mut out = Vec::new();
    let mut from = start;
    while from < end {
        let (mut used, mut at, mut space) = (0, from, None);
        while at < end {
            used += column(chars[at]);
            if used > width {
                break;
            }
            if chars[at].is_whitespace() {
                space = Some(at);
            }
            at += 1;
        }
        let (to, next) = match space {
            _ if at == end => (end, end),
            Some(space) if space > from => (space, space + 1),
            _ => (at.max(from + 1), at.max(from + 1)),
        };
        out.push((from, to));
        from = next;
    }
    out
}

fn columns(chars: &[char]) -> usize {
    chars.iter().map(|c| column(*c)).sum()
}

/// How many columns a character takes.
fn column(c: char) -> usize {
    match c as u32 {
        0x200b..=0x200f | 0x2060..=0x2064 | 0xfe00..=0xfe0f | 0xfeff => 0,
        0x1100..=0x115f
        | 0x2e80..=0xa4cf
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff00..=0xff60
        | 0xffe0..=0xffe6
        | 0x1f300..=0x1f64f
        | 0x1f900..=0x1f9ff
        | 0x20000..=0x3fffd => 2,
        _ if is_combining_mark(c) => 0,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draw(text: &str, width: usize, marks: &[Mark]) -> String {
        let chars: Vec<char> = text.chars().collect();
        let mut out = String::new();
        let canvas = Canvas {
            width,
            color: false,
            indent: 0,
        };
        canvas.draw(&chars, (0, chars.len()), marks, &mut out);
        out
    }

    fn mark(at: Chars, label: &str) -> Mark {
        Mark {
            at,
            sign: '^',
            label: label.into(),
            color: "1",
        }
    }

    #[test]
    fn marks_stand_under_their_words() {
        let drawn = draw(
            "– Vi vill, säger hon.",
            80,
            &[mark((2, 9), "q001"), mark((11, 16), "cue")],
        );
        assert_eq!(
            drawn,
            "– Vi vill, säger hon.\n  ^^^^^^^ q001\n           ^^^^^ cue\n"
        );
    }

    #[test]
    fn long_text_is_wrapped_and_wide_letters_take_two_columns() {
        let drawn = draw(
            "one two three four five six seven",
            20,
            &[mark((8, 23), "x")],
        );
        assert_eq!(
            drawn,
            "one two three four\n        ^^^^^^^^^^ x\nfive six seven\n^^^^\n"
        );
        assert_eq!(
            draw("东京都民", 80, &[mark((1, 2), "c")]),
            "东京都民\n  ^^ c\n"
        );
        let long = "x".repeat(45);
        assert_eq!(draw(&long, 20, &[]).lines().count(), 3);
    }
}
