//! Responsible for what a command needs to know, from defaults, a configuration file, the
//! environment and flags: each goes before the one named earlier.

mod file;
mod keys;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use toml::Value;

use crate::analyze::Options;
use crate::error::Error;
use crate::input::InputOptions;
use crate::output::OutputOptions;
use keys::Key;

/// Where `run` looks for its configuration when none is named.
const USUAL_FILES: &[&str] = &["polygist.toml", "config/polygist.toml"];
/// The start of the environment's names.
const ENV: &str = "POLYGIST_";
/// Variables that are read elsewhere.
const OTHER_ENV: &[&str] = &["POLYGIST_CONFIG", "POLYGIST_LOG_FORMAT"];

/// Everything that can be set.
#[derive(Debug, Default)]
pub(super) struct Settings {
    /// What to read.
    pub(super) inputs: Vec<PathBuf>,
    /// How to read it.
    pub(super) input: InputOptions,
    /// How to analyze it.
    pub(super) analysis: Options,
    /// Configuration files in front of the embedded ones.
    pub(super) config_dir: Option<PathBuf>,
    /// Where to write.
    pub(super) out: PathBuf,
    /// How to write.
    pub(super) output: OutputOptions,
    /// Workers; 0 means one for each processor.
    pub(super) jobs: usize,
    /// Whether unchanged articles keep the records of the run before.
    pub(super) incremental: bool,
    /// How many failures are no failure of the run.
    pub(super) allow_failures: Bound,
    /// How many failures stop a run.
    pub(super) max_failures: Option<Bound>,
    /// Whether an empty input is a failure.
    pub(super) fail_empty: bool,
}

/// A bound on failed records.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Bound {
    /// So many.
    Count(u64),
    /// Such a share of all records, in percent.
    Percent(f64),
}

/// A value and who set it.
#[derive(Debug, Clone)]
struct Given {
    value: Value,
    origin: String,
}

/// All values by key, the strongest origin of each.
#[derive(Debug, Default)]
pub(super) struct Layers {
    values: BTreeMap<String, Given>,
}

/// What flags say, by key.
pub(super) type Flags = Vec<(String, Value)>;

impl Default for Bound {
    fn default() -> Self {
        Self::Count(0)
    }
}

impl Bound {
    /// Whether more of the records failed.
    #[allow(clippy::cast_precision_loss)]
    pub(super) fn is_exceeded(self, failed: u64, seen: u64) -> bool {
        match self {
            Self::Count(most) => failed > most,
            Self::Percent(most) => failed as f64 * 100.0 > most * seen as f64,
        }
    }
}

impl Layers {
    /// Collects defaults, file, environment, the settings of an earlier run if any, and flags.
    ///
    /// # Errors
    /// [`Error::Config`] with file, line and column for a file that does not parse or has an unknown key.
    pub(super) fn collect(
        config: Option<&Path>,
        run: Option<(&serde_json::Map<String, serde_json::Value>, &str)>,
        flags: Flags,
    ) -> Result<Self, Error> {
        let mut layers = Self::default();
        layers.add_defaults();
        if let Some(path) = config.map(Path::to_owned).or_else(usual_file) {
            let text = std::fs::read_to_string(&path).map_err(|e| Error::Config {
                message: format!("{}: {e}", path.display()),
                hint: "--config names a TOML file such as config/polygist.toml".into(),
            })?;
            layers.add_file(&text, &path)?;
        }
        layers.add_environment(std::env::vars_os())?;
        if let Some((settings, origin)) = run {
            layers.add_run(settings, origin)?;
        }
        for (key, value) in flags {
            let origin = format!("--{}", flag(&key));
            layers.values.insert(key, Given { value, origin });
        }
        Ok(layers)
    }

    fn add_defaults(&mut self) {
        for key in keys::ALL.iter().filter(|key| !key.default.is_empty()) {
            let value = key
                .default
                .parse()
                .unwrap_or_else(|_| Value::String(key.default.into()));
            let origin = "default".to_owned();
            self.values
                .insert(key.name.to_owned(), Given { value, origin });
        }
    }

