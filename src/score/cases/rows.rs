//! Responsible for showing a record as the rows that examples list.

use crate::model::record::{Figure, Quotation, Record, Value};
use crate::model::span::byte_of_code_point;

/// The fences that can be expected.
pub(super) const KINDS: &str =
    "quotations, stances, figures, boxes, facts, blocks, summary, actors, language";

/// The rows of one kind, or nothing when there is no such kind.
pub(super) fn rows(record: &Record, kind: &str) -> Option<Vec<String>> {
    let record_rows: Vec<Vec<String>> = match kind {
        "quotations" => record
            .quotations
            .iter()
            .map(|q| quotation(record, q))
            .collect(),
        "stances" => record
            .stances
            .iter()
            .map(|s| {
                vec![
                    s.holder.name.clone(),
                    s.polarity.to_string(),
                    s.target.text.clone(),
                ]
            })
            .collect(),
        "figures" => record.figures.iter().map(figure).collect(),
        "boxes" => record
            .fact_boxes
            .iter()
            .flat_map(|b| {
                b.items
                    .iter()
                    .map(|i| vec![b.heading.clone(), i.text.clone()])
            })
            .collect(),
        "facts" => record
            .facts
            .iter()
            .map(|f| vec![f.kind.to_string(), f.status.to_string(), f.text.clone()])
            .collect(),
        "blocks" => record
            .blocks
            .iter()
            .map(|b| {
                vec![
                    b.kind.to_string(),
                    cut(record, b.span.start, b.span.end).to_owned(),
                ]
            })
            .collect(),
        "summary" => record
            .summary
            .iter()
            .map(|p| vec![p.text.clone()])
            .collect(),
        "actors" => record
            .actors
            .iter()
            .map(|a| {
                vec![
                    a.name.clone(),
                    a.kind.to_string(),
                    or_dash(a.role.as_deref()),
                ]
            })
            .collect(),
        "language" => {
            let language = &record.language;
            vec![vec![language.code.clone(), language.method.to_string()]]
        }
        _ => return None,
    };
    Some(record_rows.iter().map(|fields| line(fields)).collect())
}

/// A row as written in an example, in the spelling of [`rows`]; nothing for an empty line.
pub(super) fn tidy(written: &str) -> Option<String> {
    let escaped = written.replace("\\|", "\u{1}");
    let fields: Vec<String> = escaped
        .split('|')
        .map(|f| f.replace('\u{1}', "|"))
        .collect();
    (!written.trim().is_empty()).then(|| line(&fields))
}

fn quotation(record: &Record, q: &Quotation) -> Vec<String> {
    let pieces: Vec<&str> = q.spans.iter().map(|(a, b)| cut(record, *a, *b)).collect();
    let text = if pieces.is_empty() {
        q.text.clone()
    } else {
        pieces.join(" […] ")
    };
    vec![
        q.kind.to_string(),
        or_dash(q.speaker.as_ref().map(|s| s.name.as_str())),
        or_dash(q.cue.as_ref().map(|c| c.text.as_str())),
        text,
    ]
}

fn figure(figure: &Figure) -> Vec<String> {
    let value = figure.value.as_ref().map(|v| match v {
        Value::Integer(n) => n.to_string(),
        Value::Real(n) => n.to_string(),
        Value::Text(s) => s.clone(),
    });
    vec![
        figure.kind.to_string(),
        or_dash(value.as_deref()),
        or_dash(figure.unit.as_deref()),
        figure.text.clone(),
    ]
}

fn or_dash(value: Option<&str>) -> String {
    value.unwrap_or("-").to_owned()
}

/// A piece of the text by code points.
fn cut(record: &Record, start: u32, end: u32) -> &str {
    let at = |n| byte_of_code_point(&record.text, n);
    record.text.get(at(start)..at(end)).unwrap_or("")
}

/// Fields on one line: white space as one space, bars escaped.
fn line(fields: &[String]) -> String {
    let field = |f: &String| {
        f.split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .replace('|', "\\|")
    };
    fields.iter().map(field).collect::<Vec<_>>().join(" | ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_compared_without_regard_to_spacing() {
        assert_eq!(
            tidy("direct|A  B | - | x \\| y").as_deref(),
            Some("direct | A B | - | x \\| y")
        );
        assert_eq!(tidy("  "), None);
    }
}
