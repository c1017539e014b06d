//! Responsible for the slots of a fact: who, what, where, when. A slot that nothing in the sentence
//! fills surely stays empty.

use std::ops::Range;

use super::candidates::Candidate;
use crate::analyze::speakers::{Mention, MentionKind, Speakers};
use crate::model::record::{FactKind, Figure, FigureType, Piece, Value, WhenSlot};
use crate::model::span::Span;
use crate::pack::facts::KINDS;
use crate::text::doc::Doc;
use crate::text::lexicon::Class;
use crate::text::token::{Token, TokenKind};

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

/// Fills the slots from one sentence; `content` is what a report in it says, so that its source is
/// not taken for the one who acts.
pub(super) fn fill(
    doc: &Doc<'_>,
    speakers: &Speakers,
    c: &Candidate,
    content: Option<Span>,
    figures: &[Figure],
) -> Slots {
    let told = content.map_or_else(
        || after_dateline(doc, &c.tokens),
        |span| doc.token_at(span.start)..doc.tokens.partition_point(|t| t.start < span.end),
    );
    let who = who(doc, speakers, &told).map(|core| Piece::cut(doc.text, doc.span(core)));
    let place = place(doc, &c.tokens, who.as_ref());
    Slots {
        what: what(doc, &c.tokens, figures),
        when: when(figures),
        who,
        place,
    }
}

/// The tokens of a sentence without a place and agency before a dash ("Paris (AFP) – ").
fn after_dateline(doc: &Doc<'_>, tokens: &Range<usize>) -> Range<usize> {
    const LONGEST: usize = 14;
    let mut near = tokens.start..tokens.end.min(tokens.start + LONGEST);
    let dash = near.by_ref().skip(1).find(|i| {
        let parts = doc.tokens[*i].is_spaced() || matches!(doc.word(i - 1), "." | ")");
        doc.kind(*i) == TokenKind::Dash && parts
    });
    let place =
        |i: usize| doc.is(i, Class::Place) || doc.tokens.get(i).is_some_and(Token::is_all_caps);
    match dash {
        Some(at)
            if doc.is(tokens.start, Class::Place)
                || (tokens.start..at).any(|i| doc.word(i) == "(") =>
        {
            at + 1..tokens.end
        }
        _ if place(tokens.start) && doc.is(tokens.start + 1, Class::Determiner) => {
            tokens.start + 1..tokens.end
        }
        _ => tokens.clone(),
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

/// A name, office or body that opens the sentence, at most a few words away; a name right behind
/// its office wins.
fn who(doc: &Doc<'_>, speakers: &Speakers, tokens: &Range<usize>) -> Option<Range<usize>> {
    const NEAR: usize = 3;
    let mut found = speakers
        .mentions_in(tokens.clone())
        .filter_map(|n| speakers.mentions.get(n));
    let first = found.next()?;
    let apart = Class::Preposition.bit() | Class::SourceCue.bit() | Class::Auxiliary.bit();
    let opens = first.full.start <= tokens.start + NEAR
        && !(tokens.start..first.full.start).any(|i| doc.is_any(i, apart));
    let is_place = |m: &Mention| m.core.len() == 1 && doc.is(m.core.start, Class::Place);
    if !opens || (is_place(first) && doc.is_char(first.core.end, &[','])) {
        return None;
    }
    // "The bank's economist Ann Ek": the last of a chain is the one.
    let mut actor = first;
    for next in found {
        let gap = actor.core.end..next.core.start;
        let joined = gap.len() <= 1
            && gap
                .clone()
                .all(|i| doc.kind(i) == TokenKind::Word && !doc.is_any(i, BREAKS));
        let heads = next.kind == MentionKind::Name && actor.kind != MentionKind::Name
            || next.kind == MentionKind::Organisation && is_place(actor) && gap.is_empty()
            || next.kind == MentionKind::Name && gap.len() == 1 && doc.is(gap.start, Class::Role);
        if !(joined && heads) {
            break;
        }
        actor = next;
    }
    Some(actor.core.clone())
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
        && !figures
            .iter()
            .any(|f| f.span.contains(doc.tokens[end].span()))
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
