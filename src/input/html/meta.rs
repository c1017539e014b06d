//! Responsible for what a page says of itself: title, date, language, writer, address and publisher
//! from JSON-LD, meta elements and a few marked-up places.

use serde_json::Value;

use super::tree::{NONE, Tag, Tree};
use crate::input::dates;

/// What a page says of itself; empty values are left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::input) struct Meta {
    pub(in crate::input) title: Option<String>,
    /// As given.
    pub(in crate::input) published: Option<String>,
    pub(in crate::input) language: Option<String>,
    pub(in crate::input) byline: Option<String>,
    pub(in crate::input) url: Option<String>,
    pub(in crate::input) site: Option<String>,
    pub(in crate::input) section: Option<String>,
    pub(in crate::input) description: Option<String>,
}

/// The longest value that is believed, in bytes.
const LONGEST: usize = 2000;
/// Marks between a title and the name of its site.
const SEPARATORS: [&str; 7] = [" | ", " – ", " — ", " - ", " » ", " :: ", " / "];

/// Values by how much they are trusted: the first wins.
#[derive(Default)]
struct Ranked([Option<String>; 4]);

impl Ranked {
    fn offer(&mut self, rank: usize, value: &str) {
        let value = value.trim();
        if !value.is_empty() && value.len() <= LONGEST {
            let clean = value.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
            self.0[rank].get_or_insert(clean);
        }
    }

    fn best(self) -> Option<String> {
        self.0.into_iter().flatten().next()
    }
}

#[derive(Default)]
struct Finder {
    title: Ranked,
    published: Ranked,
    language: Ranked,
    byline: Ranked,
    url: Ranked,
    site: Ranked,
    section: Ranked,
    description: Ranked,
    /// Headline and name in the JSON-LD.
    names: (String, String),
}

/// Reads a page's metadata.
pub(super) fn read(tree: &Tree<'_>) -> Meta {
    let mut found = Finder::default();
    let mut page_title = None;
    // Only the first few are looked into: empty ones in each other would cost their square.
    let (mut heading, mut headings, mut authors) = (None, 0, 0);
    for (at, node) in tree.iter() {
        match node.tag {
            Tag::Html => {
                let lang = tree
                    .attribute(at, "lang")
                    .or_else(|| tree.attribute(at, "xml:lang"));
                if let Some(lang) = lang {
                    found.language.offer(0, &lang);
                }
            }
            Tag::Meta => found.meta(tree, at),
            Tag::Link if rel(tree, at, "canonical") => {
                if let Some(href) = tree.attribute(at, "href").filter(|h| h.starts_with("http")) {
                    found.url.offer(0, &href);
                }
            }
            Tag::Title if page_title.is_none() && !inside(tree, at, Tag::Svg) => {
                page_title = Some(tree.text(at, LONGEST));
            }
            Tag::H1 if heading.is_none() && headings < 8 => {
                headings += 1;
                heading = Some(tree.text(at, LONGEST)).filter(|t| !t.is_empty());
            }
            Tag::Script if is_json_ld(tree, at) && node.first != NONE => {
                found.json_ld(tree.node(node.first).content);
            }
            Tag::Time => {
                if let Some(date) = tree.attribute(at, "datetime") {
                    found.published.offer(3, &date);
                }
            }
            Tag::A if authors < 8 && rel(tree, at, "author") => {
                authors += 1;
                found.byline.offer(2, &tree.text(at, 200));
            }
            _ => {}
        }
    }
    found.finish(page_title.as_deref(), heading)
}

fn rel(tree: &Tree<'_>, at: u32, value: &str) -> bool {
    tree.attribute(at, "rel").is_some_and(|rel| {
        rel.split_ascii_whitespace()
            .any(|r| r.eq_ignore_ascii_case(value))
    })
}

fn is_json_ld(tree: &Tree<'_>, at: u32) -> bool {
    tree.attribute(at, "type")
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json"))
}

fn inside(tree: &Tree<'_>, at: u32, tag: Tag) -> bool {
    let parent = tree.node(at).parent;
    parent != NONE && tree.node(parent).tag == tag
}

impl Finder {
    fn meta(&mut self, tree: &Tree<'_>, at: u32) {
        let Some(content) = tree.attribute(at, "content") else {
            return;
        };
        let keys = ["property", "name", "itemprop", "http-equiv"];
        for key in keys.iter().filter_map(|key| tree.attribute(at, key)) {
            // One attribute may list several names.
            for name in key.to_ascii_lowercase().split_ascii_whitespace().take(8) {
                self.named(name, &content);
            }
        }
    }

    fn named(&mut self, name: &str, content: &str) {
        match name {
            "og:title" => self.title.offer(1, content),
            "dc:title" | "dc.title" | "dcterms.title" | "dcterm:title" | "twitter:title"
            | "parsely-title" | "title" | "headline" => self.title.offer(2, content),
            "article:published_time" | "datepublished" | "og:published_time" => {
                self.published.offer(1, content);
            }
            "date"
            | "pubdate"
            | "publishdate"
            | "publish-date"
            | "dc.date"
            | "dc:date"
            | "dc.date.issued"
            | "dcterms.date"
            | "dcterms.created"
            | "parsely-pub-date"
            | "sailthru.date"
            | "article.published"
            | "cxenseparse:recs:publishtime" => self.published.offer(2, content),
            "content-language" | "language" => self.language.offer(1, content),
            "og:locale" => self.language.offer(2, content),
            "author" | "parsely-author" | "dc.creator" | "dc:creator" | "dcterms.creator"
            | "sailthru.author" | "article:author" => {
                // Some sites give the address of the writer's page.
                let name = if content.starts_with("http") {
                    ""
                } else {
                    content
                };
                self.byline.offer(1, name);
            }
            "og:url" => self.url.offer(1, content),
            "og:site_name" => self.site.offer(0, content),
            "application-name" | "dc.publisher" | "publisher" => self.site.offer(2, content),
            "article:section" | "parsely-section" => self.section.offer(1, content),
            "og:description" => self.description.offer(1, content),
            "description" | "dc.description" | "twitter:description" => {
                self.description.offer(2, content);
            }
            _ => {}
        }
    }

