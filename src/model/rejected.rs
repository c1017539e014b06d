//! Responsible for turning a record that could not become an article into a line like any other, so
//! that every input record is in `articles.jsonl` once and a merge knows all that a run knows.

use std::collections::BTreeMap;

use super::article::Rejected;
use super::ids::source_key;
use super::record::{Record, Status};

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
            source_id: rejected.id.clone(),
            status: if rejected.skipped {
                Status::Skipped
            } else {
                Status::Failed
            },
            metadata,
            problems: vec![rejected.problem.clone()],
            ..Self::empty(&key, source)
        }
    }
}
