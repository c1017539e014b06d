//! Responsible for commands about language packs: running their examples, and copying one to begin an
//! override.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::args::{ConfigArgs, PacksCommand};
use super::flags::FlagList;
use super::session::Session;
use crate::analyze::Engine;
use crate::error::Error;
use crate::score::cases;

/// Runs a command.
///
/// # Errors
/// A pack that is not there or does not load, a file that cannot be read or written.
pub(super) fn run(command: &PacksCommand) -> anyhow::Result<u8> {
    let out = &mut std::io::stdout().lock();
    match command {
        PacksCommand::Export {
            language,
            dir,
            config,
        } => export(language, dir, config, out),
        PacksCommand::Test {
            which,
            update,
            config,
        } => test(which, *update, config, out),
    }
}

/// Copies all files of a pack below a directory of its own.
fn export(
    language: &str,
    dir: &Path,
    config: &ConfigArgs,
    out: &mut dyn Write,
) -> anyhow::Result<u8> {
    let session = Session::open(config, FlagList::default())?;
    let engine = session.engine()?;
    let files = engine.packs.files().under(&format!("lang/{language}/"));
    if files.is_empty() {
        return Err(no_pack(language, &engine).into());
    }
    for (name, text) in files {
        let path = dir.join(&name);
        if path.exists() {
            return Err(Error::Usage {
                message: format!("{} is there already", path.display()),
                hint: "name a directory that does not hold this pack yet".into(),
            }
            .into());
        }
        write(&path, &text)?;
        writeln!(out, "{}", path.display())?;
    }
    writeln!(
        out,
        "Change what you need, delete what you do not, then: polygist run --config-dir {}",
        dir.display()
    )?;
    Ok(0)
}

fn no_pack(language: &str, engine: &Engine) -> Error {
    let meant = engine.languages.code_of(language);
    let meant = meant.filter(|code| engine.packs.get(code).is_some());
    let known: Vec<&str> = engine.packs.codes().collect();
    Error::Usage {
        message: format!("there is no pack `{language}`"),
        hint: match meant {
            Some(code) => format!("did you mean `{code}`?"),
            None => format!("the packs are {}, und and shared", known.join(", ")),
        },
    }
}

fn write(path: &Path, text: &str) -> Result<(), Error> {
    let made = path.parent().map_or(Ok(()), fs::create_dir_all);
    made.and_then(|()| fs::write(path, text))
        .map_err(|e| Error::Io {
            message: format!("{}: {e}", path.display()),
            hint: "name a directory that you may write to".into(),
        })
}

/// Runs the examples of packs, or Markdown files of examples in the folder of a language; exit code 1
/// when an expectation is not met.
fn test(
    which: &[String],
    update: bool,
    config: &ConfigArgs,
    out: &mut dyn Write,
) -> anyhow::Result<u8> {
    let session = Session::open(config, FlagList::default())?;
    let engine = session.engine()?;
    let config_dir = session.settings.config_dir.as_deref();
    let codes: Vec<String> = match which {
        [] => engine.packs.codes().map(str::to_owned).collect(),
        some => some.to_vec(),
    };
    let (mut compared, mut failed) = (0, 0);
    for code in codes {
        let (language, name, path) = locate(&code, config_dir);
        if update && path.is_none() {
            return Err(built_in(&name).into());
        }
        let text = match &path {
            Some(path) if path.exists() => fs::read_to_string(path)?,
            _ => match engine.packs.files().get(&name) {
                Some(text) => text.to_owned(),
                None if which.is_empty() => continue,
                None => return Err(no_pack(&code, &engine).into()),
            },
        };
        let outcome = cases::run(&name, &text, &language, &engine);
        compared += outcome.compared;
        match path {
            Some(path) if update => {
                if outcome.updated != text {
                    fs::write(&path, outcome.updated)?;
                    writeln!(out, "updated {}", path.display())?;
                }
            }
            _ => {
                for failure in &outcome.failures {
                    failed += 1;
                    writeln!(out, "{failure}")?;
                }
            }
        }
    }
    writeln!(out, "{compared} expectations compared, {failed} not met")?;
    Ok(u8::from(failed > 0))
}

/// What is built in cannot be rewritten.
fn built_in(name: &str) -> Error {
    Error::Usage {
        message: format!("{name} is built in and cannot be rewritten"),
        hint: "name a file, or its --config-dir".into(),
    }
}

/// The language, the shown name and the file of `sv` or of `tests/cases/sv/quotations.md`.
fn locate(which: &str, config_dir: Option<&Path>) -> (String, String, Option<PathBuf>) {
    let given = Path::new(which);
    if given.extension().is_some_and(|e| e == "md") {
        let folder = given.parent().and_then(Path::file_name);
        let language = folder.unwrap_or_default().to_string_lossy().into_owned();
        return (language, which.to_owned(), Some(given.to_owned()));
    }
    let name = format!("lang/{which}/examples.md");
    let path = config_dir.map(|dir| dir.join(&name));
    (which.to_owned(), name, path)
}
