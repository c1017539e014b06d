//! Responsible for `pack.toml`: the language itself and how its text is cut.

use serde::Deserialize;

use super::source::SectionText;
use crate::error::Error;
use crate::text::fold::{CaseRule, fold};
use crate::text::tokenize::TokenRules;

/// What `pack.toml` says.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Meta {
    /// The language's English name.
    pub name: String,
    /// ISO 15924 codes of the scripts it is written in.
    pub scripts: Vec<String>,
    /// Raised when the pack changes.
    pub version: u32,
    /// Where its lists come from, and their licence.
    pub sources: Vec<String>,
    /// What the pack does not do, for `polygist languages`.
    pub limits: Vec<String>,
    /// How words are written.
    pub text: TextRules,
    /// How sentences end.
    pub sentence: SentenceMeta,
    /// How names behave.
    pub names: NameRules,
}

/// How words are written.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TextRules {
    /// `I`/`ı` and `İ`/`i` are the pairs of letters.
    pub turkic_case: bool,
    /// Beginnings that are words of their own (`l'`).
    pub elisions: Vec<String>,
    /// Endings that are words of their own (`-t-il`, `'s`).
    pub enclitics: Vec<String>,
    /// The script has no capital letters.
    pub caseless: bool,
    /// Nouns are written with capitals, so a capital says little about names.
    pub capital_nouns: bool,
    /// Signs that at the end of a sentence ask, beside the question mark (the Greek semicolon).
    pub questions: String,
}

impl TextRules {
    /// Whether a token is a sign that asks.
    pub fn asks(&self, token: &str) -> bool {
        let sign = token.chars().next();
        sign.is_some_and(|c| matches!(c, '?' | '？' | '؟') || self.questions.contains(c))
    }
}

/// How sentences end.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SentenceMeta {
    /// Whether "3." may be an ordinal inside a sentence.
    pub ordinal_stop: bool,
}

/// How names behave.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NameRules {
    /// Endings that a name may carry (genitive, case), longest first.
    pub endings: Vec<String>,
    /// Names change their form with the case.
    pub inflect: bool,
    /// Nouns say by their ending that they are definite ("ministern").
    pub definite_ending: bool,
    /// Endings of a definite noun in the singular, where nouns have them.
    pub definite: Vec<String>,
    /// A title may stand right behind its name, without a comma ("Kovács Anna miniszter").
    pub role_behind: bool,
    /// Nouns for people and bodies are written as several words: a listed phrase is one noun.
    pub phrases: bool,
    /// A noun follows the body or person that owns it never: "minister of X", not "X's minister".
    pub owner_behind: bool,
    /// Endings of adjectives that are made from the names of places, with a capital.
    pub adjectives: Vec<String>,
    /// On which side of a name its title stands, in a script without capitals: titles then show where
    /// names are.
    pub titled: Option<TitleSide>,
    /// Beginnings of names: the frequent family names, where these come first.
    pub surnames: Vec<String>,
    /// Words that no name goes over, beside the closed classes.
    pub breaks: Vec<String>,
    /// The word that ties a noun to the one before it, in a script without spaces. Nouns are then
    /// read as compounds that reach as far to the left as nothing else stands.
    pub genitive: Option<String>,
    /// Letters of general nouns, which no name of an unlisted family holds.
    pub never: String,
    /// Endings that change with the case and what each stands for, to know a name again by its base form
    /// (`["rran", "rta"]`).
    pub forms: Vec<(String, String)>,
    /// Case endings and the base ending each stands for, longest first (`["sen", "nen"]`).
    pub base: Vec<(String, String)>,
}

/// On which side of a name its title stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TitleSide {
    /// The title comes first.
    Before,
    /// The name comes first.
    After,
}

impl NameRules {
    /// The listed family name that a text begins with.
    pub fn family_name(&self, text: &str) -> Option<&str> {
        // A letter of the scripts that need the list has three bytes; mostly the first one differs.
        let first = text.as_bytes().first_chunk::<3>();
        self.surnames.iter().map(String::as_str).find(|name| {
            let own = name.as_bytes().first_chunk::<3>();
            (own.is_none() || own == first) && text.starts_with(name)
        })
    }
}

impl Meta {
    /// Reads `pack.toml`.
    ///
    /// # Errors
    /// [`Error::Pack`] with line and column.
    pub fn parse(section: &SectionText) -> Result<Self, Error> {
        section.toml()
    }

    /// The tokenizer's share.
    pub fn token_rules(&self) -> TokenRules {
        let case = if self.text.turkic_case {
            CaseRule::Turkic
        } else {
            CaseRule::Plain
        };
        let folded = |forms: &[String]| forms.iter().map(|f| fold(f, case)).collect();
        TokenRules {
            case,
            elisions: folded(&self.text.elisions),
            enclitics: folded(&self.text.enclitics),
        }
    }
}
