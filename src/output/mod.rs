//! Responsible for the output directory: all files of a run, written in input order and published at
//! once.
//!
//! Workers turn records into [`Prepared`] bytes; one thread hands these to the [`Publisher`] in input
//! order. A run and a merge of records take the same way, so they write the same bytes.

pub mod cell;
pub mod changes;
pub mod context;
pub mod corpus_rows;
pub mod csv_file;
pub mod datapackage;
mod dead_letters;
pub mod disk;
pub mod dna;
mod leftover;
pub mod manifest;
pub mod nightly;
pub mod options;
#[cfg(feature = "parquet")]
pub mod parquet;
#[cfg(not(feature = "parquet"))]
#[path = "parquet_absent.rs"]
pub mod parquet;
pub mod prepared;
pub mod publisher;
pub mod report;
pub mod rows;
pub mod selection;
pub mod stage;
pub mod state;
mod syncing;
pub mod tables;
#[cfg(test)]
mod tests;
pub mod xlsx;

pub use disk::FileEntry;
pub use manifest::{Counts, InputFile, Inputs, ManifestInput, Times, rfc3339};
pub use nightly::Nightly;
pub use options::{Bom, CsvOptions, Escape, Newlines, OutputOptions, Profile};
pub use prepared::{Prepared, Preparer, SPARE};
pub use publisher::{Published, Publisher};
pub use selection::{Condition, Only, Selection};
