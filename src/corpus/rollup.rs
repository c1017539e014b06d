//! Responsible for the finished corpus: counts by language and publisher, stories, actors, holder ×
//! target; and for writing them as `corpus.json`.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Serialize;
use serde_json::{Value, json};

use super::actors::{Entry, Mention};
use super::articles::{ArticleEntry, Articles};
use super::matrix::{MatrixCell, Seen, TargetEntry};
use crate::model::dates::iso_day;
use crate::model::record::Record;

/// Speakers in `corpus.json`.
const SPEAKERS: usize = 200;
/// Cells of the matrix and targets in `corpus.json`; `stances.csv` has all.
const CELLS: usize = 2_000;
/// Publishers and stories in `corpus.json`.
const LISTED: usize = 500;

/// Counts of one language or one publisher; rows of copies are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Group {
    /// Articles.
    pub articles: u64,
    /// Those that repeat an earlier text.
    pub duplicates: u64,
    /// Fact boxes.
    pub fact_boxes: u64,
    /// Key facts.
    pub facts: u64,
    /// Figures.
    pub figures: u64,
    /// Quotations.
    pub quotations: u64,
    /// Quotations with a speaker.
    pub attributed: u64,
    /// Stances.
    pub stances: u64,
}

impl Group {
    fn add(&mut self, record: &Record, copy: bool) {
        self.articles += 1;
        if copy {
            self.duplicates += 1;
            return;
        }
        let attributed = record.quotations.iter().filter(|q| q.speaker.is_some());
        self.fact_boxes += record.fact_boxes.len() as u64;
        self.facts += record.facts.len() as u64;
        self.figures += record.figures.len() as u64;
        self.quotations += record.quotations.len() as u64;
        self.attributed += attributed.count() as u64;
        self.stances += record.stances.len() as u64;
    }

    /// Adds another group's counts.
    fn plus(&mut self, other: Self) {
        self.articles += other.articles;
        self.duplicates += other.duplicates;
        self.fact_boxes += other.fact_boxes;
        self.facts += other.facts;
        self.figures += other.figures;
        self.quotations += other.quotations;
        self.attributed += other.attributed;
        self.stances += other.stances;
    }
}

/// Named groups with their counts.
#[derive(Debug, Default)]
pub struct Groups {
    names: Vec<String>,
    counts: Vec<Group>,
    by_name: FxHashMap<String, u32>,
}

impl Groups {
    /// The number of a group, a new one when there is none.
    pub(super) fn number(&mut self, name: &str) -> u32 {
        self.by_name.get(name).copied().unwrap_or_else(|| {
            let next = self.names.len() as u32;
            self.names.push(name.to_owned());
            self.counts.push(Group::default());
            self.by_name.insert(name.to_owned(), next);
            next
        })
    }

    /// Counts a record in a group and returns the group's number.
    pub(super) fn add(&mut self, name: &str, record: &Record, copy: bool) -> u32 {
        let number = self.number(name);
        if let Some(group) = self.counts.get_mut(number as usize) {
            group.add(record, copy);
        }
        number
    }

    /// The name of a group.
    pub fn name(&self, number: u32) -> &str {
        self.names.get(number as usize).map_or("", String::as_str)
    }

    /// The groups, the largest first.
    pub fn ranked(&self) -> Vec<(&str, Group)> {
        let names = self.names.iter().map(String::as_str);
        let counts = self.counts.iter().copied();
        let mut all: Vec<_> = names.zip(counts).filter(|(_, g)| g.articles > 0).collect();
        all.sort_by(|a, b| b.1.articles.cmp(&a.1.articles).then(a.0.cmp(b.0)));
        all
    }
}

/// Articles about one event.
#[derive(Debug, Clone)]
pub struct Story {
    /// The articles in input order.
    pub articles: Vec<u32>,
    /// How many of them are no copies.
    pub distinct: u32,
}

