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
pub const fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether a character is a decimal digit of any script.
pub fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || digit_value(c).is_some()
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
