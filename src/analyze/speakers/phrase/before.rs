//! Responsible for the phrase that ends right before a verb.

use super::{Phrase, head, stops};
use crate::analyze::speakers::Speakers;
use crate::analyze::speakers::mention::MentionKind;
use crate::pack::Pack;
use crate::pack::grammar::Person;
use crate::text::doc::Doc;
use crate::text::lexicon::Class;
use crate::text::token::TokenKind;

/// The phrase that ends right before `at`, over adverbs and auxiliaries, not reaching below `floor`.
pub fn before(
    doc: &Doc<'_>,
    pack: &Pack,
    speakers: &Speakers,
    at: usize,
    floor: usize,
) -> Option<Phrase> {
    let mut end = at;
    let mut skipped = 0;
    while end > floor && skipped < 5 {
        let i = end - 1;
        let skip = Class::Adverb.bit()
            | Class::Auxiliary.bit()
            | Class::Modal.bit()
            | Class::Negation.bit()
            | Class::RelativeDay.bit();
        let subject = Class::Pronoun.bit()
            | Class::Role.bit()
            | Class::Organisation.bit()
            | Class::People.bit();
        if doc.is_any(i, skip)
            && !doc.is_any(i, subject)
            && speakers.mention_at(i).is_none()
            && doc.tokens[i].is_word()
        {
            end -= 1;
            skipped += 1;
        } else if pack.quotes.is_clitic(doc, i)
            && (!doc.is(i, Class::Determiner) || doc.is(i, Class::Pronoun))
        {
            end -= 1;
            skipped += 1;
        } else {
            break;
        }
    }
    if end <= floor {
        return None;
    }
    let last = end - 1;
    if let Some(hit) = doc.find(last, Class::Pronoun) {
        let person = Person::from_payload(hit.payload)?;
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
        return over_apposition(doc, speakers, last, floor);
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
    let mut start = last;
    let mut steps = 0;
    while start > floor && steps < 14 {
        let i = start - 1;
        let token = &doc.tokens[i];
        if doc.tokens[start].is_line_start() {
            break;
        }
        let named = speakers.mention_at(i).is_some();
        if !named {
            match token.kind {
                TokenKind::Word | TokenKind::Number | TokenKind::Symbol => {}
                TokenKind::Dash if !token.is_spaced() => {}
                TokenKind::Punct if doc.is_char(i, &['.', '&']) && is_initial(doc, i) => {}
                _ => break,
            }
            if stops(doc, i) {
                break;
            }
            if doc.is_any(i, Class::Coordinator.bit() | Class::Relative.bit())
                && !(doc.is(i, Class::Determiner) && !doc.is(i, Class::Coordinator))
            {
                let names = i > floor
                    && speakers.mention_at(i - 1).is_some()
                    && speakers.mention_at(start).is_some();
                if !names || doc.is(i, Class::Relative) {
                    break;
                }
            }
            if doc.is(i, Class::Preposition)
                && !doc.is(i, Class::Determiner)
                && !pack.quotes.is_source_preposition(doc, i)
            {
                break;
            }
            if doc.is(i, Class::Adverb) && !doc.is(i, Class::Determiner) {
                break;
            }
        }
        start = i;
        steps += 1;
    }
    while start < end
        && (doc.is_any(start, Class::Coordinator.bit() | Class::Preposition.bit())
            && !doc.is(start, Class::Determiner)
            && speakers.mention_at(start).is_none()
            || doc.kind(start) == TokenKind::Punct)
    {
        start += 1;
    }
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

/// The phrase that a relative pronoun at `at` takes up: right before it, or before its comma.
fn antecedent(
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
    if let Some(m) = speakers.mentions_ending_at(doc, end) {
        return Some(Phrase {
            tokens: speakers.mentions[m].core.clone(),
            mention: Some(m),
            pronoun: None,
        });
    }
    before(doc, pack, speakers, end, floor).filter(|p| p.mention.is_some() && p.tokens.end == end)
}

fn is_initial(doc: &Doc<'_>, i: usize) -> bool {
    i > 0 && doc.word(i - 1).chars().count() <= 3
}

/// "Name, chair of the board, said": the name before the first of two commas.
fn over_apposition(
    doc: &Doc<'_>,
    speakers: &Speakers,
    comma: usize,
    floor: usize,
) -> Option<Phrase> {
    let open = (floor..comma).rev().find(|&k| doc.is_char(k, &[',']))?;
    let inner = open + 1..comma;
    // "…, the minister, Anna Ek, said": the name may itself stand between the commas.
    let between = speakers.mentions_in(inner.clone()).find(|&m| {
        speakers.mentions[m].kind == MentionKind::Name
            && speakers.mentions[m].core.start <= inner.start + 1
    });
    let outer = speakers.mentions_ending_at(doc, open);
    let m = match (between, outer) {
        (Some(b), Some(o))
            if speakers.mentions[o].kind == MentionKind::Name
                && speakers.mentions[b].role.is_none() =>
        {
            o
        }
        (Some(b), _) => b,
        (None, Some(o)) => o,
        (None, None) => return None,
    };
    Some(Phrase {
        tokens: speakers.mentions[m].core.clone(),
        mention: Some(m),
        pronoun: None,
    })
}