    fn add_file(&mut self, text: &str, path: &Path) -> Result<(), Error> {
        let shown = path.display().to_string();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        for entry in file::entries(text, &shown)? {
            let origin = format!("{shown}:{}", entry.place);
            if keys::find(&entry.key).is_none() {
                return Err(Error::Config {
                    message: format!("{origin}: unknown key `{}`", entry.key),
                    hint: keys::hint(&entry.key),
                });
            }
            self.values.insert(
                entry.key,
                Given {
                    value: entry.value,
                    origin,
                },
            );
        }
        Ok(())
    }

    fn add_environment(
        &mut self,
        variables: impl Iterator<Item = (OsString, OsString)>,
    ) -> Result<(), Error> {
        let named = |(name, value): (OsString, OsString)| Some((name.into_string().ok()?, value));
        let mut variables: Vec<(String, OsString)> = variables
            .filter_map(named)
            .filter(|(name, _)| name.starts_with(ENV))
            .collect();
        variables.sort();
        for (name, value) in variables {
            match keys::from_environment(&name[ENV.len()..]) {
                Some(key) => {
                    let origin = format!("${name}");
                    let value = value.into_string().map_err(|_| Error::Config {
                        message: format!("{origin}: {key}: the value is not UTF-8"),
                        hint: "write it in UTF-8; a name that is none needs another one".into(),
                    })?;
                    let value = Value::String(value);
                    self.values.insert(key, Given { value, origin });
                }
                None if OTHER_ENV.contains(&name.as_str()) => {}
                None => log::warn!("${name} is no setting of polygist and is not used"),
            }
        }
        Ok(())
    }

    /// Sets all that the output depends on as it was in a run, also what was not set there.
    fn add_run(
        &mut self,
        settings: &serde_json::Map<String, serde_json::Value>,
        origin: &str,
    ) -> Result<(), Error> {
        self.values
            .retain(|name, _| keys::find(name).is_some_and(|key| !key.changes_output));
        for (key, value) in settings {
            let value = Value::try_from(value).ok();
            let known = keys::find(key).is_some_and(|key| key.changes_output);
            let Some(value) = value.filter(|_| known) else {
                return Err(Error::Config {
                    message: format!("{origin}: `{key}` is no setting of this version"),
                    hint: "run `polygist run` over the whole input".into(),
                });
            };
            let origin = origin.to_owned();
            self.values.insert(key.clone(), Given { value, origin });
        }
        Ok(())
    }

    /// The settings.
    ///
    /// # Errors
    /// [`Error::Config`] or [`Error::Usage`] with the origin of a value that does not fit its key.
    pub(super) fn settings(&self) -> Result<Settings, Error> {
        let mut settings = Settings::default();
        for (name, Given { value, origin }) in &self.values {
            let Some(Key { set, .. }) = keys::find(name) else {
                continue;
            };
            set(&mut settings, name, value).map_err(|message| {
                let (message, hint) = match message.split_once("\nhint: ") {
                    Some((message, hint)) => (message, hint),
                    None if is_flag(origin) => (
                        message.as_str(),
                        "`polygist run --help` says what each flag takes",
                    ),
                    None => (
                        message.as_str(),
                        "`polygist run --print-config` shows every setting",
                    ),
                };
                self.unfit(name, message, hint)
            })?;
        }
        self.check_together(&settings)?;
        Ok(settings)
    }

    /// Refuses values that fit alone and not together.
    fn check_together(&self, settings: &Settings) -> Result<(), Error> {
        let selection = &settings.output.selection;
        if let (Some(since), Some(until)) = (selection.since, selection.until)
            && since > until
        {
            let message = format!(
                "this day lies after the last one, that of {}, so no article can be inside",
                self.place("select.until")
            );
            let hint = "the first day comes with since, the last one with until";
            return Err(self.unfit("select.since", &message, hint));
        }
        match settings.output.csv.dialect() {
            Err(Error::Usage { message, hint }) => {
                Err(self.unfit("output.csv-delimiter", &message, &hint))
            }
            other => other.map(drop),
        }
    }

