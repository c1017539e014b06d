//! Responsible for `diff`: what changed between two runs.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::args::{DiffArgs, DiffFormat};
use crate::corpus::diff::compare;
use crate::error::Error;
use crate::output::{CsvOptions, Profile, changes};

/// Runs the command.
///
/// # Errors
/// A run cannot be read, or standard output cannot be written.
pub(super) fn run(args: &DiffArgs) -> anyhow::Result<u8> {
    let (old, new) = (records(&args.old)?, records(&args.new)?);
    let found = compare(&old, &new)?;
    if found.changes.is_empty() {
        log::info!("no differences: the same articles, stories, quotations and stances");
    }
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
///
/// # Errors
/// [`Error::Usage`] when there are none.
pub(super) fn records(path: &Path) -> Result<PathBuf, Error> {
    let file = if path.is_dir() {
        path.join("articles.jsonl")
    } else {
        path.to_owned()
    };
    if file.exists() {
        return Ok(file);
    }
    Err(Error::Usage {
        message: if path.is_dir() {
            format!(
                "{} holds no articles.jsonl, so it is no run",
                path.display()
            )
        } else {
            format!("{} is not there", path.display())
        },
        hint: "name an output directory of polygist, or the articles.jsonl in it".into(),
    })
}
