//! Responsible for the words of a source next to its expression: which of them name it, and which
//! already belong to the content.

use std::ops::Range;

use super::Context;
use crate::analyze::speakers::MentionKind;
use crate::analyze::speakers::phrase::{self, Phrase};
use crate::pack::grammar::{Grammar, Person};
use crate::pack::quotes::QuotePack;
use crate::text::lexicon::Class;
use crate::text::token::TokenKind;

/// How many characters a source expression has that says "according to" and nothing else.
const LONG_CUE: usize = 7;

impl Context<'_> {
    /// The name of a paper or body in marks: "as "Daily" writes".
    pub(super) fn marked_name(&self, open: usize, limit: usize) -> Option<Phrase> {
        let first = open + 1;
        if open >= limit
            || self.doc.kind(open) != TokenKind::Mark
            || !self.doc.tokens.get(first)?.is_capital()
        {
            return None;
        }
        let close =
            (first + 1..limit.min(open + 6)).find(|&i| self.doc.kind(i) == TokenKind::Mark)?;
        Some(Phrase {
            tokens: first..close,
            mention: self.speakers.mention_at(first),
            pronoun: None,
        })
    }

    /// Whether an unknown noun behind a long source expression closes with a comma or has the case that
    /// the expression asks for, in a language without articles.
    pub(super) fn closes_plainly(&self, source: &Phrase, cue: Range<usize>) -> bool {
        // "in the view of": two words or more ask for someone with a view.
        let view = cue.len() > 1;
        let long = self.doc.words(cue).chars().count() >= LONG_CUE;
        let few = source.tokens.len() <= 3;
        self.pack.grammar.articles.is_empty()
            && self.pack.meta.names.inflect
            && long
            && (few && self.is_comma(source.tokens.end)
                || view && QuotePack::is_governed(self.doc, source.tokens.start))
    }

    /// The part of a source without a comma behind it that has the case its expression asks for:
    /// its first noun and the words behind it with the same endings. What follows is the content.
    pub(super) fn governed_part(&self, source: Phrase) -> Phrase {
        let tokens = source.tokens.clone();
        let named = source.mention.is_some_and(|m| {
            let mention = &self.speakers.mentions[m];
            mention.kind == MentionKind::Name && mention.core.end >= tokens.end
        });
        if !self.pack.meta.names.inflect
            || named
            || source.pronoun.is_some()
            || tokens.len() < 2
            || self.is_comma(tokens.end)
        {
            return source;
        }
        let governed = |i: usize| QuotePack::is_governed(self.doc, i);
        let name_end = |i: usize| {
            let m = self.speakers.mention_at(i)?;
            let mention = &self.speakers.mentions[m];
            (mention.kind == MentionKind::Name).then_some(mention.core.end)
        };
        let noun = |i: &usize| self.doc.is_any(*i, Class::NOUNS) || name_end(*i).is_some();
        let head = tokens
            .clone()
            .find(noun)
            .or_else(|| tokens.clone().find(|&i| governed(i)));
        let Some(head) = head else {
            return source;
        };
        let mut end = name_end(head).unwrap_or(head + 1);
        while end < tokens.end {
            match name_end(end) {
                Some(next) => end = next,
                None if governed(end) => end += 1,
                None => break,
            }
        }
        let end = end.min(tokens.end);
        let last = self.speakers.mentions_in(tokens.start..end).last();
        Phrase {
            tokens: tokens.start..end,
            mention: source
                .mention
                .filter(|&m| self.speakers.mentions[m].core.end <= end)
                .or(last),
            pronoun: None,
        }
    }

    /// Whether words before a source belong to it: names, or words with the ending that its case
    /// asks for, not the beginning of the clause.
    pub(super) fn agrees(&self, mut words: Range<usize>, last: usize) -> bool {
        let ending = self.doc.word(last).chars().next_back();
        !self.pack.meta.names.inflect
            || words.all(|i| {
                self.doc.tokens[i].is_capital()
                    || !self.doc.tokens[i].is_word()
                    || self.doc.is_any(i, Class::NOUNS)
                    || self.doc.word(i).chars().next_back() == ending
            })
    }

    /// A source before its expression: from its name or noun on, the last word where there is none;
    /// whose document it is, not the document.
    pub(super) fn narrowed(&self, source: Phrase, floor: usize) -> Phrase {
        // A compound is as narrow as it can be.
        if source.pronoun.is_some() || self.pack.meta.names.genitive.is_some() {
            return source;
        }
        let last = source.tokens.end - 1;
        if self.doc.is(last, Class::Document) && last > source.tokens.start {
            let owner = last - 1;
            if Grammar::is_possessive(self.doc, owner) {
                return Phrase {
                    tokens: owner..last,
                    mention: None,
                    pronoun: Some(Person::Third),
                };
            }
            if let Some(found) = phrase::before(self.doc, self.pack, self.speakers, last, floor) {
                return found;
            }
        }
        let covers = |m: usize| {
            let mention = &self.speakers.mentions[m];
            mention.kind == MentionKind::Name || mention.core.end > last
        };
        let start = if let Some(m) = source.mention.filter(|&m| covers(m)) {
            let mention = &self.speakers.mentions[m];
            let first = mention.full.start.max(source.tokens.start);
            // "the transport company": from the article on, over attributes.
            let article = (source.tokens.start..first)
                .rev()
                .find(|&i| self.doc.is(i, Class::Determiner));
            match article {
                Some(article) if article + 1 < first && mention.kind != MentionKind::Name => {
                    article
                }
                _ => first,
            }
        } else {
            let article = (source.tokens.start..last)
                .rev()
                .find(|&i| self.doc.is(i, Class::Determiner));
            article.unwrap_or(last)
        };
        Phrase {
            tokens: start..source.tokens.end,
            ..source
        }
    }
}
