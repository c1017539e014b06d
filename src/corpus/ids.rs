//! Responsible for keeping article ids unique in a corpus.

use std::hash::{BuildHasher, BuildHasherDefault};

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

/// The ids seen so far, as 64-bit hashes: 9 to 18 bytes an article.
#[derive(Debug, Default)]
pub(super) struct Ids {
    seen: FxHashSet<u64>,
    /// The number to try first for ids that came more than once: all below it are taken.
    tried: FxHashMap<u64, u32>,
}

fn hash(id: &str) -> u64 {
    BuildHasherDefault::<FxHasher>::default().hash_one(id)
}

impl Ids {
    /// Remembers an id.
    pub(super) fn add(&mut self, id: &str) {
        self.seen.insert(hash(id));
    }

    /// A free id when this one was seen.
    pub(super) fn unused(&mut self, id: &str) -> Option<String> {
        if !self.seen.contains(&hash(id)) {
            return None;
        }
        let first = self.tried.entry(hash(id)).or_insert(2);
        let (number, free) = (*first..=u32::MAX)
            .map(|n| (n, format!("{id}-{n}")))
            .find(|(_, id)| !self.seen.contains(&hash(id)))?;
        *first = number;
        Some(free)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_of_an_id_gets_a_suffix() {
        let mut ids = Ids::default();
        assert_eq!(ids.unused("art_a"), None);
        ids.add("art_a");
        assert_eq!(ids.unused("art_a").as_deref(), Some("art_a-2"));
        ids.add("art_a-2");
        assert_eq!(ids.unused("art_a").as_deref(), Some("art_a-3"));
        assert_eq!(ids.unused("art_b"), None);
    }

    #[test]
    fn an_id_that_all_records_share_is_counted_on() {
        let mut ids = Ids::default();
        ids.add("art_a");
        ids.add("art_a-3");
        for n in [2, 4].into_iter().chain(5..100_000) {
            let id = ids.unused("art_a").expect("it was seen");
            assert_eq!(id, format!("art_a-{n}"));
            ids.add(&id);
        }
    }
}
