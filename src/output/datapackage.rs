//! Responsible for `datapackage.json`: the description of all tables that readers of the Frictionless
//! Data Package format load. It holds neither hashes nor clock values.

use serde_json::{Value, json};

use super::csv_file::file_name;
use super::options::{CsvOptions, Dialect, Escape};
use super::selection::Only;
use super::tables::{TableId, Type};
use crate::error::Error;

/// The description of the tables, where `parts` says how many files each has.
pub(super) fn datapackage(dialect: &Dialect, only: &Only, parts: impl Fn(TableId) -> u64) -> Value {
    let resources: Vec<Value> = only
        .tables()
        .map(|id| resource(id, dialect, only, parts(id)))
        .collect();
    json!({
        "name": "polygist-output",
        "title": "What polygist found in a set of news articles",
        "profile": "tabular-data-package",
        "created_by": format!("polygist {}", env!("CARGO_PKG_VERSION")),
        "text_escape": match dialect.escape {
            Escape::Apostrophe => "a text cell that would begin with = + - @ ' or a tab has one ' in front",
            Escape::None => "none",
        },
        "lossless": "articles.jsonl",
        "resources": resources,
    })
}

/// The description of all tables as a run writes them when nothing else is asked for.
///
/// # Errors
/// None: the usual dialect is sound.
pub fn description() -> Result<Value, Error> {
    let dialect = CsvOptions::default().dialect()?;
    Ok(datapackage(&dialect, &Only::default(), |_| 1))
}

fn resource(id: TableId, dialect: &Dialect, only: &Only, parts: u64) -> Value {
    let table = id.table();
    let path = if parts > 1 {
        json!(
            (1..=parts)
                .map(|n| file_name(id, dialect, n))
                .collect::<Vec<_>>()
        )
    } else {
        json!(file_name(id, dialect, 1))
    };
    json!({
        "name": table.name,
        "path": path,
        "description": table.about,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {
            "delimiter": char::from(dialect.delimiter).to_string(),
            "lineTerminator": dialect.line_end,
            "quoteChar": "\"",
            "doubleQuote": true,
            "header": true,
        },
        "schema": schema(id, dialect, only),
    })
}

/// The columns of a table and its keys, as a Frictionless Table Schema.
fn schema(id: TableId, dialect: &Dialect, only: &Only) -> Value {
    let table = id.table();
    let fields: Vec<Value> = table
        .columns
        .iter()
        .enumerate()
        .map(|(n, column)| {
            let mut field = json!({
                "name": column.name,
                "type": column.kind.as_str(),
                "description": column.about,
            });
            if column.kind == Type::Number && dialect.decimal != b'.' {
                field["decimalChar"] = json!(char::from(dialect.decimal).to_string());
            }
            if n == 0 {
                field["constraints"] = json!({"required": true, "unique": true});
            }
            field
        })
        .collect();
    let keys: Vec<Value> = table
        .references
        .iter()
        .filter_map(|(column, to)| {
            let there = only.tables().map(TableId::table).find(|t| t.name == *to)?;
            let key = there.columns.first()?.name;
            Some(json!({"fields": [column], "reference": {"resource": to, "fields": [key]}}))
        })
        .collect();
    json!({
        "fields": fields,
        "missingValues": [""],
        "primaryKey": [table.columns.first().map_or("", |c| c.name)],
        "foreignKeys": keys,
    })
}
