//! Responsible for the document of an article in one language, and for joining what several packs
//! read in an article whose paragraphs are in several languages.

use std::ops::Range;

use super::blocks::{self, Part};
use super::speakers::Speakers;
use super::{figures, quotations, stances};
use crate::model::article::RawArticle;
use crate::model::ids::row_id;
use crate::model::record::{FactBox, Figure, Quotation, Stance};
use crate::model::span::Span;
use crate::pack::Pack;
use crate::text::doc::{Block, Doc, Sentence};
use crate::text::lines::lines;
use crate::text::sentence::sentences;
use crate::text::token::Token;
use crate::text::tokenize::tokenize;

/// The longest sentence and the longest block, in tokens. Finders look around inside a sentence and a
/// block: what is longer is no prose but a list or a broken text, and is cut, so that the time for an
/// article grows with its length and no faster.
const SENTENCE: usize = 400;
const BLOCK: usize = 2_000;

/// The document of one article in one language, and its fact boxes.
pub fn document<'a>(raw: &'a RawArticle, pack: &'a Pack) -> (Doc<'a>, Vec<FactBox>) {
    let layout = blocks::layout(raw, &lines(&raw.text), pack);
    (
        read(&raw.text, &layout.blocks, pack, |_| true),
        layout.boxes,
    )
}

/// The document of the blocks that `is_own` takes; the others are there, but without tokens and
/// sentences.
pub(super) fn read<'a>(
    text: &'a str,
    parts: &[Part],
    pack: &'a Pack,
    is_own: impl Fn(Span) -> bool,
) -> Doc<'a> {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut all = Vec::new();
    let mut blocks = Vec::with_capacity(parts.len());
    for part in parts {
        let from = tokens.len();
        let mut cut = Vec::new();
        if is_own(part.span) {
            let (start, end) = (part.span.start as usize, part.span.end as usize);
            tokenize(text, start, end, &pack.tokens, &pack.lexicon, &mut tokens);
            let block = from..tokens.len();
            cut = bounded(sentences(text, &tokens, block, &pack.sentences));
        }
        let mut rest = Block {
            kind: part.kind,
            span: part.span,
            blank_before: part.blank_before,
            tokens: from..tokens.len(),
            sentences: all.len()..all.len(),
        };
        for range in cut {
            if range.end - rest.tokens.start > BLOCK && range.start > rest.tokens.start {
                let next = split(&mut rest, range.start, all.len(), &tokens);
                blocks.push(std::mem::replace(&mut rest, next));
            }
            all.push(Sentence {
                span: Span::new(tokens[range.start].start, tokens[range.end - 1].end),
                tokens: range,
                block: blocks.len(),
            });
        }
        rest.sentences.end = all.len();
        blocks.push(rest);
    }
    Doc::new(text, &pack.lexicon, tokens, all, blocks)
}

/// Sentences of bounded length.
fn bounded(sentences: Vec<Range<usize>>) -> Vec<Range<usize>> {
    if sentences.iter().all(|s| s.len() <= SENTENCE) {
        return sentences;
    }
    let pieces = |s: Range<usize>| {
        let end = s.end;
        s.step_by(SENTENCE)
            .map(move |from| from..end.min(from + SENTENCE))
    };
    sentences.into_iter().flat_map(pieces).collect()
}

/// Ends a block before a token and a sentence; what follows is a block of the same kind.
fn split(block: &mut Block, token: usize, sentence: usize, tokens: &[Token]) -> Block {
    let rest = Block {
        kind: block.kind,
        span: Span::new(tokens[token].start, block.span.end),
        blank_before: 0,
        tokens: token..block.tokens.end,
        sentences: sentence..sentence,
    };
    block.tokens.end = token;
    block.sentences.end = sentence;
    block.span.end = tokens[token - 1].end;
    rest
}

/// What one pack finds in its blocks.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) figures: Vec<Figure>,
    pub(super) quotations: Vec<Quotation>,
    pub(super) stances: Vec<Stance>,
}

impl Rows {
    /// Runs the stages whose rows do not depend on the rest of the article.
    pub(super) fn of(
        doc: &Doc<'_>,
        pack: &Pack,
        speakers: &Speakers,
        published: Option<&str>,
    ) -> Self {
        let quotations = quotations::quotations(doc, pack, speakers);
        Self {
            figures: figures::figures(doc, pack, published),
            stances: stances::stances(doc, pack, speakers, &quotations),
            quotations,
        }
    }

