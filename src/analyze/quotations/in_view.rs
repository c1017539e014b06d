//! Responsible for views of someone whom the text spoke of before: "in her view, CONTENT".

use std::ops::Range;

use super::draft::{Draft, Voice};
use super::{Context, Passage};
use crate::text::lexicon::Class;

impl Context<'_> {
    /// "in her view, CONTENT": the one who was spoken of before is the source.
    pub(super) fn possessor(
        &self,
        passage: &Passage,
        unit: &Range<usize>,
        cue: Range<usize>,
    ) -> Option<Draft> {
        let colon = (unit.start..cue.start).rev().find(|&i| self.is_colon(i));
        let start = colon.map_or(unit.start, |i| i + 1);
        // Behind a colon, comma or "because" the clause before it names the one who is meant.
        let before = cue.start.checked_sub(1).filter(|&i| i > unit.start);
        let split = colon.is_some()
            || before.is_some_and(|i| self.is_comma(i) || self.doc.is(i, Class::Subordinator));
        let clause = unit.start..cue.start.min(colon.unwrap_or(cue.start));
        let subject = if split { self.subject_of(clause) } else { None };
        let front = start == cue.start || self.is_front(&(start..unit.end), cue.start);
        let content = if front {
            cue.end..self.content_end(unit, cue.end)
        } else {
            self.clause_of(unit, cue.start)..unit.end
        };
        let content = self.trim(content, false);
        if self.words(content.clone()) < 3 {
            return None;
        }
        let mut draft = self.report(passage, vec![content], "quotation.in-view-of");
        draft.cue = Some(cue);
        draft.voice = subject.map_or(Voice::Dropped, Voice::Subject);
        Some(draft)
    }
}
