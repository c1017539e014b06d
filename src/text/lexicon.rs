//! Responsible for one look-up a token: from a folded word or phrase to all that a pack says of it.
//!
//! Every word list of a pack goes into one lexicon. A form may be several words (`according to`), an
//! ending (`*minister`: any longer word with that ending) or a beginning (`säkerhet*`).

use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHasher};

use super::affixes::{Affixes, Both, first_bytes, last_bytes};
use super::chars::is_unspaced;
pub use super::class::Class;
use super::table::Table;
use super::token::{UNKNOWN, WordId};

/// One thing that a list says of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Entry {
    /// In what sense.
    pub class: Class,
    /// The number that the list registered.
    pub payload: u32,
}

/// What is looked up of every word of a text.
#[derive(Debug, Default, Clone, Copy)]
struct Info {
    classes: u64,
    /// The trie node below the root for phrases that start with this word; 0 for none.
    node: u32,
}

#[derive(Debug, Default)]
struct Node {
    classes: u64,
    entries: Vec<Entry>,
}

/// The key of a trie step from a node by a word.
fn edge(node: u32, word: WordId) -> u64 {
    u64::from(node) << 32 | u64::from(word)
}

// Words are known by their hash alone, so it must have 64 bits, which the hasher gives it there only.
#[cfg(not(target_pointer_width = "64"))]
compile_error!("polygist needs a target with 64-bit addresses");

/// The hash of a folded word, under which the lexicon keeps it.
#[inline]
pub fn word_hash(word: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(word.as_bytes());
    hasher.finish()
}

/// All words and phrases of a pack.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// Words by [`word_hash`]. Spellings are not kept: that a text has a word whose hash is that of
    /// one of ten thousand others is to be expected once in 10^15 words.
    words: Table,
    infos: Vec<Info>,
    /// Where in `entries` the entries of each word stand, and how many.
    said: Vec<(u32, u32)>,
    entries: Vec<Entry>,
    endings: Affixes,
    beginnings: Affixes,
    /// The words that have both an ending and a beginning.
    both: Both,
    /// The steps of the trie, by [`edge`].
    edges: Table,
    nodes: Vec<Node>,
    longest: usize,
    /// How long the words of scripts without spaces are, by their first two characters.
    pairs: Pairs,
}

/// A bit for each length in characters, by a hash of the first two characters.
#[derive(Debug, Default)]
struct Pairs(Vec<u64>);

impl Pairs {
    const COUNT: usize = 1 << 12;

    fn place(pair: &str) -> usize {
        (word_hash(pair) >> 40) as usize % Self::COUNT
    }

    fn add(&mut self, pair: &str, length: usize) {
        self.0.resize(Self::COUNT, 0);
        self.0[Self::place(pair)] |= 1 << length.min(63);
    }

    fn lengths(&self, pair: &str) -> u64 {
        self.0.get(Self::place(pair)).copied().unwrap_or(0)
    }
}

impl Lexicon {
    /// An empty lexicon.
    pub fn new() -> Self {
        Self {
            infos: vec![Info::default()],
            said: vec![(0, 0)],
            nodes: vec![Node::default()],
            ..Self::default()
        }
    }

    /// A new word of which nothing is said.
    fn push(&mut self) -> WordId {
        let id = self.infos.len() as WordId;
        self.infos.push(Info::default());
        self.said.push((0, 0));
        id
    }

    fn intern(&mut self, word: &str) -> WordId {
        let hash = word_hash(word);
        if let Some(id) = self.words.get(hash) {
            return id;
        }
        self.longest = self.longest.max(word.len());
        if word.starts_with(is_unspaced)
            && let Some((second, c)) = word.char_indices().nth(1)
        {
            let pair = &word[..second + c.len_utf8()];
            self.pairs.add(pair, word.chars().count());
        }
        // A word's exact entry also carries what its ending or beginning says.
        let affix = self.by_affix(word);
        let id = self.push();
        self.say_all(id, affix);
        self.words.insert(hash, id);
        id
    }

    /// Notes what a list says of a word.
    fn say(&mut self, id: WordId, entry: Entry) {
        if self.entries(id).contains(&entry) {
            return;
        }
        self.infos[id as usize].classes |= entry.class.bit();
        let (start, len) = self.said[id as usize];
        let (from, to) = (start as usize, (start + len) as usize);
        // Only the last entries can be added to where they stand.
        let start = if to == self.entries.len() {
            start
        } else {
            let moved = self.entries.len() as u32;
            self.entries.extend_from_within(from..to);
            moved
        };
        self.entries.push(entry);
        self.said[id as usize] = (start, len + 1);
    }

