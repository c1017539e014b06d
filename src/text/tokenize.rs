//! Responsible for cutting text into tokens and looking each word up in the lexicon, once.

use super::ascii::letters_at;
use super::chars::{self, ALNUM, DIGIT, INNER, LETTER, SPACE, STEADY, UNSPACED, WORDY, char_at};
pub use super::chars::{digit_value, is_dash, is_digit, is_mark, is_unspaced};
use super::fold::{CaseRule, fold_into};
use super::lexicon::{Lexicon, word_hash};
use super::shape::Shape;
use super::token::{Token, TokenKind, UNKNOWN, WordId};

/// What a language asks of the tokenizer.
#[derive(Debug, Clone, Default)]
pub struct TokenRules {
    /// How the two letters i fold.
    pub case: CaseRule,
    /// Folded beginnings that are words of their own (`l'`), each ending in an apostrophe.
    pub elisions: Vec<String>,
    /// Folded endings that are words of their own (`-t-il`, `'s`).
    pub enclitics: Vec<String>,
}

/// Cuts `text[from..to]` into tokens and appends them to `out`; offsets are bytes of `text`.
pub fn tokenize(
    text: &str,
    from: usize,
    to: usize,
    rules: &TokenRules,
    lexicon: &Lexicon,
    out: &mut Vec<Token>,
) {
    let first = out.len();
    let mut cutter = Cutter {
        text,
        bytes: text.as_bytes().get(..to).unwrap_or(&[]),
        rules,
        lexicon,
        out,
        folded: String::new(),
    };
    cutter.run(from);
    look_up(text, rules, lexicon, &mut out[first..]);
}

/// What the cutter leaves in a token's `word`: it may have a known ending or beginning …
const MAY_HAVE_AFFIX: WordId = 1;
/// … and is its own folded form.
const FOLDED: WordId = 2;

/// Gives tokens their words and classes. The cutter leaves a word's key in `classes`: look-ups that
/// stand together wait for memory together.
fn look_up(text: &str, rules: &TokenRules, lexicon: &Lexicon, tokens: &mut [Token]) {
    let mut folded = String::new();
    for token in &mut *tokens {
        token.word = match lexicon.id_of_key(token.classes) {
            Some(id) => id,
            None if token.word & MAY_HAVE_AFFIX == 0 => UNKNOWN,
            None if token.word & FOLDED != 0 => lexicon.by_affix(token.span().of(text)),
            None => {
                folded.clear();
                fold_into(token.span().of(text), rules.case, &mut folded);
                lexicon.by_affix(&folded)
            }
        };
    }
    for token in tokens {
        let (classes, starts) = lexicon.looks(token.word);
        token.classes = classes;
        token.flags |= if starts { Token::STARTS } else { 0 };
    }
}

/// Letters, digits and everything that may stand inside a word.
#[inline]
fn is_wordy(c: char) -> bool {
    chars::flags(c) & WORDY != 0
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2bc}' | '\u{2018}' | '\u{ff07}')
}

/// A letter of the syllabary that foreign words are written in, with its mark of length.
const fn is_katakana(c: char) -> bool {
    matches!(c, '\u{30a1}'..='\u{30fa}' | 'ー')
}

fn is_gershayim(c: char) -> bool {
    matches!(c, '"' | '\u{5f4}' | '\u{5f3}')
}

const fn is_hebrew(c: char) -> bool {
    matches!(c, '\u{5d0}'..='\u{5ea}')
}

/// How many characters of a script without spaces are looked at for one word.
const LONGEST_RUN: usize = 32;

/// No enclitic is longer, in bytes: a word of a thousand hyphens is read once.
const ENCLITIC: usize = 64;

struct Cutter<'a> {
    text: &'a str,
    /// The bytes up to the end.
    bytes: &'a [u8],
    rules: &'a TokenRules,
    lexicon: &'a Lexicon,
    out: &'a mut Vec<Token>,
    folded: String,
}

