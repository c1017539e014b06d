//! Responsible for speech that a dialogue dash opens: one turn a dash, up to its attribution; what
//! follows the attribution's full stop goes on speaking unless it has an attribution of its own.

use std::ops::Range;

use super::draft::{Draft, Voice};
use super::{Context, Passage};
use crate::analyze::speakers::MentionKind;
use crate::model::record::{BlockKind, Marking, QuotationKind};
use crate::pack::grammar::Person;
use crate::pack::quotes::{CueKind, SourceSide};
use crate::text::lexicon::Class;
use crate::text::token::TokenKind;

/// In a paragraph with more sentences behind the attribution, narration is likely run in: only a
/// sentence in which someone says "I", "we" or "you" goes on speaking.
const LONG_RUN: usize = 2;

/// A paragraph of speech with at most this many tokens holds no narration run into it.
const SHORT_BLOCK: usize = 60;

impl Context<'_> {
    /// Whether a block opens with a dialogue dash.
    pub(super) fn is_dash_speech(&self, passage: &Passage) -> bool {
        let first = passage.tokens.start;
        let block = &self.doc.blocks[passage.block];
        // "– Bo Ek, smith: "…"": a list of voices in marks.
        let voices = passage.marked.first().is_some_and(|m| {
            !(first..m.open).any(|i| self.doc.is(i, Class::Cue))
                && m.open > first + 2
                && m.open < first + 14
                && self.is_colon(m.open - 1)
        });
        self.pack.quotes.dash
            && !voices
            && self.doc.kind(first) == TokenKind::Dash
            && passage.tokens.len() > 2
            && self.doc.kind(first + 1) != TokenKind::Dash
            && (block.kind != BlockKind::ListItem || self.ends_in_attribution(passage))
    }

    fn ends_in_attribution(&self, passage: &Passage) -> bool {
        passage
            .units
            .iter()
            .any(|unit| self.attribution(unit.clone()).is_some())
    }

    /// Finds the turns of a block and what is said in each.
    pub(super) fn dash_speech(&self, passage: &Passage, drafts: &mut Vec<Draft>) {
        let start = passage.tokens.start;
        let mut starts = vec![start];
        starts.extend(
            self.inline_turns(passage)
                .filter(|&dash| dash > start && !self.closes_turn(dash, start)),
        );
        for (n, &from) in starts.iter().enumerate() {
            let to = starts.get(n + 1).copied().unwrap_or(passage.tokens.end);
            self.turn(passage, from..to, n > 0, drafts);
        }
    }

    /// Dashes behind a full stop or colon that open a turn inside a block.
    fn inline_turns(&self, passage: &Passage) -> impl Iterator<Item = usize> + '_ {
        let marked = passage.marked.clone();
        let tokens = passage.tokens.clone();
        tokens.clone().skip(1).filter(move |&i| {
            self.doc.kind(i) == TokenKind::Dash
                && self.doc.tokens[i].is_spaced()
                && (self.is_stop(i - 1)
                    || self.is_colon(i - 1)
                    || self.doc.kind(i - 1) == TokenKind::Mark)
                && self.doc.tokens.get(i + 1).is_some_and(|t| {
                    i + 1 < tokens.end
                        && t.is_spaced()
                        && (t.is_capital() || t.kind == TokenKind::Mark)
                })
                && !marked.iter().any(|m| m.inner.contains(&i))
        })
    }

    /// Turns inside a paragraph of narration: each must say who speaks, or follow a colon.
    pub(super) fn inline_speech(
        &self,
        passage: &Passage,
        drafts: &mut Vec<Draft>,
    ) -> Option<usize> {
        if !self.pack.quotes.dash {
            return None;
        }
        let dashes: Vec<usize> = self.inline_turns(passage).collect();
        let mut first = None;
        for (n, &dash) in dashes.iter().enumerate() {
            let end = dashes.get(n + 1).copied().unwrap_or(passage.tokens.end);
            let attributed = passage
                .units
                .iter()
                .filter(|u| u.end > dash && u.start < end)
                .take(4)
                .any(|u| {
                    self.attribution(u.start.max(dash + 1)..u.end.min(end))
                        .is_some()
                });
            let before = passage.units.iter().rev().find(|u| u.end <= dash);
            let reported = !self.pack.quotes.second_dash
                && self.doc.kind(dash + 1) == TokenKind::Word
                && before.is_some_and(|u| self.reports_someone(u.clone()));
            if !(attributed || reported || self.is_colon(dash - 1) || first.is_some()) {
                continue;
            }
            first.get_or_insert(dash);
            let from = drafts.len();
            self.turn(passage, dash..end, first != Some(dash), drafts);
            if let Some(draft) = drafts.get_mut(from).filter(|d| d.voice == Voice::Context) {
                let before = passage
                    .units
                    .iter()
                    .rev()
                    .find(|u| u.end <= dash)
                    .cloned()
                    .unwrap_or(passage.tokens.start..dash);
                if let Some(subject) =
                    self.subject_of(before.start..dash.min(before.end.max(before.start + 1)))
                {
                    draft.voice = Voice::Subject(subject);
                    draft.rule = "quotation.inline-dash";
                }
            }
        }
        first
    }

    /// Whether a person or pronoun is the subject of a verb of saying in a sentence.
    fn reports_someone(&self, unit: Range<usize>) -> bool {
        unit.clone().any(|i| {
            self.doc.is(i, Class::Cue)
                && self.cue_at(i, unit.start).is_some_and(|cue| {
                    cue.may(CueKind::Say)
                        && self
                            .frame_of(cue, unit.start, unit.end)
                            .subject
                            .is_some_and(|p| {
                                p.mention.is_some_and(|m| self.is_personal(m))
                                    || matches!(
                                        p.pronoun,
                                        Some(Person::He | Person::She | Person::Third)
                                    )
                            })
                })
        })
    }

    /// In languages with a second dash, whether it only closes the speech before its attribution.
    fn closes_turn(&self, dash: usize, start: usize) -> bool {
        self.pack.quotes.second_dash
            && dash > start + 1
            && self
                .doc
                .tokens
                .get(dash + 1)
                .is_some_and(|t| !t.is_capital())
    }

    fn turn(&self, passage: &Passage, turn: Range<usize>, later: bool, drafts: &mut Vec<Draft>) {
        let units: Vec<Range<usize>> = passage
            .units
            .iter()
            .map(|u| u.start.max(turn.start)..u.end.min(turn.end))
            .filter(|u| u.start < u.end)
            .collect();
        let first = turn.start + 1;
        let found = units.iter().enumerate().find_map(|(n, unit)| {
            let from = if n == 0 { first } else { unit.start };
            self.attribution(from..unit.end)
                .map(|(comma, frame)| (n, comma, frame))
        });
        let Some((n, comma, frame)) = found else {
            let silent = units.iter().enumerate().skip(1);
            let mut told = silent.filter(|(k, u)| {
                self.is_narration((*u).clone())
                    || (units.len() > LONG_RUN + 1 && *k > 1 && !self.speaks_of_self((*u).clone()))
            });

            let told = told.next().map(|(k, _)| k);
            let end = told.map_or(turn.end, |k| units[k].start);
            let mut draft = Draft::direct(
                passage.block,
                self.trim(first..end, true),
                Marking::Dash,
                "quotation.dash-silent",
            );
            draft.voice = if later {
                Voice::Previous
            } else {
                Voice::Context
            };
            if !draft.pieces[0].is_empty() {
                drafts.push(draft);
            }
            if let Some(k) = told {
                self.narrated(passage, &units[k..], drafts);
            }
            return;
        };
        let unit_end = units[n].end;
        let rule = "quotation.dash-cue";
        let mut draft = Draft::direct(
            passage.block,
            self.trim(
                first..comma,
                self.doc
                    .word(comma.saturating_sub(1))
                    .starts_with(['?', '!', '…']),
            ),
            Marking::Dash,
            rule,
        );
        draft.cue = Some(frame.cue.tokens.clone());
        let subject = frame.subject.clone();
        draft.voice = subject.map_or(Voice::Dropped, Voice::Subject);
        let rest = self.goes_on(&frame, unit_end);
        if let Some(rest) = rest {
            draft.pieces.push(self.trim(rest..unit_end, false));
        }
        draft.pieces.retain(|p| !p.is_empty());
        if draft.pieces.is_empty() {
            return;
        }
        drafts.push(draft);
        if rest.is_none() {
            self.also_reported(passage, frame.end..unit_end, drafts);
        }
        self.after_attribution(passage, &units[n + 1..], drafts);
    }

    /// "– …, says X, and adds that CONTENT": a further report behind the attribution of a turn.
    fn also_reported(&self, passage: &Passage, rest: Range<usize>, drafts: &mut Vec<Draft>) {
        let cue = rest.clone().find_map(|i| self.cue_at(i, rest.start));
        let Some(cue) = cue.filter(|c| c.may(CueKind::Say) && c.tokens.start > rest.start) else {
            return;
        };
        let start = cue.tokens.start;
        let lead = Class::Coordinator.bit() | Class::Relative.bit();
        let joined = (rest.start..start).any(|i| self.doc.is_any(i, lead));
        let that = self.complementiser(cue.tokens.end, rest.end);
        let Some(that) = that.filter(|&i| joined && !self.opens_infinitive(i, rest.end)) else {
            return;
        };
        let content = self.trim(that + 1..self.content_end(&rest, that + 1), false);
        if self.words(content.clone()) < 3 {
            return;
        }
        let mut draft = self.report(passage, vec![content], "quotation.that-clause");
        draft.cue = Some(cue.tokens);
        draft.voice = Voice::Previous;
        drafts.push(draft);
    }

    /// The sentences behind an attribution: the same speaker goes on, in marked or reported words.
    fn after_attribution(
        &self,
        passage: &Passage,
        units: &[Range<usize>],
        drafts: &mut Vec<Draft>,
    ) {
        let mut run: Option<Range<usize>> = None;
        // Narration behind an attribution is the commoner: speech must speak of itself.
        let flush = |run: &mut Option<Range<usize>>, drafts: &mut Vec<Draft>| {
            let short = passage.tokens.len() <= SHORT_BLOCK && units.len() <= LONG_RUN;
            let speech = |r: &Range<usize>| {
                self.speaks_of_self(r.clone()) || short && self.names_nobody(r.clone())
            };
            if let Some(tokens) = run.take().filter(speech) {
                let mut draft = Draft::direct(
                    passage.block,
                    self.trim(tokens, true),
                    Marking::Dash,
                    "quotation.dash-continued",
                );
                draft.voice = Voice::Previous;
                draft.continued = true;
                if !draft.pieces[0].is_empty() {
                    drafts.push(draft);
                }
            }
        };
        for (k, unit) in units.iter().enumerate() {
            if let Some((comma, frame)) = self.attribution(unit.clone()) {
                let piece = self.trim(run.as_ref().map_or(unit.start, |r| r.start)..comma, false);
                run = None;
                let mut draft = Draft::indirect(passage.block, piece, "quotation.dash-then-report");
                draft.cue = Some(frame.cue.tokens.clone());
                draft.voice = frame.subject.map_or(Voice::Previous, Voice::Subject);
                if !draft.pieces[0].is_empty() {
                    drafts.push(draft);
                }
                continue;
            }
            if self.is_narration(unit.clone()) || self.has_source(unit) {
                flush(&mut run, drafts);
                self.narrated(passage, &units[k..], drafts);
                return;
            }
            if units.len() > LONG_RUN && !self.speaks_of_self(unit.clone()) {
                flush(&mut run, drafts);
                self.narrated(passage, &units[k..], drafts);
                return;
            }

            run = Some(run.map_or(unit.start, |r: Range<usize>| r.start)..unit.end);
        }
        flush(&mut run, drafts);
    }

    /// Whether a sentence begins with a source or with a reporting verb and its complementiser, where
    /// subjects may be left out: "According to X", "Added that".
    fn has_source(&self, unit: &Range<usize>) -> bool {
        let first = unit.start;
        let verb = self.pack.quotes.drops_subject
            && self
                .cue_at(first, first)
                .is_some_and(|c| self.complementiser(c.tokens.end, unit.end).is_some());
        let source = self.doc.find(first, Class::SourceCue).is_some_and(|hit| {
            let next = first + hit.len;
            match SourceSide::from_payload(hit.payload) {
                SourceSide::Clause => (next..next + 2).any(|i| self.cue_at(i, next).is_some()),
                SourceSide::After => {
                    (next..next + 3).any(|i| self.speakers.mention_at(i).is_some())
                }
                SourceSide::Possessor => true,
                _ => false,
            }
        });
        verb || source
    }

    /// Finds marked speech and reports in the narration that follows a turn.
    fn narrated(&self, passage: &Passage, units: &[Range<usize>], drafts: &mut Vec<Draft>) {
        let (Some(first), Some(last)) = (units.first(), units.last()) else {
            return;
        };
        let tokens = first.start..last.end;
        let marked = passage.marked.iter();
        let rest = Passage {
            block: passage.block,
            marked: marked
                .filter(|m| m.open >= tokens.start && m.end() <= tokens.end)
                .cloned()
                .collect(),
            tokens,
            units: units.to_vec(),
        };
        self.marked_speech(&rest, drafts);
        self.reports(&rest, drafts);
    }

    /// Whether someone says "I", "we" or "you" in a sentence.
    fn speaks_of_self(&self, unit: Range<usize>) -> bool {
        unit.into_iter().any(|i| {
            let person = self.pack.grammar.person(self.doc, i);
            matches!(person, Some(Person::I | Person::We | Person::You))
        })
    }

    /// Whether words tell of nobody in the third person, lead nothing in and hold no marks, so that
    /// they may be speech without saying "I".
    fn names_nobody(&self, tokens: Range<usize>) -> bool {
        let last = tokens.end.saturating_sub(1);
        let third = |i: usize| {
            let person = self.pack.grammar.person(self.doc, i);
            matches!(person, Some(Person::He | Person::She | Person::Third))
                || self.doc.kind(i) == TokenKind::Mark
        };
        let named = self.speakers.mentions_in(tokens.clone()).any(|m| {
            self.speakers
                .entity_of(m)
                .is_some_and(|e| self.speakers.entities[e].is_person())
        });
        self.is_stop(last) && !named && !tokens.into_iter().any(third)
    }

    /// Whether a sentence tells of people in the third person: a name or pronoun as its subject and
    /// nobody who says "I", "we" or "you".
    fn is_narration(&self, mut unit: Range<usize>) -> bool {
        let first = unit.start;
        let reports = (first + 1..unit.end.min(first + 7)).any(|i| {
            self.doc.is_any(i, Class::Cue.bit())
                && self
                    .cue_at(i, first)
                    .is_some_and(|cue| self.doc.is(cue.tokens.end, Class::Complementiser))
        });
        // "The school board said that": an unknown noun right before its verb.
        let beside = self.pack.quotes.drops_subject
            && self.doc.tokens[first].is_capital()
            && self.doc.is(first + 1, Class::Cue)
            && !self.speaks_of_self(first..first + 1);
        if reports
            && (self.doc.is(first, Class::Pronoun)
                || self.speakers.mention_at(first).is_some()
                || beside)
        {
            return true;
        }
        let personal = |i: usize| {
            let person = self.pack.grammar.person(self.doc, i);
            matches!(
                person,
                Some(Person::I | Person::We | Person::You | Person::One)
            )
        };
        let noun = first + usize::from(self.doc.is(first, Class::Determiner));
        let named = self
            .speakers
            .mention_at(first)
            .is_some_and(|m| self.speakers.mentions[m].kind != MentionKind::Group)
            || self
                .speakers
                .mention_at(noun)
                .is_some_and(|m| self.speakers.mentions[m].kind == MentionKind::Name);
        let calls = unit.clone().any(|i| self.doc.is(i, Class::Modal));
        named && !calls && !unit.any(personal)
    }

    /// The kind of a report: mixed when parts of it are marked.
    pub(super) fn report_kind(fragments: &[Range<usize>]) -> (QuotationKind, Marking) {
        if fragments.is_empty() {
            (QuotationKind::Indirect, Marking::None)
        } else {
            (QuotationKind::Mixed, Marking::Marks)
        }
    }
}
