//! Responsible for turning a stream of inputs into a stream of records: analysis and serialization
//! in parallel, records in input order, one for every input whatever happens to it.

use std::cell::RefCell;
use std::ops::ControlFlow;
use std::panic::{self, AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use rayon::{ThreadPool, ThreadPoolBuilder};

use super::interrupt::Interrupt;
use super::ordered::{Limits, ordered_map};
use crate::analyze::{Engine, analyze, rejected};
use crate::error::Error;
use crate::model::article::{Input, RawArticle, Rejected};
use crate::model::problem::{Code, Problem};
use crate::model::record::{Record, Status};

/// Text and analyses of one article take about this many times its bytes while it is under way.
const COST_FACTOR: u64 = 8;
/// What an article costs beside its text.
const COST_EACH: u64 = 4096;
/// The bytes that may be under way at once.
const BUDGET: u64 = 64 << 20;
/// The articles that may be under way for each worker.
const ITEMS_PER_JOB: usize = 64;
/// Deeply nested input must not end the process.
const STACK: usize = 8 << 20;

/// A finished record on its way to the outputs.
#[derive(Debug)]
pub struct Finished {
    /// The record.
    pub record: Record,
    /// The record as one line of JSON with its line feed.
    pub line: Vec<u8>,
    /// The raw input of a record that failed, where it is known.
    pub raw: Option<String>,
}

/// How many records ended in which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// All input records.
    pub seen: u64,
    /// Processed.
    pub ok: u64,
    /// Processed, with a warning.
    pub degraded: u64,
    /// Passed over by rule.
    pub skipped: u64,
    /// Not processed.
    pub failed: u64,
}

impl Counts {
    /// Counts one record.
    pub fn add(&mut self, status: Status) {
        self.seen += 1;
        *match status {
            Status::Ok => &mut self.ok,
            Status::Degraded => &mut self.degraded,
            Status::Skipped => &mut self.skipped,
            Status::Failed => &mut self.failed,
        } += 1;
    }

    /// Whether every record is accounted for.
    pub fn add_up(&self) -> bool {
        self.seen == self.ok + self.degraded + self.skipped + self.failed
    }
}

/// What hands an input to the pipeline; `Break` means that no more are wanted.
pub type Emit<'a> = dyn FnMut(Input) -> ControlFlow<()> + 'a;

/// Workers and what they need.
#[derive(Debug)]
pub struct Pipeline<'e> {
    engine: &'e Engine,
    pool: ThreadPool,
    limits: Limits,
    interrupt: Interrupt,
}

impl<'e> Pipeline<'e> {
    /// A pipeline with `jobs` workers; 0 means one for each processor.
    ///
    /// # Errors
    /// [`Error::Io`] when the threads cannot be made.
    pub fn new(engine: &'e Engine, jobs: usize, interrupt: Interrupt) -> Result<Self, Error> {
        keep_panics_off_the_screen();
        let pool = ThreadPoolBuilder::new()
            .num_threads(jobs)
            .stack_size(STACK)
            .build();
        let pool = pool.map_err(|e| Error::Io {
            message: format!("workers cannot be started: {e}"),
            hint: "try a smaller --jobs".into(),
        })?;
        let limits = Limits {
            items: ITEMS_PER_JOB * pool.current_num_threads(),
            cost: BUDGET,
        };
        Ok(Self {
            engine,
            pool,
            limits,
            interrupt,
        })
    }

