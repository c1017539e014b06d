//! Walks `config/` in byte order and emits a table of its files, so that the binary carries them.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("config");
    println!("cargo:rerun-if-changed=config");
    println!("cargo:rerun-if-changed=build.rs");
    let mut files = Vec::new();
    walk(&root, &mut files)?;
    let mut names: Vec<String> = files
        .iter()
        .filter_map(|f| {
            f.strip_prefix(&root)
                .ok()?
                .to_str()
                .map(|s| s.replace('\\', "/"))
        })
        .collect();
    names.sort();
    let mut table = String::from("&[\n");
    for name in names {
        let _ = writeln!(
            table,
            "({name:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/config/{name}\"))),"
        );
    }
    table.push(']');
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("embedded.rs");
    fs::write(out, table)
}

fn walk(dir: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    println!("cargo:rerun-if-changed={}", dir.display());
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            walk(&path, files)?;
        } else if matches!(
            path.extension().and_then(|e| e.to_str()),
            Some("toml" | "txt" | "md" | "html" | "css" | "js" | "svg" | "tsv")
        ) {
            files.push(path);
        }
    }
    Ok(())
}
