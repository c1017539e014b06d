//! Responsible for keeping the records of an earlier run whose article has not changed: the output is
//! that of a full run to the byte, and any doubt means that nothing more is kept.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::process::record;
use crate::analyze::Engine;
use crate::model::article::{ContentKey, Input, Source};
use crate::model::record::Status;
use crate::output::state::{Earlier, Extent, Unusable};
use crate::output::{Prepared, Preparer};

/// The earlier runs, and how often they helped.
#[derive(Debug, Default)]
pub struct Reuse {
    earlier: Vec<Earlier>,
    doubted: AtomicBool,
    kept: AtomicU64,
}

impl Reuse {
    /// Opens what earlier runs with this engine left; says on the log what is kept and what is not.
    pub fn open(dirs: Vec<(PathBuf, Extent)>, engine: &str) -> Self {
        let mut earlier = Vec::new();
        for (dir, extent) in dirs {
            match Earlier::open(&dir, engine, extent) {
                Ok(found) if found.is_empty() => {}
                Ok(found) => {
                    let from = match extent {
                        Extent::Part => "an interrupted run",
                        Extent::Whole => "the last run",
                    };
                    log::info!("{from} left {} records to go on from", found.len());
                    earlier.push(found);
                }
                Err(Unusable::Absent) => {}
                Err(Unusable::OtherEngine) => log::info!(
                    "{} is of other settings or another version: everything is analyzed anew",
                    dir.display()
                ),
                Err(Unusable::Doubtful(why)) => log::warn!(
                    "the state in {} cannot be trusted ({why}): everything is analyzed anew",
                    dir.display()
                ),
            }
        }
        Self {
            earlier,
            ..Self::default()
        }
    }

    /// The record of an input, kept or made.
    pub fn prepare(&self, input: Input, engine: &Engine, preparer: &Preparer) -> Prepared {
        let Input::Article(article) = input else {
            return preparer.prepare(record(input, engine));
        };
        let key = article.content_key();
        if let Some(prepared) = self.find(key, &article.source, preparer) {
            self.kept.fetch_add(1, Ordering::Relaxed);
            return Self::keyed(prepared, key);
        }
        let prepared = preparer.prepare(record(Input::Article(article), engine));
        Self::keyed(prepared, key)
    }

    /// A record that stays as it is, known as before.
    pub fn pass(&self, prepared: Prepared, key: Option<ContentKey>) -> Prepared {
        self.kept.fetch_add(1, Ordering::Relaxed);
        match key {
            Some(key) => Self::keyed(prepared, key),
            None => prepared,
        }
    }

    /// Makes a record known to later runs, unless it failed and is to be tried again, or is outside the
    /// selection, so that not all of it is there.
    fn keyed(prepared: Prepared, key: ContentKey) -> Prepared {
        match prepared.record().status {
            Status::Ok | Status::Degraded => prepared.keyed(key),
            Status::Skipped | Status::Failed => prepared,
        }
    }

    /// How many records were kept.
    pub fn kept(&self) -> u64 {
        self.kept.load(Ordering::Relaxed)
    }

    fn find(&self, key: ContentKey, source: &Source, preparer: &Preparer) -> Option<Prepared> {
        if self.earlier.is_empty() || self.doubted.load(Ordering::Relaxed) {
            return None;
        }
        for earlier in &self.earlier {
            let found = earlier.line(key).and_then(|line| {
                let kept = line.map(|line| preparer.prepare_kept(line, source));
                kept.transpose().map_err(|e| e.to_string())
            });
            match found {
                Ok(None) => {}
                Ok(prepared) => return prepared,
                Err(why) => {
                    self.doubt(earlier, &why);
                    return None;
                }
            }
        }
        None
    }

    /// Keeps nothing from here on; what was kept so far was sound record by record.
    fn doubt(&self, earlier: &Earlier, why: &str) {
        if !self.doubted.swap(true, Ordering::Relaxed) {
            log::warn!(
                "{} cannot be trusted ({why}): what follows is analyzed anew",
                earlier.dir().display()
            );
        }
    }
}
