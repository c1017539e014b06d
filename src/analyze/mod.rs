//! Responsible for the fixed list of stages that turn one article into one record. No state, no
//! clock, no knowledge of other articles.

pub mod blocks;
mod bounds;
pub mod facts;
pub mod figures;
pub mod quotations;
pub mod reading;
pub mod rules;
pub mod salience;
pub mod speakers;
pub mod stances;
pub mod summary;

use crate::error::Error;
use crate::language::Identifier;
use crate::model::article::RawArticle;
use crate::model::ids::{sha256_hex, source_key};
use crate::model::problem::{Code, Problem};
use crate::model::record::{BlockRecord, Record, Status, Support};
use crate::model::span::Span;
use crate::pack::Packs;
use crate::text::lines::lines;

pub use reading::document;

/// What a user can set about the analysis.
#[derive(Debug, Clone)]
pub struct Options {
    /// The summary's length in words.
    pub summary_words: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { summary_words: 120 }
    }
}

/// Everything that stages need and that does not change during a run.
#[derive(Debug)]
pub struct Engine {
    /// The language packs.
    pub packs: Packs,
    /// Finds languages.
    pub languages: Identifier,
    /// How far each rule can be trusted.
    pub grades: rules::Grades,
    /// The settings.
    pub options: Options,
}

impl Engine {
    /// An engine over some packs.
    ///
    /// # Errors
    /// [`Error::Pack`] when the committed rule measurement does not parse.
    pub fn new(packs: Packs, options: Options) -> Result<Self, Error> {
        let grades = rules::Grades::load(packs.files())?;
        let languages = Identifier::new(packs.files());
        Ok(Self {
            packs,
            languages,
            grades,
            options,
        })
    }

    /// A hash of everything but the article that a record depends on: this build, the files in front
    /// of the embedded ones, and the settings.
    pub fn hash(&self) -> String {
        let mut all = format!("{}\n{:?}\n", env!("POLYGIST_BUILD"), self.options);
        for (path, text) in self.packs.files().overrides() {
            all.push_str(path);
            all.push_str(&sha256_hex(text.as_bytes()));
        }
        sha256_hex(all.as_bytes())
    }
}

/// One article in, one record out.
pub fn analyze(raw: RawArticle, engine: &Engine) -> Record {
    explained(raw, engine).0
}

/// The record of an article, and what spoke for and against each sentence of its summary.
pub fn explained(raw: RawArticle, engine: &Engine) -> (Record, Vec<summary::Reason>) {
    let found = engine
        .languages
        .identify(&raw.text, raw.language.as_deref());
    let language = found.language;
    let has_pack = engine.packs.get(&language.code).is_some();
    let pack = engine.packs.get_or_generic(&language.code);
    let mut record = blank(&raw);
    let layout = blocks::layout(&raw, &lines(&raw.text), pack);
    let fact_boxes = layout.boxes;
    let is_foreign = |block: Span| found.foreign.iter().any(|(l, _)| l.contains(block));
    let mut doc = reading::read(&raw.text, &layout.blocks, pack, |block| !is_foreign(block));

    let published = raw.published.as_deref();
    let speakers = speakers::Speakers::find(&doc, pack);
    let mut rows = reading::Rows::of(&doc, pack, &speakers, published);
    for code in &language.mixed {
        let pack = engine.packs.get_or_generic(code);
        let is_theirs = |block: Span| {
            let mut lines = found.foreign.iter();
            lines.any(|(line, own)| own == code && line.contains(block))
        };
        let doc = reading::read(&raw.text, &layout.blocks, pack, is_theirs);
        let speakers = speakers::Speakers::find(&doc, pack);
        rows.merge(reading::Rows::of(&doc, pack, &speakers, published));
    }
    record.figures = rows.figures;
    record.quotations = rows.quotations;
    record.stances = rows.stances;
    let salience = salience::Salience::of(&doc, &raw);
    let findings = facts::Findings {
        boxes: &fact_boxes,
        figures: &record.figures,
        quotations: &record.quotations,
        speakers: &speakers,
        salience: &salience,
        published: raw.published.as_deref(),
    };
    record.facts = facts::facts(&doc, pack, &findings);
    let reasons = summary::reasons(&doc, &salience, &record.quotations, &engine.options);
    record.summary = summary::chosen(&reasons, doc.text);
    record.actors = speakers::actors(&speakers, &record.quotations, &record.stances);
    record.fact_boxes = fact_boxes;
    record.blocks = doc
        .blocks
        .drain(..)
        .map(|b| BlockRecord {
            kind: b.kind,
            span: b.span,
        })
        .collect();

    record.language = language;
    record.problems.extend(found.problems);
    record.support = if has_pack {
        Support::Full
    } else {
        Support::Generic
    };
    if !has_pack {
        record.problems.push(Problem::new(
            Code::WGeneric,
            "no language pack: generic rules only",
        ));
    } else if let Some(missing) = pack.lacks() {
        let message = format!("the language pack has no {missing}");
        record.problems.push(Problem::new(Code::IPartial, message));
    }
    bounds::apply(&mut record);
    if record.problems.iter().any(Problem::is_warning) {
        record.status = Status::Degraded;
    }
    engine.grades.apply(&mut record);
    drop(doc);
    record.text = raw.text;
    (record.into_code_points(), reasons)
}

/// A record with what the input says and nothing else.
fn blank(raw: &RawArticle) -> Record {
    let key = source_key(
        raw.id.as_deref(),
        raw.url.as_deref(),
        &raw.source.path,
        raw.source.record,
    );
    Record {
        source_id: raw.id.clone(),
        title: raw.title.clone(),
        published: raw.published.clone(),
        url: raw.url.clone(),
        source: raw.publisher.clone(),
        byline: raw.byline.clone(),
        section: raw.section.clone(),
        metadata: raw.metadata.clone(),
        content_hash: sha256_hex(raw.text.as_bytes()),
        problems: raw.problems.clone(),
        ..Record::empty(&key, &raw.source)
    }
}
