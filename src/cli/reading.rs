//! Responsible for reading all input files in order into the pipeline.

use std::cell::Cell;
use std::path::PathBuf;

use crate::error::Error;
use crate::input::{self, Compression, FileReport, InputFile, InputOptions, Shard, discover};
use crate::model::article::Input;
use crate::pipeline::process::Emit;
use crate::pipeline::progress::Position;

/// The files of a command, or those of one shard of them.
///
/// # Errors
/// As [`discover()`].
pub(super) fn files(
    inputs: &[PathBuf],
    options: &InputOptions,
    shard: Option<Shard>,
) -> Result<Vec<InputFile>, Error> {
    let files = discover(inputs, options)?;
    Ok(match shard {
        Some(shard) => shard.select(files),
        None => files,
    })
}

/// Reads files one after the other until all are read or no more is wanted.
///
/// # Errors
/// What stops a file for a reason that the user must mend.
pub(super) fn read_all(
    files: &[InputFile],
    options: &InputOptions,
    position: &Position,
    emit: &mut Emit<'_>,
    mut report: impl FnMut(FileReport),
) -> Result<(), Error> {
    let stopped = Cell::new(false);
    let mut before = 0;
    for file in files {
        log::debug!("reading {}", file.label());
        let size = size(file);
        let found = input::read(file, options, &mut |input| {
            if let Some(offset) = offset(&input) {
                position.set(before + offset.min(size));
            }
            let flow = emit(input);
            stopped.set(flow.is_break());
            flow
        })?;
        if stopped.get() {
            return Ok(());
        }
        before += size;
        position.set(before);
        if found.compression != Compression::None {
            log::debug!("{} is compressed", found.path);
        }
        report(found);
    }
    Ok(())
}

/// What the manifest says of a file.
pub(super) fn listed(report: FileReport) -> crate::output::InputFile {
    crate::output::InputFile {
        path: report.path,
        sha256: report.sha256,
        bytes: report.bytes,
    }
}

/// The size of all files, where every one of them has a size.
pub(super) fn total(files: &[InputFile]) -> Option<u64> {
    let known = files.iter().all(|f| !f.is_stdin());
    known.then(|| files.iter().map(size).sum())
}

fn size(file: &InputFile) -> u64 {
    if file.is_stdin() || file.refusal().is_some() {
        return 0;
    }
    std::fs::metadata(file.path()).map_or(0, |m| m.len())
}

fn offset(input: &Input) -> Option<u64> {
    match input {
        Input::Article(article) => article.source.offset,
        Input::Rejected(rejected) => rejected.source.offset,
    }
}
