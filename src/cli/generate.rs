//! Responsible for files made from the definition of the command line: completions and manual page.

use std::io::Write;

use clap::CommandFactory;

use super::args::{Cli, GenerateCommand};

/// Runs a command.
///
/// # Errors
/// Standard output cannot be written.
pub(super) fn run(command: &GenerateCommand) -> anyhow::Result<u8> {
    let mut out = Vec::new();
    match command {
        GenerateCommand::Completions { shell } => {
            clap_complete::generate(*shell, &mut Cli::command(), "polygist", &mut out);
        }
        GenerateCommand::Man => clap_mangen::Man::new(Cli::command()).render(&mut out)?,
    }
    std::io::stdout().write_all(&out)?;
    Ok(0)
}
