//! Responsible for the bounds of the clause around a cue, from closed word classes alone.

use super::context::Context;
use super::known::{BORDER, BREAK, CLOSES, COMMA, DASH, MARK, OPENS};
use crate::pack::stances::Help;
use crate::text::lexicon::Class;

/// How far a clause is looked for, in tokens.
const REACH: usize = 60;
/// How far the last word of a phrase that opens a condition stands behind its first.
const BOUND: usize = 3;

/// What opens a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Intro {
    /// Nothing: the sentence, a colon, speech.
    None,
    /// A complementiser or infinitive marker.
    That,
    /// A relative pronoun.
    Relative,
    /// "If", "whether", a question word.
    If,
    /// Another subordinator.
    Other,
}

impl Intro {
    /// Its number; 0 for none.
    pub(super) fn number(self) -> u64 {
        match self {
            Self::None => 0,
            Self::That => 1,
            Self::Relative => 2,
            Self::If => 3,
            Self::Other => 4,
        }
    }

    /// The one with a number.
    pub(super) fn of(number: u64) -> Option<Self> {
        match number {
            1 => Some(Self::That),
            2 => Some(Self::Relative),
            3 => Some(Self::If),
            4 => Some(Self::Other),
            _ => None,
        }
    }
}

/// The beginning of a clause.
#[derive(Debug, Clone, Copy)]
pub(super) struct Left {
    /// Its first token after the opening word.
    pub(super) start: usize,
    /// The opening word's kind.
    pub(super) intro: Intro,
    /// The opening word.
    pub(super) at: usize,
}

