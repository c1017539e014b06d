//! Responsible for the noun phrase next to a verb: the subject of a cue, before or after it.
//!
//! There is no parser here: a phrase ends at the words of closed classes that cannot stand in it.

mod before;
mod head;
mod tail;

use std::ops::Range;

pub use before::{antecedent, before};
use head::{carries_on, goes_on_after_name, head, joined, leads_to_person, named_right_there};

use super::Speakers;
use super::mention::MentionKind;
use crate::pack::Pack;
use crate::pack::grammar::{Grammar, Person};
use crate::text::doc::Doc;
use crate::text::lexicon::Class;
use crate::text::token::TokenKind;

/// Words that end a noun phrase, whatever it is.
const STOPS: u64 = Class::Complementiser.bit()
    | Class::Subordinator.bit()
    | Class::Interrogative.bit()
    | Class::Negation.bit()
    | Class::Auxiliary.bit()
    | Class::Modal.bit()
    | Class::Verb.bit()
    | Class::Cue.bit()
    | Class::InfinitiveMarker.bit()
    | Class::Conditional.bit();

const NOUNS: u64 = Class::NOUNS;

/// How many tokens of small words may stand between a verb and its subject.
const MOST_BETWEEN: usize = 8;

/// Whether a word ends a noun phrase. A preposition that also marks infinitives does not by itself.
fn stops(doc: &Doc<'_>, i: usize) -> bool {
    let classes = doc.classes(i);
    let marker = Class::InfinitiveMarker.bit();
    let hard = if classes & Class::Preposition.bit() == 0 {
        STOPS
    } else {
        STOPS & !marker
    };
    classes & hard != 0 && classes & Class::Determiner.bit() == 0
}

/// A subject: the words of a source as they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// All words of the phrase.
    pub tokens: Range<usize>,
    /// The mention that names it, if one does.
    pub mention: Option<usize>,
    /// The pronoun it consists of, if it is one.
    pub pronoun: Option<Person>,
}

impl Phrase {
    /// The words to show as written: the name without title, else the whole phrase.
    pub fn written(&self, speakers: &Speakers) -> Range<usize> {
        match self.mention.map(|m| &speakers.mentions[m]) {
            Some(m) if m.kind == MentionKind::Name => m.core.clone(),
            _ => self.tokens.clone(),
        }
    }
}

/// Whether the token is a word that may stand between a verb and its subject.
pub fn is_between(doc: &Doc<'_>, i: usize) -> bool {
    let subject =
        Class::Pronoun.bit() | Class::Role.bit() | Class::Organisation.bit() | Class::People.bit();
    let small = Class::Adverb.bit() | Class::Negation.bit() | Class::RelativeDay.bit();
    let particle = doc.is(i, Class::CueParticle) && !doc.is(i, Class::Determiner);
    (doc.is_any(i, small) || particle) && !doc.is_any(i, subject)
}

/// How many tokens at `i` may stand together between a verb and its subject: a small word, or a
/// phrase of several words that is listed as one ("in an interview"); 0 for none.
fn between(doc: &Doc<'_>, i: usize) -> usize {
    let listed = doc
        .find_all(i, Class::CueParticle)
        .map(|hit| hit.len)
        .max()
        .filter(|len| *len > 1 && !doc.is(i + len - 1, Class::Preposition));
    listed.unwrap_or(usize::from(is_between(doc, i)))
}

/// The first token behind the words at `at` that may stand between a verb and its subject.
pub fn over_between(doc: &Doc<'_>, at: usize, limit: usize) -> usize {
    let mut next = at;
    while next < limit && next < at + MOST_BETWEEN {
        match between(doc, next) {
            0 => break,
            len => next += len,
        }
    }
    next
}

/// The phrase that begins at `at` or after adverbs there, not reaching `limit`.
pub fn after(
    doc: &Doc<'_>,
    pack: &Pack,
    speakers: &Speakers,
    at: usize,
    limit: usize,
) -> Option<Phrase> {
    let mut start = over_between(doc, at, limit);
    // "said 9. form pupil Ann": an ordinal before the noun.
    if doc.kind(start) == TokenKind::Number && doc.is_char(start + 1, &['.']) {
        start += 2;
    }
    from(doc, pack, speakers, start, limit)
}

