//! Responsible for finding the language of an article and of its paragraphs.

use crate::model::record::{Language, LanguageMethod};
use crate::pack::Packs;

/// Finds the language of `text`; a declared language wins.
pub fn identify(text: &str, declared: Option<&str>, _packs: &Packs) -> Language {
    let mut language = Language {
        code: "und".into(),
        confidence: 0.0,
        method: LanguageMethod::None,
        script: None,
        alternatives: Vec::new(),
        mixed: Vec::new(),
    };
    if let Some(code) = declared {
        language.code = code.to_lowercase();
        language.confidence = 1.0;
        language.method = LanguageMethod::Declared;
    } else if let Some(info) = whatlang::detect(text) {
        language.code = info.lang().code().to_owned();
        language.confidence = info.confidence();
        language.method = LanguageMethod::Detected;
    }
    language
}
