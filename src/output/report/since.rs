//! Responsible for the report's section on what changed since the run before.

use std::collections::BTreeMap;

use super::choose::Chooser;
use super::harmless::{clean, day, safe_url};
use super::view::{Reference, Since, SinceRow};
use crate::corpus::diff::Changes;
use crate::model::record::Polarity;

/// Changes of each kind that are shown.
const SINCE: usize = 12;

/// `stance_new` as people say it: `new stance`.
fn in_words(kind: &str) -> String {
    match kind.split_once('_') {
        Some((what, how)) => format!("{how} {what}"),
        None => kind.to_owned(),
    }
}

impl Chooser<'_> {
    /// What changed since the run before: every kind, the weightiest first, some of each.
    pub(super) fn since(&self, changes: &Changes) -> Since {
        let mut taken: BTreeMap<&str, usize> = BTreeMap::new();
        let chosen = changes.changes.iter().filter(|change| {
            let n = taken.entry(change.change.as_str()).or_default();
            *n += 1;
            *n <= SINCE
        });
        let rows: Vec<SinceRow> = chosen
            .map(|change| {
                let article = &change.article;
                let number = self.by_id(&article.article_id);
                let text = |t: &Option<String>| t.as_deref().map(|t| clean(t, self.limits.text));
                SinceRow {
                    kind: in_words(change.change.as_str()),
                    actor: change.actor.as_deref().map(|a| clean(a, 120)),
                    known: change.actor_known.unwrap_or(true),
                    target: change.target.as_deref().map(|t| clean(t, 120)),
                    before: change.polarity_before.map(Polarity::as_str),
                    after: change.polarity_after.map(Polarity::as_str),
                    text: text(&change.text),
                    text_before: text(&change.text_before),
                    article: Reference {
                        id: clean(&article.article_id, 60),
                        title: clean(article.title.as_deref().unwrap_or("(no title)"), 160),
                        language: clean(&article.language, 12),
                        published: article.published.as_deref().map(day),
                        source: None,
                        url: article.url.as_deref().and_then(safe_url),
                        shown: number.is_some_and(|n| self.shown.contains(&n)),
                    },
                }
            })
            .collect();
        let counts = changes.counts.iter();
        Since {
            counts: counts.map(|(kind, n)| (in_words(kind), *n)).collect(),
            left_out: changes.changes.len() - rows.len(),
            rows,
        }
    }

    /// The number of a shown article.
    fn by_id(&self, id: &str) -> Option<u32> {
        self.shown
            .iter()
            .copied()
            .find(|n| self.rollup.id(*n) == id)
    }
}
