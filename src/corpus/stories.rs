//! Responsible for stories: articles about one event, in any language, by shared names, figures and
//! dates.
//!
//! An article joins the story of the earlier article with which it shares most, weighed by how rare
//! each trait is so far; else it begins a story. Precision comes first: two articles about one person
//! on one day are not yet one story.

use rustc_hash::FxHashMap;

use super::fingerprint::{hash_chars, mix};
use super::index::Index;
use super::names::Spelling;
use crate::model::record::{FigureType, Record, Value};
use crate::text::chars;

/// Traits kept of an article: 56 bytes.
const TRAITS: usize = 14;
/// Earlier articles kept for one trait; a more frequent trait tells too little.
const POSTINGS: usize = 48;
/// Days between articles of one story.
const DAYS: i32 = 4;

/// What an article is about, in hashes that do not depend on its language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Traits(Vec<u32>);

impl Traits {
    /// Reads a record once.
    pub(super) fn of(record: &Record) -> Self {
        let mut counts: FxHashMap<u32, (u32, u32)> = FxHashMap::default();
        let mut order = 0;
        let mut count = |hash: u64, weight: u32| {
            order += 1;
            counts.entry((hash >> 32) as u32).or_insert((0, order)).0 += weight;
        };
        let mut spelling = Spelling::default();
        for actor in &record.actors {
            for word in actor.name.split_whitespace() {
                if let Some(hash) = name_hash(word, &mut spelling) {
                    count(hash, 2);
                }
            }
        }
        let title = record.title.as_deref().unwrap_or("");
        for (text, weight) in [(title, 2), (record.text.as_str(), 1)] {
            for word in proper_names(text) {
                if let Some(hash) = name_hash(word, &mut spelling) {
                    count(hash, weight);
                }
            }
        }
        for figure in &record.figures {
            let telling = match (&figure.value, figure.kind) {
                (
                    Some(Value::Integer(n)),
                    FigureType::Money | FigureType::Quantity | FigureType::Number,
                ) => n.abs() >= 100 && !(1900..2100).contains(n),
                (
                    Some(Value::Real(_)),
                    FigureType::Percent | FigureType::Money | FigureType::Quantity,
                ) => true,
                (Some(Value::Text(iso)), FigureType::Date) => {
                    iso.len() == 10
                        && !iso.contains('X')
                        && !record
                            .published
                            .as_deref()
                            .is_some_and(|p| p.starts_with(iso.as_str()))
                }
                _ => false,
            };
            if telling && let Some(value) = &figure.value {
                let text = match value {
                    Value::Integer(n) => n.to_string(),
                    Value::Real(x) => x.to_string(),
                    Value::Text(iso) => iso.clone(),
                };
                count(mix(hash_chars(text.chars()) ^ 1), 1);
            }
        }
        let mut ranked: Vec<(u32, u32, u32)> = counts
            .into_iter()
            .map(|(hash, (n, at))| (n, at, hash))
            .collect();
        ranked.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        ranked.truncate(TRAITS);
        Self(ranked.into_iter().map(|(_, _, hash)| hash).collect())
    }
}

/// A hash of a name that survives transliteration; `None` for words too short to tell.
fn name_hash(word: &str, spelling: &mut Spelling) -> Option<u64> {
    let word = word.trim_matches(|c: char| !chars::is_alphanumeric(c));
    word.chars().nth(2)?;
    if !spelling.read(word) {
        return Some(mix(hash_chars(word.chars()) ^ 3));
    }
    spelling.reduce();
    Some(if spelling.skeleton.len() >= 4 {
        mix(hash_chars(spelling.skeleton.chars()))
    } else {
        mix(hash_chars(spelling.latin.chars()) ^ 2)
    })
}

/// Capitalized words that do not begin a sentence.
fn proper_names(text: &str) -> impl Iterator<Item = &str> {
    let mut begins = true;
    words(text).filter(move |word| {
        let bytes = word.as_bytes();
        // A capital that a mark stands before may begin something.
        let name = !begins
            && match bytes.first() {
                Some(byte) if byte.is_ascii() => byte.is_ascii_uppercase(),
                _ => word.chars().next().is_some_and(chars::is_uppercase),
            };
        begins = !bytes.last().is_some_and(u8::is_ascii_alphanumeric)
            && word.ends_with(['.', '!', '?', ':', '…', '"', '”', '»', '–', '—', '-']);
        name
    })
}

/// What stands between white space.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(width) = space(text, at) {
            at += width;
        }
        let from = at;
        let inside = |at: usize| {
            let byte = bytes.get(at);
            byte.is_some_and(|b| !MAY_BE_SPACE[usize::from(*b)] || space(text, at).is_none())
        };
        while inside(at) {
            at += 1;
        }
        (from < at).then(|| text.get(from..at).unwrap_or(""))
    })
}

