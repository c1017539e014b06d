//! Responsible for what changed between two runs: new articles and stories, new quotations of a
//! speaker, new and changed stances with the evidence of both sides.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use super::fingerprint::{hash_chars, mix};
use super::names::fold;
use super::rollup::story_id;
use super::{CommonNames, Corpus, Digest};
use crate::error::Error;
use crate::model::dates::day_number;
use crate::model::record::{Polarity, Record, Status};

/// What kind of change a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// A holder took another side.
    StanceChanged,
    /// A holder has a side that the earlier run did not know.
    StanceNew,
    /// A story none of whose articles was known.
    StoryNew,
    /// A speaker is quoted with words that the earlier run did not have.
    QuotationNew,
    /// An article that was not there.
    ArticleNew,
    /// An article whose text is another.
    ArticleChanged,
    /// An article that is no longer there.
    ArticleGone,
}

impl ChangeKind {
    /// The word as it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::StanceChanged => "stance_changed",
            Self::StanceNew => "stance_new",
            Self::StoryNew => "story_new",
            Self::QuotationNew => "quotation_new",
            Self::ArticleNew => "article_new",
            Self::ArticleChanged => "article_changed",
            Self::ArticleGone => "article_gone",
        }
    }
}

/// The article that a change is about.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ArticleRef {
    /// Its id.
    pub article_id: String,
    /// Its language.
    pub language: String,
    /// Its headline.
    pub title: Option<String>,
    /// Its date.
    pub published: Option<String>,
    /// Its address.
    pub url: Option<String>,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What kind it is.
    pub change: ChangeKind,
    /// The article, or the first of a story.
    #[serde(flatten)]
    pub article: ArticleRef,
    /// The row: a quotation, a stance or a story.
    pub row_id: Option<String>,
    /// The speaker or holder.
    pub actor: Option<String>,
    /// Whether the earlier run knew the actor.
    pub actor_known: Option<bool>,
    /// The target of a stance.
    pub target: Option<String>,
    /// The side before.
    pub polarity_before: Option<Polarity>,
    /// The side now.
    pub polarity_after: Option<Polarity>,
    /// The quotation, or the evidence of the side now.
    pub text: Option<String>,
    /// The evidence of the side before.
    pub text_before: Option<String>,
    /// Where that stands.
    pub article_before: Option<ArticleRef>,
}

/// All changes, the weightiest kinds first; within a kind those of known actors first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Changes {
    /// How many of each kind.
    pub counts: BTreeMap<&'static str, u64>,
    /// The changes.
    pub changes: Vec<Change>,
}

/// The latest stance of a holder on a target.
#[derive(Debug, Clone)]
struct Side {
    day: Option<i32>,
    polarity: Polarity,
    holder: String,
    target: String,
    text: String,
    row_id: String,
    article: ArticleRef,
}

/// What is kept of a run: hashes of all, words of stances only.
#[derive(Debug, Default)]
struct Known {
    articles: FxHashMap<String, String>,
    quotations: FxHashSet<u64>,
    actors: FxHashSet<u64>,
    sides: BTreeMap<String, Side>,
}

/// What changed from the records of `old` to those of `new`, both `articles.jsonl`.
///
/// # Errors
/// [`Error::Io`] with the file and line that cannot be read.
pub fn compare(old: &Path, new: &Path) -> Result<Changes, Error> {
    let mut before = Known::default();
    let mut gone: Vec<ArticleRef> = Vec::new();
    read(old, |record| {
        if processed(&record) {
            gone.push(reference(&record));
            before.add(&record);
        }
    })?;
    let mut after = Known::default();
    let (mut corpus, common) = (Corpus::default(), CommonNames::default());
    let mut changes = Vec::new();
    read(new, |record| {
        corpus.add(&record, &Digest::of(&record, &common), 0);
        articles(&record, &before, &mut changes);
        quotations(&record, &before, &mut changes);
        after.add(&record);
    })?;
    stances(&before, &after, &mut changes);
    stories(corpus, &before, &mut changes);
    gone.retain(|a| !after.articles.contains_key(&a.article_id));
    changes.extend(gone.into_iter().map(|a| blank(ChangeKind::ArticleGone, a)));
    changes.sort_by_key(|c| (c.change, c.actor_known == Some(false)));
    let mut counts = BTreeMap::new();
    for change in &changes {
        *counts.entry(change.change.as_str()).or_default() += 1;
    }
    Ok(Changes { counts, changes })
}

