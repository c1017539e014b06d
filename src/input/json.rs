//! Responsible for JSON: records a line, or objects in one document taken out one by one, each
//! parsed strictly (no duplicate keys, no half characters), with the place of what is wrong.

use std::fmt;
use std::io::Read;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::decode::{self, Transcoder};
use super::feed::Feed;
use super::lines::{Line, Lines, PLACE, placed};
use super::mapping::{self, Preset};
use super::source::Opened;
use crate::model::problem::Code;

/// The stream as UTF-8: JSON is UTF-8 by definition, so only UTF-16 is turned into it.
fn utf8<'o>(opened: &'o mut Opened, feed: &mut Feed<'_>) -> Box<dyn Read + 'o> {
    let detected = decode::detect(opened.head(), opened.head_is_all(), None);
    if detected.is_ascii_compatible() {
        feed.report.encoding = Some(encoding_rs::UTF_8.name());
        let mut mark = [0; 3];
        // The mark is known to be there, so this reads exactly it.
        let _ = opened.read(&mut mark[..detected.mark]);
        return Box::new(opened);
    }
    feed.report.encoding = Some(detected.encoding.name());
    feed.notes.extend(detected.problem(false));
    let mut mark = [0; 3];
    let _ = opened.read(&mut mark[..detected.mark]);
    Box::new(Transcoder::new(opened, detected.encoding))
}

/// Reads JSON Lines: one input for each line.
pub(super) fn read_lines(opened: &mut Opened, feed: &mut Feed<'_>) {
    let cap = feed.options.limits.record();
    let outcome = {
        let room = if feed.options.numbered { PLACE } else { 0 };
        let mut lines = Lines::new(utf8(opened, feed), cap + room);
        loop {
            match lines.next() {
                Ok(None) => break None,
                Ok(Some((at, line))) => {
                    feed.begin(Some(at));
                    if feed.is_wanted() {
                        hand_on(line, cap, feed);
                    }
                }
                Err(_) => break Some(lines.rest().to_vec()),
            }
            if feed.stopped() {
                return;
            }
        }
    };
    report_fault(opened, feed, outcome);
}

/// Hands on one line. The place in front of it, where there is one, does not count against the cap.
fn hand_on(line: Line<'_>, cap: usize, feed: &mut Feed<'_>) {
    let (mut bytes, mut length) = match line {
        Line::Whole(line) => (line, line.len() as u64),
        Line::Long(head, length) => (head, length),
    };
    if feed.options.numbered {
        let Some((source, rest)) = placed(bytes) else {
            let message = "the line does not begin with a file, a number and an offset";
            feed.reject(None, Code::EJson, message.into(), false, Some(bytes));
            return;
        };
        feed.place(source);
        length -= (bytes.len() - rest.len()) as u64;
        bytes = rest;
    }
    if length > cap as u64 {
        let message = format!("the line has {length} bytes, the limit is {cap}");
        feed.reject(None, Code::ETooBig, message, false, Some(bytes));
    } else {
        record(bytes, None, feed);
    }
}

/// Tells of the fault that ended the stream, with the record it cut off.
pub(super) fn report_fault(opened: &Opened, feed: &mut Feed<'_>, unfinished: Option<Vec<u8>>) {
    if let Some(fault) = opened.fault() {
        feed.begin(None);
        let raw = unfinished.filter(|raw| !raw.is_empty());
        feed.reject(None, fault.code(), fault.to_string(), false, raw.as_deref());
    }
}

/// Parses and maps one object, which starts on `first_line` of a document of many lines.
fn record(bytes: &[u8], first_line: Option<u64>, feed: &mut Feed<'_>) {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let column = error.valid_up_to() + 1;
            let message = format!("invalid UTF-8 at byte {column} of the record");
            feed.reject(None, Code::EUtf8, message, false, Some(bytes));
            return;
        }
    };
    if text
        .trim_matches(['\u{feff}', ' ', '\t', '\r', '\n'])
        .is_empty()
    {
        feed.reject(None, Code::EEmpty, "the line is empty".into(), true, None);
        return;
    }
    match object(text.trim_start_matches('\u{feff}')) {
        Ok(object) => match first_line.and_then(|_| wrapped(&object)) {
            Some(list) => each(list, feed),
            None => mapping::hand_on(object, Some(bytes), feed),
        },
        Err(error) => {
            let message = message(&error, first_line);
            feed.reject(None, Code::EJson, message, false, Some(bytes));
        }
    }
}

