//! Responsible for runs of ASCII letters, read eight bytes at a time: most letters of most texts.

const EACH: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x80 * EACH;
/// The bit that tells a small letter from its capital.
const SMALL: u64 = 0x20 * EACH;

/// A run of ASCII letters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Run {
    /// How many letters it has.
    pub(crate) len: usize,
    /// Whether one is a capital.
    pub(crate) has_capital: bool,
    /// Whether one is small.
    pub(crate) has_small: bool,
}

/// The run of letters that begins at a byte.
#[inline]
pub(crate) fn letters_at(bytes: &[u8], at: usize) -> Run {
    let mut len = 0;
    let (mut capitals, mut smalls) = (0, 0);
    loop {
        let chunk = eight_at(bytes, at + len);
        let letters = letters_of(chunk);
        let others = !letters & HIGH;
        // The bits of the bytes before the first that is no letter.
        let run = letters & (others & others.wrapping_neg()).wrapping_sub(1);
        capitals |= run & !(chunk << 2);
        smalls |= run & chunk << 2;
        len += (others.trailing_zeros() / 8) as usize;
        if others != 0 {
            return Run {
                len,
                has_capital: capitals != 0,
                has_small: smalls != 0,
            };
        }
    }
}

/// Eight bytes from `at` on, the first one lowest; 0 past the end.
#[inline]
pub(crate) fn eight_at(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at..).unwrap_or(&[]);
    match rest.first_chunk() {
        Some(chunk) => u64::from_le_bytes(*chunk),
        None => rest
            .iter()
            .rev()
            .fold(0, |chunk, byte| chunk << 8 | u64::from(*byte)),
    }
}

/// The same letters as small ones; other bytes are changed too.
#[inline]
pub(crate) const fn small(chunk: u64) -> u64 {
    chunk | SMALL
}

/// The high bit of every byte that is an ASCII letter.
const fn letters_of(chunk: u64) -> u64 {
    let seven = (chunk | SMALL) & !HIGH;
    let from_a = seven + (0x80 - b'a' as u64) * EACH;
    let past_z = seven + (0x7f - b'z' as u64) * EACH;
    from_a & !past_z & !chunk & HIGH
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_told_apart() {
        for byte in 0..=u8::MAX {
            for letters in 0..20 {
                let mut bytes = vec![b'q'; letters];
                bytes.extend([byte, b'x', b'-']);
                let run = letters_at(&bytes, 0);
                let whole = if byte.is_ascii_alphabetic() { 2 } else { 0 };
                assert_eq!(run.len, letters + whole, "{byte} after {letters}");
                assert_eq!(run.has_capital, byte.is_ascii_uppercase());
                assert_eq!(run.has_small, letters + whole > 0);
            }
        }
        assert!(!letters_at(b"EU ", 0).has_small);
        assert_eq!(letters_at(b"EU", 2), Run::default());
        assert_eq!(small(eight_at(b"ABC", 0)).to_le_bytes()[..3], *b"abc");
    }
}
