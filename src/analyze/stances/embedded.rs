//! Responsible for what stands inside the clause of a cue: another cue, a stop word at the end.

use std::ops::Range;

use super::context::Context;
use crate::pack::stances::{Place, Shape, Side, Voice, stop};
use crate::text::lexicon::Class;

impl Context<'_> {
    /// The cue that a clause under another cue consists of ("wants to vote against the bill"): what it
    /// is about and its side.
    pub(super) fn embedded(&self, clause: &Range<usize>) -> Option<(Range<usize>, Side)> {
        let at = clause.clone().find(|&i| {
            !self.is_filler(i) && !self.is_mark(i) && !self.is(i, Class::InfinitiveMarker)
        })?;
        let plain = |payload: u32| {
            self.words().cue(payload).filter(|(g, voice)| {
                *voice == Voice::Active
                    && g.shape == Shape::Verb
                    && matches!(g.side, Side::Support | Side::Oppose)
                    && !g.needs_negation
                    && !g.over
                    && g.end.is_empty()
                    && g.noun
            })
        };
        if !self.doc.begins(at, Class::Stance) && self.words().place == Place::After {
            return None;
        }
        for hit in self.doc.find_all(at, Class::Stance) {
            let Some((group, _)) = plain(hit.payload) else {
                continue;
            };
            let mut from = at + hit.len;
            if !group.with.is_empty() {
                let Some((frame, _)) = self.find_frame(from, &group.with, false) else {
                    continue;
                };
                from = frame.end;
            }
            if from >= clause.end || self.opens_clause(from).is_some() {
                continue;
            }
            // What it supports in words of its own is what is wanted ("wants to stand by the plan").
            if group.side == Side::Support && !group.act && (hit.len > 1 || !group.with.is_empty())
            {
                return None;
            }
            let inner = self.complement(from, group)?;
            let tokens = inner.tokens.start..inner.tokens.end.min(clause.end);
            return (!inner.clause && !tokens.is_empty() && !self.is_pronoun_only(&tokens))
                .then_some((tokens, group.side));
        }
        // "will das Gesetz ablehnen": the verb closes the clause.
        let last = clause.end.checked_sub(1).filter(|&l| l > at)?;
        if self.words().place == Place::After {
            return None;
        }
        let (group, _) = self
            .doc
            .find_all(last, Class::Stance)
            .filter(|h| h.len == 1)
            .find_map(|h| plain(h.payload))
            .filter(|(g, _)| g.with.is_empty())?;
        let tokens = self.trim_target(self.strip_verbs(at..last))?;
        (!self.starts_badly(tokens.start) && !tokens.clone().any(|i| self.is_comma(i)))
            .then_some((tokens, group.side))
    }

    /// Where a phrase ends without the stop word that closes it ("wants the levy scrapped").
    pub(super) fn before_stop(&self, phrase: &Range<usize>) -> Option<usize> {
        (1..=3)
            .filter_map(|back| Some((back, phrase.end.checked_sub(back)?)))
            .filter(|(_, at)| *at > phrase.start)
            .find(|&(back, at)| {
                self.doc
                    .find(at, Class::Stopper)
                    .is_some_and(|hit| hit.payload == stop::PASSIVE && hit.len >= back)
            })
            .map(|(_, at)| at)
    }
}
