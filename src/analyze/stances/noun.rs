//! Responsible for nouns that take a side: "voices support for", "meets criticism from".

use std::ops::Range;

use super::clause::Intro;
use super::context::Context;
use super::find::{Cue, Found};
use super::target::Complement;
use crate::pack::stances::Help;
use crate::text::lexicon::Class;

impl Context<'_> {
    /// A noun: "voices support for", "the government's support for", "criticism from X of Y".
    pub(super) fn noun(&self, cue: &Cue<'_>, recent: Option<&Range<usize>>) -> Found {
        let (start, end) = (cue.tokens.start, cue.tokens.end);
        let left = self.left(start);
        if left.intro == Intro::If {
            return Found::default();
        }
        let light = (left.start..start)
            .rev()
            .take(12)
            .find(|&i| self.is_help(i, Help::Light));
        let Some(light) = light else {
            return Found::default();
        };
        let group = cue.group;
        // "understands the reasons for the demand": the noun is somebody else's.
        let preposition = (light + 1..start).rev().find(|&i| {
            self.is(i, Class::Preposition)
                && !self
                    .doc
                    .is_any(i, Class::Determiner.bit() | Class::InfinitiveMarker.bit())
        });
        let governed = preposition.is_some_and(|p| {
            p + 1 == start
                || (p + 1..start)
                    .all(|i| !self.is_time(i) && (i == p + 1 || !self.is(i, Class::Determiner)))
        });
        if governed {
            return self.held_after(cue, light);
        }
        let mut after = end;
        if !group.with.is_empty() {
            let Some((frame, _)) = self.find_frame(end, &group.with, false) else {
                return self.held_after(cue, light);
            };
            after = frame.end;
        }
        let Some(subject) = self.subject(light, light + 1) else {
            return Found::default();
        };
        let Some(complement) = self.complement(after, group) else {
            return self.without_complement(cue, after, after, &subject, recent);
        };
        let holders = self.holders(&subject, start);
        let from = if subject.after {
            light
        } else {
            subject.tokens.end.min(light)
        };
        let gap = [from..start, end..after.max(end)];
        self.finish(cue, after, holders, complement, &gap, None)
    }

    /// "The plan meets criticism from X": the subject is the target, X holds.
    fn held_after(&self, cue: &Cue<'_>, light: usize) -> Found {
        let (start, end) = (cue.tokens.start, cue.tokens.end);
        let Some(len) = self.frame(end, &cue.group.from) else {
            return Found::default();
        };
        let Some(holder) = self.mention(end + len) else {
            return Found::default();
        };
        let Some(mut subject) = self.subject(light, light + 1) else {
            return Found::default();
        };
        // "has the plan support in …": the subject ends where the noun begins.
        subject.tokens.end = subject.tokens.end.min(start.max(subject.tokens.start));
        let Some(target) = self.trim_target(subject.tokens.clone()) else {
            return Found::default();
        };
        let complement = Complement {
            tokens: target,
            clause: false,
            next: None,
        };
        let gap = [subject.tokens.end.min(light)..start];
        let mut holders = self.holders_in(holder.clone(), start);
        holders.retain(|h| self.is_actor(h));
        self.finish(cue, holder.end, holders, complement, &gap, None)
    }
}
