//! Responsible for making files lasting beside other work: a long file part by part while it grows, and
//! the rest of all files while the last tables and pages are made, so that the end of a run does not wait
//! for the disk.

use std::fs::File;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

/// So many bytes of a file are made lasting at once while it grows.
const PART: u64 = 16 << 20;

type Work = JoinHandle<io::Result<()>>;

fn begin(work: impl FnOnce() -> io::Result<()> + Send + 'static) -> io::Result<Work> {
    thread::Builder::new().name("sync".into()).spawn(work)
}

fn end(work: Work) -> io::Result<()> {
    let ended = work.join();
    ended.unwrap_or_else(|_| Err(io::Error::other("the syncing thread failed")))
}

/// What of one file is being made lasting while it grows.
#[derive(Debug, Default)]
pub(super) struct Ahead {
    bytes: u64,
    work: Option<Work>,
}

impl Ahead {
    /// Notes that bytes were written, and has them made lasting when there are many and the disk is
    /// done with those before.
    pub(super) fn wrote(&mut self, file: &File, bytes: usize) -> io::Result<()> {
        self.bytes += bytes as u64;
        if self.bytes < PART || self.work.as_ref().is_some_and(|w| !w.is_finished()) {
            return Ok(());
        }
        self.settle()?;
        self.bytes = 0;
        let file = file.try_clone()?;
        self.work = Some(begin(move || file.sync_data())?);
        Ok(())
    }

    /// Waits for what is under way.
    pub(super) fn settle(&mut self) -> io::Result<()> {
        self.work.take().map_or(Ok(()), end)
    }
}

/// Finished files that are being made lasting.
#[derive(Debug, Clone, Default)]
pub(super) struct Syncs(Arc<Mutex<Vec<(PathBuf, Work)>>>);

impl Syncs {
    /// Has a whole file made lasting.
    pub(super) fn add(&self, path: PathBuf, file: File, mut ahead: Ahead) -> io::Result<()> {
        let work = begin(move || {
            ahead.settle()?;
            file.sync_all()
        })?;
        self.lock().push((path, work));
        Ok(())
    }

    /// Waits until all files are lasting; the first that could not be, and why.
    pub(super) fn settle(&self) -> Result<(), (PathBuf, io::Error)> {
        let all = std::mem::take(&mut *self.lock());
        let mut failed = None;
        for (path, work) in all {
            if let Err(error) = end(work) {
                failed.get_or_insert((path, error));
            }
        }
        failed.map_or(Ok(()), Err)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<(PathBuf, Work)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_that_cannot_be_made_lasting_is_named() {
        let syncs = Syncs::default();
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        syncs
            .add(path.clone(), File::create(&path).unwrap(), Ahead::default())
            .unwrap();
        let failing = Ahead {
            bytes: 0,
            work: Some(begin(|| Err(io::ErrorKind::StorageFull.into())).unwrap()),
        };
        let second = dir.path().join("b");
        syncs
            .add(second.clone(), File::create(&second).unwrap(), failing)
            .unwrap();
        let (path, error) = syncs.settle().unwrap_err();
        assert_eq!((path, error.kind()), (second, io::ErrorKind::StorageFull));
        assert!(syncs.settle().is_ok());
    }

    #[test]
    fn a_fault_while_a_file_grows_is_told_at_the_next_part() {
        let dir = tempfile::tempdir().unwrap();
        let file = File::create(dir.path().join("a")).unwrap();
        let mut ahead = Ahead {
            bytes: PART,
            work: Some(begin(|| Err(io::ErrorKind::StorageFull.into())).unwrap()),
        };
        while ahead.work.as_ref().is_some_and(|w| !w.is_finished()) {
            thread::yield_now();
        }
        assert!(ahead.wrote(&file, 1).is_err());
        assert!(ahead.wrote(&file, 1).is_ok());
        assert!(ahead.settle().is_ok());
    }
}
