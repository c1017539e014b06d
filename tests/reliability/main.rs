//! Faults of every kind: what the program does when the machine, the disk, the input or another run
//! misbehaves. `docs/reliability.md` lists each fault with its test.
//!
//! `POLYGIST_HEAVY=1` runs what takes minutes or gigabytes; `POLYGIST_KILLS=200` sets how often a run is
//! killed. Tests that need a tool of the system (`strace`, `unshare`, `faketime`, `systemd-analyze`) pass
//! where it is not there or may not be used, and say so on standard error and in the file that
//! `POLYGIST_PASSED_OVER` names.

#![allow(clippy::unwrap_used)]
// Tests name files, measure time, count small numbers and say what they pass over.
#![allow(
    clippy::case_sensitive_file_extension_comparisons,
    clippy::cast_possible_truncation,
    clippy::disallowed_methods,
    clippy::print_stderr
)]

mod again;
mod disk;
mod growth;
mod heavy;
mod hostile;
mod kill;
mod limits;
mod machine;
mod retry;
mod same;
#[path = "../support/mod.rs"]
mod support;
mod table;
mod tools;
