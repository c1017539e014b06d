//! Responsible for what is known only of a set of articles: unique ids, near-duplicates, stories,
//! actors across articles, who stands where, and the rollups in `corpus.json`.
//!
//! Records come in input order, fresh from the analysis or read back from JSON Lines; the result
//! depends on nothing else. What is kept takes about 0.4 kB for each article that is no copy, beside
//! the names in it, and 60 to 70 bytes for a copy.

pub mod actors;
pub mod articles;
mod common;
pub mod diff;
mod duplicates;
mod fingerprint;
mod ids;
mod index;
mod joins;
mod keys;
pub mod matrix;
pub mod names;
pub mod rollup;
mod stories;

use std::borrow::Cow;

pub use articles::{ArticleEntry, Articles};
pub use common::CommonNames;
use duplicates::Duplicates;
pub use fingerprint::Fingerprint;
use ids::Ids;
use keys::Key;
use matrix::Matrix;
pub use rollup::{Group, Overview, Rollup, Story};
use stories::{Stories, Traits};

use crate::model::dates::day_number;
use crate::model::record::{Record, Status};
use actors::Actors;
use rollup::Groups;

/// What a worker thread can say of a record without knowing the others.
#[derive(Debug, Clone, Default)]
pub struct Digest {
    fingerprint: Fingerprint,
    traits: Traits,
    /// What each of the record's actors is known by.
    actors: Vec<Key>,
}

impl Digest {
    /// Reads a record once; `common` are names that are common words.
    pub fn of(record: &Record, common: &CommonNames) -> Self {
        Self {
            fingerprint: Fingerprint::of(&record.text),
            traits: Traits::of(record),
            actors: Key::all(record, common),
        }
    }
}

/// What the records before say of a record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marks {
    /// The id of the first article with nearly the same text.
    pub duplicate_of: Option<String>,
    /// The id of the story it belongs to; every processed article has one, often alone.
    pub story_id: Option<String>,
}

/// The corpus so far.
#[derive(Debug, Default)]
pub struct Corpus {
    ids: Ids,
    duplicates: Duplicates,
    stories: Stories,
    /// The first article of each story.
    story_firsts: Vec<u32>,
    actors: Actors,
    matrix: Matrix,
    articles: Articles,
    languages: Groups,
    sources: Groups,
}

impl Corpus {
    /// The id to use instead when an earlier record has this one: `art_x-2`, `art_x-3` …
    pub fn unused_id(&mut self, id: &str) -> Option<String> {
        self.ids.unused(id)
    }

    /// Adds the next record; `offset` is where its line begins in `articles.jsonl`.
    pub fn add(&mut self, record: &Record, digest: &Digest, offset: u64) -> Marks {
        self.ids.add(&record.article_id);
        let number = self.articles.len() as u32;
        let processed = matches!(record.status, Status::Ok | Status::Degraded);
        let day = record.published.as_deref().and_then(day_number);
        let first = if processed {
            self.duplicates.find_or_add(number, &digest.fingerprint)
        } else {
            None
        };
        let story = processed.then(|| self.story(number, first, digest, day));
        // What was not processed is accounted for elsewhere: it is no article in a language.
        let count = |groups: &mut Groups, name: &str| {
            if processed {
                groups.add(name, record, first.is_some())
            } else {
                groups.number(name)
            }
        };
        let language = count(&mut self.languages, &record.language.code);
        let source = record.source.as_deref();
        let source = source.map(|name| count(&mut self.sources, name));
        let entry = ArticleEntry {
            language,
            source,
            day,
            offset,
            duplicate_of: first,
            story,
            rows: (record.quotations.len() + record.stances.len() + record.facts.len()) as u32,
        };
        let title = record.title.as_deref().map(shortened);
        self.articles
            .push(&record.article_id, title.as_deref(), &entry);
        if let Some(story) = story {
            let numbers = self.actors.add(
                record,
                &digest.actors,
                language,
                number,
                story,
                first.is_some(),
            );
            if first.is_none() {
                self.add_stances(record, number, &numbers, day);
            }
        }
        Marks {
            duplicate_of: first.map(|n| self.articles.id(n).to_owned()),
            story_id: story.map(|s| self.story_id(s)),
        }
    }

    /// The story of an article; a copy belongs to the story of its original.
    fn story(&mut self, number: u32, first: Option<u32>, digest: &Digest, day: Option<i32>) -> u32 {
        let original = first.and_then(|n| self.articles.get(n)?.story);
        if let Some(story) = original {
            return story;
        }
        let story = self.stories.join_or_begin(&digest.traits, day);
        if story as usize == self.story_firsts.len() {
            self.story_firsts.push(number);
        }
        story
    }

    fn add_stances(&mut self, record: &Record, number: u32, actors: &[u32], day: Option<i32>) {
        for stance in &record.stances {
            let holder = record
                .actors
                .iter()
                .position(|a| a.name == stance.holder.name);
            if let Some(entry) = holder.and_then(|n| actors.get(n)) {
                self.matrix
                    .add(stance, *entry, &record.language.code, number, day);
            }
        }
    }

    fn story_id(&self, story: u32) -> String {
        let first = self.story_firsts.get(story as usize).copied();
        rollup::story_id(self.articles.id(first.unwrap_or(0)))
    }

    /// Ends the corpus: joins spellings of actors and counts.
    pub fn finish(self) -> Rollup {
        let Self {
            actors,
            matrix,
            articles,
            languages,
            sources,
            story_firsts,
            ..
        } = self;
        let story_count = story_firsts.len();
        let (actors, way, mentions) = actors.merged();
        let (cells, targets) = matrix.finish(&way);
        Rollup::new(
            articles,
            languages,
            sources,
            story_count,
            rollup::Who {
                actors,
                mentions,
                way,
            },
            rollup::Where { cells, targets },
        )
    }
}

/// The beginning of a headline.
fn shortened(title: &str) -> Cow<'_, str> {
    const MOST: usize = 160;
    if title.len() <= MOST {
        return Cow::Borrowed(title);
    }
    match title.char_indices().nth(MOST) {
        Some((at, _)) => Cow::Owned(format!("{}…", &title[..at])),
        None => Cow::Borrowed(title),
    }
}
