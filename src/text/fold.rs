//! Responsible for the folded form of a word, under which lexicons know it: lower case, NFC,
//! without soft hyphens, zero-width characters and optional vowel signs.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use super::chars;

/// How a language writes the two letters i.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CaseRule {
    /// The default of Unicode.
    #[default]
    Plain,
    /// `I` is the capital of `ı`, `İ` that of `i`.
    Turkic,
}

/// The folded forms of the characters below U+2000 that fold to one character in any text; 0 for
/// all others.
static FOLDED: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let folded = |c: char| {
        let mut out = String::new();
        push_folded(c, CaseRule::Plain, &mut out);
        let mut folded = out.chars();
        match (folded.next(), folded.next()) {
            (Some(only), None) if !chars::is_combining(c) => u16::try_from(u32::from(only)).ok(),
            _ => None,
        }
    };
    (0..0x2000)
        .map(|c| char::from_u32(c).and_then(folded).unwrap_or(0))
        .collect()
});

/// Whether a word is its own folded form; may say no of a rare word that is.
pub fn is_folded(word: &str, case: CaseRule) -> bool {
    let small = |byte: u8| byte.is_ascii() & !byte.is_ascii_uppercase();
    if case == CaseRule::Plain && word.bytes().all(small) {
        return true;
    }
    let table: &[u16] = &FOLDED;
    word.chars().all(|c| match table.get(c as usize) {
        Some(folded) => u32::from(*folded) == u32::from(c),
        None => is_ideograph(c),
    })
}

/// Signs of scripts without capitals and marks, above U+2000.
const fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

/// Appends the folded form of `word` to `out`.
pub fn fold_into(word: &str, case: CaseRule, out: &mut String) {
    if word.is_ascii() && case == CaseRule::Plain {
        let from = out.len();
        out.push_str(word);
        if let Some(new) = out.get_mut(from..) {
            new.make_ascii_lowercase();
        }
        return;
    }
    let from = out.len();
    let table: &[u16] = &FOLDED;
    for c in word.chars() {
        let folded = table.get(c as usize).copied().unwrap_or(0);
        match char::from_u32(u32::from(folded)) {
            Some(folded) if folded != '\0' && !(case == CaseRule::Turkic && is_i(c)) => {
                out.push(folded);
            }
            _ if chars::is_combining(c) => {
                out.truncate(from);
                for c in word.nfc() {
                    push_folded(c, case, out);
                }
                return;
            }
            _ => push_folded(c, case, out),
        }
    }
}

/// The capitals that languages fold in two ways.
const fn is_i(c: char) -> bool {
    matches!(c, 'I' | 'İ')
}

/// The folded form of `word`.
pub fn fold(word: &str, case: CaseRule) -> String {
    let mut out = String::with_capacity(word.len());
    fold_into(word, case, &mut out);
    out
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
        _ if chars::is_uppercase(c) => chars::lower(c, |c| out.push(c)),
        _ => out.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_folded_stays_as_it_is() {
        for c in (0..0x1_1000).filter_map(char::from_u32) {
            for case in [CaseRule::Plain, CaseRule::Turkic] {
                let word = format!("a{c}é");
                let mut folded = String::new();
                let push = |c| push_folded(c, case, &mut folded);
                if chars::is_combining(c) {
                    word.nfc().for_each(push);
                } else {
                    word.chars().for_each(push);
                }
                assert_eq!(fold(&word, case), folded, "{c:?}");
                assert!(!is_folded(&word, case) || folded == word, "{c:?}");
            }
        }
        assert!(is_folded("försvarsminister", CaseRule::Plain));
        assert!(!is_folded("Åsa", CaseRule::Plain));
    }

    #[test]
    fn both_normal_forms_fold_alike() {
        assert_eq!(fold("Å\u{ad}ngström", CaseRule::Plain), "ångström");
        assert_eq!(fold("A\u{30a}ngstro\u{308}m", CaseRule::Plain), "ångström");
        assert_eq!(fold("d’Accord", CaseRule::Plain), "d'accord");
        assert_eq!(fold("IĞDIR İl", CaseRule::Turkic), "ığdır il");
    }
}