/// Actors and where they are.
#[derive(Debug, Default)]
pub(super) struct Who {
    pub(super) actors: Vec<Entry>,
    pub(super) mentions: Vec<Mention>,
    pub(super) way: Vec<u32>,
}

/// Holder × target.
#[derive(Debug, Default)]
pub(super) struct Where {
    pub(super) cells: BTreeMap<(u32, u32), MatrixCell>,
    pub(super) targets: Vec<TargetEntry>,
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

/// The finished corpus.
#[derive(Debug, Default)]
pub struct Rollup {
    /// Articles in input order.
    pub articles: Articles,
    /// Languages.
    pub languages: Groups,
    /// Publishers.
    pub sources: Groups,
    /// Stories of two or more articles, the largest first.
    pub stories: Vec<Story>,
    /// Actors, the most quoted first.
    pub actors: Vec<Entry>,
    /// Actors in articles, in input order; `entry` is an index into `actors`.
    pub mentions: Vec<Mention>,
    /// Holder × target, by index into `actors` and `targets`; the fullest cells first.
    pub cells: Vec<(u32, u32, MatrixCell)>,
    /// Targets.
    pub targets: Vec<TargetEntry>,
}

/// The id of a story from its first article's id.
pub fn story_id(first: &str) -> String {
    first.replacen("art_", "sty_", 1)
}

impl Rollup {
    pub(super) fn new(
        articles: Articles,
        languages: Groups,
        sources: Groups,
        story_count: usize,
        who: Who,
        place: Where,
    ) -> Self {
        let mut order: Vec<u32> = (0..who.actors.len() as u32).collect();
        order.sort_by_key(|n| {
            let actor = &who.actors[*n as usize];
            let weight = (actor.quotations + actor.stances, actor.articles);
            (std::cmp::Reverse(weight), *n)
        });
        let mut rank = vec![0u32; order.len()];
        for (to, from) in order.iter().enumerate() {
            rank[*from as usize] = to as u32;
        }
        let (mut actors, mut places) = (who.actors, rank.clone());
        for n in 0..actors.len() {
            // Each swap brings one actor to its place.
            while places[n] as usize != n {
                let to = places[n] as usize;
                actors.swap(n, to);
                places.swap(n, to);
            }
        }
        let mentions = who
            .mentions
            .into_iter()
            .map(|m| Mention {
                entry: rank[who.way[m.entry as usize] as usize],
                ..m
            })
            .collect();
        let mut cells: Vec<_> = place
            .cells
            .into_iter()
            .map(|((holder, target), cell)| (rank[holder as usize], target, cell))
            .collect();
        cells.sort_by_key(|(holder, target, cell)| {
            (std::cmp::Reverse(cell.sides.total()), *holder, *target)
        });
        let stories = stories(&articles, story_count);
        Self {
            articles,
            languages,
            sources,
            stories,
            actors,
            mentions: joined(mentions),
            cells,
            targets: place.targets,
        }
    }

    /// The article with a number.
    pub fn article(&self, number: u32) -> Option<ArticleEntry> {
        self.articles.get(number)
    }

    /// The id of an article.
    pub fn id(&self, number: u32) -> &str {
        self.articles.id(number)
    }

    /// The headline of a story's first article.
    pub fn headline(&self, story: &Story) -> Option<&str> {
        let first = self.article(*story.articles.first()?)?;
        self.articles.headline(first.story?)
    }

    /// The date of an article.
    pub fn published(&self, number: u32) -> Option<String> {
        self.article(number)?.day.map(iso_day)
    }

    /// Articles that repeat an earlier text.
    pub fn duplicates(&self) -> u64 {
        let copies = self.articles.iter().filter(|a| a.duplicate_of.is_some());
        copies.count() as u64
    }

    /// The counts over all languages.
    pub fn total(&self) -> Group {
        let mut total = Group::default();
        for (_, group) in self.languages.ranked() {
            total.plus(group);
        }
        total
    }

