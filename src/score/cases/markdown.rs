//! Responsible for finding tests in Markdown: headings, fences, and where their lines stand.

use std::ops::Range;

/// Everything below one heading.
#[derive(Debug, Default)]
pub(super) struct Test {
    /// The heading's words.
    pub(super) heading: String,
    /// Its line, from 0.
    pub(super) line: usize,
    /// The article.
    pub(super) article: Option<Article>,
    /// The lists of rows.
    pub(super) expected: Vec<Fence>,
}

/// The `text` fence of a test.
#[derive(Debug)]
pub(super) struct Article {
    /// The fence's line, from 0.
    pub(super) line: usize,
    /// The article text.
    pub(super) text: String,
    /// What stands after `text` on the fence: `published=2024-05-02 title="…"`.
    info: String,
}

impl Article {
    /// A value given on the fence, quoted or not.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let rest = self.info.split(&format!("{name}=")).nth(1)?;
        let value = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split('"').next()?,
            None => rest.split_whitespace().next()?,
        };
        Some(value.to_owned())
    }
}

/// A list of expected rows.
#[derive(Debug)]
pub(super) struct Fence {
    /// What it lists.
    pub(super) kind: String,
    /// The fence's line, from 0.
    pub(super) line: usize,
    /// The lines between the fences.
    pub(super) lines: Range<usize>,
}

/// The tests of a file, in order. Anything before the first `##` is an introduction.
pub(super) fn tests(lines: &[&str]) -> Vec<Test> {
    let mut out: Vec<Test> = Vec::new();
    let mut n = 0;
    while n < lines.len() {
        let line = lines[n];
        if let Some(heading) = line.strip_prefix("## ") {
            out.push(Test {
                heading: heading.trim().to_owned(),
                line: n,
                ..Test::default()
            });
        } else if let Some(info) = line.strip_prefix("```") {
            let from = n + 1;
            let len = lines[from..].iter().take_while(|l| !l.starts_with("```"));
            n = from + len.count();
            if let Some(test) = out.last_mut() {
                test.add(info, from, lines, from..n);
            }
        }
        n += 1;
    }
    out
}

impl Test {
    fn add(&mut self, info: &str, from: usize, lines: &[&str], inside: Range<usize>) {
        let (kind, info) = info.split_once(' ').unwrap_or((info, ""));
        if kind == "text" {
            self.article = Some(Article {
                line: from - 1,
                text: lines[inside].join("\n"),
                info: info.to_owned(),
            });
        } else if !kind.is_empty() {
            self.expected.push(Fence {
                kind: kind.trim().to_owned(),
                line: from - 1,
                lines: inside,
            });
        }
    }
}

/// The file with the lines of each range replaced.
pub(super) fn replaced(lines: &[&str], by: Vec<(Range<usize>, Vec<String>)>) -> String {
    let mut out = String::new();
    let mut at = 0;
    let mut push = |lines: &mut dyn Iterator<Item = &str>| {
        for line in lines {
            out.push_str(line);
            out.push('\n');
        }
    };
    for (range, rows) in by {
        push(&mut lines[at..range.start].iter().copied());
        push(&mut rows.iter().map(String::as_str));
        at = range.end;
    }
    push(&mut lines[at..].iter().copied());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fence_carries_title_and_date() {
        let lines = [
            "## T",
            "```text published=2024-05-02 title=\"A b\"",
            "x",
            "",
            "y",
            "```",
        ];
        let found = tests(&lines);
        let article = found[0].article.as_ref().unwrap();
        assert_eq!(article.text, "x\n\ny");
        assert_eq!(
            article.attribute("published").as_deref(),
            Some("2024-05-02")
        );
        assert_eq!(article.attribute("title").as_deref(), Some("A b"));
        assert_eq!(article.attribute("url"), None);
    }
}
