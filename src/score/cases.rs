//! Responsible for written examples: Markdown files in which each heading is a test, with an article
//! and the rows that must come out of it. See `tests/cases/README.md` for the format.

mod markdown;
mod rows;

use std::collections::BTreeMap;
use std::fmt;

use crate::analyze::{Engine, analyze};
use crate::model::article::{RawArticle, Source};
use crate::pack::GENERIC;

/// The result of running one Markdown file.
#[derive(Debug, Default)]
pub struct Outcome {
    /// How many expectations (fences) were compared.
    pub compared: usize,
    /// What did not come out as written.
    pub failures: Vec<Failure>,
    /// The file with every expectation replaced by what came out.
    pub updated: String,
}

/// One expectation that was not met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The file.
    pub path: String,
    /// The line of the fence, from 1.
    pub line: usize,
    /// The heading above it.
    pub heading: String,
    /// What the fence lists, or what is wrong with the file.
    pub what: String,
    /// Rows that should have come out and did not.
    pub missing: Vec<String>,
    /// Rows that came out and should not have.
    pub unexpected: Vec<String>,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{}:{} “{}”: {}",
            self.path, self.line, self.heading, self.what
        )?;
        for row in &self.missing {
            writeln!(f, "    - expected: {row}")?;
        }
        for row in &self.unexpected {
            writeln!(f, "    +      got: {row}")?;
        }
        Ok(())
    }
}

/// Runs all tests of one Markdown file whose articles are in one language.
///
/// `language` is a pack's code; the articles of the generic pack's folder declare no language.
pub fn run(path: &str, markdown: &str, language: &str, engine: &Engine) -> Outcome {
    let lines: Vec<&str> = markdown.lines().collect();
    let mut outcome = Outcome::default();
    let mut replacements = Vec::new();
    for test in markdown::tests(&lines) {
        let fail = |line: usize, what: String| Failure {
            path: path.to_owned(),
            line: line + 1,
            heading: test.heading.clone(),
            what,
            missing: Vec::new(),
            unexpected: Vec::new(),
        };
        let Some(article) = test.article else {
            if !test.expected.is_empty() {
                let what = "no ```text fence before the expected rows".to_owned();
                outcome.failures.push(fail(test.line, what));
            }
            continue;
        };
        if test.expected.is_empty() {
            let what = "an article without expected rows tests nothing".to_owned();
            outcome.failures.push(fail(article.line, what));
        }
        let record = analyze(raw(path, &article, language), engine);
        for fence in test.expected {
            let Some(got) = rows::rows(&record, &fence.kind) else {
                let what = format!("no such fence: {}; known are {}", fence.kind, rows::KINDS);
                outcome.failures.push(fail(fence.line, what));
                continue;
            };
            outcome.compared += 1;
            let wanted = fence.lines.clone().filter_map(|n| rows::tidy(lines[n]));
            let (missing, unexpected) = difference(wanted, &got);
            if !missing.is_empty() || !unexpected.is_empty() {
                outcome.failures.push(Failure {
                    missing,
                    unexpected,
                    ..fail(fence.line, fence.kind)
                });
            }
            replacements.push((fence.lines, got));
        }
    }
    outcome.updated = markdown::replaced(&lines, replacements);
    outcome
}

/// The article of a test.
fn raw(path: &str, article: &markdown::Article, language: &str) -> RawArticle {
    RawArticle {
        source: Source {
            path: path.to_owned(),
            record: article.line as u64,
            offset: None,
        },
        text: article.text.clone(),
        title: article.attribute("title"),
        published: article.attribute("published"),
        language: (language != GENERIC).then(|| language.to_owned()),
        ..RawArticle::default()
    }
}

/// Rows wanted but not there, and rows there but not wanted; order does not count.
fn difference(wanted: impl Iterator<Item = String>, got: &[String]) -> (Vec<String>, Vec<String>) {
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    for row in got {
        *left.entry(row).or_default() += 1;
    }
    let mut missing = Vec::new();
    for row in wanted {
        match left.get_mut(row.as_str()) {
            Some(n) if *n > 0 => *n -= 1,
            _ => missing.push(row),
        }
    }
    let mut unexpected = Vec::new();
    for row in got {
        if let Some(n) = left.get_mut(row.as_str())
            && *n > 0
        {
            *n -= 1;
            unexpected.push(row.clone());
        }
    }
    (missing, unexpected)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::Options;
    use crate::pack::Packs;

    fn engine() -> Engine {
        Engine::new(Packs::embedded(), Options::default()).unwrap()
    }

    const FILE: &str = "# Head\n\n## A language\n\nWhy.\n\n```text\nHej du.\n```\n\n```language\nde | declared\n```\n\nMore.\n";

    #[test]
    fn a_wrong_row_is_reported_where_it_stands_and_can_be_updated() {
        let engine = engine();
        let outcome = run("x.md", FILE, "sv", &engine);
        assert_eq!(outcome.failures.len(), 1, "{:?}", outcome.failures);
        let failure = &outcome.failures[0];
        assert_eq!((failure.line, failure.heading.as_str()), (11, "A language"));
        assert_eq!(failure.missing, ["de | declared"]);
        assert_eq!(failure.unexpected, ["sv | declared"]);
        assert_eq!(
            outcome.updated,
            FILE.replace("de | declared", "sv | declared")
        );
        let again = run("x.md", &outcome.updated, "sv", &engine);
        assert!(again.failures.is_empty() && again.compared == 1);
    }

    #[test]
    fn a_test_that_cannot_fail_is_itself_a_failure() {
        let engine = engine();
        for file in [
            "## A\n```text\nHej.\n```\n",
            "## A\n```facts\n```\n",
            "## A\n```text\nHej.\n```\n```bogus\n```\n",
        ] {
            assert_eq!(run("x.md", file, "sv", &engine).failures.len(), 1, "{file}");
        }
    }
}
