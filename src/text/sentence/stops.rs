//! Responsible for full stops that may belong to an abbreviation, an initial or an ordinal.

use super::{Cutter, Ending};
use crate::text::fold::fold_into;
use crate::text::lexicon::Class;
use crate::text::token::{Token, TokenKind};

/// How many words an abbreviation with inner full stops may have ("e. Kr.", "p. n. e.").
const LONGEST_ABBREVIATION: usize = 5;

impl Cutter<'_> {
    /// Whether a single full stop ends the sentence before the word `opens`.
    pub(super) fn full_stop_ends(&mut self, at: usize, opens: usize) -> bool {
        let Some(before) = at.checked_sub(1).filter(|b| *b >= self.start) else {
            return true;
        };
        if self.is_spaced(at) && !self.is_spaced(before) {
            return true;
        }
        let frequent = self.is_frequent_start(opens);
        match self.tokens[before].kind {
            TokenKind::Number => !self.is_ordinal(before, opens) || frequent,
            TokenKind::Word => {
                if self.is_unit_sign(before) {
                    return true;
                }
                if self.is_capital_initial(before) && self.word(before.wrapping_sub(1)) != "." {
                    return frequent && self.initial_ends(before, opens);
                }
                if let Some((first, ending)) = self.abbreviation(at) {
                    return match ending {
                        Ending::Never => false,
                        Ending::BeforeCapital => self
                            .tokens
                            .get(opens)
                            .is_some_and(|t| t.kind == TokenKind::Word),
                        Ending::BeforeFrequent => {
                            frequent
                                || self.is_unit(first)
                                    && self.starts_capital(opens)
                                    && !self.is(self.start, Class::Preposition)
                        }
                    };
                }
                if self.is_initial(before) {
                    return frequent && self.initial_ends(before, opens);
                }
                if self.opens_bracket(before) {
                    return false;
                }
                if self.rules.ordinal_stop && is_roman(self.word(before)) {
                    return frequent;
                }
                true
            }
            // "N°. 5"
            _ => !(self.kind(opens) == Some(TokenKind::Number) && self.word(before) == "°"),
        }
    }

    /// "3." before a word, where the language writes ordinals so.
    fn is_ordinal(&self, before: usize, opens: usize) -> bool {
        let digits = self.word(before);
        self.rules.ordinal_stop
            && digits.len() <= 2
            && digits.bytes().all(|b| b.is_ascii_digit())
            && matches!(self.kind(opens), Some(TokenKind::Word | TokenKind::Number))
    }

    /// A capital that is none of a day's, a month's or a zone's ("at 5 p.m. GMT on Monday").
    fn starts_capital(&self, i: usize) -> bool {
        let is_capital = |t: &Token| t.is_word() && t.is_capital() && !t.is_all_caps();
        self.tokens.get(i).is_some_and(is_capital)
            && !self.is(i, Class::Weekday)
            && !self.is(i, Class::Month)
    }

    /// A unit or year after a number ("1998 г.", "500 kr."), which may end a sentence before any
    /// capital.
    fn is_unit(&self, i: usize) -> bool {
        i > self.start && self.kind(i - 1) == Some(TokenKind::Number)
    }

    /// A letter glued to a sign is a unit ("120 °C").
    fn is_unit_sign(&self, i: usize) -> bool {
        i > self.start && !self.is_spaced(i) && self.kind(i - 1) == Some(TokenKind::Symbol)
    }

    /// A short word that opens a bracket is an abbreviation: "(ed. Berg)".
    fn opens_bracket(&self, i: usize) -> bool {
        i > self.start
            && matches!(self.word(i - 1), "(" | "[")
            && !self.tokens[i].is_capital()
            && self.word(i).chars().count() <= 4
    }

    /// A single letter: "S. Löfven", "s. 5".
    pub(super) fn is_initial(&self, i: usize) -> bool {
        let mut chars = self.word(i).chars();
        chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
    }

    fn is_capital_initial(&self, i: usize) -> bool {
        self.is_initial(i) && self.tokens[i].is_capital()
    }

    /// An initial before a frequent word ends the sentence unless it stands in a name.
    fn initial_ends(&self, initial: usize, opens: usize) -> bool {
        !self.is(opens, Class::NameParticle) && !self.is_in_name(initial)
    }

    /// Whether a name or another initial stands before the initial.
    fn is_in_name(&self, initial: usize) -> bool {
        let Some(before) = initial.checked_sub(1).filter(|b| *b >= self.start) else {
            return true;
        };
        self.word(before) == "."
            || self.tokens[before].is_word() && self.tokens[before].is_capital()
    }

    /// The abbreviation that ends with the full stop `at`, the longest first; an acronym with inner
    /// full stops that no list has is one as well.
    fn abbreviation(&mut self, at: usize) -> Option<(usize, Ending)> {
        // The words of "p. n. e" from the last one back, each with its full stop.
        let mut starts = [0usize; LONGEST_ABBREVIATION];
        let mut count = 0;
        let mut word = at - 1;
        loop {
            starts[count] = word;
            count += 1;
            let goes_on = count < LONGEST_ABBREVIATION
                && word >= self.start + 2
                && self.word(word - 1) == "."
                && self.tokens[word - 2].is_word()
                && self.tokens[word - 2].end == self.tokens[word - 1].start;
            if !goes_on {
                break;
            }
            word -= 2;
        }
        let rules = self.rules;
        for &first in starts[..count].iter().rev() {
            let mut key = std::mem::take(&mut self.key);
            key.clear();
            for i in first..at {
                fold_into(self.word(i), rules.case, &mut key);
            }
            let found = rules.abbreviation(&key);
            self.key = key;
            if let Some(ending) = found {
                return Some((first, ending));
            }
        }
        let glued = starts[..count]
            .windows(2)
            .take_while(|pair| self.tokens[pair[1] + 1].end == self.tokens[pair[0]].start)
            .count();
        let is_acronym = glued > 0 && starts[..=glued].iter().all(|i| self.is_initial(*i));
        is_acronym.then_some((starts[glued], Ending::BeforeFrequent))
    }
}

pub(super) fn is_roman(word: &str) -> bool {
    word.len() <= 6 && word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'))
}
