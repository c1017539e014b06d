//! Responsible for pipeline.
