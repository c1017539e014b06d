//! Responsible for sources that have a function or a pronoun and no name beside them: whom the words
//! around them mean.

use super::Context;
use super::draft::Draft;
use super::name::Memory;
use crate::analyze::speakers::phrase::Phrase;
use crate::analyze::speakers::{MentionKind, Resolved};
use crate::model::record::{QuotationKind, SpeakerMethod};
use crate::pack::grammar::{Grammar, Person};
use crate::text::lexicon::Class;

impl Context<'_> {
    /// Marked speech by a bare function ("…, said the inspector.") that no one else has: the one
    /// person whom the sentence right before it names.
    pub(super) fn introduced(
        &self,
        draft: &Draft,
        phrase: &Phrase,
        found: &Resolved,
    ) -> Option<Resolved> {
        let noun = phrase.mention.map(|m| &self.speakers.mentions[m])?;
        let bare = noun.kind == MentionKind::Role
            && found.method == SpeakerMethod::Description
            && found.entity.is_none()
            && draft.kind == QuotationKind::Direct
            && (self.speakers.refers_back(self.doc, self.pack, phrase)
                || self.is_definite_role(phrase));
        let here = self.doc.sentence_of(draft.start())?;
        let before = self.doc.sentences.get(here.checked_sub(1)?)?;
        if !bare || before.block + 1 < draft.block {
            return None;
        }
        let mut people = self
            .speakers
            .mentions_in(before.tokens.clone())
            .filter(|&m| self.is_personal(m))
            .filter_map(|m| self.speakers.entity_of(m));
        let one = people.next()?;
        people
            .all(|e| e == one)
            .then(|| self.speakers.of_entity(one, SpeakerMethod::Role))
    }

    /// "said the head of the port, Ann Ek.": the person whose name stands between commas behind a
    /// function.
    pub(super) fn apposed(&self, phrase: &Phrase) -> Option<Resolved> {
        let role = phrase.mention.map(|m| &self.speakers.mentions[m])?;
        let end = phrase.tokens.end;
        if role.kind != MentionKind::Role || !self.is_comma(end) {
            return None;
        }
        let m = self.speakers.mention_at(end + 1)?;
        let name = &self.speakers.mentions[m];
        let closes = |i: usize| {
            i >= self.doc.tokens.len()
                || self.doc.tokens[i].is_line_start()
                || self.is_comma(i)
                || self.is_stop(i)
                || self.doc.is_char(i, &['('])
        };
        let whole = name.kind == MentionKind::Name
            && name.core.start == end + 1
            && name.core.len() > 1
            && closes(name.core.end)
            && self.is_personal(m);
        let e = self.speakers.entity_of(m).filter(|_| whole)?;
        Some(self.speakers.of_entity(e, SpeakerMethod::Name))
    }

    /// Whether a phrase is a definite article, attributes and a function: "the City manager".
    fn is_definite_role(&self, phrase: &Phrase) -> bool {
        let (first, last) = (phrase.tokens.start, phrase.tokens.end - 1);
        (3..=4).contains(&phrase.tokens.len())
            && Grammar::makes_definite(self.doc, first)
            && self.doc.is(last, Class::Role)
            && !phrase
                .tokens
                .clone()
                .any(|i| self.doc.is(i, Class::Preposition))
    }

    /// A pronoun right behind a quotation whose source has only a description is that source.
    pub(super) fn described_last(
        &self,
        draft: &Draft,
        phrase: &Phrase,
        memory: &Memory,
    ) -> Option<Resolved> {
        let person = phrase.pronoun?;
        let (block, last) = memory.last.as_ref()?;
        let third = matches!(
            person,
            Person::He | Person::She | Person::Third | Person::It | Person::They
        );
        let here = self.doc.sentence_of(phrase.tokens.start)?;
        let there = self.doc.sentence_of(memory.at)?;
        let near = *block == draft.block && here <= there + 1;
        let fits = !memory.thing || matches!(person, Person::It | Person::They);
        // Marked words are a person's.
        let body = draft.kind == QuotationKind::Direct
            && last.method == SpeakerMethod::Organisation
            && !matches!(person, Person::It | Person::They);
        (third && near && fits && !body && last.entity.is_none()).then(|| Resolved {
            method: SpeakerMethod::Pronoun,
            ..last.clone()
        })
    }

    /// A pronoun of the third person takes up the subject of the sentence before it, or of the clause
    /// before the quotation, also where that is only a function: "The inspector shook her head. …, she
    /// said."
    pub(super) fn described_subject(&self, draft: &Draft, phrase: &Phrase) -> Option<Resolved> {
        let person = phrase.pronoun?;
        if !matches!(person, Person::He | Person::She | Person::Third) {
            return None;
        }
        let at = phrase.tokens.start.min(draft.start());
        let here = self.doc.sentence_of(at)?;
        let first = self.doc.sentences.get(here)?.tokens.start;
        let own = (at > first + 2).then_some(first..at);
        let before = here
            .checked_sub(1)
            .and_then(|s| self.doc.sentences.get(s))
            .filter(|s| s.block == draft.block || s.block + 1 == draft.block)
            .map(|s| s.tokens.clone());
        let subject = [own, before]
            .into_iter()
            .flatten()
            .find_map(|tokens| self.subject_of(tokens.clone()).map(|p| (tokens, p)));
        let (tokens, subject) = subject?;
        let noun = subject.mention.map(|m| &self.speakers.mentions[m])?;
        let first = subject.tokens.start;
        // Where there is no article, or it is an ending, the bare noun says as much.
        let definite = self.doc.is(first, Class::Determiner)
            || self.pack.grammar.articles.is_empty()
            || self.speakers.refers_back(self.doc, self.pack, &subject);
        let bare = matches!(noun.kind, MentionKind::Role | MentionKind::Group)
            && (first <= tokens.start + 2 || first <= tokens.start + 8 && self.is_comma(first - 1))
            && definite
            && subject.tokens.len() <= 8;
        let resolved = self
            .speakers
            .resolve(self.doc, self.pack, &subject, None)
            .filter(|r| bare && r.entity.is_none())?;
        Some(Resolved {
            method: SpeakerMethod::Pronoun,
            ..resolved
        })
    }
}
