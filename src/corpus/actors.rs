//! Responsible for actors across articles and languages: one entry for a person, organisation or
//! group where the evidence allows, never two people merged silently.
//!
//! While records come in, an entry holds exactly one spelling (and, for a lone surname, one story). At
//! the end entries are joined by rules that each name their evidence.

use std::hash::{BuildHasher, BuildHasherDefault};

use rustc_hash::{FxHashMap, FxHasher};

use super::joins::{Joins, by_code, by_name, by_surname, by_transliteration};
use super::keys::Key;
use super::names::fold;
use crate::model::record::{Actor, ActorKind, Polarity, Record};

/// Quotations and stances remembered of each entry, to show.
const SHOWN: usize = 12;
/// Roles, affiliations, languages and stories remembered of each entry.
const FEW: usize = 6;

/// A place in the corpus: article number and the row's index in the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The article's number in input order.
    pub article: u32,
    /// The number in the quotation's or stance's id.
    pub row: u32,
}

impl Place {
    /// The place of the row `id` (`q001`, `s001`).
    pub fn new(article: u32, id: &str) -> Self {
        let row = id.get(1..).and_then(|n| n.parse().ok()).unwrap_or(0);
        Self { article, row }
    }
}

/// One spelling of an actor, or after `Actors::merged` one actor.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The name to show.
    pub name: String,
    /// What it is.
    pub kind: ActorKind,
    /// Other spellings.
    pub aliases: Vec<String>,
    /// Titles and functions with their counts.
    pub roles: Vec<(String, u32)>,
    /// Parties and organisations with their counts.
    pub affiliations: Vec<(String, u32)>,
    /// Numbers of the articles' languages.
    pub languages: Vec<u32>,
    /// Stories of the articles, a few.
    stories: Vec<u32>,
    /// Number of articles, copies left out.
    pub articles: u32,
    /// Number of quotations.
    pub quotations: u32,
    /// Number of stances.
    pub stances: u32,
    /// Stances for something.
    pub support: u32,
    /// Stances against something.
    pub oppose: u32,
    /// The first article.
    pub first_article: u32,
    /// Quotations to show.
    pub quoted_at: Vec<Place>,
    /// The evidence that joined several spellings.
    pub merged_by: Vec<&'static str>,
    /// What the entry is known by: folded name and what keeps it apart.
    key: Box<str>,
    /// Where in the key the folded name ends.
    folded: u32,
}

/// An actor in an article.
#[derive(Debug, Clone, Copy)]
pub struct Mention {
    /// The article's number.
    pub article: u32,
    /// The entry's number.
    pub entry: u32,
    /// Quotations there.
    pub quotations: u32,
    /// Stances there.
    pub stances: u32,
}

/// All entries of a corpus: about 450 bytes for each distinct name, 16 for each mention.
#[derive(Debug, Default)]
pub struct Actors {
    entries: Vec<Entry>,
    /// Entries by the hash of their key; one whose hash another has stands under the next number.
    by_key: FxHashMap<u64, u32>,
    /// The key of the actor at hand.
    key: String,
    /// Every actor of every article, copies too.
    pub mentions: Vec<Mention>,
}

/// Adds one to the count of a value, keeping a few values.
fn tally(all: &mut Vec<(String, u32)>, value: &str, by: u32) {
    if let Some((_, n)) = all.iter_mut().find(|(v, _)| v == value) {
        *n += by;
    } else if all.len() < FEW {
        push(all, (value.to_owned(), by));
    }
}

/// Adds a value to a list that mostly holds one or two, without room for more.
fn push<T>(all: &mut Vec<T>, value: T) {
    all.reserve_exact(1);
    all.push(value);
}

fn remember<T: PartialEq>(all: &mut Vec<T>, value: T, most: usize) {
    if all.len() < most && !all.contains(&value) {
        push(all, value);
    }
}

