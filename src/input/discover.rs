//! Responsible for the list of files to read: directories walked in byte order, files, patterns and
//! standard input, without opening anything.

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::fs::{self, FileType};
use std::io;
use std::path::{Component, Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use super::format::NameHint;
use super::names::escape_into;
use super::pattern::{is_pattern, matches, reaches, split_pattern};
use super::shard::Share;
use super::{InputOptions, own};
use crate::error::Error;
use crate::model::problem::Code;

/// A file that is passed over or cannot be read, known before it is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The code.
    pub code: Code,
    /// Why, for a person.
    pub message: String,
    /// Whether it is passed over by rule rather than failed.
    pub skipped: bool,
}

/// One file of the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputFile {
    /// The directory that names are relative to.
    root: Arc<Path>,
    /// The file below it; `-` for standard input.
    relative: PathBuf,
    /// What stands before the relative name when several roots hold the same one.
    prefix: Option<Arc<str>>,
    refusal: Option<Box<Refusal>>,
    share: Share,
}

impl InputFile {
    /// Standard input.
    pub fn stdin() -> Self {
        Self {
            root: Arc::from(Path::new("")),
            relative: PathBuf::from("-"),
            prefix: None,
            refusal: None,
            share: Share::ALL,
        }
    }

    /// Whether this is standard input.
    pub fn is_stdin(&self) -> bool {
        self.root.as_os_str().is_empty() && self.relative.as_os_str() == "-"
    }

    /// The path to open.
    pub fn path(&self) -> PathBuf {
        self.root.join(&self.relative)
    }

    /// The name for records and messages: `/` between parts, bytes that are no UTF-8 and control
    /// characters as `\xNN`, so that two different files never share a name.
    pub fn label(&self) -> String {
        let mut out = String::new();
        if let Some(prefix) = &self.prefix {
            out.push_str(prefix);
            out.push('/');
        }
        for (n, part) in self.relative.components().enumerate() {
            if n > 0 {
                out.push('/');
            }
            escape_into(&mut out, part.as_os_str());
        }
        out
    }

    /// Why the file is not opened, where that is known from its directory entry.
    pub fn refusal(&self) -> Option<&Refusal> {
        self.refusal.as_deref()
    }

    /// Which of its records are read.
    pub(super) fn share(&self) -> Share {
        self.share
    }

    /// The file with a share of its records.
    pub(super) fn with_share(self, share: Share) -> Self {
        Self { share, ..self }
    }

    /// What the name says of the kind.
    pub fn name_hint(&self) -> NameHint {
        if self.is_stdin() {
            NameHint::stream()
        } else {
            NameHint::of(&self.relative)
        }
    }
}

/// Lists the files of some paths, sorted by the bytes of their labels: the order in which records
/// that were made apart can be put together again.
///
/// A directory is walked; hidden entries (`.name`) are passed over, a `README` and whatever is no
/// regular file become refusals. A file is taken as it is, a pattern (`*`, `?`, `[a-z]`, `**`) is
/// expanded, and `-` stands for standard input.
///
/// # Errors
/// [`Error::Usage`] when a path does not exist or a pattern finds nothing.
pub fn discover(paths: &[PathBuf], options: &InputOptions) -> Result<Vec<InputFile>, Error> {
    let mut groups: Vec<(PathBuf, Vec<InputFile>)> = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            groups.push((PathBuf::new(), vec![InputFile::stdin()]));
            continue;
        }
        let group = match fs::metadata(path) {
            Ok(meta) if meta.is_dir() => {
                own::refuse_run(path)?;
                (path.clone(), walk(path, options, None))
            }
            Ok(meta) => single(path, meta.file_type()),
            Err(error) if error.kind() == io::ErrorKind::NotFound && is_pattern(path) => {
                let (base, pattern) = split_pattern(path);
                own::refuse_run(&base)?;
                let found = match fs::metadata(or_here(&base)) {
                    Ok(meta) if meta.is_dir() => walk(&base, options, Some(&pattern)),
                    _ => Vec::new(),
                };
                if found.is_empty() {
                    return Err(missing(path, "the pattern matches no file"));
                }
                (base, found)
            }
            Err(error) => return Err(missing(path, &error.to_string())),
        };
        groups.push(group);
    }
    Ok(merge(groups))
}

fn missing(path: &Path, why: &str) -> Error {
    Error::Usage {
        message: format!("cannot read the input {}: {why}", path.display()),
        hint: "give a file, a directory, a pattern in quotes, or - for standard input".into(),
    }
}

