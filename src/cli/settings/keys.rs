//! Responsible for the list of all settings: their names, and what setting one does.

use std::path::PathBuf;
use std::str::FromStr;

use serde::de::value::{Error as ValueError, StrDeserializer};
use serde::de::{DeserializeOwned, Deserializer, Error as _, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use toml::Value;

use super::{Bound, Settings};
use crate::cli::near::{did_you_mean, near};
use crate::input::{Format, Preset};
use crate::output::options::{DELIMITERS, SMALLEST_CELL};
use crate::output::selection::{Condition, Only, first_day, last_day};

/// One setting.
pub(super) struct Key {
    /// `output.csv-profile`; one that ends in `*` stands for all names that go on from there.
    pub(super) name: &'static str,
    /// Whether it can change a byte of the output, so that it belongs in the manifest.
    pub(super) changes_output: bool,
    /// The value when nothing sets it, as TOML.
    pub(super) default: &'static str,
    /// Sets it, or says why the value does not fit.
    pub(super) set: fn(&mut Settings, &str, &Value) -> Result<(), String>,
}

/// Declares the settings: name, whether the output depends on it, default, and how it is set.
macro_rules! keys {
    ($($name:literal $changes:literal $default:literal |$s:ident, $v:ident| $set:expr;)+) => {
        /// Every setting.
        pub(super) const ALL: &[Key] = &[$(Key {
            name: $name,
            changes_output: $changes,
            default: $default,
            set: |$s, _, $v| { $set; Ok(()) },
        },)+
        Key { name: "input.map.*", changes_output: true, default: "", set: set_mapping }];
    };
}

keys! {
    "input.paths" false r#"["input"]"# |s, v| s.inputs = paths(v)?;
    "input.preset" true r#""""# |s, v| s.input.preset = optional(v, |t| among(Preset::ALL, t, Preset::as_str))?;
    "input.text-column" true r#""""# |s, v| s.input.text_column = optional(v, |t| Ok(t.to_owned()))?;
    "input.format" true r#""""# |s, v| s.input.format = optional(v, |t| among(Format::ALL, t, Format::as_str))?;
    "input.language" true r#""""# |s, v| s.input.language = optional(v, |t| Ok(t.to_owned()))?;
    "input.follow-links" true "false" |s, v| s.input.follow_links = yes_or_no(v)?;
    "input.include-withheld" true "false" |s, v| s.input.include_withheld = yes_or_no(v)?;
    "input.max-article-bytes" true "8388608" |s, v| s.input.limits.article = whole(v)?;
    "analysis.config-dir" false r#""""# |s, v| s.config_dir = optional(v, |t| Ok(PathBuf::from(t)))?;
    "analysis.summary-words" true "120" |s, v| s.analysis.summary_words = whole(v)?;
    "output.dir" false r#""output""# |s, v| s.out = PathBuf::from(text(v)?);
    "output.csv-profile" true r#""analyst""# |s, v| s.output.csv.profile = named(&text(v)?)?;
    "output.csv-delimiter" true r#""""# |s, v| s.output.csv.delimiter = optional(v, delimiter)?;
    "output.csv-bom" true r#""auto""# |s, v| s.output.csv.bom = named(&text(v)?)?;
    "output.csv-newlines" true r#""""# |s, v| s.output.csv.newlines = optional(v, named)?;
    "output.csv-escape" true r#""""# |s, v| s.output.csv.escape = optional(v, named)?;
    "output.csv-max-cell" true r#""""# |s, v| s.output.csv.max_cell = optional(v, |t| match t {
        "none" => Ok(0),
        number => max_cell(parsed(number)?),
    })?;
    "output.csv-split-rows" true "0" |s, v| s.output.csv.split_rows = whole(v)?;
    "output.compare-with" false r#""""# |s, v| s.output.compare_with = optional(v, |t| Ok(PathBuf::from(t)))?;
    "output.report" true "true" |s, v| s.output.report = yes_or_no(v)?;
    "output.xlsx" true "false" |s, v| s.output.xlsx = yes_or_no(v)?;
    "output.parquet" true "false" |s, v| s.output.parquet = yes_or_no(v)?;
    "output.dna" true "false" |s, v| s.output.dna = yes_or_no(v)?;
    "output.force" false "false" |s, v| s.output.force = yes_or_no(v)?;
    "output.wait-lock" false "0" |s, v| s.output.wait_lock = whole(v)?;
    "select.since" true r#""""# |s, v| s.output.selection.since = optional(v, first_day)?;
    "select.until" true r#""""# |s, v| s.output.selection.until = optional(v, last_day)?;
    "select.languages" true "[]" |s, v| s.output.selection.languages = texts(v, Some(','))?.into_iter().collect();
    "select.where" true "[]" |s, v| s.output.selection.conditions = texts(v, None)?.iter().map(|t| Condition::parse(t)).collect::<Result<_, _>>()?;
    "select.only" true "[]" |s, v| s.output.only = Only::named(texts(v, Some(','))?.iter().map(String::as_str))?;
    "run.jobs" false "0" |s, v| s.jobs = whole(v)?;
    "run.allow-failures" false "0" |s, v| s.allow_failures = bound(&text(v)?)?;
    "run.incremental" false "false" |s, v| s.incremental = yes_or_no(v)?;
    "run.max-failures" false r#""""# |s, v| s.max_failures = optional(v, bound)?;
    "run.fail-empty" false "false" |s, v| s.fail_empty = yes_or_no(v)?;
}

