//! Responsible for turning a record that could not become an article into a line like any other, so
//! that every input record is in `articles.jsonl` once and a merge knows all that a run knows.

use std::collections::BTreeMap;

use super::article::Rejected;
use super::ids::{article_id, sha256_hex, source_key};
use super::record::{Language, LanguageMethod, Record, SCHEMA_VERSION, Status, Support};

impl From<&Rejected> for Record {
    /// A record with status `failed` or `skipped`, one problem and no text; `metadata` holds
    /// `offset` and `raw` where they are known, for the dead letter.
    fn from(rejected: &Rejected) -> Self {
        let source = &rejected.source;
        let key = source_key(rejected.id.as_deref(), None, &source.path, source.record);
        let mut metadata = BTreeMap::new();
        if let Some(offset) = source.offset {
            metadata.insert("offset".to_owned(), offset.into());
        }
        if let Some(raw) = &rejected.raw {
            metadata.insert("raw".to_owned(), raw.as_str().into());
        }
        Self {
            schema_version: SCHEMA_VERSION,
            article_id: article_id(&key),
            source_id: rejected.id.clone(),
            source_path: source.path.clone(),
            record: source.record,
            status: if rejected.skipped {
                Status::Skipped
            } else {
                Status::Failed
            },
            title: None,
            published: None,
            url: None,
            source: None,
            byline: None,
            section: None,
            metadata,
            language: Language {
                code: "und".into(),
                confidence: 0.0,
                method: LanguageMethod::None,
                script: None,
                alternatives: Vec::new(),
                mixed: Vec::new(),
            },
            support: Support::Generic,
            text: String::new(),
            blocks: Vec::new(),
            summary: Vec::new(),
            fact_boxes: Vec::new(),
            facts: Vec::new(),
            figures: Vec::new(),
            quotations: Vec::new(),
            stances: Vec::new(),
            actors: Vec::new(),
            content_hash: sha256_hex(b""),
            problems: vec![rejected.problem.clone()],
        }
    }
}
