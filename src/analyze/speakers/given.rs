//! Responsible for names whose first word does not show it: first names that are small words too, and
//! base forms of names that stand in a case elsewhere.

use super::mention::{DOUBTFUL, FUNCTION, Finder};
use crate::text::fold::fold;
use crate::text::lexicon::Class;
use crate::text::token::TokenKind;

impl Finder<'_, '_> {
    /// Whether a first name that is a small word or a month too ("Per", "Jan Bakker") stands before a
    /// family name. Before a month no preposition or number may stand.
    pub(super) fn is_given(&self, i: usize) -> bool {
        let other = FUNCTION | (DOUBTFUL & !Class::Role.bit());
        let family = |k: usize| {
            self.token(k)
                .is_some_and(|t| t.is_word() && t.is_capital() && !t.is_line_start())
                && self.doc.classes(k) & other == 0
        };
        let dated = || {
            i.checked_sub(1).is_some_and(|k| {
                self.doc.is(k, Class::Preposition)
                    || self.token(k).is_some_and(|t| t.kind == TokenKind::Number)
            })
        };
        self.doc.is(i, Class::FirstName)
            && family(i + 1)
            && !(self.doc.is(i, Class::Month) && dated())
            && (self.doc.is(i, Class::Month) || !self.starts(i) || !self.doc.is(i, Class::Pronoun))
    }

    /// Whether a word is the base form of a name that stands in a case elsewhere ("Virta", "Virran").
    pub(super) fn is_base_of_known(&self, i: usize) -> bool {
        let names = &self.pack.meta.names;
        if names.forms.is_empty() || self.forms.is_empty() {
            return false;
        }
        let word = fold(self.doc.word(i), self.pack.tokens.case);
        names.forms.iter().chain(&names.base).any(|(ending, base)| {
            base.len() >= 2
                && word
                    .strip_suffix(base.as_str())
                    .is_some_and(|stem| self.forms.contains(&format!("{stem}{ending}")))
        })
    }
}
