//! Responsible for the document that all stages read: one text, its tokens, sentences and blocks,
//! and the lexicon's word on each token.

use std::ops::Range;

use super::lexicon::{Class, Entry, Lexicon};
use super::token::{Token, TokenKind};
use crate::model::record::BlockKind;
use crate::model::span::Span;

/// A sentence: a range of tokens inside one block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Bytes, without white space at the ends.
    pub span: Span,
    /// Its tokens.
    pub tokens: Range<usize>,
    /// The block it stands in.
    pub block: usize,
}

/// A block: a line or paragraph of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Bytes, without white space at the ends.
    pub span: Span,
    /// How many empty lines stand before it.
    pub blank_before: u32,
    /// Its tokens; empty where the block belongs to another language.
    pub tokens: Range<usize>,
    /// Its sentences.
    pub sentences: Range<usize>,
}

impl Block {
    /// Whether the block is running prose, the place of speech and stances.
    pub fn is_prose(&self) -> bool {
        matches!(
            self.kind,
            BlockKind::Lead | BlockKind::Paragraph | BlockKind::QuoteHint | BlockKind::ListItem
        )
    }

    /// Whether the block belongs to a fact box.
    pub fn is_box(&self) -> bool {
        matches!(
            self.kind,
            BlockKind::BoxHeading | BlockKind::BoxItem | BlockKind::BoxSource
        )
    }
}

/// A lexicon phrase of two or more tokens that begins at a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Phrase {
    token: u32,
    len: u32,
    entry: Entry,
}

/// What the lexicon says at a token, in one class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// The number that the list registered.
    pub payload: u32,
    /// How many tokens the form covers.
    pub len: usize,
}

/// All that the lexicon says at a token in one class: phrases, longest first, then the word itself.
#[derive(Debug)]
pub struct Hits<'d> {
    class: Class,
    phrases: std::slice::Iter<'d, Phrase>,
    words: std::slice::Iter<'d, Entry>,
}

impl Iterator for Hits<'_> {
    type Item = Hit;

    #[inline]
    fn next(&mut self) -> Option<Hit> {
        let class = self.class;
        if let Some(phrase) = self.phrases.rfind(|p| p.entry.class == class) {
            return Some(Hit {
                payload: phrase.entry.payload,
                len: phrase.len as usize,
            });
        }
        let word = self.words.find(|e| e.class == class)?;
        Some(Hit {
            payload: word.payload,
            len: 1,
        })
    }
}

/// A text with everything that stages look at. Offsets are bytes.
#[derive(Debug)]
pub struct Doc<'a> {
    /// The article text.
    pub text: &'a str,
    /// The words that are known.
    pub lexicon: &'a Lexicon,
    /// All tokens, in order.
    pub tokens: Vec<Token>,
    /// All sentences, in order.
    pub sentences: Vec<Sentence>,
    /// All blocks, in order.
    pub blocks: Vec<Block>,
    phrases: Vec<Phrase>,
    /// For each token the classes of its word and of the phrases that begin at it.
    said: Vec<u64>,
}

impl<'a> Doc<'a> {
    /// A document from its parts; looks phrases up once.
    pub fn new(
        text: &'a str,
        lexicon: &'a Lexicon,
        tokens: Vec<Token>,
        sentences: Vec<Sentence>,
        blocks: Vec<Block>,
    ) -> Self {
        let mut tokens = tokens;
        let phrases = find_phrases(lexicon, &tokens);
        let mut said: Vec<u64> = tokens.iter().map(|t| t.classes).collect();
        for phrase in &phrases {
            tokens[phrase.token as usize].flags |= Token::PHRASE;
            said[phrase.token as usize] |= phrase.entry.class.bit();
        }
        Self {
            text,
            lexicon,
            tokens,
            sentences,
            blocks,
            phrases,
            said,
        }
    }

