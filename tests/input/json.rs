//! JSON and JSON Lines: rows 2, 10, 16 to 18 and 28 to 32 of the fault table.

use crate::support::{reading, reading_with, stream};
use polygist::input::{Format, InputOptions};

fn lines(content: &[u8]) -> crate::support::Reading {
    stream(content, &InputOptions::default())
}

fn message(line: &str) -> (String, String) {
    let read = lines(line.as_bytes());
    let problem = &read.refusal().problem;
    (problem.code.clone(), problem.message.clone())
}

#[test]
fn every_line_gives_exactly_one_input() {
    let read = lines(
        b"{\"text\":\"a\"}\n\n{broken\n[1]\n{\"text\":\"caf\xe9\"}\n{\"text\":null}\n{\"text\":\"  \"}\r\n\"x\"\n{\"text\":\"b\"}",
    );
    assert_eq!(
        read.outline(),
        [
            "a",
            "E_EMPTY",
            "E_JSON",
            "E_JSON",
            "E_UTF8",
            "E_NO_TEXT",
            "E_EMPTY",
            "E_JSON",
            "b"
        ]
    );
    let skipped: Vec<bool> = read.rejected().iter().map(|r| r.skipped).collect();
    assert_eq!(skipped, [true, false, false, false, false, true, false]);
    let offsets: Vec<_> = read.articles().iter().map(|a| a.source.offset).collect();
    assert_eq!(offsets, [Some(0), Some(75)]);
    assert_eq!(read.rejected()[1].raw.as_deref(), Some("{broken"));
}

#[test]
fn a_stream_is_lines_whatever_it_looks_like() {
    for content in [
        "<!doctype html>\n<p>",
        "%PDF-1.7\nx",
        "[\n{\"text\":\"a\"}]",
    ] {
        assert_eq!(lines(content.as_bytes()).outline(), ["E_JSON", "E_JSON"]);
    }
}

