//! Responsible for `quotes.toml`: marks, dashes, reporting verbs, source expressions.

use serde::Deserialize;

use super::forms::Forms;
use super::source::SectionText;
use crate::error::Error;

/// What `quotes.toml` says beyond the lexicon.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct QuotePack {}

impl QuotePack {
    /// Reads `quotes.toml` and registers its words.
    ///
    /// # Errors
    /// [`Error::Pack`] with line and column.
    pub fn parse(section: &SectionText, _forms: &mut Forms<'_>) -> Result<Self, Error> {
        section.toml()
    }
}
