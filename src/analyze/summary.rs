//! Responsible for the summary: whole sentences in document order within a budget, each with the
//! reason it was chosen.
//!
//! A sentence is worth what its place says (the beginning tells most), what it shares with the
//! whole article and with the headline, and whether it holds a figure; speech is worth less. Never
//! chosen: headings, list items, lead-ins, captions and fact boxes, fragments, and sentences that
//! would cut a quotation.

use super::Options;
use super::salience::{Salience, Salient};
use crate::model::record::{BlockKind, Piece, Quotation, QuotationKind};
use crate::model::span::Span;
use crate::text::doc::Doc;
use crate::text::token::{Token, TokenKind};

/// A sentence is a fragment when it has neither so many words …
const FRAGMENT: u32 = 8;
/// … nor so many code points.
const FRAGMENT_CHARS: usize = 50;
/// A sentence of more words is harder to read.
const LONG: u32 = 40;
/// No summary is held shorter than this for the article's own length, in words.
const SHORTEST: u32 = 60;
/// The place of a sentence halves its worth after so many sentences.
const HALVED: u32 = 6;

/// What speaks for and against a sentence, in thousandths; their sum is its worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reason {
    /// The sentence, in bytes.
    pub span: Span,
    /// For its place among the sentences that may be chosen.
    pub place: i64,
    /// For what it shares with the whole article.
    pub central: i64,
    /// For what it shares with the headline.
    pub headline: i64,
    /// For a figure in it.
    pub figure: i64,
    /// Against speech and questions.
    pub speech: i64,
    /// Against great length.
    pub length: i64,
    /// Its length in words.
    pub words: u32,
    /// Whether the summary has it.
    pub chosen: bool,
}

impl Reason {
    /// The sentence's worth.
    pub const fn worth(&self) -> i64 {
        self.place + self.central + self.headline + self.figure + self.speech + self.length
    }

    /// What made it worth that, by name, without what counts nothing.
    pub fn parts(&self) -> impl Iterator<Item = (&'static str, i64)> {
        [
            ("place", self.place),
            ("central", self.central),
            ("headline", self.headline),
            ("figure", self.figure),
            ("speech", self.speech),
            ("length", self.length),
        ]
        .into_iter()
        .filter(|(_, worth)| *worth != 0)
    }
}

/// The sentences that were chosen, cut from the text.
pub fn chosen(reasons: &[Reason], text: &str) -> Vec<Piece> {
    reasons
        .iter()
        .filter(|reason| reason.chosen)
        .map(|reason| Piece::cut(text, reason.span))
        .collect()
}

/// Every sentence that may be chosen, in document order, with what speaks for it.
pub fn reasons(
    doc: &Doc<'_>,
    salience: &Salience,
    quotations: &[Quotation],
    options: &Options,
) -> Vec<Reason> {
    let reach = reach(quotations);
    let near = |s: &Salient| around(quotations, &reach, doc.sentences[s.sentence].span);
    let may = |fragments: bool| -> Vec<&Salient> {
        salience
            .sentences
            .iter()
            .filter(|s| fragments || !is_fragment(doc, s))
            .filter(|s| is_whole(doc, s.sentence, near(s)))
            .collect()
    };
    let mut eligible = may(false);
    if eligible.is_empty() {
        eligible = may(true);
    }
    let mut reasons: Vec<Reason> = eligible
        .iter()
        .enumerate()
        .map(|(n, salient)| reason(doc, salient, n as u32, near(salient)))
        .collect();
    choose(&mut reasons, budget(salience, options));
    reasons
}

/// How far the quotations up to each one reach, in bytes.
fn reach(quotations: &[Quotation]) -> Vec<u32> {
    let furthest = |furthest: &mut u32, q: &Quotation| {
        *furthest = q.span.end.max(*furthest);
        Some(*furthest)
    };
    quotations.iter().scan(0, furthest).collect()
}

