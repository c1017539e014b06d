//! Responsible for going from a cue to stances: which words hold, which are the target, which side.

use std::ops::Range;

use super::clause::Intro;
use super::context::Context;
use super::draft::{Draft, Earlier};
use super::governor::Subject;
use super::target::Complement;
use crate::model::record::Strength;
use crate::pack::stances::{CueGroup, Help, Place, Shape, Side, Voice};
use crate::text::doc::Hit;
use crate::text::lexicon::Class;

/// A cue in its sentence.
#[derive(Debug, Clone)]
pub(super) struct Cue<'a> {
    /// Its family.
    pub(super) group: &'a CueGroup,
    /// How the form was listed.
    pub(super) voice: Voice,
    /// Its tokens.
    pub(super) tokens: Range<usize>,
}

/// What one cue gave.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The stances.
    pub(super) drafts: Vec<Draft>,
    /// Tokens that no other cue may start in.
    pub(super) covered: usize,
    /// Whether the target stands in an earlier sentence.
    pub(super) earlier: bool,
    /// Whether the target is something that can be voted on: a noun phrase, or what an act decides.
    pub(super) issue: bool,
}

impl Context<'_> {
    /// The stances of the cue at token `i`, if it is one.
    pub(super) fn stances_at(&self, i: usize, earlier: &Earlier) -> Found {
        let mut hits: Vec<Hit> = self.doc.find_all(i, Class::Stance).collect();
        if hits.is_empty() {
            return Found::default();
        }
        // The longest form first, and of equal ones the frame that asks for most.
        hits.sort_by_key(|h| {
            let asks = self.words().cue(h.payload).map_or(0, |(g, _)| {
                2 * usize::from(!g.end.is_empty()) + usize::from(!g.with.is_empty())
            });
            std::cmp::Reverse((h.len, asks))
        });
        let mut second = Found::default();
        for hit in hits {
            let Some((group, voice)) = self.words().cue(hit.payload) else {
                continue;
            };
            let cue = Cue {
                group,
                voice,
                tokens: i..i + hit.len,
            };
            let found = self.read(&cue, earlier.meant(group));
            if found.drafts.is_empty() {
                continue;
            }
            if !found.earlier {
                return found;
            }
            if second.drafts.is_empty() {
                second = found;
            }
        }
        second
    }

    fn read(&self, cue: &Cue<'_>, recent: Option<&Range<usize>>) -> Found {
        if self.is_question(cue.tokens.start) || self.opens_balance(cue) {
            return Found::default();
        }
        match cue.group.shape {
            Shape::Verdict | Shape::Claim => self.verdict(cue),
            Shape::Label => self.label(cue),
            Shape::Should => self.should(cue),
            Shape::Noun => self.noun(cue, recent),
            Shape::Verb | Shape::Adjective | Shape::Warning => self.verb(cue, recent),
        }
    }

    fn is_question(&self, i: usize) -> bool {
        let end = self.sentence(i).end;
        let text = &self.pack.meta.text;
        // Behind the question mark may stand closing marks and brackets.
        (i..end).rev().take(4).any(|k| text.asks(self.doc.word(k)))
    }

    #[expect(
        clippy::too_many_lines,
        reason = "one branch for each order of holder, cue and target"
    )]
    fn verb(&self, cue: &Cue<'_>, recent: Option<&Range<usize>>) -> Found {
        let (start, end) = (cue.tokens.start, cue.tokens.end);
        let left = self.left(start);
        if left.intro == Intro::If
            || self.is_noun_use(cue, left.start)
            || self.is_denied_above(&left)
        {
            return Found::default();
        }
        if matches!(cue.voice, Voice::Passive | Voice::Participle)
            && let Some(found) = self.passive(cue)
        {
            return found;
        }
        if cue.voice == Voice::Active
            && group_may_be_passive(cue.group)
            && let Some(found) = self.passive_behind(cue)
        {
            return found;
        }
        if cue.voice == Voice::Passive {
            return Found::default();
        }
        if cue.voice == Voice::Participle && !self.has_auxiliary(start, left.start) {
            return Found::default();
        }
        let group = cue.group;
        // A phrase that the cue asks for: "says … no to".
        let (mut after, mut reach) = (end, end);
        let mut between = None;
        if !group.end.is_empty() {
            return self.closed(cue);
        }
        if group.place == Place::Before {
            return self.before(cue);
        }
        if !group.with.is_empty() {
            let front = self.subject(start, end).is_some_and(|s| {
                !s.after && !s.shared && self.opens_holder(s.tokens.start, s.tokens.end)
            });
            let frame = if group.over {
                self.frame_over(end, &group.with)
            } else {
                self.find_frame(end, &group.with, !front)
            };
            let Some((frame, subject)) = frame else {
                let found = self.fronted(cue, left.start, recent);
                if found.drafts.is_empty() && group.place == Place::Either {
                    return self.before(cue);
                }
                return found;
            };
            between = subject;
            after = frame.end;
            reach = frame.end;
        }
        if self.is_possible(start, left.start)
            && !group.open
            && group.strength != Strength::Weak
            && !self.is_bound(end)
            && !(group.side == Side::Support && self.negation_in(left.start..start).is_some())
        {
            return Found::default();
        }
        if self.is_own_words(start) {
            return self.own_words(cue, reach, after, left.start);
        }
        let mut subject = if cue.voice == Voice::Gerund {
            self.governing(start, 0)
        } else {
            self.subject(start, end)
        };
        // "Darüber hinaus kritisierte er …": a pronoun behind the verb is its subject.
        if let Some(front) = &subject
            && !front.after
            && !front.shared
            && group.with.is_empty()
            && self.words().inversion
            && !self.is_someone(&front.tokens)
            && let Some(pronoun) = self.phrase_after(end)
            && self.is_nominative(&pronoun)
            && self.complement(pronoun.end, group).is_some()
        {
            subject = Some(Subject {
                tokens: pronoun,
                after: true,
                shared: false,
            });
        }
        // "For the sake of peace he wants to see": what a preposition governs is no object.
        if between.is_some()
            && subject
                .as_ref()
                .is_some_and(|s| self.is_governed(&s.tokens))
        {
            subject = None;
        }
        if let (Some(inside), Some(front)) = (&between, &subject)
            && !front.after
            && !front.shared
        {
            // "It is the best for …": what stands between is nobody.
            if !self.is_someone(inside) {
                return Found::default();
            }
            // "Free loans she wants to have": the object stands in front of the verb.
            let target = self.trim_target(front.tokens.clone());
            if let Some(target) = target {
                let complement = Complement {
                    tokens: target,
                    clause: false,
                    next: None,
                };
                let gap = [end..inside.start, inside.end..after];
                let holders = self.holders_in(inside.clone(), start);
                return self.finish(cue, reach, holders, complement, &gap, None);
            }
        }
        if let Some(inside) = between
            && subject.as_ref().is_none_or(|s| s.after || s.shared)
        {
            subject = Some(Subject {
                tokens: inside,
                after: true,
                shared: false,
            });
        }
        if let Some(s) = &subject
            && s.after
            && group.with.is_empty()
        {
            after = after.max(s.tokens.end);
        }
        let complement = self.complement(after, group);
        match (subject, complement) {
            (Some(subject), Some(complement)) => {
                if self.is_idle_clause(&complement.tokens)
                    || group.named && self.is_first_person(subject.tokens.start)
                    || group.strict
                        && complement.clause
                        && complement.tokens.len() == 1
                        && !self.is_capital(complement.tokens.start)
                {
                    return Found::default();
                }
                let mut holders = self.holders(&subject, start);
                if holders.is_empty()
                    && self.words().inversion
                    && !subject.shared
                    && !subject.after
                    && !complement.clause
                    && cue.group.with.is_empty()
                    && self.speakers.mention_at(complement.tokens.start).is_some()
                    && let Some(target) = self.trim_target(subject.tokens.clone())
                {
                    // "The decision praised the minister", object first.
                    let swapped = Complement {
                        tokens: target,
                        clause: false,
                        next: None,
                    };
                    let holders = self.holders_in(complement.tokens, start);
                    let gap = [subject.tokens.end.min(start)..start];
                    return self.finish(cue, reach, holders, swapped, &gap, None);
                }
                if holders.is_empty() && !subject.shared && !self.is_thing(&subject.tokens) {
                    // "X says the plan is wrong and opposes …": the outer subject.
                    let outer = self.outer_subject(start);
                    holders = outer.map_or(Vec::new(), |s| {
                        if self.is_first_person(subject.tokens.start) {
                            Vec::new()
                        } else {
                            self.holders(&s, start)
                        }
                    });
                }
                let gap = self.gaps(&subject, &cue.tokens, after, complement.tokens.start);
                self.finish(cue, reach, holders, complement, &gap, None)
            }
            (Some(subject), None) => self.without_complement(cue, reach, after, &subject, recent),
            (None, complement) => {
                if group.place == Place::Either && complement.is_none() {
                    return self.before(cue);
                }
                let Some(complement) = complement else {
                    return Found::default();
                };
                if self.is_idle_clause(&complement.tokens) || group.named {
                    return Found::default();
                }
                let mut holders = self.dropped(start);
                // "…, although it demands": a subject left out behind a conjunction is the one above.
                if holders.is_empty()
                    && self.words().pro_drop
                    && left.intro == Intro::Other
                    && start <= left.start + 2
                    && let Some(above) = self.governing(left.at, 0)
                    && self.is_someone(&above.tokens)
                {
                    holders = self.holders(&above, start);
                }
                let gap = [left.start..start, end..complement.tokens.start.max(end)];
                self.finish(cue, reach, holders, complement, &gap, None)
            }
        }
    }

    /// Whether the word is the noun that looks like the verb: after an article, a preposition, a number;
    /// or an act that is only planned.
    fn is_noun_use(&self, cue: &Cue<'_>, left: usize) -> bool {
        let start = cue.tokens.start;
        if self.is_capital_noun(start) && cue.group.shape != Shape::Adjective {
            return true;
        }
        if cue.group.shape == Shape::Adjective || start == left {
            return false;
        }
        let mut k = start - 1;
        while k > left && (self.is_filler(k) || self.is_mark(k)) && !self.is(k, Class::Determiner) {
            k -= 1;
        }
        // "received support", "was invited": neither is a verb with its subject in front.
        if !self.words().inversion && cue.voice == Voice::Active && cue.group.shape == Shape::Verb {
            let verb = self.is_help(k, Help::Light)
                && !self
                    .doc
                    .is_any(k, Class::Auxiliary.bit() | Class::Modal.bit())
                || self.is(k, Class::Verb)
                    && !self.doc.is_any(
                        k,
                        Class::Auxiliary.bit() | Class::Modal.bit() | Class::Adverb.bit(),
                    );
            let passive = self.is_help(k, Help::Passive)
                && self.is(k, Class::Auxiliary)
                && !self.is_help(start, Help::Passive);
            if k + 1 == start && verb || passive {
                return true;
            }
        }
        let before = (self.is(k, Class::Determiner) && !self.is(k, Class::Pronoun))
            || self.is(k, Class::Preposition)
                // Behind its object a verb stands behind the object's particle.
                && self.words().place != Place::Before
                && !self.doc.is_any(
                    k,
                    Class::InfinitiveMarker.bit()
                        | Class::Complementiser.bit()
                        | Class::Relative.bit()
                        | Class::Adverb.bit()
                        | Class::Auxiliary.bit()
                        | Class::Modal.bit(),
                )
                && self.speakers.mention_at(k).is_none()
            || k + 1 == start
                && (self.doc.kind(k) == crate::text::token::TokenKind::Number
                    && !(self.words().inversion && self.is_year(k, start))
                    || self.is(k, Class::NumberWord) && !self.words().inversion);
        if before && cue.voice == Voice::Active && k + 1 == start {
            return true;
        }
        let planned = |i: usize| {
            self.doc
                .is_any(i, Class::Modal.bit() | Class::InfinitiveMarker.bit())
                && !self.is(i, Class::Auxiliary)
        };
        cue.group.act
            && cue.group.with.is_empty()
            && cue.group.noun
            && cue.voice == Voice::Active
            && (k == start - 1 || k >= left)
            && planned(k)
            && !cue.group.antecedent
    }
}

/// Whether the forms of a family may be participles of the passive.
fn group_may_be_passive(group: &CueGroup) -> bool {
    group.shape == Shape::Verb && group.noun && group.with.is_empty() && group.end.is_empty()
}
