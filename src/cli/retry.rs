//! Responsible for `retry`: reads the files in which something failed again, each as a whole, and
//! publishes the run anew with the records of all other files as they are.

mod lines;
mod told;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::slice;

use super::args::{RetryArgs, Screen};
use super::flags::FlagList;
use super::publish::{Hand, Item, Job, Keep, publish};
use super::run::{Timer, verdict};
use super::session::Session;
use super::{reading, screen};
use crate::error::Error;
use crate::input::{self, InputFile, InputOptions, read_stream, refuse_overlap};
use crate::model::article::{Input, Source};
use crate::output::Inputs;
use crate::output::stage::MANIFEST;
use crate::output::state::{Earlier, Extent, Offsets};
use crate::pipeline::progress::Position;
use lines::{Letters, Lines, Place, sound_records};
use told::{Told, refusal};

/// Runs the command.
///
/// # Errors
/// What stopped it; nothing is published then.
pub(super) fn run(args: &RetryArgs, screen: &Screen) -> anyhow::Result<u8> {
    // The directory of a run stands for the dead letters in it.
    let errors = if args.errors.is_dir() {
        args.errors.join("errors.jsonl")
    } else {
        args.errors.clone()
    };
    let earlier = match errors.parent() {
        Some(dir) if !dir.as_os_str().is_empty() => dir.to_owned(),
        _ => PathBuf::from("."),
    };
    let letters = Letters::read(&errors)?;
    let told = Told::read(&earlier)?;
    let mut session = open(args, &told, &earlier)?;
    if session.print_config(&args.config)? {
        return Ok(0);
    }
    told.check_settings(&session.manifest())?;
    session.settings.inputs = told.inputs(&earlier, &args.input)?;
    if args.output.out.is_none() {
        session.settings.out.clone_from(&earlier);
    }
    let settings = &session.settings;
    refuse_overlap(&settings.inputs, &settings.out)?;
    if settings.output.compare_with.is_none() && earlier.join("changes.csv").exists() {
        let message = "the run says what changed since an earlier one (changes.csv)".into();
        let hint = "name the output of that earlier run with --compare-with";
        return Err(refusal(message, hint).into());
    }
    let records = earlier.join("articles.jsonl");
    let sound = sound_records(&records, &letters, told.seen())?;
    match letters.len() {
        0 => log::info!("nothing failed in that run, so nothing is tried again"),
        1 => log::info!("1 record failed and is tried again"),
        n => log::info!("{n} records failed and are tried again"),
    }
    let engine = session.engine()?;
    told.check_packs(&engine)?;
    let again = again(&settings.inputs, &settings.input, &sound)?;
    // What can be kept stays known, so that the next run with --incremental keeps it, too.
    let state = Earlier::open(&earlier, &engine.hash(), Extent::Whole);
    let had_state = earlier.join(crate::output::state::STATE).exists();
    let timer = Timer::start();
    let job = Job {
        session: &session,
        engine: &engine,
        command: "retry",
        shard: None,
        total: None,
        keep: if had_state {
            Keep::From(vec![(earlier.clone(), Extent::Whole)])
        } else {
            Keep::Nothing
        },
        timer: &timer,
        screen,
    };
    let published = publish(job, |hand, position, inputs| {
        let weave = Weave {
            letters,
            again,
            known: state.map(|state| state.offsets()).unwrap_or_default(),
            options: &settings.input,
            hand,
        };
        weave.all(Lines::open(&records)?, position, inputs)
    })?;
    let code = verdict(settings, published.counts);
    if !screen.quiet {
        screen::show(&published, timer.start, settings.output.report, screen);
    }
    Ok(code)
}

/// The settings of the run, with the flags of this command in front.
fn open(args: &RetryArgs, told: &Told, earlier: &Path) -> Result<Session, Error> {
    let flags = FlagList::default()
        .reading(&args.reading)
        .output(&args.output)
        .select(&args.select)
        .failures(&args.failures);
    let origin = earlier.join(MANIFEST).display().to_string();
    Session::open_over(&args.config, flags, Some((&told.config, &origin)))
}