/// The articles in the one list of objects that an object wraps, as answers of services do
/// (`{"total": 2, "hits": [{…}, {…}]}`), when it is no article itself.
fn wrapped(object: &Map<String, Value>) -> Option<&[Value]> {
    if Preset::detect(object) != Preset::Generic || mapping::has_text(object) {
        return None;
    }
    let mut lists = object.values().filter_map(Value::as_array).filter(|list| {
        list.first()
            .and_then(Value::as_object)
            .is_some_and(|first| {
                Preset::detect(first) != Preset::Generic || mapping::has_text(first)
            })
    });
    let list = lists.next()?;
    lists.next().is_none().then_some(list)
}

/// Hands on the items of a wrapped list; the record that wraps them is counted as the first of them.
fn each(list: &[Value], feed: &mut Feed<'_>) {
    for (n, item) in list.iter().enumerate() {
        if n > 0 {
            feed.begin(None);
        }
        let raw = item.to_string();
        if let Value::Object(map) = item {
            mapping::hand_on(map.clone(), Some(raw.as_bytes()), feed);
        } else {
            let message = "expected an object in the list of articles".to_owned();
            feed.reject(None, Code::EJson, message, false, Some(raw.as_bytes()));
        }
        if feed.stopped() {
            return;
        }
    }
}

/// The parser's words with a place that can be found in the file.
fn message(error: &serde_json::Error, first_line: Option<u64>) -> String {
    let full = error.to_string();
    let what = full.split(" at line ").next().unwrap_or(&full).to_owned();
    match first_line {
        Some(line) => {
            let line = line + error.line().saturating_sub(1) as u64;
            format!("{what}, line {line}, column {}", error.column())
        }
        None => format!("{what}, column {}", error.column()),
    }
}

/// Parses one object; nothing may follow it.
fn object(text: &str) -> Result<Map<String, Value>, serde_json::Error> {
    let mut parser = serde_json::Deserializer::from_str(text);
    let object = (&mut parser).deserialize_map(Object)?;
    parser.end()?;
    Ok(object)
}

/// Builds an object, refusing keys that come twice: which of them counts would be a guess.
struct Object;

impl<'de> Visitor<'de> for Object {
    type Value = Map<String, Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with an article")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = access.next_key::<String>()? {
            if map.contains_key(&key) {
                return Err(A::Error::custom(format_args!("duplicate key `{key}`")));
            }
            let value = access.next_value_seed(Strict)?;
            map.insert(key, value);
        }
        Ok(map)
    }
}

/// Any value, as strict inside as [`Object`].
struct Strict;

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, v: bool) -> Result<Value, E> {
        Ok(Value::Bool(v))
    }

    fn visit_i64<E>(self, v: i64) -> Result<Value, E> {
        Ok(Value::from(v))
    }

    fn visit_u64<E>(self, v: u64) -> Result<Value, E> {
        Ok(Value::from(v))
    }

    fn visit_f64<E>(self, v: f64) -> Result<Value, E> {
        Ok(Value::from(v))
    }

    fn visit_str<E>(self, v: &str) -> Result<Value, E> {
        Ok(Value::String(v.to_owned()))
    }

    fn visit_string<E>(self, v: String) -> Result<Value, E> {
        Ok(Value::String(v))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(value) = access.next_element_seed(Strict)? {
            list.push(value);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<Value, A::Error> {
        Object.visit_map(access).map(Value::Object)
    }
}

/// Where the cutter stands in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    /// Between the elements.
    Between,
    /// In an element: depth of brackets, inside a string, after a backslash.
    Inside {
        depth: u32,
        string: bool,
        escaped: bool,
    },
    /// In something that is no object, up to the next one.
    Stray,
}

/// Cuts a document into its top-level objects, in constant memory.
struct Cutter {
    at: At,
    element: Vec<u8>,
    /// The whole length of the element, when it is over the cap.
    length: u64,
    offset: u64,
    line: u64,
    element_line: u64,
    element_offset: u64,
    /// Open brackets around the elements.
    lists: u64,
    cap: usize,
}

impl Cutter {
    /// Takes some bytes; whole elements go to the feed.
    fn take(&mut self, bytes: &[u8], feed: &mut Feed<'_>) {
        let mut at = 0;
        while at < bytes.len() && !feed.stopped() {
            let used = match self.at {
                At::Between | At::Stray => self.between(&bytes[at..], feed),
                At::Inside {
                    depth,
                    string,
                    escaped,
                } => self.inside(&bytes[at..], depth, string, escaped, feed),
            };
            self.line += memchr::memchr_iter(b'\n', &bytes[at..at + used]).count() as u64;
            self.offset += used as u64;
            at += used;
        }
    }

