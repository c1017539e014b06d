//! Responsible for `grammar.toml`: the closed word classes, titles and bodies that every stage uses.

use serde::Deserialize;

use super::forms::Forms;
use super::source::SectionText;
use crate::error::Error;
use crate::text::doc::Doc;
use crate::text::lexicon::Class;
use crate::text::token::TokenKind;

/// Grammatical gender of a person, as far as a word tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Gender {
    /// Not told.
    #[default]
    Unknown,
    /// Male.
    Male,
    /// Female.
    Female,
}

/// Whom a pronoun stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Person {
    /// "I".
    I,
    /// "we".
    We,
    /// "you".
    You,
    /// "he".
    He,
    /// "she".
    She,
    /// Third person of any gender, for people ("hän", "o").
    Third,
    /// "it": things and organisations.
    It,
    /// "they".
    They,
    /// "one", "man".
    One,
}

impl Person {
    const ALL: [Self; 9] = [
        Self::I,
        Self::We,
        Self::You,
        Self::He,
        Self::She,
        Self::Third,
        Self::It,
        Self::They,
        Self::One,
    ];

    /// The pronoun registered under a payload of [`Class::Pronoun`].
    pub fn from_payload(payload: u32) -> Option<Self> {
        Self::ALL.get(payload as usize).copied()
    }
}

