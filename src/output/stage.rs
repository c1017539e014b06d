//! Responsible for publishing a whole directory at once: written beside the output under a lock,
//! made lasting, then put in its place in one step. A reader sees the old run or the new one.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::disk::{Disk, io_error};
use super::leftover::{self, LOCK, Names, RESUME};
use super::options::{OutputOptions, usage};
use super::state::{Extent, STATE, is_kept};
use super::tables::TABLES;
use crate::error::Error;

/// The file that says that a directory is a finished run.
pub const MANIFEST: &str = "run.json";

/// Whether polygist writes files of this name, so that it may replace them.
pub fn is_ours(name: &str) -> bool {
    const FIXED: [&str; 13] = [
        "articles.jsonl",
        "errors.jsonl",
        "corpus.json",
        "datapackage.json",
        "changes.json",
        "changes.csv",
        "report.html",
        "dna",
        MANIFEST,
        "polygist.xlsx",
        LOCK,
        STATE,
        "run.json.part",
    ];
    let part = |stem: &str| {
        TABLES.iter().any(|t| {
            stem.strip_prefix(t.name).is_some_and(|rest| {
                rest.is_empty()
                    || rest
                        .strip_prefix('-')
                        .is_some_and(|n| n.len() >= 4 && n.bytes().all(|b| b.is_ascii_digit()))
            })
        })
    };
    FIXED.contains(&name)
        || name.strip_suffix(".csv").is_some_and(part)
        || name.strip_suffix(".parquet").is_some_and(part)
        || name
            .strip_prefix("polygist-")
            .is_some_and(|n| Path::new(n).extension() == Some(OsStr::new("xlsx")))
}

/// Where a signal leaves its number; zero as long as none came.
#[derive(Debug, Clone, Default)]
pub struct Stop(pub Arc<AtomicUsize>);

impl PartialEq for Stop {
    /// It is no setting: options that differ in it alone are the same.
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Stop {}

impl Stop {
    /// An error when a signal has come.
    ///
    /// # Errors
    /// [`Error::Interrupted`] with the exit code that tells which.
    pub fn check(&self) -> Result<(), Error> {
        match self.0.load(Ordering::Relaxed) {
            0 => Ok(()),
            signal => Err(Error::Interrupted {
                exit: 128 + u8::try_from(signal).unwrap_or(2),
            }),
        }
    }
}

/// A kernel lock on an output; it ends with the process, however that ends.
#[derive(Debug)]
pub struct Lock {
    path: PathBuf,
    file: File,
}

impl Lock {
    /// Takes the lock, waiting up to `seconds` for another run to end, or until a signal comes.
    ///
    /// # Errors
    /// [`Error::Locked`] when another run holds it, [`Error::Io`] when it cannot be made.
    pub fn take(path: &Path, seconds: u64, stop: &Stop) -> Result<Self, Error> {
        const STEP: Duration = Duration::from_millis(100);
        let mut steps_left = seconds.saturating_mul(10);
        loop {
            let file = File::options()
                .create(true)
                .truncate(false)
                .write(true)
                .open(path)
                .map_err(|e| io_error("cannot create the lock", path, &e))?;
            match file.try_lock() {
                Ok(()) if still_named(&file, path) => {
                    return Ok(Self {
                        path: path.to_owned(),
                        file,
                    });
                }
                // The run before removed its lock file after this one was opened: open the new one.
                Ok(()) => {}
                Err(TryLockError::WouldBlock) if steps_left > 0 => {
                    stop.check()?;
                    steps_left -= 1;
                    std::thread::sleep(STEP);
                }
                Err(TryLockError::WouldBlock) => {
                    return Err(Error::Locked {
                        message: format!("another polygist run holds the lock {}", path.display()),
                        hint: "wait for it to end, use --wait-lock SECONDS, or another --out"
                            .into(),
                    });
                }
                Err(TryLockError::Error(e)) => return Err(io_error("cannot lock", path, &e)),
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed while still held, so that nobody can be waiting on a file that is gone.
        let _ = fs::remove_file(&self.path);
        let _ = self.file.unlock();
    }
}

/// Whether `path` still leads to the open file.
fn still_named(file: &File, path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let (Ok(open), Ok(named)) = (file.metadata(), fs::metadata(path)) else {
            return false;
        };
        (open.dev(), open.ino()) == (named.dev(), named.ino())
    }
    #[cfg(not(unix))]
    {
        let _ = file;
        path.exists()
    }
}

/// A directory that is being filled and is not yet the output.
#[derive(Debug)]
pub struct Stage {
    /// The file system.
    pub disk: Disk,
    out: PathBuf,
    dir: PathBuf,
    /// Whether the stage lies inside the output, because nothing can be written beside it.
    inside: bool,
    names: Names,
    /// Whether the stage has gone, or stays for a later run.
    settled: bool,
    _lock: Option<Lock>,
}

impl Stage {
    /// Locks the output, clears what a killed run left behind, and makes an empty stage.
    ///
    /// # Errors
    /// [`Error::Usage`] when the output holds something that polygist did not write,
    /// [`Error::Locked`] when another run is at work, [`Error::Io`] when it cannot be written to.
    pub fn open(disk: Disk, out: &Path, options: &OutputOptions) -> Result<Self, Error> {
        let out = resolved(out);
        let parent = parent(&out);
        disk.create_dir(&parent)?;
        let inside = out.is_dir() && (is_mount(&out, &parent) || !can_write(&parent));
        let lock_path = Names::lock(&out, &parent, inside);
        let lock = Lock::take(&lock_path, options.wait_lock, &options.stop)?;
        let names = Names::of(&out, &parent, inside);
        names.sweep(&disk, &out)?;
        check_target(&out, options.force)?;
        let dir = names.stage();
        disk.create_dir(&dir)?;
        Ok(Self {
            disk,
            out,
            dir,
            inside,
            names,
            settled: false,
            _lock: Some(lock),
        })
    }

