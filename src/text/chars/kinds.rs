//! Responsible for what kinds of character there are, worked out from the standard library. The
//! build reads this file too and writes the answers into the tables of [`super`].

/// A letter, digit, mark on a letter, or something else that stands inside words.
pub const WORDY: u16 = 1;
/// A letter.
pub const LETTER: u16 = 2;
/// A capital.
pub const UPPER: u16 = 4;
/// A small letter.
pub const LOWER: u16 = 8;
/// A letter or a number.
pub const ALNUM: u16 = 16;
/// White space.
pub const SPACE: u16 = 32;
/// Of a script that is written without spaces between words.
pub const UNSPACED: u16 = 64;
/// A decimal digit.
pub const DIGIT: u16 = 128;
/// A mark that combines with the letter before it.
pub const COMBINING: u16 = 256;
/// Its own folded form, in any word of any language.
pub const STEADY: u16 = 512;
/// May be another character in NFC, or compose with the one before it.
pub const LOOSE: u16 = 1024;
/// No letter, but may stand between letters of one word.
pub const INNER: u16 = 2048;
/// A mark that NFC may put before or behind the marks beside it.
pub const ORDERED: u16 = 4096;

/// What a character is: bits of [`WORDY`] and its siblings.
pub(super) fn compute(c: char) -> u16 {
    let combining = c >= '\u{300}' && unicode_normalization::char::is_combining_mark(c);
    let loose = c >= '\u{300}' && is_loose(c);
    let ordered = c >= '\u{300}' && unicode_normalization::char::canonical_combining_class(c) != 0;
    let wordy =
        c.is_alphanumeric() || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '_') || combining;
    [
        (wordy, WORDY),
        (c.is_alphabetic(), LETTER),
        (c.is_uppercase(), UPPER),
        (c.is_lowercase(), LOWER),
        (c.is_alphanumeric(), ALNUM),
        (c.is_whitespace(), SPACE),
        (is_unspaced(c), UNSPACED),
        (digit_value(c).is_some(), DIGIT),
        (combining, COMBINING),
        (loose, LOOSE),
        (ordered, ORDERED),
        (
            !loose && !ordered && !c.is_uppercase() && !is_folded_otherwise(c),
            STEADY,
        ),
        (is_inner(c), INNER),
    ]
    .into_iter()
    .filter(|(is, _)| *is)
    .fold(0, |flags, (_, flag)| flags | flag)
}

/// Whether a character belongs to a script that is written without spaces between words.
const fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether NFC may change a character or compose it with the one before it.
fn is_loose(c: char) -> bool {
    use unicode_normalization::{IsNormalized, is_nfc_quick};
    is_nfc_quick(std::iter::once(c)) != IsNormalized::Yes
}

/// Characters without capitals that fold to another one or to nothing.
pub(super) const fn is_folded_otherwise(c: char) -> bool {
    matches!(c, '`' | '\u{ad}' | '\u{b4}' | '\u{2bc}' | 'ς' | 'أ' | 'إ' | 'آ' | 'ٱ' | 'ي' | 'ى' | 'ك'
        | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}'
        | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{200b}'..='\u{200f}' | '\u{2010}' | '\u{2011}' | '\u{2018}' | '\u{2019}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ff07}')
}

/// Apostrophes, hyphens, the colon before a case ending and the marks inside Hebrew acronyms.
const fn is_inner(c: char) -> bool {
    matches!(
        c,
        '\'' | '\u{2019}'
            | '\u{2bc}'
            | '\u{2018}'
            | '\u{ff07}'
            | '-'
            | '\u{2010}'
            | '\u{2011}'
            | ':'
            | '"'
            | '\u{5f4}'
            | '\u{5f3}'
    )
}

/// The value of a decimal digit of any script that news is written in.
pub const fn digit_value(c: char) -> Option<u32> {
    let zero = match c {
        '0'..='9' => '0',
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6f0}'..='\u{6f9}' => '\u{6f0}',
        '\u{966}'..='\u{96f}' => '\u{966}',
        '\u{9e6}'..='\u{9ef}' => '\u{9e6}',
        '\u{be6}'..='\u{bef}' => '\u{be6}',
        '\u{e50}'..='\u{e59}' => '\u{e50}',
        '\u{ff10}'..='\u{ff19}' => '\u{ff10}',
        _ => return None,
    };
    Some(c as u32 - zero as u32)
}
