//! Responsible for handing on what readers read: numbering records, the checks that hold for every
//! article, and the report on the file.

use std::ops::ControlFlow;

use super::shard::Share;
use super::{FileReport, InputOptions, Sink};
use crate::model::article::{Input, RawArticle, Rejected, Source};
use crate::model::problem::{Code, Problem};

/// How much of a raw record is kept for the dead-letter file, in bytes.
const RAW: usize = 64 << 10;

/// The way from a reader to the sink.
pub(super) struct Feed<'a> {
    pub(super) options: &'a InputOptions,
    pub(super) report: FileReport,
    sink: Sink<'a>,
    stopped: bool,
    /// The record that is being read, from 1.
    record: u64,
    offset: Option<u64>,
    /// Where the record stood before it came into this stream.
    place: Option<Source>,
    /// Which records are handed on.
    pub(super) share: Share,
    /// What to tell about every record of the file, such as a guessed encoding.
    pub(super) notes: Vec<Problem>,
}

impl<'a> Feed<'a> {
    pub(super) fn new(path: String, options: &'a InputOptions, sink: Sink<'a>) -> Self {
        Self {
            options,
            report: FileReport {
                path,
                ..FileReport::default()
            },
            sink,
            stopped: false,
            record: 0,
            offset: None,
            place: None,
            share: Share::ALL,
            notes: Vec::new(),
        }
    }

    /// Whether the sink wants no more.
    pub(super) fn stopped(&self) -> bool {
        self.stopped
    }

    /// Starts the next record, which lies `offset` bytes into the decoded stream.
    pub(super) fn begin(&mut self, offset: Option<u64>) {
        self.record += 1;
        self.offset = offset;
        self.place = None;
    }

    /// Says where the record stood before it came into this stream.
    pub(super) fn place(&mut self, source: Source) {
        self.place = Some(source);
    }

    /// Whether the record is of the share that is handed on; others need not be parsed.
    pub(super) fn is_wanted(&self) -> bool {
        self.share.takes(self.record.max(1))
    }

    /// Whether this is the file's first record.
    pub(super) fn is_first(&self) -> bool {
        self.record <= 1
    }

    fn source(&self) -> Source {
        self.place.clone().unwrap_or_else(|| Source {
            path: self.report.path.clone(),
            record: self.record.max(1),
            offset: self.offset,
        })
    }

    fn send(&mut self, input: Input) {
        if !self.is_wanted() {
            return;
        }
        self.report.records += 1;
        if !self.stopped && (self.sink)(input) == ControlFlow::Break(()) {
            self.stopped = true;
        }
    }

    /// Hands on an article, or the reason why it is none.
    pub(super) fn article(&mut self, mut article: RawArticle) {
        if let Err((code, message, skipped)) = self.check(&article) {
            let raw = (code != Code::ETooBig).then_some(article.text);
            self.reject(
                article.id,
                code,
                message,
                skipped,
                raw.as_deref().map(str::as_bytes),
            );
            return;
        }
        article.source = self.source();
        if let Some(language) = &self.options.language {
            article.language = Some(language.clone());
        }
        article.problems.splice(0..0, self.notes.iter().cloned());
        note_oddities(&mut article);
        article
            .hints
            .sort_by_key(|hint| (hint.span.start, hint.span.end));
        self.send(Input::Article(Box::new(article)));
    }

    fn check(&self, article: &RawArticle) -> Result<(), (Code, String, bool)> {
        let limit = self.options.limits.article;
        if article.text.len() > limit {
            let message = format!(
                "the text has {} bytes, the limit is {limit}",
                article.text.len()
            );
            return Err((Code::ETooBig, message, false));
        }
        let blank = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\0');
        if article.text.chars().all(blank) {
            return Err((Code::EEmpty, "the text is empty".into(), true));
        }
        Ok(())
    }

    /// Hands on a record that could not become an article.
    pub(super) fn reject(
        &mut self,
        id: Option<String>,
        code: Code,
        message: String,
        skipped: bool,
        raw: Option<&[u8]>,
    ) {
        let rejected = Rejected {
            source: self.source(),
            id,
            skipped,
            problem: Problem::new(code, message),
            raw: raw.map(cut),
        };
        self.send(Input::Rejected(Box::new(rejected)));
    }

    /// Refuses a whole file, or the rest of it.
    pub(super) fn refuse(&mut self, code: Code, message: String, skipped: bool) {
        self.begin(None);
        self.reject(None, code, message, skipped, None);
    }

    pub(super) fn into_report(self) -> FileReport {
        self.report
    }
}

/// The beginning of a raw record as text.
fn cut(raw: &[u8]) -> String {
    let mut end = raw.len().min(RAW);
    while end < raw.len() && end > 0 && (raw[end] & 0xc0) == 0x80 {
        end -= 1;
    }
    String::from_utf8_lossy(&raw[..end]).into_owned()
}

/// Warns of text that was decoded wrongly before it came here, and of characters that hide or turn.
fn note_oddities(article: &mut RawArticle) {
    let text = article.text.as_bytes();
    if let Some(example) = mojibake(&article.text) {
        article.problems.push(Problem::new(
            Code::WMojibake,
            format!("the text looks wrongly decoded (“{example}”); it is used as it is"),
        ));
    }
    // Without a branch a loop over bytes is done many bytes at a time.
    #[allow(clippy::needless_bitwise_bool)]
    let control = |b: u8| {
        let space = (b == b'\t') | (b == b'\n') | (b == b'\r') | (b == 0x0c);
        ((b < 0x20) & !space) | (b == 0x7f)
    };
    let controls = text.iter().fold(false, |any, b| any | control(*b));
    let turns = memchr::memmem::find_iter(text, b"\xe2\x80")
        .any(|at| matches!(text.get(at + 2), Some(0xaa..=0xae)))
        || memchr::memmem::find_iter(text, b"\xe2\x81")
            .any(|at| matches!(text.get(at + 2), Some(0xa6..=0xa9)));
    if turns || controls {
        article.problems.push(Problem::new(
            Code::WControls,
            "the text holds control characters or marks that turn its direction",
        ));
    }
}

/// A piece of UTF-8 that was read as a one-byte encoding, when there is one.
fn mojibake(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    // `â€` begins every dash and quotation mark that was read as windows-1252.
    if let Some(at) = memchr::memmem::find(bytes, "â€".as_bytes()) {
        return text.get(at..).map(|rest| first_chars(rest, 3));
    }
    let mut seen = 0;
    let mut first = None;
    for at in memchr::memmem::find_iter(bytes, "Ã".as_bytes()) {
        // `Ã` before a sign or a C1 control, as in `Ã¤`; before a letter it is Portuguese.
        if matches!(
            text[at..].chars().nth(1),
            Some('\u{80}'..='\u{bf}' | '…' | '–' | '‰' | '„' | '†')
        ) {
            seen += 1;
            first.get_or_insert(at);
        }
    }
    (seen >= 2).then(|| {
        first
            .and_then(|at| text.get(at..))
            .map(|rest| first_chars(rest, 2))
    })?
}

fn first_chars(text: &str, n: usize) -> &str {
    text.char_indices()
        .nth(n)
        .map_or(text, |(at, _)| &text[..at])
}
