//! Responsible for compounds in scripts without spaces: where the noun that ends at a word begins,
//! since neither a space nor a capital shows it. 朝日|新聞 is one body, フジテレビの報道 the report
//! of another.

use std::ops::Range;

use crate::pack::Pack;
use crate::text::doc::Doc;
use crate::text::lexicon::Class;
use crate::text::token::{Token, TokenKind};
use crate::text::tokenize::is_unspaced;

/// How many tokens a compound has at most; an unlisted letter is a token.
const LONGEST: usize = 16;
/// How many tokens an abbreviation in brackets has at most.
const LONGEST_BRACKETS: usize = 8;
/// How many nouns a genitive ties to each other at most.
const MOST_LINKS: usize = 4;

/// Words that end a compound on its left: all that ties words to each other.
const OTHER: u64 = (Class::FUNCTION & !Class::Determiner.bit())
    | Class::SourceCue.bit()
    | Class::Cue.bit()
    | Class::Verb.bit();
/// Times end one too, unless they are one letter: 秋田 is a place.
const TIMES: u64 = Class::Weekday.bit() | Class::Month.bit() | Class::RelativeDay.bit();

/// The first token of the compound that ends with the token at `last`, not below `floor`.
pub(super) fn start(doc: &Doc<'_>, pack: &Pack, last: usize, floor: usize) -> usize {
    let mut start = last;
    while start > floor
        && last - start < LONGEST
        && !doc.tokens[start].is_spaced()
        && !doc.tokens[start].is_line_start()
        && is_part(doc, pack, start - 1)
    {
        start -= 1;
    }
    start
}

/// The tokens of the source or subject whose last word is at `last`: whose report it is where the
/// noun is a document, with its body where it is a function.
pub(super) fn phrase(
    doc: &Doc<'_>,
    pack: &Pack,
    last: usize,
    floor: usize,
) -> Option<Range<usize>> {
    let mut last = last;
    for _ in 0..MOST_LINKS {
        if !is_part(doc, pack, last) {
            return None;
        }
        let start = start(doc, pack, last, floor);
        let owner = owner(doc, pack, start, floor);
        if doc.is(last, Class::Document) || start == last && doc.is(last, Class::Determiner) {
            if let Some(owner) = owner.filter(|&i| is_part(doc, pack, i)) {
                last = owner;
                continue;
            }
            if start < last && !doc.is(start, Class::Determiner) {
                last -= 1;
                continue;
            }
        }
        let function = Class::Role.bit() | Class::People.bit();
        return match owner {
            Some(owner) if doc.is_any(last, function) && is_part(doc, pack, owner) => {
                Some(self::start(doc, pack, owner, floor)..last + 1)
            }
            _ => Some(start..last + 1),
        };
    }
    None
}

/// The last token of the noun that a genitive ties to the compound at `start`, over an abbreviation
/// in brackets.
fn owner(doc: &Doc<'_>, pack: &Pack, start: usize, floor: usize) -> Option<usize> {
    let genitive = start.checked_sub(1).filter(|&i| i > floor)?;
    if pack.meta.names.genitive.as_deref() != Some(doc.word(genitive)) {
        return None;
    }
    let last = genitive - 1;
    if !doc.is_char(last, &[')', '）']) {
        return Some(last);
    }
    let low = floor.max(last.saturating_sub(LONGEST_BRACKETS));
    let open = (low..last).rev().find(|&i| doc.is_char(i, &['(', '（']))?;
    open.checked_sub(1).filter(|&i| i >= floor)
}

/// Whether the token at `i` may stand inside a compound.
fn is_part(doc: &Doc<'_>, pack: &Pack, i: usize) -> bool {
    if !doc.tokens.get(i).is_some_and(Token::is_word) {
        return false;
    }
    let word = doc.word(i);
    let solid = word
        .chars()
        .next()
        .is_some_and(|c| c.is_ascii_alphabetic() || is_unspaced(c) && !is_hiragana(c));
    // 10日 and 3人 count something; 朝日 is a name.
    let single = word.chars().nth(1).is_none();
    let counted = i > 0 && doc.kind(i - 1) == TokenKind::Number;
    let counts = counted && (single || doc.is(i, Class::TimeUnit));
    solid
        && !counts
        && !doc.is_any(i, OTHER)
        && (single || !doc.is_any(i, TIMES))
        && !pack.meta.names.breaks.iter().any(|b| b == word)
}

/// A letter of the syllabary that particles and endings are written in.
const fn is_hiragana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{309f}')
}
