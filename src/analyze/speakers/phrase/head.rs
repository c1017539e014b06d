//! Responsible for the mention that names a phrase, and for what goes on behind a name inside one.

use super::super::Speakers;
use super::super::mention::MentionKind;
use super::{NOUNS, STOPS};
use crate::text::doc::Doc;
use crate::text::lexicon::Class;

/// Whether a preposition or an attribute goes on behind the name inside a description.
pub(super) fn goes_on_after_name(doc: &Doc<'_>, i: usize) -> bool {
    let token = &doc.tokens[i];
    token.is_word()
        && !token.is_line_start()
        && (doc.is(i, Class::Preposition) || doc.classes(i) == 0)
}

/// Whether a name only belongs to the noun or name behind it ("the party's leader", "Acme
/// spokesman Bo Ek"): a noun for a person or body follows within three words.
pub(super) fn continues(doc: &Doc<'_>, i: usize) -> bool {
    if doc.word(i).starts_with(['\'', '’']) {
        return true;
    }
    for k in i..i + 4 {
        let Some(token) = doc.tokens.get(k) else {
            return false;
        };
        if !token.is_word() || token.is_line_start() {
            return false;
        }
        if doc.is_any(k, NOUNS) || doc.find(k, Class::Role).is_some() {
            return true;
        }
        let other = STOPS
            | Class::Preposition.bit()
            | Class::Coordinator.bit()
            | Class::Relative.bit()
            | Class::Determiner.bit()
            | Class::Adverb.bit()
            | Class::RelativeDay.bit();
        if doc.is_any(k, other) || token.is_capital() {
            return false;
        }
    }
    false
}

/// The same behind a certain name: where owners stand behind what they own, no noun behind a
/// person's whole name is theirs.
pub(super) fn carries_on(doc: &Doc<'_>, speakers: &Speakers, name: usize, i: usize) -> bool {
    let person = speakers.mentions[name].core.len() > 1
        && speakers
            .entity_of(name)
            .is_some_and(|e| speakers.entities[e].is_person());
    !(speakers.owner_behind && person) && continues(doc, i)
}

/// Whether a person's name begins at `i`, on the same line.
pub(super) fn named_right_there(
    doc: &Doc<'_>,
    speakers: &Speakers,
    i: usize,
    limit: usize,
) -> bool {
    i < limit
        && !doc.tokens[i].is_line_start()
        && speakers.mention_at(i).is_some_and(|m| {
            let mention = &speakers.mentions[m];
            mention.kind == MentionKind::Name && mention.core.start == i && mention.core.len() > 1
        })
}

/// Whether a one-word name inside a description is only an attribute of a body, and the person's
/// name follows behind the body's noun: "head of the Lviv city council Ann Ek".
pub(super) fn leads_to_person(doc: &Doc<'_>, speakers: &Speakers, m: usize, limit: usize) -> bool {
    let name = &speakers.mentions[m];
    let body = doc.is(name.core.start, Class::Organisation);
    if name.core.len() != 1 || name.role.is_some() && !body || name.core.start == 0 {
        return false;
    }
    let first = name.core.end;
    let plain = |i: usize| {
        let token = &doc.tokens[i];
        token.is_word()
            && !token.is_capital()
            && !token.is_line_start()
            && !doc.is_any(
                i,
                STOPS
                    | Class::Preposition.bit()
                    | Class::Coordinator.bit()
                    | Class::Adverb.bit()
                    | Class::Relative.bit()
                    | Class::RelativeDay.bit(),
            )
    };
    let end = (first..limit.min(first + 4))
        .find(|&i| !plain(i))
        .unwrap_or(limit);
    end > first && end < limit && named_right_there(doc, speakers, end, limit)
}

/// The token after "and" when another name or noun of the same kind follows.
pub(super) fn joined(doc: &Doc<'_>, speakers: &Speakers, i: usize, limit: usize) -> Option<usize> {
    if !doc.is(i, Class::Coordinator) || i + 1 >= limit {
        return None;
    }
    let next = if doc.is(i + 1, Class::Determiner) {
        i + 2
    } else {
        i + 1
    };
    speakers.mention_at(next).filter(|_| next < limit)?;
    Some(i + 1)
}

/// The mention that names a phrase: its name if it has one, else its noun.
pub(super) fn head(speakers: &Speakers, doc: &Doc<'_>, start: usize, end: usize) -> Option<usize> {
    let inside = || speakers.mentions_in(start..end);
    let names = inside().filter(|&m| speakers.mentions[m].kind == MentionKind::Name);
    // The first name that closes its stretch of the phrase: not a genitive before another noun.
    let mut best = None;
    for m in names {
        let mention = &speakers.mentions[m];
        // A case ending alone behind a name ("Sarıgül'e") is no noun.
        let ending = usize::from(doc.word(mention.core.end).starts_with(['\'', '’']));
        // A title behind its name is no noun that the name belongs to.
        let after = if mention
            .role
            .as_ref()
            .is_some_and(|r| r.start == mention.core.end)
        {
            mention.full.end
        } else {
            mention.core.end
        };
        let titled = speakers.role_behind && title_behind(doc, after);
        let followed = after + ending < end && !titled && carries_on(doc, speakers, m, after)
            || start < mention.core.start && leads_to_person(doc, speakers, m, end);
        if !followed {
            best = Some(m);
            break;
        }
    }
    best.filter(|&m| {
        // "a spokesman for Volvo": the name behind a preposition is not the one who speaks, unless
        // the preposition governs only the body before the name ("diputado de ERC Ana Ruiz").
        let name = &speakers.mentions[m];
        let tag = name.affiliation.as_ref();
        let behind = tag.is_some_and(|a| a.end <= name.core.start);
        let owned = name.full.start < name.core.start && (name.role.is_none() || behind);
        let first = name.full.start.max(start);
        let governed = (start..first).any(|i| {
            doc.is_any(i, Class::Preposition.bit() | Class::Determiner.bit())
                && (speakers.noun_before(start..i)
                    || (start..i).any(|k| doc.is(k, Class::Document)))
        });
        // "spokesman of-the police Ann Ek": a noun stands between the preposition and the name.
        // A title that is also a body ("of-the police Ann Ek") is the body there.
        let body = doc.is(name.core.start.saturating_sub(1), Class::Organisation);
        let first = if body {
            name.core.start
        } else {
            name.full.start
        };
        let before = first.checked_sub(1).filter(|&i| i > start);
        let tie = Class::Preposition.bit() | Class::Determiner.bit();
        let apposed = speakers.owner_behind
            && name.core.len() > 1
            && before.is_some_and(|i| doc.tokens[i].is_word() && !doc.is_any(i, tie));
        owned || apposed || !governed
    })
    .or_else(|| {
        // "a source close to the MP": the noun behind the preposition is not the one who speaks.
        let m = inside().find(|&m| speakers.mentions[m].kind != MentionKind::Name)?;
        let noun = speakers.mentions[m].core.start;
        let source = (start..noun).any(|k| doc.is(k, Class::Document));
        let tied = (start..noun).any(|k| doc.is(k, Class::Preposition));
        (!(source && tied)).then_some(m)
    })
}

/// Whether a title stands at `i`, or behind one small word there ("Nagy Anna egészségügyi miniszter").
fn title_behind(doc: &Doc<'_>, i: usize) -> bool {
    let attribute = doc.classes(i) == 0
        && doc
            .tokens
            .get(i)
            .is_some_and(|t| t.is_word() && !t.is_capital() && !t.is_line_start());
    doc.is(i, Class::Role) || attribute && doc.is(i + 1, Class::Role)
}
