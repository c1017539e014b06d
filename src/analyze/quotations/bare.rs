//! Responsible for reports that no complementiser opens: marked fragments behind a verb, bare
//! clauses, clauses behind a colon, infinitives, and sentences in the mood of reported speech.

use std::ops::Range;

use super::draft::{Draft, Voice};
use super::frame::Cue;
use super::{Context, Passage};
use crate::analyze::speakers::MentionKind;
use crate::analyze::speakers::phrase;
use crate::pack::grammar::Person;
use crate::pack::quotes::{CueKind, QuotePack};
use crate::text::lexicon::Class;
use crate::text::token::TokenKind;

impl Context<'_> {
    /// A cue with a marked fragment in what follows: the report runs to the fragment's end,
    /// or to the end of its clause.
    pub(super) fn fragment_after(
        &self,
        passage: &Passage,
        unit: &Range<usize>,
        cue: &Cue,
    ) -> Option<Draft> {
        let m = passage
            .marked
            .iter()
            .filter(|m| m.closed && m.open >= cue.tokens.end && m.end() <= unit.end)
            .min_by_key(|m| m.open)?;
        let far = m.open - cue.tokens.end;
        if far > 14 || (cue.tokens.end..m.open).any(|i| self.is_stop(i) || self.is_colon(i)) {
            return None;
        }
        if (cue.tokens.end..m.open).any(|i| self.cue_at(i, cue.tokens.end).is_some()) {
            return None;
        }
        let bracketed = self.doc.is_char(m.open.saturating_sub(1), &['(']);
        if cue.kinds == 1 << CueKind::Bare as u16 || bracketed {
            return None;
        }
        let lo = self.clause_floor(unit, cue.tokens.start);
        if let Some(subject) = self.inverted(cue, lo) {
            let piece = self.trim(lo..m.end(), false);
            let mut draft = self.report(passage, vec![piece], "quotation.cue-fragment");
            draft.cue = Some(cue.tokens.clone());
            draft.voice = Voice::Subject(subject);
            return Some(draft);
        }
        let frame = self.frame_of(cue.clone(), lo, m.open);
        match &frame.subject {
            Some(subject) if Self::can_report(subject) => {}
            None if self.pack.quotes.drops_subject => {}
            _ => return None,
        }
        let mut start = self.over_addressee(cue, frame.end.max(cue.tokens.end), m.open);
        while start < m.open
            && (self
                .doc
                .is_any(start, Class::Adverb.bit() | Class::CueParticle.bit())
                && !self.doc.is(start, Class::Determiner)
                || self.is_comma(start))
        {
            start += 1;
        }
        start = self.over_time(start, m.open);
        let names = !cue.may(CueKind::Call)
            && self.words(m.inner.clone()) <= 2
            && self.doc.tokens[m.inner.start].is_capital()
            && m.inner
                .clone()
                .all(|i| !self.doc.tokens[i].is_word() || self.doc.tokens[i].is_capital());
        if names {
            return None;
        }
        // "X said it was 'a disgrace' that …": the fragment is a part of the clause that X said.
        let clause = self.pack.quotes.bare_clause
            && (cue.may(CueKind::Say) || cue.may(CueKind::Opinion))
            && self.has_verb(start..m.open);
        let end = if clause {
            self.content_end(unit, start).max(m.end())
        } else if (self.pack.quotes.verb_second || self.pack.quotes.bare_clause)
            && self.has_verb(start..m.inner.end)
        {
            // The fragment is the verb of a clause, or part of it: "they "clearly harm" the plans".
            (m.end()..unit.end)
                .find(|&i| {
                    self.doc.kind(i) != TokenKind::Word || self.doc.is(i, Class::Coordinator)
                })
                .unwrap_or(unit.end)
        } else {
            m.end()
        };
        let piece = self.trim(start..end, false);
        Some(Self::attributed(
            self.report(passage, vec![piece], "quotation.cue-fragment"),
            frame,
        ))
    }

    /// Over "this Tuesday" or "yesterday" before an object.
    fn over_time(&self, at: usize, limit: usize) -> usize {
        let time = [Class::Weekday, Class::TimeUnit, Class::RelativeDay];
        let noun = at + usize::from(self.doc.is(at, Class::Determiner));
        let len = time
            .iter()
            .filter_map(|&class| self.doc.find(noun, class))
            .map(|hit| hit.len)
            .max();
        len.map_or(at, |len| (noun + len).min(limit))
    }

    /// "The plan he called "mad"": a pronoun behind the verb is the subject where verbs stand second,
    /// and what stands before the verb is the object.
    fn inverted(&self, cue: &Cue, lo: usize) -> Option<phrase::Phrase> {
        let at = cue.tokens.end;
        let fronted = at > lo + 1 && cue.tokens.start > lo + 1;
        if !fronted || !self.pack.quotes.verb_second {
            return None;
        }
        let third = |p: &Person| matches!(p, Person::He | Person::She | Person::Third);
        let person = self.pack.grammar.person(self.doc, at).filter(third)?;
        let object = phrase::before(self.doc, self.pack, self.speakers, cue.tokens.start, lo)?;
        let first = self
            .doc
            .is_any(lo, Class::Determiner.bit() | Class::InfinitiveMarker.bit());
        (first && object.pronoun.is_none() && object.mention.is_none_or(|m| !self.names_person(m)))
            .then_some(phrase::Phrase {
                tokens: at..at + 1,
                mention: None,
                pronoun: Some(person),
            })
    }

    /// Whether a mention is the name of a person.
    fn names_person(&self, mention: usize) -> bool {
        self.speakers.mentions[mention].kind == MentionKind::Name
            && self
                .speakers
                .entity_of(mention)
                .is_some_and(|e| self.speakers.entities[e].is_person())
    }

    /// "X said CONTENT" in languages that need no complementiser, "X sagte, CONTENT" where a comma
    /// and the mood show the report.
    pub(super) fn bare_clause(
        &self,
        passage: &Passage,
        unit: &Range<usize>,
        cue: &Cue,
    ) -> Option<Draft> {
        let quotes = &self.pack.quotes;
        if !(quotes.bare_clause || quotes.comma_clause)
            || !(cue.may(CueKind::Say)
                || cue.may(CueKind::Opinion)
                || quotes.comma_clause && cue.may(CueKind::Impersonal))
        {
            return None;
        }
        let lo = self.clause_floor(unit, cue.tokens.start);
        if quotes.after_comma
            && let Some(draft) = self.clause_after_comma(passage, unit, cue, lo)
        {
            return Some(draft);
        }
        let frame = self.frame_of(cue.clone(), lo, unit.end);
        let subject = frame.subject.as_ref()?;
        if !Self::can_report(subject) {
            return None;
        }
        let impersonal = cue.kind == CueKind::Impersonal;
        let start = if quotes.comma_clause {
            let comma = (frame.end..unit.end.min(frame.end + 12))
                .find(|&i| self.is_comma(i) || self.is_stop(i))?;
            if !self.is_comma(comma) {
                return None;
            }
            let mood = (comma + 1..unit.end).any(|i| self.mood_at(i, unit.start).is_some());
            let close = (comma + 1..unit.end)
                .find(|&i| self.is_comma(i) || self.doc.kind(i) == TokenKind::Mark)
                .unwrap_or(unit.end);
            let infinitive = close.saturating_sub(4).max(comma + 1);
            let purpose = (infinitive..close).any(|i| {
                self.doc.is(i, Class::InfinitiveMarker)
                    || !self.doc.tokens[i].is_capital()
                        && self.pack.quotes.is_infinitive(self.doc, i)
            });
            if !(mood || impersonal || purpose && cue.may(CueKind::Say))
                || self
                    .doc
                    .is_any(comma + 1, Class::Relative.bit() | Class::Coordinator.bit())
                    && !self.doc.is(comma + 1, Class::Determiner)
            {
                return None;
            }
            comma + 1
        } else {
            if subject.tokens.start >= cue.tokens.end {
                return None;
            }
            let told = self.over_addressee(cue, frame.end, unit.end);
            self.skip_circumstances(told, unit.end)?
        };
        let content = self.trim(start..self.content_end(unit, start), false);
        let mut head = content.start..content.end.min(content.start + 9);
        let clause = quotes.subject_first && head.any(|i| QuotePack::is_nominal(self.doc, i))
            || self.has_verb(content.clone())
            || self.opens_with_subject(&content);
        let least = if quotes.subject_first && QuotePack::is_nominal(self.doc, content.start) {
            2
        } else {
            3
        };
        let enough = self.words(content.clone()) >= least && clause;
        if !enough {
            return None;
        }
        Some(Self::attributed(
            self.report(passage, vec![content], "quotation.bare-clause"),
            frame,
        ))
    }

    /// X表示，CONTENT: a comma right behind the verb opens a report to the sentence's end. The subject
    /// stands before the verb, maybe with a phrase of place or time between them.
    fn clause_after_comma(
        &self,
        passage: &Passage,
        unit: &Range<usize>,
        cue: &Cue,
        lo: usize,
    ) -> Option<Draft> {
        let (start, end) = (cue.tokens.start, cue.tokens.end);
        // Behind the verb may stand whom it was told to.
        let comma = (end..unit.end.min(end + 4))
            .find(|&i| self.is_comma(i) || self.doc.kind(i) != TokenKind::Word)
            .filter(|&i| {
                self.is_comma(i)
                    && (i == end
                        || self
                            .doc
                            .is_any(i - 1, Class::Role.bit() | Class::People.bit()))
            })?;
        let from = (lo..start)
            .rev()
            .find(|&i| self.is_comma(i))
            .map_or(lo, |i| i + 1);
        let before = phrase::before(self.doc, self.pack, self.speakers, start, from);
        let spoken = |p: &phrase::Phrase| {
            p.pronoun.is_some() || p.mention.is_some() && !self.is_object(p.tokens.start, from)
        };
        let subject = before
            .filter(spoken)
            .or_else(|| self.subject_of(from..start))
            .filter(Self::can_report);
        let voice = match subject {
            Some(subject) => Voice::Subject(subject),
            // The verb alone, or behind an adverb: its subject is the one of the sentence before.
            None if start <= from + 1 => Voice::Dropped,
            None => return None,
        };
        let content = self.trim(comma + 1..unit.end, false);
        if self.words(content.clone()) < 3 {
            return None;
        }
        let mut draft = self.report(passage, vec![content], "quotation.bare-clause");
        draft.cue = Some(cue.tokens.clone());
        draft.voice = voice;
        Some(draft)
    }

    /// Whether a preposition stands right before a token of its clause.
    fn is_object(&self, at: usize, floor: usize) -> bool {
        at > floor && self.doc.is(at - 1, Class::Preposition)
    }

    /// Whether words begin with a pronoun that can only be a subject, or hold a verb that other
    /// stages know.
    fn opens_with_subject(&self, content: &Range<usize>) -> bool {
        let subject = matches!(
            self.pack.grammar.person(self.doc, content.start),
            Some(Person::I | Person::We | Person::He | Person::She | Person::They)
        );
        let verbs = Class::Mover.bit() | Class::Attitude.bit() | Class::Stance.bit();
        subject && !self.pack.quotes.is_clitic(self.doc, content.start)
            || content.clone().skip(1).any(|i| self.doc.is_any(i, verbs))
    }

    /// "X waved it aside: CONTENT": a clause without marks behind a reporting verb and a colon.
    pub(super) fn colon_clause(
        &self,
        passage: &Passage,
        unit: &Range<usize>,
        cue: &Cue,
    ) -> Option<Draft> {
        let end = cue.tokens.end;
        let colon = (end..unit.end.min(end + 10)).find(|&i| self.is_colon(i) || self.is_stop(i))?;
        let plain = |i: usize| matches!(self.doc.kind(i), TokenKind::Word | TokenKind::Number);
        if !self.is_colon(colon)
            || colon + 1 >= unit.end
            || !plain(colon + 1)
            || !cue.may(CueKind::Say)
        {
            return None;
        }
        let lo = self.clause_floor(unit, cue.tokens.start);
        let frame = self.frame_of(cue.clone(), lo, colon);
        frame.subject.as_ref().filter(|p| Self::can_report(p))?;
        let content = self.trim(colon + 1..unit.end, false);
        // Behind a colon right at the verb, words that begin small are the clause.
        let clause = self.words(content.clone()) >= 4
            && colon == end
            && !self.doc.tokens[colon + 1].is_capital();
        let reports = clause || self.has_verb(content.clone());
        (self.words(content.clone()) >= 3 && reports).then(|| {
            Self::attributed(
                self.report(passage, vec![content], "quotation.colon-clause"),
                frame,
            )
        })
    }

    /// "Ann Ek: CONTENT": a line that begins with a person's name and a colon.
    pub(super) fn named_voice(
        &self,
        passage: &Passage,
        unit: &Range<usize>,
        drafts: &mut Vec<Draft>,
    ) {
        let Some(colon) =
            (unit.start + 1..unit.end.min(unit.start + 10)).find(|&i| self.is_colon(i))
        else {
            return;
        };
        let Some(m) = self.speakers.mentions_in(unit.start..colon).next_back() else {
            return;
        };
        let mention = &self.speakers.mentions[m];
        let person = self
            .speakers
            .entity_of(m)
            .is_some_and(|e| self.speakers.entities[e].certain);
        let covers = mention.full.end == colon && mention.full.start <= unit.start + 4;
        let quoted = (colon + 1..unit.end)
            .next()
            .is_none_or(|i| self.doc.kind(i) != TokenKind::Word);
        let content = self.trim(colon + 1..unit.end, false);
        if !person
            || !covers
            || quoted
            || self.words(content.clone()) < 3
            || !(self.has_verb(content.clone()) || self.opens_with_subject(&content))
        {
            return;
        }
        let mut draft = self.report(passage, vec![content], "quotation.named-voice");
        draft.voice = Voice::Subject(phrase::Phrase {
            tokens: mention.core.clone(),
            mention: Some(m),
            pronoun: None,
        });
        drafts.push(draft);
    }

    /// "X affirme avoir gagné": an infinitive right behind the verb, where the pack knows its endings.
    pub(super) fn infinitive(
        &self,
        passage: &Passage,
        unit: &Range<usize>,
        cue: &Cue,
    ) -> Option<Draft> {
        if !cue.may(CueKind::Say) || cue.adverbial {
            return None;
        }
        let mut at = cue.tokens.end;
        let lead = Class::Negation.bit() | Class::Adverb.bit() | Class::RelativeDay.bit();
        // "says he is", not "asks to be": of the markers only those that tie nouns as well.
        let marker = |i: usize| {
            self.doc.is(i, Class::InfinitiveMarker)
                && self.pack.quotes.is_source_preposition(self.doc, i)
        };
        let infinitive = |i: usize| {
            let other = Class::Adverb.bit() | Class::RelativeDay.bit() | Class::NOUNS;
            self.pack.quotes.is_infinitive(self.doc, i) && !self.doc.is_any(i, other)
        };
        while at < unit.end.min(cue.tokens.end + 4)
            && (self.doc.is_any(at, lead) || marker(at) || self.pack.quotes.is_clitic(self.doc, at))
            && !infinitive(at)
        {
            at += 1;
        }
        if at >= unit.end || !infinitive(at) {
            return None;
        }
        let lo = self.clause_floor(unit, cue.tokens.start);
        let frame = self.frame_of(cue.clone(), lo, cue.tokens.end);
        let spoken = frame
            .subject
            .as_ref()
            .map_or(self.pack.quotes.drops_subject, Self::can_report);
        let start = (cue.tokens.end..at)
            .find(|&i| {
                !self.doc.is_any(i, Class::InfinitiveMarker.bit())
                    || self.doc.is(i, Class::Negation)
            })
            .unwrap_or(at);
        let content = self.trim(start..self.content_end(unit, start), false);
        (spoken && self.words(content.clone()) >= 2).then(|| {
            Self::attributed(
                self.report(passage, vec![content], "quotation.infinitive"),
                frame,
            )
        })
    }

    /// Where whom a verb addresses ends: "told the court".
    fn over_addressee(&self, cue: &Cue, from: usize, limit: usize) -> usize {
        let addressed = cue
            .tokens
            .clone()
            .any(|i| QuotePack::is_addressed(self.doc, i));
        if !addressed || self.pack.grammar.person(self.doc, from).is_some() {
            return from;
        }
        let whom = phrase::from(self.doc, self.pack, self.speakers, from, limit);
        whom.filter(|p| p.mention.is_some())
            .map_or(from, |p| p.tokens.end)
    }

    /// The first token of the clause behind a verb, over an addressee or a phrase of time.
    fn skip_circumstances(&self, from: usize, limit: usize) -> Option<usize> {
        let mut i = from;
        while i < limit
            && self.doc.is_any(
                i,
                Class::Adverb.bit() | Class::RelativeDay.bit() | Class::Weekday.bit(),
            )
        {
            i += 1;
        }
        if i >= limit
            || self.is_stop(i)
            || self.is_comma(i)
            || self.is_colon(i)
            || self.doc.is(i, Class::InfinitiveMarker)
        {
            return None;
        }
        if self.doc.is_any(i, Class::Preposition.bit())
            && !self.doc.is(i, Class::Determiner)
            && self.speakers.mention_at(i).is_none()
        {
            // "in a statement the plan was dead": over the phrase, if a clause follows.
            return None;
        }
        Some(i)
    }
}
