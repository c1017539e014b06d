//! Responsible for `report.html`: one page without any outside part that shows a run to people.
//!
//! What is shown is chosen, so that the page stays small for any corpus, and the page says so. Words
//! from articles are escaped, cut and freed of control characters; links lead to http and https only.

mod choose;
mod harmless;
mod since;
mod view;

use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use minijinja::Environment;
use sha2::{Digest, Sha256};

use super::disk::io_error;
use super::manifest::Counts;
use super::selection::Only;
use crate::corpus::Rollup;
use crate::error::Error;
use crate::model::record::Record;

pub use choose::Limits;

/// The parts of the page below `config/report/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// `report.html`, a minijinja template.
    pub page: String,
    /// `report.css`.
    pub style: String,
    /// `report.js`.
    pub script: String,
}

impl Default for Template {
    fn default() -> Self {
        Self::from_files(&crate::pack::source::Files::embedded())
    }
}

impl Template {
    /// The parts as configuration files have them.
    pub fn from_files(files: &crate::pack::source::Files) -> Self {
        let part = |name: &str| {
            files
                .get(&format!("report/{name}"))
                .unwrap_or("")
                .to_owned()
        };
        Self {
            page: part("report.html"),
            style: part("report.css"),
            script: part("report.js"),
        }
    }
}

/// A problem to show.
#[derive(Debug, Clone, serde::Serialize)]
pub struct ProblemExample {
    /// The file and record.
    pub place: String,
    /// What happened.
    pub message: String,
}

/// One code with its count and some examples.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct ProblemGroup {
    /// The code.
    pub code: String,
    /// How often.
    pub count: u64,
    /// A few.
    pub examples: Vec<ProblemExample>,
}

/// What the page is made from.
pub(super) struct Source<'a> {
    pub(super) rollup: &'a Rollup,
    pub(super) counts: Counts,
    pub(super) problems: Vec<ProblemGroup>,
    /// `articles.jsonl`, finished.
    pub(super) articles: &'a Path,
    /// Which tables lie beside the page.
    pub(super) only: &'a Only,
    /// Whether a workbook does.
    pub(super) xlsx: bool,
    /// What changed since the run before.
    pub(super) since: Option<&'a crate::corpus::diff::Changes>,
}

impl Source<'_> {
    /// The page, made with a template of the user's own or the built-in one.
    ///
    /// # Errors
    /// [`Error::Io`] when a record cannot be read back, [`Error::Config`] for a template that does not
    /// fit.
    pub(super) fn page(&self, template: Option<Template>) -> Result<String, Error> {
        render(&template.unwrap_or_default(), self)
    }
}

fn render(template: &Template, source: &Source<'_>) -> Result<String, Error> {
    let mut records = Records::open(source.articles, source.rollup)?;
    let view = choose::view(source, &Limits::default(), &mut records)?;
    let wrong = |e: minijinja::Error| Error::Config {
        message: format!("report/report.html: {e:#}"),
        hint: "mend the template in --config-dir, or take it away to use the built-in one".into(),
    };
    let mut environment = Environment::new();
    environment.add_filter("grouped", grouped);
    environment
        .add_template("report.html", &template.page)
        .map_err(wrong)?;
    let page = environment.get_template("report.html").map_err(wrong)?;
    page.render(minijinja::context! {
        r => minijinja::Value::from(minijinja::value::Serde(&view)),
        style => minijinja::Value::from_safe_string(template.style.clone()),
        script => minijinja::Value::from_safe_string(template.script.clone()),
        style_hash => source_hash(&template.style),
        script_hash => source_hash(&template.script),
    })
    .map_err(wrong)
}

/// A number for people: digits in groups of three, with narrow spaces that do not break.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() * 2);
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out
}

/// The hash by which a Content Security Policy admits an inline part.
fn source_hash(text: &str) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digest = Sha256::digest(text.as_bytes());
    let mut out = String::from("sha256-");
    for chunk in digest.chunks(3) {
        let bytes = [
            chunk[0],
            chunk.get(1).copied().unwrap_or(0),
            chunk.get(2).copied().unwrap_or(0),
        ];
        let all = u32::from_be_bytes([0, bytes[0], bytes[1], bytes[2]]);
        for n in 0..4 {
            if n <= chunk.len() {
                out.push(ALPHABET[(all >> (18 - 6 * n)) as usize & 63] as char);
            } else {
                out.push('=');
            }
        }
    }
    out
}

/// Reads single records back from `articles.jsonl`.
struct Records<'a> {
    path: &'a Path,
    file: std::fs::File,
    rollup: &'a Rollup,
    size: u64,
}

impl<'a> Records<'a> {
    fn open(path: &'a Path, rollup: &'a Rollup) -> Result<Self, Error> {
        let fail = |e: std::io::Error| io_error("cannot read back", path, &e);
        let file = std::fs::File::open(path).map_err(fail)?;
        let size = file.metadata().map_err(fail)?.len();
        Ok(Self {
            path,
            file,
            rollup,
            size,
        })
    }

    fn get(&mut self, article: u32) -> Result<Option<Record>, Error> {
        let Some(entry) = self.rollup.article(article) else {
            return Ok(None);
        };
        let next = self
            .rollup
            .article(article + 1)
            .map_or(self.size, |e| e.offset);
        let mut line = vec![0; next.saturating_sub(entry.offset) as usize];
        self.file
            .seek(SeekFrom::Start(entry.offset))
            .and_then(|_| self.file.read_exact(&mut line))
            .map_err(|e| io_error("cannot read back", self.path, &e))?;
        Ok(serde_json::from_slice(&line).ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_in_groups_of_three() {
        let all = [0, 999, 1_000, 40_301, 1_234_567].map(grouped);
        let wanted = [
            "0",
            "999",
            "1\u{202f}000",
            "40\u{202f}301",
            "1\u{202f}234\u{202f}567",
        ];
        assert_eq!(all, wanted);
    }

    #[test]
    fn hashes_are_written_as_policies_want_them() {
        // `printf abc | openssl dgst -sha256 -binary | base64`
        assert_eq!(
            source_hash("abc"),
            "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="
        );
    }
}
