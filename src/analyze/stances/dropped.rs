//! Responsible for subjects that a language leaves out: the speaker of a verb in the first person,
//! the one whom the sentence before is about.

use super::context::Context;
use super::find::{Cue, Found};
use crate::analyze::speakers::MentionKind;
use crate::model::record::Holder;
use crate::pack::stances::Help;
use crate::text::lexicon::Class;

impl Context<'_> {
    /// Whether the verb at `i` stands in the first person without a pronoun, inside a quotation.
    pub(super) fn is_own_words(&self, i: usize) -> bool {
        self.quotation(i).is_some()
            && (i.saturating_sub(2)..=i)
                .rev()
                .take_while(|&k| {
                    k == i || self.is_filler(k + 1) || k + 1 == i || self.is_help(k, Help::First)
                })
                .any(|k| self.is_help(k, Help::First))
    }

    /// "We support …" without "we": the speaker holds.
    pub(super) fn own_words(
        &self,
        cue: &Cue<'_>,
        reach: usize,
        after: usize,
        left: usize,
    ) -> Found {
        let Some(holder) = self.quotation(cue.tokens.start).and_then(Self::speaker) else {
            return Found::default();
        };
        let Some(complement) = self.complement(after, cue.group) else {
            return Found::default();
        };
        if self.is_idle_clause(&complement.tokens) || cue.group.named {
            return Found::default();
        }
        let from = complement.tokens.start.max(cue.tokens.end);
        let gap = [left..cue.tokens.start, cue.tokens.end..from];
        self.finish(cue, reach, vec![holder], complement, &gap, None)
    }

    /// The subject that a language leaves out: the speaker, or the one whom the sentence before is
    /// about.
    pub(super) fn dropped(&self, cue: usize) -> Vec<Holder> {
        if !self.words().pro_drop {
            return Vec::new();
        }
        if let Some(quotation) = self.quotation(cue) {
            return Self::speaker(quotation).into_iter().collect();
        }
        let sentence = self.sentence(cue);
        if cue > sentence.start + 4 {
            return Vec::new();
        }
        let Some(before) = sentence.start.checked_sub(1) else {
            return Vec::new();
        };
        if self.doc.block_of(before) != self.doc.block_of(cue) {
            return Vec::new();
        }
        let earlier = self.sentence(before);
        let topic = self
            .speakers
            .mentions_in(earlier.start..earlier.end.min(earlier.start + 12))
            .map(|m| &self.speakers.mentions[m])
            .find(|m| {
                m.kind == MentionKind::Name
                    && !m
                        .full
                        .start
                        .checked_sub(1)
                        .is_some_and(|k| k >= earlier.start && self.is(k, Class::Preposition))
            });
        topic.map_or_else(Vec::new, |m| self.holders_in(m.core.clone(), cue))
    }
}
