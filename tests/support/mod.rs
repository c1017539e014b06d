//! Helpers for tests that run the built command: a directory of their own, and one captured run.

#![allow(dead_code, missing_docs, unreachable_pub)] // each test binary uses its part

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

/// A directory that is removed when the test ends.
pub struct Workdir {
    dir: TempDir,
}

/// What one execution gave: status, standard output and standard error of the same run.
#[derive(Debug)]
pub struct Run {
    pub status: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    /// Fails unless the exit code is the given one.
    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(
            self.status,
            Some(code),
            "stdout: {}\nstderr: {}",
            self.stdout,
            self.stderr
        );
        self
    }
}

impl Workdir {
    pub fn new() -> Self {
        Self {
            dir: TempDir::new().expect("a temporary directory"),
        }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("inside")).expect("a directory");
        fs::write(&path, content).expect("a written file");
        path
    }

    #[track_caller]
    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    /// The command with arguments, in this directory, with an environment that is the same everywhere.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_polygist"));
        command.args(args).current_dir(self.dir.path());
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("POLYGIST_") {
                command.env_remove(name);
            }
        }
        command
            .env_remove("NO_COLOR")
            .env("SOURCE_DATE_EPOCH", "1700000000");
        command
    }

    pub fn run(&self, args: &[&str]) -> Run {
        self.run_with(args, "")
    }

    pub fn run_with(&self, args: &[&str], stdin: impl AsRef<[u8]>) -> Run {
        let mut command = self.command(args);
        captured(&mut command, stdin.as_ref())
    }

    /// All files below a directory with their content, sorted by name.
    pub fn files(&self, below: &str) -> Vec<(String, Vec<u8>)> {
        let mut out = Vec::new();
        collect(&self.path(below), &self.path(below), &mut out);
        out.sort();
        out
    }
}

pub fn captured(command: &mut Command, stdin: &[u8]) -> Run {
    let mut child = spawn(command);
    // The command may end without reading all of it.
    let _ = child.stdin.take().expect("a pipe").write_all(stdin);
    finish(child)
}

pub fn spawn(command: &mut Command) -> Child {
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command.spawn().expect("the command starts")
}

pub fn finish(child: Child) -> Run {
    let output = child.wait_with_output().expect("the command ends");
    Run {
        status: output.status.code(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

fn collect(root: &Path, dir: &Path, out: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(dir).expect("a directory") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(root, &path, out);
        } else {
            let name = path
                .strip_prefix(root)
                .expect("below")
                .to_string_lossy()
                .into_owned();
            out.push((name, fs::read(&path).expect("a file")));
        }
    }
}

/// Short articles in several languages, one of them without a pack.
pub const ARTICLES: &[(&str, &str)] = &[
    (
        "sv",
        "Ny bro över sundet\n\nRegeringen vill bygga en ny bro för 4,5 miljarder kronor.\n\n\
         – Vi behöver bron redan i år, säger Anna Bergström, infrastrukturminister.\n\n\
         Oppositionen är emot förslaget. Fakta: Bron\n• Längd: 3,2 kilometer\n• Byggstart: 2027\n",
    ),
    (
        "en",
        "Council backs tram line\n\nThe city council approved a new tram line on Monday.\n\n\
         “We will open it in 2028,” said Mary O’Connor, the mayor. “It costs £210 million.”\n\n\
         The shopkeepers’ association opposes the plan.\n",
    ),
    (
        "de",
        "Streit um das Krankenhaus\n\nDer Landrat lehnt die Schließung ab.\n\n\
         „Wir brauchen diese Klinik“, sagte Peter Müller am Dienstag. Rund 1.200 Menschen kamen.\n",
    ),
    ("und", "Kura kaupunki 12 345\n\n« Aa bb cc » 3,5 %\n"),
];

/// JSON Lines with `n` articles, among them broken lines, empty texts and one id twice.
pub fn corpus(n: usize) -> String {
    let mut out = String::new();
    for i in 0..n {
        let (language, text) = ARTICLES[i % ARTICLES.len()];
        let text = format!(
            "{text}\nNr {i}. {}",
            "Och så vidare. ".repeat(i % 7 * (i % 5))
        );
        let article = serde_json::json!({
            "id": if i == 40 { "a-4".to_owned() } else { format!("a-{i}") },
            "title": text.lines().next(),
            "language": if i % 3 == 0 { Some(language) } else { None },
            "published": "2024-05-02",
            "score": 0.1 + 0.2,
            "text": if i % 29 == 28 { String::new() } else { text },
        });
        match i % 23 {
            22 => out.push_str("{\"id\": \"broken\n"),
            _ => writeln!(out, "{article}").expect("writing to memory"),
        }
    }
    out
}

/// Says that the test that runs now passes without having looked, and why: on standard error, and in the
/// file that `POLYGIST_PASSED_OVER` names, so that a job can list it where everybody sees it.
#[allow(dead_code, clippy::print_stderr)]
pub(crate) fn passed_over(why: &str) {
    let thread = std::thread::current();
    let line = format!("{}: {why}\n", thread.name().unwrap_or("a test"));
    eprint!("passed over: {line}");
    if let Some(path) = std::env::var_os("POLYGIST_PASSED_OVER") {
        let mut file = std::fs::File::options()
            .create(true)
            .append(true)
            .open(path)
            .unwrap();
        std::io::Write::write_all(&mut file, line.as_bytes()).unwrap();
    }
}
