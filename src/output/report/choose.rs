//! Responsible for choosing what the report shows: the most quoted, the fullest, the largest, within
//! limits that keep the page small.

use std::collections::{BTreeMap, BTreeSet};

use super::harmless::{clean, day, safe_url};
use super::view::{
    Article, Bar, BoxView, Change, Evidence, FactView, Matrix, MatrixLink, MatrixRow, Quote,
    Reference, Report, Speaker, StanceGroup, StoryView,
};
use super::{Records, Source};
use crate::corpus::actors::Place;
use crate::corpus::matrix::{MatrixCell, Seen, Sides};
use crate::corpus::rollup::story_id;
use crate::corpus::{Group, Rollup};
use crate::error::Error;
use crate::model::record::{Fact, Quotation, Record, Stance, Time};
use crate::output::rows::{best_quotations, best_stances};

/// How much is shown.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Speakers.
    pub speakers: usize,
    /// Quotations of each.
    pub quotes: usize,
    /// Holders and targets in the matrix.
    pub matrix: (usize, usize),
    /// Pairs of holder and target with their evidence.
    pub stances: usize,
    /// Stories.
    pub stories: usize,
    /// Articles.
    pub articles: usize,
    /// Characters of a quoted text.
    pub text: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            speakers: 50,
            quotes: 6,
            matrix: (24, 12),
            stances: 250,
            stories: 40,
            articles: 400,
            text: 500,
        }
    }
}

/// Everything the page shows.
pub(super) fn view(
    source: &Source<'_>,
    limits: &Limits,
    records: &mut Records<'_>,
) -> Result<Report, Error> {
    let rollup = source.rollup;
    let articles = chosen_articles(rollup, limits.articles);
    let mut chooser = Chooser {
        rollup,
        limits,
        shown: articles.iter().copied().collect(),
        cache: BTreeMap::new(),
    };
    chooser.read_needed(records)?;
    let pairs = chooser.pairs();
    let processed = rollup.articles.iter().filter(|a| a.story.is_some()).count();
    let speakers = rollup.speakers();
    let mut full = Vec::with_capacity(articles.len());
    for number in &articles {
        if let Some(record) = records.get(*number)? {
            full.push(chooser.article(*number, &record));
        }
    }
    Ok(Report {
        version: env!("CARGO_PKG_VERSION"),
        counts: source.counts,
        total: rollup.total(),
        duplicates: rollup.duplicates(),
        story_count: rollup.stories.len(),
        speaker_count: speakers.len(),
        tables: source.only.tables().map(|id| id.table().name).collect(),
        xlsx: source.xlsx,
        languages: bars(&rollup.languages.ranked(), 60),
        sources: bars(&rollup.sources.ranked(), 10),
        speakers: chooser.speakers(),
        matrix: chooser.matrix(&pairs),
        stances: pairs
            .iter()
            .enumerate()
            .map(|(anchor, pair)| chooser.stance_group(anchor, pair))
            .collect(),
        stances_left_out: rollup.cells.len() - pairs.len(),
        changes: chooser.changes(),
        stories: chooser.stories(),
        articles_left_out: processed - full.len(),
        articles: full,
        problems: source.problems.clone(),
        since: source.since.map(|c| chooser.since(c)),
    })
}

/// All processed articles, or those with most in them; in input order.
fn chosen_articles(rollup: &Rollup, most: usize) -> Vec<u32> {
    let numbers = 0..rollup.articles.len() as u32;
    let mut all: Vec<u32> = numbers
        .filter(|n| rollup.article(*n).is_some_and(|a| a.story.is_some()))
        .collect();
    if all.len() > most {
        all.sort_by_key(|n| {
            let article = rollup.article(*n);
            let rank = article.map(|a| (a.duplicate_of.is_some(), std::cmp::Reverse(a.rows)));
            (rank, *n)
        });
        all.truncate(most);
        all.sort_unstable();
    }
    all
}

/// Bars of the largest groups.
fn bars(groups: &[(&str, Group)], most: usize) -> Vec<Bar> {
    let longest = groups.first().map_or(1, |(_, g)| g.articles.max(1));
    let bar = |(n, (name, group)): (usize, &(&str, Group))| Bar {
        name: clean(name, 80),
        length: group.articles * 1000 / longest,
        y: n * 26,
        group: *group,
    };
    groups.iter().take(most).enumerate().map(bar).collect()
}

