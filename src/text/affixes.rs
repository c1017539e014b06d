//! Responsible for endings and beginnings of words: the longest one that a lexicon has.

use super::lexicon::word_hash;
use super::table::Table;
use super::token::WordId;

/// The first two bytes of a word; the second is 0 where there is one only.
pub(super) fn first_bytes(word: &str) -> [u8; 2] {
    let bytes = word.as_bytes();
    [
        bytes.first().copied().unwrap_or(0),
        bytes.get(1).copied().unwrap_or(0),
    ]
}

/// The last two bytes of a word, the last one first.
pub(super) fn last_bytes(word: &str) -> [u8; 2] {
    let mut bytes = word.bytes().rev();
    [bytes.next().unwrap_or(0), bytes.next().unwrap_or(0)]
}

/// Endings or beginnings, by length.
#[derive(Debug, Default)]
pub(super) struct Affixes {
    /// Their words, by the hash of the form.
    forms: Table,
    /// The lengths in bytes of the forms with the same outermost two bytes, as bits, since most words
    /// fail on them. Forms of 63 bytes and more share a bit.
    lengths: Vec<u64>,
    /// The lengths of forms of one byte, which any word may have.
    short: u64,
    longest: usize,
}

/// The bit of forms that are as long as this or longer.
const LONGEST_BIT: usize = 63;

impl Affixes {
    /// The place of two outermost bytes; several share one.
    fn place([near, far]: [u8; 2]) -> usize {
        (usize::from(near) ^ usize::from(far) << 2) & 0x3ff
    }

    /// The lengths that a form of a word with these outermost bytes may have, as bits.
    pub(super) fn lengths(&self, outer: [u8; 2]) -> u64 {
        self.short | self.lengths.get(Self::place(outer)).copied().unwrap_or(0)
    }

    /// The word of a form.
    pub(super) fn get(&self, form: &str) -> Option<WordId> {
        self.forms.get(word_hash(form))
    }

    /// The words of all forms, the first registered first.
    pub(super) fn words(&self) -> Vec<WordId> {
        let mut words: Vec<WordId> = self.forms.values().collect();
        words.sort_unstable();
        words
    }

    pub(super) fn add(&mut self, form: &str, id: WordId, outer: [u8; 2]) {
        self.forms.insert(word_hash(form), id);
        self.lengths.resize(0x400, 0);
        let bit = 1 << form.len().min(LONGEST_BIT);
        if form.len() < 2 {
            self.short |= bit;
        } else {
            self.lengths[Self::place(outer)] |= bit;
        }
        self.longest = self.longest.max(form.len());
    }

    /// The longest form that `cut` makes of a word by its length.
    pub(super) fn longest<'w>(
        &self,
        lengths: u64,
        cut: impl Fn(usize) -> Option<&'w str>,
    ) -> Option<WordId> {
        let find = |len: usize| self.forms.get(word_hash(cut(len)?));
        let mut rest = lengths;
        if rest >> LONGEST_BIT != 0 {
            let found = (LONGEST_BIT..=self.longest).rev().find_map(find);
            if found.is_some() {
                return found;
            }
            rest &= !(1 << LONGEST_BIT);
        }
        while rest != 0 {
            let len = rest.ilog2();
            if let Some(id) = find(len as usize) {
                return Some(id);
            }
            rest &= !(1 << len);
        }
        None
    }
}

/// What words carry that have both an ending and a beginning: a block of entries for each kind of
/// ending, in it one for each kind of beginning; endings of which the same is said are one kind.
#[derive(Debug, Default)]
pub(super) struct Both {
    pub(super) first: WordId,
    pub(super) beginnings: u32,
    /// The place of each ending among the kinds of endings, and of each beginning likewise.
    pub(super) places: Vec<u32>,
    pub(super) count: usize,
}

impl Both {
    pub(super) fn id(&self, ending: WordId, beginning: WordId) -> Option<WordId> {
        let place = |id: WordId| self.places.get(id as usize);
        Some(self.first + place(ending)? * self.beginnings + place(beginning)?)
    }
}
