//! Responsible for what an element's attributes say of its part in a page.

use super::tokens;

/// Words of class and id attributes that mark what stands around articles.
const UNLIKELY: &[&str] = &[
    "-ad-",
    "ai2html",
    "banner",
    "breadcrumbs",
    "combx",
    "comment",
    "community",
    "cover-wrap",
    "disqus",
    "extra",
    "footer",
    "gdpr",
    "header",
    "legends",
    "menu",
    "related",
    "remark",
    "replies",
    "rss",
    "shoutbox",
    "sidebar",
    "skyscraper",
    "social",
    "sponsor",
    "supplemental",
    "ad-break",
    "agegate",
    "pagination",
    "pager",
    "popup",
    "yom-remote",
];
/// Words that save an element from the list above.
const MAYBE: &[&str] = &[
    "and", "article", "body", "column", "content", "main", "mathjax", "shadow",
];
const POSITIVE: &[&str] = &[
    "article",
    "body",
    "content",
    "entry",
    "main",
    "page",
    "pagination",
    "post",
    "text",
    "blog",
    "story",
];
const NEGATIVE: &[&str] = &[
    "-ad-",
    "hidden",
    "banner",
    "combx",
    "comment",
    "com-",
    "contact",
    "footer",
    "gdpr",
    "masthead",
    "media",
    "meta",
    "outbrain",
    "promo",
    "related",
    "scroll",
    "share",
    "shoutbox",
    "sidebar",
    "skyscraper",
    "sponsor",
    "shopping",
    "tags",
    "widget",
];
const BYLINE: &[&str] = &["byline", "author", "dateline", "writtenby", "p-author"];
/// Roles of elements that belong to the page and not to the article.
const ROLES: &[&str] = &[
    "menu",
    "menubar",
    "complementary",
    "navigation",
    "alert",
    "alertdialog",
    "dialog",
];

/// What an element's attributes say of it.
#[derive(Debug, Clone, Copy, Default)]
#[allow(clippy::struct_excessive_bools)]
pub(super) struct Traits {
    /// Points for its class and id.
    pub(super) weight: i16,
    pub(super) unlikely: bool,
    pub(super) maybe: bool,
    pub(super) hidden: bool,
    pub(super) byline: bool,
    pub(super) role: bool,
    pub(super) share: bool,
    pub(super) class_hash: u64,
}

/// Reads what matters out of an element's attributes.
pub(super) fn traits_of(content: &str) -> Traits {
    let mut of = Traits::default();
    let mut names = String::new();
    for (name, value) in tokens::attributes(content).take(256) {
        let low = value.to_ascii_lowercase();
        match name.to_ascii_lowercase().as_str() {
            "class" => {
                of.weight += weight(&low);
                of.class_hash = hash(value);
                names.push_str(&low);
                names.push(' ');
                of.hidden |= low
                    .split_ascii_whitespace()
                    .any(|c| c == "visually-hidden" || c == "sr-only");
            }
            "id" => {
                of.weight += weight(&low);
                names.push_str(&low);
            }
            "style" => {
                let packed: String = low.split_ascii_whitespace().collect();
                of.hidden |=
                    packed.contains("display:none") || packed.contains("visibility:hidden");
            }
            "hidden" => of.hidden = true,
            "aria-hidden" => of.hidden |= low == "true",
            "role" => of.role = ROLES.contains(&low.as_str()),
            "rel" => of.byline |= low == "author",
            "itemprop" => of.byline |= low.contains("author"),
            _ => {}
        }
    }
    let has = |list: &[&str]| list.iter().any(|word| names.contains(word));
    of.unlikely = has(UNLIKELY);
    of.maybe = of.unlikely && has(MAYBE);
    of.byline |= has(BYLINE);
    of.share = names
        .split(['-', '_', ' '])
        .any(|word| word == "share" || word == "sharedaddy");
    of
}

fn weight(value: &str) -> i16 {
    let has = |list: &[&str]| list.iter().any(|word| value.contains(word));
    let hid = value.split_ascii_whitespace().any(|word| word == "hid");
    25 * (i16::from(has(POSITIVE)) - i16::from(has(NEGATIVE) || hid))
}

/// FNV-1a: only tells whether two class attributes are the same.
fn hash(value: &str) -> u64 {
    value.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| {
        (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)
    }) | 1
}
