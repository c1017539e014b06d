//! Responsible for corpus.
