//! Responsible for who is behind a mention: groups mentions of one person or body and knows the
//! fullest form of its name.

use std::ops::Range;

use super::alike::{
    Firsts, alike, firsts, has_initials, is_base_of, is_short_form, may_be_same, same, same_noun,
};
use super::mention::{Mention, MentionKind};
use crate::model::record::ActorKind;
use crate::pack::Pack;
use crate::pack::grammar::Gender;
use crate::text::doc::Doc;
use crate::text::fold::fold;
use crate::text::lexicon::Class;

/// One person or body of an article.
#[derive(Debug, Clone)]
pub struct Entity {
    /// The fullest name in the article.
    pub name: String,
    /// The tokens of that name where it stands.
    pub tokens: Range<usize>,
    /// What it is.
    pub kind: ActorKind,
    /// Title or function as worded.
    pub role: Option<String>,
    /// Party or organisation as worded.
    pub affiliation: Option<String>,
    /// What the words tell of a person's gender.
    pub gender: Gender,
    /// Whether something says that it is a person: a first name, a title, a form of address.
    pub certain: bool,
    /// The folded words of its name.
    words: Vec<String>,
    /// How its first and its last word begin.
    firsts: Firsts,
    /// The folded words of its functions.
    roles: Vec<String>,
    /// Its folded short form, if the article gives one in brackets.
    short: Option<String>,
}

impl Entity {
    /// Whether it is known to be a person: a first name, a title or two names.
    pub fn is_person(&self) -> bool {
        self.kind == ActorKind::Person
    }
}

impl Entity {
    /// Whether a noun is one of its functions, in another form or as part of a compound.
    pub fn has_role(&self, word: &str) -> bool {
        self.roles.iter().any(|role| same_noun(role, word))
    }

    /// Whether a noun is one of its functions in the very same form.
    pub fn has_exact_role(&self, word: &str) -> bool {
        self.roles.iter().any(|role| role == word)
    }
}

/// A mention is compared with so many people and bodies: an article that names more is a list, and the
/// time must not grow with its square.
const KNOWN: usize = 1000;
/// Of the bodies named before so many are looked at.
const LATEST: usize = 200;

/// Groups the mentions of a document and writes each one's entity into it.
pub(super) fn group(doc: &Doc<'_>, pack: &Pack, mentions: &mut [Mention]) -> Vec<Entity> {
    let mut entities: Vec<Entity> = Vec::new();
    // Full names first, so that a last name alone finds its owner wherever it stands.
    let long = |m: &Mention| m.kind == MentionKind::Name && m.core.len() > 1;
    for pass in 0..3 {
        for mention in mentions.iter_mut() {
            let turn = match mention.kind {
                MentionKind::Name if long(mention) => 0,
                MentionKind::Name => 1,
                MentionKind::Organisation => 2,
                MentionKind::Role | MentionKind::Group => continue,
            };
            if turn == pass {
                mention.entity = place(doc, pack, mention, &mut entities);
            }
        }
    }
    short_bodies(doc, pack, mentions, &entities);
    // A function alone is the one person whom the article gives that function.
    for mention in mentions.iter_mut().filter(|m| m.kind == MentionKind::Role) {
        let word = fold(doc.word(mention.core.start), pack.tokens.case);
        mention.entity = by_role(&entities, &word).unwrap_or(usize::MAX);
    }
    entities
}

