//! Responsible for commands about language packs: running their examples.

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::analyze::Engine;
use crate::score::cases;

/// Runs the examples of packs, or Markdown files of examples in the folder of a language.
///
/// Returns exit code 1 when an expectation is not met.
///
/// # Errors
/// A named file or pack that is not there.
pub(super) fn test(
    which: &[String],
    update: bool,
    config_dir: Option<&Path>,
    engine: &Engine,
    out: &mut dyn Write,
) -> anyhow::Result<u8> {
    let codes: Vec<String> = match which {
        [] => engine.packs.codes().map(str::to_owned).collect(),
        some => some.to_vec(),
    };
    let (mut compared, mut failed) = (0, 0);
    for code in codes {
        let (language, name, path) = locate(&code, config_dir);
        let text = match &path {
            Some(path) if path.exists() => std::fs::read_to_string(path)?,
            _ => match engine.packs.files().get(&name) {
                Some(text) => text.to_owned(),
                None if which.is_empty() => continue,
                None => anyhow::bail!("{name}: no examples there"),
            },
        };
        let outcome = cases::run(&name, &text, &language, engine);
        compared += outcome.compared;
        match path {
            Some(path) if update => {
                if outcome.updated != text {
                    std::fs::write(&path, outcome.updated)?;
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
