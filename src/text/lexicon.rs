//! Responsible for one look-up a token: from a folded word or phrase to all that a pack says of it.
//!
//! Every word list of a pack goes into one lexicon. A form may be several words (`according to`), an
//! ending (`*minister`: any longer word with that ending) or a beginning (`säkerhet*`).

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

pub use super::class::Class;
use super::token::{UNKNOWN, WordId};

/// One thing that a list says of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// In what sense.
    pub class: Class,
    /// The number that the list registered.
    pub payload: u32,
}

#[derive(Debug, Default, Clone)]
struct Info {
    classes: u64,
    entries: Vec<Entry>,
    /// The trie node below the root for phrases that start with this word; 0 for none.
    node: u32,
}

#[derive(Debug, Default)]
struct Node {
    classes: u64,
    entries: Vec<Entry>,
}

/// The hash of a folded word, under which the lexicon keeps it.
pub fn word_hash(word: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(word.as_bytes());
    hasher.finish()
}

/// A hasher for numbers that are hashes already.
#[derive(Debug, Default)]
struct Itself(u64);

impl Hasher for Itself {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// The first two bytes of a word; the second is 0 where there is one only.
fn first_bytes(word: &str) -> [u8; 2] {
    let bytes = word.as_bytes();
    [
        bytes.first().copied().unwrap_or(0),
        bytes.get(1).copied().unwrap_or(0),
    ]
}

/// The last two bytes of a word, the last one first.
fn last_bytes(word: &str) -> [u8; 2] {
    let mut bytes = word.bytes().rev();
    [bytes.next().unwrap_or(0), bytes.next().unwrap_or(0)]
}

/// Endings or beginnings, by length.
#[derive(Debug, Default)]
struct Affixes {
    forms: FxHashMap<Box<str>, WordId>,
    /// Byte lengths in use, longest first.
    lengths: Vec<usize>,
    /// The outermost bytes in use, since most words fail on them.
    outer: FxHashSet<[u8; 2]>,
    /// Whether a form of one byte is among them, which any word may have.
    short: bool,
}

impl Affixes {
    fn add(&mut self, form: &str, id: WordId, outer: [u8; 2]) {
        self.forms.insert(form.into(), id);
        self.outer.insert(outer);
        self.short |= form.len() < 2;
        if !self.lengths.contains(&form.len()) {
            self.lengths.push(form.len());
            self.lengths.sort_unstable_by(|a, b| b.cmp(a));
        }
    }
}

/// All words and phrases of a pack.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// Words by [`word_hash`]; where two hashes are equal the next number is taken.
    words: HashMap<u64, WordId, BuildHasherDefault<Itself>>,
    /// The spelling of each word, to be sure.
    spellings: Vec<Box<str>>,
    infos: Vec<Info>,
    endings: Affixes,
    beginnings: Affixes,
    /// What a word carries that has both an ending and a beginning.
    both: FxHashMap<(WordId, WordId), WordId>,
    edges: FxHashMap<(u32, WordId), u32>,
    nodes: Vec<Node>,
    longest: usize,
}

impl Lexicon {
    /// An empty lexicon.
    pub fn new() -> Self {
        Self {
            infos: vec![Info::default()],
            spellings: vec!["".into()],
            nodes: vec![Node::default()],
            ..Self::default()
        }
    }

    /// Where a word is or would be.
    fn find(&self, word: &str, hash: u64) -> Result<WordId, u64> {
        let mut key = hash;
        while let Some(&id) = self.words.get(&key) {
            if &*self.spellings[id as usize] == word {
                return Ok(id);
            }
            key = key.wrapping_add(1);
        }
        Err(key)
    }

    /// A new entry, with the spelling that [`Lexicon::find`] compares.
    fn push(&mut self, info: Info, spelling: &str) -> WordId {
        let id = self.infos.len() as WordId;
        self.infos.push(info);
        self.spellings.push(spelling.into());
        id
    }

