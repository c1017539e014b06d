//! Responsible for every file operation of the output: each names its file when it fails.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::syncing::{Ahead, Syncs};
use crate::error::Error;
use crate::model::ids::hex;
#[cfg(test)]
use std::sync::atomic::Ordering::Relaxed;

/// Bytes held back before they are written.
const BUFFER: usize = 128 * 1024;

/// The file system as the output sees it.
#[derive(Debug, Clone, Default)]
pub struct Disk {
    syncs: Syncs,
    /// Counts down to an operation that fails, in tests.
    #[cfg(test)]
    fail_at: Option<std::sync::Arc<std::sync::atomic::AtomicU64>>,
}

/// The error of a failed operation on a file, with what to do about it.
pub fn io_error(doing: &str, path: &Path, error: &io::Error) -> Error {
    let hint = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "the disk is full: free some space or choose another --out; earlier output is untouched"
        }
        io::ErrorKind::FileTooLarge => {
            "the file may not grow further (ulimit -f): raise the limit or use --csv-split-rows"
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "choose an --out directory that this user may write to"
        }
        _ => "earlier output is untouched; run the same command again",
    };
    Error::Io {
        message: format!("{doing} {}: {error}", path.display()),
        hint: hint.to_owned(),
    }
}

impl Disk {
    /// A disk whose `n`-th operation fails as a full disk does.
    #[cfg(test)]
    pub(crate) fn failing_at(n: u64) -> Self {
        Self {
            fail_at: Some(std::sync::Arc::new(n.into())),
            ..Self::default()
        }
    }

    /// Whether the planned failure has not come yet.
    #[cfg(test)]
    pub(crate) fn untouched(&self) -> bool {
        self.fail_at
            .as_ref()
            .is_some_and(|left| left.load(Relaxed) > 0)
    }

    #[cfg(test)]
    fn tick(&self) -> io::Result<()> {
        let Some(left) = &self.fail_at else {
            return Ok(());
        };
        match left.load(Relaxed) {
            0 => Ok(()),
            1 => {
                left.store(0, Relaxed);
                Err(io::Error::from(io::ErrorKind::StorageFull))
            }
            n => {
                left.store(n - 1, Relaxed);
                Ok(())
            }
        }
    }

    #[cfg(not(test))]
    #[allow(clippy::unused_self, clippy::unnecessary_wraps)]
    fn tick(&self) -> io::Result<()> {
        Ok(())
    }

    fn run<T>(
        &self,
        doing: &str,
        path: &Path,
        operation: impl FnOnce() -> io::Result<T>,
    ) -> Result<T, Error> {
        self.tick()
            .and_then(|()| operation())
            .map_err(|e| io_error(doing, path, &e))
    }

    /// Creates a file for writing.
    ///
    /// # Errors
    /// [`Error::Io`] with the file's name, as for all operations here.
    pub fn create(&self, path: &Path) -> Result<Sink, Error> {
        let file = self.run("cannot create", path, || File::create(path))?;
        Ok(Sink {
            disk: self.clone(),
            file,
            path: path.to_owned(),
            buffer: Vec::with_capacity(BUFFER),
            hash: Sha256::new(),
            bytes: 0,
            ahead: Ahead::default(),
        })
    }

    /// Creates a directory and all above it.
    pub fn create_dir(&self, path: &Path) -> Result<(), Error> {
        self.run("cannot create", path, || fs::create_dir_all(path))
    }

    /// Moves a file or directory.
    pub fn rename(&self, from: &Path, to: &Path) -> Result<(), Error> {
        self.run("cannot put in place", to, || fs::rename(from, to))
    }

    /// Swaps two directories in one step, so that a reader sees the one or the other.
    ///
    /// Where the system cannot do that, the old one steps aside first.
    pub fn exchange(&self, new: &Path, old: &Path, aside: &Path) -> Result<(), Error> {
        #[cfg(target_os = "linux")]
        {
            use rustix::fs::{CWD, RenameFlags, renameat_with};
            let swap = || {
                renameat_with(CWD, new, CWD, old, RenameFlags::EXCHANGE).map_err(io::Error::from)
            };
            self.tick()
                .map_err(|e| io_error("cannot put in place", old, &e))?;
            if swap().is_ok() {
                return Ok(());
            }
        }
        self.rename(old, aside)?;
        if let Err(error) = self.rename(new, old) {
            // The old output must not stay hidden because the new one could not take its place.
            let _ = fs::rename(aside, old);
            return Err(error);
        }
        self.rename(aside, new)
    }

    /// Makes the entries of a directory lasting, once all files that were finished are.
    pub fn sync_dir(&self, path: &Path) -> Result<(), Error> {
        self.syncs
            .settle()
            .map_err(|(path, e)| io_error("cannot sync", &path, &e))?;
        self.run("cannot sync", path, || {
            if cfg!(unix) {
                File::open(path)?.sync_all()
            } else {
                Ok(())
            }
        })
    }

