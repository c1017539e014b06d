//! Responsible for the state of a run: which records its `articles.jsonl` holds, and what each was made
//! from, so that a later run can keep them instead of making them again.
//!
//! A line for each record: the key of its content, where it stands, how long it is, and a checksum of
//! the record. The first line names the engine, the last one counts and hashes all lines. A record is
//! kept only when its own checksum holds; anything odd means that nothing more is kept.

use std::fs::{self, File};
use std::hash::Hasher;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rustc_hash::{FxHashMap, FxHasher};
use sha2::{Digest, Sha256};

use super::disk::{Disk, Sink};
use crate::error::Error;
use crate::model::article::ContentKey;
use crate::model::ids::hex;

/// The file's name in an output or stage.
pub const STATE: &str = ".polygist-state";
/// The file that the state speaks of.
const RECORDS: &str = "articles.jsonl";
/// The first word and the format's number.
const MAGIC: &str = "polygist-state 1 ";
/// The first word of the last line.
const END: &str = "end ";

/// Writes the state beside the records.
#[derive(Debug)]
pub struct StateWriter {
    sink: Sink,
    hash: Sha256,
    entries: u64,
}

impl StateWriter {
    /// Begins the file for records that `engine` makes.
    ///
    /// # Errors
    /// [`Error::Io`] with the file's name.
    pub fn create(dir: &Path, disk: &Disk, engine: &str) -> Result<Self, Error> {
        let mut state = Self {
            sink: disk.create(&dir.join(STATE))?,
            hash: Sha256::new(),
            entries: 0,
        };
        state.line(&format!("{MAGIC}{engine}\n"))?;
        Ok(state)
    }

    /// Adds a record that was written at `offset` of `articles.jsonl`.
    ///
    /// # Errors
    /// [`Error::Io`] with the file's name.
    pub fn add(&mut self, key: ContentKey, offset: u64, line: &[u8]) -> Result<(), Error> {
        self.entries += 1;
        let (length, check) = (line.len(), checksum(line));
        self.line(&format!("{:032x} {offset} {length} {check:016x}\n", key.0))
    }

    fn line(&mut self, line: &str) -> Result<(), Error> {
        self.hash.update(line);
        self.sink.write(line.as_bytes())
    }

    /// Writes out what was added so far.
    ///
    /// # Errors
    /// [`Error::Io`] with the file's name.
    pub fn flush(&mut self) -> Result<(), Error> {
        self.sink.flush()
    }

    /// How many records it lists.
    pub fn entries(&self) -> u64 {
        self.entries
    }

    /// Ends the file of a run that is whole.
    ///
    /// # Errors
    /// [`Error::Io`] with the file's name.
    pub fn finish(mut self) -> Result<(), Error> {
        let hash = hex(&self.hash.finalize_reset());
        let end = format!("{END}{} {hash}\n", self.entries);
        self.sink.write(end.as_bytes())?;
        self.suspend()
    }

    /// Ends the file of a run that goes on later.
    ///
    /// # Errors
    /// [`Error::Io`] with the file's name.
    pub fn suspend(self) -> Result<(), Error> {
        self.sink.finish(STATE, None).map(drop)
    }
}

/// How much of a run is there to keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// A published run: its state must be whole.
    Whole,
    /// What an interrupted run left: as much as there is.
    Part,
}

/// Where a record stands.
#[derive(Debug, Clone, Copy)]
struct Place {
    offset: u64,
    length: u32,
    check: u64,
}

/// The records of an earlier run.
#[derive(Debug)]
pub struct Earlier {
    dir: PathBuf,
    records: Mutex<File>,
    places: FxHashMap<u128, Place>,
}

/// The records of an earlier run by where they stand.
#[derive(Debug, Default)]
pub struct Offsets(FxHashMap<u64, (ContentKey, u64)>);

impl Offsets {
    /// The key of the record at an offset, if the line there is as it was written.
    pub fn key(&self, offset: u64, line: &[u8]) -> Option<ContentKey> {
        let (key, check) = self.0.get(&offset)?;
        (checksum(line) == *check).then_some(*key)
    }
}

/// Why nothing of an earlier run is kept.
#[derive(Debug, PartialEq, Eq)]
pub enum Unusable {
    /// There is no state.
    Absent,
    /// Another engine made the records, as after an update.
    OtherEngine,
    /// The state is not as it was written.
    Doubtful(String),
}

