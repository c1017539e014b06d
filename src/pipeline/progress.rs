//! Responsible for telling a person how far a run is: a bar on a terminal, a plain line every half
//! minute elsewhere, nothing when quiet.

use std::io::IsTerminal;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{HumanBytes, HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::clock;

/// How often a plain line is printed.
const EVERY: Duration = Duration::from_secs(30);

/// The bar on the screen, so that messages can be printed above it.
static BAR: Mutex<Option<ProgressBar>> = Mutex::new(None);

/// Runs `print` with the bar out of the way.
pub fn above_bar<R>(print: impl FnOnce() -> R) -> R {
    let bar = BAR.lock().unwrap_or_else(PoisonError::into_inner).clone();
    match bar {
        Some(bar) => bar.suspend(print),
        None => print(),
    }
}

/// How a run shows its progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    /// A bar when standard error is a terminal, else plain lines.
    Auto,
    /// Plain lines only, such as for a log in JSON.
    Plain,
    /// Nothing.
    Quiet,
}

/// The progress of one run.
#[derive(Debug)]
pub struct Progress {
    bar: Option<ProgressBar>,
    plain: bool,
    total: Option<u64>,
    started: Instant,
    printed: Instant,
    articles: u64,
    bytes: u64,
}

impl Progress {
    /// Begins to show progress. `total` is the size of all input in bytes where known.
    pub fn start(show: Show, total: Option<u64>) -> Self {
        let terminal = std::io::stderr().is_terminal();
        let bar = (show == Show::Auto && terminal).then(|| bar(total));
        BAR.lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone_from(&bar);
        let now = clock::now();
        Self {
            plain: show != Show::Quiet && bar.is_none(),
            bar,
            total,
            started: now,
            printed: now,
            articles: 0,
            bytes: 0,
        }
    }

    /// One more article is done; `bytes` is how much text it had.
    pub fn add(&mut self, bytes: u64) {
        self.articles += 1;
        self.bytes += bytes;
        // The clock is not asked for every article.
        if self.articles % 64 != 0 {
            return;
        }
        if let Some(bar) = &self.bar {
            bar.set_position(self.bytes.min(self.total.unwrap_or(u64::MAX)));
            bar.set_message(HumanCount(self.articles).to_string());
        } else if self.plain && clock::now().duration_since(self.printed) >= EVERY {
            self.printed = clock::now();
            let seconds = self.printed.duration_since(self.started).as_secs();
            let (articles, bytes) = (HumanCount(self.articles), HumanBytes(self.bytes));
            log::info!("{articles} articles, {bytes} of text in {seconds} s");
        }
    }

    /// Takes the bar off the screen.
    pub fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        *BAR.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// The moment it began.
    pub fn started(&self) -> Instant {
        self.started
    }
}

fn bar(total: Option<u64>) -> ProgressBar {
    let target = ProgressDrawTarget::stderr_with_hz(8);
    let bar = ProgressBar::with_draw_target(total, target);
    let template = match total {
        Some(_) => "{bar:30} {percent:>3} %  {msg} articles  {bytes_per_sec}  {eta} left",
        None => "{spinner} {msg} articles  {bytes} of text  {bytes_per_sec}",
    };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style.progress_chars("━╸ "));
    }
    bar.set_message("0");
    bar
}