/// The phrase that begins exactly at `start`.
pub fn from(
    doc: &Doc<'_>,
    pack: &Pack,
    speakers: &Speakers,
    start: usize,
    limit: usize,
) -> Option<Phrase> {
    let first = doc.tokens.get(start).filter(|_| start < limit)?;
    if let Some(person) = pack.grammar.person(doc, start) {
        let alone = !doc.is(start, Class::Determiner)
            || ends_phrase(doc, start + 1, limit)
                && !(doc.kind(start + 1) == TokenKind::Mark
                    && marked_name(doc, start + 1, limit).is_some());
        // A pronoun that is a form of address too ("ông"), before the name that it goes with.
        let address = doc.is(start, Class::Honorific) && speakers.mention_at(start + 1).is_some();
        if alone && !address {
            return Some(Phrase {
                tokens: start..start + 1,
                mention: None,
                pronoun: Some(person),
            });
        }
    }
    // Reflexives and object pronouns are no subjects, nor is a stretch of time.
    let clitic = doc.is(start, Class::CueParticle) && !doc.is(start, Class::Determiner);
    let time = Class::TimeUnit.bit() | Class::Weekday.bit() | Class::Month.bit();
    let dated =
        doc.is(start, Class::Determiner) && doc.is_any(start + 1, time | Class::RelativeDay.bit());
    if (clitic || dated || doc.is_any(start, time)) && speakers.mention_at(start).is_none() {
        return None;
    }
    if first.kind == TokenKind::Number
        && !doc
            .tokens
            .get(start + 1)
            .is_some_and(crate::text::token::Token::is_word)
    {
        return None;
    }
    if !first.is_word() && first.kind != TokenKind::Number && first.kind != TokenKind::Mark {
        return None;
    }
    if doc.is_any(
        start,
        STOPS | Class::Preposition.bit() | Class::Coordinator.bit() | Class::Relative.bit(),
    ) && !doc.is_any(
        start,
        Class::Determiner.bit()
            | Class::Role.bit()
            | Class::Organisation.bit()
            | Class::People.bit(),
    ) && speakers.mention_at(start).is_none()
    {
        return None;
    }
    if let Some(m) = titled(speakers, start, limit) {
        return Some(Phrase {
            tokens: start..speakers.mentions[m].core.end,
            mention: Some(m),
            pronoun: None,
        });
    }
    let mut end = phrase_end(doc, pack, speakers, start, limit);
    let mut mention = head(speakers, doc, start, end);
    // "his spokeswoman, Ann Ek": the name in apposition is the one who is meant.
    let unnamed = mention.is_none_or(|m| {
        let m = &speakers.mentions[m];
        m.kind != MentionKind::Name
            || m.core.start > start && doc.is(m.core.start - 1, Class::Preposition)
    });
    if unnamed
        && doc.is_char(end, &[','])
        && end + 1 < limit
        && let Some(m) = in_apposition(doc, speakers, start..end, limit)
    {
        end = speakers.mentions[m].core.end.min(limit);
        mention = Some(m);
    }
    let mut tokens = start..end;
    if let Some(m) = mention.map(|m| &speakers.mentions[m])
        && m.kind == MentionKind::Name
    {
        tokens.end = tokens.end.max(m.core.end).min(limit);
    }
    (end > start).then_some(Phrase {
        tokens,
        mention,
        pronoun: None,
    })
}

/// The name whose title begins at `start` or behind the article there: "her head of water, Ann Ek".
fn titled(speakers: &Speakers, start: usize, limit: usize) -> Option<usize> {
    let next = speakers.begun_before(start);
    let mention = speakers.mentions.get(next)?;
    let title = mention.full.start..mention.core.start;
    (mention.kind == MentionKind::Name
        && mention.core.end <= limit
        && mention.role.is_some()
        && title.len() > 1
        && (title.start == start || title.start == start + 1))
        .then_some(next)
}

