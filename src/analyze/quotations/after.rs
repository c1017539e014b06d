//! Responsible for a short sentence that says who said the one before it: "That is what X says."

use std::ops::Range;

use super::draft::{Draft, Voice};
use super::{Context, Passage};
use crate::analyze::speakers::phrase;
use crate::pack::grammar::Person;
use crate::pack::quotes::{CueKind, SourceSide};
use crate::text::lexicon::Class;

impl Context<'_> {
    /// "CONTENT. That is what X says.": a short sentence attributes the one before it.
    pub(super) fn said_before(
        &self,
        passage: &Passage,
        before: &Range<usize>,
        unit: &Range<usize>,
        drafts: &mut Vec<Draft>,
    ) -> bool {
        let pointing = self
            .doc
            .find_all(unit.start, Class::SourceCue)
            .find(|hit| SourceSide::from_payload(hit.payload) == SourceSide::Pointing);
        let first = pointing.map_or(unit.start, |hit| unit.start + hit.len - 1);
        let points = Class::Pronoun.bit() | Class::Determiner.bit();
        let it = self.pack.grammar.person(self.doc, first);
        let plain = self.doc.is_any(first, points) && it.is_none_or(|p| p == Person::It);
        if !(plain || pointing.is_some()) || unit.len() > 32 {
            return false;
        }
        let small = Class::Auxiliary.bit() | Class::CueParticle.bit() | Class::Pronoun.bit();
        let near = (first + 1..unit.end.min(first + 4))
            .take_while(|&i| i == first + 1 || self.doc.is_any(i - 1, small))
            .find_map(|i| self.cue_at(i, first));
        let far = || {
            let auxiliary = self.doc.is(first + 1, Class::Auxiliary);
            (first + 2..unit.end)
                .filter(|_| auxiliary)
                .find_map(|i| self.cue_at(i, first))
        };
        let Some(cue) = near.or_else(far).filter(|c| {
            let reports = [CueKind::Say, CueKind::Show, CueKind::Impersonal];
            reports.iter().any(|kind| c.may(*kind)) && !c.adverbial
        }) else {
            return false;
        };
        let governs = self.complementiser(cue.tokens.end, unit.end);
        if governs.is_some_and(|i| !self.is_comma(i - 1)) {
            return false;
        }
        // Behind the verb, or between auxiliary and participle.
        let wide = self.doc.is(first + 1, Class::Auxiliary) && cue.tokens.end > first + 3;
        let from = if wide { first + 2 } else { cue.tokens.end };
        let shown = !cue.may(CueKind::Say);
        let subject = phrase::after(self.doc, self.pack, self.speakers, from, unit.end)
            .filter(|p| {
                p.mention.is_some() || p.pronoun.is_some() || shown && self.can_be_source(p)
            })
            .or_else(|| {
                if shown {
                    self.named_source(from, unit.end)
                } else {
                    None
                }
            });
        let Some(subject) = subject else { return false };
        let spoken = drafts
            .iter()
            .rev()
            .take_while(|d| d.block == passage.block)
            .any(|d| before.contains(&d.start()));
        if spoken {
            if let Some(last) = drafts
                .last_mut()
                .filter(|d| d.cue.is_none() && d.block == passage.block)
            {
                last.cue = Some(cue.tokens);
                last.voice = Voice::Subject(subject);
                return true;
            }
            return false;
        }
        let piece = self.trim(before.clone(), false);
        if self.words(piece.clone()) < 3 {
            return false;
        }
        let mut draft = self.report(passage, vec![piece], "quotation.said-after");
        draft.cue = Some(cue.tokens);
        draft.voice = Voice::Subject(subject);
        drafts.push(draft);
        true
    }
}
