//! Responsible for the word for one, which is a number only beside what it counts or is counted among.

use super::numeral::{Kind, Weak};
use super::scan::Scan;
use crate::pack::figures::Role;
use crate::text::lexicon::Class;

impl Scan<'_> {
    /// "one" as a number: before what it counts, or before "of".
    pub(super) fn is_counted_one(&self, i: usize, next: usize) -> bool {
        if self.role_before(i, Role::NotOne) {
            return false;
        }
        let alone = next >= self.len() && i == 0;
        alone
            || self.has_role(next, Role::Of)
            || self.counts_something(next)
            || self.is_out_of(next)
    }

    /// "one in five", "un sur cent", "een op de vijf": a small word and how many there are in all.
    pub(super) fn is_out_of(&self, i: usize) -> bool {
        let among = self.has_class(i, Class::Preposition) || self.has_role(i, Role::Over);
        if !among || self.token(i).is_line_start() {
            return false;
        }
        let at = i + 1 + usize::from(self.has_class(i + 1, Class::Determiner));
        let Some(all) = self.unsigned(at) else {
            return false;
        };
        let value = all.value.value();
        !self.token(at).is_line_start()
            && all.kind == Kind::Cardinal
            && all.weak == Weak::No
            && all.tail.is_none()
            && (2.0..=1e9).contains(&value)
            && all.plain != Some(4)
            && !self.is_unit_at(all.next)
            && !self.has_class(all.next, Class::Month)
            && !self.doc.is_char(all.next, &[':', '.', '%'])
    }
}
