//! Responsible for saying in words how each row of a block came about: for quotations the chain from
//! mark to cue to mention to name.

use crate::model::record::{Figure, Quotation, Record, Stance, Value};
use crate::model::span::Span;

/// The chains of all rows that begin in a block, then its figures on one line.
pub(super) fn of_block(record: &Record, block: Span) -> Vec<String> {
    let begins = |span: Span| block.start <= span.start && span.start < block.end;
    let mut out = Vec::new();
    out.extend(
        record
            .quotations
            .iter()
            .filter(|q| begins(q.span))
            .map(quotation),
    );
    out.extend(
        record
            .stances
            .iter()
            .filter(|s| begins(s.evidence.span))
            .map(stance),
    );
    let figures = record.figures.iter().filter(|f| begins(f.span)).map(figure);
    let figures: Vec<String> = figures.collect();
    if !figures.is_empty() {
        out.push(format!("figures: {}", figures.join(" · ")));
    }
    out
}

fn quotation(q: &Quotation) -> String {
    let mut chain = vec![format!("{}: {} {}", q.id, q.kind, q.marking)];
    chain.push(match &q.cue {
        Some(cue) => format!("cue “{}”", cue.text),
        None => "no cue".to_owned(),
    });
    match &q.speaker {
        Some(speaker) => {
            let mention = speaker.as_written.as_deref();
            chain.push(mention.map_or("no mention".to_owned(), |m| format!("mention “{m}”")));
            let role = speaker
                .role
                .as_deref()
                .map(|r| format!(", {r}"))
                .unwrap_or_default();
            let party = speaker.affiliation.as_deref();
            let party = party.map(|a| format!(" ({a})")).unwrap_or_default();
            chain.push(format!(
                "{}{role}{party} [{}]",
                speaker.name, speaker.method
            ));
        }
        None => chain.push("no speaker".to_owned()),
    }
    let continued = if q.continued {
        "; continues the one before"
    } else {
        ""
    };
    format!("{}{continued}", chain.join(" → "))
}

fn stance(s: &Stance) -> String {
    let cue = s
        .cue
        .as_ref()
        .map_or("no cue".to_owned(), |c| format!("cue “{}”", c.text));
    let not = if s.negated { ", negated" } else { "" };
    let quotation = s
        .quotation_id
        .as_deref()
        .map(|q| format!(" in {q}"))
        .unwrap_or_default();
    format!(
        "{}: {} → {cue}{not} → {} ({}, {}, {}){quotation} → “{}”",
        s.id, s.holder.name, s.polarity, s.strength, s.channel, s.time, s.target.text
    )
}

fn figure(f: &Figure) -> String {
    let value = match &f.value {
        Some(Value::Integer(n)) => n.to_string(),
        Some(Value::Real(n)) => n.to_string(),
        Some(Value::Text(text)) => text.clone(),
        None => "?".to_owned(),
    };
    let unit = f
        .unit
        .as_deref()
        .map(|u| format!(" {u}"))
        .unwrap_or_default();
    format!("{} = {} {value}{unit}", f.text, f.kind)
}
