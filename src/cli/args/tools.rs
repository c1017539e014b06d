//! Responsible for the arguments of the commands around a run: looking, checking, measuring, describing.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::{ConfigArgs, InputArgs};
use crate::score::gate::Gate;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  polygist explain article.html
  polygist explain news.jsonl --record 17
  polygist explain news.jsonl --id tt-2026-0417")]
pub(in crate::cli) struct ExplainArgs {
    /// The file; - is standard input.
    pub(in crate::cli) file: PathBuf,
    /// Which of its records, from 1.
    #[arg(long, value_name = "N", conflicts_with = "id")]
    pub(in crate::cli) record: Option<u64>,
    /// The record with this id of its own.
    #[arg(long)]
    pub(in crate::cli) id: Option<String>,
    /// Columns to draw in; the terminal's width when not given.
    #[arg(long, value_name = "N")]
    pub(in crate::cli) width: Option<usize>,
    #[command(flatten)]
    pub(in crate::cli) reading: InputArgs,
    #[command(flatten)]
    pub(in crate::cli) config: ConfigArgs,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct CheckArgs {
    /// Files, directories, patterns; the configured ones when none are given.
    pub(in crate::cli) input: Vec<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) reading: InputArgs,
    #[command(flatten)]
    pub(in crate::cli) config: ConfigArgs,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ListArgs {
    /// Print JSON.
    #[arg(long)]
    pub(in crate::cli) json: bool,
    #[command(flatten)]
    pub(in crate::cli) config: ConfigArgs,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum PacksCommand {
    /// Copy a pack's files, to begin an override: `polygist run --config-dir DIR`.
    Export {
        /// The language code; `shared` for what all packs share.
        language: String,
        /// Where to put `lang/CODE/`.
        dir: PathBuf,
        #[command(flatten)]
        config: ConfigArgs,
    },
    /// Run the written examples of packs and report what does not come out as written.
    Test {
        /// Language codes, or Markdown files in the folder of a language; all packs when none.
        which: Vec<String>,
        /// Rewrite what is expected to what comes out.
        #[arg(long)]
        update: bool,
        #[command(flatten)]
        config: ConfigArgs,
    },
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  polygist score tests/gold/*.jsonl --by-lang
  polygist score gold.jsonl --system results/articles.jsonl --misses 40
  polygist score gold.jsonl --min quotations.attributed=0.7 --min sv:stances.f=0.6")]
pub(in crate::cli) struct ScoreArgs {
    /// Annotated articles, JSON Lines.
    #[arg(required = true)]
    pub(in crate::cli) gold: Vec<PathBuf>,
    /// Records to measure; without it the annotated articles are analyzed here and now.
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) system: Option<PathBuf>,
    /// Let the language be found, instead of telling it; without --system only.
    #[arg(long, conflicts_with = "system")]
    pub(in crate::cli) detect: bool,
    /// Figures for each language too.
    #[arg(long)]
    pub(in crate::cli) by_lang: bool,
    /// Print JSON.
    #[arg(long)]
    pub(in crate::cli) json: bool,
    /// List so many rows that were missed or found wrongly.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(in crate::cli) misses: usize,
    /// Exit with 1 when a figure is lower, such as quotations.attributed=0.7.
    #[arg(long, value_name = "FIGURE=SHARE")]
    pub(in crate::cli) min: Vec<Gate>,
    /// Measure every rule, and write the grades' file (config/rules.toml).
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) rules: Option<PathBuf>,
    /// Write the figures of each language for `polygist languages` (config/quality.toml).
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) quality: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) config: ConfigArgs,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  polygist diff results-monday results-tuesday > changes.csv
  polygist diff nightly/runs/2026-11-23T020000Z nightly/latest --format json")]
pub(in crate::cli) struct DiffArgs {
    /// The earlier run: its output directory, or its articles.jsonl.
    pub(in crate::cli) old: PathBuf,
    /// The later run.
    pub(in crate::cli) new: PathBuf,
    /// How to write the changes.
    #[arg(long, value_enum, default_value_t)]
    pub(in crate::cli) format: DiffFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(in crate::cli) enum DiffFormat {
    /// A row for each change, for programs (profile plain).
    #[default]
    Csv,
    /// All changes with their counts.
    Json,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  polygist schema articles > articles.schema.json
  polygist schema tables                      all tables, as in datapackage.json
  polygist schema --table quotes              the columns of one")]
pub(in crate::cli) struct SchemaArgs {
    /// Which output.
    #[arg(value_enum, default_value_t)]
    pub(in crate::cli) of: Schema,
    /// The columns of one table, as a Frictionless Table Schema.
    #[arg(long, value_name = "NAME", conflicts_with = "of")]
    pub(in crate::cli) table: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(in crate::cli) enum Schema {
    /// A line of articles.jsonl and of what `extract` writes.
    #[default]
    Articles,
    /// All CSV tables, as a Frictionless Data Package: the same as datapackage.json.
    Tables,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum GenerateCommand {
    /// Completions for a shell, on standard output.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// The manual page, on standard output.
    Man,
}
