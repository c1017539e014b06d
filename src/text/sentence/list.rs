//! Responsible for lists inside one line: "1. … 2. … 3. …", each item a sentence of its own.

use super::Cutter;
use crate::text::token::TokenKind;

/// A line that begins with the first item of a list.
pub(super) struct List {
    /// The item that is expected next.
    next: u32,
    /// Items are letters.
    letters: bool,
    /// What stands after a number or letter: `.`, `)` or `.)`.
    closing: [bool; 2],
    /// A bullet before the number.
    bullet: Option<char>,
}

impl List {
    /// The list that a line opens, if it does.
    pub(super) fn open(cutter: &Cutter<'_>, start: usize) -> Option<Self> {
        let bullet = cutter.first_char(start).filter(|c| is_bullet(*c));
        let at = start + usize::from(bullet.is_some());
        let (value, letters) = value(cutter, at)?;
        let closing = closing(cutter, at)?;
        Some(Self {
            next: value + 1,
            letters,
            closing,
            bullet,
        })
    }

    /// Whether the next item begins at a token.
    pub(super) fn takes(&mut self, cutter: &Cutter<'_>, i: usize) -> bool {
        let at = i + usize::from(self.bullet.is_some());
        let begins = cutter.is_spaced(i)
            && self.bullet.is_none_or(|b| cutter.first_char(i) == Some(b))
            && value(cutter, at) == Some((self.next, self.letters))
            && closing(cutter, at) == Some(self.closing)
            && (self.bullet.is_some()
                || !cutter.is_small(
                    at + 1 + usize::from(self.closing[0]) + usize::from(self.closing[1]),
                ));
        self.next += u32::from(begins);
        begins
    }
}

/// The number or letter at a token.
fn value(cutter: &Cutter<'_>, at: usize) -> Option<(u32, bool)> {
    let word = cutter.word(at);
    match cutter.kind(at)? {
        TokenKind::Number if word.len() <= 2 => word.parse().ok().map(|n| (n, false)),
        TokenKind::Word if word.len() == 1 => Some((u32::from(word.as_bytes()[0]), true)),
        _ => None,
    }
}

/// Whether a full stop and a bracket follow; `None` when neither does.
fn closing(cutter: &Cutter<'_>, at: usize) -> Option<[bool; 2]> {
    let glued = |i: usize, sign: &str| cutter.word(i) == sign && !cutter.is_spaced(i);
    let stop = glued(at + 1, ".");
    let bracket = glued(at + 1 + usize::from(stop), ")");
    let found = [stop, bracket];
    let after = at + 1 + usize::from(stop) + usize::from(bracket);
    (found != [false; 2] && cutter.is_spaced(after)).then_some(found)
}

pub(super) const fn is_bullet(c: char) -> bool {
    matches!(c, '•' | '⁃' | '·' | '‣' | '▪' | '■' | '●' | '*' | '-' | '–')
}
