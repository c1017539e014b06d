//! Responsible for what the clause reader asks of the same tokens again and again: each is read once
//! and what was found is kept as bits.

use std::cell::Cell;

use super::clause::{Intro, Left};
use super::context::Context;
use crate::pack::stances::{Help, Place, Shape, Voice};
use crate::text::lexicon::Class;
use crate::text::token::TokenKind;

/// The token was read.
const READ: u64 = 1;
/// A comma.
pub(super) const COMMA: u64 = 1 << 1;
/// A sign that ends whatever phrase stands before it.
pub(super) const BREAK: u64 = 1 << 2;
/// A quotation mark.
pub(super) const MARK: u64 = 1 << 3;
/// A dash.
pub(super) const DASH: u64 = 1 << 4;
/// An opening bracket.
pub(super) const OPENS: u64 = 1 << 5;
/// A closing bracket.
pub(super) const CLOSES: u64 = 1 << 6;
/// Verbatim speech begins or ends behind the token.
pub(super) const BORDER: u64 = 1 << 7;
/// A finite verb.
pub(super) const FINITE: u64 = 1 << 8;
/// A verb among the stance cues.
pub(super) const CUE_VERB: u64 = 1 << 9;
/// A word that may stand between a verb and its subject or object.
pub(super) const FILLER: u64 = 1 << 10;
/// A time word.
pub(super) const TIME: u64 = 1 << 11;

/// Where the clause that the word opens is kept: 0 for not read, 1 for none.
const INTRO: u32 = 16;
/// Whether the beginning of the token's clause is kept; then how far back it lies and what opens it.
const LEFT: u32 = 20;
const LEFT_BACK: u32 = 21;
const LEFT_INTRO: u32 = 27;
/// The first helper word.
const HELP: u32 = 32;

/// What is known of each token.
#[derive(Debug)]
pub(super) struct Known(Vec<Cell<u64>>);

impl Known {
    /// Nothing, of so many tokens.
    pub(super) fn new(tokens: usize) -> Self {
        Self(vec![Cell::new(0); tokens])
    }

    fn add(&self, i: usize, bits: u64) {
        if let Some(cell) = self.0.get(i) {
            cell.set(cell.get() | bits);
        }
    }
}