/// The quotations, sorted by their start, among which are all that overlap a span.
fn around<'q>(quotations: &'q [Quotation], reach: &[u32], span: Span) -> &'q [Quotation] {
    let from = reach.partition_point(|end| *end <= span.start);
    let to = quotations.partition_point(|q| q.span.start < span.end);
    quotations.get(from..to).unwrap_or(&[])
}

/// Whether a sentence is too short to say something alone.
fn is_fragment(doc: &Doc<'_>, salient: &Salient) -> bool {
    let text = doc.sentences[salient.sentence].span.of(doc.text);
    salient.words < FRAGMENT && text.chars().count() < FRAGMENT_CHARS
}

/// The budget in words: the option, but not more than two thirds of a short article.
fn budget(salience: &Salience, options: &Options) -> u32 {
    let words: u32 = salience.sentences.iter().map(|s| s.words).sum();
    u32::try_from(options.summary_words)
        .unwrap_or(u32::MAX)
        .min((words * 2 / 3).max(SHORTEST))
}

/// Takes sentences by worth, earlier ones first among equals, as long as they fit.
fn choose(reasons: &mut [Reason], budget: u32) {
    let mut order: Vec<usize> = (0..reasons.len()).collect();
    order.sort_by_key(|n| (-reasons[*n].worth(), *n));
    let mut used = 0;
    for n in order {
        // Speech only fills a summary that would be nearly empty without it.
        if reasons[n].speech < 0 && used >= SHORTEST * 3 / 4 {
            continue;
        }
        if used == 0 || used + reasons[n].words <= budget {
            reasons[n].chosen = true;
            used += reasons[n].words;
        }
        if used + FRAGMENT > budget {
            break;
        }
    }
}

fn reason(doc: &Doc<'_>, salient: &Salient, place: u32, quotations: &[Quotation]) -> Reason {
    let sentence = &doc.sentences[salient.sentence];
    let tokens = || doc.tokens[sentence.tokens.clone()].iter();
    let asks = tokens()
        .last()
        .is_some_and(|t| t.span().of(doc.text).starts_with(['?', '？', '؟']));
    let opens = |token: usize| doc.kind(token) == TokenKind::Dash;
    let dash = opens(doc.blocks[sentence.block].tokens.start) || opens(sentence.tokens.start);
    let spoken = dash || speech(sentence.span, quotations) > 500;
    Reason {
        span: body(doc, sentence.span),
        place: i64::from(1000 * HALVED / (HALVED + place)),
        central: i64::from(salient.central) * 8 / 5,
        headline: i64::from(salient.title) * 3 / 5,
        figure: i64::from(tokens().any(|t| t.flags & Token::DIGIT != 0)) * 50,
        speech: -(i64::from(spoken) * 800 + i64::from(asks) * 600),
        length: -i64::from(salient.words > LONG) * 100,
        words: salient.words,
        chosen: false,
    }
}

/// Direct speech in a sentence, per mille of its bytes.
fn speech(span: Span, quotations: &[Quotation]) -> u32 {
    let shared: u32 = quotations
        .iter()
        .filter(|q| q.kind == QuotationKind::Direct && q.span.overlaps(span))
        .flat_map(|q| &q.spans)
        .map(|(start, end)| {
            (*end)
                .min(span.end)
                .saturating_sub((*start).max(span.start))
        })
        .sum();
    shared * 1000 / span.len().max(1)
}

/// Whether a sentence can stand alone: prose, no lead-in, no marks or quotation cut in two.
fn is_whole(doc: &Doc<'_>, n: usize, quotations: &[Quotation]) -> bool {
    let sentence = &doc.sentences[n];
    let block = &doc.blocks[sentence.block];
    if !matches!(block.kind, BlockKind::Lead | BlockKind::Paragraph) {
        return false;
    }
    let span = sentence.span;
    let text = span.of(doc.text);
    if text.ends_with([':', '：', ',', ';']) {
        return false;
    }
    let cut = quotations.iter().any(|q| {
        q.kind != QuotationKind::Indirect && q.span.overlaps(span) && !span.contains(q.span)
    });
    !cut && balanced(text)
}