    fn between(&mut self, bytes: &[u8], feed: &mut Feed<'_>) -> usize {
        let stray = self.at == At::Stray;
        match bytes[0] {
            b'{' => {
                self.end_stray(feed);
                self.start(At::Inside {
                    depth: 0,
                    string: false,
                    escaped: false,
                });
                return 0;
            }
            b'[' if !stray => self.lists += 1,
            b']' => {
                self.end_stray(feed);
                self.lists = self.lists.saturating_sub(1);
            }
            b' ' | b'\t' | b'\r' | b'\n' | b',' if !stray => {}
            b',' | b'\n' => self.end_stray(feed),
            byte => {
                if !stray {
                    self.start(At::Stray);
                }
                self.keep(&[byte]);
            }
        }
        1
    }

    fn start(&mut self, at: At) {
        self.at = at;
        self.element.clear();
        self.length = 0;
        self.element_line = self.line;
        self.element_offset = self.offset;
    }

    fn keep(&mut self, bytes: &[u8]) {
        self.length += bytes.len() as u64;
        let room = (self.cap + 1).saturating_sub(self.element.len());
        self.element
            .extend_from_slice(&bytes[..bytes.len().min(room)]);
    }

    fn end_stray(&mut self, feed: &mut Feed<'_>) {
        if self.at == At::Stray {
            feed.begin(Some(self.element_offset));
            let message = format!("expected an object, line {}", self.element_line);
            feed.reject(None, Code::EJson, message, false, Some(&self.element));
            self.at = At::Between;
        }
    }

    fn inside(
        &mut self,
        bytes: &[u8],
        mut depth: u32,
        mut string: bool,
        mut escaped: bool,
        feed: &mut Feed<'_>,
    ) -> usize {
        let mut n = 0;
        while n < bytes.len() {
            let byte = bytes[n];
            n += 1;
            if escaped {
                escaped = false;
            } else if string {
                match byte {
                    b'"' => string = false,
                    b'\\' => escaped = true,
                    _ => {
                        let rest = &bytes[n..];
                        n += memchr::memchr2(b'"', b'\\', rest).unwrap_or(rest.len());
                    }
                }
            } else {
                match byte {
                    b'"' => string = true,
                    b'{' | b'[' => depth = depth.saturating_add(1),
                    b'}' | b']' => {
                        depth -= 1;
                        if depth == 0 {
                            self.keep(&bytes[..n]);
                            self.at = At::Between;
                            self.hand_on(feed);
                            return n;
                        }
                    }
                    _ => {}
                }
            }
        }
        self.keep(bytes);
        self.at = At::Inside {
            depth,
            string,
            escaped,
        };
        n
    }

    fn hand_on(&mut self, feed: &mut Feed<'_>) {
        feed.begin(Some(self.element_offset));
        if self.length > self.cap as u64 {
            let message = format!(
                "the record has {} bytes, the limit is {}",
                self.length, self.cap
            );
            feed.reject(None, Code::ETooBig, message, false, Some(&self.element));
        } else {
            let element = std::mem::take(&mut self.element);
            record(&element, Some(self.element_line), feed);
            self.element = element;
        }
    }

    /// Tells of an element or a list that the end of the file cuts off.
    fn finish(&mut self, feed: &mut Feed<'_>) {
        self.end_stray(feed);
        if let At::Inside { .. } = self.at {
            feed.begin(Some(self.element_offset));
            let message = format!(
                "the object from line {} on is not closed",
                self.element_line
            );
            feed.reject(None, Code::EJson, message, false, Some(&self.element));
        } else if self.lists > 0 {
            feed.begin(Some(self.offset));
            let message = "the list is not closed: the file may be cut off".to_owned();
            feed.reject(None, Code::EJson, message, false, None);
        }
    }
}

/// Reads a document of objects: one, a list, or one after the other.
pub(super) fn read_stream(opened: &mut Opened, feed: &mut Feed<'_>) {
    let mut cutter = Cutter {
        at: At::Between,
        element: Vec::new(),
        length: 0,
        offset: 0,
        line: 1,
        element_line: 1,
        element_offset: 0,
        lists: 0,
        cap: feed.options.limits.record(),
    };
    let mut chunk = vec![0; 64 << 10];
    let failed = {
        let mut reader = utf8(opened, feed);
        loop {
            match reader.read(&mut chunk) {
                Ok(0) => break false,
                Ok(n) => cutter.take(&chunk[..n], feed),
                Err(_) => break true,
            }
            if feed.stopped() {
                return;
            }
        }
    };
    if failed {
        let unfinished = (cutter.at != At::Between).then_some(cutter.element);
        report_fault(opened, feed, unfinished);
    } else {
        cutter.finish(feed);
    }
}