fn place(doc: &Doc<'_>, pack: &Pack, mention: &Mention, entities: &mut Vec<Entity>) -> usize {
    let mut words: Vec<String> = mention
        .core
        .clone()
        .skip_while(|&i| doc.is(i, Class::NameParticle) && i + 1 < mention.core.end)
        .filter(|&i| doc.tokens[i].is_word())
        .map(|i| fold(doc.word(i), pack.tokens.case))
        .collect();
    let bare = bare_name(doc, pack, mention);
    if let (Some(bare), Some(last)) = (&bare, words.last_mut()) {
        last.truncate(
            last.len() - (doc.words(mention.core.clone()).len() - bare.len()).min(last.len()),
        );
    }
    // Where family names come first, a shorter form is the beginning of the full one.
    let begins = |e: &Entity| {
        let (short, long) = if e.words.len() < words.len() {
            (&e.words, &words)
        } else {
            (&words, &e.words)
        };
        long.starts_with(short)
    };
    let family_first = pack.meta.names.titled.is_some();
    let caps = mention.core.len() == 1 && doc.tokens[mention.core.start].is_all_caps();
    let firsts = firsts(&words);
    let known = &entities[..entities.len().min(KNOWN)];
    let found = known.iter().position(|e| {
        family_first && begins(e)
            || !family_first
                && may_be_same(e.firsts, firsts, words.len())
                && same(&e.words, &words, pack)
            || caps && !e.is_person() && has_initials(&words[0], &e.words)
            || (words.len() == 1
                && e.short
                    .as_ref()
                    .is_some_and(|short| alike(short, &words[0], pack)))
    });
    let sure = is_person(doc, mention);
    let named = || doc.words(mention.core.clone()).to_owned();
    let at = if let Some(at) = found {
        let entity = &mut entities[at];
        if words.len() > entity.words.len() || better_form(doc, mention, entity, &words) {
            entity.name = bare.unwrap_or_else(named);
            entity.tokens = mention.core.clone();
            entity.words = words;
            entity.firsts = firsts;
        }
        if mention.core.len() == 1 && entity.words.len() > 1 {
            in_base_form(doc, pack, mention, entity);
        }
        at
    } else {
        entities.push(Entity {
            name: bare.unwrap_or_else(named),
            tokens: mention.core.clone(),
            kind: kind_of(doc, mention, sure),
            role: None,
            affiliation: None,
            gender: Gender::Unknown,
            certain: false,
            words,
            firsts,
            roles: Vec::new(),
            short: None,
        });
        entities.len() - 1
    };
    let entity = &mut entities[at];
    if sure || entity.tokens == mention.core && kind_of(doc, mention, sure) == ActorKind::Person {
        entity.kind = ActorKind::Person;
        entity.certain |= sure;
    }
    if entity.gender == Gender::Unknown {
        entity.gender = gender_of(doc, mention);
    }
    if let Some(role) = &mention.role {
        entity
            .role
            .get_or_insert_with(|| doc.words(role.clone()).to_owned());
        let nouns = role.clone().filter(|&i| doc.is(i, Class::Role));
        entity
            .roles
            .extend(nouns.map(|i| fold(doc.word(i), pack.tokens.case)));
    }
    if let Some(tag) = &mention.affiliation {
        let short = fold(doc.words(tag.clone()), pack.tokens.case);
        if tag.len() == 1 && is_short_form(&short, &entity.words) {
            entity.short = Some(short);
            entity.kind = ActorKind::Organisation;
        } else {
            entity
                .affiliation
                .get_or_insert_with(|| doc.words(tag.clone()).to_owned());
        }
    }
    at
}

/// A name of several words in the genitive before a noun, without its ending: "Espen Dales far".
fn bare_name(doc: &Doc<'_>, pack: &Pack, mention: &Mention) -> Option<String> {
    let next = doc.tokens.get(mention.core.end)?;
    let noun = next.is_word()
        && !next.is_capital()
        && !next.is_line_start()
        && doc.classes(mention.core.end)
            & !(Class::Role.bit()
                | Class::People.bit()
                | Class::Organisation.bit()
                | Class::NounCue.bit()
                | Class::Document.bit())
            == 0;
    if pack.meta.names.inflect || mention.core.len() < 2 || !noun {
        return None;
    }
    let name = doc.words(mention.core.clone());
    let ending = pack
        .meta
        .names
        .endings
        .iter()
        .find(|e| name.ends_with(e.as_str()))?;
    let bare = name.strip_suffix(ending.as_str())?;
    (bare.chars().rev().take_while(|c| c.is_alphabetic()).count() >= 3).then(|| bare.to_owned())
}

/// Between two forms of one name the one without a case ending is the name.
fn better_form(doc: &Doc<'_>, mention: &Mention, entity: &Entity, words: &[String]) -> bool {
    words.len() == entity.words.len()
        && mention.core.len() == entity.tokens.len()
        && doc.words(mention.core.clone()).len() < entity.name.len()
        && words
            .iter()
            .zip(&entity.words)
            .all(|(a, b)| a == b || b.starts_with(a.as_str()))
}

/// A full name that stands only in a case takes its last word from the short form in the base case.
fn in_base_form(doc: &Doc<'_>, pack: &Pack, mention: &Mention, entity: &mut Entity) {
    if !pack.meta.names.inflect {
        return;
    }
    let word = fold(doc.word(mention.core.start), pack.tokens.case);
    let Some(last) = entity
        .words
        .last_mut()
        .filter(|last| is_base_of(&word, last, pack))
    else {
        return;
    };
    if let Some((first, _)) = entity.name.rsplit_once(' ') {
        entity.name = format!("{first} {}", doc.word(mention.core.start));
        *last = word;
    }
}

/// Whether a party or place in the genitive stands before a name of two words: "Centerns Anna Ek".
fn owned(mention: &Mention) -> bool {
    let before = mention
        .affiliation
        .as_ref()
        .is_some_and(|a| a.end <= mention.core.start);
    before && mention.core.len() > 1
}

