//! Responsible for one run's output from the first record to the published directory.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::cell::{Cell, Changes};
use super::changes;
use super::corpus_rows::corpus_rows;
use super::csv_file::CsvFile;
use super::datapackage::datapackage;
use super::disk::{Disk, FileEntry, Sink};
use super::dna::DnaExport;
use super::manifest::{Counts, Manifest, ManifestInput, Tally, Times};
use super::options::{Dialect, OutputOptions, usage};
use super::parquet::ParquetTables;
use super::prepared::{Prepared, Preparer, Spent};
use super::report::{self, ProblemExample, ProblemGroup};
use super::stage::{MANIFEST, Stage};
use super::state::{Extent, STATE, StateWriter};
use super::tables::TableId;
use super::xlsx::Book;
use crate::corpus::diff::{Changes as RunChanges, compare};
use crate::corpus::{CommonNames, Corpus, Overview, Rollup};
use crate::error::Error;
use crate::model::problem::{Code, Problem, is_note};
use crate::model::record::{Record, Status};

/// What a finished run left.
#[derive(Debug)]
pub struct Published {
    /// The output directory.
    pub path: PathBuf,
    /// How the records ended.
    pub counts: Counts,
    /// The files, in the manifest's order.
    pub files: Vec<FileEntry>,
    /// Rows by table.
    pub rows: BTreeMap<&'static str, u64>,
    /// Errors and warnings by code.
    pub errors_by_code: BTreeMap<String, u64>,
    /// Notes by code: nothing is wrong with their articles.
    pub notes_by_code: BTreeMap<String, u64>,
    /// Where each code was met first.
    pub first_places: BTreeMap<String, String>,
    /// What the corpus step found, for a last screen.
    pub overview: Overview,
}

/// Writes a run's files in input order and publishes them.
#[derive(Debug)]
pub struct Publisher {
    stage: Stage,
    options: OutputOptions,
    dialect: Dialect,
    articles: Sink,
    state: Option<StateWriter>,
    letters: Sink,
    letter_count: u64,
    /// The tables that come straight from records, by [`TableId`].
    tables: Vec<CsvFile>,
    book: Option<Book>,
    parquet: Option<ParquetTables>,
    dna: Option<DnaExport>,
    corpus: Corpus,
    common: Arc<CommonNames>,
    spent: Spent,
    counts: Counts,
    changes: Changes,
    /// Problems by code, notes too.
    problems_by_code: BTreeMap<String, u64>,
    /// A few problems of each code, to show.
    examples: BTreeMap<String, Vec<ProblemExample>>,
}

impl Publisher {
    /// Locks the output, checks that it may be replaced, and opens all files beside it.
    ///
    /// # Errors
    /// [`Error::Usage`] for an output that polygist did not write, [`Error::Locked`] when another run
    /// is at work on it, [`Error::Io`] when it cannot be written.
    pub fn create(out: &Path, options: &OutputOptions) -> Result<Self, Error> {
        Self::create_on(&Disk::default(), out, options)
    }

