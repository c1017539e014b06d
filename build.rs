//! Walks `config/` in byte order and emits a table of its files, so that the binary carries them;
//! emits the tables of characters; and hashes whatever the analysis depends on, so that records of
//! another build are never reused.

#[allow(dead_code, unreachable_pub)]
#[path = "src/text/chars/kinds.rs"]
mod kinds;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use sha2::{Digest, Sha256};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("config");
    println!("cargo:rerun-if-changed=config");
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=src/text/chars/kinds.rs");
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
    println!("cargo:rustc-env=POLYGIST_BUILD={}", fingerprint(&root)?);
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("embedded.rs"), table)?;
    fs::write(out.join("chars.rs"), characters())
}

/// What characters are, below U+10000, and the small letters of those below U+2000.
fn characters() -> String {
    let flags = (0..0x1_0000).map(|c| char::from_u32(c).map_or(0, kinds::compute));
    let small = (0..0x2000u32).map(|c| {
        let mut small = char::from_u32(c).into_iter().flat_map(char::to_lowercase);
        match (small.next(), small.next()) {
            (Some(only), None) => u16::try_from(u32::from(only)).unwrap_or(0),
            _ => 0,
        }
    });
    let list = |numbers: Vec<String>| numbers.join(",");
    format!(
        "pub(super) static FLAGS: [u16; 65536] = [{}];\npub(super) static SMALL: [u16; 8192] = [{}];\n",
        list(flags.map(|f| f.to_string()).collect()),
        list(small.map(|s| s.to_string()).collect()),
    )
}

/// A hash of every file and feature that this build is made from, the same on every machine.
fn fingerprint(config: &Path) -> io::Result<String> {
    let root = config.parent().unwrap_or(config);
    let mut files = Vec::new();
    for dir in ["config", "src"] {
        everything(&root.join(dir), &mut files)?;
    }
    files.push(root.join("Cargo.toml"));
    let lock = root.join("Cargo.lock");
    if lock.is_file() {
        println!("cargo:rerun-if-changed=Cargo.lock");
        files.push(lock);
    }
    println!("cargo:rerun-if-changed=src");
    println!("cargo:rerun-if-changed=Cargo.toml");
    let mut named: Vec<(String, PathBuf)> = files
        .into_iter()
        .map(|file| {
            let name = file.strip_prefix(root).unwrap_or(&file);
            (name.to_string_lossy().replace('\\', "/"), file)
        })
        .collect();
    named.sort();
    let mut hash = Sha256::new();
    for feature in features() {
        hash.update(format!("{feature}\0"));
    }
    for (name, file) in named {
        let bytes = fs::read(&file)?;
        hash.update(format!("{name}\0{}\0", bytes.len()));
        hash.update(&bytes);
    }
    let mut hex = String::new();
    for byte in &hash.finalize()[..16] {
        let _ = write!(hex, "{byte:02x}");
    }
    Ok(hex)
}

/// The features of this build, in order.
fn features() -> Vec<String> {
    let names = env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    let mut features: Vec<String> = names.filter(|n| n.starts_with("CARGO_FEATURE_")).collect();
    features.sort();
    features
}

fn everything(dir: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            everything(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
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
