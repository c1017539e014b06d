//! Responsible for `facts.toml`: fact boxes, fact cues, status cues.

use serde::Deserialize;

use super::forms::Forms;
use super::source::SectionText;
use crate::error::Error;

/// What `facts.toml` says beyond the lexicon.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FactPack {}

impl FactPack {
    /// Reads `facts.toml` and registers its words.
    ///
    /// # Errors
    /// [`Error::Pack`] with line and column.
    pub fn parse(section: &SectionText, _forms: &mut Forms<'_>) -> Result<Self, Error> {
        section.toml()
    }
}
