//! Responsible for reports without marks: clauses after a complementiser, clauses before their
//! verb and subject, clauses without a complementiser, and reports with marked fragments.

use std::ops::Range;

use super::draft::{Draft, Voice};
use super::frame::{Cue, Frame};
use super::{Context, Passage};
use crate::analyze::speakers::phrase::{self, Phrase};
use crate::pack::grammar::Person;
use crate::pack::quotes::{CueKind, QuotePack};
use crate::text::lexicon::Class;
use crate::text::token::TokenKind;

/// How far a complementiser may stand behind its verb, in tokens.
const REACH: usize = 14;

impl Context<'_> {
    /// Finds the reports of a block; marked speech is already in `drafts`.
    pub(super) fn reports(&self, passage: &Passage, drafts: &mut Vec<Draft>) {
        for (n, unit) in passage.units.iter().enumerate() {
            let from = drafts.len();
            let said = self.doc.said_in(unit.clone());
            let has = |class: Class| said & class.bit() != 0;
            if n > 0
                && has(Class::Cue)
                && self.said_before(passage, &passage.units[n - 1], unit, drafts)
            {
                continue;
            }
            if has(Class::SourceCue) {
                self.sources(passage, unit, drafts);
            }
            if has(Class::Cue) || has(Class::NounCue) {
                self.cues(passage, unit, drafts);
            }
            let spoken = drafts
                .iter()
                .rev()
                .take_while(|d| d.block == passage.block)
                .any(|d| unit.contains(&d.start()) || unit.contains(&d.end().saturating_sub(1)));
            if !spoken {
                self.named_voice(passage, unit, drafts);
            }
            if !spoken && drafts.len() == from && has(Class::Extra) {
                self.mood(passage, unit, drafts);
            }
        }
    }

    /// Whether a token belongs to a quotation that was found before.
    pub(super) fn taken(drafts: &[Draft], block: usize, i: usize) -> bool {
        drafts
            .iter()
            .rev()
            .take_while(|d| d.block == block)
            .any(|d| {
                d.pieces.iter().any(|p| p.contains(&i))
                    || d.cue.as_ref().is_some_and(|c| c.contains(&i))
            })
    }

    fn cues(&self, passage: &Passage, unit: &Range<usize>, drafts: &mut Vec<Draft>) {
        const CUES: u64 = Class::Cue.bit() | Class::NounCue.bit();
        self.final_attribution(passage, unit, drafts);
        let mut i = unit.start;
        while i < unit.end {
            if self.doc.said(i) & CUES == 0 {
                i += 1;
                continue;
            }
            let noun = self.doc.is(i, Class::NounCue);
            let in_marks = passage.marked.iter().any(|m| m.inner.contains(&i));
            if in_marks || Self::taken(drafts, passage.block, i) {
                i += 1;
                continue;
            }
            let draft = if noun {
                self.noun_clause(passage, unit, i)
            } else {
                None
            };
            let Some(cue) = self.cue_at(i, unit.start).filter(|_| draft.is_none()) else {
                drafts.extend(draft);
                i += 1;
                continue;
            };
            let next = cue.tokens.end;
            let found = self
                .clause_after(passage, unit, &cue, drafts)
                .or_else(|| self.clause_before(passage, unit, &cue))
                .or_else(|| self.fragment_after(passage, unit, &cue))
                .or_else(|| self.bare_clause(passage, unit, &cue))
                .or_else(|| self.infinitive(passage, unit, &cue))
                .or_else(|| self.colon_clause(passage, unit, &cue))
                .or_else(|| self.nominal(passage, unit, &cue));

            i = next;
            if let Some(draft) = found
                && !draft.pieces.iter().all(Range::is_empty)
                && !drafts
                    .iter()
                    .rev()
                    .take_while(|d| d.block == passage.block)
                    .any(|d| overlaps(d, &draft))
            {
                drafts.push(draft);
            }
        }
    }

    /// "CONTENT, a spokesman said." with other verbs of saying or judging in the content: the last
    /// one reports all of it.
    fn final_attribution(&self, passage: &Passage, unit: &Range<usize>, drafts: &mut Vec<Draft>) {
        let floor = unit.end.saturating_sub(14).max(unit.start + 4);
        if self.doc.said_in(floor..unit.end) & Class::Cue.bit() == 0 {
            return;
        }
        let Some(comma) = (floor..unit.end).rev().find(|&i| self.is_comma(i)) else {
            return;
        };
        let free = |i: usize| {
            !passage.marked.iter().any(|m| m.inner.contains(&i))
                && !Self::taken(drafts, passage.block, i)
        };
        if !free(comma) || (unit.start..unit.end).any(|i| Self::taken(drafts, passage.block, i)) {
            return;
        }
        let cue = (comma + 1..unit.end)
            .filter(|&i| free(i))
            .find_map(|i| self.cue_at(i, comma));
        let draft = cue
            .filter(|c| c.may(CueKind::Say))
            .and_then(|cue| self.clause_before(passage, unit, &cue))
            .filter(|d| d.rule == "quotation.clause-cue");
        drafts.extend(draft);
    }

    /// A report over `pieces` with its marked fragments.
    pub(super) fn report(
        &self,
        passage: &Passage,
        pieces: Vec<Range<usize>>,
        rule: &'static str,
    ) -> Draft {
        let mut draft = Draft::indirect(passage.block, 0..0, rule);
        let hull = pieces.first().map_or(0, |p| p.start)..pieces.last().map_or(0, |p| p.end);
        draft.fragments = passage
            .marked
            .iter()
            .filter(|m| m.inner.start >= hull.start && m.inner.start < hull.end)
            .map(|m| m.inner.start..m.inner.end.min(hull.end.max(m.inner.end)))
            .filter(|r| self.words(r.clone()) > 0)
            .collect();
        (draft.kind, draft.marking) = Self::report_kind(&draft.fragments);
        draft.pieces = pieces;
        draft
    }

    pub(super) fn attributed(mut draft: Draft, frame: Frame) -> Draft {
        draft.cue = Some(frame.cue.tokens.clone());
        draft.voice = frame.subject.map_or(Voice::Dropped, Voice::Subject);
        draft
    }

    /// "X said … that CONTENT".
    fn clause_after(
        &self,
        passage: &Passage,
        unit: &Range<usize>,
        cue: &Cue,
        drafts: &[Draft],
    ) -> Option<Draft> {
        if cue.kinds == 1 << CueKind::Ask as u16 {
            return self.indirect_question(passage, unit, cue);
        }
        let reports = [
            CueKind::Say,
            CueKind::Opinion,
            CueKind::Show,
            CueKind::Impersonal,
        ];
        if !reports.iter().any(|kind| cue.may(*kind)) {
            return None;
        }
        let that = self.complementiser(cue.tokens.end, unit.end)?;
        if self.opens_infinitive(that, unit.end) || self.hangs_on_object(cue.tokens.end, that) {
            return None;
        }
        let lo = self.clause_floor(unit, cue.tokens.start);
        let mut frame = self.frame_of(cue.clone(), lo, that);
        if frame.subject.is_none() {
            frame.subject = self.definite_noun(cue.tokens.end, that);
        }
        let speaks = frame.subject.as_ref().is_none_or(Self::can_report);
        // "It appears that": a single word without a source says nothing of who reports.
        let nobody = frame.subject.is_none()
            && cue.kind == CueKind::Impersonal
            && cue.tokens.len() == 1
            && self.pack.quotes.verb_second;
        if nobody {
            return None;
        }
        let subjectless = frame.subject.is_none() && cue.kind != CueKind::Impersonal;
        if !speaks || (subjectless && !self.drops_subject(unit, cue, drafts, passage)) {
            return None;
        }
        // "ettei", "nach": that and not in one word; the negation is said.
        let denies = self.doc.is(that, Class::Negation);
        let content = that + usize::from(!denies)..self.content_end(unit, that + 1);
        let content = self.trim(content, false);
        if self.words(content.clone()) < 2 {
            return None;
        }
        Some(Self::attributed(
            self.report(passage, vec![content], "quotation.that-clause"),
            frame,
        ))
    }

    /// Whether the clause at `that` hangs on an object of the verb before it ("underlined the terms
    /// that"), where one word opens both kinds of clause.
    fn hangs_on_object(&self, from: usize, that: usize) -> bool {
        let object = |i: usize| {
            self.doc.is(i, Class::Determiner)
                && !self
                    .doc
                    .is_any(i, Class::Preposition.bit() | Class::Pronoun.bit())
        };
        let time = Class::Weekday.bit()
            | Class::RelativeDay.bit()
            | Class::TimeUnit.bit()
            | Class::Month.bit()
            | Class::Adverb.bit();
        let speaker = |i: usize| {
            self.speakers.mention_at(i).is_some() || self.doc.is_any(i, time | Class::NOUNS)
        };
        let free = |i: usize| {
            self.doc.kind(i) != TokenKind::Word
                || self
                    .doc
                    .is_any(i, Class::Subordinator.bit() | Class::Coordinator.bit())
        };
        self.doc.is(that, Class::Relative)
            && that > from + 1
            && object(from)
            && !(from + 1..that).any(|i| speaker(i) || free(i))
    }

    /// Whether the complementiser at `that` only marks an infinitive: "lovar att inte bygga".
    pub(super) fn opens_infinitive(&self, that: usize, limit: usize) -> bool {
        let lead = Class::Negation.bit() | Class::Adverb.bit();
        self.pack.quotes.verb_second
            && self.doc.is(that, Class::InfinitiveMarker)
            && (that + 1..limit.min(that + 4))
                .find(|&i| !self.doc.is_any(i, lead))
                .is_some_and(|i| self.pack.quotes.is_infinitive(self.doc, i))
    }

    /// A lone definite noun that no list holds, between a verb and its clause: "anser direktionen att".
    fn definite_noun(&self, from: usize, to: usize) -> Option<Phrase> {
        let at = (from..to).find(|&i| !phrase::is_between(self.doc, i))?;
        let word = self.doc.word(at);
        let definite = &self.pack.meta.names.definite;
        let fits = at + 1 == to
            && self.doc.classes(at) == 0
            && word.chars().count() >= 5
            && definite.iter().any(|e| word.ends_with(e.as_str()));
        fits.then_some(Phrase {
            tokens: at..to,
            mention: None,
            pronoun: None,
        })
    }

    /// "X asked who CONTENT": the question word belongs to the content.
    fn indirect_question(
        &self,
        passage: &Passage,
        unit: &Range<usize>,
        cue: &Cue,
    ) -> Option<Draft> {
        let lo = self.clause_floor(unit, cue.tokens.start);
        let frame = self.frame_of(cue.clone(), lo, unit.end);
        let mut start = frame.end.max(cue.tokens.end);
        while start < unit.end && (self.is_comma(start) || phrase::is_between(self.doc, start)) {
            start += 1;
        }
        let word = start < unit.end && QuotePack::opens_question(self.doc, start);
        let spoken = frame
            .subject
            .as_ref()
            .map_or(self.pack.quotes.drops_subject, Self::can_report);
        let content = self.trim(start..self.content_end(unit, start), false);
        (word && spoken && self.words(content.clone()) >= 3).then(|| {
            Self::attributed(
                self.report(passage, vec![content], "quotation.that-clause"),
                frame,
            )
        })
    }

    /// Whether a subject may report.
    pub(super) fn can_report(phrase: &Phrase) -> bool {
        !matches!(
            phrase.pronoun,
            Some(Person::I | Person::We | Person::You | Person::One)
        )
    }

    /// Whether a verb without a subject of its own goes on from one before it ("…, and added that").
    fn drops_subject(
        &self,
        unit: &Range<usize>,
        cue: &Cue,
        drafts: &[Draft],
        passage: &Passage,
    ) -> bool {
        if self.pack.quotes.drops_subject {
            return true;
        }
        let start = cue.tokens.start;
        let coordinated = start > unit.start
            && (start.saturating_sub(4)..start).any(|i| {
                i >= unit.start && (self.doc.is(i, Class::Coordinator) || self.is_comma(i))
            });
        let before = drafts
            .last()
            .is_some_and(|d| d.block == passage.block && d.end() + 8 > unit.start);
        (coordinated || start <= unit.start + 1) && before
    }

    /// The complementiser of a verb that ends at `from`.
    pub(super) fn complementiser(&self, from: usize, limit: usize) -> Option<usize> {
        let mut closed = from;
        for i in from..limit.min(from + REACH) {
            // "on Wednesday (22 June)".
            if self.doc.is_char(i, &['('])
                && let Some(close) =
                    (i + 1..limit.min(i + 6)).find(|&k| self.doc.is_char(k, &[')']))
            {
                closed = close + 1;
            }
            // "told "Daily"": the name of a paper in marks.
            if self.doc.kind(i) == TokenKind::Mark
                && i >= closed
                && self
                    .doc
                    .tokens
                    .get(i + 1)
                    .is_some_and(crate::text::token::Token::is_capital)
                && let Some(close) =
                    (i + 2..limit.min(i + 5)).find(|&k| self.doc.kind(k) == TokenKind::Mark)
                && self.is_comma(close + 1)
            {
                closed = close + 1;
            }
            if i < closed {
                continue;
            }
            if self.doc.is(i, Class::Complementiser) {
                // "provided that", "if": the word opens a clause of another kind.
                let joined = [Class::Subordinator, Class::Conditional]
                    .iter()
                    .any(|class| {
                        i > from + 1 && self.doc.find(i - 1, *class).is_some_and(|h| h.len > 1)
                    });
                if self.doc.is(i, Class::Conditional) && self.doc.is(i + 1, Class::Complementiser) {
                    continue;
                }
                if joined || self.doc.is(i, Class::Conditional) {
                    return None;
                }

                let demonstrative =
                    self.doc.is(i, Class::Determiner) && self.doc.is_any(i + 1, Class::Cue.bit());
                return (!demonstrative).then_some(i);
            }
            // "so often that": the clause tells how much.
            if QuotePack::is_degree(self.doc, i) {
                return None;
            }
            let stop = Class::Modal.bit()
                | Class::Relative.bit()
                | Class::Subordinator.bit()
                | Class::Conditional.bit();
            let hard = self.is_stop(i) || self.is_colon(i) || self.doc.kind(i) == TokenKind::Mark;
            let verb = i > from
                && self.doc.is_any(i, Class::Cue.bit() | stop)
                && !self.doc.is_any(
                    i,
                    Class::Preposition.bit() | Class::CueParticle.bit() | Class::Role.bit(),
                );
            if hard || verb {
                return None;
            }
        }
        None
    }

    /// Where the clause of a verb begins: after the last stop, semicolon or "and" with a subject.
    pub(super) fn clause_floor(&self, unit: &Range<usize>, at: usize) -> usize {
        (unit.start..at)
            .rev()
            .find(|&k| self.is_stop(k) && !self.doc.is_char(k, &['.']) || self.is_colon(k))
            .map_or(unit.start, |k| k + 1)
    }
}

fn overlaps(a: &Draft, b: &Draft) -> bool {
    a.pieces
        .iter()
        .any(|p| b.pieces.iter().any(|q| p.start < q.end && q.start < p.end))
}
