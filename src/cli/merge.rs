//! Responsible for `merge`: the corpus step over records that were made before, by one `extract` or by
//! many.

use super::args::{MergeArgs, Screen};
use super::diff::records;
use super::flags::FlagList;
use super::gather::{Line, gather};
use super::run::{Timer, check_failures, verdict};
use super::session::Session;
use super::{logger, screen};
use crate::error::Error;
use crate::output::{Inputs, ManifestInput, Published, Publisher};
use crate::pipeline::progress::Progress;

/// What a record in memory costs, against its line.
const COST_FACTOR: u64 = 4;

/// Runs the command.
///
/// # Errors
/// What stopped it; nothing is published then.
pub(super) fn run(args: &MergeArgs, screen: &Screen) -> anyhow::Result<u8> {
    let flags = FlagList::default()
        .output(&args.output)
        .select(&args.select)
        .failures(&args.failures);
    let session = Session::open(&args.config, flags)?;
    if session.print_config(&args.config)? {
        return Ok(0);
    }
    let settings = &session.settings;
    let timer = Timer::start();
    let published = publish(args, &session, &timer, screen)?;
    if !screen.quiet {
        screen::show(&published, timer.start, settings.output.report, screen);
    }
    Ok(verdict(settings, published.counts))
}

fn publish(
    args: &MergeArgs,
    session: &Session,
    timer: &Timer,
    screen: &Screen,
) -> Result<Published, Error> {
    let settings = &session.settings;
    let paths = args.records.iter().map(|path| {
        if path.as_os_str() == "-" {
            Ok(path.clone())
        } else {
            records(path)
        }
    });
    let paths = paths.collect::<Result<Vec<_>, _>>()?;
    let workers = session.workers()?;
    let mut options = settings.output.clone();
    options.stop = workers.interrupt().stop();
    let mut publisher = Publisher::create(&settings.out, &options)?;
    let preparer = publisher.preparer();
    let mut progress = Progress::start(logger::progress(screen), None);
    let done = workers.map(
        |push| {
            gather(&paths, &mut |line| {
                let cost = line.bytes.len() as u64 * COST_FACTOR;
                push(line, cost)
            })
        },
        |line: Line| {
            let prepared = preparer.prepare_line(line.bytes);
            prepared.map_err(|e| not_a_record(&line.file, line.number, &e))
        },
        |prepared| {
            progress.add();
            publisher.accept(prepared?)?;
            check_failures(settings.max_failures, publisher.counts(), false)
        },
    );
    progress.finish();
    done?;
    check_failures(settings.max_failures, publisher.counts(), true)?;
    let manifest = ManifestInput {
        command: "merge".into(),
        config: session.manifest(),
        inputs: Inputs::default(),
        ..ManifestInput::default()
    };
    publisher.finish(&manifest, || timer.times())
}

fn not_a_record(file: &str, line: u64, error: &serde_json::Error) -> Error {
    Error::Config {
        message: format!("{file}:{line}: not a record of this version of polygist: {error}"),
        hint: "merge reads what `polygist extract` wrote; articles go to `polygist run`".into(),
    }
}
