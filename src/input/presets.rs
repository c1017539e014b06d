//! Responsible for other tools' article formats: how to tell them by their keys, which of their
//! fields are ours, and the shapes of text that are more than one string.

use serde_json::{Map, Value};

use super::mapping::Field;
use crate::model::article::{BlockHint, HintKind};
use crate::model::span::Span;

/// A known format of article records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preset {
    /// Usual names, in a fixed order.
    Generic,
    /// news-please.
    NewsPlease,
    /// trafilatura's JSON and CSV.
    Trafilatura,
    /// newspaper4k.
    Newspaper,
    /// fundus.
    Fundus,
    /// datatrove's documents.
    Datatrove,
    /// ninjs 1 and the Swedish agency's profile of it.
    Ninjs,
    /// ninjs 2 and 3, with lists of headlines and bodies.
    Ninjs3,
}

impl Preset {
    /// Every preset, in order.
    pub const ALL: &'static [Self] = &[
        Self::Generic,
        Self::NewsPlease,
        Self::Trafilatura,
        Self::Newspaper,
        Self::Fundus,
        Self::Datatrove,
        Self::Ninjs,
        Self::Ninjs3,
    ];

    /// The name as it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Generic => "generic",
            Self::NewsPlease => "news-please",
            Self::Trafilatura => "trafilatura",
            Self::Newspaper => "newspaper4k",
            Self::Fundus => "fundus",
            Self::Datatrove => "datatrove",
            Self::Ninjs => "ninjs",
            Self::Ninjs3 => "ninjs3",
        }
    }

    /// The preset of that name.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "ttninjs" => Some(Self::Ninjs),
            "ninjs2" => Some(Self::Ninjs3),
            _ => Self::ALL
                .iter()
                .copied()
                .find(|preset| preset.as_str() == name),
        }
    }

    /// The preset that a record's keys suggest.
    pub fn detect(map: &Map<String, Value>) -> Self {
        let has = |key: &str| map.contains_key(key);
        let is_list = |key: &str| map.get(key).is_some_and(Value::is_array);
        let is_object = |key: &str| map.get(key).is_some_and(Value::is_object);
        if is_list("bodies") || is_list("headlines") {
            Self::Ninjs3
        } else if ["body_text", "body_html5", "body_html", "body_xhtml"]
            .iter()
            .any(|k| has(k))
        {
            Self::Ninjs
        } else if has("maintext") {
            Self::NewsPlease
        } else if has("source-hostname") || (has("text") && has("fingerprint") && has("hostname")) {
            Self::Trafilatura
        } else if is_object("body") || (has("plaintext") && has("publishing_date")) {
            Self::Fundus
        } else if has("text")
            && ["publish_date", "meta_lang", "top_image"]
                .iter()
                .filter(|k| has(k))
                .count()
                > 1
        {
            Self::Newspaper
        } else if has("text") && is_object("metadata") {
            Self::Datatrove
        } else {
            Self::Generic
        }
    }
}

/// The names to try for a field, in order.
pub(super) fn names(preset: Preset, field: Field) -> &'static [&'static str] {
    match (preset, field) {
        (Preset::NewsPlease, Field::Text) => &["maintext", "text"],
        (Preset::NewsPlease, Field::Published) => &["date_publish", "date_modify"],
        (Preset::Trafilatura, Field::Url) => &["source", "url"],
        (Preset::Trafilatura, Field::Source) => &["source-hostname", "sitename", "hostname"],
        (Preset::Newspaper, Field::Language) => &["language", "meta_lang"],
        (Preset::Newspaper, Field::Url) => &["url", "canonical_link", "source_url"],
        (Preset::Datatrove, Field::Title) => &["title", "metadata.title"],
        (Preset::Datatrove, Field::Published) => {
            &["published", "date", "metadata.published", "metadata.date"]
        }
        (Preset::Datatrove, Field::Language) => {
            &["language", "lang", "metadata.language", "metadata.lang"]
        }
        (Preset::Datatrove, Field::Url) => &["url", "metadata.url"],
        (Preset::Datatrove, Field::Source) => &["source", "metadata.source", "metadata.publisher"],
        (Preset::Datatrove, Field::Byline) => &["author", "metadata.author", "metadata.authors"],
        (Preset::Ninjs | Preset::Ninjs3, Field::Published) => &[
            "versioncreated",
            "versionCreated",
            "firstcreated",
            "contentcreated",
        ],
        (Preset::Ninjs | Preset::Ninjs3, Field::Byline) => &["byline", "bylines", "by"],
        _ => usual(field),
    }
}