    fn json_ld(&mut self, text: &str) {
        let text = text
            .trim()
            .trim_start_matches("<![CDATA[")
            .trim_end_matches("]]>");
        let Ok(value) = serde_json::from_str::<Value>(text) else {
            return;
        };
        let mut queue = vec![&value];
        let mut looked_at = 0;
        while let Some(value) = queue.pop() {
            looked_at += 1;
            if looked_at > 200 {
                return;
            }
            match value {
                Value::Array(list) => queue.extend(list.iter().rev()),
                Value::Object(map) => {
                    if is_article(map.get("@type")) {
                        self.article(map);
                        return;
                    }
                    queue.extend(map.get("@graph"));
                    queue.extend(map.get("mainEntity"));
                }
                _ => {}
            }
        }
    }

    fn article(&mut self, map: &serde_json::Map<String, Value>) {
        let text = |key: &str| map.get(key).and_then(Value::as_str).unwrap_or("");
        let decoded = |key: &str| super::entities::decode(text(key)).into_owned();
        self.names = (decoded("headline"), decoded("name"));
        self.published.offer(0, text("datePublished"));
        self.language.offer(1, text("inLanguage"));
        self.description.offer(0, &decoded("description"));
        self.section.offer(0, &decoded("articleSection"));
        if let Some(authors) = map.get("author").and_then(names) {
            self.byline.offer(0, &authors);
        }
        if let Some(publisher) = map.get("publisher").and_then(names) {
            self.site.offer(1, &publisher);
        }
        let url = map
            .get("mainEntityOfPage")
            .and_then(|v| v.as_str().or_else(|| v.get("@id")?.as_str()));
        if let Some(url) = url.filter(|u| u.starts_with("http")) {
            self.url.offer(2, url);
        }
    }

    fn finish(mut self, page_title: Option<&str>, heading: Option<String>) -> Meta {
        // Some sites describe the article in one and call it by the other: the page's title decides.
        let (headline, name) = std::mem::take(&mut self.names);
        let called = |n: &str| !n.is_empty() && page_title.is_some_and(|t| t.contains(n));
        if called(&name) && !called(&headline) {
            self.title.offer(0, &name);
        }
        self.title.offer(0, &headline);
        self.title.offer(0, &name);
        let site = self.site.best();
        let title = self.title.best().or_else(|| {
            let page = page_title.map(|t| without_site(t, site.as_deref(), heading.as_deref()));
            page.filter(|t| !t.is_empty()).or(heading)
        });
        Meta {
            title,
            published: self.published.best(),
            language: self.language.best().map(|l| l.replace('_', "-")),
            byline: self.byline.best(),
            url: self.url.best(),
            site,
            section: self.section.best(),
            description: self.description.best(),
        }
    }
}

impl Meta {
    /// The date in ISO 8601 where it can be understood.
    pub(in crate::input) fn date(&self) -> Option<Result<String, String>> {
        self.published
            .as_ref()
            .map(|given| dates::iso(given).ok_or_else(|| given.clone()))
    }
}

/// Whether a JSON-LD type is one of the article types.
fn is_article(kind: Option<&Value>) -> bool {
    let fits = |name: &str| {
        name.ends_with("Article")
            || matches!(
                name,
                "BlogPosting" | "LiveBlogPosting" | "SocialMediaPosting" | "Report"
            )
    };
    match kind {
        Some(Value::String(name)) => fits(name),
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).any(fits),
        _ => false,
    }
}

/// The names of one or more people or organisations.
fn names(value: &Value) -> Option<String> {
    match value {
        Value::String(name) => (!name.starts_with("http")).then(|| name.clone()),
        Value::Object(map) => map.get("name").and_then(names),
        Value::Array(list) => {
            let all: Vec<String> = list.iter().take(20).filter_map(names).collect();
            (!all.is_empty()).then(|| all.join(", "))
        }
        _ => None,
    }
}

/// The page's title without the name of its site.
fn without_site(title: &str, site: Option<&str>, heading: Option<&str>) -> String {
    let is_most =
        |h: &&str| (title.starts_with(h) || title.ends_with(h)) && h.len() * 2 > title.len();
    if let Some(heading) = heading.filter(is_most) {
        return heading.to_owned();
    }
    let cut = SEPARATORS
        .iter()
        .filter_map(|mark| title.rfind(mark).map(|at| (at, mark.len())))
        .max();
    let Some((at, length)) = cut else {
        return title.to_owned();
    };
    let (front, back) = (&title[..at], &title[at + length..]);
    let words = |t: &str| t.split_whitespace().count();
    if site.is_some_and(|site| site == back) || (words(front) >= 3 && words(back) <= 5) {
        front.trim().to_owned()
    } else {
        title.to_owned()
    }
}
