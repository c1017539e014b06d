//! Responsible for clauses before their attribution: "CONTENT, said X" and "A, said X, B".

use std::ops::Range;

use super::draft::{Draft, Voice};
use super::frame::{Cue, Frame};
use super::{Context, Passage};
use crate::pack::quotes::CueKind;
use crate::text::lexicon::Class;
use crate::text::token::TokenKind;

impl Context<'_> {
    /// "CONTENT, said X" and "A, said X, B".
    pub(super) fn clause_before(
        &self,
        passage: &Passage,
        unit: &Range<usize>,
        cue: &Cue,
    ) -> Option<Draft> {
        if cue.may(CueKind::Call) && !cue.may(CueKind::Say) && !cue.may(CueKind::Opinion) {
            return None;
        }
        let lo = unit.start;
        // The comma that separates clause and attribution.
        let floor = cue.tokens.start.saturating_sub(12).max(lo + 1);
        let comma = (floor..cue.tokens.start).rev().find(|&i| {
            self.is_comma(i)
                || (self.doc.kind(i) == TokenKind::Dash && self.doc.tokens[i].is_spaced())
                || (self.is_stop(i) && !self.doc.is_char(i, &['.']))
        })?;
        // "X, who backs the plan, said": a relative clause attributes nothing.
        if self.doc.is(comma + 1, Class::Relative)
            && !self
                .doc
                .is_any(comma + 1, Class::Determiner.bit() | Class::SourceCue.bit())
        {
            return None;
        }
        let frame = self
            .frame_at(comma + 1, unit.end)
            .filter(|f| f.cue.tokens.end == cue.tokens.end && self.closes(f, unit.end));
        let Some(frame) = frame else {
            return self.aside(passage, unit, cue, comma);
        };
        let start = self.host_start(unit, comma);
        let content = self.trim(start..comma, false);
        let rest = self
            .goes_on(&frame, unit.end)
            .or_else(|| self.second_clause(passage, &frame, unit));
        let short = self.words(content.clone()) < 3;
        // "Moscow, the agency reports, calls it a mistake": the clause goes on behind the attribution.
        let verb_in = |r: usize| self.has_verb(r..unit.end) || self.has_verb(content.clone());
        let pronoun = frame.subject.as_ref().is_some_and(|p| p.pronoun.is_some());
        let parted = !content.is_empty() && (short || pronoun) && rest.is_some_and(verb_in);
        // A full attribution at the sentence's end says enough about what stands before it.
        let ends = |i: usize| self.is_comma(i) || self.doc.is_any(i, Class::FINITE);
        let full = !(frame.end..unit.end).any(ends)
            && frame.subject.as_ref().is_some_and(|p| {
                let named = p.mention.is_some_and(|m| self.speaks(m));
                named && p.tokens.start >= frame.cue.tokens.end
            })
            && frame.cue.may(CueKind::Say);
        if self.is_open_phrase(&content)
            || !parted && (short || !self.may_be_clause(&content, full))
        {
            return None;
        }
        let subject_named = frame
            .subject
            .as_ref()
            .is_some_and(|p| p.mention.is_some() || p.pronoun.is_some())
            || frame.cue.kind == CueKind::Impersonal;
        if !subject_named {
            return None;
        }
        let mut pieces = vec![content];
        if let Some(rest) = rest {
            let piece = self.trim(rest..unit.end, false);
            if !piece.is_empty() {
                pieces.push(piece);
            }
        } else if self.tail_is_clause(&frame, unit) {
            return None;
        }
        Some(Self::attributed(
            self.report(passage, pieces, "quotation.clause-cue"),
            frame,
        ))
    }

    /// "A, X warns: B" and "A, X explains; B": where B begins, if it stands without marks right behind
    /// the attribution.
    pub(super) fn second_clause(
        &self,
        passage: &Passage,
        frame: &Frame,
        unit: &Range<usize>,
    ) -> Option<usize> {
        let (colon, next) = (frame.end, frame.end + 1);
        let order = self.pack.quotes.verb_second || self.pack.quotes.bare_clause;
        let splits =
            order && colon < unit.end && (self.is_colon(colon) || self.doc.is_char(colon, &[';']));
        let plain = splits && next < unit.end && self.doc.kind(next) == TokenKind::Word;
        let free = !passage
            .marked
            .iter()
            .any(|m| m.open > next && m.open < unit.end);
        (plain && free && self.has_verb(next..unit.end)).then_some(next)
    }

    /// "A, says, B" and "A, says.": a verb alone between commas, where subjects may be left out.
    pub(super) fn aside(
        &self,
        passage: &Passage,
        unit: &Range<usize>,
        cue: &Cue,
        comma: usize,
    ) -> Option<Draft> {
        let end = cue.tokens.end;
        let alone = cue.tokens.start <= comma + 2
            && (comma + 1..cue.tokens.start).all(|i| self.pack.quotes.is_clitic(self.doc, i));
        let closed = end >= unit.end || self.is_comma(end) || self.is_stop(end);
        let says = cue.may(CueKind::Say) && !cue.adverbial;
        if !(self.pack.quotes.drops_subject && alone && closed && says) {
            return None;
        }
        let start = self.host_start(unit, comma);
        let mut pieces = vec![self.trim(start..comma, false)];
        if end < unit.end && self.is_comma(end) {
            let rest = self.trim(end..unit.end, false);
            if !rest.is_empty() {
                pieces.push(rest);
            }
        }
        pieces.retain(|p| !p.is_empty());
        if pieces.iter().map(|p| self.words(p.clone())).sum::<usize>() < 3 {
            return None;
        }
        let mut draft = self.report(passage, pieces, "quotation.aside");
        draft.cue = Some(cue.tokens.clone());
        draft.voice = Voice::Dropped;
        Some(draft)
    }

    /// Whether words can be a clause of their own: not only a phrase of time or place, no open
    /// subordinate clause.
    pub(super) fn may_be_clause(&self, content: &Range<usize>, full: bool) -> bool {
        let opens = Class::Subordinator.bit() | Class::Conditional.bit();
        let first = content.start;
        let subordinate =
            self.doc.is_any(first, opens) && !content.clone().any(|i| self.is_comma(i));
        let words = self.words(content.clone());
        let long = words >= 6 && !self.pack.quotes.bare_clause || words >= 4 && full;
        !(subordinate && !(full && words >= 7))
            && (self.has_verb(content.clone())
                || long && !content.clone().any(|i| self.is_comma(i)))
    }

    /// Whether words are a noun with its relative clause and no more: "A woman who lives next door".
    pub(super) fn is_open_phrase(&self, content: &Range<usize>) -> bool {
        let mut head = content.start + 1..content.end.min(content.start + 5);
        let Some(relative) = head.find(|&i| self.doc.is(i, Class::Relative)) else {
            return false;
        };
        let verbs = Class::FINITE;
        let count = |r: Range<usize>| r.filter(|&i| self.doc.is_any(i, verbs)).count();
        let noun = self
            .doc
            .is_any(content.start, Class::Determiner.bit() | Class::NOUNS)
            && self.pack.grammar.person(self.doc, content.start).is_none()
            || self.doc.is_any(relative - 1, Class::NOUNS);
        noun && count(content.start..relative) == 0
            && count(relative..content.end) <= 1
            && !(relative..content.end).any(|i| self.is_comma(i))
    }

    /// Whether a clause with its own complementiser follows the frame, so that it is no attribution.
    pub(super) fn tail_is_clause(&self, frame: &Frame, unit: &Range<usize>) -> bool {
        let relative = self.is_comma(frame.end) && self.doc.is(frame.end + 1, Class::Relative);
        !relative
            && (frame.end..unit.end.min(frame.end + 6))
                .any(|i| self.doc.is(i, Class::Complementiser))
    }

    /// Where the clause that is reported begins: after a colon or semicolon, else with its sentence.
    pub(super) fn host_start(&self, unit: &Range<usize>, comma: usize) -> usize {
        (unit.start..comma)
            .rev()
            .find(|&i| self.is_colon(i) || self.doc.is_char(i, &[';']))
            .map_or(unit.start, |i| i + 1)
    }
}
