//! Responsible for turning flags into settings: each flag by the key of the setting that it means.

use toml::Value;

use super::args::{ConfigArgs, FailureArgs, InputArgs, OutputArgs, SelectArgs};
use super::settings::Flags;

/// Collects flags by the key of the setting that they mean.
#[derive(Default)]
pub(super) struct FlagList(Flags);

impl FlagList {
    fn text(mut self, key: &str, value: Option<&str>) -> Self {
        self.0
            .extend(value.map(|v| (key.to_owned(), Value::String(v.to_owned()))));
        self
    }

    fn number(self, key: &str, value: Option<u64>) -> Self {
        self.text(key, value.map(|n| n.to_string()).as_deref())
    }

    fn list(mut self, key: &str, values: &[String]) -> Self {
        if !values.is_empty() {
            let values = values.iter().cloned().map(Value::String).collect();
            self.0.push((key.to_owned(), Value::Array(values)));
        }
        self
    }

    fn switch(mut self, key: &str, given: bool, value: bool) -> Self {
        if given {
            self.0.push((key.to_owned(), Value::Boolean(value)));
        }
        self
    }

    /// The flags.
    pub(super) fn done(self) -> Flags {
        self.0
    }

    /// The flags about configuration.
    pub(super) fn config(self, args: &ConfigArgs) -> Self {
        self.text("analysis.config-dir", args.config_dir.as_deref())
            .number("run.jobs", args.jobs.map(|n| n as u64))
    }

    /// The flags about reading.
    pub(super) fn reading(mut self, args: &InputArgs) -> Self {
        for pair in args
            .map
            .iter()
            .flat_map(|m| m.split(','))
            .filter(|p| !p.is_empty())
        {
            let (field, names) = pair.split_once('=').unwrap_or((pair, ""));
            self = self.text(&format!("input.map.{}", field.trim()), Some(names));
        }
        self.text("input.preset", args.preset.as_deref())
            .text("input.text-column", args.text_column.as_deref())
            .text("input.format", args.format.as_deref())
            .text("input.language", args.language.as_deref())
            .switch("input.follow-links", args.follow_links, true)
            .switch("input.include-withheld", args.include_withheld, true)
            .number("input.max-article-bytes", args.max_article_bytes)
            .number("analysis.summary-words", args.summary_words)
    }

    /// The flags about writing.
    pub(super) fn output(self, args: &OutputArgs) -> Self {
        self.text("output.dir", args.out.as_deref())
            .text("output.csv-profile", args.csv_profile.as_deref())
            .text("output.csv-delimiter", args.csv_delimiter.as_deref())
            .text("output.csv-bom", args.csv_bom.as_deref())
            .text("output.csv-newlines", args.csv_newlines.as_deref())
            .text("output.csv-escape", args.csv_escape.as_deref())
            .text("output.csv-max-cell", args.csv_max_cell.as_deref())
            .number("output.csv-split-rows", args.csv_split_rows)
            .text("output.compare-with", args.compare_with.as_deref())
            .switch("output.report", args.no_report, false)
            .switch("output.xlsx", args.xlsx, true)
            .switch("output.parquet", args.parquet, true)
            .switch("output.dna", args.dna, true)
            .switch("output.force", args.force, true)
            .number("output.wait-lock", args.wait_lock)
    }

    /// The flags about what is wanted.
    pub(super) fn select(self, args: &SelectArgs) -> Self {
        self.text("select.since", args.since.as_deref())
            .text("select.until", args.until.as_deref())
            .list("select.languages", &args.languages)
            .list("select.where", &args.conditions)
            .list("select.only", &args.only)
    }

    /// The flag about keeping records.
    pub(super) fn incremental(self, given: bool) -> Self {
        self.switch("run.incremental", given, true)
    }

    /// The flags about failures.
    pub(super) fn failures(self, args: &FailureArgs) -> Self {
        self.text("run.max-failures", args.max_failures.as_deref())
            .text("run.allow-failures", args.allow_failures.as_deref())
            .switch("run.fail-empty", args.fail_empty, true)
    }
}
