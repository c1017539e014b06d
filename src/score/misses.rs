//! Responsible for telling what was missed and what was found wrongly, row by row.

use std::fmt;

use super::item::{Fact, Item, Quotation, Row, Stance};

/// A row on one side without a match on the other, or a match with the wrong speaker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    /// `missed quotation`, `false stance`, `speaker` …
    pub what: String,
    /// The article.
    pub article: String,
    /// What the row says.
    pub row: Vec<String>,
    /// The rule of a system row.
    pub rule: Option<String>,
}

impl fmt::Display for Miss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} | {} | {}",
            self.what,
            self.article,
            self.row.join(" | ")
        )?;
        self.rule
            .as_ref()
            .map_or(Ok(()), |rule| write!(f, " | {rule}"))
    }
}

/// A kind of row that can be missed.
pub(super) trait MissKind {
    /// The word for it.
    fn noun(&self) -> String;
    /// What it says.
    fn fields(&self) -> Vec<String>;
    /// Its rule and whether it counts.
    fn row(&self) -> &Row;
}

impl MissKind for Quotation {
    fn noun(&self) -> String {
        format!("quotation {}", self.kind)
    }
    fn fields(&self) -> Vec<String> {
        vec![or_dash(self.speaker.as_deref()), start(&self.text)]
    }
    fn row(&self) -> &Row {
        &self.row
    }
}

impl MissKind for Stance {
    fn noun(&self) -> String {
        "stance".into()
    }
    fn fields(&self) -> Vec<String> {
        vec![
            or_dash(self.holder.as_deref()),
            self.polarity.clone(),
            start(&self.target),
        ]
    }
    fn row(&self) -> &Row {
        &self.row
    }
}

impl MissKind for Fact {
    fn noun(&self) -> String {
        "fact".into()
    }
    fn fields(&self) -> Vec<String> {
        vec![start(&self.text)]
    }
    fn row(&self) -> &Row {
        &self.row
    }
}

impl Miss {
    /// A quotation that was found with another speaker.
    pub(super) fn speaker(article: &Item, gold: &Quotation, system: &Quotation) -> Self {
        Self {
            what: "speaker".into(),
            article: article.id.clone(),
            row: vec![
                or_dash(gold.speaker.as_deref()),
                or_dash(system.speaker.as_deref()),
                start(&gold.text),
            ],
            rule: rule(system.row.rule.as_str()),
        }
    }

    /// Rows without a partner, gold first.
    pub(super) fn unmatched<G: MissKind, S: MissKind>(
        article: &Item,
        gold: &[&G],
        system: &[&S],
        matched: &[(usize, usize)],
    ) -> Vec<Self> {
        let missed = gold
            .iter()
            .enumerate()
            .filter(|(i, _)| !matched.iter().any(|m| m.0 == *i));
        let wrong = system
            .iter()
            .enumerate()
            .filter(|(j, _)| !matched.iter().any(|m| m.1 == *j));
        let missed = missed.map(|(_, row)| Self::of("missed", article, *row));
        missed
            .chain(wrong.map(|(_, row)| Self::of("false", article, *row)))
            .collect()
    }

    fn of(how: &str, article: &Item, row: &impl MissKind) -> Self {
        Self {
            what: format!("{how} {}", row.noun()),
            article: article.id.clone(),
            row: row.fields(),
            rule: rule(&row.row().rule),
        }
    }
}

fn rule(id: &str) -> Option<String> {
    (!id.is_empty()).then(|| id.to_owned())
}

fn or_dash(value: Option<&str>) -> String {
    value.unwrap_or("-").to_owned()
}

/// The beginning of a text on one line.
fn start(text: &str) -> String {
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .take(110)
        .collect()
}
