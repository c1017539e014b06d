//! Responsible for cutting a block into sentences. Prefers not to cut over cutting wrongly.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::fold::{CaseRule, fold};
use super::token::{Token, TokenKind};

/// What a language asks of the splitter.
#[derive(Debug, Clone, Default)]
pub struct SentenceRules {
    /// Folded abbreviations without their last full stop (`t.ex`, `dr`).
    pub abbreviations: FxHashSet<String>,
    /// Whether "3." may be an ordinal.
    pub ordinal_stop: bool,
    /// How letters fold.
    pub case: CaseRule,
}

/// Cuts the tokens of one block (a range of `tokens`) into sentences.
pub fn sentences(
    text: &str,
    tokens: &[Token],
    block: Range<usize>,
    rules: &SentenceRules,
) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = block.start;
    let mut i = block.start;
    while i < block.end {
        let mut end = i + 1;
        if is_terminator(text, &tokens[i]) {
            while end < block.end && is_tail(text, tokens, end) {
                end += 1;
            }
            if end < block.end && ends_here(text, tokens, start, i, end, block.end, rules) {
                out.push(start..end);
                start = end;
            }
        }
        i = end;
    }
    if start < block.end {
        out.push(start..block.end);
    }
    out
}

fn word<'t>(text: &'t str, token: &Token) -> &'t str {
    token.span().of(text)
}

fn is_terminator(text: &str, token: &Token) -> bool {
    token.kind == TokenKind::Punct
        && word(text, token).starts_with([
            '.', '!', '?', '…', '。', '！', '？', '।', '॥', '۔', '؟', '։',
        ])
}

/// Marks and brackets that close what the sentence opened, and more terminators.
fn is_tail(text: &str, tokens: &[Token], i: usize) -> bool {
    let token = &tokens[i];
    let piece = word(text, token);
    if token.is_line_start() {
        return false;
    }
    match token.kind {
        TokenKind::Punct if is_terminator(text, token) => !token.is_spaced(),
        TokenKind::Punct => matches!(piece, ")" | "]" | "）") && !token.is_spaced(),
        TokenKind::Mark if matches!(piece, "»" | "›" | "«") => {
            let next_spaced = tokens.get(i + 1).is_none_or(Token::is_spaced);
            !token.is_spaced() || (next_spaced && piece != "«")
        }
        TokenKind::Mark => !token.is_spaced(),
        _ => false,
    }
}

/// Whether the sentence that began at `start` ends after the terminator `at` (its tail ends at `next`).
fn ends_here(
    text: &str,
    tokens: &[Token],
    start: usize,
    at: usize,
    next: usize,
    block_end: usize,
    rules: &SentenceRules,
) -> bool {
    let (stop, follow) = (&tokens[at], &tokens[next]);
    let unspaced = word(text, stop).starts_with(['。', '！', '？', '।', '॥']);
    if unspaced {
        return true;
    }
    if !follow.is_spaced() {
        return false;
    }
    // The first word after dashes and opening marks decides.
    let mut first = next;
    while first + 1 < block_end && matches!(tokens[first].kind, TokenKind::Mark | TokenKind::Dash) {
        first += 1;
    }
    let opens = &tokens[first];
    let lower =
        opens.kind == TokenKind::Word && opens.flags & (Token::CAPITAL | Token::CASELESS) == 0;
    if lower {
        return false;
    }
    if word(text, stop) != "." {
        return true;
    }
    let Some(before) = tokens[start..at].last().filter(|t| t.end == stop.start) else {
        return true;
    };
    let piece = word(text, before);
    if next > at + 1 {
        return true;
    }
    if before.kind == TokenKind::Number {
        let short = piece.len() <= 2 && piece.bytes().all(|b| b.is_ascii_digit());
        return !(rules.ordinal_stop && short && opens.kind == TokenKind::Word);
    }
    let mut letters = piece.chars();
    let single = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    !(single || is_abbreviation(text, tokens, start, at, rules))
}

/// Whether the words before the full stop `at`, joined by full stops, are an abbreviation.
fn is_abbreviation(
    text: &str,
    tokens: &[Token],
    start: usize,
    at: usize,
    rules: &SentenceRules,
) -> bool {
    let mut from = at - 1;
    while from >= start + 2
        && tokens[from].start == tokens[from - 1].end
        && word(text, &tokens[from - 1]) == "."
        && tokens[from - 1].start == tokens[from - 2].end
    {
        from -= 2;
    }
    let whole = &text[tokens[from].start as usize..tokens[at].start as usize];
    rules.abbreviations.contains(&fold(whole, rules.case))
        || rules
            .abbreviations
            .contains(&fold(word(text, &tokens[at - 1]), rules.case))
}
