//! Responsible for forms that are looked up at the beginning of a longer word.

use rustc_hash::FxHashMap;

/// Strings that are matched as the beginning of a text, longest first.
#[derive(Debug, Clone)]
pub struct Beginnings<T> {
    forms: FxHashMap<Box<str>, T>,
    /// Which lengths of one and two bytes occur, a bit each.
    short: u64,
    /// Which first three bytes occur, as a filter.
    starts: Vec<u64>,
    /// The lengths that forms with the same first three bytes have, a bit for each below
    /// [`MOST_BYTES`] and that one for all others.
    lengths: Vec<u64>,
    /// How many bytes the longest form has.
    longest: usize,
}

/// Lengths from here on are told apart by the forms alone.
const MOST_BYTES: usize = 63;
/// How many lists of lengths there are.
const LISTS: usize = 1024;

impl<T> Default for Beginnings<T> {
    fn default() -> Self {
        Self {
            forms: FxHashMap::default(),
            short: 0,
            starts: vec![0; 64],
            lengths: vec![0; LISTS],
            longest: 0,
        }
    }
}

impl<T> Beginnings<T> {
    pub(super) fn insert(&mut self, form: &str, value: T) {
        self.longest = self.longest.max(form.len());
        let bit = 1 << form.len().min(MOST_BYTES);
        match Self::key(form.as_bytes()) {
            Some(key) => self.lengths[key % LISTS] |= bit,
            None => self.short |= bit,
        }
        match form.as_bytes() {
            // Whatever may follow in the word: a hyphen, a letter, the lead of a longer character.
            &[a, b] => (b'a'..=b'z')
                .chain([b'-'])
                .chain(0xc0..=0xff)
                .for_each(|c| self.mark(&[a, b, c])),
            bytes => self.mark(bytes),
        }
        self.forms.entry(form.into()).or_insert(value);
    }

    fn mark(&mut self, bytes: &[u8]) {
        if let Some(key) = Self::key(bytes) {
            self.starts[key / 64] |= 1 << (key % 64);
        }
    }

    fn key(bytes: &[u8]) -> Option<usize> {
        match bytes {
            // The bit that tells lower from upper case in most scripts is left out.
            [a, b, c, ..] => {
                let [a, b, c] = [*a, *b, *c].map(|byte| usize::from(byte | 0x20));
                Some((a ^ (b << 3) ^ (c << 6)) & 0xfff)
            }
            _ => None,
        }
    }

    /// Whether a word may begin with one of the forms; never false when it does, for forms of two
    /// bytes or more.
    pub fn may_start(&self, bytes: &[u8]) -> bool {
        Self::key(bytes).is_some_and(|key| self.starts[key / 64] & 1 << (key % 64) != 0)
    }

    /// The longest form that `text` begins with, and its length in bytes.
    pub fn longest(&self, text: &str) -> Option<(usize, &T)> {
        let long = Self::key(text.as_bytes()).map_or(0, |key| self.lengths[key % LISTS]);
        let mut lengths = self.short | long;
        if lengths >> MOST_BYTES != 0 {
            let found = (MOST_BYTES..=text.len().min(self.longest))
                .rev()
                .find_map(|len| self.form(text, len));
            if found.is_some() {
                return found;
            }
            lengths &= !(1 << MOST_BYTES);
        }
        while lengths != 0 {
            let len = MOST_BYTES - lengths.leading_zeros() as usize;
            if let Some(found) = self.form(text, len) {
                return Some(found);
            }
            lengths &= !(1 << len);
        }
        None
    }

    /// The form that is the first so many bytes of a text.
    fn form(&self, text: &str, len: usize) -> Option<(usize, &T)> {
        self.forms.get(text.get(..len)?).map(|value| (len, value))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.forms.is_empty()
    }
}
