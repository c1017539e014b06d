//! Responsible for how the yardstick reads text: words, names, trimmed spans, overlap. Offsets are
//! code points.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A range of code points.
pub(super) type Range = (usize, usize);

/// Marks, dashes, stops and spaces that do not count at the ends of a span.
const TRIM: &str = " \t\r\n\u{a0}\u{202f}\"“”„‟«»‹›‘’‚'`´「」『』《》–—―‒−-.,;:،。、，…!?";

/// First code points of the Unicode blocks of ten decimal digits.
const DIGITS: &[u32] = &[
    0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66,
    0xde6, 0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0xff10,
];

/// A letter, a number or `_`, as most regular expressions have it: marks and signs are none.
fn is_word(c: char) -> bool {
    let circled = matches!(c, '\u{24b6}'..='\u{24e9}' | '\u{1f130}'..='\u{1f189}');
    c == '_' || (c.is_alphanumeric() && !circled && !is_combining_mark(c))
}

fn is_letter(c: char) -> bool {
    let digit = || DIGITS.iter().any(|d| (*d..*d + 10).contains(&(c as u32)));
    is_word(c) && c != '_' && !digit()
}

/// Folds case for comparison, also where upper case has more letters.
fn casefold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'ß' => out.push_str("ss"),
            'ς' => out.push('σ'),
            'ſ' => out.push('s'),
            'µ' => out.push('μ'),
            'ŉ' => out.push_str("ʼn"),
            'և' => out.push_str("եւ"),
            // Ligatures that fonts once needed.
            'ﬀ'..='ﬆ' => out.extend(std::iter::once(c).nfkc()),
            c => out.push(c),
        }
    }
    out
}

/// The runs of word characters of a text.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c| !is_word(c)).filter(|w| !w.is_empty())
}

/// Where words begin inside some ranges of a text.
pub(super) fn word_starts(text: &[char], ranges: &[Range]) -> BTreeSet<usize> {
    let mut out = BTreeSet::new();
    for (start, end) in ranges {
        let mut inside = false;
        let inside_text = *start..(*end).min(text.len()).max(*start);
        for (at, c) in inside_text
            .clone()
            .zip(text.get(inside_text).unwrap_or_default())
        {
            let word = is_word(*c);
            if word && !inside {
                out.insert(at);
            }
            inside = word;
        }
    }
    out
}

/// Twice the common part over the sum of both.
#[allow(clippy::cast_precision_loss)]
pub(super) fn dice(a: &BTreeSet<usize>, b: &BTreeSet<usize>) -> f64 {
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    2.0 * a.intersection(b).count() as f64 / (a.len() + b.len()) as f64
}

/// The same over the words of two texts, repetitions counted.
#[allow(clippy::cast_precision_loss)]
pub(super) fn bag_dice(a: &str, b: &str) -> f64 {
    let (a, b) = (casefold(a), casefold(b));
    let (x, y) = (count(words(&a)), count(words(&b)));
    let all: u32 = x.values().chain(y.values()).sum();
    if all == 0 {
        return 0.0;
    }
    f64::from(2 * common(&x, &y)) / f64::from(all)
}

/// How often each item occurs.
pub(super) fn count<T: Ord>(items: impl Iterator<Item = T>) -> BTreeMap<T, u32> {
    let mut out = BTreeMap::new();
    for item in items {
        *out.entry(item).or_default() += 1;
    }
    out
}

/// How many items two bags share.
pub(super) fn common<T: Ord>(a: &BTreeMap<T, u32>, b: &BTreeMap<T, u32>) -> u32 {
    a.iter()
        .map(|(item, n)| b.get(item).map_or(0, |m| *n.min(m)))
        .sum()
}

/// A range without marks, dashes, stops and spaces at its ends.
pub(super) fn trim(text: &[char], (mut start, mut end): Range) -> Range {
    let drop = |at: usize| text.get(at).is_none_or(|c| TRIM.contains(*c));
    while start < end && drop(start) {
        start += 1;
    }
    while end > start && drop(end - 1) {
        end -= 1;
    }
    (start, end)
}

/// By how many code points two ranges overlap; negative when they are apart.
#[allow(clippy::cast_possible_wrap)]
pub(super) fn overlap(a: Range, b: Range) -> i64 {
    a.1.min(b.1) as i64 - a.0.max(b.0) as i64
}

