//! Responsible for reading a run's dead letters and its records, line by line, and for what is known of
//! the files in which something failed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::told::refusal;
use super::unreadable;
use crate::error::Error;

/// A record's file and its number in it.
pub(super) type Place = (String, u64);

/// What a line of `errors.jsonl` or `articles.jsonl` says of its place.
#[derive(Deserialize)]
struct Told {
    source_path: String,
    record: u64,
    #[serde(default)]
    status: String,
    #[serde(default)]
    severity: String,
    #[serde(default)]
    raw: Option<String>,
}

/// The records that failed.
#[derive(Debug, Default)]
pub(super) struct Letters {
    /// The raw record where it is there.
    waiting: BTreeMap<Place, Option<String>>,
}

impl Letters {
    /// Reads the dead letters of a run.
    ///
    /// # Errors
    /// [`Error::Usage`] with the line that is none.
    pub(super) fn read(path: &Path) -> Result<Self, Error> {
        let mut waiting = BTreeMap::new();
        let file = File::open(path).map_err(|e| unreadable(path, 0, &e))?;
        for (number, line) in (1..).zip(BufReader::new(file).lines()) {
            let line = line.map_err(|e| unreadable(path, number, &e))?;
            let line: Told =
                serde_json::from_str(&line).map_err(|e| unreadable(path, number, &e))?;
            if line.severity == "error" {
                let place = (line.source_path, line.record);
                waiting.entry(place).or_insert(line.raw);
            }
        }
        Ok(Self { waiting })
    }

    /// How many records failed.
    pub(super) fn len(&self) -> usize {
        self.waiting.len()
    }

    /// The files in which records failed.
    pub(super) fn files(&self) -> BTreeSet<String> {
        self.waiting.keys().map(|(path, _)| path.clone()).collect()
    }

    /// The raw record of a place; once, since a second record there is another one.
    pub(super) fn take(&mut self, place: &Place) -> Option<String> {
        self.waiting.remove(place).flatten()
    }
}

/// A record of the run.
pub(super) struct Line {
    pub(super) place: Place,
    pub(super) failed: bool,
    /// Where it stands in `articles.jsonl`.
    pub(super) offset: u64,
    pub(super) bytes: Vec<u8>,
}

/// The records of the run.
pub(super) struct Lines {
    path: PathBuf,
    reader: BufReader<File>,
    number: u64,
    offset: u64,
}

impl Lines {
    /// Opens `articles.jsonl`.
    ///
    /// # Errors
    /// [`Error::Usage`] when it is not there.
    pub(super) fn open(path: &Path) -> Result<Self, Error> {
        let file = File::open(path).map_err(|e| unreadable(path, 0, &e))?;
        Ok(Self {
            path: path.to_owned(),
            reader: BufReader::with_capacity(1 << 17, file),
            number: 0,
            offset: 0,
        })
    }

    /// The next record, if there is one.
    ///
    /// # Errors
    /// [`Error::Usage`] with the line that is none.
    pub(super) fn next(&mut self) -> Result<Option<Line>, Error> {
        let mut bytes = Vec::new();
        self.number += 1;
        let read = self.reader.read_until(b'\n', &mut bytes);
        if read.map_err(|e| unreadable(&self.path, self.number, &e))? == 0 {
            return Ok(None);
        }
        let told: Told =
            serde_json::from_slice(&bytes).map_err(|e| unreadable(&self.path, self.number, &e))?;
        let offset = self.offset;
        self.offset += bytes.len() as u64;
        Ok(Some(Line {
            place: (told.source_path, told.record),
            failed: told.status == "failed",
            offset,
            bytes,
        }))
    }
}

/// How many sound records each file in which something failed has, after checking that the records are
/// all there and those of a file stand together.
///
/// # Errors
/// [`Error::Usage`] when the letters are not those of the run, or the run is not whole.
pub(super) fn sound_records(
    records: &Path,
    letters: &Letters,
    seen: u64,
) -> Result<BTreeMap<String, u64>, Error> {
    let wanted = letters.files();
    let mut sound: BTreeMap<String, u64> = BTreeMap::new();
    let mut lines = Lines::open(records)?;
    let mut current = String::new();
    let mut count = 0;
    while let Some(Line { place, failed, .. }) = lines.next()? {
        count += 1;
        if place.0 != current {
            current = place.0;
            if wanted.contains(&current) && sound.insert(current.clone(), 0).is_some() {
                return Err(refusal(
                    format!(
                        "the records of {current} stand in two places of {}",
                        records.display()
                    ),
                    "run `polygist run` over the whole input",
                ));
            }
        }
        if let Some(sound) = sound.get_mut(&current).filter(|_| !failed) {
            *sound += 1;
        }
    }
    if count != seen {
        return Err(refusal(
            format!(
                "{} holds {count} records, and its run had {seen}",
                records.display()
            ),
            "it was changed since: run `polygist run` over the whole input",
        ));
    }
    match wanted.iter().find(|file| !sound.contains_key(*file)) {
        Some(file) => Err(refusal(
            format!(
                "the dead letters name {file}, of which {} holds nothing",
                records.display()
            ),
            "retry takes the errors.jsonl that stands beside the articles.jsonl of its run",
        )),
        None => Ok(sound),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_raw_record_is_used_once() {
        let place = ("-".to_owned(), 1);
        let mut letters = Letters::default();
        letters.waiting.insert(place.clone(), Some("{}".into()));
        assert_eq!(letters.take(&place).as_deref(), Some("{}"));
        assert_eq!(letters.take(&place), None);
    }
}
