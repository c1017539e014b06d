//! Responsible for `run.json`: what was run on what, with which result. It is written last, so a
//! directory without it is not a run, and it is the only file with clock values.

use std::collections::BTreeMap;

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::cell::Changes;
use super::disk::FileEntry;
use crate::model::dates::civil;
use crate::model::ids::{hex, sha256_hex};
use crate::model::record::{SCHEMA_VERSION, Status};

/// How many input files are listed by name; the list's hash covers all of them.
const LISTED: usize = 1_000;

/// How the records of a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    /// Input records.
    pub seen: u64,
    /// Processed.
    pub ok: u64,
    /// Processed with a warning.
    pub degraded: u64,
    /// Passed over by rule.
    pub skipped: u64,
    /// Not processed.
    pub failed: u64,
}

impl Counts {
    /// Counts one record.
    pub fn add(&mut self, status: Status) {
        self.seen += 1;
        match status {
            Status::Ok => self.ok += 1,
            Status::Degraded => self.degraded += 1,
            Status::Skipped => self.skipped += 1,
            Status::Failed => self.failed += 1,
        }
    }

    /// Whether every record is accounted for.
    pub fn hold(&self) -> bool {
        self.seen == self.ok + self.degraded + self.skipped + self.failed
    }
}

/// One input file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InputFile {
    /// Its path relative to the input root.
    pub path: String,
    /// SHA-256 of its bytes as read, where it was read whole.
    pub sha256: Option<String>,
    /// Its size in bytes as read.
    pub bytes: u64,
}

/// All input files: a list as long as is readable, and a hash over all.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    paths: Vec<String>,
    files: u64,
    bytes: u64,
    hash: Sha256,
    listed: Vec<InputFile>,
}

impl Inputs {
    /// No file yet, of what was named: files, directories and patterns as seen from the output.
    pub fn of(mut paths: Vec<String>) -> Self {
        // Files are read in the order of their names, however the command named them.
        paths.sort_unstable();
        Self {
            paths,
            ..Self::default()
        }
    }

    /// Adds a file; the order matters for the list's hash.
    pub fn add(&mut self, file: InputFile) {
        self.files += 1;
        self.bytes += file.bytes;
        self.hash.update(file.sha256.as_deref().unwrap_or("-"));
        self.hash.update(b"  ");
        self.hash.update(&file.path);
        self.hash.update(b"\n");
        if self.listed.len() < LISTED {
            self.listed.push(file);
        }
    }
}

/// Clock values, which only the pipeline knows.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Times {
    /// When the run began, RFC 3339 in UTC.
    pub started: String,
    /// When it ended.
    pub finished: String,
    /// How long it took, in milliseconds.
    pub elapsed_ms: u64,
}

impl Times {
    /// Fixed times for builds that must repeat (`SOURCE_DATE_EPOCH`, in seconds since 1970).
    pub fn fixed(seconds: i64) -> Self {
        let at = rfc3339(seconds);
        Self {
            started: at.clone(),
            finished: at,
            elapsed_ms: 0,
        }
    }
}

/// Seconds since 1970 as `2026-11-24T08:00:00Z`.
pub fn rfc3339(seconds: i64) -> String {
    let (year, month, day) = civil(seconds.div_euclid(86_400));
    let rest = seconds.rem_euclid(86_400);
    format!(
        "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z",
        rest / 3600,
        rest / 60 % 60,
        rest % 60
    )
}

/// What the pipeline knows about a run and the output does not.
#[derive(Debug, Clone, Default)]
pub struct ManifestInput {
    /// `run` or `merge`.
    pub command: String,
    /// Which shard of the input, `2/8`.
    pub shard: Option<String>,
    /// The configuration in full.
    pub config: serde_json::Value,
    /// The hash of each language pack, by code.
    pub packs: BTreeMap<String, String>,
    /// What was read.
    pub inputs: Inputs,
}

