//! Time that grows with the length of an article and no faster: rows 14, 19, 37 and 38.

use polygist::analyze::{Engine, Options, analyze};
use polygist::model::article::RawArticle;
use polygist::pack::Packs;

/// The processor time of this thread in microseconds, which other work on the machine does not change.
fn cpu() -> Option<u64> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(stat.split_whitespace().next()?.parse::<u64>().ok()? / 1000)
}

/// Marks, lists, cues and names without end.
const PATTERNS: &[&str] = &[
    "“",
    "\"",
    "»",
    "‘",
    "– ",
    "(",
    "[",
    "「",
    "\u{301}\u{302}",
    "\n\n",
    "• x\n",
    "Fakta\n",
    "1. x\n",
    "– Ja, sade han.\n",
    "“Yes,” he said. ",
    "Han sade att ",
    "sade Eva Ek ",
    "Eva Ek ",
    "1.000.",
    "12 345 ",
    "miljoner ",
    "A. ",
    "enligt ",
    "är emot ",
    "vill inte ",
    ", och ",
    "中",
    "\u{200b}",
    "a",
    "x-",
    "http://a.b/ ",
    "… ",
    ": ",
];

#[test]
fn twice_the_text_takes_no_more_than_about_twice_the_time() {
    if cpu().is_none() {
        crate::support::passed_over("the system does not tell the time of a thread");
        return;
    }
    let engine = Engine::new(Packs::embedded(), Options::default()).unwrap();
    let time = |pattern: &str, bytes: usize, language: &str| {
        let text = pattern.repeat(bytes / pattern.len() + 1);
        let raw = RawArticle {
            text,
            language: Some(language.to_owned()),
            ..RawArticle::default()
        };
        let before = cpu().unwrap();
        let _ = analyze(raw, &engine);
        cpu().unwrap() - before
    };
    for (n, pattern) in PATTERNS.iter().enumerate() {
        let language = ["sv", "en"][n % 2];
        // Packs are read when they are first needed.
        time(pattern, 100, language);
        let grown = |bytes| {
            (
                time(pattern, bytes, language),
                time(pattern, 2 * bytes, language),
            )
        };
        // What is quadratic takes four times as long; the rest is for what each article costs at least.
        let is_fine = |(one, two): (u64, u64)| two < 3 * one + 5_000;
        let mut seen = grown(40_000);
        if !is_fine(seen) {
            // A second look, since caches vary.
            seen = grown(80_000);
        }
        assert!(is_fine(seen), "{pattern:?}: {seen:?} µs");
    }
}
