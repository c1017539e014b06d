//! Responsible for what `run` and `retry` share: from a stream of articles and records to a published
//! directory, or to a stage from which a later run can go on.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::PathBuf;

use super::args::Screen;
use super::logger;
use super::run::{Timer, check_failures};
use super::session::Session;
use crate::analyze::Engine;
use crate::error::Error;
use crate::input::{Shard, seen_from};
use crate::model::article::{ContentKey, Input};
use crate::output::state::Extent;
use crate::output::{Inputs, ManifestInput, Published, Publisher};
use crate::pipeline::process::cost;
use crate::pipeline::progress::{Position, Progress};
use crate::pipeline::reuse::Reuse;

/// What comes before a record.
pub(super) enum Item {
    /// An article or a rejection.
    Read(Input),
    /// A record that stays as it was written, and what a later run knows it by.
    Kept(Vec<u8>, Option<ContentKey>),
}

/// What hands an item on; `Break` means that no more are wanted.
pub(super) type Hand<'a> = dyn FnMut(Item) -> ControlFlow<()> + 'a;

/// What is to be published.
pub(super) struct Job<'a> {
    pub(super) session: &'a Session,
    pub(super) engine: &'a Engine,
    pub(super) command: &'static str,
    pub(super) shard: Option<Shard>,
    /// The size of all input in bytes, where known.
    pub(super) total: Option<u64>,
    pub(super) keep: Keep,
    pub(super) timer: &'a Timer,
    pub(super) screen: &'a Screen,
}

/// Which records of earlier runs are kept.
pub(super) enum Keep {
    /// None.
    Nothing,
    /// What an interrupted run on the same output left.
    Interrupted,
    /// That, and what has not changed since the run before.
    Unchanged,
    /// What these directories hold.
    From(Vec<(PathBuf, Extent)>),
}

/// Reads, analyzes, writes and publishes; `read` hands on the items and notes the files.
///
/// # Errors
/// What stopped it; nothing is published then.
pub(super) fn publish(
    job: Job<'_>,
    read: impl FnOnce(&mut Hand<'_>, &Position, &mut Inputs) -> Result<(), Error>,
) -> Result<Published, Error> {
    let settings = &job.session.settings;
    let hash = job.engine.hash();
    let mut options = settings.output.clone();
    options.state = Some(hash.clone());
    options.keep_state = matches!(job.keep, Keep::From(_) | Keep::Unchanged);
    let workers = job.session.workers()?;
    options.stop = workers.interrupt().stop();
    let mut publisher = Publisher::create(&settings.out, &options)?;
    let reuse = Reuse::open(earlier(job.keep, &publisher), &hash);
    let preparer = publisher.preparer();
    let mut progress = Progress::start(logger::progress(job.screen), job.total);
    let position = progress.position();
    let seen = settings.inputs.iter().map(|p| seen_from(&settings.out, p));
    let mut inputs = Inputs::of(seen.collect());
    let mut languages = BTreeSet::new();
    let done = workers.map(
        |push| {
            let mut hand = |item: Item| {
                let cost = match &item {
                    Item::Read(input) => cost(input),
                    Item::Kept(line, _) => line.len() as u64 * 4,
                };
                push(item, cost)
            };
            read(&mut hand, &position, &mut inputs)
        },
        |item| match item {
            Item::Read(input) => Ok(reuse.prepare(input, job.engine, &preparer)),
            Item::Kept(line, key) => {
                let prepared = preparer.prepare_line(line);
                let prepared = prepared.map_err(|e| not_a_record(&e))?;
                Ok(reuse.pass(prepared, key))
            }
        },
        |prepared| {
            let prepared = prepared?;
            progress.add();
            let language = &prepared.record().language.code;
            if !languages.contains(language) {
                languages.insert(language.clone());
            }
            publisher.accept(prepared)?;
            check_failures(settings.max_failures, publisher.counts(), false)
        },
    );
    progress.finish();
    if let Err(error) = done {
        return Err(stop(publisher, error));
    }
    check_failures(settings.max_failures, publisher.counts(), true)?;
    if reuse.kept() > 0 {
        log::info!(
            "{} records were kept, {} made",
            reuse.kept(),
            publisher.counts().seen - reuse.kept()
        );
    }
    let packs = languages
        .iter()
        .filter_map(|l| Some((l.clone(), job.engine.packs.hash(l)?)));
    let manifest = ManifestInput {
        command: job.command.into(),
        shard: job.shard.map(|s| s.to_string()),
        config: job.session.manifest(),
        packs: packs.collect::<BTreeMap<_, _>>(),
        inputs,
    };
    let stop = options.stop;
    let published = publisher.finish(&manifest, || job.timer.times())?;
    if stop.check().is_err() {
        log::info!("the signal came when everything was read: the run is whole and published");
    }
    Ok(published)
}

fn earlier(keep: Keep, publisher: &Publisher) -> Vec<(PathBuf, Extent)> {
    match keep {
        Keep::Nothing => Vec::new(),
        Keep::From(dirs) => dirs,
        Keep::Unchanged => publisher.earlier(),
        Keep::Interrupted => {
            let mut dirs = publisher.earlier();
            dirs.retain(|(_, extent)| *extent == Extent::Part);
            dirs
        }
    }
}

/// Ends a run that cannot go on; after a signal, what is done is kept for the next one.
fn stop(publisher: Publisher, error: Error) -> Error {
    if !matches!(error, Error::Interrupted { .. }) {
        return error;
    }
    match publisher.suspend() {
        Ok(records) => {
            log::info!("{records} records are kept for the next run of the same command");
            error
        }
        Err(failed) => failed,
    }
}

fn not_a_record(error: &serde_json::Error) -> Error {
    Error::Config {
        message: format!("articles.jsonl holds no record of this version of polygist: {error}"),
        hint: "run the whole input again with `polygist run`".into(),
    }
}
