//! Responsible for input.
