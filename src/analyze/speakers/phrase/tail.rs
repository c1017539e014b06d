//! Responsible for what ends a phrase behind its noun: an object's article, a stray word, the document
//! that a body speaks in.

use super::{NOUNS, ends_definite, word_ends};
use crate::analyze::speakers::Speakers;
use crate::pack::Pack;
use crate::pack::grammar::Grammar;
use crate::pack::quotes::QuotePack;
use crate::text::doc::Doc;
use crate::text::lexicon::Class;

/// Whether an unknown small-lettered word behind a noun for a source is no part of its phrase, where
/// attributes stand before their noun: no other noun or name follows it.
pub(super) fn stray(doc: &Doc<'_>, pack: &Pack, speakers: &Speakers, i: usize) -> bool {
    let unknown = |k: usize| {
        doc.tokens
            .get(k)
            .is_some_and(|t| t.is_word() && !t.is_capital())
            && doc.classes(k) & !Class::Stop.bit() == 0
    };
    if !pack.quotes.verb_second || !unknown(i) {
        return false;
    }
    let before = i - 1;
    let noun = doc.is_any(before, NOUNS)
        || pack.meta.text.capital_nouns && doc.tokens[before].is_capital();
    let next = if unknown(i + 1) { i + 2 } else { i + 1 };
    noun && !doc.is_any(next, NOUNS) && speakers.mention_at(next).is_none()
}

/// Whether the preposition at `i` only says in which document a body speaks: "the court in its ruling".
pub(super) fn is_written_in(doc: &Doc<'_>, i: usize, start: usize) -> bool {
    let noun = if doc.is(i + 1, Class::Determiner) {
        i + 2
    } else {
        i + 1
    };
    doc.is(noun, Class::Document)
        && i > start
        && doc.is(i - 1, Class::Organisation)
        && QuotePack::names_source(doc, i)
}

/// Whether the word at `i` cannot stand in a phrase from `start` on whose noun came before, as far as
/// verbs, objects and stray words tell.
pub(super) fn closes(
    doc: &Doc<'_>,
    pack: &Pack,
    speakers: &Speakers,
    (start, i, limit): (usize, usize, usize),
    described: bool,
) -> bool {
    let definite = i == start + 1
        && doc.is(start, Class::Document)
        && ends_definite(doc, pack, start, i, limit);
    described && stray(doc, pack, speakers, i) || definite
}

/// Whether a verb or complementiser at `i` ends a phrase.
pub(super) fn at_verb(doc: &Doc<'_>, pack: &Pack, i: usize) -> bool {
    word_ends(doc, pack, i) || doc.is(i, Class::Complementiser)
}

/// Where a phrase ends at the article of an object behind its noun ("maakt de minister een bocht"), or
/// behind a possessive there ("forsvareren hans").
pub(super) fn at_article(doc: &Doc<'_>, pack: &Pack, i: usize) -> Option<usize> {
    let articled =
        pack.quotes.verb_second && !pack.meta.text.capital_nouns || pack.quotes.bare_clause;
    if !(articled && doc.is(i, Class::Determiner) && doc.is_any(i - 1, NOUNS)) {
        return None;
    }
    let next = doc.tokens.get(i + 1);
    let behind = Grammar::is_possessive(doc, i)
        && !pack.meta.names.definite.is_empty()
        && !next.is_some_and(|t| t.is_word() && doc.classes(i + 1) & !NOUNS == 0);
    Some(i + usize::from(behind))
}
