//! Responsible for cutting a block into sentences. Prefers not to cut over cutting wrongly.
//!
//! A sentence ends after a terminator and the closing marks that follow it, unless what stands
//! before (an abbreviation, an initial, an ordinal) or after (a small letter, as in the reporting
//! clause of "– Varför? undrade hon") says that it goes on. Lines are hard limits: the caller gives
//! one block at a time, and whatever ends the block ends the sentence.

mod list;
mod rules;
mod stops;
#[cfg(test)]
mod tests;

use std::ops::Range;

pub use rules::{Ending, SentenceRules};

use super::lexicon::Class;
use super::token::{Token, TokenKind};

/// How far marks and words are looked for, in tokens, so that no text takes more than linear time.
const LOOK_AROUND: usize = 200;
/// How many words a speaker before a reporting verb may have.
const LONGEST_SPEAKER: usize = 4;
/// How many tokens an attribution without spaces may have.
const LONGEST_ATTRIBUTION: usize = 16;

/// Cuts the tokens of one block (a range of `tokens`) into sentences.
pub fn sentences(
    text: &str,
    tokens: &[Token],
    block: Range<usize>,
    rules: &SentenceRules,
) -> Vec<Range<usize>> {
    let tokens = &tokens[..block.end];
    let mut cutter = Cutter {
        text,
        tokens,
        rules,
        start: block.start,
        is_quoting: [false; 2],
        key: String::new(),
    };
    let mut list = list::List::open(&cutter, block.start);
    let mut out = Vec::new();
    let mut at = block.start;
    while at < block.end {
        if at > cutter.start && list.as_mut().is_some_and(|l| l.takes(&cutter, at)) {
            out.push(cutter.start..at);
            cutter.start = at;
        }
        cutter.note_mark(at);
        let mut end = at + 1;
        if cutter.is_terminator(at) {
            while cutter.is_tail(at, end) {
                cutter.note_mark(end);
                end += 1;
            }
            if end < block.end && cutter.ends(at, end) {
                out.push(cutter.start..end);
                cutter.start = end;
            }
        }
        at = end;
    }
    if cutter.start < block.end {
        out.push(cutter.start..block.end);
    }
    out
}

struct Cutter<'a> {
    text: &'a str,
    /// All tokens up to the end of the block.
    tokens: &'a [Token],
    rules: &'a SentenceRules,
    /// The first token of the sentence at hand.
    start: usize,
    /// Whether an odd number of single and of double marks stood in the block so far.
    is_quoting: [bool; 2],
    key: String,
}