    pub(super) fn create_on(
        disk: &Disk,
        out: &Path,
        options: &OutputOptions,
    ) -> Result<Self, Error> {
        let dialect = options.csv.dialect()?;
        check_earlier(options.compare_with.as_deref())?;
        let stage = Stage::open(disk.clone(), out, options)?;
        let dir = stage.dir().to_owned();
        let state = options.state.as_deref();
        let state = state.map(|engine| StateWriter::create(&dir, disk, engine));
        let tables = TableId::ALL
            .iter()
            .take(TableId::FROM_RECORDS)
            .filter(|id| options.only.has(**id))
            .map(|id| CsvFile::create(*id, dir.clone(), disk, &dialect))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            articles: disk.create(&dir.join("articles.jsonl"))?,
            state: state.transpose()?,
            letters: disk.create(&dir.join("errors.jsonl"))?,
            letter_count: 0,
            tables,
            book: options
                .xlsx
                .then(|| Book::create(&dir, &options.only))
                .transpose()?,
            parquet: options
                .parquet
                .then(|| ParquetTables::create(&dir, disk, &options.only))
                .transpose()?,
            dna: options
                .dna
                .then(|| DnaExport::create(&dir, disk))
                .transpose()?,
            corpus: Corpus::default(),
            common: Arc::new(options.common_names.clone().unwrap_or_default()),
            spent: Spent::default(),
            counts: Counts::default(),
            changes: Changes::default(),
            problems_by_code: BTreeMap::new(),
            examples: BTreeMap::new(),
            options: options.clone(),
            stage,
            dialect,
        })
    }

    /// A renderer for worker threads.
    pub fn preparer(&self) -> Preparer {
        Preparer {
            dialect: self.dialect.clone(),
            selection: self.options.selection.clone(),
            only: self.options.only.clone(),
            common: Arc::clone(&self.common),
            spent: self.spent.clone(),
        }
    }

    /// How the records so far ended.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// Adds the next record in input order.
    ///
    /// # Errors
    /// [`Error::Io`] with the file that could not be written.
    pub fn accept(&mut self, mut prepared: Prepared) -> Result<(), Error> {
        if let Some(id) = self.corpus.unused_id(&prepared.record.article_id) {
            let key = prepared.key;
            prepared = self.renamed(prepared.record, id);
            prepared.key = key;
        }
        let Prepared {
            record,
            line,
            rows,
            letters,
            digest,
            key,
        } = &prepared;
        let offset = self.articles.position();
        let marks = self.corpus.add(record, digest, offset);
        self.articles.write(line)?;
        if let (Some(state), Some(key)) = (&mut self.state, key) {
            state.add(*key, offset, line)?;
            if state.entries().is_multiple_of(SAVE_EVERY) {
                self.articles.flush()?;
                state.flush()?;
            }
        }
        self.letters.write(letters)?;
        let letter_count = record.problems.iter().filter(|p| !p.is_note()).count();
        self.letter_count += letter_count as u64;
        let corpus_cells = [Cell::from(marks.duplicate_of), Cell::from(marks.story_id)];
        for table in &mut self.tables {
            table.append(rows, &corpus_cells)?;
        }
        if let Some(book) = &mut self.book {
            book.add(record, &corpus_cells)?;
        }
        if let Some(parquet) = &mut self.parquet {
            parquet.add(record, &corpus_cells)?;
        }
        if let Some(dna) = &mut self.dna {
            dna.add(record)?;
        }
        self.changes.add(rows.changes);
        self.counts.add(record.status);
        for problem in &record.problems {
            if let Some(count) = self.problems_by_code.get_mut(&problem.code) {
                *count += 1;
            } else {
                self.problems_by_code.insert(problem.code.clone(), 1);
            }
            if self.problems_by_code.get(&problem.code) <= Some(&EXAMPLES) {
                let examples = self.examples.entry(problem.code.clone()).or_default();
                examples.push(ProblemExample {
                    place: format!("{} record {}", record.source_path, record.record),
                    message: problem.message.clone(),
                });
            }
        }
        self.spent.put(prepared);
        Ok(())
    }

    /// The record under an id that no record before it has, with a warning.
    fn renamed(&self, mut record: Record, id: String) -> Prepared {
        let message = format!(
            "{} was seen before; this article is {id}",
            record.article_id
        );
        record.problems.push(Problem::new(Code::WSameId, message));
        record.article_id = id;
        if record.status == Status::Ok {
            record.status = Status::Degraded;
        }
        self.preparer().prepare(record)
    }

    /// Writes the tables and files of the whole corpus and the manifest, and puts the run in place.
    ///
    /// `clock` is asked once, right before the manifest is written.
    ///
    /// # Errors
    /// [`Error::Io`]; nothing is published then and the earlier output is untouched.
    pub fn finish(
        self,
        input: &ManifestInput,
        clock: impl FnOnce() -> Times,
    ) -> Result<Published, Error> {
        let Self {
            stage,
            options,
            dialect,
            articles,
            state,
            letters,
            letter_count,
            tables,
            mut book,
            mut parquet,
            dna,
            corpus,
            counts,
            changes: mut cell_changes,
            problems_by_code,
            examples,
            ..
        } = self;
        check_counts(counts)?;
        let first_places = first_places(&examples);
        let (dir, disk) = (stage.dir().to_owned(), stage.disk.clone());
        let (mut files, mut rows) = (Vec::new(), BTreeMap::new());
        let mut parts = BTreeMap::new();
        files.push(articles.finish_later("articles.jsonl", Some(counts.seen))?);
        if let Some(state) = state {
            // It is no output: what an output holds does not depend on how it was made.
            state.finish()?;
            if !options.keep_state {
                disk.remove_file(&dir.join(STATE))?;
            }
        }
        files.push(letters.finish_later("errors.jsonl", Some(letter_count))?);
        let mut close = |table: CsvFile, files: &mut Vec<FileEntry>| {
            let id = table.id();
            rows.insert(id.table().name, table.rows);
            let entries = table.finish()?;
            parts.insert(id, entries.len() as u64);
            files.extend(entries);
            Ok::<(), Error>(())
        };
        for table in tables {
            close(table, &mut files)?;
        }
        let rollup = corpus.finish();
        let of_corpus = TableId::ALL.into_iter().skip(TableId::FROM_RECORDS);
        for id in of_corpus.filter(|id| options.only.has(*id)) {
            let mut table = CsvFile::create(id, dir.clone(), &disk, &dialect)?;
            corpus_rows(&rollup, id, &mut |cells| {
                book.as_mut().map_or(Ok(()), |b| b.row(id, cells.iter()))?;
                parquet
                    .as_mut()
                    .map_or(Ok(()), |p| p.row(id, cells.iter()))?;
                table.row(cells, &mut cell_changes)
            })?;
            close(table, &mut files)?;
        }
        let write = |name: &str, text: &str| write_file(&disk, &dir, name, text);
        files.push(write("corpus.json", &pretty(&rollup.to_json()))?);
        let parts = |id| parts.get(&id).copied().unwrap_or(1);
        let package = datapackage(&dialect, &options.only, parts);
        files.push(write("datapackage.json", &pretty(&package))?);
        files.extend(finish_exports(book, parquet, dna, &rollup, &dir, &disk)?);
        let earlier = options.compare_with.as_deref();
        let since = earlier.map(|run| write_changes(&disk, &dir, run, &dialect, &mut files));
        let since = since.transpose()?;
        if options.report {
            let source = report::Source {
                rollup: &rollup,
                counts,
                problems: problem_groups(&problems_by_code, examples),
                articles: &dir.join("articles.jsonl"),
                only: &options.only,
                xlsx: options.xlsx,
                since: since.as_ref(),
            };
            files.push(write("report.html", &source.page(options.template)?)?);
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        disk.sync_dir(&dir)?;

        let (notes_by_code, errors_by_code) = by_kind(problems_by_code);
        let tally = Tally {
            counts,
            errors_by_code: &errors_by_code,
            notes_by_code: &notes_by_code,
            rows: &rows,
            changes: cell_changes,
            outputs: &files,
        };
        let times = clock();
        write(MANIFEST, &pretty(&Manifest::new(input, &times, &tally)))?;
        Ok(Published {
            path: stage.publish()?,
            counts,
            files,
            rows,
            errors_by_code,
            notes_by_code,
            first_places,
            overview: rollup.overview(),
        })
    }

    /// What earlier runs on this output left, to keep records of: an interrupted one, then the
    /// published one.
    pub fn earlier(&self) -> Vec<(PathBuf, Extent)> {
        self.stage.earlier()
    }

    /// Ends without publishing and keeps what a later run needs to go on from here; says how many
    /// records that are. The earlier output is untouched.
    ///
    /// # Errors
    /// [`Error::Io`]; nothing is kept then.
    pub fn suspend(self) -> Result<u64, Error> {
        let Some(state) = self.state else {
            return Ok(0);
        };
        let entries = state.entries();
        self.articles.finish("articles.jsonl", None)?;
        state.suspend()?;
        self.stage.suspend()?;
        Ok(entries)
    }

    /// Ends without publishing; the earlier output is untouched.
    pub fn abandon(self) {
        let dir = self.stage.dir().to_owned();
        drop(self);
        let _ = fs::remove_dir_all(dir);
    }
}

