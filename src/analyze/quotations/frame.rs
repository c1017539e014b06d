//! Responsible for attribution: a reporting expression and its subject, before or after it.

use std::ops::Range;

use super::Context;
use crate::analyze::speakers::MentionKind;
use crate::analyze::speakers::phrase::{self, Phrase};
use crate::pack::grammar::Person;
use crate::pack::quotes::{CueKind, QuotePack};
use crate::text::lexicon::Class;
use crate::text::token::TokenKind;

/// How far behind its verb a particle may stand, in tokens.
const PARTICLE_REACH: usize = 14;

/// How far before its infinitive a modal may stand, in tokens.
const MODAL_REACH: usize = 4;

/// A reporting expression in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cue {
    /// Its tokens, an auxiliary before a participle included.
    pub(super) tokens: Range<usize>,
    /// What it does.
    pub(super) kind: CueKind,
    /// All that it may do.
    pub(super) kinds: u16,
    /// Whether its subject is that of the main clause.
    pub(super) adverbial: bool,
}

impl Cue {
    /// Whether the expression may do `kind`.
    pub(super) fn may(&self, kind: CueKind) -> bool {
        self.kinds & (1 << kind as u16) != 0
    }
}

/// An attribution: cue and subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Frame {
    /// The reporting expression.
    pub(super) cue: Cue,
    /// Who speaks.
    pub(super) subject: Option<Phrase>,
    /// Where cue and subject begin.
    pub(super) start: usize,
    /// The first token after both.
    pub(super) end: usize,
}

