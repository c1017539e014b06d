//! Responsible for the fingerprint of a text: a small sample of its word triples that tells how much
//! two texts share without keeping either.
//!
//! The sample holds the smallest hashes of all triples (bottom-k), so that it is the same sample
//! whatever else is in the corpus; the share of common hashes estimates the Jaccard similarity.

use crate::text::chars;

/// Hashes kept of each text: 128 bytes.
const SAMPLE: usize = 32;
/// Words in a shingle.
const WORDS: usize = 3;
/// Characters in a shingle of scripts that write no spaces.
const CHARACTERS: usize = 5;

/// What is kept of a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fingerprint {
    /// The smallest shingle hashes, ascending, without repeats.
    hashes: Vec<u32>,
    /// How many shingles the text has.
    shingles: u32,
}

/// Spreads the bits of a number (the finalizer of `SplitMix64`).
pub(super) fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// A hash of some characters that is the same in every version and on every machine.
pub(super) fn hash_chars(chars: impl Iterator<Item = char>) -> u64 {
    chars.fold(SEED, step)
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;

fn step(hash: u64, c: char) -> u64 {
    (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0000_0100_0000_01b3)
}

/// Letters and digits of ASCII in lower case; 0 for all other bytes.
const SMALL: [u8; 256] = {
    let mut all = [0; 256];
    let mut byte = 0u8;
    while byte < 0x80 {
        if byte.is_ascii_alphanumeric() {
            all[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    all
};

/// Whether a script writes words without spaces between them.
fn unspaced(c: char) -> bool {
    matches!(u32::from(c),
        0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff
        | 0x3040..=0x30ff | 0x3400..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

impl Fingerprint {
    /// Reads a text once.
    pub fn of(text: &str) -> Self {
        let mut sampler = Sampler::default();
        let mut word: Option<u64> = None;
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            if SMALL[usize::from(byte)] != 0 {
                let mut hash = word.unwrap_or(SEED);
                let rest = bytes.get(at..).unwrap_or(&[]);
                let letters = rest.iter().map(|byte| SMALL[usize::from(*byte)]);
                for letter in letters.take_while(|letter| *letter != 0) {
                    hash = step(hash, char::from(letter));
                    at += 1;
                }
                word = Some(hash);
                continue;
            }
            if byte.is_ascii() {
                sampler.end(&mut word);
                at += 1;
                continue;
            }
            let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else {
                break;
            };
            at += c.len_utf8();
            if unspaced(c) {
                sampler.end(&mut word);
                sampler.add(step(SEED, c), CHARACTERS);
            } else if chars::is_alphanumeric(c) {
                let mut hash = word.unwrap_or(SEED);
                chars::lower(c, |c| hash = step(hash, c));
                word = Some(hash);
            } else if !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{300}'..='\u{36f}') {
                sampler.end(&mut word);
            }
        }
        sampler.end(&mut word);
        sampler.finish()
    }

    /// Whether the text had any word at all.
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// The same without its own memory.
    pub(super) fn view(&self) -> View<'_> {
        View {
            hashes: &self.hashes,
            shingles: self.shingles,
        }
    }

    /// Whether two texts are nearly the same: most of their word triples are common, or nearly all
    /// of the shorter text stands in the longer one.
    pub fn nearly_same(&self, other: &Self) -> bool {
        self.view().nearly_same(other.view())
    }
}

/// A fingerprint whose hashes are kept elsewhere.
#[derive(Debug, Clone, Copy)]
pub(super) struct View<'h> {
    pub(super) hashes: &'h [u32],
    pub(super) shingles: u32,
}

impl<'h> View<'h> {
    /// The hashes by which another text finds this one.
    pub(super) fn keys(self, n: usize) -> &'h [u32] {
        &self.hashes[..self.hashes.len().min(n)]
    }

    /// The estimated share of common shingles (Jaccard), in per mille.
    fn jaccard(self, other: Self) -> u32 {
        let (mut a, mut b) = (
            self.hashes.iter().peekable(),
            other.hashes.iter().peekable(),
        );
        let limit = SAMPLE.min(self.hashes.len().max(other.hashes.len()));
        let (mut union, mut common) = (0u32, 0u32);
        while (union as usize) < limit {
            match (a.peek(), b.peek()) {
                (Some(x), Some(y)) if x == y => {
                    common += 1;
                    a.next();
                    b.next();
                }
                (Some(x), Some(y)) if x < y => {
                    a.next();
                }
                (Some(_), None) => {
                    a.next();
                }
                (_, Some(_)) => {
                    b.next();
                }
                (None, None) => break,
            }
            union += 1;
        }
        (common * 1000).checked_div(union).unwrap_or(0)
    }

    /// Whether two texts are nearly the same: most of their word triples are common, or nearly all
    /// of the shorter text stands in the longer one.
    pub(super) fn nearly_same(self, other: Self) -> bool {
        let jaccard = u64::from(self.jaccard(other));
        if jaccard >= SAME {
            return true;
        }
        let (a, b) = (u64::from(self.shingles), u64::from(other.shingles));
        let contained = jaccard * (a + b) / ((1000 + jaccard) * a.min(b).max(1) / 1000).max(1);
        jaccard >= PART && contained >= CONTAINED && a.min(b) >= 30
    }
}

/// Share of common triples from which two texts count as nearly the same, in per mille.
const SAME: u64 = 400;
/// Share from which a text may be a cut version of another.
const PART: u64 = 200;
/// Share of the shorter text that must stand in the longer one.
const CONTAINED: u64 = 750;

/// Collects the smallest hashes of a stream of words.
#[derive(Default)]
struct Sampler {
    recent: [u64; CHARACTERS],
    words: usize,
    shingles: u32,
    kept: Vec<u32>,
    limit: Option<u32>,
}

impl Sampler {
    fn end(&mut self, word: &mut Option<u64>) {
        if let Some(hash) = word.take() {
            self.add(hash, WORDS);
        }
    }

    /// Adds a word or character and the shingle of the last `width` that it completes.
    fn add(&mut self, hash: u64, width: usize) {
        self.recent.copy_within(1.., 0);
        self.recent[CHARACTERS - 1] = hash;
        self.words += 1;
        if self.words >= width {
            self.shingle(width);
        }
    }

    fn shingle(&mut self, width: usize) {
        let words = &self.recent[CHARACTERS - width..];
        let joined = words.iter().fold(0u64, |h, w| mix(h.rotate_left(5) ^ *w));
        let hash = (joined >> 32) as u32;
        self.shingles += 1;
        if self.limit.is_some_and(|limit| hash >= limit) {
            return;
        }
        self.kept.push(hash);
        if self.kept.len() >= 4 * SAMPLE {
            self.shrink();
        }
    }

    fn shrink(&mut self) {
        self.kept.sort_unstable();
        self.kept.dedup();
        self.kept.truncate(SAMPLE);
        if self.kept.len() == SAMPLE {
            self.limit = self.kept.last().copied();
        }
    }

    fn finish(mut self) -> Fingerprint {
        if self.shingles == 0 && self.words > 0 {
            self.shingle(self.words.min(WORDS));
        }
        self.shrink();
        self.kept.shrink_to_fit();
        Fingerprint {
            hashes: self.kept,
            shingles: self.shingles,
        }
    }
}
