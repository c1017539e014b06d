//! Responsible for who holds a stance: from the words of a subject, or the speaker of a quotation,
//! to the fullest name in the article.

use std::ops::Range;

use super::context::Context;
use super::governor::Subject;
use crate::analyze::speakers::phrase::{self, Phrase};
use crate::analyze::speakers::{MentionKind, Resolved};
use crate::model::record::{Holder, Quotation, SpeakerMethod};
use crate::pack::grammar::Person;
use crate::pack::stances::Help;
use crate::text::lexicon::Class;

/// More holders than this in one list are no list.
const MOST: usize = 10;

impl Context<'_> {
    /// The tokens of the phrase that begins at `i`.
    pub(super) fn phrase_from(&self, i: usize, limit: usize) -> Option<Phrase> {
        phrase::from(self.doc, self.pack, self.speakers, i, limit)
    }

    /// The mention that begins at `i`, with its title and tag.
    pub(super) fn mention(&self, i: usize) -> Option<Range<usize>> {
        let limit = self.sentence(i).end;
        let found = self.phrase_from(i, limit)?;
        let tokens = match found.mention {
            Some(m) => {
                let full = &self.speakers.mentions[m].full;
                found.tokens.start..found.tokens.end.max(full.end)
            }
            None => found.tokens,
        };
        (!tokens.is_empty()).then_some(tokens)
    }

    /// The holders that a subject names: one, or one for each part of a list.
    pub(super) fn holders(&self, subject: &Subject, cue: usize) -> Vec<Holder> {
        self.holders_in(subject.tokens.clone(), cue)
    }

    /// The holders that a phrase names.
    pub(super) fn holders_in(&self, tokens: Range<usize>, cue: usize) -> Vec<Holder> {
        if tokens.clone().any(|i| self.is_negation(i)) {
            return Vec::new();
        }
        let mut holders = Vec::new();
        for part in self.parts(tokens) {
            holders.extend(self.one_holder(part, cue));
            if holders.len() > MOST {
                return Vec::new();
            }
        }
        holders
    }

    /// The parts of a list of names; the phrase itself when it is no list.
    fn parts(&self, tokens: Range<usize>) -> Vec<Range<usize>> {
        let joint =
            |i: usize| self.is(i, Class::Coordinator) && self.speakers.mention_at(i).is_none();
        if !tokens.clone().any(joint) {
            // An apposition after a comma describes the same holder.
            let comma = tokens.clone().find(|&i| self.is_comma(i));
            return vec![tokens.start..comma.unwrap_or(tokens.end)];
        }
        // "Inspektionen för vård och omsorg", "Social- och hälsoministeriet": one name.
        let last_joint = tokens
            .clone()
            .rev()
            .find(|&i| joint(i))
            .unwrap_or(tokens.start);
        let tail = last_joint + 1;
        let holdable =
            |i: usize| self.opens_holder(i, tokens.end) || self.speakers.mention_at(i).is_some();
        let hyphen = last_joint > tokens.start
            && self.doc.tokens.get(last_joint - 1).is_some_and(|t| {
                self.doc.word(last_joint - 1).ends_with('-')
                    || (t.kind == crate::text::token::TokenKind::Dash && !t.is_spaced())
            });
        if hyphen || tail < tokens.end && !holdable(tail) && self.is_capital(tokens.start) {
            return vec![tokens];
        }
        let mut parts = Vec::new();
        let mut start = tokens.start;
        for i in tokens.clone() {
            if joint(i) || self.is_comma(i) {
                if start < i {
                    parts.push(start..i);
                }
                start = i + 1;
            }
        }
        if start < tokens.end {
            parts.push(start..tokens.end);
        }
        parts
    }

    fn one_holder(&self, tokens: Range<usize>, cue: usize) -> Option<Holder> {
        let tokens = self.trim_phrase(tokens)?;
        if tokens.len() == 1 && self.person(tokens.start).is_some() {
            return self.pronoun_holder(tokens.start, cue);
        }
        if !self.can_hold(tokens.clone()) {
            return None;
        }
        let mention = self.naming(tokens.clone());
        let found = Phrase {
            tokens,
            mention,
            pronoun: None,
        };
        let mut resolved = self.speakers.resolve(self.doc, self.pack, &found, None)?;
        if let Some(named) = resolved.entity.map(|e| &self.speakers.entities[e].tokens)
            && named.len() == 1
            && self.is(named.start, Class::Organisation)
            && found.tokens.len() <= 2
            && self.doc.tokens[named.start].hash != self.doc.tokens[found.tokens.end - 1].hash
            && found
                .mention
                .is_some_and(|m| self.speakers.mentions[m].kind == MentionKind::Organisation)
        {
            // "The union" is not the government that was named before it.
            resolved = Resolved {
                name: self.doc.words(found.tokens.clone()).to_owned(),
                entity: None,
                role: None,
                affiliation: None,
                method: SpeakerMethod::Description,
            };
        }
        let written = self.written(&found);
        Some(self.holder(resolved, written))
    }

    /// The mention that names the phrase: the last one, unless it hangs on a preposition.
    fn naming(&self, tokens: Range<usize>) -> Option<usize> {
        let preposition = tokens.clone().find(|&i| {
            self.is(i, Class::Preposition)
                && !(i == tokens.start && self.is(i, Class::Determiner))
                && !(i > tokens.start && self.is_capital(i) && self.is_capital(i + 1))
                && self.speakers.mention_at(i).is_none()
        });
        let bracket = tokens.clone().find(|&i| self.doc.is_char(i, &['(']));
        let end = preposition.unwrap_or(tokens.end);
        let head = tokens.start
            ..bracket
                .filter(|&b| b > tokens.start)
                .map_or(end, |b| b.min(end));
        let mentions = &self.speakers.mentions;
        self.speakers
            .mentions_in(head.clone())
            .rfind(|&m| mentions[m].kind == MentionKind::Name)
            .or_else(|| self.speakers.mentions_in(head).next_back())
    }

    fn written(&self, found: &Phrase) -> Range<usize> {
        found.written(self.speakers)
    }

    fn holder(&self, resolved: Resolved, written: Range<usize>) -> Holder {
        let span = self.doc.span(written);
        Holder {
            name: resolved.name,
            as_written: Some(span.of(self.doc.text).to_owned()),
            start: Some(span.start),
            end: Some(span.end),
            role: resolved.role,
            affiliation: resolved.affiliation,
        }
    }

    fn pronoun_holder(&self, at: usize, cue: usize) -> Option<Holder> {
        let person = self.person(at)?;
        if self.is_help(at, Help::Dummy) && person == Person::It {
            return None;
        }
        let quotation = self.quotation(cue);
        match person {
            Person::One if quotation.is_none() => {
                let outer = self.outer_subject(cue)?;
                let single = outer.tokens.len() == 1 && self.person(outer.tokens.start).is_some();
                (!single)
                    .then(|| self.one_holder(outer.tokens, cue))
                    .flatten()
            }
            Person::I | Person::We | Person::One => {
                let mut holder = Self::speaker(quotation?)?;
                let span = self.doc.span(at..at + 1);
                holder.as_written = Some(span.of(self.doc.text).to_owned());
                (holder.start, holder.end) = (Some(span.start), Some(span.end));
                Some(holder)
            }
            Person::You => None,
            Person::He | Person::She | Person::Third | Person::It | Person::They => {
                let last = quotation
                    .and_then(|q| q.speaker.as_ref())
                    .and_then(|s| self.entity_named(&s.name));
                let entity = self.speakers.resolve_pronoun(self.doc, person, at, last);
                let resolved = if let Some(e) = entity {
                    self.speakers.of_entity(e, SpeakerMethod::Pronoun)
                } else {
                    if let Some(q) = quotation {
                        return Self::speaker(q);
                    }
                    if person == Person::It {
                        return None;
                    }
                    Resolved {
                        name: self.doc.word(at).to_owned(),
                        entity: None,
                        role: None,
                        affiliation: None,
                        method: SpeakerMethod::Pronoun,
                    }
                };
                Some(self.holder(resolved, at..at + 1))
            }
        }
    }

    fn entity_named(&self, name: &str) -> Option<usize> {
        self.speakers.entities.iter().position(|e| e.name == name)
    }

    /// The speaker of a quotation as a holder.
    pub(super) fn speaker(quotation: &Quotation) -> Option<Holder> {
        let speaker = quotation.speaker.as_ref()?;
        Some(Holder {
            name: speaker.name.clone(),
            as_written: speaker.as_written.clone(),
            start: speaker.start,
            end: speaker.end,
            role: speaker.role.clone(),
            affiliation: speaker.affiliation.clone(),
        })
    }

    /// Whether a phrase can stand for someone with a position.
    pub(super) fn can_hold(&self, tokens: Range<usize>) -> bool {
        const CLOSED: u64 = Class::Interrogative.bit()
            | Class::Relative.bit()
            | Class::Complementiser.bit()
            | Class::Subordinator.bit();
        let mentioned = self.speakers.mentions_in(tokens.clone()).next().is_some();
        if self.is_any_at(tokens.start, CLOSED) && !self.is(tokens.start, Class::Determiner) {
            return mentioned && self.is_capital(tokens.start);
        }
        if self.is_thing(&tokens) || self.head_end(&tokens) == tokens.start {
            return false;
        }
        mentioned
            || tokens
                .clone()
                .any(|i| self.doc.tokens[i].is_word() && !self.is_filler(i))
                && tokens.len() <= 12
    }

    /// Where the head of a phrase ends: before its first preposition.
    fn head_end(&self, tokens: &Range<usize>) -> usize {
        tokens
            .clone()
            .find(|&i| self.is(i, Class::Preposition) && !self.is(i, Class::Determiner))
            .unwrap_or(tokens.end)
    }

    /// Whether the head of a phrase is a thing, a document or a time, which holds no position.
    pub(super) fn is_thing(&self, tokens: &Range<usize>) -> bool {
        const SOMEONE: u64 = Class::Organisation.bit()
            | Class::People.bit()
            | Class::Role.bit()
            | Class::Party.bit();
        let head_end = self.head_end(tokens);
        // What stands in marks or has a capital of its own is a name.
        let name = |i: usize| {
            !self.pack.meta.text.capital_nouns
                && self.is_capital(i)
                && i > self.sentence(i).start
                && !self.is_mark(i - 1)
        };
        let marked = (tokens.start + 1..head_end).find(|&i| self.is_mark(i));
        let head_end = marked.unwrap_or(head_end);
        // "The project manager": the thing only says what kind of manager.
        let from = (tokens.start..head_end)
            .rfind(|&i| self.doc.is_any(i, SOMEONE))
            .unwrap_or(tokens.start);
        (from..head_end).any(|i| {
            let article = self.is(i, Class::Determiner) && i + 1 < head_end;
            (self.is_help(i, Help::Thing) && !article
                || self.is(i, Class::Document)
                || self.is_time(i))
                && !self.doc.is_any(i, SOMEONE)
                && !self.is_help(i, Help::Group)
                && !name(i)
                && self.speakers.mention_at(i).is_none()
        })
    }

    fn is_any_at(&self, i: usize, bits: u64) -> bool {
        self.doc.is_any(i, bits)
    }
}
