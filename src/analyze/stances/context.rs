//! Responsible for what the parts of the stance stage ask of a document at a token: grammar classes,
//! helper words, and the quotation it stands in.

use std::cell::{Cell, RefCell};
use std::ops::Range;

use super::known::{BREAK, COMMA, CUE_VERB, FILLER, FINITE, Known, MARK, TIME};
use crate::analyze::speakers::{MentionKind, Speakers};
use crate::model::record::{Quotation, QuotationKind};
use crate::pack::Pack;
use crate::pack::grammar::Person;
use crate::pack::stances::{Help, Side, StancePack};
use crate::text::doc::Doc;
use crate::text::lexicon::Class;

/// No quotation.
const NONE: u16 = u16::MAX;

/// A document with all that stances need.
pub(super) struct Context<'a> {
    pub(super) doc: &'a Doc<'a>,
    pub(super) pack: &'a Pack,
    pub(super) speakers: &'a Speakers,
    pub(super) quotations: &'a [Quotation],
    /// The innermost quotation of each token.
    regions: Vec<u16>,
    /// What is known of each token.
    pub(super) known: Known,
    /// The sentence that was asked for last.
    last_sentence: Cell<usize>,
    /// The target of the stance found last.
    pub(super) last_target: RefCell<Option<Range<usize>>>,
}

impl<'a> Context<'a> {
    pub(super) fn new(
        doc: &'a Doc<'a>,
        pack: &'a Pack,
        speakers: &'a Speakers,
        quotations: &'a [Quotation],
    ) -> Self {
        let mut regions = Vec::new();
        if !quotations.is_empty() {
            regions.resize(doc.tokens.len(), NONE);
            for (n, quotation) in quotations.iter().enumerate().take(NONE as usize) {
                for &(start, end) in &quotation.spans {
                    let from = doc.token_at(start);
                    let to = from
                        + doc.tokens[from..]
                            .iter()
                            .take_while(|t| t.start < end)
                            .count();
                    regions[from..to].fill(n as u16);
                }
            }
        }
        Self {
            doc,
            pack,
            speakers,
            quotations,
            regions,
            known: Known::new(doc.tokens.len()),
            last_sentence: Cell::new(0),
            last_target: RefCell::new(None),
        }
    }