    /// Processes all that `read` emits and hands records to `write` in the same order.
    ///
    /// # Errors
    /// The first error of `write`, else that of `read`, else [`Error::Interrupted`].
    pub fn process(
        &self,
        read: impl FnOnce(&mut Emit<'_>) -> Result<(), Error>,
        mut write: impl FnMut(Finished) -> Result<(), Error> + Send,
    ) -> Result<Counts, Error> {
        let mut counts = Counts::default();
        let read_result = ordered_map(
            &self.pool,
            self.limits,
            |push| {
                read(&mut |input| {
                    if self.interrupt.is_set() {
                        return ControlFlow::Break(());
                    }
                    let cost = cost(&input);
                    push(input, cost)
                })
            },
            |input| finish(input, self.engine),
            |finished| {
                counts.add(finished.record.status);
                write(finished)
            },
        )?;
        self.interrupt.check()?;
        read_result?;
        Ok(counts)
    }
}

fn cost(input: &Input) -> u64 {
    let bytes = match input {
        Input::Article(raw) => raw.text.len(),
        Input::Rejected(rejected) => rejected.raw.as_ref().map_or(0, String::len),
    };
    bytes as u64 * COST_FACTOR + COST_EACH
}

/// The record and line of one input. A panic costs the record, not the run.
fn finish(input: Input, engine: &Engine) -> Finished {
    let (record, raw) = match input {
        Input::Article(article) => (guarded(*article, |raw| analyze(raw, engine)), None),
        Input::Rejected(mut input) => {
            let raw = input.raw.take();
            (rejected(*input), raw)
        }
    };
    let mut line = Vec::with_capacity(record.text.len() * 4 + 1024);
    // Writing to memory does not fail, and every field has a form in JSON.
    let _ = serde_json::to_writer(&mut line, &record);
    line.push(b'\n');
    Finished { record, line, raw }
}

fn guarded(article: RawArticle, analyze: impl FnOnce(RawArticle) -> Record) -> Record {
    let (source, id) = (article.source.clone(), article.id.clone());
    let (title, url) = (article.title.clone(), article.url.clone());
    catch_unwind(AssertUnwindSafe(|| analyze(article))).unwrap_or_else(|_| {
        let what = LAST_PANIC
            .take()
            .unwrap_or_else(|| "unknown reason".to_owned());
        let message = format!("the analysis failed ({what}); please report it with the article");
        let problem = Problem::new(Code::EPanic, message);
        let record = rejected(Rejected {
            source,
            id,
            skipped: false,
            problem,
            raw: None,
        });
        Record {
            title,
            url,
            ..record
        }
    })
}

thread_local! {
    /// What the last panic on this thread said, and where.
    static LAST_PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Notes the message of a worker's panic instead of printing it; others are printed as ever.
fn keep_panics_off_the_screen() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if rayon::current_thread_index().is_none() {
                usual(info);
                return;
            }
            let message = info.payload_as_str().unwrap_or("no message");
            let place = info
                .location()
                .map(|l| format!(" at {}:{}", l.file(), l.line()));
            LAST_PANIC.set(Some(format!("{message}{}", place.unwrap_or_default())));
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::Options;
    use crate::model::article::Source;
    use crate::pack::Packs;

    fn article(n: u64) -> RawArticle {
        RawArticle {
            source: Source {
                path: "a.jsonl".into(),
                record: n,
                offset: None,
            },
            id: Some(n.to_string()),
            text: format!("Hej nummer {n}. ").repeat(n as usize % 9 + 1),
            ..RawArticle::default()
        }
    }

    fn run(jobs: usize) -> (Counts, Vec<u8>) {
        let engine = Engine::new(Packs::embedded(), Options::default()).unwrap();
        let pipeline = Pipeline::new(&engine, jobs, Interrupt::none()).unwrap();
        let mut out = Vec::new();
        let read = |emit: &mut Emit<'_>| {
            for n in 1..200 {
                let input = if n % 10 == 0 {
                    Input::Rejected(Box::new(Rejected {
                        source: article(n).source,
                        id: None,
                        skipped: n % 20 == 0,
                        problem: Problem::new(Code::EJson, "no"),
                        raw: None,
                    }))
                } else {
                    Input::Article(Box::new(article(n)))
                };
                let _ = emit(input);
            }
            Ok(())
        };
        let counts = pipeline.process(read, |finished| {
            out.extend(finished.line);
            Ok(())
        });
        (counts.unwrap(), out)
    }

    #[test]
    fn every_input_becomes_one_record_in_order_whatever_the_jobs() {
        let (counts, bytes) = run(1);
        assert!(counts.add_up());
        assert_eq!((counts.seen, counts.skipped, counts.failed), (199, 9, 10));
        let records = bytes.split(|b| *b == b'\n').filter(|l| !l.is_empty());
        let numbers: Vec<u64> = records
            .map(|l| serde_json::from_slice::<Record>(l).unwrap().record)
            .collect();
        assert_eq!(numbers, (1..200).collect::<Vec<_>>());
        for jobs in [2, 8] {
            assert_eq!(run(jobs), (counts, bytes.clone()));
        }
    }

    #[test]
    fn a_panic_costs_one_record() {
        let engine = Engine::new(Packs::embedded(), Options::default()).unwrap();
        let pipeline = Pipeline::new(&engine, 1, Interrupt::none()).unwrap();
        let record = pipeline
            .pool
            .install(|| guarded(article(7), |_| panic!("seven is bad")));
        assert_eq!(record.status, Status::Failed);
        assert_eq!(record.source_id.as_deref(), Some("7"));
        assert_eq!(record.problems[0].code, "E_PANIC");
        assert!(
            record.problems[0]
                .message
                .contains("seven is bad at src/pipeline/process.rs:")
        );
    }

    #[test]
    fn an_interrupt_stops_reading_and_is_told() {
        let engine = Engine::new(Packs::embedded(), Options::default()).unwrap();
        let pipeline = Pipeline::new(&engine, 2, Interrupt::none()).unwrap();
        let failed = pipeline.process(
            |emit| {
                while emit(Input::Article(Box::new(article(1)))).is_continue() {}
                Ok(())
            },
            |_| Err(Error::Interrupted { exit: 130 }),
        );
        assert_eq!(failed.unwrap_err().exit_code(), 130);
    }
}