/// The files that are read again, by name: those in which something failed and that hold at least as
/// many sound records as the run found in them.
fn again(
    inputs: &[PathBuf],
    options: &InputOptions,
    sound: &BTreeMap<String, u64>,
) -> Result<BTreeMap<String, InputFile>, Error> {
    let on_disk: Vec<PathBuf> = inputs
        .iter()
        .filter(|p| p.as_os_str() != "-")
        .cloned()
        .collect();
    let mut found = BTreeMap::new();
    for file in reading::files(&on_disk, options, None)? {
        let label = file.label();
        let Some(then) = sound.get(&label) else {
            continue;
        };
        let mut now = 0;
        input::read(&file, options, &mut |input| {
            now += u64::from(match input {
                Input::Article(_) => true,
                Input::Rejected(rejected) => rejected.skipped,
            });
            ControlFlow::Continue(())
        })?;
        if now < *then {
            log::warn!(
                "{label} holds {now} records that can be read and held {then}: its records stay as they \
                 are; `polygist run` reads it as it is"
            );
        } else {
            found.insert(label, file);
        }
    }
    for label in sound.keys().filter(|l| !found.contains_key(*l)) {
        log::warn!(
            "{label} is not read again: its records stay, but for those whose letter can be read"
        );
    }
    Ok(found)
}

/// Puts what is read again in its place among the lines of the run.
struct Weave<'a, 'h> {
    letters: Letters,
    again: BTreeMap<String, InputFile>,
    known: Offsets,
    options: &'a InputOptions,
    hand: &'a mut Hand<'h>,
}

impl Weave<'_, '_> {
    fn all(
        mut self,
        mut lines: Lines,
        position: &Position,
        inputs: &mut Inputs,
    ) -> Result<(), Error> {
        let mut current = String::new();
        while let Some(line) = lines.next()? {
            let mut flow = ControlFlow::Continue(());
            let begins = line.place.0 != current;
            if begins {
                current.clone_from(&line.place.0);
            }
            if let Some(file) = self.again.get(&current) {
                if begins {
                    let mut emit = |input| {
                        flow = (self.hand)(Item::Read(input));
                        flow
                    };
                    let file = slice::from_ref(file);
                    reading::read_all(file, self.options, position, &mut emit, |report| {
                        inputs.add(reading::listed(report));
                    })?;
                }
            } else {
                let raw = line
                    .failed
                    .then(|| self.letters.take(&line.place))
                    .flatten();
                let again = raw.and_then(|raw| from_raw(&raw, &line.place, self.options));
                let item = again.map_or_else(
                    || {
                        let key = self.known.key(line.offset, &line.bytes);
                        Item::Kept(line.bytes, key)
                    },
                    Item::Read,
                );
                flow = (self.hand)(item);
            }
            if flow.is_break() {
                break;
            }
        }
        Ok(())
    }
}

/// The article of a raw record whose file is gone; only a line of JSON says what its parts mean.
fn from_raw(raw: &str, place: &Place, options: &InputOptions) -> Option<Input> {
    if !raw.starts_with('{') {
        return None;
    }
    let mut found = None;
    let line = std::io::Cursor::new(raw.to_owned().into_bytes());
    let read = read_stream(line, &place.0, options, &mut |input| {
        found = Some(input);
        ControlFlow::Break(())
    });
    let Some(Input::Article(mut article)) = read.ok().and(found) else {
        return None;
    };
    article.source = Source {
        path: place.0.clone(),
        record: place.1,
        offset: None,
    };
    Some(Input::Article(article))
}

fn unreadable(path: &Path, line: u64, error: &dyn std::fmt::Display) -> Error {
    Error::Usage {
        message: match line {
            0 => format!("{} cannot be read: {error}", path.display()),
            _ => format!("{}:{line} cannot be read: {error}", path.display()),
        },
        hint:
            "retry takes the errors.jsonl of a finished run, with its articles.jsonl and run.json \
               beside it"
                .into(),
    }
}
