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

/// What a character is: bits of [`WORDY`] and its siblings.
pub(super) fn compute(c: char) -> u16 {
    let combining = c >= '\u{300}' && unicode_normalization::char::is_combining_mark(c);
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
