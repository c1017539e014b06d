//! Tests of reading: every kind of file, every kind of damage, as promised in `docs/reliability.md`.

mod archives;
mod encodings;
mod files;
mod json;
mod markup;
mod presets;
mod support;
mod tables;