#[derive(Serialize)]
struct InputList<'a> {
    /// What was named, as seen from the directory of the manifest.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    paths: &'a [String],
    files: u64,
    bytes: u64,
    /// Over lines of `sha256  path`, as `sha256sum` prints them.
    sha256_of_list: String,
    listed: &'a [InputFile],
    left_out: u64,
}

/// The manifest as it is written.
#[derive(Serialize)]
pub(super) struct Manifest<'a> {
    polygist: &'static str,
    schema_version: u32,
    command: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    shard: Option<&'a str>,
    #[serde(flatten)]
    times: &'a Times,
    counts: Counts,
    errors_by_code: &'a BTreeMap<String, u64>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    notes_by_code: &'a BTreeMap<String, u64>,
    rows: &'a BTreeMap<&'static str, u64>,
    cells_changed: CellsChanged,
    config_sha256: String,
    config: &'a serde_json::Value,
    packs: &'a BTreeMap<String, String>,
    inputs: InputList<'a>,
    outputs: &'a [FileEntry],
}

#[derive(Serialize)]
struct CellsChanged {
    control_characters_replaced: u64,
    bidi_controls_removed: u64,
    formula_guards: u64,
    cut: u64,
}

/// What the output counted during a run.
#[derive(Debug)]
pub(super) struct Tally<'a> {
    pub(super) counts: Counts,
    pub(super) errors_by_code: &'a BTreeMap<String, u64>,
    pub(super) notes_by_code: &'a BTreeMap<String, u64>,
    pub(super) rows: &'a BTreeMap<&'static str, u64>,
    pub(super) changes: Changes,
    pub(super) outputs: &'a [FileEntry],
}

impl<'a> Manifest<'a> {
    pub(super) fn new(input: &'a ManifestInput, times: &'a Times, tally: &Tally<'a>) -> Self {
        let inputs = &input.inputs;
        Self {
            polygist: env!("CARGO_PKG_VERSION"),
            schema_version: SCHEMA_VERSION,
            command: &input.command,
            shard: input.shard.as_deref(),
            times,
            counts: tally.counts,
            errors_by_code: tally.errors_by_code,
            notes_by_code: tally.notes_by_code,
            rows: tally.rows,
            cells_changed: CellsChanged {
                control_characters_replaced: tally.changes.controls,
                bidi_controls_removed: tally.changes.bidi,
                formula_guards: tally.changes.guarded,
                cut: tally.changes.cut,
            },
            config_sha256: sha256_hex(input.config.to_string().as_bytes()),
            config: &input.config,
            packs: &input.packs,
            inputs: InputList {
                paths: &inputs.paths,
                files: inputs.files,
                bytes: inputs.bytes,
                sha256_of_list: hex(&inputs.hash.clone().finalize()),
                listed: &inputs.listed,
                left_out: inputs.files - inputs.listed.len() as u64,
            },
            outputs: tally.outputs,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_become_dates() {
        assert_eq!(rfc3339(0), "1970-01-01T00:00:00Z");
        assert_eq!(rfc3339(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(rfc3339(1_795_507_199), "2026-11-24T07:59:59Z");
        assert_eq!(rfc3339(-1), "1969-12-31T23:59:59Z");
        assert_eq!(rfc3339(4_102_444_800), "2100-01-01T00:00:00Z");
    }

    #[test]
    fn the_input_list_is_cut_and_its_hash_is_not() {
        let file = |n: usize| InputFile {
            path: format!("{n}.txt"),
            sha256: None,
            bytes: 1,
        };
        let (mut a, mut b) = (Inputs::default(), Inputs::default());
        for n in 0..LISTED + 5 {
            a.add(file(n));
            b.add(file(if n == LISTED + 4 { 0 } else { n }));
        }
        assert_eq!((a.listed.len(), a.files), (LISTED, LISTED as u64 + 5));
        assert_eq!(a.listed, b.listed);
        assert_ne!(a.hash.finalize(), b.hash.finalize());
    }
}
