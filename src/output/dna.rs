//! Responsible for the files that Discourse Network Analyzer and network tools load: the event list
//! in its exact form, a two-mode matrix, and `GraphML`.
//!
//! DNA's agreement is yes or no: a conditional stance counts as the side it leans to, and a neutral one
//! has no row.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use super::context::TextIndex;
use super::disk::{Disk, FileEntry, Sink};
use crate::corpus::Rollup;
use crate::error::Error;
use crate::model::record::{ActorKind, Polarity, Record, Stance};

/// The header of DNA's event list.
const HEADER: &str = "\"statement_id\";\"time\";\"person\";\"organization\";\"concept\";\"agreement\";\"start_position\";\"stop_position\";\"text\";\"coder\";\"document_id\";\"document_title\";\"document_author\";\"document_source\";\"document_section\";\"document_type\"\n";
/// Actors and concepts in the dense matrix; `GraphML` has all.
const DENSE: usize = 1_000;

/// The export while it is written.
#[derive(Debug)]
pub struct DnaExport {
    sink: Sink,
    statements: u64,
    documents: u64,
}

/// Whether a stance is agreement or disagreement, if it can be put so.
fn agreement(stance: &Stance) -> Option<bool> {
    let side = match stance.polarity {
        Polarity::Conditional => stance.lean?,
        side => side,
    };
    match side {
        Polarity::Support => Some(true),
        Polarity::Oppose => Some(false),
        _ => None,
    }
}

/// A text as DNA writes it: `;` and `"` replaced, on one line.
fn value(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        out.push(match c {
            ';' => ',',
            '"' => '\'',
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => ' ',
            c => c,
        });
    }
    out.push('"');
    out
}

/// `2026-03-01 10:00:00`; midnight where only the day is known, empty where nothing is.
fn time(published: Option<&str>) -> String {
    let Some(day) = published.filter(|p| crate::model::dates::day_number(p).is_some()) else {
        return String::new();
    };
    let clock = day.get(11..19).filter(|t| {
        t.bytes().enumerate().all(|(n, b)| {
            if n % 3 == 2 {
                b == b':'
            } else {
                b.is_ascii_digit()
            }
        })
    });
    format!(
        "{} {}",
        day.get(..10).unwrap_or(""),
        clock.unwrap_or("00:00:00")
    )
}

impl DnaExport {
    /// Creates `dna/statements.csv` below a directory.
    ///
    /// # Errors
    /// [`Error::Io`] with the file's name.
    pub fn create(dir: &Path, disk: &Disk) -> Result<Self, Error> {
        disk.create_dir(&dir.join("dna"))?;
        let mut sink = disk.create(&dir.join("dna/statements.csv"))?;
        sink.write(HEADER.as_bytes())?;
        Ok(Self {
            sink,
            statements: 0,
            documents: 0,
        })
    }

    /// Adds the stances of a record.
    ///
    /// # Errors
    /// [`Error::Io`] with the file's name.
    pub fn add(&mut self, record: &Record) -> Result<(), Error> {
        self.documents += 1;
        let index = TextIndex::new(&record.text);
        for stance in &record.stances {
            let Some(agrees) = agreement(stance) else {
                continue;
            };
            self.statements += 1;
            let actor = record.actors.iter().find(|a| a.name == stance.holder.name);
            let person = actor.is_some_and(|a| a.kind == ActorKind::Person);
            let organization = if person {
                stance.holder.affiliation.as_deref().unwrap_or("")
            } else {
                &stance.holder.name
            };
            let text = |t: Option<&str>| value(t.unwrap_or(""));
            let line = format!(
                "{};{};{};{};{};{};{};{};{};{};{};{};{};{};{};{}\n",
                self.statements,
                time(record.published.as_deref()),
                value(if person { &stance.holder.name } else { "" }),
                value(organization),
                value(concept(stance)),
                u8::from(agrees),
                index.utf16(stance.evidence.span.start),
                index.utf16(stance.evidence.span.end),
                value(&stance.evidence.text),
                value("polygist"),
                self.documents,
                text(record.title.as_deref()),
                text(record.byline.as_deref()),
                text(record.source.as_deref()),
                text(record.section.as_deref()),
                value("article"),
            );
            self.sink.write(line.as_bytes())?;
        }
        Ok(())
    }

    /// Writes the networks and lists all files.
    ///
    /// # Errors
    /// [`Error::Io`] with the file's name.
    pub fn finish(self, rollup: &Rollup, dir: &Path, disk: &Disk) -> Result<Vec<FileEntry>, Error> {
        let statements = self
            .sink
            .finish("dna/statements.csv", Some(self.statements))?;
        let mut files = vec![statements];
        for (name, text) in [
            ("dna/two_mode.csv", matrix(rollup)),
            ("dna/two_mode.graphml", graph(rollup)),
        ] {
            let mut sink = disk.create(&dir.join(name))?;
            sink.write(text.as_bytes())?;
            files.push(sink.finish(name, None)?);
        }
        disk.sync_dir(&dir.join("dna"))?;
        Ok(files)
    }
}

