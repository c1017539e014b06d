//! Responsible for what single words and letters say about the language of a text.
//!
//! A language is known by its frequent words in the order of their frequency (`stopwords.txt` of
//! its pack, or `language/words/`), by its letters (`letters.txt`) and by the beginnings and
//! endings of its words (`marks.txt`). A word at rank r of a list speaks for the language as
//! strongly as Zipf's law makes the word more frequent there than anywhere else: the bits of
//! evidence fall with the logarithm of the rank. All scores are integers, [`BIT`] to the bit.

mod forms;
mod lists;

use forms::Forms;

use super::script::Script;
use crate::text::chars;

/// One bit of evidence.
pub(super) const BIT: i32 = 16;

/// The longest ending and beginning that are looked up, in letters.
const LONGEST_ENDING: usize = 5;
const LONGEST_BEGINNING: usize = 12;
/// Words that are longer, in bytes, are read for their beginning only.
const LONGEST_WORD: usize = 64;

/// A language that a text may turn out to be written in.
#[derive(Debug)]
pub(super) struct Candidate {
    /// Its code.
    pub(super) code: String,
    /// Bits of its scripts.
    scripts: u32,
    /// Evidence that it must bring beyond its neighbours.
    prior: i32,
    /// Its group of languages that a text may not tell apart, if any.
    pub(super) group: Option<u8>,
    /// Whether whatlang knows it.
    pub(super) in_whatlang: bool,
}

/// Which languages something speaks for, and how strongly.
type Votes = Vec<(u8, i16)>;

/// All that is known of languages.
#[derive(Debug)]
pub(super) struct Evidence {
    pub(super) candidates: Vec<Candidate>,
    /// Whole words.
    words: Forms,
    /// Beginnings and endings. Words that are not listed ask for many of them, so they stand alone
    /// in a table that stays near.
    affixes: Forms,
    letters: Letters,
    /// The languages of scripts that have only one.
    by_script: [Option<u8>; Script::COUNT],
}

/// The votes of single letters, by code point.
#[derive(Debug, Default)]
struct Letters {
    /// Where a letter's votes stand, 0 for none.
    places: Vec<u16>,
    votes: Vec<Votes>,
    /// What the reader asks of the letters below U+2000.
    known: Vec<Known>,
}

/// What the reader asks of a letter.
#[derive(Debug, Clone, Copy)]
struct Known {
    /// Its script; none for signs, and for letters whose small form is not one letter.
    script: Option<Script>,
    /// The small form.
    small: u16,
    /// Where the small form's votes stand, 0 for none.
    place: u16,
}

impl Letters {
    fn votes(&self, letter: char) -> &[(u8, i16)] {
        let place = self.places.get(letter as usize).copied().unwrap_or(0);
        self.votes.get(place as usize).map_or(&[], Vec::as_slice)
    }

    /// Notes what the reader asks, once all votes are in.
    fn know(&mut self) {
        let known = |code: u32| {
            let letter = char::from_u32(code)?;
            let script = Script::of(letter)?;
            let mut small = letter.to_lowercase();
            let only = small.next().filter(|_| small.next().is_none())?;
            let place = self.places.get(only as usize).copied().unwrap_or(0);
            let small = u16::try_from(u32::from(only)).ok()?;
            Some((script, small, place))
        };
        let known = |code| {
            let (script, small, place) =
                known(code).map_or((None, 0, 0), |(s, l, p)| (Some(s), l, p));
            Known {
                script,
                small,
                place,
            }
        };
        self.known = (0..0x2000).map(known).collect();
    }

    fn vote(&mut self, letter: char, at: u8, bits: i32) {
        let code = letter as usize;
        if code > 0xffff {
            return;
        }
        if self.places.len() <= code {
            self.places.resize(code + 1, 0);
        }
        if self.votes.is_empty() {
            self.votes.push(Votes::new());
        }
        if self.places[code] == 0 {
            self.places[code] = self.votes.len() as u16;
            self.votes.push(Votes::new());
        }
        let votes = &mut self.votes[self.places[code] as usize];
        if votes.iter().all(|(own, _)| *own != at) {
            votes.push((at, bits as i16));
        }
    }
}

/// What one piece of text says.
#[derive(Debug, Clone)]
pub(super) struct Tally {
    /// Evidence for each candidate.
    pub(super) votes: Vec<i32>,
    /// Letters by script, weighted.
    pub(super) scripts: [u32; Script::COUNT],
    /// Words read.
    pub(super) words: u32,
}