impl Cutter<'_> {
    fn run(&mut self, from: usize) {
        let (mut at, mut spaced, mut line) = (from, true, true);
        while let Some(c) = char_at(self.bytes, at) {
            let kind = chars::flags(c);
            if kind & SPACE != 0 {
                line |= matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}');
                spaced = true;
                at += c.len_utf8();
                continue;
            }
            let flags =
                if spaced { Token::SPACED } else { 0 } | if line { Token::LINE_START } else { 0 };
            (spaced, line) = (false, false);
            at = if kind & DIGIT != 0 {
                self.number(at, flags)
            } else if kind & (UNSPACED | ALNUM) == UNSPACED | ALNUM {
                self.unspaced(at, c, flags)
            } else if kind & WORDY != 0 {
                self.word(at, flags)
            } else {
                self.sign(at, c, flags)
            };
        }
    }

    fn char_at(&self, at: usize) -> Option<char> {
        char_at(self.bytes, at)
    }

    /// A number: digits, with one separator at a time between digits.
    fn number(&mut self, start: usize, flags: u8) -> usize {
        let mut at = start;
        let mut is_folded = true;
        while let Some(c) = self.char_at(at) {
            let next = at + c.len_utf8();
            let kind = chars::flags(c);
            let inner = || {
                matches!(
                    c,
                    '.' | ',' | ':' | '\'' | '\u{2019}' | '٫' | '٬' | '\u{ff0e}' | '\u{ff0c}'
                )
            };
            if kind & DIGIT != 0 || (inner() && self.char_at(next).is_some_and(is_digit)) {
                is_folded &= kind & STEADY != 0;
                at = next;
            } else {
                break;
            }
        }
        let flags = flags | Token::DIGIT;
        self.push(start, at, TokenKind::Number, flags, is_folded);
        at
    }

    /// A run of a script without spaces: the longest lexicon word, else one character.
    fn unspaced(&mut self, start: usize, first: char, flags: u8) -> usize {
        let limit = start + self.lexicon.longest().max(4);
        let one = start + first.len_utf8();
        // Foreign names and words are runs of one syllabary; any other letter may be a word.
        let whole = if is_katakana(first) {
            self.foreign(start, limit)
        } else {
            one
        };
        let is_word = |end: &usize| self.lexicon.exact(&self.text[start..*end]).is_some();
        let end = self
            .longest_listed(start, one, limit)
            .or_else(|| Some(one).filter(|one| whole > *one && is_word(one)))
            .unwrap_or(whole);
        self.push_word(start, end, flags);
        end
    }

    /// The end of the run of letters for foreign words that begins at `start`.
    fn foreign(&self, start: usize, limit: usize) -> usize {
        let mut end = start;
        for _ in 0..LONGEST_RUN {
            match self.char_at(end).filter(|c| is_katakana(*c)) {
                Some(c) if end + c.len_utf8() <= limit => end += c.len_utf8(),
                _ => break,
            }
        }
        end
    }

    /// The end of the longest lexicon word of two characters or more that begins at `start`.
    fn longest_listed(&self, start: usize, one: usize, limit: usize) -> Option<usize> {
        let next = |at: usize| {
            let c = self.char_at(at).filter(|c| is_unspaced(*c))?;
            Some(at + c.len_utf8()).filter(|end| *end <= limit)
        };
        let two = next(one)?;
        let lengths = self.lexicon.lengths_from(&self.text[start..two]);
        let mut longest = lengths.checked_ilog2()?;
        let mut ends = [two; LONGEST_RUN + 1];
        let mut count = 2;
        while count < LONGEST_RUN.min(longest as usize)
            && let Some(end) = next(ends[count])
        {
            count += 1;
            ends[count] = end;
        }
        longest = longest.min(count as u32);
        (2..=longest)
            .rev()
            .filter(|n| lengths & 1 << n != 0)
            .map(|n| ends[n as usize])
            .find(|end| self.lexicon.exact(&self.text[start..*end]).is_some())
    }

    fn word(&mut self, start: usize, flags: u8) -> usize {
        let bytes = self.bytes;
        let mut at = start;
        let mut shape = Shape::NONE;
        let (mut has_apostrophe, mut has_hyphen, mut digit) = (false, false, 0);
        let mut before = ' ';
        loop {
            if let Some(first) = bytes.get(at).filter(|b| b.is_ascii_alphabetic()) {
                let run = letters_at(bytes, at);
                shape.take_run(run, *first);
                at += run.len;
                before = char::from(bytes[at - 1]);
            }
            let Some(c) = char_at(bytes, at) else {
                break;
            };
            let next = at + c.len_utf8();
            let kind = chars::flags(c);
            if kind & (WORDY | UNSPACED) == WORDY {
                if kind & DIGIT != 0 {
                    digit = Token::DIGIT;
                }
            } else if kind & INNER == 0 {
                break;
            } else if is_apostrophe(c)
                && self
                    .char_at(next)
                    .is_some_and(|c| chars::flags(c) & LETTER != 0)
            {
                has_apostrophe = true;
            } else if is_hyphen(c)
                && self.char_at(next).is_some_and(|c| {
                    // A prefix before a number: ל-7.5, Maltese is-7.5%.
                    let number = is_digit(c) && (is_hebrew(before) || self.is_quantity(next));
                    is_wordy(c) && !is_unspaced(c) && !number
                })
            {
                has_hyphen = true;
            } else if c == ':' && chars::flags(before) & LETTER != 0 && self.is_case_ending(next) {
                // "EU:n", "SKR:s": an ending behind a colon belongs to the word.
            } else if !(is_gershayim(c)
                && is_hebrew(before)
                && self.char_at(next).is_some_and(is_hebrew))
            {
                break;
            }
            shape.take(kind);
            before = c;
            at = next;
        }
        if at == start {
            at = start + self.char_at(start).map_or(1, char::len_utf8);
            shape = Shape::of(&self.text[start..at]);
        }
        let flags = flags | digit;
        let cuts = has_apostrophe && !self.rules.elisions.is_empty()
            || (has_apostrophe || has_hyphen) && !self.rules.enclitics.is_empty();
        if cuts {
            self.push_pieces(start, at, flags, has_apostrophe);
        } else {
            let flags = flags | shape.case();
            self.push(start, at, TokenKind::Word, flags, shape.is_folded());
        }
        at
    }

    /// A word and what is elided before it or leans on it.
    fn push_pieces(&mut self, start: usize, to: usize, flags: u8, has_apostrophe: bool) {
        let inside = flags & !(Token::SPACED | Token::LINE_START);
        let (mut from, mut flags) = (start, flags);
        while has_apostrophe && let Some(cut) = self.elision(from, to) {
            self.push_word(from, cut, flags);
            flags = inside;
            from = cut;
        }
        let end = self.enclitic(from, to);
        self.push_word(from, end, flags);
        if end < to {
            self.push_word(end, to, inside);
        }
    }

    /// Whether digits with a decimal part or a percent sign follow.
    fn is_quantity(&self, at: usize) -> bool {
        let rest = self.bytes.get(at..).unwrap_or_default();
        let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
        match rest.get(digits) {
            Some(b'%') => true,
            Some(b'.' | b',') => rest.get(digits + 1).is_some_and(u8::is_ascii_digit),
            _ => false,
        }
    }

    /// Whether one to four small letters and then no letter follow.
    fn is_case_ending(&self, at: usize) -> bool {
        let rest = self.text.get(at..self.bytes.len()).unwrap_or("");
        let small = rest.chars().take(5);
        let letters = small.take_while(|c| chars::is_lowercase(*c)).count();
        (1..=4).contains(&letters)
            && !rest
                .chars()
                .nth(letters)
                .is_some_and(|c| chars::is_alphanumeric(c) || is_mark(c))
    }

    /// The end of an elided word at the beginning of `text[from..to]`.
    fn elision(&mut self, from: usize, to: usize) -> Option<usize> {
        let piece = &self.text[from..to];
        let at = piece
            .char_indices()
            .find(|(_, c)| is_apostrophe(*c))
            .map(|(i, c)| i + c.len_utf8())?;
        self.folded.clear();
        fold_into(&piece[..at], self.rules.case, &mut self.folded);
        let known = from + at < to && self.rules.elisions.contains(&self.folded);
        known.then_some(from + at)
    }

    /// Where the longest enclitic of `text[from..to]` begins, or `to`.
    fn enclitic(&mut self, from: usize, to: usize) -> usize {
        let piece = &self.text[from..to];
        for (i, c) in piece.char_indices().skip(1) {
            if piece.len() - i <= ENCLITIC && (is_apostrophe(c) || is_hyphen(c)) {
                self.folded.clear();
                fold_into(&piece[i..], self.rules.case, &mut self.folded);
                if self.rules.enclitics.contains(&self.folded) {
                    return from + i;
                }
            }
        }
        to
    }

    fn sign(&mut self, at: usize, c: char, flags: u8) -> usize {
        let mut end = at + c.len_utf8();
        // Two commas are a low opening mark on many keyboards: ,,Ja".
        let low = c == ','
            && self.char_at(end) == Some(',')
            && self.char_at(end + 1).is_some_and(chars::is_alphanumeric);
        if low {
            end += 1;
        }
        let kind = if low { TokenKind::Mark } else { sign_kind(c) };
        if matches!(c, '.' | '…') {
            while self.char_at(end) == Some('.') {
                end += 1;
            }
        }
        let is_folded = if c.is_ascii() {
            c != '`' || self.rules.case == CaseRule::Plain
        } else {
            chars::flags(c) & STEADY != 0
        };
        self.push(at, end, kind, flags, is_folded);
        end
    }

    fn push_word(&mut self, start: usize, end: usize, flags: u8) {
        let shape = Shape::of(&self.text[start..end]);
        let flags = flags | shape.case();
        self.push(start, end, TokenKind::Word, flags, shape.is_folded());
    }

    #[inline]
    fn push(&mut self, start: usize, end: usize, kind: TokenKind, flags: u8, is_folded: bool) {
        let piece = &self.text[start..end];
        let folded = if is_folded {
            piece
        } else {
            self.folded.clear();
            fold_into(piece, self.rules.case, &mut self.folded);
            &self.folded
        };
        let key = word_hash(folded);
        let may_have_affix = self.lexicon.may_have_affix(folded);
        self.out.push(Token {
            start: start as u32,
            end: end as u32,
            word: if may_have_affix { MAY_HAVE_AFFIX } else { 0 }
                | if is_folded { FOLDED } else { 0 },
            classes: key,
            hash: (key >> 20) as u32,
            kind,
            flags,
        });
    }
}

