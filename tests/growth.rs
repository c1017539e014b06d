//! The cost of one article grows with its length and no faster, whatever the article is made of. Held by
//! ratio: eight times the text may take little more than eight times as long. `POLYGIST_HEAVY=1 cargo test
//! --release --test growth` goes up to articles of 8 MB.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::print_stdout)]

use std::time::Duration;

use polygist::analyze::{Engine, Options, analyze};
use polygist::model::article::RawArticle;
use polygist::pack::Packs;

/// How much longer the long text is …
const TIMES: usize = 8;
/// … and how much longer it may take; what is quadratic takes 64 times as long.
const MOST: f64 = 16.0;

/// The bytes of the long text.
fn long() -> usize {
    if std::env::var_os("POLYGIST_HEAVY").is_some() {
        8 << 20
    } else {
        1 << 19
    }
}

/// What this thread has computed so far, so that other tests do not count.
#[cfg(target_os = "linux")]
fn now() -> Duration {
    use rustix::time::{ClockId, clock_gettime};
    Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).unwrap()
}

#[cfg(not(target_os = "linux"))]
fn now() -> Duration {
    use std::sync::LazyLock;
    use std::time::Instant;
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed()
}

/// The best time for an article of about `bytes`, in seconds.
fn seconds(engine: &Engine, bytes: usize, language: &str, piece: &dyn Fn(usize) -> String) -> f64 {
    let mut text = String::with_capacity(bytes + 200);
    for n in 0.. {
        if text.len() >= bytes {
            break;
        }
        text.push_str(&piece(n));
    }
    let raw = RawArticle {
        text,
        language: Some(language.to_owned()),
        ..RawArticle::default()
    };
    let once = || {
        let (raw, start) = (raw.clone(), now());
        let record = analyze(raw, engine);
        let time = now().saturating_sub(start);
        assert!(!record.text.is_empty());
        time.as_secs_f64()
    };
    (0..3).map(|_| once()).fold(f64::INFINITY, f64::min)
}

fn grows_with_its_length(what: &str, language: &str, piece: &dyn Fn(usize) -> String) {
    let engine = Engine::new(Packs::embedded(), Options::default()).unwrap();
    seconds(&engine, 1000, language, piece);
    let (short, long) = (long() / TIMES, long());
    let few = seconds(&engine, short, language, piece);
    let many = seconds(&engine, long, language, piece);
    let ratio = many / few.max(1e-6);
    println!("{what}: {few:.3} s for {short} bytes, {many:.3} s for {long}: {ratio:.1} times");
    assert!(
        ratio < MOST,
        "{what}: {ratio:.1} times the time for {TIMES} times the text"
    );
}

#[test]
fn prose() {
    grows_with_its_length("prose", "sv", &|n| {
        let end = if n % 5 == 4 { "\n\n" } else { " " };
        format!(
            "Regeringen vill bygga en bro för {n} miljoner kronor, säger ministern, och \
             oppositionen är emot förslaget nummer {n}.{end}"
        )
    });
}

#[test]
fn one_line() {
    grows_with_its_length("one line", "en", &|n| {
        format!("The council met again and word{n} ")
    });
}

#[test]
fn unmatched_marks() {
    for mark in ["“", "«", "\"", "– ", "(", "'"] {
        grows_with_its_length(&format!("marks {mark}"), "en", &|n| match n % 9 {
            8 => format!("{mark}word.\n"),
            _ => format!("{mark}word "),
        });
    }
}

#[test]
fn only_marks() {
    grows_with_its_length("only marks", "en", &|_| "“".to_owned());
}

#[test]
fn figures() {
    grows_with_its_length("figures", "de", &|n| format!("{n} Euro, "));
}

#[test]
fn dates_and_scales() {
    grows_with_its_length("dates", "en", &|n| match n % 7 {
        6 => format!("on {} May {}.\n", n % 28 + 1, 1900 + n % 100),
        _ => format!("{n} million dollars on {} May ", n % 28 + 1),
    });
}

#[test]
fn names() {
    grows_with_its_length("names", "en", &|n| {
        let end = if n % 6 == 5 { "\n\n" } else { " " };
        format!("Anna{n} Berg{n} said that the plan of Carl{n} Dahl{n} was wrong.{end}")
    });
}

#[test]
fn quotations() {
    grows_with_its_length("quotations", "en", &|n| {
        format!("“We oppose plan {n} and we always will,” said Mary Hill of Party {n}.\n\n")
    });
}

#[test]
fn short_lines() {
    grows_with_its_length("short lines", "en", &|n| format!("• item {n}\n"));
}

#[test]
fn no_spaces() {
    grows_with_its_length("no spaces", "zh", &|n| match n % 30 {
        29 => "北约秘书长说，联盟将继续支持。".to_owned(),
        _ => "今天天气很好我们去公园散步".to_owned(),
    });
}
