//! Responsible for measuring what the analysis finds against what people say is there: written
//! examples beside each pack, and annotated articles.

mod article;
pub mod cases;
pub mod gate;
pub mod item;
mod matching;
pub mod misses;
pub mod quality;
mod rouge;
pub mod rules;
pub mod tally;
mod text;

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use item::Item;
use misses::Miss;
use rules::RuleTally;
use tally::Tally;

use crate::error::Error;
use crate::pack::source::Files;

/// What the yardstick must know of languages, `config/score.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Yardstick {
    /// Languages whose names change with case, so that a common stem counts as the same name.
    inflecting: BTreeSet<String>,
}

/// A measurement over all articles of a gold set.
#[derive(Debug, Default)]
pub struct Measurement {
    /// Everything.
    pub all: Tally,
    /// By the gold's language.
    pub by_language: BTreeMap<String, Tally>,
    /// Each rule.
    pub rules: RuleTally,
    /// What was missed or found wrongly, in the order of the gold.
    pub misses: Vec<Miss>,
    yardstick: Yardstick,
}

impl Measurement {
    /// A measurement of nothing yet.
    ///
    /// # Errors
    /// [`Error::Pack`] when `score.toml` does not parse.
    pub fn new(files: &Files) -> Result<Self, Error> {
        Ok(Self {
            yardstick: files.file("score.toml").toml()?,
            ..Self::default()
        })
    }

    /// Compares one article of gold with the system's record of it, if there is one.
    pub fn add(&mut self, gold: &Item, system: Option<&Item>) {
        let inflecting = self.yardstick.inflecting.contains(&gold.language);
        let scored = article::score(gold, system, inflecting);
        self.all += &scored.tally;
        *self.by_language.entry(gold.language.clone()).or_default() += &scored.tally;
        self.rules.merge(&scored.rules);
        self.misses.extend(scored.misses);
    }
}
