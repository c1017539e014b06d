//! Responsible for `extract`: a filter from articles to records, one line out for each article in.

use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::args::{ExtractArgs, Screen};
use super::flags::FlagList;
use super::session::Session;
use super::{logger, reading};
use crate::error::Error;
use crate::model::record::{Record, Status};
use crate::pipeline::process::process;
use crate::pipeline::progress::Progress;

/// Runs the command.
///
/// # Errors
/// What stopped it; a named output file is then left as it was.
pub(super) fn run(args: &ExtractArgs, screen: &Screen) -> anyhow::Result<u8> {
    let session = Session::open(&args.config, FlagList::default().reading(&args.reading))?;
    if session.print_config(&args.config)? {
        return Ok(0);
    }
    let mut options = session.settings.input.clone();
    options.numbered = args.numbered;
    let files = reading::files(&args.input, &options, args.shard)?;
    let engine = session.engine()?;
    let workers = session.workers()?;
    let mut target = Target::create(&args.out)?;
    let mut progress = Progress::start(logger::progress(screen), reading::total(&files));
    let position = progress.position();
    let (mut seen, mut failed, mut pipe_closed) = (0u64, 0u64, false);
    let done = process(
        &workers,
        &engine,
        |emit| reading::read_all(&files, &options, &position, emit, drop),
        |record| (record.status, line(&record)),
        |(status, line)| {
            progress.add();
            seen += 1;
            failed += u64::from(status == Status::Failed);
            target.write(&line).map_err(|e| {
                pipe_closed = e.kind() == ErrorKind::BrokenPipe;
                cannot_write(&args.out, &e)
            })
        },
    );
    progress.finish();
    if pipe_closed {
        return Ok(0);
    }
    done?;
    target.finish()?;
    Ok(u8::from(
        session.settings.allow_failures.is_exceeded(failed, seen),
    ))
}

/// A record as one line of JSON with its line feed.
fn line(record: &Record) -> Vec<u8> {
    let mut line = Vec::with_capacity(record.text.len() * 4 + 1024);
    // Writing to memory does not fail, and every field has a form in JSON.
    let _ = serde_json::to_writer(&mut line, record);
    line.push(b'\n');
    line
}

fn cannot_write(path: &Path, error: &io::Error) -> Error {
    let shown = match path.to_str() {
        Some("-") => "standard output".to_owned(),
        _ => path.display().to_string(),
    };
    Error::Io {
        message: format!("{shown} cannot be written: {error}"),
        hint: match error.kind() {
            ErrorKind::NotFound => "make its directory first, or name one that is there",
            _ => "is there room, and may you write there?",
        }
        .into(),
    }
}

/// Where records go: a stream, or a file that appears when it is complete.
struct Target {
    path: PathBuf,
    /// The file under its working name; none for streams.
    part: Option<PathBuf>,
    writer: BufWriter<Box<dyn Write + Send>>,
}

impl Target {
    fn create(path: &Path) -> Result<Self, Error> {
        let failed = |e: &io::Error| cannot_write(path, e);
        // A pipe or a device is written to directly.
        let special = fs::metadata(path).is_ok_and(|m| !m.is_file());
        let (part, writer): (_, Box<dyn Write + Send>) = if path.as_os_str() == "-" {
            (None, Box::new(io::stdout()))
        } else if special {
            let file = File::options()
                .write(true)
                .open(path)
                .map_err(|e| failed(&e))?;
            (None, Box::new(file))
        } else {
            let mut name = path.as_os_str().to_owned();
            name.push(".part");
            let part = PathBuf::from(name);
            let file = File::create(&part).map_err(|e| failed(&e))?;
            (Some(part), Box::new(file))
        };
        Ok(Self {
            path: path.to_owned(),
            part,
            writer: BufWriter::with_capacity(1 << 18, writer),
        })
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.writer.write_all(bytes)
    }

    fn finish(mut self) -> Result<(), Error> {
        match self.writer.flush() {
            Err(e) if e.kind() == ErrorKind::BrokenPipe => return Ok(()),
            flushed => flushed.map_err(|e| cannot_write(&self.path, &e))?,
        }
        if let Some(part) = self.part.take() {
            fs::rename(&part, &self.path).map_err(|e| cannot_write(&self.path, &e))?;
        }
        Ok(())
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        if let Some(part) = &self.part {
            let _ = fs::remove_file(part);
        }
    }
}
