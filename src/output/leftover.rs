//! Responsible for what interrupted runs left behind: the one that came furthest stays, for the next
//! run to go on from.

use std::fs;
use std::path::{Path, PathBuf};

use super::disk::Disk;
use super::state;
use crate::error::Error;

/// Keeps the stage that lists the most records as `resume`, which may be there already, and removes the
/// others.
pub(super) fn keep_furthest(disk: &Disk, stages: Vec<PathBuf>, resume: &Path) -> Result<(), Error> {
    let mut kept = state::size(resume);
    for stage in stages {
        let size = state::size(&stage);
        if size > kept {
            if resume.exists() {
                disk.remove_dir(resume)?;
            }
            disk.rename(&stage, resume)?;
            kept = size;
        } else if stage.is_dir() {
            disk.remove_dir(&stage)?;
        } else {
            let _ = fs::remove_file(&stage);
        }
    }
    Ok(())
}
