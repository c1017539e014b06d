//! The figures of `score` are those of the reference yardstick: `tests/score/expected.json` was computed
//! by the reference script from the annotated articles and `tests/score/system.jsonl`, records with
//! mistakes of every kind.

#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::Command;

use serde_json::Value;

#[test]
fn figures_are_those_of_the_reference() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let gold = ["en", "fr", "pl", "sv"].map(|l| format!("tests/gold/{l}.jsonl"));
    let output = Command::new(env!("CARGO_BIN_EXE_polygist"))
        .current_dir(root)
        .arg("score")
        .args(gold)
        .args([
            "--system",
            "tests/score/system.jsonl",
            "--by-lang",
            "--json",
        ])
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let expected = std::fs::read(root.join("tests/score/expected.json")).unwrap();
    let expected: Value = serde_json::from_slice(&expected).unwrap();
    let got: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut compared = 0;
    compare("", &expected, &got, &mut compared);
    assert!(compared > 200, "only {compared} figures were compared");
}

fn compare(at: &str, expected: &Value, got: &Value, compared: &mut usize) {
    match (expected, got) {
        (Value::Object(a), Value::Object(b)) => {
            assert!(
                a.keys().eq(b.keys()),
                "{at}: {:?} and {:?}",
                a.keys(),
                b.keys()
            );
            a.iter()
                .for_each(|(k, v)| compare(&format!("{at}/{k}"), v, &b[k], compared));
        }
        (Value::Array(a), Value::Array(b)) => {
            assert_eq!(a.len(), b.len(), "{at}");
            a.iter()
                .zip(b)
                .for_each(|(x, y)| compare(at, x, y, compared));
        }
        (a, b) => {
            *compared += 1;
            // 0 and 0.0 are the same figure.
            assert!(
                a == b || a.as_f64().is_some() && a.as_f64() == b.as_f64(),
                "{at}: {a} and {b}"
            );
        }
    }
}
