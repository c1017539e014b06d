//! Responsible for what killed runs left beside an output: its names, which nobody else gives; what is
//! put back or removed; and the stage that came furthest, which stays for the next run to go on from.
//!
//! A directory is removed only when everything in it is named as polygist names its files. All else is
//! the user's: it stays, with a warning.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};

use super::disk::Disk;
use super::stage::{entries, is_ours};
use super::state;
use crate::error::Error;

/// What follows the output's name: a stage, with the number of its process.
const STAGING: &str = ".polygist-staging-";
/// What an interrupted run left.
pub(super) const RESUME: &str = ".polygist-resume";
/// The output of before, where two directories cannot be swapped in one step.
const PREVIOUS: &str = ".polygist-previous";
/// The lock.
pub(super) const LOCK: &str = ".polygist.lock";

/// `.NAME` and a suffix: hidden, and of a form that no backup or note has.
fn name_with(out: &Path, suffix: &str) -> OsString {
    let mut name = OsString::from(".");
    name.push(out.file_name().unwrap_or(OsStr::new("output")));
    name.push(suffix);
    name
}

/// Where the names of one output stand.
#[derive(Debug)]
pub(super) struct Names {
    home: PathBuf,
    prefix: OsString,
    /// What an interrupted run left, to go on from.
    pub(super) resume: PathBuf,
    /// The output of before, while it steps aside.
    pub(super) previous: PathBuf,
}

impl Names {
    /// The names beside `out` in `parent`, or `inside` it.
    pub(super) fn of(out: &Path, parent: &Path, inside: bool) -> Self {
        let previous = parent.join(name_with(out, PREVIOUS));
        if inside {
            return Self {
                home: out.to_owned(),
                prefix: STAGING.into(),
                resume: out.join(RESUME),
                previous,
            };
        }
        Self {
            home: parent.to_owned(),
            prefix: name_with(out, STAGING),
            resume: parent.join(name_with(out, RESUME)),
            previous,
        }
    }

    /// The lock of `out` in `parent`, or `inside` it.
    pub(super) fn lock(out: &Path, parent: &Path, inside: bool) -> PathBuf {
        if inside {
            out.join(LOCK)
        } else {
            parent.join(name_with(out, LOCK))
        }
    }

    /// The stage of this process.
    pub(super) fn stage(&self) -> PathBuf {
        let mut name = self.prefix.clone();
        name.push(std::process::id().to_string());
        self.home.join(name)
    }

    /// Clears what killed runs left: an old output that never came back, and their stages.
    pub(super) fn sweep(&self, disk: &Disk, out: &Path) -> Result<(), Error> {
        if self.previous.is_dir() {
            if out.exists() {
                retire(disk, &self.previous, out)?;
            } else {
                disk.rename(&self.previous, out)?;
            }
        }
        let prefix = self.prefix.as_encoded_bytes();
        let mut stages = Vec::new();
        for name in entries(&self.home) {
            let rest = name.as_encoded_bytes().strip_prefix(prefix);
            if rest.is_some_and(is_number) {
                let stage = self.home.join(name);
                rescue(disk, &stage, out)?;
                stages.push(stage);
            }
        }
        keep_furthest(disk, stages, &self.resume)
    }
}

fn is_number(text: &[u8]) -> bool {
    !text.is_empty() && text.iter().all(u8::is_ascii_digit)
}

/// Whether a name is that of a stage, or of what an interrupted run left, of any output.
pub(super) fn is_left(name: &str) -> bool {
    let stage = |name: &str| {
        name.rsplit_once(STAGING)
            .is_some_and(|(_, rest)| is_number(rest.as_bytes()))
    };
    name.starts_with('.') && (stage(name) || name.ends_with(RESUME))
}

/// Keeps the stage that lists the most records as `resume`, which may be there already, and removes the
/// others.
pub(super) fn keep_furthest(disk: &Disk, stages: Vec<PathBuf>, resume: &Path) -> Result<(), Error> {
    let mut kept = state::size(resume);
    for stage in stages {
        let size = state::size(&stage);
        if size > kept && clear(disk, resume)? {
            disk.rename(&stage, resume)?;
            kept = size;
        } else {
            clear(disk, &stage)?;
        }
    }
    Ok(())
}

/// Removes a directory that held a run; files of others in it move to `out` first.
pub(super) fn retire(disk: &Disk, dir: &Path, out: &Path) -> Result<(), Error> {
    rescue(disk, dir, out)?;
    clear(disk, dir).map(drop)
}

/// Removes a directory if all in it is ours; whether nothing stands there any more.
pub(super) fn clear(disk: &Disk, dir: &Path) -> Result<bool, Error> {
    let Ok(meta) = fs::symlink_metadata(dir) else {
        return Ok(true);
    };
    if !meta.is_dir() || entries(dir).any(|name| !is_made_here(&name)) {
        log::warn!(
            "{} holds what polygist did not write, so it stays: move it elsewhere",
            dir.display()
        );
        return Ok(false);
    }
    disk.remove_dir(dir)?;
    Ok(true)
}

/// Whether polygist puts files of this name into a directory of its own.
fn is_made_here(name: &OsStr) -> bool {
    name.to_str().is_some_and(|name| {
        // The two files that are copied from run to run, and the workbook while it is made.
        let temporary =
            |rest: &str| rest.len() == 6 && rest.bytes().all(|b| b.is_ascii_alphanumeric());
        is_ours(name)
            || matches!(name, ".gitignore" | "README.md")
            || name.strip_prefix(".tmp").is_some_and(temporary)
    })
}

/// Moves files that polygist did not write back to `out`.
fn rescue(disk: &Disk, dir: &Path, out: &Path) -> Result<(), Error> {
    if !out.is_dir() || !fs::symlink_metadata(dir).is_ok_and(|meta| meta.is_dir()) {
        return Ok(());
    }
    for name in entries(dir).filter(|name| !is_made_here(name)) {
        let there = out.join(&name);
        if !there.exists() {
            disk.rename(&dir.join(&name), &there)?;
        }
    }
    Ok(())
}
