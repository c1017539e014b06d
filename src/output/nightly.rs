//! Responsible for runs that come night after night: each in its own directory, and a link `latest`
//! that always leads to a whole one.

use std::fs;
use std::path::{Path, PathBuf};

use super::disk::{Disk, io_error};
use super::leftover::{self, LOCK, RESUME};
use super::stage::{Lock, MANIFEST, Stop};
use super::state::Extent;
use crate::error::Error;

/// A nightly run: `BASE/runs/<id>/` is written, then `BASE/latest` leads to it.
#[derive(Debug)]
pub struct Nightly {
    base: PathBuf,
    id: String,
    keep: usize,
    _lock: Lock,
}

impl Nightly {
    /// Locks `base` and chooses the run's directory; `id` is a time such as `2026-11-24T020000Z`, and
    /// `keep` says how many runs stay (0: all).
    ///
    /// # Errors
    /// [`Error::Locked`] when another night is still at work, [`Error::Io`] when `base` cannot be
    /// written.
    pub fn begin(base: &Path, id: &str, keep: usize, wait_lock: u64) -> Result<Self, Error> {
        let runs = base.join("runs");
        Disk::default().create_dir(&runs)?;
        let lock = Lock::take(&base.join(LOCK), wait_lock, &Stop::default())?;
        let taken = |id: &str| runs.join(id).exists();
        let id = if taken(id) {
            let mut numbered = (2u32..).map(|n| format!("{id}-{n}"));
            numbered.find(|id| !taken(id)).unwrap_or_default()
        } else {
            id.to_owned()
        };
        let nightly = Self {
            base: base.to_owned(),
            id,
            keep,
            _lock: lock,
        };
        nightly.sweep()?;
        Ok(nightly)
    }

    /// What earlier nights left, to keep records of: one that was interrupted, then the latest.
    pub fn earlier(&self) -> Vec<(PathBuf, Extent)> {
        let interrupted = (self.base.join(RESUME), Extent::Part);
        let latest = self.previous().map(|dir| (dir, Extent::Whole));
        std::iter::once(interrupted).chain(latest).collect()
    }

    /// Where this run is to be published.
    pub fn out(&self) -> PathBuf {
        self.base.join("runs").join(&self.id)
    }

    /// The run that `latest` leads to.
    pub fn previous(&self) -> Option<PathBuf> {
        let path = fs::canonicalize(self.base.join("latest")).ok()?;
        path.join(MANIFEST).is_file().then_some(path)
    }

    /// Lets `latest` lead to this run, which must have been published, and removes the oldest runs.
    ///
    /// # Errors
    /// [`Error::Io`]; `latest` then leads to the run before.
    pub fn publish(self) -> Result<PathBuf, Error> {
        let latest = self.base.join("latest");
        let fresh = self.base.join(format!(".latest-{}", std::process::id()));
        let _ = fs::remove_file(&fresh);
        link(&Path::new("runs").join(&self.id), &fresh)
            .map_err(|e| io_error("cannot create", &fresh, &e))?;
        let disk = Disk::default();
        disk.rename(&fresh, &latest)?;
        disk.sync_dir(&self.base)?;
        let _ = leftover::clear(&disk, &self.base.join(RESUME));
        self.retire();
        Ok(latest)
    }

    /// Clears what killed nights left: links, and stages, of which the one that came furthest stays.
    fn sweep(&self) -> Result<(), Error> {
        for name in names(&self.base) {
            let number = name.strip_prefix(".latest-");
            let path = self.base.join(&name);
            if number.is_some_and(|n| n.parse::<u32>().is_ok()) && path.is_symlink() {
                let _ = fs::remove_file(path);
            }
        }
        let runs = self.base.join("runs");
        for name in names(&runs) {
            // The lock of a night that was killed before it had a directory; nobody holds it.
            if name
                .strip_suffix(LOCK)
                .and_then(|name| name.strip_prefix('.'))
                .is_some_and(|run| !run.is_empty() && !runs.join(run).exists())
            {
                let _ = fs::remove_file(runs.join(name));
            }
        }
        let stages = names(&runs).into_iter();
        let stages = stages
            .filter(|n| leftover::is_left(n))
            .map(|n| runs.join(n))
            .collect();
        leftover::keep_furthest(&Disk::default(), stages, &self.base.join(RESUME))
    }

