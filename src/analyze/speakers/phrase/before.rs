//! Responsible for the phrase that ends right before a verb.

use super::{NOUNS, Phrase, head, stops};
use crate::analyze::speakers::Speakers;
use crate::analyze::speakers::compound;
use crate::analyze::speakers::mention::MentionKind;
use crate::pack::Pack;
use crate::pack::grammar::Grammar;
use crate::text::doc::Doc;
use crate::text::lexicon::Class;
use crate::text::token::TokenKind;

/// How many tokens a phrase may have before its last.
const LONGEST: usize = 14;
/// How many adverbs, auxiliaries and clitics may part a phrase from its verb.
const MOST_HELPERS: usize = 5;

/// The phrase that ends right before `at`, over adverbs and auxiliaries, not reaching below `floor`.
pub fn before(
    doc: &Doc<'_>,
    pack: &Pack,
    speakers: &Speakers,
    at: usize,
    floor: usize,
) -> Option<Phrase> {
    let end = over_helpers(doc, pack, speakers, at, floor);
    if end <= floor {
        return None;
    }
    let last = end - 1;
    if let Some(person) = pack.grammar.person(doc, last) {
        return Some(Phrase {
            tokens: last..end,
            mention: None,
            pronoun: Some(person),
        });
    }
    let no_end = Class::Coordinator.bit()
        | Class::Subordinator.bit()
        | Class::Conditional.bit()
        | Class::Complementiser.bit();
    let bare = doc.is_any(last, no_end | Class::Determiner.bit()) && !doc.is(last, Class::Relative);
    if bare && speakers.mention_at(last).is_none() {
        return None;
    }
    if doc.is(last, Class::Relative) {
        return antecedent(doc, pack, speakers, last, floor);
    }
    // A name with an apposition or a tag between it and the verb.
    if doc.kind(last) == TokenKind::Dash && doc.tokens[last].is_spaced() {
        let open = (floor..last)
            .rev()
            .find(|&k| doc.kind(k) == TokenKind::Dash && doc.tokens[k].is_spaced())?;
        return before(doc, pack, speakers, open, floor).filter(|p| p.tokens.end == open);
    }
    if doc.is_char(last, &[',']) {
        return over_apposition(doc, pack, speakers, last, floor);
    }
    if doc.is_char(last, &[')']) {
        let open = (floor..last).rev().find(|&k| doc.is_char(k, &['(']))?;
        return open
            .checked_sub(1)
            .filter(|&k| k >= floor)
            .and_then(|_| before(doc, pack, speakers, open, floor));
    }
    if !matches!(
        doc.kind(last),
        TokenKind::Word | TokenKind::Number | TokenKind::Mark
    ) {
        return None;
    }
    if pack.meta.names.genitive.is_some() && !named(speakers, last) {
        let tokens = compound::phrase(doc, pack, last, floor)?;
        let mention = speakers.mentions_ending_at(doc, tokens.end);
        return Some(Phrase {
            tokens,
            mention,
            pronoun: None,
        });
    }
    let mut start = last;
    while start > floor.max(last.saturating_sub(LONGEST))
        && !doc.tokens[start].is_line_start()
        && belongs(doc, pack, speakers, start - 1, floor)
    {
        start -= 1;
    }
    while start < end
        && (doc.is_any(start, Class::Coordinator.bit() | Class::Preposition.bit())
            && !doc.is(start, Class::Determiner)
            && speakers.mention_at(start).is_none()
            || doc.kind(start) == TokenKind::Punct)
    {
        start += 1;
    }
    start = own_start(doc, pack, start, end);
    if start >= end {
        return None;
    }
    let time = Class::TimeUnit.bit() | Class::Weekday.bit() | Class::Month.bit();
    if (start..end).any(|i| doc.is_any(i, time))
        && speakers.mentions_in(start..end).next().is_none()
    {
        return None;
    }
    let mention = head(speakers, doc, start, end);
    Some(Phrase {
        tokens: start..end,
        mention,
        pronoun: None,
    })
}

