//! Responsible for `check`: whether configuration and packs are sound, and how each file would be read.

use std::collections::BTreeMap;
use std::io::Write;

use super::args::CheckArgs;
use super::flags::FlagList;
use super::logger::printable;
use super::session::Session;
use crate::input::{Compression, FileReport, InputFile, InputOptions, describe, discover};
use crate::model::article::Input;
use crate::pack::Pack;

/// How many files are shown in full.
const SHOWN: usize = 200;

/// Runs the command.
///
/// # Errors
/// What is wrong with the configuration or a pack.
pub(super) fn run(args: &CheckArgs) -> anyhow::Result<u8> {
    let mut session = Session::open(&args.config, FlagList::default().reading(&args.reading))?;
    if session.print_config(&args.config)? {
        return Ok(0);
    }
    if !args.input.is_empty() {
        session.settings.inputs.clone_from(&args.input);
    }
    let out = &mut std::io::stdout().lock();
    let engine = session.engine()?;
    writeln!(out, "configuration: sound")?;
    let codes: Vec<&str> = engine.packs.codes().collect();
    for code in &codes {
        Pack::load(code, engine.packs.files())?;
    }
    writeln!(
        out,
        "packs: {} load and fit: {}",
        codes.len(),
        codes.join(" ")
    )?;
    let options = &session.settings.input;
    files(&discover(&session.settings.inputs, options)?, options, out)
}

/// Says how each file would be read; exit code 1 when one of them cannot be.
///
/// # Errors
/// A table without a column for the text; the output cannot be written.
pub(super) fn files(
    files: &[InputFile],
    options: &InputOptions,
    out: &mut dyn Write,
) -> anyhow::Result<u8> {
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    let mut failed = 0;
    writeln!(out, "files: {}", files.len())?;
    for (n, file) in files.iter().enumerate() {
        if file.is_stdin() {
            writeln!(
                out,
                "  - standard input: JSON Lines, read when the run begins"
            )?;
            continue;
        }
        let (report, first) = describe(file, options)?;
        let kind = kind(&report);
        let verdict = match first {
            Some(Input::Rejected(rejected)) => {
                failed += usize::from(!rejected.skipped);
                let how = if rejected.skipped {
                    "skipped"
                } else {
                    "first record fails"
                };
                format!(
                    "{how}: {} {}",
                    rejected.problem.code, rejected.problem.message
                )
            }
            Some(Input::Article(_)) => mapping(&report),
            None => "no records".to_owned(),
        };
        if n < SHOWN {
            writeln!(
                out,
                "  {}: {kind}; {}",
                printable(&report.path),
                printable(&verdict)
            )?;
        }
        *kinds.entry(kind).or_default() += 1;
    }
    if files.len() > SHOWN {
        writeln!(out, "  and {} more", files.len() - SHOWN)?;
    }
    for (kind, n) in kinds {
        writeln!(out, "{n} × {kind}")?;
    }
    Ok(u8::from(failed > 0))
}

fn kind(report: &FileReport) -> String {
    let mut out = report.format.map_or("not read", |f| f.as_str()).to_owned();
    if report.compression != Compression::None {
        out.push_str(", compressed");
    }
    if let Some(encoding) = report.encoding {
        out.push_str(", ");
        out.push_str(encoding);
    }
    if let Some(preset) = report.preset {
        out.push_str(", preset ");
        out.push_str(preset.as_str());
    }
    out
}

fn mapping(report: &FileReport) -> String {
    let fields = report
        .fields
        .iter()
        .map(|(field, name)| format!("{field}={name}"));
    let fields: Vec<String> = fields.collect();
    if fields.is_empty() {
        "the text is the file".to_owned()
    } else {
        fields.join(" ")
    }
}
