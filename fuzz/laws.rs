//! What holds for any bytes at all. The fuzz targets and `tests/properties.rs` share these laws: no
//! panic, spans that slice the text exactly, counts that add up, the same output for the same input,
//! and tables that read back.

use std::ops::ControlFlow;
use std::sync::OnceLock;

use polygist::analyze::{self, Engine, Options, analyze as analyzed, document};
use polygist::input::{Format, InputOptions, Limits, read_stream};
use polygist::model::article::{Input, RawArticle, Source};
use polygist::model::record::{Record, Value};
use polygist::model::span::Span;
use polygist::output::cell::{Cell, Changes, write_row};
use polygist::output::rows::rows;
use polygist::output::tables::TableId;
use polygist::output::{CsvOptions, Profile};
use polygist::pack::{Pack, Packs};
use polygist::pipeline::process::record;

/// Any bytes as a text file.
pub(crate) fn decode(bytes: &[u8]) {
    let inputs = read(bytes, Format::Text);
    assert!(inputs.len() <= 1, "a text file is one article");
    read(bytes, Format::Markdown);
}

/// Any bytes as a page and as an XML document.
pub(crate) fn html(bytes: &[u8]) {
    read(bytes, Format::Html);
    read(bytes, Format::Xml);
}

/// Any bytes as JSON Lines and as JSON.
pub(crate) fn json(bytes: &[u8]) {
    read(bytes, Format::Jsonl);
    read(bytes, Format::Json);
}

/// Any bytes as a table with a column `text`.
pub(crate) fn csv(bytes: &[u8]) {
    for header in ["text,id\n", "id;title;text\n"] {
        read(&[header.as_bytes(), bytes].concat(), Format::Csv);
    }
    read(&[b"id\ttext\n", bytes].concat(), Format::Tsv);
}

/// Every line with words is in one block, in order; boxes and items slice the text.
pub(crate) fn blocks(bytes: &[u8]) {
    let (pack, raw) = article_of(bytes);
    let text = raw.text.as_str();
    let lines = polygist::text::lines::lines(text);
    let layout = analyze::blocks::layout(&raw, &lines, pack);
    let mut end = 0;
    for block in &layout.blocks {
        assert!(
            block.span.start >= end,
            "blocks overlap at {:?}",
            block.span
        );
        assert!(
            text[end as usize..block.span.start as usize]
                .trim()
                .is_empty()
        );
        assert!(text.get(range(block.span)).is_some());
        end = block.span.end;
    }
    assert!(
        text[end as usize..].trim().is_empty(),
        "words after the last block"
    );
    for found in &layout.boxes {
        assert!(text.get(range(found.span)).is_some());
        for item in &found.items {
            assert_eq!(text.get(range(item.span)), Some(item.text.as_str()));
        }
    }
}

/// Tokens and sentences lie in order inside their blocks and hold whole characters.
pub(crate) fn sentences(bytes: &[u8]) {
    let (pack, raw) = article_of(bytes);
    let (doc, _) = document(&raw, pack);
    let mut end = 0;
    for token in &doc.tokens {
        assert!(token.start >= end && token.end > token.start);
        assert!(
            doc.text
                .get(token.start as usize..token.end as usize)
                .is_some()
        );
        end = token.end;
    }
    let mut next = 0;
    for sentence in &doc.sentences {
        assert_eq!(sentence.tokens.start, next, "a token outside all sentences");
        assert!(!sentence.tokens.is_empty());
        next = sentence.tokens.end;
        assert!(doc.text.get(range(sentence.span)).is_some());
        assert!(doc.blocks[sentence.block].span.contains(sentence.span));
    }
    assert_eq!(next, doc.tokens.len());
}

