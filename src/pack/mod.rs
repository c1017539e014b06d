//! Responsible for language packs: all data of one language, read from `config/lang/<code>/`.
//!
//! A pack is data, checked when it is read; methods stand elsewhere and are chosen by name from
//! closed lists. Each file of a pack is one section here; a missing file is an empty section.

mod beginnings;
pub mod facts;
pub mod figures;
pub mod forms;
pub mod grammar;
mod measures;
pub mod meta;
mod quote_source;
pub mod quotes;
mod roles;
pub mod source;
pub mod stances;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use crate::error::Error;
use crate::model::ids::sha256_hex;
use crate::text::lexicon::{Class, Lexicon};
use crate::text::sentence::SentenceRules;
use crate::text::token::UNKNOWN;
use crate::text::tokenize::TokenRules;
use facts::FactPack;
use figures::FigurePack;
use forms::Forms;
use grammar::Grammar;
use meta::Meta;
use quotes::QuotePack;
use source::Files;
use stances::StancePack;

/// What a pack can support, and the file that it needs for it.
pub const CAPABILITIES: &[(&str, &str)] = &[
    ("quotations", "quotes.toml"),
    ("stances", "stances.toml"),
    ("facts", "facts.toml"),
    ("figures", "figures.toml"),
];
/// The code of the pack for languages without one.
pub const GENERIC: &str = "und";

/// All data of one language.
#[derive(Debug)]
pub struct Pack {
    /// The language code.
    pub code: String,
    /// `pack.toml`.
    pub meta: Meta,
    /// Every form of every list.
    pub lexicon: Lexicon,
    /// How words are cut.
    pub tokens: TokenRules,
    /// How sentences are cut.
    pub sentences: SentenceRules,
    /// `grammar.toml`.
    pub grammar: Grammar,
    /// `quotes.toml`.
    pub quotes: QuotePack,
    /// `figures.toml`.
    pub figures: FigurePack,
    /// `facts.toml`.
    pub facts: FactPack,
    /// `stances.toml`.
    pub stances: StancePack,
    /// What it has data for, in the order of [`CAPABILITIES`].
    pub supports: Vec<&'static str>,
}

impl Pack {
    /// Reads and checks the pack `code`.
    ///
    /// # Errors
    /// [`Error::Pack`] with file, line, column and a hint when a file does not parse or fit.
    pub fn load(code: &str, files: &Files) -> Result<Self, Error> {
        let section = |name: &str| files.section(code, name);
        let meta = Meta::parse(&section("pack.toml"))?;
        let tokens = meta.token_rules();
        let mut forms = Forms::new(&tokens);
        let grammar = Grammar::parse(&section("grammar.toml"), &mut forms)?;
        let quotes = QuotePack::parse(&section("quotes.toml"), &mut forms)?;
        let figures = FigurePack::parse(
            &section("figures.toml"),
            &files.shared("figures.toml"),
            &mut forms,
        )?;
        let facts = FactPack::parse(&section("facts.toml"), &mut forms)?;
        let stances = StancePack::parse(&section("stances.toml"), &mut forms)?;
        for word in section("stopwords.txt").lines() {
            forms.add(word, Class::Stop, 0);
        }
        let mut sentences = SentenceRules::new(section("abbreviations.txt").lines(), tokens.case);
        sentences.ordinal_stop = meta.sentence.ordinal_stop;
        let lexicon = forms.finish();
        debug_assert_eq!(UNKNOWN, 0);
        let has = |file: &str| files.get(&format!("lang/{code}/{file}")).is_some();
        let supports = CAPABILITIES.iter().filter(|(_, file)| has(file));
        let supports = supports.map(|(what, _)| *what).collect();
        let code = code.to_owned();
        Ok(Self {
            code,
            meta,
            lexicon,
            tokens,
            sentences,
            grammar,
            quotes,
            figures,
            facts,
            stances,
            supports,
        })
    }

    /// What it has no data for, in words; `None` when nothing is missing.
    pub fn lacks(&self) -> Option<String> {
        let missing = CAPABILITIES.iter().map(|(what, _)| *what);
        let missing: Vec<&str> = missing.filter(|w| !self.supports.contains(w)).collect();
        (!missing.is_empty()).then(|| missing.join(", "))
    }

    /// The full id of one of the program's rules as used with this pack, `sv.quotation.dash-cue`.
    pub fn rule(&self, id: &str) -> String {
        [self.code.as_str(), ".", id].concat()
    }
}

/// All packs, each read when its language is first met.
#[derive(Debug)]
pub struct Packs {
    files: Files,
    packs: BTreeMap<String, OnceLock<Result<Pack, String>>>,
}

impl Packs {
    /// Lists the packs: the embedded ones, with files below `overrides` in front.
    ///
    /// # Errors
    /// [`Error::Pack`] when a pack that `overrides` touches does not parse or fit.
    pub fn open(overrides: Option<&Path>) -> Result<Self, Error> {
        let files = Files::open(overrides)?;
        let packs = files
            .pack_codes()
            .into_iter()
            .map(|code| (code, OnceLock::new()))
            .collect();
        let packs = Self { files, packs };
        for code in packs.files.overridden_codes() {
            Pack::load(&code, &packs.files)?;
        }
        Ok(packs)
    }

    /// The embedded packs alone.
    pub fn embedded() -> Self {
        let files = Files::embedded();
        let packs = files
            .pack_codes()
            .into_iter()
            .map(|code| (code, OnceLock::new()))
            .collect();
        Self { files, packs }
    }

    /// The pack of a language, if there is one.
    pub fn get(&self, code: &str) -> Option<&Pack> {
        let pack = self
            .packs
            .get(code)?
            .get_or_init(|| Pack::load(code, &self.files).map_err(|e| e.to_string()));
        pack.as_ref().ok()
    }

    /// The pack of a language, else the generic one.
    ///
    /// # Panics
    /// Never with the embedded files: the generic pack is among them and checked by a test.
    pub fn get_or_generic(&self, code: &str) -> &Pack {
        self.get(code)
            .or_else(|| self.get(GENERIC))
            .expect("the generic pack is embedded and loads")
    }

    /// A hash of all files of a pack.
    pub fn hash(&self, code: &str) -> Option<String> {
        self.get(code)?;
        let mut all = String::new();
        for (path, text) in self.files.under(&format!("lang/{code}/")) {
            all.push_str(&path);
            all.push('\n');
            all.push_str(&text);
        }
        Some(sha256_hex(all.as_bytes()))
    }

    /// All codes that have a pack, sorted, the generic one left out.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.packs
            .keys()
            .map(String::as_str)
            .filter(|code| *code != GENERIC)
    }

    /// The files behind the packs.
    pub fn files(&self) -> &Files {
        &self.files
    }
}
