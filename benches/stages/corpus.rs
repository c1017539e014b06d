//! Articles to measure with, and everything that a stage builds on, made once.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use polygist::analyze::facts::Findings;
use polygist::analyze::salience::Salience;
use polygist::analyze::speakers::Speakers;
use polygist::analyze::{Engine, Options, document, figures, quotations, stances};
use polygist::model::article::RawArticle;
use polygist::model::record::{FactBox, Figure, Quotation, Stance};
use polygist::pack::{Pack, Packs};
use polygist::text::doc::Doc;

/// The variable that names another JSON Lines file, with `text` and perhaps `title` in each line.
const INPUT: &str = "POLYGIST_BENCH_INPUT";
/// At most so many bytes of text are measured with.
const MOST: usize = 4 << 20;

/// An article with what the stages before each stage found in it.
pub(crate) struct Article {
    pub(crate) raw: &'static RawArticle,
    pub(crate) pack: &'static Pack,
    pub(crate) doc: Doc<'static>,
    pub(crate) speakers: Speakers,
    pub(crate) salience: Salience,
    pub(crate) boxes: Vec<FactBox>,
    pub(crate) figures: Vec<Figure>,
    pub(crate) quotations: Vec<Quotation>,
    pub(crate) stances: Vec<Stance>,
}

/// All articles, their size in bytes, and the engine.
pub(crate) struct Corpus {
    pub(crate) engine: &'static Engine,
    pub(crate) articles: Vec<Article>,
    pub(crate) bytes: usize,
}

/// The corpus of this run: the file that the variable names, else the gold articles of the tests.
pub(crate) static CORPUS: LazyLock<Corpus> = LazyLock::new(|| {
    let engine = Engine::new(Packs::embedded(), Options::default()).expect("the packs load");
    let engine: &'static Engine = Box::leak(Box::new(engine));
    let mut articles: Vec<Article> = Vec::new();
    let mut bytes = 0;
    for raw in texts() {
        if bytes + raw.text.len() > MOST {
            break;
        }
        bytes += raw.text.len();
        articles.push(prepared(Box::leak(Box::new(raw)), engine));
    }
    Corpus {
        engine,
        articles,
        bytes,
    }
});

fn texts() -> Vec<RawArticle> {
    let files = match std::env::var_os(INPUT) {
        Some(path) => vec![PathBuf::from(path)],
        None => gold(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold")),
    };
    let lines = files
        .iter()
        .map(|path| fs::read_to_string(path).expect("a readable file"))
        .flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>());
    lines
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(&line).ok())
        .map(|value| RawArticle {
            text: value["text"].as_str().unwrap_or_default().to_owned(),
            title: value["title"].as_str().map(str::to_owned),
            id: value["id"].as_str().map(str::to_owned),
            ..RawArticle::default()
        })
        .collect()
}

fn gold(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).expect("the gold articles");
    let mut files: Vec<PathBuf> = entries.filter_map(|e| Some(e.ok()?.path())).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "jsonl"));
    files.sort();
    files
}

fn prepared(raw: &'static RawArticle, engine: &'static Engine) -> Article {
    let found = engine.languages.identify(&raw.text, None);
    let pack = engine.packs.get_or_generic(&found.language.code);
    let (doc, boxes) = document(raw, pack);
    let speakers = Speakers::find(&doc, pack);
    let quotations = quotations::quotations(&doc, pack, &speakers);
    let stances = stances::stances(&doc, pack, &speakers, &quotations);
    Article {
        figures: figures::figures(&doc, pack, None),
        salience: Salience::of(&doc, raw),
        raw,
        pack,
        doc,
        speakers,
        boxes,
        quotations,
        stances,
    }
}

impl Article {
    /// What key facts build on.
    pub(crate) fn findings(&self) -> Findings<'_> {
        Findings {
            boxes: &self.boxes,
            figures: &self.figures,
            quotations: &self.quotations,
            speakers: &self.speakers,
            salience: &self.salience,
            published: None,
        }
    }
}
