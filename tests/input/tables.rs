//! Tables: rows 39 and 40 of the fault table.

use std::ops::ControlFlow;

use crate::support::{Dir, reading, reading_with};
use polygist::input::{InputOptions, Mapping, Preset, discover, read};

#[test]
fn columns_are_mapped_by_name() {
    let read = reading(
        "a.csv",
        "id,title,text,date,tags\r\n0042,Ja,\"Rad ett,\r\n\"\"två\"\"\",2026-11-03,\r\n7,Nej,Mer text,,x\r\n",
    );
    let articles = read.articles();
    assert_eq!(articles[0].id.as_deref(), Some("0042"));
    assert_eq!(articles[0].text, "Rad ett,\r\n\"två\"");
    assert_eq!(articles[0].published.as_deref(), Some("2026-11-03"));
    assert!(articles[0].metadata.is_empty());
    assert_eq!(articles[1].metadata["tags"], "x");
}

#[test]
fn delimiters_are_found() {
    for mark in [',', ';', '\t', '|'] {
        let content = format!("id{mark}text\n1{mark}Ett ord\n");
        assert_eq!(
            reading("a.csv", &content).article().text,
            "Ett ord",
            "{mark:?}"
        );
    }
    assert_eq!(
        reading("a.tsv", "id\ttext\n1\tEtt, ord\n").article().text,
        "Ett, ord"
    );
    assert_eq!(
        reading("a.csv", "text\n\"Ett, ord\"\n").article().text,
        "Ett, ord"
    );
}

#[test]
fn a_bad_row_fails_alone() {
    let read = reading("a.csv", "id,text\n1,a\n2\n3,b,c\n4,d,,\n5,e\n");
    assert_eq!(read.outline(), ["a", "E_CSV", "E_CSV", "d", "e"]);
    assert!(
        read.rejected()[0].problem.message.contains("line 3"),
        "{:?}",
        read.rejected()[0].problem
    );
    assert_eq!(
        read.rejected()[1].raw.as_deref().map(str::trim),
        Some("3,b,c")
    );
    let mut bytes = b"id,text\n1,".to_vec();
    bytes.extend("å".repeat(40_000).as_bytes());
    bytes.extend(b"\n2,caf\xe9\n3,c\n");
    let read = reading("a.csv", bytes);
    assert_eq!(&read.outline()[1..], ["E_UTF8", "c"]);
}

#[test]
fn a_quote_that_is_never_closed_is_told_with_its_line() {
    let read = reading("a.csv", "id,text\n1,a\n2,\"b\n3,c\n4,d\n");
    assert_eq!(read.outline(), ["a", "E_CSV"]);
    let problem = &read.rejected()[0].problem;
    assert!(
        problem.message.contains("from line 3 on"),
        "{}",
        problem.message
    );
}

#[test]
fn a_huge_field_is_passed_over() {
    let mut options = InputOptions::default();
    options.limits.article = 1000;
    let content = format!("id,text\n1,a\n2,\"{}\"\n3,b\n", "x,\n".repeat(200_000));
    assert_eq!(
        reading_with("a.csv", content, &options).outline(),
        ["a", "E_TOO_BIG", "b"]
    );
}

#[test]
fn a_table_without_a_text_column_stops_the_run_and_lists_its_columns() {
    let dir = Dir::new();
    let path = dir.file("a.csv", "nr,brödtext\n1,Ett ord\n");
    let options = InputOptions::default();
    let files = discover(std::slice::from_ref(&path), &options).unwrap();
    let error = read(&files[0], &options, &mut |_| ControlFlow::Continue(())).unwrap_err();
    assert_eq!(error.exit_code(), 2);
    assert!(error.to_string().contains("nr, brödtext"), "{error}");
    assert!(error.to_string().contains("--text-column"), "{error}");

    for options in [
        InputOptions {
            text_column: Some("brödtext".into()),
            ..InputOptions::default()
        },
        InputOptions {
            mapping: Mapping::parse("text=brödtext,id=nr").unwrap(),
            ..InputOptions::default()
        },
    ] {
        assert_eq!(
            crate::support::read_with(&files[0], &options)
                .article()
                .text,
            "Ett ord"
        );
    }
}

#[test]
fn the_table_of_trafilatura_needs_no_header() {
    let read = reading(
        "a.csv",
        "https://x.example/a\tnull\tabc\tx.example\tEn titel\tnull\t2026-11-03\tEtt ord, och flera.\tnull\tnull\tarticle\n",
    );
    let article = read.article();
    assert_eq!(article.text, "Ett ord, och flera.");
    assert_eq!(article.url.as_deref(), Some("https://x.example/a"));
    assert_eq!(article.publisher.as_deref(), Some("x.example"));
    assert_eq!(article.id, None);
    assert_eq!(read.report.preset, Some(Preset::Trafilatura));
}