/// Bytes that may begin white space.
const MAY_BE_SPACE: [bool; 256] = {
    let mut all = [false; 256];
    let mut byte = 0;
    while byte < all.len() {
        all[byte] = matches!(byte, 0x09..=0x0d | 0x20 | 0xc2 | 0xe1..=0xe3);
        byte += 1;
    }
    all
};

/// The length in bytes of the white space that begins at a byte, if any does.
fn space(text: &str, at: usize) -> Option<usize> {
    match text.as_bytes().get(at)? {
        b'\t'..=b'\r' | b' ' => Some(1),
        // No white space outside ASCII begins otherwise.
        0xc2 | 0xe1..=0xe3 => {
            let c = text.get(at..)?.chars().next()?;
            c.is_whitespace().then(|| c.len_utf8())
        }
        _ => None,
    }
}

/// An article that is no copy. Its traits end where `end` says.
#[derive(Debug, Clone, Copy)]
struct Member {
    end: u32,
    /// Days since 1970, [`UNKNOWN`] where the article does not say.
    day: i32,
    story: u32,
}

/// A day that is not known.
const UNKNOWN: i32 = i32::MIN;

/// A trait that several articles have.
#[derive(Debug)]
struct Common {
    hash: u32,
    /// How many articles have it.
    count: u32,
    /// The last of them.
    members: Vec<u32>,
}

/// Where the articles with a trait stand.
enum Posted<'s> {
    /// The trait of one article, by its place among all traits.
    Alone(u32),
    /// In a list.
    Listed(&'s Common),
}

/// The bit of a place in the index that makes it the number of a list.
const LIST: u32 = 1 << 31;

/// The stories so far: about 180 bytes an article that is not a copy.
#[derive(Debug, Default)]
pub(super) struct Stories {
    members: Vec<Member>,
    /// The traits of all members, one member after the other.
    traits: Vec<u32>,
    /// Where each trait is found: its place in `traits` while one article has it, then a list.
    index: Index,
    lists: Vec<Common>,
    count: u32,
}

impl Stories {
    /// The number of the article's story; `day` counts days since 1970.
    pub(super) fn join_or_begin(&mut self, traits: &Traits, day: Option<i32>) -> u32 {
        let story = self.best(traits, day).unwrap_or_else(|| {
            self.count += 1;
            self.count - 1
        });
        let member = self.members.len() as u32;
        self.make_room(traits.0.len());
        for hash in &traits.0 {
            self.post(*hash, member);
        }
        self.members.push(Member {
            end: self.traits.len() as u32,
            day: day.unwrap_or(UNKNOWN),
            story,
        });
        story
    }

    /// Makes room for so many more traits.
    fn make_room(&mut self, more: usize) {
        if self.index.has_room(more) {
            return;
        }
        self.index.widen();
        for (n, list) in self.lists.iter().enumerate() {
            self.index.insert(list.hash, LIST | n as u32);
        }
        for at in 0..self.traits.len() {
            let hash = self.traits[at];
            if (at as u32) < LIST && self.place(hash).is_none() {
                self.index.insert(hash, at as u32);
            }
        }
    }

    /// Whether a place of the index is that of a trait.
    fn is_at(&self, hash: u32, place: u32) -> bool {
        let kept = if place & LIST == 0 {
            self.traits.get(place as usize).copied()
        } else {
            let list = self.lists.get((place & !LIST) as usize);
            list.map(|list| list.hash)
        };
        kept == Some(hash)
    }

    fn place(&self, hash: u32) -> Option<u32> {
        self.index.get(hash, |place| self.is_at(hash, place))
    }

    /// Adds a trait of a new article, for whose traits there is room.
    fn post(&mut self, hash: u32, member: u32) {
        let at = self.traits.len() as u32;
        self.traits.push(hash);
        match self.place(hash) {
            None if at < LIST => self.index.insert(hash, at),
            None => {}
            Some(place) if place & LIST == 0 => {
                let list = LIST | self.lists.len() as u32;
                let (traits, is) = (&self.traits, hash);
                let has_key = |place: u32| traits.get(place as usize) == Some(&is);
                self.index.set(hash, list, has_key);
                let first = self.member(place);
                self.lists.push(Common {
                    hash,
                    count: 2,
                    members: vec![first, member],
                });
            }
            Some(place) => {
                if let Some(list) = self.lists.get_mut((place & !LIST) as usize) {
                    list.count += 1;
                    if list.members.len() == POSTINGS {
                        list.members.remove(0);
                    }
                    list.members.push(member);
                }
            }
        }
    }

    /// The article whose trait stands at a place among all traits.
    fn member(&self, place: u32) -> u32 {
        self.members.partition_point(|m| m.end <= place) as u32
    }

