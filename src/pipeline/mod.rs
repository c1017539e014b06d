//! Responsible for moving articles through the analysis: in parallel, in order, in bounded memory,
//! with progress, until the end or a signal.

pub mod clock;
pub mod interrupt;
pub mod ordered;
pub mod process;
pub mod progress;
pub mod reuse;
pub mod workers;
