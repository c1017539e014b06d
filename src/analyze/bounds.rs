//! Responsible for the most rows that one article may have: what has more is no article but a list or an
//! attack, and must not drown the others' rows.

use crate::model::problem::{Code, Problem};
use crate::model::record::Record;

/// The most rows of a kind: a hundred times what a long article has.
const ROWS: usize = 5_000;

/// Cuts what is over the bound, in reading order, and says so.
pub(super) fn apply(record: &mut Record) {
    let mut cut = Vec::new();
    let mut bound = |kind: &str, rows: usize| {
        if rows > ROWS {
            cut.push(format!("{rows} {kind}"));
        }
    };
    bound("quotations", record.quotations.len());
    bound("stances", record.stances.len());
    bound("figures", record.figures.len());
    bound("actors", record.actors.len());
    bound("facts", record.facts.len());
    bound("fact boxes", record.fact_boxes.len());
    if cut.is_empty() {
        return;
    }
    record.quotations.truncate(ROWS);
    record.stances.truncate(ROWS);
    record.figures.truncate(ROWS);
    record.actors.truncate(ROWS);
    record.facts.truncate(ROWS);
    record.fact_boxes.truncate(ROWS);
    let last = record.quotations.last().map(|q| q.id.clone());
    for stance in &mut record.stances {
        let id = stance.quotation_id.as_deref();
        // Ids count up: `q5001` is longer than `q999` and comes after it.
        let is_gone = |id: &str| {
            last.as_deref()
                .is_none_or(|l| (id.len(), id) > (l.len(), l))
        };
        if id.is_some_and(is_gone) {
            stance.quotation_id = None;
        }
    }
    let message = format!(
        "the text gives {}; the first {ROWS} are kept",
        cut.join(", ")
    );
    record
        .problems
        .push(Problem::new(Code::WTruncated, message));
}
