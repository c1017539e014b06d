//! The `polygist` command: parses, runs, and maps the result to an exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    match polygist::cli::run() {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            log::error!("{error:#}");
            ExitCode::from(
                error
                    .downcast_ref::<polygist::error::Error>()
                    .map_or(3, |e| e.exit_code()),
            )
        }
    }
}
