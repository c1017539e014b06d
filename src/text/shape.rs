//! Responsible for what the characters of one word tell together: its capitals, and whether it is its
//! own folded form.

use super::ascii::Run;
use super::chars::{self, LETTER, LOWER, STEADY, UPPER};
use super::token::Token;

/// What the characters of a word tell together.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    /// What the first letter is; 0 while there is none.
    first: u16,
    letters: usize,
    /// What all letters are.
    all: u16,
    /// What all characters are.
    steady: u16,
}

impl Shape {
    /// Of no characters.
    pub(super) const NONE: Self = Self {
        first: 0,
        letters: 0,
        all: LETTER | UPPER,
        steady: STEADY,
    };

    pub(super) fn of(piece: &str) -> Self {
        let mut shape = Self::NONE;
        piece.chars().for_each(|c| shape.take(chars::flags(c)));
        shape
    }

    /// Takes one character more by its flags.
    #[inline]
    pub(super) fn take(&mut self, kind: u16) {
        self.steady &= kind;
        if kind & LETTER != 0 {
            if self.letters == 0 {
                self.first = kind;
            }
            self.letters += 1;
            self.all &= kind;
        }
    }

    /// Takes a run of ASCII letters by its first byte.
    #[inline]
    pub(super) fn take_run(&mut self, run: Run, first: u8) {
        if run.has_capital {
            self.steady = 0;
        }
        if self.letters == 0 {
            self.first = if first.is_ascii_uppercase() {
                UPPER
            } else {
                LOWER
            };
        }
        self.letters += run.len;
        if run.has_small {
            self.all = 0;
        }
    }

    /// Whether the word is its own folded form.
    pub(super) const fn is_folded(self) -> bool {
        self.steady & STEADY != 0
    }

    /// What the capitals of the word say, as flags of its token.
    pub(super) const fn case(self) -> u8 {
        if self.letters == 0 || self.first & LOWER != 0 {
            0
        } else if self.first & UPPER == 0 {
            Token::CASELESS
        } else if self.letters > 1 && self.all & UPPER != 0 {
            Token::CAPITAL | Token::ALL_CAPS
        } else {
            Token::CAPITAL
        }
    }
}
