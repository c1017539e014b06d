//! Responsible for attributions that no list holds or that lack a part: verbs of any meaning where an
//! attribution must stand, verbs without a subject, and speech before a verb at the sentence's end.

use std::ops::Range;

use super::draft::{Draft, Voice};
use super::frame::{Cue, Frame};
use super::marks::Marked;
use super::{Context, Passage};
use crate::analyze::speakers::phrase::{self, Phrase};
use crate::pack::quotes::{CueKind, QuotePack};
use crate::text::lexicon::Class;
use crate::text::token::TokenKind;

/// Words that are no verb of an attribution.
const NO_VERB: u64 = Class::FUNCTION | Class::NOUNS;

impl Context<'_> {
    /// "…" – snaps the chair Ann Lee: a small-lettered word that no list knows, then a person or body.
    pub(super) fn unlisted(&self, at: usize, limit: usize) -> Option<Frame> {
        let quotes = &self.pack.quotes;
        if quotes.subject_first || quotes.verb_final || self.pack.meta.text.caseless {
            return None;
        }
        let at = (at..limit.min(at + 2)).find(|&i| !self.doc.is(i, Class::CueParticle))?;
        let verb = self
            .doc
            .tokens
            .get(at)
            .filter(|t| at < limit && t.kind == TokenKind::Word)?;
        if verb.is_capital() || self.doc.is_any(at, NO_VERB) {
            return None;
        }
        let subject = self
            .subject_after(at + 1, limit)
            .filter(|p| p.mention.is_some())?;
        let frame = Frame {
            cue: Cue {
                tokens: at..at + 1,
                kind: CueKind::Manner,
                kinds: 1 << CueKind::Manner as u16,
                adverbial: false,
            },
            start: at,
            end: subject.tokens.end.max(at + 1),
            subject: Some(subject),
        };
        self.closes(&frame, limit).then_some(frame)
    }

    /// What stands behind a closing dash or comma when no full attribution does: a verb alone or an
    /// unlisted one.
    pub(super) fn lone_attribution(&self, at: usize, limit: usize, dash: bool) -> Option<Frame> {
        let quotes = &self.pack.quotes;
        if dash && quotes.second_dash {
            return self.dropped(at, limit).or_else(|| self.unlisted(at, limit));
        }
        self.dropped(at, limit).filter(|f| {
            f.cue.tokens.start == at
                && f.cue.kind != CueKind::Opinion
                && (f.end >= limit || self.is_stop(f.end))
        })
    }

    /// Whom a verb at the sentence's end belongs to: the subject before the speech.
    pub(super) fn subject_before_speech(&self, m: &Marked, unit: &Range<usize>) -> Option<Phrase> {
        if !self.pack.quotes.verb_final || m.open <= unit.start {
            return None;
        }
        self.marked_subject(unit.start, m.open)
            .or_else(|| self.subject_of(unit.start..m.open))
    }

    /// The subject in languages that mark it with a particle or ending: what stands before the
    /// first mark of the clause, back to a comma or stop.
    pub(super) fn marked_subject(&self, lo: usize, hi: usize) -> Option<Phrase> {
        if self.pack.meta.names.genitive.is_some() {
            return self.marked_compound(lo, hi);
        }
        let marker = (lo..hi).find(|&i| QuotePack::marks_subject(self.doc, i))?;
        let start = (lo..marker)
            .rev()
            .find(|&i| self.doc.kind(i) != TokenKind::Word && !self.is_middle_dot(i))
            .map_or(lo, |i| i + 1);
        // A particle of its own stays outside, an ending is part of its word.
        let end = if self.doc.is(marker, Class::Adverb) {
            marker
        } else {
            marker + 1
        };
        if start >= end || end - start > 24 {
            return None;
        }
        let pronoun = (end - start == 1)
            .then(|| self.pack.grammar.person(self.doc, start))
            .flatten();
        Some(Phrase {
            tokens: start..end,
            mention: self.speakers.mentions_in(start..end).last(),
            pronoun,
        })
    }

    /// The first compound before a mark that names someone who can speak.
    fn marked_compound(&self, lo: usize, hi: usize) -> Option<Phrase> {
        (lo + 1..hi)
            .filter(|&i| QuotePack::marks_subject(self.doc, i))
            .find_map(|i| {
                phrase::before(self.doc, self.pack, self.speakers, i, lo)
                    .filter(|p| p.tokens.end == i && self.can_speak(p))
            })
    }

    fn is_middle_dot(&self, i: usize) -> bool {
        self.doc.is_char(i, &['・', '·', '-', '.'])
    }

    /// `X, CONTENT-nominal said`: a report whose verb has the form of a noun or is followed by a
    /// quoting particle, right before the cue.
    pub(super) fn nominal(
        &self,
        passage: &Passage,
        unit: &Range<usize>,
        cue: &Cue,
    ) -> Option<Draft> {
        if !self.pack.quotes.verb_final {
            return None;
        }
        let end = cue.tokens.start;
        let last = end.checked_sub(1).filter(|i| *i > unit.start)?;
        let particle = self.doc.is(last, Class::Complementiser);
        let form = QuotePack::is_nominal(self.doc, last);
        if !(particle || form) {
            return None;
        }
        let close = if particle { last } else { end };
        let subject = self
            .marked_subject(unit.start, close)
            .or_else(|| self.subject_of(unit.start..close));
        let mut from = subject.as_ref().map_or(unit.start, |s| s.tokens.end);
        if QuotePack::marks_subject(self.doc, from) {
            from += 1;
        }
        let comma = (from..close.min(from + 12)).find(|&i| self.is_comma(i));
        let start = match (comma, &subject) {
            (Some(comma), Some(_)) if !self.has_verb(from..comma) => comma + 1,
            _ => from,
        };
        let piece = self.trim(start..close, false);
        if self.words(piece.clone()) < 3 {
            return None;
        }
        let mut draft = self.report(passage, vec![piece], "quotation.clause-verb-final");
        draft.cue = Some(cue.tokens.clone());
        draft.voice = subject.map_or(Voice::Dropped, Voice::Subject);
        Some(draft)
    }
}
