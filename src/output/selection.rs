//! Responsible for what a user selects of a corpus: which articles, and which tables.
//!
//! A record outside the selection becomes a skipped one that keeps its id, place and date, so that
//! every input record is still in `articles.jsonl` once and the counts hold. Whether a record is
//! inside depends on that record alone, so a run and a merge select the same.

use std::collections::BTreeSet;

use super::tables::{TABLES, TableId};
use crate::corpus::names::fold;
use crate::model::dates::{civil, day_number, iso_day};
use crate::model::problem::{Code, Problem};
use crate::model::record::{Record, Status};

/// Which articles are wanted; the default wants all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selection {
    /// First day of publication, counted from 1970.
    pub since: Option<i32>,
    /// Last day of publication.
    pub until: Option<i32>,
    /// Language codes; none means all.
    pub languages: BTreeSet<String>,
    /// What must be true of an article, all of it.
    pub conditions: Vec<Condition>,
}

/// `actor=Ek|Berg`: one of the words must be in the field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    field: Field,
    /// The words as given.
    given: String,
    /// Folded alternatives.
    words: Vec<String>,
}

/// What a condition looks into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    /// Names of those who speak or hold a stance.
    Actor,
    /// Targets of stances.
    Target,
    /// Headline and text.
    Text,
}

const FIELDS: [(&str, Field); 3] = [
    ("actor", Field::Actor),
    ("target", Field::Target),
    ("text", Field::Text),
];

impl Condition {
    /// Reads `actor=Ek|Berg`.
    ///
    /// # Errors
    /// What does not fit, for a person.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (name, given) = text.split_once('=').unwrap_or((text, ""));
        let field = FIELDS.iter().find(|(n, _)| *n == name.trim());
        let (_, field) = field.ok_or_else(|| {
            format!("`{text}` is no condition: write actor=WORDS, target=WORDS or text=WORDS")
        })?;
        let words = given.split('|').map(|w| fold(w.trim()));
        let words: Vec<String> = words.filter(|w| !w.is_empty()).collect();
        if words.is_empty() {
            return Err(format!("`{text}` names no words to look for"));
        }
        Ok(Self {
            field: *field,
            given: given.trim().to_owned(),
            words,
        })
    }

    fn holds(&self, record: &Record) -> bool {
        let found = |text: &str| {
            let text = fold(text);
            self.words.iter().any(|words| contains(&text, words))
        };
        match self.field {
            Field::Actor => record
                .actors
                .iter()
                .any(|a| found(&a.name) || a.aliases.iter().any(|alias| found(alias))),
            Field::Target => record
                .stances
                .iter()
                .any(|s| found(&s.target.text) || found(&s.target.canonical)),
            Field::Text => record.title.as_deref().is_some_and(found) || found(&record.text),
        }
    }

    fn name(&self) -> &'static str {
        let field = FIELDS.iter().find(|(_, f)| *f == self.field);
        field.map_or("", |(name, _)| *name)
    }
}

/// Whether `words` stand in `text` from the beginning of a word on, both folded. Where letters have
/// no cases, words are not set apart by spaces or carry prefixes, and any place will do. A number begins
/// where no digit stands before it.
fn contains(text: &str, words: &str) -> bool {
    let first = words.chars().next();
    let cased = first.is_some_and(char::is_lowercase);
    let number = first.is_some_and(char::is_numeric);
    text.match_indices(words).any(|(at, _)| {
        let before = text.get(..at).and_then(|t| t.chars().next_back());
        before.is_none_or(|c| !(cased && c.is_alphanumeric() || number && c.is_numeric()))
    })
}

impl Selection {
    /// Whether every article is wanted.
    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }

    /// Why a record is not wanted; `None` when it is.
    fn objection(&self, record: &Record) -> Option<String> {
        if self.since.is_some() || self.until.is_some() {
            let Some(day) = record.published.as_deref().and_then(day_number) else {
                return Some("no date of publication".into());
            };
            if let Some(since) = self.since.filter(|since| day < *since) {
                return Some(format!("published before {}", iso_day(since)));
            }
            if let Some(until) = self.until.filter(|until| day > *until) {
                return Some(format!("published after {}", iso_day(until)));
            }
        }
        let language = &record.language.code;
        if !self.languages.is_empty() && !self.languages.contains(language) {
            return Some(format!("in {language}"));
        }
        let broken = self.conditions.iter().find(|c| !c.holds(record))?;
        Some(format!("no {} like {}", broken.name(), broken.given))
    }

    /// The record as the output shall have it, and whether it was left out here.
    pub fn apply(&self, record: Record) -> (Record, bool) {
        let processed = matches!(record.status, Status::Ok | Status::Degraded);
        match self.objection(&record).filter(|_| processed) {
            Some(why) => (outside(record, &why), true),
            None => (record, false),
        }
    }
}

/// What stays of a record that is not wanted: who it is, and why it is not here.
fn outside(record: Record, why: &str) -> Record {
    let message = format!("outside the selection: {why}");
    Record {
        status: Status::Skipped,
        metadata: std::collections::BTreeMap::new(),
        text: String::new(),
        blocks: Vec::new(),
        summary: Vec::new(),
        fact_boxes: Vec::new(),
        facts: Vec::new(),
        figures: Vec::new(),
        quotations: Vec::new(),
        stances: Vec::new(),
        actors: Vec::new(),
        problems: vec![Problem::new(Code::INotSelected, message)],
        ..record
    }
}

