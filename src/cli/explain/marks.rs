//! Responsible for what is underlined in an explained article.

use crate::cli::drawing::Mark;
use crate::model::record::{Fact, Quotation, Record, Stance};

/// The colors of quotations, stances and facts, as SGR codes.
const QUOTATION: &str = "32";
const STANCE: &str = "35";
const FACT: &str = "34";

/// All marks in the order in which they are drawn under a line.
pub(super) fn marks(record: &Record) -> Vec<Mark> {
    let mut out = Vec::new();
    record
        .quotations
        .iter()
        .for_each(|q| quotation(q, &mut out));
    record.stances.iter().for_each(|s| stance(s, &mut out));
    record.facts.iter().for_each(|f| fact(f, &mut out));
    out
}

fn mark(start: u32, end: u32, sign: char, label: String, color: &'static str) -> Mark {
    Mark {
        at: (start as usize, end as usize),
        sign,
        label,
        color,
    }
}

fn quotation(q: &Quotation, out: &mut Vec<Mark>) {
    for (n, (start, end)) in q.spans.iter().enumerate() {
        let label = match n {
            0 => format!("{} {} · {} ({})", q.id, q.kind, q.rule, q.grade),
            _ => format!("{} goes on", q.id),
        };
        out.push(mark(*start, *end, '^', label, QUOTATION));
    }
    if let Some(cue) = &q.cue {
        let label = format!("{} cue", q.id);
        out.push(mark(cue.span.start, cue.span.end, '~', label, QUOTATION));
    }
    if let Some(speaker) = &q.speaker
        && let (Some(start), Some(end)) = (speaker.start, speaker.end)
    {
        out.push(mark(
            start,
            end,
            '=',
            format!("{} speaker: {}", q.id, speaker.name),
            QUOTATION,
        ));
    }
}

fn stance(s: &Stance, out: &mut Vec<Mark>) {
    if let (Some(start), Some(end)) = (s.holder.start, s.holder.end) {
        out.push(mark(
            start,
            end,
            '=',
            format!("{} holder: {}", s.id, s.holder.name),
            STANCE,
        ));
    }
    if let Some(cue) = &s.cue {
        out.push(mark(
            cue.span.start,
            cue.span.end,
            '~',
            format!("{} cue", s.id),
            STANCE,
        ));
    }
    let label = format!("{} {} · {} ({})", s.id, s.polarity, s.rule, s.grade);
    out.push(mark(
        s.target.span.start,
        s.target.span.end,
        '^',
        label,
        STANCE,
    ));
}

fn fact(f: &Fact, out: &mut Vec<Mark>) {
    let label = format!(
        "{} {} {} · {} ({})",
        f.id, f.kind, f.status, f.rule, f.grade
    );
    out.push(mark(f.span.start, f.span.end, '-', label, FACT));
}