impl Actors {
    /// Adds the actors of an article; copies of earlier articles are joined but not counted.
    ///
    /// Returns the entry of each of the record's actors.
    pub(super) fn add(
        &mut self,
        record: &Record,
        keys: &[Key],
        language: u32,
        article: u32,
        story: u32,
        copy: bool,
    ) -> Vec<u32> {
        let mut numbers = Vec::with_capacity(record.actors.len());
        for (actor, key) in record.actors.iter().zip(keys) {
            let number = self.number(actor, key, story, article);
            numbers.push(number);
            self.mentions.push(Mention {
                article,
                entry: number,
                quotations: actor.quotations,
                stances: actor.stances,
            });
            let Some(entry) = self.entries.get_mut(number as usize) else {
                continue;
            };
            entry.see(actor, language, story);
            if !copy {
                entry.count(record, actor, article);
            }
        }
        numbers
    }

    /// The entry of an actor, a new one when there is none.
    fn number(&mut self, actor: &Actor, key: &Key, story: u32, article: u32) -> u32 {
        key.write(story, &mut self.key);
        let mut hash = BuildHasherDefault::<FxHasher>::default().hash_one(&self.key);
        while let Some(&number) = self.by_key.get(&hash) {
            let entry = self.entries.get(number as usize);
            if entry.is_some_and(|entry| *entry.key == *self.key) {
                return number;
            }
            hash = hash.wrapping_add(1);
        }
        let number = self.entries.len() as u32;
        self.by_key.insert(hash, number);
        let entry = Entry::new(actor, self.key.as_str().into(), key.folded_end(), article);
        self.entries.push(entry);
        number
    }

    /// Joins entries that the evidence says are one, and returns them with the way from old numbers
    /// to new ones.
    pub(super) fn merged(self) -> (Vec<Entry>, Vec<u32>, Vec<Mention>) {
        let Self {
            entries, mentions, ..
        } = self;
        let mut joins = Joins::new(entries.len());
        by_code(&entries, &mut joins);
        by_name(&entries, &mut joins);
        by_surname(&entries, &mut joins);
        by_transliteration(&entries, &mut joins);
        let (entries, way) = joins.apply(entries);
        (entries, way, mentions)
    }
}

impl Entry {
    fn new(actor: &Actor, key: Box<str>, folded: u32, article: u32) -> Self {
        Self {
            name: actor.name.clone(),
            kind: actor.kind,
            aliases: Vec::new(),
            roles: Vec::new(),
            affiliations: Vec::new(),
            languages: Vec::new(),
            stories: Vec::new(),
            articles: 0,
            quotations: 0,
            stances: 0,
            support: 0,
            oppose: 0,
            first_article: article,
            quoted_at: Vec::new(),
            merged_by: Vec::new(),
            key,
            folded,
        }
    }

    /// Remembers how an article names the actor.
    fn see(&mut self, actor: &Actor, language: u32, story: u32) {
        for alias in &actor.aliases {
            if self.aliases.len() < FEW && !self.aliases.contains(alias) {
                push(&mut self.aliases, alias.clone());
            }
        }
        remember(&mut self.languages, language, FEW * 4);
        remember(&mut self.stories, story, FEW * 4);
    }

    /// Counts what the actor says in an article.
    fn count(&mut self, record: &Record, actor: &Actor, article: u32) {
        self.articles += 1;
        self.quotations += actor.quotations;
        self.stances += actor.stances;
        if let Some(role) = &actor.role {
            tally(&mut self.roles, role, 1);
        }
        if let Some(affiliation) = &actor.affiliation {
            tally(&mut self.affiliations, affiliation, 1);
        }
        for quotation in &record.quotations {
            let speaker = quotation.speaker.as_ref();
            if self.quoted_at.len() < SHOWN && speaker.is_some_and(|s| s.name == actor.name) {
                push(&mut self.quoted_at, Place::new(article, &quotation.id));
            }
        }
        for stance in record
            .stances
            .iter()
            .filter(|s| s.holder.name == actor.name)
        {
            self.support += u32::from(stance.polarity == Polarity::Support);
            self.oppose += u32::from(stance.polarity == Polarity::Oppose);
        }
    }

    /// The stable id.
    pub fn id(&self) -> String {
        let id = crate::model::ids::article_id(&format!("actor\u{1f}{}", self.key));
        id.replacen("art_", "act_", 1)
    }

    /// The most frequent role.
    pub fn role(&self) -> Option<&str> {
        most(&self.roles)
    }

