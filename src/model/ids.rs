//! Responsible for ids and hashes that depend on content and source alone: the same on every
//! machine, in every run and order.

use sha2::{Digest, Sha256};

const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// The SHA-256 of some bytes in lower-case hex, as `sha256sum` prints it.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes in lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        out.push(char::from_digit(u32::from(byte >> 4), 16).unwrap_or('0'));
        out.push(char::from_digit(u32::from(byte & 15), 16).unwrap_or('0'));
    }
    out
}

/// `art_` and 80 bits of the source key's hash in lower-case base32 (RFC 4648 alphabet, no padding).
///
/// The letters in front keep spreadsheets from reading the id as a number or a date.
pub fn article_id(source_key: &str) -> String {
    let digest = Sha256::digest(source_key.as_bytes());
    let mut out = String::with_capacity(20);
    out.push_str("art_");
    let (mut buffer, mut bits) = (0u32, 0);
    for byte in &digest[..10] {
        buffer = (buffer << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            out.push(ALPHABET[(buffer >> bits) as usize & 31] as char);
        }
    }
    out
}

/// What identifies an article across runs: its own id, else its address, else file and record.
///
/// The first two do not depend on the file, so that a shard and the whole give the same ids.
pub fn source_key(id: Option<&str>, url: Option<&str>, path: &str, record: u64) -> String {
    match (id, url) {
        (Some(id), _) => format!("id\u{1f}{id}"),
        (None, Some(url)) => format!("url\u{1f}{url}"),
        (None, None) => format!("file\u{1f}{path}\u{1f}{record}"),
    }
}

/// The id of a row in its record: a letter and the row's number from 1 in at least three digits.
pub fn row_id(letter: char, number: usize) -> String {
    if number > 999 {
        return format!("{letter}{number}");
    }
    let digits = [number / 100, number / 10 % 10, number % 10];
    let digits = digits.map(|d| char::from(b'0' + d as u8));
    std::iter::once(letter).chain(digits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_numbered_in_three_digits_or_more() {
        let ids = [1, 42, 999, 1000].map(|n| row_id('q', n));
        assert_eq!(ids, ["q001", "q042", "q999", "q1000"]);
    }

    #[test]
    fn ids_are_stable_and_readable_as_text() {
        assert_eq!(article_id("a"), article_id("a"));
        assert_ne!(article_id("a"), article_id("b"));
        assert_eq!(article_id("a").len(), 20);
        assert_eq!(
            sha256_hex(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
