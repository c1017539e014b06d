//! Responsible for what stands between a verb and its object: adverbs, times, counts of votes,
//! insertions between commas.

use super::context::Context;
use crate::pack::stances::{CueGroup, Help};
use crate::text::lexicon::Class;
use crate::text::token::TokenKind;

impl Context<'_> {
    /// Over adverbs, reflexives, marks and time expressions.
    pub(super) fn skip_lead(&self, from: usize, end: usize) -> usize {
        let mut at = from;
        while at < end {
            if let Some(len) = self.span_of(at, Class::Adverb).filter(|l| *l > 1) {
                at += len;
                continue;
            }
            if (self.is_filler(at) && !self.is(at, Class::Determiner))
                || self.is_time(at)
                || self.is_mark(at)
                || at == from && self.is_particle(at)
            {
                at += 1;
                continue;
            }
            if self.is(at, Class::Preposition)
                && !self.doc.is_any(at, Class::InfinitiveMarker.bit())
                && let Some(next) = self.time_phrase(at, end)
            {
                at = next;
                continue;
            }
            // "el sábado", "nesta quarta-feira (27)".
            if self
                .doc
                .is_any(at, Class::Determiner.bit() | Class::Preposition.bit())
                && self.is_time(at + 1)
            {
                at += 2;
                continue;
            }
            // "beschloss der Rat mit 14 zu 9 Stimmen, …": the count of a vote, up to the comma.
            if self.is_count(at, end)
                && let Some(comma) = (at..end.min(at + 14)).find(|&i| self.is_comma(i))
            {
                at = comma;
                break;
            }
            if at > from
                && self.doc.is_char(at, &['('])
                && let Some(close) = (at..end.min(at + 6)).find(|&i| self.doc.is_char(i, &[')']))
            {
                at = close + 1;
                continue;
            }
            // An insertion between commas: "…, by 214 votes to 187, an amendment".
            if self.is_comma(at) && at > from
                || self.is_comma(at) && self.is(at + 1, Class::Preposition)
            {
                let number = |i: usize| {
                    self.doc.kind(i) == TokenKind::Number
                        || self.is(i, Class::NumberWord) && !self.is(i, Class::Determiner)
                };
                let counts = (at + 1..end.min(at + 4)).any(number);
                // "by 118 votes to 96, with 14 abstentions, the bill": the list of counts goes on.
                let close = (at + 1..end.min(at + 24))
                    .find(|&i| self.is_comma(i) && !(counts && number(i + 1)));
                if (counts || self.opens_clause(at + 1).is_none())
                    && let Some(close) = close.filter(|&c| counts || c < at + 14)
                {
                    at = close + 1;
                    continue;
                }
            }
            break;
        }
        at
    }

    /// A word of contrast right behind a verb ("lehnt aber den Plan ab") opens no clause.
    fn is_particle(&self, at: usize) -> bool {
        at > 0
            && self.is_help(at, Help::Contrast)
            && !self.is(at, Class::Coordinator)
            && self.is_finite(at - 1)
    }

    /// Where a target begins that stands in front of its verb's end: behind the cue's own word for it,
    /// where it has one.
    pub(super) fn in_front(&self, group: &CueGroup, from: usize, end: usize) -> Option<usize> {
        let at = self.skip_lead(from, end);
        if group.with.is_empty() {
            return Some(self.skip_adverbial(at, end));
        }
        (at..end).find_map(|i| Some(i + self.frame(i, &group.with)?))
    }

    /// Over a prepositional phrase in front of a noun phrase that begins with an article or number.
    pub(super) fn skip_adverbial(&self, at: usize, end: usize) -> usize {
        if !self.is(at, Class::Preposition) || self.is(at, Class::Determiner) {
            return at;
        }
        let number = |i: usize| self.doc.kind(i) == TokenKind::Number;
        for i in at + 1..end.min(at + 14) {
            if self.is_comma(i) || self.is_break(i) || self.is_finite(i) {
                return at;
            }
            let plain = self.doc.tokens[i - 1].is_word()
                && !self.is(i - 1, Class::Preposition)
                && !self.is(i - 1, Class::Determiner)
                && !self.is_filler(i - 1)
                && !self.is(i - 1, Class::NumberWord)
                && !self.is(i - 1, Class::Coordinator);
            let genitive = self.is(i - 1, Class::Determiner);
            if i > at + 1
                && plain
                && !genitive
                && (self.is(i, Class::Determiner) && !self.is_genitive(i) || number(i))
            {
                return i;
            }
        }
        at
    }

    /// An article that may continue the noun before it ("der Opposition").
    fn is_genitive(&self, i: usize) -> bool {
        self.is_help(i, Help::Genitive)
    }

    /// Whether a count of votes begins at a preposition ("by 214 votes to 187").
    pub(super) fn is_count(&self, at: usize, end: usize) -> bool {
        let number = |i: usize| {
            self.doc.kind(i) == TokenKind::Number
                || self.is(i, Class::NumberWord) && !self.is(i, Class::Determiner)
        };
        self.is(at, Class::Preposition)
            && (number(at + 1) || self.is_filler(at + 1) && number(at + 2))
            && (at + 2..end.min(at + 7))
                .take_while(|&i| !self.is_comma(i))
                .any(|i| {
                    number(i)
                        && (self.is(i - 1, Class::Preposition)
                            || self.doc.kind(i - 1) == TokenKind::Dash)
                })
            || self.is(at, Class::Preposition)
                && number(at + 1)
                && self.doc.kind(at + 2) == TokenKind::Dash
                && number(at + 3)
    }

    /// Behind the bare count of a vote that begins at `at` ("voted 9-2 against").
    pub(super) fn after_tally(&self, at: usize) -> Option<usize> {
        let number = |i: usize| self.doc.kind(i) == TokenKind::Number;
        let dash = self.doc.kind(at + 1) == TokenKind::Dash || self.is(at + 1, Class::Preposition);
        (number(at) && dash && number(at + 2)).then_some(at + 3)
    }

    /// The end of a prepositional phrase of time or count that begins at `at`.
    fn time_phrase(&self, at: usize, end: usize) -> Option<usize> {
        let mut i = at + 1;
        let mut timed = false;
        while i < end && i - at < 8 {
            let digit = self.doc.kind(i) == TokenKind::Number;
            if self.is_time(i)
                || digit
                    && (self.is_time(i + 1)
                        || self.is_time(i - 1)
                        || self.is(i - 1, Class::Preposition) && self.doc.word(i).len() == 4)
            {
                timed = true;
            } else if timed {
                return Some(i);
            } else if !(self.is(i, Class::Determiner)
                || self
                    .doc
                    .is_any(i, Class::NumberWord.bit() | Class::OrdinalWord.bit())
                || digit)
            {
                return None;
            }
            i += 1;
        }
        timed.then_some(i)
    }

    /// Whether the place and agency in front of a report end at `k` ("Paris, 20 mai (AFP).- Le").
    pub(super) fn closes_dateline(&self, k: usize, start: usize) -> bool {
        const LONGEST: usize = 12;
        if k - start > LONGEST || !self.doc.tokens[start].is_line_start() {
            return false;
        }
        let closing = self.doc.is_char(k, &[')']) && self.is_capital(k + 1)
            || self.doc.kind(k) == TokenKind::Dash
                && k > start
                && (self.doc.tokens[k].is_spaced() || self.doc.is_char(k - 1, &['.', ')']));
        closing
            && (start..k).any(|i| self.doc.is_char(i, &['(']))
            && self.is(start, Class::Place) | self.is_capital(start)
            && (start..k).all(|i| !self.is_finite(i) && !self.is(i, Class::Determiner))
    }

    /// Behind a bracket that begins at `at`.
    pub(super) fn past_bracket(&self, at: usize) -> usize {
        const LONGEST: usize = 6;
        if !self.doc.is_char(at, &['(']) {
            return at;
        }
        let close = (at..at + LONGEST).find(|&i| self.doc.is_char(i, &[')']));
        close.map_or(at, |c| c + 1)
    }
}