impl Earlier {
    /// Reads the state of a run in `dir`.
    ///
    /// # Errors
    /// [`Unusable`] when nothing of it can be kept.
    pub fn open(dir: &Path, engine: &str, extent: Extent) -> Result<Self, Unusable> {
        let file = match File::open(dir.join(STATE)) {
            Ok(file) => file,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Err(Unusable::Absent),
            Err(e) => return Err(Unusable::Doubtful(format!("cannot be read: {e}"))),
        };
        let places = read(BufReader::new(file), engine, extent)?;
        let records = File::open(dir.join(RECORDS))
            .map_err(|e| Unusable::Doubtful(format!("{RECORDS} cannot be read: {e}")))?;
        Ok(Self {
            dir: dir.to_owned(),
            records: Mutex::new(records),
            places,
        })
    }

    /// How many records it lists.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether it lists none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The run's directory.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The records by where they stand.
    pub fn offsets(&self) -> Offsets {
        let places = self.places.iter();
        Offsets(
            places
                .map(|(key, place)| (place.offset, (ContentKey(*key), place.check)))
                .collect(),
        )
    }

    /// The line of the record made from this content, if there is one.
    ///
    /// # Errors
    /// When the line is not as it was written.
    pub fn line(&self, key: ContentKey) -> Result<Option<Vec<u8>>, String> {
        let Some(place) = self.places.get(&key.0) else {
            return Ok(None);
        };
        let mut line = Vec::new();
        let mut file = self.records.lock().unwrap_or_else(PoisonError::into_inner);
        // Not more than there is, whatever a torn state says.
        let read = file.seek(SeekFrom::Start(place.offset)).and_then(|_| {
            let mut rest = Read::take(&mut *file, u64::from(place.length));
            rest.read_to_end(&mut line)
        });
        drop(file);
        match read {
            Ok(len) if len == place.length as usize && checksum(&line) == place.check => {
                Ok(Some(line))
            }
            Ok(_) => Err("a record is not as it was written".into()),
            Err(e) => Err(format!("a record cannot be read: {e}")),
        }
    }
}

/// Reads all lines, or as many as an interrupted run wrote.
fn read(
    mut reader: impl BufRead,
    engine: &str,
    extent: Extent,
) -> Result<FxHashMap<u128, Place>, Unusable> {
    let doubt = |what: &str| Unusable::Doubtful(what.to_owned());
    let mut places = FxHashMap::default();
    let mut hash = Sha256::new();
    let mut line = String::new();
    let mut lines = 0u64;
    loop {
        line.clear();
        let whole = match reader.read_line(&mut line) {
            Ok(1..) => line.strip_suffix('\n'),
            Ok(0) | Err(_) => None,
        };
        let Some(text) = whole else {
            return match extent {
                Extent::Part if lines > 0 => Ok(places),
                _ => Err(doubt("it ends before its last line")),
            };
        };
        if lines == 0 {
            let Some(other) = text.strip_prefix(MAGIC) else {
                return Err(doubt("it is of another version"));
            };
            if other != engine {
                return Err(Unusable::OtherEngine);
            }
        } else if let Some(end) = text.strip_prefix(END) {
            let told = format!("{} {}", lines - 1, hex(&hash.finalize_reset()));
            let rest = reader.fill_buf().map_or(1, <[u8]>::len);
            return if end == told && rest == 0 {
                Ok(places)
            } else {
                Err(doubt("its checksum does not hold"))
            };
        } else if let Some((key, place)) = entry(text) {
            places.insert(key, place);
        } else {
            return Err(doubt("a line cannot be read"));
        }
        hash.update(&line);
        lines += 1;
    }
}

fn entry(line: &str) -> Option<(u128, Place)> {
    let mut words = line.split(' ');
    let key = u128::from_str_radix(words.next()?, 16).ok()?;
    let place = Place {
        offset: words.next()?.parse().ok()?,
        length: words.next()?.parse().ok()?,
        check: u64::from_str_radix(words.next()?, 16).ok()?,
    };
    words.next().is_none().then_some((key, place))
}

/// Tells a line that was torn or changed; nobody needs to be kept from forging one.
fn checksum(line: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(line);
    hasher.finish()
}

