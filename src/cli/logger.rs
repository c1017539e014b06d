//! Responsible for messages on standard error: for people or as JSON, never in the way of the
//! progress bar, never with control characters from the input.

use std::io::{IsTerminal, Write};

use log::{Level, LevelFilter, Log, Metadata, Record};

use super::args::{LogFormat, Screen, When};
use crate::pipeline::progress::{Show, above_bar};

/// Writes messages to standard error.
struct Logger {
    format: LogFormat,
    color: bool,
}

/// Whether to use color on a stream.
pub(super) fn colored(when: When, terminal: bool) -> bool {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
    match when {
        When::Always => true,
        When::Never => false,
        When::Auto => terminal && !refused,
    }
}

/// Begins to write messages as the flags say.
pub(super) fn init(screen: &Screen) {
    let level = match (screen.quiet, screen.verbose) {
        (true, _) => LevelFilter::Error,
        (_, 0) => LevelFilter::Info,
        (_, 1) => LevelFilter::Debug,
        _ => LevelFilter::Trace,
    };
    let color = colored(screen.color, std::io::stderr().is_terminal());
    let logger = Logger {
        format: screen.log_format,
        color,
    };
    // A second call, in a test, keeps the first logger.
    if log::set_logger(Box::leak(Box::new(logger))).is_ok() {
        log::set_max_level(level);
    }
}

/// How progress is shown under these flags.
pub(super) fn progress(screen: &Screen) -> Show {
    match (screen.quiet, screen.log_format) {
        (true, _) => Show::Quiet,
        (_, LogFormat::Json) => Show::Plain,
        _ => Show::Auto,
    }
}

impl Log for Logger {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("polygist")
    }

    fn log(&self, record: &Record<'_>) {
        if !self.enabled(record.metadata()) {
            return;
        }
        let message = record.args().to_string();
        let line = match self.format {
            LogFormat::Json => {
                let level = record.level().as_str().to_lowercase();
                serde_json::json!({ "level": level, "message": message }).to_string()
            }
            LogFormat::Text => format!("{}{}", self.label(record.level()), printable(&message)),
        };
        // Standard error may be closed; that never fails a run.
        above_bar(|| drop(writeln!(std::io::stderr(), "{line}")));
    }

    fn flush(&self) {}
}

impl Logger {
    fn label(&self, level: Level) -> String {
        let (word, code) = match level {
            Level::Error => ("error", "31"),
            Level::Warn => ("warning", "33"),
            Level::Info => return String::new(),
            Level::Debug | Level::Trace => ("debug", "2"),
        };
        if self.color {
            format!("\u{1b}[1;{code}m{word}:\u{1b}[0m ")
        } else {
            format!("{word}: ")
        }
    }
}

/// A message without control characters other than line feeds.
pub(super) fn printable(message: &str) -> String {
    let escape = |c: char| match c {
        '\n' | '\t' => c.to_string(),
        c if c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') => {
            c.escape_unicode().to_string()
        }
        c => c.to_string(),
    };
    message.chars().map(escape).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_of_the_input_do_not_reach_the_terminal() {
        assert_eq!(printable("a\u{1b}[31mb\nö"), "a\\u{1b}[31mb\nö");
        assert_eq!(printable("\u{202e}x"), "\\u{202e}x");
    }
}
