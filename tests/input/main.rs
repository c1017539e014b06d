//! Tests of reading: every kind of file, every kind of damage, as promised in `docs/reliability.md`.

// Fixtures are built for reading, not for speed; a failing unwrap is a failing test.
#![allow(
    clippy::unwrap_used,
    clippy::format_collect,
    clippy::format_push_string
)]

mod archives;
mod encodings;
mod files;
mod heavy;
mod json;
mod markup;
mod presets;
mod properties;
mod support;
mod tables;