/// The last capitalized part of a name, and all its parts, case folded.
fn name_parts(name: &str) -> (String, BTreeSet<String>) {
    let parts = name_words(name);
    let capital = |w: &&String| w.chars().next().is_some_and(char::is_uppercase);
    let last = parts.iter().rfind(capital).or(parts.last());
    (
        last.map(|w| casefold(w)).unwrap_or_default(),
        parts.iter().map(|w| casefold(w)).collect(),
    )
}

/// Words of letters; a hyphen or apostrophe between letters joins.
fn name_words(name: &str) -> Vec<String> {
    let chars: Vec<char> = name.chars().collect();
    let mut out: Vec<String> = Vec::new();
    let mut word = String::new();
    for (n, c) in chars.iter().enumerate() {
        let next_is_letter = chars.get(n + 1).is_some_and(|c| is_letter(*c));
        let joins = matches!(c, '-' | '’' | '\'') && !word.is_empty() && next_is_letter;
        if is_letter(*c) || joins {
            word.push(*c);
        } else if !word.is_empty() {
            out.push(std::mem::take(&mut word));
        }
    }
    if !word.is_empty() {
        out.push(word);
    }
    out
}

/// Whether two forms share all but the last two letters of the shorter one, and at least four.
fn same_stem(a: &str, b: &str) -> bool {
    let shorter = a.chars().count().min(b.chars().count());
    let stem = shorter.saturating_sub(2).max(4);
    shorter >= 4 && a.chars().take(stem).eq(b.chars().take(stem))
}

/// Whether two names mean the same person: the last name of one is a part of the other, or, where
/// names change with case, their stems are the same.
pub(super) fn same_name(gold: Option<&str>, system: Option<&str>, inflecting: bool) -> bool {
    let present = |name: Option<&str>| name.filter(|n| !n.is_empty()).map(name_parts);
    match (present(gold), present(system)) {
        (None, None) => true,
        (Some((last_a, all_a)), Some((last_b, all_b))) => {
            if last_a.is_empty() || last_b.is_empty() {
                return false;
            }
            let stems = || {
                all_b.iter().any(|x| same_stem(&last_a, x))
                    || all_a.iter().any(|x| same_stem(&last_b, x))
            };
            all_b.contains(&last_a) || all_a.contains(&last_b) || (inflecting && stems())
        }
        _ => false,
    }
}

/// The units that ROUGE counts: words, and single characters where words are not set apart.
pub(super) fn rouge_tokens(text: &str) -> Vec<String> {
    let text = text.nfkc().collect::<String>().to_lowercase();
    let unspaced = |c: char| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{e00}'..='\u{e7f}');
    let mut out = Vec::new();
    for word in words(&text) {
        if word.chars().any(unspaced) {
            out.extend(word.chars().map(String::from));
        } else {
            out.push(word.to_owned());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_match_by_their_last_part() {
        let same = |a, b| same_name(Some(a), Some(b), false);
        assert!(same("Anna af Ugglas", "Ugglas"));
        assert!(same("polischefen Öberg", "Åsa Öberg"));
        assert!(same("Jean-Luc O’Neil", "O’Neil"));
        assert!(!same("Anna Berg", "Anna Holm"));
        assert!(same_name(Some("Nowak"), Some("Nowaka"), true) && !same("Nowak", "Nowaka"));
        assert!(same("Weiß", "WEISS"));
        assert!(same_name(None, None, false) && same_name(Some(""), None, false));
        assert!(!same_name(Some("Berg"), None, false));
        assert!(!same("123", "123"));
    }

    #[test]
    fn spans_are_trimmed_and_words_found_inside_them() {
        let text: Vec<char> = "– Vi vill, sade hon.".chars().collect();
        assert_eq!(trim(&text, (0, 10)), (2, 9));
        assert_eq!(trim(&text, (0, 2)), (2, 2));
        assert_eq!(word_starts(&text, &[(2, 10)]), BTreeSet::from([2, 5]));
        assert_eq!(word_starts(&text, &[(6, 99)]), BTreeSet::from([6, 11, 16]));
    }

    #[test]
    fn unspaced_scripts_are_counted_by_character() {
        assert_eq!(rouge_tokens("Åbo, １２ 東京"), ["åbo", "12", "東", "京"]);
    }
}
