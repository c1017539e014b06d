//! Responsible for `score`: figures against annotated articles, gates on them, and the measurement of
//! rules and languages that is committed.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

use serde_json::Value;

use super::args::ScoreArgs;
use super::flags::FlagList;
use super::session::Session;
use crate::error::Error;
use crate::model::article::{Input, RawArticle, Source};
use crate::pack::source::Files;
use crate::pipeline::process::process;
use crate::score::Measurement;
use crate::score::gate::Gate;
use crate::score::item::Item;
use crate::score::quality;

/// Runs the command; exit code 1 when a gate fails.
///
/// # Errors
/// A file that cannot be read or is not JSON Lines.
pub(super) fn run(args: &ScoreArgs) -> anyhow::Result<u8> {
    let session = Session::open(&args.config, FlagList::default())?;
    if session.print_config(&args.config)? {
        return Ok(0);
    }
    let mut gold = Vec::new();
    for path in &args.gold {
        each_line(path, |value| gold.push(value))?;
    }
    let system = match &args.system {
        Some(path) => read_system(path)?,
        None => analyze(&session, &gold, args.detect)?,
    };
    let mut measured = Measurement::new(&Files::embedded())?;
    for value in &gold {
        let item = Item::read(value);
        measured.add(&item, system.get(&item.id));
    }
    let out = &mut std::io::stdout().lock();
    print(&measured, args, out)?;
    if let Some(path) = &args.rules {
        save(path, &measured.rules.to_toml(gold.len() as u64))?;
    }
    if let Some(path) = &args.quality {
        save(path, &quality::to_toml(&measured.by_language))?;
    }
    let failures = failures(&measured, &args.min);
    for failure in &failures {
        log::error!("{failure}");
    }
    Ok(u8::from(!failures.is_empty()))
}

/// Reads JSON Lines.
fn each_line(path: &Path, mut take: impl FnMut(Value)) -> Result<(), Error> {
    let failed = |line: usize, why: String| Error::Config {
        message: format!("{}:{line}: {why}", path.display()),
        hint: "gold and records are JSON Lines, one article a line".into(),
    };
    let file = File::open(path).map_err(|e| Error::Config {
        message: format!("{} cannot be read: {e}", path.display()),
        hint: "name files of annotated articles, such as tests/gold/sv.jsonl".into(),
    })?;
    for (n, line) in BufReader::new(file).lines().enumerate() {
        let line = line.map_err(|e| failed(n + 1, e.to_string()))?;
        if !line.trim().is_empty() {
            take(serde_json::from_str(&line).map_err(|e| failed(n + 1, e.to_string()))?);
        }
    }
    Ok(())
}

fn read_system(path: &Path) -> Result<BTreeMap<String, Item>, Error> {
    let mut system = BTreeMap::new();
    each_line(path, |value| {
        let item = Item::read(&value);
        system.insert(item.id.clone(), item);
    })?;
    Ok(system)
}

/// Analyzes the annotated articles themselves.
fn analyze(
    session: &Session,
    gold: &[Value],
    detect: bool,
) -> Result<BTreeMap<String, Item>, Error> {
    let (engine, workers) = (session.engine()?, session.workers()?);
    let mut system = BTreeMap::new();
    process(
        &workers,
        &engine,
        |emit| {
            for (n, value) in gold.iter().enumerate() {
                if emit(article(value, n as u64 + 1, detect)).is_break() {
                    break;
                }
            }
            Ok(())
        },
        |record| Item::read(&serde_json::to_value(&record).unwrap_or_default()),
        |item| {
            system.insert(item.id.clone(), item);
            Ok(())
        },
    )?;
    Ok(system)
}

fn article(gold: &Value, record: u64, detect: bool) -> Input {
    let field = |name: &str| gold.get(name).and_then(Value::as_str).map(str::to_owned);
    Input::Article(Box::new(RawArticle {
        source: Source {
            path: "gold".into(),
            record,
            offset: None,
        },
        id: Some(Item::read(gold).id),
        text: field("text").unwrap_or_default(),
        title: field("title"),
        published: field("published"),
        language: field("lang").filter(|_| !detect),
        ..RawArticle::default()
    }))
}