/// After so many records what is done is written out, so that a killed run loses no more of it.
const SAVE_EVERY: u64 = 64;
/// Problems of each code that the report shows.
const EXAMPLES: u64 = 5;

/// Every record is one of the statuses.
fn check_counts(counts: Counts) -> Result<(), Error> {
    if counts.hold() {
        return Ok(());
    }
    Err(Error::Io {
        message: format!("not every record is accounted for: {counts:?}"),
        hint: "this is a fault in polygist: please report it".into(),
    })
}

/// Numbers by code.
type ByCode = BTreeMap<String, u64>;

/// Notes and problems apart.
fn by_kind(problems: ByCode) -> (ByCode, ByCode) {
    problems.into_iter().partition(|(code, _)| is_note(code))
}

fn first_places(examples: &BTreeMap<String, Vec<ProblemExample>>) -> BTreeMap<String, String> {
    let first = |(code, examples): (&String, &Vec<ProblemExample>)| {
        Some((code.clone(), examples.first()?.place.clone()))
    };
    examples.iter().filter_map(first).collect()
}

/// The problems for the report.
fn problem_groups(
    counts: &BTreeMap<String, u64>,
    mut examples: BTreeMap<String, Vec<ProblemExample>>,
) -> Vec<ProblemGroup> {
    let group = |(code, count): (&String, &u64)| ProblemGroup {
        code: code.clone(),
        count: *count,
        examples: examples.remove(code).unwrap_or_default(),
    };
    counts.iter().map(group).collect()
}

