//! Responsible for the CSV files of one table: header, parts, rows that workers rendered.

use std::path::PathBuf;

use super::cell::{Cell, Changes, write_cells, write_row};
use super::disk::{Disk, FileEntry, Sink};
use super::options::Dialect;
use super::rows::{SHARED, rows};
use super::selection::Only;
use super::tables::TableId;
use crate::error::Error;
use crate::model::record::Record;

/// The rows of one record, rendered up to the columns that only the corpus step knows.
#[derive(Debug, Default)]
pub struct RenderedRows {
    tables: [RenderedTable; TableId::FROM_RECORDS],
    /// What was changed to make cells safe.
    pub changes: Changes,
}

/// Bytes set aside for the rows that one record has in a table, to begin with.
const ROOM: usize = 2048;

#[derive(Debug, Default)]
struct RenderedTable {
    bytes: Vec<u8>,
    /// Where each row ends in `bytes`.
    ends: Vec<usize>,
}

impl RenderedRows {
    /// Takes all rows out and keeps the room.
    pub(super) fn clear(&mut self) {
        self.changes = Changes::default();
        for table in &mut self.tables {
            table.bytes.clear();
            table.ends.clear();
        }
    }

    /// How many bytes it has room for.
    pub(super) fn room(&self) -> usize {
        self.tables.iter().map(|table| table.bytes.capacity()).sum()
    }

    /// Renders every row of a record in the tables that are written.
    pub fn fill(&mut self, record: &Record, dialect: &Dialect, only: &Only) {
        self.clear();
        let Self { tables, changes } = self;
        let mut shared = Shared::default();
        rows(record, &mut |id, cells| {
            if !only.has(id) {
                return;
            }
            let RenderedTable { bytes, ends } = &mut tables[id as usize];
            if bytes.capacity() == 0 {
                bytes.reserve(ROOM);
            }
            let cut = changes.cut;
            if id.is_below_an_article() {
                write_cells(bytes, &cells[..SHARED.start], dialect, changes, cut);
                shared.write(bytes, &cells[SHARED], dialect, changes);
                write_cells(bytes, &cells[SHARED.end..], dialect, changes, cut);
            } else {
                write_cells(bytes, cells, dialect, changes, cut);
            }
            ends.push(bytes.len());
        });
    }
}

/// The cells that the rows below an article share, rendered once.
#[derive(Default)]
struct Shared {
    bytes: Vec<u8>,
    changes: Changes,
}

impl Shared {
    /// Writes them, with a delimiter on either side.
    fn write(
        &mut self,
        out: &mut Vec<u8>,
        cells: &[Cell<'_>],
        dialect: &Dialect,
        changes: &mut Changes,
    ) {
        if self.bytes.is_empty() {
            self.bytes.push(dialect.delimiter);
            write_cells(&mut self.bytes, cells, dialect, &mut self.changes, 0);
            self.bytes.push(dialect.delimiter);
        }
        out.extend_from_slice(&self.bytes);
        changes.add(self.changes);
    }
}

/// The files of one table.
#[derive(Debug)]
pub struct CsvFile {
    id: TableId,
    dir: PathBuf,
    dialect: Dialect,
    disk: Disk,
    sink: Sink,
    part: u64,
    rows_in_part: u64,
    /// Rows in all parts.
    pub rows: u64,
    done: Vec<FileEntry>,
    line: Vec<u8>,
}

impl CsvFile {
    /// Creates the first file with its header.
    ///
    /// # Errors
    /// [`Error::Io`] with the file's name.
    pub fn create(
        id: TableId,
        dir: PathBuf,
        disk: &Disk,
        dialect: &Dialect,
    ) -> Result<Self, Error> {
        let sink = disk.create(&dir.join(file_name(id, dialect, 1)))?;
        let mut file = Self {
            id,
            dir,
            dialect: dialect.clone(),
            disk: disk.clone(),
            sink,
            part: 1,
            rows_in_part: 0,
            rows: 0,
            done: Vec::new(),
            line: Vec::new(),
        };
        file.header()?;
        Ok(file)
    }

    /// The table.
    pub fn id(&self) -> TableId {
        self.id
    }

    fn header(&mut self) -> Result<(), Error> {
        let names = self.id.table().columns.iter().map(|c| Cell::from(c.name));
        let names: Vec<Cell<'_>> = names.collect();
        self.line.clear();
        if self.dialect.bom {
            self.line.extend_from_slice("\u{feff}".as_bytes());
        }
        let mut none = Changes::default();
        write_row(&mut self.line, &names, &self.dialect, &mut none);
        self.sink.write(&self.line)
    }

    /// Starts the next part when this one is full.
    fn next_row(&mut self) -> Result<(), Error> {
        if self.dialect.split_rows == Some(self.rows_in_part) {
            let name = file_name(self.id, &self.dialect, self.part);
            self.part += 1;
            let next = file_name(self.id, &self.dialect, self.part);
            let next = self.disk.create(&self.dir.join(next))?;
            let full = std::mem::replace(&mut self.sink, next);
            self.done
                .push(full.finish_later(&name, Some(self.rows_in_part))?);
            self.rows_in_part = 0;
            self.header()?;
        }
        self.rows_in_part += 1;
        self.rows += 1;
        Ok(())
    }

    /// Adds the rows of a record, each with the cells of the corpus columns after it.
    ///
    /// # Errors
    /// [`Error::Io`] with the file's name.
    pub fn append(&mut self, rendered: &RenderedRows, corpus: &[Cell<'_>]) -> Result<(), Error> {
        let Some(table) = rendered.tables.get(self.id as usize) else {
            return Ok(());
        };
        if table.ends.is_empty() {
            return Ok(());
        }
        let mut tail = std::mem::take(&mut self.line);
        tail.clear();
        let wanted = self.id.table().corpus_columns;
        if let Some(cells) = corpus.get(..wanted).filter(|c| !c.is_empty()) {
            tail.push(self.dialect.delimiter);
            let mut none = Changes::default();
            write_cells(&mut tail, cells, &self.dialect, &mut none, 0);
        }
        tail.extend_from_slice(self.dialect.line_end.as_bytes());
        let mut from = 0;
        for end in &table.ends {
            self.next_row()?;
            self.sink.write(&table.bytes[from..*end])?;
            self.sink.write(&tail)?;
            from = *end;
        }
        self.line = tail;
        Ok(())
    }

    /// Adds one row.
    ///
    /// # Errors
    /// [`Error::Io`] with the file's name.
    pub fn row(&mut self, cells: &[Cell<'_>], changes: &mut Changes) -> Result<(), Error> {
        self.next_row()?;
        self.line.clear();
        write_row(&mut self.line, cells, &self.dialect, changes);
        self.sink.write(&self.line)
    }

    /// Finishes the last part and lists all parts.
    ///
    /// # Errors
    /// [`Error::Io`] with the file's name.
    pub fn finish(mut self) -> Result<Vec<FileEntry>, Error> {
        let name = file_name(self.id, &self.dialect, self.part);
        self.done
            .push(self.sink.finish_later(&name, Some(self.rows_in_part))?);
        Ok(self.done)
    }
}

/// `quotes.csv`, or `quotes-0001.csv` when tables are split.
pub fn file_name(id: TableId, dialect: &Dialect, part: u64) -> String {
    let name = id.table().name;
    match dialect.split_rows {
        None => format!("{name}.csv"),
        Some(_) => format!("{name}-{part:04}.csv"),
    }
}
