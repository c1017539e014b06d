//! Responsible for reading files of records together, so that records that were made apart come in the
//! order of one run: by file of the input and number in it. Each file of records has that order already.

use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use serde::de::{Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};

use crate::error::Error;

/// More regular files than this are opened only while their records are due.
const OPEN: usize = 64;
/// Bytes read at a time.
const BUFFER: usize = 1 << 17;

/// A record as it was written, and where.
pub(super) struct Line {
    /// The file of records.
    pub(super) file: String,
    /// The line in it, from 1.
    pub(super) number: u64,
    /// Its bytes.
    pub(super) bytes: Vec<u8>,
}

/// Hands on the records of all files in the order of their input, until no more is wanted.
///
/// # Errors
/// [`Error::Io`] with the file that cannot be read.
pub(super) fn gather(
    paths: &[PathBuf],
    emit: &mut dyn FnMut(Line) -> ControlFlow<()>,
) -> Result<(), Error> {
    let mut files = Vec::new();
    let mut due = BinaryHeap::new();
    let mut began: BTreeMap<Place, u32> = BTreeMap::new();
    for path in paths {
        let mut file = RecordFile::open(path)?;
        if let Some(place) = file.next()? {
            // Streams that begin alike are different inputs of one name: one goes after the other.
            let turn = began.entry(place.clone()).or_default();
            due.push(Reverse((*turn, place, files.len())));
            *turn += 1;
            if paths.len() > OPEN {
                file.rest()?;
            }
        }
        files.push(file);
    }
    let mut order = Order::default();
    while let Some(Reverse((turn, place, at))) = due.pop() {
        let Some(file) = files.get_mut(at) else { break };
        order.check(turn, &place);
        if emit(file.take()).is_break() {
            return Ok(());
        }
        if let Some(next) = file.next()? {
            order.unsorted |= next < place;
            due.push(Reverse((turn, next, at)));
        }
    }
    order.report(paths.len());
    Ok(())
}

/// Where a record stood in the input: file and number.
type Place = (String, u64);

/// One file of records with the line that is due.
struct RecordFile {
    path: PathBuf,
    /// Closed until a line is wanted.
    reader: Option<Box<dyn BufRead>>,
    /// Where to go on when it is opened again.
    offset: u64,
    line: Line,
}

impl RecordFile {
    fn open(path: &Path) -> Result<Self, Error> {
        let mut file = Self {
            path: path.to_owned(),
            reader: None,
            offset: 0,
            line: Line {
                file: path.display().to_string(),
                number: 0,
                bytes: Vec::new(),
            },
        };
        if path.as_os_str() == "-" {
            file.reader = Some(Box::new(BufReader::with_capacity(BUFFER, io::stdin())));
        } else {
            file.reopen().map_err(|e| file.failed(&e))?;
        }
        Ok(file)
    }

    fn reopen(&mut self) -> io::Result<()> {
        let mut file = File::open(&self.path)?;
        if self.offset > 0 {
            file.seek(SeekFrom::Start(self.offset))?;
        }
        self.reader = Some(Box::new(BufReader::with_capacity(BUFFER, file)));
        Ok(())
    }

    /// Closes the file until it is wanted again, where that can be done.
    fn rest(&mut self) -> Result<(), Error> {
        let is_file = |path: &Path| Ok(path.as_os_str() != "-" && path.metadata()?.is_file());
        if is_file(&self.path).map_err(|e: io::Error| self.failed(&e))? {
            self.reader = None;
        }
        Ok(())
    }

    /// Reads on to the next record; its place, or none at the end, where the file is closed.
    fn next(&mut self) -> Result<Option<Place>, Error> {
        self.read().map_err(|e| self.failed(&e))
    }

    fn read(&mut self) -> io::Result<Option<Place>> {
        if self.reader.is_none() {
            self.reopen()?;
        }
        while let Some(reader) = &mut self.reader {
            self.line.bytes.clear();
            self.offset += reader.read_until(b'\n', &mut self.line.bytes)? as u64;
            if self.line.bytes.is_empty() {
                self.reader = None;
            }
            self.line.number += 1;
            if !self.line.bytes.trim_ascii().is_empty() {
                return Ok(Some(place(&self.line.bytes)));
            }
        }
        Ok(None)
    }

    /// The line that was read.
    fn take(&mut self) -> Line {
        Line {
            file: self.line.file.clone(),
            number: self.line.number,
            bytes: std::mem::take(&mut self.line.bytes),
        }
    }

    fn failed(&self, error: &io::Error) -> Error {
        Error::Io {
            message: format!("{}: {error}", self.path.display()),
            hint: "merge reads files that `polygist extract` wrote".into(),
        }
    }
}

/// Watches that nothing is missing between records and that files are in order.
#[derive(Default)]
struct Order {
    last: Option<(u32, Place)>,
    /// Records that are not there although a later one of their file is, and the first of them.
    missing: u64,
    first_missing: Option<Place>,
    unsorted: bool,
}

