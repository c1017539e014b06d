//! Responsible for what an actor is known by while records come in: the name, and what keeps two actors of
//! one name apart.

use std::cell::OnceCell;
use std::fmt::Write;

use rustc_hash::FxHashSet;

use super::common::CommonNames;
use super::names::{fold, words};
use crate::model::record::{Actor, ActorKind, Record};
use crate::text::chars;

/// What stands between the parts of a key.
const APART: &str = "\u{1f}";
/// The longest party code in letters; a longer affiliation is a name and does not set people apart.
const CODE: usize = 4;
/// A shorter name in a script without capitals is a common word.
const UNCASED: usize = 3;

/// A party code: short and in capitals. Two people of one name and different codes are two people.
fn code(affiliation: Option<&str>) -> &str {
    affiliation
        .filter(|a| a.chars().count() <= CODE && a.chars().any(char::is_uppercase))
        .unwrap_or("")
}

/// What an organisation's name can be told by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Naming {
    /// Several words, or a long word in capitals: the same body in every language.
    Unmistakable,
    /// One word or a short code: the same body in one language, unless stories say more.
    Short,
    /// Common words, "regeringen", which mean another body in each story.
    Description,
}

fn naming(name: &str, is_listed: bool, text: &SmallWords<'_>) -> Naming {
    let letters = || name.chars().filter(|c| c.is_alphabetic());
    let cased = letters().any(|c| c.is_lowercase() || c.is_uppercase());
    let small = name.chars().next().is_some_and(char::is_lowercase);
    if small || is_listed || (!cased && letters().count() < UNCASED) || text.is_common(name) {
        return Naming::Description;
    }
    let capitals = cased && letters().count() >= CODE && letters().all(char::is_uppercase);
    if capitals || (cased && name.split_whitespace().count() > 1) {
        Naming::Unmistakable
    } else {
        Naming::Short
    }
}

/// The words of a record's text that begin with a small letter, read when they are first asked for.
#[derive(Debug)]
pub(super) struct SmallWords<'t> {
    text: &'t str,
    words: OnceCell<FxHashSet<&'t str>>,
}

impl<'t> SmallWords<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let words = OnceCell::new();
        Self { text, words }
    }

    fn words(&self) -> &FxHashSet<&'t str> {
        self.words.get_or_init(|| {
            runs(self.text)
                .filter(|word| word.chars().next().is_some_and(chars::is_lowercase))
                .collect()
        })
    }

    /// Whether a single word begins with a capital only where a sentence begins: the text has it in
    /// small letters, too.
    fn is_common(&self, name: &str) -> bool {
        if name.contains(char::is_whitespace) || name.chars().skip(1).any(char::is_uppercase) {
            return false;
        }
        let small = name.to_lowercase();
        let mut parts = runs(&small);
        small != name
            && parts.next().is_some_and(|part| {
                self.words().contains(part) && (part.len() == small.len() || self.has(&small))
            })
    }

    /// Whether a word with a hyphen or the like in it stands in the text.
    fn has(&self, small: &str) -> bool {
        let borders = |c: Option<char>| c.is_none_or(|c| !chars::is_alphanumeric(c));
        self.text.match_indices(small).any(|(at, found)| {
            let before = self.text.get(..at).and_then(|t| t.chars().next_back());
            let after = self
                .text
                .get(at + found.len()..)
                .and_then(|t| t.chars().next());
            borders(before) && borders(after)
        })
    }
}

/// The runs of letters and digits.
fn runs(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !chars::is_alphanumeric(c))
        .filter(|word| !word.is_empty())
}

/// What an actor is known by, but for the number of the story, which no single record tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key {
    /// A letter for what it is, the folded name and what else keeps it apart.
    text: String,
    /// Where the folded name ends in it.
    folded: u32,
    /// Whether it is another actor in each story.
    is_of_story: bool,
}

impl Key {
    /// The keys of a record's actors, in their order.
    pub(super) fn all(record: &Record, common: &CommonNames) -> Vec<Self> {
        let words = SmallWords::of(&record.text);
        let key = |actor| Self::of(actor, record, common, &words);
        record.actors.iter().map(key).collect()
    }

    fn of(actor: &Actor, record: &Record, common: &CommonNames, text: &SmallWords<'_>) -> Self {
        let folded = fold(&actor.name);
        let language = &record.language.code;
        let is_listed = common.has(&folded, language);
        let (letter, apart, is_of_story) = match actor.kind {
            ActorKind::Person if !is_listed && words(&folded).count() > 1 => {
                ("p", Some(code(actor.affiliation.as_deref())), false)
            }
            // A lone surname is one person within a story only.
            ActorKind::Person => ("s", Some(language.as_str()), true),
            ActorKind::Organisation => match naming(&actor.name, is_listed, text) {
                Naming::Unmistakable => ("o", None, false),
                Naming::Short => ("o", Some(language.as_str()), false),
                Naming::Description => ("d", Some(language.as_str()), true),
            },
            // "kritiker", "hon": others in each story.
            ActorKind::Group => ("g", Some(language.as_str()), true),
        };
        let mut text = [letter, APART, &folded].concat();
        if let Some(apart) = apart {
            text.push_str(APART);
            text.push_str(apart);
        }
        Self {
            text,
            folded: (Self::FOLDED + folded.len()) as u32,
            is_of_story,
        }
    }

    /// Writes the whole key for an actor of a story into `out`.
    pub(super) fn write(&self, story: u32, out: &mut String) {
        out.clear();
        out.push_str(&self.text);
        if self.is_of_story {
            out.push_str(APART);
            // Writing to a string cannot fail.
            let _ = write!(out, "{story}");
        }
    }

    /// Where in the whole key the folded name begins.
    pub(super) const FOLDED: usize = 1 + APART.len();

    /// Where in the whole key the folded name ends.
    pub(super) fn folded_end(&self) -> u32 {
        self.folded
    }
}
