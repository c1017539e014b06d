//! Responsible for which field of a record is which of ours: what the user says, else the preset
//! that the record's keys suggest, else a fixed order of usual names.

use std::fmt;

use serde_json::{Map, Value};

use super::dates;
use super::feed::Feed;
use super::presets::{self, Body};
use crate::error::Error;
use crate::model::article::RawArticle;
use crate::model::problem::Code;

pub use super::presets::Preset;

/// What an article is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The input's own id.
    Id,
    /// The text.
    Text,
    /// The headline.
    Title,
    /// When it was published.
    Published,
    /// Its language.
    Language,
    /// Its address.
    Url,
    /// Its publisher.
    Source,
    /// Its writer.
    Byline,
    /// The newspaper's section.
    Section,
}

impl Field {
    /// Every field, in order.
    pub const ALL: &'static [Self] = &[
        Self::Id,
        Self::Text,
        Self::Title,
        Self::Published,
        Self::Language,
        Self::Url,
        Self::Source,
        Self::Byline,
        Self::Section,
    ];

    /// The name as it is written in `--map` and the configuration.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Text => "text",
            Self::Title => "title",
            Self::Published => "published",
            Self::Language => "language",
            Self::Url => "url",
            Self::Source => "source",
            Self::Byline => "byline",
            Self::Section => "section",
        }
    }

    /// The field of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|field| field.as_str() == name)
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The names that a user gives for our fields; fields without one follow the preset.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mapping {
    /// Field and names, the first with a value wins; a point steps into an object.
    names: Vec<(Field, Vec<String>)>,
}

impl Mapping {
    /// Reads `text=maintext,title=headline|title`.
    ///
    /// # Errors
    /// [`Error::Usage`] for an unknown field or a pair without a name.
    pub fn parse(list: &str) -> Result<Self, Error> {
        let mut mapping = Self::default();
        for pair in list.split(',').map(str::trim).filter(|p| !p.is_empty()) {
            let (field, names) = pair.split_once('=').ok_or_else(|| Error::Usage {
                message: format!("`{pair}` in the mapping has no `=`"),
                hint: "write it like text=maintext,title=headline".into(),
            })?;
            mapping.set(field.trim(), names)?;
        }
        Ok(mapping)
    }

    /// Sets the names of one field, several divided by `|`, as a table in the configuration does.
    ///
    /// # Errors
    /// [`Error::Usage`] for an unknown field or no name.
    pub fn set(&mut self, field: &str, names: &str) -> Result<(), Error> {
        let Some(known) = Field::parse(field) else {
            let all: Vec<&str> = Field::ALL.iter().map(|f| f.as_str()).collect();
            return Err(Error::Usage {
                message: format!("`{field}` in the mapping is no field of an article"),
                hint: format!("the fields are {}", all.join(", ")),
            });
        };
        let names: Vec<String> = names
            .split('|')
            .map(str::trim)
            .filter(|n| !n.is_empty())
            .map(str::to_owned)
            .collect();
        if names.is_empty() {
            return Err(Error::Usage {
                message: format!("the mapping of `{field}` names nothing"),
                hint: "write it like text=maintext,title=headline".into(),
            });
        }
        self.names.retain(|(f, _)| *f != known);
        self.names.push((known, names));
        Ok(())
    }

    /// The names given for a field.
    pub fn names(&self, field: Field) -> Option<&[String]> {
        self.names
            .iter()
            .find(|(f, _)| *f == field)
            .map(|(_, names)| names.as_slice())
    }

    /// Whether nothing is mapped.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
}

/// Whether a value says that there is none.
fn is_missing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => matches!(text.trim(), "" | "None" | "null"),
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.is_empty(),
        _ => false,
    }
}

