//! Responsible for turning files and streams into articles: finding files, decompressing, decoding,
//! telling kinds apart, and mapping the fields of other people's formats onto ours.
//!
//! Every record of the input yields exactly one [`Input`]: an article, or a numbered rejection. A
//! bad record never stops a file, a bad file never stops a run. Streamed formats (JSON Lines, JSON,
//! CSV) hold one record at a time; whole-document formats are read up to a cap.

pub mod dates;
mod decode;
pub mod discover;
mod feed;
pub mod format;
mod html;
mod json;
mod lines;
pub mod mapping;
mod names;
mod own;
mod pattern;
mod plain;
mod presets;
mod seen;
mod shard;
mod source;
mod table;

use std::io::Read;
use std::ops::ControlFlow;

use crate::error::Error;
use crate::model::article::Input;
use crate::model::problem::Code;

pub use discover::{InputFile, discover, refuse_overlap};
pub use format::{Compression, Format};
pub use mapping::{Field, Mapping, Preset};
pub use seen::{back_from, seen_from};
pub use shard::Shard;

use feed::Feed;
use source::Opened;

/// Where a reader sends what it reads; [`ControlFlow::Break`] stops the reading.
pub type Sink<'a> = &'a mut dyn FnMut(Input) -> ControlFlow<()>;

/// Bounds that keep one bad input from taking the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The longest text of an article, in bytes of UTF-8.
    pub article: usize,
    /// How many bytes a compressed byte may become once 1 MiB has been written.
    pub ratio: u64,
    /// The largest window of a zstd frame, in bytes.
    pub window: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            article: 8 << 20,
            ratio: 100,
            window: 64 << 20,
        }
    }
}

impl Limits {
    /// The longest raw record, in bytes: escapes and other fields may double an article.
    pub fn record(&self) -> usize {
        self.article.saturating_mul(2)
    }

    /// The longest HTML or XML document, in bytes: most of a page is not text.
    pub fn markup(&self) -> usize {
        self.article.saturating_mul(4)
    }
}

/// What a user can set about reading.
#[derive(Debug, Clone, Default)]
pub struct InputOptions {
    /// Which fields of a record are ours, before any preset.
    pub mapping: Mapping,
    /// The preset to use instead of the one that a record's keys suggest.
    pub preset: Option<Preset>,
    /// The column of a table that holds the text.
    pub text_column: Option<String>,
    /// The format to read every file as, instead of what its content says.
    pub format: Option<Format>,
    /// The language of all articles, over whatever they declare.
    pub language: Option<String>,
    /// Whether directories are entered and files read through symbolic links.
    pub follow_links: bool,
    /// Whether articles are read that their publisher withdrew or withheld.
    pub include_withheld: bool,
    /// Whether each line of JSON Lines begins with its file, its number in it and its offset (or nothing),
    /// each followed by a tab: for lines that left their file on the way here.
    pub numbered: bool,
    /// The bounds.
    pub limits: Limits,
}

/// What was found out about one file while it was read, for `run.json` and `check`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileReport {
    /// The file, relative to the input root.
    pub path: String,
    /// What it was read as; `None` when it could not be opened or is of no kind that is read.
    pub format: Option<Format>,
    /// How it is compressed.
    pub compression: Compression,
    /// The character encoding, by its WHATWG name.
    pub encoding: Option<&'static str>,
    /// The preset of its first record.
    pub preset: Option<Preset>,
    /// Which of our fields come from which of the file's, for its first record.
    pub fields: Vec<(Field, String)>,
    /// How many inputs it gave, articles and rejections.
    pub records: u64,
    /// How many bytes were read from disk.
    pub bytes: u64,
    /// SHA-256 of those bytes, when the file was read to its end.
    pub sha256: Option<String>,
}

/// Reads one file to its end, or until the sink breaks off.
///
/// # Errors
/// [`Error::Usage`] when a table has no column for the text; everything else becomes a rejection.
pub fn read(file: &InputFile, options: &InputOptions, sink: Sink<'_>) -> Result<FileReport, Error> {
    let mut feed = Feed::new(file.label(), options, sink);
    feed.share = file.share();
    if let Some(refusal) = file.refusal() {
        feed.refuse(refusal.code, refusal.message.clone(), refusal.skipped);
        return Ok(feed.into_report());
    }
    let opened = if file.is_stdin() {
        Opened::from_stream(Box::new(std::io::stdin()), options)
    } else {
        Opened::from_file(&file.path(), options)
    };
    match opened {
        Ok(opened) => read_opened(opened, &file.name_hint(), options, feed),
        Err(fault) => {
            feed.refuse(fault.code(), fault.to_string(), false);
            Ok(feed.into_report())
        }
    }
}

/// Reads JSON Lines from a stream: exactly one [`Input`] for each line, in order.
///
/// # Errors
/// None for JSON Lines; the type leaves room for other formats.
pub fn read_stream(
    reader: impl Read + 'static,
    label: &str,
    options: &InputOptions,
    sink: Sink<'_>,
) -> Result<FileReport, Error> {
    let mut feed = Feed::new(label.to_owned(), options, sink);
    match Opened::from_stream(Box::new(reader), options) {
        Ok(opened) => read_opened(opened, &format::NameHint::stream(), options, feed),
        Err(fault) => {
            feed.refuse(fault.code(), fault.to_string(), false);
            Ok(feed.into_report())
        }
    }
}

/// Says what a file is and how its first record would be mapped, reading no further than that.
///
/// # Errors
/// As [`read`].
pub fn describe(
    file: &InputFile,
    options: &InputOptions,
) -> Result<(FileReport, Option<Input>), Error> {
    let mut first = None;
    let report = read(file, options, &mut |input| {
        first = Some(input);
        ControlFlow::Break(())
    })?;
    Ok((report, first))
}

/// Reads what has been opened as the kind that it is.
fn read_opened(
    mut opened: Opened,
    name: &format::NameHint,
    options: &InputOptions,
    mut feed: Feed<'_>,
) -> Result<FileReport, Error> {
    // A stream keeps its promise of one input a line, whatever its bytes look like.
    let sniffed = if name.is_stream() {
        Ok(options.format.unwrap_or(Format::Jsonl))
    } else {
        format::sniff(opened.head(), opened.head_is_all(), name, options.format)
    };
    feed.report.compression = opened.compression();
    match sniffed {
        Ok(format) => {
            feed.report.format = Some(format);
            match format {
                Format::Jsonl => json::read_lines(&mut opened, &mut feed),
                Format::Json => json::read_stream(&mut opened, &mut feed),
                Format::Csv | Format::Tsv => table::read(&mut opened, format, &mut feed)?,
                Format::Text | Format::Markdown => plain::read(&mut opened, name, &mut feed),
                Format::Html => html::read(&mut opened, name, &mut feed),
                Format::Xml => html::read_xml(&mut opened, &mut feed),
            }
        }
        Err(kind) => feed.refuse(Code::EKind, format!("{kind} is not read"), true),
    }
    let tally = opened.tally();
    feed.report.bytes = tally.bytes;
    feed.report.sha256 = tally.sha256;
    Ok(feed.into_report())
}