    /// Where files are written for now.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Where the run will be found.
    pub fn out(&self) -> &Path {
        &self.out
    }

    /// Makes everything lasting and puts it in place; [`MANIFEST`] must have been written last.
    ///
    /// # Errors
    /// [`Error::Io`]; the earlier output is then still in place.
    pub fn publish(mut self) -> Result<PathBuf, Error> {
        if self.inside {
            self.move_in()?;
        } else {
            self.swap_in()?;
        }
        self.settled = true;
        let _ = leftover::clear(&self.disk, &self.names.resume);
        Ok(self.out.clone())
    }

    /// What earlier runs left, to keep records of.
    pub fn earlier(&self) -> Vec<(PathBuf, Extent)> {
        vec![
            (self.names.resume.clone(), Extent::Part),
            (self.out.clone(), Extent::Whole),
        ]
    }

    /// Keeps what a later run needs to go on from here.
    ///
    /// # Errors
    /// [`Error::Io`]; nothing is kept then.
    pub fn suspend(mut self) -> Result<(), Error> {
        for name in entries(&self.dir) {
            let path = self.dir.join(&name);
            if path.is_dir() {
                self.disk.remove_dir(&path)?;
            } else if !name.to_str().is_some_and(is_kept) {
                self.disk.remove_file(&path)?;
            }
        }
        self.disk.sync_dir(&self.dir)?;
        self.settled = true;
        Ok(())
    }

