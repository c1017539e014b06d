//! Responsible for the command line: from arguments to calls, from results to exit codes.

mod packs;

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::analyze::{Engine, Options, analyze};
use crate::model::article::{RawArticle, Source};
use crate::pack::Packs;

/// Reads news articles in many languages and extracts what matters in them.
#[derive(Debug, Parser)]
#[command(version)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Turns JSON Lines into records, one line out for each line in.
    Extract {
        /// The input.
        #[arg(long = "in", default_value = "-")]
        input: PathBuf,
        /// The output.
        #[arg(long = "out", default_value = "-")]
        output: PathBuf,
        /// Configuration files that override the embedded ones.
        #[arg(long)]
        config_dir: Option<PathBuf>,
    },
    /// Commands about language packs.
    #[command(subcommand)]
    Packs(PacksCommand),
}

#[derive(Debug, Subcommand)]
enum PacksCommand {
    /// Runs the written examples of packs and reports what does not come out as written.
    Test {
        /// Language codes, or Markdown files in the folder of a language; all packs when none.
        which: Vec<String>,
        /// Rewrite what is expected to what comes out.
        #[arg(long)]
        update: bool,
        /// Configuration files that override the embedded ones.
        #[arg(long)]
        config_dir: Option<PathBuf>,
    },
}

/// Runs the command line and returns its exit code.
///
/// # Errors
/// What stopped the run.
pub fn run() -> anyhow::Result<u8> {
    let (input, output, config_dir) = match Args::parse().command {
        Command::Extract {
            input,
            output,
            config_dir,
        } => (input, output, config_dir),
        Command::Packs(PacksCommand::Test {
            which,
            update,
            config_dir,
        }) => {
            let engine = Engine::new(Packs::open(config_dir.as_deref())?, Options::default())?;
            let mut out = std::io::stdout().lock();
            return packs::test(&which, update, config_dir.as_deref(), &engine, &mut out);
        }
    };
    let engine = Engine::new(Packs::open(config_dir.as_deref())?, Options::default())?;
    let reader: Box<dyn Read> = if input.as_os_str() == "-" {
        Box::new(std::io::stdin())
    } else {
        Box::new(File::open(&input)?)
    };
    let writer: Box<dyn Write> = if output.as_os_str() == "-" {
        Box::new(std::io::stdout())
    } else {
        Box::new(File::create(&output)?)
    };
    let mut writer = BufWriter::new(writer);
    for (n, line) in BufReader::new(reader).lines().enumerate() {
        let value: serde_json::Value = serde_json::from_str(&line?)?;
        let field = |name: &str| value.get(name).and_then(|v| v.as_str()).map(str::to_owned);
        let raw = RawArticle {
            source: Source {
                path: "-".into(),
                record: n as u64 + 1,
                offset: None,
            },
            id: field("id"),
            text: field("text").unwrap_or_default(),
            title: field("title"),
            published: field("published"),
            language: field("language").or_else(|| field("lang")),
            ..RawArticle::default()
        };
        serde_json::to_writer(&mut writer, &analyze(raw, &engine))?;
        writer.write_all(b"\n")?;
    }
    writer.flush()?;
    Ok(0)
}
