//! Responsible for the name behind a phrase: full names, functions that the article ties to a name,
//! pronouns by number, gender and recency. Says nothing rather than guess.

use std::ops::Range;

use super::alike::same_noun;
use super::phrase::Phrase;
use super::{MentionKind, Speakers};
use crate::model::record::{ActorKind, Speaker, SpeakerMethod};
use crate::pack::Pack;
use crate::pack::grammar::{Anaphor, Gender, Grammar, Person};
use crate::text::doc::Doc;
use crate::text::fold::fold;
use crate::text::lexicon::Class;

/// Who a phrase stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    /// The fullest name in the article, or the description.
    pub name: String,
    /// The entity, when it is one with a name.
    pub entity: Option<usize>,
    /// Title or function.
    pub role: Option<String>,
    /// Party or organisation.
    pub affiliation: Option<String>,
    /// How it was found.
    pub method: SpeakerMethod,
}

impl Resolved {
    /// The speaker field of a quotation; `written` are the tokens that attribute.
    pub fn speaker(&self, doc: &Doc<'_>, written: Option<Range<usize>>) -> Speaker {
        let span = written.map(|tokens| doc.span(tokens));
        Speaker {
            name: self.name.clone(),
            as_written: span.map(|s| s.of(doc.text).to_owned()),
            start: span.map(|s| s.start),
            end: span.map(|s| s.end),
            role: self.role.clone(),
            affiliation: self.affiliation.clone(),
            method: self.method,
        }
    }
}

/// How many tokens back a bare noun may look: farther than articles are long, so that the time does
/// not grow with the square of what is longer.
pub(super) const FAR: usize = 2_000;
/// How many tokens back the same noun with more words may stand, for a noun that refers back.
const NEAR: usize = 50;
/// How many sentences back a pronoun may look.
const REACH: usize = 6;

impl Speakers {
    /// Who a phrase stands for; `last` is the entity that spoke last.
    pub fn resolve(
        &self,
        doc: &Doc<'_>,
        pack: &Pack,
        phrase: &Phrase,
        last: Option<usize>,
    ) -> Option<Resolved> {
        if let Some(person) = phrase.pronoun {
            let entity = self.resolve_pronoun(doc, person, phrase.tokens.start, last)?;
            return Some(self.of_entity(entity, SpeakerMethod::Pronoun));
        }
        let described = || Resolved {
            name: described_source(doc, pack, phrase.tokens.clone()),
            entity: None,
            role: None,
            affiliation: None,
            method: SpeakerMethod::Description,
        };
        let Some(m) = phrase.mention else {
            if Self::is_statement_of_body(doc, pack, phrase)
                && let Some(e) = self.body_before(doc, phrase.tokens.start)
            {
                return Some(self.of_entity(e, SpeakerMethod::Organisation));
            }
            return Some(described());
        };
        let mention = &self.mentions[m];
        let entity = self.entity_of(m);
        match (mention.kind, entity) {
            (MentionKind::Name, Some(e)) => {
                if self.joins_names(doc, phrase) {
                    return Some(described());
                }
                // "President RFS": the function at a body, not the body.
                let body = !self.entities[e].is_person() && mention.role.is_some();
                if body && self.owner_behind && mention.full.start < mention.core.start {
                    return Some(Resolved {
                        name: doc.words(mention.full.start..mention.core.end).to_owned(),
                        ..described()
                    });
                }
                let full = mention.core.len() >= self.entities[e].tokens.len();
                let method = match () {
                    () if !self.entities[e].is_person() => SpeakerMethod::Organisation,
                    () if full => SpeakerMethod::Name,
                    () => SpeakerMethod::ShortName,
                };
                Some(self.of_entity(e, method))
            }
            (MentionKind::Role | MentionKind::Organisation, _)
                if self.refers_back(doc, pack, phrase) =>
            {
                let method = if mention.kind == MentionKind::Role {
                    SpeakerMethod::Role
                } else {
                    SpeakerMethod::Organisation
                };
                let found = self.antecedent(doc, pack, phrase, m, last);
                Some(found.map_or_else(
                    || {
                        let earlier = self.described_before(doc, pack, phrase);
                        Resolved {
                            name: earlier.unwrap_or_else(|| described().name),
                            ..described()
                        }
                    },
                    |e| self.of_entity(e, method),
                ))
            }
            (MentionKind::Organisation, _) => Some(Resolved {
                method: SpeakerMethod::Organisation,
                ..described()
            }),
            // "nach Unternehmensangaben": the body named before.
            _ if Self::is_statement_of_body(doc, pack, phrase) => {
                let body = self.body_before(doc, phrase.tokens.start);
                Some(body.map_or_else(described, |e| {
                    self.of_entity(e, SpeakerMethod::Organisation)
                }))
            }
            _ => {
                let name = self.described_before(doc, pack, phrase);
                Some(name.map_or_else(described, |name| Resolved {
                    name,
                    ..described()
                }))
            }
        }
    }