/// Whether a text is an address.
fn is_url(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

/// A value as one line: names of authors are joined, an object gives its name.
fn line(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => {
            let text = text.trim();
            (!is_missing(value)).then(|| text.to_owned())
        }
        Value::Number(number) => Some(number.to_string()),
        Value::Array(list) => {
            let parts: Vec<String> = list.iter().take(50).filter_map(flat).collect();
            (!parts.is_empty()).then(|| parts.join(", "))
        }
        Value::Object(_) => flat(value),
        _ => None,
    }
}

fn flat(value: &Value) -> Option<String> {
    match value {
        Value::Object(map) => ["name", "byline", "value", "title", "@id"]
            .iter()
            .find_map(|key| map.get(*key).filter(|v| v.is_string()).and_then(line)),
        Value::Array(_) => None,
        other => line(other),
    }
}

/// A record on its way to an article: what has been used is taken out, the rest is metadata.
struct Taking<'m> {
    map: Map<String, Value>,
    preset: Preset,
    mapping: &'m Mapping,
    used: Vec<(Field, String)>,
}

impl Taking<'_> {
    /// Tries the names of a field in order; `accept` turns a value into what is wanted.
    fn take<T>(&mut self, field: Field, accept: impl Fn(&Value) -> Option<T>) -> Option<T> {
        let names: Vec<&str> = match self.mapping.names(field) {
            Some(names) => names.iter().map(String::as_str).collect(),
            None => presets::names(self.preset, field).to_vec(),
        };
        for name in names {
            if let Some(found) = lookup(&self.map, name).and_then(&accept) {
                remove(&mut self.map, name);
                self.used.push((field, name.to_owned()));
                return Some(found);
            }
        }
        None
    }
}

/// A value by its name, or by a path with points.
fn lookup<'v>(map: &'v Map<String, Value>, name: &str) -> Option<&'v Value> {
    if let Some(value) = map.get(name) {
        return Some(value);
    }
    let (first, rest) = name.split_once('.')?;
    lookup(map.get(first)?.as_object()?, rest)
}

fn remove(map: &mut Map<String, Value>, name: &str) {
    if map.remove(name).is_some() {
        return;
    }
    if let Some((first, rest)) = name.split_once('.')
        && let Some(Value::Object(inner)) = map.get_mut(first)
    {
        remove(inner, rest);
    }
}

/// Whether an object has a text under one of the usual names.
pub(super) fn has_text(map: &Map<String, Value>) -> bool {
    let names = presets::names(Preset::Generic, Field::Text);
    names
        .iter()
        .any(|name| map.get(*name).is_some_and(Value::is_string))
}

/// Turns a record into an article, or into the reason why it is none.
pub(super) fn hand_on(map: Map<String, Value>, raw: Option<&[u8]>, feed: &mut Feed<'_>) {
    let preset = feed.options.preset.unwrap_or_else(|| Preset::detect(&map));
    let mut taking = Taking {
        map,
        preset,
        mapping: &feed.options.mapping,
        used: Vec::new(),
    };
    let id = presets::id(preset, &mut taking.map).or_else(|| taking.take(Field::Id, line));
    if !feed.options.include_withheld
        && let Some(status) = presets::withheld(preset, &taking.map)
    {
        let message = format!("the publisher marked the article as {status}");
        feed.reject(id, Code::EWithheld, message, true, raw);
        return;
    }
    let text_column = feed.options.text_column.as_deref();
    let Some(body) = body(&mut taking, text_column) else {
        let (code, message, skipped) = no_text(&taking, text_column);
        feed.reject(id, code, message, skipped, raw);
        return;
    };
    let article = fill(id, body, &mut taking);
    if feed.is_first() {
        feed.report.preset = Some(preset);
        feed.report.fields = std::mem::take(&mut taking.used);
    }
    feed.article(article);
}

