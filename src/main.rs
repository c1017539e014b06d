//! The `polygist` command: parses, runs, and maps the result to an exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(polygist::cli::run())
}
