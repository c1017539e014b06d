//! Responsible for what the parts of the stance stage ask of a document at a token: grammar classes,
//! helper words, and the quotation it stands in.

use std::cell::RefCell;
use std::ops::Range;

use crate::analyze::speakers::{MentionKind, Speakers};
use crate::model::record::{Quotation, QuotationKind};
use crate::pack::Pack;
use crate::pack::grammar::Person;
use crate::pack::stances::{Help, Place, Side, StancePack, Voice};
use crate::text::doc::{Doc, Hit};
use crate::text::lexicon::Class;
use crate::text::token::TokenKind;

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

    pub(super) fn is(&self, i: usize, class: Class) -> bool {
        self.doc.is(i, class)
    }

    /// The longest helper word of a kind at a token, in tokens.
    pub(super) fn help(&self, i: usize, help: Help) -> Option<usize> {
        self.doc
            .find_all(i, Class::StanceWord)
            .find(|h| h.payload == help as u32)
            .map(|h| h.len)
    }

    pub(super) fn is_help(&self, i: usize, help: Help) -> bool {
        self.help(i, help).is_some()
    }

    /// A phrase of a frame at a token.
    pub(super) fn frame(&self, i: usize, ids: &[u32]) -> Option<usize> {
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

    pub(super) fn is_comma(&self, i: usize) -> bool {
        self.doc.is_char(i, &[',', '،', '、', '，'])
    }

    /// Whether a token ends whatever phrase stands before it.
    pub(super) fn is_break(&self, i: usize) -> bool {
        match self.doc.kind(i) {
            TokenKind::Punct => {
                self.doc.is_char(
                    i,
                    &[
                        ';', ':', '.', '!', '?', '…', '؛', '؟', '·', '\u{37e}', '。', '！', '？',
                        '；', '：',
                    ],
                ) || self.doc.word(i).starts_with(['.', '!', '?', '…'])
            }
            TokenKind::Dash => self.doc.tokens[i].is_spaced(),
            _ => false,
        }
    }

    pub(super) fn is_mark(&self, i: usize) -> bool {
        self.doc.kind(i) == TokenKind::Mark
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
    pub(super) fn is_finite(&self, i: usize) -> bool {
        const VERBS: u64 = Class::Auxiliary.bit()
            | Class::Modal.bit()
            | Class::Verb.bit()
            | Class::Cue.bit()
            | Class::Attitude.bit();
        if self.is_capital_noun(i) {
            return false;
        }
        // "the company's": a genitive, no verb, unless a pronoun stands before it.
        if i > 0 && self.doc.word(i).starts_with(['\'', '’']) && !self.is(i - 1, Class::Pronoun) {
            return false;
        }
        self.doc.is_any(i, VERBS) && !self.is(i, Class::Preposition) || self.is_cue_verb(i)
    }

    /// A capitalised word inside a sentence of a language that writes its nouns so.
    pub(super) fn is_capital_noun(&self, i: usize) -> bool {
        self.pack.meta.text.capital_nouns
            && self.is_capital(i)
            && i > self.sentence(i).start
            && !self.is_mark(i - 1)
            && !self.is_break(i - 1)
    }

    /// Whether a token is a verb among the stance cues.
    pub(super) fn is_cue_verb(&self, i: usize) -> bool {
        use crate::pack::stances::Shape;
        const NO_VERB: u64 = Class::Pronoun.bit()
            | Class::Negation.bit()
            | Class::Adverb.bit()
            | Class::Determiner.bit();
        if self.is(i, Class::Preposition) {
            return false;
        }
        // Of a cue of several words the first one is the verb, where the verb comes first.
        let phrase = || {
            self.words().place == Place::After
                && self.doc.begins(i, Class::Stance)
                && !self.doc.is_any(i, NO_VERB)
        };
        if !self.is(i, Class::Stance) && !phrase() {
            return false;
        }
        self.doc.find_all(i, Class::Stance).any(|h| {
            self.words().cue(h.payload).is_some_and(|(g, v)| {
                matches!(v, Voice::Active | Voice::Passive)
                    && matches!(
                        g.shape,
                        Shape::Verb | Shape::Label | Shape::Warning | Shape::Should
                    )
            })
        })
    }

    /// Words that may stand between a verb and its subject or object.
    pub(super) fn is_filler(&self, i: usize) -> bool {
        const FILLERS: u64 = Class::Adverb.bit()
            | Class::Negation.bit()
            | Class::Intensifier.bit()
            | Class::Hedge.bit();
        (self.doc.is_any(i, FILLERS) && !self.is(i, Class::Preposition))
            || self.is_help(i, Help::Reflexive)
            || self.is_help(i, Help::Past)
    }

    /// A time word: day, month, unit of time, or a part of the day among the pack's own.
    pub(super) fn is_time(&self, i: usize) -> bool {
        const TIME: u64 = Class::Weekday.bit()
            | Class::Month.bit()
            | Class::RelativeDay.bit()
            | Class::TimeUnit.bit();
        self.doc.is_any(i, TIME) || self.is_help(i, Help::When)
    }

    /// The tokens of the sentence that holds a token.
    pub(super) fn sentence(&self, i: usize) -> Range<usize> {
        self.doc
            .sentence_of(i)
            .map_or(i..i, |s| self.doc.sentences[s].tokens.clone())
    }

    /// Whether a negation stands in a range, "not only" left out; its place.
    pub(super) fn negation_in(&self, range: Range<usize>) -> Option<usize> {
        range.into_iter().find(|&i| self.is_negation(i))
    }

    pub(super) fn is_negation(&self, i: usize) -> bool {
        let inserted = i > 0
            && self.is_comma(i - 1)
            && (i + 1..i + 5).any(|k| self.is_comma(k))
            && !self.is_finite(i + 1);
        // A negation inside a name ("Máire Ní Bhriain") is part of it.
        let named = self
            .speakers
            .mention_at(i)
            .is_some_and(|m| self.speakers.mentions[m].kind == MentionKind::Name);
        self.doc.find(i, Class::Negation).is_some_and(|h: Hit| {
            !named
                && !self.is_help(i + h.len, Help::Only)
                && !self.is_help(i + 1, Help::Only)
                && !inserted
        })
    }

    pub(super) fn side_of(&self, payload: u32) -> Option<Side> {
        self.words().cue(payload).map(|(g, _)| g.side)
    }
}
