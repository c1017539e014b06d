//! Responsible for cutting text into tokens in one pass, with one lexicon look-up a token.

use super::chars::{self, ALNUM, DIGIT, LETTER, LOWER, SPACE, UNSPACED, UPPER, WORDY};
pub use super::chars::{digit_value, is_dash, is_digit, is_mark, is_unspaced};
use super::fold::{CaseRule, fold_into, is_folded};
use super::lexicon::{Lexicon, word_hash};
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
        to,
        rules,
        lexicon,
        out,
        folded: String::new(),
    };
    cutter.run(from);
    look_up(text, rules, lexicon, &mut out[first..]);
}

/// Gives tokens their words and classes. The cutter leaves a word's key in `classes`, and whether it
/// may have a known ending or beginning in `word`: look-ups that stand together wait for memory
/// together.
fn look_up(text: &str, rules: &TokenRules, lexicon: &Lexicon, tokens: &mut [Token]) {
    let mut folded = String::new();
    for token in &mut *tokens {
        token.word = match lexicon.id_of_key(token.classes) {
            Some(id) => id,
            None if token.word == UNKNOWN => UNKNOWN,
            None => {
                folded.clear();
                fold_into(token.span().of(text), rules.case, &mut folded);
                lexicon.by_affix(&folded)
            }
        };
    }
    for token in tokens {
        token.classes = lexicon.classes(token.word);
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

/// No enclitic is longer, in bytes: a word of a thousand hyphens is read once.
const ENCLITIC: usize = 64;

struct Cutter<'a> {
    text: &'a str,
    to: usize,
    rules: &'a TokenRules,
    lexicon: &'a Lexicon,
    out: &'a mut Vec<Token>,
    folded: String,
}

impl Cutter<'_> {
    fn run(&mut self, from: usize) {
        let (mut at, mut spaced, mut line) = (from, true, true);
        while let Some(c) = self.char_at(at) {
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
                self.unspaced(at, flags)
            } else if kind & WORDY != 0 {
                self.word(at, flags)
            } else {
                self.sign(at, c, flags)
            };
        }
    }

    fn char_at(&self, at: usize) -> Option<char> {
        if at >= self.to {
            return None;
        }
        match self.text.as_bytes().get(at) {
            Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
            _ => self.text.get(at..)?.chars().next(),
        }
    }

    /// A number: digits, with one separator at a time between digits.
    fn number(&mut self, start: usize, flags: u8) -> usize {
        let mut at = start;
        while let Some(c) = self.char_at(at) {
            let next = at + c.len_utf8();
            let inner = matches!(
                c,
                '.' | ',' | ':' | '\'' | '\u{2019}' | '٫' | '٬' | '\u{ff0e}' | '\u{ff0c}'
            );
            if is_digit(c) || (inner && self.char_at(next).is_some_and(is_digit)) {
                at = next;
            } else {
                break;
            }
        }
        self.push(start, at, TokenKind::Number, flags | Token::DIGIT);
        at
    }

    /// A run of a script without spaces: the longest lexicon word, else one character.
    fn unspaced(&mut self, start: usize, flags: u8) -> usize {
        let mut run = start;
        let limit = start + self.lexicon.longest().max(4);
        let mut ends = [0usize; 32];
        let mut count = 0;
        while let Some(c) = self.char_at(run).filter(|c| is_unspaced(*c)) {
            run += c.len_utf8();
            if run > limit || count == ends.len() {
                break;
            }
            ends[count] = run;
            count += 1;
        }
        // Foreign names and words are runs of one syllabary; any other letter may be a word.
        let foreign = ends[..count]
            .iter()
            .take_while(|end| self.ends_with_katakana(**end));
        let first = foreign.last().map_or(ends[0], |end| *end).max(start + 1);
        if count > 1 && !self.lexicon.may_begin_with(&self.text[start..ends[1]]) {
            count = 1;
        }
        let end = ends[..count]
            .iter()
            .rev()
            .copied()
            .find(|end| self.lexicon.exact(&self.text[start..*end]).is_some())
            .unwrap_or(first);
        self.push(start, end, TokenKind::Word, flags);
        end
    }

    /// Whether the letter that ends before `at` belongs to the syllabary of foreign words.
    fn ends_with_katakana(&self, at: usize) -> bool {
        self.text[..at].chars().next_back().is_some_and(is_katakana)
    }

    fn word(&mut self, start: usize, flags: u8) -> usize {
        let mut at = start;
        let (mut has_apostrophe, mut has_hyphen, mut digit) = (false, false, 0);
        let mut before = ' ';
        let bytes = &self.text.as_bytes()[..self.to];
        loop {
            let letters = bytes[at..].iter().take_while(|b| b.is_ascii_alphabetic());
            let run = letters.count();
            if run > 0 {
                at += run;
                before = char::from(bytes[at - 1]);
            }
            let Some(c) = self.char_at(at) else {
                break;
            };
            let next = at + c.len_utf8();
            let kind = chars::flags(c);
            if kind & (WORDY | UNSPACED) == WORDY {
                if kind & DIGIT != 0 {
                    digit = Token::DIGIT;
                }
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
            before = c;
            at = next;
        }
        if at == start {
            at = start + self.char_at(start).map_or(1, char::len_utf8);
        }
        let mut flags = flags | digit;
        let mut from = start;
        if has_apostrophe && !self.rules.elisions.is_empty() {
            while let Some(cut) = self.elision(from, at) {
                self.push(from, cut, TokenKind::Word, flags);
                flags &= !(Token::SPACED | Token::LINE_START);
                from = cut;
            }
        }
        let mut end = at;
        if (has_apostrophe || has_hyphen) && !self.rules.enclitics.is_empty() {
            end = self.enclitic(from, at);
        }
        self.push(from, end, TokenKind::Word, flags);
        if end < at {
            self.push(
                end,
                at,
                TokenKind::Word,
                flags & !(Token::SPACED | Token::LINE_START),
            );
        }
        at
    }

    /// Whether digits with a decimal part or a percent sign follow.
    fn is_quantity(&self, at: usize) -> bool {
        let rest = self.text.as_bytes().get(at..self.to).unwrap_or_default();
        let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
        match rest.get(digits) {
            Some(b'%') => true,
            Some(b'.' | b',') => rest.get(digits + 1).is_some_and(u8::is_ascii_digit),
            _ => false,
        }
    }

    /// Whether one to four small letters and then no letter follow.
    fn is_case_ending(&self, at: usize) -> bool {
        let rest = self.text.get(at..self.to).unwrap_or("");
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
        let kind = if is_mark(c) || low {
            TokenKind::Mark
        } else if is_dash(c) {
            TokenKind::Dash
        } else if matches!(c, '.' | '…') {
            while self.char_at(end) == Some('.') {
                end += 1;
            }
            TokenKind::Punct
        } else if is_punctuation(c) {
            TokenKind::Punct
        } else {
            TokenKind::Symbol
        };
        self.push(at, end, kind, flags);
        end
    }

    fn push(&mut self, start: usize, end: usize, kind: TokenKind, flags: u8) {
        let piece = &self.text[start..end];
        let folded = if is_folded(piece, self.rules.case) {
            piece
        } else {
            self.folded.clear();
            fold_into(piece, self.rules.case, &mut self.folded);
            &self.folded
        };
        let key = word_hash(folded);
        #[allow(clippy::cast_possible_truncation)]
        let hash = (key >> 20) as u32;
        let flags = flags
            | if kind == TokenKind::Word {
                case_flags(piece)
            } else {
                0
            };
        self.out.push(Token {
            start: start as u32,
            end: end as u32,
            word: WordId::from(self.lexicon.may_have_affix(folded)),
            classes: key,
            hash,
            kind,
            flags,
        });
    }
}

/// What the capitals of a word say, from one look at its letters.
fn case_flags(word: &str) -> u8 {
    if word.bytes().all(|b| b.is_ascii_lowercase()) {
        return 0;
    }
    let (mut first, mut letters, mut capitals) = (0, 0u32, 0u32);
    for c in word.chars() {
        let flags = chars::flags(c);
        if flags & LETTER != 0 {
            if letters == 0 {
                first = flags;
            }
            letters += 1;
            capitals += u32::from(flags & UPPER != 0);
        }
    }
    match first {
        _ if letters == 0 => 0,
        _ if first & UPPER != 0 && letters > 1 && capitals == letters => {
            Token::CAPITAL | Token::ALL_CAPS
        }
        _ if first & UPPER != 0 => Token::CAPITAL,
        _ if first & LOWER != 0 => 0,
        _ => Token::CASELESS,
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
