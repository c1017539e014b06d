//! Responsible for the folded form of a word, under which lexicons know it: lower case, NFC,
//! without soft hyphens, zero-width characters and optional vowel signs.

use unicode_normalization::UnicodeNormalization;

use super::chars::{self, LOOSE, ORDERED, STEADY, UPPER};

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
        let from = out.len();
        out.push_str(word);
        if let Some(new) = out.get_mut(from..) {
            new.make_ascii_lowercase();
        }
        return;
    }
    let from = out.len();
    let mut kept = 0;
    let mut before = 0;
    for (at, c) in word.char_indices() {
        let kind = chars::flags(c);
        let in_order = before & kind & ORDERED == 0;
        before = kind;
        if kind & STEADY != 0 {
            continue;
        }
        if kind & LOOSE != 0 || !in_order {
            out.truncate(from);
            for c in word.nfc() {
                push_folded(c, case, out);
            }
            return;
        }
        out.push_str(word.get(kept..at).unwrap_or(""));
        kept = at + c.len_utf8();
        if kind & UPPER != 0 && !(case == CaseRule::Turkic && is_i(c)) {
            chars::lower(c, |c| out.push(c));
        } else {
            push_folded(c, case, out);
        }
    }
    out.push_str(word.get(kept..).unwrap_or(""));
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
                word.nfc().for_each(push);
                assert_eq!(fold(&word, case), folded, "{c:?}");
                assert!(chars::flags(c) & STEADY == 0 || folded == word, "{c:?}");
            }
        }
        let is_steady = |word: &str| word.chars().all(|c| chars::flags(c) & STEADY != 0);
        assert!(is_steady("försvarsminister"));
        assert!(!is_steady("Åsa"));
    }

    #[test]
    fn both_normal_forms_fold_alike() {
        assert_eq!(fold("Å\u{ad}ngström", CaseRule::Plain), "ångström");
        assert_eq!(fold("A\u{30a}ngstro\u{308}m", CaseRule::Plain), "ångström");
        assert_eq!(fold("d’Accord", CaseRule::Plain), "d'accord");
        assert_eq!(
            fold("क\u{94d}\u{93c}र", CaseRule::Plain),
            "क\u{93c}\u{94d}र"
        );
        assert_eq!(fold("ल\u{95c}का", CaseRule::Plain), "लड\u{93c}का");
        assert_eq!(fold("IĞDIR İl", CaseRule::Turkic), "ığdır il");
    }
}
