//! Responsible for tables: CSV and TSV, one article a row, read row by row with a cap on each.

use std::io::Read;

use csv_core::ReadRecordResult;
use serde_json::{Map, Value};

use super::decode::{self, Transcoder};
use super::feed::Feed;
use super::format::Format;
use super::json::report_fault;
use super::mapping::{self, Field, Preset};
use super::presets;
use super::source::Opened;
use crate::error::Error;
use crate::model::problem::Code;

/// The columns of trafilatura's table, which has no header.
const TRAFILATURA: [&str; 11] = [
    "url",
    "id",
    "fingerprint",
    "hostname",
    "title",
    "image",
    "date",
    "text",
    "comments",
    "license",
    "pagetype",
];
/// More columns than any table of articles has.
const COLUMNS: usize = 16_384;

/// One row: its fields and its bytes as they stand in the file.
#[derive(Debug, Default)]
struct Row {
    fields: Vec<String>,
    raw: Vec<u8>,
    line: u64,
    offset: u64,
    /// Its size, when that is over the cap and the fields were dropped.
    too_big: Option<u64>,
    invalid: bool,
    /// Quotation marks came in an odd number.
    open_quote: bool,
}

/// Cuts a stream into rows.
struct Rows<R> {
    inner: R,
    parser: csv_core::Reader,
    chunk: Vec<u8>,
    at: usize,
    filled: usize,
    ended: bool,
    offset: u64,
    cap: usize,
}

impl<R: Read> Rows<R> {
    fn new(inner: R, delimiter: u8, cap: usize) -> Self {
        Self {
            inner,
            parser: csv_core::ReaderBuilder::new().delimiter(delimiter).build(),
            chunk: vec![0; 64 << 10],
            at: 0,
            filled: 0,
            ended: false,
            offset: 0,
            cap,
        }
    }

    /// Reads one row into `row`; `false` at the end.
    fn next(&mut self, row: &mut Row) -> std::io::Result<bool> {
        *row = Row {
            raw: std::mem::take(&mut row.raw),
            line: self.parser.line(),
            offset: self.offset,
            ..Row::default()
        };
        row.raw.clear();
        let mut out = vec![0; 4096];
        let mut ends = vec![0; 64];
        let (mut written, mut counted, mut size, mut quotes) = (0, 0, 0u64, 0usize);
        loop {
            if self.at == self.filled && !self.ended {
                self.filled = self.inner.read(&mut self.chunk)?;
                self.at = 0;
                self.ended = self.filled == 0;
            }
            let input = &self.chunk[self.at..self.filled];
            let (result, used, wrote, ended) =
                self.parser
                    .read_record(input, &mut out[written..], &mut ends[counted..]);
            let taken = &input[..used];
            quotes += memchr::memchr_iter(b'"', taken).count();
            let room = self.cap.saturating_sub(row.raw.len());
            row.raw.extend_from_slice(&taken[..used.min(room)]);
            self.at += used;
            self.offset += used as u64;
            size += used as u64;
            written += wrote;
            counted += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if out.len() < self.cap => {
                    out.resize((out.len() * 2).min(self.cap), 0);
                }
                ReadRecordResult::OutputEndsFull if ends.len() < COLUMNS => {
                    ends.resize(ends.len() * 2, 0);
                }
                // Too much: what was read is dropped, the row is followed to its end.
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {
                    row.too_big = Some(0);
                    written = 0;
                    counted = 0;
                }
                ReadRecordResult::Record => break,
                ReadRecordResult::End => return Ok(false),
            }
        }
        row.open_quote = self.ended && quotes % 2 == 1;
        if row.too_big.is_some() {
            row.too_big = Some(size);
            return Ok(true);
        }
        let mut start = 0;
        for end in &ends[..counted] {
            let field = &out[start..*end];
            row.invalid |= std::str::from_utf8(field).is_err();
            row.fields.push(String::from_utf8_lossy(field).into_owned());
            start = *end;
        }
        Ok(true)
    }
}

/// The delimiter of a table: the mark that its first line holds most of, outside quotes.
fn delimiter(head: &str, format: Format) -> u8 {
    let mut counts = [(b'\t', 0), (b',', 0), (b';', 0), (b'|', 0)];
    let mut quoted = false;
    for byte in head.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if quoted => {}
            _ => {
                if let Some((_, n)) = counts.iter_mut().find(|(mark, _)| *mark == byte) {
                    *n += 1;
                }
            }
        }
    }
    let usual = if format == Format::Tsv { b'\t' } else { b',' };
    let best = counts.iter().max_by_key(|(mark, n)| (*n, *mark == usual));
    best.filter(|(_, n)| *n > 0)
        .map_or(usual, |(mark, _)| *mark)
}

