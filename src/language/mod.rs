//! Responsible for finding the language of an article and of its paragraphs.

pub mod codes;

use crate::model::problem::Problem;
use crate::model::record::{Language, LanguageMethod};
use crate::pack::source::{Files, SectionText};
use codes::Codes;

/// Texts with fewer letters say nothing certain about their language.
const LETTERS_NEEDED: usize = 20;

/// What is known of languages, read once.
#[derive(Debug)]
pub struct Identifier {
    /// The names of languages.
    pub codes: Codes,
}

/// An article's language, and what a reader should know of it.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The language.
    pub language: Language,
    /// Warnings.
    pub problems: Vec<Problem>,
}

impl Identifier {
    /// Reads what the configuration says of languages.
    pub fn new(files: &Files) -> Self {
        let read = |path: &str| SectionText {
            path: path.to_owned(),
            text: files.get(path).unwrap_or_default().to_owned(),
        };
        Self {
            codes: Codes::parse(&read(codes::FILE)),
        }
    }

    /// Finds the language of `text`; a declared language that is known by name wins.
    pub fn identify(&self, text: &str, declared: Option<&str>) -> Finding {
        let mut language = Language {
            code: "und".into(),
            confidence: 0.0,
            method: LanguageMethod::None,
            script: None,
            alternatives: Vec::new(),
            mixed: Vec::new(),
        };
        let letters = text.chars().filter(|c| c.is_alphabetic());
        if let Some(code) = declared.and_then(|name| self.codes.resolve(name)) {
            language.code = code;
            language.confidence = 1.0;
            language.method = LanguageMethod::Declared;
        } else if letters.take(LETTERS_NEEDED).count() == LETTERS_NEEDED
            && let Some(info) = whatlang::detect(text)
        {
            let code = info.lang().code();
            language.code = self.codes.resolve(code).unwrap_or_else(|| code.to_owned());
            language.confidence = info.confidence();
            language.method = LanguageMethod::Detected;
        }
        Finding {
            language,
            problems: Vec::new(),
        }
    }
}