    /// The error of a value that does not fit: where it was set, what is wrong, and what to do.
    pub(super) fn unfit(&self, key: &str, message: &str, hint: &str) -> Error {
        let message = format!("{}: {message}", self.place(key));
        let hint = hint.to_owned();
        if is_flag(self.origin(key)) {
            Error::Usage { message, hint }
        } else {
            Error::Config { message, hint }
        }
    }

    /// Where a key was set, for a person: `--until`, `polygist.toml:3:9: select.until`.
    fn place(&self, key: &str) -> String {
        let origin = self.origin(key);
        if is_flag(origin) {
            origin.to_owned()
        } else {
            format!("{origin}: {key}")
        }
    }

    /// Who set a key, `--languages` or `polygist.toml:3:1`; empty when nobody did.
    fn origin(&self, key: &str) -> &str {
        self.values.get(key).map_or("", |given| &given.origin)
    }

    /// Every setting with its value and origin, a line each.
    pub(super) fn print(&self) -> String {
        let lines = self
            .values
            .iter()
            .map(|(name, given)| (format!("{name} = {}", given.value), given.origin.as_str()));
        let mut out = String::new();
        for (setting, origin) in lines {
            let _ = writeln!(out, "{setting:<50} # {origin}");
        }
        out
    }

    /// Everything that can change what is written, as JSON for the manifest.
    pub(super) fn to_json(&self) -> serde_json::Value {
        let mut out = serde_json::Map::new();
        for (name, given) in &self.values {
            if keys::find(name).is_some_and(|key| key.changes_output)
                && let Ok(value) = serde_json::to_value(&given.value)
            {
                out.insert(name.clone(), value);
            }
        }
        serde_json::Value::Object(out)
    }
}

/// The flag that sets a key.
fn flag(key: &str) -> &str {
    if key.starts_with("input.map.") {
        return "map";
    }
    key.rsplit('.').next().unwrap_or(key)
}

fn is_flag(origin: &str) -> bool {
    origin.starts_with("--")
}

