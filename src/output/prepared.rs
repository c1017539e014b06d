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
pub(super) struct Spent(Arc<Mutex<Vec<Prepared>>>);

impl Spent {
    /// No more are kept than may be under way.
    const MOST: usize = 256;
    /// Nor are those of an article that is unusually long.
    const ROOM: usize = 1 << 18;

    /// Keeps what was written.
    pub(super) fn put(&self, prepared: Prepared) {
        let room = prepared.line.capacity() + prepared.rows.room();
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() < Self::MOST && room <= Self::ROOM {
            all.push(prepared);
        }
    }

    /// Room for a line, for rows and for dead letters.
    fn take(&self) -> (Vec<u8>, RenderedRows, Vec<u8>) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let one = all.pop();
        drop(all);
        one.map_or_else(Default::default, |mut one| {
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
