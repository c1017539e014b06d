//! Responsible for the clause that a source stands in: where the content behind its apposition
//! begins, and where the sentence part around it begins and ends.

use std::ops::Range;

use super::Context;
use crate::analyze::speakers::MentionKind;
use crate::analyze::speakers::phrase::Phrase;
use crate::text::lexicon::Class;
use crate::text::token::TokenKind;

impl Context<'_> {
    /// The first token of the content behind a fronted source: over its apposition and comma.
    pub(super) fn over_apposition(&self, at: usize, limit: usize, source: &Phrase) -> usize {
        let mut i = at;
        if let Some(m) = source.mention.map(|m| &self.speakers.mentions[m])
            && m.kind == MentionKind::Name
            && m.full.end > i
            && m.full.end <= limit
        {
            i = m.full.end;
        }
        // "X (45), owner of a shop, …": an age in brackets.
        if self.doc.is_char(i, &['('])
            && let Some(close) = (i + 1..limit.min(i + 4)).find(|&k| self.doc.is_char(k, &[')']))
        {
            i = close + 1;
        }
        if !self.is_comma(i) {
            return i;
        }
        let next = i + 1;
        let close = (next..limit.min(next + 24)).find(|&k| self.is_comma(k));
        let relative = self.doc.is(next, Class::Relative);
        let apposed = (next..limit.min(next + 4)).any(|k| self.doc.is_any(k, Class::Role.bit()))
            && !self.doc.tokens[next].is_capital();
        match close {
            Some(close) if relative || (apposed && !self.has_verb(next..close)) => close + 1,
            _ => i,
        }
    }

    /// Where the sentence part before `at` begins: the unit, or after a colon or semicolon.
    pub(super) fn main_clause(&self, unit: &Range<usize>, at: usize) -> usize {
        (unit.start + 1..at)
            .rev()
            .find(|&i| self.doc.is_char(i, &[';', ':']))
            .map_or(unit.start, |i| i + 1)
    }

    /// Where the sentence part that holds `at` ends: the unit, or before a semicolon, or a colon with
    /// marked words behind it.
    pub(super) fn main_end(&self, unit: &Range<usize>, at: usize) -> usize {
        (at..unit.end)
            .find(|&i| {
                self.doc.is_char(i, &[';'])
                    || self.is_colon(i) && self.doc.kind(i + 1) != TokenKind::Word
                    || self.opens_main_clause(i, unit.end)
            })
            .unwrap_or(unit.end)
    }

    /// The next comma with a relative pronoun behind it, else the unit's end.
    pub(super) fn relative_comma(&self, unit: &Range<usize>, at: usize) -> usize {
        (at..unit.end)
            .find(|&i| self.is_comma(i) && self.doc.is(i + 1, Class::Relative))
            .unwrap_or(unit.end)
    }

    /// Whether a comma parts two main clauses: no word that subordinates stands behind it, and the
    /// second word or a later one is a finite verb.
    pub(super) fn opens_main_clause(&self, comma: usize, limit: usize) -> bool {
        let other = Class::Relative.bit()
            | Class::Subordinator.bit()
            | Class::Coordinator.bit()
            | Class::Complementiser.bit()
            | Class::Conditional.bit()
            | Class::Preposition.bit()
            | Class::Role.bit()
            | Class::InfinitiveMarker.bit();
        let verbs =
            Class::Auxiliary.bit() | Class::Modal.bit() | Class::Verb.bit() | Class::Cue.bit();
        if !self.pack.quotes.verb_second
            || !self.is_comma(comma)
            || self.doc.is_any(comma + 1, other)
                && !self.doc.is_any(comma + 1, Class::Determiner.bit())
            || self.doc.is(comma + 1, Class::Relative)
        {
            return false;
        }
        let end = (comma + 1..limit.min(comma + 7)).find(|&i| self.is_comma(i) || self.is_stop(i));
        (comma + 2..end.unwrap_or(limit.min(comma + 7))).any(|i| self.doc.is_any(i, verbs))
    }

    /// Where the clause that holds `at` begins: the unit, or after a coordinator with a comma.
    pub(super) fn clause_of(&self, unit: &Range<usize>, at: usize) -> usize {
        let split = (unit.start + 1..at).rev().find(|&i| {
            (self.doc.is(i, Class::Coordinator)
                && self.is_comma(i - 1)
                && self.has_verb(unit.start..i - 1)
                && self.has_verb(i..at))
                || self.doc.is_char(i, &[';', ':'])
        });
        split.map_or(unit.start, |i| i + 1)
    }
}