/// Reads a table.
///
/// # Errors
/// [`Error::Usage`] when no column holds the text.
pub(super) fn read(opened: &mut Opened, format: Format, feed: &mut Feed<'_>) -> Result<(), Error> {
    let detected = decode::detect(opened.head(), opened.head_is_all(), None);
    feed.report.encoding = Some(detected.encoding.name());
    feed.notes.extend(detected.problem(false));
    let mark = delimiter(&detected.sample(opened.head()), format);
    let mut skip = [0; 3];
    let _ = opened.read(&mut skip[..detected.mark]);
    let cap = feed.options.limits.record();
    let outcome = if detected.is_utf8() {
        rows(Rows::new(&mut *opened, mark, cap), feed)?
    } else {
        rows(
            Rows::new(Transcoder::new(&mut *opened, detected.encoding), mark, cap),
            feed,
        )?
    };
    if let Some(unfinished) = outcome {
        report_fault(opened, feed, Some(unfinished));
    }
    Ok(())
}

/// Reads all rows; gives back what was read of a row that a fault cut off.
fn rows<R: Read>(mut rows: Rows<R>, feed: &mut Feed<'_>) -> Result<Option<Vec<u8>>, Error> {
    let mut row = Row::default();
    let header = match rows.next(&mut row) {
        Ok(true) => row.fields.clone(),
        Ok(false) => return Ok(None),
        Err(_) => return Ok(Some(row.raw)),
    };
    let (header, mut pending) = if is_headerless_trafilatura(&header) {
        (TRAFILATURA.map(str::to_owned).to_vec(), true)
    } else {
        (
            header.iter().map(|name| name.trim().to_owned()).collect(),
            false,
        )
    };
    require_text_column(&header, feed)?;
    loop {
        if !std::mem::take(&mut pending) {
            match rows.next(&mut row) {
                Ok(true) => {}
                Ok(false) => return Ok(None),
                Err(_) => return Ok(Some(row.raw)),
            }
        }
        feed.begin(Some(row.offset));
        if feed.is_wanted() {
            hand_on(&header, &row, feed);
        }
        if feed.stopped() {
            return Ok(None);
        }
    }
}

fn is_headerless_trafilatura(first: &[String]) -> bool {
    first.len() == TRAFILATURA.len()
        && (first[0].starts_with("http") || first[0] == "null")
        && !first.iter().any(|field| field == "text")
}

/// Stops the run when a table cannot hold articles: a wrong column would fail every row.
fn require_text_column(header: &[String], feed: &Feed<'_>) -> Result<(), Error> {
    let options = feed.options;
    let has = |name: &str| header.iter().any(|column| column == name);
    let preset = options.preset.unwrap_or(Preset::Generic);
    let found = match (&options.text_column, options.mapping.names(Field::Text)) {
        (Some(column), _) => has(column),
        (None, Some(names)) => names.iter().any(|name| has(name)),
        (None, None) => {
            presets::names(preset, Field::Text)
                .iter()
                .any(|name| has(name))
                || ["body_html5", "body_html"].iter().any(|name| has(name))
        }
    };
    if found {
        return Ok(());
    }
    Err(Error::Usage {
        message: format!(
            "{}: no column holds the text; the columns are {}",
            feed.report.path,
            header.join(", ")
        ),
        hint: "name it with --text-column NAME or --map text=NAME".into(),
    })
}

fn hand_on(header: &[String], row: &Row, feed: &mut Feed<'_>) {
    let raw = Some(row.raw.as_slice());
    if let Some(size) = row.too_big {
        let message = format!("the row from line {} on has {size} bytes", row.line);
        feed.reject(None, Code::ETooBig, message, false, raw);
        return;
    }
    let extra = row
        .fields
        .iter()
        .skip(header.len())
        .any(|field| !field.is_empty());
    if row.open_quote && (row.fields.len() != header.len() || row.raw.contains(&b'\n')) {
        let message = format!(
            "a quotation mark in the row from line {} on is never closed",
            row.line
        );
        feed.reject(None, Code::ECsv, message, false, raw);
        return;
    }
    if row.fields.len() < header.len() || extra {
        let message = format!(
            "line {}: {} fields where the header has {}",
            row.line,
            row.fields.len(),
            header.len()
        );
        feed.reject(None, Code::ECsv, message, false, raw);
        return;
    }
    if row.invalid {
        let message = format!("line {}: invalid UTF-8", row.line);
        feed.reject(None, Code::EUtf8, message, false, raw);
        return;
    }
    let mut map = Map::new();
    for (name, field) in header.iter().zip(&row.fields) {
        let mut key = name.clone();
        let mut n = 2;
        while map.contains_key(&key) {
            key = format!("{name}_{n}");
            n += 1;
        }
        map.insert(key, Value::String(field.clone()));
    }
    mapping::hand_on(map, raw, feed);
}
