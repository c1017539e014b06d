//! Responsible for `schema`: the description of what is written, for programs that read it.

use std::io::Write;

use schemars::generate::SchemaSettings;

use super::args::{Schema, SchemaArgs};
use crate::error::Error;
use crate::model::record::Record;
use crate::output::datapackage::description;

/// Runs the command.
///
/// # Errors
/// [`Error::Usage`] for a table that there is not; standard output cannot be written.
pub(super) fn run(args: &SchemaArgs) -> anyhow::Result<u8> {
    let text = match (&args.table, args.of) {
        (Some(name), _) => table(name)?,
        (None, Schema::Articles) => articles(),
        (None, Schema::Tables) => pretty(&description()?),
    };
    std::io::stdout().write_all(text.as_bytes())?;
    Ok(0)
}

/// The schema of a record, as written to `docs/schema/articles.json`.
fn articles() -> String {
    let generator = SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator();
    pretty(&generator.into_root_schema_for::<Record>())
}

/// The columns and keys of one table.
fn table(name: &str) -> Result<String, Error> {
    let package = description()?;
    let tables = package["resources"].as_array().map_or(&[][..], |r| r);
    if let Some(table) = tables.iter().find(|t| t["name"] == name) {
        return Ok(pretty(&table["schema"]));
    }
    let names: Vec<&str> = tables.iter().filter_map(|t| t["name"].as_str()).collect();
    Err(Error::Usage {
        message: format!("there is no table `{name}`"),
        hint: format!("the tables are {}", names.join(", ")),
    })
}

fn pretty(value: &impl serde::Serialize) -> String {
    // A schema is plain JSON: it can always be written.
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_schemas_are_those_of_the_code() {
        for (committed, own, name) in [
            (
                include_str!("../../docs/schema/articles.json"),
                articles(),
                "articles",
            ),
            (
                include_str!("../../docs/schema/tables.json"),
                pretty(&description().unwrap()),
                "tables",
            ),
        ] {
            let command = format!("polygist schema {name} > docs/schema/{name}.json");
            assert!(committed == own, "run: {command}");
        }
    }
}