impl Order {
    fn check(&mut self, turn: u32, place: &Place) {
        let before = match &self.last {
            Some((t, (path, number))) if (*t, path) == (turn, &place.0) => *number,
            _ => 0,
        };
        let gap = place.1.saturating_sub(before.saturating_add(1));
        if gap > 0 {
            self.missing += gap;
            let first = || (place.0.clone(), before + 1);
            self.first_missing.get_or_insert_with(first);
        }
        self.last = Some((turn, place.clone()));
    }

    fn report(&self, files: usize) {
        if self.unsorted && files > 1 {
            log::warn!(
                "a file of records is not in the order of its input: the output's order is not that of one run"
            );
        } else if let Some((path, number)) = &self.first_missing {
            log::warn!(
                "{} records are missing between others, the first is number {number} of {path}: was a shard left out?",
                self.missing
            );
        }
    }
}

/// The place that a record names; nothing is read behind it. What is no record gets an empty place, and
/// is told of where the record is read.
fn place(line: &[u8]) -> Place {
    let found = RefCell::new((None, None));
    let _ = serde_json::Deserializer::from_slice(line).deserialize_map(Head(&found));
    let (path, number) = found.into_inner();
    (path.unwrap_or_default(), number.unwrap_or(0))
}

/// Reads fields until it has both of a place, and breaks off then.
struct Head<'p>(&'p RefCell<(Option<String>, Option<u64>)>);

impl<'de> Visitor<'de> for Head<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            let mut found = self.0.borrow_mut();
            match key.as_str() {
                "source_path" => found.0 = Some(map.next_value()?),
                "record" => found.1 = Some(map.next_value()?),
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
            if matches!(*found, (Some(_), Some(_))) {
                return Err(A::Error::custom("enough"));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(path: &str, number: u64) -> String {
        format!(
            "{{\"schema_version\":1,\"source_path\":\"{path}\",\"record\":{number},\"text\":\"\"}}\n"
        )
    }

    fn gathered(files: &[&[(&str, u64)]]) -> Vec<Place> {
        let dir = tempfile::tempdir().unwrap();
        let mut paths = Vec::new();
        for (n, places) in files.iter().enumerate() {
            let path = dir.path().join(n.to_string());
            let lines: String = places.iter().map(|(path, n)| line(path, *n)).collect();
            std::fs::write(&path, lines).unwrap();
            paths.push(path);
        }
        let mut out = Vec::new();
        let mut emit = |line: Line| {
            out.push(place(&line.bytes));
            ControlFlow::Continue(())
        };
        gather(&paths, &mut emit).unwrap();
        out
    }

    fn owned(places: &[(&str, u64)]) -> Vec<Place> {
        let own = |(path, n): &(&str, u64)| ((*path).to_owned(), *n);
        places.iter().map(own).collect()
    }

    #[test]
    fn records_come_in_the_order_of_the_input() {
        let shards: [&[(&str, u64)]; 4] = [
            &[("a", 1), ("a", 4), ("b", 2)],
            &[("a", 2), ("b", 1), ("c", 1)],
            &[],
            &[("a", 3)],
        ];
        let order = [
            ("a", 1),
            ("a", 2),
            ("a", 3),
            ("a", 4),
            ("b", 1),
            ("b", 2),
            ("c", 1),
        ];
        assert_eq!(gathered(&shards), owned(&order));
    }

    #[test]
    fn many_files_are_not_open_at_once() {
        let names: Vec<String> = (0..200).map(|n| format!("{:03}", n * 7 % 200)).collect();
        let places: Vec<Vec<(&str, u64)>> = names
            .iter()
            .map(|name| vec![(name.as_str(), 1), (name.as_str(), 2)])
            .collect();
        let files: Vec<&[(&str, u64)]> = places.iter().map(Vec::as_slice).collect();
        let mut order: Vec<(&str, u64)> = places.iter().flatten().copied().collect();
        order.sort_unstable();
        assert_eq!(gathered(&files), owned(&order));
    }

    #[test]
    fn streams_of_one_name_stay_one_after_the_other() {
        let files: [&[(&str, u64)]; 2] = [&[("-", 1), ("-", 2)], &[("-", 1), ("-", 2)]];
        let order = [("-", 1), ("-", 2), ("-", 1), ("-", 2)];
        assert_eq!(gathered(&files), owned(&order));
    }

    #[test]
    fn gaps_are_counted() {
        let mut order = Order::default();
        for (path, number) in [("a", 1), ("a", 2), ("a", 5), ("b", 1), ("c", 3)] {
            order.check(0, &(path.to_owned(), number));
        }
        assert_eq!(
            (order.missing, order.first_missing),
            (4, Some(("a".into(), 3)))
        );
    }

    #[test]
    fn what_is_no_record_has_no_place() {
        assert_eq!(place(b"{\"text\": \"x\"}"), (String::new(), 0));
        assert_eq!(place(b"[]"), (String::new(), 0));
        assert_eq!(
            place(b"{\"record\":7,\"source_path\":\"p\",,"),
            ("p".into(), 7)
        );
    }
}
