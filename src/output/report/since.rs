//! Responsible for the report's section on what changed since the run before.

use std::collections::BTreeMap;

use super::choose::Chooser;
use super::harmless::{clean, day, safe_url};
use super::view::{Reference, Since, SinceRow};
use crate::corpus::diff::Changes;
use crate::model::record::Polarity;

/// Changes of each kind that are shown.
const SINCE: usize = 12;

/// `stance_new` as people say it: `new stance`, `new stances`.
fn in_words(kind: &str, count: u64) -> String {
    let (what, how) = kind.split_once('_').unwrap_or((kind, ""));
    let what = match (count, what.strip_suffix('y')) {
        (1, _) => what.to_owned(),
        (_, Some(stem)) => format!("{stem}ies"),
        (_, None) => format!("{what}s"),
    };
    format!("{how} {what}")
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
                    kind: in_words(change.change.as_str(), 1),
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
            counts: counts.map(|(kind, n)| (in_words(kind, *n), *n)).collect(),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_named_as_people_do() {
        let words = [("stance_changed", 1), ("story_new", 2), ("article_gone", 0)];
        let words = words.map(|(kind, n)| in_words(kind, n));
        assert_eq!(words, ["changed stance", "new stories", "gone articles"]);
    }
}
