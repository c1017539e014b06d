//! Responsible for the subject of a reporting verb in the middle of its clause: right before it,
//! shared with a verb before "and", the noun that a relative clause hangs on, or behind the verb.

use super::Context;
use super::frame::{Cue, Frame};
use crate::analyze::speakers::MentionKind;
use crate::analyze::speakers::phrase::{self, Phrase};
use crate::pack::quotes::{CueKind, QuotePack};
use crate::text::lexicon::Class;

/// How many phrases in other cases may stand between a subject and its verb.
const MOST_OBLIQUE: usize = 3;

impl Context<'_> {
    /// The attribution of a cue in the middle of its clause `lo..hi`.
    pub(super) fn frame_of(&self, cue: Cue, lo: usize, hi: usize) -> Frame {
        if cue.adverbial {
            let (start, end) = (cue.tokens.start, cue.tokens.end);
            let subject = self.subject_of(lo..start);
            return Frame {
                cue,
                subject,
                start,
                end,
            };
        }
        if cue.kind == CueKind::Impersonal {
            return self.impersonal(cue.tokens.start, cue, hi);
        }
        if let Some(subject) = self.between(&cue) {
            return Frame {
                start: cue.tokens.start,
                end: cue.tokens.end,
                subject: Some(subject),
                cue,
            };
        }
        if let Some(subject) = self.marked_subject(lo, cue.tokens.start) {
            return Frame {
                start: cue.tokens.start,
                end: cue.tokens.end,
                subject: Some(subject),
                cue,
            };
        }
        let before = self.direct_case(cue.tokens.start, lo);
        let (adjacent, governed): (Option<Phrase>, Option<Phrase>) = match before {
            Some(p) if self.pack.quotes.verb_final || self.adjacent(&p, &cue, lo) => {
                (Some(p), None)
            }
            other => (None, other),
        };
        let (start, end) = (cue.tokens.start, cue.tokens.end);
        let other = || {
            self.shared_subject(lo, start)
                .or_else(|| self.relative_subject(lo, start))
        };
        if let Some(subject) = adjacent.or_else(other) {
            return Frame {
                start: subject.tokens.start.min(start),
                end,
                subject: Some(subject),
                cue,
            };
        }
        let compound = self.doc.is(end - 1, Class::Cue) && self.is_participle(end - 1);
        // "As coauthor X told Y": governed by a word that is not only a preposition.
        let speaks = |p: &Phrase| p.mention.is_some_and(|m| self.speaks(m));
        let clause = self.doc.is(lo, Class::SourceCue) || self.doc.is(lo, Class::Subordinator);
        let governed = governed
            .filter(|p| speaks(p) || self.is_place_of(p, &cue) || self.is_origin_of(p, &cue));
        let after = governed
            .clone()
            .filter(|_| clause)
            .or_else(|| {
                let after = phrase::after(self.doc, self.pack, self.speakers, end, hi)
                    .filter(|p| self.can_speak(p));
                // An unknown noun behind the verb is its object where the clause has a subject.
                let noun = after
                    .as_ref()
                    .is_none_or(|p| !speaks(p) && p.pronoun.is_none());
                let subject = (noun && start > lo + 1)
                    .then(|| self.subject_of(lo..start))
                    .flatten()
                    .filter(speaks);
                subject.or(after)
            })
            .or(governed)
            .or_else(|| {
                if compound {
                    self.subject_of(lo..start)
                } else {
                    None
                }
            });
        let end = after.as_ref().map_or(end, |p| p.tokens.end.max(end));
        Frame {
            start,
            end,
            subject: after,
            cue,
        }
    }

    /// The phrase before `at` that has the case of a subject: over those that have none.
    fn direct_case(&self, at: usize, lo: usize) -> Option<Phrase> {
        let mut at = at;
        for _ in 0..MOST_OBLIQUE {
            let phrase = phrase::before(self.doc, self.pack, self.speakers, at, lo)?;
            if !self.is_oblique(&phrase) {
                return Some(phrase);
            }
            // "The ministry in a statement said": the body or name before the other noun.
            let first = phrase.tokens.start;
            let whole = (first..phrase.tokens.end - 1).rev().find_map(|i| {
                let m = self.speakers.mention_at(i)?;
                let direct = !QuotePack::is_oblique(self.doc, i);
                (direct && self.speakers.mentions[m].core.end == i + 1).then_some(m)
            });
            if let Some(m) = whole {
                return Some(Phrase {
                    tokens: first..self.speakers.mentions[m].core.end,
                    mention: Some(m),
                    pronoun: None,
                });
            }
            at = first;
        }
        None
    }

    /// Whether a phrase ends in a noun of a case that no subject has. A person's name may end alike.
    pub(super) fn is_oblique(&self, phrase: &Phrase) -> bool {
        let person = phrase.mention.is_some_and(|m| {
            let name = &self.speakers.mentions[m].core;
            let known = name.len() > 1 || self.doc.is(name.start, Class::FirstName);
            let entity = self.speakers.entity_of(m);
            known && entity.is_some_and(|e| self.speakers.entities[e].is_person())
        });
        !person
            && phrase.pronoun.is_none()
            && QuotePack::is_oblique(self.doc, phrase.tokens.end - 1)
    }

    /// Whether a phrase behind a preposition of place is a body in which several people say something:
    /// "in the ministry they say".
    fn is_place_of(&self, phrase: &Phrase, cue: &Cue) -> bool {
        let first = phrase.tokens.start;
        let named = phrase.mention.is_some_and(|m| {
            let body = &self.speakers.mentions[m];
            body.kind == MentionKind::Organisation
                || body.kind == MentionKind::Name
                    && !self.doc.is(body.core.start, Class::Place)
                    && !self.speaks(m)
        });
        let preposition = first
            .checked_sub(1)
            .is_some_and(|i| QuotePack::names_source(self.doc, i));
        named && preposition && self.pack.grammar.is_plural(self.doc, cue.tokens.end - 1)
    }

    /// Whether a phrase behind a preposition is what something follows from: "from the study it
    /// follows that".
    fn is_origin_of(&self, phrase: &Phrase, cue: &Cue) -> bool {
        let first = phrase.tokens.start;
        cue.may(CueKind::Show)
            && self.pack.quotes.drops_subject
            && first > 0
            && QuotePack::names_source(self.doc, first - 1)
    }

    /// The body in which several people say something, right behind their verb: "they said in the
    /// ministry".
    pub(super) fn place_behind(&self, cue: &Cue, limit: usize) -> Option<Phrase> {
        let at = cue.tokens.end;
        if !self.pack.quotes.drops_subject || at >= limit || !QuotePack::names_source(self.doc, at)
        {
            return None;
        }
        phrase::from(self.doc, self.pack, self.speakers, at + 1, limit)
            .filter(|p| p.tokens.start == at + 1 && self.is_place_of(p, cue))
    }

    /// The subject between auxiliary and participle, where verbs stand second: "I går har hon sagt".
    fn between(&self, cue: &Cue) -> Option<Phrase> {
        let (auxiliary, last) = (cue.tokens.start, cue.tokens.end - 1);
        if !self.pack.quotes.verb_second
            || last <= auxiliary + 1
            || !self
                .doc
                .is_any(auxiliary, Class::Auxiliary.bit() | Class::Modal.bit())
        {
            return None;
        }
        let participle = (auxiliary + 1..=last).find(|&i| self.is_participle(i))?;
        phrase::after(
            self.doc,
            self.pack,
            self.speakers,
            auxiliary + 1,
            participle,
        )
        .filter(|p| p.mention.is_some_and(|m| self.speaks(m)) || p.pronoun.is_some())
    }

    /// Whether a reporting verb is a participle, whose subject may stand far before it.
    pub(super) fn is_participle(&self, i: usize) -> bool {
        self.doc
            .find_all(i, Class::Cue)
            .any(|h| CueKind::is_participle(h.payload) || CueKind::is_infinitive(h.payload))
    }

    /// The noun that a relative clause hangs on, for a verb with only adverbs and phrases of time or
    /// place between it and the relative pronoun: "X, who two years ago called …".
    fn relative_subject(&self, lo: usize, at: usize) -> Option<Phrase> {
        let verbs = Class::Verb.bit() | Class::Cue.bit() | Class::Modal.bit();
        let floor = lo.max(at.saturating_sub(9));
        let relative = (floor..at)
            .rev()
            .take_while(|&i| !self.is_comma(i) && !self.doc.is_any(i, verbs))
            .find(|&i| {
                self.doc.is(i, Class::Relative)
                    && i > lo
                    && self.is_comma(i - 1)
                    && self.doc.is_any(
                        i + 1,
                        Class::Preposition.bit() | Class::Adverb.bit() | Class::Auxiliary.bit(),
                    )
            })?;
        phrase::antecedent(self.doc, self.pack, self.speakers, relative, lo)
    }

    /// The subject of the verb before, for a verb behind "and": "went further and called it …".
    fn shared_subject(&self, lo: usize, at: usize) -> Option<Phrase> {
        let small = Class::Adverb.bit() | Class::Auxiliary.bit() | Class::Pronoun.bit();
        let mut i = at;
        while i > lo
            && (self.doc.is_any(i - 1, small) || self.pack.quotes.is_clitic(self.doc, i - 1))
            && !self.doc.is(i - 1, Class::Coordinator)
        {
            i -= 1;
        }
        let joined = i > lo && self.doc.is(i - 1, Class::Coordinator);
        if joined {
            self.subject_of(lo..i - 1)
        } else {
            None
        }
    }

    /// Whether a phrase before a verb is its subject and not the object of a preposition.
    fn adjacent(&self, phrase: &Phrase, _cue: &Cue, lo: usize) -> bool {
        let start = phrase.tokens.start;
        let prepositional = start > lo
            && self.doc.is(start - 1, Class::Preposition)
            && !self.doc.is(start - 1, Class::Determiner);
        !prepositional
    }
}
