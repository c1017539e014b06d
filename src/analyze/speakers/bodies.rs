//! Responsible for the body behind a noun: one named before, by a compound or by two words, or the one
//! that a statement is from.

use super::alike::same_noun;
use super::phrase::Phrase;
use super::resolve::FAR;
use super::{Mention, MentionKind, Speakers};
use crate::pack::Pack;
use crate::pack::grammar::Grammar;
use crate::text::doc::Doc;
use crate::text::fold::fold;
use crate::text::lexicon::Class;

/// A noun for a body with at least this many letters is a compound that names one body.
const LONG_BODY: usize = 11;

impl Speakers {
    /// Whether the noun at `i` is the second half of a body's name: "Hässleby kommun".
    pub(super) fn is_owned(&self, doc: &Doc<'_>, i: usize) -> bool {
        let owner = i.checked_sub(1).and_then(|k| self.mention_at(k));
        owner.is_some_and(|m| {
            let owner = &self.mentions[m];
            owner.kind == MentionKind::Name && owner.core.end == i && !doc.tokens[i].is_line_start()
        })
    }

    /// The noun of a body's two-word name ("Hässleby kommun") that the same noun takes up ("kommunen").
    pub(super) fn owned_before(&self, doc: &Doc<'_>, pack: &Pack, noun: usize) -> Option<usize> {
        let word = fold(doc.word(noun), pack.tokens.case);
        self.mentions_in(noun.saturating_sub(FAR)..noun)
            .map(|m| &self.mentions[m])
            .filter(|m| m.kind == MentionKind::Organisation)
            .map(|m| m.core.start)
            .find(|&i| {
                self.is_owned(doc, i) && same_noun(&fold(doc.word(i), pack.tokens.case), &word)
            })
    }

    /// The compound with a noun for a body as its last part, named not long before that noun alone:
    /// "försvarsministeriet" before "ministeriet".
    pub(super) fn compound_before(&self, doc: &Doc<'_>, pack: &Pack, noun: usize) -> Option<usize> {
        let word = fold(doc.word(noun), pack.tokens.case);
        if !doc.is(noun, Class::Organisation) || word.chars().count() < 4 {
            return None;
        }
        let here = doc.sentences.partition_point(|s| s.tokens.end <= noun);
        let from = doc.sentences.get(here.saturating_sub(4))?.tokens.start;
        self.mentions_in(from..noun)
            .rev()
            .map(|m| &self.mentions[m])
            .filter(|m| m.kind == MentionKind::Organisation && m.core.len() == 1)
            .map(|m| m.core.start)
            .find(|&i| {
                let other = fold(doc.word(i), pack.tokens.case);
                other.len() > word.len() + 2 && other.ends_with(word.as_str())
            })
            // "Kraftselskapet Nordlys Energi": the name behind it is the answer.
            .filter(|&i| self.mention_at(i + 1).is_none())
    }

    /// Whether a phrase is a compound of a noun that refers back to a body and one for what it says.
    pub(super) fn is_statement_of_body(doc: &Doc<'_>, pack: &Pack, phrase: &Phrase) -> bool {
        let word = doc.word(phrase.tokens.start);
        phrase.tokens.len() == 1
            && pack.quotes.owner_of_statement(word).is_some_and(|owner| {
                let id = doc.lexicon.id(&fold(owner, pack.tokens.case));
                Grammar::is_body_anaphor(doc, id)
            })
    }

