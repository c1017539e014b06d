//! Responsible for stances: who is for or against what.
//!
//! One pass over the sentences: each cue of the pack's lexicon looks for its holder and its target by
//! its frame, reads negation and condition, and gives up where the words leave a doubt.

mod actor;
mod balance;
mod bare;
mod clause;
mod collect;
mod context;
mod draft;
mod dropped;
mod embedded;
mod find;
mod finish;
mod frames;
mod governor;
mod holder;
mod known;
mod lead;
mod noun;
mod rules;
mod sides;
mod subject;
mod target;
#[cfg(test)]
mod tests;
mod trim;
mod verdict;

pub use rules::RULES;

use std::ops::Range;

use context::Context;
use draft::{Draft, Earlier};

use crate::analyze::speakers::Speakers;
use crate::model::record::{BlockKind, Quotation, Stance};
use crate::pack::Pack;
use crate::text::doc::{Block, Doc};
use crate::text::lexicon::Class;

/// All stances of a document, in order.
pub fn stances(
    doc: &Doc<'_>,
    pack: &Pack,
    speakers: &Speakers,
    quotations: &[Quotation],
) -> Vec<Stance> {
    if pack.stances.groups.is_empty() {
        return Vec::new();
    }
    let context = Context::new(doc, pack, speakers, quotations);
    let mut drafts: Vec<Draft> = Vec::new();
    let mut recent: Option<(usize, Range<usize>)> = None;
    let mut voted: Option<(usize, Range<usize>)> = None;
    for block in doc.blocks.iter().enumerate().filter(|(_, b)| is_read(b)) {
        let (n, block) = block;
        for sentence in &doc.sentences[block.sentences.clone()] {
            if doc.said_in(sentence.tokens.clone()) & Class::Stance.bit() == 0 {
                continue;
            }
            let mut i = sentence.tokens.start;
            while i < sentence.tokens.end {
                if !doc.tokens[i].is_word() || !doc.begins(i, Class::Stance) {
                    i += 1;
                    continue;
                }
                // The target of the stance before may be this one's, in the same paragraph.
                let here = |known: &Option<(usize, Range<usize>)>| {
                    let known = known.as_ref().filter(|(b, _)| n == *b);
                    known.map(|(_, target)| target.clone())
                };
                let before = Earlier {
                    issue: here(&recent),
                    voted: here(&voted),
                };
                let found = context.stances_at(i, &before);
                if let Some(last) = found.drafts.last().filter(|d| {
                    d.act || found.issue && !matches!(d.rule, "stance.demand" | "stance.stop")
                }) {
                    voted = Some((n, last.target.clone()));
                }
                if let Some(last) = found.drafts.last().filter(|_| found.issue) {
                    recent = Some((n, last.target.clone()));
                }
                if let Some(last) = found.drafts.last() {
                    *context.last_target.borrow_mut() = Some(last.target.clone());
                }
                i = found.covered.max(i + 1);
                drafts.extend(found.drafts);
            }
        }
    }
    // A headline says in brief what the body says: it counts only where the body is silent.
    let is_head = |draft: &Draft| {
        doc.block_of(draft.cue.start)
            .is_some_and(|b| !doc.blocks[b].is_prose())
    };
    let (heads, mut body): (Vec<Draft>, Vec<Draft>) = drafts.into_iter().partition(is_head);
    for head in heads {
        let known = body
            .iter()
            .any(|d| d.holder.name == head.holder.name && d.polarity == head.polarity);
        if !known {
            body.push(head);
        }
    }
    body.sort_by_key(|d| d.cue.start);
    context.records(body)
}

/// Whether stances are looked for in a block.
fn is_read(block: &Block) -> bool {
    block.is_prose() || matches!(block.kind, BlockKind::Title | BlockKind::Heading)
}
