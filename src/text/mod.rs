//! Responsible for the methods that turn text into units: folding, tokens, lexicon look-up,
//! sentences, lines. All of it is language-neutral; a pack supplies the data.

mod affixes;
pub(crate) mod ascii;
pub mod chars;
pub mod class;
pub mod doc;
pub mod fold;
pub mod lexicon;
pub mod lines;
pub mod listed;
pub mod sentence;
mod shape;
mod table;
pub mod token;
pub mod tokenize;
