//! Responsible for marked speech that an attribution interrupts: inside the same marks, or between two
//! stretches in marks.

use std::ops::Range;

use super::draft::{Draft, Voice};
use super::marks::Marked;
use super::{Context, Passage};
use crate::model::record::Marking;
use crate::pack::quotes::CueKind;
use crate::text::lexicon::Class;
use crate::text::token::TokenKind;

impl Context<'_> {
    /// An attribution inside the marks: « A, said X, B. »
    pub(super) fn inside(&self, passage: &Passage, m: &Marked, drafts: &mut Vec<Draft>) -> bool {
        let sentences: Vec<Range<usize>> = self.doc.sentences
            [self.doc.blocks[passage.block].sentences.clone()]
        .iter()
        .map(|s| s.tokens.start.max(m.inner.start)..s.tokens.end.min(m.inner.end))
        .filter(|s| s.start < s.end)
        .collect();
        let found = sentences.iter().enumerate().find_map(|(n, s)| {
            let (comma, frame) = self.attribution(s.clone())?;
            let closed = frame.end >= s.end
                || (frame.end..s.end.min(frame.end + 14)).any(|i| {
                    self.is_comma(i) || self.is_stop(i) || self.doc.kind(i) == TokenKind::Dash
                });
            let named = frame
                .subject
                .as_ref()
                .is_some_and(|p| p.mention.is_some() || p.pronoun.is_some());
            let dashed = frame.start > 0 && self.doc.kind(frame.start - 1) == TokenKind::Dash;
            (closed && named && (dashed || frame.cue.kind != CueKind::Opinion))
                .then_some((n, comma, frame))
        });
        let Some((n, comma, frame)) = found else {
            return false;
        };
        // "A, said X. – B": the next sentence begins behind stop and dash.
        let whole = sentences[n].end;
        let next = frame.end + 2;
        let parted = next < whole
            && self.is_stop(frame.end)
            && self.doc.kind(frame.end + 1) == TokenKind::Dash
            && self.doc.tokens[next].is_capital();
        let end = if parted { next } else { whole };
        let mut draft = Draft::direct(
            passage.block,
            self.trim(m.inner.start..comma, true),
            Marking::Marks,
            "quotation.marks-inside",
        );
        if let Some(rest) = self.goes_on(&frame, end) {
            let piece = self.trim(rest..end, true);
            if !piece.is_empty() {
                draft.pieces.push(piece);
            }
        }
        Self::attribute(&mut draft, frame);
        if draft.pieces[0].is_empty() {
            return false;
        }
        let block = draft.block;
        drafts.push(draft);
        if parted || n + 1 < sentences.len() {
            let mut more = Draft::direct(
                block,
                self.trim(end..m.inner.end, true),
                Marking::Marks,
                "quotation.marks-continued",
            );
            more.voice = Voice::Previous;
            more.continued = true;
            if !more.pieces[0].is_empty() {
                drafts.push(more);
            }
        }
        true
    }

    /// Whether marks go on with the sentence that an attribution behind `draft` interrupts: "A",
    /// said X, "b".
    pub(super) fn resumes(&self, m: &Marked, unit: &Range<usize>, draft: &Draft) -> bool {
        let Some(cue) = &draft.cue else {
            return false;
        };
        let small = self.doc.tokens[m.inner.start].is_word()
            && !self.doc.tokens[m.inner.start].is_capital();
        let before = m.open.saturating_sub(1);
        let parted = self.is_comma(before) || self.doc.kind(before) == TokenKind::Dash;
        let mut between = cue.end..before;
        draft.end() <= cue.start
            && unit.contains(&cue.start)
            && small
            && parted
            && m.closed
            && m.open < cue.end + 16
            && !between.any(|i| {
                self.is_stop(i) || self.doc.kind(i) == TokenKind::Mark || self.doc.is(i, Class::Cue)
            })
    }
}
