//! Responsible for what `run.json` says of the run that is tried again, and for refusing what cannot be
//! tried again without guessing.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::analyze::Engine;
use crate::error::Error;
use crate::input::{back_from, seen_from};
use crate::output::stage::MANIFEST;

/// Settings that the records which stay were made with, so that no other ones fit beside them.
const FIXED: [&str; 5] = [
    "analysis.summary-words",
    "select.since",
    "select.until",
    "select.languages",
    "select.where",
];

/// The manifest of the run.
#[derive(Debug, Deserialize)]
pub(super) struct Told {
    polygist: String,
    command: String,
    #[serde(default)]
    shard: Option<String>,
    counts: Counts,
    /// Its settings, as far as the output depends on them.
    pub(super) config: Map<String, Value>,
    packs: BTreeMap<String, String>,
    inputs: Inputs,
}

#[derive(Debug, Deserialize)]
struct Counts {
    seen: u64,
}

#[derive(Debug, Deserialize)]
struct Inputs {
    #[serde(default)]
    paths: Vec<String>,
}

impl Told {
    /// Reads `run.json` in the directory of a run.
    ///
    /// # Errors
    /// [`Error::Usage`] when it is no run that can be tried again.
    pub(super) fn read(dir: &Path) -> Result<Self, Error> {
        let path = dir.join(MANIFEST);
        let text = fs::read(&path).map_err(|e| super::unreadable(&path, 0, &e))?;
        let told: Self =
            serde_json::from_slice(&text).map_err(|e| super::unreadable(&path, 0, &e))?;
        let refuse = |what: String, hint: &str| {
            Err(refusal(
                format!("{} cannot be tried again: {what}", dir.display()),
                hint,
            ))
        };
        if let Some(shard) = &told.shard {
            return refuse(
                format!("it is the shard {shard}, and a file of another size may belong elsewhere"),
                "run that shard again, with the same --shard",
            );
        }
        if !matches!(told.command.as_str(), "run" | "retry") || told.inputs.paths.is_empty() {
            return refuse(
                format!(
                    "`polygist {}` wrote it, and its {MANIFEST} does not say what was read",
                    told.command
                ),
                "mend the input, make the records of the files concerned again with `polygist extract`, \
                 and merge",
            );
        }
        if told.polygist != env!("CARGO_PKG_VERSION") {
            return refuse(
                format!("version {} of polygist wrote it", told.polygist),
                "run `polygist run` over the input, so that one version makes all records",
            );
        }
        Ok(told)
    }

    /// How many records the run had.
    pub(super) fn seen(&self) -> u64 {
        self.counts.seen
    }

    /// What the run read, which must be what is asked for now, if anything is.
    ///
    /// # Errors
    /// [`Error::Usage`] when other inputs are asked for.
    pub(super) fn inputs(&self, dir: &Path, asked: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
        let paths = &self.inputs.paths;
        let mut now: Vec<String> = asked.iter().map(|path| seen_from(dir, path)).collect();
        let mut then = paths.clone();
        now.sort();
        then.sort();
        let found: Vec<PathBuf> = paths.iter().map(|seen| back_from(dir, seen)).collect();
        if !asked.is_empty() && now != then {
            let read: Vec<String> = found.iter().map(|p| p.display().to_string()).collect();
            return Err(refusal(
                format!("the run read {}, and not that", read.join(", ")),
                "leave INPUT out; other articles go to `polygist run`",
            ));
        }
        if asked.iter().any(|path| path.as_os_str() == "-") {
            return Err(refusal(
                "standard input cannot be taken apart again".into(),
                "leave INPUT out: what failed is taken from its dead letter where that can be done",
            ));
        }
        Ok(found)
    }

    /// Refuses settings that do not fit the records which stay.
    ///
    /// # Errors
    /// [`Error::Usage`] with the setting.
    pub(super) fn check_settings(&self, now: &Value) -> Result<(), Error> {
        match FIXED
            .iter()
            .find(|key| self.config.get(**key) != now.get(**key))
        {
            Some(key) => Err(refusal(
                format!(
                    "{key} is another one than in the run, whose other records stay as they are"
                ),
                "leave the flag out, or run `polygist run` over the whole input",
            )),
            None => Ok(()),
        }
    }

    /// Refuses other packs than those of the records which stay.
    ///
    /// # Errors
    /// [`Error::Usage`] with the language.
    pub(super) fn check_packs(&self, engine: &Engine) -> Result<(), Error> {
        let changed = |(code, hash): &(&String, &String)| {
            let own = engine.packs.hash(code);
            own.is_none_or(|own| own != **hash)
        };
        match self.packs.iter().find(changed) {
            Some((code, _)) => Err(refusal(
                format!("the records which stay were made with another pack of `{code}`"),
                "name the --config-dir of the run, or run `polygist run` over the whole input",
            )),
            None => Ok(()),
        }
    }
}

/// A usage error.
pub(super) fn refusal(message: String, hint: &str) -> Error {
    Error::Usage {
        message,
        hint: hint.into(),
    }
}
