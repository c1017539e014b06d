//! Responsible for what single characters are, looked up in a table: the tokenizer asks for every
//! character of every article.

use std::sync::LazyLock;

/// A letter, digit, mark on a letter, or something else that stands inside words.
pub const WORDY: u8 = 1;
/// A letter.
pub const LETTER: u8 = 2;
/// A capital.
pub const UPPER: u8 = 4;
/// A small letter.
pub const LOWER: u8 = 8;

/// Characters below this are in the table: all alphabets that news is written in; what lies above
/// is mostly ideographs.
const TABLE: u32 = 0x2000;

static FLAGS: LazyLock<Vec<u8>> = LazyLock::new(|| {
    (0..TABLE)
        .map(|c| char::from_u32(c).map_or(0, compute))
        .collect()
});

fn compute(c: char) -> u8 {
    let wordy = c.is_alphanumeric()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '_')
        || (c >= '\u{300}' && unicode_normalization::char::is_combining_mark(c));
    [
        (wordy, WORDY),
        (c.is_alphabetic(), LETTER),
        (c.is_uppercase(), UPPER),
        (c.is_lowercase(), LOWER),
    ]
    .into_iter()
    .filter(|(is, _)| *is)
    .fold(0, |flags, (_, flag)| flags | flag)
}

/// What a character is: bits of [`WORDY`] and its siblings.
#[inline]
pub fn flags(c: char) -> u8 {
    FLAGS.get(c as usize).copied().unwrap_or_else(|| compute(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_says_what_the_standard_library_says() {
        for c in (0..0x3100).filter_map(char::from_u32) {
            assert_eq!(flags(c) & LETTER != 0, c.is_alphabetic(), "{c:?}");
            assert_eq!(flags(c) & UPPER != 0, c.is_uppercase(), "{c:?}");
            assert_eq!(flags(c) & LOWER != 0, c.is_lowercase(), "{c:?}");
        }
    }
}
