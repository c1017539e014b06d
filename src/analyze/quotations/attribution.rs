//! Responsible for the attribution inside a sentence of speech: where it begins, whether it can end
//! where its frame ends, and where the speech goes on behind it.

use std::ops::Range;

use super::Context;
use super::frame::Frame;
use crate::pack::grammar::Person;
use crate::pack::quotes::CueKind;
use crate::text::lexicon::Class;
use crate::text::token::TokenKind;

impl Context<'_> {
    /// The attribution inside a sentence of speech: where its comma or stop stands, and the frame.
    pub(super) fn attribution(&self, unit: Range<usize>) -> Option<(usize, Frame)> {
        for i in unit.start + 1..unit.end {
            let before = i - 1;
            let after_comma = self.is_comma(before);
            let after_stop = self.is_stop(before)
                && !self.doc.is_char(before, &['.'])
                && !self.doc.tokens[i].is_capital();
            let after_dash = self.doc.kind(before) == TokenKind::Dash
                && self.doc.tokens[before].is_spaced()
                && before > unit.start;
            let after_stop_name = self.is_stop(before)
                && !self.doc.is_char(before, &['.'])
                && self.pack.quotes.subject_first;
            if !(after_comma || after_stop || after_dash || after_stop_name) {
                continue;
            }
            let frame = self
                .frame_at(i, unit.end)
                .filter(|f| self.closes(f, unit.end))
                .or_else(|| self.lone_attribution(i, unit.end, after_dash));
            let Some(frame) = frame else {
                continue;
            };
            let mut comma = before;
            // "A, – sagte": comma and dash both stand outside.
            while comma > unit.start
                && (self.is_comma(comma) || self.doc.kind(comma) == TokenKind::Dash)
            {
                comma -= 1;
            }
            return Some((comma + 1, frame));
        }
        None
    }

    /// Whether an attribution can end where this frame ends: its subject is of the third person or a
    /// name, and what follows is no object or clause of the verb.
    pub(super) fn closes(&self, frame: &Frame, limit: usize) -> bool {
        let Some(subject) = &frame.subject else {
            let free = Class::Preposition.bit() | Class::Adverb.bit();
            return frame.cue.kind == CueKind::Impersonal
                && (frame.end >= limit
                    || self.doc.kind(frame.end) != TokenKind::Word
                    || self.doc.is_any(frame.end, free));
        };
        let other = [Person::I, Person::We, Person::You, Person::It, Person::One];
        // "– …, – I said.": a teller's own speech, where a dash closes it.
        let told = subject.pronoun == Some(Person::I)
            && self.pack.quotes.second_dash
            && frame.start > 0
            && self.doc.kind(frame.start - 1) == TokenKind::Dash;
        if !told && subject.pronoun.is_some_and(|p| other.contains(&p)) {
            return false;
        }
        if subject.pronoun == Some(Person::They) && frame.end + 3 < limit {
            return false;
        }
        if self.doc.is(subject.tokens.start, Class::Complementiser) {
            return false;
        }
        let next = frame.end;
        // "X promised "…"": the marked words are what the verb takes.
        if next < limit
            && self.doc.kind(next) == TokenKind::Mark
            && self.doc.tokens[next].is_spaced()
        {
            return false;
        }
        if next >= limit || !matches!(self.doc.kind(next), TokenKind::Word | TokenKind::Number) {
            return true;
        }
        let other = Class::Relative.bit() | Class::Preposition.bit();
        // "…, he did not answer": no attribution.
        if self.doc.is(next, Class::Negation) && !self.doc.is(next, Class::Determiner) {
            return false;
        }
        if self.doc.is(next, Class::Complementiser) && !self.doc.is_any(next, other) {
            return false;
        }
        let free = Class::Preposition.bit()
            | Class::Adverb.bit()
            | Class::RelativeDay.bit()
            | Class::Weekday.bit()
            | Class::Coordinator.bit()
            | Class::Subordinator.bit()
            | Class::Conditional.bit()
            | Class::Relative.bit()
            | Class::CueParticle.bit();
        if self.doc.is_any(next, free) && !self.doc.is_any(next, Class::Pronoun.bit()) {
            return true;
        }
        // An object or a clause of its own: a verb before the next comma or stop.
        let end = (next..limit)
            .find(|&i| self.is_comma(i) || self.is_stop(i))
            .unwrap_or(limit);
        let verb_first = subject.tokens.start >= frame.cue.tokens.end;
        !self.has_verb(next..end) && (verb_first || end - next <= 4)
    }

    /// Where the speech goes on after an attribution between commas, if it does.
    pub(super) fn goes_on(&self, frame: &Frame, limit: usize) -> Option<usize> {
        let comma = (frame.end..limit.min(frame.end + 8)).find(|&i| {
            self.is_comma(i)
                || self.doc.kind(i) == TokenKind::Dash && self.doc.tokens[i].is_spaced()
        })?;
        let subject = frame.subject.as_ref()?;
        // "—razona el ponente—, sino …": dash and comma together.
        let mut next = comma + 1;
        if self.doc.kind(comma) == TokenKind::Dash && self.is_comma(next) {
            next += 1;
        }
        // "A is, says X, B": what stands before the attribution cannot end there.
        let open = Class::Auxiliary.bit()
            | Class::Modal.bit()
            | Class::Coordinator.bit()
            | Class::Preposition.bit()
            | Class::Complementiser.bit();
        let last = frame.start.saturating_sub(2);
        if next < limit
            && comma == frame.end
            && self.doc.is_any(last, open)
            && self.is_comma(frame.start.saturating_sub(1))
        {
            return Some(next);
        }
        if next >= limit || (comma > frame.end && subject.pronoun.is_none()) {
            return None;
        }
        let after = self.doc.tokens.get(next)?;
        if after.is_capital() && self.is_comma(comma) && self.speakers.mention_at(next).is_none() {
            return None;
        }
        let apposition = Class::Role.bit()
            | Class::Relative.bit()
            | Class::Organisation.bit()
            | Class::Document.bit()
            | Class::People.bit();
        let narration = self.doc.is(next, Class::Coordinator)
            && self
                .doc
                .is_any(next + 1, Class::Cue.bit() | Class::Verb.bit());
        // "…, said Ek, adding that …": the teller goes on, not the speech.
        let adverbial = self.cue_at(next, next).is_some_and(|cue| cue.adverbial);
        if self.doc.is_any(next, apposition) || narration || adverbial {
            return None;
        }
        let named = subject.mention.is_some();
        // "…, said Bo Ek, 71, who …": an age, not the speech going on.
        if named && self.doc.kind(next) == TokenKind::Number {
            return None;
        }
        // "…, said Bo Ek, mate on the ship": an unknown noun with its preposition.
        let noun = !after.is_capital()
            && self.doc.classes(next) == 0
            && (next + 1 >= limit
                || self.doc.is(next + 1, Class::Preposition)
                || self.doc.kind(next + 1) != TokenKind::Word);
        if named && noun {
            return None;
        }
        let role_near = (next..limit.min(next + 5)).any(|i| self.doc.is_any(i, Class::Role.bit()));
        if named && role_near {
            return None;
        }
        // A name followed by a comma is more often an apposition than an interruption.
        let clause = self.has_verb(next..limit.min(next + 8));
        (self.words(next..limit) >= 2 && (subject.pronoun.is_some() || clause)).then_some(next)
    }
}
