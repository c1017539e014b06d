//! Inputs too large for every day: rows 16, 18, 30 and 80 of the fault table. They run with
//! `POLYGIST_HEAVY=1 cargo test --release --test input heavy -- --test-threads 1 --nocapture` and pass
//! over themselves otherwise.

use std::fmt::Write as _;
use std::io::Read;
use std::ops::ControlFlow;

use polygist::input::{Format, InputOptions, read, read_stream};
use polygist::model::article::Input;

use crate::support::{Dir, noise};

fn is_asked_for() -> bool {
    std::env::var_os("POLYGIST_HEAVY").is_some_and(|value| value == "1")
}

/// Starts counting the most memory anew, where the system can.
fn forget_peak() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

/// The most memory this process has held, in MiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM"))
        .unwrap();
    line.split_whitespace()
        .nth(1)
        .unwrap()
        .parse::<u64>()
        .unwrap()
        / 1024
}

/// The same records over and over, up to a length, between a start and an end.
struct Endless {
    record: Vec<u8>,
    at: usize,
    left: u64,
    end: Vec<u8>,
}

impl Read for Endless {
    fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
        if self.left == 0 && self.at == 0 {
            let n = self.end.len().min(buf.len());
            buf[..n].copy_from_slice(&self.end[..n]);
            self.end.drain(..n);
            return Ok(n);
        }
        let n = buf.len().min(self.record.len() - self.at);
        buf[..n].copy_from_slice(&self.record[self.at..self.at + n]);
        self.at = (self.at + n) % self.record.len();
        self.left = self.left.saturating_sub(n as u64);
        Ok(n)
    }
}

fn count(reader: Endless, format: Format) -> (u64, u64) {
    let options = InputOptions {
        format: Some(format),
        ..InputOptions::default()
    };
    let (mut good, mut bad) = (0, 0);
    read_stream(reader, "-", &options, &mut |input| {
        match input {
            Input::Article(_) => good += 1,
            Input::Rejected(_) => bad += 1,
        }
        ControlFlow::Continue(())
    })
    .unwrap();
    (good, bad)
}

#[test]
fn ten_gigabytes_of_json_need_no_more_memory_than_a_few() {
    if !is_asked_for() {
        return;
    }
    forget_peak();
    let size = 10u64 << 30;
    let record = format!("{{\"id\": 1, \"text\": \"{}\"}},\n", noise(4000)).into_bytes();
    let length = record.len() as u64;
    let list = Endless {
        record,
        at: 0,
        left: size,
        end: b"{\"text\":\"slut\"}]".to_vec(),
    };
    let (good, bad) = count(list, Format::Json);
    assert_eq!(good, size.div_ceil(length) + 1);
    // The generator has no opening bracket, so the closing one is one too many and says nothing.
    assert_eq!(bad, 0);
    println!("10 GiB of JSON: {good} articles, peak {} MiB", peak());
    assert!(peak() < 64, "{} MiB", peak());
}

#[test]
fn gigabytes_of_lines_with_huge_ones_between_stay_small() {
    if !is_asked_for() {
        return;
    }
    forget_peak();
    let long = "x".repeat(50 << 20);
    let record = format!("{{\"text\":\"a\"}}\n{{\"text\":\"{long}\"}}\n").into_bytes();
    let (good, bad) = count(
        Endless {
            record,
            at: 0,
            left: 2 << 30,
            end: Vec::new(),
        },
        Format::Jsonl,
    );
    println!(
        "2 GiB of lines of 50 MiB: {good} articles, {bad} too big, peak {} MiB",
        peak()
    );
    assert_eq!(good, bad);
    assert!(good >= 40);
    // The generator holds one record of 50 MiB itself.
    assert!(peak() < 200, "{} MiB", peak());
}

#[test]
fn a_million_small_files_are_listed_and_read() {
    if !is_asked_for() {
        return;
    }
    forget_peak();
    let dir = Dir::new();
    let mut name = String::new();
    for n in 0..1_000_000u32 {
        name.clear();
        let _ = write!(name, "{:03}/{n:07}.txt", n % 1000);
        dir.file(&name, "Ett ord.");
    }
    let options = InputOptions::default();
    let files = dir.list(&options);
    assert_eq!(files.len(), 1_000_000);
    let mut good = 0u32;
    for file in &files {
        read(file, &options, &mut |input| {
            good += u32::from(matches!(input, Input::Article(_)));
            ControlFlow::Continue(())
        })
        .unwrap();
    }
    assert_eq!(good, 1_000_000);
    println!("a million files: peak {} MiB", peak());
    assert!(peak() < 512, "{} MiB", peak());
}
