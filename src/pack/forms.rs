//! Responsible for collecting the forms of all sections into one lexicon.

use crate::text::lexicon::{Class, Lexicon};
use crate::text::tokenize::{TokenRules, form_words};

/// Forms on their way into a lexicon.
#[derive(Debug)]
pub struct Forms<'r> {
    rules: &'r TokenRules,
    collected: Vec<(Vec<String>, Class, u32)>,
}

impl<'r> Forms<'r> {
    /// None yet; forms will be cut by `rules`.
    pub fn new(rules: &'r TokenRules) -> Self {
        Self {
            rules,
            collected: Vec::new(),
        }
    }

    /// How the language folds its letters.
    pub fn case(&self) -> crate::text::fold::CaseRule {
        self.rules.case
    }

    /// Registers one form: a word, a phrase, an ending (`*minister`) or a beginning (`säkerhet*`).
    pub fn add(&mut self, form: &str, class: Class, payload: u32) {
        let words = form_words(form, self.rules);
        if !words.is_empty() {
            self.collected.push((words, class, payload));
        }
    }

    /// Registers many forms with one payload.
    pub fn add_all<S: AsRef<str>>(&mut self, forms: &[S], class: Class, payload: u32) {
        for form in forms {
            self.add(form.as_ref(), class, payload);
        }
    }

    /// The lexicon; endings and beginnings go first, so that whole words inherit them.
    pub fn finish(self) -> Lexicon {
        let mut lexicon = Lexicon::new();
        let is_affix = |words: &[String]| {
            words.len() == 1
                && words[0].len() > 1
                && (words[0].starts_with('*') || words[0].ends_with('*'))
        };
        let (affixes, rest): (Vec<_>, Vec<_>) = self
            .collected
            .into_iter()
            .partition(|(words, _, _)| is_affix(words));
        let add = |lexicon: &mut Lexicon, forms: &[(Vec<String>, Class, u32)]| {
            for (words, class, payload) in forms {
                let words: Vec<&str> = words.iter().map(String::as_str).collect();
                lexicon.add(&words, *class, *payload);
            }
        };
        add(&mut lexicon, &affixes);
        lexicon.pair_affixes();
        add(&mut lexicon, &rest);
        lexicon
    }
}