    /// The most frequent affiliation.
    pub fn affiliation(&self) -> Option<&str> {
        most(&self.affiliations)
    }

    /// The folded name.
    pub(super) fn folded(&self) -> &str {
        self.key
            .get(Key::FOLDED..self.folded as usize)
            .unwrap_or("")
    }

    pub(super) fn is_full_name(&self) -> bool {
        self.key.starts_with('p')
    }

    pub(super) fn is_organisation(&self) -> bool {
        self.key.starts_with('o')
    }

    /// Whether its name means one body in every language.
    pub(super) fn is_unmistakable(&self) -> bool {
        self.is_organisation() && self.key.matches('\u{1f}').count() == 1
    }

    pub(super) fn is_surname(&self) -> bool {
        self.key.starts_with('s')
    }

    pub(super) fn shares_story(&self, other: &Self) -> bool {
        self.stories.iter().any(|s| other.stories.contains(s))
    }

    /// Whether both have an affiliation that the other has too.
    pub(super) fn shares_affiliation(&self, other: &Self) -> bool {
        self.affiliations
            .iter()
            .any(|(a, _)| other.affiliations.iter().any(|(b, _)| fold(a) == fold(b)))
    }

    /// The code that keeps full names apart.
    pub(super) fn code(&self) -> &str {
        self.key.rsplit('\u{1f}').next().unwrap_or("")
    }

    pub(super) fn absorb(&mut self, other: Self) {
        if other.folded() != self.folded() {
            remember(&mut self.aliases, other.name, FEW * 2);
        }
        for alias in other.aliases {
            if fold(&alias) != self.folded() {
                remember(&mut self.aliases, alias, FEW * 2);
            }
        }
        for (role, n) in other.roles {
            tally(&mut self.roles, &role, n);
        }
        for (affiliation, n) in other.affiliations {
            tally(&mut self.affiliations, &affiliation, n);
        }
        for language in other.languages {
            remember(&mut self.languages, language, FEW * 4);
        }
        self.articles += other.articles;
        self.quotations += other.quotations;
        self.stances += other.stances;
        self.support += other.support;
        self.oppose += other.oppose;
        self.first_article = self.first_article.min(other.first_article);
        self.quoted_at.extend(other.quoted_at);
        self.quoted_at.sort_unstable();
        self.quoted_at.truncate(SHOWN);
        for reason in other.merged_by {
            remember(&mut self.merged_by, reason, FEW);
        }
    }
}

