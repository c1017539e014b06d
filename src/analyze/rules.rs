//! Responsible for rules as things that can be listed and measured: each has an id, a sentence that
//! says what it does, and a grade that comes from its measured precision, never from opinion.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::error::Error;
use crate::model::record::{Grade, Record};
use crate::pack::source::Files;

/// One rule of a stage. Its id has no language: packs use it with their own data.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// `quotation.dash-cue`; never used again for something else.
    pub id: &'static str,
    /// What it takes for what, in a sentence.
    pub what: &'static str,
    /// A text in which it fires.
    pub fires: &'static str,
    /// A text in which it must not.
    pub near_miss: &'static str,
}

/// Every rule of every stage.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    [
        super::quotations::RULES,
        super::stances::RULES,
        super::facts::RULES,
    ]
    .into_iter()
    .flatten()
}

/// How often a rule was right when it was last measured on the gold set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measured {
    /// Rows of the rule that match a gold row in all that counts.
    pub right: u32,
    /// All rows of the rule, those that only match optional gold left out.
    pub rows: u32,
}

impl Measured {
    /// Strong from 95 %, fair from 85 %; a rule with few rows is never called strong.
    pub fn grade(self) -> Grade {
        let (right, rows) = (self.right * 100, self.rows);
        match () {
            () if rows >= 10 && right >= rows * 95 => Grade::Strong,
            () if rows >= 5 && right >= rows * 85 => Grade::Fair,
            () => Grade::Weak,
        }
    }
}

/// The committed measurement, `config/rules.toml`.
#[derive(Debug, Default)]
pub struct Grades {
    measured: BTreeMap<String, Measured>,
}

impl Grades {
    /// Reads the committed measurement.
    ///
    /// # Errors
    /// [`Error::Pack`] with line and column.
    pub fn load(files: &Files) -> Result<Self, Error> {
        let measured = files.file("rules.toml").toml()?;
        Ok(Self { measured })
    }

    /// The measurement of a rule, if it was ever measured.
    pub fn measured(&self, id: &str) -> Option<Measured> {
        self.measured.get(id).copied()
    }

    /// The grade of a rule by its full id (`sv.quotation.dash-cue`); weak when never measured.
    pub fn of(&self, rule: &str) -> Grade {
        let id = rule.split_once('.').map_or(rule, |(_, id)| id);
        self.measured(id).map_or(Grade::Weak, Measured::grade)
    }

    /// Gives every row of a record the grade of its rule.
    pub fn apply(&self, record: &mut Record) {
        record
            .quotations
            .iter_mut()
            .for_each(|q| q.grade = self.of(&q.rule));
        record
            .stances
            .iter_mut()
            .for_each(|s| s.grade = self.of(&s.rule));
        record
            .facts
            .iter_mut()
            .for_each(|f| f.grade = self.of(&f.rule));
    }
}
