//! Any bytes as a text file: encodings, marks, control characters.

#![no_main]

#[path = "../laws.rs"]
#[allow(dead_code)]
mod laws;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| laws::decode(bytes));
