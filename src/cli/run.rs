//! Responsible for `run`: from files to a published directory.

use std::time::Instant;

use super::args::{RunArgs, Screen};
use super::flags::FlagList;
use super::publish::{Item, Job, Keep, publish};
use super::session::Session;
use super::settings::{Bound, Settings};
use super::{check, reading, screen};
use crate::error::Error;
use crate::input::refuse_overlap;
use crate::output::{Counts, Nightly, Times};
use crate::pipeline::clock;

/// Runs the command.
///
/// # Errors
/// What stopped it; nothing is published then.
pub(super) fn run(args: &RunArgs, screen: &Screen) -> anyhow::Result<u8> {
    let flags = FlagList::default()
        .reading(&args.reading)
        .output(&args.output)
        .select(&args.select)
        .failures(&args.failures)
        .incremental(args.incremental);
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
    let options = &session.settings.input;
    let job = Job {
        session: &session,
        engine: &engine,
        command: "run",
        shard: args.shard,
        total: reading::total(&files),
        keep: keep(args, &session.settings, night.as_ref()),
        timer: &timer,
        screen,
    };
    let published = publish(job, |hand, position, inputs| {
        let mut emit = |input| hand(Item::Read(input));
        reading::read_all(&files, options, position, &mut emit, |r| {
            inputs.add(reading::listed(r));
        })
    })?;
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

/// What is kept of earlier runs.
fn keep(args: &RunArgs, settings: &Settings, night: Option<&Nightly>) -> Keep {
    match night {
        Some(_) if args.fresh => Keep::From(Vec::new()),
        Some(night) => Keep::From(night.earlier()),
        None if args.fresh && settings.incremental => Keep::From(Vec::new()),
        None if args.fresh => Keep::Nothing,
        None if settings.incremental => Keep::Unchanged,
        None => Keep::Interrupted,
    }
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
                "{} of {} records failed, more than max-failures allows: nothing was published",
                counts.failed, counts.seen
            ),
            hint: "allow more, or none and see errors.csv; `polygist check` says how files would be read".into(),
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
    } else if counts.skipped == counts.seen {
        log::warn!("no article was found: errors.csv says why each file was passed over");
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