    /// A bare noun for a person or document ("the woman", "the study") is the one that the article
    /// described before with more words.
    fn described_before(&self, doc: &Doc<'_>, pack: &Pack, phrase: &Phrase) -> Option<String> {
        if phrase.tokens.len() > 2 {
            return None;
        }
        let noun = phrase.tokens.end - 1;
        let nouns = Class::Role.bit() | Class::People.bit() | Class::Document.bit();
        let body = Class::Organisation.bit();
        if !doc.is_any(noun, nouns | body) {
            return None;
        }
        let word = fold(doc.word(noun), pack.tokens.case);
        let earlier = (phrase.tokens.start.saturating_sub(FAR)..phrase.tokens.start)
            .filter(|&i| {
                doc.is_any(i, nouns) && !self.titles_name(i)
                    || doc.is(i, Class::Organisation) && self.is_owned(doc, i)
            })
            .find(|&i| same_noun(&fold(doc.word(i), pack.tokens.case), &word));
        if let Some(whole) = self.compound_before(doc, pack, noun) {
            return Some(doc.word(whole).to_owned());
        }
        let earlier = earlier?;
        if doc.is_any(earlier, body) && !doc.is_any(earlier, nouns) {
            let name = self.mention_at(earlier - 1)?;
            return Some(
                doc.words(self.mentions[name].core.start..earlier + 1)
                    .to_owned(),
            );
        }
        let sentence = doc
            .sentence_of(earlier)
            .map(|s| doc.sentences[s].tokens.clone())?;
        let start = super::phrase::before(doc, pack, self, earlier + 1, sentence.start)?
            .tokens
            .start;
        let full = super::phrase::from(doc, pack, self, start, sentence.end)?;
        (full.tokens.len() > phrase.tokens.len() && full.tokens.contains(&earlier))
            .then(|| doc.words(full.tokens).to_owned())
    }

    /// Whether a phrase is a bare definite noun: with its article or a definite ending, and no more.
    pub fn refers_back(&self, doc: &Doc<'_>, pack: &Pack, phrase: &Phrase) -> bool {
        let first = phrase.tokens.start;
        match phrase.tokens.len() {
            1 => {
                let endings = &pack.meta.names.definite;
                let word = doc.word(first);
                endings.is_empty() && pack.grammar.articles.is_empty()
                    || endings.iter().any(|e| word.ends_with(e.as_str()))
                    || doc.tokens[first].is_all_caps()
                    || Grammar::anaphor(doc, first).is_some()
            }
            2 => Grammar::makes_definite(doc, first) && !doc.is(first, Class::NumberWord),
            3 => {
                // "the public company": an attribute beside the noun, no noun that it belongs to.
                let anaphors = phrase.tokens.clone();
                let anaphors = anaphors.filter(|&i| Grammar::anaphor(doc, i).is_some());
                let nouns = (first + 1..phrase.tokens.end)
                    .filter(|&i| doc.is_any(i, Class::Role.bit() | Class::Organisation.bit()));
                Grammar::makes_definite(doc, first)
                    && anaphors.count() == 1
                    && nouns.count() == 1
                    && !phrase.tokens.clone().any(|i| doc.is(i, Class::Preposition))
            }
            _ => false,
        }
    }

