//! Responsible for `languages`: what each language supports, and how good it was measured to be.

use std::io::Write;

use serde::Serialize;

use super::args::ListArgs;
use super::flags::FlagList;
use super::session::Session;
use crate::pack::source::Files;
use crate::score::quality::{self, Quality};

/// The files whose presence in a pack means that it supports something.
const CAPABILITIES: &[(&str, &str)] = &[
    ("quotations", "quotes.toml"),
    ("stances", "stances.toml"),
    ("facts", "facts.toml"),
    ("figures", "figures.toml"),
];

#[derive(Serialize)]
struct Row {
    code: String,
    name: String,
    supports: Vec<&'static str>,
    quality: Option<Quality>,
}

/// Runs the command.
///
/// # Errors
/// A pack that does not load.
pub(super) fn run(args: &ListArgs) -> anyhow::Result<u8> {
    let session = Session::open(&args.config, FlagList::default())?;
    if session.print_config(&args.config)? {
        return Ok(0);
    }
    let engine = session.engine()?;
    let files = engine.packs.files();
    let mut quality = quality::load(files)?;
    let rows: Vec<Row> = engine
        .packs
        .codes()
        .map(|code| Row {
            code: code.to_owned(),
            name: engine
                .packs
                .get(code)
                .map(|p| p.meta.name.clone())
                .unwrap_or_default(),
            supports: supports(code, files),
            quality: quality.remove(code),
        })
        .collect();
    let out = &mut std::io::stdout().lock();
    if args.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&rows)?)?;
        return Ok(0);
    }
    print(&rows, out)?;
    Ok(0)
}

fn supports(code: &str, files: &Files) -> Vec<&'static str> {
    let has = |file: &str| files.get(&format!("lang/{code}/{file}")).is_some();
    CAPABILITIES
        .iter()
        .filter(|(_, file)| has(file))
        .map(|(what, _)| *what)
        .collect()
}

fn print(rows: &[Row], out: &mut dyn Write) -> std::io::Result<()> {
    let mark = |row: &Row, what: &str| {
        if row.supports.contains(&what) {
            "yes"
        } else {
            "-"
        }
    };
    writeln!(
        out,
        "{:<5}{:<22}{:<12}{:<9}{:<7}{:<9}{:>9} {:>11} {:>8} {:>6} {:>8}",
        "code",
        "language",
        "quotations",
        "stances",
        "facts",
        "figures",
        "measured:",
        "attributed",
        "stances",
        "facts",
        "figures"
    )?;
    for row in rows {
        let quality = row.quality.as_ref();
        let percent = |value: Option<f64>| value.map_or("-".to_owned(), |v| format!("{v:.1}"));
        writeln!(
            out,
            "{:<5}{:<22}{:<12}{:<9}{:<7}{:<9}{:>9} {:>11} {:>8} {:>6} {:>8}",
            row.code,
            row.name,
            mark(row, "quotations"),
            mark(row, "stances"),
            mark(row, "facts"),
            mark(row, "figures"),
            quality.map_or("-".to_owned(), |q| q.articles.to_string()),
            percent(quality.and_then(|q| q.attributed)),
            percent(quality.and_then(|q| q.stances)),
            percent(quality.and_then(|q| q.facts)),
            percent(quality.and_then(|q| q.figures)),
        )?;
    }
    writeln!(
        out,
        "\nMeasured on annotated articles, in percent: F of quotations with the right speaker, of \
         stances and of key\nfacts; recall of figures. Other languages get marked speech, figures, \
         fact boxes and a summary."
    )
}