    fn intern(&mut self, word: &str) -> WordId {
        let key = match self.find(word, word_hash(word)) {
            Ok(id) => return id,
            Err(key) => key,
        };
        self.longest = self.longest.max(word.len());
        // A word's exact entry also carries what its ending or beginning says.
        let mut info = Info::default();
        for affix in [self.by_affix(word)]
            .into_iter()
            .filter(|id| *id != UNKNOWN)
        {
            let from = &self.infos[affix as usize];
            info.classes = from.classes;
            info.entries.clone_from(&from.entries);
        }
        let id = self.push(info, word);
        self.words.insert(key, id);
        id
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
                let info = &mut self.infos[id as usize];
                info.classes |= class.bit();
                if !info.entries.contains(&entry) {
                    info.entries.push(entry);
                }
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
                    let next = self.nodes.len() as u32;
                    let to = *self.edges.entry((node, id)).or_insert(next);
                    if to == next {
                        self.nodes.push(Node::default());
                    }
                    node = to;
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
        if let Some(&id) = affixes.forms.get(form) {
            return id;
        }
        let id = self.push(Info::default(), "");
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
        self.id_of(word, word_hash(word))
    }

    /// The same for a word whose [`word_hash`] is known.
    pub fn id_of(&self, word: &str, hash: u64) -> WordId {
        self.find(word, hash)
            .unwrap_or_else(|_| self.by_affix(word))
    }

    /// The id of a folded word by its own entry only.
    pub fn exact(&self, word: &str) -> Option<WordId> {
        self.find(word, word_hash(word)).ok()
    }

    /// The length in bytes of the longest single word.
    pub fn longest(&self) -> usize {
        self.longest
    }

    fn by_affix(&self, word: &str) -> WordId {
        let ends = self.endings.short || self.endings.outer.contains(&last_bytes(word));
        let begins = self.beginnings.short || self.beginnings.outer.contains(&first_bytes(word));
        let lengths = |affixes: &'_ Affixes, any: bool| if any { affixes.lengths.len() } else { 0 };
        let ending = self.endings.lengths[..lengths(&self.endings, ends)]
            .iter()
            .find_map(|&len| {
                let at = word.len().checked_sub(len).filter(|at| *at > 0)?;
                self.endings.forms.get(word.get(at..)?)
            });
        let beginning = self.beginnings.lengths[..lengths(&self.beginnings, begins)]
            .iter()
            .find_map(|&len| {
                let head = word.get(..len).filter(|_| word.len() > len)?;
                self.beginnings.forms.get(head)
            });
        match (ending, beginning) {
            (Some(e), Some(b)) => self.both.get(&(*e, *b)).copied().unwrap_or(*e),
            (Some(id), None) | (None, Some(id)) => *id,
            (None, None) => UNKNOWN,
        }
    }

    /// Prepares for words with both an ending and a beginning: they carry what either says. To be
    /// called once, when all endings and beginnings are registered and before whole words are.
    pub fn pair_affixes(&mut self) {
        let sorted = |affixes: &Affixes| {
            let mut ids: Vec<WordId> = affixes.forms.values().copied().collect();
            ids.sort_unstable();
            ids
        };
        let beginnings = sorted(&self.beginnings);
        for ending in sorted(&self.endings) {
            for &beginning in &beginnings {
                let mut info = self.infos[ending as usize].clone();
                let other = &self.infos[beginning as usize];
                info.classes |= other.classes;
                for entry in &other.entries {
                    if !info.entries.contains(entry) {
                        info.entries.push(*entry);
                    }
                }
                let id = self.push(info, "");
                self.both.insert((ending, beginning), id);
            }
        }
    }

    /// The classes of a word, as bits of [`Class::bit`].
    pub fn classes(&self, word: WordId) -> u64 {
        self.infos.get(word as usize).map_or(0, |i| i.classes)
    }

    /// Everything said of a word.
    pub fn entries(&self, word: WordId) -> &[Entry] {
        self.infos.get(word as usize).map_or(&[], |i| &i.entries)
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

    /// Where phrases that begin with `word` start, if any do.
    pub(crate) fn phrase_root(&self, word: WordId) -> Option<u32> {
        self.infos
            .get(word as usize)
            .map(|i| i.node)
            .filter(|n| *n != 0)
    }

    /// The next step of a phrase.
    pub(crate) fn step(&self, node: u32, word: WordId) -> Option<u32> {
        self.edges.get(&(node, word)).copied()
    }

    /// What is said of the phrase that ends at `node`.
    pub(crate) fn phrase_entries(&self, node: u32) -> &[Entry] {
        &self.nodes[node as usize].entries
    }

    /// How many words and word parts it holds.
    pub fn len(&self) -> usize {
        self.infos.len() - 1 - self.both.len()
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
