//! Responsible for keeping article ids unique in a corpus.

use std::hash::{BuildHasher, BuildHasherDefault};

use rustc_hash::{FxHashSet, FxHasher};

/// The ids seen so far, as 64-bit hashes: 9 to 18 bytes an article.
#[derive(Debug, Default)]
pub(super) struct Ids {
    seen: FxHashSet<u64>,
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
    pub(super) fn unused(&self, id: &str) -> Option<String> {
        if !self.seen.contains(&hash(id)) {
            return None;
        }
        (2..=u32::MAX)
            .map(|n| format!("{id}-{n}"))
            .find(|id| !self.seen.contains(&hash(id)))
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
}
