//! Responsible for the shape of the command line. What a user typed is turned into settings
//! elsewhere; nothing else sees these types.

mod running;
mod tools;

use std::path::PathBuf;

use clap::builder::{PathBufValueParser, TypedValueParser};
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

use crate::input::Shard;

pub(super) use running::{RetryArgs, RunArgs};
pub(super) use tools::*;

/// Reads many news articles in many languages and extracts what matters in them: the language, a
/// short summary, key facts, figures, fact boxes, quotations with their speakers, and stances.
#[derive(Debug, Parser)]
#[command(name = "polygist", version, max_term_width = 100, after_help = EXAMPLES)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    #[command(flatten)]
    pub(super) screen: Screen,
}

const EXAMPLES: &str = "\
Without a command, polygist reads input/ and fills output/, as `polygist run` does.

Examples:
  polygist run articles/ --out results        a folder in, tables and JSON out
  polygist run news.jsonl.gz --csv-profile excel-eu --out results
  polygist explain article.txt                one article, drawn in the terminal
  zcat news.jsonl.gz | polygist extract > records.jsonl
  polygist extract --in archive/ --shard 3/8 --out records-3.jsonl
  polygist merge records-*.jsonl --out results
  polygist score gold/*.jsonl --by-lang       how good it is, measured

Exit codes: 0 done, 1 done but some articles failed, 2 wrong usage or configuration, 3 reading or
writing failed, 4 too many failures, 75 the output is in use, 130 and 143 interrupted.";

/// A path that is a setting, and so has to be text, as in a file of settings and in the manifest.
fn setting() -> impl TypedValueParser<Value = String> {
    PathBufValueParser::new().try_map(|path| {
        let text = path.into_os_string().into_string();
        text.map_err(
            |_| "this name is not UTF-8: give the directory another one, or enter it and write `.`",
        )
    })
}

/// What goes to the screen.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Screen")]
pub(super) struct Screen {
    /// Print errors only.
    #[arg(short, long, global = true)]
    pub(super) quiet: bool,
    /// Print more: files read, packs loaded; twice for everything.
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub(super) verbose: u8,
    /// The form of messages on standard error.
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        env = "POLYGIST_LOG_FORMAT",
        hide_env = true
    )]
    pub(super) log_format: LogFormat,
    /// When to use color; `NO_COLOR` is honored.
    #[arg(long, global = true, value_enum, default_value_t)]
    pub(super) color: When,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum When {
    /// On a terminal.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Read articles and write tables, JSON and a manifest into a directory (the default command).
    Run(RunArgs),
    /// Turn articles into records, one JSON line out for each article in, in the same order.
    Extract(ExtractArgs),
    /// Run again what failed in an earlier run, and publish that run anew.
    Retry(RetryArgs),
    /// Write the tables of records that `extract` made: the same bytes as one `run` over all.
    Merge(MergeArgs),
    /// Say what changed between two runs: articles, stories, quotations, stances.
    Diff(DiffArgs),
    /// Draw one article in the terminal: what was found, where, and by which rule.
    Explain(ExplainArgs),
    /// Check configuration and packs, and say how each input file would be read.
    Check(CheckArgs),
    /// List the languages with what each supports and how good it was measured to be.
    Languages(ListArgs),
    /// List the rules with what each does and how often it was right.
    Rules(ListArgs),
    /// Work with language packs.
    #[command(subcommand)]
    Packs(PacksCommand),
    /// Measure against annotated articles.
    Score(ScoreArgs),
    /// Print the schema of an output: records as JSON Schema (2020-12), tables as a data package.
    Schema(SchemaArgs),
    /// Write shell completions or the manual page.
    #[command(subcommand, hide = true)]
    Generate(GenerateCommand),
}

/// Configuration that every command shares.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Configuration")]
pub(super) struct ConfigArgs {
    /// Settings to use instead of ./polygist.toml or ./config/polygist.toml.
    #[arg(long, value_name = "FILE", env = "POLYGIST_CONFIG", hide_env = true)]
    pub(super) config: Option<PathBuf>,
    /// A directory laid out like config/, whose files go before the built-in ones.
    #[arg(long, value_name = "DIR", value_parser = setting())]
    pub(super) config_dir: Option<String>,
    /// Workers; 0 means one for each processor. The output does not depend on it.
    #[arg(short, long, value_name = "N", allow_negative_numbers = true)]
    pub(super) jobs: Option<usize>,
    /// Print every setting with its value and origin, and stop.
    #[arg(long)]
    pub(super) print_config: bool,
}

/// How input is read.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Input")]
pub(super) struct InputArgs {
    /// Which fields are ours: text=maintext,title=headline|title.
    #[arg(long, value_name = "FIELDS")]
    pub(super) map: Option<String>,
    /// Read fields as this tool writes them, instead of by the record's keys.
    #[arg(long, value_name = "NAME")]
    pub(super) preset: Option<String>,
    /// The column of a table that holds the text.
    #[arg(long, value_name = "COLUMN")]
    pub(super) text_column: Option<String>,
    /// Read every file as this format, instead of by content.
    #[arg(long, value_name = "FORMAT")]
    pub(super) format: Option<String>,
    /// The language of all articles, whatever they declare.
    #[arg(long, value_name = "CODE")]
    pub(super) language: Option<String>,
    /// Enter directories and read files through symbolic links.
    #[arg(long)]
    pub(super) follow_links: bool,
    /// Read articles that their publisher withdrew or withheld.
    #[arg(long)]
    pub(super) include_withheld: bool,
    /// A longer text is a failed record.
    #[arg(long, value_name = "N")]
    pub(super) max_article_bytes: Option<u64>,
    /// The length of a summary.
    #[arg(long, value_name = "N")]
    pub(super) summary_words: Option<u64>,
}

/// How output is written.
#[allow(clippy::struct_excessive_bools)] // each is a switch of its own
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Output")]
pub(super) struct OutputArgs {
    /// The directory to write; replaced as a whole, and only when all is done.
    #[arg(short, long, value_name = "DIR", value_parser = setting())]
    pub(super) out: Option<String>,
    /// analyst (opens in spreadsheets), excel-eu (; and decimal comma), plain (for programs).
    #[arg(long, value_name = "NAME")]
    pub(super) csv_profile: Option<String>,
    /// One of , ; | or tab.
    #[arg(long, value_name = "CHAR")]
    pub(super) csv_delimiter: Option<String>,
    /// auto, always, never.
    #[arg(long, value_name = "WHEN")]
    pub(super) csv_bom: Option<String>,
    /// space or keep.
    #[arg(long, value_name = "HOW")]
    pub(super) csv_newlines: Option<String>,
    /// apostrophe (guards against formulas) or none.
    #[arg(long, value_name = "HOW")]
    pub(super) csv_escape: Option<String>,
    /// Cut cells at this many UTF-16 units, or none.
    #[arg(long, value_name = "N")]
    pub(super) csv_max_cell: Option<String>,
    /// A new file after this many rows; 0 means never.
    #[arg(long, value_name = "N")]
    pub(super) csv_split_rows: Option<u64>,
    /// Say what changed since an earlier run, in changes.csv, changes.json and the report.
    #[arg(long, value_name = "DIR", value_parser = setting())]
    pub(super) compare_with: Option<String>,
    /// Do not write report.html.
    #[arg(long)]
    pub(super) no_report: bool,
    /// Write polygist.xlsx.
    #[arg(long)]
    pub(super) xlsx: bool,
    /// Write the tables as Parquet files, too; needs a build with `--features parquet`.
    #[arg(long)]
    pub(super) parquet: bool,
    /// Write files for Discourse Network Analyzer.
    #[arg(long)]
    pub(super) dna: bool,
    /// Replace a directory that polygist did not write.
    #[arg(long)]
    pub(super) force: bool,
    /// Wait so many seconds for another run on the same output.
    #[arg(long, value_name = "SECONDS")]
    pub(super) wait_lock: Option<u64>,
}

/// What of the corpus is wanted.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Selection")]
pub(super) struct SelectArgs {
    /// Articles published on this day or later: 2026-11-24, 2026-11 or 2026.
    #[arg(long, value_name = "DATE")]
    pub(super) since: Option<String>,
    /// Articles published on this day or earlier.
    #[arg(long, value_name = "DATE")]
    pub(super) until: Option<String>,
    /// Articles in these languages: sv,nb,german.
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub(super) languages: Vec<String>,
    /// Articles with an actor, a stance's target or a text like this: actor=Ek|Berg, target=Nato,
    /// text=budget. Given several times, all must hold.
    #[arg(long = "where", value_name = "FIELD=WORDS")]
    pub(super) conditions: Vec<String>,
    /// Write these tables, articles and errors: facts,quotes. Records stay whole.
    #[arg(long, value_name = "TABLES", value_delimiter = ',')]
    pub(super) only: Vec<String>,
}

/// When a run counts as failed.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Failures")]
pub(super) struct FailureArgs {
    /// Publish nothing when more records fail: a number, or a share such as 5%.
    #[arg(long, value_name = "N|P%")]
    pub(super) max_failures: Option<String>,
    /// Exit with 0 although so many records failed: a number, or a share such as 5%.
    #[arg(long, value_name = "N|P%")]
    pub(super) allow_failures: Option<String>,
    /// Exit with 1 when there was nothing to read.
    #[arg(long)]
    pub(super) fail_empty: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  polygist extract < articles.jsonl > records.jsonl
  polygist extract --in part-07.jsonl --out records-07.jsonl
  polygist extract --in archive/ --shard 3/8 --out records-3.jsonl")]
pub(super) struct ExtractArgs {
    /// What to read: files, directories, patterns; - is JSON Lines on standard input.
    #[arg(long = "in", value_name = "FILE", num_args = 1.., default_value = "-")]
    pub(super) input: Vec<PathBuf>,
    /// Where to write records; - is standard output.
    #[arg(long, value_name = "FILE", default_value = "-")]
    pub(super) out: PathBuf,
    /// Read one of N shards of the input; merge puts them together.
    #[arg(long, value_name = "I/N")]
    pub(super) shard: Option<Shard>,
    /// Each line begins with the place where it stood: its file, its number from 1, and its first
    /// byte's offset or nothing, each followed by a tab.
    #[arg(long)]
    pub(super) numbered: bool,
    #[command(flatten)]
    pub(super) reading: InputArgs,
    #[command(flatten)]
    pub(super) config: ConfigArgs,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  polygist merge records-*.jsonl --out results
  polygist merge results/articles.jsonl --where 'actor=Ek|Berg' --out of-two")]
pub(super) struct MergeArgs {
    /// Files of records, each in the order of its input, whose records are put in that order together;
    /// a directory stands for the articles.jsonl in it, - for standard input.
    #[arg(required = true)]
    pub(super) records: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) output: OutputArgs,
    #[command(flatten)]
    pub(super) select: SelectArgs,
    #[command(flatten)]
    pub(super) failures: FailureArgs,
    #[command(flatten)]
    pub(super) config: ConfigArgs,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn the_fixed_shapes_parse() {
        for line in [
            "polygist",
            "polygist run",
            "polygist run a b --out d --jobs 2 --config c.toml --quiet",
            "polygist run --csv-profile plain --no-report",
            "polygist extract --in a.jsonl --out -",
            "polygist extract --in - --out b.jsonl --config-dir config",
            "polygist extract --in a.jsonl --shard 2/3",
            "polygist run a --shard 1/2 --out d",
            "polygist merge a b --out d",
            "polygist score g1 g2 --system a.jsonl --min quotations.attributed=0.7",
            "polygist packs export sv dir",
        ] {
            let parsed = Cli::try_parse_from(line.split(' '));
            assert!(parsed.is_ok(), "{line}: {}", parsed.unwrap_err());
        }
    }
}
