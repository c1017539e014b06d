//! Responsible for what single characters are, looked up in tables that the build makes: every pass
//! over a text asks for every character.

mod kinds;

use kinds::compute;
pub use kinds::{
    ALNUM, COMBINING, DIGIT, INNER, LETTER, LOOSE, LOWER, ORDERED, SPACE, STEADY, UNSPACED, UPPER,
    WORDY, digit_value,
};

/// Flags of the characters below U+10000, and small letters of those below U+2000; 0 where the
/// small form is not one character.
mod tables {
    include!(concat!(env!("OUT_DIR"), "/chars.rs"));
}

/// What a character is: bits of [`WORDY`] and its siblings.
#[inline]
pub fn flags(c: char) -> u16 {
    tables::FLAGS
        .get(c as usize)
        .copied()
        .unwrap_or_else(|| compute(c))
}

/// The character that begins at a byte of a text; `None` at its end.
#[inline]
pub fn char_at(bytes: &[u8], at: usize) -> Option<char> {
    let first = *bytes.get(at)?;
    if first.is_ascii() {
        return Some(char::from(first));
    }
    let next = |n: usize| u32::from(bytes.get(at + n).copied().unwrap_or(0) & 0x3f);
    let first = u32::from(first);
    char::from_u32(match first {
        0..0xe0 => (first & 0x1f) << 6 | next(1),
        0xe0..0xf0 => (first & 0xf) << 12 | next(1) << 6 | next(2),
        _ => (first & 7) << 18 | next(1) << 12 | next(2) << 6 | next(3),
    })
}

/// Whether a character is a letter or a number.
#[inline]
pub fn is_alphanumeric(c: char) -> bool {
    flags(c) & ALNUM != 0
}

/// Whether a character is a letter.
#[inline]
pub fn is_alphabetic(c: char) -> bool {
    flags(c) & LETTER != 0
}

/// Whether a character is a capital.
#[inline]
pub fn is_uppercase(c: char) -> bool {
    flags(c) & UPPER != 0
}

/// Whether a character is a small letter.
#[inline]
pub fn is_lowercase(c: char) -> bool {
    flags(c) & LOWER != 0
}

/// Whether a character is a mark that combines with the letter before it.
#[inline]
pub fn is_combining(c: char) -> bool {
    flags(c) & COMBINING != 0
}

/// Whether a character is white space.
#[inline]
pub fn is_space(c: char) -> bool {
    flags(c) & SPACE != 0
}

/// Gives the small form of a character to `take`, one character at a time.
#[inline]
pub fn lower(c: char, mut take: impl FnMut(char)) {
    match tables::SMALL.get(c as usize) {
        Some(&small) if small != 0 => take(char::from_u32(u32::from(small)).unwrap_or(c)),
        // Above the table only capitals have another small form.
        None if !is_uppercase(c) => take(c),
        _ => c.to_lowercase().for_each(take),
    }
}

/// Whether a character is a quotation mark or may be one.
pub const fn is_mark(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '`'
            | '\u{b4}'
            | '«'
            | '»'
            | '‘'
            | '’'
            | '‚'
            | '‛'
            | '“'
            | '”'
            | '„'
            | '‟'
            | '‹'
            | '›'
            | '「'
            | '」'
            | '『'
            | '』'
            | '《'
            | '》'
            | '〈'
            | '〉'
            | '〝'
            | '〞'
            | '〟'
            | '＂'
            | '＇'
            | '｢'
            | '｣'
    )
}

/// Whether a character is a hyphen, dash or minus.
pub const fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '﹘' | '－' | '⸺'
    )
}

/// Whether a character belongs to a script that is written without spaces between words.
#[inline]
pub fn is_unspaced(c: char) -> bool {
    flags(c) & UNSPACED != 0
}

/// Whether a character is a decimal digit of any script.
#[inline]
pub fn is_digit(c: char) -> bool {
    flags(c) & DIGIT != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_say_what_the_standard_library_says() {
        for c in (0..0x1_2000).filter_map(char::from_u32) {
            assert_eq!(is_alphabetic(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
            assert_eq!(is_uppercase(c), c.is_uppercase(), "{c:?}");
            assert_eq!(is_lowercase(c), c.is_lowercase(), "{c:?}");
            assert_eq!(is_space(c), c.is_whitespace(), "{c:?}");
            assert_eq!(is_digit(c), digit_value(c).is_some(), "{c:?}");
            let mut small = String::new();
            lower(c, |c| small.push(c));
            assert_eq!(small, c.to_lowercase().to_string(), "{c:?}");
            assert_eq!(char_at(format!("a{c}b").as_bytes(), 1), Some(c));
        }
        assert_eq!(char_at(b"a", 1), None);
    }
}
