//! Responsible for cues whose target does not simply follow: passives with an agent, verbs whose
//! particle closes the clause, targets in front of the cue.

use std::ops::Range;

use super::clause::Intro;
use super::context::Context;
use super::find::{Cue, Found};
use super::target::Complement;
use crate::pack::stances::{Help, Place, Voice};
use crate::text::lexicon::Class;

impl Context<'_> {
    /// Passive: the agent holds, the subject is the target.
    pub(super) fn passive(&self, cue: &Cue<'_>) -> Option<Found> {
        let (start, end) = (cue.tokens.start, cue.tokens.end);
        let limit = self.sentence(start).end;
        let agent = (end..limit.min(end + 5))
            .find(|&i| self.is_help(i, Help::Agent))
            .filter(|&a| {
                (end..a).all(|i| {
                    self.is_filler(i)
                        || self.is_time(i)
                        || self
                            .doc
                            .is_any(i, Class::Preposition.bit() | Class::Determiner.bit())
                })
            });
        let Some(agent) = agent else {
            if let Some(found) = self.passive_behind(cue) {
                return Some(found);
            }
            let left = self.left(start);
            let passive = (left.start..start)
                .rev()
                .take(6)
                .any(|i| self.is_help(i, Help::Passive));
            return (passive || cue.voice == Voice::Passive).then(Found::default);
        };
        let holder_at = agent + self.help(agent, Help::Agent).unwrap_or(1);
        let holder = self.mention(holder_at)?;
        // A list of agents goes on.
        let holder = holder.start
            ..self
                .phrase_end(holder.start, limit)
                .max(holder.end)
                .min(holder.end + 12);
        let subject = self.passive_target(start)?;
        let target = self.trim_target(subject.clone())?;
        let complement = Complement {
            tokens: target,
            clause: false,
            next: None,
        };
        let gap = [subject.end.min(start)..start, end..end];
        let holders = self.holders_in(holder, start);
        let mut found = self.finish(cue, agent + 1, holders, complement, &gap, None);
        for draft in &mut found.drafts {
            draft.rule = "stance.passive";
        }
        Some(found)
    }

    /// Passive with the agent between auxiliary and participle ("wird von der Regierung unterstützt").
    pub(super) fn passive_behind(&self, cue: &Cue<'_>) -> Option<Found> {
        if self.words().place != Place::Either {
            return None;
        }
        let start = cue.tokens.start;
        let left = self.left(start);
        let auxiliary = (left.start..start)
            .rev()
            .take(16)
            .find(|&i| self.is_help(i, Help::Passive))?;
        let agent = (auxiliary + 1..start).find(|&i| self.is_help(i, Help::Agent))?;
        let from = agent + self.help(agent, Help::Agent).unwrap_or(1);
        let holder = self.mention(from).map(|m| m.start..m.end.min(start))?;
        let subject = self
            .subject(auxiliary, auxiliary + 1)
            .filter(|s| !s.after && !s.shared)?;
        let target = self.trim_target(subject.tokens)?;
        let complement = Complement {
            tokens: target,
            clause: false,
            next: None,
        };
        let gap = [auxiliary + 1..agent, holder.end..start];
        let holders = self.holders_in(holder, start);
        let mut found = self.finish(cue, cue.tokens.end, holders, complement, &gap, None);
        for draft in &mut found.drafts {
            draft.rule = "stance.passive";
        }
        Some(found)
    }

    fn passive_target(&self, start: usize) -> Option<Range<usize>> {
        let subject = self.subject(start, start + 1);
        match subject {
            Some(s) if !s.after => Some(s.tokens),
            // "The text, backed by X": the noun phrase before the participle.
            _ => {
                let mut at = start;
                while at > 0 && (self.is_comma(at - 1) || self.is_filler(at - 1)) {
                    at -= 1;
                }
                self.antecedent(at)
            }
        }
    }

    /// A verb whose particle closes the clause: "lehnt den Vorschlag ab".
    #[expect(
        clippy::too_many_lines,
        reason = "one step for each thing between verb and particle"
    )]
    pub(super) fn closed(&self, cue: &Cue<'_>) -> Found {
        let (start, end) = (cue.tokens.start, cue.tokens.end);
        let limit = self.sentence(start).end;
        let mut depth = 0usize;
        let particle = (end..limit.min(end + 40)).find(|&i| {
            if self.doc.is_char(i, &['(']) {
                depth += 1;
            } else if self.doc.is_char(i, &[')']) {
                depth = depth.saturating_sub(1);
            }
            depth == 0
                && self.frame(i, &cue.group.end).is_some()
                && (i + 1 >= limit
                    || !self.doc.tokens[i + 1].is_word()
                    || self.is(i + 1, Class::Coordinator)
                    || self.is(i + 1, Class::Preposition)
                    || self.is(i + 1, Class::InfinitiveMarker)
                    || self.is(i + 1, Class::Subordinator)
                    || self.words().place != Place::Either)
        });
        let Some(particle) = particle else {
            return Found::default();
        };
        if (end..particle)
            .any(|i| self.is_break(i) && self.doc.kind(i) != crate::text::token::TokenKind::Dash)
        {
            return Found::default();
        }
        let length = self.frame(particle, &cue.group.end).unwrap_or(1);
        let Some(mut subject) = self.subject(start, end) else {
            return Found::default();
        };
        if subject.after {
            subject.tokens.end = subject
                .tokens
                .end
                .min(particle.max(subject.tokens.start + 1));
        }
        let from = if subject.after {
            subject.tokens.end
        } else {
            end
        };
        if cue.group.clause
            && !cue.group.noun
            && let Some(complement) = self.complement(particle + length, cue.group)
        {
            let gap = [subject.tokens.end.min(start)..start, end..particle];
            let holders = self.holders(&subject, start);
            return self.finish(cue, particle + length, holders, complement, &gap, None);
        }
        if !cue.group.noun {
            return Found::default();
        }
        let Some(at) = self.in_front(cue.group, from, particle) else {
            return Found::default();
        };
        let mut gap = [subject.tokens.end.min(start)..start, end..particle];
        let mut tokens = at..particle;
        let mut holder = subject.tokens.clone();
        if at >= particle {
            // "Einen Verkauf schließt er aus": the object stands first.
            if let Some(after) = self
                .phrase_after(end)
                .filter(|p| p.end <= particle && !subject.after && self.is_someone(p))
            {
                tokens = subject.tokens.clone();
                holder = after;
            } else if subject.after {
                let from = self.left(start).start;
                tokens = self.skip_lead(from, start)..start;
                if tokens.is_empty() || self.starts_badly(tokens.start) {
                    return Found::default();
                }
            } else {
                return Found::default();
            }
        }
        let unnamed = self
            .speakers
            .mentions_in(subject.tokens.clone())
            .next()
            .is_none();
        if !subject.after
            && !subject.shared
            && unnamed
            && cue.group.with.is_empty()
            && self
                .person(subject.tokens.start)
                .is_none_or(|_| subject.tokens.len() > 1)
            && let Some(behind) = self.phrase_after(end).filter(|p| p.end <= particle)
            && (self.person(behind.start).is_some()
                || self.speakers.mentions_in(behind.clone()).next().is_some())
        {
            let rest = self.skip_lead(behind.end, particle);
            if rest >= particle || self.is_count(rest, particle) {
                tokens = subject.tokens;
                holder = behind;
            }
        }
        if let Some(negation) = self.negation_in(at.min(particle)..particle)
            && negation + 1 == particle
        {
            tokens.end = negation.max(tokens.start);
        } else {
            gap[1] = end..at.min(particle);
        }
        let Some(target) = self.trim_target(tokens) else {
            return Found::default();
        };
        if self.is(target.start, Class::Preposition) && !self.is(target.start, Class::Determiner) {
            return Found::default();
        }
        let complement = Complement {
            tokens: target,
            clause: false,
            next: None,
        };
        let holders = self.holders_in(holder, start);
        self.finish(cue, particle + length, holders, complement, &gap, None)
    }

    /// "Against the plan voted A and B": frame and target, or the frame alone, open the clause.
    pub(super) fn fronted(
        &self,
        cue: &Cue<'_>,
        left: usize,
        recent: Option<&Range<usize>>,
    ) -> Found {
        let (start, end) = (cue.tokens.start, cue.tokens.end);
        let from = self.skip_lead(left, start);
        let verb = (from..start)
            .find(|&i| self.is_finite(i) && !self.is(i, Class::Stance))
            .unwrap_or(start);
        let (target, behind) = if let Some(len) = self.frame(from, &cue.group.with) {
            (from + len..verb, verb)
        } else {
            let at = (from + 1..start).find(|&i| {
                self.frame(i, &cue.group.with)
                    .is_some_and(|len| i + len == start)
            });
            match at {
                Some(at) if self.words().place != Place::After => (from..at, start),
                _ => return Found::default(),
            }
        };
        if target.clone().any(|i| self.is_comma(i) || self.is_break(i)) {
            return Found::default();
        }
        let limit = self.sentence(start).end;
        let next = if behind == start { end } else { behind + 1 };
        let Some(first) = self
            .phrase_after(next)
            .filter(|p| p.end <= start || p.start >= end)
        else {
            return Found::default();
        };
        let to = if first.start >= end {
            self.phrase_end(first.start, limit)
                .max(first.end)
                .min(first.start + 24)
        } else {
            first.end
        };
        let holders = self.holders_in(first.start..to, start);
        let (target, evidence) = match (self.trim_target(target), recent) {
            (Some(target), _) => (target, None),
            (None, Some(recent)) if cue.group.antecedent => {
                (recent.clone(), Some(self.sentence(recent.start).start))
            }
            _ => return Found::default(),
        };
        if self.starts_badly(target.start) {
            return Found::default();
        }
        let complement = Complement {
            tokens: target,
            clause: false,
            next: None,
        };
        let gap = [end..first.start.max(end)];
        self.finish(cue, end.max(to), holders, complement, &gap, evidence)
    }

    /// Whether a short phrase between a comma and the cue is its subject, so that the verb at `finite`
    /// belongs to the clause before ("A voted against, B abstained").
    fn opens_own_clause(&self, finite: usize, cue: usize) -> bool {
        const LONGEST: usize = 5;
        let Some(comma) = (finite + 1..cue).rev().find(|&i| self.is_comma(i)) else {
            return false;
        };
        cue - comma <= LONGEST
            && comma + 1 < cue
            && self
                .mention(comma + 1)
                .is_some_and(|m| m.end == cue && self.speakers.mentions_in(m).next().is_some())
    }

    /// The target stands between the subject and the cue.
    #[expect(
        clippy::too_many_lines,
        reason = "one branch for each order of holder and target"
    )]
    pub(super) fn before(&self, cue: &Cue<'_>) -> Found {
        let (start, end) = (cue.tokens.start, cue.tokens.end);
        let left = self.left(start);
        if left.intro == Intro::If {
            return Found::default();
        }
        let finite = (left.start..start)
            .rev()
            .find(|&i| self.is_finite(i) && self.speakers.mention_at(i).is_none());
        if finite.is_some_and(|f| self.opens_own_clause(f, start)) {
            return Found::default();
        }
        let (holder, from) = match finite {
            Some(f) => match self.subject(f, f + 1) {
                // "Den Plan hat die Partei abgelehnt": the object stands in front.
                Some(s)
                    if s.after
                        && cue.group.with.is_empty()
                        && self.skip_lead(self.past_bracket(s.tokens.end), start) >= start =>
                {
                    let at = self.skip_lead(left.start, f);
                    let Some(target) = self
                        .trim_target(at..f)
                        .filter(|t| !self.starts_badly(t.start))
                    else {
                        return Found::default();
                    };
                    let complement = Complement {
                        tokens: target,
                        clause: false,
                        next: None,
                    };
                    let gap = [s.tokens.end..start];
                    let holders = self.holders_in(s.tokens, start);
                    return self.finish(cue, end, holders, complement, &gap, None);
                }
                Some(s) if s.after => (s.tokens.clone(), s.tokens.end),
                Some(s) => {
                    // "The plan has the union rejected": the object stands first.
                    if self.words().inversion
                        && !s.shared
                        && !self.is_someone(&s.tokens)
                        && let Some(behind) =
                            self.phrase_after(f + 1).filter(|b| self.is_someone(b))
                        && self.skip_lead(behind.end, start) >= start
                        && cue.group.with.is_empty()
                        && let Some(target) = self.trim_target(s.tokens.clone())
                    {
                        let complement = Complement {
                            tokens: target,
                            clause: false,
                            next: None,
                        };
                        let gap = [behind.end..start];
                        let holders = self.holders_in(behind, start);
                        return self.finish(cue, end, holders, complement, &gap, None);
                    }
                    (s.tokens, f + 1)
                }
                None => return Found::default(),
            },
            None if left.intro == Intro::Relative => {
                let mut at = left.at;
                while at > 0 && self.is_comma(at - 1) {
                    at -= 1;
                }
                match self.antecedent(at) {
                    Some(tokens) => (tokens, left.start),
                    None => return Found::default(),
                }
            }
            None => {
                let at = self.skip_lead(left.start, start);
                match self.mention(at).map(|tokens| self.clipped(tokens)) {
                    // "A, B and C voted": what follows the comma holds as well.
                    Some(tokens)
                        if self.is_comma(tokens.end)
                            && (tokens.end..start).any(|i| self.is(i, Class::Coordinator)) =>
                    {
                        return Found::default();
                    }
                    Some(tokens) if tokens.end < start => {
                        // A title behind its name belongs to the holder.
                        let titled = self.pack.meta.text.caseless
                            && self.is(tokens.end, Class::Role)
                            && tokens.end + 1 < start;
                        (tokens.clone(), tokens.end + usize::from(titled))
                    }
                    _ => match self
                        .up_to_marker(at..start)
                        .map(|t| t.end)
                        .or_else(|| self.split_before(at..start))
                    {
                        Some(cut) => (at..cut, cut),
                        None => return Found::default(),
                    },
                }
            }
        };
        // "…, to approve the plan": what stands behind the last comma belongs to the cue.
        let comma = (from..start)
            .rev()
            .find(|&i| self.is_comma(i))
            .filter(|&c| {
                c + 1 < start
                    && (c + 1..start).all(|i| !self.is_finite(i))
                    && self.words().place == Place::Either
            });
        let from = comma.map_or(from, |c| c + 1);
        let Some(at) = self.in_front(cue.group, from, start) else {
            return Found::default();
        };
        if at >= start {
            return Found::default();
        }
        let mut tokens = at..start;
        // "At the meeting, the plan …": a postposition before a comma closes an adverbial.
        if self.words().place == Place::Before
            && let Some(comma) = (at + 1..start)
                .rev()
                .find(|&i| self.is_comma(i) && self.is(i - 1, Class::Preposition))
            && comma + 1 < start
        {
            tokens.start = comma + 1;
        }
        // A particle or intensifier behind the object belongs to the verb.
        while self.words().place == Place::Before
            && tokens.len() > 1
            && self.doc.is_any(
                tokens.end - 1,
                Class::Preposition.bit() | Class::Intensifier.bit(),
            )
            && self.speakers.mention_at(tokens.end - 1).is_none()
        {
            tokens.end -= 1;
        }
        if let Some(count) = (at + 1..start).find(|&i| self.is_count(i, start)) {
            tokens.end = count;
        }
        let mut gap = [start..start, end..end + 1];
        if let Some(negation) = self.negation_in(from..start) {
            gap[0] = negation..negation + 1;
            if negation >= at {
                tokens.end = if negation + 3 >= start {
                    negation
                } else {
                    tokens.end
                };
            }
        }
        let Some(target) = self.trim_target(tokens).filter(|t| {
            (!self.is(t.start, Class::Preposition) || self.is(t.start, Class::Determiner))
                && !self.is_idle_clause(t)
        }) else {
            return Found::default();
        };
        let complement = Complement {
            tokens: target,
            clause: false,
            next: None,
        };
        let holders = self.holders_in(holder, start);
        self.finish(cue, end, holders, complement, &gap, None)
    }
}