    /// The text of a token.
    pub fn word(&self, i: usize) -> &'a str {
        self.tokens.get(i).map_or("", |t| t.span().of(self.text))
    }

    /// The text from one token up to another, not included.
    pub fn words(&self, tokens: Range<usize>) -> &'a str {
        self.span(tokens).of(self.text)
    }

    /// The bytes that a range of tokens covers.
    pub fn span(&self, tokens: Range<usize>) -> Span {
        match (
            self.tokens.get(tokens.start),
            tokens.end.checked_sub(1).and_then(|e| self.tokens.get(e)),
        ) {
            (Some(first), Some(last)) if tokens.start < tokens.end => {
                Span::new(first.start, last.end)
            }
            _ => Span::default(),
        }
    }

    /// Whether a token is one of the given characters.
    #[inline]
    pub fn is_char(&self, i: usize, any_of: &[char]) -> bool {
        let Some(token) = self.tokens.get(i).filter(|t| t.end - t.start <= 4) else {
            return false;
        };
        let length = (token.end - token.start) as usize;
        match self.text.as_bytes().get(token.start as usize) {
            Some(byte) if byte.is_ascii() => length == 1 && any_of.contains(&char::from(*byte)),
            _ => {
                let first = token.span().of(self.text).chars().next();
                first.is_some_and(|c| c.len_utf8() == length && any_of.contains(&c))
            }
        }
    }

    /// The kind of a token; `Symbol` past the end.
    #[inline]
    pub fn kind(&self, i: usize) -> TokenKind {
        self.tokens.get(i).map_or(TokenKind::Symbol, |t| t.kind)
    }

    /// Whether the single word at `i` is in a class.
    #[inline]
    pub fn is(&self, i: usize, class: Class) -> bool {
        self.classes(i) & class.bit() != 0
    }

    /// Whether the single word at `i` is in any of the classes whose bits are set.
    #[inline]
    pub fn is_any(&self, i: usize, bits: u64) -> bool {
        self.classes(i) & bits != 0
    }

    /// The classes of the single word at `i`.
    #[inline]
    pub fn classes(&self, i: usize) -> u64 {
        self.tokens.get(i).map_or(0, |t| t.classes)
    }

    /// Whether the word at `i` or a phrase that begins there is in a class.
    #[inline]
    pub fn begins(&self, i: usize, class: Class) -> bool {
        self.said.get(i).is_some_and(|said| said & class.bit() != 0)
    }

    /// The classes of the word at `i` and of all phrases that begin there.
    #[inline]
    pub fn said(&self, i: usize) -> u64 {
        self.said.get(i).copied().unwrap_or(0)
    }

    /// The classes that are said at any token of a range.
    pub fn said_in(&self, tokens: Range<usize>) -> u64 {
        let said = self.said.get(tokens).unwrap_or(&[]);
        said.iter().fold(0, |all, said| all | said)
    }

    /// What the lexicon says in a class at `i`: the longest phrase, else the word.
    #[inline]
    pub fn find(&self, i: usize, class: Class) -> Option<Hit> {
        // Most tokens are asked for what they are not.
        if self.begins(i, class) {
            self.hits(i, class).next()
        } else {
            None
        }
    }

    /// Everything in a class at `i`: phrases, longest first, then the word itself.
    #[inline]
    pub fn find_all(&self, i: usize, class: Class) -> Hits<'_> {
        if self.begins(i, class) {
            self.hits(i, class)
        } else {
            Hits {
                class,
                phrases: [].iter(),
                words: [].iter(),
            }
        }
    }

    fn hits(&self, i: usize, class: Class) -> Hits<'_> {
        Hits {
            class,
            phrases: self.phrases_at(i).iter(),
            words: self.entries(i).iter(),
        }
    }

    /// The tokens at which a phrase begins, with what is said of the phrase, in order.
    pub fn phrase_starts(&self) -> impl Iterator<Item = (usize, Entry)> + '_ {
        self.phrases.iter().map(|p| (p.token as usize, p.entry))
    }

    /// All phrases that begin in a range of tokens: class and number, in order.
    pub fn phrases_in(&self, tokens: Range<usize>) -> impl Iterator<Item = (Class, u32)> + '_ {
        let from = self
            .phrases
            .partition_point(|p| (p.token as usize) < tokens.start);
        self.phrases[from..]
            .iter()
            .take_while(move |p| (p.token as usize) < tokens.end)
            .map(|p| (p.entry.class, p.entry.payload))
    }

    /// Everything that is said of the single word at `i`, in all classes.
    pub fn entries(&self, i: usize) -> &[Entry] {
        self.tokens
            .get(i)
            .map_or(&[], |t| self.lexicon.entries(t.word))
    }

    /// Phrases that begin at a token, shortest first.
    fn phrases_at(&self, i: usize) -> &[Phrase] {
        if self
            .tokens
            .get(i)
            .is_none_or(|t| t.flags & Token::PHRASE == 0)
        {
            return &[];
        }
        let from = self.phrases.partition_point(|p| (p.token as usize) < i);
        let len = self.phrases[from..]
            .iter()
            .take_while(|p| p.token as usize == i)
            .count();
        &self.phrases[from..from + len]
    }

    /// The first token that ends after a byte.
    pub fn token_at(&self, byte: u32) -> usize {
        self.tokens.partition_point(|t| t.end <= byte)
    }

    /// The sentence that holds a token.
    pub fn sentence_of(&self, i: usize) -> Option<usize> {
        let at = self.sentences.partition_point(|s| s.tokens.end <= i);
        self.sentences
            .get(at)
            .filter(|s| s.tokens.contains(&i))
            .map(|_| at)
    }

    /// The block that holds a token.
    pub fn block_of(&self, i: usize) -> Option<usize> {
        self.sentence_of(i)
            .map(|s| self.sentences[s].block)
            .or_else(|| self.blocks.iter().position(|b| b.tokens.contains(&i)))
    }
}

fn find_phrases(lexicon: &Lexicon, tokens: &[Token]) -> Vec<Phrase> {
    let mut out = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        if token.flags & Token::STARTS == 0 {
            continue;
        }
        let Some(mut node) = lexicon.phrase_root(token.word) else {
            continue;
        };
        for (n, next) in tokens[i + 1..].iter().enumerate() {
            if next.is_line_start() {
                break;
            }
            let Some(to) = lexicon.step(node, next.word) else {
                break;
            };
            node = to;
            out.extend(lexicon.phrase_entries(node).iter().map(|entry| Phrase {
                token: i as u32,
                len: n as u32 + 2,
                entry: *entry,
            }));
        }
    }
    out
}