impl Cutter<'_> {
    fn word(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |t| t.span().of(self.text))
    }

    fn first_char(&self, i: usize) -> Option<char> {
        self.word(i).chars().next()
    }

    fn kind(&self, i: usize) -> Option<TokenKind> {
        self.tokens.get(i).map(|t| t.kind)
    }

    fn is_spaced(&self, i: usize) -> bool {
        self.tokens.get(i).is_none_or(Token::is_spaced)
    }

    fn is(&self, i: usize, class: Class) -> bool {
        self.tokens
            .get(i)
            .is_some_and(|t| t.classes & class.bit() != 0)
    }

    /// A sign that may end a sentence.
    fn is_terminator(&self, i: usize) -> bool {
        let Some(token) = self.tokens.get(i) else {
            return false;
        };
        if !matches!(token.kind, TokenKind::Punct | TokenKind::Symbol) {
            return false;
        }
        match self.first_char(i) {
            Some('.' | '…' | '!' | '?' | '؟' | '‼' | '⁇' | '⁈' | '⁉') => true,
            // Armenian typed without its own full stop, and the Greek question mark.
            Some(c @ (':' | ';' | '\u{37e}')) => {
                let before = self.word(i.wrapping_sub(1)).chars().last();
                before.is_some_and(|b| {
                    c == ':' && matches!(b, '\u{531}'..='\u{587}')
                        || c != ':' && matches!(b, '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}')
                }) && !token.is_spaced()
            }
            Some(c) => is_full_terminator(c) || is_emoji(c),
            None => false,
        }
    }

    /// Whether a token still belongs to the sentence whose terminator is `at`: closing marks and
    /// brackets, and more terminators.
    fn is_tail(&self, at: usize, i: usize) -> bool {
        let Some(token) = self.tokens.get(i) else {
            return false;
        };
        let piece = self.word(i);
        match token.kind {
            TokenKind::Punct | TokenKind::Symbol if self.is_terminator(i) => {
                !token.is_spaced()
                    || self.is_spaced(at)
                    || self.is_ellipsis(i) && self.is_free(i + 1)
                    || piece.chars().all(is_emoji)
            }
            // The number of a note.
            _ if self.is_note(i) => true,
            // A smiley.
            TokenKind::Punct if matches!(piece, ":" | ";") => {
                !token.is_spaced() && matches!(self.word(i + 1), ")" | "(" | "D")
            }
            TokenKind::Punct => {
                !token.is_spaced() && matches!(piece, ")" | "]" | "）" | "】" | "}")
            }
            // A closing mark may stand after a space, but then another space follows.
            TokenKind::Mark if token.is_spaced() => {
                let is_due = self.is_quoting[usize::from(!self.is_lone_single(i))]
                    && piece != "„"
                    && !self.opens_spaced(i, piece);
                // Two single marks stand for a closing double one.
                let is_pair = is_single(piece) && !self.is_lone_single(i);
                (is_due || is_pair || matches!(piece, "»" | "›"))
                    && self.is_spaced(self.after_marks(i))
            }
            TokenKind::Mark => !self.is_opening(at, piece),
            _ => false,
        }
    }

    /// « with a space on either side opens, unless a » before it in the sentence waits for it.
    fn opens_spaced(&self, i: usize, mark: &str) -> bool {
        let last = (self.start..i)
            .rev()
            .take(LOOK_AROUND)
            .map(|k| self.word(k))
            .find(|w| matches!(*w, "«" | "»"));
        mark == "«" && last != Some("»")
    }

    /// Keeps count of marks, so that one with spaces on both sides can be told to open or close; two
    /// single marks or commas may stand for a double one.
    fn note_mark(&mut self, i: usize) {
        let is_mark = match self.kind(i) {
            Some(TokenKind::Mark) => true,
            Some(TokenKind::Punct) => false,
            _ => return,
        };
        let piece = self.word(i);
        let single = is_single(piece);
        let follows = i > 0 && self.word(i - 1) == piece && !self.is_spaced(i);
        if follows && (single || piece == ",") {
            self.is_quoting[1] ^= true;
            self.is_quoting[0] ^= single;
        } else if is_mark {
            self.is_quoting[usize::from(!single)] ^= true;
        }
    }

    /// A single mark that is no half of a double one.
    fn is_lone_single(&self, i: usize) -> bool {
        is_single(self.word(i)) && (self.word(i + 1) != self.word(i) || self.is_spaced(i + 1))
    }

    /// The first token that is no mark.
    fn after_marks(&self, mut i: usize) -> usize {
        i += 1;
        while self.kind(i) == Some(TokenKind::Mark) && !self.is_spaced(i) {
            i += 1;
        }
        i
    }

    /// An ellipsis, also one that is written with spaces.
    fn is_ellipsis(&self, i: usize) -> bool {
        let is_stop = |i: usize| self.word(i) == ".";
        self.word(i).starts_with("..")
            || is_stop(i) && (is_stop(i + 1) || is_stop(i - 1) && is_stop(i.wrapping_sub(2)))
    }

    /// Whether no word is glued to the sign before a token.
    fn is_free(&self, i: usize) -> bool {
        self.is_spaced(i) || self.kind(i) == Some(TokenKind::Mark)
    }

    /// A part of the number of a note: `[12]`.
    fn is_note(&self, i: usize) -> bool {
        (i.saturating_sub(2)..=i).any(|from| {
            self.word(from) == "["
                && self.kind(from + 1) == Some(TokenKind::Number)
                && self.word(from + 2) == "]"
        })
    }

    /// Without spaces between sentences a mark after a terminator may as well open the next.
    fn is_opening(&self, at: usize, mark: &str) -> bool {
        let full = self.first_char(at).is_some_and(is_full_terminator);
        matches!(mark, "「" | "『" | "《" | "〈") || full && matches!(mark, "“" | "‘" | "«")
    }

    /// `[…]`, for words that are left out.
    fn is_bracketed(&self, i: usize) -> bool {
        i > self.start && matches!(self.word(i - 1), "[" | "(")
    }

    /// A title that is open at `at`: 《…！…》.
    fn is_in_title(&self, at: usize) -> bool {
        let marks = (self.start..at)
            .rev()
            .take(LOOK_AROUND)
            .map(|i| self.word(i));
        marks.take_while(|w| *w != "》").any(|w| w == "《")
    }

    /// Angle marks that the sentence opened and has not closed.
    fn is_in_speech(&self, at: usize) -> bool {
        let mut marks = (self.start..at)
            .rev()
            .take(LOOK_AROUND)
            .map(|i| self.word(i))
            .filter(|w| matches!(*w, "«" | "»"));
        marks.next() == Some("«")
    }

    /// Whether the sentence ends after the terminator `at`, whose tail ends before `next`.
    fn ends(&mut self, at: usize, next: usize) -> bool {
        let full = self.first_char(at).is_some_and(is_full_terminator);
        let opens = self.opening(next);
        if !full && !self.is_spaced(next) && !self.is_glued_start(at, next) {
            return false;
        }
        if !self.has_words(at) || matches!(self.word(next), "," | ";" | ":" | ")") {
            return false;
        }
        // A full stop that stands alone after the marks is still to come.
        if self.is_terminator(opens) || self.is_bracketed(at) && next != opens {
            return false;
        }
        if self.is_small(opens) {
            return false;
        }
        // «Where? – he asked. – Here.»: speech goes on behind a dash until its marks close; a pronoun
        // that always has a capital says nothing after an ellipsis.
        let dashed = self.kind(next) == Some(TokenKind::Dash) && self.is_in_speech(at);
        if dashed && self.is_spaced(next + 1) || self.is_ellipsis(at) && self.is_lone_pronoun(next)
        {
            return false;
        }
        let closed = next > at + 1;
        if full {
            return !(self.is_in_title(at) || closed && self.is_attribution(opens));
        }
        if self.word(at) == "." {
            return closed && self.kind(at + 1) == Some(TokenKind::Mark)
                || self.full_stop_ends(at, opens);
        }
        !(closed && self.is_reporting_clause(opens))
    }

    /// The first token after dashes, brackets and opening marks.
    fn opening(&self, next: usize) -> usize {
        let mut i = next;
        while i + 1 < self.tokens.len()
            && (matches!(self.kind(i), Some(TokenKind::Mark | TokenKind::Dash))
                || matches!(self.word(i), "(" | "[" | "¿" | "¡" | "•" | "*"))
        {
            i += 1;
        }
        i
    }

    /// Whether the sentence so far has more than marks, a number or a letter that lists something.
    fn has_words(&self, at: usize) -> bool {
        let mut rest = (self.start..at).take(LOOK_AROUND).filter(|i| {
            matches!(
                self.kind(*i),
                Some(TokenKind::Word | TokenKind::Number | TokenKind::Symbol)
            ) && !self.first_char(*i).is_some_and(list::is_bullet)
        });
        match (rest.next(), rest.next()) {
            (None, _) => false,
            (Some(_), Some(_)) => true,
            (Some(only), None) => {
                let word = self.word(only);
                let is_item = self.word(at) == "."
                    && match self.kind(only) {
                        Some(TokenKind::Number) => word.len() <= 3 || word.contains('.'),
                        _ => word.len() == 1,
                    };
                !is_item
            }
        }
    }

    /// A small letter, so that the sentence goes on; "iPhone" is no small word. So does a number
    /// sign.
    fn is_small(&self, i: usize) -> bool {
        let mut chars = self.word(i).chars();
        match (chars.next(), chars.next()) {
            (Some('№'), _) => true,
            (Some(first), second) => {
                first.is_lowercase() && !second.is_some_and(char::is_uppercase)
            }
            _ => false,
        }
    }

    /// A pronoun of one letter with a capital: "I".
    fn is_lone_pronoun(&self, i: usize) -> bool {
        self.is(i, Class::Pronoun)
            && self.word(i).chars().count() == 1
            && self.tokens.get(i).is_some_and(Token::is_capital)
    }

    /// "Vad?Nej", "slut.Nästa": a capital right after a small word's terminator, for want of a space.
    fn is_glued_start(&self, at: usize, next: usize) -> bool {
        let is_start = |t: &Token| t.is_word() && t.is_capital() && !t.is_all_caps();
        let is_numeral = stops::is_roman(self.word(next)) && self.word(next).len() > 1;
        let before = self.tokens.get(at.wrapping_sub(1));
        let is_end = |t: &Token| {
            t.is_word() && !t.is_capital() && t.end - t.start > 1
                || t.kind == TokenKind::Number && t.end - t.start > 2
        };
        next == at + 1
            && before.is_some_and(is_end)
            && (self.tokens.get(next).is_some_and(is_start) || is_numeral)
            && (self.is_spaced(next + 1) || self.word(next + 1) == ".")
            && matches!(self.word(at), "?" | "!" | ".")
    }

    /// A frequent word with a capital: the beginning of a sentence rather than a name. A letter
    /// with a full stop is an initial.
    fn is_frequent_start(&self, i: usize) -> bool {
        let Some(token) = self.tokens.get(i).filter(|t| t.is_word()) else {
            return false;
        };
        let is_capital = token.is_capital() && !token.is_all_caps();
        let is_initial = self.is_initial(i) && self.word(i + 1) == "." && !self.is_spaced(i + 1);
        (is_capital || token.flags & Token::CASELESS != 0)
            && !is_initial
            && [Class::Stop, Class::Pronoun, Class::Determiner]
                .into_iter()
                .any(|class| self.is(i, class))
    }

    /// A short clause without commas that ends in a reporting verb, or a particle that reports, in a
    /// script without spaces: “……。”陈志强说。
    fn is_attribution(&self, opens: usize) -> bool {
        if self.is_spaced(opens) || self.kind(opens) != Some(TokenKind::Word) {
            return false;
        }
        if self.is(opens, Class::Complementiser) {
            return true;
        }
        (opens + 1..opens + LONGEST_ATTRIBUTION)
            .take_while(|&i| self.kind(i) == Some(TokenKind::Word))
            .any(|i| self.is(i, Class::Cue) && self.is_terminator(i + 1))
    }

    /// A name or pronoun and then a reporting verb: `"Why?" Anna Berg asked.`
    fn is_reporting_clause(&self, opens: usize) -> bool {
        let mut i = opens;
        let is_speaker = |i: usize| {
            self.tokens
                .get(i)
                .is_some_and(|t| t.is_word() && (t.is_capital() || self.is(i, Class::Pronoun)))
        };
        while i < opens + LONGEST_SPEAKER && is_speaker(i) && !self.is(i, Class::Cue) {
            i += 1;
        }
        i > opens && self.is(i, Class::Cue) && !self.is(opens, Class::Stop)
            || i == opens + 1 && self.is(opens, Class::Pronoun) && self.is(i, Class::Cue)
    }
}

/// Terminators of scripts without capitals, which end a sentence whatever follows.
const fn is_full_terminator(c: char) -> bool {
    matches!(
        c,
        '。' | '！' | '？' | '｡' | '।' | '॥' | '۔' | '։' | '።' | '፧' | '။' | '។' | '៕'
    )
}

/// A pictogram, which ends sentences in what people write on the side of the press.
const fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1f300}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{fe0f}' | '\u{200d}')
}

/// A mark of one stroke, which may also be an apostrophe.
fn is_single(mark: &str) -> bool {
    matches!(mark, "'" | "’" | "‘" | "`" | "´")
}