/// The name behind the comma of a phrase that is a title, a body or somebody's somebody.
fn in_apposition(
    doc: &Doc<'_>,
    speakers: &Speakers,
    mut phrase: Range<usize>,
    limit: usize,
) -> Option<usize> {
    let (first, end) = (phrase.start, phrase.end);
    let titled = phrase.clone().any(|i| doc.find(i, Class::Role).is_some());
    let body = phrase.any(|i| doc.is(i, Class::Organisation));
    let lead = Class::Determiner.bit() | Class::Organisation.bit() | Class::Role.bit();
    speakers.mentions_in(end + 1..end + 4).find(|&m| {
        let name = &speakers.mentions[m];
        let closed = name.full.end >= limit || !doc.tokens[name.full.end].is_word();
        let adjacent =
            (end + 1..name.core.start).all(|i| doc.is_any(i, lead) || name.full.contains(&i));
        let person = speakers
            .entity_of(m)
            .is_some_and(|e| speakers.entities[e].certain);
        let fits = titled || (body && !person) || (person && doc.is(first, Class::Determiner));
        // "Rapporteur, the senator Ana Ruiz (X) cheered": a title of its own says enough.
        let own = titled && name.role.is_some() && doc.is(end + 1, Class::Determiner);
        name.kind == MentionKind::Name && (closed || own) && adjacent && fits
    })
}

/// Whether nothing of a phrase can follow at `i`.
fn ends_phrase(doc: &Doc<'_>, i: usize, limit: usize) -> bool {
    if i >= limit {
        return true;
    }
    let kind = doc.kind(i);
    !matches!(kind, TokenKind::Word | TokenKind::Number)
        || doc.is_any(
            i,
            STOPS
                | Class::Preposition.bit()
                | Class::Coordinator.bit()
                | Class::Adverb.bit()
                | Class::Relative.bit(),
        )
}

/// Where the phrase that begins at `start` ends.
#[allow(clippy::too_many_lines)] // one walk over the words
fn phrase_end(
    doc: &Doc<'_>,
    pack: &Pack,
    speakers: &Speakers,
    start: usize,
    limit: usize,
) -> usize {
    let mut i = start;
    let mut described = false;
    let mut prepositions = 0;
    while i < limit {
        let token = &doc.tokens[i];
        if i > start && token.is_line_start() {
            break;
        }
        if let Some(m) = speakers.mention_at(i) {
            let mention = &speakers.mentions[m];
            if mention.kind == MentionKind::Name {
                i = mention.core.end.min(limit);
                // "the party's leader": a genitive before the noun that counts.
                if i < limit && carries_on(doc, speakers, m, i) {
                    continue;
                }
                if described && leads_to_person(doc, speakers, m, limit) {
                    continue;
                }
                if let Some(next) = joined(doc, speakers, i, limit) {
                    i = next;
                    continue;
                }
                // "the leader of the Left in the House": the name is only part of the description.
                if prepositions > 0
                    && i < limit
                    && goes_on_after_name(doc, i)
                    && !(pack.quotes.verb_second && doc.classes(i) == 0)
                {
                    continue;
                }
                break;
            }
            described = true;
            i += 1;
            if i == start + 1 && ends_definite(doc, pack, start, i, limit) {
                break;
            }
            continue;
        }
        described |= doc.is_any(i, NOUNS);
        match token.kind {
            TokenKind::Word => {}
            TokenKind::Number if i > start && described => break,
            TokenKind::Number | TokenKind::Symbol => {
                i += 1;
                continue;
            }
            _ if joins_words(doc, speakers, i, start) => {
                i += 1;
                continue;
            }
            TokenKind::Mark
                if i > start
                    && (described || i == start + 1 && doc.is(start, Class::Determiner)) =>
            {
                match marked_name(doc, i, limit) {
                    // "the lawyer of "Bore" Ann Ek": the name behind a body in marks.
                    Some(end) if named_right_there(doc, speakers, end, limit) => {
                        i = end;
                        continue;
                    }
                    Some(end) => {
                        i = end;
                        break;
                    }
                    None => break,
                }
            }
            _ => break,
        }
        // "its chairman Bo Ek", where the pronoun stands between the two.
        let owned = i > start
            && doc.is(i - 1, Class::Role)
            && pack.quotes.is_clitic(doc, i)
            && named_right_there(doc, speakers, i + 1, limit);
        let aside = i > start && doc.find(i, Class::CueParticle).is_some_and(|h| h.len > 1);
        let ends = i > start && tail::at_verb(doc, pack, i);
        if ends && !owned || aside {
            break;
        }
        if i > start && tail::closes(doc, pack, speakers, (start, i, limit), described) {
            break;
        }
        let article = (i > start)
            .then(|| tail::at_article(doc, pack, i))
            .flatten();
        if let Some(end) = article {
            i = end;
            break;
        }
        if i > start && doc.is_any(i, Class::Coordinator.bit()) {
            match joined(doc, speakers, i, limit) {
                Some(next) => {
                    i = next;
                    continue;
                }
                None => break,
            }
        }
        // "l'ad Ana Ruiz": a title that is also a preposition.
        let title = doc.is(i, Class::Role) && speakers.mention_at(i + 1).is_some();
        if i > start && doc.is(i, Class::Preposition) && !doc.is(i, Class::Determiner) && !title {
            // A described source may say whose it is: "a spokesman for the police".
            if described
                && prepositions < 2
                && !Grammar::is_indefinite(doc, i + 1)
                && pack.quotes.is_source_preposition(doc, i)
                && !ends_phrase_hard(doc, i + 1, limit)
                && !tail::is_written_in(doc, i, start)
            {
                prepositions += 1;
                i += 1;
                continue;
            }
            break;
        }
        if i > start && doc.is_any(i, Class::Adverb.bit() | Class::RelativeDay.bit()) && described {
            break;
        }
        i += 1;
        if i - start > 14 {
            break;
        }
    }
    i
}

