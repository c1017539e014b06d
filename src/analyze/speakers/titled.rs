//! Responsible for names in scripts without capitals, where only the title next to a name tells
//! where it stands: 市长林晓雯, 大野修団長, 김철수 장관. What a title names once is known in the rest
//! of the article.

use std::ops::Range;

use super::mention::{Mention, MentionKind};
use crate::pack::Pack;
use crate::pack::meta::{NameRules, TitleSide};
use crate::text::doc::Doc;
use crate::text::lexicon::Class;
use crate::text::token::{Token, TokenKind};

/// How many letters a name has at most: with a family name of the list, without one, with a point
/// between its parts.
const LONGEST_LISTED: usize = 6;
const LONGEST_UNLISTED: usize = 5;
const LONGEST_FOREIGN: usize = 20;
/// How many bytes a letter has at most.
const LONGEST_LETTER: usize = 4;
/// How many tokens are read next to a title.
const REACH: usize = 20;

/// Words that are no part of a name between a title and the rest of the sentence.
const OTHER: u64 = Class::Cue.bit()
    | Class::Preposition.bit()
    | Class::Adverb.bit()
    | Class::Auxiliary.bit()
    | Class::Modal.bit()
    | Class::Negation.bit()
    | Class::Verb.bit()
    | Class::Coordinator.bit()
    | Class::Complementiser.bit()
    | Class::Determiner.bit()
    | Class::Pronoun.bit()
    | Class::Role.bit()
    | Class::Honorific.bit()
    | Class::Organisation.bit()
    | Class::People.bit()
    | Class::Document.bit()
    | Class::NotName.bit()
    | Class::NumberWord.bit()
    | Class::RelativeDay.bit();

/// The names that titles show, and the same names where no title stands, in text order.
pub(super) fn names(doc: &Doc<'_>, pack: &Pack) -> Vec<Mention> {
    let Some(side) = pack.meta.names.titled else {
        return Vec::new();
    };
    let finder = Titled {
        doc,
        rules: &pack.meta.names,
        side,
    };
    let mut found: Vec<Mention> = Vec::new();
    for i in 0..doc.tokens.len() {
        let titles = Class::Role.bit() | Class::Honorific.bit();
        if !doc.is_any(i, titles) {
            continue;
        }
        let core = match side {
            TitleSide::Before => finder.behind(i),
            TitleSide::After => finder.ahead_of(i),
        };
        let free = |core: &Range<usize>| found.last().is_none_or(|m| m.full.end <= core.start);
        if let Some(core) = core.filter(free) {
            let role = doc.is(i, Class::Role).then_some(i..i + 1);
            found.push(mention(
                core.clone(),
                core.start.min(i)..core.end.max(i + 1),
                role,
            ));
        }
    }
    let more = finder.again(&found);
    found.extend(more);
    found.sort_by_key(|m| m.core.start);
    found
}

fn mention(core: Range<usize>, full: Range<usize>, role: Option<Range<usize>>) -> Mention {
    Mention {
        kind: MentionKind::Name,
        core,
        full,
        role,
        affiliation: None,
        entity: usize::MAX,
    }
}

struct Titled<'d, 'a> {
    doc: &'d Doc<'a>,
    rules: &'d NameRules,
    side: TitleSide,
}

impl Titled<'_, '_> {
    fn letters(&self, i: usize) -> usize {
        self.doc.word(i).chars().count()
    }

    /// Whether the token at `i` may be a part of a name; a single letter of the first place is one
    /// whatever else it means.
    fn is_part(&self, i: usize, first: bool) -> bool {
        let Some(token) = self.doc.tokens.get(i).filter(|t| t.is_word()) else {
            return false;
        };
        let word = self.doc.word(i);
        if self.rules.breaks.iter().any(|b| b == word) || token.flags & Token::CASELESS == 0 {
            return false;
        }
        let single = self.letters(i) == 1;
        let bare = !self.doc.is_any(i, OTHER);
        bare || single && (first || self.side == TitleSide::After)
    }

    /// The point between the parts of a foreign name.
    fn is_point(&self, i: usize) -> bool {
        self.doc.is_char(i, &['·', '・', '•'])
    }

    /// The name right behind a title.
    fn behind(&self, title: usize) -> Option<Range<usize>> {
        let start = title + 1;
        if self.doc.is(start, Class::Role) {
            return None;
        }
        let mut end = start;
        while end < start + REACH {
            let goes_on = self.is_part(end, end == start) && !self.starts_new(end, start)
                || end > start && self.is_point(end) && self.is_part(end + 1, true);
            if !goes_on {
                break;
            }
            end += 1;
        }
        self.checked(start..end, end)
    }

