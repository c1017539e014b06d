//! Responsible for the tables as Parquet files, `quotes.parquet`: the columns and types of the CSV
//! tables, with texts as they are. Rows are held for one row group at a time.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type as Schema;

use super::cell::Cell;
use super::disk::{Disk, FileEntry, Sink};
use super::rows::whole_rows;
use super::selection::Only;
use super::tables::{Column, TableId, Type};
use crate::error::Error;
use crate::model::record::Record;

/// The most rows of a row group …
const GROUP_ROWS: usize = 65_536;
/// … and about so many bytes of text.
const GROUP_BYTES: usize = 16 << 20;

/// One file for each table that is wanted.
pub struct ParquetTables {
    files: Vec<TableFile>,
}

impl std::fmt::Debug for ParquetTables {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ParquetTables")
            .field("files", &self.files.len())
            .finish()
    }
}

struct TableFile {
    id: TableId,
    path: PathBuf,
    writer: SerializedFileWriter<Sink>,
    columns: Vec<Buffer>,
    /// Rows that wait for their group.
    waiting: usize,
    bytes: usize,
    rows: u64,
}

/// The values of one column in a row group, and for each row whether it has one.
struct Buffer {
    values: Values,
    present: Vec<i16>,
}

enum Values {
    Text(Vec<ByteArray>),
    Integer(Vec<i64>),
    Number(Vec<f64>),
    Flag(Vec<bool>),
}

impl ParquetTables {
    /// Files without rows.
    ///
    /// # Errors
    /// [`Error::Io`] with the file that cannot be made.
    pub fn create(dir: &Path, disk: &Disk, only: &Only) -> Result<Self, Error> {
        let files = only.tables().map(|id| TableFile::create(id, dir, disk));
        Ok(Self {
            files: files.collect::<Result<_, _>>()?,
        })
    }

    /// Adds the rows of a record, each with the cells of the corpus columns after it.
    ///
    /// # Errors
    /// [`Error::Io`] with the file's name.
    pub fn add(&mut self, record: &Record, corpus: &[Cell<'_>]) -> Result<(), Error> {
        whole_rows(record, corpus, |id, cells, tail| {
            self.row(id, cells.iter().chain(tail))
        })
    }

    /// Adds one row of a table.
    ///
    /// # Errors
    /// [`Error::Io`] with the file's name.
    pub fn row<'c>(
        &mut self,
        id: TableId,
        cells: impl Iterator<Item = &'c Cell<'c>>,
    ) -> Result<(), Error> {
        let Some(file) = self.files.iter_mut().find(|f| f.id == id) else {
            return Ok(());
        };
        for (buffer, cell) in file.columns.iter_mut().zip(cells) {
            file.bytes += buffer.push(cell);
        }
        file.waiting += 1;
        if file.waiting >= GROUP_ROWS || file.bytes >= GROUP_BYTES {
            file.write_group()?;
        }
        Ok(())
    }

    /// Writes what waits and closes the files.
    ///
    /// # Errors
    /// [`Error::Io`] with the file's name.
    pub fn finish(self) -> Result<Vec<FileEntry>, Error> {
        self.files.into_iter().map(TableFile::finish).collect()
    }
}

