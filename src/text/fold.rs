//! Responsible for the folded form of a word, under which lexicons know it: lower case, NFC,
//! without soft hyphens, zero-width characters and optional vowel signs.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How a language writes the two letters i.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CaseRule {
    /// The default of Unicode.
    #[default]
    Plain,
    /// `I` is the capital of `ı`, `İ` that of `i`.
    Turkic,
}

/// Appends the folded form of `word` to `out`.
pub fn fold_into(word: &str, case: CaseRule, out: &mut String) {
    if word.is_ascii() && case == CaseRule::Plain {
        out.extend(word.bytes().map(|b| b.to_ascii_lowercase() as char));
        return;
    }
    if word.chars().any(is_decomposed) {
        for c in word.nfc() {
            push_folded(c, case, out);
        }
    } else {
        for c in word.chars() {
            push_folded(c, case, out);
        }
    }
}

/// The folded form of `word`.
pub fn fold(word: &str, case: CaseRule) -> String {
    let mut out = String::with_capacity(word.len());
    fold_into(word, case, &mut out);
    out
}

fn is_decomposed(c: char) -> bool {
    c >= '\u{300}' && is_combining_mark(c)
}

#[expect(clippy::match_same_arms, reason = "ASCII first, then by script")]
fn push_folded(c: char, case: CaseRule, out: &mut String) {
    match c {
        'A'..='H' | 'J'..='Z' => out.push(c.to_ascii_lowercase()),
        'I' if case == CaseRule::Plain => out.push('i'),
        'I' => out.push('ı'),
        'İ' if case == CaseRule::Turkic => out.push('i'),
        '`' => out.push('\''),
        '\0'..='\x7f' => out.push(c),
        // Soft hyphen, zero-width characters, bidirectional marks.
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}'
        // Hebrew points, Arabic vowel signs and the stretching tatweel.
        | '\u{591}'..='\u{5bd}'
        | '\u{5bf}'
        | '\u{5c1}'
        | '\u{5c2}'
        | '\u{5c4}'
        | '\u{5c5}'
        | '\u{5c7}'
        | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}' => {}
        'أ' | 'إ' | 'آ' | 'ٱ' => out.push('ا'),
        'ي' | 'ى' => out.push('ی'),
        'ك' => out.push('ک'),
        '\u{2019}' | '\u{2bc}' | '\u{2018}' | '\u{ff07}' | '\u{b4}' => out.push('\''),
        '\u{2010}' | '\u{2011}' => out.push('-'),
        'ς' => out.push('σ'),
        _ if super::chars::flags(c) & super::chars::UPPER != 0 => out.extend(c.to_lowercase()),
        _ => out.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_normal_forms_fold_alike() {
        assert_eq!(fold("Å\u{ad}ngström", CaseRule::Plain), "ångström");
        assert_eq!(fold("A\u{30a}ngstro\u{308}m", CaseRule::Plain), "ångström");
        assert_eq!(fold("d’Accord", CaseRule::Plain), "d'accord");
        assert_eq!(fold("IĞDIR İl", CaseRule::Turkic), "ığdır il");
    }
}