#[test]
fn what_is_no_strict_json_fails_with_its_column() {
    for (line, word, column) in [
        (r#"{"text":"a","text":"b"}"#, "duplicate key `text`", 18),
        (r#"{"text":"a","m":{"x":1,"x":2}}"#, "duplicate key `x`", 26),
        (r#"{"text":"a","n":NaN}"#, "expected value", 17),
        (r#"{"text":"a",}"#, "trailing comma", 13),
        (
            r#"{"text":"a" // no
}"#,
            "",
            13,
        ),
        (r#"{"text":"\ud800"}"#, "hex escape", 16),
        (r#"{"text":"a"} {"text":"b"}"#, "trailing characters", 14),
        ("{'text':'a'}", "key must be a string", 2),
    ] {
        let first = line.lines().next().unwrap();
        let (code, message) = message(first);
        assert_eq!(code, "E_JSON", "{line}");
        assert!(message.contains(word), "{message}");
        assert!(
            message.ends_with(&format!("column {column}")),
            "{line}: {message}"
        );
    }
}

#[test]
fn deep_nesting_fails_or_passes_but_never_aborts() {
    let deep = format!(
        "{{\"text\":\"a\",\"x\":{}{}}}",
        "[".repeat(200_000),
        "]".repeat(200_000)
    );
    for name in ["a.jsonl", "a.json"] {
        let read = reading(name, format!("{deep}\n{{\"text\":\"b\"}}\n"));
        assert_eq!(read.outline(), ["E_JSON", "b"], "{name}");
    }
    let open = "[{".repeat(100_000);
    assert_eq!(reading("a.json", open).outline(), ["E_JSON"]);
}

#[test]
fn a_long_line_is_passed_over_and_the_next_one_read() {
    let mut options = InputOptions::default();
    options.limits.article = 1000;
    let content = format!(
        "{{\"text\":\"a\"}}\n{{\"text\":\"{}\"}}\n{{\"text\":\"b\"}}\n{{\"text\":\"{}\"}}\n",
        "x".repeat(3_000_000),
        "y".repeat(1001)
    );
    let read = stream(content.as_bytes(), &options);
    assert_eq!(read.outline(), ["a", "E_TOO_BIG", "b", "E_TOO_BIG"]);
    assert!(read.rejected()[0].raw.as_ref().unwrap().len() <= 64 << 10);
    let array = format!(
        "[{{\"text\":\"a\"}},{{\"text\":\"{}\"}},{{\"text\":\"b\"}}]",
        "x".repeat(3_000_000)
    );
    assert_eq!(
        reading_with("a.json", array, &options).outline(),
        ["a", "E_TOO_BIG", "b"]
    );
}

#[test]
fn documents_of_objects_are_taken_apart() {
    for (content, expected) in [
        ("{\n  \"text\": \"a\"\n}", vec!["a"]),
        (
            "[\n {\"text\": \"a}{\\\"\"},\n {\"text\": \"b\"}\n]\n",
            vec!["a}{\"", "b"],
        ),
        ("{\"text\":\"a\"}{\"text\":\"b\"}", vec!["a", "b"]),
        ("{\"text\":\"a\"},\n{\n\"text\":\"b\"}", vec!["a", "b"]),
        ("[]", vec![]),
        (
            "[{\"text\":\"a\"}, 7, {\"text\":\"b\"}]",
            vec!["a", "E_JSON", "b"],
        ),
        (
            "[{\"text\":\"a\"}, {\"text\" \"b\"}, {\"text\":\"c\"}]",
            vec!["a", "E_JSON", "c"],
        ),
        (
            "[{\"text\":\"a\"}, {\"text\":\"b\"}",
            vec!["a", "b", "E_JSON"],
        ),
        ("[{\"text\":\"a\"}, {\"text\":\"b", vec!["a", "E_JSON"]),
    ] {
        assert_eq!(reading("a.json", content).outline(), expected, "{content}");
    }
    let read = reading("a.json", "[\n{\"text\":\"a\"},\n{\"text\":\n NaN}\n]");
    assert_eq!(
        read.rejected()[0].problem.message,
        "expected value, line 4, column 2"
    );
}

#[test]
fn answers_of_services_are_unwrapped() {
    let read = reading(
        "a.json",
        r#"{"status": "ok", "total": 2, "facets": [{"a": 1}], "articles": [{"title": "T", "content": "a"}, 7, {"content": "b"}]}"#,
    );
    assert_eq!(read.outline(), ["a", "E_JSON", "b"]);
    let read = reading(
        "a.json",
        r#"{"total": 1, "hits": [{"uri": "x", "body_text": "a"}]}"#,
    );
    assert_eq!(read.outline(), ["a"]);
    // An article with a list of others is an article.
    let read = reading("a.json", r#"{"text": "a", "related": [{"text": "b"}]}"#);
    assert_eq!(read.outline(), ["a"]);
    assert_eq!(
        reading("a.json", r#"{"items": [{"name": "x"}]}"#).outline(),
        ["E_NO_TEXT"]
    );
}

#[test]
fn a_long_list_is_streamed() {
    // Elements are handed on before the list has been read to its end.
    let dir = crate::support::Dir::new();
    let mut content = String::from("[");
    for n in 0..20_000 {
        content.push_str(&format!("{{\"id\":{n},\"text\":\"ord {n}\"}},\n"));
    }
    content.push_str("{\"id\":\"last\",\"text\":\"slut\"}]");
    let path = dir.file("a.json", &content);
    let options = InputOptions::default();
    let files = polygist::input::discover(&[path], &options).unwrap();
    let mut seen = 0;
    let report = polygist::input::read(&files[0], &options, &mut |_| {
        seen += 1;
        if seen == 3 {
            std::ops::ControlFlow::Break(())
        } else {
            std::ops::ControlFlow::Continue(())
        }
    })
    .unwrap();
    assert_eq!(seen, 3);
    assert!(
        report.bytes < content.len() as u64 / 2,
        "{} of {}",
        report.bytes,
        content.len()
    );
    let read = crate::support::read_with(&files[0], &options);
    assert_eq!(read.articles().len(), 20_001);
    assert_eq!(
        read.report.sha256,
        Some(polygist::model::ids::sha256_hex(content.as_bytes()))
    );
}

#[test]
fn json_lines_are_recognized_by_content() {
    let two = "{\"text\":\"a\"}\n{\"text\":\"b\"}\n";
    for name in ["a.json", "a.txt", "a", "a.dat"] {
        let expected = if name == "a.txt" {
            Some(Format::Text)
        } else {
            Some(Format::Jsonl)
        };
        assert_eq!(reading(name, two).report.format, expected, "{name}");
    }
}

#[test]
fn numbers_are_ids_and_missing_values_are_missing() {
    let read = lines(br#"{"id":42,"text":"a","title":"None","language":"","author":null,"n":1.5}"#);
    let article = read.article();
    assert_eq!(article.id.as_deref(), Some("42"));
    assert_eq!(
        (&article.title, &article.language, &article.byline),
        (&None, &None, &None)
    );
    assert_eq!(article.metadata.len(), 1);
    assert_eq!(article.metadata["n"], 1.5);
    for line in [
        r#"{"id":1}"#,
        r#"{"text":7}"#,
        r#"{"text":"None"}"#,
        r#"{"text":{"a":1}}"#,
    ] {
        let read = lines(line.as_bytes());
        assert_eq!(read.refusal().problem.code, "E_NO_TEXT", "{line}");
        assert!(!read.refusal().skipped);
    }
    assert_eq!(lines(br#"{"id":1}"#).refusal().id.as_deref(), Some("1"));
}

#[test]
fn duplicate_ids_are_both_kept() {
    let read = lines(b"{\"id\":\"x\",\"text\":\"a\"}\n{\"id\":\"x\",\"text\":\"a\"}\n{\"id\":\"x\",\"text\":\"b\"}\n");
    assert_eq!(read.outline(), ["a", "a", "b"]);
}
