//! Responsible for reporting verbs without a subject: "hieß es aus dem Ministerium", "heter det i
//! domen". A preposition may name the source; if none does, it follows from the text around.

use super::Context;
use super::frame::{Cue, Frame};
use crate::analyze::speakers::phrase::{self, Phrase};
use crate::pack::grammar::Grammar;
use crate::pack::quotes::QuotePack;
use crate::text::lexicon::Class;

impl Context<'_> {
    /// The attribution of a verb without a subject.
    pub(super) fn impersonal(&self, start: usize, cue: Cue, limit: usize) -> Frame {
        let subject = self
            .named_source(cue.tokens.end, limit)
            .or_else(|| self.fronted_source(cue.tokens.start));
        let end = subject
            .as_ref()
            .map_or(cue.tokens.end, |s| s.tokens.end.max(cue.tokens.end));
        Frame {
            cue,
            subject,
            start,
            end,
        }
    }

    /// The source that a preposition names at the front of the sentence: "Aus Parteikreisen hieß es".
    fn fronted_source(&self, cue: usize) -> Option<Phrase> {
        let sentence = &self.doc.sentences.get(self.doc.sentence_of(cue)?)?.tokens;
        let first = (sentence.start..cue).find(|&i| self.doc.tokens[i].is_word())?;
        let other = Class::Relative.bit() | Class::SourceCue.bit() | Class::Subordinator.bit();
        let first = if self.doc.is_any(first, other) && !self.doc.is(first, Class::Preposition) {
            first + 1
        } else {
            first
        };
        if !QuotePack::names_source(self.doc, first) || cue > first + 14 {
            return None;
        }
        // "In a statement it said": whose statement it is follows from the text around.
        let anyone = |p: &Phrase| {
            Grammar::is_indefinite(self.doc, p.tokens.start)
                && p.tokens.clone().any(|i| self.doc.is(i, Class::Document))
        };
        phrase::from(self.doc, self.pack, self.speakers, first + 1, cue)
            .filter(|p| self.can_be_source(p) && p.pronoun.is_none() && !anyone(p))
    }

    /// Who stands behind the next preposition that names a source, over small words or one noun
    /// ("löd kommentaren från").
    pub(super) fn named_source(&self, from: usize, limit: usize) -> Option<Phrase> {
        let small = Class::Adverb.bit()
            | Class::RelativeDay.bit()
            | Class::Weekday.bit()
            | Class::Preposition.bit()
            | Class::CueParticle.bit();
        let stop = Class::Cue.bit() | Class::Verb.bit() | Class::Auxiliary.bit();
        let preposition = (from..limit.min(from + 4))
            .take_while(|&i| {
                self.doc.is_any(i, small)
                    || self.doc.tokens[i].is_word() && !self.doc.is_any(i, stop)
            })
            .find(|&i| QuotePack::names_source(self.doc, i))?;
        phrase::from(self.doc, self.pack, self.speakers, preposition + 1, limit)
            .filter(|p| self.can_be_source(p))
    }
}
