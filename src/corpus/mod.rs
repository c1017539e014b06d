//! Responsible for what is known only of a set of articles: unique ids, near-duplicates, stories,
//! actors across articles, and the rollups in `corpus.json`.
//!
//! Records come in input order, fresh from the analysis or read back from JSON Lines; the result
//! depends on nothing else.

mod duplicates;
mod fingerprint;
mod ids;
pub mod rollup;

use duplicates::Duplicates;
pub use fingerprint::Fingerprint;
use ids::Ids;
pub use rollup::{Overview, Rollup};

use crate::model::record::Record;

/// What a worker thread can say of a record without knowing the others.
#[derive(Debug, Clone, Default)]
pub struct Digest {
    fingerprint: Fingerprint,
}

impl Digest {
    /// Reads a record once.
    pub fn of(record: &Record) -> Self {
        Self {
            fingerprint: Fingerprint::of(&record.text),
        }
    }
}

/// What the records before say of a record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marks {
    /// The id of the first article with nearly the same text.
    pub duplicate_of: Option<String>,
    /// The id of the story it belongs to.
    pub story_id: Option<String>,
}

/// The corpus so far.
#[derive(Debug, Default)]
pub struct Corpus {
    ids: Ids,
    duplicates: Duplicates,
    articles: Vec<String>,
    rollup: Rollup,
}

impl Corpus {
    /// The id to use instead when an earlier record has this one: `art_x-2`, `art_x-3` …
    pub fn unused_id(&self, id: &str) -> Option<String> {
        self.ids.unused(id)
    }

    /// Adds the next record; `offset` is where its line begins in `articles.jsonl`.
    pub fn add(&mut self, record: &Record, digest: &Digest, _offset: u64) -> Marks {
        self.ids.add(&record.article_id);
        let number = self.articles.len() as u32;
        self.articles.push(record.article_id.clone());
        let first = self.duplicates.find_or_add(number, &digest.fingerprint);
        self.rollup.add(record);
        Marks {
            duplicate_of: first.and_then(|n| self.articles.get(n as usize).cloned()),
            story_id: None,
        }
    }

    /// Ends the corpus.
    pub fn finish(self) -> Rollup {
        self.rollup
    }
}
