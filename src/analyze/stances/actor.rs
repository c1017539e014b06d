//! Responsible for whether words can hold a position: persons, bodies and groups, no counts and no things.

use std::ops::Range;

use super::context::Context;
use crate::model::record::Holder;
use crate::pack::stances::Place;
use crate::text::lexicon::Class;
use crate::text::token::TokenKind;

impl Context<'_> {
    /// Whether a phrase names someone or is a pronoun.
    pub(super) fn is_someone(&self, phrase: &Range<usize>) -> bool {
        self.person(phrase.start).is_some()
            || self.speakers.mentions_in(phrase.clone()).next().is_some()
    }

    /// Whether a holder is a single person by what the article knows.
    pub(super) fn is_person(&self, holder: &Holder) -> bool {
        self.speakers
            .entities
            .iter()
            .any(|e| e.name == holder.name && e.is_person())
    }

    /// Whether a holder is no more than the count of a vote ("twelve members").
    pub(super) fn is_tally(&self, holder: &Holder) -> bool {
        let (Some(start), Some(end)) = (holder.start, holder.end) else {
            return false;
        };
        let from = self.doc.token_at(start);
        let to = self.doc.token_at(end.saturating_sub(1)) + 1;
        let number = self.doc.kind(from) == TokenKind::Number
            || self.is(from, Class::NumberWord) && !self.is(from, Class::Determiner);
        number && to - from <= 2
    }

    /// Whether a holder is a pronoun or a mention of a person, body or group.
    pub(super) fn is_actor(&self, holder: &Holder) -> bool {
        let (Some(start), Some(end)) = (holder.start, holder.end) else {
            return true;
        };
        let from = self.doc.token_at(start);
        let to = self.doc.token_at(end.saturating_sub(1)) + 1;
        let head = (from..to)
            .find(|&i| self.is(i, Class::Preposition) && i > from)
            .unwrap_or(to);
        self.person(from).is_some() || self.speakers.mentions_in(from..head).next().is_some()
    }

    /// Whether words that name nobody known look like a group or body: no verb among them, no pronoun
    /// at the end, and no short word alone that is as likely an adverb.
    pub(super) fn may_act(&self, holder: &Holder) -> bool {
        const SHORT: usize = 10;
        let (Some(start), Some(end)) = (holder.start, holder.end) else {
            return true;
        };
        let from = self.doc.token_at(start);
        let to = self.doc.token_at(end.saturating_sub(1)) + 1;
        let last = to - 1;
        let closed = Class::Relative.bit()
            | Class::Pronoun.bit()
            | Class::Determiner.bit()
            | Class::Preposition.bit()
            | Class::Adverb.bit();
        if self.doc.is_any(last, closed) && !self.is_capital(last) {
            return false;
        }
        if !self.opens_like_a_noun(from) {
            return false;
        }
        if last == from {
            let short = self.doc.word(from).len() < SHORT;
            let spaced = !self.pack.meta.text.caseless;
            let adverb = spaced && short && !self.is_capital(from);
            return !(adverb || self.is(from, Class::Determiner));
        }
        !(from..to).any(|i| {
            !self.is_capital(i)
                && (self.is(i, Class::InfinitiveMarker) && !self.is(i, Class::Preposition)
                    || self.is_finite(i) && !self.is(i, Class::Determiner))
        })
    }

    /// Whether an unknown phrase opens like a noun phrase, where nouns have an article or capitals:
    /// "climb the hill" and "down the slopes" name nobody.
    fn opens_like_a_noun(&self, from: usize) -> bool {
        const OPENERS: u64 = Class::Determiner.bit()
            | Class::NumberWord.bit()
            | Class::OrdinalWord.bit()
            | Class::People.bit()
            | Class::Organisation.bit()
            | Class::Role.bit()
            | Class::Party.bit()
            | Class::Place.bit();
        let meta = &self.pack.meta.text;
        if meta.caseless || self.words().place == Place::Before {
            return true;
        }
        let verb = self.is(from, Class::Cue) && !self.is(from, Class::Determiner);
        let governed = self.is(from, Class::Preposition) && !self.is(from, Class::Determiner);
        let fixed = self.is_capital(from)
            || self.doc.is_any(from, OPENERS)
            || self.doc.kind(from) == TokenKind::Number;
        !verb && !governed && (fixed || !meta.capital_nouns || self.is_capital(from + 1))
    }
}