/// Whether the token at `i` belongs to a proper name.
fn named(speakers: &Speakers, i: usize) -> bool {
    speakers
        .mention_at(i)
        .is_some_and(|m| speakers.mentions[m].kind == MentionKind::Name)
}

/// Where the subject in a phrase begins: "what critics called", "a move the party branded" have it
/// behind the pronoun, or at its own article.
fn own_start(doc: &Doc<'_>, pack: &Pack, mut start: usize, end: usize) -> usize {
    let other = Class::Relative.bit() | Class::Interrogative.bit();
    if doc.is_any(start, other)
        && !doc.is(start, Class::Determiner)
        && start + 1 < end
        && !doc.is(start + 1, Class::Preposition)
    {
        start += 1;
    }
    if pack.quotes.bare_clause
        && let Some(article) = (start + 2..end).rev().find(|&i| {
            Grammar::makes_definite(doc, i)
                && doc.tokens[i - 1].is_word()
                && doc.classes(i - 1) == 0
        })
    {
        start = article;
    }
    start
}

/// Where a phrase ends that adverbs, auxiliaries and clitics part from a verb at `at`.
fn over_helpers(doc: &Doc<'_>, pack: &Pack, speakers: &Speakers, at: usize, floor: usize) -> usize {
    let skip = Class::Adverb.bit()
        | Class::Auxiliary.bit()
        | Class::Modal.bit()
        | Class::Negation.bit()
        | Class::RelativeDay.bit();
    let subject =
        Class::Pronoun.bit() | Class::Role.bit() | Class::Organisation.bit() | Class::People.bit();
    let helps = |i: usize| {
        doc.tokens[i].is_word()
            && doc.is_any(i, skip)
            && !doc.is_any(i, subject)
            && speakers.mention_at(i).is_none()
    };
    let clitic = |i: usize| {
        pack.quotes.is_clitic(doc, i)
            && (!doc.is(i, Class::Determiner) || doc.is(i, Class::Pronoun))
    };
    let lowest = floor.max(at.saturating_sub(MOST_HELPERS));
    (lowest..at)
        .rev()
        .take_while(|&i| helps(i) || clitic(i))
        .last()
        .unwrap_or(at)
}

/// Whether the token at `i` still belongs to a phrase that goes on after it.
fn belongs(doc: &Doc<'_>, pack: &Pack, speakers: &Speakers, i: usize, floor: usize) -> bool {
    if speakers.mention_at(i).is_some() {
        return true;
    }
    let token = &doc.tokens[i];
    let joins = match token.kind {
        TokenKind::Word | TokenKind::Number | TokenKind::Symbol => true,
        TokenKind::Dash => !token.is_spaced(),
        TokenKind::Punct => doc.is_char(i, &['.', '&']) && is_initial(doc, i),
        TokenKind::Mark => false,
    };
    if !joins || stops(doc, i) {
        return false;
    }
    let determiner = doc.is(i, Class::Determiner);
    let coordinator = doc.is(i, Class::Coordinator);
    let relative = doc.is(i, Class::Relative);
    if coordinator || (relative && !determiner) {
        let names = i > floor
            && speakers.mention_at(i - 1).is_some()
            && speakers.mention_at(i + 1).is_some();
        if !names || relative {
            return false;
        }
    }
    let source = pack.quotes.is_source_preposition(doc, i);
    if doc.is(i, Class::Preposition) && !determiner && !source {
        return false;
    }
    determiner || !doc.is(i, Class::Adverb)
}

/// The phrase that a relative pronoun at `at` takes up: right before it, or before its comma.
pub fn antecedent(
    doc: &Doc<'_>,
    pack: &Pack,
    speakers: &Speakers,
    at: usize,
    floor: usize,
) -> Option<Phrase> {
    let mut end = at;
    while end > floor && (doc.is_char(end - 1, &[',']) || doc.is(end - 1, Class::Preposition)) {
        end -= 1;
    }
    let noun = |m: &usize| speakers.mentions[*m].kind == MentionKind::Role;
    if let Some(m) = speakers.mentions_ending_at(doc, end) {
        // "the Danish minister, who": with its article and attribute.
        let whole = before(doc, pack, speakers, end, floor)
            .filter(|p| noun(&m) && p.tokens.end == end && p.mention == Some(m));
        if whole.is_some() {
            return whole;
        }
        let m = before_apposition(doc, speakers, m, end, floor).unwrap_or(m);
        return Some(Phrase {
            tokens: speakers.mentions[m].core.clone(),
            mention: Some(m),
            pronoun: None,
        });
    }
    before(doc, pack, speakers, end, floor).filter(|p| p.mention.is_some() && p.tokens.end == end)
}