/// The side of a cell as a whole.
fn side(sides: &Sides) -> &'static str {
    match (sides.support, sides.oppose) {
        (0, 0) => "other",
        (_, 0) => "support",
        (0, _) => "oppose",
        _ => "mixed",
    }
}

type Pair<'r> = &'r (u32, u32, MatrixCell);

/// What is kept of an article that something on the page refers to.
struct Known {
    reference: Reference,
    quotations: BTreeMap<u32, Quotation>,
    stances: BTreeMap<u32, Stance>,
    facts: Vec<Fact>,
}

pub(super) struct Chooser<'a> {
    pub(super) rollup: &'a Rollup,
    pub(super) limits: &'a Limits,
    pub(super) shown: BTreeSet<u32>,
    cache: BTreeMap<u32, Known>,
}

impl<'a> Chooser<'a> {
    /// Reads the articles that speakers, stances and stories refer to, in the file's order.
    fn read_needed(&mut self, records: &mut Records<'_>) -> Result<(), Error> {
        let mut quotes: BTreeSet<Place> = BTreeSet::new();
        let mut stances: BTreeSet<Place> = BTreeSet::new();
        let mut facts: BTreeSet<u32> = BTreeSet::new();
        for actor in self.rollup.speakers().iter().take(self.limits.speakers) {
            quotes.extend(actor.quoted_at.iter().take(self.limits.quotes));
        }
        for (_, _, cell) in self.pairs() {
            stances.extend(cell.seen.iter().map(|s| s.place));
        }
        for (_, _, old, new) in self.rollup.changes().iter().take(CHANGES) {
            stances.extend([old.place, new.place]);
        }
        for story in self.rollup.stories.iter().take(self.limits.stories) {
            facts.extend(story.articles.iter().take(MEMBERS));
        }
        let articles: BTreeSet<u32> = quotes
            .iter()
            .chain(&stances)
            .map(|p| p.article)
            .chain(facts.iter().copied())
            .collect();
        for number in articles {
            let Some(record) = records.get(number)? else {
                continue;
            };
            let reference = self.reference(number, &record);
            let here = |p: &Place| p.article == number;
            let rows = |set: &BTreeSet<Place>| -> BTreeSet<u32> {
                let from = Place {
                    article: number,
                    row: 0,
                };
                set.range(from..)
                    .take_while(|p| here(p))
                    .map(|p| p.row)
                    .collect()
            };
            let (wanted_quotes, wanted_stances) = (rows(&quotes), rows(&stances));
            let row = |id: &str| Place::new(number, id).row;
            self.cache.insert(
                number,
                Known {
                    reference,
                    quotations: record
                        .quotations
                        .into_iter()
                        .map(|q| (row(&q.id), q))
                        .filter(|(n, _)| wanted_quotes.contains(n))
                        .collect(),
                    stances: record
                        .stances
                        .into_iter()
                        .map(|s| (row(&s.id), s))
                        .filter(|(n, _)| wanted_stances.contains(n))
                        .collect(),
                    facts: if facts.contains(&number) {
                        record.facts.into_iter().take(4).collect()
                    } else {
                        Vec::new()
                    },
                },
            );
        }
        Ok(())
    }

    fn reference(&self, number: u32, record: &Record) -> Reference {
        let title = record.title.as_deref().filter(|t| !t.trim().is_empty());
        let first_line = record.text.lines().find(|l| !l.trim().is_empty());
        Reference {
            id: clean(&record.article_id, 60),
            title: clean(title.or(first_line).unwrap_or("(no text)").trim(), 160),
            language: clean(&record.language.code, 12),
            published: record.published.as_deref().map(day),
            source: record.source.as_deref().map(|s| clean(s, 60)),
            url: record.url.as_deref().and_then(safe_url),
            shown: self.shown.contains(&number),
        }
    }

    fn name(&self, actor: u32) -> String {
        let actor = self.rollup.actors.get(actor as usize);
        actor.map_or_else(String::new, |a| clean(&a.name, 120))
    }

    fn target(&self, target: u32) -> String {
        let target = self.rollup.targets.get(target as usize);
        target.map_or_else(String::new, |t| clean(&t.canonical, 120))
    }