    pub(super) fn words(&self) -> &'a StancePack {
        &self.pack.stances
    }

    /// The quotation that a token stands in.
    pub(super) fn quotation(&self, i: usize) -> Option<&'a Quotation> {
        self.region(i).map(|n| &self.quotations[n])
    }

    /// The number of the quotation that a token stands in.
    pub(super) fn region(&self, i: usize) -> Option<usize> {
        self.regions
            .get(i)
            .filter(|n| **n != NONE)
            .map(|n| *n as usize)
    }

    /// Whether verbatim speech begins or ends between two tokens.
    pub(super) fn is_speech_border(&self, a: usize, b: usize) -> bool {
        let (x, y) = (self.region(a), self.region(b));
        let direct =
            |n: Option<usize>| n.is_some_and(|n| self.quotations[n].kind == QuotationKind::Direct);
        x != y && (direct(x) || direct(y))
    }

    #[inline]
    pub(super) fn is(&self, i: usize, class: Class) -> bool {
        self.doc.is(i, class)
    }

    /// The longest helper word of a kind at a token, in tokens.
    pub(super) fn help(&self, i: usize, help: Help) -> Option<usize> {
        if !self.is_help(i, help) {
            return None;
        }
        self.doc
            .find_all(i, Class::StanceWord)
            .find(|h| h.payload == help as u32)
            .map(|h| h.len)
    }

    /// A phrase of a frame at a token.
    pub(super) fn frame(&self, i: usize, ids: &[u32]) -> Option<usize> {
        if !self.doc.begins(i, Class::StanceFrame) {
            return None;
        }
        self.doc
            .find_all(i, Class::StanceFrame)
            .find(|h| ids.contains(&h.payload))
            .map(|h| h.len)
    }

    /// Whether a class holds at `i` for a word or for a phrase that starts there; its length.
    pub(super) fn span_of(&self, i: usize, class: Class) -> Option<usize> {
        self.doc.find(i, class).map(|h| h.len)
    }

    /// Whether an expression of source begins at a token; a bare preposition ("for the unions it is
    /// …") does so only at the start of a clause.
    pub(super) fn is_source(&self, i: usize) -> bool {
        const POINTING: u64 = Class::Determiner.bit() | Class::Pronoun.bit() | Class::Adverb.bit();
        self.span_of(i, Class::SourceCue).is_some_and(|len| {
            if len == 1 && self.doc.is_any(i, POINTING) {
                return false;
            }
            len > 1
                || !self.is(i, Class::Preposition)
                || i == 0
                || self.is_comma(i - 1)
                || i == self.sentence(i).start
        })
    }

    #[inline]
    pub(super) fn is_comma(&self, i: usize) -> bool {
        self.known(i) & COMMA != 0
    }

    /// Whether a token ends whatever phrase stands before it.
    #[inline]
    pub(super) fn is_break(&self, i: usize) -> bool {
        self.known(i) & BREAK != 0
    }

    #[inline]
    pub(super) fn is_mark(&self, i: usize) -> bool {
        self.known(i) & MARK != 0
    }

    pub(super) fn is_capital(&self, i: usize) -> bool {
        self.doc
            .tokens
            .get(i)
            .is_some_and(crate::text::token::Token::is_capital)
    }

    /// The pronoun at a token.
    pub(super) fn person(&self, i: usize) -> Option<Person> {
        // The first word of a longer name ("Sinn Féin") is none.
        let mention = self.speakers.mention_at(i);
        if mention.is_some_and(|m| {
            let m = &self.speakers.mentions[m];
            m.kind == MentionKind::Name && m.core.len() > 1
        }) {
            return None;
        }
        // A form of address that is another pronoun as well is the other one.
        let mut persons = self
            .doc
            .find_all(i, Class::Pronoun)
            .filter_map(|h| Person::from_payload(h.payload));
        let first = persons.next()?;
        if first == Person::You {
            return Some(persons.next().unwrap_or(first));
        }
        Some(first)
    }

    pub(super) fn is_first_person(&self, i: usize) -> bool {
        matches!(self.person(i), Some(Person::I | Person::We | Person::One))
    }

    /// Whether a token is a finite verb, as far as the lexicon knows.
    #[inline]
    pub(super) fn is_finite(&self, i: usize) -> bool {
        self.known(i) & FINITE != 0
    }

    /// Whether a token is a verb among the stance cues.
    #[inline]
    pub(super) fn is_cue_verb(&self, i: usize) -> bool {
        self.known(i) & CUE_VERB != 0
    }

    /// Words that may stand between a verb and its subject or object.
    #[inline]
    pub(super) fn is_filler(&self, i: usize) -> bool {
        self.known(i) & FILLER != 0
    }

    /// A time word: day, month, unit of time, or a part of the day among the pack's own.
    #[inline]
    pub(super) fn is_time(&self, i: usize) -> bool {
        self.known(i) & TIME != 0
    }

    /// The tokens of the sentence that holds a token.
    pub(super) fn sentence(&self, i: usize) -> Range<usize> {
        let sentences = &self.doc.sentences;
        // Mostly the same sentence is asked for.
        let last = sentences.get(self.last_sentence.get());
        if let Some(last) = last.filter(|s| s.tokens.contains(&i)) {
            return last.tokens.clone();
        }
        let Some(at) = self.doc.sentence_of(i) else {
            return i..i;
        };
        self.last_sentence.set(at);
        sentences[at].tokens.clone()
    }

    /// Whether a negation stands in a range, "not only" left out; its place.
    pub(super) fn negation_in(&self, range: Range<usize>) -> Option<usize> {
        range.into_iter().find(|&i| self.is_negation(i))
    }

    pub(super) fn is_negation(&self, i: usize) -> bool {
        let Some(hit) = self.doc.find(i, Class::Negation) else {
            return false;
        };
        let inserted = || {
            i > 0
                && self.is_comma(i - 1)
                && (i + 1..i + 5).any(|k| self.is_comma(k))
                && !self.is_finite(i + 1)
        };
        // A negation inside a name ("Máire Ní Bhriain") is part of it.
        let named = || {
            self.speakers
                .mention_at(i)
                .is_some_and(|m| self.speakers.mentions[m].kind == MentionKind::Name)
        };
        !(self.is_help(i + hit.len, Help::Only)
            || self.is_help(i + 1, Help::Only)
            || inserted()
            || named())
    }

    pub(super) fn side_of(&self, payload: u32) -> Option<Side> {
        self.words().cue(payload).map(|(g, _)| g.side)
    }
}