    /// Says of a word all that is said of another.
    fn say_all(&mut self, id: WordId, of: WordId) {
        let (start, len) = self.said[of as usize];
        for at in start..start + len {
            self.say(id, self.entries[at as usize]);
        }
    }

    /// Registers a form that is already cut into folded words. One word may carry a `*`.
    pub fn add(&mut self, words: &[&str], class: Class, payload: u32) {
        let entry = Entry { class, payload };
        match words {
            [] => {}
            [word] => {
                let id = if let Some(ending) = word.strip_prefix('*') {
                    self.affix(ending, true)
                } else if let Some(beginning) = word.strip_suffix('*') {
                    self.affix(beginning, false)
                } else {
                    self.intern(word)
                };
                self.say(id, entry);
            }
            [first, rest @ ..] => {
                let first = self.intern(first);
                if self.infos[first as usize].node == 0 {
                    self.infos[first as usize].node = self.nodes.len() as u32;
                    self.nodes.push(Node::default());
                }
                let mut node = self.infos[first as usize].node;
                for word in rest {
                    let id = self.intern(word);
                    let edge = edge(node, id);
                    node = self.edges.get(edge).unwrap_or_else(|| {
                        let next = self.nodes.len() as u32;
                        self.edges.insert(edge, next);
                        self.nodes.push(Node::default());
                        next
                    });
                }
                let node = &mut self.nodes[node as usize];
                node.classes |= class.bit();
                if !node.entries.contains(&entry) {
                    node.entries.push(entry);
                }
            }
        }
    }

    fn affix(&mut self, form: &str, is_ending: bool) -> WordId {
        let affixes = if is_ending {
            &self.endings
        } else {
            &self.beginnings
        };
        if let Some(id) = affixes.get(form) {
            return id;
        }
        let id = self.push();
        let outer = if is_ending {
            last_bytes(form)
        } else {
            first_bytes(form)
        };
        let affixes = if is_ending {
            &mut self.endings
        } else {
            &mut self.beginnings
        };
        affixes.add(form, id, outer);
        id
    }

    /// The id of a folded word: its own entry, else its longest ending, else its longest beginning.
    pub fn id(&self, word: &str) -> WordId {
        self.id_of_key(word_hash(word))
            .unwrap_or_else(|| self.by_affix(word))
    }

    /// The id of the word with a [`word_hash`], by its own entry only.
    pub(super) fn id_of_key(&self, hash: u64) -> Option<WordId> {
        self.words.get(hash)
    }

    /// Whether a folded word may have a known ending or beginning.
    pub(super) fn may_have_affix(&self, word: &str) -> bool {
        self.endings.lengths(last_bytes(word)) | self.beginnings.lengths(first_bytes(word)) != 0
    }

    /// The id of a folded word by its own entry only.
    pub fn exact(&self, word: &str) -> Option<WordId> {
        self.id_of_key(word_hash(word))
    }

    /// How many characters a word in a script without spaces may have that begins with two, as bits.
    pub(super) fn lengths_from(&self, pair: &str) -> u64 {
        self.pairs.lengths(pair)
    }

    /// The length in bytes of the longest single word.
    pub fn longest(&self) -> usize {
        self.longest
    }

    /// The id of a folded word by its longest ending and beginning.
    pub(super) fn by_affix(&self, word: &str) -> WordId {
        let ends = self.endings.lengths(last_bytes(word));
        let begins = self.beginnings.lengths(first_bytes(word));
        let ending = self.endings.longest(ends, |len| {
            let at = word.len().checked_sub(len).filter(|at| *at > 0)?;
            word.get(at..)
        });
        let beginning = self
            .beginnings
            .longest(begins, |len| word.get(..len).filter(|_| word.len() > len));
        match (ending, beginning) {
            (Some(e), Some(b)) => self.both.id(e, b).unwrap_or(e),
            (Some(id), None) | (None, Some(id)) => id,
            (None, None) => UNKNOWN,
        }
    }

    /// Prepares for words with both an ending and a beginning: they carry what either says. To be
    /// called once, when all endings and beginnings are registered and before whole words are.
    pub fn pair_affixes(&mut self) {
        let (endings, beginnings) = (self.endings.words(), self.beginnings.words());
        let mut places = vec![0; self.infos.len()];
        let endings = self.unlike(&endings, &mut places);
        let beginnings = self.unlike(&beginnings, &mut places);
        self.both = Both {
            first: self.infos.len() as WordId,
            beginnings: beginnings.len() as u32,
            places,
            count: endings.len() * beginnings.len(),
        };
        self.infos.reserve(self.both.count);
        self.said.reserve(self.both.count);
        for &ending in &endings {
            for &beginning in &beginnings {
                self.push_both(ending, beginning);
            }
        }
    }