    /// Whom a bare definite noun takes up: the one with that function, of those with it the one
    /// named last, or for a noun that only refers back the person or body named last.
    fn antecedent(
        &self,
        doc: &Doc<'_>,
        pack: &Pack,
        phrase: &Phrase,
        mention: usize,
        last: Option<usize>,
    ) -> Option<usize> {
        let at = phrase.tokens.start;
        let noun = self.mentions[mention].core.start;
        let anaphor = Grammar::anaphor(doc, noun);
        if let Some(Anaphor::Body) = anaphor
            && self.compound_before(doc, pack, noun).is_none()
            && self.owned_before(doc, pack, noun).is_none()
            && let Some(e) = self.body_before(doc, at)
        {
            return Some(e);
        }
        let own = self.entity_of(mention);
        let other = own.filter(|&e| self.entities[e].tokens.start != noun);
        if other.is_some() {
            return other;
        }
        if self.mentions[mention].kind == MentionKind::Role {
            let word = fold(doc.word(noun), pack.tokens.case);
            let exact = |e: &usize| self.entities[*e].has_exact_role(&word);
            let alike = |e: &usize| self.entities[*e].has_role(&word);
            let from = || {
                let before = self.mentions_in(at.saturating_sub(FAR)..at).rev();
                before.filter_map(|m| self.entity_of(m))
            };
            let near = from().find(exact).or_else(|| from().find(alike));
            if let Some(e) = near.filter(|&e| self.is_near(doc, e, at, 5)) {
                return Some(e);
            }
        }
        let head = self.head_of_body(doc, pack, noun);
        if head.is_some() {
            return head;
        }
        let Some(Anaphor::Person(person)) = anaphor else {
            return None;
        };
        // "the spokesman" behind "a spokesman for the port" is that one.
        let word = doc.word(noun);
        let near = at.saturating_sub(NEAR)..at;
        let same = |i: usize| doc.word(i) == word && !self.titles_name(i);
        if near.into_iter().any(same) && self.described_before(doc, pack, phrase).is_some() {
            return None;
        }
        let found = self.resolve_pronoun(doc, person, at, last);
        found.filter(|&e| self.is_near(doc, e, at, 4))
    }

    /// Whether an entity was named in the sentence of a token or the few before it.
    fn is_near(&self, doc: &Doc<'_>, entity: usize, at: usize, sentences: usize) -> bool {
        let here = doc.sentences.partition_point(|s| s.tokens.end <= at);
        let from = doc
            .sentences
            .get(here.saturating_sub(sentences))
            .map_or(0, |s| s.tokens.start);
        self.entities[entity].kind != ActorKind::Group
            && self.mentions_in(from..at).any(|m| {
                self.mentions[m].entity == entity
                    && self.mentions[m].kind == MentionKind::Name
                    && !doc.is(self.mentions[m].core.start, Class::Place)
            })
    }

    /// Whether a noun is the title of a name.
    fn titles_name(&self, i: usize) -> bool {
        let next = self.mentions.partition_point(|m| m.full.end <= i);
        self.mentions[next..]
            .iter()
            .take(2)
            .any(|m| m.kind == MentionKind::Name && m.full.contains(&i))
    }

    /// Whether a phrase names several speakers ("X and Y").
    fn joins_names(&self, doc: &Doc<'_>, phrase: &Phrase) -> bool {
        let mut tokens = phrase.tokens.clone();
        self.mentions_in(tokens.clone())
            .filter(|&m| self.mentions[m].kind == MentionKind::Name)
            .count()
            > 1
            && tokens.any(|i| doc.is(i, Class::Coordinator) && self.mention_at(i).is_none())
    }

    /// An entity as the answer.
    pub fn of_entity(&self, entity: usize, method: SpeakerMethod) -> Resolved {
        let e = &self.entities[entity];
        Resolved {
            name: e.name.clone(),
            entity: Some(entity),
            role: e.role.clone(),
            affiliation: e.affiliation.clone(),
            method,
        }
    }

