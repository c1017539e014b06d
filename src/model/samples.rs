//! Responsible for small hand-made records that tests of the output use.

use crate::model::article::Source;
use crate::model::record::{
    Actor, ActorKind, BlockKind, BlockRecord, Channel, Fact, FactBox, FactKind, FactStatus, Figure,
    FigureType, Grade, Holder, Language, LanguageMethod, Marking, Piece, Polarity, Quotation,
    QuotationKind, Record, Section, Speaker, SpeakerMethod, Stance, Strength, Support, Target,
    Time, Value,
};
use crate::model::span::Span;

/// The text of the sample article.
pub(crate) const TEXT: &str = "Budgeten delar partierna\n\n– Vi säger nej till vägen, säger Åsa Lind (V).\n\nVägen kostar 25 miljoner kronor.";

/// The span of some words of a text, in code points.
pub(crate) fn span(text: &str, words: &str) -> Span {
    let at = text.find(words).unwrap_or(0);
    let start = text[..at].chars().count() as u32;
    Span::new(start, start + words.chars().count() as u32)
}

/// The same as a piece.
pub(crate) fn piece(text: &str, words: &str) -> Piece {
    Piece {
        text: words.to_owned(),
        span: span(text, words),
    }
}

/// A record without any rows.
pub(crate) fn record(id: &str) -> Record {
    let source = Source {
        path: "a.jsonl".into(),
        record: 1,
        offset: None,
    };
    Record {
        source_id: Some(id.to_owned()),
        title: Some("Budgeten delar partierna".into()),
        published: Some("2026-03-01".into()),
        source: Some("Bladet".into()),
        language: Language {
            code: "sv".into(),
            confidence: 0.987,
            method: LanguageMethod::Detected,
            script: Some("Latn".into()),
            ..Language::unknown()
        },
        support: Support::Full,
        text: TEXT.to_owned(),
        content_hash: crate::model::ids::sha256_hex(TEXT.as_bytes()),
        ..Record::empty(id, &source)
    }
}

/// A record with one row of each kind.
#[allow(clippy::too_many_lines)] // one literal
pub(crate) fn full_record(id: &str) -> Record {
    let mut record = record(id);
    let quote = "Vi säger nej till vägen";
    let name = span(TEXT, "Åsa Lind");
    record.blocks = TEXT
        .split("\n\n")
        .map(|b| BlockRecord {
            kind: BlockKind::Paragraph,
            span: span(TEXT, b),
        })
        .collect();
    record.summary = vec![piece(TEXT, "Vägen kostar 25 miljoner kronor.")];
    record.quotations = vec![Quotation {
        id: "q001".into(),
        kind: QuotationKind::Direct,
        marking: Marking::Dash,
        text: quote.into(),
        span: span(TEXT, quote),
        spans: vec![(span(TEXT, quote).start, span(TEXT, quote).end)],
        fragments: Vec::new(),
        continued: false,
        speaker: Some(Speaker {
            name: "Åsa Lind".into(),
            as_written: Some("Åsa Lind".into()),
            start: Some(name.start),
            end: Some(name.end),
            role: None,
            affiliation: Some("V".into()),
            method: SpeakerMethod::Name,
        }),
        cue: Some(piece(TEXT, "säger")),
        rule: "sv.quotation.dash-cue".into(),
        grade: Grade::Strong,
    }];
    record.stances = vec![Stance {
        id: "s001".into(),
        holder: Holder {
            name: "Åsa Lind".into(),
            as_written: Some("Åsa Lind".into()),
            start: Some(name.start),
            end: Some(name.end),
            role: None,
            affiliation: Some("V".into()),
        },
        target: Target {
            text: "vägen".into(),
            span: span(TEXT, "vägen"),
            canonical: "vägen".into(),
        },
        polarity: Polarity::Oppose,
        strength: Strength::Plain,
        negated: false,
        channel: Channel::DirectQuote,
        time: Time::Current,
        condition: None,
        lean: None,
        attributed_by: None,
        cue: Some(piece(TEXT, "säger nej till")),
        evidence: piece(TEXT, "– Vi säger nej till vägen, säger Åsa Lind (V)."),
        more_evidence: Vec::new(),
        quotation_id: Some("q001".into()),
        rule: "sv.stance.verb".into(),
        grade: Grade::Fair,
    }];
    let figure = Figure {
        text: "25 miljoner kronor".into(),
        span: span(TEXT, "25 miljoner kronor"),
        kind: FigureType::Money,
        value: Some(Value::Integer(25_000_000)),
        unit: Some("SEK".into()),
        currency: Some("SEK".into()),
        approx: None,
        direction: None,
    };
    record.figures = vec![figure.clone()];
    record.facts = vec![Fact {
        id: "f001".into(),
        rank: 1,
        score: 800,
        kind: FactKind::Figure,
        status: FactStatus::Asserted,
        section: Section::Body,
        text: "Vägen kostar 25 miljoner kronor.".into(),
        span: span(TEXT, "Vägen kostar 25 miljoner kronor."),
        who: None,
        what: Some(piece(TEXT, "Vägen")),
        place: None,
        when: None,
        figures: vec![figure],
        source: None,
        source_type: "article".into(),
        mentions: 1,
        rule: "sv.fact.figure".into(),
        grade: Grade::Strong,
    }];
    record.fact_boxes = vec![FactBox {
        heading: "Fakta: Vägen".into(),
        topic: Some("Vägen".into()),
        span: span(TEXT, "Vägen kostar 25 miljoner kronor."),
        items: vec![piece(TEXT, "Vägen kostar 25 miljoner kronor.")],
        source: None,
    }];
    record.actors = vec![Actor {
        name: "Åsa Lind".into(),
        aliases: vec!["Lind".into()],
        kind: ActorKind::Person,
        role: None,
        affiliation: Some("V".into()),
        quotations: 1,
        stances: 1,
    }];
    record
}
