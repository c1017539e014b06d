//! Responsible for what the pack says of a line as the heading or the source line of a fact box.

use super::Page;
use super::kinds::after_word;
use super::shape::is_caps;
use crate::text::fold::fold;

/// How sure a heading's words make a fact box, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// The words open something else: a caption, a link, a note.
    Label,
    /// Unknown words; the shape alone may make a box.
    None,
    /// Words that often head a box ("… i siffror").
    Weak,
    /// Words that head a box or a section ("bakgrund").
    Background,
    /// Words that head nothing else ("fakta").
    Known,
}

/// A line as the heading of a box.
#[derive(Debug)]
pub(super) struct Head<'a> {
    /// How sure its words are.
    pub(super) strength: Strength,
    /// What stands beside the known words.
    pub(super) topic: Option<&'a str>,
    /// It holds the known words alone.
    pub(super) is_bare: bool,
}

impl<'a> Head<'a> {
    /// Reads line `i`.
    pub(super) fn read(page: &'a Page<'_>, i: usize) -> Self {
        let line = page.content(i).trim_end_matches([':', '：', ' ', '\u{a0}']);
        let unknown = Self {
            strength: Strength::None,
            topic: None,
            is_bare: false,
        };
        if line.len() > 400 {
            return unknown;
        }
        let words = &page.pack.facts;
        let case = page.pack.tokens.case;
        let folded = fold(line, case);
        if let Some(strength) = known(page, folded.trim_end_matches(['?', ' '])) {
            return Self {
                strength,
                topic: None,
                is_bare: true,
            };
        }
        if let Some(head) = before_topic(page, line) {
            return head;
        }
        // A remark in brackets at the end says nothing of the heading.
        let plain = folded
            .strip_suffix(')')
            .and_then(|f| f.rsplit_once('('))
            .map_or(folded.as_str(), |(before, _)| before.trim_end());
        let label = |w: &String| {
            after_word(&folded, w).is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
        };
        if words.lines.labels.iter().any(label) {
            return Self {
                strength: Strength::Label,
                ..unknown
            };
        }
        let opens = |w: &String| after_word(&folded, w).is_some();
        let closes = |w: &String| {
            plain.strip_suffix(w.as_str()).is_some_and(|rest| {
                rest.is_empty() || rest.ends_with(|c: char| !c.is_alphanumeric())
            })
        };
        let opening = words.boxes.openings.iter().find(|w| opens(w));
        let closing = words.boxes.closings.iter().find(|w| closes(w));
        let topic = match (opening, closing) {
            (Some(word), _) => after_words(line, word.split_whitespace().count()),
            (None, Some(word)) => {
                let bare = line.split_once('(').map_or(line, |(before, _)| before);
                before_words(bare.trim_end(), word.split_whitespace().count())
            }
            (None, None) => return unknown,
        };
        Self {
            strength: Strength::Weak,
            topic: topic.filter(|t| !t.is_empty()),
            is_bare: false,
        }
    }
}

/// A line without its first `n` words.
fn after_words(line: &str, n: usize) -> Option<&str> {
    let mut rest = line;
    for _ in 0..n {
        rest = rest.split_once(char::is_whitespace)?.1.trim_start();
    }
    Some(rest.trim_end_matches('?').trim_end())
}

/// A line without its last `n` words.
fn before_words(line: &str, n: usize) -> Option<&str> {
    let mut rest = line;
    for _ in 0..n {
        rest = rest.rsplit_once(char::is_whitespace)?.0.trim_end();
    }
    Some(rest)
}

fn known(page: &Page<'_>, folded: &str) -> Option<Strength> {
    let boxes = &page.pack.facts.boxes;
    if boxes.headings.contains(folded) {
        Some(Strength::Known)
    } else if boxes.background.contains(folded) {
        Some(Strength::Background)
    } else {
        None
    }
}

/// Known words, then a separator or a change from capitals, then the topic.
fn before_topic<'a>(page: &Page<'_>, line: &'a str) -> Option<Head<'a>> {
    let case = page.pack.tokens.case;
    let limit = page.pack.facts.boxes.longest;
    let mut words = 0;
    for (at, c) in line.char_indices().skip(1) {
        let separates = matches!(
            c,
            ':' | '：' | '/' | '|' | '–' | '—' | '?' | '・' | '｜' | '.' | '('
        );
        if !separates && !c.is_whitespace() {
            continue;
        }
        let (before, rest) = line.split_at(at);
        let before = before.trim();
        if before.is_empty() {
            continue;
        }
        let topic = rest
            .trim_start_matches(|c: char| c.is_whitespace() || ":：/|–—-?・｜.".contains(c))
            .trim();
        let shifts = c.is_whitespace() && is_caps(before) && !is_caps(topic);
        let dashed = c.is_whitespace()
            && rest
                .trim_start()
                .starts_with(['-', '–', '—', '/', '|', ':']);
        if (separates || shifts || dashed)
            && !topic.is_empty()
            && let Some(strength) = known(page, &fold(before, case))
        {
            return Some(Head {
                strength,
                topic: Some(topic),
                is_bare: false,
            });
        }
        words += usize::from(c.is_whitespace());
        if words > limit {
            break;
        }
    }
    None
}

/// The names in a source line ("Källa: Ices, TT"), if line `i` is one.
pub(super) fn source_names<'a>(page: &'a Page<'_>, i: usize) -> Option<&'a str> {
    let shape = page.shapes.get(i)?;
    if shape.chars > 200 {
        return None;
    }
    let line = page.content(i);
    let inner = line.trim_start_matches(['(', '[', '*', '（', '/']);
    let at = inner.find([':', '：'])?;
    let (word, rest) = inner.split_at(at);
    let folded = fold(word.trim(), page.pack.tokens.case);
    if !page.pack.facts.boxes.sources.contains(&folded) {
        return None;
    }
    let names = rest
        .trim_start_matches([':', '：'])
        .trim_matches(|c: char| c.is_whitespace() || ".)]*）/。".contains(c));
    (!names.is_empty()).then_some(names)
}