/// "Ana Ruiz, of the Left Party, who": the person before an apposition that ends in another name.
fn before_apposition(
    doc: &Doc<'_>,
    speakers: &Speakers,
    inner: usize,
    end: usize,
    floor: usize,
) -> Option<usize> {
    let start = speakers.mentions[inner].full.start;
    let low = floor.max(end.saturating_sub(12));
    let comma = (low..start).rev().find(|&k| doc.is_char(k, &[',']))?;
    let verbs = Class::Verb.bit() | Class::Cue.bit() | Class::Auxiliary.bit() | Class::Modal.bit();
    let person = |m: usize| {
        speakers
            .entity_of(m)
            .is_some_and(|e| speakers.entities[e].is_person())
    };
    if comma + 1 == start && person(inner) || (comma..end).any(|k| doc.is_any(k, verbs)) {
        return None;
    }
    speakers
        .mentions_ending_at(doc, comma)
        .filter(|&m| speakers.mentions[m].kind == MentionKind::Name && person(m))
}

fn is_person(speakers: &Speakers, m: usize) -> bool {
    let entity = speakers.entity_of(m);
    entity.is_some_and(|e| speakers.entities[e].is_person())
}

fn is_initial(doc: &Doc<'_>, i: usize) -> bool {
    i > 0 && doc.word(i - 1).chars().count() <= 3
}

/// "Name, chair of the board, said": the name before the first of two commas.
fn over_apposition(
    doc: &Doc<'_>,
    pack: &Pack,
    speakers: &Speakers,
    comma: usize,
    floor: usize,
) -> Option<Phrase> {
    let open = (floor..comma).rev().find(|&k| doc.is_char(k, &[',']))?;
    let inner = open + 1..comma;
    // "…, the minister, Anna Ek, said": the name may itself stand between the commas.
    let between = speakers.mentions_in(inner.clone()).find(|&m| {
        let name = &speakers.mentions[m];
        let attribute = |i: usize| {
            matches!(
                doc.kind(i),
                TokenKind::Word | TokenKind::Number | TokenKind::Dash
            ) && doc.classes(i) & !(NOUNS | Class::Stop.bit()) == 0
        };
        let described = doc.is(inner.start, Class::Determiner)
            && name.full.end >= inner.end
            && name.full.start <= inner.start + 5
            && (inner.start + 1..name.full.start).all(attribute);
        name.kind == MentionKind::Name && (name.full.start <= inner.start + 1 || described)
    });
    let outer = speakers.mentions_ending_at(doc, open);
    let m = match (between, outer) {
        (Some(b), Some(o))
            if speakers.mentions[o].kind == MentionKind::Name
                && speakers.mentions[b].role.is_none()
                && (is_person(speakers, o) || !is_person(speakers, b)) =>
        {
            o
        }
        (Some(b), _) => b,
        // "The minister for industry, on a visit, said": the whole phrase before the comma.
        (None, outer) => {
            // An age between commas: the name stands before it.
            if doc.kind(open - 1) == TokenKind::Number && open > floor + 1 {
                return over_apposition(doc, pack, speakers, open, floor);
            }
            // "The minister for industry, on a visit, said": the whole phrase before the comma.
            let whole = before(doc, pack, speakers, open, floor).filter(|p| p.tokens.end == open);
            match (whole, outer) {
                (Some(phrase), _) => return Some(phrase),
                (None, Some(o)) => o,
                (None, None) => return None,
            }
        }
    };
    Some(Phrase {
        tokens: speakers.mentions[m].core.clone(),
        mention: Some(m),
        pronoun: None,
    })
}
