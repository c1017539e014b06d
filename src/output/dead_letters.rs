//! Responsible for `errors.jsonl`: one line a problem, with the raw record where it failed, so that
//! nothing that went wrong is lost and can be run again.

use serde::Serialize;

use super::rows::{row_id, severity};
use crate::model::ids::sha256_hex;
use crate::model::record::{Record, Status};

#[derive(Serialize)]
struct DeadLetter<'a> {
    error_id: String,
    article_id: &'a str,
    severity: &'a str,
    code: &'a str,
    message: &'a str,
    start: Option<u32>,
    end: Option<u32>,
    source_path: &'a str,
    record: u64,
    offset: Option<u64>,
    source_id: Option<&'a str>,
    title: Option<&'a str>,
    raw: Option<&'a str>,
    raw_sha256: Option<String>,
}

/// Adds a line for each problem of a record that is more than a note; returns how many.
pub(super) fn write(record: &Record, out: &mut Vec<u8>) -> u64 {
    let dead = matches!(record.status, Status::Failed | Status::Skipped);
    let known = |key: &str| record.metadata.get(key).filter(|_| dead);
    let raw = known("raw").and_then(|v| v.as_str());
    let problems = record.problems.iter().enumerate();
    let mut written = 0;
    for (n, problem) in problems.filter(|(_, p)| !p.is_note()) {
        written += 1;
        let letter = DeadLetter {
            error_id: row_id(record, &format!("p{:03}", n + 1)),
            article_id: &record.article_id,
            severity: severity(record, problem),
            code: &problem.code,
            message: &problem.message,
            start: problem.start,
            end: problem.end,
            source_path: &record.source_path,
            record: record.record,
            offset: known("offset").and_then(serde_json::Value::as_u64),
            source_id: record.source_id.as_deref(),
            title: record.title.as_deref(),
            raw,
            raw_sha256: raw.map(|r| sha256_hex(r.as_bytes())),
        };
        // Writing to a vector cannot fail, and every field can be written.
        let _ = serde_json::to_writer(&mut *out, &letter);
        out.push(b'\n');
    }
    written
}
