//! Responsible for names that are common words, so that nobody is taken for another who is called the
//! same: `config/corpus/common.txt`.

use rustc_hash::{FxHashMap, FxHashSet};

use super::names::{fold, words};
use crate::pack::source::Files;

/// The file with the words.
const FILE: &str = "corpus/common.txt";
/// Articles and prepositions are not listed: words of so many letters may stand around a listed one.
const SHORT: usize = 3;

/// Common words for bodies and people, by language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommonNames(FxHashMap<String, FxHashSet<String>>);

impl Default for CommonNames {
    fn default() -> Self {
        Self::from_files(&Files::embedded())
    }
}

impl CommonNames {
    /// The words as configuration files have them.
    pub fn from_files(files: &Files) -> Self {
        let file = files.file(FILE);
        let mut all: FxHashMap<String, FxHashSet<String>> = FxHashMap::default();
        for line in file.lines() {
            let mut parts = line.split_whitespace();
            let Some(code) = parts.next() else { continue };
            all.entry(code.to_owned())
                .or_default()
                .extend(parts.map(fold));
        }
        Self(all)
    }

    /// Whether a folded name of a language is made of common words.
    pub(super) fn has(&self, folded: &str, language: &str) -> bool {
        let Some(all) = self.0.get(language) else {
            return false;
        };
        let listed = |word: &str| all.contains(word);
        let alone = words(folded).any(listed)
            && words(folded).all(|word| word.chars().count() <= SHORT || listed(word));
        alone || before_particle(folded).is_some_and(listed)
    }
}

/// What stands before the first syllable letter of a name written without spaces: particles are
/// written with such letters, and what follows them describes.
fn before_particle(folded: &str) -> Option<&str> {
    let at = folded.find(|c| matches!(c, '\u{3041}'..='\u{309f}'))?;
    folded.get(..at).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_are_known_with_what_stands_around_them() {
        let common = CommonNames::default();
        for (name, language) in [
            ("polizei", "de"),
            ("der polizei", "de"),
            ("新聞", "ja"),
            ("新聞の報道", "ja"),
        ] {
            assert!(common.has(name, language), "{name}");
        }
        for (name, language) in [
            ("die linke", "de"),
            ("毎日新聞の別の", "ja"),
            ("polizei", "sv"),
            ("polizei berlin", "de"),
        ] {
            assert!(!common.has(name, language), "{name}");
        }
    }
}
