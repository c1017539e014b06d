//! Responsible for the last steps of a stance: what stands between its parts, and what is no stance.

use std::ops::Range;

use super::clause::Subject;
use super::context::Context;
use super::draft::Draft;
use super::find::{Cue, Found};
use super::sides::Reading;
use super::target::Complement;
use crate::model::record::Holder;
use crate::pack::stances::{Help, Place};
use crate::text::lexicon::Class;

impl Context<'_> {
    /// Whether a phrase names someone or is a pronoun.
    pub(super) fn is_someone(&self, phrase: &Range<usize>) -> bool {
        self.person(phrase.start).is_some()
            || self.speakers.mentions_in(phrase.clone()).next().is_some()
    }

    /// Whether a preposition stands at a phrase's start or right before it.
    pub(super) fn is_governed(&self, phrase: &Range<usize>) -> bool {
        (phrase.start.saturating_sub(1)..=phrase.start)
            .any(|i| self.is(i, Class::Preposition) && !self.is(i, Class::Determiner))
    }

    /// Where a negation of the cue may stand.
    pub(super) fn gaps(
        &self,
        subject: &Subject,
        cue: &Range<usize>,
        after: usize,
        target: usize,
    ) -> [Range<usize>; 2] {
        let from = if subject.shared {
            let left = self.left(cue.start).start;
            (left..cue.start)
                .rev()
                .find(|&i| {
                    self.is(i, Class::Coordinator)
                        || self.is_help(i, Help::Contrast)
                        || self.is_comma(i)
                })
                .unwrap_or(left)
        } else if subject.after {
            self.left(cue.start).start
        } else {
            subject.tokens.end.min(cue.start)
        };
        [from..cue.start, cue.end..target.max(after).max(cue.end)]
    }

    pub(super) fn has_auxiliary(&self, i: usize, start: usize) -> bool {
        let reach = if self.words().place == Place::Either {
            30
        } else {
            8
        };
        (start..i)
            .rev()
            .take(reach)
            .any(|k| self.is(k, Class::Auxiliary))
    }

    pub(super) fn is_idle_clause(&self, clause: &Range<usize>) -> bool {
        self.is_idle(clause.start)
            || self.words().place != Place::After
                && clause.end > clause.start
                && self.is_help(clause.end - 1, Help::Idle)
    }

    pub(super) fn is_idle(&self, at: usize) -> bool {
        (at..at + 3).any(|i| {
            self.is_help(i, Help::Idle)
                && (at..i).all(|k| {
                    self.is_filler(k)
                        || self.doc.is_any(
                            k,
                            Class::Pronoun.bit()
                                | Class::InfinitiveMarker.bit()
                                | Class::Auxiliary.bit(),
                        )
                })
        })
    }

    /// Whether a modal of possibility governs the cue.
    pub(super) fn is_possible(&self, cue: usize, start: usize) -> bool {
        (start..cue)
            .rev()
            .take_while(|&i| {
                self.is_filler(i)
                    || self
                        .doc
                        .is_any(i, Class::Auxiliary.bit() | Class::Modal.bit())
            })
            .any(|i| self.is_help(i, Help::Can))
    }

    /// One of the phrases after `from`, over adverbs, times and, in inverted order, the subject.
    pub(super) fn find_frame(
        &self,
        from: usize,
        ids: &[u32],
        inverted: bool,
    ) -> Option<(Range<usize>, Option<Range<usize>>)> {
        let end = self.sentence(from.saturating_sub(1)).end;
        let mut at = from;
        let mut subject = None;
        while at < end {
            if let Some(len) = self.frame(at, ids) {
                // "neither for nor against" is on no side.
                let balanced = self.is_negation(at.saturating_sub(1)) && self.is_negation(at + len);
                return (!balanced).then_some((at..at + len, subject));
            }
            let next = self.skip_lead(at, end);
            if next > at {
                // A frame may begin inside what was skipped.
                if let Some(i) = (at + 1..next).find(|&i| self.frame(i, ids).is_some()) {
                    at = i;
                } else {
                    at = next;
                }
                continue;
            }
            if subject.is_none()
                && self.words().inversion
                && at <= from + 2
                && let Some(tokens) = self.phrase_after(at)
                && (inverted || self.person(tokens.start).is_some())
            {
                at = tokens.end;
                subject = Some(tokens);
                continue;
            }
            // One unknown adverb may stand before the frame.
            let plain = self.doc.tokens[at].is_word()
                && !self.is_capital(at)
                && !self.is_finite(at)
                && !self.doc.is_any(
                    at,
                    Class::Preposition.bit() | Class::Determiner.bit() | Class::Pronoun.bit(),
                );
            if plain
                && at > from
                && let Some(len) = self.frame(at + 1, ids)
            {
                return Some((at + 1..at + 1 + len, subject));
            }
            return None;
        }
        None
    }

    /// Turns holders, complement and cue into stances.
    pub(super) fn finish(
        &self,
        cue: &Cue<'_>,
        reach: usize,
        holders: Vec<Holder>,
        complement: Complement,
        gaps: &[Range<usize>],
        evidence_from: Option<usize>,
    ) -> Found {
        let mut found = Found {
            covered: reach.max(cue.tokens.end),
            earlier: evidence_from.is_some(),
            ..Found::default()
        };
        let holders: Vec<Holder> = if cue.group.strict {
            holders.into_iter().filter(|h| self.is_actor(h)).collect()
        } else {
            holders
        };
        if holders.is_empty() {
            return found;
        }
        let mut complement = Some(complement);
        let mut rounds = 0;
        while let Some(part) = complement.take() {
            let reading = self.reading(cue, &part, gaps);
            if let Some(Reading {
                target,
                polarity,
                strength,
                negated,
                condition,
                lean,
                rule,
            }) = reading
            {
                if self.is_pronoun_only(&target) {
                    return found;
                }
                found.issue |= !part.clause || cue.group.act;
                if part.clause {
                    found.covered = found.covered.max(part.tokens.end);
                }
                let sentence = self.sentence(cue.tokens.start);
                for holder in &holders {
                    found.drafts.push(Draft {
                        holder: holder.clone(),
                        target: target.clone(),
                        polarity,
                        strength,
                        negated,
                        act: cue.group.act,
                        condition: condition.clone(),
                        lean,
                        cue: cue.tokens.start..reach.max(cue.tokens.end),
                        evidence: evidence_from.unwrap_or(sentence.start)..sentence.end,
                        rule,
                    });
                }
            }
            rounds += 1;
            if rounds < 4
                && let Some(next) = part.next
            {
                complement = self.complement_at(next);
            }
        }
        found
    }

    /// Whether a holder is a pronoun or a mention of a person, body or group.
    pub(super) fn is_actor(&self, holder: &Holder) -> bool {
        let (Some(start), Some(end)) = (holder.start, holder.end) else {
            return true;
        };
        let from = self.doc.token_at(start);
        let to = self.doc.token_at(end.saturating_sub(1)) + 1;
        let head = (from..to)
            .find(|&i| self.is(i, Class::Preposition) && i > from)
            .unwrap_or(to);
        self.person(from).is_some() || self.speakers.mentions_in(from..head).next().is_some()
    }

    /// A target that is a pronoun says nothing to the reader.
    pub(super) fn is_pronoun_only(&self, target: &Range<usize>) -> bool {
        target.len() == 1
            && (self.is(target.start, Class::Pronoun)
                || self.is(target.start, Class::Determiner)
                || self.is_help(target.start, Help::Object)
                || self.is_help(target.start, Help::As)
                || self.is(target.start, Class::InfinitiveMarker)
                || self.is_filler(target.start)
                || self.is(target.start, Class::Stop))
    }
}