impl Tally {
    /// Adds what another piece says.
    pub(super) fn add(&mut self, other: &Self) {
        for (own, more) in self.votes.iter_mut().zip(&other.votes) {
            *own = own.saturating_add(*more);
        }
        for (own, more) in self.scripts.iter_mut().zip(&other.scripts) {
            *own = own.saturating_add(*more);
        }
        self.words += other.words;
    }

    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        self.votes.fill(0);
        self.scripts.fill(0);
        self.words = 0;
    }

    /// All letters, weighted.
    pub(super) fn letters(&self) -> u32 {
        self.scripts.iter().fold(0, |sum, n| sum.saturating_add(*n))
    }

    /// The script of most letters.
    pub(super) fn main_script(&self) -> Option<Script> {
        let of = |script: Script| self.scripts[script as usize];
        let japanese = of(Script::Han).saturating_add(of(Script::Kana));
        let (script, count) = Script::all()
            .filter(|s| !matches!(s, Script::Han | Script::Kana))
            .map(|s| (s, of(s)))
            .max_by_key(|(s, n)| (*n, std::cmp::Reverse(*s)))?;
        if japanese > 0 && japanese >= count {
            // Japanese mixes both; Chinese names in a Japanese text and the other way round do not
            // reach a tenth.
            let is_japanese = of(Script::Kana).saturating_mul(10) >= japanese;
            return Some(if is_japanese {
                Script::Kana
            } else {
                Script::Han
            });
        }
        (count > 0).then_some(script)
    }
}

impl Evidence {
    /// The place of a language among the candidates.
    pub(super) fn find(&self, code: &str) -> Option<usize> {
        self.candidates.iter().position(|c| c.code == code)
    }

    /// Whether the main script alone names the language.
    pub(super) fn is_named_by_script(&self, tally: &Tally) -> bool {
        tally
            .main_script()
            .is_some_and(|script| self.by_script[script as usize].is_some())
    }

    /// Whether a candidate is written in the tally's main script.
    pub(super) fn fits(&self, at: usize, tally: &Tally) -> bool {
        tally
            .main_script()
            .is_none_or(|script| self.candidates[at].scripts & (1 << script as u32) != 0)
    }

    /// An empty tally.
    pub(super) fn tally(&self) -> Tally {
        Tally {
            votes: vec![0; self.candidates.len()],
            scripts: [0; Script::COUNT],
            words: 0,
        }
    }

    /// Adds to `tally` what `text` says. Web addresses and tags say nothing.
    pub(super) fn read(&self, text: &str, tally: &mut Tally) {
        let bytes = text.as_bytes();
        let mut word = Word::new();
        let mut latin = 0;
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            if byte.is_ascii_alphabetic() {
                latin += 1;
                word.push_ascii(byte | 0x20);
                at += 1;
            } else if byte.is_ascii() {
                at += 1;
                match byte {
                    b'\'' => self.close_at_apostrophe(&mut word, &text[at..], tally),
                    b':' if bytes[at..].starts_with(b"//") => {
                        word.clear();
                        at += word_length(&bytes[at..]);
                    }
                    b'<' => {
                        self.close(&mut word, tally);
                        at += tag_length(&bytes[at..]);
                    }
                    _ => self.close(&mut word, tally),
                }
            } else {
                let Some(c) = text[at..].chars().next() else {
                    break;
                };
                at += c.len_utf8();
                let known = self.letters.known.get(c as usize);
                if let Some(Known {
                    script: Some(script),
                    small,
                    place,
                }) = known
                {
                    tally.scripts[*script as usize] += script.weight();
                    if *place != 0 {
                        cast(&self.letters.votes[*place as usize], tally);
                    }
                    word.push(char::from_u32(u32::from(*small)).unwrap_or(c));
                } else if let Some(script) = Script::of(c) {
                    tally.scripts[script as usize] += script.weight();
                    chars::lower(c, |low| {
                        cast(self.letters.votes(low), tally);
                        word.push(low);
                    });
                } else if is_apostrophe(c) {
                    self.close_at_apostrophe(&mut word, &text[at..], tally);
                } else if is_joiner(c) {
                    word.push(c);
                } else {
                    self.close(&mut word, tally);
                }
            }
        }
        tally.scripts[Script::Latin as usize] += latin;
        self.close(&mut word, tally);
    }

    /// An elided article or pronoun is a word of its own, its apostrophe included.
    fn close_at_apostrophe(&self, word: &mut Word, rest: &str, tally: &mut Tally) {
        if word.letters > 0 && rest.chars().next().is_some_and(char::is_alphabetic) {
            word.push_ascii(b'\'');
        }
        self.close(word, tally);
    }

    /// Counts a finished word.
    fn close(&self, word: &mut Word, tally: &mut Tally) {
        if word.letters == 0 {
            return;
        }
        tally.words += 1;
        if let Some(votes) = self.words.votes(word.hash) {
            cast(votes, tally);
        } else {
            for hash in &word.beginnings[..word.letters.min(LONGEST_BEGINNING)] {
                if let Some(votes) = self.affixes.votes(hash ^ BEGINS) {
                    cast(votes, tally);
                }
            }
            if let Some(bytes) = word.bytes.get(..word.len) {
                let mut hash = SEED;
                let mut letters = 0;
                // A whole word is no ending, and no beginning reaches over all of it.
                for (at, byte) in bytes.iter().enumerate().skip(1).rev() {
                    hash = mix(hash, *byte);
                    if byte & 0xc0 != 0x80 {
                        letters += 1;
                        if let Some(votes) = self.affixes.votes(hash ^ ENDS) {
                            cast(votes, tally);
                        }
                        if letters == LONGEST_ENDING || at == 0 {
                            break;
                        }
                    }
                }
            }
        }
        word.clear();
    }

    /// The best candidate, if any.
    pub(super) fn best(&self, tally: &Tally) -> Option<usize> {
        let script = tally.main_script()?;
        if let Some(only) = self.by_script[script as usize] {
            return Some(only as usize);
        }
        (0..)
            .zip(&self.candidates)
            .filter(|(_, c)| c.scripts & (1 << script as u32) != 0)
            .max_by_key(|(at, c)| (tally.votes[*at] - c.prior, std::cmp::Reverse(*at)))
            .map(|(at, _)| at)
    }

    /// The candidates that fit the main script, the best first, with their evidence.
    pub(super) fn ranking(&self, tally: &Tally) -> Vec<(usize, i32)> {
        let Some(script) = tally.main_script() else {
            return Vec::new();
        };
        if let Some(only) = self.by_script[script as usize] {
            return vec![(only as usize, i32::MAX / 2)];
        }
        let mut all: Vec<(usize, i32)> = (0..)
            .zip(&self.candidates)
            .filter(|(_, c)| c.scripts & (1 << script as u32) != 0)
            .map(|(at, c)| (at, tally.votes[at] - c.prior))
            .collect();
        all.sort_by_key(|(at, votes)| (std::cmp::Reverse(*votes), *at));
        all
    }
}

