//! Responsible for forms that are looked up at the beginning of a longer word.

use rustc_hash::FxHashMap;

/// Strings that are matched as the beginning of a text, longest first.
#[derive(Debug, Clone)]
pub struct Beginnings<T> {
    forms: FxHashMap<Box<str>, T>,
    longest: usize,
    /// A bit for each length in bytes that a form has, for those below 128.
    lengths: u128,
    /// Which first three bytes occur, as a filter.
    starts: Vec<u64>,
}

impl<T> Default for Beginnings<T> {
    fn default() -> Self {
        Self {
            forms: FxHashMap::default(),
            longest: 0,
            lengths: 0,
            starts: vec![0; 64],
        }
    }
}

impl<T> Beginnings<T> {
    pub(super) fn insert(&mut self, form: &str, value: T) {
        self.longest = self.longest.max(form.len());
        self.lengths |= 1 << form.len().min(127);
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
        self.at_most(text, usize::MAX)
    }

    /// The same, of forms no longer than `limit` bytes.
    pub fn at_most(&self, text: &str, limit: usize) -> Option<(usize, &T)> {
        let most = self.longest.min(text.len()).min(limit);
        (1..=most)
            .rev()
            .filter(|len| self.lengths & (1 << (*len).min(127)) != 0 && text.is_char_boundary(*len))
            .find_map(|len| self.forms.get(&text[..len]).map(|value| (len, value)))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.forms.is_empty()
    }
}
