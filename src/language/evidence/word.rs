//! Responsible for a word on its way through the reader, in small letters.

use crate::text::ascii::{eight_at, small};

/// Words that are longer, in bytes, are read for their beginning only.
const LONGEST: usize = 64;
/// Room for what is written past the end of a word.
const ROOM: usize = LONGEST + 8;

/// The bytes of a word.
pub(super) struct Word {
    bytes: [u8; ROOM],
    len: usize,
}

impl Word {
    pub(super) fn new() -> Self {
        Self {
            bytes: [0; ROOM],
            len: 0,
        }
    }

    pub(super) fn clear(&mut self) {
        self.len = 0;
    }

    pub(super) fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// All of it; `None` when it is too long.
    pub(super) fn whole(&self) -> Option<&[u8]> {
        self.bytes[..LONGEST].get(..self.len)
    }

    /// As much of it as is kept.
    pub(super) fn kept(&self) -> &[u8] {
        &self.bytes[..self.len.min(LONGEST)]
    }

    /// Its first eight bytes, the first one lowest; whatever stood there before where it is shorter.
    #[inline]
    pub(super) fn first_eight(&self) -> u64 {
        eight_at(&self.bytes, 0)
    }

    /// Appends a run of ASCII letters.
    #[inline]
    pub(super) fn push_letters(&mut self, text: &[u8], from: usize, len: usize) {
        let mut done = 0;
        while done < len {
            let chunk = small(eight_at(text, from + done)).to_le_bytes();
            let Some(room) = self.bytes.get_mut(self.len + done..self.len + done + 8) else {
                break;
            };
            room.copy_from_slice(&chunk);
            done += 8;
        }
        self.len += len;
    }

    /// Appends a character.
    #[inline]
    pub(super) fn push(&mut self, c: char) {
        let mut utf8 = [0; 4];
        let len = c.encode_utf8(&mut utf8).len();
        if let Some(room) = self.bytes.get_mut(self.len..self.len + 4) {
            room.copy_from_slice(&utf8);
        }
        self.len += len;
    }
}
