//! Responsible for the committed figures of each language, `config/quality.toml`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::tally::Tally;
use crate::error::Error;
use crate::pack::source::Files;

/// What was measured for one language, in percent; absent where nothing was annotated.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quality {
    /// Annotated articles.
    pub articles: u64,
    /// Quotations found with the right speaker, F.
    pub attributed: Option<f64>,
    /// Stances with holder, target and side, F.
    pub stances: Option<f64>,
    /// Key facts, F.
    pub facts: Option<f64>,
    /// Figures with type and value, recall.
    pub figures: Option<f64>,
}

/// The figures by language code.
///
/// # Errors
/// [`Error::Pack`] with line and column.
pub fn load(files: &Files) -> Result<BTreeMap<String, Quality>, Error> {
    files.file("quality.toml").toml()
}

/// The content of the file.
pub fn to_toml(by_language: &BTreeMap<String, Tally>) -> String {
    let mut out = String::from(
        "# How good each language was on annotated articles, in percent, written by\n\
         # `polygist score GOLD… --quality config/quality.toml`.\n",
    );
    for (language, tally) in by_language {
        let report = tally.report();
        let _ = writeln!(out, "\n[{language}]\narticles = {}", tally.articles);
        for (name, rows, pointer) in [
            (
                "attributed",
                "/quotations/gold",
                "/quotations/attributed_PRF/2",
            ),
            ("stances", "/stances/gold", "/stances/PRF/2"),
            ("facts", "/facts/gold", "/facts/PRF/2"),
            ("figures", "/facts/figures_gold", "/facts/figures"),
        ] {
            let annotated = report.pointer(rows).and_then(Value::as_u64).unwrap_or(0) > 0;
            let value = report.pointer(pointer).and_then(Value::as_f64);
            if let Some(value) = value.filter(|_| annotated) {
                let _ = writeln!(out, "{name} = {value:.1}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_can_be_read() {
        let tally = Tally {
            articles: 3,
            ..Tally::default()
        };
        let text = to_toml(&BTreeMap::from([("sv".to_owned(), tally)]));
        let read: BTreeMap<String, Quality> = toml::from_str(&text).unwrap();
        assert_eq!(read["sv"].articles, 3);
        assert_eq!(read["sv"].stances, None);
    }

    #[test]
    fn the_committed_file_can_be_read() {
        load(&Files::embedded()).unwrap();
    }
}