/// Whether a first name, a title or a form of address says that a mention names a person.
fn is_person(doc: &Doc<'_>, mention: &Mention) -> bool {
    let first = mention.core.start;
    let titles = Class::Honorific.bit() | Class::Role.bit();
    let acronym =
        |i: usize| doc.tokens[i].is_all_caps() && doc.tokens[i].end - doc.tokens[i].start <= 5;
    let bodily = |i: usize| {
        doc.is(i, Class::Organisation) || (acronym(i) && first_name(doc, first).is_none())
    };
    !mention.core.clone().any(bodily)
        && (mention.role.is_some()
            || owned(mention)
            || first_name(doc, first).is_some()
            || (mention.full.start < first && doc.is_any(first - 1, titles))
            || first
                .checked_sub(2)
                .is_some_and(|i| doc.is(i, Class::Honorific) && doc.is_char(i + 1, &['.'])))
}

/// The gender number of a first name, of the first part of a double one too.
fn first_name(doc: &Doc<'_>, i: usize) -> Option<u32> {
    doc.find(i, Class::FirstName)
        .map(|h| h.payload)
        .or_else(|| {
            let word = doc.word(i);
            let first = word.get(..word.bytes().position(|b| b == b'-')?)?;
            let id = doc
                .lexicon
                .exact(&fold(first, crate::text::fold::CaseRule::Plain))?;
            doc.lexicon.payload(id, Class::FirstName)
        })
}

/// What a mention names; `sure` when something says that it is a person.
fn kind_of(doc: &Doc<'_>, mention: &Mention, sure: bool) -> ActorKind {
    if sure {
        return ActorKind::Person;
    }
    let core = mention.core.clone();
    let body = Class::Organisation.bit() | Class::Place.bit() | Class::Party.bit();
    let article = core.start > 0 && doc.is(core.start - 1, Class::Determiner);
    // "the power company Nordlys Energi": the noun before the name says what it is.
    let apposed = core.start > 0
        && !doc.tokens[core.start].is_line_start()
        && doc.is(core.start - 1, Class::Organisation)
        && !doc.tokens[core.start - 1].is_all_caps();
    if mention.kind == MentionKind::Organisation
        || core
            .clone()
            .any(|i| doc.is_any(i, body) || doc.tokens[i].is_all_caps())
        || core.len() == 1
        || core.len() > 4
        || article
        || apposed
    {
        ActorKind::Organisation
    } else {
        ActorKind::Person
    }
}

fn gender_of(doc: &Doc<'_>, mention: &Mention) -> Gender {
    let names = mention.core.clone().filter_map(|i| first_name(doc, i));
    for payload in names {
        match payload {
            1 => return Gender::Male,
            2 => return Gender::Female,
            _ => {}
        }
    }
    Gender::Unknown
}

/// A body by its bare noun is the body named before whose name holds that noun: "the court" after
/// "Agder district court", "förbundet" after "Idrottsförbundet".
fn short_bodies(doc: &Doc<'_>, pack: &Pack, mentions: &mut [Mention], entities: &[Entity]) {
    // The bodies so far, the latest last.
    let mut named: Vec<usize> = Vec::new();
    for mention in mentions.iter_mut() {
        if mention.entity >= entities.len() {
            continue;
        }
        let entity = &entities[mention.entity];
        let bare = mention.kind == MentionKind::Organisation;
        if bare {
            let word = fold(doc.word(mention.core.start), pack.tokens.case);
            let holds = |e: usize| {
                entities[e].words.len() + entities[e].words.first().map_or(0, String::len)
                    > word.len()
                    && entities[e]
                        .words
                        .iter()
                        .any(|w| (entities[e].words.len() > 1 || *w != word) && same_noun(w, &word))
            };
            let mut latest = named.iter().rev().take(LATEST);
            if let Some(found) = latest.find(|e| **e != mention.entity && holds(**e)) {
                mention.entity = *found;
                continue;
            }
        }
        if entity.kind == ActorKind::Organisation {
            if let Some(at) = named
                .iter()
                .rev()
                .take(LATEST)
                .position(|e| *e == mention.entity)
            {
                named.remove(named.len() - 1 - at);
            }
            named.push(mention.entity);
        }
    }
}

/// The one entity whose function is this noun, in another form or as part of a compound.
fn by_role(entities: &[Entity], word: &str) -> Option<usize> {
    let mut found = None;
    for (i, entity) in entities.iter().take(KNOWN).enumerate() {
        if entity.has_role(word) {
            if found.is_some() {
                return None;
            }
            found = Some(i);
        }
    }
    found
}