fn usual(field: Field) -> &'static [&'static str] {
    match field {
        Field::Id => &["id", "article_id", "guid", "uuid", "AN"],
        Field::Text => &[
            "text",
            "maintext",
            "body_text",
            "body",
            "articleBody",
            "content",
            "plaintext",
            "raw_text",
        ],
        Field::Title => &["title", "headline", "HD"],
        Field::Published => &[
            "published",
            "date_publish",
            "publish_date",
            "publishing_date",
            "published_at",
            "date",
            "versioncreated",
            "datePublished",
            "pubDate",
            "WARC-Date",
            "PD",
        ],
        Field::Language => &[
            "language",
            "lang",
            "meta_lang",
            "inLanguage",
            "baseLanguage",
            "LA",
        ],
        Field::Url => &[
            "url",
            "source",
            "uri",
            "link",
            "canonical_link",
            "WARC-Target-URI",
        ],
        Field::Source => &[
            "publisher",
            "source",
            "sitename",
            "site_name",
            "source-hostname",
            "meta_site_name",
            "source_domain",
            "hostname",
            "sourceName",
            "SN",
            "newspaper",
        ],
        Field::Byline => &["byline", "author", "authors", "BY"],
        Field::Section => &["section", "articleSection", "category", "sectionName", "SE"],
    }
}

/// A text and what its structure says of its parts.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub(super) text: String,
    pub(super) hints: Vec<BlockHint>,
}

impl Body {
    pub(super) fn plain(text: String) -> Self {
        Self {
            text,
            hints: Vec::new(),
        }
    }

    /// Adds a block, set off by an empty line.
    pub(super) fn push(&mut self, block: &str, kind: Option<HintKind>) {
        let block = block.trim();
        if block.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len() as u32;
        self.text.push_str(block);
        if let Some(kind) = kind {
            let span = Span::new(start, self.text.len() as u32);
            self.hints.push(BlockHint { span, kind });
        }
    }
}

/// A text value: a string, a list of paragraphs, or marked-up text where it clearly is.
pub(super) fn text(value: &Value) -> Option<Body> {
    match value {
        Value::String(text) if is_missing_text(text) => None,
        Value::String(text) if is_markup(text) => Some(from_html(text)),
        Value::String(text) => Some(Body::plain(text.clone())),
        Value::Array(list) => {
            let mut body = Body::default();
            for item in list {
                body.push(item.as_str()?, None);
            }
            (!body.text.is_empty()).then_some(body)
        }
        _ => None,
    }
}

fn is_missing_text(text: &str) -> bool {
    matches!(text.trim(), "" | "None" | "null")
}

/// Whether a text starts with a block tag and closes one.
fn is_markup(text: &str) -> bool {
    let start = text.trim_start();
    start.starts_with('<')
        && [
            "<p>",
            "<p ",
            "<div",
            "<article",
            "<section",
            "<html",
            "<!DOCTYPE",
            "<!doctype",
            "<h1",
            "<h2",
        ]
        .iter()
        .any(|tag| start.starts_with(tag))
        && start.contains("</")
}

fn from_html(text: &str) -> Body {
    super::html::fragment(text)
}

/// The text of formats whose text is more than one string, with the name of its field.
pub(super) fn body(preset: Preset, map: &mut Map<String, Value>) -> Option<(&'static str, Body)> {
    match preset {
        Preset::Fundus => fundus(map).map(|body| ("body", body)),
        Preset::Ninjs => ninjs(map),
        Preset::Ninjs3 => bodies(map).map(|body| ("bodies", body)),
        _ => None,
    }
}

