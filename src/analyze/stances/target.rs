//! Responsible for what a stance is about: where the noun phrase or clause after (or before) a cue
//! begins and ends.

use std::ops::Range;

use super::context::Context;
use crate::pack::stances::{CueGroup, Help, Place, Side};
use crate::text::lexicon::Class;

/// What follows a cue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Complement {
    /// Its tokens, without the word that opens it.
    pub(super) tokens: Range<usize>,
    /// Whether it is a clause or infinitive rather than a noun phrase.
    pub(super) clause: bool,
    /// Where a second clause under the same cue begins ("and that").
    pub(super) next: Option<usize>,
}

impl Context<'_> {
    /// What stands after a cue that ends at `from`, inside the sentence.
    pub(super) fn complement(&self, from: usize, group: &CueGroup) -> Option<Complement> {
        let end = self.sentence(from.checked_sub(1)?).end;
        let mut at = self.skip_lead(from, end);
        let mut comma = false;
        if at < end && self.is_comma(at) {
            // "…, that": the comma before a clause.
            comma = true;
            at += 1;
            if at < end && self.is_mark(at) {
                at += 1;
            }
        }
        if at >= end {
            return None;
        }
        // The cue itself ends in the word that opens the clause ("ready to").
        let phrase = group.noun
            && self.is(from - 1, Class::Preposition)
            && (self.is(at, Class::Determiner) || self.is_capital(at));
        if group.clause && !comma && !phrase && at == from && self.opens_clause(from - 1) == Some(1)
        {
            return self.clause(at, end);
        }
        if group.clause
            && let Some(len) = self.opens_clause(at)
        {
            return self.clause(at + len, end);
        }
        if comma {
            let plain = (at..end)
                .take_while(|&i| !self.is_comma(i) && !self.is_break(i))
                .all(|i| !self.is_finite(i));
            let fits = group.clause
                && plain
                && group.place == Place::Either
                && (!group.noun
                    || !group.with.is_empty()
                    || group.side == Side::Demand
                    || group.act)
                && !(at..end)
                    .take_while(|&i| !self.is_comma(i) && !self.is_break(i))
                    .last()
                    .is_some_and(|last| self.is(last, Class::Preposition) && group.act)
                && (self.intro(at, from).is_none() || self.opens_noun(at))
                && !self.is(at, Class::Coordinator);
            return if fits { self.clause(at, end) } else { None };
        }
        if !group.noun {
            let preposition = self.is(at, Class::Preposition) && group.with.is_empty();
            return if group.clause && (!self.starts_badly(at) || preposition) {
                self.clause(at, end)
            } else {
                None
            };
        }
        at = self.skip_adverbial(at, end);
        if self.starts_badly(at) {
            return None;
        }
        // "asked how": what is asked is a question.
        if group.side == Side::Demand
            && self.is(at, Class::Interrogative)
            && !self.is(at, Class::Determiner)
        {
            return None;
        }
        let to = self.phrase_end(at, end);
        // "asks the government to …": what is asked for is the infinitive.
        if group.side == Side::Demand && group.clause {
            let opening = (at + 1..to.min(at + 8)).find_map(|i| {
                let len = self.opens_clause(i)?;
                Some((i, i + len + usize::from(self.is_comma(i))))
            });
            if let Some((marker, start)) = opening.filter(|(_, s)| *s + 1 < end) {
                // "asks the government not to …": the negation belongs to what is asked for.
                let denied = marker > at + 1 && self.is_negation(marker - 1);
                if self.can_be_asked(at..if denied { marker - 1 } else { start - 1 }) {
                    return self.clause(if denied { marker - 1 } else { start }, end);
                }
            }
            // "asked me my name": a question, not a demand.
            if self.is_help(at, Help::Object) && to > at + 1 && !self.is(at, Class::Determiner) {
                return None;
            }
        }
        self.listed(at..to)
    }

    /// The noun phrase that begins at `from`.
    pub(super) fn noun_at(&self, from: usize, end: usize) -> Option<Complement> {
        let at = self.skip_lead(from, end);
        if at >= end || self.starts_badly(at) {
            return None;
        }
        self.listed(at..self.phrase_end(at, end))
    }

    /// A noun phrase; the first member when it is a list of phrases with an article each.
    fn listed(&self, tokens: Range<usize>) -> Option<Complement> {
        let article = |i: usize| self.is(i, Class::Determiner) && !self.is(i, Class::Negation);
        let mut next = None;
        let mut tokens = tokens;
        let open = !article(tokens.start);
        let joint = (tokens.start + 2..tokens.end.saturating_sub(1)).find(|&i| {
            (self.is(i, Class::Coordinator) || self.is_comma(i) && !open)
                && article(i + 1)
                && !self.is_time(i + 2)
                && !(open && self.is_help(i + 1, Help::Genitive))
                && self.speakers.mention_at(i).is_none()
        });
        if let Some(joint) = joint {
            next = Some(joint + 1);
            tokens.end = joint;
        }
        let tokens = self.trim_target(tokens)?;
        Some(Complement {
            tokens,
            clause: false,
            next,
        })
    }

    /// An article with its noun, which looks like a relative pronoun where nouns have capitals.
    fn opens_noun(&self, at: usize) -> bool {
        self.pack.meta.text.capital_nouns
            && self.is(at, Class::Determiner)
            && self.is_capital(at + 1)
    }

    /// The length of the word that opens a clause at `at`.
    pub(super) fn opens_clause(&self, at: usize) -> Option<usize> {
        let len = self.span_of(at, Class::Complementiser).or_else(|| {
            let article = self.is(at, Class::Determiner);
            self.span_of(at, Class::InfinitiveMarker)
                .filter(|_| !article)
        })?;
        // "att" and "att": complementiser and marker may both be said; a preposition is neither.
        (!self.is(at, Class::Preposition) || self.is(at, Class::InfinitiveMarker)).then_some(len)
    }

    /// Whether a phrase names someone who can be asked.
    fn can_be_asked(&self, tokens: Range<usize>) -> bool {
        let doubtful = self.is(tokens.end, Class::Preposition);
        let last = tokens.end.saturating_sub(1);
        self.speakers.mention_at(last).is_some()
            && (!doubtful || self.is(tokens.start, Class::Determiner) || tokens.len() > 1)
            || tokens.len() == 1
                && !doubtful
                && (self.is(tokens.start, Class::Pronoun)
                    || self.is_help(tokens.start, Help::Object))
            || tokens.len() <= 2
                && !doubtful
                && self.doc.is_any(
                    last,
                    Class::Role.bit() | Class::People.bit() | Class::Organisation.bit(),
                )
            || !doubtful && self.speakers.mentions_in(tokens).next().is_some()
    }

    pub(super) fn starts_badly(&self, at: usize) -> bool {
        const BAD: u64 = Class::Coordinator.bit()
            | Class::Relative.bit()
            | Class::Subordinator.bit()
            | Class::Conditional.bit();
        let word = self
            .doc
            .tokens
            .get(at)
            .is_some_and(crate::text::token::Token::is_word)
            || self.doc.kind(at) == crate::text::token::TokenKind::Number;
        !word
            || (self.doc.is_any(at, BAD) && !self.doc.is_any(at, Class::Determiner.bit()))
            || self.is(at, Class::Complementiser) && !self.is(at, Class::Determiner)
            || (self.is(at, Class::Preposition) && !self.is(at, Class::Determiner))
            || self.is_help(at, Help::Contrast)
            || self.is_source(at)
    }

    /// A clause that begins at `from`.
    pub(super) fn clause(&self, from: usize, end: usize) -> Option<Complement> {
        let mut at = from;
        let mut next = None;
        while at < end {
            if self.ends_clause(at, from) {
                break;
            }
            if at > from && (self.is_help(at, Help::Limit) || self.is_count(at, end)) {
                break;
            }
            if at > from && self.is(at, Class::Coordinator) && !self.is(at, Class::Preposition) {
                let after = at + 1;
                if let Some(len) = self.opens_clause(after) {
                    next = Some(after + len);
                    break;
                }
                let after = self.skip_fillers(after, end);
                if self.is_cue_verb(after)
                    || self.is(after, Class::Cue) && !self.is(after, Class::Preposition)
                {
                    break;
                }
            }
            // A relative clause between commas belongs to the clause.
            if at > from
                && self.is_comma(at)
                && self.is(at + 1, Class::Relative)
                && let Some(close) = (at + 2..end).find(|&i| self.is_comma(i))
                && self.is_finite(close + 1)
            {
                at = close + 1;
                continue;
            }
            if at > from && self.is_comma(at) && self.comma_ends_clause(at, end) {
                if self.is(at + 1, Class::Coordinator)
                    && let Some(len) = self.opens_clause(at + 2)
                {
                    next = Some(at + 2 + len);
                }
                break;
            }
            at += 1;
        }
        let tokens = self.trim_target(from..at)?;
        Some(Complement {
            tokens,
            clause: true,
            next,
        })
    }

    fn skip_fillers(&self, from: usize, end: usize) -> usize {
        let mut at = from;
        while at < end && self.is_filler(at) {
            at += 1;
        }
        at
    }

    fn ends_clause(&self, at: usize, from: usize) -> bool {
        at > from
            && (self.is_break(at) && self.ends_here(at)
                || self.is_speech_border(at - 1, at)
                || self.conditional_at(at, false).is_some())
            || (self.is_break(at) && self.ends_here(at))
            || (self.doc.is_char(at, &[')', ']'])
                && !(from..at).any(|i| self.doc.is_char(i, &['(', '['])))
    }

    /// Whether a break is one: a full stop inside an abbreviation is not.
    fn ends_here(&self, at: usize) -> bool {
        if !self.doc.is_char(at, &['.']) {
            return true;
        }
        let end = self.sentence(at).end;
        (at + 1..end).all(|i| !self.doc.tokens[i].is_word())
    }

    /// Whether what follows a comma is no longer the clause.
    fn comma_ends_clause(&self, comma: usize, end: usize) -> bool {
        let mut at = comma + 1;
        if at < end && self.is_mark(at) {
            at += 1;
        }
        if at >= end {
            return true;
        }
        if self.opens_clause(at).is_some() {
            return false;
        }
        self.is_help(at, Help::Contrast)
            || self.is(at, Class::Cue)
            || self.is_cue_verb(at)
            || self.is_source(at)
            || self.is(at, Class::Auxiliary)
            || self.is(at, Class::Verb)
            || self.is(at, Class::Subordinator) && !self.is(at, Class::Determiner)
            || self.is(at, Class::Coordinator)
            || self.is(at, Class::Relative) && !self.is(at, Class::Determiner)
    }

    /// The end of the noun phrase that begins at `from`.
    pub(super) fn phrase_end(&self, from: usize, end: usize) -> usize {
        let mut at = from;
        let mut relative = false;
        while at < end {
            if self.doc.is_char(at, &['(', '[']) {
                let close = (at..end).find(|&i| self.doc.is_char(i, &[')', ']']));
                at = close.map_or(end, |c| c + 1);
                continue;
            }
            if self.ends_clause(at, from) {
                break;
            }
            if at > from {
                if self.help(at, Help::Limit).is_some()
                    || self.is_count(at, end)
                    || self.is_help(at, Help::Contrast)
                    || self.is_source(at)
                {
                    break;
                }
                let opening = self.intro(at, from);
                if opening == Some(super::clause::Intro::Relative)
                    || self.is(at, Class::Relative) && !self.is(at, Class::Determiner)
                    || self.is(at, Class::Complementiser)
                        && !self.is(at, Class::Preposition)
                        && !self.is(at, Class::InfinitiveMarker)
                {
                    relative = true;
                } else if opening == Some(super::clause::Intro::Other)
                    || (self.is(at, Class::Subordinator)
                        && !self.doc.is_any(
                            at,
                            Class::Preposition.bit()
                                | Class::Determiner.bit()
                                | Class::Adverb.bit(),
                        ))
                {
                    break;
                }
                if self.is(at, Class::Coordinator)
                    && !self.is(at, Class::Preposition)
                    && !self.joins_nouns(at, end)
                {
                    break;
                }
                if !relative && self.is_plain_verb(at) && opening.is_none() {
                    break;
                }
                if self.is_comma(at) {
                    let next = at + 1;
                    if self.intro(next, from) == Some(super::clause::Intro::Relative)
                        && !relative
                        && self.words().relative_comma
                    {
                        relative = true;
                    } else if !self.is_list(at, end) {
                        break;
                    }
                }
            }
            at += 1;
        }
        at
    }

    /// A verb that cannot stand inside a noun phrase.
    fn is_plain_verb(&self, at: usize) -> bool {
        const VERBS: u64 = Class::Auxiliary.bit() | Class::Modal.bit() | Class::Cue.bit();
        const NOUNS: u64 = Class::Role.bit()
            | Class::Organisation.bit()
            | Class::People.bit()
            | Class::Determiner.bit()
            | Class::Preposition.bit()
            | Class::Adverb.bit()
            | Class::Pronoun.bit()
            | Class::Document.bit();
        let before = |class: Class| at > 0 && self.is(at - 1, class);
        // "the government's": a genitive.
        let genitive =
            self.doc.word(at).starts_with(['\'', '’']) && !before(Class::Pronoun) && at > 0;
        let noun = self.doc.is_any(at, NOUNS) || self.is_capital(at) || before(Class::Determiner);
        // "called by": a participle.
        let participle = self.is_help(at + 1, Help::Agent);
        self.doc.is_any(at, VERBS) && !(genitive || noun || participle)
    }

    /// Whether a coordinator joins two nouns: no finite verb follows it at once.
    fn joins_nouns(&self, at: usize, end: usize) -> bool {
        let mut next = self.skip_fillers(at + 1, end);
        if next < end && self.is_help(next, Help::Reflexive) {
            next += 1;
        }
        if next >= end || self.is_finite(next) || self.opens_clause(next).is_some() {
            return false;
        }
        if self.person(next).is_some() && !self.is(next, Class::Determiner) {
            return false;
        }
        // "… and the minister demands": a clause of its own.
        !(next + 1..end.min(next + 5))
            .take_while(|&i| {
                !self.is_comma(i) && !self.is(i, Class::Preposition) && !self.is(i, Class::Relative)
            })
            .any(|i| self.is_cue_verb(i) || self.is_plain_verb(i))
    }

    /// Whether a comma separates members of a list that a coordinator closes.
    fn is_list(&self, comma: usize, end: usize) -> bool {
        let next = comma + 1;
        if next >= end || self.starts_badly(next) && !self.is_mark(next) {
            return false;
        }
        for i in next..end.min(next + 9) {
            if self.is(i, Class::Coordinator) && !self.is_help(i, Help::Contrast) {
                return i > next && self.joins_nouns(i, end);
            }
            if self.is_finite(i)
                || self.is_break(i)
                || self.is_help(i, Help::Contrast)
                || self.intro(i, comma).is_some()
            {
                return false;
            }
        }
        false
    }
}
