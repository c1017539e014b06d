//! Responsible for writing a value as one compact line of JSON, the same bytes as `serde_json` writes.
//!
//! Records are mostly text without anything to escape. Here such text is looked through many bytes at a
//! time and copied as a whole, where `serde_json` looks at each byte.

use serde::ser::{self, Serialize};
use serde_json::Error;

/// Appends a value to `out`.
///
/// # Errors
/// What the value's own serialization says, or a key that is neither text nor a number.
pub fn write(out: &mut Vec<u8>, value: &impl Serialize) -> Result<(), Error> {
    value.serialize(Json { out })
}

/// Appends a whole number.
pub fn write_integer(out: &mut Vec<u8>, n: i64) {
    if n < 0 {
        out.push(b'-');
    }
    write_natural(out, n.unsigned_abs());
}

fn write_natural(out: &mut Vec<u8>, n: u64) {
    let mut digits = [0; 20];
    let mut from = digits.len();
    let mut rest = n;
    while rest > 0 || from == digits.len() {
        from -= 1;
        digits[from] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    out.extend_from_slice(&digits[from..]);
}

/// What stands behind the backslash for a byte; `u` for those without a letter of their own, 0 for what
/// stands for itself.
const fn escape(byte: u8) -> u8 {
    match byte {
        b'"' | b'\\' => byte,
        b'\n' => b'n',
        b'\r' => b'r',
        b'\t' => b't',
        8 => b'b',
        12 => b'f',
        0..32 => b'u',
        _ => 0,
    }
}

/// Bytes that are looked through together.
const TOGETHER: usize = 32;
/// Bytes that are looked through as one number.
const FEW: usize = 8;

/// Whether one of eight bytes has to be escaped; may say yes of bytes outside ASCII.
fn has_special(bytes: u64) -> bool {
    const ONES: u64 = u64::from_ne_bytes([1; FEW]);
    const HIGH: u64 = u64::from_ne_bytes([0x80; FEW]);
    // A byte that is smaller than what is taken from it borrows, and its highest bit is set.
    let below = |bytes: u64, limit: u8| bytes.wrapping_sub(ONES * u64::from(limit));
    let is = |byte: u8| below(bytes ^ (ONES * u64::from(byte)), 1);
    (below(bytes, b' ') | is(b'"') | is(b'\\')) & HIGH != 0
}

/// How many bytes from the beginning stand for themselves.
fn plain(bytes: &[u8]) -> usize {
    // Without a branch a loop over bytes is done many bytes at a time.
    #[allow(clippy::needless_bitwise_bool)]
    let special = |byte: u8| (byte < b' ') | (byte == b'"') | (byte == b'\\');
    let mut at = 0;
    for chunk in bytes.chunks_exact(TOGETHER) {
        if chunk.iter().fold(false, |any, byte| any | special(*byte)) {
            break;
        }
        at += TOGETHER;
    }
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk::<FEW>) {
        if has_special(u64::from_ne_bytes(*chunk)) && chunk.iter().any(|byte| special(*byte)) {
            break;
        }
        at += FEW;
    }
    let rest = bytes.get(at..).unwrap_or(&[]);
    at + rest.iter().take_while(|byte| !special(**byte)).count()
}

fn write_text(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    let mut rest = text.as_bytes();
    loop {
        let (own, from) = rest.split_at(plain(rest));
        out.extend_from_slice(own);
        let Some((byte, after)) = from.split_first() else {
            break;
        };
        match escape(*byte) {
            b'u' => {
                let digit = |n: u8| b"0123456789abcdef"[usize::from(n & 15)];
                out.extend_from_slice(b"\\u00");
                out.extend([digit(byte >> 4), digit(*byte)]);
            }
            letter => out.extend([b'\\', letter]),
        }
        rest = after;
    }
    out.push(b'"');
}

/// Writes one value.
struct Json<'o> {
    out: &'o mut Vec<u8>,
}

/// Writes the members of an array or an object.
struct Members<'o> {
    out: &'o mut Vec<u8>,
    is_first: bool,
    /// What closes it: a bracket, and a brace more where a variant's name stands around it.
    close: &'static [u8],
}

impl<'o> Members<'o> {
    fn open(out: &'o mut Vec<u8>, open: u8, close: &'static [u8]) -> Self {
        out.push(open);
        Self {
            out,
            is_first: true,
            close,
        }
    }

    fn next(&mut self) -> Json<'_> {
        if !std::mem::replace(&mut self.is_first, false) {
            self.out.push(b',');
        }
        Json { out: self.out }
    }

    fn field<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Error> {
        debug_assert_eq!(plain(name.as_bytes()), name.len(), "a name as in a program");
        let before: &[u8] = if self.is_first { b"\"" } else { b",\"" };
        self.is_first = false;
        self.out.reserve(name.len() + 4);
        self.out.extend_from_slice(before);
        self.out.extend_from_slice(name.as_bytes());
        self.out.extend_from_slice(b"\":");
        value.serialize(Json { out: self.out })
    }

    fn close(self) {
        self.out.extend_from_slice(self.close);
    }
}

impl<'o> Json<'o> {
    /// The name of a variant and what opens its content.
    fn variant(self, name: &str, open: u8, close: &'static [u8]) -> Members<'o> {
        self.out.push(b'{');
        write_text(self.out, name);
        self.out.push(b':');
        Members::open(self.out, open, close)
    }
}

/// Numbers of every width.
macro_rules! numbers {
    ($($method:ident $kind:ty => $write:ident as $wide:ty),+ $(,)?) => {
        $(fn $method(self, n: $kind) -> Result<(), Error> {
            $write(self.out, <$wide>::from(n));
            Ok(())
        })+
    };
}

impl<'o> ser::Serializer for Json<'o> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Members<'o>;
    type SerializeTuple = Members<'o>;
    type SerializeTupleStruct = Members<'o>;
    type SerializeTupleVariant = Members<'o>;
    type SerializeMap = Members<'o>;
    type SerializeStruct = Members<'o>;
    type SerializeStructVariant = Members<'o>;

