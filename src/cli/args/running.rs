//! Responsible for the arguments of the commands that publish a run over articles.

use std::path::PathBuf;

use clap::Args;

use super::{ConfigArgs, FailureArgs, InputArgs, OutputArgs, SelectArgs};
use crate::input::Shard;

#[derive(Debug, Default, Args)]
#[command(after_help = "\
Examples:
  polygist run                                reads input/, fills output/
  polygist run a.html b.txt 'feeds/**/*.jsonl' --out results
  polygist run dump.csv --map text=body,title=headline --out results
  polygist run feed/ --since 2026-11-01 --languages sv,nb --where target=Nato --only quotes,stances
  zcat dump.jsonl.gz | polygist run - --out results")]
pub(in crate::cli) struct RunArgs {
    /// Files, directories, patterns; - is JSON Lines on standard input.
    pub(in crate::cli) input: Vec<PathBuf>,
    /// Say how each file would be read, and stop.
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
    /// Read one of N shards of the input; merge puts them together.
    #[arg(long, value_name = "I/N", conflicts_with = "nightly")]
    pub(in crate::cli) shard: Option<Shard>,
    /// Write a run of its own below BASE/runs, say what changed, and let BASE/latest lead to it.
    #[arg(long, value_name = "BASE", conflicts_with = "out")]
    pub(in crate::cli) nightly: Option<PathBuf>,
    /// How many runs stay below BASE/runs; 0 means all.
    #[arg(long, value_name = "N", default_value_t = 14, requires = "nightly")]
    pub(in crate::cli) keep: usize,
    /// Keep the records of articles that have not changed since the run before; the output is the same.
    #[arg(long)]
    pub(in crate::cli) incremental: bool,
    /// Analyze everything, also what an earlier or interrupted run has done.
    #[arg(long)]
    pub(in crate::cli) fresh: bool,
    #[command(flatten)]
    pub(in crate::cli) output: OutputArgs,
    #[command(flatten)]
    pub(in crate::cli) select: SelectArgs,
    #[command(flatten)]
    pub(in crate::cli) reading: InputArgs,
    #[command(flatten)]
    pub(in crate::cli) failures: FailureArgs,
    #[command(flatten)]
    pub(in crate::cli) config: ConfigArgs,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  polygist retry output/errors.jsonl              what failed in output/, from the input of that run
  polygist retry results/errors.jsonl --max-article-bytes 50000000
  polygist retry results/errors.jsonl articles/ --out mended

Files in which something failed are read again as a whole; the records of all others stay as they are.
Inputs and settings are those in the run.json beside ERRORS, under the flags given here. A file that is
gone keeps its records; a dead letter that is a line of JSON is tried again.")]
pub(in crate::cli) struct RetryArgs {
    /// The errors.jsonl of a finished run, or that run's directory.
    pub(in crate::cli) errors: PathBuf,
    /// The input of that run, if you want to be sure: anything else is refused.
    pub(in crate::cli) input: Vec<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) output: OutputArgs,
    #[command(flatten)]
    pub(in crate::cli) select: SelectArgs,
    #[command(flatten)]
    pub(in crate::cli) reading: InputArgs,
    #[command(flatten)]
    pub(in crate::cli) failures: FailureArgs,
    #[command(flatten)]
    pub(in crate::cli) config: ConfigArgs,
}
