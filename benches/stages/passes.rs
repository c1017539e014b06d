//! The passes that are measured: physical ones, which no analysis of a text can do without, each
//! stage alone, and the whole.

use std::hint::black_box;

use divan::counter::{BytesCount, ItemsCount};
use polygist::analyze::{
    analyze, document, facts, figures, quotations, salience, speakers, stances, summary,
};
use polygist::output::{OutputOptions, Publisher};

use crate::corpus::{Article, CORPUS};

/// One pass: its group, its name, and what it does with one article.
pub(crate) struct Pass {
    pub(crate) group: &'static str,
    pub(crate) name: &'static str,
    run: fn(&Article),
}

/// All passes that treat each article alone.
pub(crate) const PASSES: &[Pass] = &[
    pass("physical", "memory read", memory_read),
    pass("physical", "word scan", word_scan),
    pass("physical", "whatlang, first 512 bytes", whatlang_head),
    pass("stage", "language", language),
    pass("stage", "blocks, tokens, sentences", reading),
    pass("stage", "speakers", who),
    pass("stage", "quotations", speech),
    pass("stage", "figures", numbers),
    pass("stage", "stances", sides),
    pass("stage", "salience", central),
    pass("stage", "key facts", key_facts),
    pass("stage", "summary", short),
    pass("whole", "analysis", whole),
    pass("whole", "analysis and JSON", line),
];

const fn pass(group: &'static str, name: &'static str, run: fn(&Article)) -> Pass {
    Pass { group, name, run }
}

impl Pass {
    /// Runs over all articles once.
    pub(crate) fn over_all(&self) {
        for article in &CORPUS.articles {
            (self.run)(article);
        }
    }
}

fn memory_read(article: &Article) {
    let sum = |sum: u64, byte: &u8| sum.wrapping_add(u64::from(*byte));
    black_box(article.raw.text.as_bytes().iter().fold(0, sum));
}

fn word_scan(article: &Article) {
    let words = article.raw.text.split(|c: char| !c.is_alphanumeric());
    black_box(words.filter(|w| !w.is_empty()).count());
}

fn whatlang_head(article: &Article) {
    let text = &article.raw.text;
    let end = (0..=text.len().min(512))
        .rev()
        .find(|at| text.is_char_boundary(*at));
    black_box(whatlang::detect(&text[..end.unwrap_or(0)]));
}

fn language(article: &Article) {
    black_box(CORPUS.engine.languages.identify(&article.raw.text, None));
}

fn reading(article: &Article) {
    black_box(document(article.raw, article.pack));
}

fn who(article: &Article) {
    black_box(speakers::Speakers::find(&article.doc, article.pack));
}

fn speech(article: &Article) {
    let Article {
        doc,
        pack,
        speakers,
        ..
    } = article;
    black_box(quotations::quotations(doc, pack, speakers));
}

fn numbers(article: &Article) {
    black_box(figures::figures(&article.doc, article.pack, None));
}

fn sides(article: &Article) {
    let Article {
        doc,
        pack,
        speakers,
        quotations,
        ..
    } = article;
    black_box(stances::stances(doc, pack, speakers, quotations));
    black_box(&article.stances);
}

fn central(article: &Article) {
    black_box(salience::Salience::of(&article.doc, article.raw));
}

fn key_facts(article: &Article) {
    black_box(facts::facts(
        &article.doc,
        article.pack,
        &article.findings(),
    ));
}

fn short(article: &Article) {
    let Article {
        doc,
        salience,
        quotations,
        ..
    } = article;
    let reasons = summary::reasons(doc, salience, quotations, &CORPUS.engine.options);
    black_box(summary::chosen(&reasons, doc.text));
}

fn whole(article: &Article) {
    black_box(analyze(article.raw.clone(), CORPUS.engine));
}

fn line(article: &Article) {
    let record = analyze(article.raw.clone(), CORPUS.engine);
    black_box(serde_json::to_vec(&record).unwrap_or_default());
}

/// Everything that `run` does after reading, in one thread: analysis, JSON Lines, all tables, the
/// corpus step, the files' hashes; without the last step that is done once a run.
pub(crate) fn everything() {
    let dir = tempfile::tempdir().expect("a temporary directory");
    let out = dir.path().join("out");
    let mut publisher = Publisher::create(&out, &OutputOptions::default()).expect("a new output");
    let preparer = publisher.preparer();
    for article in &CORPUS.articles {
        let record = analyze(article.raw.clone(), CORPUS.engine);
        publisher
            .accept(preparer.prepare(record))
            .expect("room on the disk");
    }
    publisher.abandon();
}

#[divan::bench(args = PASSES.iter().map(|p| format!("{}: {}", p.group, p.name)))]
fn passes(bencher: divan::Bencher<'_, '_>, name: &str) {
    let is_named = |p: &&Pass| {
        name.strip_prefix(p.group)
            .is_some_and(|n| n.ends_with(p.name))
    };
    let pass = PASSES.iter().find(is_named).expect("a pass of the list");
    bencher
        .counter(BytesCount::new(CORPUS.bytes))
        .counter(ItemsCount::new(CORPUS.articles.len()))
        .bench(|| pass.over_all());
}

#[divan::bench]
fn whole_with_all_tables(bencher: divan::Bencher<'_, '_>) {
    bencher
        .counter(BytesCount::new(CORPUS.bytes))
        .counter(ItemsCount::new(CORPUS.articles.len()))
        .bench(everything);
}