fn cast(votes: &[(u8, i16)], tally: &mut Tally) {
    for (at, bits) in votes {
        if let Some(own) = tally.votes.get_mut(*at as usize) {
            *own = own.saturating_add(i32::from(*bits));
        }
    }
}

/// The bytes up to the next white space.
fn word_length(rest: &[u8]) -> usize {
    rest.iter()
        .position(u8::is_ascii_whitespace)
        .unwrap_or(rest.len())
}

/// The bytes of a tag after its `<`, up to and with its `>`; 0 when it is no tag.
fn tag_length(rest: &[u8]) -> usize {
    const LONGEST: usize = 300;
    let opens = matches!(rest, [b'a'..=b'z' | b'A'..=b'Z' | b'/', ..]);
    let end = rest.iter().take(LONGEST).position(|b| *b == b'>');
    end.filter(|_| opens).map_or(0, |end| end + 1)
}

const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2bc}' | '\u{2018}' | '\u{2bb}')
}

/// Signs inside words: combining marks and joiners.
const fn is_joiner(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{591}'..='\u{5c7}'
        | '\u{ad}' | '\u{200c}' | '\u{200d}')
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;
const BEGINS: u64 = 0x5bd1_e995_7b7d_159c;
const ENDS: u64 = 0x9e37_79b9_7f4a_7c15;

const fn mix(hash: u64, byte: u8) -> u64 {
    (hash ^ byte as u64).wrapping_mul(0x0100_0000_01b3)
}

/// A word on its way through the reader: its bytes and the hashes of it and of its beginnings.
struct Word {
    bytes: [u8; LONGEST_WORD],
    len: usize,
    letters: usize,
    hash: u64,
    beginnings: [u64; LONGEST_BEGINNING],
}

impl Word {
    fn new() -> Self {
        Self {
            bytes: [0; LONGEST_WORD],
            len: 0,
            letters: 0,
            hash: SEED,
            beginnings: [0; LONGEST_BEGINNING],
        }
    }

    fn clear(&mut self) {
        (self.len, self.letters, self.hash) = (0, 0, SEED);
    }

    fn push(&mut self, c: char) {
        let mut utf8 = [0; 4];
        for byte in c.encode_utf8(&mut utf8).bytes() {
            self.byte(byte);
        }
        self.letter();
    }

    fn push_ascii(&mut self, byte: u8) {
        self.byte(byte);
        self.letter();
    }

    fn byte(&mut self, byte: u8) {
        self.hash = mix(self.hash, byte);
        if let Some(slot) = self.bytes.get_mut(self.len) {
            *slot = byte;
        }
        self.len += 1;
    }

    fn letter(&mut self) {
        if let Some(slot) = self.beginnings.get_mut(self.letters) {
            *slot = self.hash;
        }
        self.letters += 1;
    }
}

/// The hash of a whole word.
fn hash_of(word: &str) -> u64 {
    word.bytes().fold(SEED, mix)
}
