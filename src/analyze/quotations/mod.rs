//! Responsible for quotations: what is said, where, and by which cue. Each block of prose is read
//! once: dash speech, marked speech, then reports without marks; speakers are named last, in the
//! order of the text, so that pronouns and silent continuations can look back.

mod account;
mod after;
mod attribution;
mod bare;
mod dash;
mod described;
mod draft;
mod extent;
mod frame;
mod fronted;
mod headline;
mod host;
mod impersonal;
mod in_view;
mod indirect;
mod interrupted;
mod marked;
mod marks;
mod mood;
mod name;
mod noun;
mod rules;
mod source;
mod sourced;
mod subject;
mod unlisted;

use std::ops::Range;

use crate::analyze::speakers::Speakers;
use crate::model::record::{BlockKind, Quotation};
use crate::pack::Pack;
use crate::pack::quotes::CueKind;
use crate::text::doc::{Block, Doc};
use crate::text::lexicon::Class;
use crate::text::token::TokenKind;
use marks::Marked;
pub use rules::RULES;

/// What the finders of one document share.
struct Context<'c> {
    doc: &'c Doc<'c>,
    pack: &'c Pack,
    speakers: &'c Speakers,
}

/// One block of prose with its marked stretches and its units.
struct Passage {
    /// Its number.
    block: usize,
    /// Its tokens.
    tokens: Range<usize>,
    /// Its outermost marked stretches.
    marked: Vec<Marked>,
    /// Sentences, joined where a marked stretch crosses their border.
    units: Vec<Range<usize>>,
}

impl Passage {
    /// Ends the passage before a token.
    fn cut(&mut self, end: usize) {
        self.tokens.end = end;
        self.marked.retain(|m| m.open < end);
        self.units.retain(|u| u.start < end);
        if let Some(last) = self.units.last_mut() {
            last.end = last.end.min(end);
        }
    }
}

/// All quotations of a document, in order.
pub fn quotations(doc: &Doc<'_>, pack: &Pack, speakers: &Speakers) -> Vec<Quotation> {
    let context = Context {
        doc,
        pack,
        speakers,
    };
    let mut drafts = Vec::new();
    for (n, block) in doc.blocks.iter().enumerate() {
        let heading = matches!(block.kind, BlockKind::Title | BlockKind::Heading);
        if !(block.is_prose() || heading) || block.tokens.is_empty() {
            continue;
        }
        let mut passage = context.passage(n, block);
        let from = drafts.len();
        if heading {
            context.headline_speech(&passage, &mut drafts);
        } else if context.is_dash_speech(&passage) {
            context.dash_speech(&passage, &mut drafts);
        } else {
            // Turns behind the narration of a paragraph leave the rest to the other finders.
            if let Some(dash) = context.inline_speech(&passage, &mut drafts) {
                passage.cut(dash);
            }
            context.marked_speech(&passage, &mut drafts);
            context.reports(&passage, &mut drafts);
        }
        drafts[from..].sort_by_key(|d| (d.start(), d.end()));
    }
    context.finish(drafts)
}

impl Context<'_> {
    fn passage(&self, n: usize, block: &Block) -> Passage {
        let tokens = block.tokens.clone();
        let mut marked = marks::marked(self.doc, &self.pack.quotes, tokens.clone());
        if let Some(m) = self.closed_only(block, &marked) {
            marked.insert(0, m);
        }
        let mut units: Vec<Range<usize>> = Vec::new();
        for sentence in &self.doc.sentences[block.sentences.clone()] {
            let crossed = marked
                .iter()
                .any(|m| m.open < sentence.tokens.start && sentence.tokens.start < m.end());
            match units.last_mut() {
                Some(last) if crossed => last.end = sentence.tokens.end,
                _ => units.push(sentence.tokens.clone()),
            }
        }
        Passage {
            block: n,
            tokens,
            marked,
            units,
        }
    }

    /// Whether a token is no word and no number.
    #[inline]
    fn is_sign(&self, i: usize) -> bool {
        !matches!(self.doc.kind(i), TokenKind::Word | TokenKind::Number)
    }

    /// Speech up to a closing mark that nothing opens, where an attribution follows it: from the
    /// block's start, or from its own sentence when others report before it.
    fn closed_only(&self, block: &Block, marked: &[Marked]) -> Option<Marked> {
        let tokens = &block.tokens;
        let close = marks::lone_closing(self.doc, &self.pack.quotes, tokens)?;
        if marked.first().is_some_and(|m| m.open <= close) {
            return None;
        }
        let free = |i: &usize| !self.is_comma(*i) && self.doc.kind(*i) != TokenKind::Dash;
        let at = (close + 1..tokens.end).find(free)?;
        self.frame_at(at, tokens.end)
            .filter(|f| f.cue.may(CueKind::Say) && self.closes(f, tokens.end))?;
        let sentences = &self.doc.sentences[block.sentences.clone()];
        let own = sentences.iter().rfind(|s| s.tokens.start < close)?;
        let reports = |i: usize| self.doc.is(i, Class::Cue);
        let start = if (tokens.start..own.tokens.start).any(reports) {
            own.tokens.start
        } else {
            tokens.start
        };
        Some(Marked {
            open: start,
            inner: start..close,
            closed: true,
        })
    }

    fn is_comma(&self, i: usize) -> bool {
        self.is_sign(i) && self.doc.is_char(i, &[',', '،', '、', '，'])
    }

    fn is_colon(&self, i: usize) -> bool {
        self.is_sign(i) && self.doc.is_char(i, &[':', '：'])
    }

    /// Whether the token ends a sentence: . ! ? …
    fn is_stop(&self, i: usize) -> bool {
        self.doc.kind(i) == TokenKind::Punct
            && self
                .doc
                .word(i)
                .starts_with(['.', '!', '?', '…', '。', '！', '？', '।', '؟', '۔', ';'])
    }

    /// How many words a range of tokens holds.
    fn words(&self, tokens: Range<usize>) -> usize {
        tokens
            .filter(|&i| matches!(self.doc.kind(i), TokenKind::Word | TokenKind::Number))
            .count()
    }

    /// Whether a range of tokens holds something like a finite verb.
    fn has_verb(&self, tokens: Range<usize>) -> bool {
        let verbs =
            Class::Auxiliary.bit() | Class::Modal.bit() | Class::Verb.bit() | Class::Cue.bit();
        tokens.into_iter().any(|i| self.doc.is_any(i, verbs))
    }

    /// The range without marks, dashes and punctuation at its ends; a final stop stays when `keep_stop`.
    fn trim(&self, tokens: Range<usize>, keep_stop: bool) -> Range<usize> {
        let Range { mut start, mut end } = tokens;
        let outer = |i: usize| {
            matches!(self.doc.kind(i), TokenKind::Dash | TokenKind::Mark)
                || (self.doc.kind(i) == TokenKind::Punct
                    && self.doc.is_char(
                        i,
                        &[
                            ',', ';', ':', '.', '…', ')', '،', '、', '，', '：', '。', '।', '۔',
                        ],
                    ))
        };
        while start < end && outer(start) && !self.doc.word(start).starts_with('…') {
            start += 1;
        }
        while end > start {
            let last = end - 1;
            let drop = outer(last)
                && !(keep_stop && self.is_stop(last))
                && !self.doc.is_char(last, &[')']);
            if !drop {
                break;
            }
            end = last;
        }
        start..end
    }
}
