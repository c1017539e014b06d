//! The laws of the fuzz targets, held against the committed corpora and against texts made at random.

#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "../fuzz/laws.rs"]
mod laws;

use std::fs;
use std::path::Path;

use proptest::prelude::*;

/// What holds for any bytes, or panics.
type Law = fn(&[u8]);

/// The targets, by the name of their corpus.
const TARGETS: &[(&str, Law)] = &[
    ("decode", laws::decode),
    ("html", laws::html),
    ("json", laws::json),
    ("csv", laws::csv),
    ("blocks", laws::blocks),
    ("sentences", laws::sentences),
    ("quotations", laws::quotations),
    ("figures", laws::figures),
    ("article", laws::article),
];

/// The corpora of a search that is larger than what is committed are tried, too, when `POLYGIST_CORPORA`
/// names the directory that has a directory for each target.
#[test]
fn the_laws_hold_for_the_corpora() {
    let own = std::env::var_os("POLYGIST_CORPORA").map(std::path::PathBuf::from);
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    for (name, law) in TARGETS {
        let files_of = |dir: &Path| -> Vec<_> {
            let dir = dir.join(name);
            let entries = fs::read_dir(&dir).unwrap_or_else(|e| panic!("{}: {e}", dir.display()));
            entries.map(|e| e.unwrap().path()).collect()
        };
        let mut files = files_of(&committed);
        assert!(files.len() > 1, "{name} has no corpus");
        files.extend(own.iter().flat_map(|dir| files_of(dir)));
        files.sort();
        for file in files {
            eprintln!("{}", file.display());
            law(&fs::read(file).unwrap());
        }
    }
}

/// Words and marks that the stages look for, in several languages.
const PIECES: &[&str] = &[
    "“",
    "”",
    "\"",
    "»",
    "«",
    "„",
    "‘",
    "’",
    "'",
    "– ",
    "— ",
    "- ",
    "(",
    ")",
    "[",
    ".",
    ". ",
    ", ",
    ": ",
    "; ",
    "? ",
    "! ",
    "…",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    " ",
    "\u{a0}",
    "\u{2009}",
    "\u{200b}",
    "\u{ad}",
    "\u{301}",
    "\u{202e}",
    "\0",
    "😀",
    "👩‍👧",
    "Eva Ek",
    "Müller",
    "statsministern",
    "säger",
    "sade",
    "said",
    "says",
    "sagt",
    "a déclaré",
    "enligt",
    "according to",
    "stöder",
    "är emot",
    "supports",
    "opposes",
    "lehnt",
    "not",
    "inte",
    "kommer",
    "he",
    "hon",
    "the council",
    "förslaget",
    "25",
    "1,5",
    "1.000",
    "miljoner",
    "kronor",
    "%",
    "$",
    "procent",
    "2024-05-02",
    "i går",
    "Monday",
    "kl. 12.30",
    "3–2",
    "Fakta: ",
    "Fakta\n",
    "Background\n",
    "• ",
    "1. ",
    "Läs mer",
    "Källa: TT",
    "=",
    "+",
    "@",
    "'=1",
    "</p>",
    "<b>",
    "&amp;",
    "北约",
    "说",
    "「",
    "」",
    "。",
    "Президент",
    "сказал",
    "قال",
    "אמר",
    "και",
    "http://a.b/c?d=e",
    "@eva",
    "#tag",
    "A.",
    "t.ex.",
];

fn text() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        8 => prop::sample::select(PIECES).prop_map(|p| p.as_bytes().to_vec()),
        1 => any::<char>().prop_map(|c| c.to_string().into_bytes()),
    ];
    let pieces = prop::collection::vec((piece, any::<bool>()), 0..60);
    (any::<u8>(), pieces).prop_map(|(language, pieces)| {
        let mut out = vec![language];
        for (piece, space) in pieces {
            out.extend(piece);
            if space {
                out.push(b' ');
            }
        }
        out
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn texts_keep_the_laws(text in text()) {
        laws::blocks(&text);
        laws::sentences(&text);
        laws::quotations(&text);
        laws::figures(&text);
    }

    #[test]
    fn articles_keep_the_laws(text in text()) {
        laws::article(&text);
    }
}
