//! Responsible for score.
