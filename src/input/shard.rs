//! Responsible for dividing the input among machines that know nothing of each other: each record
//! belongs to exactly one shard, and every machine that sees the same files agrees on which.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs;
use std::str::FromStr;

use super::InputFile;

/// What opening a file costs, in bytes of reading.
const OPENING: u64 = 4096;
/// A file over this part of a shard is divided by records; smaller ones go to one shard whole.
const GRAIN: u64 = 4;

/// One of several shards of an input, written `2/8`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// Which, from 1.
    number: u32,
    /// Of how many.
    of: u32,
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split_once('/');
        let numbers = parts.and_then(|(number, of)| Some((number.parse().ok()?, of.parse().ok()?)));
        match numbers {
            Some((number, of)) if (1..=of).contains(&number) => Ok(Self { number, of }),
            _ => Err("a shard is written I/N, from 1/N to N/N".into()),
        }
    }
}

impl std::fmt::Display for Shard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

/// Which records of a file are read: one of every so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Share {
    /// The first of them, from 0.
    first: u64,
    every: u64,
}

impl Share {
    /// All records.
    pub(super) const ALL: Self = Self { first: 0, every: 1 };

    /// Whether a record is among them; records count from 1.
    pub(super) fn takes(self, record: u64) -> bool {
        record.wrapping_sub(1) % self.every == self.first
    }
}

impl Shard {
    /// The files of this shard, in the same order. Large files stay in every shard, each with a share of
    /// their records; the rest goes whole, largest first, to the shard that has least by then.
    pub fn select(self, files: Vec<InputFile>) -> Vec<InputFile> {
        let cost: Vec<Option<u64>> = files.iter().map(cost).collect();
        let known = cost.iter().flatten();
        let most = known.sum::<u64>() / (u64::from(self.of) * GRAIN);
        let is_divided = |n: usize| cost[n].is_none_or(|cost| cost > most);

        let mut whole: Vec<usize> = (0..files.len()).filter(|n| !is_divided(*n)).collect();
        whole.sort_by_key(|n| (Reverse(cost[*n]), *n));
        let mut loads: BinaryHeap<Reverse<(u64, u32)>> =
            (1..=self.of).map(|number| Reverse((0, number))).collect();
        let mut mine = vec![false; files.len()];
        for n in whole {
            if let Some(Reverse((load, number))) = loads.pop() {
                mine[n] = number == self.number;
                loads.push(Reverse((load + cost[n].unwrap_or(0), number)));
            }
        }

        let files = files.into_iter().enumerate();
        let select = files.filter_map(|(n, file)| {
            if is_divided(n) {
                Some(file.with_share(self.share(n)))
            } else {
                mine[n].then_some(file)
            }
        });
        select.collect()
    }

    /// The records of the n-th file; files begin at different shards, since many hold one record only.
    fn share(self, n: usize) -> Share {
        let (number, of) = (u64::from(self.number) - 1, u64::from(self.of));
        Share {
            first: (number + of - n as u64 % of) % of,
            every: of,
        }
    }
}

/// What reading a file costs, in bytes; unknown for streams.
fn cost(file: &InputFile) -> Option<u64> {
    if file.is_stdin() {
        return None;
    }
    let size = match file.refusal() {
        Some(_) => 0,
        None => fs::metadata(file.path()).map_or(0, |meta| meta.len()),
    };
    Some(size + OPENING)
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::super::{InputOptions, discover};
    use super::*;

    #[test]
    fn shards_are_written_as_fractions() {
        let parse = |s: &str| s.parse::<Shard>().map(|s| s.to_string());
        assert_eq!(parse("2/8"), Ok("2/8".into()));
        for wrong in ["0/3", "4/3", "1", "1/0", "a/b", "-1/2", "1/2/3", ""] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }

    /// How often each (file, record) is read by all shards, and how much each shard has.
    fn dealt(of: u32, files: &[InputFile], records: u64) -> (Vec<u32>, Vec<u64>) {
        let mut times = vec![0; files.len() * records as usize];
        let mut loads = Vec::new();
        for number in 1..=of {
            let mut load = 0;
            for file in (Shard { number, of }).select(files.to_vec()) {
                let at = files.iter().position(|f| f.label() == file.label());
                for record in (1..=records).filter(|r| file.share().takes(*r)) {
                    times[at.unwrap() * records as usize + record as usize - 1] += 1;
                    load += cost(&file).unwrap_or(0) / records;
                }
            }
            loads.push(load);
        }
        (times, loads)
    }

    #[test]
    fn each_record_is_in_one_shard_and_shards_are_of_like_size() {
        let dir = tempfile::tempdir().unwrap();
        for n in 0..60u64 {
            let size = if n % 20 == 0 {
                500_000
            } else {
                20_000 + n * 100
            };
            let path = dir.path().join(format!("{n:02}.jsonl"));
            fs::write(path, vec![b'x'; size as usize]).unwrap();
        }
        let files = discover(&[dir.path().to_owned()], &InputOptions::default()).unwrap();
        assert_eq!(files.len(), 60);
        for of in [1, 2, 3, 7, 100] {
            let (times, loads) = dealt(of, &files, 50);
            assert!(times.iter().all(|n| *n == 1), "{of}: {times:?}");
            if of < 10 {
                let (most, least) = (loads.iter().max(), loads.iter().min());
                // At most three tenths more.
                assert!(most.unwrap() * 10 < least.unwrap() * 13, "{of}: {loads:?}");
            }
        }
    }

    #[test]
    fn a_stream_is_divided_by_records() {
        let files = discover(&[PathBuf::from("-")], &InputOptions::default()).unwrap();
        let (times, _) = dealt(4, &files, 10);
        assert!(times.iter().all(|n| *n == 1), "{times:?}");
        assert!(Shard { number: 2, of: 4 }.select(files)[0].share().takes(2));
    }

    #[test]
    fn single_documents_do_not_all_go_to_the_first_shard() {
        let dir = tempfile::tempdir().unwrap();
        for n in 0..3 {
            fs::write(dir.path().join(format!("{n}.txt")), "text").unwrap();
        }
        let files = discover(&[dir.path().to_owned()], &InputOptions::default()).unwrap();
        let (times, loads) = dealt(3, &files, 1);
        assert!(times.iter().all(|n| *n == 1), "{times:?}");
        assert!(loads.iter().all(|load| *load > 0), "{loads:?}");
    }
}
