//! Responsible for sources that no list holds: a compound of the source and what it says, an unlisted
//! definite noun, and the words that belong to a source before or behind its expression.

use std::ops::Range;

use super::draft::Draft;
use super::{Context, Passage};
use crate::analyze::speakers::phrase::Phrase;
use crate::text::lexicon::Class;

impl Context<'_> {
    /// "nach Polizeiangaben": the source and what it says in one word behind a preposition.
    pub(super) fn compound_source(
        &self,
        passage: &Passage,
        unit: &Range<usize>,
        noun: usize,
    ) -> Option<Draft> {
        let before = noun.checked_sub(1).filter(|&i| i >= unit.start)?;
        let tie = Class::Preposition.bit() | Class::SourceCue.bit();
        self.doc
            .is_any(before, tie)
            .then(|| self.source_after(passage, unit, before..noun))
            .flatten()
    }

    /// A definite noun that no list holds, behind a source expression: "enligt mätningarna".
    pub(super) fn definite_source(&self, at: usize, limit: usize) -> Option<Phrase> {
        let word = self.doc.word(at);
        let definite = &self.pack.meta.names.definite;
        let fits = at < limit
            && self.doc.classes(at) == 0
            && word.chars().count() >= 7
            && !self.doc.tokens[at].is_capital()
            && definite
                .iter()
                .any(|e| e.len() > 1 && word.ends_with(e.as_str()));
        fits.then_some(Phrase {
            tokens: at..at + 1,
            mention: None,
            pronoun: None,
        })
    }

    /// Whether a comma opens a name or function in apposition that ends the sentence.
    pub(super) fn in_apposition_to_end(&self, comma: usize, limit: usize) -> bool {
        let mut words = comma + 1..limit;
        (self.speakers.mention_at(comma + 1).is_some() || self.doc.is(comma + 1, Class::Determiner))
            && words.len() <= 10
            && !words.any(|i| self.is_comma(i) || self.doc.is_any(i, Class::FINITE))
    }

    /// Whether words at the front of a sentence are attributes and titles of the source behind them:
    /// joined words with the case ending that the expression asks for.
    pub(super) fn attributes(&self, mut words: Range<usize>, cue: usize) -> bool {
        let ending = self.doc.word(cue - 1).chars().next_back();
        self.pack.meta.names.inflect
            && words.len() <= 6
            && words.all(|i| {
                self.doc.is(i, Class::Coordinator)
                    || self.doc.tokens[i].is_word()
                        && self.doc.word(i).chars().next_back() == ending
            })
    }
}
