//! Responsible for reports that a source expression introduces: "according to X, CONTENT".

use std::ops::Range;

use super::draft::{Draft, Voice};
use super::{Context, Passage};
use crate::analyze::speakers::MentionKind;
use crate::analyze::speakers::phrase::{self, Phrase};
use crate::pack::grammar::{Grammar, Person};
use crate::pack::quotes::{QuotePack, SourceSide};
use crate::text::lexicon::Class;
use crate::text::token::TokenKind;

impl Context<'_> {
    /// Finds the source expressions of a unit.
    pub(super) fn sources(&self, passage: &Passage, unit: &Range<usize>, drafts: &mut Vec<Draft>) {
        for i in unit.clone() {
            if !self.doc.begins(i, Class::SourceCue) {
                continue;
            }
            if passage.marked.iter().any(|m| m.inner.contains(&i))
                || Self::taken(drafts, passage.block, i)
            {
                continue;
            }
            let Some(hit) = self.doc.find(i, Class::SourceCue) else {
                continue;
            };
            let cue = i..i + hit.len;
            let draft = match SourceSide::from_payload(hit.payload) {
                SourceSide::After => self.source_after(passage, unit, cue),
                SourceSide::Before => self.source_before(passage, unit, cue),
                SourceSide::Clause => self.source_clause(passage, unit, cue),
                SourceSide::Own => self.own_account(passage, unit, cue),
                SourceSide::Opinion if self.may_be_after(i) => {
                    self.source_after(passage, unit, cue)
                }
                SourceSide::Opinion => self.source_opinion(passage, unit, cue),
                SourceSide::Possessor if self.has_owner(i, hit.len) => {
                    self.source_before(passage, unit, cue)
                }
                SourceSide::Possessor => self.possessor(passage, unit, cue),
                SourceSide::Relative => self.relative_source(passage, unit, cue),
                SourceSide::Pointing => None,
                SourceSide::Compound => self.compound_source(passage, unit, i),
            };
            // What has an attribution of its own needs no second one.
            let said = |d: &Draft| {
                let spoken = drafts.iter().rev().take_while(|s| s.block == passage.block);
                spoken
                    .into_iter()
                    .any(|s| s.cue.is_some() && d.covers(s.start()))
            };
            if let Some(draft) = draft
                && !draft.pieces.is_empty()
                && !(draft.rule.ends_with("as-said") && said(&draft))
            {
                drafts.push(draft);
                return;
            }
        }
    }

    /// "according to X": at the front, at the end, or in the middle of its clause.
    pub(super) fn source_after(
        &self,
        passage: &Passage,
        unit: &Range<usize>,
        cue: Range<usize>,
    ) -> Option<Draft> {
        let object = self
            .pack
            .quotes
            .object(self.doc, cue.end)
            .filter(|_| cue.end < unit.end && !self.possesses(cue.end));
        let object = object.map(|p| Phrase {
            tokens: cue.end..cue.end + 1,
            mention: None,
            pronoun: Some(p),
        });
        // "after the ministry's words": the noun that closes the expression is no source.
        let closing = (cue.end + 1..unit.end.min(cue.end + 8))
            .take_while(|&i| self.doc.tokens[i].is_word())
            .find_map(|i| {
                let hit = self.doc.find(i, Class::SourceCue)?;
                let before = SourceSide::from_payload(hit.payload) == SourceSide::Before;
                before.then_some(i..i + hit.len)
            });
        let limit = closing.as_ref().map_or(unit.end, |c| c.start);
        let source = object
            .or_else(|| phrase::from(self.doc, self.pack, self.speakers, cue.end, limit))
            .or_else(|| self.marked_name(cue.end, limit))
            .filter(|p| self.can_be_source(p) || self.closes_plainly(p, cue.clone()))
            .or_else(|| self.definite_source(cue.end, limit))?;
        let source = self.governed_part(source);
        let mut after = self.over_apposition(source.tokens.end, unit.end, &source);
        if let Some(closing) = closing.filter(|c| c.start == source.tokens.end) {
            after = closing.end;
        }
        let front = self.is_front(unit, cue.start);
        // 据X介绍，CONTENT: a verb may close the source.
        if front
            && let Some(verb) = self.cue_at(after, after)
            && self.is_comma(verb.tokens.end)
        {
            after = verb.tokens.end;
        }
        // "towards", "during" too: only in front, with a comma, before a body or person.
        if cue.len() == 1 && self.is_weak(cue.start) {
            let first = source.tokens.start + 1;
            let named = source
                .mention
                .is_some_and(|m| self.speakers.mentions[m].full.start <= first);
            if !(front && named && (self.is_comma(after) || self.is_comma(after - 1))) {
                return self.source_opinion(passage, unit, cue);
            }
        }
        let rule = "quotation.according-to";
        let pieces = if front {
            vec![self.trim(after..self.content_end(unit, after), false)]
        } else {
            // Behind a comma it is the source of the whole sentence, with all that follows it.
            let behind = self.is_comma(cue.start.saturating_sub(1));
            let ends = after >= unit.end || self.is_stop(after);
            let closes = ends
                || behind && !(after..unit.end).any(|i| self.is_comma(i) || self.is_colon(i))
                || behind && self.is_comma(after) && self.in_apposition_to_end(after, unit.end);
            let apart = closes && behind;
            let start = if apart {
                self.main_clause(unit, cue.start)
            } else {
                self.clause_of(unit, cue.start)
            };
            if closes {
                vec![self.trim(start..cue.start, false)]
            } else {
                // In the middle: the whole clause.
                vec![self.trim(start..self.main_end(unit, after), false)]
            }
        };
        self.source_report(passage, pieces, cue, source, rule)
    }

    /// Whether a source expression is listed as one that its source follows.
    fn may_be_after(&self, i: usize) -> bool {
        self.is_listed_as(i, SourceSide::After)
    }

    fn is_listed_as(&self, i: usize, side: SourceSide) -> bool {
        let mut sides = self.doc.find_all(i, Class::SourceCue);
        sides.any(|h| h.len == 1 && SourceSide::from_payload(h.payload) == side)
    }

    /// Whether a source expression is listed on both sides, as it often means something else.
    fn is_weak(&self, i: usize) -> bool {
        self.may_be_after(i) && self.is_listed_as(i, SourceSide::Opinion)
    }

    /// Whether a word that may be an object pronoun is a possessive before its noun ("her agent").
    fn possesses(&self, i: usize) -> bool {
        let nouns = Class::Role.bit()
            | Class::People.bit()
            | Class::Organisation.bit()
            | Class::Document.bit();
        let next = i + 1;
        self.doc.is(i, Class::Determiner)
            && (self.doc.is_any(next, nouns)
                || self.doc.kind(next) == TokenKind::Word && self.doc.classes(next) == 0)
    }

    /// Whether an expression for "in her view" that may also follow its source does so here.
    fn has_owner(&self, at: usize, len: usize) -> bool {
        let mut hits = self.doc.find_all(at, Class::SourceCue);
        let follows = |payload| SourceSide::from_payload(payload) == SourceSide::Before;
        hits.any(|hit| hit.len == len && follows(hit.payload))
            && at > 0
            && self.speakers.mention_at(at - 1).is_some()
    }

    /// "X:n mukaan": the source stands before the expression.
    fn source_before(
        &self,
        passage: &Passage,
        unit: &Range<usize>,
        cue: Range<usize>,
    ) -> Option<Draft> {
        let owner = cue.start.checked_sub(1).filter(|&i| {
            i >= unit.start
                && Grammar::is_possessive(self.doc, i)
                && self.speakers.mention_at(i).is_none()
        });
        let owner = owner.map(|i| Phrase {
            tokens: i..i + 1,
            mention: None,
            pronoun: Some(Person::Third),
        });
        let source = owner
            .or_else(|| phrase::before(self.doc, self.pack, self.speakers, cue.start, unit.start))
            .or_else(|| {
                let pronoun = cue
                    .start
                    .checked_sub(1)
                    .filter(|i| *i >= unit.start && self.doc.is(*i, Class::Pronoun))?;
                phrase::from(self.doc, self.pack, self.speakers, pronoun, cue.start)
            })
            .filter(|p| p.tokens.start >= unit.start)?;
        // "Ann Ek, its spokeswoman, according to": the name before the apposition.
        let comma = source
            .tokens
            .start
            .checked_sub(1)
            .filter(|&i| i > unit.start);
        let apposed = comma.filter(|&i| self.is_comma(i)).and_then(|i| {
            let m = self.speakers.mentions_ending_at(self.doc, i)?;
            let name = &self.speakers.mentions[m];
            let titled = source.tokens.clone().any(|k| self.doc.is(k, Class::Role));
            (name.kind == MentionKind::Name
                && self.speaks(m)
                && titled
                && self.is_front(unit, name.full.start))
            .then(|| Phrase {
                tokens: name.core.clone(),
                mention: Some(m),
                pronoun: None,
            })
        });
        let whole = apposed.as_ref().unwrap_or(&source).tokens.clone();
        let source = match apposed {
            Some(source) => source,
            None => self.narrowed(source, unit.start),
        };
        let agrees = self.agrees(whole.start..source.tokens.start, source.tokens.end - 1);
        let front = agrees
            && (self.is_front(unit, whole.start)
                || self.attributes(unit.start..whole.start, cue.start));

        let rule = "quotation.by-account-of";
        let pieces = if front {
            vec![self.trim(cue.end..self.content_end(unit, cue.end), false)]
        } else {
            let start = self.clause_of(unit, source.tokens.start);
            let closes = cue.end >= unit.end || self.is_stop(cue.end);
            if closes {
                vec![self.trim(start..source.tokens.start, false)]
            } else {
                vec![self.trim(start..unit.end, false)]
            }
        };
        self.source_report(passage, pieces, cue, source, rule)
    }

    /// "as X said, CONTENT" and "CONTENT, as X said".
    fn source_clause(
        &self,
        passage: &Passage,
        unit: &Range<usize>,
        word: Range<usize>,
    ) -> Option<Draft> {
        let end = (word.end..unit.end)
            .find(|&i| self.is_comma(i) && !self.in_apposition(word.end, i) || self.is_stop(i))
            .unwrap_or(unit.end);
        let cue = (word.end..end).find_map(|i| self.cue_at(i, word.end))?;
        let from = if QuotePack::names_source(self.doc, word.end) {
            word.end + 1
        } else {
            word.end
        };
        let subject = phrase::from(self.doc, self.pack, self.speakers, from, end)
            .filter(|p| p.tokens.end <= cue.tokens.start)
            .filter(|p| self.can_speak(p) || from > word.end && self.can_be_source(p))
            .filter(|p| self.leads_to(p, cue.tokens.start));
        // "as AGENCY was told by X": an agency alone may be the one told.
        let told = subject
            .as_ref()
            .is_some_and(|p| self.doc.is(p.tokens.end - 1, Class::CueParticle));
        // "as stated its chairman, Ann Ek": the name behind the comma too.
        let teller = || {
            self.subject_after(cue.tokens.end, unit.end)
                .filter(|p| p.tokens.start < end)
        };
        let subject = if told { teller().or(subject) } else { subject };
        let small = Class::Adverb.bit() | Class::Auxiliary.bit() | Class::CueParticle.bit();
        let helpers = (word.end..cue.tokens.start).all(|i| self.doc.is_any(i, small));
        // "as added, …": the verb alone, or before its subject.
        let subject = match subject {
            Some(subject) => Voice::Subject(subject),
            None if cue.tokens.start > word.end + 1 && !helpers => return None,
            None => teller()
                .or_else(|| self.place_behind(&cue, end))
                .or_else(|| self.marked_name(cue.tokens.end, end))
                .map(Voice::Subject)
                .or_else(|| self.pack.quotes.drops_subject.then_some(Voice::Dropped))?,
        };
        let end = match &subject {
            Voice::Subject(p) => end.max(p.tokens.end),
            _ => end,
        };
        let front = self.is_front(unit, word.start);
        let piece = if front {
            (end < unit.end && self.is_comma(end))
                .then(|| end + 1..self.content_end(unit, end + 1))?
        } else if end >= unit.end || self.is_stop(end) {
            self.clause_of(unit, word.start)..word.start
        } else {
            self.clause_of(unit, word.start)..unit.end
        };
        self.source_report(
            passage,
            vec![self.trim(piece, false)],
            cue.tokens,
            subject,
            "quotation.as-said",
        )
    }

    /// Whether a subject stands next to its verb at `cue`, over small words; someone who speaks may
    /// have more between.
    fn leads_to(&self, subject: &Phrase, cue: usize) -> bool {
        let small = Class::Adverb.bit()
            | Class::Auxiliary.bit()
            | Class::CueParticle.bit()
            | Class::Negation.bit();
        let person = subject.pronoun.is_some() || subject.mention.is_some_and(|m| self.speaks(m));
        let most = if person { 10 } else { 3 };
        cue <= subject.tokens.end + most
            && (person || (subject.tokens.end..cue).all(|i| self.doc.is_any(i, small)))
    }

    /// Whether a comma only opens an apposition of the source: no verb has come yet.
    fn in_apposition(&self, from: usize, comma: usize) -> bool {
        !(from..comma).any(|i| self.doc.is(i, Class::Cue))
    }

    /// "by his own account": the subject of the clause is the source of all of it.
    fn own_account(
        &self,
        passage: &Passage,
        unit: &Range<usize>,
        cue: Range<usize>,
    ) -> Option<Draft> {
        let subject = self
            .subject_of(unit.start..cue.start)
            .or_else(|| self.subject_of(cue.end..unit.end))?;
        let start = if self.is_front(unit, cue.start) {
            cue.end
        } else {
            self.clause_of(unit, cue.start)
        };
        self.source_report(
            passage,
            vec![
                self.trim(
                    start
                        ..self
                            .main_end(unit, cue.end)
                            .min(self.relative_comma(unit, cue.end)),
                    false,
                ),
            ],
            cue,
            subject,
            "quotation.own-account",
        )
    }

    /// "X, according to whom CONTENT": the noun before the comma is the source.
    fn relative_source(
        &self,
        passage: &Passage,
        unit: &Range<usize>,
        cue: Range<usize>,
    ) -> Option<Draft> {
        let comma = cue
            .start
            .checked_sub(1)
            .filter(|&i| i > unit.start && self.is_comma(i))?;
        let (doc, pack, speakers) = (self.doc, self.pack, self.speakers);
        let source = phrase::antecedent(doc, pack, speakers, comma, unit.start)
            .or_else(|| phrase::before(doc, pack, speakers, comma, unit.start))?;
        let content = self.trim(cue.end..self.content_end(unit, cue.end), false);
        self.source_report(
            passage,
            vec![content],
            cue,
            source,
            "quotation.according-to-whom",
        )
    }

    /// "For X, this is "nothing"": an opinion when words in marks make it a report.
    fn source_opinion(
        &self,
        passage: &Passage,
        unit: &Range<usize>,
        cue: Range<usize>,
    ) -> Option<Draft> {
        let source = phrase::from(self.doc, self.pack, self.speakers, cue.end, unit.end)
            .filter(|p| p.mention.is_some() || p.pronoun.is_some())?;
        let after = self.over_apposition(source.tokens.end, unit.end, &source);
        let verbs = Class::Auxiliary.bit() | Class::Modal.bit() | Class::Verb.bit();
        let clause = (unit.start..cue.start)
            .rev()
            .find(|&i| self.is_colon(i) || self.doc.is_char(i, &[';']))
            .map_or(unit.start, |i| i + 1);
        let goes_on = self.is_comma(after)
            || self.is_comma(after - 1)
            || self.doc.is_any(after, verbs) && source.mention.is_none_or(|m| self.speaks(m));
        if !(self.is_front(&(clause..unit.end), cue.start) && goes_on) {
            return None;
        }
        let end = (after..unit.end)
            .find(|&i| self.is_colon(i))
            .unwrap_or(unit.end);
        let piece = self.trim(after..end, false);
        let marks = passage.marked.iter().any(|m| piece.contains(&m.open));
        // "For the economist Ann Ek, the bill goes too far": a title makes it a judgement.
        let judges = source.mention.is_some_and(|m| {
            let mention = &self.speakers.mentions[m];
            self.pack.meta.names.owner_behind
                && mention.kind == MentionKind::Name
                && self.speaks(m)
                && (cue.end..after).any(|i| self.doc.is(i, Class::Role))
                && (self.is_comma(after) || self.is_comma(after - 1))
                && self.words(piece.clone()) >= 4
                && !self.doc.is(piece.start, Class::Preposition)
        });
        if !(marks || judges) {
            return None;
        }
        self.source_report(passage, vec![piece], cue, source, "quotation.for-whom")
    }

    fn source_report(
        &self,
        passage: &Passage,
        pieces: Vec<Range<usize>>,
        cue: Range<usize>,
        source: impl Into<Voice>,
        rule: &'static str,
    ) -> Option<Draft> {
        if pieces.iter().map(|p| self.words(p.clone())).sum::<usize>() < 3 {
            return None;
        }
        let mut draft = self.report(passage, pieces, rule);
        draft.cue = Some(cue);
        draft.voice = source.into();
        Some(draft)
    }

    /// A source is someone or something that can say: a name, a body, a document, a noun.
    pub(super) fn can_be_source(&self, source: &Phrase) -> bool {
        let nouns = Class::Document.bit() | Class::People.bit();
        let first = source.tokens.start;
        let told = self.pack.quotes.after_comma
            && self
                .cue_at(source.tokens.end, source.tokens.end)
                .is_some_and(|c| self.is_comma(c.tokens.end));
        told || source.mention.is_some()
            || source.pronoun.is_some()
            || source.tokens.clone().any(|i| {
                self.doc.is_any(i, nouns)
                    || (self.doc.tokens[i].is_capital() && !self.pack.meta.text.capital_nouns)
            })
            || (self.doc.is(first, Class::Determiner) && (2..=5).contains(&source.tokens.len()))
    }

    /// Whether only small words stand before a token in its unit.
    pub(super) fn is_front(&self, unit: &Range<usize>, at: usize) -> bool {
        (unit.start..at).all(|i| {
            self.doc.is_any(
                i,
                Class::Coordinator.bit() | Class::Adverb.bit() | Class::Stop.bit(),
            ) || matches!(self.doc.kind(i), TokenKind::Dash | TokenKind::Mark)
                || self.is_comma(i)
        }) && at <= unit.start + 3
    }
}
