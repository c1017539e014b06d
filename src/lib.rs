//! polygist reads many news articles in many languages and extracts what matters in them: the
//! language, a short summary, key facts, quotations with their speakers, and stances.
//!
//! Layers look only down: `cli → pipeline → {input, corpus, output, score} → analyze → language →
//! pack → text → model`.

// Offsets are `u32`: an article is capped far below 4 GiB by the readers.
#![allow(clippy::cast_possible_truncation)]

pub mod analyze;
pub mod cli;
pub mod corpus;
pub mod error;
pub mod input;
pub mod language;
pub mod model;
pub mod output;
pub mod pack;
pub mod pipeline;
pub mod score;
pub mod text;
