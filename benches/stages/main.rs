//! What each stage costs: `cargo bench` prints divan's table (articles and bytes a second), and
//! before it one of microseconds for 3 kB of text and of ratios to passes that no analysis can do
//! without, measured in the same run, so that a slow or busy machine does not matter.
//!
//! The articles are those of `tests/gold`; `POLYGIST_BENCH_INPUT=FILE.jsonl` names others.

#![allow(clippy::expect_used, clippy::disallowed_methods, clippy::print_stdout)]

mod corpus;
mod passes;

use std::time::Duration;

use corpus::CORPUS;
use passes::PASSES;

/// How often each pass is timed; the best time counts.
const TIMES: usize = 7;
/// A pass is repeated until it has taken so long.
const LONG: Duration = Duration::from_millis(20);
/// The size that microseconds are given for.
const ARTICLE: f64 = 3000.0;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    // `cargo test --benches` and filters want divan alone.
    if args.iter().all(|arg| arg == "--bench") {
        table();
    }
    divan::main();
}

/// What this thread has computed so far, so that other programs do not count.
#[cfg(target_os = "linux")]
fn now() -> Duration {
    use rustix::time::{ClockId, clock_gettime};
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::try_from(time).unwrap_or_default()
}

#[cfg(not(target_os = "linux"))]
fn now() -> Duration {
    use std::sync::LazyLock;
    use std::time::Instant;
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed()
}

/// The best time of one pass over all articles, in seconds.
fn best(run: impl Fn()) -> f64 {
    let once = || {
        let (start, mut rounds) = (now(), 0u32);
        while rounds == 0 || now().saturating_sub(start) < LONG {
            run();
            rounds += 1;
        }
        now().saturating_sub(start).as_secs_f64() / f64::from(rounds)
    };
    (0..TIMES).map(|_| once()).fold(f64::INFINITY, f64::min)
}

#[allow(clippy::cast_precision_loss)]
fn table() {
    let (articles, bytes) = (CORPUS.articles.len() as f64, CORPUS.bytes as f64);
    println!("{articles} articles, {bytes} bytes of text\n");
    println!(
        "{:<36} {:>10} {:>12} {:>8} {:>12} {:>12}",
        "pass", "µs for 3 kB", "articles/s", "MB/s", "× word scan", "× whatlang"
    );
    let mut times: Vec<(String, f64)> = PASSES
        .iter()
        .map(|pass| {
            (
                format!("{}: {}", pass.group, pass.name),
                best(|| pass.over_all()),
            )
        })
        .collect();
    times.push((
        "whole: with all tables".to_owned(),
        best(passes::everything),
    ));
    let time_of = |name: &str| {
        let found = times.iter().find(|(own, _)| own.ends_with(name));
        found.map_or(f64::NAN, |(_, seconds)| *seconds)
    };
    let (words, whatlang) = (time_of("word scan"), time_of("first 512 bytes"));
    for (name, seconds) in &times {
        println!(
            "{name:<36} {:>11.1} {:>12.0} {:>8.1} {:>12.2} {:>12.2}",
            seconds / bytes * ARTICLE * 1e6,
            articles / seconds,
            bytes / seconds / 1e6,
            seconds / words,
            seconds / whatlang,
        );
    }
    println!();
}
