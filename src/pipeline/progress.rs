//! Responsible for telling a person how far a run is: a bar on a terminal, a plain line every half
//! minute elsewhere, nothing when quiet.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
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

/// How far reading has come, in bytes of the input files.
#[derive(Debug, Clone, Default)]
pub struct Position(Arc<AtomicU64>);

impl Position {
    /// Notes how far reading has come.
    pub fn set(&self, bytes: u64) {
        self.0.store(bytes, Ordering::Relaxed);
    }

    fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// The progress of one run.
#[derive(Debug)]
pub struct Progress {
    bar: Option<ProgressBar>,
    plain: bool,
    position: Position,
    total: Option<u64>,
    started: Instant,
    printed: Instant,
    articles: u64,
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
            position: Position::default(),
            total,
            started: now,
            printed: now,
            articles: 0,
        }
    }

    /// What the reading side sets.
    pub fn position(&self) -> Position {
        self.position.clone()
    }

    /// One more article is done.
    pub fn add(&mut self) {
        self.articles += 1;
        // The clock is not asked for every article.
        if !self.articles.is_multiple_of(64) {
            return;
        }
        if let Some(bar) = &self.bar {
            bar.set_position(self.position.get());
            bar.set_message(HumanCount(self.articles).to_string());
        } else if self.plain && clock::now().duration_since(self.printed) >= EVERY {
            self.printed = clock::now();
            log::info!(
                "{}",
                self.line(self.printed.duration_since(self.started).as_secs())
            );
        }
    }

    fn line(&self, seconds: u64) -> String {
        let articles = HumanCount(self.articles);
        let read = self.position.get();
        match self.total.filter(|t| *t > 0) {
            Some(total) => {
                let percent = (read * 100 / total).min(100);
                format!("{articles} articles, {percent} % of the input in {seconds} s")
            }
            None => format!(
                "{articles} articles, {} read in {seconds} s",
                HumanBytes(read)
            ),
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
        None => "{spinner} {msg} articles in {elapsed}",
    };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style.progress_chars("━╸ "));
    }
    bar.set_message("0");
    bar
}
