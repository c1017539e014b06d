//! Responsible for collecting the forms of all sections into one lexicon.

use crate::text::lexicon::{Class, Lexicon};
use crate::text::listed::ListedWords;
use crate::text::tokenize::TokenRules;

/// Forms on their way into a lexicon.
#[derive(Debug)]
pub struct Forms<'r> {
    rules: &'r TokenRules,
    words: ListedWords,
    collected: Vec<Form>,
}

/// A form: the numbers of its first word and of the one after its last.
#[derive(Debug, Clone, Copy)]
struct Form {
    from: u32,
    to: u32,
    class: Class,
    payload: u32,
}

impl<'r> Forms<'r> {
    /// None yet; forms will be cut by `rules`.
    pub fn new(rules: &'r TokenRules) -> Self {
        Self {
            rules,
            words: ListedWords::default(),
            collected: Vec::new(),
        }
    }

    /// How the language folds its letters.
    pub fn case(&self) -> crate::text::fold::CaseRule {
        self.rules.case
    }

    /// Registers one form: a word, a phrase, an ending (`*minister`) or a beginning (`säkerhet*`).
    pub fn add(&mut self, form: &str, class: Class, payload: u32) {
        let from = self.words.len() as u32;
        self.words.add(form, self.rules);
        let to = self.words.len() as u32;
        if from < to {
            self.collected.push(Form {
                from,
                to,
                class,
                payload,
            });
        }
    }

    /// Registers many forms with one payload.
    pub fn add_all<S: AsRef<str>>(&mut self, forms: &[S], class: Class, payload: u32) {
        for form in forms {
            self.add(form.as_ref(), class, payload);
        }
    }

    /// Whether a form is an ending or a beginning.
    fn is_affix(&self, form: Form) -> bool {
        let word = self.words.word(form.from as usize);
        form.to - form.from == 1 && word.len() > 1 && (word.starts_with('*') || word.ends_with('*'))
    }

    /// The lexicon; endings and beginnings go first, so that whole words inherit them.
    pub fn finish(self) -> Lexicon {
        let mut lexicon = Lexicon::new();
        let mut words: Vec<&str> = Vec::new();
        let mut add = |lexicon: &mut Lexicon, form: Form| {
            words.clear();
            words.extend((form.from..form.to).map(|n| self.words.word(n as usize)));
            lexicon.add(&words, form.class, form.payload);
        };
        for form in self.collected.iter().filter(|f| self.is_affix(**f)) {
            add(&mut lexicon, *form);
        }
        lexicon.pair_affixes();
        lexicon.reserve(self.words.len());
        for form in self.collected.iter().filter(|f| !self.is_affix(**f)) {
            add(&mut lexicon, *form);
        }
        lexicon
    }
}
