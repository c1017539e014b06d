//! Responsible for measuring every rule: how often its rows are right on gold.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::analyze::rules::{Measured, all};

/// Rows and right rows of each rule, by its id without language.
#[derive(Debug, Clone, Default)]
pub struct RuleTally {
    rules: BTreeMap<String, Measured>,
}

impl RuleTally {
    /// Counts one row of a rule.
    pub(super) fn add(&mut self, rule: &str, right: bool) {
        if rule.is_empty() {
            return;
        }
        let measured = self
            .rules
            .entry(rule.to_owned())
            .or_insert(Measured { right: 0, rows: 0 });
        measured.rows += 1;
        measured.right += u32::from(right);
    }

    /// Adds another count to this one.
    pub(super) fn merge(&mut self, other: &RuleTally) {
        for (rule, measured) in &other.rules {
            let mine = self
                .rules
                .entry(rule.clone())
                .or_insert(Measured { right: 0, rows: 0 });
            mine.rows += measured.rows;
            mine.right += measured.right;
        }
    }

    /// Each rule that gave at least one row, sorted by id.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Measured)> {
        self.rules
            .iter()
            .map(|(id, measured)| (id.as_str(), *measured))
    }

    /// The content of `config/rules.toml`: every rule that gave rows or is declared by a stage.
    pub fn to_toml(&self, articles: u64) -> String {
        let mut rules = self.rules.clone();
        for rule in all() {
            rules
                .entry(rule.id.to_owned())
                .or_insert(Measured { right: 0, rows: 0 });
        }
        let mut out = format!(
            "# How often each rule was right on {articles} annotated articles, written by\n\
             # `polygist score GOLD… --rules config/rules.toml`. A grade follows from it: strong from 95 %\n\
             # of at least 10 rows, fair from 85 % of at least 5, else weak.\n\n"
        );
        for (id, Measured { right, rows }) in rules {
            let _ = writeln!(out, "\"{id}\" = {{ right = {right}, rows = {rows} }}");
        }
        out
    }
}
