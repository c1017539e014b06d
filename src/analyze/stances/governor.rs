//! Responsible for the subject of a verb: before it, behind it, or in the clause that governs its own.

use std::ops::Range;

use super::clause::{Intro, Left};
use super::context::Context;
use crate::pack::stances::{Help, Place};
use crate::text::lexicon::Class;

/// Where a subject was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Subject {
    /// Its tokens.
    pub(super) tokens: Range<usize>,
    /// Whether it follows the verb.
    pub(super) after: bool,
    /// Whether it belongs to an earlier clause.
    pub(super) shared: bool,
}
impl Context<'_> {
    /// The subject of the verb at `verb`: before it, after it, or shared with an earlier clause.
    pub(super) fn subject(&self, verb: usize, verb_end: usize) -> Option<Subject> {
        self.subject_from(verb, verb_end, 0)
    }

    fn subject_from(&self, verb: usize, verb_end: usize, depth: usize) -> Option<Subject> {
        if depth > 3 {
            return None;
        }
        let left = self.left(verb);
        let end = self.before_chain(verb, left.start);
        if end > left.start {
            if let Some(subject) = self.subject_before(left, end, depth) {
                return Some(subject);
            }
            if left.intro == Intro::Relative && self.is_adverbial(left.start, end) {
                return self.before_relative(left);
            }
            if self.words().inversion
                && let Some(tokens) = self.phrase_after(verb_end)
            {
                return Some(Subject {
                    tokens,
                    after: true,
                    shared: false,
                });
            }
            // "Die SPD trug den Beschluss mit, pocht aber auf …": the subject of the clause before.
            if self.words().inversion
                && self.words().place == Place::Either
                && !self.words().pro_drop
                && end > left.start + 1
                && self.is_comma(end - 1)
                && end == verb
            {
                let mut subject = self.governing(end - 1, depth)?;
                subject.shared = true;
                return Some(subject);
            }
            return None;
        }
        match left.intro {
            Intro::Relative => self.before_relative(left),
            Intro::That if left.at > self.sentence(verb).start => {
                let governor = self.before_chain(left.at, self.left(left.at).start);
                let mut subject = self.governing(governor, depth)?;
                subject.shared = true;
                Some(subject)
            }
            Intro::None if self.words().inversion => {
                self.phrase_after(verb_end).map(|tokens| Subject {
                    tokens,
                    after: true,
                    shared: false,
                })
            }
            _ => None,
        }
    }

    fn before_relative(&self, left: Left) -> Option<Subject> {
        let end = self.back_over_comma(left.at);
        let mut tokens = self.antecedent(end)?;
        // "Anna Berg, leader of the group, who voted against": the name before the apposition.
        if tokens.start > 1
            && self.is_comma(tokens.start - 1)
            && self.is_comma(end)
            && let Some(name) = self.name_before(tokens.start - 1)
        {
            tokens = name;
        }
        let pronoun = tokens.len() == 1 && self.is_help(tokens.start, Help::Object);
        if pronoun && let Some(subject) = self.governing(tokens.start, 1) {
            return Some(subject);
        }
        Some(Subject {
            tokens,
            after: false,
            shared: false,
        })
    }

    /// The subject of the verb that governs the clause around `cue`.
    pub(super) fn outer_subject(&self, cue: usize) -> Option<Subject> {
        let left = self.left(cue);
        if left.intro != Intro::That {
            return None;
        }
        let mut subject = self.governing(left.at, 0)?;
        subject.shared = true;
        Some(subject)
    }

    /// The subject of the clause whose words end at `end`.
    pub(super) fn governing(&self, end: usize, depth: usize) -> Option<Subject> {
        let start = self.left(end.checked_sub(1)?).start;
        let Some(verb) = (start..end).find(|&i| self.is_finite(i)) else {
            // No verb that the lexicon knows: the phrase that opens the clause.
            let at = self.skip_lead(start, end);
            let tokens = self.mention(at).filter(|m| m.end < end)?;
            return Some(Subject {
                tokens,
                after: false,
                shared: true,
            });
        };
        self.subject_from(verb, verb + 1, depth + 1)
    }

    /// The subject that a verb behind the coordinator at `joint` shares: that of the clause before, or
    /// of the one above it when only that one is someone ("thinks the ban is wrong and demands").
    fn conjoined(&self, joint: usize, depth: usize) -> Option<Subject> {
        let near = self.governing(joint, depth)?;
        let left = self.left(joint);
        let infinitive = left.intro == Intro::That && self.is(left.at, Class::InfinitiveMarker);
        if self.is_someone(&near.tokens) && !infinitive {
            return Some(near);
        }
        let above = (left.intro == Intro::That && left.at > 0)
            .then(|| self.governing(left.at, depth + 1))
            .flatten()
            .filter(|s| self.is_someone(&s.tokens));
        Some(above.unwrap_or(near))
    }

    /// The noun phrase that ends at `end`, in a clause that begins at `left.start`.
    #[expect(
        clippy::too_many_lines,
        reason = "one step for each thing that may stand before a verb"
    )]
    fn subject_before(&self, left: Left, end: usize, depth: usize) -> Option<Subject> {
        let mut end = end;
        // An insertion between commas or brackets before the verb.
        if self.is_comma(end - 1) {
            let commas = || (left.start..end - 1).rev().filter(|&i| self.is_comma(i));
            let open = commas()
                .find(|&i| self.is(i + 1, Class::Relative) || self.is(i + 2, Class::Relative))
                .or_else(|| commas().next());
            match open {
                Some(open) if open > left.start => {
                    let from = (left.start..open)
                        .rev()
                        .find(|&i| self.is_comma(i) || self.is_finite(i))
                        .map_or(left.start, |i| i + 1);
                    if let Some(tokens) = self.name_in_apposition(from..open, open + 1..end - 1) {
                        return Some(Subject {
                            tokens,
                            after: false,
                            shared: false,
                        });
                    }
                    end = open;
                }
                _ => return None,
            }
        }
        while end > left.start && self.doc.is_char(end - 1, &[')', ']']) {
            end = (left.start..end)
                .rev()
                .find(|&i| self.doc.is_char(i, &['(', '[']))?;
        }
        if end == left.start {
            return None;
        }
        let mut start = end;
        let mut listed = false;
        while start > left.start {
            let k = start - 1;
            if self.is(k, Class::Coordinator) && !self.is_help(k, Help::Contrast) {
                if start == end {
                    if self.opens_inverted(end) {
                        return None;
                    }
                    // "… and demands": the subject of the clause before.
                    let mut subject = self.conjoined(k, depth)?;
                    subject.shared = true;
                    return Some(subject);
                }
                listed = true;
                start = k;
                continue;
            }
            if self.is_help(k, Help::Contrast) {
                if start == end {
                    if self.opens_inverted(end) {
                        return None;
                    }
                    let mut subject = self.conjoined(k, depth)?;
                    subject.shared = true;
                    return Some(subject);
                }
                break;
            }
            if self.doc.is_char(k, &[')', ']']) {
                let open = (left.start..k)
                    .rev()
                    .find(|&i| self.doc.is_char(i, &['(', '[']))?;
                start = open;
                continue;
            }
            let opener = Class::Relative.bit()
                | Class::Subordinator.bit()
                | Class::Conditional.bit()
                | Class::Interrogative.bit()
                | Class::Complementiser.bit();
            if start < end
                && self.doc.is_any(k, opener)
                && !self
                    .doc
                    .is_any(k, Class::Determiner.bit() | Class::Preposition.bit())
            {
                break;
            }
            if self.is_comma(k) {
                if listed {
                    start = k;
                    continue;
                }
                break;
            }
            if self.is_finite(k) {
                if listed {
                    // Only what stands after the coordinator belongs to this verb.
                    start = (start..end)
                        .rev()
                        .find(|&i| self.is(i, Class::Coordinator))
                        .map_or(start, |i| i + 1);
                    break;
                }
                if !self.opens_holder(start, end) {
                    return self.subject_from(k, k + 1, depth + 1);
                }
                break;
            }
            start = k;
        }
        let whole = self.trim_phrase(start..end)?;
        let tokens = self.before_adverb(self.without_time(whole));
        // Where subjects are left out, a word that opens no phrase is a verb.
        if self.words().pro_drop
            && !self.opens_holder(tokens.start, tokens.end)
            && self.speakers.mentions_in(tokens.clone()).next().is_none()
        {
            return None;
        }
        // "That the minister rejects": a dummy in front is the object.
        if self.words().inversion
            && tokens.len() == 1
            && self.is_help(tokens.start, Help::Dummy)
            && self.phrase_after(self.verb_after(end)).is_some()
        {
            return None;
        }
        // "Den Plan lehnt …": a case that no subject has.
        if self.words().inversion
            && self.is_help(tokens.start, Help::Oblique)
            && self.speakers.mention_at(tokens.start).is_none()
        {
            return None;
        }
        // A phrase with a preposition in front is an adverbial; the subject follows the verb.
        if self.is_adverbial(tokens.start, tokens.end) {
            if self.words().inversion {
                return None;
            }
            return self.after_adverbial(tokens);
        }
        Some(Subject {
            tokens,
            after: false,
            shared: false,
        })
    }
}
