//! Responsible for rendering one record: its line, its rows and its dead letters, in any thread and without
//! knowledge of other records.

use std::sync::{Arc, Mutex, PoisonError};

use super::csv_file::RenderedRows;
use super::dead_letters;
use super::options::Dialect;
use super::rows::is_outside;
use super::selection::{Only, Selection};
use crate::corpus::{CommonNames, Digest};
use crate::model::article::{ContentKey, Source};
use crate::model::problem::{Code, Problem};
use crate::model::record::{Record, Status};

/// The most bytes of what was written that stay to be filled anew: they count among those under way.
pub const SPARE: u64 = Spent::MOST;

/// Renders records in any thread.
#[derive(Debug, Clone)]
pub struct Preparer {
    pub(super) dialect: Dialect,
    pub(super) selection: Selection,
    pub(super) only: Only,
    pub(super) common: Arc<CommonNames>,
    pub(super) spent: Spent,
}

/// What was written already, to be taken apart by the thread that prepares the next record, and to be
/// filled anew.
#[derive(Debug, Clone, Default)]
pub(super) struct Spent(Arc<Mutex<Kept>>);

/// What waits to be filled anew, each with the bytes that it takes.
#[derive(Debug, Default)]
struct Kept {
    all: Vec<(u64, Prepared)>,
    bytes: u64,
}

impl Spent {
    /// The most bytes that wait to be filled anew.
    const MOST: u64 = 8 << 20;
    /// An article that is unusually long is not kept.
    const ROOM: u64 = 1 << 18;

    /// Keeps what was written.
    pub(super) fn put(&self, prepared: Prepared) {
        let bytes = prepared.bytes();
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if bytes <= Self::ROOM && kept.bytes + bytes <= Self::MOST {
            kept.bytes += bytes;
            kept.all.push((bytes, prepared));
        }
    }

    /// Room for a line, for rows and for dead letters.
    fn take(&self) -> (Vec<u8>, RenderedRows, Vec<u8>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let one = kept.all.pop();
        kept.bytes -= one.as_ref().map_or(0, |(bytes, _)| *bytes);
        drop(kept);
        one.map_or_else(Default::default, |(_, mut one)| {
            one.line.clear();
            one.letters.clear();
            (one.line, one.rows, one.letters)
        })
    }
}

/// A record with everything about it that does not depend on other records.
#[derive(Debug)]
pub struct Prepared {
    pub(super) record: Record,
    /// The line for `articles.jsonl`, with its line end.
    pub(super) line: Vec<u8>,
    pub(super) rows: RenderedRows,
    pub(super) letters: Vec<u8>,
    pub(super) digest: Digest,
    pub(super) key: Option<ContentKey>,
}

impl Prepared {
    /// The same, known by what it was made from, so that a later run can keep it; a record outside the
    /// selection is not whole, and another run may want it.
    #[must_use]
    pub fn keyed(mut self, key: ContentKey) -> Self {
        self.key = (!is_outside(&self.record)).then_some(key);
        self
    }

    /// About how many bytes it takes: a record takes about as many as its line.
    fn bytes(&self) -> u64 {
        let rendered = self.line.capacity() + self.rows.room() + self.letters.capacity();
        (size_of::<Self>() + self.line.len() + rendered) as u64
    }

    /// The record.
    pub fn record(&self) -> &Record {
        &self.record
    }
}

impl Preparer {
    /// Renders a fresh record, or what stays of it when it is outside the selection.
    pub fn prepare(&self, record: Record) -> Prepared {
        self.whole(self.selection.apply(record).0)
    }

    fn whole(&self, record: Record) -> Prepared {
        let (mut line, rows, letters) = self.spent.take();
        line.reserve(record.text.len() * 4 + 512);
        // Writing to a vector cannot fail, and every field can be written.
        let _ = serde_json::to_writer(&mut line, &record);
        line.push(b'\n');
        self.filled(record, line, rows, letters)
    }

    /// Renders a record that was written before, keeping its line as it is unless the record is
    /// outside the selection, or the corpus of then gave it another id: in this corpus it may be the
    /// first of its id.
    ///
    /// # Errors
    /// What does not fit, with its place in the line.
    pub fn prepare_line(&self, mut line: Vec<u8>) -> Result<Prepared, serde_json::Error> {
        while line.last().is_some_and(u8::is_ascii_whitespace) {
            line.pop();
        }
        let mut record: Record = serde_json::from_slice(&line)?;
        let taken_back = take_back_id(&mut record);
        let (record, left_out) = self.selection.apply(record);
        if taken_back || left_out {
            return Ok(self.whole(record));
        }
        line.push(b'\n');
        let (_, rows, letters) = self.spent.take();
        Ok(self.filled(record, line, rows, letters))
    }

    fn filled(
        &self,
        record: Record,
        line: Vec<u8>,
        mut rows: RenderedRows,
        mut letters: Vec<u8>,
    ) -> Prepared {
        rows.fill(&record, &self.dialect, &self.only);
        dead_letters::write(&record, &mut letters);
        let digest = Digest::of(&record, &self.common);
        Prepared {
            record,
            line,
            rows,
            letters,
            digest,
            key: None,
        }
    }

    /// Renders a record that an earlier run made of the same article, which may have stood elsewhere.
    ///
    /// # Errors
    /// As [`Self::prepare_line`].
    pub fn prepare_kept(
        &self,
        line: Vec<u8>,
        source: &Source,
    ) -> Result<Prepared, serde_json::Error> {
        let prepared = self.prepare_line(line)?;
        let mut record = prepared.record;
        if record.source_path == source.path && record.record == source.record {
            return Ok(Prepared { record, ..prepared });
        }
        record.source_path.clone_from(&source.path);
        record.record = source.record;
        Ok(self.prepare(record))
    }
}

/// Undoes what the publisher does with an id that is taken; whether there was anything to undo.
fn take_back_id(record: &mut Record) -> bool {
    let renamed = |problem: &Problem| problem.code == Code::WSameId.as_str();
    if !record.problems.iter().any(renamed) {
        return false;
    }
    record.problems.retain(|problem| !renamed(problem));
    if let Some((id, _)) = record.article_id.split_once('-') {
        record.article_id = id.to_owned();
    }
    if record.status == Status::Degraded && !record.problems.iter().any(Problem::is_warning) {
        record.status = Status::Ok;
    }
    true
}
