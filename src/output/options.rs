//! Responsible for what a user can set about the output, and for turning it into one dialect.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::selection::{Only, Selection};
use crate::corpus::CommonNames;
use crate::error::Error;

/// A ready-made set of CSV habits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// Opens right on a double-click in most spreadsheets and in every CSV library.
    #[default]
    Analyst,
    /// The same with `;` and a decimal comma, for Swedish, German or French spreadsheets.
    ExcelEu,
    /// No byte order mark, `\n`, quotes only where needed, nothing escaped or cut: for pipes.
    Plain,
}

impl Profile {
    /// The name as it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Analyst => "analyst",
            Self::ExcelEu => "excel-eu",
            Self::Plain => "plain",
        }
    }
}

/// When a byte order mark starts a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bom {
    /// As the profile has it.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What becomes of a line break inside a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Newlines {
    /// A run of them becomes one space, so that a row is a line.
    Space,
    /// Kept, as `\n`.
    Keep,
}

/// How a text cell is kept from being read as a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Escape {
    /// One `'` in front of texts that begin with a formula sign or with `'` itself; taking one
    /// leading `'` away gives the text back.
    Apostrophe,
    /// Not at all.
    None,
}

/// The largest cell that a spreadsheet takes safely, in UTF-16 units.
pub const SAFE_CELL: usize = 32_000;
/// The most data rows that a spreadsheet shows below a header.
pub const SHEET_ROWS: u64 = 1_048_575;

/// What can separate cells.
pub const DELIMITERS: [char; 4] = [',', ';', '|', '\t'];
/// The smallest bound on a cell, in UTF-16 units.
pub const SMALLEST_CELL: usize = 16;

/// The `--csv-…` flags; what is not set follows the profile.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CsvOptions {
    /// The ready-made set.
    pub profile: Profile,
    /// The delimiter: `,`, `;`, `|` or a tab.
    pub delimiter: Option<char>,
    /// Whether files start with a byte order mark.
    pub bom: Bom,
    /// Line breaks inside cells.
    pub newlines: Option<Newlines>,
    /// Guard against formulas.
    pub escape: Option<Escape>,
    /// Cells are cut at this many UTF-16 units; `0` means never.
    pub max_cell: Option<usize>,
    /// A new file begins after this many rows; `0` means never.
    pub split_rows: u64,
}

/// How CSV is written: the resolved form of [`CsvOptions`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dialect {
    /// Between cells; ASCII.
    pub delimiter: u8,
    /// Whether a byte order mark comes first.
    pub bom: bool,
    /// The end of a row.
    pub line_end: &'static str,
    /// Whether every text cell is quoted.
    pub quote_text: bool,
    /// Between whole and decimal part.
    pub decimal: u8,
    /// Line breaks inside cells.
    pub newlines: Newlines,
    /// Guard against formulas.
    pub escape: Escape,
    /// Cells are cut at this many UTF-16 units.
    pub max_cell: Option<usize>,
    /// Whether directional overrides and isolates are taken out.
    pub strip_bidi: bool,
    /// Rows in one file.
    pub split_rows: Option<u64>,
}

impl CsvOptions {
    /// The dialect that these options ask for.
    ///
    /// # Errors
    /// [`Error::Usage`] for a delimiter or cell size that could not be read back.
    pub fn dialect(&self) -> Result<Dialect, Error> {
        let plain = self.profile == Profile::Plain;
        let european = self.profile == Profile::ExcelEu;
        let delimiter = self.delimiter.unwrap_or(if european { ';' } else { ',' });
        if !DELIMITERS.contains(&delimiter) {
            return Err(usage(
                format!("{delimiter:?} cannot separate cells"),
                "use ',' ';' '|' or a tab",
            ));
        }
        let decimal = if european { b',' } else { b'.' };
        if delimiter == ',' && decimal == b',' {
            return Err(usage(
                "the profile excel-eu writes decimal commas, so ',' cannot separate cells".into(),
                "use ';' '|' or a tab, or another profile",
            ));
        }
        let max_cell = match self.max_cell {
            None => (!plain).then_some(SAFE_CELL),
            Some(0) => None,
            Some(n) if n < SMALLEST_CELL => {
                return Err(usage(
                    format!("cells of {n} units leave no room for text"),
                    "use 16 or more, or none",
                ));
            }
            some => some,
        };
        Ok(Dialect {
            delimiter: delimiter as u8,
            bom: match self.bom {
                Bom::Auto => !plain,
                Bom::Always => true,
                Bom::Never => false,
            },
            line_end: if plain { "\n" } else { "\r\n" },
            quote_text: !plain,
            decimal,
            newlines: self.newlines.unwrap_or(if plain {
                Newlines::Keep
            } else {
                Newlines::Space
            }),
            escape: self.escape.unwrap_or(if plain {
                Escape::None
            } else {
                Escape::Apostrophe
            }),
            max_cell,
            strip_bidi: !plain,
            split_rows: (self.split_rows > 0).then_some(self.split_rows),
        })
    }
}

/// A usage error with a hint.
pub(crate) fn usage(message: String, hint: &str) -> Error {
    Error::Usage {
        message,
        hint: hint.to_owned(),
    }
}

/// Everything that can be set about the output of `run` and `merge`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(clippy::struct_excessive_bools)] // each is a flag of its own on the command line
pub struct OutputOptions {
    /// How CSV is written.
    pub csv: CsvOptions,
    /// Whether `report.html` is written.
    pub report: bool,
    /// The report's parts, when not the built-in ones.
    #[serde(skip)]
    pub template: Option<super::report::Template>,
    /// Names that are common words, when not the built-in ones.
    #[serde(skip)]
    pub common_names: Option<CommonNames>,
    /// An earlier run whose differences are written as `changes.csv` and `changes.json`.
    pub compare_with: Option<PathBuf>,
    /// Which articles are wanted.
    #[serde(skip)]
    pub selection: Selection,
    /// Which tables are written.
    #[serde(skip)]
    pub only: Only,
    /// Whether `polygist.xlsx` is written.
    pub xlsx: bool,
    /// Whether the tables are written as Parquet files, too.
    pub parquet: bool,
    /// Whether the Discourse Network Analyzer files are written.
    pub dna: bool,
    /// Replace an output directory that polygist did not write.
    pub force: bool,
    /// How long to wait for another run on the same output, in seconds.
    pub wait_lock: u64,
    /// What a signal sets, so that waiting for the lock ends.
    #[serde(skip)]
    pub stop: super::stage::Stop,
    /// The hash of the engine, when an interrupted run is to be gone on with later.
    #[serde(skip)]
    pub state: Option<String>,
    /// Whether the published run keeps its state, so that a later one can keep its records.
    #[serde(skip)]
    pub keep_state: bool,
}

impl Default for OutputOptions {
    fn default() -> Self {
        Self {
            csv: CsvOptions::default(),
            report: true,
            template: None,
            common_names: None,
            compare_with: None,
            selection: Selection::default(),
            only: Only::default(),
            xlsx: false,
            parquet: false,
            dna: false,
            force: false,
            wait_lock: 0,
            stop: super::stage::Stop::default(),
            state: None,
            keep_state: false,
        }
    }
}
