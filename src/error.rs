//! Responsible for what can stop a whole run, and for the exit code that tells it to scripts.
//!
//! What is wrong with one record is a [`crate::model::problem::Problem`] and stops nothing.

use thiserror::Error;

/// Why a run cannot start or cannot finish.
#[derive(Debug, Error)]
pub enum Error {
    /// The command line asks for something that cannot be.
    #[error("{message}\nhint: {hint}")]
    Usage {
        /// What is wrong.
        message: String,
        /// What to do.
        hint: String,
    },
    /// The configuration cannot be read or does not fit.
    #[error("{message}\nhint: {hint}")]
    Config {
        /// What is wrong, with file, line and column where known.
        message: String,
        /// What to do.
        hint: String,
    },
    /// A pack file does not parse or does not fit.
    #[error("{place}: {message}\nhint: {hint}")]
    Pack {
        /// The file where the user finds it.
        place: String,
        /// What is wrong, with line and column.
        message: String,
        /// What to do.
        hint: String,
    },
    /// Reading or writing failed, so nothing is published.
    #[error("{message}\nhint: {hint}")]
    Io {
        /// What failed, with the file.
        message: String,
        /// What to do.
        hint: String,
    },
    /// More articles failed than `--max-failures` allows.
    #[error("{message}\nhint: {hint}")]
    TooManyFailures {
        /// How many.
        message: String,
        /// What to do.
        hint: String,
    },
    /// Another run holds the lock on the output.
    #[error("{message}\nhint: {hint}")]
    Locked {
        /// Which output.
        message: String,
        /// What to do.
        hint: String,
    },
    /// A signal asked the run to stop.
    #[error(
        "interrupted: nothing was published\nhint: run the same command again; `polygist run` goes on where it stopped"
    )]
    Interrupted {
        /// 128 plus the signal's number.
        exit: u8,
    },
}

impl Error {
    /// The exit code that scripts see.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Usage { .. } | Self::Config { .. } | Self::Pack { .. } => 2,
            Self::Io { .. } => 3,
            Self::TooManyFailures { .. } => 4,
            Self::Locked { .. } => 75,
            Self::Interrupted { exit } => *exit,
        }
    }
}