/// What to give to a comparison.
const HINT: &str = "compare two output directories of polygist, or their articles.jsonl";

fn read(path: &Path, mut each: impl FnMut(Record)) -> Result<(), Error> {
    let fail = |line: usize, message: String| Error::Io {
        message: format!("cannot read {}, line {line}: {message}", path.display()),
        hint: HINT.into(),
    };
    let file = File::open(path).map_err(|e| Error::Io {
        message: format!("cannot read {}: {e}", path.display()),
        hint: HINT.into(),
    })?;
    let mut reader = BufReader::with_capacity(256 * 1024, file);
    let mut line = Vec::new();
    for n in 1.. {
        line.clear();
        let length = reader.read_until(b'\n', &mut line);
        if length.map_err(|e| fail(n, e.to_string()))? == 0 {
            break;
        }
        each(serde_json::from_slice(&line).map_err(|e| fail(n, e.to_string()))?);
    }
    Ok(())
}

/// Whether a run looked into an article; others are as good as not there.
fn processed(record: &Record) -> bool {
    matches!(record.status, Status::Ok | Status::Degraded)
}

fn reference(record: &Record) -> ArticleRef {
    ArticleRef {
        article_id: record.article_id.clone(),
        language: record.language.code.clone(),
        title: record.title.clone(),
        published: record.published.clone(),
        url: record.url.clone(),
    }
}

fn hash(text: &str) -> u64 {
    mix(hash_chars(text.chars()))
}

fn said(speaker: &str, text: &str) -> u64 {
    hash(&format!("{}\u{1f}{}", fold(speaker), fold(text)))
}

impl Known {
    fn add(&mut self, record: &Record) {
        self.articles
            .insert(record.article_id.clone(), record.content_hash.clone());
        for actor in &record.actors {
            self.actors.insert(hash(&fold(&actor.name)));
        }
        for quotation in &record.quotations {
            if let Some(speaker) = &quotation.speaker {
                self.quotations.insert(said(&speaker.name, &quotation.text));
            }
        }
        let day = record.published.as_deref().and_then(day_number);
        for stance in &record.stances {
            let target = if stance.target.canonical.is_empty() {
                &stance.target.text
            } else {
                &stance.target.canonical
            };
            let language = &record.language.code;
            let key = format!(
                "{}\u{1f}{language}\u{1f}{}",
                fold(&stance.holder.name),
                fold(target)
            );
            let later = self.sides.get(&key).is_none_or(|known| known.day <= day);
            if later {
                self.sides.insert(
                    key,
                    Side {
                        day,
                        polarity: stance.polarity,
                        holder: stance.holder.name.clone(),
                        target: target.clone(),
                        text: stance.evidence.text.clone(),
                        row_id: format!("{}-{}", record.article_id, stance.id),
                        article: reference(record),
                    },
                );
            }
        }
    }
}

fn blank(change: ChangeKind, article: ArticleRef) -> Change {
    Change {
        change,
        article,
        row_id: None,
        actor: None,
        actor_known: None,
        target: None,
        polarity_before: None,
        polarity_after: None,
        text: None,
        text_before: None,
        article_before: None,
    }
}

fn articles(record: &Record, before: &Known, changes: &mut Vec<Change>) {
    if !processed(record) {
        return;
    }
    match before.articles.get(&record.article_id) {
        None => changes.push(blank(ChangeKind::ArticleNew, reference(record))),
        Some(hash) if *hash != record.content_hash => {
            changes.push(blank(ChangeKind::ArticleChanged, reference(record)));
        }
        Some(_) => {}
    }
}

