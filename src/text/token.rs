//! Responsible for the token: a word, number, mark or sign with its place and its lexicon entry.

use crate::model::span::Span;

/// A word's number in its lexicon; [`UNKNOWN`] when the lexicon does not have it.
pub type WordId = u32;

/// The id of every word that the lexicon does not know.
pub const UNKNOWN: WordId = 0;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum TokenKind {
    /// Letters, with inner hyphens and apostrophes.
    Word,
    /// Digits with their inner separators.
    Number,
    /// A quotation mark of any shape, apostrophes outside words included.
    Mark,
    /// A hyphen, dash or minus outside words.
    Dash,
    /// Sentence punctuation, brackets and the like.
    Punct,
    /// Anything else.
    Symbol,
}

/// One token. Offsets are bytes of the article text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// First byte.
    pub start: u32,
    /// First byte after.
    pub end: u32,
    /// Its entry in the lexicon.
    pub word: WordId,
    /// The lexicon's classes of the word, as bits.
    pub classes: u64,
    /// A hash of the folded form, for counting words that no lexicon knows.
    pub hash: u32,
    /// What it is made of.
    pub kind: TokenKind,
    /// Bits of [`Token::SPACED`] and its siblings.
    pub flags: u8,
}

impl Token {
    /// White space (or a line start) stands before it.
    pub const SPACED: u8 = 1;
    /// Its first letter is a capital.
    pub const CAPITAL: u8 = 2;
    /// All its letters are capitals, and there are at least two.
    pub const ALL_CAPS: u8 = 4;
    /// It holds a digit.
    pub const DIGIT: u8 = 8;
    /// It is the first of its line.
    pub const LINE_START: u8 = 16;
    /// Its script has no capitals.
    pub const CASELESS: u8 = 32;

    /// A phrase of the lexicon begins here.
    pub const PHRASE: u8 = 64;
    /// Phrases of the lexicon begin with its word.
    pub const STARTS: u8 = 128;

    /// Its place.
    pub const fn span(&self) -> Span {
        Span::new(self.start, self.end)
    }

    /// Whether white space stands before it.
    pub const fn is_spaced(&self) -> bool {
        self.flags & Self::SPACED != 0
    }

    /// Whether its first letter is a capital.
    pub const fn is_capital(&self) -> bool {
        self.flags & Self::CAPITAL != 0
    }

    /// Whether all its letters are capitals.
    pub const fn is_all_caps(&self) -> bool {
        self.flags & Self::ALL_CAPS != 0
    }

    /// Whether it is the first of its line.
    pub const fn is_line_start(&self) -> bool {
        self.flags & Self::LINE_START != 0
    }

    /// Whether it is a word.
    pub fn is_word(&self) -> bool {
        self.kind == TokenKind::Word
    }
}