/// A file named on the command line: links are followed, but only regular files are opened.
fn single(path: &Path, kind: FileType) -> (PathBuf, Vec<InputFile>) {
    let root = path.parent().unwrap_or(Path::new("")).to_path_buf();
    let name = path.file_name().unwrap_or(path.as_os_str());
    let file = InputFile {
        root: Arc::from(root.as_path()),
        relative: PathBuf::from(name),
        prefix: None,
        refusal: (!kind.is_file()).then(|| Box::new(special(kind))),
        share: Share::ALL,
    };
    (root, vec![file])
}

/// Puts the groups together: each file once, names made distinct, in byte order.
fn merge(groups: Vec<(PathBuf, Vec<InputFile>)>) -> Vec<InputFile> {
    if groups.len() == 1 {
        let mut files = groups
            .into_iter()
            .flat_map(|(_, files)| files)
            .collect::<Vec<_>>();
        files.sort_by_cached_key(InputFile::label);
        return files;
    }
    let mut all: Vec<(PathBuf, InputFile)> = Vec::new();
    for (root, files) in groups {
        let real = fs::canonicalize(or_here(&root)).unwrap_or_else(|_| root.clone());
        for file in files {
            let full = if file.is_stdin() {
                PathBuf::from("-")
            } else {
                real.join(&file.relative)
            };
            all.push((full, file));
        }
    }
    // The same file given twice is read once, under its longest relative name.
    all.sort_by(|(a, x), (b, y)| {
        (a, std::cmp::Reverse(x.relative.components().count()))
            .cmp(&(b, std::cmp::Reverse(y.relative.components().count())))
    });
    all.dedup_by(|later, earlier| later.0 == earlier.0);
    distinguish(&mut all);
    let mut files: Vec<InputFile> = all.into_iter().map(|(_, file)| file).collect();
    files.sort_by_cached_key(InputFile::label);
    files
}

/// Gives files of the same relative name as many of their parent directories as tell them apart.
fn distinguish(all: &mut [(PathBuf, InputFile)]) {
    for depth in 1..64 {
        let mut seen: HashMap<String, u32> = HashMap::new();
        for (_, file) in all.iter() {
            *seen.entry(file.label()).or_default() += 1;
        }
        let mut clash = false;
        for (full, file) in all.iter_mut() {
            if seen.get(&file.label()).is_none_or(|n| *n < 2) {
                continue;
            }
            clash = true;
            let own = file.relative.components().count();
            let parents: Vec<Component<'_>> = full.components().collect();
            let until = parents.len().saturating_sub(own);
            let mut prefix = String::new();
            for part in &parents[until.saturating_sub(depth)..until] {
                if let Component::Normal(name) = part {
                    if !prefix.is_empty() {
                        prefix.push('/');
                    }
                    escape_into(&mut prefix, name);
                }
            }
            file.prefix = Some(Arc::from(prefix));
        }
        if !clash {
            break;
        }
    }
}

fn special(kind: FileType) -> Refusal {
    let what = if kind.is_symlink() {
        "a symbolic link is not followed (use --follow-links)"
    } else {
        "not a regular file"
    };
    Refusal {
        code: Code::EKind,
        message: what.into(),
        skipped: true,
    }
}

fn failed(error: &io::Error, what: &str) -> Refusal {
    Refusal {
        code: if error.kind() == io::ErrorKind::NotFound {
            Code::EGone
        } else {
            Code::EIo
        },
        message: format!("{what}: {error}"),
        skipped: false,
    }
}

/// The real directories from the root down to one directory, for finding loops of links.
struct Trail {
    real: PathBuf,
    parent: Option<Rc<Trail>>,
}

impl Trail {
    fn holds(&self, real: &Path) -> bool {
        let mut at = Some(self);
        while let Some(trail) = at {
            if trail.real == real {
                return true;
            }
            at = trail.parent.as_deref();
        }
        false
    }
}

/// What a walk has found, of what is asked for.
struct Found<'p> {
    base: Arc<Path>,
    pattern: Option<&'p [OsString]>,
    files: Vec<InputFile>,
}

impl Found<'_> {
    fn file(&mut self, relative: PathBuf, refusal: Option<Refusal>) {
        if self.pattern.is_none_or(|p| matches(p, &relative)) {
            self.add(relative, refusal);
        }
    }

    /// A directory that is not entered; told where something below it is asked for.
    fn closed(&mut self, dir: PathBuf, refusal: Refusal) {
        if self.reaches(&dir) {
            let root = dir.as_os_str().is_empty();
            self.add(if root { ".".into() } else { dir }, Some(refusal));
        }
    }

    fn reaches(&self, dir: &Path) -> bool {
        self.pattern.is_none_or(|p| reaches(p, dir))
    }

    fn add(&mut self, relative: PathBuf, refusal: Option<Refusal>) {
        self.files.push(InputFile {
            root: Arc::clone(&self.base),
            relative,
            prefix: None,
            refusal: refusal.map(Box::new),
            share: Share::ALL,
        });
    }
}