/// The first day of `2026`, `2026-11` or `2026-11-24`.
///
/// # Errors
/// What does not fit, for a person.
pub fn first_day(date: &str) -> Result<i32, String> {
    let whole = match date.len() {
        4 => format!("{date}-01-01"),
        7 => format!("{date}-01"),
        _ => date.to_owned(),
    };
    let day = day_number(&whole).filter(|day| iso_day(*day) == whole);
    day.ok_or_else(|| format!("`{date}` is no date such as 2026-11-24, 2026-11 or 2026"))
}

/// The last day of `2026`, `2026-11` or `2026-11-24`.
///
/// # Errors
/// What does not fit, for a person.
pub fn last_day(date: &str) -> Result<i32, String> {
    let first = first_day(date)?;
    let (year, month, _) = civil(i64::from(first));
    let next = match date.len() {
        4 => format!("{:04}-01-01", year + 1),
        7 if month == 12 => format!("{:04}-01-01", year + 1),
        7 => format!("{year:04}-{:02}-01", month + 1),
        _ => return Ok(first),
    };
    Ok(day_number(&next).map_or(i32::MAX, |day| day - 1))
}

/// The tables to write; the default is all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Only(Option<BTreeSet<TableId>>);

impl Only {
    /// The named tables, and with them those that keys and accounts need: articles and errors.
    ///
    /// # Errors
    /// A name that no table has, for a person.
    pub fn named<'n>(names: impl IntoIterator<Item = &'n str>) -> Result<Self, String> {
        let mut chosen = BTreeSet::new();
        for name in names.into_iter().map(str::trim).filter(|n| !n.is_empty()) {
            let id = TableId::ALL.into_iter().find(|id| id.table().name == name);
            chosen.insert(id.ok_or_else(|| {
                let known: Vec<&str> = TABLES.iter().map(|t| t.name).collect();
                format!("`{name}` is none of the tables {}", known.join(", "))
            })?);
        }
        if chosen.is_empty() {
            return Ok(Self::default());
        }
        chosen.extend([TableId::Articles, TableId::Errors]);
        Ok(Self(Some(chosen)))
    }

    /// Whether a table is written.
    pub fn has(&self, id: TableId) -> bool {
        self.0.as_ref().is_none_or(|chosen| chosen.contains(&id))
    }

    /// The tables that are written, in order.
    pub fn tables(&self) -> impl Iterator<Item = TableId> {
        TableId::ALL.into_iter().filter(|id| self.has(*id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::samples::full_record;

    fn why(selection: &Selection) -> Option<String> {
        let (record, left_out) = selection.apply(full_record("a"));
        assert_eq!(left_out, record.status == Status::Skipped);
        left_out.then(|| record.problems[0].message.clone())
    }

    fn on(condition: &str) -> Selection {
        Selection {
            conditions: vec![Condition::parse(condition).unwrap()],
            ..Selection::default()
        }
    }

    #[test]
    fn what_is_outside_keeps_its_id_and_says_why() {
        let whole = full_record("a");
        let selection = Selection {
            languages: BTreeSet::from(["fi".to_owned()]),
            ..Selection::default()
        };
        let (record, _) = selection.apply(whole.clone());
        assert_eq!(record.article_id, whole.article_id);
        assert_eq!(record.published, whole.published);
        assert!(record.text.is_empty() && record.quotations.is_empty());
        assert_eq!(record.problems[0].message, "outside the selection: in sv");
        // A second look changes nothing more.
        assert_eq!(selection.apply(record.clone()), (record, false));
    }

    #[test]
    fn words_are_found_from_the_beginning_of_a_word_on() {
        assert!(contains("det säger natos chef", "nato"));
        assert!(!contains("en senator från", "nator"));
        assert!(contains("政府の方針", "方針"));
        assert!(contains("i år 2024 och", "2024"));
        assert!(!contains("nummer 12024", "2024"));
        assert_eq!(why(&on("actor=åsa  LIND|Berg")), None);
        assert_eq!(why(&on("target=väg")), None);
        assert!(why(&on("text=äg")).unwrap().ends_with("no text like äg"));
        assert!(why(&on("actor=Lindgren")).is_some());
        for wrong in ["actor", "speaker=x", "text=", "text=|", ""] {
            assert!(Condition::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn dates_may_be_months_and_years() {
        let days = |date: &str| (first_day(date).unwrap(), last_day(date).unwrap());
        assert_eq!(days("1970"), (0, 364));
        assert_eq!(days("1970-12"), (334, 364));
        assert_eq!(days("1970-01-02"), (1, 1));
        assert_eq!(days("1972-02").1 - days("1972-02").0, 28);
        for wrong in ["", "70", "1970-13", "1970-02-30", "1970-1-1", "today"] {
            assert!(first_day(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn tables_are_chosen_by_name() {
        let only = Only::named(["quotes", " facts"]).unwrap();
        let names: Vec<&str> = only.tables().map(|id| id.table().name).collect();
        assert_eq!(names, ["articles", "facts", "quotes", "errors"]);
        assert!(Only::named([]).unwrap().has(TableId::Stories));
        assert!(Only::named(["quotations"]).is_err());
    }
}
