//! Responsible for what every command begins with: settings, packs, workers.

use std::collections::BTreeSet;
use std::io::Write;

use serde_json::{Map, Value};

use super::args::ConfigArgs;
use super::flags::FlagList;
use super::near::{did_you_mean, near};
use super::settings::{Layers, Settings};
use crate::analyze::Engine;
use crate::corpus::CommonNames;
use crate::error::Error;
use crate::language::Codes;
use crate::output::report::Template;
use crate::pack::Packs;
use crate::pack::source::Files;
use crate::pipeline::interrupt::Interrupt;
use crate::pipeline::workers::Workers;

/// What records carry when their language was not found.
const UNKNOWN: &str = "und";

/// Settings with where they come from.
pub(super) struct Session {
    /// The resolved settings.
    pub(super) settings: Settings,
    layers: Layers,
}

impl Session {
    /// Collects the settings of a command from its flags and whatever stands behind them.
    ///
    /// # Errors
    /// [`Error::Config`] and [`Error::Usage`] with the origin of what is wrong.
    pub(super) fn open(args: &ConfigArgs, flags: FlagList) -> Result<Self, Error> {
        Self::open_over(args, flags, None)
    }

    /// The same, with what a manifest says, and its name, in front of everything but the flags.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub(super) fn open_over(
        args: &ConfigArgs,
        flags: FlagList,
        run: Option<(&Map<String, Value>, &str)>,
    ) -> Result<Self, Error> {
        let flags = flags.config(args).done();
        let layers = Layers::collect(args.config.as_deref(), run, flags)?;
        let mut settings = layers.settings()?;
        let wanted = &mut settings.output.selection.languages;
        if !wanted.is_empty() {
            let files = Files::open(settings.config_dir.as_deref())?;
            *wanted = codes(wanted, &files, &layers)?;
        }
        if let Some(dir) = &settings.config_dir {
            let files = Files::open(Some(dir))?;
            settings.output.template = Some(Template::from_files(&files));
            settings.output.common_names = Some(CommonNames::from_files(&files));
        }
        Ok(Self { settings, layers })
    }

    /// Prints all settings when asked for; the command is then done.
    ///
    /// # Errors
    /// Standard output cannot be written.
    pub(super) fn print_config(&self, args: &ConfigArgs) -> std::io::Result<bool> {
        if args.print_config {
            std::io::stdout().write_all(self.layers.print().as_bytes())?;
        }
        Ok(args.print_config)
    }

    /// The settings that the output depends on, for the manifest.
    pub(super) fn manifest(&self) -> serde_json::Value {
        self.layers.to_json()
    }

    /// Packs, rules and analysis settings.
    ///
    /// # Errors
    /// [`Error::Pack`] and [`Error::Config`].
    pub(super) fn engine(&self) -> Result<Engine, Error> {
        let packs = Packs::open(self.settings.config_dir.as_deref())?;
        let engine = Engine::new(packs, self.settings.analysis.clone())?;
        match &self.settings.input.language {
            Some(name) => self.check_language(name, &engine).map(|()| engine),
            None => Ok(engine),
        }
    }

    /// A language that is forced on all articles must have a pack.
    fn check_language(&self, name: &str, engine: &Engine) -> Result<(), Error> {
        let code = engine.languages.code_of(name);
        if code.is_some_and(|code| engine.packs.get(&code).is_some()) {
            return Ok(());
        }
        let known: Vec<&str> = engine.packs.codes().collect();
        let message = format!("there is no pack of `{name}`");
        let hint = format!(
            "one of {}; where none is set, it is found",
            known.join(", ")
        );
        Err(self.layers.unfit("input.language", &message, &hint))
    }

    /// Workers that stop in good order on a signal.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub(super) fn workers(&self) -> Result<Workers, Error> {
        Workers::new(self.settings.jobs, Interrupt::listen()?)
    }
}

/// The codes of the languages that a user names: `sv`, `Swedish`, `no`.
fn codes(
    names: &BTreeSet<String>,
    files: &Files,
    layers: &Layers,
) -> Result<BTreeSet<String>, Error> {
    let known = Codes::open(files);
    let mut found = BTreeSet::new();
    for name in names {
        match known.listed(name) {
            Some(codes) => found.extend(codes),
            // Articles whose language was not found.
            None if name.trim() == UNKNOWN => {
                found.insert(UNKNOWN.to_owned());
            }
            None => {
                let meant = did_you_mean(&near(name, known.names()));
                let hint = meant.unwrap_or_else(|| "write codes or names: sv,nb,german".to_owned());
                let message = format!("no language is called `{name}`");
                return Err(layers.unfit("select.languages", &message, &hint));
            }
        }
    }
    Ok(found)
}