fn set_mapping(settings: &mut Settings, name: &str, value: &Value) -> Result<(), String> {
    let field = name.rsplit('.').next().unwrap_or(name);
    let names = match value {
        Value::Array(names) => names
            .iter()
            .map(text)
            .collect::<Result<Vec<_>, _>>()?
            .join("|"),
        one => text(one)?,
    };
    settings
        .input
        .mapping
        .set(field, &names)
        .map_err(|e| e.to_string())
}

/// The setting of that name.
pub(super) fn find(name: &str) -> Option<&'static Key> {
    ALL.iter().find(|key| match key.name.strip_suffix('*') {
        Some(prefix) => name
            .strip_prefix(prefix)
            .is_some_and(|rest| !rest.contains('.')),
        None => key.name == name,
    })
}

/// The key that `OUTPUT_CSV_PROFILE` means.
pub(super) fn from_environment(name: &str) -> Option<String> {
    let upper = |key: &str| key.to_uppercase().replace(['.', '-'], "_");
    ALL.iter().find_map(|key| match key.name.strip_suffix('*') {
        Some(prefix) => {
            let field = name.strip_prefix(&upper(prefix))?;
            Some(format!("{prefix}{}", field.to_lowercase()))
        }
        None => (upper(key.name) == name).then(|| key.name.to_owned()),
    })
}

/// What to do about an unknown key.
pub(super) fn hint(unknown: &str) -> String {
    let near = near(unknown, ALL.iter().map(|key| key.name));
    did_you_mean(near.get(..1).unwrap_or_default())
        .unwrap_or_else(|| "`polygist run --print-config` shows every setting".to_owned())
}

/// A value as text; numbers and truth values are taken as written.
fn text(value: &Value) -> Result<String, String> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Integer(number) => Ok(number.to_string()),
        Value::Float(number) => Ok(number.to_string()),
        Value::Boolean(truth) => Ok(truth.to_string()),
        Value::Datetime(time) => Ok(time.to_string()),
        other => Err(format!("{} where text is expected", other.type_str())),
    }
}

/// A value that may be left empty.
fn optional<T>(
    value: &Value,
    read: impl Fn(&str) -> Result<T, String>,
) -> Result<Option<T>, String> {
    let text = text(value)?;
    if text.is_empty() {
        Ok(None)
    } else {
        read(&text).map(Some)
    }
}

