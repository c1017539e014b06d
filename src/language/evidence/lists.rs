//! Responsible for reading the lists of words, letters, beginnings and endings into evidence.

use rustc_hash::FxHashMap;

use super::affixes::{Reading, Side};
use super::forms::{Forms, Row};
use super::{BIT, Candidate, Evidence, Letters, hash_of, is_apostrophe};
use crate::language::script::Script;
use crate::pack::source::{Files, word_lines};
use crate::text::chars;

/// The first word of a list speaks with so many bits …
const FIRST_WORD: f64 = 13.5;
/// … and each doubling of the rank takes so many away.
const RANK_SLOPE: f64 = 0.8;
/// A listed word that is not among the frequent ones.
const HINT: i32 = 6 * BIT;
/// A letter of the language's own alphabet.
const LETTER: i32 = 3 * BIT;
/// An ending: a part of a bit, and so much more for each of its letters.
const ENDING: (i32, i32) = (BIT / 2, BIT / 2);
/// A beginning, likewise.
const BEGINNING: (i32, i32) = (BIT / 2, BIT * 4 / 5);
/// Letters of an affix that count.
const AFFIX_LETTERS: usize = 5;

impl Evidence {
    /// Reads all lists.
    pub(in crate::language) fn new(files: &Files, in_whatlang: &[String]) -> Self {
        let mut builder = Builder::default();
        for path in files.paths_under("lang/") {
            let code = path
                .strip_prefix("lang/")
                .and_then(|p| p.strip_suffix("/stopwords.txt"));
            if let Some(code) = code.filter(|c| *c != "shared") {
                builder.words(code, files.get(path).unwrap_or_default());
            }
        }
        for path in files.paths_under("language/words/") {
            let code = path
                .strip_prefix("language/words/")
                .and_then(|p| p.strip_suffix(".txt"));
            if let Some(code) = code {
                builder.words(code, files.get(path).unwrap_or_default());
            }
        }
        let rows = |path: &str| {
            word_lines(files.get(path).unwrap_or_default())
                .map(|l| l.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
                .collect::<Vec<_>>()
        };
        for row in rows("language/scripts.txt") {
            if let [script, code, ..] = row.as_slice()
                && let Some(script) = Script::from_code(script)
            {
                builder.script(script, code);
            }
        }
        for row in rows("language/letters.txt") {
            builder.letters(&row);
        }
        for row in rows("language/marks.txt") {
            builder.marks(&row);
        }
        for row in rows("language/priors.txt") {
            if let [code, bits] = row.as_slice() {
                let at = builder.candidate(code);
                builder.candidates[at as usize].prior = bits.parse::<i32>().unwrap_or(0) * BIT;
            }
        }
        for (n, row) in (0..).zip(rows("language/groups.txt")) {
            for code in &row {
                let at = builder.candidate(code);
                builder.candidates[at as usize].group = Some(n);
            }
        }
        for candidate in &mut builder.candidates {
            candidate.in_whatlang = in_whatlang.contains(&candidate.code);
        }
        builder.finish()
    }
}

#[derive(Default)]
struct Builder {
    candidates: Vec<Candidate>,
    words: Vec<Row>,
    affixes: Reading,
    letters: Letters,
    by_script: [Option<u8>; Script::COUNT],
}

impl Builder {
    fn candidate(&mut self, code: &str) -> u8 {
        let at = self.candidates.iter().position(|c| c.code == code);
        let at = at.unwrap_or_else(|| {
            self.candidates.push(Candidate {
                code: code.to_owned(),
                scripts: 0,
                prior: 0,
                group: None,
                in_whatlang: false,
            });
            self.candidates.len() - 1
        });
        u8::try_from(at).unwrap_or(u8::MAX)
    }

    fn script(&mut self, script: Script, code: &str) {
        let at = self.candidate(code);
        self.candidates[at as usize].scripts |= 1 << script as u32;
        self.by_script[script as usize] = Some(at);
    }

