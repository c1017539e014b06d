//! Responsible for naming the speakers of drafts in text order, and for the finished quotations.

use super::Context;
use super::draft::{Draft, Voice};
use crate::analyze::speakers::{MentionKind, Resolved};
use crate::model::ids::row_id;
use crate::model::record::{
    BlockKind, Grade, Marking, Piece, Quotation, QuotationKind, SpeakerMethod,
};
use crate::model::span::Span;
use crate::pack::grammar::Person;
use crate::text::fold::fold;
use crate::text::lexicon::Class;
use crate::text::token::TokenKind;

/// What is known of the speech so far.
#[derive(Default)]
pub(super) struct Memory {
    /// The last speaker, with the block.
    pub(super) last: Option<(usize, Resolved)>,
    /// The first token of the last quotation.
    pub(super) at: usize,
    /// The first token after it.
    pub(super) end: usize,
    /// Whether the last source was a document or another thing, which no "he" takes up.
    pub(super) thing: bool,
    /// The last speaker of marked speech outside questions.
    pub(super) spoke: Option<(usize, Resolved)>,
}

impl Memory {
    /// Whoever spoke in an earlier sentence of the same paragraph, for speech behind it.
    fn spoke_here(&self, draft: &Draft) -> Option<Resolved> {
        let (_, resolved) = self.last.as_ref().filter(|(b, _)| *b == draft.block)?;
        (draft.marking == Marking::Marks && !self.thing).then(|| resolved.clone())
    }
}

