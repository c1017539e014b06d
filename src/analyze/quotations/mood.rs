//! Responsible for sentences in the mood of reported speech: those that go on from a report, and those
//! behind a colon.

use std::ops::Range;

use super::draft::{Draft, Voice};
use super::{Context, Passage};
use crate::text::lexicon::Class;
use crate::text::token::TokenKind;

impl Context<'_> {
    /// How surely the word at `i` shows the mood of reported speech: 0 always, 1 among other things.
    pub(super) fn mood_at(&self, i: usize, first: usize) -> Option<u32> {
        let noun = self.pack.meta.text.capital_nouns && self.doc.tokens[i].is_capital();
        if noun && i > first {
            return None;
        }
        self.doc
            .find_all(i, Class::Extra)
            .map(|h| h.payload)
            .filter(|p| *p <= 1)
            .min()
    }

    /// "X was confident: the worst was over": a clause in the mood of reported speech behind a colon, and
    /// whom the clause before it is about.
    pub(super) fn mood_behind_colon(
        &self,
        passage: &Passage,
        unit: &Range<usize>,
    ) -> Option<Draft> {
        let colon = (unit.start + 1..unit.end)
            .find(|&i| self.is_colon(i))
            .filter(|&i| self.doc.kind(i + 1) == TokenKind::Word)?;
        let end = (colon + 1..unit.end)
            .find(|&i| self.is_comma(i) && i > colon + 4)
            .unwrap_or(unit.end);
        let sure = (colon + 1..end).any(|i| self.mood_at(i, colon + 1) == Some(0));
        let subject = self
            .subject_of(unit.start..colon)
            .filter(|p| sure && p.mention.is_some_and(|m| self.speaks(m)))?;
        let content = self.trim(colon + 1..unit.end, false);
        let mut draft = self.report(passage, vec![content], "quotation.mood");
        draft.voice = Voice::Subject(subject);
        (self.words(draft.pieces[0].clone()) >= 3).then_some(draft)
    }

    /// A sentence whose verb stands in the mood of reported speech goes on from the one before it, or
    /// reports whom that sentence is about.
    pub(super) fn mood(&self, passage: &Passage, unit: &Range<usize>, drafts: &mut Vec<Draft>) {
        if !self.pack.quotes.mood {
            return;
        }
        if let Some(draft) = self.mood_behind_colon(passage, unit) {
            drafts.push(draft);
            return;
        }
        let main = unit.start
            ..(unit.start..unit.end)
                .find(|&i| {
                    self.is_comma(i) && i > unit.start + 3
                        || self.doc.is(i, Class::Complementiser) && i > unit.start
                })
                .unwrap_or(unit.end);
        if main.clone().any(|i| self.doc.is(i, Class::Conditional)) {
            return;
        }
        let strength = main.filter_map(|i| self.mood_at(i, unit.start)).min();
        let Some(strength) = strength else { return };
        let before = passage.units.iter().find(|u| u.end == unit.start);
        let reported = |unit: &Range<usize>| {
            drafts.iter().rev().any(|d| {
                d.block == passage.block
                    && (unit.contains(&d.start()) || unit.contains(&d.end().saturating_sub(1)))
            })
        };
        // One sentence of plain fact does not end a run that goes on in the sure mood.
        let gap = before
            .filter(|_| strength == 0)
            .and_then(|b| passage.units.iter().find(|u| u.end == b.start));
        let voice = match before {
            Some(before) if reported(before) || gap.is_some_and(reported) => Voice::Previous,
            Some(before) if strength == 0 || before.clone().any(|i| self.doc.is(i, Class::Cue)) => {
                match self.subject_of(before.clone()) {
                    Some(subject) => Voice::Subject(subject),
                    None => return,
                }
            }
            None if strength == 0
                && drafts.last().is_some_and(|d| d.block + 1 == passage.block) =>
            {
                Voice::Context
            }
            _ => return,
        };
        let content = self.trim(unit.clone(), false);
        let mut draft = self.report(passage, vec![content], "quotation.mood");
        draft.voice = voice;
        if !draft.pieces[0].is_empty() {
            drafts.push(draft);
        }
    }
}