/// Whether a directory holds something that can be kept.
pub(super) fn size(dir: &Path) -> u64 {
    fs::metadata(dir.join(STATE)).map_or(0, |m| m.len())
}

/// Whether a file is needed to go on later.
pub(super) fn is_kept(name: &str) -> bool {
    name == STATE || name == RECORDS
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENGINE: &str = "e1";

    /// A directory with three records and their state; the lines and keys.
    fn run(whole: bool) -> (tempfile::TempDir, Vec<(ContentKey, Vec<u8>)>) {
        let dir = tempfile::tempdir().unwrap();
        let mut state = StateWriter::create(dir.path(), &Disk::default(), ENGINE).unwrap();
        let (mut records, mut lines) = (Vec::new(), Vec::new());
        for n in 0..3u8 {
            let line = format!("{{\"n\":{n}}}\n").into_bytes();
            let key = ContentKey(u128::from(n) << 70 | 5);
            state.add(key, records.len() as u64, &line).unwrap();
            records.extend_from_slice(&line);
            lines.push((key, line));
        }
        fs::write(dir.path().join(RECORDS), records).unwrap();
        if whole {
            state.finish().unwrap();
        } else {
            state.suspend().unwrap();
        }
        (dir, lines)
    }

    fn open(dir: &Path, extent: Extent) -> Result<Earlier, Unusable> {
        Earlier::open(dir, ENGINE, extent)
    }

    #[test]
    fn records_are_found_by_what_they_were_made_from() {
        for (whole, extent) in [(true, Extent::Whole), (false, Extent::Part)] {
            let (dir, lines) = run(whole);
            let earlier = open(dir.path(), extent).unwrap();
            assert_eq!(earlier.len(), 3);
            for (key, line) in lines {
                assert_eq!(earlier.line(key), Ok(Some(line)));
            }
            assert_eq!(earlier.line(ContentKey(9)), Ok(None));
        }
    }

    #[test]
    fn a_state_cut_at_any_byte_or_changed_in_any_byte_gives_nothing_wrong() {
        let (dir, lines) = run(true);
        let path = dir.path().join(STATE);
        let good = fs::read(&path).unwrap();
        for cut in 0..good.len() {
            fs::write(&path, &good[..cut]).unwrap();
            let found = open(dir.path(), Extent::Whole);
            assert!(matches!(found, Err(Unusable::Doubtful(_))), "cut at {cut}");
            if let Ok(part) = open(dir.path(), Extent::Part) {
                for (key, line) in &lines {
                    let found = part.line(*key).unwrap();
                    assert!(found.is_none_or(|l| l == *line), "cut at {cut}");
                }
            }
        }
        for at in 0..good.len() {
            let mut bad = good.clone();
            bad[at] ^= 1;
            fs::write(&path, &bad).unwrap();
            let found = open(dir.path(), Extent::Whole);
            assert!(found.is_err(), "byte {at} was changed");
            if let Ok(part) = open(dir.path(), Extent::Part) {
                for (key, line) in &lines {
                    let found = part.line(*key);
                    assert!(found.is_err() || found.is_ok_and(|l| l.is_none_or(|l| l == *line)));
                }
            }
        }
    }

    #[test]
    fn records_that_were_changed_are_not_kept() {
        let (dir, lines) = run(true);
        let path = dir.path().join(RECORDS);
        let mut records = fs::read(&path).unwrap();
        records[10] ^= 1;
        records.truncate(20);
        fs::write(&path, records).unwrap();
        let earlier = open(dir.path(), Extent::Whole).unwrap();
        assert_eq!(earlier.line(lines[0].0), Ok(Some(lines[0].1.clone())));
        assert!(earlier.line(lines[1].0).is_err());
        assert!(earlier.line(lines[2].0).is_err());
    }

    #[test]
    fn another_engine_and_no_state_are_no_faults() {
        let (dir, _) = run(true);
        let other = Earlier::open(dir.path(), "e2", Extent::Whole);
        assert_eq!(other.err(), Some(Unusable::OtherEngine));
        fs::remove_file(dir.path().join(STATE)).unwrap();
        assert_eq!(
            open(dir.path(), Extent::Whole).err(),
            Some(Unusable::Absent)
        );
    }
}
