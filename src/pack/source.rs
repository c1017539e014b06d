//! Responsible for where configuration text comes from: the table in the binary, and a directory
//! that may override it file by file.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

use crate::error::Error;

static EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// What to do about a fault in a file that a user laid over the built-in ones …
const MEND: &str = "mend the file, or take it away to use the built-in one";
/// … and in one of the built-in files.
const REPORT: &str = "this file is part of polygist: please report it";

/// One file of a pack with its name, so that a mistake can be shown where it is.
#[derive(Debug, Clone)]
pub struct SectionText {
    /// The path below the configuration directory.
    pub path: String,
    /// Its content; empty when the pack does not have it.
    pub text: String,
    /// The user's own file, when that is where the content comes from.
    own: Option<PathBuf>,
}

impl SectionText {
    /// A text that is part of polygist.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            text: text.into(),
            own: None,
        }
    }

    /// The lines of a word list: comments (`#`) and empty lines left out.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        word_lines(&self.text)
    }

    /// The TOML in it.
    ///
    /// # Errors
    /// [`Error::Pack`] with line and column.
    pub fn toml<T: DeserializeOwned>(&self) -> Result<T, Error> {
        toml::from_str(&self.text).map_err(|e| self.error(e.to_string().trim_end()))
    }

    /// An error about this file.
    pub fn error(&self, message: impl Into<String>) -> Error {
        let (place, hint) = match &self.own {
            Some(path) => (path.display().to_string(), MEND),
            None => (format!("built-in config/{}", self.path), REPORT),
        };
        Error::Pack {
            place,
            message: message.into(),
            hint: hint.to_owned(),
        }
    }
}

/// The lines of a word list: comments (`#`) and empty lines left out.
pub fn word_lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .map(|line| {
            let comment = line.bytes().position(|byte| byte == b'#');
            comment.map_or(line, |at| &line[..at]).trim()
        })
        .filter(|line| !line.is_empty())
}

/// All configuration files: embedded ones and overrides.
#[derive(Debug, Default)]
pub struct Files {
    /// The user's directory.
    dir: PathBuf,
    overrides: BTreeMap<String, String>,
}

impl Files {
    /// The embedded files alone.
    pub fn embedded() -> Self {
        Self::default()
    }

    /// The embedded files, with those below `dir` in front.
    ///
    /// # Errors
    /// [`Error::Config`] when the directory or a file in it cannot be read.
    pub fn open(dir: Option<&Path>) -> Result<Self, Error> {
        let mut files = Self::default();
        if let Some(dir) = dir {
            dir.clone_into(&mut files.dir);
            read_below(dir, dir, &mut files.overrides)?;
        }
        Ok(files)
    }

    /// A file's text by its path below the configuration directory.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.overrides.get(path).map(String::as_str).or_else(|| {
            let at = EMBEDDED
                .binary_search_by_key(&path, |(name, _)| name)
                .ok()?;
            Some(EMBEDDED[at].1)
        })
    }

    /// A file with the place where it can be mended; empty when there is none.
    pub fn file(&self, path: &str) -> SectionText {
        let is_own = self.overrides.contains_key(path);
        SectionText {
            path: path.to_owned(),
            text: self.get(path).unwrap_or_default().to_owned(),
            own: is_own.then(|| self.dir.join(path)),
        }
    }

    /// A pack's file; the shared one when the pack has none, else empty.
    pub fn section(&self, code: &str, name: &str) -> SectionText {
        let own = format!("lang/{code}/{name}");
        if self.get(&own).is_some() {
            return self.file(&own);
        }
        let shared = self.shared(name);
        if shared.text.is_empty() {
            return self.file(&own);
        }
        shared
    }

    /// The file that all packs share under a name; empty when there is none.
    pub fn shared(&self, name: &str) -> SectionText {
        self.file(&format!("lang/shared/{name}"))
    }

    /// All files whose path begins with `prefix`, sorted, overrides applied.
    pub fn under(&self, prefix: &str) -> Vec<(String, String)> {
        let files = self.paths_under(prefix).into_iter();
        files
            .filter_map(|path| Some((path.to_owned(), self.get(path)?.to_owned())))
            .collect()
    }

    /// The paths that begin with `prefix`, sorted.
    pub fn paths_under(&self, prefix: &str) -> BTreeSet<&str> {
        let from = EMBEDDED.partition_point(|(name, _)| *name < prefix);
        let embedded = EMBEDDED[from..].iter().map(|(name, _)| *name);
        let own = self.overrides.keys().map(String::as_str);
        embedded
            .take_while(|name| name.starts_with(prefix))
            .chain(own.filter(|name| name.starts_with(prefix)))
            .collect()
    }

    /// The files that stand in front of embedded ones, or beside them, sorted.
    pub fn overrides(&self) -> impl Iterator<Item = (&str, &str)> {
        self.overrides
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The codes of all packs: folders below `lang/` with a `pack.toml`.
    pub fn pack_codes(&self) -> BTreeSet<String> {
        let code = |path: &str| {
            Some(
                path.strip_prefix("lang/")?
                    .strip_suffix("/pack.toml")?
                    .to_owned(),
            )
        };
        EMBEDDED
            .iter()
            .filter_map(|(name, _)| code(name))
            .chain(self.overrides.keys().filter_map(|name| code(name)))
            .collect()
    }

    /// The codes of packs with at least one overridden file; all of them when a shared file is.
    pub fn overridden_codes(&self) -> BTreeSet<String> {
        let known = self.pack_codes();
        if self.overrides.keys().any(|p| p.starts_with("lang/shared/")) {
            return known;
        }
        self.overrides
            .keys()
            .filter_map(|path| {
                path.strip_prefix("lang/")?
                    .split('/')
                    .next()
                    .map(str::to_owned)
            })
            .filter(|code| known.contains(code))
            .collect()
    }
}

fn read_below(root: &Path, dir: &Path, out: &mut BTreeMap<String, String>) -> Result<(), Error> {
    let failed = |path: &Path, e: &std::io::Error| Error::Config {
        message: format!("{}: {e}", path.display()),
        hint: "--config-dir names a directory laid out like config/ in the source tree".into(),
    };
    for entry in std::fs::read_dir(dir).map_err(|e| failed(dir, &e))? {
        let path = entry.map_err(|e| failed(dir, &e))?.path();
        if path.is_dir() {
            read_below(root, &path, out)?;
        } else if let Some(name) = path.strip_prefix(root).ok().and_then(Path::to_str) {
            let text = std::fs::read_to_string(&path).map_err(|e| failed(&path, &e))?;
            out.insert(name.replace('\\', "/"), text);
        }
    }
    Ok(())
}
