//! What holds for any bytes at all: reading never panics, counts add up, spans fit, and the same
//! bytes give the same inputs however they are cut.

use std::io::Read;
use std::ops::ControlFlow;

use polygist::input::{Compression, Format, InputOptions, read_stream};
use polygist::model::article::Input;
use proptest::prelude::*;

use crate::support::{gzip, reading_with, stream};

/// Pieces that formats are made of, to get past the first character.
const PIECES: &[&str] = &[
    "{\"text\":\"",
    "\"}",
    "\n",
    "[",
    "]",
    "{",
    "}",
    ",",
    "\"",
    "\\",
    "\\u00e5",
    "\\ud800",
    "null",
    "text,id\n",
    ";",
    "\t",
    "<p>",
    "</p>",
    "<div class=article>",
    "</div>",
    "<ul><li>",
    "<table><tr><td>",
    "</td>",
    "<blockquote>",
    "<br>",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "<aside>",
    "&auml;",
    "&#",
    "&",
    "<doc title=\"",
    "<main>",
    "</main></doc>",
    "<?xml?>",
    "å",
    "–",
    "\u{feff}",
    "\u{2028}",
    "En mening, med ord. ",
    "x=1 '",
    ">",
    "=",
];

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        4 => prop::sample::select(PIECES).prop_map(|p| p.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..8),
    ];
    prop::collection::vec(piece, 0..80).prop_map(|pieces| pieces.concat())
}

/// A reader that gives a few bytes at a time.
struct Trickle(Vec<u8>, usize);

impl Read for Trickle {
    fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
        let n = self.1.min(buf.len()).min(self.0.len());
        buf[..n].copy_from_slice(&self.0[..n]);
        self.0.drain(..n);
        Ok(n)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_bytes_in_any_format_are_accounted_for(content in bytes(), packed in any::<bool>()) {
        let content = if packed { gzip(&content) } else { content };
        for format in Format::ALL {
            if matches!(format, Format::Csv | Format::Tsv) {
                continue; // a table without a text column is an error of its own
            }
            let options = InputOptions { format: Some(*format), ..InputOptions::default() };
            let read = reading_with("a", &content, &options);
            for article in read.articles() {
                for hint in &article.hints {
                    prop_assert!(article.text.get(hint.span.start as usize..hint.span.end as usize).is_some());
                    prop_assert!(!hint.span.is_empty());
                }
                prop_assert!(!article.text.trim().is_empty());
            }
        }
    }

    #[test]
    fn rows_of_any_bytes_are_accounted_for(content in bytes()) {
        let content = [b"text,id\n".as_slice(), &content].concat();
        let read = reading_with("a.csv", &content, &InputOptions::default());
        prop_assert_eq!(read.report.records, read.inputs.len() as u64);
    }

    #[test]
    fn lines_do_not_depend_on_how_the_stream_is_cut(content in bytes(), step in 1usize..7) {
        let whole = stream(&content, &InputOptions::default());
        let mut inputs: Vec<Input> = Vec::new();
        let report = read_stream(Trickle(content.clone(), step), "-", &InputOptions::default(), &mut |input| {
            inputs.push(input);
            ControlFlow::Continue(())
        })
        .unwrap();
        prop_assert_eq!(&inputs, &whole.inputs);
        prop_assert_eq!(&report, &whole.report);
        // Line for line, unless it is UTF-16, whose line feeds are no single bytes.
        if report.encoding == Some("UTF-8") && report.compression == Compression::None {
            let body = content.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&content);
            let lines = body.iter().filter(|b| **b == b'\n').count() + usize::from(!body.is_empty() && !body.ends_with(b"\n"));
            prop_assert_eq!(inputs.len(), lines);
        }
    }
}