    /// Copies a small file.
    pub fn copy(&self, from: &Path, to: &Path) -> Result<(), Error> {
        self.run("cannot copy to", to, || {
            fs::copy(from, to)?;
            File::open(to)?.sync_all()
        })
    }

    /// Makes a file that was written by other means lasting, and says what it holds.
    pub fn adopt(&self, path: &Path, name: &str) -> Result<FileEntry, Error> {
        self.run("cannot read back", path, || {
            let mut file = File::open(path)?;
            file.sync_all()?;
            let mut hash = Sha256::new();
            let bytes = io::copy(&mut file, &mut HashWriter(&mut hash))?;
            Ok(FileEntry {
                path: name.to_owned(),
                sha256: hex(&hash.finalize()),
                bytes,
                rows: None,
            })
        })
    }

    /// Removes a file.
    pub fn remove_file(&self, path: &Path) -> Result<(), Error> {
        self.run("cannot remove", path, || fs::remove_file(path))
    }

    /// Removes a directory and all below it.
    pub fn remove_dir(&self, path: &Path) -> Result<(), Error> {
        self.run("cannot remove", path, || fs::remove_dir_all(path))
    }
}

/// Hashes what is written to it.
struct HashWriter<'h>(&'h mut Sha256);

impl Write for HashWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A finished file, as the manifest lists it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct FileEntry {
    /// Its path below the output directory, with `/`.
    pub path: String,
    /// SHA-256, as `sha256sum` prints it.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
    /// Data rows or lines, where it has any.
    pub rows: Option<u64>,
}

/// A file being written: buffered, hashed, and never closed without a check.
#[derive(Debug)]
pub struct Sink {
    disk: Disk,
    file: File,
    path: PathBuf,
    buffer: Vec<u8>,
    hash: Sha256,
    bytes: u64,
    ahead: Ahead,
}

impl Sink {
    /// Adds bytes.
    ///
    /// # Errors
    /// [`Error::Io`] with the file's name.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.put(bytes)
            .map_err(|e| io_error("cannot write", &self.path, &e))
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.buffer.len() + bytes.len() > BUFFER {
            self.drain()?;
        }
        self.buffer.extend_from_slice(bytes);
        self.bytes += bytes.len() as u64;
        Ok(())
    }

    /// How many bytes have been added.
    pub fn position(&self) -> u64 {
        self.bytes
    }

    fn flush_buffer(&mut self) -> Result<(), Error> {
        self.drain()
            .map_err(|e| io_error("cannot write", &self.path, &e))
    }

    fn drain(&mut self) -> io::Result<()> {
        if !self.buffer.is_empty() {
            self.hash.update(&self.buffer);
            self.disk.tick()?;
            self.file.write_all(&self.buffer)?;
            self.ahead.wrote(&self.file, self.buffer.len())?;
            self.buffer.clear();
        }
        Ok(())
    }

    /// Writes what is left, makes it lasting, and says what was written.
    ///
    /// # Errors
    /// [`Error::Io`] with the file's name.
    pub fn finish(mut self, path: &str, rows: Option<u64>) -> Result<FileEntry, Error> {
        self.flush_buffer()?;
        let (file, ahead) = (&self.file, &mut self.ahead);
        self.disk.run("cannot sync", &self.path, || {
            ahead.settle()?;
            file.sync_all()
        })?;
        Ok(entry(path, self.hash, self.bytes, rows))
    }

    /// Writes what is left and says what was written; the file is lasting when the directory is
    /// ([`Disk::sync_dir`]).
    ///
    /// # Errors
    /// [`Error::Io`] with the file's name.
    pub fn finish_later(mut self, path: &str, rows: Option<u64>) -> Result<FileEntry, Error> {
        self.flush_buffer()?;
        let (disk, name) = (self.disk.clone(), self.path.clone());
        disk.run("cannot sync", &name, || {
            disk.syncs.add(self.path, self.file, self.ahead)
        })?;
        Ok(entry(path, self.hash, self.bytes, rows))
    }

    /// Writes what is left, so that the file can be read while it stays open.
    ///
    /// # Errors
    /// [`Error::Io`] with the file's name.
    pub fn flush(&mut self) -> Result<(), Error> {
        self.flush_buffer()
    }
}

/// What the manifest says of a file that is written.
fn entry(path: &str, hash: Sha256, bytes: u64, rows: Option<u64>) -> FileEntry {
    FileEntry {
        path: path.to_owned(),
        sha256: hex(&hash.finalize()),
        bytes,
        rows,
    }
}

/// For writers of other formats; the name of the file is for them to add to an error.
impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.put(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.drain()
    }
}
