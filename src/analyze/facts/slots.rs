//! Responsible for the slots of a fact: who, what, where, when. A slot that nothing in the sentence
//! fills surely stays empty.

use std::ops::Range;

use super::candidates::Candidate;
use crate::analyze::speakers::Speakers;
use crate::model::record::{FactKind, Figure, FigureType, Piece, Value, WhenSlot};
use crate::pack::facts::KINDS;
use crate::text::doc::Doc;
use crate::text::lexicon::Class;
use crate::text::token::TokenKind;

/// Words that cannot stand inside a counted noun phrase.
const BREAKS: u64 = Class::Verb.bit()
    | Class::Auxiliary.bit()
    | Class::Modal.bit()
    | Class::Preposition.bit()
    | Class::Coordinator.bit()
    | Class::Subordinator.bit()
    | Class::Complementiser.bit()
    | Class::Relative.bit()
    | Class::Pronoun.bit()
    | Class::Cue.bit()
    | Class::Adverb.bit()
    | Class::Negation.bit()
    | Class::Determiner.bit()
    | Class::FactCue.bit();

/// The slots of one fact.
#[derive(Debug, Default)]
pub(super) struct Slots {
    /// The one who acts.
    pub(super) who: Option<Piece>,
    /// What is counted.
    pub(super) what: Option<Piece>,
    /// The place.
    pub(super) place: Option<Piece>,
    /// The time.
    pub(super) when: Option<WhenSlot>,
}

/// Fills the slots from one sentence.
pub(super) fn fill(doc: &Doc<'_>, speakers: &Speakers, c: &Candidate, figures: &[Figure]) -> Slots {
    let who = who(doc, speakers, &c.tokens);
    let place = place(doc, &c.tokens, who.as_ref());
    Slots {
        what: what(doc, &c.tokens, figures),
        when: when(figures),
        who,
        place,
    }
}

/// The fullest name of whoever opens a sentence of expectation: the one who expects.
pub(super) fn expecting(doc: &Doc<'_>, speakers: &Speakers, c: &Candidate) -> Option<String> {
    who(doc, speakers, &c.tokens)?;
    let first = speakers.mentions_in(c.tokens.clone()).next()?;
    let entity = speakers.entity_of(first)?;
    let core = speakers.mentions.get(first)?.core.clone();
    let near = (core.end..(core.end + 4).min(c.tokens.end)).any(|i| {
        doc.find_all(i, Class::FactCue)
            .any(|hit| KINDS.get(hit.payload as usize) == Some(&FactKind::Forecast))
    });
    near.then(|| speakers.entities[entity].name.clone())
}

/// A name, office or body that opens the sentence, at most an opening word away.
fn who(doc: &Doc<'_>, speakers: &Speakers, tokens: &Range<usize>) -> Option<Piece> {
    const NEAR: usize = 3;
    let first = speakers.mentions_in(tokens.clone()).next()?;
    let mention = speakers.mentions.get(first)?;
    let opens = mention.full.start <= tokens.start + NEAR
        && !(tokens.start..mention.full.start)
            .any(|i| doc.is(i, Class::Preposition) || doc.is(i, Class::SourceCue));
    let place = mention.core.len() == 1 && doc.is(mention.core.start, Class::Place);
    let last = mention.core.end.max(mention.core.start + 1);
    (opens && !(place && doc.is_char(last, &[','])))
        .then(|| Piece::cut(doc.text, doc.span(mention.core.clone())))
}

/// The noun that the first bare number counts: up to three words behind it.
fn what(doc: &Doc<'_>, tokens: &Range<usize>, figures: &[Figure]) -> Option<Piece> {
    let counted = figures
        .iter()
        .find(|f| f.kind == FigureType::Number && f.unit.is_none())?;
    let from = doc.token_at(counted.span.end);
    let mut end = from;
    while end < tokens.end
        && end < from + 3
        && doc.kind(end) == TokenKind::Word
        && !doc.is_any(end, BREAKS)
    {
        end += 1;
    }
    (end > from).then(|| Piece::cut(doc.text, doc.span(from..end)))
}

/// A known place behind a preposition.
fn place(doc: &Doc<'_>, tokens: &Range<usize>, who: Option<&Piece>) -> Option<Piece> {
    tokens.clone().skip(1).find_map(|i| {
        let hit = doc.find(i, Class::Place)?;
        let span = doc.span(i..i + hit.len);
        let taken = who.is_some_and(|w| w.span.overlaps(span));
        (doc.is(i - 1, Class::Preposition) && !taken).then(|| Piece::cut(doc.text, span))
    })
}

/// The first date, else the first time.
fn when(figures: &[Figure]) -> Option<WhenSlot> {
    let of = |kind: FigureType| figures.iter().find(|f| f.kind == kind);
    let figure = of(FigureType::Date).or_else(|| of(FigureType::Time))?;
    Some(WhenSlot {
        text: figure.text.clone(),
        iso: match &figure.value {
            Some(Value::Text(iso)) => Some(iso.clone()),
            _ => None,
        },
        span: figure.span,
    })
}
