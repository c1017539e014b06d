//! Responsible for the command line: from arguments to calls, from results to exit codes.

mod args;
mod check;
mod diff;
mod drawing;
mod explain;
mod extract;
mod flags;
mod gather;
mod generate;
mod languages;
mod logger;
mod merge;
mod near;
mod packs;
mod publish;
mod reading;
mod retry;
mod rules;
mod run;
mod schema;
mod score;
mod screen;
mod session;
mod settings;

use std::io::{self, ErrorKind, Write as _};
use std::path::Path;

use clap::Parser;
use clap::error::{ContextKind, ContextValue};

use crate::error::Error;
use args::{Cli, Command, RunArgs};

/// Runs the command line of the process and returns its exit code.
pub fn run() -> u8 {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return misread(&error),
    };
    logger::init(&cli.screen);
    match dispatch(cli) {
        Ok(code) => code,
        Err(error) if is_broken_pipe(&error) => 0,
        Err(error) => {
            log::error!("{error:#}");
            error.downcast_ref::<Error>().map_or(3, Error::exit_code)
        }
    }
}

/// Prints what is wrong with the command line, or the help that was asked for, and returns the exit code.
fn misread(error: &clap::Error) -> u8 {
    // Standard output and error may be closed; there is nobody left to tell then.
    let _ = error.print();
    if let Some(hint) = path_hint(error) {
        let _ = writeln!(io::stderr(), "\nhint: {hint}");
    }
    u8::try_from(error.exit_code()).unwrap_or(2)
}

/// What to write instead, where a path or `--input` stands where none belongs.
fn path_hint(error: &clap::Error) -> Option<String> {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.as_str()),
        _ => None,
    };
    if let Some(word) = text(ContextKind::InvalidSubcommand) {
        let is_path = Path::new(word).exists();
        return is_path.then(|| format!("to read {word}: polygist run {word}"));
    }
    let word = text(ContextKind::InvalidArg)?;
    let usage = error.get(ContextKind::Usage).map(ToString::to_string);
    let is_extract = usage.is_some_and(|u| u.contains(" extract"));
    match word {
        "--input" | "--in" if !is_extract => {
            Some("what is to be read has no flag: polygist run PATH".to_owned())
        }
        path if is_extract && (Path::new(path).exists() || path == "--input") => {
            Some("what is to be read comes with --in: polygist extract --in PATH".to_owned())
        }
        _ => None,
    }
}

fn dispatch(cli: Cli) -> anyhow::Result<u8> {
    let screen = &cli.screen;
    match cli
        .command
        .unwrap_or_else(|| Command::Run(RunArgs::default()))
    {
        Command::Run(args) => run::run(&args, screen),
        Command::Extract(args) => extract::run(&args, screen),
        Command::Retry(args) => retry::run(&args, screen),
        Command::Merge(args) => merge::run(&args, screen),
        Command::Diff(args) => diff::run(&args),
        Command::Explain(args) => explain::run(&args, screen),
        Command::Check(args) => check::run(&args),
        Command::Languages(args) => languages::run(&args),
        Command::Rules(args) => rules::run(&args),
        Command::Packs(command) => packs::run(&command),
        Command::Score(args) => score::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Generate(command) => generate::run(&command),
    }
}

/// Whether the reader of our output went away, which is no failure of ours.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|e| e.kind() == ErrorKind::BrokenPipe)
}
