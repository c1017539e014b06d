//! Responsible for marked speech in headlines.

use super::draft::{Draft, Voice};
use super::{Context, Passage};
use crate::text::token::TokenKind;

impl Context<'_> {
    /// Marked speech in a headline: the whole line, or behind a colon or dash.
    pub(super) fn headline_speech(&self, passage: &Passage, drafts: &mut Vec<Draft>) {
        for m in &passage.marked {
            let before = m.open.checked_sub(1).filter(|b| *b >= passage.tokens.start);
            let opens =
                before.is_none_or(|b| self.is_colon(b) || self.doc.kind(b) == TokenKind::Dash);
            if !opens || !m.closed || self.words(m.inner.clone()) < 3 && before.is_none() {
                continue;
            }
            let mut draft = self.direct(passage, m, "quotation.headline");
            let colon = before.filter(|b| self.is_colon(*b));
            if let Some(subject) = colon.and_then(|b| self.subject_of(passage.tokens.start..b)) {
                draft.voice = Voice::Subject(subject);
            }
            if !draft.pieces[0].is_empty() {
                drafts.push(draft);
            }
        }
    }
}