/// What a sign is.
fn sign_kind(c: char) -> TokenKind {
    if matches!(c, ',' | '.' | '…') {
        TokenKind::Punct
    } else if is_mark(c) {
        TokenKind::Mark
    } else if is_dash(c) {
        TokenKind::Dash
    } else if is_punctuation(c) {
        TokenKind::Punct
    } else {
        TokenKind::Symbol
    }
}

const fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

fn is_punctuation(c: char) -> bool {
    matches!(c, '!'..='#' | '%'..='*' | ',' | '.' | '/' | ':' | ';' | '?' | '@' | '[' | ']' | '\\' | '{' | '}'
        | '¡' | '¿' | '·' | '\u{2022}' | '…' | '‰' | '\u{55a}'..='\u{55f}' | '\u{589}' | '\u{37e}' | '\u{387}'
        | '،' | '؛' | '؟' | '٪' | '۔' | '।' | '॥' | '、' | '。' | '・' | '！' | '，' | '．' | '：' | '；' | '？' | '（' | '）'
        | '【' | '】' | '〔' | '〕' | '％')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, rules: &TokenRules) -> Vec<String> {
        let mut tokens = Vec::new();
        tokenize(text, 0, text.len(), rules, &Lexicon::new(), &mut tokens);
        tokens
            .iter()
            .map(|t| text[t.start as usize..t.end as usize].to_owned())
            .collect()
    }

    #[test]
    fn words_numbers_marks_and_dashes() {
        let plain = TokenRules::default();
        assert_eq!(
            cut("– Nej, sa Karl-Erik: \"2,5 procent\".", &plain),
            [
                "–",
                "Nej",
                ",",
                "sa",
                "Karl-Erik",
                ":",
                "\"",
                "2,5",
                "procent",
                "\"",
                "."
            ]
        );
        assert_eq!(
            cut("54-årig 1.200,50 10:30.", &plain),
            ["54", "-", "årig", "1.200,50", "10:30", "."]
        );
        assert_eq!(
            cut("l’homme don’t ‘yes’", &plain),
            ["l’homme", "don’t", "‘", "yes", "’"]
        );
    }

    #[test]
    fn elisions_and_enclitics_are_words_of_their_own() {
        let rules = TokenRules {
            elisions: vec!["l'".into(), "qu'".into()],
            enclitics: vec!["-t-il".into(), "'s".into()],
            ..TokenRules::default()
        };
        assert_eq!(
            cut("qu’a-t-il dit l'homme Bob's", &rules),
            ["qu’", "a", "-t-il", "dit", "l'", "homme", "Bob", "'s"]
        );
    }
}
