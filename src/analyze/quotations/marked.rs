//! Responsible for speech in quotation marks: which marked stretches are speech, and who says them.
//! Names, titles and single words in marks are left alone.

use std::ops::Range;

use super::draft::{Draft, Voice};
use super::frame::Frame;
use super::marks::Marked;
use super::{Context, Passage};
use crate::analyze::speakers::MentionKind;
use crate::analyze::speakers::phrase::{self, Phrase};
use crate::model::record::{BlockKind, Marking};
use crate::pack::grammar::Person;
use crate::pack::quotes::{CueKind, QuotePack, SourceSide};
use crate::text::lexicon::Class;
use crate::text::token::TokenKind;

impl Context<'_> {
    /// Finds the marked speech of a block.
    pub(super) fn marked_speech(&self, passage: &Passage, drafts: &mut Vec<Draft>) {
        let from = drafts.len();
        for (n, m) in passage.marked.iter().enumerate() {
            let unit = Self::unit_of(passage, m);
            if drafts[from..].iter().any(|d| d.covers(m.inner.start)) {
                continue;
            }
            if self.inside(passage, m, drafts) {
                continue;
            }
            let draft = self
                .cue_behind(passage, m, &unit)
                .or_else(|| self.cue_in_front(passage, m, &unit))
                .or_else(|| {
                    let spoke_here = drafts.len() > from;
                    self.free_standing(passage, n, &unit, spoke_here)
                });
            let Some(draft) = draft else {
                let last = drafts[from..].last_mut();
                if let Some(last) = last.filter(|d| self.resumes(m, &unit, d)) {
                    last.pieces.push(self.content(m.inner.clone()));
                }
                continue;
            };
            self.join(m, draft, from, drafts);
        }
    }

    fn unit_of(passage: &Passage, m: &Marked) -> Range<usize> {
        passage
            .units
            .iter()
            .find(|u| u.contains(&m.open))
            .cloned()
            .unwrap_or(passage.tokens.clone())
    }

    pub(super) fn direct(&self, passage: &Passage, m: &Marked, rule: &'static str) -> Draft {
        Draft::direct(
            passage.block,
            self.content(m.inner.clone()),
            Marking::Marks,
            rule,
        )
    }

    /// The content of marks: a final stop stays in, a final comma does not.
    fn content(&self, inner: Range<usize>) -> Range<usize> {
        self.trim(inner, true)
    }

    /// `"…", said X`: the attribution follows.
    fn cue_behind(&self, passage: &Passage, m: &Marked, unit: &Range<usize>) -> Option<Draft> {
        if !m.closed {
            return None;
        }
        let mut at = m.end();
        let last = m.inner.end - 1;
        let mut separated = self.is_comma(last) || self.is_stop(last);
        while at < unit.end && (self.is_comma(at) || self.doc.kind(at) == TokenKind::Dash) {
            separated = true;
            at += 1;
        }
        // 「…」と X は話した: the particle that reports stands right behind the marks.
        if self.pack.quotes.verb_final
            && self.pack.meta.names.titled.is_some()
            && self.doc.is(at, Class::Complementiser)
            && !self.doc.tokens[at].is_spaced()
        {
            at += 1;
        }
        // "…", as X puts it.
        if self
            .doc
            .is_any(at, Class::Relative.bit() | Class::SourceCue.bit())
            && separated
        {
            at += 1;
        }
        let frame = self
            .frame_at(at, unit.end)
            .filter(|f| self.closes(f, unit.end))
            .or_else(|| self.dropped(at, unit.end))
            .or_else(|| {
                let speech = separated && self.is_sentence(&m.inner);
                speech.then(|| self.unlisted(at, unit.end)).flatten()
            })?;
        let frame = Frame {
            subject: frame
                .subject
                .or_else(|| self.subject_before_speech(m, unit)),
            ..frame
        };
        // Without a comma a marked word before a verb is more often its subject or object.
        let fits = separated
            || self.pack.quotes.verb_final
            || self.is_sentence(&m.inner)
            || frame.cue.may(CueKind::Bare);
        if !fits {
            return None;
        }
        // A fragment that closes a longer clause: the clause is the report.
        let opens_clause = self.begins_clause(m.open, unit);
        let small = !self.doc.tokens[m.inner.start].is_capital() && !self.pack.meta.text.caseless;
        if !opens_clause && small {
            return None;
        }
        let mut draft = self.direct(passage, m, "quotation.marks-cue");
        Self::attribute(&mut draft, frame);
        Some(draft)
    }

    /// A verb alone, in languages that leave the subject out: "…", dijo.
    pub(super) fn dropped(&self, at: usize, limit: usize) -> Option<Frame> {
        let cue = (at..limit.min(at + 3)).find_map(|i| self.cue_at(i, at))?;
        let end = cue.tokens.end;
        let free = Class::Preposition.bit()
            | Class::Adverb.bit()
            | Class::Coordinator.bit()
            | Class::Weekday.bit();
        let told = || {
            phrase::over_between(self.doc, end, limit) > end
                || (end..limit.min(end + 3)).any(|i| QuotePack::is_oblique(self.doc, i))
        };
        let closes = end >= limit
            || self.doc.kind(end) != TokenKind::Word
            || self.doc.is_any(end, free)
            || told()
            || self.closes_plainly_told(end, limit);
        (self.pack.quotes.drops_subject && closes).then_some(Frame {
            start: at,
            cue,
            subject: None,
            end,
        })
    }

    /// Whether a few unknown small words close the sentence behind a verb: "explained visibly moved".
    fn closes_plainly_told(&self, at: usize, limit: usize) -> bool {
        self.pack.meta.names.owner_behind
            && limit - at <= 3
            && (at..limit).all(|i| {
                let token = &self.doc.tokens[i];
                (token.is_word() && !token.is_capital() && self.doc.classes(i) == 0)
                    || self.is_stop(i)
            })
    }

    pub(super) fn attribute(draft: &mut Draft, frame: Frame) {
        draft.cue = Some(frame.cue.tokens.clone());
        draft.voice = frame.subject.map_or(Voice::Dropped, Voice::Subject);
    }

    /// Whether nothing but marks and dashes stands between the unit's start, or a stop, and a mark.
    fn begins_clause(&self, open: usize, unit: &Range<usize>) -> bool {
        let mut i = open;
        while i > unit.start && matches!(self.doc.kind(i - 1), TokenKind::Mark | TokenKind::Dash) {
            i -= 1;
        }
        i == unit.start || self.is_stop(i - 1) || self.is_colon(i - 1)
    }

    /// Whether the words in marks are a sentence: a capital first and a stop last, or long enough.
    fn is_sentence(&self, inner: &Range<usize>) -> bool {
        let first = &self.doc.tokens[inner.start];
        let capital =
            first.is_capital() || self.pack.meta.text.caseless || first.kind == TokenKind::Number;
        let words = self.words(inner.clone());
        let stop = self.is_stop(inner.end - 1);
        capital
            && ((stop && words >= 2) || (words >= 4 && self.has_verb(inner.clone())) || words >= 7)
    }

    /// `X said: "…"`: the attribution stands before the marks.
    fn cue_in_front(&self, passage: &Passage, m: &Marked, unit: &Range<usize>) -> Option<Draft> {
        let before = m.open.checked_sub(1).filter(|b| *b >= unit.start)?;
        let colon = self.is_colon(before);
        let comma = self.is_comma(before);
        let lo = self.clause_start(before, unit.start);
        let reach = if colon { 26 } else { 7 };
        let floor = lo.max(m.open.saturating_sub(reach));
        let cue = (floor..m.open)
            .rev()
            .filter(|&i| !passage.marked.iter().any(|x| x.inner.contains(&i)))
            .find_map(|i| self.cue_at(i, lo).filter(|c| c.tokens.end <= m.open));
        let Some(cue) = cue else {
            return if colon {
                self.colon_speech(passage, m, lo)
            } else {
                None
            };
        };
        if !(colon || self.is_sentence(&m.inner) && self.ends_with_stop(m, unit)) {
            return None;
        }
        let mut gap = cue.tokens.end..before;
        if !colon
            && (self.doc.is_any(
                before,
                Class::Complementiser.bit() | Class::Preposition.bit(),
            ) || gap.any(|i| self.doc.is(i, Class::Complementiser)))
        {
            return None;
        }
        if !colon && !comma && before >= cue.tokens.end + 6 {
            return None;
        }
        let frame = self.frame_of(cue, lo, m.open);
        let rule = if colon {
            "quotation.cue-colon-marks"
        } else {
            "quotation.cue-marks"
        };
        let mut draft = self.direct(passage, m, rule);
        Self::attribute(&mut draft, frame);
        Some(draft)
    }

    fn ends_with_stop(&self, m: &Marked, unit: &Range<usize>) -> bool {
        self.is_stop(m.inner.end - 1)
            || m.end() >= unit.end
            || self.is_stop(m.end())
            || self.is_comma(m.end())
    }

    /// "X: "…"" and "X on the decision: "…"": the subject of the clause before the colon speaks.
    fn colon_speech(&self, passage: &Passage, m: &Marked, lo: usize) -> Option<Draft> {
        if !self.is_sentence(&m.inner) && self.words(m.inner.clone()) < 3 {
            return None;
        }
        let mut draft = self.direct(passage, m, "quotation.colon-marks");
        // "In her view it was bad: "…"": the source expression says who speaks.
        let source = (lo..m.open)
            .find_map(|i| self.doc.find(i, Class::SourceCue).map(|hit| (i, hit)))
            .filter(|(i, _)| *i <= lo + 1);
        let subject =
            match source.map(|(i, hit)| (i + hit.len, SourceSide::from_payload(hit.payload))) {
                Some((_, SourceSide::Possessor)) => None,
                Some((after, SourceSide::After)) => {
                    phrase::from(self.doc, self.pack, self.speakers, after, m.open)
                }
                _ => self.subject_of(lo..m.open),
            };
        draft.voice = subject.map_or(Voice::Dropped, Voice::Subject);
        Some(draft)
    }

    /// Where the clause before `i` begins: after the last stop.
    fn clause_start(&self, i: usize, floor: usize) -> usize {
        (floor..i)
            .rev()
            .find(|&k| self.is_stop(k))
            .map_or(floor, |k| k + 1)
    }

    /// A marked sentence with nothing around it.
    fn free_standing(
        &self,
        passage: &Passage,
        n: usize,
        unit: &Range<usize>,
        spoke_here: bool,
    ) -> Option<Draft> {
        let m = &passage.marked[n];
        let alone = self.begins_clause(m.open, unit)
            && (m.end() >= unit.end
                || self.is_stop(m.end())
                || self.is_stop(m.inner.end - 1)
                || !m.closed);
        let hinted = self.doc.blocks[passage.block].kind == BlockKind::QuoteHint;
        let whole = self.is_sentence(&m.inner)
            || (alone && self.words(m.inner.clone()) >= 3 && self.is_stop(m.inner.end - 1));
        let block = &self.doc.blocks[passage.block].tokens;
        let paragraph = m.open == block.start
            && m.end() + 1 >= block.end
            && self.words(m.inner.clone()) >= 3
            && self.doc.tokens[m.inner.start].is_capital();
        if !(alone
            && (whole || hinted || paragraph || (spoke_here && self.is_stop(m.inner.end - 1))))
        {
            return None;
        }
        let mut draft = self.direct(passage, m, "quotation.marks-silent");
        draft.voice = if spoke_here {
            Voice::Previous
        } else {
            Voice::Context
        };
        draft.continued = spoke_here;
        // The sentence before it in the same paragraph lets someone speak.
        if let Some(subject) = self.subject_before(passage, unit, spoke_here) {
            draft.voice = Voice::Near(subject);
            draft.rule = "quotation.marks-after-subject";
            draft.continued = false;
        }
        Some(draft)
    }

    /// Whom the sentence before a marked one is about. Behind other speech of the paragraph it must be
    /// narration that begins with a person.
    fn subject_before(
        &self,
        passage: &Passage,
        unit: &Range<usize>,
        spoke_here: bool,
    ) -> Option<Phrase> {
        let before = passage.units.iter().rev().find(|u| u.end <= unit.start)?;
        let crosses = |m: &Marked| m.open < before.end && m.end() > before.start;
        if spoke_here && passage.marked.iter().any(crosses) {
            return None;
        }
        let first = before.start;
        self.subject_of(before.clone()).filter(|p| {
            let named = p.mention.is_some_and(|m| self.speaks(m));
            if !spoke_here {
                return p.pronoun.is_some() || named;
            }
            named
                && p.tokens.start == first
                && p.mention.is_some_and(|m| {
                    self.is_personal(m) || self.speakers.mentions[m].kind == MentionKind::Role
                })
        })
    }

    /// The person or body that a clause is about: its first name, pronoun or noun that no preposition
    /// governs, else the phrase it begins with.
    pub(super) fn subject_of(&self, clause: Range<usize>) -> Option<Phrase> {
        for i in clause.clone() {
            let person = self.pack.grammar.person(self.doc, i);
            let third = matches!(person, Some(Person::He | Person::She | Person::Third));
            let mention = self
                .speakers
                .mention_at(i)
                .map(|m| &self.speakers.mentions[m]);
            let verb = !self.doc.tokens[i].is_capital()
                && self.doc.is(i, Class::Cue)
                && (i == clause.start || !self.doc.is(i - 1, Class::Determiner));
            let named = mention.is_some_and(|m| {
                m.core.start == i
                    && m.kind != MentionKind::Group
                    && !(verb && m.kind != MentionKind::Name)
            });
            if !(third || named) {
                continue;
            }
            let start = self.phrase_start(i, clause.start);
            if start == clause.start || !self.doc.is(start - 1, Class::Preposition) {
                return phrase::from(self.doc, self.pack, self.speakers, start, clause.end);
            }
        }
        phrase::from(self.doc, self.pack, self.speakers, clause.start, clause.end).filter(|p| {
            let name = self.doc.tokens[clause.start].is_capital()
                && !self.pack.quotes.drops_subject
                && !self.doc.is(clause.start, Class::Stop);
            let article = self.doc.is(clause.start, Class::Determiner)
                && !self.doc.is(clause.start, Class::Preposition);
            self.can_speak(p) && (name || article)
        })
    }

    /// Where the phrase of a noun begins: over its article and an attribute.
    fn phrase_start(&self, noun: usize, floor: usize) -> usize {
        let attribute = |i: usize| {
            self.doc.tokens[i].is_word()
                && self.doc.classes(i) == 0
                && !self.doc.tokens[i].is_line_start()
        };
        let mut start = noun;
        for _ in 0..2 {
            if start > floor && self.doc.is(start - 1, Class::Determiner) {
                return start - 1;
            }
            if start > floor + 1
                && attribute(start - 1)
                && self.doc.is(start - 2, Class::Determiner)
            {
                return start - 2;
            }
            if start > floor && attribute(start - 1) {
                start -= 1;
            }
        }
        noun
    }

    /// Adds a draft; a stretch that goes on after an attribution is a piece of the one before.
    fn join(&self, m: &Marked, mut draft: Draft, from: usize, drafts: &mut Vec<Draft>) {
        if draft.pieces[0].is_empty() {
            return;
        }
        let previous = drafts[from..].last().map(Draft::end);
        let shares = |d: &Draft| draft.cue.is_some() && d.cue == draft.cue;
        let same = drafts[from..].last().is_some_and(shares);
        if let Some(end) = previous
            && (draft.cue.is_none() || same)
            && !draft.continued
        {
            let mut between = end..m.open;
            let same_sentence =
                !between.any(|i| self.doc.is_char(i, &['.', '!', '?']) && i > end + 1);
            let lower = self.doc.tokens[m.inner.start].is_word()
                && !self.doc.tokens[m.inner.start].is_capital();
            if same_sentence
                && lower
                && let Some(last) = drafts.last_mut()
            {
                last.pieces.push(draft.pieces.remove(0));
                return;
            }
        }
        drafts.push(draft);
    }
}
