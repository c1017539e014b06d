//! A directory of fixtures and one reading of it.

use std::fs;
use std::io::Write as _;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use polygist::input::{FileReport, InputFile, InputOptions, discover, read, read_stream};
use polygist::model::article::{Input, RawArticle, Rejected};

/// Files made for one test.
pub(crate) struct Dir(tempfile::TempDir);

impl Dir {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    pub(crate) fn list(&self, options: &InputOptions) -> Vec<InputFile> {
        discover(&[self.path().to_owned()], options).unwrap()
    }
}

/// Everything that one reading gave.
#[derive(Debug)]
pub(crate) struct Reading {
    pub(crate) inputs: Vec<Input>,
    pub(crate) report: FileReport,
}

impl Reading {
    pub(crate) fn articles(&self) -> Vec<&RawArticle> {
        self.inputs.iter().filter_map(article_of).collect()
    }

    pub(crate) fn rejected(&self) -> Vec<&Rejected> {
        self.inputs.iter().filter_map(rejected_of).collect()
    }

    /// The one article.
    pub(crate) fn article(&self) -> &RawArticle {
        assert_eq!(self.inputs.len(), 1, "{:?}", self.inputs);
        self.articles()
            .first()
            .unwrap_or_else(|| panic!("{:?}", self.inputs))
    }

    /// The one rejection.
    pub(crate) fn refusal(&self) -> &Rejected {
        assert_eq!(self.inputs.len(), 1, "{:?}", self.inputs);
        self.rejected()
            .first()
            .unwrap_or_else(|| panic!("{:?}", self.inputs))
    }

    /// One word an input: the beginning of its text, or its code.
    pub(crate) fn outline(&self) -> Vec<String> {
        let word = |input: &Input| match input {
            Input::Article(article) => article.text.chars().take(20).collect(),
            Input::Rejected(rejected) => rejected.problem.code.clone(),
        };
        self.inputs.iter().map(word).collect()
    }
}

fn article_of(input: &Input) -> Option<&RawArticle> {
    match input {
        Input::Article(article) => Some(article),
        Input::Rejected(_) => None,
    }
}

fn rejected_of(input: &Input) -> Option<&Rejected> {
    match input {
        Input::Rejected(rejected) => Some(rejected),
        Input::Article(_) => None,
    }
}

/// The codes of an article's warnings.
pub(crate) fn warnings(article: &RawArticle) -> Vec<&str> {
    article.problems.iter().map(|p| p.code.as_str()).collect()
}

pub(crate) fn read_with(file: &InputFile, options: &InputOptions) -> Reading {
    let mut inputs = Vec::new();
    let report = read(file, options, &mut |input| {
        inputs.push(input);
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!(report.records, inputs.len() as u64);
    for (n, input) in inputs.iter().enumerate() {
        let source = match input {
            Input::Article(article) => &article.source,
            Input::Rejected(rejected) => &rejected.source,
        };
        assert_eq!(
            source.record,
            n as u64 + 1,
            "records are numbered from 1 without a gap"
        );
    }
    Reading { inputs, report }
}

/// Reads one file of that name and content with the default settings.
pub(crate) fn reading(name: &str, content: impl AsRef<[u8]>) -> Reading {
    reading_with(name, content, &InputOptions::default())
}

pub(crate) fn reading_with(
    name: &str,
    content: impl AsRef<[u8]>,
    options: &InputOptions,
) -> Reading {
    let dir = Dir::new();
    let path = dir.file(name, content);
    let files = discover(&[path], options).unwrap();
    assert_eq!(files.len(), 1);
    read_with(&files[0], options)
}

/// Reads JSON Lines from a stream.
pub(crate) fn stream(content: &[u8], options: &InputOptions) -> Reading {
    let mut inputs = Vec::new();
    let report = read_stream(
        std::io::Cursor::new(content.to_vec()),
        "-",
        options,
        &mut |input| {
            inputs.push(input);
            ControlFlow::Continue(())
        },
    )
    .unwrap();
    Reading { inputs, report }
}

pub(crate) fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn zstd(content: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(content, ruzstd::encoding::CompressionLevel::Fastest)
}

/// Text that does not compress much, so that streams have many blocks.
pub(crate) fn noise(bytes: usize) -> String {
    let mut state = 7u64;
    let mut out = String::with_capacity(bytes);
    while out.len() < bytes {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        out.push(char::from(b'a' + (state >> 33).to_le_bytes()[0] % 26));
        if state >> 60 == 0 {
            out.push(' ');
        }
    }
    out
}
