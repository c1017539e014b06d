//! Responsible for where the content of a report ends: at the sentence's end, or before another verb
//! that belongs to the one who reports or to someone else.

use std::ops::Range;

use super::Context;
use crate::pack::quotes::{CueKind, QuotePack};
use crate::text::lexicon::Class;
use crate::text::token::TokenKind;

impl Context<'_> {
    /// Where the content of a report ends: the unit's end, a semicolon, or before "and" with another
    /// verb of saying or of taking sides, which belongs to the one who reports.
    pub(super) fn content_end(&self, unit: &Range<usize>, from: usize) -> usize {
        let sides = Class::Cue.bit() | Class::Stance.bit();
        let small = Class::Adverb.bit()
            | Class::Auxiliary.bit()
            | Class::Pronoun.bit()
            | Class::Negation.bit();
        for i in from + 2..unit.end {
            if !self.is_sign(i) && !self.doc.is(i, Class::Coordinator) {
                continue;
            }
            if self.doc.is_char(i, &[';']) {
                return i;
            }
            // "…: "And so on."": marked speech behind a colon stands on its own.
            if self.is_colon(i)
                && self.doc.kind(i + 1) == TokenKind::Mark
                && self
                    .doc
                    .tokens
                    .get(i + 2)
                    .is_some_and(crate::text::token::Token::is_capital)
            {
                return i;
            }
            // "…, adding that": a further report of the same speaker.
            if self.is_comma(i)
                && self.cue_at(i + 1, i).is_some_and(|c| {
                    c.adverbial && self.doc.is_any(c.tokens.end, Class::Complementiser.bit())
                })
            {
                return i;
            }
            if self.is_comma(i) && self.others_speak(i + 1, unit.end) {
                return i;
            }
            let apart = self.is_comma(i) || self.doc.kind(i) == TokenKind::Dash;
            if apart
                && QuotePack::opens_remark(self.doc, i + 1)
                && self.is_of_another(i + 2..unit.end)
            {
                return i;
            }
            if !self.doc.is(i, Class::Coordinator) {
                continue;
            }
            if self.doc.kind(i - 1) == TokenKind::Mark && self.acts(i + 1) {
                return i;
            }
            let end = if self.is_comma(i - 1) { i - 1 } else { i };
            // "…, and got support": behind a comma a verb without a subject is the reporter's.
            let finite = Class::Auxiliary.bit() | Class::Verb.bit();
            if end < i && self.pack.quotes.verb_second && self.doc.is_any(i + 1, finite) {
                return end;
            }
            // "neither backs nor rejects": both verbs belong to the content.
            let paired = end == i && self.doc.is_any(i - 1, Class::Cue.bit() | Class::Verb.bit());
            if !paired
                && self.doc.is_any(i + 1, sides)
                && !self
                    .doc
                    .is_any(i + 1, Class::Role.bit() | Class::Organisation.bit())
                && self.cue_or_side(i + 1, i)
            {
                return end;
            }
            for k in i + 1..unit.end.min(i + 4) {
                if let Some(cue) = self.cue_at(k, i) {
                    let limit = unit.end.min(cue.tokens.end + 6);
                    let reports = cue.kind != CueKind::Manner
                        && self.complementiser(cue.tokens.end, limit).is_some();
                    if reports || self.doc.kind(cue.tokens.end) == TokenKind::Mark {
                        return end;
                    }
                    break;
                }
                if !self.doc.is_any(k, small) {
                    break;
                }
            }
        }
        unit.end
    }

    /// Whether a remark on the clause before it is somebody's own: "something the management denies".
    fn is_of_another(&self, words: Range<usize>) -> bool {
        let near = words.start..words.end.min(words.start + 6);
        self.speakers.mentions_in(near).any(|m| self.speaks(m))
    }

    /// Whether "and" is followed by a verb without a subject, one that no clause of speech needs.
    fn acts(&self, i: usize) -> bool {
        let verbs = Class::Cue.bit() | Class::Stance.bit() | Class::Verb.bit();
        let other = Class::Auxiliary.bit()
            | Class::Modal.bit()
            | Class::Determiner.bit()
            | Class::Preposition.bit()
            | Class::Role.bit()
            | Class::Organisation.bit();
        let at = if self.pack.quotes.is_clitic(self.doc, i) {
            i + 1
        } else {
            i
        };
        self.doc.is_any(at, verbs)
            && !self.doc.is_any(at, other)
            && !self.doc.tokens[at].is_capital()
    }

    /// Whether "but", "while" or the like at `i` opens a clause in which someone else reports: a
    /// person or body right before a reporting verb, with content of its own behind it.
    fn others_speak(&self, i: usize, limit: usize) -> bool {
        let joins = Class::Coordinator.bit() | Class::Subordinator.bit();
        if !self.doc.is_any(i, joins) {
            return false;
        }
        for k in i + 2..limit.min(i + 12) {
            if self.is_comma(k) || self.is_stop(k) || self.doc.kind(k) == TokenKind::Mark {
                return false;
            }
            let Some(cue) = self.cue_at(k, i) else {
                continue;
            };
            let kinds = [
                CueKind::Say,
                CueKind::Opinion,
                CueKind::Call,
                CueKind::Demand,
            ];
            let subject = self
                .speakers
                .mentions_ending_at(self.doc, cue.tokens.start)
                .is_some_and(|m| self.speaks(m));
            return subject && kinds.iter().any(|kind| cue.may(*kind));
        }
        false
    }

    /// Whether a finite verb of saying or of taking sides begins at `i`.
    fn cue_or_side(&self, i: usize, floor: usize) -> bool {
        self.cue_at(i, floor).is_some_and(|c| {
            c.tokens.start == i
                && !c.adverbial
                && (c.kind != CueKind::Manner || c.may(CueKind::Demand))
        }) || self.doc.is(i, Class::Stance) && self.doc.is(i, Class::Verb)
    }
}
