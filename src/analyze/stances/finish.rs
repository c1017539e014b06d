//! Responsible for the last steps of a stance: what stands between its parts, and what is no stance.

use std::ops::Range;

use super::clause::{Intro, Left};
use super::context::Context;
use super::draft::Draft;
use super::find::{Cue, Found};
use super::governor::Subject;
use super::sides::Reading;
use super::target::Complement;
use crate::model::record::{Holder, Polarity, Strength};
use crate::pack::grammar::Person;
use crate::pack::stances::{Help, Place, Side};
use crate::text::lexicon::Class;
use crate::text::token::Token;

impl Context<'_> {
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
            let left = self.left(cue.start);
            if let Some(verb) = self.future(&left) {
                return [verb..cue.start, cue.end..target.max(after).max(cue.end)];
            }
            let left = left.start;
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
            // "Nor does the party support": a negation of the whole clause.
            let first = subject.tokens.start;
            if first > 0 && first < cue.start && self.is_negation(first - 1) {
                first - 1
            } else {
                subject.tokens.end.min(cue.start)
            }
        };
        [from..cue.start, cue.end..target.max(after).max(cue.end)]
    }

    /// The verb before an infinitive's marker that says no more than that it will be done, when only
    /// a negation stands between ("kommer inte att").
    fn future(&self, left: &Left) -> Option<usize> {
        if left.intro != Intro::That || !self.is(left.at, Class::InfinitiveMarker) {
            return None;
        }
        let start = self.sentence(left.at).start;
        let mut at = left.at;
        while at > start && self.is_filler(at - 1) {
            at -= 1;
        }
        (at > start && self.is_help(at - 1, Help::Future)).then_some(at - 1)
    }

    /// Whether the infinitive of a cue hangs on a negated verb that is no cue ("has not decided to").
    pub(super) fn is_denied_above(&self, left: &Left) -> bool {
        left.intro == Intro::That
            && self.is(left.at, Class::InfinitiveMarker)
            && left.at > self.sentence(left.at).start
            && self.is_negation(left.at - 1)
            && self.future(left).is_none()
            && self.words().inversion
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
            if let Some(len) = self.help(at, Help::Contrast) {
                at += len;
                continue;
            }
            if let Some(next) = self.after_tally(at) {
                at = next;
                continue;
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
                && let Some(mut tokens) = self.phrase_after(at)
                && (inverted || self.person(tokens.start).is_some())
            {
                // "Chuir an tAire fáilte roimh …": the phrase asked for ends the subject.
                if let Some(i) = (tokens.start + 1..tokens.end)
                    .find(|&i| self.frame(i, ids).is_some_and(|len| len > 1))
                {
                    tokens.end = i;
                }
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

    /// The phrase behind the object of a cue ("accuses the minister of"): the first one that no
    /// article or name follows, else the last.
    pub(super) fn frame_over(
        &self,
        from: usize,
        ids: &[u32],
    ) -> Option<(Range<usize>, Option<Range<usize>>)> {
        const REACH: usize = 14;
        let end = self.sentence(from.saturating_sub(1)).end;
        let mut last = None;
        for i in from + 1..end.min(from + REACH) {
            if self.is_break(i) || self.is_finite(i) && !self.is_capital(i) {
                break;
            }
            let Some(len) = self.frame(i, ids) else {
                if self.intro(i, from).is_some() {
                    break;
                }
                continue;
            };
            last = Some((i..i + len, None));
            let next = i + len;
            if len > 1 || !self.is_capital(next) && !self.is(next, Class::Determiner) {
                break;
            }
        }
        last
    }

    /// The noun that a pronoun as target stands for: the target of the stance before, when it stands
    /// in the same sentence.
    pub(super) fn meant(
        &self,
        pronoun: &Range<usize>,
        before: Option<&Range<usize>>,
    ) -> Option<Range<usize>> {
        let before = before?;
        let sentence = self.sentence(pronoun.start);
        let takes_up = self.is_help(pronoun.start, Help::Object)
            || matches!(self.person(pronoun.start), Some(Person::It | Person::They));
        (takes_up && before.start >= sentence.start && before.end <= pronoun.start)
            .then(|| before.clone())
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
        let holders: Vec<Holder> = holders
            .into_iter()
            .filter(|h| self.is_actor(h) || self.may_act(h))
            .filter(|h| !(cue.group.body && self.is_person(h)))
            .filter(|h| !(cue.group.act || cue.group.side == Side::Neutral) || !self.is_tally(h))
            .collect();
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
                let target = if self.is_pronoun_only(&target) {
                    match self.meant(&target, self.last_target.borrow().as_ref()) {
                        Some(noun) => noun,
                        None => return found,
                    }
                } else {
                    target
                };
                // "wants to have it": what "it" is remains open.
                if part.clause && target.len() == 2 && self.is_help(target.end - 1, Help::Object) {
                    return found;
                }
                if cue.group.last && self.goes_on(&target) {
                    return found;
                }
                // Where nouns have capitals, a target without one is an adverb or a verb.
                if !part.clause && self.lacks_noun(&target) {
                    return found;
                }
                // "er for tiden": a time is nothing to be for.
                if self.is_time(target.start) && !self.is_capital(target.start) {
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
                complement = if part.clause {
                    self.complement_at(next)
                } else {
                    self.noun_at(next, self.sentence(next).end)
                };
            } else if evidence_from.is_none() {
                self.contrasted(cue, &part, gaps, &holders, &mut found);
            }
        }
        found
    }

    /// The other side of a contrast: "supports the audit but not the cuts", "is not against families
    /// but against …".
    fn contrasted(
        &self,
        cue: &Cue<'_>,
        part: &Complement,
        gaps: &[Range<usize>],
        holders: &[Holder],
        found: &mut Found,
    ) {
        let end = self.sentence(cue.tokens.start).end;
        let side = match cue.group.side {
            Side::Support | Side::Demand => Polarity::Support,
            Side::Oppose => Polarity::Oppose,
            Side::Neutral => return,
        };
        if cue.group.needs_negation || part.tokens.end < cue.tokens.end {
            return;
        }
        let mut at = part.tokens.end;
        while at < end && (self.is_comma(at) || self.is_break(at) && !self.doc.is_char(at, &['.']))
        {
            at += 1;
        }
        let Some(len) = self.help(at, Help::Contrast) else {
            return;
        };
        let negated = gaps.iter().cloned().any(|g| self.negation_in(g).is_some());
        let mut from = at + len;
        let denied = self.is_negation(from);
        if denied == negated {
            return;
        }
        from += usize::from(denied);
        while from < end && self.is_filler(from) && !self.is(from, Class::Determiner) {
            from += 1;
        }
        if let Some(len) = self.frame(from, &cue.group.with) {
            from += len;
        } else if self.is(from, Class::Preposition)
            && !self.is(from, Class::Determiner)
            && self.doc.word(from) == self.doc.word(part.tokens.start.saturating_sub(1))
        {
            from += 1;
        }
        let Some(other) = self.noun_at(from, end) else {
            return;
        };
        let tokens = other.tokens;
        let ends = tokens.end;
        let closed = ends >= end
            || self.is_break(ends)
            || self.is_comma(ends)
            || self.is_mark(ends)
            || self.is_speech_border(ends - 1, ends);
        if !closed || self.is_pronoun_only(&tokens) || tokens.clone().any(|i| self.is_finite(i)) {
            return;
        }
        let turned = match side {
            Polarity::Support => Polarity::Oppose,
            _ => Polarity::Support,
        };
        let sentence = self.sentence(cue.tokens.start);
        for holder in holders {
            found.drafts.push(Draft {
                holder: holder.clone(),
                target: tokens.clone(),
                polarity: if denied { turned } else { side },
                strength: Strength::Plain,
                negated: denied,
                act: cue.group.act,
                condition: None,
                lean: None,
                cue: cue.tokens.clone(),
                evidence: sentence.clone(),
                rule: "stance.contrast",
            });
        }
        found.covered = found.covered.max(ends);
    }

    /// Whether the clause goes on behind a phrase, with an adjective or a verb at its end.
    fn goes_on(&self, target: &Range<usize>) -> bool {
        const NEXT: u64 = Class::Coordinator.bit()
            | Class::Relative.bit()
            | Class::Complementiser.bit()
            | Class::Subordinator.bit()
            | Class::Conditional.bit()
            | Class::Preposition.bit();
        let word = |i: usize| self.doc.tokens.get(i).is_some_and(Token::is_word);
        let next = (target.end..target.end + 2).find(|&i| !self.is_mark(i));
        let verb = |i: usize| word(i) && !self.is_capital(i);
        let end = self.sentence(target.start).end;
        next.is_some_and(|i| i < end && verb(i) && !self.doc.is_any(i, NEXT))
            || self.pack.meta.text.capital_nouns && verb(target.end - 1)
    }

    /// Whether a phrase has no noun in a language that writes nouns with capitals.
    fn lacks_noun(&self, target: &Range<usize>) -> bool {
        let is_noun = |i: usize| {
            let token = &self.doc.tokens[i];
            token.is_capital() || !token.is_word() || self.is_mark(i)
        };
        self.pack.meta.text.capital_nouns
            && !self.is_mark(target.start.saturating_sub(1))
            && !target.clone().any(is_noun)
            && !self.is(target.start, Class::Determiner)
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
