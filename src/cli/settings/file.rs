//! Responsible for reading a configuration file as keys with values and places.

use toml::de::{DeTable, DeValue};
use toml::{Spanned, Table, Value};

use crate::error::Error;

/// One key of a file, `output.csv-profile`.
#[derive(Debug)]
pub(super) struct Entry {
    /// The tables' names and its own, with points between them.
    pub(super) key: String,
    /// Its value.
    pub(super) value: Value,
    /// Line and column: of the key when it is unknown, else of the value.
    pub(super) place: String,
}

/// All keys of a file, in order of their names.
///
/// # Errors
/// [`Error::Config`] with line and column when the text is not TOML.
pub(super) fn entries(text: &str, shown: &str) -> Result<Vec<Entry>, Error> {
    let failed = |e: toml::de::Error| Error::Config {
        message: format!(
            "{shown}:{}: {}",
            place(text, e.span().map_or(0, |s| s.start)),
            e.message()
        ),
        hint: "the file is TOML: `key = \"value\"` below `[section]`".into(),
    };
    let spans = DeTable::parse(text).map_err(failed)?;
    let values: Table = toml::from_str(text).map_err(failed)?;
    let mut out = Vec::new();
    flatten("", spans.get_ref(), &values, text, &mut out);
    Ok(out)
}

fn flatten(prefix: &str, spans: &DeTable<'_>, values: &Table, text: &str, out: &mut Vec<Entry>) {
    for (name, spanned) in spans {
        let key = format!("{prefix}{}", name.get_ref());
        let Some(value) = values.get(name.get_ref().as_ref()) else {
            continue;
        };
        if let (DeValue::Table(inner), Value::Table(table)) = (spanned.get_ref(), value) {
            flatten(&format!("{key}."), inner, table, text, out);
        } else {
            let place = entry_place(&key, name, spanned, text);
            out.push(Entry {
                key,
                value: value.clone(),
                place,
            });
        }
    }
}

fn entry_place<K>(
    key: &str,
    name: &Spanned<K>,
    value: &Spanned<DeValue<'_>>,
    text: &str,
) -> String {
    let span = if super::keys::find(key).is_some() {
        value.span()
    } else {
        name.span()
    };
    place(text, span.start)
}

/// Line and column of a byte, from 1; columns count characters.
fn place(text: &str, byte: usize) -> String {
    let before = text.get(..byte).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    format!("{line}:{column}")
}
