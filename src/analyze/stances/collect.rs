//! Responsible for making records of drafts: one for each holder, target and side, further evidence
//! joined to the first.

use std::ops::Range;

use super::context::Context;
use super::draft::Draft;
use crate::model::ids::row_id;
use crate::model::record::{
    Channel, Grade, Holder, Piece, Polarity, QuotationKind, Stance, Target, Time,
};
use crate::model::span::Span;
use crate::pack::stances::{Help, Place};

impl Context<'_> {
    /// The records of all drafts, in order of evidence.
    pub(super) fn records(&self, drafts: Vec<Draft>) -> Vec<Stance> {
        let mut out: Vec<(Stance, Range<usize>)> = Vec::with_capacity(drafts.len());
        for draft in drafts {
            let target = draft.target.clone();
            let stance = self.record(draft);
            let same = out.iter_mut().find(|(known, tokens)| {
                known.holder.name == stance.holder.name
                    && known.polarity == stance.polarity
                    && self.is_same_target(tokens, &target)
            });
            match same {
                Some((known, _)) => {
                    if known.evidence.span != stance.evidence.span
                        && known
                            .more_evidence
                            .iter()
                            .all(|e| e.span != stance.evidence.span)
                    {
                        known.more_evidence.push(stance.evidence);
                    }
                }
                None => out.push((stance, target)),
            }
        }
        let mut stances: Vec<Stance> = out.into_iter().map(|(s, _)| s).collect();
        for (n, stance) in stances.iter_mut().enumerate() {
            stance.id = row_id('s', n + 1);
        }
        stances
    }

    /// Whether two targets share most of their words.
    fn is_same_target(&self, a: &Range<usize>, b: &Range<usize>) -> bool {
        if a == b {
            return true;
        }
        let words = |r: &Range<usize>| {
            r.clone()
                .filter(|&i| self.doc.tokens[i].is_word())
                .map(|i| self.doc.tokens[i].hash)
                .collect::<Vec<u32>>()
        };
        let (x, y) = (words(a), words(b));
        let shared = x.iter().filter(|w| y.contains(w)).count();
        shared * 2 * 4 >= (x.len() + y.len()) * 3 && shared > 0
    }

    fn record(&self, draft: Draft) -> Stance {
        let doc = self.doc;
        let at = draft.cue.start;
        let quotation = self.quotation(at);
        let channel = match quotation {
            _ if draft.act => Channel::Act,
            Some(q) if q.kind == QuotationKind::Direct => Channel::DirectQuote,
            Some(_) => Channel::Indirect,
            None => Channel::Narrated,
        };
        let attributed_by = quotation
            .and_then(|q| q.speaker.as_ref())
            .filter(|s| !is_same_name(&s.name, &draft.holder))
            .map(|s| s.name.clone());
        let sentence = self.sentence(at);
        let past = (sentence.start.max(at.saturating_sub(8))..sentence.end.min(draft.cue.end + 4))
            .any(|i| self.is_help(i, Help::Past));
        let evidence = doc.span(draft.evidence.clone());
        let target = self.without_ending(doc.span(draft.target.clone()));
        Stance {
            id: String::new(),
            holder: draft.holder,
            target: Target {
                text: target.of(doc.text).to_owned(),
                span: target,
                canonical: self.canonical(&draft.target),
            },
            polarity: draft.polarity,
            strength: draft.strength,
            negated: draft.negated,
            channel,
            time: if past { Time::Past } else { Time::Current },
            condition: draft.condition.map(|c| doc.words(c).to_owned()),
            lean: draft
                .lean
                .filter(|_| draft.polarity == Polarity::Conditional),
            attributed_by,
            cue: Some(Piece::cut(doc.text, doc.span(draft.cue))),
            evidence: Piece::cut(doc.text, evidence.trimmed(doc.text)),
            more_evidence: Vec::new(),
            quotation_id: quotation.map(|q| q.id.clone()),
            rule: self.pack.rule(draft.rule),
            grade: Grade::Weak,
        }
    }
}

impl Context<'_> {
    /// A target without the particle that is written with its last word, where nouns take such.
    fn without_ending(&self, mut span: Span) -> Span {
        let meta = &self.pack.meta;
        if !meta.text.caseless || self.words().place != Place::Before {
            return span;
        }
        let text = span.of(self.doc.text);
        let last = text.rsplit(' ').next().unwrap_or(text);
        let ending = meta
            .names
            .endings
            .iter()
            .find(|e| last.len() > e.len() && last.ends_with(e.as_str()));
        span.end -= ending.map_or(0, String::len) as u32;
        span
    }
}

fn is_same_name(name: &str, holder: &Holder) -> bool {
    name == holder.name
}
