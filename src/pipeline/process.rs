//! Responsible for turning a stream of inputs into a stream of records: analysis in parallel, records
//! in input order, one for every input whatever happens to it.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::workers::{Workers, last_panic};
use crate::analyze::{Engine, analyze};
use crate::error::Error;
use crate::model::article::{Input, RawArticle, Rejected};
use crate::model::problem::{Code, Problem};
use crate::model::record::Record;

/// Text and analyses of one article take about this many times its bytes while it is under way.
const COST_FACTOR: u64 = 8;
/// What an article costs beside its text.
const COST_EACH: u64 = 4096;

/// What hands an input to the pipeline; `Break` means that no more are wanted.
pub type Emit<'a> = dyn FnMut(Input) -> ControlFlow<()> + 'a;

/// Processes all that `read` emits: analysis and `prepare` run in parallel, `write` gets what they
/// made in input order.
///
/// # Errors
/// The first error of `write`, else [`Error::Interrupted`], else that of `read`.
pub fn process<P: Send>(
    workers: &Workers,
    engine: &Engine,
    read: impl FnOnce(&mut Emit<'_>) -> Result<(), Error>,
    prepare: impl Fn(Record) -> P + Sync,
    write: impl FnMut(P) -> Result<(), Error> + Send,
) -> Result<(), Error> {
    workers.map(
        |push| {
            read(&mut |input| {
                let cost = cost(&input);
                push(input, cost)
            })
        },
        |input| prepare(record(input, engine)),
        write,
    )
}

/// What an input costs while it is under way, in bytes.
pub fn cost(input: &Input) -> u64 {
    let bytes = match input {
        Input::Article(raw) => raw.text.len(),
        Input::Rejected(rejected) => rejected.raw.as_ref().map_or(0, String::len),
    };
    bytes as u64 * COST_FACTOR + COST_EACH
}

/// The record of one input. A panic costs the record, not the run.
pub fn record(input: Input, engine: &Engine) -> Record {
    match input {
        Input::Article(article) => guarded(*article, |raw| analyze(raw, engine)),
        Input::Rejected(input) => Record::from(&*input),
    }
}

fn guarded(article: RawArticle, analyze: impl FnOnce(RawArticle) -> Record) -> Record {
    let (source, id) = (article.source.clone(), article.id.clone());
    let (title, url) = (article.title.clone(), article.url.clone());
    catch_unwind(AssertUnwindSafe(|| analyze(article))).unwrap_or_else(|_| {
        let what = last_panic();
        let message = format!("the analysis failed ({what}); please report it with the article");
        let problem = Problem::new(Code::EPanic, message);
        let record = Record::from(&Rejected {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::Options;
    use crate::model::article::Source;
    use crate::model::record::Status;
    use crate::pack::Packs;
    use crate::pipeline::interrupt::Interrupt;

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

    fn engine() -> Engine {
        Engine::new(Packs::embedded(), Options::default()).unwrap()
    }

    fn run(jobs: usize) -> Vec<String> {
        let workers = Workers::new(jobs, Interrupt::none()).unwrap();
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
                assert!(emit(input).is_continue());
            }
            Ok(())
        };
        let prepare = |record: Record| serde_json::to_string(&record).unwrap();
        let write = |line| {
            out.push(line);
            Ok(())
        };
        process(&workers, &engine(), read, prepare, write).unwrap();
        out
    }

    #[test]
    fn every_input_becomes_one_record_in_order_whatever_the_jobs() {
        let lines = run(1);
        let records: Vec<Record> = lines
            .iter()
            .map(|l| serde_json::from_str(l).unwrap())
            .collect();
        let numbers: Vec<u64> = records.iter().map(|r| r.record).collect();
        assert_eq!(numbers, (1..200).collect::<Vec<_>>());
        let of = |status| records.iter().filter(|r| r.status == status).count();
        assert_eq!((of(Status::Skipped), of(Status::Failed)), (9, 10));
        for jobs in [2, 8] {
            assert_eq!(run(jobs), lines);
        }
    }

    #[test]
    fn a_panic_costs_one_record() {
        let workers = Workers::new(1, Interrupt::none()).unwrap();
        let record = workers.install(|| guarded(article(7), |_| panic!("seven is bad")));
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
    fn a_writer_that_fails_stops_the_reading() {
        let workers = Workers::new(2, Interrupt::none()).unwrap();
        let read = |emit: &mut Emit<'_>| {
            while emit(Input::Article(Box::new(article(1)))).is_continue() {}
            Ok(())
        };
        let write = |()| Err(Error::Interrupted { exit: 130 });
        let failed = process(&workers, &engine(), read, drop, write);
        assert_eq!(failed.unwrap_err().exit_code(), 130);
    }
}
