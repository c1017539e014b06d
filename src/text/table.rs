//! Responsible for numbers under 64-bit keys: one multiplication and, nearly always, one look at
//! memory a key.

/// Numbers other than 0 by key. Open addressing, at most half full.
#[derive(Debug, Default)]
pub(super) struct Table {
    slots: Vec<Slot>,
    count: usize,
    /// What brings a mixed key down to the number of a slot.
    shift: u32,
}

#[derive(Debug, Default, Clone, Copy)]
struct Slot {
    key: u64,
    /// 0 where the slot is free.
    value: u32,
}

const FEWEST: usize = 16;

impl Table {
    #[inline]
    fn slot(&self, key: u64) -> usize {
        (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> self.shift) as usize
    }

    /// The number under a key.
    #[inline]
    pub(super) fn get(&self, key: u64) -> Option<u32> {
        let mut at = self.slot(key);
        loop {
            let slot = self.slots.get(at)?;
            if slot.value == 0 {
                return None;
            }
            if slot.key == key {
                return Some(slot.value);
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    /// Puts a number under a key that has none.
    pub(super) fn insert(&mut self, key: u64, value: u32) {
        debug_assert!(value != 0 && self.get(key).is_none());
        self.reserve(1);
        self.count += 1;
        self.put(Slot { key, value });
    }

    fn put(&mut self, slot: Slot) {
        let mut at = self.slot(slot.key);
        while self.slots[at].value != 0 {
            at = (at + 1) & (self.slots.len() - 1);
        }
        self.slots[at] = slot;
    }

    /// Makes room for so many keys more.
    pub(super) fn reserve(&mut self, more: usize) {
        let needed = (self.count + more) * 2;
        if needed > self.slots.len() {
            let len = needed.next_power_of_two().max(FEWEST);
            let old = std::mem::replace(&mut self.slots, vec![Slot::default(); len]);
            self.shift = u64::BITS - len.ilog2();
            for slot in old.into_iter().filter(|slot| slot.value != 0) {
                self.put(slot);
            }
        }
    }

    /// All numbers, in no order that means anything.
    pub(super) fn values(&self) -> impl Iterator<Item = u32> + '_ {
        let slots = self.slots.iter().map(|slot| slot.value);
        slots.filter(|value| *value != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_in_is_found() {
        let mut table = Table::default();
        assert_eq!(table.get(7), None);
        for n in 1..500u32 {
            table.insert(u64::from(n) << 32 | 5, n);
        }
        table.insert(0, 1000);
        for n in 1..500u32 {
            assert_eq!(table.get(u64::from(n) << 32 | 5), Some(n));
            assert_eq!(table.get(u64::from(n) << 32 | 6), None);
        }
        assert_eq!(table.get(0), Some(1000));
        assert_eq!(table.values().count(), 500);
    }
}