/// As [`hand_on`], for a record whose text has been read already.
pub(super) fn hand_on_with(
    map: Map<String, Value>,
    body: Body,
    preset: Preset,
    feed: &mut Feed<'_>,
) {
    let mut taking = Taking {
        map,
        preset,
        mapping: &feed.options.mapping,
        used: Vec::new(),
    };
    let id = taking.take(Field::Id, line);
    if body.text.is_empty() {
        feed.reject(
            id,
            Code::ENoText,
            "no text in the document".into(),
            false,
            None,
        );
        return;
    }
    let article = fill(id, body, &mut taking);
    feed.article(article);
}

/// The text of a record with what its structure says.
fn body(taking: &mut Taking<'_>, text_column: Option<&str>) -> Option<Body> {
    if let Some(column) = text_column {
        let text = lookup(&taking.map, column)?.as_str()?.to_owned();
        remove(&mut taking.map, column);
        taking.used.push((Field::Text, column.to_owned()));
        return Some(Body::plain(text));
    }
    if taking.mapping.names(Field::Text).is_none()
        && let Some((name, body)) = presets::body(taking.preset, &mut taking.map)
    {
        taking.used.push((Field::Text, name.to_owned()));
        return Some(body);
    }
    taking.take(Field::Text, presets::text)
}

/// Tells a record with an empty text from one with none.
fn no_text(taking: &Taking<'_>, text_column: Option<&str>) -> (Code, String, bool) {
    let names: Vec<&str> = match (text_column, taking.mapping.names(Field::Text)) {
        (Some(column), _) => vec![column],
        (None, Some(names)) => names.iter().map(String::as_str).collect(),
        (None, None) => presets::names(taking.preset, Field::Text).to_vec(),
    };
    let blank = |name: &&str| {
        lookup(&taking.map, name)
            .and_then(Value::as_str)
            .is_some_and(|t| t.trim().is_empty())
    };
    if names.iter().any(blank) {
        return (Code::EEmpty, "the text is empty".into(), true);
    }
    let present: Vec<&str> = taking.map.keys().map(String::as_str).take(12).collect();
    let message = format!(
        "no text in {}; the record has {} (say which with --map text=NAME)",
        names.join(", "),
        if present.is_empty() {
            "no fields".to_owned()
        } else {
            present.join(", ")
        }
    );
    (Code::ENoText, message, false)
}

/// Takes the other fields out of the record; what is left is metadata.
fn fill(id: Option<String>, body: Body, taking: &mut Taking<'_>) -> RawArticle {
    let mut article = RawArticle {
        id,
        text: body.text,
        hints: body.hints,
        title: presets::title(taking.preset, &mut taking.map),
        ..RawArticle::default()
    };
    if article.title.is_none() {
        article.title = taking.take(Field::Title, line);
    }
    if let Some(given) = taking.take(Field::Published, |v| (!is_missing(v)).then(|| v.clone())) {
        if let Some(date) = dates::iso_value(&given) {
            article.published = Some(date);
        } else {
            article.published = line(&given);
            let told = article.published.as_deref().unwrap_or("the value");
            article.problems.push(dates::problem(told));
        }
    }
    article.language = taking.take(Field::Language, line);
    let mapped = taking.mapping.names(Field::Url).is_some();
    article.url = taking.take(Field::Url, |v| line(v).filter(|t| mapped || is_url(t)));
    let mapped = taking.mapping.names(Field::Source).is_some();
    article.publisher = taking.take(Field::Source, |v| line(v).filter(|t| mapped || !is_url(t)));
    article.byline = taking.take(Field::Byline, line);
    article.section = taking.take(Field::Section, line);
    metadata(&mut article, taking);
    article
}

/// Keeps what was not used, without empty values and copies of the text.
fn metadata(article: &mut RawArticle, taking: &mut Taking<'_>) {
    let mut rest = std::mem::take(&mut taking.map);
    if let Some(Value::Object(inner)) = rest.remove("metadata") {
        rest.extend(inner);
    }
    for (key, value) in rest {
        let copy = value
            .as_str()
            .is_some_and(|v| v.len() > 32 && v == article.text);
        if !copy && !is_missing(&value) {
            article.metadata.insert(key, value);
        }
    }
}