/// What `grammar.toml` says beyond the lexicon.
#[derive(Debug, Clone, Default)]
pub struct Grammar {
    /// The determiner that is also the definite article, for trimming targets.
    pub articles: Vec<String>,
    /// Endings of plural verbs, where one word is "she" and "they".
    plural_verbs: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Source {
    pronouns: Pronouns,
    words: Words,
    people: People,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Pronouns {
    i: Vec<String>,
    we: Vec<String>,
    you: Vec<String>,
    he: Vec<String>,
    she: Vec<String>,
    third: Vec<String>,
    it: Vec<String>,
    they: Vec<String>,
    one: Vec<String>,
    plural_verbs: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Words {
    articles: Vec<String>,
    determiners: Vec<String>,
    possessives: Vec<String>,
    indefinites: Vec<String>,
    prepositions: Vec<String>,
    coordinators: Vec<String>,
    subordinators: Vec<String>,
    complementisers: Vec<String>,
    relatives: Vec<String>,
    interrogatives: Vec<String>,
    negations: Vec<String>,
    auxiliaries: Vec<String>,
    modals: Vec<String>,
    infinitive_markers: Vec<String>,
    adverbs: Vec<String>,
    verbs: Vec<String>,
    conditionals: Vec<String>,
    not_names: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct People {
    roles: Vec<String>,
    honorifics: Vec<String>,
    organisations: Vec<String>,
    groups: Vec<String>,
    documents: Vec<String>,
    particles: Vec<String>,
    /// Nouns that take up a person, man, woman or body that was named before.
    anaphors: Anaphors,
    parties: Vec<String>,
    places: Vec<String>,
    male_names: Vec<String>,
    female_names: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Anaphors {
    people: Vec<String>,
    men: Vec<String>,
    women: Vec<String>,
    bodies: Vec<String>,
}

/// What a noun takes up that only refers back: "the woman", "the company".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anaphor {
    /// A person of any gender.
    Person(Person),
    /// A body.
    Body,
}

impl Grammar {
    /// From here on payloads of [`Class::Role`] and [`Class::Organisation`] are nouns that refer back.
    const ANAPHOR: u32 = 10;

    /// The payload of [`Class::Determiner`] for possessives.
    const POSSESSIVE: u32 = 1;

    /// The payload of [`Class::Determiner`] for indefinite articles.
    const INDEFINITE: u32 = 2;

    /// Whether the word at `i` is an indefinite article.
    pub fn is_indefinite(doc: &Doc<'_>, i: usize) -> bool {
        doc.find_all(i, Class::Determiner)
            .any(|h| h.payload == Self::INDEFINITE)
    }

    /// Whether the word at `i` makes its noun definite: no possessive and no indefinite article.
    pub fn makes_definite(doc: &Doc<'_>, i: usize) -> bool {
        doc.is(i, Class::Determiner)
            && !doc
                .find_all(i, Class::Determiner)
                .any(|h| h.payload == Self::POSSESSIVE || h.payload == Self::INDEFINITE)
    }

    /// Whether a form of the lexicon is a noun that refers back to a body.
    pub fn is_body_anaphor(doc: &Doc<'_>, form: crate::text::token::WordId) -> bool {
        doc.lexicon
            .payload(form, Class::Organisation)
            .is_some_and(|p| p >= Self::ANAPHOR)
    }

    /// Whether the word at `i` is a possessive ("her", "their").
    pub fn is_possessive(doc: &Doc<'_>, i: usize) -> bool {
        doc.find_all(i, Class::Determiner)
            .any(|h| h.payload == Self::POSSESSIVE)
    }

    /// What the noun at `i` takes up, if it only refers back to someone named before.
    pub fn anaphor(doc: &Doc<'_>, i: usize) -> Option<Anaphor> {
        let payload = |class| doc.find_all(i, class).map(|h| h.payload).max();
        match payload(Class::Role).and_then(|p| p.checked_sub(Self::ANAPHOR)) {
            Some(1) => return Some(Anaphor::Person(Person::He)),
            Some(2) => return Some(Anaphor::Person(Person::She)),
            Some(_) => return Some(Anaphor::Person(Person::Third)),
            None => {}
        }
        let body = payload(Class::Organisation).is_some_and(|p| p >= Self::ANAPHOR);
        body.then_some(Anaphor::Body)
    }

    /// Reads `grammar.toml` and registers its words.
    ///
    /// # Errors
    /// [`Error::Pack`] with line and column.
    pub fn parse(section: &SectionText, forms: &mut Forms<'_>) -> Result<Self, Error> {
        let source: Source = section.toml()?;
        let p = &source.pronouns;
        let pronouns = [
            &p.i, &p.we, &p.you, &p.he, &p.she, &p.third, &p.it, &p.they, &p.one,
        ];
        for (payload, list) in (0..).zip(pronouns) {
            forms.add_all(list, Class::Pronoun, payload);
        }
        let (w, who) = (&source.words, &source.people);
        for (list, class) in [
            (&w.articles, Class::Determiner),
            (&w.determiners, Class::Determiner),
            (&w.prepositions, Class::Preposition),
            (&w.coordinators, Class::Coordinator),
            (&w.subordinators, Class::Subordinator),
            (&w.complementisers, Class::Complementiser),
            (&w.relatives, Class::Relative),
            (&w.interrogatives, Class::Interrogative),
            (&w.negations, Class::Negation),
            (&w.auxiliaries, Class::Auxiliary),
            (&w.modals, Class::Modal),
            (&w.infinitive_markers, Class::InfinitiveMarker),
            (&w.adverbs, Class::Adverb),
            (&w.verbs, Class::Verb),
            (&w.conditionals, Class::Conditional),
            (&w.not_names, Class::NotName),
            (&who.roles, Class::Role),
            (&who.honorifics, Class::Honorific),
            (&who.organisations, Class::Organisation),
            (&who.groups, Class::People),
            (&who.documents, Class::Document),
            (&who.particles, Class::NameParticle),
            (&who.parties, Class::Party),
            (&who.places, Class::Place),
        ] {
            forms.add_all(list, class, 0);
        }
        forms.add_all(&w.possessives, Class::Determiner, Self::POSSESSIVE);
        forms.add_all(&w.indefinites, Class::Determiner, Self::INDEFINITE);
        let a = &who.anaphors;
        forms.add_all(&a.people, Class::Role, Self::ANAPHOR);
        forms.add_all(&a.men, Class::Role, Self::ANAPHOR + 1);
        forms.add_all(&a.women, Class::Role, Self::ANAPHOR + 2);
        forms.add_all(&a.bodies, Class::Organisation, Self::ANAPHOR);
        forms.add_all(&who.male_names, Class::FirstName, 1);
        forms.add_all(&who.female_names, Class::FirstName, 2);
        Ok(Self {
            articles: source.words.articles,
            plural_verbs: source.pronouns.plural_verbs,
        })
    }

    /// Whom the pronoun at `i` stands for. A word that is a polite "you" and a third person too
    /// ("Sie", "Lei", "De") is "you" only where its capital tells; one that is "she" and "they" is
    /// "they" beside a plural verb.
    #[inline]
    pub fn person(&self, doc: &Doc<'_>, i: usize) -> Option<Person> {
        if doc.begins(i, Class::Pronoun) {
            self.pronoun(doc, i)
        } else {
            None
        }
    }

    fn pronoun(&self, doc: &Doc<'_>, i: usize) -> Option<Person> {
        let mut people = doc
            .find_all(i, Class::Pronoun)
            .filter_map(|hit| Person::from_payload(hit.payload));
        let first = people.next()?;
        let Some(second) = people.next() else {
            return Some(first);
        };
        let third = people.next();
        if first == Person::You {
            let begins = i == 0
                || doc.tokens[i].is_line_start()
                || !matches!(doc.kind(i - 1), TokenKind::Word | TokenKind::Number)
                    && !doc.is_char(i - 1, &[',']);
            if doc.tokens[i].is_capital() && !begins {
                return Some(first);
            }
            return Some(match third {
                Some(other) if self.beside_plural(doc, i) => other,
                _ => second,
            });
        }
        if second == Person::They && self.beside_plural(doc, i) {
            return Some(second);
        }
        Some(first)
    }

    /// Whether the verb at `i` has an ending of the plural.
    pub fn is_plural(&self, doc: &Doc<'_>, i: usize) -> bool {
        let word = doc.word(i);
        self.plural_verbs.iter().any(|e| word.ends_with(e.as_str()))
    }

    /// Whether a verb with a plural ending stands next to a token.
    fn beside_plural(&self, doc: &Doc<'_>, i: usize) -> bool {
        let verbs = Class::Cue.bit()
            | Class::Auxiliary.bit()
            | Class::Modal.bit()
            | Class::Verb.bit()
            | Class::Stance.bit();
        let plural = |k: usize| doc.is_any(k, verbs) && self.is_plural(doc, k);
        plural(i + 1) || i > 0 && plural(i - 1)
    }
}