    /// Takes in what another pack found: rows in reading order, numbered anew.
    pub(super) fn merge(&mut self, other: Self) {
        self.figures.extend(other.figures);
        self.figures.sort_by_key(|f| (f.span.start, f.span.end));

        let own = self.quotations.len();
        self.quotations.extend(other.quotations);
        let mut order: Vec<usize> = (0..self.quotations.len()).collect();
        order.sort_by_key(|&i| self.quotations[i].span.start);
        // The number that each quotation gets, by its number in its part.
        let renamed = |quotations: &[Quotation], id: &str, is_other: bool| {
            let mut part = if is_other {
                own..quotations.len()
            } else {
                0..own
            };
            let at = part.find(|&i| quotations[i].id == id)?;
            let place = order.iter().position(|&i| i == at)?;
            Some(row_id('q', place + 1))
        };
        let first_other = self.stances.len();
        self.stances.extend(other.stances);
        for (n, stance) in self.stances.iter_mut().enumerate() {
            if let Some(id) = &stance.quotation_id {
                stance.quotation_id = renamed(&self.quotations, id, n >= first_other);
            }
        }
        self.stances.sort_by_key(|s| s.evidence.span.start);
        for (n, stance) in self.stances.iter_mut().enumerate() {
            stance.id = row_id('s', n + 1);
        }
        self.quotations.sort_by_key(|q| q.span.start);
        for (n, quotation) in self.quotations.iter_mut().enumerate() {
            quotation.id = row_id('q', n + 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::{Engine, Options, analyze};
    use crate::pack::{GENERIC, Packs};

    #[test]
    fn a_foreign_paragraph_is_read_by_its_own_pack() {
        let engine = Engine::new(Packs::embedded(), Options::default()).expect("packs load");
        let swedish = "Regeringen vill höja skatten nästa år och oppositionen är emot förslaget. \
                       Det kostar 20 miljoner kronor, säger finansminister Anna Ek till tidningen.";
        let english = "“We have done what we could for the people who were affected by the floods \
                       and we will go on doing so,” said prime minister Mary Hill on Monday.";
        let text = format!("{swedish}\n\n{english}\n\n{swedish}");
        let raw = RawArticle {
            text: text.clone(),
            ..RawArticle::default()
        };
        let record = analyze(raw, &engine);
        assert_eq!(record.language.code, "sv");
        assert_eq!(record.language.mixed, ["en"]);
        let rules: Vec<&str> = record.quotations.iter().map(|q| q.rule.as_str()).collect();
        assert!(rules.iter().any(|r| r.starts_with("en.")), "{rules:?}");
        assert!(
            record
                .quotations
                .iter()
                .zip(1..)
                .all(|(q, n)| q.id == format!("q{n:03}"))
        );
        let chars: Vec<char> = text.chars().collect();
        for quotation in &record.quotations {
            let (from, to) = (quotation.span.start as usize, quotation.span.end as usize);
            assert_eq!(chars[from..to].iter().collect::<String>(), quotation.text);
        }
        assert!(record.figures.iter().any(|f| f.text.contains("20")));
    }

    #[test]
    fn what_runs_on_is_cut_into_bounded_sentences_and_blocks() {
        let packs = Packs::embedded();
        for text in [
            "word ".repeat(9_000),
            "A word. ".repeat(3_000),
            "“".repeat(5_000),
        ] {
            let raw = RawArticle {
                text,
                ..RawArticle::default()
            };
            let (doc, _) = document(&raw, packs.get_or_generic(GENERIC));
            assert!(doc.sentences.iter().all(|s| s.tokens.len() <= SENTENCE));
            assert!(doc.blocks.iter().all(|b| b.tokens.len() <= BLOCK));
            assert!(doc.blocks.len() > 1);
            let mut next = (0, 0);
            for (n, block) in doc.blocks.iter().enumerate() {
                assert_eq!((block.tokens.start, block.sentences.start), next);
                let sentences = &doc.sentences[block.sentences.clone()];
                assert!(
                    sentences
                        .iter()
                        .all(|s| s.block == n && block.span.contains(s.span))
                );
                next = (block.tokens.end, block.sentences.end);
            }
            assert_eq!(next, (doc.tokens.len(), doc.sentences.len()));
        }
    }
}