/// Walks a directory with a stack of its own, so that depth costs no call stack.
fn walk(root: &Path, options: &InputOptions, pattern: Option<&[OsString]>) -> Vec<InputFile> {
    let mut found = Found {
        base: Arc::from(root),
        pattern,
        files: Vec::new(),
    };
    let mut stack: Vec<(PathBuf, Option<Rc<Trail>>)> =
        vec![(PathBuf::new(), trail(root, None, options))];
    while let Some((dir, above)) = stack.pop() {
        let full = root.join(&dir);
        let entries = match fs::read_dir(or_here(&full)) {
            Ok(entries) => entries,
            Err(error) => {
                found.closed(dir, failed(&error, "the directory cannot be listed"));
                continue;
            }
        };
        for entry in entries {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    found.closed(dir, failed(&error, "the directory cannot be listed"));
                    break;
                }
            };
            let name = entry.file_name();
            if name.as_encoded_bytes().first() == Some(&b'.') {
                continue;
            }
            let relative = dir.join(&name);
            let full = root.join(&relative);
            let kind = match kind_of(&entry, &full, options) {
                Ok(kind) => kind,
                Err(error) => {
                    let refusal = failed(&error, "the file cannot be looked at");
                    found.file(relative, Some(refusal));
                    continue;
                }
            };
            if kind.is_dir() {
                let below = trail(&full, above.as_ref(), options);
                match (&below, &above) {
                    (Some(below), Some(above)) if above.holds(&below.real) => {
                        let refusal = Refusal {
                            code: Code::EIo,
                            message: "a symbolic link leads back to a directory above it".into(),
                            skipped: false,
                        };
                        found.closed(relative, refusal);
                    }
                    _ if !found.reaches(&relative) => {}
                    _ if own::is_run(&full) => found.closed(relative, own::passed_over()),
                    _ => stack.push((relative, below)),
                }
            } else if !kind.is_file() {
                found.file(relative, Some(special(kind)));
            } else if is_readme(&name) && pattern.is_none() {
                let refusal = Refusal {
                    code: Code::EKind,
                    message: "a README is no article (name the file itself to read it)".into(),
                    skipped: true,
                };
                found.file(relative, Some(refusal));
            } else {
                found.file(relative, None);
            }
        }
    }
    found.files
}

/// The directory, or the current one where its path is empty.
fn or_here(dir: &Path) -> &Path {
    if dir.as_os_str().is_empty() {
        Path::new(".")
    } else {
        dir
    }
}

/// The place of a directory on the trail; only walks that follow links need one.
fn trail(path: &Path, parent: Option<&Rc<Trail>>, options: &InputOptions) -> Option<Rc<Trail>> {
    options.follow_links.then(|| {
        Rc::new(Trail {
            real: fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf()),
            parent: parent.cloned(),
        })
    })
}

fn kind_of(entry: &fs::DirEntry, full: &Path, options: &InputOptions) -> io::Result<FileType> {
    let kind = entry.file_type()?;
    if kind.is_symlink() && options.follow_links {
        return Ok(fs::metadata(full)?.file_type());
    }
    Ok(kind)
}

fn is_readme(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name.get(..6)
        .is_some_and(|n| n.eq_ignore_ascii_case(b"readme"))
        && matches!(name.get(6), None | Some(b'.'))
}

/// Refuses an output directory that lies in an input directory, or holds one: outputs are never
/// read as input.
///
/// # Errors
/// [`Error::Usage`] naming both.
pub fn refuse_overlap(inputs: &[PathBuf], output: &Path) -> Result<(), Error> {
    let out = real_path(output);
    for input in inputs.iter().filter(|i| i.as_os_str() != "-") {
        let base = if is_pattern(input) && !input.exists() {
            split_pattern(input).0
        } else {
            input.clone()
        };
        let base = real_path(&base);
        if out.starts_with(&base) || base.starts_with(&out) {
            return Err(Error::Usage {
                message: format!(
                    "the output {} and the input {} lie in each other",
                    output.display(),
                    input.display()
                ),
                hint: "write to a directory beside the input, so that no output is read as input"
                    .into(),
            });
        }
    }
    Ok(())
}

/// The path with links resolved, as far down as it exists.
pub(super) fn real_path(path: &Path) -> PathBuf {
    let start = or_here(path);
    let absolute = std::path::absolute(start).unwrap_or_else(|_| start.to_path_buf());
    let mut known = absolute.as_path();
    let mut rest: Vec<&OsStr> = Vec::new();
    loop {
        if let Ok(mut real) = fs::canonicalize(known) {
            real.extend(rest.iter().rev());
            return real;
        }
        let (Some(parent), Some(name)) = (known.parent(), known.file_name()) else {
            return absolute.clone();
        };
        rest.push(name);
        known = parent;
    }
}