impl Context<'_> {
    /// Names the speakers and cuts the texts.
    pub(super) fn finish(&self, drafts: Vec<Draft>) -> Vec<Quotation> {
        let mut memory = Memory::default();
        let mut out: Vec<Quotation> = Vec::with_capacity(drafts.len());
        for draft in drafts {
            let (resolved, written) = self.voice(&draft, &memory);
            let spans: Vec<Span> = draft
                .pieces
                .iter()
                .map(|p| self.doc.span(p.clone()))
                .filter(|s| !s.is_empty())
                .collect();
            let (Some(first), Some(last)) = (spans.first(), spans.last()) else {
                continue;
            };
            let span = first.hull(*last);
            let speaker = resolved.as_ref().map(|r| r.speaker(self.doc, written));
            if let Some(resolved) = resolved {
                if draft.kind == QuotationKind::Direct && !self.asks(draft.block) {
                    memory.spoke = Some((draft.block, resolved.clone()));
                }
                memory.thing = self.is_thing(&draft.voice);
                memory.last = Some((draft.block, resolved));
                memory.at = draft.start();
                memory.end = draft.end();
            }
            out.push(Quotation {
                id: row_id('q', out.len() + 1),
                kind: draft.kind,
                marking: draft.marking,
                text: span.of(self.doc.text).to_owned(),
                span,
                spans: spans.iter().map(|s| (s.start, s.end)).collect(),
                fragments: draft
                    .fragments
                    .iter()
                    .map(|f| self.doc.span(f.clone()))
                    // A mark that never closes may run on behind the report.
                    .map(|s| (s.start.max(span.start), s.end.min(span.end)))
                    .filter(|(start, end)| start < end)
                    .collect(),
                continued: draft.continued,
                speaker,
                cue: draft
                    .cue
                    .map(|c| Piece::cut(self.doc.text, self.doc.span(c))),
                rule: self.pack.rule(draft.rule),
                grade: Grade::Weak,
            });
        }
        out
    }

    /// Who speaks, and the tokens that say so.
    fn voice(
        &self,
        draft: &Draft,
        memory: &Memory,
    ) -> (Option<Resolved>, Option<std::ops::Range<usize>>) {
        let last_entity = memory.last.as_ref().and_then(|(_, r)| r.entity);
        match &draft.voice {
            Voice::Near(_) if self.spoke_just_before(draft, memory) => (
                memory.last.as_ref().map(|(_, r)| Resolved {
                    method: SpeakerMethod::Context,
                    ..r.clone()
                }),
                None,
            ),
            Voice::Subject(phrase) | Voice::Near(phrase) => {
                let described = self
                    .described_last(draft, phrase, memory)
                    .or_else(|| self.described_subject(draft, phrase));
                if let Some(resolved) = described {
                    return (Some(resolved), Some(phrase.written(self.speakers)));
                }
                let resolved = self
                    .speakers
                    .resolve(self.doc, self.pack, phrase, last_entity)
                    .or_else(|| {
                        let person = phrase.pronoun?;
                        let near = memory.last.as_ref().filter(|(b, r)| {
                            !memory.thing && draft.block <= b + 2 && self.takes_up(r, person)
                        });
                        near.map(|(_, r)| Resolved {
                            method: SpeakerMethod::Pronoun,
                            ..r.clone()
                        })
                    });
                let resolved = self.apposed(phrase).or(resolved);
                let resolved = resolved
                    .map(|r| self.introduced(draft, phrase, &r).unwrap_or(r))
                    .map(|r| self.in_base_form(r, draft));
                (resolved, Some(phrase.written(self.speakers)))
            }
            Voice::Dropped => {
                let found = self
                    .nearest(draft, memory)
                    .or_else(|| self.context_speaker(draft, memory));
                (
                    found.map(|r| Resolved {
                        method: SpeakerMethod::Context,
                        ..r
                    }),
                    None,
                )
            }
            Voice::Previous => {
                let near = memory
                    .last
                    .as_ref()
                    .filter(|(block, _)| *block == draft.block)
                    .map(|(_, r)| r.clone());
                let found = near.or_else(|| self.context_speaker(draft, memory));
                (
                    found.map(|r| Resolved {
                        method: SpeakerMethod::Context,
                        ..r
                    }),
                    None,
                )
            }
            Voice::Context => {
                let found = memory
                    .spoke_here(draft)
                    .or_else(|| self.context_speaker(draft, memory));
                (
                    found.map(|r| Resolved {
                        method: SpeakerMethod::Context,
                        ..r
                    }),
                    None,
                )
            }
        }
    }

    /// Whether a pronoun may stand for a speaker: "it" for no person, "he" and "she" for no body.
    fn takes_up(&self, resolved: &Resolved, pronoun: Person) -> bool {
        let person = resolved
            .entity
            .map(|e| self.speakers.entities[e].is_person());
        match pronoun {
            Person::It => person != Some(true),
            Person::He | Person::She => {
                person != Some(false) && resolved.method != SpeakerMethod::Organisation
            }
            _ => true,
        }
    }

    /// Whether a source is a document and no person or body.
    fn is_thing(&self, voice: &Voice) -> bool {
        let (Voice::Subject(phrase) | Voice::Near(phrase)) = voice else {
            return false;
        };
        phrase.mention.is_none()
            && phrase.pronoun.is_none()
            && phrase
                .tokens
                .clone()
                .any(|i| self.doc.is(i, Class::Document))
    }

    /// Whether the last quotation stands in the sentence before a draft and a person speaks in it.
    fn spoke_just_before(&self, draft: &Draft, memory: &Memory) -> bool {
        let Some((_, last)) = memory.last.as_ref().filter(|(b, _)| *b == draft.block) else {
            return false;
        };
        let person = last.method == SpeakerMethod::Pronoun
            || last
                .entity
                .is_some_and(|e| self.speakers.entities[e].is_person());
        let here = self.doc.sentence_of(draft.start());
        let there = self.doc.sentence_of(memory.at);
        person && here.zip(there).is_some_and(|(h, t)| h <= t + 1)
    }

    /// The speaker of speech that nothing in its paragraph attributes: whom the paragraph before it
    /// lets speak, introduces or is about.
    fn context_speaker(&self, draft: &Draft, memory: &Memory) -> Option<Resolved> {
        let before = (0..draft.block)
            .rev()
            .find(|&b| !matches!(self.doc.blocks[b].kind, BlockKind::Byline));
        let Some(before) = before.filter(|&b| self.doc.blocks[b].is_prose()) else {
            return self.interviewee(memory);
        };
        let block = &self.doc.blocks[before];
        let last_sentence = self.doc.sentences[block.sentences.clone()].last()?;
        let turn = draft.marking == Marking::Dash;
        let question = draft
            .pieces
            .last()
            .is_some_and(|p| p.end > p.start && self.doc.is_char(p.end - 1, &['?']));
        let answered = self.doc.blocks.get(draft.block + 1).is_some_and(|b| {
            !b.tokens.is_empty() && self.doc.kind(b.tokens.start) == TokenKind::Dash
        });
        if turn && question && (self.doc.kind(block.tokens.start) == TokenKind::Dash || answered) {
            return None;
        }
        let tokens = last_sentence.tokens.clone();
        if self.asks(before) {
            return self.interviewee(memory);
        }
        let last_entity = memory.last.as_ref().and_then(|(_, r)| r.entity);
        let spoke = memory.last.as_ref().filter(|(b, _)| *b == before);
        let lead_in = self.is_colon(tokens.end - 1);
        if let Some((_, resolved)) = spoke.filter(|_| !lead_in) {
            let newcomer = self.newcomer(last_sentence.tokens.clone(), memory);
            return newcomer.or_else(|| Some(resolved.clone()));
        }
        // Between turns two people may be talking: a question is the journalist's, what follows it
        // is the answer of whoever spoke before it, and anything else stays silent.
        if draft.marking == Marking::Dash && self.doc.kind(block.tokens.start) == TokenKind::Dash {
            let asked = self.doc.is_char(block.tokens.end - 1, &['?']);
            return if asked {
                self.interviewee(memory)
            } else {
                spoke.map(|(_, r)| r.clone())
            };
        }
        let subject = self
            .subject_of(tokens)
            .filter(|p| p.pronoun.is_some() || p.mention.is_some_and(|m| self.is_personal(m)));
        if let Some(phrase) = subject {
            return self
                .speakers
                .resolve(self.doc, self.pack, &phrase, last_entity);
        }
        // The one person of the paragraph.
        let mut people: Vec<usize> = self
            .speakers
            .mentions_in(block.tokens.clone())
            .filter(|&m| self.is_personal(m))
            .filter_map(|m| self.speakers.entity_of(m))
            .collect();
        people.sort_unstable();
        people.dedup();
        match people[..] {
            [one] => Some(self.speakers.of_entity(one, SpeakerMethod::Context)),
            _ => spoke.map(|(_, r)| r.clone()),
        }
    }

    /// Whom a sentence of narration behind the last quotation is about, when it begins with the name of
    /// another person.
    fn newcomer(&self, sentence: std::ops::Range<usize>, memory: &Memory) -> Option<Resolved> {
        if memory.end > sentence.start {
            return None;
        }
        let subject = self.subject_of(sentence)?;
        let m = subject.mention.filter(|&m| {
            self.speakers.mentions[m].kind == MentionKind::Name && self.is_personal(m)
        })?;
        let e = self.speakers.entity_of(m)?;
        Some(self.speakers.of_entity(e, SpeakerMethod::Context))
    }

    /// A name that stands only in the case that its source expression asks for, without that ending.
    fn in_base_form(&self, mut resolved: Resolved, draft: &Draft) -> Resolved {
        let pairs = &self.pack.meta.names.base;
        let described = resolved.method == SpeakerMethod::Description
            && !self.pack.meta.names.inflect
            && draft.kind != QuotationKind::Direct;
        let governed = draft.rule.ends_with("by-account-of") || described;
        if !governed || resolved.method == SpeakerMethod::Pronoun {
            return resolved;
        }
        let bases = || {
            pairs.iter().filter_map(|(ending, base)| {
                let stem = resolved.name.strip_suffix(ending.as_str())?;
                Some(format!("{stem}{base}"))
            })
        };
        // A noun that the pack lists tells its base form.
        let listed = |name: &String| {
            let word = fold(name, self.pack.tokens.case);
            self.pack.lexicon.exact(&word).is_some()
        };
        if let Some(name) = bases().find(listed).or_else(|| bases().next()) {
            resolved.name = name;
        }
        resolved
    }

    /// The one who spoke last in the paragraph, or whom a later sentence of it is about.
    fn nearest(&self, draft: &Draft, memory: &Memory) -> Option<Resolved> {
        let here = draft
            .cue
            .as_ref()
            .map_or(draft.start(), |c| c.start.min(draft.start()));
        let block = &self.doc.blocks[draft.block];
        let spoke = memory.last.as_ref().filter(|(b, _)| *b == draft.block);
        let last_entity = memory.last.as_ref().and_then(|(_, r)| r.entity);
        for sentence in self.doc.sentences[block.sentences.clone()].iter().rev() {
            let tokens = sentence.tokens.start..sentence.tokens.end.min(here);
            if tokens.is_empty() {
                continue;
            }
            let overlaps = memory.at < sentence.tokens.end && memory.end > tokens.start;
            if overlaps && spoke.is_some() {
                return spoke.map(|(_, r)| r.clone());
            }
            let subject = self.subject_of(tokens.clone()).filter(|p| {
                p.tokens.start < tokens.start + 12
                    && (p.pronoun.is_some()
                        || p.mention.is_some_and(|m| {
                            self.is_personal(m)
                                || self.speakers.mentions[m].kind != MentionKind::Name
                        }))
            });
            if let Some(phrase) = subject {
                return self
                    .speakers
                    .resolve(self.doc, self.pack, &phrase, last_entity);
            }
        }
        spoke.map(|(_, r)| r.clone())
    }

    /// Whether a paragraph puts a question to somebody: it ends in a question mark, is short and
    /// attributes nothing.
    fn asks(&self, block: usize) -> bool {
        let block = &self.doc.blocks[block];
        let last = block.tokens.end.saturating_sub(1);
        let address = || {
            let mut tokens = block.tokens.clone();
            tokens.any(|i| self.pack.grammar.person(self.doc, i) == Some(Person::You))
        };
        block.tokens.len() <= 40
            && self.doc.kind(block.tokens.start) != TokenKind::Dash
            && (self.pack.meta.text.asks(self.doc.word(last)) || address())
    }

    /// The one who answers questions: whoever spoke last before the question, else the person whom
    /// the article names most.
    fn interviewee(&self, memory: &Memory) -> Option<Resolved> {
        if let Some((_, resolved)) = memory.spoke.as_ref() {
            return Some(resolved.clone());
        }
        let mut counts = vec![0usize; self.speakers.entities.len()];
        for mention in &self.speakers.mentions {
            if let Some(count) = counts.get_mut(mention.entity) {
                *count += 1;
            }
        }
        let people = |e: &usize| self.speakers.entities[*e].is_person();
        let most = (0..counts.len())
            .filter(people)
            .max_by_key(|&e| (counts[e], usize::MAX - e))?;
        let second = (0..counts.len())
            .filter(people)
            .filter(|&e| e != most)
            .map(|e| counts[e])
            .max()
            .unwrap_or(0);
        (counts[most] > second && counts[most] >= 2)
            .then(|| self.speakers.of_entity(most, SpeakerMethod::Context))
    }

    pub(super) fn is_personal(&self, mention: usize) -> bool {
        let m = &self.speakers.mentions[mention];
        let person = self
            .speakers
            .entity_of(mention)
            .is_some_and(|e| self.speakers.entities[e].is_person());
        person && matches!(m.kind, MentionKind::Name | MentionKind::Role)
            || self.doc.is(m.core.start, Class::FirstName)
    }
}