    /// Removes all but the newest runs; the one that `latest` leads to always stays.
    fn retire(&self) {
        let runs = self.base.join("runs");
        let mut all: Vec<String> = names(&runs)
            .into_iter()
            .filter(|n| is_id(n) && runs.join(n).join(MANIFEST).is_file())
            .collect();
        // Ids are times, so names in order are runs in order.
        all.sort();
        let surplus = if self.keep == 0 {
            0
        } else {
            all.len().saturating_sub(self.keep)
        };
        for name in all.iter().take(surplus).filter(|n| **n != self.id) {
            let _ = leftover::clear(&Disk::default(), &runs.join(name));
        }
    }
}

/// Whether a name is a time, with a number where there were two: not a copy that somebody put there.
fn is_id(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_digit())
        && name
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'T' | b'Z'))
}

#[cfg(unix)]
fn link(to: &Path, at: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(to, at)
}

#[cfg(not(unix))]
fn link(_to: &Path, _at: &Path) -> std::io::Result<()> {
    Err(std::io::Error::from(std::io::ErrorKind::Unsupported))
}

fn names(dir: &Path) -> Vec<String> {
    let entries = fs::read_dir(dir).into_iter().flatten();
    entries
        .filter_map(|e| e.ok()?.file_name().into_string().ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::samples::{full_record, record};
    use crate::output::{ManifestInput, OutputOptions, Publisher, Times};

    fn night(base: &Path, id: &str, keep: usize, more: bool) -> PathBuf {
        let nightly = Nightly::begin(base, id, keep, 0).unwrap();
        let options = OutputOptions {
            compare_with: nightly.previous(),
            ..OutputOptions::default()
        };
        let mut publisher = Publisher::create(&nightly.out(), &options).unwrap();
        let preparer = publisher.preparer();
        publisher.accept(preparer.prepare(record("a"))).unwrap();
        if more {
            publisher
                .accept(preparer.prepare(full_record("b")))
                .unwrap();
        }
        publisher
            .finish(&ManifestInput::default(), || Times::fixed(0))
            .unwrap();
        nightly.publish().unwrap()
    }

    #[test]
    fn latest_leads_to_the_newest_and_old_nights_go() {
        let dir = tempfile::tempdir().unwrap();
        for n in 1..=4 {
            night(dir.path(), &format!("2026-11-0{n}"), 2, n == 4);
        }
        let latest = night(dir.path(), "2026-11-04", 2, true);
        let mut runs = names(&dir.path().join("runs"));
        runs.sort();
        assert_eq!(runs, ["2026-11-04", "2026-11-04-2"]);
        let target = fs::canonicalize(&latest).unwrap();
        assert!(target.ends_with("runs/2026-11-04-2"));
        let changes = fs::read_to_string(dir.path().join("runs/2026-11-04/changes.csv")).unwrap();
        assert!(changes.contains("\"stance_new\""), "{changes}");
        assert!(
            fs::read_to_string(target.join("changes.csv"))
                .unwrap()
                .lines()
                .count()
                == 1
        );
    }

    #[test]
    fn a_second_night_waits_its_turn() {
        let dir = tempfile::tempdir().unwrap();
        let first = Nightly::begin(dir.path(), "1", 0, 0).unwrap();
        assert_eq!(
            Nightly::begin(dir.path(), "2", 0, 0)
                .unwrap_err()
                .exit_code(),
            75
        );
        drop(first);
        Nightly::begin(dir.path(), "2", 0, 0).unwrap();
    }
}
