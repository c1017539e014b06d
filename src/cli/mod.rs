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

use std::io::{self, ErrorKind};

use clap::Parser;

use crate::error::Error;
use args::{Cli, Command, RunArgs};

/// Runs the command line of the process and returns its exit code.
pub fn run() -> u8 {
    let cli = Cli::parse();
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