    fn speakers(&self) -> Vec<Speaker> {
        let speakers = self.rollup.speakers().into_iter();
        let speaker = |(n, actor): (usize, &crate::corpus::actors::Entry)| {
            let quotes: Vec<Quote> = actor
                .quoted_at
                .iter()
                .take(self.limits.quotes)
                .filter_map(|place| {
                    let known = self.cache.get(&place.article)?;
                    let quotation = known.quotations.get(&place.row)?;
                    Some(self.quote(quotation, Some(known.reference.clone())))
                })
                .collect();
            Speaker {
                rank: n + 1,
                id: actor.id(),
                name: clean(&actor.name, 120),
                kind: actor.kind.as_str(),
                role: actor.role().map(|r| clean(r, 100)),
                affiliation: actor.affiliation().map(|a| clean(a, 100)),
                aliases: actor.aliases.iter().map(|a| clean(a, 80)).collect(),
                languages: self.rollup.languages_of(actor).map(str::to_owned).collect(),
                quotations: actor.quotations,
                stances: actor.stances,
                articles: actor.articles,
                left_out: actor.quotations.saturating_sub(quotes.len() as u32),
                quotes,
            }
        };
        speakers
            .take(self.limits.speakers)
            .enumerate()
            .map(speaker)
            .collect()
    }

    fn quote(&self, quotation: &Quotation, article: Option<Reference>) -> Quote {
        Quote {
            text: clean(&quotation.text, self.limits.text),
            kind: quotation.kind.as_str(),
            speaker: quotation.speaker.as_ref().map(|s| clean(&s.name, 120)),
            cue: quotation.cue.as_ref().map(|c| clean(&c.text, 60)),
            grade: quotation.grade.as_str(),
            article,
        }
    }

