//! Responsible for telling what a file is, by its first bytes and then by its name.

use std::path::Path;

use super::decode;

/// How a file is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Compression {
    /// Not at all.
    #[default]
    None,
    /// gzip, with any number of members.
    Gzip,
    /// Zstandard, with any number of frames.
    Zstd,
}

impl Compression {
    /// The compression that the first bytes of a file announce.
    pub fn of(magic: [u8; 4]) -> Self {
        match magic {
            [0x1f, 0x8b, 8, _] => Self::Gzip,
            [0x28, 0xb5, 0x2f, 0xfd] | [0x50..=0x5f, 0x2a, 0x4d, 0x18] => Self::Zstd,
            _ => Self::None,
        }
    }

    /// The name as it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
        }
    }
}

/// The formats that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text, one article a file.
    Text,
    /// Markdown, one article a file; its marks are kept.
    Markdown,
    /// HTML, one article a file.
    Html,
    /// JSON Lines, one article a line.
    Jsonl,
    /// JSON: an object, an array of objects, or objects one after the other.
    Json,
    /// A table with commas, semicolons or bars, one article a row.
    Csv,
    /// A table with tabs, one article a row.
    Tsv,
    /// XML as trafilatura writes it.
    Xml,
}

impl Format {
    /// Every format, in order.
    pub const ALL: &'static [Self] = &[
        Self::Text,
        Self::Markdown,
        Self::Html,
        Self::Jsonl,
        Self::Json,
        Self::Csv,
        Self::Tsv,
        Self::Xml,
    ];

    /// The name as it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Jsonl => "jsonl",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Xml => "xml",
        }
    }

    /// The format of that name, or of files that end so.
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name.to_ascii_lowercase().as_str() {
            "txt" | "text" => Self::Text,
            "md" | "markdown" => Self::Markdown,
            "html" | "htm" | "xhtml" => Self::Html,
            "jsonl" | "ndjson" | "jsonlines" => Self::Jsonl,
            "json" => Self::Json,
            "csv" => Self::Csv,
            "tsv" | "tab" => Self::Tsv,
            "xml" => Self::Xml,
            _ => return None,
        })
    }
}

/// What a file's name says of its content.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NameHint {
    format: Option<Format>,
    stream: bool,
    /// The ending, when it is one that no format has.
    foreign: Option<String>,
    /// The name without its endings.
    stem: String,
}

impl NameHint {
    /// Standard input: JSON Lines unless told otherwise.
    pub fn stream() -> Self {
        Self {
            format: Some(Format::Jsonl),
            stream: true,
            ..Self::default()
        }
    }

    /// Looks at the ending before `.gz`, `.zst` and the like.
    pub fn of(path: &Path) -> Self {
        let name = path
            .file_name()
            .map(|n| n.to_string_lossy().into_owned())
            .unwrap_or_default();
        let mut stem = name.as_str();
        for packed in [".gz", ".gzip", ".zst", ".zstd"] {
            if stem.len() > packed.len() && stem.is_char_boundary(stem.len() - packed.len()) {
                let (front, end) = stem.split_at(stem.len() - packed.len());
                if end.eq_ignore_ascii_case(packed) {
                    stem = front;
                    break;
                }
            }
        }
        match stem.rsplit_once('.') {
            Some((front, ending)) if is_ending(ending) => {
                let format = Format::parse(ending);
                Self {
                    format,
                    foreign: format.is_none().then(|| ending.to_owned()),
                    stem: front.to_owned(),
                    stream: false,
                }
            }
            _ => Self {
                stem: stem.to_owned(),
                ..Self::default()
            },
        }
    }

    /// Whether this is no file but a stream.
    pub fn is_stream(&self) -> bool {
        self.stream
    }

    /// The name without its endings.
    pub fn stem(&self) -> &str {
        &self.stem
    }
}

/// Whether what follows a point is an ending rather than a part of a name ("2026-11-03. Nato").
fn is_ending(ending: &str) -> bool {
    (1..=8).contains(&ending.len())
        && ending.bytes().all(|b| b.is_ascii_alphanumeric())
        && ending.bytes().any(|b| b.is_ascii_alphabetic())
}

/// Byte patterns at the start of kinds that are not read.
const FOREIGN: &[(&[u8], &str)] = &[
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"PK\x05\x06", "a ZIP archive"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\x89PNG", "a PNG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a RIFF file (image, sound or film)"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ\0", "an xz file"),
    (b"\x1f\x8b", "a gzip file inside another"),
    (b"\x28\xb5\x2f\xfd", "a zstd file inside another"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"ARROW1", "an Arrow file"),
    (b"Obj\x01", "an Avro file"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound file"),
    (b"WARC/", "a WARC archive"),
];

/// Says what a file is.
///
/// # Errors
/// The name of a kind that is not read.
pub(super) fn sniff(
    head: &[u8],
    is_all: bool,
    name: &NameHint,
    told: Option<Format>,
) -> Result<Format, String> {
    if let Some((_, kind)) = FOREIGN.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Err((*kind).to_owned());
    }
    let encoding = decode::detect(head, is_all, None);
    if encoding.is_ascii_compatible() && is_binary(head) {
        return Err("binary data".to_owned());
    }
    if let Some(format) = told {
        return Ok(format);
    }
    let sample = encoding.sample(head);
    by_content(&sample, name).ok_or_else(|| match &name.foreign {
        Some(ending) => format!("a .{ending} file"),
        None => "this kind of file".to_owned(),
    })
}

/// Whether so much of it is control characters that it cannot be text.
fn is_binary(head: &[u8]) -> bool {
    let controls = head
        .iter()
        .filter(|b| **b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1b))
        .count();
    controls >= 4 && controls * 20 > head.len()
}

fn by_content(sample: &str, name: &NameHint) -> Option<Format> {
    let start = sample.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    if start.starts_with('<')
        && let Some(format) = markup(start, name)
    {
        return Some(format);
    }
    match name.format {
        Some(Format::Json) if is_json_lines(start) => return Some(Format::Jsonl),
        Some(format) => return Some(format),
        None => {}
    }
    if start.starts_with('{') || start.starts_with('[') {
        if is_json_lines(start) {
            return Some(Format::Jsonl);
        }
        let next = start[1..].trim_start();
        if next.starts_with(['"', '{', ']', '}']) {
            return Some(Format::Json);
        }
    }
    name.foreign.is_none().then_some(Format::Text)
}

/// HTML or XML, when the document starts as one, whatever its name.
fn markup(start: &str, name: &NameHint) -> Option<Format> {
    let low: String = start
        .chars()
        .take(1024)
        .collect::<String>()
        .to_ascii_lowercase();
    if low.contains("<!doctype html") || low.contains("<html") {
        return Some(Format::Html);
    }
    if low.starts_with("<?xml") || low.starts_with("<doc ") || low.starts_with("<doc>") {
        return Some(if name.format == Some(Format::Html) {
            Format::Html
        } else {
            Format::Xml
        });
    }
    // A fragment: only where the name promises no other format.
    let fragment = [
        "<head", "<body", "<article", "<div", "<main", "<section", "<!--",
    ];
    (name.format.is_none() && fragment.iter().any(|tag| low.starts_with(tag)))
        .then_some(Format::Html)
}

/// Whether the first line is a whole object and the next one starts another, or there is no other.
fn is_json_lines(start: &str) -> bool {
    let Some((first, rest)) = start.split_once('\n') else {
        return false;
    };
    first.starts_with('{')
        && first.trim_end().ends_with('}')
        && rest.trim_start().starts_with('{')
        && serde_json::from_str::<serde::de::IgnoredAny>(first).is_ok()
}
