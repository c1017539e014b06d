//! Responsible for names that only a list can tell. In scripts without capitals whose words are parted
//! by spaces a first name that the pack lists, next to a title or a verb of speech, begins one. What was
//! named once is known by its last word in the rest of the article.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::mention::{Mention, MentionKind};
use crate::pack::Pack;
use crate::text::doc::Doc;
use crate::text::lexicon::Class;
use crate::text::token::Token;

/// How many words stand between a title and the name at most ("the minister for foreign affairs X").
const FIELD: usize = 4;
/// How many first names and particles a name has at most before its last word.
const MOST: usize = 4;

/// The names of a document.
pub(super) fn names(doc: &Doc<'_>, pack: &Pack) -> Vec<Mention> {
    if !pack.meta.text.caseless || pack.meta.names.titled.is_some() {
        return Vec::new();
    }
    let mut out: Vec<Mention> = Vec::new();
    let mut last_words: FxHashSet<u32> = FxHashSet::default();
    let mut i = 0;
    while i < doc.tokens.len() {
        let Some(end) = name_end(doc, i) else {
            i += 1;
            continue;
        };
        let role = title_before(doc, i);
        let titled = role.is_some() || title_behind(doc, end);
        if titled || next_to_verb(doc, i, end) {
            last_words.insert(doc.tokens[end - 1].hash);
            out.push(mention(i..end, role));
            i = end;
        } else {
            i += 1;
        }
    }
    let listed = out.len();
    let mut next = 0;
    for (i, token) in doc.tokens.iter().enumerate() {
        while next < listed && out[next].core.end <= i {
            next += 1;
        }
        let covered = next < listed && out[next].core.contains(&i);
        let alone = token.is_word() && doc.classes(i) == 0 && last_words.contains(&token.hash);
        if alone && !covered {
            out.push(mention(i..i + 1, title_before(doc, i)));
        }
    }
    out.sort_by_key(|m| m.core.start);
    out
}

/// Listed bodies of several words, of which only the first have capitals ("Bộ Y tế"): the list tells
/// how far the name goes.
pub(super) fn bodies(doc: &Doc<'_>, pack: &Pack, mentions: &mut Vec<Mention>) {
    if !pack.meta.names.phrases {
        return;
    }
    let mut found = Vec::new();
    let mut gone = vec![false; mentions.len()];
    // The names stand in the order of the text: each is looked at once.
    let mut next = 0;
    let mut i = 0;
    while i < doc.tokens.len() {
        let hit = doc.find(i, Class::Organisation).filter(|h| {
            doc.tokens[i].is_capital() && (i + 1..i + h.len).any(|k| doc.tokens[k].is_capital())
        });
        let Some(hit) = hit else {
            i += 1;
            continue;
        };
        let core = i..i + hit.len;
        i = core.end;
        while mentions.get(next).is_some_and(|m| m.full.end <= core.start) {
            next += 1;
        }
        let mut end = next;
        let mut longer = false;
        while let Some(m) = mentions.get(end).filter(|m| m.full.start < core.end) {
            longer |= !gone[end] && m.core.start <= core.start && m.core.end > core.end;
            end += 1;
        }
        if !longer {
            gone[next..end].fill(true);
            found.push(mention(core, None));
        }
    }
    let mut gone = gone.into_iter();
    mentions.retain(|_| !gone.next().unwrap_or(false));
    mentions.append(&mut found);
}

fn mention(core: Range<usize>, role: Option<Range<usize>>) -> Mention {
    let start = role.as_ref().map_or(core.start, |r| r.start);
    Mention {
        kind: MentionKind::Name,
        full: start..core.end,
        core,
        role,
        affiliation: None,
        entity: usize::MAX,
    }
}

/// Where a name that begins at `i` ends: behind further first names and particles and one word that
/// no list knows. One word alone is no name.
fn name_end(doc: &Doc<'_>, i: usize) -> Option<usize> {
    if !doc.is(i, Class::FirstName) || doc.is_any(i, Class::FUNCTION) {
        return None;
    }
    let inside = |k: usize| {
        doc.tokens
            .get(k)
            .is_some_and(|t| t.is_word() && !t.is_line_start())
    };
    let known = Class::FirstName.bit() | Class::NameParticle.bit();
    let end = (i + 1..=i + MOST)
        .find(|&k| !inside(k) || !doc.is_any(k, known) || doc.is_any(k, Class::FUNCTION))
        .unwrap_or(i + MOST);
    let open = end == i + 1 || doc.is(end - 1, Class::NameParticle);
    if open && inside(end) && doc.classes(end) == 0 {
        return Some(end + 1);
    }
    (!open).then_some(end)
}

/// A title before the name at `i`, with the words of its field.
fn title_before(doc: &Doc<'_>, i: usize) -> Option<Range<usize>> {
    let stop = Class::Cue.bit()
        | Class::Verb.bit()
        | Class::Complementiser.bit()
        | Class::Auxiliary.bit()
        | Class::Modal.bit();
    let mut start = None;
    for k in (i.saturating_sub(FIELD)..i).rev() {
        let joined = doc.tokens[k].is_word() && !doc.tokens[k + 1].is_line_start();
        let title =
            doc.is(k, Class::Role) || doc.find(k, Class::Role).is_some_and(|h| k + h.len <= i);
        if !joined || doc.is_any(k, stop) && !title {
            break;
        }
        if title {
            start = Some(k);
        } else if start.is_some() {
            break;
        }
    }
    start.map(|s| s..i)
}

/// Whether a comma and a title follow the name that ends at `end`.
fn title_behind(doc: &Doc<'_>, end: usize) -> bool {
    doc.is_char(end, &[',', '،'])
        && (doc.is(end + 1, Class::Role) || doc.find(end + 1, Class::Role).is_some())
}

/// Whether a verb of speech or of taking sides, or the particle of a subject, stands at the name.
fn next_to_verb(doc: &Doc<'_>, start: usize, end: usize) -> bool {
    const VERBS: u64 = Class::Cue.bit() | Class::Stance.bit();
    let before = start
        .checked_sub(1)
        .filter(|_| !doc.tokens.get(start).is_some_and(Token::is_line_start));
    before.is_some_and(|k| doc.is_any(k, VERBS))
        || doc.is_any(end, VERBS | Class::CueParticle.bit())
}