/// Quotations and stances slice the text, whatever the pack.
pub(crate) fn quotations(bytes: &[u8]) {
    let (pack, raw) = article_of(bytes);
    let (doc, _) = document(&raw, pack);
    let speakers = analyze::speakers::Speakers::find(&doc, pack);
    let found = analyze::quotations::quotations(&doc, pack, &speakers);
    for quotation in &found {
        assert_eq!(
            doc.text.get(range(quotation.span)),
            Some(quotation.text.as_str())
        );
        for (start, end) in quotation.spans.iter().chain(&quotation.fragments) {
            let piece = Span::new(*start, *end);
            assert!(quotation.span.contains(piece), "{quotation:?}");
            assert!(doc.text.get(range(piece)).is_some());
        }
    }
    assert!(found.windows(2).all(|w| w[0].span.start <= w[1].span.start));
    for stance in analyze::stances::stances(&doc, pack, &speakers, &found) {
        let evidence = &stance.evidence;
        assert_eq!(
            doc.text.get(range(evidence.span)),
            Some(evidence.text.as_str())
        );
        let target = &stance.target;
        assert_eq!(doc.text.get(range(target.span)), Some(target.text.as_str()));
    }
}

/// Figures slice the text, in order, and their numbers are numbers.
pub(crate) fn figures(bytes: &[u8]) {
    let (pack, raw) = article_of(bytes);
    let (doc, _) = document(&raw, pack);
    let found = analyze::figures::figures(&doc, pack, Some("2024-02-29"));
    for figure in &found {
        assert_eq!(doc.text.get(range(figure.span)), Some(figure.text.as_str()));
        let number = figure.value.as_ref().and_then(Value::as_number);
        assert!(number.is_none_or(f64::is_finite), "{figure:?}");
    }
    assert!(found.windows(2).all(|w| w[0].span.start <= w[1].span.start));
}

/// Article to record to JSON and tables, and back.
pub(crate) fn article(bytes: &[u8]) {
    let inputs = if bytes.first() == Some(&b'{') {
        read(bytes, Format::Jsonl)
    } else {
        let (_, raw) = article_of(bytes);
        assert_eq!(
            serde_json::to_string(&analyzed(raw.clone(), engine())).ok(),
            serde_json::to_string(&analyzed(raw.clone(), engine())).ok(),
        );
        vec![Input::Article(Box::new(raw))]
    };
    for input in inputs {
        record_holds(&record(input, engine()));
    }
}

/// Reads bytes twice and checks what every reader promises.
fn read(bytes: &[u8], format: Format) -> Vec<Input> {
    let options = InputOptions {
        format: Some(format),
        limits: Limits {
            article: 1 << 20,
            ..Limits::default()
        },
        ..InputOptions::default()
    };
    let pass = || {
        let mut inputs = Vec::new();
        let report = read_stream(
            std::io::Cursor::new(bytes.to_vec()),
            "x",
            &options,
            &mut |input| {
                inputs.push(input);
                ControlFlow::Continue(())
            },
        );
        match report {
            Ok(report) => assert_eq!(report.records, inputs.len() as u64),
            // A header in another encoding has no column `text`: that is the user's to mend.
            Err(error) => assert!(matches!(format, Format::Csv | Format::Tsv), "{error}"),
        }
        inputs
    };
    let inputs = pass();
    assert_eq!(inputs, pass(), "the same bytes give the same inputs");
    for input in &inputs {
        if let Input::Article(article) = input {
            assert!(!article.text.trim().is_empty());
            for hint in &article.hints {
                assert!(
                    article
                        .text
                        .get(range(hint.span))
                        .is_some_and(|t| !t.is_empty())
                );
            }
        }
    }
    inputs
}