impl Context<'_> {
    /// The beginning of the clause that holds token `i`.
    pub(super) fn left(&self, i: usize) -> Left {
        self.kept_left(i).unwrap_or_else(|| {
            let left = self.read_left(i);
            self.keep_left(i, left);
            left
        })
    }

    fn read_left(&self, i: usize) -> Left {
        let sentence = self.sentence(i);
        let mut j = i;
        let mut depth = 0;
        while j > sentence.start && i - j < REACH {
            let k = j - 1;
            let known = self.known(k);
            if known & CLOSES != 0 {
                if self.closes_dateline(k, sentence.start) {
                    break;
                }
                depth += 1;
            } else if known & OPENS != 0 {
                if depth == 0 {
                    break;
                }
                depth -= 1;
            } else if depth == 0 {
                if known & BREAK != 0 && !self.is_abbreviating(k)
                    || known & BORDER != 0
                    || known & DASH != 0 && self.closes_dateline(k, sentence.start)
                {
                    break;
                }
                if let Some(intro) = self.intro(k, sentence.start)
                    && !self.is_closed(k, intro, i)
                {
                    return Left {
                        start: j,
                        intro,
                        at: k,
                    };
                }
            }
            j = k;
        }
        Left {
            start: j,
            intro: Intro::None,
            at: j,
        }
    }

    /// Whether the clause that the word at `k` opens ends before token `i`: a comma with a finite verb
    /// before it, or a comma right before the verb at `i`.
    fn is_closed(&self, k: usize, intro: Intro, i: usize) -> bool {
        let Some(comma) = (k + 1..i).find(|&c| self.is_comma(c)) else {
            return false;
        };
        let chain = self.before_chain(i, k);
        let last = chain.saturating_sub(1);
        if intro == Intro::Relative && last > k && self.is_comma(last) {
            return true;
        }
        intro != Intro::That
            && (k + 1..comma).any(|v| self.is_finite(v))
            && !self.is(comma + 1, Class::Coordinator)
            || intro == Intro::That
                && last > comma
                && self.is_comma(last)
                && (k + 1..comma).any(|v| self.is_finite(v))
                && k == self.sentence(i).start
    }

    /// A full stop inside a sentence belongs to an abbreviation.
    fn is_abbreviating(&self, i: usize) -> bool {
        self.doc.is_char(i, &['.'])
    }

    /// What clause the word at `k` opens, if it opens one.
    pub(super) fn intro(&self, k: usize, sentence_start: usize) -> Option<Intro> {
        // Far enough from the beginning it does not matter where that is.
        if k < sentence_start + BOUND {
            return self.read_intro(k, sentence_start);
        }
        self.intro_once(k, || self.read_intro(k, sentence_start))
    }

    fn read_intro(&self, k: usize, sentence_start: usize) -> Option<Intro> {
        const OPENERS: u64 = Class::Relative.bit()
            | Class::Conditional.bit()
            | Class::Complementiser.bit()
            | Class::InfinitiveMarker.bit()
            | Class::Interrogative.bit()
            | Class::Subordinator.bit();
        let classes = self.doc.classes(k);
        let has = |class: Class| classes & class.bit() != 0;
        // "provided that": the clause is a condition.
        let bound = || {
            (1..=BOUND).any(|back| {
                k >= sentence_start + back
                    && self.doc.begins(k - back, Class::Conditional)
                    && self
                        .doc
                        .find_all(k - back, Class::Conditional)
                        .any(|h| h.len > back)
            })
        };
        if classes & OPENERS == 0 {
            return bound().then_some(Intro::If);
        }
        let fresh = k == sentence_start
            || self.known(k - 1) & (COMMA | MARK | BREAK) != 0
            || self.is(k - 1, Class::Preposition) && self.is_comma(k.saturating_sub(2));
        let doubtful = has(Class::Preposition)
            || has(Class::Determiner)
            || has(Class::Pronoun)
            || has(Class::Adverb)
            || self.is_help(k, Help::As);
        if has(Class::Relative)
            && (!doubtful && !has(Class::Complementiser) || fresh)
            && k > sentence_start
        {
            return Some(Intro::Relative);
        }
        if has(Class::Conditional) {
            let subject = self.is(k + 1, Class::Pronoun) && !self.is(k + 1, Class::Determiner);
            if !doubtful && !has(Class::Complementiser) || fresh || subject {
                return Some(Intro::If);
            }
        }
        let opens = || {
            let next = k + 1 + usize::from(self.is_mark(k + 1));
            !has(Class::Preposition)
                && self.doc.is_any(
                    next,
                    Class::Determiner.bit() | Class::Pronoun.bit() | Class::Organisation.bit(),
                )
                || !has(Class::Preposition) && self.is_capital(next)
        };
        if bound() {
            return Some(Intro::If);
        }
        if has(Class::Complementiser) && (!doubtful || fresh || opens()) {
            return Some(Intro::That);
        }
        if has(Class::InfinitiveMarker) && !has(Class::Preposition) && !has(Class::Negation) {
            return Some(Intro::That);
        }
        if has(Class::Interrogative) && !doubtful && k > sentence_start {
            return Some(Intro::If);
        }
        (has(Class::Subordinator) && (!doubtful || fresh)).then_some(Intro::Other)
    }

    /// Walks back over everything that belongs to the verb itself.
    pub(super) fn before_chain(&self, verb: usize, start: usize) -> usize {
        let mut end = verb;
        while end > start {
            let k = end - 1;
            let chain = self.is_filler(k)
                || self
                    .doc
                    .is_any(k, Class::Auxiliary.bit() | Class::Modal.bit())
                    && !self.is(k, Class::Pronoun)
                    && !(self.is_capital(k) && k > 0 && self.is(k - 1, Class::Determiner))
                || self.is(k, Class::InfinitiveMarker)
                || self.is_mark(k)
                || (self.is_cue_verb(k) && end == verb);
            if !chain {
                break;
            }
            end = k;
        }
        end
    }

    pub(super) fn back_over_comma(&self, at: usize) -> usize {
        let mut end = at;
        while end > 0 && (self.is_comma(end - 1) || self.is(end - 1, Class::Preposition)) {
            end -= 1;
        }
        end
    }
}
