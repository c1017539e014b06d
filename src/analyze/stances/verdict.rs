//! Responsible for judgments: "the deal is wrong" in someone's mouth, "calls the deal a scandal",
//! "the deal should be signed".

use std::ops::Range;

use super::clause::Intro;
use super::context::Context;
use super::draft::Draft;
use super::find::{Cue, Found};
use super::governor::Subject;
use super::target::Complement;
use crate::model::record::{Holder, Polarity, Strength};
use crate::pack::grammar::Person;
use crate::pack::stances::{Help, Shape, Side};
use crate::text::lexicon::Class;

impl Context<'_> {
    /// A predicate that judges its subject; the speaker of the quotation holds.
    pub(super) fn verdict(&self, cue: &Cue<'_>) -> Found {
        let at = cue.tokens.start;
        let left = self.left(at);
        if left.intro == Intro::If {
            return Found::default();
        }
        let thinker = self.thinker(left, cue);
        let doubted = thinker.as_ref().is_some_and(|(_, negated)| *negated);
        let speaker = self.quotation(at).and_then(Self::speaker);
        let Some(holder) = speaker.or(thinker.map(|(holder, _)| holder)) else {
            return Found::default();
        };
        if cue.group.shape == Shape::Claim {
            return self.claim(cue, holder, doubted);
        }
        let copula = (left.start..at)
            .rev()
            .take(6)
            .find(|&i| self.is_help(i, Help::Copula) || self.is_finite(i));
        let Some(copula) = copula.filter(|&i| self.is_help(i, Help::Copula)) else {
            return Found::default();
        };
        // "has a dangerous side": an attribute judges nothing but its noun.
        let next = cue.tokens.end;
        let attribute = self
            .doc
            .tokens
            .get(next)
            .is_some_and(crate::text::token::Token::is_word)
            && !self.is_filler(next)
            && !self.is_time(next)
            && self.intro(next, at).is_none()
            && self.opens_clause(next).is_none()
            && !self.doc.is_any(
                next,
                Class::Preposition.bit()
                    | Class::Coordinator.bit()
                    | Class::Cue.bit()
                    | Class::Subordinator.bit()
                    | Class::Relative.bit(),
            );
        if attribute
            && !self.is(at.saturating_sub(1), Class::Determiner)
            && !self.is(at, Class::Determiner)
        {
            return Found::default();
        }
        if (copula..at).any(|i| {
            self.is_comma(i)
                || self.is_break(i)
                || self.is(i, Class::Preposition) && !self.is(i, Class::Determiner)
        }) {
            return Found::default();
        }
        let negated = self.negation_in(copula..at).is_some() != doubted;
        let subject = self
            .subject(copula, copula + 1)
            .filter(|s| !s.after || s.tokens.end <= at)
            .or_else(|| self.between(left.start, copula, at));
        let Some(subject) = subject else {
            return Found::default();
        };
        if !self.same_speech(subject.tokens.start, at) {
            return Found::default();
        }
        let dummy = subject.tokens.len() == 1 && self.is_help(subject.tokens.start, Help::Dummy);
        if dummy {
            // "It is wrong to …": the clause behind is the target.
            let after = self.skip_lead(cue.tokens.end, self.sentence(at).end);
            let comma = usize::from(self.is_comma(after));
            let Some(len) = self.opens_clause(after + comma) else {
                return Found::default();
            };
            let Some(complement) = self.complement_at(after + comma + len) else {
                return Found::default();
            };
            return self.judged(cue, holder, &complement.tokens, negated, true);
        }
        let target = subject.tokens.clone();
        if self.is_first_person(target.start) || self.is_pronoun_only(&target) || subject.shared {
            return Found::default();
        }
        let Some(target) = self.trim_target(target) else {
            return Found::default();
        };
        self.judged(cue, holder, &target, negated, false)
    }

    /// The subject between a copula that opens its clause and the verdict at `at` ("Tá an plean mícheart").
    fn between(&self, left: usize, copula: usize, at: usize) -> Option<Subject> {
        let tokens = copula + 1..at;
        let opens = self.words().inversion && (left..copula).all(|i| self.is_filler(i));
        let noun = !tokens.is_empty()
            && !self.starts_badly(tokens.start)
            && self.opens_holder(tokens.start, at)
            && tokens.clone().all(|i| {
                self.doc.tokens[i].is_word()
                    && !self.is_finite(i)
                    && self.intro(i, copula).is_none()
            });
        (opens && noun).then_some(Subject {
            tokens,
            after: false,
            shared: false,
        })
    }

    /// A verb that judges its subject, or what follows when the subject is a dummy ("it takes X").
    fn claim(&self, cue: &Cue<'_>, holder: Holder, doubted: bool) -> Found {
        let (at, end) = (cue.tokens.start, cue.tokens.end);
        let limit = self.sentence(at).end;
        let left = self.left(at);
        // "is no longer endangered": a participle judges nothing.
        let participle = (left.start..at)
            .rev()
            .take(5)
            .any(|i| self.is(i, Class::Auxiliary) || self.is_help(i, Help::Passive));
        if participle && cue.tokens.len() == 1 && !cue.group.open {
            return Found::default();
        }
        let subject = self.subject(at, end);
        let ahead = subject.as_ref().filter(|s| !s.after && !s.shared);
        let negated = self
            .negation_in(ahead.map_or(left.start, |s| s.tokens.end.min(at))..at)
            .or_else(|| self.negation_in(end..limit.min(end + 2)))
            .is_some()
            != doubted;
        let dummy =
            ahead.is_none_or(|s| s.tokens.len() == 1 && self.is_help(s.tokens.start, Help::Dummy));
        if dummy {
            if !cue.group.open {
                return Found::default();
            }
            let Some(complement) = self.complement(end, cue.group) else {
                return Found::default();
            };
            return self.judged(cue, holder, &complement.tokens, negated, complement.clause);
        }
        let Some(subject) = ahead else {
            return Found::default();
        };
        let target = subject.tokens.clone();
        if self.is_first_person(target.start)
            || self.is_pronoun_only(&target)
            || self.is(target.end - 1, Class::Relative)
            || !self.same_speech(target.start, at)
        {
            return Found::default();
        }
        let Some(target) = self.trim_target(target) else {
            return Found::default();
        };
        self.judged(cue, holder, &target, negated, false)
    }

    /// Who thinks the clause: the subject of a verb of opinion or speech before its complementiser.
    /// With it whether the thought is denied ("does not think that").
    fn thinker(&self, left: super::clause::Left, cue: &Cue<'_>) -> Option<(Holder, bool)> {
        let thinks = |i: usize| {
            self.doc.is_any(i, Class::Cue.bit() | Class::Attitude.bit()) || self.is_label(i)
        };
        let verb = if left.intro == Intro::That {
            let start = self.left(left.at.checked_sub(1)?).start;
            (start..left.at).rev().take(6).find(|&i| thinks(i))?
        } else {
            // "insisted the block was needed": the clause follows its verb without a word between.
            let verb = (left.start..cue.tokens.start).find(|&i| thinks(i))?;
            let copula = (verb + 1..=cue.tokens.start).find(|&i| self.is_finite(i))?;
            let subject = self.subject(copula, copula + 1)?;
            if subject.after || subject.shared || subject.tokens.start != verb + 1 {
                return None;
            }
            verb
        };
        let subject = self.subject(verb, verb + 1)?;
        let mut holders = self.holders(&subject, verb);
        let end = if left.intro == Intro::That {
            left.at
        } else {
            verb + 1
        };
        let from = subject.tokens.end.min(verb);
        let denied = self.negation_in(from..end).is_some();
        (holders.len() == 1).then(|| (holders.remove(0), denied))
    }

    fn is_label(&self, i: usize) -> bool {
        self.doc.find_all(i, Class::Stance).any(|h| {
            self.words()
                .cue(h.payload)
                .is_some_and(|(g, _)| g.shape == Shape::Label)
        })
    }

    /// Whether two tokens belong to the same quotation.
    fn same_speech(&self, a: usize, b: usize) -> bool {
        self.region(a) == self.region(b)
    }

    fn judged(
        &self,
        cue: &Cue<'_>,
        holder: Holder,
        target: &Range<usize>,
        negated: bool,
        clause: bool,
    ) -> Found {
        let complement = Complement {
            tokens: target.clone(),
            clause,
            next: None,
        };
        let negation: Vec<Range<usize>> = Vec::new();
        let Some(mut reading) = self.reading(cue, &complement, &negation) else {
            return Found::default();
        };
        if negated {
            reading.negated = true;
            reading.polarity = match reading.polarity {
                Polarity::Support => Polarity::Oppose,
                Polarity::Oppose => Polarity::Support,
                other => other,
            };
        }
        if self.is_pronoun_only(&reading.target) {
            return Found::default();
        }
        Found {
            covered: cue.tokens.end,
            earlier: false,
            issue: true,
            drafts: vec![Draft {
                holder,
                target: reading.target,
                polarity: reading.polarity,
                strength: reading.strength,
                negated: reading.negated,
                act: false,
                condition: reading.condition,
                lean: reading.lean,
                cue: cue.tokens.clone(),
                evidence: self.sentence(cue.tokens.start),
                rule: reading.rule,
            }],
        }
    }

    /// "calls X Y": the verdict in Y gives the side.
    pub(super) fn label(&self, cue: &Cue<'_>) -> Found {
        let (start, end) = (cue.tokens.start, cue.tokens.end);
        if self.left(start).intro == Intro::If {
            return Found::default();
        }
        let limit = self.sentence(start).end;
        let Some(subject) = self.subject(start, end) else {
            return Found::default();
        };
        let from = if subject.after {
            subject.tokens.end
        } else {
            end
        };
        let from = self.skip_lead(from, limit);
        if self.opens_clause(from).is_some() || self.is_comma(from) {
            return Found::default();
        }
        let judged = self
            .judgment(from, limit)
            .or_else(|| self.quoted_label(from, limit));
        let Some((judge, side, strength)) = judged else {
            return Found::default();
        };
        // The object runs to "as", to the marks, or to the article of the judgment.
        let mut to = judge;
        for i in from + 1..judge {
            if self.is_help(i, Help::As) || self.is_mark(i) || (self.is_comma(i) && i > from) {
                to = i;
                break;
            }
        }
        while to > from + 1
            && (self.is_filler(to - 1)
                || self.is_help(to - 1, Help::Copula)
                || to == judge && self.is(to - 1, Class::Determiner)
                || self.is_help(to - 1, Help::As))
        {
            to -= 1;
        }
        let Some(target) = self.trim_target(from..to) else {
            return Found::default();
        };
        if self.is_pronoun_only(&target)
            || self.is(target.start, Class::Preposition)
                && !self.is(target.start, Class::Determiner)
        {
            return Found::default();
        }
        if let Some(len) = self.opens_clause(target.start)
            && target.len() <= len
        {
            return Found::default();
        }
        let negated = self.negation_in(end..from).is_some()
            || self.negation_in(to..judge).is_some()
            || self
                .negation_in(subject.tokens.end.min(start)..start)
                .is_some();
        let polarity = match (side, negated) {
            (Side::Oppose, false) | (Side::Support | Side::Demand, true) => Polarity::Oppose,
            (Side::Neutral, _) => Polarity::Neutral,
            _ => Polarity::Support,
        };
        let holders = self.holders(&subject, start);
        let drafts = holders
            .into_iter()
            .filter(|h| self.is_actor(h) || self.may_act(h))
            .map(|holder| Draft {
                holder,
                target: target.clone(),
                polarity,
                strength,
                negated,
                act: false,
                condition: None,
                lean: None,
                cue: judge..judge + 1,
                evidence: self.sentence(start),
                rule: "stance.label",
            })
            .collect();
        Found {
            covered: judge + 1,
            earlier: false,
            issue: true,
            drafts,
        }
    }

    /// A label in marks that no list knows: what someone calls names in his own words he dislikes. A
    /// capital opens a name.
    fn quoted_label(&self, from: usize, limit: usize) -> Option<(usize, Side, Strength)> {
        let open = (from + 1..limit.min(from + 16)).find(|&i| self.is_mark(i))?;
        if (from..open).any(|i| self.is_break(i) || self.is_comma(i)) {
            return None;
        }
        let close = (open + 2..limit.min(open + 14)).find(|&i| self.is_mark(i))?;
        let noun = self.pack.meta.text.capital_nouns && self.is(open + 1, Class::Determiner);
        let name = self.is_capital(open + 1) && !noun;
        let word = self.doc.tokens[open + 1].is_word();
        (!name && word && close > open + 1).then_some((open + 1, Side::Oppose, Strength::Weak))
    }

    /// The first verdict after `from` in the clause.
    fn judgment(&self, from: usize, limit: usize) -> Option<(usize, Side, Strength)> {
        for i in from + 1..limit.min(from + 30) {
            if self.is_break(i) {
                return None;
            }
            for hit in self.doc.find_all(i, Class::Stance) {
                if let Some((group, _)) = self.words().cue(hit.payload)
                    && group.shape == Shape::Verdict
                {
                    return Some((i, group.side, group.strength));
                }
            }
            if self.is(i, Class::Cue) && i > from + 1 {
                return None;
            }
        }
        None
    }

    /// "X should Y" in someone's mouth.
    pub(super) fn should(&self, cue: &Cue<'_>) -> Found {
        let (at, end) = (cue.tokens.start, cue.tokens.end);
        let left = self.left(at);
        let thought = || {
            let (holder, denied) = self.thinker(left, cue)?;
            (!denied).then_some(holder)
        };
        // "must" says as often what cannot be helped: only what someone thinks counts.
        let speaker = self
            .quotation(at)
            .filter(|_| !cue.group.named)
            .and_then(Self::speaker);
        let Some(holder) = speaker.or_else(thought) else {
            return Found::default();
        };
        if matches!(left.intro, Intro::If | Intro::Other | Intro::Relative) {
            return Found::default();
        }
        // "Should the council refuse, …": a condition or a question.
        if left.start == at && left.intro == Intro::None {
            return Found::default();
        }
        let Some(subject) = self.subject(at, end) else {
            return Found::default();
        };
        let whom = (subject.tokens.len() == 1)
            .then(|| self.person(subject.tokens.start))
            .flatten();
        let open = matches!(whom, None | Some(Person::We | Person::One | Person::They));
        if !open
            || cue.group.strict
                && self
                    .speakers
                    .mentions_in(subject.tokens.clone())
                    .next()
                    .is_none()
        {
            return Found::default();
        }
        if subject.shared || !self.same_speech(subject.tokens.start, at) {
            return Found::default();
        }
        let from = if subject.after {
            subject.tokens.end
        } else {
            end
        };
        let Some(mut complement) = self.complement_at(from) else {
            return Found::default();
        };
        // "should have done": no more than that says nothing.
        let bare =
            self.is(complement.tokens.start, Class::Auxiliary) && complement.tokens.len() <= 3;
        if bare || complement.tokens.len() < 2 || self.is_idle_at(complement.tokens.start) {
            return Found::default();
        }
        let negated = self.negation_in(end..complement.tokens.start).is_some()
            || self
                .negation_in(complement.tokens.start..complement.tokens.start + 1)
                .is_some();
        // A noun as subject belongs to what should be.
        let pronoun = subject.tokens.len() == 1 && self.is(subject.tokens.start, Class::Pronoun);
        if !pronoun && !subject.after {
            let stopped = self.stopped(&(subject.tokens.start..complement.tokens.end));
            if stopped.is_some() || !negated {
                complement.tokens.start = subject.tokens.start;
            }
        }
        let Some(tokens) = self.trim_target(complement.tokens) else {
            return Found::default();
        };
        self.judged(cue, holder, &tokens, negated, !negated)
    }

    fn is_idle_at(&self, at: usize) -> bool {
        self.is_help(at, Help::Idle)
    }

    /// The clause that begins at `from`.
    pub(super) fn complement_at(&self, from: usize) -> Option<Complement> {
        let end = self.sentence(from.checked_sub(1)?).end;
        self.clause(self.skip_lead(from, end), end)
    }
}
