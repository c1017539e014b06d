//! Responsible for `explain`: one article in the terminal, with all that was found in it, where, and by
//! which rule.

mod chains;
mod marks;

use std::fmt::Write as _;
use std::io::{IsTerminal, Write as _};
use std::ops::ControlFlow;
use std::path::PathBuf;

use super::args::{ExplainArgs, Screen};
use super::drawing::{Canvas, Mark};
use super::flags::FlagList;
use super::logger::colored;
use super::session::Session;
use crate::analyze::summary::Reason;
use crate::analyze::{Engine, document, explained};
use crate::error::Error;
use crate::input::{InputOptions, discover, read};
use crate::model::article::{Input, RawArticle};
use crate::model::record::{BlockRecord, Record};
use crate::model::span::{CodePoints, Span};
use crate::pipeline::process::record;

/// The width when there is no terminal to ask.
const WIDTH: usize = 100;

/// Runs the command.
///
/// # Errors
/// The file cannot be read or has no such record.
pub(super) fn run(args: &ExplainArgs, screen: &Screen) -> anyhow::Result<u8> {
    let session = Session::open(&args.config, FlagList::default().reading(&args.reading))?;
    if session.print_config(&args.config)? {
        return Ok(0);
    }
    let engine = session.engine()?;
    let input = find(args, &session.settings.input)?;
    let stdout = std::io::stdout();
    let canvas = Canvas {
        width: args.width.or_else(terminal_width).unwrap_or(WIDTH),
        color: colored(screen.color, stdout.is_terminal()),
        indent: 2,
    };
    let drawn = match input {
        Input::Article(article) => draw(&article, &engine, canvas),
        rejected @ Input::Rejected(_) => header(&record(rejected, &engine), canvas),
    };
    stdout.lock().write_all(drawn.as_bytes())?;
    Ok(0)
}

fn terminal_width() -> Option<usize> {
    std::env::var("COLUMNS").ok()?.parse().ok()
}

/// The record that the arguments name.
fn find(args: &ExplainArgs, options: &InputOptions) -> Result<Input, Error> {
    let files = discover(&[PathBuf::from(&args.file)], options)?;
    let mut found = None;
    for file in &files {
        read(file, options, &mut |input| {
            let (source, id) = match &input {
                Input::Article(a) => (&a.source, &a.id),
                Input::Rejected(r) => (&r.source, &r.id),
            };
            let wanted = match (&args.id, args.record) {
                (Some(wanted), _) => id.as_ref() == Some(wanted),
                (None, record) => source.record == record.unwrap_or(1),
            };
            if wanted {
                found = Some(input);
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        })?;
        if found.is_some() {
            break;
        }
    }
    let which = match (&args.id, args.record) {
        (Some(id), _) => format!("record with the id `{id}`"),
        (None, record) => format!("record {}", record.unwrap_or(1)),
    };
    found.ok_or_else(|| Error::Usage {
        message: format!("{} holds no {which}", args.file.display()),
        hint: "records are counted from 1: --record 1; ids are the input's own: --id ID".into(),
    })
}

fn draw(article: &RawArticle, engine: &Engine, canvas: Canvas) -> String {
    let (record, reasons) = explained(article.clone(), engine);
    let sentences = sentences(article, &record, engine);
    let chars: Vec<char> = record.text.chars().collect();
    let marks = marks::marks(&record);
    let mut out = header(&record, canvas);
    for block in &record.blocks {
        let name = format!("── {} ", block.kind);
        let _ = writeln!(out, "\n{}", canvas.paint("2", &name));
        for line in lines(block, &sentences) {
            let range = (line.start as usize, line.end as usize);
            let inside: Vec<Mark> = marks
                .iter()
                .filter(|m| m.at.0 < range.1 && range.0 < m.at.1)
                .cloned()
                .collect();
            canvas.draw(&chars, range, &inside, &mut out);
        }
        for chain in chains::of_block(&record, block.span) {
            let _ = writeln!(out, "    {}", canvas.paint("36", &chain));
        }
    }
    summary(&record, &reasons, canvas, &mut out);
    footer(&record, canvas, &mut out);
    out
}

/// The sentences of the article in code points, as the analysis cut them.
fn sentences(article: &RawArticle, record: &Record, engine: &Engine) -> Vec<Span> {
    let pack = engine.packs.get_or_generic(&record.language.code);
    let (doc, _) = document(article, pack);
    let points = CodePoints::new(&article.text);
    doc.sentences.iter().map(|s| points.span(s.span)).collect()
}

/// The sentences of a block, or the block itself when it has none.
fn lines(block: &BlockRecord, sentences: &[Span]) -> Vec<Span> {
    let inside: Vec<Span> = sentences
        .iter()
        .copied()
        .filter(|s| block.span.contains(*s))
        .collect();
    if inside.is_empty() {
        vec![block.span]
    } else {
        inside
    }
}

fn header(record: &Record, canvas: Canvas) -> String {
    let mut out = String::new();
    let title = record.title.as_deref().unwrap_or("(no title)");
    let _ = writeln!(
        out,
        "{}",
        canvas.paint("1", &super::logger::printable(title))
    );
    let language = &record.language;
    let _ = writeln!(
        out,
        "{} · record {} of {} · {} · language {} ({}, {:.2}) · {} support",
        record.article_id,
        record.record,
        super::logger::printable(&record.source_path),
        record.status,
        language.code,
        language.method,
        language.confidence,
        record.support,
    );
    for problem in &record.problems {
        let line = format!("{}: {}", problem.code, problem.message);
        let _ = writeln!(
            out,
            "{}",
            canvas.paint("33", &super::logger::printable(&line))
        );
    }
    out
}

/// The summary, each sentence with what it was chosen for, in thousandths.
fn summary(record: &Record, reasons: &[Reason], canvas: Canvas, out: &mut String) {
    if record.summary.is_empty() {
        return;
    }
    let of = reasons.len();
    let title = format!("── summary, of {of} sentences that could be chosen ");
    let _ = writeln!(out, "\n{}", canvas.paint("2", &title));
    let chosen = reasons.iter().filter(|reason| reason.chosen);
    for (piece, reason) in record.summary.iter().zip(chosen) {
        let chars: Vec<char> = piece.text.chars().collect();
        canvas.draw(&chars, (0, chars.len()), &[], out);
        let parts: Vec<String> = reason
            .parts()
            .map(|(name, worth)| format!("{name} {worth:+}"))
            .collect();
        let line = format!("worth {}: {}", reason.worth(), parts.join(", "));
        let _ = writeln!(out, "    {}", canvas.paint("36", &line));
    }
}

fn footer(record: &Record, canvas: Canvas, out: &mut String) {
    if !record.actors.is_empty() {
        let _ = writeln!(out, "\n{}", canvas.paint("2", "── actors "));
    }
    for actor in &record.actors {
        let role = actor
            .role
            .as_deref()
            .map(|r| format!(", {r}"))
            .unwrap_or_default();
        let party = actor
            .affiliation
            .as_deref()
            .map(|a| format!(" ({a})"))
            .unwrap_or_default();
        let quotations = counted(actor.quotations as usize, "quotation");
        let stances = counted(actor.stances as usize, "stance");
        let _ = writeln!(
            out,
            "  {}{role}{party}: {quotations}, {stances}",
            actor.name
        );
    }
    let _ = writeln!(
        out,
        "\n{}, {}, {}, {}",
        counted(record.quotations.len(), "quotation"),
        counted(record.stances.len(), "stance"),
        counted(record.facts.len(), "key fact"),
        counted(record.figures.len(), "figure"),
    );
}

/// "1 stance", "2 stances".
fn counted(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}
