//! Responsible for cues without words behind them that could be the target.

use std::ops::Range;

use super::clause::Intro;
use super::context::Context;
use super::find::{Cue, Found};
use super::governor::Subject;
use super::target::Complement;
use crate::pack::stances::{Help, Place, Side};
use crate::text::lexicon::Class;

impl Context<'_> {
    pub(super) fn without_complement(
        &self,
        cue: &Cue<'_>,
        reach: usize,
        after: usize,
        subject: &Subject,
        recent: Option<&Range<usize>>,
    ) -> Found {
        let (start, end) = (cue.tokens.start, cue.tokens.end);
        let group = cue.group;
        let left = self.left(start);
        // "which the union rejected": the antecedent is the target.
        if left.intro == Intro::Relative
            && !subject.after
            && subject.tokens.start >= left.start
            && group.noun
        {
            let mut at = left.at;
            while at > 0 && (self.is_comma(at - 1) || self.is(at - 1, Class::Preposition)) {
                at -= 1;
            }
            if let Some(target) = self.antecedent(at).and_then(|t| self.trim_target(t)) {
                let gap = [subject.tokens.end.min(start)..start, end..after];
                let complement = Complement {
                    tokens: target,
                    clause: false,
                    next: None,
                };
                return self.finish(
                    cue,
                    reach,
                    self.holders(subject, start),
                    complement,
                    &gap,
                    None,
                );
            }
        }
        // Object first: "The proposal rejects the union" in a language with inversion.
        if self.words().inversion
            && !subject.after
            && !subject.shared
            && group.noun
            && group.with.is_empty()
            && let Some(holder) = self.phrase_after(end)
        {
            let target = subject.tokens.clone();
            if let Some(target) = self.trim_target(target) {
                let complement = Complement {
                    tokens: target,
                    clause: false,
                    next: None,
                };
                let gap = [
                    end..holder.start,
                    holder.end..self.skip_lead(holder.end, self.sentence(start).end),
                ];
                let holders = self.holders_in(holder, start);
                return self.finish(cue, reach, holders, complement, &gap, None);
            }
        }
        if group.place == Place::Either {
            let found = self.before(cue);
            if !found.drafts.is_empty() {
                return found;
            }
        }
        // "abstains from comment": that is no vote.
        let elsewhere = group.side == Side::Neutral
            && self.is(after, Class::Preposition)
            && !self.is_time(after + 1)
            && self.doc.kind(after + 1) != crate::text::token::TokenKind::Number;
        // Only a vote or an abstention goes without its object before a preposition; and what was
        // criticised criticises nothing.
        let voted = group.act || group.side == Side::Neutral || !group.with.is_empty();
        let mut next = after;
        while next < self.sentence(start).end && self.is_filler(next) {
            next += 1;
        }
        let governs = !voted && self.is(next, Class::Preposition);
        let helper = (left.start..start).rev().find(|&i| !self.is_filler(i));
        let endured = helper.is_some_and(|i| {
            self.is_help(i, Help::Passive) && self.is(i, Class::Auxiliary) && !voted
        });
        if group.antecedent
            && !elsewhere
            && !governs
            && !endured
            && let Some(recent) = recent
            && self.stands_alone(after)
        {
            let gap = [subject.tokens.end.min(start)..start, end..after];
            let complement = Complement {
                tokens: recent.clone(),
                clause: false,
                next: None,
            };
            let from = self.sentence(recent.start).start;
            return self.finish(
                cue,
                reach,
                self.holders(subject, start),
                complement,
                &gap,
                Some(from),
            );
        }
        Found::default()
    }

    /// Whether nothing but an adverbial or a new clause follows.
    fn stands_alone(&self, after: usize) -> bool {
        let end = self.sentence(after.saturating_sub(1)).end;
        let mut at = after;
        while at < end && self.is_filler(at) {
            at += 1;
        }
        if at < end
            && self.is(at, Class::Preposition)
            && self.is_time(at + 1)
            && self.is_help(after - 1, Help::Agent)
        {
            return false;
        }
        at >= end
            || self.is_comma(at)
            || self.is_break(at)
            || self.is_mark(at)
            || self.is(at, Class::Coordinator) && !self.is(at + 1, Class::StanceFrame)
            || self.is(at, Class::Preposition)
            || self.is(at, Class::Subordinator)
            || self.doc.is_char(at, &['('])
    }
}