fn concept(stance: &Stance) -> &str {
    if stance.target.canonical.is_empty() {
        &stance.target.text
    } else {
        &stance.target.canonical
    }
}

/// Support less opposition for each actor and concept, the fullest of both.
fn matrix(rollup: &Rollup) -> String {
    let (mut actors, mut concepts) = (BTreeSet::new(), BTreeSet::new());
    let mut values = BTreeMap::new();
    for (holder, target, cell) in &rollup.cells {
        let fits = (actors.len() < DENSE || actors.contains(holder))
            && (concepts.len() < DENSE || concepts.contains(target));
        if fits {
            actors.insert(*holder);
            concepts.insert(*target);
            let net = i64::from(cell.sides.support) - i64::from(cell.sides.oppose);
            values.insert((*holder, *target), net);
        }
    }
    let actor = |n: &u32| {
        rollup
            .actors
            .get(*n as usize)
            .map_or("", |a| a.name.as_str())
    };
    let concept = |n: &u32| {
        rollup
            .targets
            .get(*n as usize)
            .map_or("", |t| t.canonical.as_str())
    };
    let mut out = String::from("\"\"");
    for target in &concepts {
        let _ = write!(out, ";{}", value(concept(target)));
    }
    out.push('\n');
    for holder in &actors {
        out.push_str(&value(actor(holder)));
        for target in &concepts {
            let net = values.get(&(*holder, *target)).copied().unwrap_or(0);
            let _ = write!(out, ";{net}");
        }
        out.push('\n');
    }
    out
}

/// A text inside XML: characters that XML forbids become U+FFFD.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\r' | '\t' => out.push(' '),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// All actors and concepts with an edge for each pair.
fn graph(rollup: &Rollup) -> String {
    let mut out = String::from(concat!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
        "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n",
        "<key id=\"label\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>\n",
        "<key id=\"class\" for=\"node\" attr.name=\"class\" attr.type=\"string\"/>\n",
        "<key id=\"kind\" for=\"node\" attr.name=\"kind\" attr.type=\"string\"/>\n",
        "<key id=\"language\" for=\"node\" attr.name=\"language\" attr.type=\"string\"/>\n",
        "<key id=\"weight\" for=\"edge\" attr.name=\"weight\" attr.type=\"int\"/>\n",
        "<key id=\"support\" for=\"edge\" attr.name=\"support\" attr.type=\"int\"/>\n",
        "<key id=\"oppose\" for=\"edge\" attr.name=\"oppose\" attr.type=\"int\"/>\n",
        "<key id=\"conditional\" for=\"edge\" attr.name=\"conditional\" attr.type=\"int\"/>\n",
        "<key id=\"neutral\" for=\"edge\" attr.name=\"neutral\" attr.type=\"int\"/>\n",
        "<graph id=\"stances\" edgedefault=\"undirected\">\n",
    ));
    let holders: BTreeSet<u32> = rollup.cells.iter().map(|(h, _, _)| *h).collect();
    for actor in holders
        .iter()
        .filter_map(|n| Some((n, rollup.actors.get(*n as usize)?)))
    {
        let (n, entry) = actor;
        let _ = writeln!(
            out,
            "<node id=\"a{n}\"><data key=\"label\">{}</data><data key=\"class\">actor</data><data key=\"kind\">{}</data></node>",
            xml(&entry.name),
            entry.kind
        );
    }
    for (n, target) in rollup.targets.iter().enumerate() {
        let _ = writeln!(
            out,
            "<node id=\"c{n}\"><data key=\"label\">{}</data><data key=\"class\">concept</data><data key=\"language\">{}</data></node>",
            xml(&target.canonical),
            xml(&target.language)
        );
    }
    for (holder, target, cell) in &rollup.cells {
        let sides = &cell.sides;
        let net = i64::from(sides.support) - i64::from(sides.oppose);
        let _ = writeln!(
            out,
            "<edge source=\"a{holder}\" target=\"c{target}\"><data key=\"weight\">{net}</data><data key=\"support\">{}</data><data key=\"oppose\">{}</data><data key=\"conditional\">{}</data><data key=\"neutral\">{}</data></edge>",
            sides.support, sides.oppose, sides.conditional, sides.neutral
        );
    }
    out.push_str("</graph>\n</graphml>\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_and_times_are_written_as_dna_does() {
        assert_eq!(value("a;b\"c\nd"), "\"a,b'c d\"");
        assert_eq!(time(Some("2026-03-01")), "2026-03-01 00:00:00");
        assert_eq!(time(Some("2026-03-01T10:11:12Z")), "2026-03-01 10:11:12");
        assert_eq!(time(Some("i går")), "");
        assert_eq!(HEADER.matches(';').count(), 15);
    }
}