    /// The pairs of holder and target that the page shows: the fullest cells.
    fn pairs(&self) -> Vec<Pair<'a>> {
        self.rollup.cells.iter().take(self.limits.stances).collect()
    }

    /// The holders and targets that meet most often.
    fn matrix(&self, pairs: &[Pair<'a>]) -> Matrix {
        let mut by_target: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
        for (_, target, cell) in pairs {
            let entry = by_target.entry(*target).or_default();
            entry.0 += 1;
            entry.1 += cell.sides.total();
        }
        let mut targets: Vec<(u32, (u32, u32))> = by_target.into_iter().collect();
        targets.sort_by_key(|(target, weight)| (std::cmp::Reverse(*weight), *target));
        targets.truncate(self.limits.matrix.1);
        let mut rows: BTreeMap<u32, Vec<Option<MatrixLink>>> = BTreeMap::new();
        for (anchor, (holder, target, cell)) in pairs.iter().enumerate() {
            let Some(column) = targets.iter().position(|(t, _)| t == target) else {
                continue;
            };
            let row = rows
                .entry(*holder)
                .or_insert_with(|| (0..targets.len()).map(|_| None).collect());
            row[column] = Some(MatrixLink {
                anchor,
                sides: cell.sides,
                side: side(&cell.sides),
            });
        }
        let mut rows: Vec<_> = rows.into_iter().collect();
        rows.sort_by_key(|(holder, cells)| {
            (std::cmp::Reverse(cells.iter().flatten().count()), *holder)
        });
        rows.truncate(self.limits.matrix.0);
        Matrix {
            targets: targets.iter().map(|(t, _)| self.target(*t)).collect(),
            rows: rows
                .into_iter()
                .map(|(holder, cells)| MatrixRow {
                    holder: self.name(holder),
                    cells,
                })
                .collect(),
        }
    }

    fn stance_group(&self, anchor: usize, (holder, target, cell): Pair<'a>) -> StanceGroup {
        let evidence: Vec<Evidence> = cell.seen.iter().filter_map(|s| self.evidence(*s)).collect();
        let entry = self.rollup.targets.get(*target as usize);
        StanceGroup {
            anchor,
            holder: self.name(*holder),
            target: self.target(*target),
            language: entry.map_or_else(String::new, |t| t.language.clone()),
            sides: cell.sides,
            side: side(&cell.sides),
            left_out: cell.sides.total().saturating_sub(evidence.len() as u32),
            evidence,
        }
    }

    fn evidence(&self, seen: Seen) -> Option<Evidence> {
        let known = self.cache.get(&seen.place.article)?;
        let stance = known.stances.get(&seen.place.row)?;
        Some(self.evidence_of(stance, known.reference.clone()))
    }

    fn evidence_of(&self, stance: &Stance, article: Reference) -> Evidence {
        Evidence {
            polarity: stance.polarity.as_str(),
            strength: stance.strength.as_str(),
            past: stance.time == Time::Past,
            condition: stance.condition.as_deref().map(|c| clean(c, 200)),
            target: clean(&stance.target.text, 200),
            text: clean(&stance.evidence.text, self.limits.text),
            grade: stance.grade.as_str(),
            article,
        }
    }

    fn changes(&self) -> Vec<Change> {
        let changes = self.rollup.changes().into_iter().take(CHANGES);
        changes
            .filter_map(|(holder, target, old, new)| {
                Some(Change {
                    holder: self.name(holder),
                    target: self.target(target),
                    from: self.evidence(old)?,
                    to: self.evidence(new)?,
                })
            })
            .collect()
    }

    fn stories(&self) -> Vec<StoryView> {
        let stories = self.rollup.stories.iter().take(self.limits.stories);
        stories
            .map(|story| {
                let known: Vec<&Known> = story
                    .articles
                    .iter()
                    .take(MEMBERS)
                    .filter_map(|n| self.cache.get(n))
                    .collect();
                let first = story.articles.first().copied().unwrap_or(0);
                let mut facts: Vec<FactView> = Vec::new();
                for member in &known {
                    for fact in member
                        .facts
                        .iter()
                        .take(if known.len() > 2 { 2 } else { 4 })
                    {
                        let view = self.fact(fact, &member.reference);
                        if facts.len() < 8 && facts.iter().all(|f| f.text != view.text) {
                            facts.push(view);
                        }
                    }
                }
                StoryView {
                    id: story_id(self.rollup.id(first)),
                    title: known
                        .first()
                        .map_or_else(String::new, |k| k.reference.title.clone()),
                    articles: story.articles.len(),
                    distinct: story.distinct,
                    left_out: story.articles.len() - known.len(),
                    members: known.iter().map(|k| k.reference.clone()).collect(),
                    facts,
                }
            })
            .collect()
    }

    fn fact(&self, fact: &Fact, article: &Reference) -> FactView {
        FactView {
            text: clean(&fact.text, self.limits.text),
            kind: fact.kind.as_str(),
            status: fact.status.as_str(),
            language: article.language.clone(),
            article: article.title.clone(),
        }
    }

    fn article(&self, number: u32, record: &Record) -> Article {
        let reference = self.reference(number, record);
        let mut facts: Vec<&Fact> = record.facts.iter().collect();
        facts.sort_by_key(|f| f.rank);
        let copied = self.rollup.article(number).and_then(|a| a.duplicate_of);
        let boxes = record.fact_boxes.iter().take(4).map(|b| BoxView {
            heading: clean(&b.heading, 160),
            items: b
                .items
                .iter()
                .take(12)
                .map(|i| clean(&i.text, 300))
                .collect(),
            source: b.source.as_deref().map(|s| clean(s, 120)),
        });
        let stances = best_stances(record, 6);
        let summary: Vec<&str> = record.summary.iter().map(|p| p.text.as_str()).collect();
        Article {
            status: record.status.as_str(),
            support: record.support.as_str(),
            duplicate_of: copied.map(|n| self.rollup.id(n).to_owned()),
            summary: clean(&summary.join(" "), 900),
            boxes: boxes.collect(),
            facts: facts
                .iter()
                .take(4)
                .map(|f| self.fact(f, &reference))
                .collect(),
            quotes: best_quotations(record, 4)
                .into_iter()
                .map(|q| self.quote(q, None))
                .collect(),
            holders: stances.iter().map(|s| clean(&s.holder.name, 120)).collect(),
            stances: stances
                .iter()
                .map(|s| self.evidence_of(s, reference.clone()))
                .collect(),
            quotations: record.quotations.len(),
            figures: record.figures.len(),
            problems: record
                .problems
                .iter()
                .take(4)
                .map(|p| clean(&p.message, 200))
                .collect(),
            reference,
        }
    }
}

/// Articles listed of a story.
const MEMBERS: usize = 12;
/// Changes of side shown.
const CHANGES: usize = 60;
