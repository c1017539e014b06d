//! Responsible for cutting the forms of word lists into folded words, by the same rules as running text.

use std::sync::LazyLock;

use super::chars::{self, LETTER, UNSPACED, is_unspaced};
use super::fold::{fold, fold_into};
use super::lexicon::Lexicon;
use super::token::Token;
use super::tokenize::{TokenRules, tokenize};

/// A lexicon that knows no words.
static NONE: LazyLock<Lexicon> = LazyLock::new(Lexicon::new);

/// The folded words of many forms, one after the other.
#[derive(Debug, Default)]
pub struct ListedWords {
    text: String,
    /// Where each word ends.
    ends: Vec<u32>,
    /// Room for the tokens of one form.
    tokens: Vec<Token>,
}

impl ListedWords {
    /// How many words there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// A word by its number.
    pub fn word(&self, n: usize) -> &str {
        let end = |n: usize| self.ends.get(n).map_or(0, |end| *end as usize);
        let from = n.checked_sub(1).map_or(0, end);
        self.text.get(from..end(n)).unwrap_or("")
    }

    fn end_word(&mut self) {
        self.ends.push(self.text.len() as u32);
    }

    /// Cuts one form and adds its words.
    pub fn add(&mut self, form: &str, rules: &TokenRules) {
        if let Some(ending) = form.strip_prefix('*') {
            self.text.push('*');
            fold_into(ending, rules.case, &mut self.text);
            return self.end_word();
        }
        if let Some(beginning) = form.strip_suffix('*') {
            fold_into(beginning, rules.case, &mut self.text);
            self.text.push('*');
            return self.end_word();
        }
        // Runs of letters are words in any text.
        let is_letter = |c: char| chars::flags(c) & (LETTER | UNSPACED) == LETTER;
        if form.chars().all(|c| c == ' ' || is_letter(c)) {
            for word in form.split(' ').filter(|word| !word.is_empty()) {
                fold_into(word, rules.case, &mut self.text);
                self.end_word();
            }
            return;
        }
        // An elided word or an enclitic alone: cut from its host, it is one word.
        let whole = fold(form, rules.case);
        if rules.elisions.contains(&whole) || rules.enclitics.contains(&whole) {
            self.text.push_str(&whole);
            return self.end_word();
        }
        // Unspaced scripts are cut by the lexicon itself, so a form in one of them is one word.
        if form.chars().any(is_unspaced) {
            for word in form.split_whitespace() {
                fold_into(word, rules.case, &mut self.text);
                self.end_word();
            }
            return;
        }
        let mut tokens = std::mem::take(&mut self.tokens);
        tokens.clear();
        tokenize(form, 0, form.len(), rules, &NONE, &mut tokens);
        for token in &tokens {
            fold_into(token.span().of(form), rules.case, &mut self.text);
            self.end_word();
        }
        self.tokens = tokens;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(form: &str, rules: &TokenRules) -> Vec<String> {
        let mut words = ListedWords::default();
        words.add("before", rules);
        words.add(form, rules);
        (1..words.len()).map(|n| words.word(n).to_owned()).collect()
    }

    #[test]
    fn forms_are_cut_as_running_text_is() {
        let rules = TokenRules {
            elisions: vec!["l'".into()],
            enclitics: vec!["-t-il".into()],
            ..TokenRules::default()
        };
        for (form, words) in [
            ("L’", &["l'"][..]),
            ("-t-il", &["-t-il"]),
            ("a-t-il", &["a", "-t-il"]),
            ("*Minister", &["*minister"]),
            ("Säkerhet*", &["säkerhet*"]),
            (" Enligt  Uppgift ", &["enligt", "uppgift"]),
            ("enligt l'homme", &["enligt", "l'", "homme"]),
            ("t.ex. 5", &["t", ".", "ex", ".", "5"]),
            ("人民 日报", &["人民", "日报"]),
            ("", &[]),
        ] {
            assert_eq!(cut(form, &rules), words, "{form}");
        }
    }
}
