//! Responsible for `languages`: what each language supports, and how good it was measured to be.

use std::io::Write;

use serde::Serialize;

use super::args::ListArgs;
use super::flags::FlagList;
use super::session::Session;
use crate::score::quality::{self, Quality};

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
    let mut quality = quality::load(engine.packs.files())?;
    let packs = engine.packs.codes().filter_map(|c| engine.packs.get(c));
    let rows: Vec<Row> = packs
        .map(|pack| Row {
            code: pack.code.clone(),
            name: pack.meta.name.clone(),
            supports: pack.supports.clone(),
            quality: quality.remove(&pack.code),
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
         stances and of key\nfacts; recall of figures. Languages without a pack get marked speech, \
         figures, fact boxes and a summary."
    )
}