fn most(all: &[(String, u32)]) -> Option<&str> {
    // The first of equals, so that the order of articles decides and nothing else.
    all.iter()
        .rev()
        .max_by_key(|(_, n)| *n)
        .map(|(value, _)| value.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::CommonNames;
    use crate::model::samples::{full_record, record};

    type Sample<'a> = (&'a str, u32, &'a [(&'a str, &'a str)]);

    /// Entries of articles that each have a language, a story and actors with an affiliation.
    fn entries(articles: &[Sample<'_>]) -> Vec<Entry> {
        let mut all = Actors::default();
        for (n, (language, story, actors)) in articles.iter().enumerate() {
            let mut record = record("x");
            record.language.code = (*language).to_owned();
            record.actors = actors
                .iter()
                .map(|(name, affiliation)| Actor {
                    name: (*name).to_owned(),
                    aliases: Vec::new(),
                    kind: if name.eq_ignore_ascii_case("nato") {
                        ActorKind::Organisation
                    } else {
                        ActorKind::Person
                    },
                    role: None,
                    affiliation: (!affiliation.is_empty()).then(|| (*affiliation).to_owned()),
                    quotations: 1,
                    stances: 0,
                })
                .collect();
            let keys = Key::all(&record, &CommonNames::default());
            let language =
                u32::from_le_bytes([language.as_bytes()[0], language.as_bytes()[1], 0, 0]);
            all.add(&record, &keys, language, n as u32, *story, false);
        }
        all.merged().0
    }

    fn names(entries: &[Entry]) -> Vec<(&str, u32)> {
        entries
            .iter()
            .map(|e| (e.name.as_str(), e.articles))
            .collect()
    }

    #[test]
    fn one_person_in_three_spellings_is_one_entry() {
        let all = entries(&[
            ("sv", 1, &[("Jens Stoltenberg", "Nato")]),
            ("sv", 1, &[("Stoltenberg", "")]),
            ("ru", 1, &[("Йенс Столтенберг", "")]),
            ("nb", 2, &[("Jens Stoltenberg", ""), ("Nato", "")]),
            ("en", 3, &[("NATO", "")]),
            ("de", 4, &[("Nato", "")]),
        ]);
        assert_eq!(names(&all), [("Jens Stoltenberg", 4), ("Nato", 3)]);
        assert_eq!(all[0].merged_by, ["short_name", "transliteration", "name"]);
        assert_eq!(all[0].aliases, ["Stoltenberg", "Йенс Столтенберг"]);
    }

    #[test]
    fn two_people_of_one_name_stay_two() {
        let all = entries(&[
            ("sv", 1, &[("Anders Öst", "S")]),
            ("sv", 2, &[("Anders Öst", "M")]),
            ("sv", 3, &[("Anders Öst", "")]),
            ("sv", 4, &[("Öst", "")]),
            ("sv", 5, &[("Karin Larsson", "")]),
            ("da", 6, &[("Karen Larsen", "")]),
            ("sv", 5, &[("Karen Larson", "")]),
        ]);
        assert_eq!(all.len(), 7);
    }

    /// Languages and stories of one body's mentions, and how many bodies they are taken for.
    fn bodies(name: &str, places: &[(&str, u32)], text: &str) -> usize {
        let mut all = Actors::default();
        for (n, (language, story)) in places.iter().enumerate() {
            let mut record = record("x");
            record.language.code = (*language).to_owned();
            record.text = text.to_owned();
            let mut actor = full_record("x").actors[0].clone();
            (actor.name, actor.kind) = (name.to_owned(), ActorKind::Organisation);
            record.actors = vec![actor];
            let keys = Key::all(&record, &CommonNames::default());
            let language =
                u32::from_le_bytes([language.as_bytes()[0], language.as_bytes()[1], 0, 0]);
            all.add(&record, &keys, language, n as u32, *story, false);
        }
        all.merged().0.len()
    }

    #[test]
    fn short_names_are_one_body_in_a_language_and_descriptions_in_a_story() {
        let two_languages = [("fr", 1), ("pt", 2), ("fr", 3)];
        assert_eq!(bodies("PS", &two_languages, "PS"), 2);
        assert_eq!(bodies("Greenpeace", &[("fr", 1), ("pt", 1)], "x"), 1);
        assert_eq!(bodies("Clinton", &two_languages, "Clinton"), 2);
        assert_eq!(bodies("UNICEF", &two_languages, "UNICEF"), 1);
        assert_eq!(bodies("Amnesty International", &two_languages, "x"), 1);
        assert_eq!(
            bodies("Regeringen", &[("sv", 1), ("sv", 2)], "Så gör regeringen."),
            2
        );
        assert_eq!(
            bodies("Regeringen", &[("sv", 1), ("sv", 1)], "Så gör regeringen."),
            1
        );
        assert_eq!(bodies("Polizei", &[("de", 1), ("de", 2)], "Polizei"), 2);
        assert_eq!(bodies("市", &[("ja", 1), ("ja", 2)], "市"), 2);
        assert_eq!(bodies("気象庁", &[("ja", 1), ("ja", 2)], "気象庁"), 1);
    }

    #[test]
    fn two_spellings_of_two_languages_in_one_story_are_one() {
        let all = entries(&[
            ("sv", 1, &[("Volodymyr Zelenskyj", "")]),
            ("de", 1, &[("Wolodymyr Selenskyj", "")]),
            ("uk", 9, &[("Володимир Зеленський", "")]),
        ]);
        assert_eq!(names(&all), [("Volodymyr Zelenskyj", 3)]);
    }

    #[test]
    fn ids_do_not_depend_on_order() {
        let one = entries(&[("sv", 1, &[("Åsa Lind", ""), ("Nato", "")])]);
        let two = entries(&[("sv", 7, &[("Nato", ""), ("Åsa Lind", "")])]);
        assert_eq!(one[0].id(), two[1].id());
        assert!(one[0].id().starts_with("act_"));
    }
}