/// `{summary: […], sections: [{headline: […], paragraphs: […]}]}`.
fn fundus(map: &mut Map<String, Value>) -> Option<Body> {
    let parts = map.get("body")?.as_object()?;
    let mut body = Body::default();
    let mut push_all = |value: Option<&Value>, kind: Option<HintKind>| {
        let list = value
            .and_then(Value::as_array)
            .map_or(&[] as &[Value], Vec::as_slice);
        for text in list.iter().filter_map(Value::as_str) {
            body.push(text, kind);
        }
    };
    push_all(parts.get("summary"), Some(HintKind::Lead));
    let sections = parts.get("sections").and_then(Value::as_array);
    for section in sections.into_iter().flatten() {
        push_all(section.get("headline"), Some(HintKind::Heading));
        push_all(section.get("paragraphs"), None);
    }
    if body.text.is_empty() {
        return None;
    }
    map.remove("body");
    map.remove("plaintext");
    Some(body)
}

fn ninjs(map: &mut Map<String, Value>) -> Option<(&'static str, Body)> {
    let given = |map: &Map<String, Value>, key: &str| {
        map.get(key)
            .and_then(Value::as_str)
            .filter(|t| !is_missing_text(t))
            .map(str::to_owned)
    };
    let markup = ["body_html5", "body_html", "body_xhtml"];
    let found = if let Some(text) = given(map, "body_text") {
        Some(("body_text", Body::plain(text)))
    } else {
        markup
            .iter()
            .find_map(|key| given(map, key).map(|text| (*key, from_html(&text))))
    };
    if found.is_some() {
        map.remove("body_text");
        for key in markup {
            map.remove(key);
        }
    }
    found
}

/// The plain body of ninjs 2 and 3, else the marked-up one.
fn bodies(map: &mut Map<String, Value>) -> Option<Body> {
    let list = map.get("bodies")?.as_array()?;
    let of_type = |plain: bool| {
        list.iter().find_map(|body| {
            let kind = body.get("contenttype").or_else(|| body.get("contentType"));
            let kind = kind.and_then(Value::as_str).unwrap_or("text/plain");
            let value = body
                .get("value")?
                .as_str()
                .filter(|t| !is_missing_text(t))?;
            (kind.contains("html") != plain).then(|| value.to_owned())
        })
    };
    let body = of_type(true)
        .map(Body::plain)
        .or_else(|| of_type(false).map(|t| from_html(&t)))?;
    map.remove("bodies");
    Some(body)
}

/// The headline of ninjs 2 and 3: the main one, else the first.
pub(super) fn title(preset: Preset, map: &mut Map<String, Value>) -> Option<String> {
    if preset != Preset::Ninjs3 {
        return None;
    }
    let list = map.get("headlines")?.as_array()?;
    let main = list
        .iter()
        .find(|h| h.get("role").and_then(Value::as_str) == Some("main"));
    let title = main
        .or(list.first())?
        .get("value")?
        .as_str()?
        .trim()
        .to_owned();
    map.remove("headlines");
    (!title.is_empty()).then_some(title)
}

/// The id of an agency's item: each version is an article of its own.
pub(super) fn id(preset: Preset, map: &mut Map<String, Value>) -> Option<String> {
    if !matches!(preset, Preset::Ninjs | Preset::Ninjs3) {
        return None;
    }
    let uri = map
        .get("uri")?
        .as_str()
        .filter(|u| !u.is_empty())?
        .to_owned();
    match map.get("version") {
        Some(Value::String(version)) if !version.is_empty() => Some(format!("{uri}#{version}")),
        Some(Value::Number(version)) => Some(format!("{uri}#{version}")),
        _ => Some(uri),
    }
}

/// The status of an item that its publisher does not want to be used.
pub(super) fn withheld(preset: Preset, map: &Map<String, Value>) -> Option<String> {
    if !matches!(preset, Preset::Ninjs | Preset::Ninjs3) {
        return None;
    }
    let status = map
        .get("pubstatus")
        .or_else(|| map.get("pubStatus"))?
        .as_str()?;
    let status = status.rsplit(':').next().unwrap_or(status);
    matches!(status, "canceled" | "cancelled" | "withheld").then(|| status.to_owned())
}
