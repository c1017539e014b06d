//! No word of a language stands in the rooms that read articles: words are data, in `config/lang/`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::{code, rust_files};

/// The rooms that read articles.
const ROOMS: [&str; 5] = ["text", "pack", "language", "analyze", "corpus"];

/// Words of ours (fields, kinds, codes) that are words of some language as well.
const OURS: &[&str] = &[
    "articles", "date", "figure", "formal", "holder", "kind", "mis", "mul", "name", "plain",
    "total", "und", "unit",
];

/// Syllables by which other scripts are written in Latin letters.
const SYLLABLES: (&str, &[&str]) = ("src/corpus/names.rs", &["ae", "ja", "ju", "ps", "ts"]);

/// The texts in quotes of a file, as they are written.
fn literals(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    let chars: Vec<char> = code.chars().collect();
    let at = |i: usize| chars.get(i).copied().unwrap_or(' ');
    let mut i = 0;
    while i < chars.len() {
        match at(i) {
            // A character, not a lifetime.
            '\'' if at(i + 1) == '\\' => {
                i += 3;
                while i < chars.len() && at(i) != '\'' {
                    i += 1;
                }
            }
            '\'' if at(i + 2) == '\'' => i += 2,
            '"' => {
                let raw = at(i.wrapping_sub(1)) == '#';
                let mut text = String::new();
                i += 1;
                while i < chars.len() && (at(i) != '"' || (raw && at(i + 1) != '#')) {
                    text.push(at(i));
                    if at(i) == '\\' && !raw {
                        i += 1;
                        text.push(at(i));
                    }
                    i += 1;
                }
                found.push(text);
            }
            _ => {}
        }
        i += 1;
    }
    found
}

fn collect(value: &toml::Value, words: &mut BTreeSet<String>) {
    match value {
        toml::Value::String(text) => {
            let parts = text.split(|c: char| c.is_whitespace() || c == '*');
            words.extend(parts.filter(|p| !p.is_empty()).map(str::to_lowercase));
        }
        toml::Value::Array(items) => items.iter().for_each(|item| collect(item, words)),
        toml::Value::Table(table) => table.values().for_each(|item| collect(item, words)),
        _ => {}
    }
}

/// The words of all packs but the one in whose language the code itself is written.
fn words() -> BTreeSet<String> {
    let packs = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/lang");
    let (mut foreign, mut own) = (BTreeSet::new(), BTreeSet::new());
    for pack in fs::read_dir(packs).unwrap().flatten() {
        let is_own = pack.file_name() == "en" || pack.file_name() == "shared";
        let words = if is_own { &mut own } else { &mut foreign };
        for file in fs::read_dir(pack.path()).unwrap().flatten() {
            let name = file.file_name().to_string_lossy().into_owned();
            let text = fs::read_to_string(file.path()).unwrap();
            if name == "stopwords.txt" {
                let lines = text.lines().filter_map(|l| l.split('#').next());
                words.extend(lines.flat_map(str::split_whitespace).map(str::to_lowercase));
            } else if Path::new(&name).extension().is_some_and(|e| e == "toml")
                && name != "pack.toml"
            {
                collect(&toml::Value::Table(text.parse().unwrap()), words);
            }
        }
    }
    foreign.retain(|word| !own.contains(word));
    foreign
}

#[test]
fn literals_are_found() {
    let found = literals(r##"f('"', "a\"b", '\'', b'"', r#"c"d"#, x::<'a>("e"))"##);
    assert_eq!(found, ["a\\\"b", "c\"d", "e"]);
}

#[test]
fn no_word_of_a_language_stands_in_the_code() {
    let words = words();
    assert!(words.len() > 10_000, "only {} words", words.len());
    assert!(["säger", "sagte", "said"].map(|w| words.contains(w)) == [true, true, false]);
    let mut seen = 0;
    for (name, text) in rust_files() {
        let room = name
            .strip_prefix("src/")
            .and_then(|n| n.split(['/', '.']).next());
        if !room.is_some_and(|room| ROOMS.contains(&room)) {
            continue;
        }
        for literal in literals(&code(&name, &text)) {
            seen += 1;
            // Rules are shown with whole sentences as examples.
            if literal.split_whitespace().count() > 2 {
                continue;
            }
            let foreign = literal.chars().any(|c| c.is_alphabetic() && !c.is_ascii());
            assert!(
                !foreign,
                "{name} holds {literal:?}: words belong to config/lang/"
            );
            let exempt = OURS.contains(&literal.as_str())
                || (name == SYLLABLES.0 && SYLLABLES.1.contains(&literal.as_str()));
            let is_word = literal.len() > 1 && words.contains(&literal);
            assert!(
                exempt || !is_word,
                "{name} holds the word {literal:?} of a language"
            );
        }
    }
    assert!(seen > 500, "only {seen} literals were looked at");
}
