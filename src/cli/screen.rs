//! Responsible for the last screen of a run: what was found, and which file to open first.

use std::fmt::Write as _;
use std::io::{IsTerminal, Write as _};
use std::time::Instant;

use indicatif::HumanCount;

use super::args::{LogFormat, Screen};
use super::logger::{colored, printable};
use crate::model::problem::Code;
use crate::output::Published;
use crate::pipeline::clock;

/// Prints it on standard error.
pub(super) fn show(published: &Published, start: Instant, report: bool, screen: &Screen) {
    let seconds = clock::since(start).as_secs_f64();
    let text = match screen.log_format {
        LogFormat::Json => json(published),
        LogFormat::Text => {
            let bold = colored(screen.color, std::io::stderr().is_terminal());
            text(published, seconds, report, bold)
        }
    };
    // Standard error may be closed; that never fails a run.
    let _ = std::io::stderr().write_all(text.as_bytes());
}

fn json(published: &Published) -> String {
    let counts = published.counts;
    let line = serde_json::json!({
        "level": "info",
        "message": "finished",
        "output": published.path.display().to_string(),
        "counts": {
            "seen": counts.seen,
            "ok": counts.ok,
            "degraded": counts.degraded,
            "skipped": counts.skipped,
            "failed": counts.failed,
        },
        "rows": published.rows,
        "problems": published.errors_by_code,
        "notes": published.notes_by_code,
        "first": published.first_places,
    });
    format!("{line}\n")
}

fn text(published: &Published, seconds: f64, report: bool, bold: bool) -> String {
    let counts = published.counts;
    let mut out = String::new();
    let rate = rate(counts.seen, seconds);
    let _ = writeln!(
        out,
        "{} articles in {seconds:.1} s{rate}: {} ok, {} with warnings, {} skipped, {} failed",
        HumanCount(counts.seen),
        HumanCount(counts.ok),
        HumanCount(counts.degraded),
        HumanCount(counts.skipped),
        HumanCount(counts.failed),
    );
    let overview = &published.overview;
    let languages = overview
        .languages
        .iter()
        .map(|(code, group)| (code.as_str(), group.articles));
    line(&mut out, "languages", languages, 12);
    let tables = [
        ("quotations", "quotes"),
        ("stances", "stances"),
        ("key facts", "facts"),
        ("figures", "figures"),
    ];
    let found = tables
        .into_iter()
        .filter_map(|(what, table)| Some((what, *published.rows.get(table)?)));
    line(&mut out, "found", found, tables.len());
    let speakers = overview
        .top_speakers
        .iter()
        .map(|(name, n)| (name.as_str(), *n));
    line(&mut out, "most quoted", speakers, 5);
    problems(&mut out, published, 8);
    let open = |name: &str| published.path.join(name).display().to_string();
    let (on, off) = if bold {
        ("\u{1b}[1m", "\u{1b}[0m")
    } else {
        ("", "")
    };
    let has_report = report && published.files.iter().any(|f| f.path == "report.html");
    // A table that was not asked for is not there.
    let names = ["summary", "quotes", "stances", "facts", "articles"];
    let first = names.iter().find(|n| published.rows.contains_key(*n));
    let table = first.map_or_else(String::new, |name| open(&format!("{name}.csv")));
    let _ = if has_report {
        writeln!(
            out,
            "Open first: {on}{}{off}; as a table: {table}",
            open("report.html")
        )
    } else {
        writeln!(out, "Open first: {on}{table}{off}")
    };
    let outside = published.notes_by_code.get(Code::INotSelected.as_str());
    if counts.failed + counts.skipped > outside.copied().unwrap_or(0) {
        let _ = writeln!(out, "What was not read, and why: {}", open("errors.csv"));
    }
    printable_but_color(&out, bold)
}

/// Names come from articles: no control characters of theirs, but our own color.
fn printable_but_color(text: &str, bold: bool) -> String {
    if !bold {
        return printable(text);
    }
    text.split_inclusive("\u{1b}[1m")
        .flat_map(|part| part.split_inclusive("\u{1b}[0m"))
        .fold(String::new(), |mut out, part| {
            let color = ["\u{1b}[1m", "\u{1b}[0m"]
                .into_iter()
                .find(|c| part.ends_with(c));
            out.push_str(&printable(
                part.strip_suffix(color.unwrap_or("")).unwrap_or(part),
            ));
            out.push_str(color.unwrap_or(""));
            out
        })
}

/// One line of names with numbers, the first `most` of them.
fn line<'a>(
    out: &mut String,
    label: &str,
    items: impl Iterator<Item = (&'a str, u64)>,
    most: usize,
) {
    let items: Vec<_> = items.collect();
    if items.is_empty() {
        return;
    }
    let shown = items
        .iter()
        .take(most)
        .map(|(name, n)| format!("{name} {}", HumanCount(*n)));
    let rest = items.len().saturating_sub(most);
    let more = if rest > 0 {
        format!(" and {rest} more")
    } else {
        String::new()
    };
    let _ = writeln!(
        out,
        "  {label:<12}{}{more}",
        shown.collect::<Vec<_>>().join(" · ")
    );
}

/// A line for each code, with the first place where it was met, for the `most` frequent codes.
fn problems(out: &mut String, published: &Published, most: usize) {
    let mut codes: Vec<(&String, &u64)> = published.errors_by_code.iter().collect();
    codes.sort_by_key(|(code, n)| (std::cmp::Reverse(**n), *code));
    let mut label = "problems";
    for (code, n) in codes.iter().take(most) {
        let place = published.first_places.get(*code).map_or("", String::as_str);
        let first = if **n > 1 { "the first in " } else { "in " };
        let _ = writeln!(
            out,
            "  {label:<12}{code} {}, {first}{place}",
            HumanCount(**n)
        );
        label = "";
    }
    if codes.len() > most {
        let _ = writeln!(out, "  {label:<12}and {} more codes", codes.len() - most);
    }
}

#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss
)]
fn rate(articles: u64, seconds: f64) -> String {
    if seconds < 0.5 {
        return String::new();
    }
    format!(
        " ({} a second)",
        HumanCount((articles as f64 / seconds) as u64)
    )
}
