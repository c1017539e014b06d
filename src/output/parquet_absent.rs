//! Responsible for saying that this build writes no Parquet files, in place of the code that would.

use std::path::Path;

use super::cell::Cell;
use super::disk::{Disk, FileEntry};
use super::options::usage;
use super::selection::Only;
use super::tables::TableId;
use crate::error::Error;
use crate::model::record::Record;

/// Parquet files in a build that has none: there is no value of this type.
#[derive(Debug)]
pub enum ParquetTables {}

impl ParquetTables {
    /// Refuses.
    ///
    /// # Errors
    /// [`Error::Usage`], always.
    pub fn create(_dir: &Path, _disk: &Disk, _only: &Only) -> Result<Self, Error> {
        Err(usage(
            "Parquet files cannot be written: this polygist was built without them".into(),
            "leave --parquet out, or build with `cargo install --locked --path . --features parquet`",
        ))
    }

    /// Never called.
    ///
    /// # Errors
    /// None.
    pub fn add(&mut self, _record: &Record, _corpus: &[Cell<'_>]) -> Result<(), Error> {
        match *self {}
    }

    /// Never called.
    ///
    /// # Errors
    /// None.
    pub fn row<'c>(
        &mut self,
        _id: TableId,
        _cells: impl Iterator<Item = &'c Cell<'c>>,
    ) -> Result<(), Error> {
        match *self {}
    }

    /// Never called.
    ///
    /// # Errors
    /// None.
    pub fn finish(self) -> Result<Vec<FileEntry>, Error> {
        match self {}
    }
}