    /// Actors with quotations, the most quoted first.
    pub fn speakers(&self) -> Vec<&Entry> {
        let mut all: Vec<&Entry> = self.actors.iter().filter(|a| a.quotations > 0).collect();
        all.sort_by_key(|a| std::cmp::Reverse((a.quotations, a.articles)));
        all
    }

    /// Holders that went from one side to the other: holder, target, old and new stance.
    pub fn changes(&self) -> Vec<(u32, u32, Seen, Seen)> {
        let changed = |(holder, target, cell): &(u32, u32, MatrixCell)| {
            let (old, new) = cell.change()?;
            Some((*holder, *target, old, new))
        };
        self.cells.iter().filter_map(changed).collect()
    }

    /// `corpus.json`.
    pub fn to_json(&self) -> Value {
        let (languages, sources) = (self.languages.ranked(), self.sources.ranked());
        let named = |(name, group): &(&str, Group)| {
            let mut value = json!(group);
            value["name"] = json!(name);
            value
        };
        let speakers = self.speakers();
        json!({
            "schema_version": crate::model::record::SCHEMA_VERSION,
            "note": "rows of articles with duplicate_of are counted once, with the first article",
            "total": self.total(),
            "languages": languages.iter().map(named).collect::<Vec<_>>(),
            "sources": sources.iter().take(LISTED).map(named).collect::<Vec<_>>(),
            "sources_left_out": sources.len().saturating_sub(LISTED),
            "top_speakers": speakers.iter().take(SPEAKERS).map(|a| self.speaker(a)).collect::<Vec<_>>(),
            "speakers": speakers.len(),
            "stance_matrix": self.cells.iter().take(CELLS).map(|c| self.cell(c)).collect::<Vec<_>>(),
            "stance_matrix_left_out": self.cells.len().saturating_sub(CELLS),
            "targets": self.ranked_targets(),
            "stance_changes": self.changes().iter().map(|c| self.changed(c)).collect::<Vec<_>>(),
            "stories": self.stories.iter().take(LISTED).map(|s| self.story(s)).collect::<Vec<_>>(),
            "stories_left_out": self.stories.len().saturating_sub(LISTED),
        })
    }

    fn actor_name(&self, n: u32) -> (String, &str) {
        let actor = self.actors.get(n as usize);
        actor.map_or((String::new(), ""), |a| (a.id(), &a.name))
    }

    fn target_name(&self, n: u32) -> &str {
        self.targets.get(n as usize).map_or("", |t| &t.canonical)
    }

    fn stance_id(&self, seen: Seen) -> String {
        format!("{}-s{:03}", self.id(seen.place.article), seen.place.row)
    }

    fn cell(&self, (holder, target, cell): &(u32, u32, MatrixCell)) -> Value {
        let (id, name) = self.actor_name(*holder);
        let stances = cell.seen.iter().map(|s| self.stance_id(*s));
        json!({
            "holder_id": id,
            "holder": name,
            "target": self.target_name(*target),
            "language": self.targets.get(*target as usize).map(|t| &t.language),
            "sides": cell.sides,
            "stances": stances.collect::<Vec<_>>(),
        })
    }

    fn ranked_targets(&self) -> Vec<Value> {
        let mut holders: BTreeMap<u32, u32> = BTreeMap::new();
        for (_, target, _) in &self.cells {
            *holders.entry(*target).or_default() += 1;
        }
        let mut order: Vec<u32> = (0..self.targets.len() as u32).collect();
        order.sort_by_key(|n| {
            (
                std::cmp::Reverse(self.targets[*n as usize].sides.total()),
                *n,
            )
        });
        let target = |n: &u32| {
            let target = self.targets.get(*n as usize)?;
            Some(json!({
                "canonical": target.canonical,
                "language": target.language,
                "forms": target.forms,
                "sides": target.sides,
                "holders": holders.get(n),
            }))
        };
        order.iter().take(CELLS).filter_map(target).collect()
    }