/// Whether a dash or full stop stands inside a phrase: "Lib-Dem", "Sen. Ann Ek".
fn joins_words(doc: &Doc<'_>, speakers: &Speakers, i: usize, start: usize) -> bool {
    match doc.kind(i) {
        TokenKind::Dash => {
            !doc.tokens[i].is_spaced()
                && doc
                    .tokens
                    .get(i + 1)
                    .is_some_and(crate::text::token::Token::is_word)
        }
        TokenKind::Punct => {
            i > start
                && doc.is_char(i, &['.'])
                && doc.is(i - 1, Class::Honorific)
                && speakers.mention_at(i + 1).is_some()
        }
        _ => false,
    }
}

/// Whether a word ends the phrase before it: an object pronoun, a verb or conjunction, a relative.
fn word_ends(doc: &Doc<'_>, pack: &Pack, i: usize) -> bool {
    let loose = pack.quotes.is_clitic(doc, i) || doc.is(i, Class::Relative);
    stops(doc, i) || loose && !doc.is(i, Class::Determiner)
}

/// Whether a definite noun alone is the whole phrase: an unknown small-lettered word that is neither
/// preposition nor name follows it.
fn ends_definite(doc: &Doc<'_>, pack: &Pack, noun: usize, next: usize, limit: usize) -> bool {
    let word = doc.word(noun);
    let definite = &pack.meta.names.definite;
    next < limit
        && definite.iter().any(|e| word.ends_with(e.as_str()))
        && doc.tokens[next].is_word()
        && !doc.tokens[next].is_capital()
        && !doc.is_any(
            next,
            Class::Preposition.bit() | Class::Coordinator.bit() | NOUNS,
        )
}

/// The end of a short name in marks that belongs to the noun before it: the ship "Bore".
fn marked_name(doc: &Doc<'_>, open: usize, limit: usize) -> Option<usize> {
    let close = (open + 2..limit.min(open + 7)).find(|&k| doc.kind(k) == TokenKind::Mark)?;
    let spaced = doc.tokens[open].is_spaced() && !doc.tokens[open + 1].is_spaced();
    let stops = (open + 1..close).any(|k| doc.is_any(k, STOPS));
    (spaced && !stops).then_some(close + 1)
}

fn ends_phrase_hard(doc: &Doc<'_>, i: usize, limit: usize) -> bool {
    i >= limit
        || !doc.tokens[i].is_word()
        || doc.is_any(
            i,
            STOPS & !(Class::Verb.bit() | Class::InfinitiveMarker.bit()),
        )
}