fn quotations(record: &Record, before: &Known, changes: &mut Vec<Change>) {
    for quotation in &record.quotations {
        let Some(speaker) = &quotation.speaker else {
            continue;
        };
        if before
            .quotations
            .contains(&said(&speaker.name, &quotation.text))
        {
            continue;
        }
        changes.push(Change {
            row_id: Some(format!("{}-{}", record.article_id, quotation.id)),
            actor: Some(speaker.name.clone()),
            actor_known: Some(before.actors.contains(&hash(&fold(&speaker.name)))),
            text: Some(quotation.text.clone()),
            ..blank(ChangeKind::QuotationNew, reference(record))
        });
    }
}

fn stances(before: &Known, after: &Known, changes: &mut Vec<Change>) {
    for (key, now) in &after.sides {
        let then = before.sides.get(key);
        let kind = match then {
            None => ChangeKind::StanceNew,
            Some(then) if then.polarity != now.polarity => ChangeKind::StanceChanged,
            Some(_) => continue,
        };
        changes.push(Change {
            row_id: Some(now.row_id.clone()),
            actor: Some(now.holder.clone()),
            actor_known: Some(before.actors.contains(&hash(&fold(&now.holder)))),
            target: Some(now.target.clone()),
            polarity_before: then.map(|t| t.polarity),
            polarity_after: Some(now.polarity),
            text: Some(now.text.clone()),
            text_before: then.map(|t| t.text.clone()),
            article_before: then.map(|t| t.article.clone()),
            ..blank(kind, now.article.clone())
        });
    }
}

/// Stories of two or more articles of which the earlier run had none.
fn stories(corpus: Corpus, before: &Known, changes: &mut Vec<Change>) {
    let rollup = corpus.finish();
    let numbers = 0..rollup.articles.len() as u32;
    let new: BTreeSet<&str> = numbers
        .map(|n| rollup.id(n))
        .filter(|id| !before.articles.contains_key(*id))
        .collect();
    for story in &rollup.stories {
        let all_new = story.articles.iter().all(|n| new.contains(rollup.id(*n)));
        let first = story.articles.first().copied().unwrap_or(0);
        if let (true, Some(article)) = (all_new, rollup.article(first)) {
            let reference = ArticleRef {
                article_id: rollup.id(first).to_owned(),
                language: rollup.languages.name(article.language).to_owned(),
                title: rollup.headline(story).map(str::to_owned),
                published: rollup.published(first),
                url: None,
            };
            changes.push(Change {
                row_id: Some(story_id(rollup.id(first))),
                text: Some(format!("{} articles", story.articles.len())),
                ..blank(ChangeKind::StoryNew, reference)
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::samples::{full_record, record};

    fn file(dir: &Path, name: &str, records: &[Record]) -> std::path::PathBuf {
        let path = dir.join(name);
        let lines: Vec<String> = records
            .iter()
            .map(|r| serde_json::to_string(r).unwrap())
            .collect();
        std::fs::write(&path, lines.join("\n")).unwrap();
        path
    }

    #[test]
    fn new_and_changed_things_are_told_with_both_evidences() {
        let dir = tempfile::tempdir().unwrap();
        let old = file(dir.path(), "old", &[full_record("a"), record("gone")]);
        let mut turned = full_record("b");
        turned.published = Some("2026-04-01".into());
        turned.stances[0].polarity = Polarity::Support;
        turned.stances[0].evidence.text = "Nu säger Åsa Lind ja.".into();
        turned.quotations[0].text = "Vi säger ja".into();
        let new = file(dir.path(), "new", &[full_record("a"), turned]);
        let changes = compare(&old, &new).unwrap();
        let kinds: Vec<&str> = changes.changes.iter().map(|c| c.change.as_str()).collect();
        assert_eq!(
            kinds,
            [
                "stance_changed",
                "quotation_new",
                "article_new",
                "article_gone"
            ]
        );
        let turn = &changes.changes[0];
        assert_eq!(turn.polarity_before, Some(Polarity::Oppose));
        assert_eq!(turn.polarity_after, Some(Polarity::Support));
        assert_eq!(turn.text.as_deref(), Some("Nu säger Åsa Lind ja."));
        assert!(turn.text_before.as_deref().unwrap().contains("nej"));
        assert_eq!(changes.changes[1].actor_known, Some(true));
        assert!(compare(&new, &new).unwrap().changes.is_empty());
    }
}
