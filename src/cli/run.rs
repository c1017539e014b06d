//! Responsible for `run`: from files to a published directory.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use super::args::{RunArgs, Screen};
use super::flags::FlagList;
use super::session::Session;
use super::settings::{Bound, Settings};
use super::{check, logger, reading, screen};
use crate::analyze::Engine;
use crate::error::Error;
use crate::input::{self, Shard, refuse_overlap};
use crate::output::{
    Counts, InputFile, Inputs, ManifestInput, Nightly, Published, Publisher, Times,
};
use crate::pipeline::clock;
use crate::pipeline::process::process;
use crate::pipeline::progress::Progress;

/// Runs the command.
///
/// # Errors
/// What stopped it; nothing is published then.
pub(super) fn run(args: &RunArgs, screen: &Screen) -> anyhow::Result<u8> {
    let flags = FlagList::default()
        .reading(&args.reading)
        .output(&args.output)
        .select(&args.select)
        .failures(&args.failures);
    let mut session = Session::open(&args.config, flags)?;
    if session.print_config(&args.config)? {
        return Ok(0);
    }
    if !args.input.is_empty() {
        session.settings.inputs.clone_from(&args.input);
    }
    if let Some(base) = &args.nightly {
        session.settings.out.clone_from(base);
    }
    let settings = &session.settings;
    refuse_overlap(&settings.inputs, &settings.out)?;
    let files = reading::files(&settings.inputs, &settings.input, args.shard)?;
    if args.dry_run {
        return check::files(&files, &settings.input, &mut std::io::stdout().lock());
    }
    let engine = session.engine()?;
    let timer = Timer::start();
    let night = begin_night(args, &mut session.settings)?;
    let published = publish(&session, &files, args.shard, &engine, &timer, screen)?;
    if let Some(night) = night {
        night.publish()?;
    }
    let settings = &session.settings;
    let code = verdict(settings, published.counts);
    if !screen.quiet {
        screen::show(&published, timer.start, settings.output.report, screen);
    }
    Ok(code)
}

/// A nightly run gets a directory of its own, named by the time, and is held against the run before.
fn begin_night(args: &RunArgs, settings: &mut Settings) -> Result<Option<Nightly>, Error> {
    let Some(base) = &args.nightly else {
        return Ok(None);
    };
    let id = clock::utc().replace(':', "");
    let night = Nightly::begin(base, &id, args.keep, settings.output.wait_lock)?;
    settings.out = night.out();
    settings.output.compare_with = night.previous();
    Ok(Some(night))
}

fn publish(
    session: &Session,
    files: &[input::InputFile],
    shard: Option<Shard>,
    engine: &Engine,
    timer: &Timer,
    screen: &Screen,
) -> Result<Published, Error> {
    let settings = &session.settings;
    let workers = session.workers()?;
    let mut publisher = Publisher::create(&settings.out, &settings.output)?;
    let preparer = publisher.preparer();
    let mut progress = Progress::start(logger::progress(screen), reading::total(files));
    let position = progress.position();
    let mut inputs = Inputs::default();
    let mut languages = BTreeSet::new();
    let done = process(
        &workers,
        engine,
        |emit| {
            reading::read_all(files, &settings.input, &position, emit, |report| {
                inputs.add(InputFile {
                    path: report.path,
                    sha256: report.sha256,
                    bytes: report.bytes,
                });
            })
        },
        |record| preparer.prepare(record),
        |prepared| {
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
    done?;
    check_failures(settings.max_failures, publisher.counts(), true)?;
    let packs = languages
        .iter()
        .filter_map(|l| Some((l.clone(), engine.packs.get(l)?.hash.clone())));
    let manifest = ManifestInput {
        command: "run".into(),
        shard: shard.map(|s| s.to_string()),
        config: session.manifest(),
        packs: packs.collect::<BTreeMap<_, _>>(),
        inputs,
    };
    publisher.finish(&manifest, || timer.times())
}

/// Whether more records failed than may; a share is judged at the end only.
///
/// # Errors
/// [`Error::TooManyFailures`].
pub(super) fn check_failures(
    bound: Option<Bound>,
    counts: Counts,
    at_end: bool,
) -> Result<(), Error> {
    let Some(bound) = bound.filter(|b| at_end || matches!(b, Bound::Count(_))) else {
        return Ok(());
    };
    if bound.is_exceeded(counts.failed, counts.seen) {
        return Err(Error::TooManyFailures {
            message: format!(
                "{} of {} records failed, more than --max-failures allows: nothing was published",
                counts.failed, counts.seen
            ),
            hint: "run without --max-failures and see errors.csv, or `polygist check`".into(),
        });
    }
    Ok(())
}

/// The exit code of a finished run.
pub(super) fn verdict(settings: &Settings, counts: Counts) -> u8 {
    if counts.seen == 0 {
        log::warn!("nothing to read: the tables hold headers only");
        return u8::from(settings.fail_empty);
    }
    let selection = &settings.output.selection;
    if !selection.is_all() && counts.ok + counts.degraded == 0 {
        log::warn!("no article is inside the selection: articles.csv says why for each");
    }
    u8::from(
        settings
            .allow_failures
            .is_exceeded(counts.failed, counts.seen),
    )
}

/// When a command began.
pub(super) struct Timer {
    pub(super) start: Instant,
    started: String,
}

impl Timer {
    /// Begins now.
    pub(super) fn start() -> Self {
        Self {
            start: clock::now(),
            started: clock::utc(),
        }
    }

    /// From then to now.
    pub(super) fn times(&self) -> Times {
        Times {
            started: self.started.clone(),
            finished: clock::utc(),
            elapsed_ms: u64::try_from(clock::since(self.start).as_millis()).unwrap_or(u64::MAX),
        }
    }
}