    fn swap_in(&self) -> Result<(), Error> {
        let disk = &self.disk;
        if !self.out.exists() {
            disk.sync_dir(&self.dir)?;
            disk.rename(&self.dir, &self.out)?;
            return disk.sync_dir(&parent(&self.out));
        }
        for kept in [".gitignore", "README.md"] {
            let from = self.out.join(kept);
            if from.is_file() {
                disk.copy(&from, &self.dir.join(kept))?;
            }
        }
        if let Ok(meta) = fs::metadata(&self.out) {
            let _ = fs::set_permissions(&self.dir, meta.permissions());
        }
        disk.sync_dir(&self.dir)?;
        disk.exchange(&self.dir, &self.out, &self.names.previous)?;
        disk.sync_dir(&parent(&self.out))?;
        // From here on the new run is in place and the old one is under the stage's name.
        let _ = leftover::retire(disk, &self.dir, &self.out);
        Ok(())
    }

    fn move_in(&self) -> Result<(), Error> {
        let disk = &self.disk;
        let manifest = self.out.join(MANIFEST);
        if manifest.exists() {
            fs::remove_file(&manifest).map_err(|e| io_error("cannot remove", &manifest, &e))?;
        }
        disk.sync_dir(&self.out)?;
        for name in entries(&self.out) {
            if name.to_str().is_some_and(|n| is_ours(n) && n != LOCK) {
                let path = self.out.join(&name);
                let _ = if path.is_dir() {
                    fs::remove_dir_all(&path)
                } else {
                    fs::remove_file(&path)
                };
            }
        }
        for name in entries(&self.dir).filter(|n| n != MANIFEST) {
            disk.rename(&self.dir.join(&name), &self.out.join(&name))?;
        }
        disk.sync_dir(&self.out)?;
        disk.rename(&self.dir.join(MANIFEST), &manifest)?;
        disk.sync_dir(&self.out)?;
        let _ = fs::remove_dir(&self.dir);
        Ok(())
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if !self.settled {
            let _ = fs::remove_dir_all(&self.dir);
        }
    }
}

/// The directory itself when `out` is a link to one.
fn resolved(out: &Path) -> PathBuf {
    if out.is_symlink() {
        fs::canonicalize(out).unwrap_or_else(|_| out.to_owned())
    } else if out.file_name().is_none() {
        // `.` and `..` have no name to put a stage beside.
        fs::canonicalize(out).unwrap_or_else(|_| out.to_owned())
    } else {
        out.to_owned()
    }
}

fn parent(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// Whether two directories lie on different devices, so that nothing can be moved between them.
fn is_mount(dir: &Path, parent: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        match (fs::metadata(dir), fs::metadata(parent)) {
            (Ok(dir), Ok(parent)) => dir.dev() != parent.dev(),
            _ => false,
        }
    }
    #[cfg(not(unix))]
    {
        let _ = (dir, parent);
        false
    }
}

fn can_write(dir: &Path) -> bool {
    let probe = dir.join(format!(".polygist-probe-{}", std::process::id()));
    match fs::create_dir(&probe) {
        Ok(()) => fs::remove_dir(&probe).is_ok(),
        Err(e) => !matches!(
            e.kind(),
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem
        ),
    }
}

/// The names in a directory, in order.
pub(super) fn entries(dir: &Path) -> impl Iterator<Item = OsString> {
    let mut names: Vec<OsString> = fs::read_dir(dir)
        .into_iter()
        .flatten()
        .filter_map(|e| Some(e.ok()?.file_name()))
        .collect();
    names.sort();
    names.into_iter()
}

/// Whether `out` may be replaced: absent, empty, or written by polygist.
fn check_target(out: &Path, force: bool) -> Result<(), Error> {
    if out.exists() && !out.is_dir() {
        return Err(usage(
            format!("{} is not a directory", out.display()),
            "name a directory with --out",
        ));
    }
    let foreign = entries(out).any(|name| {
        !matches!(
            name.to_str(),
            Some(".gitignore" | "README.md" | LOCK | RESUME)
        )
    });
    if !foreign || force || out.join(MANIFEST).is_file() {
        return Ok(());
    }
    Err(usage(
        format!(
            "{} holds files and no {MANIFEST}, so polygist did not write it",
            out.display()
        ),
        "name another directory with --out, or add --force: files of other names stay",
    ))
}