fn usual_file() -> Option<PathBuf> {
    USUAL_FILES.iter().map(PathBuf::from).find(|p| p.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::Profile;

    fn from_file(text: &str) -> Result<Settings, Error> {
        let mut layers = Layers::default();
        layers.add_file(text, Path::new("p.toml"))?;
        layers.settings()
    }

    fn message(result: Result<Settings, Error>) -> String {
        let error = result.unwrap_err();
        assert_eq!(error.exit_code(), 2);
        error.to_string()
    }

    #[test]
    fn defaults_are_those_of_the_types() {
        let mut layers = Layers::default();
        layers.add_defaults();
        let settings = layers.settings().unwrap();
        assert_eq!(settings.inputs, [PathBuf::from("input")]);
        assert_eq!(settings.output, OutputOptions::default());
        assert_eq!(
            settings.analysis.summary_words,
            Options::default().summary_words
        );
        assert_eq!(settings.input.limits, InputOptions::default().limits);
        assert_eq!((settings.jobs, settings.max_failures), (0, None));
    }

    #[test]
    fn the_committed_file_holds_every_key_and_its_default() {
        let mut defaults = Layers::default();
        defaults.add_defaults();
        let mut committed = Layers::default();
        let text = include_str!("../../config/polygist.toml");
        committed
            .add_file(text, Path::new("polygist.toml"))
            .unwrap();
        for (name, given) in defaults.values {
            let value = committed.values.remove(&name).map(|g| g.value);
            // The sample input holds broken files on purpose.
            if name != "run.allow-failures" {
                assert_eq!(value, Some(given.value), "{name}");
            }
        }
        assert!(committed.values.is_empty(), "{:?}", committed.values);
    }

    #[test]
    fn an_unknown_key_is_shown_where_it_is_with_a_suggestion() {
        let error = message(from_file(
            "[output]\nreport = true\ncsv_profil = \"plain\"\n",
        ));
        assert!(
            error.contains("p.toml:3:1: unknown key `output.csv_profil`"),
            "{error}"
        );
        assert!(
            error.contains("hint: did you mean `output.csv-profile`?"),
            "{error}"
        );
    }

    #[test]
    fn a_value_that_does_not_fit_is_shown_where_it_is() {
        let error = message(from_file("[run]\njobs = \"many\"\n"));
        assert!(
            error.contains("p.toml:2:8: run.jobs: `many` is not a whole number"),
            "{error}"
        );
        let error = message(from_file("[output]\ncsv-profile = \"excel\"\n"));
        let all = "`excel` is none of analyst, excel-eu, plain\n";
        assert!(error.contains(all), "{error}");
        let error = message(from_file("[output]\ncsv-bom = \"perhaps\"\n"));
        let all = "p.toml:2:11: output.csv-bom: `perhaps` is none of auto, always, never\n";
        assert!(error.contains(all), "{error}");
        let error = message(from_file("[run\n"));
        assert!(error.contains("p.toml:1:"), "{error}");
    }

    #[test]
    fn what_does_not_fit_together_is_shown_where_it_was_set() {
        let text = "[select]\nsince = 2026-02-01\nuntil = \"2026-01\"\n";
        let error = message(from_file(text));
        let said = "p.toml:2:9: select.since: this day lies after the last one, that of \
                    p.toml:3:9: select.until, so no article can be inside";
        assert!(error.contains(said), "{error}");
        let text = "[output]\ncsv-delimiter = \",\"\ncsv-profile = \"excel-eu\"\n";
        let error = message(from_file(text));
        let said = "p.toml:2:17: output.csv-delimiter: the profile excel-eu writes decimal commas";
        assert!(error.contains(said), "{error}");
        for (value, said) in [
            ("csv-delimiter = \"x\"", "`x` cannot separate cells"),
            ("csv-max-cell = 3", "3 leaves no room for text"),
        ] {
            let error = message(from_file(&format!("[output]\n{value}\n")));
            assert!(
                error.contains("p.toml:2:") && error.contains(said),
                "{error}"
            );
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_variable_that_is_no_text_is_refused_and_not_left_out() {
        use std::os::unix::ffi::OsStringExt;
        let add = |name: &str| {
            let variable = (name.into(), OsString::from_vec(vec![b'o', 0xff]));
            Layers::default().add_environment(std::iter::once(variable))
        };
        let error = add("POLYGIST_OUTPUT_DIR").unwrap_err().to_string();
        let said = "$POLYGIST_OUTPUT_DIR: output.dir: the value is not UTF-8\nhint: ";
        assert!(error.starts_with(said), "{error}");
        add("POLYGIST_CONFIG").unwrap();
        add("OTHER").unwrap();
    }

    #[test]
    fn flags_go_before_environment_before_file() {
        let mut layers = Layers::default();
        layers
            .add_file(
                "[run]\njobs = 1\n[output]\ncsv-profile = \"plain\"",
                Path::new("p.toml"),
            )
            .unwrap();
        let env = [
            ("POLYGIST_RUN_JOBS", "2"),
            ("POLYGIST_OUTPUT_CSV_PROFILE", "excel-eu"),
        ];
        let env = env.iter().map(|(n, v)| ((*n).into(), (*v).into()));
        layers.add_environment(env).unwrap();
        let value = Value::String("3".into());
        layers.values.insert(
            "run.jobs".into(),
            Given {
                value,
                origin: "--jobs".into(),
            },
        );
        let settings = layers.settings().unwrap();
        assert_eq!(settings.jobs, 3);
        assert_eq!(settings.output.csv.profile, Profile::ExcelEu);
        assert!(layers.print().contains("# $POLYGIST_OUTPUT_CSV_PROFILE"));
        assert!(layers.to_json().get("run.jobs").is_none());
    }

    #[test]
    fn failures_are_bounded_by_number_or_share() {
        let bound = |s: &str| {
            from_file(&format!("[run]\nmax-failures = {s}"))
                .map(|s| s.max_failures)
                .ok()
                .flatten()
        };
        assert_eq!(bound("3"), Some(Bound::Count(3)));
        assert_eq!(bound("\"2.5%\""), Some(Bound::Percent(2.5)));
        assert_eq!(bound("\"\""), None);
        assert!(from_file("[run]\nmax-failures = \"x\"").is_err());
    }
}
