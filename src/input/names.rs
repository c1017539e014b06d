//! Responsible for writing file names as text from which the very name can be had back, and for reading
//! them again.

use std::ffi::{OsStr, OsString};
use std::fmt::Write as _;

/// Writes a file name as UTF-8: bytes that are no UTF-8 and control characters as `\xNN`, and `\` as
/// `\\`, so that two different names never look the same.
pub(super) fn escape_into(out: &mut String, name: &OsStr) {
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '\\' => out.push_str("\\\\"),
                c if c.is_control() => {
                    let mut buffer = [0; 4];
                    for byte in c.encode_utf8(&mut buffer).bytes() {
                        let _ = write!(out, "\\x{byte:02x}");
                    }
                }
                c => out.push(c),
            }
        }
        for byte in chunk.invalid() {
            let _ = write!(out, "\\x{byte:02x}");
        }
    }
}

/// A file name as [`escape_into`] writes it.
pub(super) fn escaped(name: &OsStr) -> String {
    let mut out = String::new();
    escape_into(&mut out, name);
    out
}

/// The file name that [`escape_into`] wrote; a `\` that it did not write stands for itself.
pub(super) fn unescaped(text: &str) -> OsString {
    let bytes = text.as_bytes();
    let mut name = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let (meant, length) = match (byte, bytes.get(at + 1)) {
            (b'\\', Some(b'\\')) => (b'\\', 2),
            (b'\\', Some(b'x')) => text
                .get(at + 2..at + 4)
                .filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))
                .and_then(|digits| u8::from_str_radix(digits, 16).ok())
                .map_or((byte, 1), |meant| (meant, 4)),
            _ => (byte, 1),
        };
        name.push(meant);
        at += length;
    }
    from_bytes(name)
}

#[cfg(unix)]
fn from_bytes(name: Vec<u8>) -> OsString {
    std::os::unix::ffi::OsStringExt::from_vec(name)
}

/// Elsewhere names are Unicode, and what is not cannot be made of bytes.
#[cfg(not(unix))]
fn from_bytes(name: Vec<u8>) -> OsString {
    String::from_utf8_lossy(&name).into_owned().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back_as_they_were() {
        for (name, text) in [
            ("år 1.txt", "år 1.txt"),
            ("a\\x41", "a\\\\x41"),
            ("a\nb\u{85}", "a\\x0ab\\xc2\\x85"),
            ("\\", "\\\\"),
        ] {
            assert_eq!(escaped(OsStr::new(name)), text);
            assert_eq!(unescaped(text), name);
        }
        for text in ["a\\", "\\x", "\\x4", "\\xgg", "\\x+1", "\\xåå"] {
            assert_eq!(unescaped(text), text);
        }
    }

    #[cfg(unix)]
    #[test]
    fn bytes_that_are_no_utf8_are_read_back() {
        use std::os::unix::ffi::OsStrExt;
        let name = OsStr::from_bytes(b"\xe5r\xff.txt");
        assert_eq!(escaped(name), "\\xe5r\\xff.txt");
        assert_eq!(unescaped("\\xe5r\\xff.txt"), name);
    }
}
