//! Responsible for reports that a noun introduces: "her conclusion is that CONTENT", "claims by the
//! union that CONTENT".

use std::ops::Range;

use super::draft::{Draft, Voice};
use super::{Context, Passage};
use crate::analyze::speakers::phrase::{self, Phrase};
use crate::pack::grammar::{Grammar, Person};
use crate::pack::quotes::QuotePack;
use crate::text::lexicon::Class;

/// How far behind the noun its complementiser may stand, in tokens.
const REACH: usize = 12;

impl Context<'_> {
    /// The report behind the noun at `noun`, if the text says whose words it stands for.
    pub(super) fn noun_clause(
        &self,
        passage: &Passage,
        unit: &Range<usize>,
        noun: usize,
    ) -> Option<Draft> {
        let end = noun + self.doc.find(noun, Class::NounCue).map_or(1, |hit| hit.len);
        let that = self.complementiser_of_noun(end, unit.end)?;
        let voice = self
            .owner(noun, unit.start)
            .or_else(|| self.author(end, that))?;
        let content = self.trim(that + 1..self.content_end(unit, that + 1), false);
        if self.words(content.clone()) < 3 {
            return None;
        }
        let mut draft = self.report(passage, vec![content], "quotation.noun-clause");
        draft.cue = Some(noun..end);
        draft.voice = voice;
        Some(draft)
    }

    /// The complementiser behind a noun: over its author and a form of "be", no other verb.
    fn complementiser_of_noun(&self, from: usize, limit: usize) -> Option<usize> {
        let verbs = Class::Cue.bit() | Class::Modal.bit() | Class::Verb.bit() | Class::Stance.bit();
        let other = verbs
            | Class::Relative.bit()
            | Class::Subordinator.bit()
            | Class::Conditional.bit()
            | Class::Negation.bit();
        for i in from..limit.min(from + REACH) {
            if self.doc.is(i, Class::Complementiser) && !self.doc.is(i, Class::Conditional) {
                return (!self.opens_infinitive(i, limit)).then_some(i);
            }
            let ties = Class::Preposition.bit() | Class::Determiner.bit() | Class::Auxiliary.bit();
            let stop = self.is_stop(i) || self.is_colon(i);
            if stop || self.doc.is_any(i, other) && !self.doc.is_any(i, ties) {
                return None;
            }
        }
        None
    }

    /// Whose words the noun stands for by what is before it: "her conclusion", "Ann Ek's message".
    fn owner(&self, noun: usize, floor: usize) -> Option<Voice> {
        let before = noun.checked_sub(1).filter(|&i| i >= floor)?;
        if Grammar::is_possessive(self.doc, before) && self.doc.is(before, Class::Determiner) {
            return Some(Voice::Subject(Phrase {
                tokens: before..noun,
                mention: None,
                pronoun: Some(Person::Third),
            }));
        }
        let m = self.speakers.mentions_ending_at(self.doc, noun)?;
        let mention = &self.speakers.mentions[m];
        let word = self.doc.word(mention.core.end - 1);
        let endings = &self.pack.meta.names.endings;
        let genitive = self.doc.word(noun - 1).starts_with(['\'', '’'])
            || endings.iter().any(|e| word.ends_with(e.as_str()));
        (genitive && self.speaks(m)).then(|| {
            Voice::Subject(Phrase {
                tokens: mention.core.clone(),
                mention: Some(m),
                pronoun: None,
            })
        })
    }

    /// Whose words the noun stands for by what is behind it: "a warning from the union".
    fn author(&self, from: usize, to: usize) -> Option<Voice> {
        let preposition = (from..to).find(|&i| !phrase::is_between(self.doc, i))?;
        if !QuotePack::names_source(self.doc, preposition) {
            return None;
        }
        phrase::from(self.doc, self.pack, self.speakers, preposition + 1, to)
            .filter(|p| p.pronoun.is_some() || p.mention.is_some_and(|m| self.speaks(m)))
            .map(Voice::Subject)
    }
}
