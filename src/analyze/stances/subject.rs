//! Responsible for the phrases of a clause that may be its subject.

use std::ops::Range;

use super::context::Context;
use super::governor::Subject;
use crate::analyze::speakers::MentionKind;
use crate::pack::grammar::Person;
use crate::pack::quotes::QuotePack;
use crate::pack::stances::Help;
use crate::pack::stances::Place;
use crate::text::lexicon::Class;
use crate::text::tokenize::digit_value;

impl Context<'_> {
    /// The words before the particle that marks a subject; the word with it, where it is an ending.
    pub(super) fn up_to_marker(&self, tokens: Range<usize>) -> Option<Range<usize>> {
        const LONGEST: usize = 8;
        let is_marked = |&i: &usize| QuotePack::marks_subject(self.doc, i);
        let marker = tokens
            .clone()
            .take(LONGEST)
            .take_while(|&i| !self.is_comma(i))
            .find(is_marked)?;
        let is_ending =
            self.doc.word(marker).chars().count() > 1 && !self.pack.meta.names.endings.is_empty();
        let end = marker + usize::from(is_ending);
        (end > tokens.start).then_some(tokens.start..end)
    }

    /// A subject in front of its object and a verb at the end: no longer than the noun for a body that
    /// the phrase begins with.
    pub(super) fn clipped(&self, tokens: Range<usize>) -> Range<usize> {
        if self.words().place != Place::Before {
            return tokens;
        }
        if let Some(marked) = self.up_to_marker(tokens.clone()) {
            return marked;
        }
        let mut mentions = self.speakers.mentions_in(tokens.clone());
        let (first, second) = (mentions.next(), mentions.next());
        let caseless = self.pack.meta.text.caseless;
        match first.map(|m| &self.speakers.mentions[m]) {
            // Without capitals a second name may be anything.
            Some(m) if caseless && m.full.start == tokens.start && m.full.end < tokens.end => {
                tokens.start..m.full.end
            }
            Some(m)
                if second.is_none()
                    && m.kind != MentionKind::Name
                    && m.core.start == tokens.start
                    && m.core.end < tokens.end
                    && !self.doc.tokens[m.core.end].is_capital()
                    && !self.doc.word(m.core.end).starts_with(['\'', '’']) =>
            {
                m.core.clone()
            }
            _ => tokens,
        }
    }

    /// The token after the verb whose chain begins at `start`.
    pub(super) fn verb_after(&self, start: usize) -> usize {
        (start..start + 6)
            .find(|&i| self.is_finite(i))
            .map_or(start + 1, |i| i + 1)
    }

    /// The name between commas behind a title or a body ("its director, Owen Treharne, has").
    pub(super) fn name_in_apposition(
        &self,
        head: Range<usize>,
        inside: Range<usize>,
    ) -> Option<Range<usize>> {
        const LEAD: u64 = Class::Determiner.bit() | Class::Organisation.bit() | Class::Role.bit();
        let mentions = &self.speakers.mentions;
        let m = self
            .speakers
            .mentions_in(inside.start..inside.end.min(inside.start + 5))
            .find(|&m| mentions[m].kind == MentionKind::Name)?;
        let name = &mentions[m];
        let person = self
            .speakers
            .entity_of(m)
            .is_some_and(|e| self.speakers.entities[e].is_person());
        let mut end = name.core.end.max(name.full.end);
        if self.doc.is_char(end, &['(']) {
            end = (end..inside.end).find(|&i| self.doc.is_char(i, &[')']))? + 1;
        }
        let adjacent = (inside.start..name.core.start)
            .all(|i| self.doc.is_any(i, LEAD) || name.full.contains(&i) || self.is_mark(i));
        let closed = end >= inside.end || self.is_comma(end) || self.is_mark(end);
        if !adjacent || !closed {
            return None;
        }
        let own = |m: usize| {
            let known = &mentions[m];
            let who = self
                .speakers
                .entity_of(m)
                .map(|e| &self.speakers.entities[e]);
            known.kind == MentionKind::Name
                && (who.is_some_and(|e| e.is_person() && e.certain)
                    || known.full.start <= head.start + 1 && known.full.end >= head.end)
        };
        if self.speakers.mentions_in(head.clone()).any(own) {
            return None;
        }
        let start = (head.start..head.end).find(|&i| !self.is_mark(i))?;
        let titled = head.clone().any(|i| self.span_of(i, Class::Role).is_some());
        let body = head.clone().any(|i| self.is(i, Class::Organisation));
        let article = self.is(start, Class::Determiner);
        let fits = titled || body && article || person && (article || body);
        fits.then_some(name.core.start..name.core.end)
    }

    /// The name of a person that ends at `end`, with its bracket.
    pub(super) fn name_before(&self, end: usize) -> Option<Range<usize>> {
        let from = end.saturating_sub(8).max(self.sentence(end).start);
        self.speakers
            .mentions_in(from..end)
            .map(|m| (m, &self.speakers.mentions[m]))
            .find(|(m, mention)| {
                mention.kind == MentionKind::Name
                    && (mention.core.end == end || mention.full.end == end)
                    && self
                        .speakers
                        .entity_of(*m)
                        .is_some_and(|e| self.speakers.entities[e].is_person())
            })
            .map(|(_, mention)| mention.core.clone())
    }

    /// Whether a phrase is a pronoun that no object can be.
    pub(super) fn is_nominative(&self, phrase: &Range<usize>) -> bool {
        phrase.len() == 1
            && !self.is_help(phrase.start, Help::Object)
            && matches!(
                self.person(phrase.start),
                Some(Person::I | Person::We | Person::He | Person::She)
            )
    }

    /// Whether a phrase begins like one that can hold a position.
    pub(super) fn opens_holder(&self, start: usize, end: usize) -> bool {
        const OPENERS: u64 = Class::Determiner.bit()
            | Class::Pronoun.bit()
            | Class::Organisation.bit()
            | Class::Role.bit()
            | Class::People.bit()
            | Class::Party.bit()
            | Class::Place.bit();
        let start = (start..end).find(|&i| !self.is_mark(i)).unwrap_or(start);
        let lone = end - start == 1
            && self.is(start, Class::Determiner)
            && !self.is(start, Class::Pronoun);
        start < end
            && !lone
            && (self.doc.is_any(start, OPENERS)
                || self.is_capital(start) && !self.pack.meta.text.capital_nouns
                || self.is_capital(start) && end - start <= 3)
    }

    /// Whether a phrase is the bare number of a year ("2022 the party opposed").
    pub(super) fn is_year(&self, start: usize, end: usize) -> bool {
        const YEARS: std::ops::RangeInclusive<u32> = 1800..=2100;
        let digits = || self.doc.word(start).chars().map(digit_value);
        start + 1 == end
            && digits().count() == 4
            && digits()
                .try_fold(0, |year, digit| Some(year * 10 + digit?))
                .is_some_and(|year| YEARS.contains(&year))
    }

    pub(super) fn is_adverbial(&self, start: usize, end: usize) -> bool {
        (self.is(start, Class::Preposition) && !self.is(start, Class::Determiner))
            || self.is_source(start)
            || self.is_year(start, end)
            || (start..end).any(|i| self.is_time(i))
                && (start..end).all(|i| self.speakers.mention_at(i).is_none())
            || (start..end).all(|i| self.is_filler(i))
    }

    /// A phrase without the time expression at its end ("the residents for years").
    pub(super) fn without_time(&self, tokens: Range<usize>) -> Range<usize> {
        let mut end = tokens.end;
        while end > tokens.start && self.is_time(end - 1) {
            end -= 1;
        }
        if end == tokens.end || end == tokens.start {
            return tokens;
        }
        while end > tokens.start
            && (self.is_filler(end - 1)
                || self.doc.is_any(
                    end - 1,
                    Class::Preposition.bit() | Class::OrdinalWord.bit() | Class::NumberWord.bit(),
                )
                || self.doc.kind(end - 1) == crate::text::token::TokenKind::Number)
        {
            end -= 1;
        }
        if end > tokens.start && self.opens_holder(tokens.start, end) {
            tokens.start..end
        } else {
            tokens
        }
    }

    /// A phrase without what follows an adverb of time inside it ("the council today after a debate").
    pub(super) fn before_adverb(&self, tokens: Range<usize>) -> Range<usize> {
        let cut = (tokens.start + 1..tokens.end).find(|&i| {
            self.doc
                .is_any(i, Class::RelativeDay.bit() | Class::Weekday.bit())
                && self.speakers.mention_at(i).is_none()
        });
        match cut {
            Some(cut)
                if self.opens_holder(tokens.start, cut) && !self.is(cut - 1, Class::Determiner) =>
            {
                let mut end = cut;
                while end > tokens.start + 1
                    && self
                        .doc
                        .is_any(end - 1, Class::Preposition.bit() | Class::Determiner.bit())
                {
                    end -= 1;
                }
                tokens.start..end
            }
            _ => tokens,
        }
    }

    /// In subject-first order: "In 2015 the party opposed".
    pub(super) fn after_adverbial(&self, tokens: Range<usize>) -> Option<Subject> {
        let start = (tokens.start + 2..tokens.end).rev().find(|&i| {
            (self.is(i, Class::Determiner) || self.is(i, Class::Pronoun))
                && !self.is(i - 1, Class::Preposition)
        })?;
        Some(Subject {
            tokens: start..tokens.end,
            after: false,
            shared: false,
        })
    }

    /// A phrase without conjunctions, adverbs, marks and commas at its ends.
    pub(super) fn trim_phrase(&self, tokens: Range<usize>) -> Option<Range<usize>> {
        let Range { mut start, mut end } = tokens;
        let idle = |i: usize| {
            self.is(i, Class::Coordinator)
                || self.is_help(i, Help::Contrast)
                || self.is_filler(i)
                    && !self.is(i, Class::Determiner)
                    && !self.is(i, Class::Pronoun)
                || self.is_comma(i)
                || self.is_mark(i)
                || self.is_break(i)
        };
        while start < end && (idle(start) && !(self.is_mark(start) && self.is_mark(end - 1))) {
            start += 1;
        }
        while start < end
            && (self.is_comma(end - 1) || self.is_break(end - 1) || self.is_filler(end - 1))
        {
            end -= 1;
        }
        (start < end).then_some(start..end)
    }

    /// The noun phrase before a relative pronoun.
    pub(super) fn antecedent(&self, end: usize) -> Option<Range<usize>> {
        end.checked_sub(1)?;
        if self.doc.is_char(end - 1, &[')', ']']) {
            let from = self.sentence(end - 1).start;
            let open = (from..end)
                .rev()
                .find(|&i| self.doc.is_char(i, &['(', '[']))?;
            return self.antecedent(open);
        }
        let left = self.left(end - 1);
        let mut start = end;
        while start > left.start && end - start < 14 {
            let k = start - 1;
            if self.is_comma(k)
                || self.is_finite(k)
                || self.is(k, Class::Coordinator)
                || (self.is(k, Class::Preposition) && !self.is(k, Class::NameParticle))
            {
                break;
            }
            start = k;
        }
        self.trim_phrase(start..end)
    }

    /// Where a subject behind its verb ends in a script without capitals: with the first name, title or
    /// body in it, for what follows may be the object.
    fn uncapitalised_end(&self, tokens: &Range<usize>) -> usize {
        if !self.pack.meta.text.caseless {
            return tokens.end;
        }
        let all = &self.speakers.mentions;
        let mut inside = self.speakers.mentions_in(tokens.clone());
        let first = inside.next().map(|m| &all[m]);
        match (first, inside.next().map(|m| &all[m])) {
            // A title before its name.
            (Some(title), Some(name)) if name.full.contains(&title.core.start) => name.core.end,
            (Some(m), _) if m.full.start == tokens.start => m.core.end,
            _ => tokens.end,
        }
    }

    /// The subject that follows a finite verb, when its end can be told.
    pub(super) fn phrase_after(&self, verb_end: usize) -> Option<Range<usize>> {
        let sentence = self.sentence(verb_end.saturating_sub(1));
        let mut at = verb_end;
        while at < sentence.end && (self.is_filler(at) || self.is_mark(at)) {
            at += 1;
        }
        if at >= sentence.end || self.is_comma(at) || self.is_break(at) {
            return None;
        }
        if self.is_help(at, Help::Oblique) && self.speakers.mention_at(at).is_none() {
            return None;
        }
        if self.person(at).is_some() && !self.is(at, Class::Determiner) {
            return Some(at..at + 1);
        }
        if let Some(mut tokens) = self.mention(at) {
            tokens.end = self.uncapitalised_end(&tokens);
            // A second article begins the object.
            let object = (tokens.start + 2..tokens.end).find(|&i| {
                self.is(i, Class::Determiner)
                    && !self.is_help(i, Help::Genitive)
                    && !self.is(i - 1, Class::Preposition)
                    && !self.is(i - 1, Class::Coordinator)
                    && !self.is(i - 1, Class::Determiner)
                    && self.speakers.mention_at(i).is_none()
            });
            tokens.end = object.unwrap_or(tokens.end);
            // "I går avslog regeringen förslaget": a document behind a body without a genitive is
            // the object.
            let plain = self.words().inversion && !self.pack.meta.text.capital_nouns;
            let owns = |word: &str| {
                let endings = &self.pack.meta.names.endings;
                endings.is_empty() || endings.iter().any(|e| word.ends_with(e.as_str()))
            };
            let document = (tokens.start + 1..tokens.end).find(|&i| {
                plain
                    && self.is(i, Class::Document)
                    && (self.is(i - 1, Class::Organisation) || self.is_capital(i - 1))
                    && !owns(self.doc.word(i - 1))
            });
            tokens.end = document.unwrap_or(tokens.end);
            return Some(tokens);
        }
        // An unknown noun or two, when what follows shows where they end.
        let plain = |i: usize| {
            self.doc.tokens[i].is_word()
                && !self.is_finite(i)
                && !self.is_filler(i)
                && self.intro(i, verb_end).is_none()
                && !self
                    .doc
                    .is_any(i, Class::Preposition.bit() | Class::Coordinator.bit())
        };
        let mut end = at;
        while end < sentence.end && end - at < 3 && plain(end) && !self.is(end, Class::Stopper) {
            end += 1;
        }
        let shown = end < sentence.end
            && (self.is(end, Class::Stopper)
                || self.is_filler(end)
                || self.is(end, Class::Preposition)
                || self.opens_clause(end).is_some());
        (end > at && shown).then_some(at..end)
    }

    /// Whether an adverb opens the clause at `from` and someone follows its verb ("men nå vil
    /// partiet …"), where the verb comes second.
    pub(super) fn opens_inverted(&self, from: usize) -> bool {
        if !self.words().inversion
            || !self
                .doc
                .tokens
                .get(from)
                .is_some_and(|_| self.is_filler(from) || self.is_time(from))
        {
            return false;
        }
        let Some(verb) = (from + 1..from + 4).find(|&i| self.is_finite(i)) else {
            return false;
        };
        self.phrase_after(verb + 1)
            .is_some_and(|p| self.is_someone(&p))
    }

    /// Where subject and object meet in front of a verb in a language without articles: behind the
    /// name, else before the last word.
    pub(super) fn split_before(&self, phrase: Range<usize>) -> Option<usize> {
        const LONGEST: usize = 9;
        if !self.words().pro_drop || phrase.len() < 2 || phrase.len() > LONGEST {
            return None;
        }
        let plain = phrase.clone().all(|i| {
            self.doc.tokens[i].is_word()
                && !self.is(i, Class::Relative)
                && !self.is(i, Class::Coordinator)
        });
        if !plain {
            return None;
        }
        let name = self
            .speakers
            .mentions_in(phrase.clone())
            .map(|m| &self.speakers.mentions[m])
            .rfind(|m| m.kind == MentionKind::Name && m.core.end < phrase.end)
            .map(|m| m.core.end);
        let cut = name.unwrap_or(phrase.end - 1);
        (!self.is_capital(cut) && !self.is(cut, Class::Preposition) && !self.is_filler(cut))
            .then_some(cut)
    }
}