/// Whether quotation marks come in pairs. Which of them open differs by language, the number does
/// not.
fn balanced(text: &str) -> bool {
    let bytes = text.as_bytes();
    let at = |i: usize| bytes.get(i).copied().unwrap_or(0);
    let (mut double, mut angle) = (0u32, 0u32);
    for (i, byte) in bytes.iter().enumerate() {
        match byte {
            b'"' => double += 1,
            // « and ».
            0xc2 => angle += u32::from(matches!(at(i + 1), 0xab | 0xbb)),
            // “, ” and „; ‹ and ›.
            0xe2 if at(i + 1) == 0x80 => match at(i + 2) {
                0x9c..=0x9e => double += 1,
                0xb9 | 0xba => angle += 1,
                _ => {}
            },
            // 「, 」, 『 and 』.
            0xe3 => double += u32::from(at(i + 1) == 0x80 && (0x8c..=0x8f).contains(&at(i + 2))),
            // ＂.
            0xef => double += u32::from(at(i + 1) == 0xbc && at(i + 2) == 0x82),
            _ => {}
        }
    }
    double.is_multiple_of(2) && angle.is_multiple_of(2)
}

/// A sentence without headlines that stand before it, parted by upright bars.
fn body(doc: &Doc<'_>, span: Span) -> Span {
    let text = span.of(doc.text);
    if memchr::memchr(b'|', text.as_bytes()).is_none() {
        return span;
    }
    match text.rsplit_once(" | ") {
        Some((before, rest)) if rest.split_whitespace().count() >= FRAGMENT as usize => {
            Span::new(span.start + before.len() as u32 + 3, span.end).trimmed(doc.text)
        }
        _ => span,
    }
}

#[cfg(test)]
mod tests {
    use crate::analyze::{Engine, Options, analyze};
    use crate::model::article::RawArticle;
    use crate::pack::Packs;

    const ARTICLE: &str = "Kommunen bygger en ny bro över älven\n\n\
        Fakta: Bron\n• Den gamla bron byggdes 1912 och är sliten.\n• Den nya kostar 40 miljoner kronor.\nKälla: SCB\n\n\
        Kommunen bygger en ny bro över älven för 40 miljoner kronor och räknar med att den står klar om två år.\n\n\
        Mellanrubrik om bron över älven\n\n\
        Ordföranden Anna Ek är nöjd med beslutet om den nya bron:\n\n\
        – Bron över älven är viktig för hela kommunen. Den nya bron ger jobb, säger Anna Ek.\n\n\
        ”Bron är för dyr för oss. Kommunen borde ha lagat den gamla bron över älven”, säger Eva Lind till tidningen.\n\n\
        Bygget av bron börjar nästa höst och trafiken leds om förbi skolan under hela tiden.";

    fn summary_of(words: usize) -> Vec<String> {
        let options = Options {
            summary_words: words,
        };
        let engine = Engine::new(Packs::embedded(), options).expect("the embedded packs load");
        let raw = RawArticle {
            text: ARTICLE.into(),
            title: Some("Kommunen bygger en ny bro över älven".into()),
            language: Some("sv".into()),
            ..RawArticle::default()
        };
        let record = analyze(raw, &engine);
        record.summary.into_iter().map(|p| p.text).collect()
    }

    #[test]
    fn takes_whole_sentences_of_prose_in_order() {
        let summary = summary_of(60);
        assert!(summary[0].starts_with("Kommunen bygger en ny bro över älven för 40"));
        assert!(summary.last().expect("two").starts_with("Bygget av bron"));
        let all = summary.join(" ");
        for foreign in ["Mellanrubrik", "1912", "nöjd med", "Bron är för dyr"] {
            assert!(!all.contains(foreign), "{foreign}");
        }
    }

    #[test]
    fn keeps_to_the_budget_and_says_the_same_again() {
        let words = |s: &[String]| {
            s.iter()
                .map(|t| t.split_whitespace().count())
                .sum::<usize>()
        };
        assert!(words(&summary_of(22)) <= 22);
        assert_eq!(summary_of(40), summary_of(40));
    }
}