    numbers! {
        serialize_i8 i8 => write_integer as i64,
        serialize_i16 i16 => write_integer as i64,
        serialize_i32 i32 => write_integer as i64,
        serialize_i64 i64 => write_integer as i64,
        serialize_u8 u8 => write_natural as u64,
        serialize_u16 u16 => write_natural as u64,
        serialize_u32 u32 => write_natural as u64,
        serialize_u64 u64 => write_natural as u64,
    }

    fn serialize_bool(self, flag: bool) -> Result<(), Error> {
        let word: &[u8] = if flag { b"true" } else { b"false" };
        self.out.extend_from_slice(word);
        Ok(())
    }

    fn serialize_f32(self, x: f32) -> Result<(), Error> {
        serde_json::to_writer(self.out, &x)
    }

    fn serialize_f64(self, x: f64) -> Result<(), Error> {
        serde_json::to_writer(self.out, &x)
    }

    fn serialize_char(self, c: char) -> Result<(), Error> {
        write_text(self.out, c.encode_utf8(&mut [0; 4]));
        Ok(())
    }

    fn serialize_str(self, text: &str) -> Result<(), Error> {
        write_text(self.out, text);
        Ok(())
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<(), Error> {
        bytes.serialize(self)
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        self.out.extend_from_slice(b"null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), Error> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        let mut members = Members::open(self.out, b'{', b"}");
        members.field(variant, value)?;
        members.close();
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Members<'o>, Error> {
        Ok(Members::open(self.out, b'[', b"]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Members<'o>, Error> {
        Ok(Members::open(self.out, b'[', b"]"))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Members<'o>, Error> {
        Ok(Members::open(self.out, b'[', b"]"))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Members<'o>, Error> {
        Ok(self.variant(variant, b'[', b"]}"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Members<'o>, Error> {
        Ok(Members::open(self.out, b'{', b"}"))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Members<'o>, Error> {
        Ok(Members::open(self.out, b'{', b"}"))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Members<'o>, Error> {
        Ok(self.variant(variant, b'{', b"}}"))
    }
}

/// The members of what serde tells apart and JSON does not.
macro_rules! members {
    ($($kind:ident $method:ident),+ $(,)?) => {
        $(impl ser::$kind for Members<'_> {
            type Ok = ();
            type Error = Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
                value.serialize(self.next())
            }

            fn end(self) -> Result<(), Error> {
                self.close();
                Ok(())
            }
        })+
    };
}

members! {
    SerializeSeq serialize_element,
    SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field,
    SerializeTupleVariant serialize_field,
}

/// The fields of a struct, with or without a variant's name around it.
macro_rules! fields {
    ($($kind:ident),+) => {
        $(impl ser::$kind for Members<'_> {
            type Ok = ();
            type Error = Error;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<(), Error> {
                self.field(name, value)
            }

            fn end(self) -> Result<(), Error> {
                self.close();
                Ok(())
            }
        })+
    };
}

fields!(SerializeStruct, SerializeStructVariant);

impl ser::SerializeMap for Members<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        let json = self.next();
        let from = json.out.len();
        key.serialize(Json { out: json.out })?;
        match json.out.get(from) {
            Some(b'"') => {}
            Some(b'0'..=b'9' | b'-') => {
                json.out.insert(from, b'"');
                json.out.push(b'"');
            }
            _ => return Err(ser::Error::custom("a key must be text or a number")),
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.out.push(b':');
        value.serialize(Json { out: self.out })
    }

    fn end(self) -> Result<(), Error> {
        self.close();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::*;
    use crate::model::samples::full_record;

    fn same(value: &impl Serialize) {
        let mut out = Vec::new();
        write(&mut out, value).unwrap();
        let expected = serde_json::to_string(value).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[derive(serde::Serialize)]
    enum Kind {
        Unit,
        Newtype(u8),
        Tuple(i32, char),
        Struct { a: Option<f64>, b: () },
    }

    #[test]
    fn every_kind_of_value_is_written_as_serde_json_writes_it() {
        same(&json!({"a": [1, -2, 0.1, 1e300, u64::MAX, i64::MIN, null, true], "b": {}, "c": []}));
        same(&[Kind::Unit, Kind::Newtype(7), Kind::Tuple(-3, 'å')]);
        same(&Kind::Struct {
            a: Some(f64::NAN),
            b: (),
        });
        same(&(0.5f32, 1.5e19, "x", Some("y")));
        same(&BTreeMap::from([(-1, 'a'), (2, '"')]));
        same(&full_record("x"));
    }

    #[test]
    fn every_character_is_escaped_as_serde_json_does() {
        for n in 0..0x300 {
            let c = char::from_u32(n).unwrap_or('x');
            for before in [0, 1, 31, 32, 33] {
                same(&format!("{}{c}{}", "a".repeat(before), "é".repeat(20)));
            }
        }
        same(&"\u{2028}\u{fffd}😀\"\\\"\n\n");
    }

    #[test]
    fn a_key_that_is_no_text_is_refused() {
        assert!(write(&mut Vec::new(), &BTreeMap::from([(vec![1], 1)])).is_err());
    }
}