    /// The name right before a title.
    fn ahead_of(&self, title: usize) -> Option<Range<usize>> {
        if self.doc.tokens[title].is_line_start() {
            return None;
        }
        if self.doc.tokens[title].is_spaced() {
            return self.word_before(title);
        }
        let mut start = title;
        while start > 0 && title - start < REACH {
            let k = start - 1;
            if !(self.is_part(k, false) || self.is_point(k)) {
                break;
            }
            start = k;
            if self.doc.tokens[k].is_spaced() || self.doc.tokens[k].is_line_start() {
                break;
            }
        }
        while start < title && self.is_point(start) {
            start += 1;
        }
        // A country's letter behind a foreign name belongs to the title.
        let mut end = title;
        let syllabic = |i: usize| self.doc.word(i).chars().all(is_katakana);
        if end > start + 1 && syllabic(start) && !syllabic(end - 1) && syllabic(end - 2) {
            end -= 1;
        }
        // What stands before a listed family name is not part of it.
        let family = (start..end).find(|&k| {
            let name = self.doc.words(k..end);
            name.len() <= LONGEST_LISTED * LONGEST_LETTER
                && (2..=LONGEST_LISTED).contains(&name.chars().count())
                && self.rules.family_name(name).is_some()
        });
        self.checked(family.unwrap_or(start)..end, title)
    }

    /// The one word before a title, in a script that puts spaces between words.
    fn word_before(&self, title: usize) -> Option<Range<usize>> {
        let at = title.checked_sub(1)?;
        let word = self.doc.word(at);
        let family = self.rules.family_name(word)?;
        let given = word.chars().count() - family.chars().count();
        let closed = word
            .chars()
            .last()
            .is_some_and(|c| self.rules.never.contains(c));
        (self.is_part(at, false) && given == 2 && !closed).then_some(at..at + 1)
    }

    /// Whether another line or, without spaces, another word begins at `i`.
    fn starts_new(&self, i: usize, start: usize) -> bool {
        let token = &self.doc.tokens[i];
        i > start && token.is_spaced() || token.is_line_start()
    }

    /// A stretch of tokens when it looks like a name; `next` is the token behind the whole.
    fn checked(&self, tokens: Range<usize>, next: usize) -> Option<Range<usize>> {
        if tokens.is_empty() {
            return None;
        }
        let name = self.doc.words(tokens.clone());
        let letters = name.chars().count();
        let foreign = tokens.clone().any(|i| self.is_point(i)) || name.chars().all(is_katakana);
        if !foreign && letters > LONGEST_LISTED.max(LONGEST_UNLISTED) {
            return None;
        }
        let listed = !foreign && self.rules.family_name(name).is_some();
        let general = name.chars().any(|c| self.rules.never.contains(c));
        let fits = if foreign {
            (3..=LONGEST_FOREIGN).contains(&letters)
        } else if listed {
            (2..=LONGEST_LISTED).contains(&letters)
        } else {
            // A name that the list does not begin must be closed by something that is known.
            let closed = self.side == TitleSide::After
                || self
                    .doc
                    .is_any(next, Class::Cue.bit() | Class::Preposition.bit())
                || self.doc.kind(next) == TokenKind::Punct;
            (2..=LONGEST_UNLISTED).contains(&letters) && !general && closed
        };
        fits.then_some(tokens)
    }

    /// The places where a name stands again without its title.
    fn again(&self, found: &[Mention]) -> Vec<Mention> {
        let mut out = Vec::new();
        if found.is_empty() {
            return Vec::new();
        }
        let place = |i: usize| 1u128 << (self.doc.tokens[i].hash % u128::BITS);
        // Most tokens begin no name.
        let firsts = found.iter().fold(0, |all, m| all | place(m.core.start));
        let mut next = 0;
        let mut i = 0;
        while i < self.doc.tokens.len() {
            if firsts & place(i) == 0 {
                i += 1;
                continue;
            }
            while found.get(next).is_some_and(|m| m.full.end <= i) {
                next += 1;
            }
            if found.get(next).is_some_and(|m| m.full.contains(&i)) {
                i += 1;
                continue;
            }
            let longest = found
                .iter()
                .filter(|m| self.stands_at(&m.core, i))
                .map(|m| m.core.len())
                .max();
            if let Some(length) = longest {
                out.push(mention(i..i + length, i..i + length, None));
                i += length;
            } else {
                i += 1;
            }
        }
        out
    }

    /// Whether the words of a name stand at `i`.
    fn stands_at(&self, name: &Range<usize>, i: usize) -> bool {
        let first = &self.doc.tokens[name.start];
        self.doc.tokens[i].hash == first.hash
            && (0..name.len()).all(|k| {
                self.doc
                    .tokens
                    .get(i + k)
                    .is_some_and(|t| t.hash == self.doc.tokens[name.start + k].hash)
            })
            && (name.len() > 1 || self.letters(i) > 1)
    }
}

/// A letter of the syllabary that foreign names are written in.
const fn is_katakana(c: char) -> bool {
    matches!(c, '\u{30a1}'..='\u{30fc}')
}
