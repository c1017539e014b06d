//! Responsible for the threads that do the work of a command, and for how much may be under way.

use std::any::Any;
use std::cell::RefCell;
use std::ops::ControlFlow;
use std::panic;
use std::sync::Once;

use rayon::{ThreadPool, ThreadPoolBuilder};

use super::interrupt::Interrupt;
use super::ordered::{Limits, ordered_map};
use crate::error::Error;
use crate::output::SPARE;

/// The bytes that may be under way at once, counted with all that is made of them, less what the output
/// keeps of them to be filled anew.
const BUDGET: u64 = (64 << 20) - SPARE;
/// The items that may be under way for each worker.
const ITEMS_PER_JOB: usize = 64;
/// Deeply nested input must not end the process.
const STACK: usize = 8 << 20;

/// A pool of threads that map items in order.
#[derive(Debug)]
pub struct Workers {
    pool: ThreadPool,
    limits: Limits,
    interrupt: Interrupt,
}

impl Workers {
    /// `jobs` threads; 0 means one for each processor.
    ///
    /// # Errors
    /// [`Error::Io`] when the threads cannot be made.
    pub fn new(jobs: usize, interrupt: Interrupt) -> Result<Self, Error> {
        keep_panics_off_the_screen();
        let pool = ThreadPoolBuilder::new()
            .num_threads(jobs)
            .stack_size(STACK)
            .build();
        let pool = pool.map_err(|e| Error::Io {
            message: format!("workers cannot be started: {e}"),
            hint: "try a smaller --jobs".into(),
        })?;
        let limits = Limits {
            items: ITEMS_PER_JOB * pool.current_num_threads(),
            cost: BUDGET,
        };
        Ok(Self {
            pool,
            limits,
            interrupt,
        })
    }

    /// Maps all items that `read` pushes with their cost in bytes, and hands the results to `write`
    /// in the same order.
    ///
    /// # Errors
    /// The first error of `write`, else [`Error::Interrupted`], else that of `read`.
    pub fn map<T: Send, R: Send>(
        &self,
        read: impl FnOnce(&mut dyn FnMut(T, u64) -> ControlFlow<()>) -> Result<(), Error>,
        work: impl Fn(T) -> R + Sync,
        write: impl FnMut(R) -> Result<(), Error> + Send,
    ) -> Result<(), Error> {
        let read_result = ordered_map(
            &self.pool,
            self.limits,
            |push| {
                read(&mut |item, cost| {
                    if self.interrupt.is_set() {
                        return ControlFlow::Break(());
                    }
                    push(item, cost)
                })
            },
            work,
            write,
        )?;
        self.interrupt.check()?;
        read_result
    }

    /// What a signal sets.
    pub fn interrupt(&self) -> &Interrupt {
        &self.interrupt
    }

    /// Runs something on a worker.
    #[cfg(test)]
    pub(super) fn install<R: Send>(&self, run: impl FnOnce() -> R + Send) -> R {
        self.pool.install(run)
    }
}

thread_local! {
    /// What the last panic on this thread said, and where.
    static LAST_PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// The message of the last panic on this worker.
pub(super) fn last_panic() -> String {
    LAST_PANIC
        .take()
        .unwrap_or_else(|| "unknown reason".to_owned())
}

/// Notes the message of a worker's panic instead of printing it; others are printed as ever.
fn keep_panics_off_the_screen() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if rayon::current_thread_index().is_none() && !is_caught(info.location()) {
                usual(info);
                return;
            }
            let message = message(info.payload());
            let place = info
                .location()
                .map(|l| format!(" at {}:{}", l.file(), l.line()));
            LAST_PANIC.set(Some(format!("{message}{}", place.unwrap_or_default())));
        }));
    });
}

/// Whether a panic stands in the crate that writes workbooks, whose panics the output turns into errors.
fn is_caught(place: Option<&panic::Location<'_>>) -> bool {
    place.is_some_and(|place| place.file().contains("rust_xlsxwriter"))
}

/// What a panic says, where it says it in words.
fn message(payload: &dyn Any) -> &str {
    let fixed = payload.downcast_ref::<&str>().copied();
    let made = || payload.downcast_ref::<String>().map(String::as_str);
    fixed.or_else(made).unwrap_or("no message")
}