fn write_file(disk: &Disk, dir: &Path, name: &str, text: &str) -> Result<FileEntry, Error> {
    let mut sink = disk.create(&dir.join(name))?;
    sink.write(text.as_bytes())?;
    sink.finish_later(name, None)
}

/// Writes what changed since an earlier run.
fn write_changes(
    disk: &Disk,
    dir: &Path,
    earlier: &Path,
    dialect: &Dialect,
    files: &mut Vec<FileEntry>,
) -> Result<RunChanges, Error> {
    let found = compare(&earlier.join("articles.jsonl"), &dir.join("articles.jsonl"))?;
    let mut sink = disk.create(&dir.join("changes.csv"))?;
    sink.write(&changes::to_csv(&found, dialect))?;
    files.push(sink.finish_later("changes.csv", Some(found.changes.len() as u64))?);
    files.push(write_file(
        disk,
        dir,
        "changes.json",
        &changes::to_json(&found),
    )?);
    Ok(found)
}

/// Refuses to be compared with what is no run, before any work is done.
fn check_earlier(earlier: Option<&Path>) -> Result<(), Error> {
    match earlier {
        Some(dir) if !dir.join("articles.jsonl").is_file() => Err(usage(
            format!("{} holds no articles.jsonl to compare with", dir.display()),
            "name the output directory of an earlier run",
        )),
        _ => Ok(()),
    }
}

/// Closes what is written beside the CSV tables.
fn finish_exports(
    book: Option<Book>,
    parquet: Option<ParquetTables>,
    dna: Option<DnaExport>,
    rollup: &Rollup,
    dir: &Path,
    disk: &Disk,
) -> Result<Vec<FileEntry>, Error> {
    let mut files = Vec::new();
    if let Some(book) = book {
        files.push(book.finish(disk)?);
    }
    if let Some(parquet) = parquet {
        files.extend(parquet.finish()?);
    }
    if let Some(dna) = dna {
        files.extend(dna.finish(rollup, dir, disk)?);
    }
    Ok(files)
}

/// JSON for people: indented, with a line end.
fn pretty(value: &impl serde::Serialize) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}
