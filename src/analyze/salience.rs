//! Responsible for how much each sentence is about what the whole article is about: its share of
//! the article's words and of the headline's. Key facts and summary rank by it.
//!
//! Words are counted by hashes of their first letters, so that inflected forms fall together. All
//! sums run over integers in text order: the same text always gives the same numbers.

use crate::model::article::RawArticle;
use crate::model::record::BlockKind;
use crate::text::chars;
use crate::text::doc::Doc;
use crate::text::lexicon::Class;
use crate::text::token::{Token, TokenKind};

/// Shorter sentences say nothing of what the article is about.
const FRAGMENT: u32 = 8;
/// How many letters of a word count.
const STEM: usize = 6;

/// The sentences of an article's prose and how central they are.
#[derive(Debug, Default)]
pub struct Salience {
    /// One entry for each sentence of prose, in order.
    pub sentences: Vec<Salient>,
}

/// One sentence of prose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Salient {
    /// Its number in the document.
    pub sentence: usize,
    /// Cosine with the whole article, per mille.
    pub central: u32,
    /// Cosine with the headline, per mille; 0 without a headline.
    pub title: u32,
    /// How many words and numbers it has.
    pub words: u32,
}

/// What is known of one different word of an article.
#[derive(Debug, Clone, Copy)]
struct Term {
    hash: u32,
    /// In how many sentences that are no fragments it occurs.
    sentences: u32,
    /// The last sentence that counted it.
    seen: u32,
    /// Whether the headline has it.
    titled: bool,
}

/// Gives each different word of an article a small number.
#[derive(Debug)]
struct Terms {
    /// Open addressing: term number + 1, or 0.
    slots: Vec<u32>,
    all: Vec<Term>,
}

impl Terms {
    fn for_tokens(count: usize) -> Self {
        Self {
            slots: vec![0; (count * 2).next_power_of_two().max(16)],
            all: Vec::with_capacity(count / 2),
        }
    }

    fn id(&mut self, hash: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            match self.slots[at] {
                0 => {
                    self.all.push(Term {
                        hash,
                        sentences: 0,
                        seen: u32::MAX,
                        titled: false,
                    });
                    self.slots[at] = self.all.len() as u32;
                    return self.all.len() - 1;
                }
                held if self.all[held as usize - 1].hash == hash => return held as usize - 1,
                _ => at = (at + 1) & mask,
            }
        }
    }
}

impl Salience {
    /// Measures all sentences of prose; headings, boxes and lines beside the story count for nothing.
    pub fn of(doc: &Doc<'_>, raw: &RawArticle) -> Self {
        let mut terms = Terms::for_tokens(doc.tokens.len() + 64);
        let mut ids: Vec<u32> = Vec::with_capacity(doc.tokens.len());
        let mut spans = Vec::new();
        let mut sentences = Vec::new();
        for (n, sentence) in doc.sentences.iter().enumerate() {
            if !doc.blocks[sentence.block].is_prose() {
                continue;
            }
            let from = ids.len();
            let mut words = 0;
            for i in sentence.tokens.clone() {
                let token = &doc.tokens[i];
                words += u32::from(matches!(token.kind, TokenKind::Word | TokenKind::Number));
                if let Some(hash) = content(doc, token) {
                    let id = terms.id(hash);
                    let term = &mut terms.all[id];
                    if term.seen != n as u32 {
                        term.seen = n as u32;
                        ids.push(id as u32);
                    }
                }
            }
            if words >= FRAGMENT {
                for id in &ids[from..] {
                    terms.all[*id as usize].sentences += 1;
                }
            }
            spans.push(from..ids.len());
            sentences.push(Salient {
                sentence: n,
                words,
                ..Salient::default()
            });
        }
        let title = title_terms(doc, raw, &mut terms);
        let weights = weights(&terms, sentences.len());
        // The article as a vector: each term as often as sentences have it.
        let whole: Vec<u64> = weights
            .iter()
            .zip(&terms.all)
            .map(|(w, t)| w * u64::from(t.sentences))
            .collect();
        let whole_norm = norm(whole.iter().copied());
        let title_norm = norm(title.iter().map(|t| weights[*t]));
        for (salient, span) in sentences.iter_mut().zip(spans) {
            let own = || ids[span.clone()].iter().map(|id| *id as usize);
            let length = norm(own().map(|t| weights[t]));
            let central: u64 = own().map(|t| weights[t] * whole[t]).sum();
            let shared: u64 = own()
                .filter(|t| terms.all[*t].titled)
                .map(|t| weights[t] * weights[t])
                .sum();
            salient.central = per_mille(central, length, whole_norm);
            salient.title = per_mille(shared, length, title_norm);
        }
        Self { sentences }
    }
}

/// The terms of the headline: the input's, else the title line's.
fn title_terms(doc: &Doc<'_>, raw: &RawArticle, terms: &mut Terms) -> Vec<usize> {
    let mut out = Vec::new();
    let mut add = |hash: u32, terms: &mut Terms| {
        let id = terms.id(hash);
        if !terms.all[id].titled {
            terms.all[id].titled = true;
            out.push(id);
        }
    };
    let line = doc.blocks.iter().find(|b| b.kind == BlockKind::Title);
    if let Some(block) = line {
        for i in block.tokens.clone() {
            if let Some(hash) = content(doc, &doc.tokens[i]) {
                add(hash, terms);
            }
        }
    } else if let Some(title) = raw.title.as_deref() {
        for word in title.split(|c: char| !c.is_alphanumeric()) {
            if word.chars().count() > 3 {
                add(stem(word), terms);
            }
        }
    }
    out
}

/// The hash of a token's first letters, if the token carries content.
fn content(doc: &Doc<'_>, token: &Token) -> Option<u32> {
    let word = token.span().of(doc.text);
    let counts = match token.kind {
        TokenKind::Word => word.len() > 2 && token.classes & Class::Stop.bit() == 0,
        TokenKind::Number => true,
        _ => false,
    };
    counts.then(|| stem(word))
}

/// FNV-1a over the first letters in lower case.
fn stem(word: &str) -> u32 {
    let mut hash: u32 = 0x811c_9dc5;
    for c in word.chars().take(STEM) {
        if c.is_ascii() {
            hash = (hash ^ u32::from(c.to_ascii_lowercase())).wrapping_mul(0x0100_0193);
            continue;
        }
        let mut small = None;
        chars::lower(c, |c| _ = small.get_or_insert(c));
        hash = (hash ^ small.unwrap_or(c) as u32).wrapping_mul(0x0100_0193);
    }
    hash
}

/// A term's weight: four times the binary logarithm of how rare it is, at least 1.
fn weights(terms: &Terms, sentences: usize) -> Vec<u64> {
    let all = (sentences as u64 + 1).min(10_000).pow(4);
    let most = terms.all.iter().map(|t| t.sentences).max().unwrap_or(0);
    let by_count: Vec<u64> = (0..=most)
        .map(|n| u64::from((all / u64::from(n.clamp(1, 10_000)).pow(4)).max(2).ilog2()))
        .collect();
    terms
        .all
        .iter()
        .map(|t| by_count[t.sentences as usize])
        .collect()
}

fn norm(weights: impl Iterator<Item = u64>) -> u64 {
    weights.map(|w| w * w).sum::<u64>()
}

/// `dot / sqrt(a · b)` in thousandths.
fn per_mille(dot: u64, a: u64, b: u64) -> u32 {
    let (a, b) = ((a << 8).isqrt(), (b << 8).isqrt());
    if a == 0 || b == 0 {
        return 0;
    }
    (((dot * 1000) << 8) / (a * b)).min(1000) as u32
}