    /// The frequent words of a language, the most frequent first, each script counted on its own.
    #[allow(clippy::cast_possible_truncation)]
    fn words(&mut self, code: &str, list: &str) {
        let at = self.candidate(code);
        let mut ranks = [0u32; Script::COUNT];
        for form in word_lines(list) {
            let Some((hash, script)) = whole_word(form) else {
                continue;
            };
            self.candidates[at as usize].scripts |= 1 << script as u32;
            let rank = &mut ranks[script as usize];
            let bits = FIRST_WORD - RANK_SLOPE * f64::from(*rank + 2).log2();
            self.vote(hash, at, (bits * f64::from(BIT)).round() as i32);
            *rank += 1;
        }
    }

    fn letters(&mut self, row: &[String]) {
        let Some((code, rest)) = row.split_first() else {
            return;
        };
        let at = self.candidate(code);
        for letter in rest
            .iter()
            .flat_map(|s| s.chars())
            .filter(|c| !c.is_ascii())
        {
            self.letters.vote(letter, at, LETTER);
        }
    }

    /// The words, beginnings and endings of a row. Of the endings that a word has only the longest
    /// counts, so each brings what it adds to the ones inside it; beginnings likewise.
    fn marks(&mut self, row: &[String]) {
        let Some((code, rest)) = row.split_first() else {
            return;
        };
        let at = self.candidate(code);
        let mut affixes = Vec::new();
        for form in rest {
            let small = |letters: &str| letters.to_lowercase();
            match (form.strip_prefix('*'), form.strip_suffix('*')) {
                (Some(ending), _) => affixes.push((Side::Ends, small(ending))),
                (_, Some(beginning)) => affixes.push((Side::Begins, small(beginning))),
                _ => self.vote(hash_of(small(form).as_bytes()), at, HINT),
            }
        }
        affixes.sort_by_key(|(_, letters)| letters.chars().count());
        let mut inner: FxHashMap<u64, i32> = FxHashMap::default();
        for (side, form) in affixes {
            let (base, each) = if side == Side::Ends {
                ENDING
            } else {
                BEGINNING
            };
            let letters = form.chars().count().min(AFFIX_LETTERS);
            let bits = base + each * i32::try_from(letters).unwrap_or(1);
            let inside = form.char_indices().filter_map(|(at, c)| {
                let part = match side {
                    Side::Begins => &form[..at + c.len_utf8()],
                    Side::Ends => &form[at..],
                };
                inner.get(&side.key(part.as_bytes())).copied()
            });
            let inside = inside.max().unwrap_or(0).max(0);
            inner.insert(side.key(form.as_bytes()), bits);
            if bits > inside {
                self.affixes.add(side, &form, at, strength(bits - inside));
            }
        }
    }

    fn vote(&mut self, hash: u64, at: u8, bits: i32) {
        self.words.push((hash, at, strength(bits)));
    }

    fn finish(mut self) -> Evidence {
        self.letters.know();
        let of_script = |script: Script| {
            (0..=u8::MAX)
                .zip(&self.candidates)
                .filter(|(_, c)| c.scripts & (1 << script as u32) != 0)
                .map(|(at, c)| (at, c.prior))
                .collect()
        };
        Evidence {
            of_script: Script::all().map(of_script).collect(),
            candidates: self.candidates,
            words: Forms::new(self.words),
            affixes: self.affixes.finish(),
            letters: self.letters,
            by_script: self.by_script,
        }
    }
}

/// Bits as they are kept.
fn strength(bits: i32) -> i16 {
    i16::try_from(bits).unwrap_or(i16::MAX)
}

/// The hash of a listed form as the reader cuts it, and its script: the part before an apostrophe
/// where one word follows it; `None` for phrases.
fn whole_word(form: &str) -> Option<(u64, Script)> {
    let ends = form.starts_with('*') || form.ends_with('*');
    if ends || form.bytes().any(|byte| matches!(byte, b' ' | b'-')) {
        return None;
    }
    let mut script = None;
    let mut word = String::with_capacity(form.len());
    for c in form.chars() {
        if is_apostrophe(c) {
            word.push('\'');
            break;
        }
        chars::lower(c, |c| {
            script.get_or_insert(Script::of(c));
            word.push(c);
        });
    }
    Some((hash_of(word.as_bytes()), script??))
}