impl Context<'_> {
    /// What is known of a token.
    #[inline]
    pub(super) fn known(&self, i: usize) -> u64 {
        match self.known.0.get(i).map(Cell::get) {
            Some(0) => self.learn(i),
            Some(bits) => bits,
            None => 0,
        }
    }

    /// Whether a token is a helper word of a kind, or a phrase of that kind begins there.
    #[inline]
    pub(super) fn is_help(&self, i: usize, help: Help) -> bool {
        self.known(i) & Self::help_bit(help) != 0
    }

    const fn help_bit(help: Help) -> u64 {
        1 << (HELP + help as u32)
    }

    #[inline(never)]
    fn learn(&self, i: usize) -> u64 {
        const SLIGHT: u64 = Class::Adverb.bit()
            | Class::Negation.bit()
            | Class::Intensifier.bit()
            | Class::Hedge.bit();
        const TIMES: u64 = Class::Weekday.bit()
            | Class::Month.bit()
            | Class::RelativeDay.bit()
            | Class::TimeUnit.bit();
        let mut bits = READ | self.signs(i);
        if self.is_speech_border(i, i + 1) {
            bits |= BORDER;
        }
        // Many words are in no list.
        if self.doc.said(i) == 0 {
            self.known.add(i, bits);
            return bits;
        }
        let classes = self.doc.classes(i);
        if self.doc.begins(i, Class::StanceWord) {
            let helps = self.doc.find_all(i, Class::StanceWord);
            bits |= helps
                .filter(|h| h.payload < u64::BITS - HELP)
                .fold(0, |bits, h| bits | 1 << (HELP + h.payload));
        }
        if classes & SLIGHT != 0 && classes & Class::Preposition.bit() == 0
            || bits & (Self::help_bit(Help::Reflexive) | Self::help_bit(Help::Past)) != 0
        {
            bits |= FILLER;
        }
        if classes & TIMES != 0 || bits & Self::help_bit(Help::When) != 0 {
            bits |= TIME;
        }
        if self.reads_cue_verb(i) {
            bits |= CUE_VERB;
        }
        if self.reads_finite(i, bits & CUE_VERB != 0) {
            bits |= FINITE;
        }
        self.known.add(i, bits);
        bits
    }

    /// What a token is as a sign.
    fn signs(&self, i: usize) -> u64 {
        const STOPS: &[char] = &[
            ';', ':', '.', '!', '?', '…', '؛', '؟', '·', '\u{37e}', '。', '！', '？', '；', '：',
        ];
        let is_char = |any_of: &[char]| self.doc.is_char(i, any_of);
        let mut bits = match self.doc.kind(i) {
            TokenKind::Word | TokenKind::Number => return 0,
            TokenKind::Mark => MARK,
            TokenKind::Dash if self.doc.tokens[i].is_spaced() => DASH | BREAK,
            TokenKind::Dash => DASH,
            TokenKind::Punct
                if is_char(STOPS) || self.doc.word(i).starts_with(['.', '!', '?', '…']) =>
            {
                BREAK
            }
            TokenKind::Punct | TokenKind::Symbol => 0,
        };
        if is_char(&[',', '،', '、', '，']) {
            bits |= COMMA;
        } else if is_char(&['(', '[']) {
            bits |= OPENS;
        } else if is_char(&[')', ']']) {
            bits |= CLOSES;
        }
        bits
    }

    /// Whether a token is a finite verb, as far as the lexicon knows.
    fn reads_finite(&self, i: usize, is_cue_verb: bool) -> bool {
        const VERBS: u64 = Class::FINITE | Class::Attitude.bit();
        let classes = self.doc.classes(i);
        let verb = classes & VERBS != 0 && classes & Class::Preposition.bit() == 0 || is_cue_verb;
        // "the company's": a genitive, no verb, unless a pronoun stands before it.
        let genitive = || {
            i > 0 && self.doc.word(i).starts_with(['\'', '’']) && !self.is(i - 1, Class::Pronoun)
        };
        verb && !self.is_capital_noun(i) && !genitive()
    }

    /// A capitalised word inside a sentence of a language that writes its nouns so.
    pub(super) fn is_capital_noun(&self, i: usize) -> bool {
        self.pack.meta.text.capital_nouns
            && self.is_capital(i)
            && i > self.sentence(i).start
            && self.signs(i - 1) & (MARK | BREAK) == 0
    }

    /// Whether a token is a verb among the stance cues.
    fn reads_cue_verb(&self, i: usize) -> bool {
        const NO_VERB: u64 = Class::Pronoun.bit()
            | Class::Negation.bit()
            | Class::Adverb.bit()
            | Class::Determiner.bit();
        if !self.doc.begins(i, Class::Stance) || self.is(i, Class::Preposition) {
            return false;
        }
        // Of a cue of several words the first one is the verb, where the verb comes first.
        let phrase = self.words().place == Place::After && !self.doc.is_any(i, NO_VERB);
        if !self.is(i, Class::Stance) && !phrase {
            return false;
        }
        self.doc.find_all(i, Class::Stance).any(|h| {
            self.words().cue(h.payload).is_some_and(|(g, v)| {
                matches!(v, Voice::Active | Voice::Passive)
                    && matches!(
                        g.shape,
                        Shape::Verb | Shape::Label | Shape::Warning | Shape::Should
                    )
            })
        })
    }

    /// What clause the word at `i` opens; `read` is asked for it once.
    pub(super) fn intro_once(
        &self,
        i: usize,
        read: impl FnOnce() -> Option<Intro>,
    ) -> Option<Intro> {
        let kept = self.known(i) >> INTRO & 0xf;
        if kept > 0 {
            return Intro::of(kept - 1);
        }
        let intro = read();
        let number = 1 + intro.map_or(0, Intro::number);
        self.known.add(i, number << INTRO);
        intro
    }

    /// The beginning of the clause that holds token `i`, if it was read before.
    pub(super) fn kept_left(&self, i: usize) -> Option<Left> {
        let bits = self.known(i);
        if bits & 1 << LEFT == 0 {
            return None;
        }
        let start = i - (bits >> LEFT_BACK & 0x3f) as usize;
        let intro = Intro::of(bits >> LEFT_INTRO & 7);
        Some(Left {
            start,
            intro: intro.unwrap_or(Intro::None),
            at: start - usize::from(intro.is_some()),
        })
    }

    /// Keeps the beginning of the clause that holds token `i`.
    pub(super) fn keep_left(&self, i: usize, left: Left) {
        let back = (i - left.start) as u64;
        let bits = 1 << LEFT | back << LEFT_BACK | left.intro.number() << LEFT_INTRO;
        self.known.add(i, bits);
    }
}
