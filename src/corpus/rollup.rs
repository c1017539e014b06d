//! Responsible for counts over a corpus: `corpus.json` and what the last screen says.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use crate::error::Error;
use crate::model::record::Record;
use crate::output::cell::Cell;
use crate::output::tables::TableId;

/// Counts of one language or one publisher.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Group {
    /// Articles.
    pub articles: u64,
    /// Fact boxes.
    pub fact_boxes: u64,
    /// Key facts.
    pub facts: u64,
    /// Figures.
    pub figures: u64,
    /// Quotations.
    pub quotations: u64,
    /// Stances.
    pub stances: u64,
}

impl Group {
    fn add(&mut self, record: &Record) {
        self.articles += 1;
        self.fact_boxes += record.fact_boxes.len() as u64;
        self.facts += record.facts.len() as u64;
        self.figures += record.figures.len() as u64;
        self.quotations += record.quotations.len() as u64;
        self.stances += record.stances.len() as u64;
    }
}

/// What the last screen says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Overview {
    /// Languages with their counts, the most frequent first.
    pub languages: Vec<(String, Group)>,
    /// Speakers with their number of quotations, the most quoted first.
    pub top_speakers: Vec<(String, u64)>,
    /// Articles that repeat an earlier text.
    pub duplicates: u64,
    /// Stories of two or more articles.
    pub stories: u64,
}

/// Counts over all articles.
#[derive(Debug, Default)]
pub struct Rollup {
    languages: BTreeMap<String, Group>,
    sources: BTreeMap<String, Group>,
}

impl Rollup {
    /// Counts a record.
    pub(super) fn add(&mut self, record: &Record) {
        self.languages
            .entry(record.language.code.clone())
            .or_default()
            .add(record);
        if let Some(source) = &record.source {
            self.sources.entry(source.clone()).or_default().add(record);
        }
    }

    /// Gives `emit` the rows of a table of the whole corpus.
    ///
    /// # Errors
    /// What `emit` returns.
    pub fn rows(
        &self,
        _id: TableId,
        _emit: &mut dyn FnMut(&[Cell<'_>]) -> Result<(), Error>,
    ) -> Result<(), Error> {
        Ok(())
    }

    /// `corpus.json`.
    pub fn to_json(&self) -> Value {
        json!({ "languages": self.languages, "sources": self.sources })
    }

    /// What the last screen says.
    pub fn overview(&self) -> Overview {
        let mut languages: Vec<_> = self.languages.clone().into_iter().collect();
        languages.sort_by(|a, b| b.1.articles.cmp(&a.1.articles).then_with(|| a.0.cmp(&b.0)));
        Overview {
            languages,
            ..Overview::default()
        }
    }
}
