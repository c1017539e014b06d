//! Responsible for output.
