//! Responsible for the methods that turn text into units: folding, tokens, lexicon look-up,
//! sentences, lines. All of it is language-neutral; a pack supplies the data.

mod affixes;
pub mod chars;
pub mod class;
pub mod doc;
pub mod fold;
pub mod lexicon;
pub mod lines;
pub mod listed;
pub mod sentence;
pub mod token;
pub mod tokenize;
