//! Responsible for looking up what a hashed word, beginning or ending says. Most look-ups find
//! nothing, and texts of many languages ask for all of it in turn, so the tables are small.

use super::Vote;

/// A hash, a candidate, and how strongly the form speaks for it.
pub(super) type Row = (u64, u8, i16);

/// All forms with their votes.
#[derive(Debug)]
pub(super) struct Forms {
    /// A bit for every form, so that most look-ups end here.
    filter: Vec<u64>,
    /// Open addressing. A form is known by half its hash: one that is not listed is taken for a
    /// listed one once in a thousand million look-ups, and then shifts a few bits.
    slots: Vec<Slot>,
    votes: Vec<Vote>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    /// The upper half of the form's hash.
    tag: u32,
    /// Where its votes stand, and in the lowest byte how many they are; 0 for an empty slot.
    place: u32,
}

impl Forms {
    /// The table of some forms. The strongest vote of a candidate for a form stands.
    pub(super) fn new(mut rows: Vec<Row>) -> Self {
        rows.sort_unstable_by_key(|(hash, at, bits)| {
            let weak = u128::from(i16::MAX.abs_diff(*bits));
            u128::from(*hash) << 32 | u128::from(*at) << 16 | weak
        });
        rows.dedup_by_key(|(hash, at, _)| (*hash, *at));
        let count = rows.chunk_by(|a, b| a.0 == b.0).count();
        let bits = (count * 8).next_power_of_two().max(1 << 10);
        let slots = (count + count / 3).next_power_of_two().max(16);
        let mut forms = Self {
            filter: vec![0; bits / 64],
            slots: vec![Slot::default(); slots],
            votes: Vec::with_capacity(rows.len()),
        };
        for same in rows.chunk_by(|a, b| a.0 == b.0) {
            let start = forms.votes.len() as u32;
            forms.votes.extend(same.iter().map(|row| (row.1, row.2)));
            forms.insert(same[0].0, start << 8 | same.len().min(255) as u32);
        }
        forms
    }

    fn insert(&mut self, hash: u64, place: u32) {
        let bit = self.bit(hash);
        self.filter[bit / 64] |= 1 << (bit % 64);
        let mut at = self.slot(hash);
        while self.slots[at].place != 0 {
            at = (at + 1) & (self.slots.len() - 1);
        }
        let tag = (hash >> 32) as u32;
        self.slots[at] = Slot { tag, place };
    }

    fn bit(&self, hash: u64) -> usize {
        (hash >> 20) as usize & (self.filter.len() * 64 - 1)
    }

    fn slot(&self, hash: u64) -> usize {
        hash as usize & (self.slots.len() - 1)
    }

    /// What a form says; nothing when it is not known.
    #[inline]
    pub(super) fn votes(&self, hash: u64) -> Option<&[Vote]> {
        let bit = self.bit(hash);
        if self.filter[bit / 64] & (1 << (bit % 64)) == 0 {
            return None;
        }
        let mut at = self.slot(hash);
        loop {
            let slot = self.slots[at];
            if slot.place == 0 {
                return None;
            }
            if slot.tag == (hash >> 32) as u32 {
                let start = (slot.place >> 8) as usize;
                let len = (slot.place & 0xff) as usize;
                return self.votes.get(start..start + len);
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }
}
