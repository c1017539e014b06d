//! Responsible for what stands around a name: the function before it or in apposition behind it, and
//! the party or organisation in brackets.

use std::ops::Range;

use super::mention::Finder;
use crate::text::lexicon::Class;
use crate::text::token::{Token, TokenKind};

impl Finder<'_, '_> {
    /// A function right before a name, or before a comma and the name.
    pub(super) fn role_before(&self, start: usize) -> Option<Range<usize>> {
        let before = start.checked_sub(1)?;
        if self.doc.tokens[start].is_line_start() {
            return None;
        }
        if self.doc.is(before, Class::Role) {
            let mut from = before;
            while from > 0
                && self.is_role_attribute(from - 1)
                && !self.doc.tokens[from].is_line_start()
            {
                from -= 1;
            }
            return Some(from..before + 1);
        }
        // A title of several words: "Bộ trưởng Nguyễn Thị Lan".
        let words = (start.saturating_sub(5)..before).find(|&k| {
            self.doc
                .find(k, Class::Role)
                .is_some_and(|hit| k + hit.len == start && !self.doc.tokens[k + 1].is_line_start())
        });
        if let Some(from) = words {
            return Some(from..before + 1);
        }
        if !self.doc.is_char(before, &[',']) {
            return self.function_before(start);
        }
        // "the minister of finance, Anna Ek": back to the noun, over no verb or comma.
        let floor = before.saturating_sub(9);
        for k in (floor..before).rev() {
            if self.doc.is(k, Class::Role) {
                // "councillor Marco Rossi, Lega": the function of the name behind it.
                return (!self.doc.tokens[k + 1].is_capital()).then_some(k..before);
            }
            let stop = Class::Verb.bit()
                | Class::Cue.bit()
                | Class::Auxiliary.bit()
                | Class::Modal.bit()
                | Class::Pronoun.bit();
            if self.doc.tokens[k].kind == TokenKind::Punct && !self.doc.is_char(k, &['(', ')', '.'])
                || self.doc.is_any(k, stop) && !self.doc.tokens[k].is_capital()
            {
                return None;
            }
        }
        None
    }

    /// "Minister of Pensions Bo Ek": a function with its field right before a name.
    fn function_before(&self, start: usize) -> Option<Range<usize>> {
        let stop = Class::Verb.bit()
            | Class::Cue.bit()
            | Class::Auxiliary.bit()
            | Class::Modal.bit()
            | Class::Pronoun.bit()
            | Class::Complementiser.bit()
            | Class::Relative.bit()
            | Class::Coordinator.bit();
        let floor = start.saturating_sub(5);
        for k in (floor..start).rev() {
            let token = self.token(k)?;
            if !token.is_word() || self.doc.tokens[k + 1].is_line_start() {
                return None;
            }
            if self.doc.is(k, Class::Role) {
                let tie = Class::Preposition.bit() | Class::Determiner.bit();
                let name = self.doc.is(start, Class::FirstName) || self.goes_on(start + 1);
                let field = k + 2 < start
                    && name
                    && self.pack.quotes.is_source_preposition(self.doc, k + 1)
                    && !self.doc.is_any(start - 1, tie);
                return field.then_some(k..start);
            }
            if self.doc.is_any(k, stop) && !self.doc.is(k, Class::Determiner) {
                return None;
            }
        }
        None
    }

    /// Whether a word before a function belongs to it: another function, or an adjective between
    /// an article and it, is left to the reader; names in the genitive are affiliations.
    fn is_role_attribute(&self, i: usize) -> bool {
        self.doc.is(i, Class::Role) && self.token(i).is_some_and(Token::is_word)
    }

    /// What stands in brackets right after a name.
    pub(super) fn tag_after(&self, end: usize) -> Option<Range<usize>> {
        if !self.doc.is_char(end, &['(']) {
            return None;
        }
        let close = (end + 1..end + 8).find(|&k| self.doc.is_char(k, &[')']))?;
        let words = (end + 1..close).any(|k| self.token(k).is_some_and(Token::is_word));
        words.then_some(end + 1..close)
    }

    /// A function in apposition after a name: ", chair of the board".
    pub(super) fn role_after(&self, end: usize) -> Option<Range<usize>> {
        if !self.doc.is_char(end, &[',']) {
            return None;
        }
        let stop = Class::Verb.bit()
            | Class::Cue.bit()
            | Class::Auxiliary.bit()
            | Class::Relative.bit()
            | Class::Modal.bit();
        let mut role = None;
        for k in end + 1..end + 12 {
            let token = self.token(k)?;
            if token.is_line_start() {
                break;
            }
            if self.doc.is_any(k, stop) && !self.doc.is(k, Class::Role) {
                return None;
            }
            if token.kind == TokenKind::Punct && !self.doc.is_char(k, &['(', ')']) {
                return role.map(|r| r..k);
            }
            if role.is_none() && self.doc.is(k, Class::Role) {
                role = Some(k);
            }
            if role.is_none() && k > end + 5 {
                break;
            }
        }
        role.map(|r| r..r + 1)
    }
}
