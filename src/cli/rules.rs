//! Responsible for `rules`: what each rule does, and how often it was right.

use std::io::Write;

use serde::Serialize;

use super::args::ListArgs;
use super::flags::FlagList;
use super::session::Session;
use crate::analyze::rules::{Measured, all};
use crate::model::record::Grade;

#[derive(Serialize)]
struct Row {
    id: &'static str,
    grade: Grade,
    right: u32,
    rows: u32,
    what: &'static str,
    fires: &'static str,
    near_miss: &'static str,
}

/// Runs the command.
///
/// # Errors
/// The committed measurement does not parse.
pub(super) fn run(args: &ListArgs) -> anyhow::Result<u8> {
    let session = Session::open(&args.config, FlagList::default())?;
    if session.print_config(&args.config)? {
        return Ok(0);
    }
    let engine = session.engine()?;
    let none = Measured { right: 0, rows: 0 };
    let rows = all().map(|rule| {
        let measured = engine.grades.measured(rule.id).unwrap_or(none);
        Row {
            id: rule.id,
            grade: measured.grade(),
            right: measured.right,
            rows: measured.rows,
            what: rule.what,
            fires: rule.fires,
            near_miss: rule.near_miss,
        }
    });
    let rows: Vec<Row> = rows.collect();
    let out = &mut std::io::stdout().lock();
    if args.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&rows)?)?;
        return Ok(0);
    }
    for row in &rows {
        let precision = match row.rows {
            0 => "not measured".to_owned(),
            rows => {
                let percent = f64::from(row.right) * 100.0 / f64::from(rows);
                format!("right {} of {rows} times, {percent:.0} %", row.right)
            }
        };
        writeln!(out, "{}  {} ({precision})", row.id, row.grade)?;
        writeln!(out, "    {}", row.what)?;
        writeln!(out, "    fires:     {}", shown(row.fires))?;
        writeln!(out, "    near miss: {}\n", shown(row.near_miss))?;
    }
    writeln!(
        out,
        "{} rules; in output rows the language stands in front: sv.{}",
        rows.len(),
        rows.first().map_or("", |r| r.id)
    )?;
    Ok(0)
}

/// A text on one line.
fn shown(text: &str) -> String {
    text.split('\n')
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .collect::<Vec<_>>()
        .join(" ⏎ ")
}
