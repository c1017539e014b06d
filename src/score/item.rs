//! Responsible for reading annotated articles and records for comparison. Gold and system differ a
//! little in form (`"speaker": "…"` against `"speaker": {"name": "…"}`); both are read the same way.

use serde_json::Value;

use super::text::Range;

/// One article of gold or of a system.
#[derive(Debug, Default)]
pub struct Item {
    /// The gold's `id`, the record's `source_id`.
    pub id: String,
    /// The language code.
    pub language: String,
    /// The text; a record without one is not checked for changes.
    pub text: Option<String>,
    pub(super) quotations: Vec<Quotation>,
    pub(super) stances: Vec<Stance>,
    pub(super) facts: Vec<Fact>,
    pub(super) figures: Vec<Figure>,
    /// The items of all fact boxes.
    pub(super) box_items: Vec<Range>,
    /// Reference summaries, or the sentences of one summary.
    pub(super) summary: Vec<String>,
}

/// What every row has.
#[derive(Debug, Default, Clone)]
pub(super) struct Row {
    /// Gold that neither helps nor hurts.
    pub(super) optional: bool,
    /// The rule of a system row, without its language.
    pub(super) rule: String,
}

#[derive(Debug, Clone)]
pub(super) struct Quotation {
    pub(super) row: Row,
    pub(super) kind: String,
    pub(super) spans: Vec<Range>,
    pub(super) speaker: Option<String>,
    pub(super) text: String,
}

#[derive(Debug, Clone)]
pub(super) struct Stance {
    pub(super) row: Row,
    pub(super) holder: Option<String>,
    pub(super) holder_span: Option<Range>,
    pub(super) target: String,
    pub(super) polarity: String,
    pub(super) evidence: Option<Range>,
}

#[derive(Debug, Clone)]
pub(super) struct Fact {
    pub(super) row: Row,
    pub(super) span: Range,
    pub(super) rank: u64,
    pub(super) figures: Vec<Figure>,
    pub(super) text: String,
}

#[derive(Debug, Clone)]
pub(super) struct Figure {
    pub(super) span: Range,
    pub(super) kind: String,
    pub(super) value: FigureValue,
}

/// A value for comparison: `"2024"` and `2024` are the same.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum FigureValue {
    None,
    Number(f64),
    Text(String),
}

impl Item {
    /// Reads a line of gold or of `articles.jsonl`.
    pub fn read(value: &Value) -> Self {
        let id = value.get("source_id").or_else(|| value.get("id"));
        let language = value.get("language").or_else(|| value.get("lang"));
        let language = language.map(|l| l.get("code").unwrap_or(l));
        Self {
            id: id.map(plain).unwrap_or_default(),
            language: language.map(plain).unwrap_or_default(),
            text: value.get("text").and_then(Value::as_str).map(str::to_owned),
            quotations: list(value, "quotations", quotation),
            stances: list(value, "stances", stance),
            facts: list(value, "facts", fact),
            figures: list(value, "figures", figure),
            box_items: list(value, "fact_boxes", |b| list(b, "items", span)).concat(),
            summary: list(value, "summary", |s| plain(s.get("text").unwrap_or(s))),
        }
    }
}

fn list<T>(value: &Value, key: &str, read: impl Fn(&Value) -> T) -> Vec<T> {
    let items = value.get(key).and_then(Value::as_array);
    items
        .map(|items| items.iter().map(read).collect())
        .unwrap_or_default()
}

/// A string without quotes, or a number as written.
fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn text(value: &Value, key: &str) -> String {
    value
        .get(key)
        .filter(|v| !v.is_null())
        .map(plain)
        .unwrap_or_default()
}

fn number(value: &Value, key: &str) -> Option<usize> {
    value.get(key)?.as_u64().map(|n| n as usize)
}

fn span(value: &Value) -> Range {
    (
        number(value, "start").unwrap_or(0),
        number(value, "end").unwrap_or(0),
    )
}

/// `{"evidence": {"start": 1, "end": 2}}` or `{"evidence_start": 1, "evidence_end": 2}`.
fn span_of(value: &Value, key: &str) -> Option<Range> {
    let nested = value.get(key).filter(|v| number(v, "start").is_some());
    nested.map(span).or_else(|| {
        let start = number(value, &format!("{key}_start"))?;
        Some((start, number(value, &format!("{key}_end"))?))
    })
}

/// A name given plainly or as `{"name": …}`.
fn name_of(value: &Value, key: &str) -> Option<String> {
    let value = value.get(key)?;
    value
        .get("name")
        .unwrap_or(value)
        .as_str()
        .map(str::to_owned)
}

fn row(value: &Value) -> Row {
    let rule = text(value, "rule");
    Row {
        optional: value
            .get("optional")
            .and_then(Value::as_bool)
            .unwrap_or(false),
        rule: rule
            .split_once('.')
            .map_or(rule.as_str(), |(_, id)| id)
            .to_owned(),
    }
}

fn quotation(value: &Value) -> Quotation {
    let pair = |v: &Value| {
        let at = |n: usize| v.get(n).and_then(Value::as_u64).unwrap_or(0) as usize;
        (at(0), at(1))
    };
    let spans = list(value, "spans", pair);
    Quotation {
        row: row(value),
        kind: text(value, "kind"),
        spans: if spans.is_empty() {
            vec![span(value)]
        } else {
            spans
        },
        speaker: name_of(value, "speaker"),
        text: text(value, "text"),
    }
}

fn stance(value: &Value) -> Stance {
    let target = value.get("target").map(|t| t.get("text").unwrap_or(t));
    Stance {
        row: row(value),
        holder: name_of(value, "holder"),
        holder_span: span_of(value, "holder"),
        target: target.map(plain).unwrap_or_default(),
        polarity: text(value, "polarity"),
        evidence: span_of(value, "evidence"),
    }
}

fn fact(value: &Value) -> Fact {
    Fact {
        row: row(value),
        span: span(value),
        rank: value
            .get("rank")
            .and_then(Value::as_u64)
            .unwrap_or(1_000_000_000),
        figures: list(value, "figures", figure),
        text: text(value, "text"),
    }
}

fn figure(value: &Value) -> Figure {
    let given = value.get("value").unwrap_or(&Value::Null);
    let written = plain(given);
    Figure {
        span: span(value),
        kind: text(value, "type"),
        value: match written.trim().parse::<f64>() {
            _ if given.is_null() => FigureValue::None,
            Ok(number) => FigureValue::Number(number),
            Err(_) => FigureValue::Text(written),
        },
    }
}
