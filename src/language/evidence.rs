//! Responsible for what single words and letters say about the language of a text.
//!
//! A language is known by its frequent words in the order of their frequency (`stopwords.txt` of
//! its pack, or `language/words/`), by its letters (`letters.txt`) and by the beginnings and
//! endings of its words (`marks.txt`). A word at rank r of a list speaks for the language as
//! strongly as Zipf's law makes the word more frequent there than anywhere else: the bits of
//! evidence fall with the logarithm of the rank. All scores are integers, [`BIT`] to the bit.

mod affixes;
mod forms;
mod lists;
mod word;

use std::hash::Hasher;

use affixes::Affixes;
use forms::Forms;
use rustc_hash::FxHasher;
use word::Word;

use super::script::Script;
use crate::text::ascii::letters_at;
use crate::text::chars::{self, char_at};

/// One bit of evidence.
pub(super) const BIT: i32 = 16;

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

/// A candidate that something speaks for, and how strongly.
type Vote = (u8, i16);

/// All that is known of languages.
#[derive(Debug)]
pub(super) struct Evidence {
    pub(super) candidates: Vec<Candidate>,
    /// Whole words.
    words: Forms,
    /// Beginnings and endings.
    affixes: Affixes,
    letters: Letters,
    /// The candidates of each script, with their priors.
    of_script: Vec<Vec<(u8, i32)>>,
    /// The languages of scripts that have only one.
    by_script: [Option<u8>; Script::COUNT],
}

/// The votes of single letters, by code point.
#[derive(Debug, Default)]
struct Letters {
    /// Where a letter's votes stand, 0 for none.
    places: Vec<u16>,
    votes: Vec<Vec<Vote>>,
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
    fn votes(&self, letter: char) -> &[Vote] {
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
            self.votes.push(Vec::new());
        }
        if self.places[code] == 0 {
            self.places[code] = self.votes.len() as u16;
            self.votes.push(Vec::new());
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
    /// Evidence for each candidate; there are no more than a byte can number.
    pub(super) votes: Box<[i32; 256]>,
    /// Letters by script, weighted.
    pub(super) scripts: [u32; Script::COUNT],
    /// Words read.
    pub(super) words: u32,
}

impl Tally {
    /// An empty one.
    pub(super) fn new() -> Self {
        Self {
            votes: Box::new([0; 256]),
            scripts: [0; Script::COUNT],
            words: 0,
        }
    }

    /// Adds what another piece says.
    pub(super) fn add(&mut self, other: &Self) {
        for (own, more) in self.votes.iter_mut().zip(other.votes.iter()) {
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

    /// Adds to `tally` what `text` says. Web addresses and tags say nothing.
    pub(super) fn read(&self, text: &str, tally: &mut Tally) {
        let bytes = text.as_bytes();
        let mut word = Word::new();
        let mut latin = 0;
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            if byte.is_ascii_alphabetic() {
                let run = letters_at(bytes, at).len;
                word.push_letters(bytes, at, run);
                latin += run as u32;
                at += run;
            } else if byte.is_ascii() {
                at += 1;
                match byte {
                    b'\'' => self.close_at_apostrophe(&mut word, char_at(bytes, at), tally),
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
                let Some(c) = char_at(bytes, at) else {
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
                    self.close_at_apostrophe(&mut word, char_at(bytes, at), tally);
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
    fn close_at_apostrophe(&self, word: &mut Word, next: Option<char>, tally: &mut Tally) {
        if !word.is_empty() && next.is_some_and(chars::is_alphabetic) {
            word.push('\'');
        }
        self.close(word, tally);
    }

    /// Counts a finished word.
    #[inline]
    fn close(&self, word: &mut Word, tally: &mut Tally) {
        if word.is_empty() {
            return;
        }
        tally.words += 1;
        let whole = word.whole();
        match whole.and_then(|bytes| self.words.votes(hash_of(bytes))) {
            Some(votes) => cast(votes, tally),
            None => self.affixes.each(word, |votes| cast(votes, tally)),
        }
        word.clear();
    }

    /// The best candidate, if any.
    pub(super) fn best(&self, tally: &Tally) -> Option<usize> {
        let script = tally.main_script()?;
        if let Some(only) = self.by_script[script as usize] {
            return Some(only as usize);
        }
        self.of_script[script as usize]
            .iter()
            .max_by_key(|(at, prior)| order(tally.votes[*at as usize] - prior, *at))
            .map(|(at, _)| *at as usize)
    }

    /// The candidates that fit the main script, the best first, with their evidence.
    pub(super) fn ranking(&self, tally: &Tally) -> Vec<(usize, i32)> {
        let Some(script) = tally.main_script() else {
            return Vec::new();
        };
        if let Some(only) = self.by_script[script as usize] {
            return vec![(only as usize, i32::MAX / 2)];
        }
        let mut all: Vec<i64> = self.of_script[script as usize]
            .iter()
            .map(|(at, prior)| order(tally.votes[*at as usize] - prior, *at))
            .collect();
        all.sort_unstable_by(|a, b| b.cmp(a));
        let rows = all.iter().map(|key| {
            let at = u8::MAX - key.to_le_bytes()[0];
            (at as usize, (key >> 8) as i32)
        });
        rows.collect()
    }
}

/// A key that is greater for more votes, and among equal votes for the earlier candidate.
fn order(votes: i32, at: u8) -> i64 {
    i64::from(votes) << 8 | i64::from(u8::MAX - at)
}

#[inline]
fn cast(votes: &[Vote], tally: &mut Tally) {
    for (at, bits) in votes {
        tally.votes[*at as usize] += i32::from(*bits);
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

/// The hash of a word or a part of one, in small letters.
#[inline]
fn hash_of(bytes: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(bytes);
    hasher.finish()
}
