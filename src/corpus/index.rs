//! Responsible for finding where a key is kept, in five bytes a place: keys themselves stand where they
//! are kept and are asked there.

use super::fingerprint::mix;

/// A table with open addressing from keys to numbers of places.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// A part of the key's hash, 0 for an empty slot: most looks end here.
    tags: Vec<u8>,
    places: Vec<u32>,
    count: usize,
}

impl Index {
    /// The tag of a key and the slots to look at, in order.
    fn probe(&self, key: u32) -> (u8, impl Iterator<Item = usize> + use<>) {
        let mask = self.tags.len().wrapping_sub(1);
        // The smallest hashes are small numbers: spread them.
        let hash = mix(u64::from(key));
        let (tag, first) = ((hash >> 56) as u8 | 1, hash as usize);
        (
            tag,
            (0..=mask).map(move |step| first.wrapping_add(step) & mask),
        )
    }

    fn slot(&self, key: u32, has_key: impl Fn(u32) -> bool) -> Option<usize> {
        if self.tags.is_empty() {
            return None;
        }
        let (tag, mut slots) = self.probe(key);
        let ends = |slot: usize| self.tags[slot] == 0;
        let is_it = |slot: usize| self.tags[slot] == tag && has_key(self.places[slot]);
        let slot = slots.find(|slot| ends(*slot) || is_it(*slot))?;
        (!ends(slot)).then_some(slot)
    }

    /// The first place under a key's tag that `has_key`.
    pub(super) fn get(&self, key: u32, has_key: impl Fn(u32) -> bool) -> Option<u32> {
        self.slot(key, has_key).map(|slot| self.places[slot])
    }

    /// Notes another place for a key that has one.
    pub(super) fn set(&mut self, key: u32, place: u32, has_key: impl Fn(u32) -> bool) {
        if let Some(slot) = self.slot(key, has_key) {
            self.places[slot] = place;
        }
    }

    /// Notes a key that has no place yet; there must be room.
    pub(super) fn insert(&mut self, key: u32, place: u32) {
        let (tag, mut slots) = self.probe(key);
        if let Some(slot) = slots.find(|slot| self.tags[*slot] == 0) {
            (self.tags[slot], self.places[slot]) = (tag, place);
            self.count += 1;
        }
    }

    /// Whether there is room for so many more keys: three slots in four may be taken.
    pub(super) fn has_room(&self, more: usize) -> bool {
        (self.count + more) * 4 < self.tags.len() * 3
    }

    /// Forgets all keys and has twice the room, for all to be noted anew.
    pub(super) fn widen(&mut self) {
        let wider = (self.tags.len() * 2).max(1 << 10);
        // What was there goes first, so that old and new are never both in memory.
        *self = Self::default();
        self.tags.resize(wider, 0);
        self.places.resize(wider, 0);
    }
}