impl Context<'_> {
    /// The reporting expression that begins at `i`.
    #[inline]
    pub(super) fn cue_at(&self, i: usize, floor: usize) -> Option<Cue> {
        // Most tokens begin none.
        if self.doc.begins(i, Class::Cue) {
            self.read_cue(i, floor)
        } else {
            None
        }
    }

    fn read_cue(&self, i: usize, floor: usize) -> Option<Cue> {
        let doc = self.doc;
        let longest = doc.find_all(i, Class::Cue).map(|h| h.len).max()?;
        let mut cue = Cue {
            tokens: i..i + longest,
            kind: CueKind::Say,
            kinds: 0,
            adverbial: false,
        };
        // "varnar för att": before a complementiser the verb counts without its preposition too.
        let governs = doc.is(i + longest, Class::Complementiser);
        let hits = doc.find_all(i, Class::Cue);
        for hit in hits.filter(|h| h.len == longest || governs && h.len + 1 == longest) {
            let Some(kind) = CueKind::from_payload(hit.payload) else {
                continue;
            };
            if CueKind::particle(hit.payload).is_some_and(|p| !self.has_particle(i, p)) {
                continue;
            }
            if CueKind::is_adverbial(hit.payload) {
                cue.adverbial = true;
            } else if CueKind::is_participle(hit.payload) {
                let Some(auxiliary) = self.auxiliary_before(i, floor) else {
                    continue;
                };
                cue.tokens.start = auxiliary;
            } else if CueKind::is_infinitive(hit.payload) {
                let Some(modal) = self.modal_before(i, floor) else {
                    continue;
                };
                cue.tokens.start = modal;
            }
            if cue.kinds == 0 {
                cue.kind = kind;
            }
            cue.kinds |= 1 << kind as u16;
        }
        (cue.kinds != 0).then_some(cue)
    }

    /// Whether the particle of a separable verb follows in its clause.
    fn has_particle(&self, verb: usize, number: u32) -> bool {
        let ends = |&i: &usize| {
            let kind = self.doc.kind(i);
            (matches!(kind, TokenKind::Word | TokenKind::Number | TokenKind::Mark)
                || self.doc.is_char(i, &['(', ')', '/']))
                && !self.doc.tokens[i].is_line_start()
        };
        (verb + 1..self.doc.tokens.len().min(verb + PARTICLE_REACH))
            .take_while(ends)
            .any(|i| QuotePack::is_particle(self.doc, i, number))
    }

    /// The auxiliary that a participle at `i` depends on: near before it, or anywhere in a clause
    /// whose verbs stand at the end.
    fn auxiliary_before(&self, i: usize, floor: usize) -> Option<usize> {
        let near = i.saturating_sub(4).max(floor);
        let at = (near..i)
            .rev()
            .take_while(|&k| self.doc.kind(k) == TokenKind::Word)
            .find(|&k| self.doc.is(k, Class::Auxiliary));
        at.or_else(|| {
            // Far ones do not lengthen the cue.
            let reach = if self.pack.meta.names.owner_behind {
                4
            } else {
                25
            };
            let far = i.saturating_sub(reach).max(floor);
            (far..i)
                .rev()
                .find(|&k| self.doc.is(k, Class::Auxiliary))
                .map(|_| i)
        })
        .or_else(|| {
            (i + 1 < self.doc.tokens.len() && self.doc.is(i + 1, Class::Auxiliary)).then_some(i)
        })
    }

    /// The modal that an infinitive at `i` depends on, near before it and not negated: "can confirm".
    fn modal_before(&self, i: usize, floor: usize) -> Option<usize> {
        let near = i.saturating_sub(MODAL_REACH).max(floor);
        let parts = Class::Cue.bit() | Class::Verb.bit() | Class::Complementiser.bit();
        let modal = (near..i)
            .rev()
            .take_while(|&k| {
                self.doc.kind(k) == TokenKind::Word
                    && (self.doc.is(k, Class::Modal) || !self.doc.is_any(k, parts))
            })
            .find(|&k| self.doc.is(k, Class::Modal))
            .filter(|&k| !QuotePack::is_necessity(self.doc, k))?;
        // "se puede decir que": nobody says it; "doivent s'assurer que": nothing is said.
        let clitic = |k: usize| self.pack.quotes.is_clitic(self.doc, k);
        if modal > floor && clitic(modal - 1) || modal + 1 < i && clitic(i - 1) {
            return None;
        }
        let negated = (modal.saturating_sub(1).max(floor)..i).any(|k| {
            self.doc.is(k, Class::Negation) || self.doc.is(k, Class::Conditional) && k < modal
        });
        (!negated).then_some(modal)
    }

    /// The attribution that begins at `at`: verb and subject, or subject and verb.
    pub(super) fn frame_at(&self, at: usize, limit: usize) -> Option<Frame> {
        self.verb_first(at, limit)
            .or_else(|| self.auxiliary_first(at, limit))
            .or_else(|| self.subject_first(at, limit))
            .or_else(|| self.behind_circumstance(at, limit))
    }

    /// "has X said", "hatte X in einem Interview erklärt": auxiliary, subject, participle.
    fn auxiliary_first(&self, at: usize, limit: usize) -> Option<Frame> {
        if !(self.pack.quotes.verb_second && self.doc.is(at, Class::Auxiliary)) {
            return None;
        }
        let subject = phrase::from(self.doc, self.pack, self.speakers, at + 1, limit)
            .filter(|p| self.can_speak(p))?;
        let from = subject.tokens.end;
        let mut cue = (from..limit.min(from + 12))
            .take_while(|&i| !self.is_comma(i) && !self.is_stop(i))
            .find_map(|i| {
                let cue = self.cue_at(i, at).filter(|_| self.is_participle(i))?;
                Some(Cue {
                    tokens: i..cue.tokens.end,
                    ..cue
                })
            })?;
        cue.adverbial = false;
        Some(Frame {
            start: at,
            end: cue.tokens.end,
            cue,
            subject: Some(subject),
        })
    }

    /// "…, after the meeting said X": a phrase of time or place before the verb.
    fn behind_circumstance(&self, at: usize, limit: usize) -> Option<Frame> {
        if !self.doc.is(at, Class::Preposition) || self.doc.is(at, Class::Determiner) {
            return None;
        }
        let other = Class::Relative.bit() | Class::Complementiser.bit() | Class::Coordinator.bit();
        let verb = (at + 1..limit.min(at + 6))
            .take_while(|&i| {
                matches!(self.doc.kind(i), TokenKind::Word | TokenKind::Number)
                    && !self.doc.is_any(i, other)
            })
            .find(|&i| i > at + 1 && self.doc.is(i, Class::Cue))?;
        self.verb_first(verb, limit)
            .filter(|f| f.cue.tokens.start == verb && f.cue.may(CueKind::Say))
    }

    /// "said X", with a few small words before the verb.
    fn verb_first(&self, at: usize, limit: usize) -> Option<Frame> {
        let small = Class::Adverb.bit()
            | Class::Auxiliary.bit()
            | Class::CueParticle.bit()
            | Class::Pronoun.bit()
            | Class::Negation.bit()
            | Class::Stop.bit();
        for i in at..limit.min(at + 5) {
            if let Some(cue) = self.cue_at(i, at) {
                if cue.kind == CueKind::Impersonal {
                    return Some(self.impersonal(at, cue, limit));
                }
                let mut end = cue.tokens.end;
                // "a-t-il déclaré": the subject stands between auxiliary and participle.
                let inner = (at..i).find_map(|k| self.pronoun_at(k));
                let subject = match inner {
                    Some(subject) => Some(subject),
                    None => self.subject_after(end, limit),
                };
                let subject = subject
                    .or_else(|| self.place_behind(&cue, limit))
                    .or_else(|| self.bare_noun(end, limit));
                if let Some(subject) = subject {
                    end = end.max(subject.tokens.end);
                    return Some(Frame {
                        start: at,
                        cue,
                        subject: Some(subject),
                        end,
                    });
                }
                return None;
            }
            // "has for AGENCY said": a phrase that is listed as one.
            if phrase::over_between(self.doc, i, limit) > i {
                continue;
            }
            if !self.doc.is_any(i, small) || self.doc.kind(i) != TokenKind::Word {
                return None;
            }
        }
        None
    }

    /// A single noun that closes the sentence behind a verb of saying: "säger pappa."
    fn bare_noun(&self, at: usize, limit: usize) -> Option<Phrase> {
        let other = Class::Stop.bit()
            | Class::Adverb.bit()
            | Class::Negation.bit()
            | Class::Preposition.bit()
            | Class::Verb.bit()
            | Class::Pronoun.bit()
            | Class::CueParticle.bit();
        let word = self
            .doc
            .tokens
            .get(at)
            .filter(|t| t.is_word() && at < limit)?;
        let closes = at + 1 >= limit
            || self.doc.is_char(at + 1, &['.', '!', ','])
            || self.doc.is(at + 1, Class::Preposition);
        (closes && !self.doc.is_any(at, other) && word.end - word.start >= 4).then_some(Phrase {
            tokens: at..at + 1,
            mention: None,
            pronoun: None,
        })
    }

    fn pronoun_at(&self, i: usize) -> Option<Phrase> {
        let person = self.pack.grammar.person(self.doc, i)?;
        let clitic = self.pack.quotes.is_clitic(self.doc, i);
        (!clitic).then_some(Phrase {
            tokens: i..i + 1,
            mention: None,
            pronoun: Some(person),
        })
    }

    /// The subject behind a verb: right there, or after a phrase of place or time.
    pub(super) fn subject_after(&self, at: usize, limit: usize) -> Option<Phrase> {
        let doc = self.doc;
        let direct =
            phrase::after(doc, self.pack, self.speakers, at, limit).filter(|p| self.can_speak(p));
        // "told AGENCY after the vote the senator Ann Ek": an agency alone may be the one told.
        let told = |p: &Phrase| {
            p.tokens.len() == 1 && p.pronoun.is_none() && doc.is(p.tokens.start, Class::CueParticle)
        };
        match direct {
            Some(found) if !told(&found) => Some(found),
            direct => self.subject_behind(at, limit).or(direct),
        }
    }

    /// The next person behind a verb, over phrases of time and place.
    fn subject_behind(&self, at: usize, limit: usize) -> Option<Phrase> {
        let doc = self.doc;
        // "a lancé à la tribune le député X": the next person who is no object of a preposition.
        let lead = Class::Adverb.bit()
            | Class::RelativeDay.bit()
            | Class::Weekday.bit()
            | Class::Role.bit();
        let mut governed_end = self.over_governed(at);
        for i in at + 1..limit.min(at + 12) {
            if doc.kind(i) == TokenKind::Punct
                && !(self.is_comma(i) && self.speakers.mention_at(i + 1).is_none() && i > at + 1)
                || doc.is(i, Class::Complementiser)
            {
                return None;
            }
            governed_end = governed_end.max(self.over_governed(i));
            let behind = doc.is(i - 1, Class::Preposition);
            let post = self.pack.quotes.postpositions;
            if i < governed_end || behind && !post {
                continue;
            }
            let name = self.speakers.mention_at(i).is_some_and(|m| {
                let mention = &self.speakers.mentions[m];
                mention.core.start == i
                    && mention.kind == MentionKind::Name
                    && (doc.is_any(i - 1, lead) || i == governed_end || behind)
            });
            // "said on Monday new minister Ann Ek": an attribute before the title.
            let title = doc.is(i, Class::Role) || doc.classes(i) == 0 && doc.is(i + 1, Class::Role);
            let titled = (i == governed_end || behind) && title;
            if doc.is(i, Class::Determiner) || name || titled {
                let found = phrase::from(doc, self.pack, self.speakers, i, limit);
                let person = found.filter(|p| p.mention.is_some_and(|m| self.speaks(m)));
                if person.is_some() {
                    return person;
                }
            }
        }
        None
    }

    /// Where the noun or name ends that a preposition at `at` governs; 0 if none stands there.
    fn over_governed(&self, at: usize) -> usize {
        let before = self.doc.is(at, Class::Preposition) && !self.pack.quotes.postpositions;
        if !before || self.doc.is(at, Class::Determiner) {
            return 0;
        }
        let mut noun = at
            + self
                .doc
                .find(at, Class::Preposition)
                .map_or(1, |hit| hit.len);
        while self.doc.is(noun, Class::Determiner) {
            noun += 1;
        }
        match self.speakers.mention_at(noun) {
            Some(m) => self.speakers.mentions[m].core.end,
            None => noun + 1,
        }
    }

    /// Whether a mention is of someone rather than of a place or thing.
    pub(super) fn speaks(&self, m: usize) -> bool {
        let mention = &self.speakers.mentions[m];
        match mention.kind {
            MentionKind::Name => self
                .speakers
                .entity_of(m)
                .is_some_and(|e| self.speakers.entities[e].is_person() || mention.role.is_some()),
            MentionKind::Role | MentionKind::Organisation | MentionKind::Group => true,
        }
    }

    /// "X said", with a few small words between.
    fn subject_first(&self, at: usize, limit: usize) -> Option<Frame> {
        let doc = self.doc;
        let mut subject = phrase::from(doc, self.pack, self.speakers, at, limit)
            .filter(|p| self.can_speak(p) || self.is_lone_noun(p, limit))?;
        let mut i = subject.tokens.end;
        let mention = subject.mention.map(|m| &self.speakers.mentions[m]);
        if let Some(m) = mention.filter(|m| m.full.end > i && m.full.end < limit) {
            i = m.full.end;
        }
        // An age in brackets: 佐藤花子さん（72）は.
        if doc.is_char(i, &['(', '（'])
            && let Some(close) = (i + 1..limit.min(i + 4)).find(|&k| doc.is_char(k, &[')', '）']))
        {
            i = close + 1;
        }
        // An apposition between commas.
        if doc.is_char(i, &[',']) {
            let close = (i + 1..limit.min(i + 14)).find(|&k| doc.is_char(k, &[',']))?;
            // "a shop, a school, said Bo Ek": the verb has its subject behind it.
            let inverted = !self.pack.quotes.subject_first
                && self
                    .verb_first(close + 1, limit)
                    .and_then(|f| f.subject)
                    .is_some_and(|p| p.mention.is_some_and(|m| self.speaks(m)));
            if inverted {
                return None;
            }
            // "its chief executive, Bo Ek, said": the name stands in the apposition.
            if mention.is_none_or(|m| m.kind != MentionKind::Name) {
                let named = self
                    .speakers
                    .mention_at(i + 1)
                    .filter(|&m| self.speakers.mentions[m].kind == MentionKind::Name);
                if let Some(m) = named {
                    subject = Phrase {
                        tokens: self.speakers.mentions[m].core.clone(),
                        mention: Some(m),
                        pronoun: None,
                    };
                }
            }
            i = close + 1;
        }
        let from = i;
        while i < limit && i < from + 4 {
            if let Some(cue) = self.cue_at(i, subject.tokens.end) {
                let end = cue.tokens.end;
                return Some(Frame {
                    start: at,
                    cue,
                    subject: Some(subject),
                    end,
                });
            }
            let small = Class::Adverb.bit()
                | Class::Auxiliary.bit()
                | Class::CueParticle.bit()
                | Class::Negation.bit();
            if !doc.is_any(i, small) {
                return None;
            }
            i += 1;
        }
        None
    }

    /// Whether a phrase is one unknown noun before a verb of saying that closes the sentence, where
    /// subjects always stand first: "…, vanhus sanoi."
    fn is_lone_noun(&self, phrase: &Phrase, limit: usize) -> bool {
        let at = phrase.tokens.start;
        self.pack.quotes.subject_first
            && phrase.tokens.len() == 1
            && self.doc.classes(at) == 0
            && self
                .cue_at(at + 1, at)
                .is_some_and(|c| c.tokens.end >= limit || self.is_stop(c.tokens.end))
    }

    /// Whether a phrase can be a speaker: a person or body, a pronoun of the third person, or a noun.
    pub(super) fn can_speak(&self, phrase: &Phrase) -> bool {
        if let Some(person) = phrase.pronoun {
            return !matches!(person, Person::You | Person::One);
        }
        if QuotePack::is_object_article(self.doc, phrase.tokens.start)
            || self.is_oblique(phrase)
            || self.doc.is(phrase.tokens.end - 1, Class::Relative)
        {
            return false;
        }
        if phrase.mention.is_some() {
            return true;
        }
        // A noun with its article, or a capital word that the lexicon does not know.
        let first = phrase.tokens.start;
        let words = phrase.tokens.len();
        words <= 8
            && (self.doc.is(first, Class::Determiner) && words > 1
                || self.doc.is(first, Class::Document)
                || (self.doc.tokens[first].is_capital() && !self.doc.is(first, Class::Stop))
                || self.pack.meta.text.caseless
                    && (self.pack.meta.names.genitive.is_none()
                        || self.begins_with_family_name(&phrase.tokens))
                    && !self.doc.is_any(
                        first,
                        Class::Stop.bit() | Class::Adverb.bit() | Class::Preposition.bit(),
                    ))
    }

    /// Whether words are as long as a name and begin with a listed family name.
    fn begins_with_family_name(&self, words: &Range<usize>) -> bool {
        let name = self.doc.words(words.clone());
        (3..=6).contains(&name.chars().count()) && self.pack.meta.names.family_name(name).is_some()
    }
}
