//! Responsible for the side that a cue takes in its sentence: negation, double negation, stop words,
//! conditions, strength.

use std::ops::Range;

use super::context::Context;
use super::find::Cue;
use super::target::Complement;
use crate::model::record::{Polarity, Strength};
use crate::pack::stances::{Help, Place, Shape, Side};
use crate::text::lexicon::Class;

/// A side with its target.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    pub(super) target: Range<usize>,
    pub(super) polarity: Polarity,
    pub(super) strength: Strength,
    pub(super) negated: bool,
    pub(super) condition: Option<Range<usize>>,
    pub(super) lean: Option<Polarity>,
    pub(super) rule: &'static str,
}

fn turned(polarity: Polarity) -> Polarity {
    match polarity {
        Polarity::Support => Polarity::Oppose,
        Polarity::Oppose => Polarity::Support,
        other => other,
    }
}

impl Context<'_> {
    /// The side that a cue takes on a complement; `gaps` are where its negation may stand.
    #[expect(
        clippy::too_many_lines,
        reason = "one step for each thing that turns a side"
    )]
    pub(super) fn reading(
        &self,
        cue: &Cue<'_>,
        complement: &Complement,
        gaps: &[Range<usize>],
    ) -> Option<Reading> {
        let group = cue.group;
        let mut target = complement.tokens.clone();
        // "votes no": a negation that is the cue's own phrase turns nothing.
        let own = cue.tokens.clone();
        let own = own.filter(|_| group.needs_negation);
        let mut negation = gaps.iter().cloned().flatten().chain(own).find(|&i| {
            self.is_negation(i)
                && (group.needs_negation || !cue.tokens.contains(&i))
                && self.frame(i, &group.with).is_none()
        });
        // "supports the proposal not": the negation closes the clause.
        if negation.is_none() && target.len() > 1 && self.is_negation(target.end - 1) {
            negation = Some(target.end - 1);
            target.end -= 1;
        }
        let regretted = group.side == Side::Oppose && complement.clause;
        if negation.is_none() && !regretted && target.len() > 1 && self.is_negation(target.start) {
            negation = Some(target.start);
            target.start += 1;
        }
        // "…, though not": the sentence ends in a negation of its own.
        if negation.is_none() && target.start >= cue.tokens.start {
            negation = self.closing_negation(&target);
        }
        // Where a negation precedes its verb, one behind the cue denies what is asked for.
        let ahead = self.words().pro_drop || !self.words().inversion;
        let denied = ahead
            && !group.needs_negation
            && group.clause
            && matches!(group.side, Side::Demand | Side::Support)
            && negation.is_some_and(|n| n >= cue.tokens.end && n < target.start);
        let mut negated = negation.is_some();
        let mut polarity = match group.side {
            Side::Support | Side::Demand => Polarity::Support,
            Side::Oppose => Polarity::Oppose,
            Side::Neutral => Polarity::Neutral,
        };
        if group.needs_negation {
            if !negated {
                return None;
            }
        } else if negated {
            match group.side {
                _ if denied => polarity = Polarity::Oppose,
                Side::Demand | Side::Neutral => return None,
                _ if group.silent => return None,
                _ if group.shape == Shape::Warning => return None,
                _ => polarity = turned(polarity),
            }
        }
        if negated && self.closes_balance(cue) {
            polarity = Polarity::Neutral;
        }
        let mut rule = Self::rule_of(cue);
        let bare = self.opens_with_stop(&target);
        if (complement.clause || bare) && polarity != Polarity::Neutral {
            if group.shape != Shape::Warning
                && !group.over
                && let Some(stopped) = self.stopped(&target)
            {
                polarity = turned(polarity);
                target = stopped;
                rule = "stance.stop";
            } else if complement.clause
                && group.side != Side::Oppose
                && let Some(at) = self.negated_clause(&target)
            {
                polarity = turned(polarity);
                negated = true;
                target = at;
                rule = "stance.negated-clause";
            }
        }
        let whole = rule != "stance.stop" && rule != "stance.negated-clause";
        if whole
            && complement.clause
            && polarity != Polarity::Neutral
            && matches!(group.shape, Shape::Verb | Shape::Adjective)
            && let Some((inner, side)) = self.embedded(&target)
        {
            if side == Side::Oppose {
                polarity = turned(polarity);
            }
            target = inner;
        }
        if group.shape == Shape::Warning && !complement.clause && !self.is_topic(&target) {
            return None;
        }
        if group.shape == Shape::Warning && complement.clause {
            let end = target.end;
            target = self
                .clause_subject(&target)
                .filter(|t| self.is_topic(t) || self.does_harm(t.end..end))?;
        }
        // "wants the levy scrapped": the stop word closes the phrase.
        if !complement.clause
            && matches!(polarity, Polarity::Support)
            && group.shape == Shape::Verb
            && let Some(end) = self.before_stop(&target)
        {
            polarity = turned(polarity);
            target.end = end;
            rule = "stance.stop";
        }
        let strength = self.strength(cue, &target, negated, polarity);
        let litotes = negated && group.side == Side::Oppose;
        let (condition, lean) = self.condition(cue, &complement.tokens, polarity, litotes);
        if let Some(condition) = &condition {
            // What the condition says is no part of the target.
            if condition.start > target.start {
                target.end = target.end.min(condition.start);
            }
            polarity = Polarity::Conditional;
            rule = "stance.condition";
        }
        Some(Reading {
            target,
            polarity,
            strength,
            negated,
            condition,
            lean,
            rule,
        })
    }

    /// A negation that is the last word of the sentence: behind adverbs, or, where one closes its
    /// clause, behind anything but another verb ("unterstützt die Forderung, …, allerdings nicht").
    fn closing_negation(&self, target: &Range<usize>) -> Option<usize> {
        let end = self.sentence(target.start).end;
        let last = (target.end..end)
            .rev()
            .find(|&i| self.doc.tokens[i].is_word())
            .filter(|&i| self.is_negation(i) && i > target.end)?;
        let closes = self.words().place == Place::Either;
        (target.end..last)
            .all(|k| {
                self.is_filler(k)
                    || self.is_comma(k)
                    || closes && !self.is_finite(k) && !self.is_break(k)
            })
            .then_some(last)
    }

    /// Whether the last word of a phrase is said more than once in the article.
    fn is_topic(&self, phrase: &Range<usize>) -> bool {
        let head = (phrase.start..phrase.end)
            .take_while(|&i| !self.is(i, Class::Preposition) || i == phrase.start)
            .last()
            .unwrap_or(phrase.start);
        let hash = self.doc.tokens[head].hash;
        self.doc
            .tokens
            .iter()
            .filter(|t| t.hash == hash)
            .take(2)
            .count()
            > 1
    }

    /// Whether the words behind a subject say that it does harm ("that the cuts will cost jobs").
    fn does_harm(&self, tokens: Range<usize>) -> bool {
        const REACH: usize = 4;
        let claims = |i: usize| {
            self.doc.find_all(i, Class::Stance).any(|h| {
                self.words()
                    .cue(h.payload)
                    .is_some_and(|(g, _)| g.shape == Shape::Claim && g.side == Side::Oppose)
            })
        };
        tokens
            .take(REACH)
            .any(|i| self.is_help(i, Help::Harm) || claims(i))
    }

    fn rule_of(cue: &Cue<'_>) -> &'static str {
        match (cue.group.shape, cue.group.side) {
            (_, Side::Neutral) => "stance.neutral",
            (_, Side::Demand) => "stance.demand",
            (Shape::Adjective, _) => "stance.adjective",
            (Shape::Noun, _) => "stance.noun",
            (Shape::Verdict | Shape::Claim, _) => "stance.verdict",
            (Shape::Label, _) => "stance.label",
            (Shape::Should, _) => "stance.should",
            (Shape::Warning, _) => "stance.warning",
            (Shape::Verb, _) if cue.group.act => "stance.act",
            (Shape::Verb, _) => "stance.verb",
        }
    }

    /// A clause that is negated near its head: what follows the negation.
    fn negated_clause(&self, clause: &Range<usize>) -> Option<Range<usize>> {
        let head = clause.start..clause.end.min(clause.start + 9);
        let at = self.negation_in(head)?;
        if self.is(at, Class::Determiner)
            || at > clause.start && (self.is(at - 1, Class::Coordinator) || self.is_comma(at - 1))
        {
            return None;
        }
        let mut from = at + 1;
        while from < clause.end
            && (self.is_filler(from)
                || self.doc.is_any(
                    from,
                    Class::InfinitiveMarker.bit() | Class::Modal.bit() | Class::Auxiliary.bit(),
                ))
        {
            from += 1;
        }
        self.trim_target(from..clause.end)
    }

    /// The noun phrase at the head of a clause, when a finite verb follows it.
    pub(super) fn clause_subject(&self, clause: &Range<usize>) -> Option<Range<usize>> {
        let start = self.skip_lead(clause.start, clause.end);
        let verb = (start + 1..clause.end.min(start + 14)).find(|&i| self.is_finite(i));
        let end = match verb {
            Some(verb) => verb,
            // No verb that the lexicon knows: the article and its noun, or the first word.
            None if self.is(start, Class::Determiner) => {
                let noun = (start..start + 4).find(|&i| !self.is(i, Class::Determiner));
                noun.unwrap_or(start) + 1
            }
            None => start + 1,
        };
        let tokens = self.trim_target(start..end.min(clause.end))?;
        let mut end = tokens.end;
        while end > tokens.start + 1 && self.is_filler(end - 1) {
            end -= 1;
        }
        let tokens = tokens.start..end;
        (!self.is_pronoun_only(&tokens)).then_some(tokens)
    }

    fn strength(
        &self,
        cue: &Cue<'_>,
        target: &Range<usize>,
        negated: bool,
        polarity: Polarity,
    ) -> Strength {
        let near = cue.tokens.start.saturating_sub(3)
            ..cue.tokens.end.max(target.start).min(cue.tokens.end + 3);
        let any = |class: Class| near.clone().any(|i| self.span_of(i, class).is_some());
        if any(Class::Hedge) || (negated && polarity == Polarity::Support) {
            Strength::Weak
        } else if any(Class::Intensifier) && cue.group.strength != Strength::Weak {
            Strength::Strong
        } else {
            cue.group.strength
        }
    }

    /// The condition of a cue: behind its complement, or in front of its clause.
    fn condition(
        &self,
        cue: &Cue<'_>,
        complement: &Range<usize>,
        polarity: Polarity,
        litotes: bool,
    ) -> (Option<Range<usize>>, Option<Polarity>) {
        if polarity == Polarity::Neutral || polarity == Polarity::Conditional {
            return (None, None);
        }
        let sentence = self.sentence(cue.tokens.start);
        let bare = cue.group.open;
        let from = cue.tokens.end.min(complement.end);
        let behind = (from..sentence.end)
            .find(|&i| self.conditional_at(i, bare).is_some())
            .filter(|&i| {
                // Nothing but the complement and marks lies between.
                (i >= complement.end.saturating_sub(1) || bare && i > complement.start)
                    && (complement.end..i).len() <= 3
                    && !self.is_speech_border(cue.tokens.start, i)
            });
        let front = || {
            let at = self.skip_marks(sentence.start, cue.tokens.start);
            self.conditional_at(at, true)
                .filter(|_| (at..cue.tokens.start).any(|i| self.is_comma(i)))
                .map(|_| at)
                .filter(|&at| {
                    !self.is(at, Class::Preposition) || self.is(at, Class::Complementiser)
                })
                .filter(|&at| !self.is_speech_border(cue.tokens.start, at))
        };
        let late = || self.late_condition(complement.end, sentence.end);
        let contrast = || {
            (polarity == Polarity::Support)
                .then(|| self.terms(complement.end, sentence.end, litotes))
                .flatten()
        };
        let Some(at) = behind.or_else(front).or_else(late).or_else(contrast) else {
            return (None, None);
        };
        let end = (at + 1..sentence.end)
            .find(|&i| self.is_comma(i) || self.is_break(i) || self.is_speech_border(i - 1, i))
            .unwrap_or(sentence.end);
        let range = self.trim_target(at..end).unwrap_or(at..end);
        (Some(range), Some(polarity))
    }

    /// Whether a stated condition follows in the sentence: what can be then is a side taken.
    pub(super) fn is_bound(&self, from: usize) -> bool {
        let end = self.sentence(from.saturating_sub(1)).end;
        (from + 1..end).any(|i| {
            self.is_comma(i - 1)
                && self
                    .doc
                    .find_all(i, Class::Conditional)
                    .any(|h| h.payload == 1)
                && self.conditional_at(i, false).is_some()
        })
    }

    /// A condition behind an insertion ("would back it, she said, provided that …").
    fn late_condition(&self, from: usize, end: usize) -> Option<usize> {
        const REACH: usize = 14;
        for i in from..end.min(from + REACH) {
            if self.doc.is_char(i, &['.', ';', ':', '?', '!'])
                || self.is_cue_verb(i)
                || self.is_help(i, Help::Contrast) && !self.is_help(i + 1, Help::Only)
            {
                return None;
            }
            let sure = self
                .doc
                .find_all(i, Class::Conditional)
                .any(|h| h.payload == 1);
            let fresh = i > from
                && (self.is_comma(i - 1)
                    || self.is_break(i - 1)
                    || self.is_help(i - 1, Help::Only));
            if sure && fresh && self.conditional_at(i, false).is_some() {
                return Some(i);
            }
        }
        None
    }

    /// A contrast clause that sets terms: "…, but first we must", "…, but it depends on".
    fn terms(&self, from: usize, end: usize, litotes: bool) -> Option<usize> {
        const REACH: usize = 12;
        let at = (from..end.min(from + REACH)).find(|&i| self.is_help(i, Help::Contrast))?;
        if (from..at).any(|i| self.doc.is_char(i, &['.', ':'])) {
            return None;
        }
        let stop = (at + 1..end)
            .find(|&i| self.is_speech_border(i - 1, i))
            .unwrap_or(end);
        let clause = at + 1..stop;
        let opposes = |i: usize| {
            self.is_cue_verb(i)
                && self.doc.find_all(i, Class::Stance).any(|h| {
                    self.words().cue(h.payload).is_some_and(|(g, _)| {
                        g.side == Side::Oppose
                            && (g.with.is_empty()
                                || h.len > 1
                                || self.frame(i + h.len, &g.with).is_some())
                    })
                })
        };
        if litotes && clause.clone().any(opposes) {
            return None;
        }
        let demands = |i: usize| {
            self.is(i, Class::Modal)
                && (!self.is_help(i, Help::Can) || self.negation_in(i + 1..i + 3).is_some())
                || self.doc.find_all(i, Class::Stance).any(|h| {
                    self.words()
                        .cue(h.payload)
                        .is_some_and(|(g, _)| g.side == Side::Demand)
                })
        };
        let bound = clause
            .clone()
            .any(|i| self.is_help(i, Help::Terms) || litotes && demands(i));
        bound.then_some(clause.start)
    }

    fn skip_marks(&self, from: usize, to: usize) -> usize {
        (from..to)
            .find(|&i| self.doc.tokens[i].is_word())
            .unwrap_or(from)
    }
}