fn print(measured: &Measurement, args: &ScoreArgs, out: &mut dyn Write) -> anyhow::Result<()> {
    let mut reports: BTreeMap<&str, Value> = BTreeMap::new();
    if args.by_lang {
        for (language, tally) in &measured.by_language {
            reports.insert(language, tally.report());
        }
    }
    let all = measured.all.report();
    if args.json {
        let mut json = serde_json::Map::from_iter([("all".to_owned(), all)]);
        json.extend(reports.into_iter().map(|(l, r)| (l.to_owned(), r)));
        writeln!(out, "{}", Value::Object(json))?;
        return Ok(());
    }
    for (language, report) in &reports {
        out.write_all(text(language, report).as_bytes())?;
    }
    out.write_all(text("all", &all).as_bytes())?;
    for miss in measured.misses.iter().take(args.misses) {
        writeln!(out, "  - {miss}")?;
    }
    Ok(())
}

/// A report for people.
fn text(name: &str, report: &Value) -> String {
    let at = |pointer: &str| match report.pointer(pointer) {
        None | Some(Value::Null) => "-".to_owned(),
        Some(value) => value.to_string(),
    };
    let prf = |pointer: &str| {
        let [p, r, f] = [0, 1, 2].map(|n| at(&format!("{pointer}/{n}")));
        format!("P {p} R {r} F {f}")
    };
    let rows = |of: &str| {
        format!(
            "{}/{}",
            at(&format!("/{of}/gold")),
            at(&format!("/{of}/system"))
        )
    };
    let mut out = String::new();
    let _ = writeln!(
        out,
        "== {name}: {} articles ({} missing, {} with changed text), language {}",
        at("/articles"),
        at("/missing"),
        at("/text_changed"),
        at("/language"),
    );
    let _ = writeln!(
        out,
        "   quotations {}  {}  exact {}  ov.3 {}  kind {}  speaker {}  ATTRIBUTED {}",
        rows("quotations"),
        prf("/quotations/PRF"),
        at("/quotations/exact_F"),
        at("/quotations/ov3_F"),
        at("/quotations/kind"),
        at("/quotations/speaker"),
        prf("/quotations/attributed_PRF"),
    );
    let kinds = ["direct", "indirect", "mixed"].map(|kind| {
        let of = |what: &str| at(&format!("/quotations/{kind}/{what}"));
        format!(
            "{kind}: {} recall {} F {}",
            of("gold"),
            of("recall_any_kind"),
            of("PRF/2")
        )
    });
    let _ = writeln!(out, "      {}", kinds.join("   "));
    let _ = writeln!(
        out,
        "   stances {}  {}  pair {}  polarity {}",
        rows("stances"),
        prf("/stances/PRF"),
        at("/stances/pair_F"),
        at("/stances/polarity"),
    );
    let _ = writeln!(
        out,
        "   facts {}  {}  P@k {}  figures {} of {}   boxes {} {}   summary {} lead {}",
        rows("facts"),
        prf("/facts/PRF"),
        at("/facts/P_at_k"),
        at("/facts/figures"),
        at("/facts/figures_gold"),
        rows("boxes"),
        prf("/boxes/PRF"),
        at("/summary/R"),
        at("/summary/lead"),
    );
    out
}

fn failures(measured: &Measurement, gates: &[Gate]) -> Vec<String> {
    let judge = |gate: &Gate| match &gate.language {
        None => gate.failure(&measured.all.report()),
        Some(language) => match measured.by_language.get(language) {
            Some(tally) => gate.failure(&tally.report()),
            None => Some(format!("{language}: no annotated article in this language")),
        },
    };
    gates.iter().filter_map(judge).collect()
}

fn save(path: &Path, text: &str) -> Result<(), Error> {
    std::fs::write(path, text).map_err(|e| Error::Io {
        message: format!("{}: {e}", path.display()),
        hint: "name a file in a directory that exists".into(),
    })
}