    /// "Natochefen" for "Nato's secretary general Ann Ek": a compound of a body's name and a function
    /// is the one person before whose function that body stands.
    pub(super) fn head_of_body(&self, doc: &Doc<'_>, pack: &Pack, noun: usize) -> Option<usize> {
        let word = fold(doc.word(noun), pack.tokens.case);
        let begins = |i: usize| {
            let body = fold(doc.word(i), pack.tokens.case);
            let ending = pack.meta.names.endings.iter().map(String::as_str);
            let mut stems = ending.filter_map(|e| body.strip_suffix(e));
            let stem = stems.next().unwrap_or(&body);
            stem.chars().count() >= 2
                && word.len() > stem.len() + 2
                && word.starts_with(stem)
                && doc.tokens[i].is_capital()
        };
        let mut people = self
            .mentions_in(noun.saturating_sub(FAR)..noun + FAR)
            .map(|m| &self.mentions[m])
            .filter(|m| m.kind == MentionKind::Name && m.role.is_some() && m.full.start > 0)
            .filter(|m| begins(m.full.start - 1))
            .map(|m| m.entity)
            .filter(|e| *e < self.entities.len());
        let one = people.next()?;
        people.all(|e| e == one).then_some(one)
    }

    /// The body that a bare noun for one takes up: in the nearest sentence with one the first that no
    /// preposition governs.
    pub(super) fn body_before(&self, doc: &Doc<'_>, at: usize) -> Option<usize> {
        let here = doc.sentences.partition_point(|s| s.tokens.end <= at);
        // "RMT organiser Bo Ek": the body only says whose organiser.
        let attribute = |m: &Mention| {
            let end = m.core.end;
            end >= at
                || doc.is_any(end, Class::Role.bit() | Class::Organisation.bit())
                || doc.tokens[end].is_word()
                    && !doc.is_any(end, Class::FUNCTION | Class::FINITE)
                    && doc.is(end + 1, Class::Role)
        };
        let body = |m: &usize| {
            let mention = &self.mentions[*m];
            let first = mention.full.start;
            let tie = Class::Preposition.bit() | Class::Determiner.bit();
            let article = first > 0 && Grammar::makes_definite(doc, first - 1);
            let before = first.checked_sub(1 + usize::from(article));
            let governed = before.is_some_and(|i| {
                doc.is_any(i, tie)
                    || doc.is(i, Class::Organisation)
                        && doc.is(i.wrapping_sub(1), Class::Preposition)
            });
            mention.kind == MentionKind::Name
                && !governed
                && !attribute(mention)
                && !doc.is(mention.core.start, Class::Place)
                && self
                    .entity_of(*m)
                    .is_some_and(|e| !self.entities[e].is_person())
        };
        for s in (here.saturating_sub(5)..=here).rev() {
            let Some(sentence) = doc.sentences.get(s) else {
                continue;
            };
            let tokens = sentence.tokens.start..sentence.tokens.end.min(at);
            let subject = self
                .mentions_in(tokens.clone())
                .next()
                .filter(|&m| self.long_body(doc, m));
            if let Some(m) = subject.or_else(|| self.mentions_in(tokens).find(body)) {
                return self.entity_of(m);
            }
        }
        // The one body named at all, also behind a preposition.
        let from = doc.sentences.get(here.saturating_sub(5))?.tokens.start;
        let mut named = self.mentions_in(from..at).filter(|&m| {
            let mention = &self.mentions[m];
            mention.kind == MentionKind::Name
                && !attribute(mention)
                && !doc.is(mention.core.start, Class::Place)
                && self
                    .entity_of(m)
                    .is_some_and(|e| !self.entities[e].is_person())
        });
        let one = self.entity_of(named.next()?)?;
        named.all(|m| self.entity_of(m) == Some(one)).then_some(one)
    }

    /// Whether a sentence begins with a body whose one-word name is a compound: "Konkurrensverket".
    pub(super) fn long_body(&self, doc: &Doc<'_>, m: usize) -> bool {
        let mention = &self.mentions[m];
        let first = mention.core.start;
        mention.kind == MentionKind::Organisation
            && self.entity_of(m).is_some()
            && doc.tokens[first].is_capital()
            && doc.word(first).chars().count() >= LONG_BODY
            && Grammar::anaphor(doc, first).is_none()
            && self
                .mention_at(mention.core.end)
                .is_none_or(|next| self.mentions[next].kind != MentionKind::Name)
            && doc
                .sentence_of(first)
                .is_some_and(|s| doc.sentences[s].tokens.start == first)
    }
}
