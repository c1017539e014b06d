//! Responsible for the rows of the tables that come from the whole corpus: actors, actors by article,
//! stories.

use super::cell::Cell;
use super::tables::TableId;
use crate::corpus::actors::Entry;
use crate::corpus::rollup::story_id;
use crate::corpus::{Rollup, Story};
use crate::error::Error;

/// Takes the cells of one row.
pub type Emit<'e> = dyn FnMut(&[Cell<'_>]) -> Result<(), Error> + 'e;

/// Gives `emit` the rows of one table of the whole corpus.
///
/// # Errors
/// What `emit` returns.
pub fn corpus_rows(rollup: &Rollup, id: TableId, emit: &mut Emit<'_>) -> Result<(), Error> {
    match id {
        TableId::Actors => rollup
            .actors
            .iter()
            .try_for_each(|a| emit(&actor(rollup, a))),
        TableId::ArticleActors => article_actors(rollup, emit),
        TableId::Stories => rollup
            .stories
            .iter()
            .try_for_each(|s| emit(&story(rollup, s))),
        _ => Ok(()),
    }
}

fn listed<'a>(all: impl IntoIterator<Item = &'a str>) -> Cell<'static> {
    let all: Vec<&str> = all.into_iter().collect();
    (!all.is_empty()).then(|| all.join("; ")).into()
}

fn actor<'r>(rollup: &'r Rollup, actor: &'r Entry) -> Vec<Cell<'r>> {
    vec![
        actor.id().into(),
        (&actor.name).into(),
        actor.kind.as_str().into(),
        actor.role().into(),
        actor.affiliation().into(),
        listed(actor.aliases.iter().map(String::as_str)),
        listed(rollup.languages_of(actor)),
        actor.articles.into(),
        actor.quotations.into(),
        actor.stances.into(),
        actor.support.into(),
        actor.oppose.into(),
        rollup.id(actor.first_article).into(),
        rollup.published(actor.first_article).into(),
        listed(actor.merged_by.iter().copied()),
        Cell::Truncated,
    ]
}

fn article_actors(rollup: &Rollup, emit: &mut Emit<'_>) -> Result<(), Error> {
    let (mut article, mut nth) = (u32::MAX, 0);
    for mention in &rollup.mentions {
        nth = if mention.article == article {
            nth + 1
        } else {
            1
        };
        article = mention.article;
        let Some((entry, actor)) = rollup
            .article(article)
            .zip(rollup.actors.get(mention.entry as usize))
        else {
            continue;
        };
        emit(&[
            format!("{}-a{nth:03}", rollup.id(article)).into(),
            rollup.id(article).into(),
            actor.id().into(),
            (&actor.name).into(),
            rollup.languages.name(entry.language).into(),
            mention.quotations.into(),
            mention.stances.into(),
        ])?;
    }
    Ok(())
}

fn story<'r>(rollup: &'r Rollup, story: &'r Story) -> Vec<Cell<'r>> {
    let first = story.articles.first().copied().unwrap_or(0);
    let members = || story.articles.iter().filter_map(|n| rollup.article(*n));
    let mut languages: Vec<&str> = members()
        .map(|a| rollup.languages.name(a.language))
        .collect();
    languages.sort_unstable();
    languages.dedup();
    let mut sources: Vec<u32> = members().filter_map(|a| a.source).collect();
    sources.sort_unstable();
    sources.dedup();
    let days = || members().filter_map(|a| a.day);
    let day = |d: Option<i32>| Cell::from(d.map(crate::model::dates::iso_day));
    vec![
        story_id(rollup.id(first)).into(),
        rollup.id(first).into(),
        rollup.headline(story).into(),
        story.articles.len().into(),
        story.distinct.into(),
        listed(languages),
        sources.len().into(),
        day(days().min()),
        day(days().max()),
        names(rollup, story),
        listed(story.articles.iter().map(|n| rollup.id(*n))),
        Cell::Truncated,
    ]
}

/// Actors that stand in at least two of the story's articles.
fn names(rollup: &Rollup, story: &Story) -> Cell<'static> {
    let mut counts: std::collections::BTreeMap<u32, u32> = std::collections::BTreeMap::new();
    for number in &story.articles {
        // Mentions are sorted by article.
        let from = rollup.mentions.partition_point(|m| m.article < *number);
        let own = rollup.mentions[from..].iter();
        for mention in own.take_while(|m| m.article == *number) {
            *counts.entry(mention.entry).or_default() += 1;
        }
    }
    let shared = counts.iter().filter(|(_, n)| **n > 1);
    listed(
        shared
            .filter_map(|(entry, _)| rollup.actors.get(*entry as usize))
            .take(20)
            .map(|a| a.name.as_str()),
    )
}