/// Every piece is where it says; JSON and tables give back what went in.
fn record_holds(record: &Record) {
    let line = serde_json::to_string(record).expect("a record has a form in JSON");
    let back: Record = serde_json::from_str(&line).expect("and back");
    assert_eq!(&back, record);
    let chars: Vec<char> = record.text.chars().collect();
    let slice = |span: Span| -> String {
        let piece = chars.get(range(span)).expect("a span inside the text");
        piece.iter().collect()
    };
    for block in &record.blocks {
        slice(block.span);
    }
    for piece in &record.summary {
        assert_eq!(slice(piece.span), piece.text);
    }
    for found in &record.fact_boxes {
        for item in &found.items {
            assert_eq!(slice(item.span), item.text);
        }
    }
    for fact in &record.facts {
        assert_eq!(slice(fact.span), fact.text);
    }
    for figure in &record.figures {
        assert_eq!(slice(figure.span), figure.text);
    }
    for quotation in &record.quotations {
        assert_eq!(slice(quotation.span), quotation.text);
        if let Some(cue) = &quotation.cue {
            assert_eq!(slice(cue.span), cue.text);
        }
    }
    for stance in &record.stances {
        assert_eq!(slice(stance.evidence.span), stance.evidence.text);
        assert_eq!(slice(stance.target.span), stance.target.text);
    }
    for profile in [Profile::Plain, Profile::Analyst, Profile::ExcelEu] {
        tables_hold(record, profile);
    }
}

/// Tables have as many rows and cells as were written, no cell is a formula, and texts come back.
fn tables_hold(record: &Record, profile: Profile) {
    let options = CsvOptions {
        profile,
        ..CsvOptions::default()
    };
    let dialect = options.dialect().expect("a profile is a dialect");
    let mut written: Vec<(TableId, Vec<u8>, Vec<Vec<Cell<'_>>>)> = Vec::new();
    rows(record, &mut |id, cells| {
        if written.last().is_none_or(|(last, ..)| *last != id) {
            written.push((id, Vec::new(), Vec::new()));
        }
        let (_, bytes, kept) = written.last_mut().expect("just pushed");
        write_row(bytes, cells, &dialect, &mut Changes::default());
        kept.push(cells.to_vec());
    });
    for (id, bytes, kept) in written {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .delimiter(dialect.delimiter)
            .from_reader(bytes.as_slice());
        let read: Vec<csv::StringRecord> = reader
            .records()
            .collect::<Result<_, _>>()
            .expect("a table that reads");
        assert_eq!(read.len(), kept.len(), "rows of {id:?}");
        for (row, cells) in read.iter().zip(&kept) {
            assert_eq!(row.len(), cells.len(), "cells of {id:?}");
            for (shown, cell) in row.iter().zip(cells) {
                if let Cell::Text(text) = cell {
                    text_holds(shown, text, profile);
                }
            }
        }
    }
}

fn text_holds(shown: &str, text: &str, profile: Profile) {
    let plain = profile == Profile::Plain;
    if !plain {
        let first = shown.chars().next();
        assert!(
            !first.is_some_and(|c| matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n')),
            "a formula: {shown:?}"
        );
        assert!(!shown.contains(['\r', '\n']));
    }
    assert!(!shown.contains('\0'));
    let odd = |c: char| {
        c.is_control()
            || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if text.len() < 16_000 && !text.contains(odd) {
        let shown = if plain {
            shown
        } else {
            shown.strip_prefix('\'').unwrap_or(shown)
        };
        assert_eq!(shown, text);
    }
}

/// The embedded packs, read once.
fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| {
        Engine::new(Packs::embedded(), Options::default()).expect("the embedded packs load")
    })
}

/// The first byte chooses a language, the others are the text.
fn article_of(bytes: &[u8]) -> (&'static Pack, RawArticle) {
    let (first, rest) = bytes.split_first().unwrap_or((&0, &[]));
    let codes: Vec<&str> = engine().packs.codes().collect();
    let code = codes.get(usize::from(*first) % (codes.len() + 1)).copied();
    let pack = engine().packs.get_or_generic(code.unwrap_or("und"));
    let raw = RawArticle {
        source: Source {
            path: "x".into(),
            record: 1,
            offset: None,
        },
        text: String::from_utf8_lossy(rest).into_owned(),
        language: code.map(str::to_owned),
        ..RawArticle::default()
    };
    (pack, raw)
}

fn range(span: Span) -> std::ops::Range<usize> {
    span.start as usize..span.end as usize
}
