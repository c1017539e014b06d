//! Responsible for stopping in good order: the first SIGINT or SIGTERM asks the run to finish what is
//! under way, the second ends the process at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::error::Error;
use crate::output::stage::Stop;

/// A flag that a signal sets.
#[derive(Debug, Clone, Default)]
pub struct Interrupt {
    signal: Arc<AtomicUsize>,
}

impl Interrupt {
    /// A flag that no signal sets, for libraries and tests.
    pub fn none() -> Self {
        Self::default()
    }

    /// Listens to SIGINT and SIGTERM; keeps SIGXFSZ from killing, so that a file size limit is
    /// reported like a full disk.
    ///
    /// # Errors
    /// [`Error::Io`] when the system refuses.
    pub fn listen() -> Result<Self, Error> {
        let interrupt = Self::default();
        interrupt.register().map_err(|e| Error::Io {
            message: format!("signals cannot be listened to: {e}"),
            hint: "run again; nothing was read or written".into(),
        })?;
        Ok(interrupt)
    }

    #[cfg(unix)]
    fn register(&self) -> std::io::Result<()> {
        use signal_hook::consts::{SIGINT, SIGTERM, SIGXFSZ};
        use signal_hook::flag;
        let again = Arc::new(AtomicBool::new(false));
        for signal in [SIGINT, SIGTERM] {
            // Registered first, so that it runs first: a signal that finds the flag set ends all.
            flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&again))?;
            flag::register(signal, Arc::clone(&again))?;
            let number = usize::try_from(signal).unwrap_or_default();
            flag::register_usize(signal, Arc::clone(&self.signal), number)?;
        }
        flag::register(SIGXFSZ, Arc::new(AtomicBool::new(false)))?;
        Ok(())
    }

    #[cfg(not(unix))]
    fn register(&self) -> std::io::Result<()> {
        use signal_hook::consts::SIGINT;
        signal_hook::flag::register_usize(SIGINT, Arc::clone(&self.signal), 2)?;
        Ok(())
    }

    /// Whether a signal has come.
    pub fn is_set(&self) -> bool {
        self.signal.load(Ordering::Relaxed) != 0
    }

    /// An error when a signal has come.
    ///
    /// # Errors
    /// [`Error::Interrupted`] with the exit code that tells which.
    pub fn check(&self) -> Result<(), Error> {
        self.stop().check()
    }

    /// The same, for the output.
    pub fn stop(&self) -> Stop {
        Stop(Arc::clone(&self.signal))
    }
}
