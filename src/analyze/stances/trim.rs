//! Responsible for the edges of a target: what belongs to it, and its canonical wording.

use std::ops::Range;

use super::context::Context;
use crate::pack::stances::{Help, Place, stop};
use crate::text::lexicon::Class;

impl Context<'_> {
    /// A target without marks, commas, adverbs and time expressions at its ends.
    pub(super) fn trim_target(&self, tokens: Range<usize>) -> Option<Range<usize>> {
        let Range { mut start, mut end } = tokens;
        let loose = |i: usize| self.is_comma(i) || self.is_break(i) || self.is_mark(i);
        loop {
            while start < end
                && (loose(start)
                    || self.is(start, Class::Coordinator) && !self.is(start, Class::Determiner))
            {
                start += 1;
            }
            while start < end && loose(end - 1) {
                end -= 1;
            }
            if start >= end {
                return None;
            }
            let last = end - 1;
            if let Some(at) = self.closing_time(start, end) {
                end = at;
                continue;
            }
            if last > start
                && (self.is(last, Class::Coordinator)
                    || self.is_help(last, Help::Contrast)
                    || self.is(last, Class::Adverb) && self.is(last, Class::Preposition)
                    || self.is_time(last))
            {
                let before = if self.is_time(last) {
                    self.before_time(start, last)
                } else {
                    last
                };
                if before >= end {
                    break;
                }
                end = before;
                continue;
            }
            break;
        }
        let words = (start..end).any(|i| {
            self.doc.tokens[i].is_word()
                || self.doc.tokens[i].flags & crate::text::token::Token::DIGIT != 0
        });
        words.then_some(start..end)
    }

    /// Where a time expression of several words ("at this stage") begins that closes a phrase.
    fn closing_time(&self, start: usize, end: usize) -> Option<usize> {
        const LONGEST: usize = 5;
        (end.saturating_sub(LONGEST).max(start + 1)..end - 1).find(|&at| {
            self.help(at, Help::When)
                .is_some_and(|len| len > 1 && at + len == end)
        })
    }

    /// The end of a phrase without the time expression that ends at `last`.
    pub(super) fn before_time(&self, start: usize, last: usize) -> usize {
        let mut at = last;
        while at > start + 1 && last - at < 4 {
            let k = at - 1;
            let number = self.doc.kind(k) == crate::text::token::TokenKind::Number;
            if self.is(k, Class::Preposition) {
                return k;
            }
            if self.is_time(k) || number || self.is(k, Class::Determiner) {
                at = k;
            } else {
                break;
            }
        }
        // "the days": a unit with its article is no adverbial.
        let bare = self.is(last, Class::TimeUnit)
            && !self.doc.is_any(
                last,
                Class::Weekday.bit() | Class::Month.bit() | Class::RelativeDay.bit(),
            )
            && !self.is_help(last, Help::When);
        if bare {
            return last + 1;
        }
        // Without a preposition only the time words themselves go.
        if at < last { at } else { last }
    }

    /// A condition that begins at `at`; `bare` allows one without a comma before it.
    pub(super) fn conditional_at(&self, at: usize, bare: bool) -> Option<usize> {
        let hit = self
            .doc
            .find_all(at, Class::Conditional)
            .max_by_key(|h| (h.len, h.payload))?;
        let sure = hit.payload == 1 || hit.len > 1;
        let doubtful = self.doc.is_any(
            at,
            Class::Preposition.bit() | Class::Complementiser.bit() | Class::Interrogative.bit(),
        );
        let fresh = at == 0
            || self.is_comma(at - 1)
            || self.is_mark(at - 1)
            || self.is_help(at - 1, Help::Only)
            || self.is_break(at - 1)
            || self.is(at - 1, Class::Coordinator);
        let finite = || (at + 1..at + 7).any(|i| self.is_finite(i) || self.is_comma(i));
        // After a cue that leaves room for a condition, two words of a clause are enough.
        let room = || {
            self.opens_clause(at + hit.len).is_none()
                && (at + hit.len..at + hit.len + 2).all(|i| {
                    self.doc
                        .tokens
                        .get(i)
                        .is_some_and(crate::text::token::Token::is_word)
                })
        };
        if bare && room() {
            return Some(hit.len);
        }
        // "the law if there is no aid": behind a noun a word for "if" or "whether" means "if".
        let noun = || {
            at > 0
                && self.doc.tokens[at - 1].is_word()
                && !self.is_finite(at - 1)
                && !self.doc.is_any(
                    at - 1,
                    Class::Preposition.bit()
                        | Class::Determiner.bit()
                        | Class::Pronoun.bit()
                        | Class::Adverb.bit()
                        | Class::Coordinator.bit(),
                )
        };
        let verb = || (at + 1..at + 3).any(|i| self.is_finite(i) || self.is_negation(i));
        if hit.len == 1
            && self.is(at, Class::Complementiser)
            && !self.is(at, Class::Preposition)
            && !self.words().inversion
            && noun()
            && verb()
        {
            return Some(hit.len);
        }
        if sure && (hit.len > 1 || fresh && !doubtful)
            || fresh && finite()
            || (bare || !doubtful) && finite()
        {
            return Some(hit.len);
        }
        None
    }

    /// What a stop word in a clause leaves as the target: (tokens, whether the side turns).
    pub(super) fn stopped(&self, clause: &Range<usize>) -> Option<Range<usize>> {
        let before = self.words().place == Place::Either || self.words().place == Place::Before;
        let mut at = clause.start;
        while at < clause.end {
            let Some(hit) = self.doc.find(at, Class::Stopper) else {
                at += 1;
                continue;
            };
            let ahead = clause.start..at;
            let behind = at + hit.len..clause.end;
            if self.negation_in(ahead.clone()).is_some() {
                return None;
            }
            if hit.payload == stop::PASSIVE {
                let kept = self.strip_verbs(ahead);
                return self.trim_target(kept);
            }
            // Active: at the head of an infinitive, or after its subject.
            let lead = (clause.start..at)
                .all(|i| self.is_filler(i) || self.is(i, Class::InfinitiveMarker));
            let named = || self.mention(clause.start).is_some_and(|m| m.end >= at);
            let subject =
                self.doc.is_any(clause.start, u64::MAX) && at - clause.start <= 4 || named();
            if lead || subject {
                let rest = self.skip_lead(behind.start, behind.end);
                if rest < behind.end && !self.starts_badly(rest) {
                    return self.trim_target(rest..behind.end);
                }
            }
            if before && behind.len() <= 1 {
                let kept = self.without_actor(self.strip_verbs(ahead));
                return self.trim_target(kept);
            }
            return None;
        }
        None
    }

    /// A clause with its verb at the end, without the one who acts in it ("dat de minister de
    /// vergunning intrekt").
    fn without_actor(&self, clause: Range<usize>) -> Range<usize> {
        let actor = self.mention(clause.start).filter(|m| {
            m.end < clause.end
                && self.is(m.end, Class::Determiner)
                && !self.is_help(m.end, Help::Genitive)
                && self.speakers.mentions_in(m.clone()).next().is_some()
        });
        actor.map_or(clause.clone(), |m| m.end..clause.end)
    }

    /// Whether a phrase is a bare infinitive that stops something ("требуют остановить …"), in a
    /// language that puts no marker before it.
    pub(super) fn opens_with_stop(&self, phrase: &Range<usize>) -> bool {
        phrase.len() > 1
            && self
                .doc
                .find(phrase.start, Class::Stopper)
                .is_some_and(|hit| hit.payload == stop::ACTIVE && hit.len < phrase.len())
    }

    /// A phrase without the auxiliaries and adverbs at its end.
    pub(super) fn strip_verbs(&self, tokens: Range<usize>) -> Range<usize> {
        let mut end = tokens.end;
        while end > tokens.start
            && (self.is_filler(end - 1)
                || self.doc.is_any(
                    end - 1,
                    Class::Auxiliary.bit() | Class::Modal.bit() | Class::InfinitiveMarker.bit(),
                ))
        {
            end -= 1;
        }
        tokens.start..end
    }

    /// A short form for grouping: the head of the phrase without articles and attributes behind it.
    pub(super) fn canonical(&self, tokens: &Range<usize>) -> String {
        let mut start = tokens.start;
        while start + 1 < tokens.end && (self.is(start, Class::Determiner) || self.is_mark(start)) {
            start += 1;
        }
        let end = (start + 1..tokens.end)
            .find(|&i| {
                self.is_comma(i)
                    || self.doc.is_char(i, &['('])
                    || self.is(i, Class::Relative) && !self.is(i, Class::Determiner)
                    || self.is(i, Class::Complementiser)
            })
            .unwrap_or(tokens.end)
            .min(start + 8);
        let text = self.doc.words(start..end);
        let lower = start == self.sentence(start).start
            && self.speakers.mention_at(start).is_none()
            && !self.pack.meta.text.capital_nouns;
        let mut chars = text.chars();
        match chars.next() {
            Some(first) if lower => first.to_lowercase().chain(chars).collect(),
            _ => text.to_owned(),
        }
    }
}
