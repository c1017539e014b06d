//! Responsible for near-duplicates: the first article in input order with nearly the same text.
//!
//! Only first articles are kept and compared against, so the result depends on the order of the
//! records and on nothing else, and copies cost nothing.

use super::fingerprint::{Fingerprint, View};
use super::index::Index;

/// How many hashes of a text are looked up; two texts that share 40 % of their triples miss each
/// other in 1 of 160 cases.
const KEYS: usize = 10;

/// The first articles seen so far: about 220 bytes each.
#[derive(Debug, Default)]
pub(super) struct Duplicates {
    /// Slots of first articles, by their smallest hashes.
    index: Index,
    firsts: Firsts,
}

/// The fingerprints of first articles, one after the other.
#[derive(Debug, Default)]
struct Firsts {
    hashes: Vec<u32>,
    all: Vec<First>,
}

/// One first article.
#[derive(Debug, Clone, Copy)]
struct First {
    /// The article's number.
    article: u32,
    shingles: u32,
    /// Where its hashes end.
    end: u32,
}

impl Firsts {
    fn view(&self, slot: u32) -> View<'_> {
        let end = |slot: usize| self.all.get(slot).map_or(0, |first| first.end as usize);
        let slot = slot as usize;
        let from = slot.checked_sub(1).map_or(0, end);
        View {
            hashes: self.hashes.get(from..end(slot)).unwrap_or(&[]),
            shingles: self.all.get(slot).map_or(0, |first| first.shingles),
        }
    }

    fn push(&mut self, article: u32, fingerprint: View<'_>) -> u32 {
        let slot = self.all.len() as u32;
        self.hashes.extend_from_slice(fingerprint.hashes);
        self.all.push(First {
            article,
            shingles: fingerprint.shingles,
            end: self.hashes.len() as u32,
        });
        slot
    }
}

impl Duplicates {
    /// The first article with a hash among its smallest.
    fn with(&self, key: u32) -> Option<u32> {
        let has_key = |slot| self.firsts.view(slot).keys(KEYS).contains(&key);
        self.index.get(key, has_key)
    }

    /// Makes room for the keys of one more article.
    fn make_room(&mut self) {
        if !self.index.has_room(KEYS) {
            self.index.widen();
            for slot in 0..self.firsts.all.len() as u32 {
                self.note(slot);
            }
        }
    }

    /// Notes an article under those of its keys that no article before it has.
    fn note(&mut self, slot: u32) {
        let keys = self.firsts.view(slot).keys(KEYS).len();
        for n in 0..keys {
            let key = self.firsts.view(slot).hashes[n];
            if self.with(key).is_none() {
                self.index.insert(key, slot);
            }
        }
    }

    /// The earlier article that `article` nearly repeats; else it becomes a first one itself.
    pub(super) fn find_or_add(&mut self, article: u32, fingerprint: &Fingerprint) -> Option<u32> {
        if fingerprint.is_empty() {
            return None;
        }
        let own = fingerprint.view();
        let mut candidates: Vec<u32> = own
            .keys(KEYS)
            .iter()
            .filter_map(|key| self.with(*key))
            .collect();
        candidates.sort_unstable();
        candidates.dedup();
        for slot in candidates {
            if own.nearly_same(self.firsts.view(slot)) {
                return self.firsts.all.get(slot as usize).map(|f| f.article);
            }
        }
        self.make_room();
        let slot = self.firsts.push(article, own);
        self.note(slot);
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text of `n` made-up words that depend on the seed.
    fn text(seed: u64, n: u64) -> Vec<String> {
        (0..n)
            .map(|i| {
                format!(
                    "w{}",
                    super::super::fingerprint::mix(seed * 1000 + i) % 5000
                )
            })
            .collect()
    }

    fn find(all: &mut Duplicates, n: u32, words: &[String]) -> Option<u32> {
        all.find_or_add(n, &Fingerprint::of(&words.join(" ")))
    }

    #[test]
    fn the_first_of_nearly_equal_texts_is_found() {
        let mut all = Duplicates::default();
        let first = text(1, 300);
        assert_eq!(find(&mut all, 0, &first), None);
        assert_eq!(find(&mut all, 1, &text(2, 300)), None);
        let mut edited = first.clone();
        edited.splice(0..40, text(3, 30));
        assert_eq!(find(&mut all, 2, &edited), Some(0));
        assert_eq!(find(&mut all, 3, &first[..120]), Some(0));
        assert_eq!(find(&mut all, 4, &first), Some(0));
        let mut other = text(4, 250);
        other.extend_from_slice(&first[..50]);
        assert_eq!(find(&mut all, 5, &other), None);
    }

    #[test]
    fn many_texts_are_found_again() {
        let mut all = Duplicates::default();
        for n in 0..2_000 {
            assert_eq!(find(&mut all, n, &text(u64::from(n) * 7, 40)), None);
        }
        for n in 0..2_000 {
            assert_eq!(find(&mut all, 9_999, &text(u64::from(n) * 7, 40)), Some(n));
        }
    }

    #[test]
    fn texts_without_words_repeat_nothing() {
        let mut all = Duplicates::default();
        for n in 0..3 {
            assert_eq!(all.find_or_add(n, &Fingerprint::of("– … \n")), None);
        }
    }

    #[test]
    fn scripts_without_spaces_work_too() {
        let mut all = Duplicates::default();
        let text = "北约秘书长表示联盟不寻求与俄罗斯对抗而且将继续支持乌克兰直到战争结束为止";
        assert_eq!(all.find_or_add(0, &Fingerprint::of(text)), None);
        assert_eq!(
            all.find_or_add(1, &Fingerprint::of(&format!("{text}。"))),
            Some(0)
        );
        assert_eq!(
            all.find_or_add(
                2,
                &Fingerprint::of("今天天气很好我们去公园散步然后回家吃饭")
            ),
            None
        );
    }
}
