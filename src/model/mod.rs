//! Responsible for the words that all layers share: spans, articles as read, records as written,
//! problems. Nothing here reads files, knows a language or looks at the clock.

pub mod article;
pub mod dates;
pub mod ids;
pub mod problem;
pub mod record;
pub mod rejected;
#[cfg(test)]
pub(crate) mod samples;
pub mod span;