fn parsed<T: FromStr>(text: &str) -> Result<T, String> {
    text.trim()
        .parse()
        .map_err(|_| format!("`{text}` is not a whole number"))
}

fn whole<T: FromStr>(value: &Value) -> Result<T, String> {
    parsed(&text(value)?)
}

fn yes_or_no(value: &Value) -> Result<bool, String> {
    match text(value)?.as_str() {
        "true" | "1" => Ok(true),
        "false" | "0" => Ok(false),
        other => Err(format!("`{other}` is neither true nor false")),
    }
}

/// A list of texts; one text is a list of one, or of what stands between separators.
fn texts(value: &Value, separator: Option<char>) -> Result<Vec<String>, String> {
    let one = match value {
        Value::Array(items) => {
            let items = items.iter().map(text).collect::<Result<Vec<_>, _>>()?;
            return Ok(items.into_iter().filter(|t| !t.trim().is_empty()).collect());
        }
        one => text(one)?,
    };
    let parts: Vec<&str> = match separator {
        Some(c) => one.split(c).map(str::trim).collect(),
        None => vec![one.trim()],
    };
    let parts = parts.into_iter().filter(|p| !p.is_empty());
    Ok(parts.map(str::to_owned).collect())
}

/// A list of paths; one path is a list of one.
fn paths(value: &Value) -> Result<Vec<PathBuf>, String> {
    Ok(texts(value, None)?.into_iter().map(PathBuf::from).collect())
}

/// One of a closed set of words, as its type's variants are called.
fn named<T: DeserializeOwned>(word: &str) -> Result<T, String> {
    T::deserialize(Word(word)).map_err(|e| e.to_string())
}

/// One of a closed set of words, as its type lists it.
fn among<T: Copy>(all: &[T], word: &str, name: fn(T) -> &'static str) -> Result<T, String> {
    let found = all.iter().copied().find(|t| name(*t) == word);
    found.ok_or_else(|| none_of(word, &all.iter().map(|t| name(*t)).collect::<Vec<_>>()))
}

/// What to say of a word that is none of a closed set.
fn none_of(word: &str, known: &[&str]) -> String {
    let meant = did_you_mean(&near(word, known.iter().copied()));
    let meant = meant.map_or_else(String::new, |m| format!(": {m}"));
    format!("`{word}` is none of {}{meant}", known.join(", "))
}

/// A word as a variant of an enumeration, which tells a deserializer what its variants are called.
struct Word<'w>(&'w str);

impl<'de> Deserializer<'de> for Word<'_> {
    type Error = ValueError;

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ValueError> {
        if variants.contains(&self.0) {
            let word: StrDeserializer<'_, ValueError> = self.0.into_deserializer();
            visitor.visit_enum(word)
        } else {
            Err(ValueError::custom(none_of(self.0, variants)))
        }
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        visitor.visit_str(self.0)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

fn delimiter(text: &str) -> Result<char, String> {
    let text = if matches!(text, "tab" | "\\t") {
        "\t"
    } else {
        text
    };
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) if DELIMITERS.contains(&c) => Ok(c),
        _ => Err(format!(
            "`{text}` cannot separate cells: use `,` `;` `|` or a tab"
        )),
    }
}

fn max_cell(units: usize) -> Result<usize, String> {
    if units < SMALLEST_CELL {
        return Err(format!(
            "{units} leaves no room for text: use {SMALLEST_CELL} or more, or none"
        ));
    }
    Ok(units)
}

fn bound(text: &str) -> Result<Bound, String> {
    match text.strip_suffix('%') {
        Some(share) => share
            .trim()
            .parse()
            .ok()
            .filter(|s| (0.0..=100.0).contains(s))
            .map(Bound::Percent)
            .ok_or_else(|| format!("`{text}` is no share between 0 % and 100 %")),
        None => parsed(text).map(Bound::Count),
    }
}
