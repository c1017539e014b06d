//! Responsible for `diff`: what changed between two runs.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::args::{DiffArgs, DiffFormat};
use crate::corpus::diff::compare;
use crate::output::{CsvOptions, Profile, changes};

/// Runs the command.
///
/// # Errors
/// A run cannot be read, or standard output cannot be written.
pub(super) fn run(args: &DiffArgs) -> anyhow::Result<u8> {
    let found = compare(&records(&args.old), &records(&args.new))?;
    let bytes = match args.format {
        DiffFormat::Json => changes::to_json(&found).into_bytes(),
        DiffFormat::Csv => {
            let options = CsvOptions {
                profile: Profile::Plain,
                ..CsvOptions::default()
            };
            changes::to_csv(&found, &options.dialect()?)
        }
    };
    let mut out = std::io::stdout().lock();
    out.write_all(&bytes)?;
    out.flush()?;
    Ok(0)
}

/// The records of a run, named by its directory or by the file itself.
fn records(path: &Path) -> PathBuf {
    if path.is_dir() {
        path.join("articles.jsonl")
    } else {
        path.to_owned()
    }
}