    /// Those of some words that say what none before them says; notes the place of each word's like.
    fn unlike(&self, words: &[WordId], places: &mut [u32]) -> Vec<WordId> {
        let mut seen: FxHashMap<&[Entry], u32> = FxHashMap::default();
        let mut unlike = Vec::new();
        for &word in words {
            let place = *seen.entry(self.entries(word)).or_insert_with(|| {
                unlike.push(word);
                unlike.len() as u32 - 1
            });
            places[word as usize] = place;
        }
        unlike
    }

    /// A new word that carries what two others do.
    fn push_both(&mut self, one: WordId, other: WordId) {
        let from = self.entries.len();
        let place = |(start, len): (u32, u32)| start as usize..(start + len) as usize;
        self.entries
            .extend_from_within(place(self.said[one as usize]));
        for at in place(self.said[other as usize]) {
            let entry = self.entries[at];
            if !self.entries[from..].contains(&entry) {
                self.entries.push(entry);
            }
        }
        let len = self.entries.len() - from;
        self.said.push((from as u32, len as u32));
        let classes = self.infos[one as usize].classes | self.infos[other as usize].classes;
        self.infos.push(Info { classes, node: 0 });
    }

    /// Makes room for so many words.
    pub fn reserve(&mut self, words: usize) {
        self.words.reserve(words);
        self.infos.reserve(words);
        self.said.reserve(words);
        self.entries.reserve(words);
    }

    /// The classes of a word, as bits of [`Class::bit`].
    pub fn classes(&self, word: WordId) -> u64 {
        self.infos.get(word as usize).map_or(0, |i| i.classes)
    }

    /// Everything said of a word.
    pub fn entries(&self, word: WordId) -> &[Entry] {
        let said = self.said.get(word as usize);
        said.and_then(|(start, len)| self.entries.get(*start as usize..(start + len) as usize))
            .unwrap_or(&[])
    }

    /// The number registered for a word in one class.
    pub fn payload(&self, word: WordId, class: Class) -> Option<u32> {
        if self.classes(word) & class.bit() == 0 {
            return None;
        }
        self.entries(word)
            .iter()
            .find(|e| e.class == class)
            .map(|e| e.payload)
    }

    /// The classes of a word, and whether phrases begin with it.
    #[inline]
    pub(super) fn looks(&self, word: WordId) -> (u64, bool) {
        let info = self.infos.get(word as usize);
        info.map_or((0, false), |i| (i.classes, i.node != 0))
    }

    /// Where phrases that begin with `word` start, if any do.
    pub(crate) fn phrase_root(&self, word: WordId) -> Option<u32> {
        self.infos
            .get(word as usize)
            .map(|i| i.node)
            .filter(|n| *n != 0)
    }

    /// The next step of a phrase.
    pub(crate) fn step(&self, node: u32, word: WordId) -> Option<u32> {
        self.edges.get(edge(node, word))
    }

    /// What is said of the phrase that ends at `node`.
    pub(crate) fn phrase_entries(&self, node: u32) -> &[Entry] {
        &self.nodes[node as usize].entries
    }

    /// How many words and word parts it holds.
    pub fn len(&self) -> usize {
        self.infos.len() - 1 - self.both.count
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_endings_and_phrases_are_found() {
        let mut lexicon = Lexicon::new();
        lexicon.add(&["*minister"], Class::Role, 1);
        lexicon.add(&["sade"], Class::Cue, 2);
        lexicon.add(&["enligt", "uppgift"], Class::SourceCue, 3);
        assert_eq!(
            lexicon.payload(lexicon.id("försvarsminister"), Class::Role),
            Some(1)
        );
        assert_eq!(lexicon.id("minister"), UNKNOWN);
        assert_eq!(lexicon.payload(lexicon.id("sade"), Class::Cue), Some(2));
        let root = lexicon
            .phrase_root(lexicon.id("enligt"))
            .expect("starts a phrase");
        let end = lexicon.step(root, lexicon.id("uppgift")).expect("goes on");
        assert_eq!(
            lexicon.phrase_entries(end),
            &[Entry {
                class: Class::SourceCue,
                payload: 3
            }]
        );
    }

    #[test]
    fn a_word_with_an_ending_and_a_beginning_carries_both() {
        let mut lexicon = Lexicon::new();
        lexicon.add(&["*ała"], Class::Verb, 1);
        lexicon.add(&["zdecydow*"], Class::FactCue, 2);
        lexicon.pair_affixes();
        let both = lexicon.id("zdecydowała");
        assert_eq!(lexicon.payload(both, Class::Verb), Some(1));
        assert_eq!(lexicon.payload(both, Class::FactCue), Some(2));
        assert_eq!(lexicon.payload(lexicon.id("pisała"), Class::FactCue), None);
    }
}
