//! Responsible for what is kept of every article: 52 bytes, and the headline of those that begin a story.

use rustc_hash::FxHashMap;

/// The length in bytes of an id that no other article had: `art_` and 16 letters.
const ID: usize = 20;
/// Stands for a number or a day that is not there.
const NO_NUMBER: u32 = u32::MAX;
const NO_DAY: i32 = i32::MIN;

/// What is kept of an article beside its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ArticleEntry {
    /// The number of its language.
    pub language: u32,
    /// The number of its publisher.
    pub source: Option<u32>,
    /// Day of publication, counted from 1970.
    pub day: Option<i32>,
    /// Where its line begins in `articles.jsonl`.
    pub offset: u64,
    /// The article that it nearly repeats.
    pub duplicate_of: Option<u32>,
    /// The number of its story.
    pub story: Option<u32>,
    /// Quotations, stances and facts.
    pub rows: u32,
}

/// The same in 32 bytes.
#[derive(Debug, Clone, Copy)]
struct Packed {
    offset: u64,
    language: u32,
    source: u32,
    day: i32,
    duplicate_of: u32,
    story: u32,
    rows: u32,
}

impl Packed {
    fn of(entry: &ArticleEntry) -> Self {
        Self {
            offset: entry.offset,
            language: entry.language,
            source: entry.source.unwrap_or(NO_NUMBER),
            day: entry.day.unwrap_or(NO_DAY),
            duplicate_of: entry.duplicate_of.unwrap_or(NO_NUMBER),
            story: entry.story.unwrap_or(NO_NUMBER),
            rows: entry.rows,
        }
    }

    fn entry(&self) -> ArticleEntry {
        let number = |n: u32| (n != NO_NUMBER).then_some(n);
        ArticleEntry {
            offset: self.offset,
            language: self.language,
            source: number(self.source),
            day: (self.day != NO_DAY).then_some(self.day),
            duplicate_of: number(self.duplicate_of),
            story: number(self.story),
            rows: self.rows,
        }
    }
}

/// All articles, in input order.
#[derive(Debug, Default)]
pub struct Articles {
    entries: Vec<Packed>,
    ids: Vec<[u8; ID]>,
    /// Ids of another length.
    other_ids: FxHashMap<u32, Box<str>>,
    /// The headlines of the articles that begin a story, one after the other.
    titles: String,
    /// Where each story's headline ends, and whether there is one.
    title_ends: Vec<(u64, bool)>,
}

impl Articles {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Adds the next article; one that begins a story, which its number tells, has its headline kept.
    pub(super) fn push(&mut self, id: &str, title: Option<&str>, entry: &ArticleEntry) {
        if let Ok(plain) = id.as_bytes().try_into() {
            self.ids.push(plain);
        } else {
            self.other_ids.insert(self.entries.len() as u32, id.into());
            self.ids.push([0; ID]);
        }
        if entry.story.map(|s| s as usize) == Some(self.title_ends.len()) {
            self.titles.push_str(title.unwrap_or(""));
            self.title_ends
                .push((self.titles.len() as u64, title.is_some()));
        }
        self.entries.push(Packed::of(entry));
    }

    /// The article with a number.
    pub fn get(&self, number: u32) -> Option<ArticleEntry> {
        self.entries.get(number as usize).map(Packed::entry)
    }

    /// All articles in order.
    pub fn iter(&self) -> impl Iterator<Item = ArticleEntry> {
        self.entries.iter().map(Packed::entry)
    }

    /// The id of an article.
    pub fn id(&self, number: u32) -> &str {
        let plain = self.ids.get(number as usize);
        match plain.and_then(|id| std::str::from_utf8(id).ok()) {
            Some(id) if !id.starts_with('\0') => id,
            _ => self.other_ids.get(&number).map_or("", |id| id),
        }
    }

    /// The headline of the article that began a story.
    pub fn headline(&self, story: u32) -> Option<&str> {
        let story = story as usize;
        let (end, is_there) = self.title_ends.get(story)?;
        let before = story.checked_sub(1).and_then(|n| self.title_ends.get(n));
        let start = before.map_or(0, |(end, _)| *end);
        is_there.then(|| self.titles.get(start as usize..*end as usize))?
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_any_length_and_headlines_of_stories_come_back() {
        let mut all = Articles::default();
        let entry = |story| ArticleEntry {
            language: 1,
            source: None,
            day: Some(-3),
            offset: 1 << 40,
            duplicate_of: None,
            story,
            rows: 2,
        };
        let ids = ["art_aaaaaaaaaaaaaaaa", "art_aaaaaaaaaaaaaaaa-2", "", "x"];
        let titles = [Some("Ja"), Some("left out"), None, Some("Nej")];
        let stories = [Some(0), Some(0), Some(1), Some(2)];
        for ((id, title), story) in ids.into_iter().zip(titles).zip(stories) {
            all.push(id, title, &entry(story));
        }
        all.push("art_failed", None, &entry(None));
        let numbers = 0..all.len() as u32;
        let back: Vec<&str> = numbers.map(|n| all.id(n)).collect();
        assert_eq!(back, [&ids[..], &["art_failed"]].concat());
        let headlines = [0, 1, 2, 3].map(|story| all.headline(story));
        assert_eq!(headlines, [Some("Ja"), None, Some("Nej"), None]);
        assert_eq!(all.get(1), Some(entry(Some(0))));
        assert_eq!(all.get(4), Some(entry(None)));
    }
}