impl TableFile {
    fn create(id: TableId, dir: &Path, disk: &Disk) -> Result<Self, Error> {
        let table = id.table();
        let path = dir.join(format!("{}.parquet", table.name));
        let fail = |e: ParquetError| wrong(&path, &e);
        let fields = table.columns.iter().map(|c| field(c).map(Arc::new));
        let schema = Schema::group_type_builder(table.name)
            .with_fields(fields.collect::<Result<_, _>>().map_err(fail)?)
            .build()
            .map_err(fail)?;
        let sink = disk.create(&path)?;
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY);
        let properties = Arc::new(properties.build());
        Ok(Self {
            id,
            writer: SerializedFileWriter::new(sink, Arc::new(schema), properties).map_err(fail)?,
            path: path.clone(),
            columns: table.columns.iter().map(|c| Buffer::of(c.kind)).collect(),
            waiting: 0,
            bytes: 0,
            rows: 0,
        })
    }

    fn write_group(&mut self) -> Result<(), Error> {
        let fail = |e: ParquetError| wrong(&self.path, &e);
        let mut group = self.writer.next_row_group().map_err(fail)?;
        for buffer in &mut self.columns {
            buffer.write(&mut group).map_err(fail)?;
        }
        group.close().map_err(fail)?;
        self.rows += self.waiting as u64;
        (self.waiting, self.bytes) = (0, 0);
        Ok(())
    }

    fn finish(mut self) -> Result<FileEntry, Error> {
        if self.waiting > 0 {
            self.write_group()?;
        }
        let sink = self
            .writer
            .into_inner()
            .map_err(|e| wrong(&self.path, &e))?;
        let name = format!("{}.parquet", self.id.table().name);
        sink.finish(&name, Some(self.rows))
    }
}

/// A column of the schema; every one may be empty.
fn field(column: &Column) -> Result<Schema, ParquetError> {
    let (physical, logical) = match column.kind {
        Type::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Type::Integer => (Physical::INT64, None),
        Type::Number => (Physical::DOUBLE, None),
        Type::Boolean => (Physical::BOOLEAN, None),
    };
    Schema::primitive_type_builder(column.name, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(logical)
        .build()
}

impl Buffer {
    fn of(kind: Type) -> Self {
        let values = match kind {
            Type::Text => Values::Text(Vec::new()),
            Type::Integer => Values::Integer(Vec::new()),
            Type::Number => Values::Number(Vec::new()),
            Type::Boolean => Values::Flag(Vec::new()),
        };
        Self {
            values,
            present: Vec::new(),
        }
    }

    /// Adds a cell and returns about how many bytes it takes. An empty text is a missing value, as in
    /// the CSV tables.
    #[allow(clippy::cast_precision_loss)] // counts are far below 2^53
    fn push(&mut self, cell: &Cell<'_>) -> usize {
        let mut bytes = 8;
        let present = match (&mut self.values, cell) {
            (Values::Text(all), Cell::Text(text)) if !text.is_empty() => {
                bytes += text.len();
                all.push(ByteArray::from(text.as_bytes().to_vec()));
                true
            }
            (Values::Integer(all), Cell::Integer(n)) => {
                all.push(*n);
                true
            }
            (Values::Number(all), Cell::Real(x)) if x.is_finite() => {
                all.push(*x);
                true
            }
            (Values::Number(all), Cell::Integer(n)) => {
                all.push(*n as f64);
                true
            }
            (Values::Flag(all), Cell::Flag(flag)) => {
                all.push(*flag);
                true
            }
            // Nothing is cut here.
            (Values::Flag(all), Cell::Truncated) => {
                all.push(false);
                true
            }
            _ => false,
        };
        self.present.push(i16::from(present));
        bytes
    }

    fn write(
        &mut self,
        group: &mut SerializedRowGroupWriter<'_, Sink>,
    ) -> Result<(), ParquetError> {
        let present = std::mem::take(&mut self.present);
        match &mut self.values {
            Values::Text(all) => write_column::<ByteArrayType>(group, all, &present),
            Values::Integer(all) => write_column::<Int64Type>(group, all, &present),
            Values::Number(all) => write_column::<DoubleType>(group, all, &present),
            Values::Flag(all) => write_column::<BoolType>(group, all, &present),
        }
    }
}

fn write_column<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, Sink>,
    values: &mut Vec<T::T>,
    present: &[i16],
) -> Result<(), ParquetError> {
    if let Some(mut column) = group.next_column()? {
        column
            .typed::<T>()
            .write_batch(values, Some(present), None)?;
        column.close()?;
    }
    values.clear();
    Ok(())
}

fn wrong(path: &Path, error: &ParquetError) -> Error {
    Error::Io {
        message: format!("cannot write {}: {error}", path.display()),
        hint: "leave --parquet out, or free some space".into(),
    }
}
