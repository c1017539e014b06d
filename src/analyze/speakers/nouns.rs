//! Responsible for people and bodies that stand by their noun alone: "the minister", "the company",
//! "residents".

use super::compound;
use super::mention::{FUNCTION, Finder, Mention, MentionKind};
use crate::pack::meta::TitleSide;
use crate::text::lexicon::Class;
use crate::text::token::Token;

impl Finder<'_, '_> {
    /// Where the noun at `i` ends. Without capitals no name shows how far it reaches: a listed phrase
    /// is one noun, and a place behind it tells whose it is.
    fn noun_end(&self, i: usize, class: Class) -> usize {
        let meta = &self.pack.meta;
        let phrases =
            meta.names.phrases || meta.text.caseless && meta.names.titled != Some(TitleSide::After);
        if !phrases {
            return i + 1;
        }
        let end = i + self.doc.find(i, class).map_or(1, |h| h.len);
        if !meta.text.caseless {
            return end;
        }
        let place = self.doc.is(end, Class::Place)
            && !self.doc.is_any(end, FUNCTION & !Class::NotName.bit())
            && !self.token(end).is_some_and(Token::is_line_start);
        end + usize::from(place)
    }

    /// Where the noun whose last word is at `i` begins: in a script without spaces it is a compound.
    fn noun_start(&self, i: usize, floor: usize) -> usize {
        if self.pack.meta.names.genitive.is_none() {
            return i;
        }
        compound::start(self.doc, self.pack, i, floor)
    }

    /// Functions, bodies and groups by their nouns, where no name covers them.
    pub(super) fn nouns(&self, mentions: &mut Vec<Mention>) {
        const NOUNS: u64 = Class::Organisation.bit() | Class::Role.bit() | Class::People.bit();
        let mut extra = Vec::new();
        let mut next = 0;
        let mut covered = 0;
        for i in 0..self.doc.tokens.len() {
            if self.doc.said(i) & NOUNS == 0 {
                continue;
            }
            while mentions.get(next).is_some_and(|m| m.full.end <= i) {
                next += 1;
            }
            if i < covered || mentions.get(next).is_some_and(|m| m.full.contains(&i)) {
                continue;
            }
            // "stato", "estado", "ad": a function word unless its capital says otherwise.
            if self.doc.is_any(i, FUNCTION & !Class::NotName.bit())
                && !self.token(i).is_some_and(Token::is_capital)
            {
                continue;
            }
            let is = |class| {
                self.doc.is(i, class)
                    || self.pack.meta.names.phrases && self.doc.find(i, class).is_some()
            };
            let (kind, class) = if is(Class::Organisation) {
                (MentionKind::Organisation, Class::Organisation)
            } else if is(Class::Role) {
                (MentionKind::Role, Class::Role)
            } else if is(Class::People) {
                (MentionKind::Group, Class::People)
            } else {
                continue;
            };
            let end = self.noun_end(i, class);
            let floor = covered.max(next.checked_sub(1).map_or(0, |m| mentions[m].full.end));
            let start = self.noun_start(i, floor);
            covered = end;
            extra.push(Mention {
                kind,
                core: start..end,
                full: start..end,
                role: None,
                affiliation: None,
                entity: usize::MAX,
            });
        }
        mentions.append(&mut extra);
        mentions.sort_by_key(|m| m.core.start);
    }
}
