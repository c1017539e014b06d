//! Responsible for `retry`: runs what failed in an earlier run again, and publishes that run anew with
//! all other records as they are.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::args::{RetryArgs, Screen};
use super::flags::FlagList;
use super::publish::{Hand, Item, Job, Keep, publish};
use super::run::{Timer, verdict};
use super::session::Session;
use super::{reading, screen};
use crate::error::Error;
use crate::input::{InputOptions, read_stream, refuse_overlap};
use crate::model::article::{Input, Source};

/// Runs the command.
///
/// # Errors
/// What stopped it; nothing is published then.
pub(super) fn run(args: &RetryArgs, screen: &Screen) -> anyhow::Result<u8> {
    let flags = FlagList::default()
        .reading(&args.reading)
        .output(&args.output)
        .select(&args.select)
        .failures(&args.failures);
    let mut session = Session::open(&args.config, flags)?;
    if session.print_config(&args.config)? {
        return Ok(0);
    }
    let earlier = args.errors.parent().unwrap_or(Path::new("")).to_owned();
    if !args.input.is_empty() {
        session.settings.inputs.clone_from(&args.input);
    }
    if args.output.out.is_none() {
        session.settings.out = if earlier.as_os_str().is_empty() {
            PathBuf::from(".")
        } else {
            earlier.clone()
        };
    }
    let settings = &session.settings;
    refuse_overlap(&settings.inputs, &settings.out)?;
    let letters = Letters::read(&args.errors)?;
    log::info!(
        "{} records failed and are tried again",
        letters.waiting.len()
    );
    let mut files = reading::files(&settings.inputs, &settings.input, None)?;
    files.retain(|file| letters.has_file(&file.label()));
    let engine = session.engine()?;
    let timer = Timer::start();
    let job = Job {
        session: &session,
        engine: &engine,
        command: "retry",
        shard: None,
        total: None,
        keep: Keep::Nothing,
        timer: &timer,
        screen,
    };
    let records = earlier.join("articles.jsonl");
    let published = publish(job, |hand, position, inputs| {
        let weave = RefCell::new(Weave::open(&records, letters, &settings.input, hand)?);
        reading::read_all(
            &files,
            &settings.input,
            position,
            &mut |input| weave.borrow_mut().replace(input),
            |report| inputs.add(reading::listed(report)),
        )?;
        weave.into_inner().finish()
    })?;
    let code = verdict(settings, published.counts);
    if !screen.quiet {
        screen::show(&published, timer.start, settings.output.report, screen);
    }
    Ok(code)
}

/// A record's file and its number in it.
type Place = (String, u64);

/// What a line of `errors.jsonl` or `articles.jsonl` says of its place.
#[derive(Deserialize)]
struct Line {
    source_path: String,
    record: u64,
    #[serde(default)]
    severity: String,
    #[serde(default)]
    raw: Option<String>,
}

/// The records that failed.
struct Letters {
    /// Their turn in the output, and the raw record where it is there.
    waiting: BTreeMap<Place, (usize, Option<String>)>,
}

impl Letters {
    fn read(path: &Path) -> Result<Self, Error> {
        let mut waiting = BTreeMap::new();
        let file = File::open(path).map_err(|e| unreadable(path, 0, &e))?;
        for (number, line) in (1..).zip(BufReader::new(file).lines()) {
            let line = line.map_err(|e| unreadable(path, number, &e))?;
            let line: Line =
                serde_json::from_str(&line).map_err(|e| unreadable(path, number, &e))?;
            if line.severity == "error" {
                let turn = waiting.len();
                let place = (line.source_path, line.record);
                waiting.entry(place).or_insert((turn, line.raw));
            }
        }
        Ok(Self { waiting })
    }

    fn has_file(&self, label: &str) -> bool {
        let from = (label.to_owned(), 0);
        let next = self.waiting.range(from..).next();
        next.is_some_and(|((path, _), _)| path == label)
    }
}

/// Puts what is read again in the place of what failed, among the lines of the run.
struct Weave<'a, 'h> {
    lines: Lines,
    letters: Letters,
    options: &'a InputOptions,
    hand: &'a mut Hand<'h>,
    /// The turn of the last record that was replaced or passed, and one.
    next: usize,
}

impl<'a, 'h> Weave<'a, 'h> {
    fn open(
        records: &Path,
        letters: Letters,
        options: &'a InputOptions,
        hand: &'a mut Hand<'h>,
    ) -> Result<Self, Error> {
        Ok(Self {
            lines: Lines::open(records)?,
            letters,
            options,
            hand,
            next: 0,
        })
    }

    /// Takes an input that was read; hands it on in its place if it had failed.
    fn replace(&mut self, input: Input) -> ControlFlow<()> {
        let source = match &input {
            Input::Article(article) => &article.source,
            Input::Rejected(rejected) => &rejected.source,
        };
        let place = (source.path.clone(), source.record);
        match self.letters.waiting.get(&place) {
            // The order of the input is that of the run, unless files were renamed.
            Some((turn, _)) if *turn >= self.next => {}
            _ => return ControlFlow::Continue(()),
        }
        self.pass(Some(&place))?;
        (self.hand)(Item::Read(input))
    }

    /// Hands on the lines before `until`, or all that are left.
    fn pass(&mut self, until: Option<&Place>) -> ControlFlow<()> {
        while let Some((place, line)) = self.lines.next() {
            let failed = self.letters.waiting.get(&place);
            if let Some((turn, _)) = failed {
                self.next = turn + 1;
            }
            if Some(&place) == until {
                break;
            }
            let again = failed.and_then(|(_, raw)| from_raw(raw.as_deref()?, &place, self.options));
            (self.hand)(again.map_or(Item::Kept(line), Item::Read))?;
        }
        ControlFlow::Continue(())
    }

    fn finish(mut self) -> Result<(), Error> {
        let _ = self.pass(None);
        self.lines.failed.map_or(Ok(()), Err)
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

/// The lines of the run, with their places.
struct Lines {
    path: PathBuf,
    reader: BufReader<File>,
    number: u64,
    failed: Option<Error>,
}

impl Lines {
    fn open(path: &Path) -> Result<Self, Error> {
        let file = File::open(path).map_err(|e| unreadable(path, 0, &e))?;
        Ok(Self {
            path: path.to_owned(),
            reader: BufReader::with_capacity(1 << 17, file),
            number: 0,
            failed: None,
        })
    }

    fn next(&mut self) -> Option<(Place, Vec<u8>)> {
        let mut line = Vec::new();
        self.number += 1;
        match self.reader.read_until(b'\n', &mut line) {
            Ok(0) => return None,
            Ok(_) => {}
            Err(e) => {
                self.failed = Some(unreadable(&self.path, self.number, &e));
                return None;
            }
        }
        match serde_json::from_slice::<Line>(&line) {
            Ok(found) => Some(((found.source_path, found.record), line)),
            Err(e) => {
                self.failed = Some(unreadable(&self.path, self.number, &e));
                None
            }
        }
    }
}

fn unreadable(path: &Path, line: u64, error: &dyn std::fmt::Display) -> Error {
    Error::Usage {
        message: match line {
            0 => format!("{} cannot be read: {error}", path.display()),
            _ => format!("{}:{line} cannot be read: {error}", path.display()),
        },
        hint: "retry takes the errors.jsonl of a finished run, with its articles.jsonl beside it"
            .into(),
    }
}