    /// Where the articles with a trait stand.
    fn posted(&self, hash: u32) -> Option<Posted<'_>> {
        let place = self.place(hash)?;
        if place & LIST == 0 {
            return Some(Posted::Alone(place));
        }
        let list = self.lists.get((place & !LIST) as usize);
        list.map(Posted::Listed)
    }

    /// The traits of an article.
    fn traits(&self, member: u32) -> &[u32] {
        let end = |n: usize| self.members.get(n).map_or(0, |m| m.end as usize);
        let member = member as usize;
        let from = member.checked_sub(1).map_or(0, end);
        self.traits.get(from..end(member)).unwrap_or(&[])
    }

    /// How much a trait tells: 0 to 8, one for each halving of its share of articles.
    fn weight(&self, posted: Option<&Posted<'_>>) -> u32 {
        let with = match posted {
            None => 0,
            Some(Posted::Alone(_)) => 1,
            Some(Posted::Listed(list)) => list.count,
        };
        ((self.members.len() as u32 + 40) / (with + 1))
            .max(1)
            .ilog2()
            .min(8)
    }

    fn best(&self, traits: &Traits, day: Option<i32>) -> Option<u32> {
        let mut shared: FxHashMap<u32, (u32, u32)> = FxHashMap::default();
        let mut own = 0;
        for hash in &traits.0 {
            let posted = self.posted(*hash);
            let weight = self.weight(posted.as_ref());
            own += weight;
            let mut share = |member: u32| {
                let entry = shared.entry(member).or_default();
                entry.0 += weight;
                entry.1 += 1;
            };
            match posted {
                None => {}
                Some(Posted::Alone(place)) => share(self.member(place)),
                Some(Posted::Listed(list)) => list.members.iter().copied().for_each(share),
            }
        }
        let mut best: Option<(u32, u32)> = None;
        let mut members: Vec<_> = shared.into_iter().collect();
        members.sort_unstable_by_key(|(member, _)| *member);
        for (number, (score, count)) in members {
            let Some(member) = self.members.get(number as usize) else {
                continue;
            };
            let near = match day {
                Some(day) if member.day != UNKNOWN => (day - member.day).abs() <= DAYS,
                _ => score >= UNDATED,
            };
            if !near || count < 4 || score < SCORE || best.is_some_and(|(s, _)| score <= s) {
                continue;
            }
            let weight = |hash: &u32| self.weight(self.posted(*hash).as_ref());
            let other: u32 = self.traits(number).iter().map(weight).sum();
            let share = score * 100 / own.min(other).max(1);
            if share >= SHARE {
                best = Some((score, member.story));
            }
        }
        best.map(|(_, story)| story)
    }

    /// Number of articles kept, for tests of memory.
    #[cfg(test)]
    fn len(&self) -> usize {
        self.members.len()
    }
}

/// Weight that two articles of a story must share.
const SCORE: u32 = 16;
/// The same when a date is missing.
const UNDATED: u32 = 22;
/// Share of the smaller article's weight that must be common, in per cent.
const SHARE: u32 = 35;

/// Distinct numbers, for tests.
#[cfg(test)]
fn distinct(all: &[u32]) -> usize {
    all.iter().collect::<std::collections::BTreeSet<_>>().len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::samples::record;

    fn traits(text: &str) -> Traits {
        let mut record = record("x");
        record.title = None;
        record.text = text.to_owned();
        Traits::of(&record)
    }

    #[test]
    fn one_event_in_two_scripts_is_one_story() {
        let mut stories = Stories::default();
        let sv = "I dag talade Jens Stoltenberg med Volodymyr Zelenskyj och Olaf Scholz i Vilnius.";
        let ru = "Сегодня Йенс Столтенберг говорил, что Владимир Зеленский и Олаф Шольц были там.";
        let other =
            "I dag sade Magdalena Andersson i Sundsvall att kommunen Timrå betalar Vattenfall.";
        let all = [
            stories.join_or_begin(&traits(sv), Some(100)),
            stories.join_or_begin(&traits(other), Some(100)),
            stories.join_or_begin(&traits(ru), Some(101)),
            stories.join_or_begin(&traits(sv), Some(200)),
        ];
        assert_eq!(all[0], all[2]);
        assert_eq!(distinct(&all), 3);
        assert_eq!(stories.len(), 4);
    }

    #[test]
    fn words_stand_between_white_space_of_all_kinds() {
        let mut text = String::from("a");
        for c in (0..0x1_1000).filter_map(char::from_u32) {
            text.extend(['x', c, 'é']);
        }
        assert!(words(&text).eq(text.split_whitespace()));
        assert!(words(" a  b ").eq(["a", "b"]));
    }

    #[test]
    fn one_shared_person_is_no_story() {
        let mut stories = Stories::default();
        let a = "I dag talade Jens Stoltenberg i Vilnius om Ukraina och Nato.";
        let b = "I går badade Jens Stoltenberg i Oslo med Kari Hansen vid Bygdøy.";
        let first = stories.join_or_begin(&traits(a), Some(1));
        assert_ne!(first, stories.join_or_begin(&traits(b), Some(1)));
    }
}
