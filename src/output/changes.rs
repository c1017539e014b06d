//! Responsible for writing what changed between two runs, as CSV and JSON.

use super::cell::{Cell, Changes as CellChanges, write_row};
use super::options::Dialect;
use crate::corpus::diff::{Change, Changes};
use crate::model::record::Polarity;

/// The columns of `changes.csv`.
const COLUMNS: [&str; 17] = [
    "change",
    "article_id",
    "language",
    "title",
    "published",
    "url",
    "row_id",
    "actor",
    "actor_known",
    "target",
    "polarity_before",
    "polarity_after",
    "text",
    "text_before",
    "article_id_before",
    "published_before",
    "truncated",
];

/// `changes.csv`.
pub fn to_csv(changes: &Changes, dialect: &Dialect) -> Vec<u8> {
    let mut out = Vec::new();
    if dialect.bom {
        out.extend_from_slice("\u{feff}".as_bytes());
    }
    let mut counted = CellChanges::default();
    write_row(&mut out, &COLUMNS.map(Cell::from), dialect, &mut counted);
    for change in &changes.changes {
        write_row(&mut out, &cells(change), dialect, &mut counted);
    }
    out
}

/// `changes.json`.
pub fn to_json(changes: &Changes) -> String {
    let mut text = serde_json::to_string_pretty(changes).unwrap_or_default();
    text.push('\n');
    text
}

fn cells(change: &Change) -> [Cell<'_>; COLUMNS.len()] {
    let article = &change.article;
    let before = change.article_before.as_ref();
    [
        change.change.as_str().into(),
        (&article.article_id).into(),
        (&article.language).into(),
        article.title.as_ref().into(),
        article.published.as_ref().into(),
        article.url.as_ref().into(),
        change.row_id.as_ref().into(),
        change.actor.as_ref().into(),
        change.actor_known.into(),
        change.target.as_ref().into(),
        change.polarity_before.map(Polarity::as_str).into(),
        change.polarity_after.map(Polarity::as_str).into(),
        change.text.as_ref().into(),
        change.text_before.as_ref().into(),
        before.map(|b| &b.article_id).into(),
        before.and_then(|b| b.published.as_ref()).into(),
        Cell::Truncated,
    ]
}
