//! Responsible for what a language asks of the splitter: its abbreviations and ordinals.

use rustc_hash::FxHashMap;

use crate::text::fold::{CaseRule, fold_into};

/// Whether an abbreviation's full stop may be the end of a sentence as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ending {
    /// Never before more text ("Dr.").
    #[default]
    Never,
    /// Before a capital ("etc.").
    BeforeCapital,
    /// Only before a frequent word with a capital ("p.m.", "U.S.").
    BeforeFrequent,
}

/// What a language asks of the splitter.
#[derive(Debug, Clone, Default)]
pub struct SentenceRules {
    /// Folded abbreviations without their last full stop and without spaces (`t.ex`, `dr`).
    abbreviations: FxHashMap<Box<str>, Ending>,
    /// Whether "3." may be an ordinal.
    pub ordinal_stop: bool,
    /// How letters fold.
    pub case: CaseRule,
}

impl SentenceRules {
    /// Reads the lines of `abbreviations.txt`: one abbreviation each; those below `[ends]` and
    /// `[unclear]` may end a sentence, see [`Ending`].
    pub fn new<'a>(lines: impl Iterator<Item = &'a str>, case: CaseRule) -> Self {
        let mut rules = Self {
            case,
            ..Self::default()
        };
        let mut ending = Ending::Never;
        for line in lines {
            match line {
                "[ends]" => ending = Ending::BeforeCapital,
                "[unclear]" => ending = Ending::BeforeFrequent,
                form => {
                    let mut key = String::new();
                    let bare: String = form.chars().filter(|c| !c.is_whitespace()).collect();
                    fold_into(bare.trim_end_matches('.'), case, &mut key);
                    rules.abbreviations.insert(key.into(), ending);
                }
            }
        }
        rules
    }

    /// What is known of a folded abbreviation.
    pub(super) fn abbreviation(&self, key: &str) -> Option<Ending> {
        self.abbreviations.get(key).copied()
    }
}
