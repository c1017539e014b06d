//! Responsible for knowing what polygist itself wrote, so that no output is read as articles.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::discover::Refusal;
use crate::error::Error;
use crate::model::problem::Code;

/// The manifest that a run leaves in its output, and how that begins.
const MANIFEST: &str = "run.json";
const BEGINS: &[u8] = b"{\n  \"polygist\":";

/// Whether a directory is the output of a run.
pub(super) fn is_run(dir: &Path) -> bool {
    let mut head = [0; BEGINS.len()];
    let read = File::open(dir.join(MANIFEST)).and_then(|mut file| file.read_exact(&mut head));
    read.is_ok() && head == BEGINS
}

/// Passes over the output of a run that lies among the articles.
pub(super) fn passed_over() -> Refusal {
    Refusal {
        code: Code::EKind,
        message:
            "this directory is an output of polygist, and no articles (`polygist merge` reads its \
                  articles.jsonl)"
                .into(),
        skipped: true,
    }
}

/// Refuses the output of a run that was named as input.
///
/// # Errors
/// [`Error::Usage`] when it is one.
pub(super) fn refuse_run(dir: &Path) -> Result<(), Error> {
    if !is_run(dir) {
        return Ok(());
    }
    let dir = dir.display();
    Err(Error::Usage {
        message: format!("the input {dir} is an output of polygist, and no articles"),
        hint: format!(
            "name the folder of the articles; `polygist merge {dir} --out DIR` makes tables of its records"
        ),
    })
}