    fn changed(&self, (holder, target, old, new): &(u32, u32, Seen, Seen)) -> Value {
        let (id, name) = self.actor_name(*holder);
        let side = |seen: &Seen| {
            json!({
                "polarity": seen.polarity,
                "stance_id": self.stance_id(*seen),
                "published": seen.day.map(iso_day),
            })
        };
        json!({
            "holder_id": id,
            "holder": name,
            "target": self.target_name(*target),
            "from": side(old),
            "to": side(new),
        })
    }

    fn story(&self, story: &Story) -> Value {
        let first = story.articles.first().copied().unwrap_or(0);
        let ids = story.articles.iter().take(LISTED).map(|n| self.id(*n));
        json!({
            "story_id": story_id(self.id(first)),
            "title": self.headline(story),
            "articles": story.articles.len(),
            "distinct": story.distinct,
            "article_ids": ids.collect::<Vec<_>>(),
        })
    }

    /// The languages that name an actor.
    pub fn languages_of<'r>(&'r self, actor: &'r Entry) -> impl Iterator<Item = &'r str> {
        let numbers = actor.languages.iter();
        numbers.map(|number| self.languages.name(*number))
    }

    fn speaker(&self, actor: &Entry) -> Value {
        json!({
            "actor_id": actor.id(),
            "name": actor.name,
            "kind": actor.kind,
            "role": actor.role(),
            "affiliation": actor.affiliation(),
            "languages": self.languages_of(actor).collect::<Vec<_>>(),
            "articles": actor.articles,
            "quotations": actor.quotations,
            "stances": actor.stances,
            "support": actor.support,
            "oppose": actor.oppose,
        })
    }

    /// What the last screen says.
    pub fn overview(&self) -> Overview {
        let languages = self.languages.ranked().into_iter();
        Overview {
            languages: languages.map(|(n, g)| (n.to_owned(), g)).collect(),
            top_speakers: self
                .speakers()
                .iter()
                .take(10)
                .map(|a| (a.name.clone(), u64::from(a.quotations)))
                .collect(),
            duplicates: self.duplicates(),
            stories: self.stories.len() as u64,
        }
    }
}

/// Stories of two or more articles, the largest first.
fn stories(articles: &Articles, count: usize) -> Vec<Story> {
    // Most stories are one article's: those that are kept are known before any is made.
    let mut sizes = vec![0u32; count];
    for story in articles.iter().filter_map(|a| a.story) {
        if let Some(size) = sizes.get_mut(story as usize) {
            *size += 1;
        }
    }
    let mut all = Vec::new();
    // From here on the number of a kept story among those, from 1; 0 for the others.
    for size in &mut sizes {
        let members = std::mem::take(size) as usize;
        if members > 1 {
            all.push(Story {
                articles: Vec::with_capacity(members),
                distinct: 0,
            });
            *size = all.len() as u32;
        }
    }
    for (number, article) in articles.iter().enumerate() {
        let kept = article.story.and_then(|s| sizes.get(s as usize));
        let story = kept.and_then(|n| all.get_mut((*n as usize).checked_sub(1)?));
        if let Some(story) = story {
            story.articles.push(number as u32);
            story.distinct += u32::from(article.duplicate_of.is_none());
        }
    }
    all.sort_by_key(|s| {
        let first = s.articles.first().copied();
        (std::cmp::Reverse((s.distinct, s.articles.len())), first)
    });
    all
}

/// One mention for each actor and article, when spellings of one article were joined.
fn joined(mut mentions: Vec<Mention>) -> Vec<Mention> {
    // Where the article at hand begins among those that stay, and where these end.
    let (mut from, mut end) = (0, 0);
    for n in 0..mentions.len() {
        let mention = mentions[n];
        if mentions[..end]
            .get(from)
            .is_some_and(|m| m.article != mention.article)
        {
            from = end;
        }
        let same = mentions[from..end].iter_mut();
        if let Some(same) = same.into_iter().find(|m| m.entry == mention.entry) {
            same.quotations += mention.quotations;
            same.stances += mention.stances;
        } else {
            mentions[end] = mention;
            end += 1;
        }
    }
    mentions.truncate(end);
    mentions
}