    /// The entity that a pronoun at token `at` stands for.
    pub fn resolve_pronoun(
        &self,
        doc: &Doc<'_>,
        person: Person,
        at: usize,
        last: Option<usize>,
    ) -> Option<usize> {
        let wants_person = matches!(person, Person::He | Person::She | Person::Third);
        if !wants_person && !matches!(person, Person::It | Person::They) {
            return None;
        }
        let here = doc.sentences.partition_point(|s| s.tokens.end <= at);
        let floor = here.saturating_sub(REACH);
        let first = doc.sentences.get(floor).map_or(0, |s| s.tokens.start);
        let mut best: Option<(usize, usize)> = None;
        for m in self.mentions_in(first..at) {
            let mention = &self.mentions[m];
            let Some(e) = self.entity_of(m) else { continue };
            let entity = &self.entities[e];
            if entity.is_person() != wants_person || (wants_person && !fits(entity.gender, person))
            {
                continue;
            }
            // "a spokesman" is someone new.
            if mention.kind == MentionKind::Role && is_indefinite(doc, mention.full.start) {
                continue;
            }
            let sentence = doc
                .sentences
                .partition_point(|s| s.tokens.end <= mention.core.start);
            if doc
                .sentences
                .get(sentence)
                .is_some_and(|s| doc.blocks[s.block].is_box())
            {
                continue;
            }
            let distance = here.saturating_sub(sentence) * 12;
            let opening = doc.sentences.get(sentence).map_or(0, |s| s.tokens.start);
            let offset = mention.core.start - opening;
            let mut cost = distance + offset.min(8);
            // The subject of the sentence before is taken up first.
            if sentence + 1 == here && mention.full.start <= opening + 1 {
                cost = cost.saturating_sub(8);
            }
            if wants_person && entity.gender == Gender::Unknown {
                cost += 8;
            }
            if wants_person && !entity.certain {
                cost += if entity.tokens.len() > 1 { 22 } else { 30 };
            }
            if last != Some(e) {
                cost += 4;
            }
            // The object of a preposition is taken up less often than a subject.
            let before = mention.full.start;
            let article = before > 0 && doc.is(before - 1, Class::Determiner);
            let ahead = before.checked_sub(1 + usize::from(article));
            if ahead.is_some_and(|i| doc.is(i, Class::Preposition)) {
                cost += 8;
            }
            if best.is_none_or(|(c, _)| cost <= c) {
                best = Some((cost, e));
            }
        }
        // The one who spoke last may stand further back.
        best.map(|(_, e)| e).or_else(|| {
            last.filter(|&e| {
                let entity = &self.entities[e];
                entity.is_person() == wants_person && (!wants_person || fits(entity.gender, person))
            })
        })
    }
}

/// Whether an article that does not make definite stands before the noun at `i`.
fn is_indefinite(doc: &Doc<'_>, i: usize) -> bool {
    i.checked_sub(1).is_some_and(|k| {
        doc.is(k, Class::Determiner)
            && !Grammar::makes_definite(doc, k)
            && !Grammar::is_possessive(doc, k)
    })
}

fn fits(gender: Gender, person: Person) -> bool {
    !matches!(
        (gender, person),
        (Gender::Male, Person::She) | (Gender::Female, Person::He)
    )
}

/// The words of a described source: without the particle that marks it as a subject, where particles
/// are endings.
fn described_source(doc: &Doc<'_>, pack: &Pack, tokens: Range<usize>) -> String {
    let words = doc.words(tokens.clone()).trim_matches([',', ' ']);
    if tokens.len() == 1
        && let Some(owner) = pack.quotes.owner_of_statement(words)
    {
        return owner.to_owned();
    }
    if pack.meta.names.titled.is_none() || tokens.is_empty() {
        return words.to_owned();
    }
    let nouns =
        Class::Role.bit() | Class::Organisation.bit() | Class::People.bit() | Class::Document.bit();
    let last = doc.word(tokens.end - 1);
    let is_noun = |word: &str| {
        doc.lexicon
            .exact(&fold(word, pack.tokens.case))
            .is_some_and(|id| doc.lexicon.classes(id) & nouns != 0)
    };
    let listed = is_noun(last);
    let marked = pack.meta.names.endings.iter().find(|ending| {
        last.strip_suffix(ending.as_str())
            .is_some_and(|stem| stem.chars().count() > 1 && (!listed || is_noun(stem)))
    });
    marked
        .and_then(|ending| words.strip_suffix(ending.as_str()))
        .unwrap_or(words)
        .to_owned()
}
