//! Responsible for `schema`: the JSON Schema of what is written.

use std::io::Write;

use schemars::generate::SchemaSettings;

use super::args::{Schema, SchemaArgs};
use crate::model::record::Record;

/// Runs the command.
///
/// # Errors
/// Standard output cannot be written.
pub(super) fn run(args: &SchemaArgs) -> anyhow::Result<u8> {
    let Schema::Articles = args.of;
    std::io::stdout().write_all(articles().as_bytes())?;
    Ok(0)
}

/// The schema of a record, as written to `docs/schema/articles.json`.
fn articles() -> String {
    let generator = SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator();
    let schema = generator.into_root_schema_for::<Record>();
    // A schema is plain JSON: it can always be written.
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_schema_is_the_one_of_the_code() {
        let committed = include_str!("../../docs/schema/articles.json");
        assert_eq!(
            committed,
            articles(),
            "run: polygist schema articles > docs/schema/articles.json"
        );
    }
}
