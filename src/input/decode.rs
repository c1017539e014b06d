//! Responsible for turning bytes into text: byte order marks, declared and guessed encodings.

use std::borrow::Cow;
use std::io::{self, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::model::problem::{Code, Problem};

/// How an encoding was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Basis {
    /// A byte order mark.
    Mark,
    /// The document says so.
    Declared,
    /// The bytes are valid UTF-8.
    Valid,
    /// Guessed from the bytes.
    Guessed,
}

/// An encoding and how it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Detected {
    pub(super) encoding: &'static Encoding,
    pub(super) basis: Basis,
    /// Length of the byte order mark.
    pub(super) mark: usize,
}

impl Detected {
    /// Whether ASCII bytes mean ASCII characters.
    pub(super) fn is_ascii_compatible(self) -> bool {
        self.encoding.is_ascii_compatible()
    }

    /// Whether the bytes after the mark can be used as UTF-8 without a copy.
    pub(super) fn is_utf8(self) -> bool {
        self.encoding == UTF_8
    }

    /// The beginning as text, good enough to look at.
    pub(super) fn sample(self, head: &[u8]) -> Cow<'_, str> {
        let body = &head[self.mark.min(head.len())..];
        self.encoding.decode_without_bom_handling(body).0
    }

    /// What to tell about it: nothing when it was sure.
    pub(super) fn problem(self, replaced: bool) -> Option<Problem> {
        let name = self.encoding.name();
        let message = match (self.basis, replaced) {
            (Basis::Guessed, false) => format!("the encoding was guessed: {name}"),
            (Basis::Guessed, true) => {
                format!("the encoding was guessed: {name}; what does not fit became U+FFFD")
            }
            (_, true) => format!("bytes that are not valid {name} became U+FFFD"),
            (_, false) => return None,
        };
        Some(Problem::new(Code::WEncoding, message))
    }
}

/// Finds the encoding of a document from its first bytes.
///
/// A byte order mark decides; then bytes that are valid UTF-8, whatever is declared, since other
/// encodings do not look like UTF-8 by chance; then the declared one; then a guess.
pub(super) fn detect(head: &[u8], is_all: bool, declared: Option<&str>) -> Detected {
    if let Some((encoding, mark)) = Encoding::for_bom(head) {
        return Detected {
            encoding,
            basis: Basis::Mark,
            mark,
        };
    }
    let found = |encoding, basis| Detected {
        encoding,
        basis,
        mark: 0,
    };
    if let Some(encoding) = wide(head) {
        return found(encoding, Basis::Guessed);
    }
    let (good, bad) = utf8_census(head, is_all);
    if bad == 0 {
        return found(UTF_8, Basis::Valid);
    }
    // Mostly UTF-8 with a few broken bytes is UTF-8, not another encoding.
    if good >= 8 * bad {
        return found(UTF_8, Basis::Guessed);
    }
    if let Some(encoding) = declared.and_then(|label| Encoding::for_label(label.as_bytes()))
        && encoding != UTF_8
        && encoding.is_ascii_compatible()
    {
        return found(encoding, Basis::Declared);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(head, is_all);
    found(detector.guess(None, Utf8Detection::Deny), Basis::Guessed)
}

/// Counts the multi-byte characters of valid UTF-8 and the places where it is broken.
fn utf8_census(bytes: &[u8], is_all: bool) -> (usize, usize) {
    if std::str::from_utf8(bytes).is_ok() {
        return (0, 0);
    }
    let (mut good, mut bad) = (0, 0);
    let mut at = 0;
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0xc0).count();
        at += chunk.valid().len() + chunk.invalid().len();
        // A character cut off by the end of the head is not broken.
        let cut = !is_all && at == bytes.len() && starts_character(chunk.invalid());
        if !chunk.invalid().is_empty() && !cut {
            bad += 1;
        }
    }
    (good, bad)
}

fn starts_character(bytes: &[u8]) -> bool {
    bytes.first().is_some_and(|b| *b >= 0xc2)
        && std::str::from_utf8(bytes).is_err_and(|e| e.error_len().is_none())
}

/// UTF-16 without a mark: zero bytes stand on one side of the pairs only.
fn wide(head: &[u8]) -> Option<&'static Encoding> {
    let sample = &head[..head.len().min(4096) & !1];
    let (mut even, mut odd) = (0usize, 0usize);
    for pair in sample.chunks_exact(2) {
        even += usize::from(pair[0] == 0);
        odd += usize::from(pair[1] == 0);
    }
    let pairs = sample.len() / 2;
    let (encoding, zeros, others) = if odd > even {
        (UTF_16LE, odd, even)
    } else {
        (UTF_16BE, even, odd)
    };
    if zeros < 2 || zeros * 20 < pairs || others * 10 > zeros {
        return None;
    }
    let (text, broken) = encoding.decode_without_bom_handling(sample);
    let odd_controls = text
        .chars()
        .filter(|c| c.is_control() && !c.is_whitespace())
        .count();
    let cut_pair = sample.len() < head.len();
    (odd_controls == 0 && (!broken || cut_pair)).then_some(encoding)
}

/// A whole document as text, and what to tell about its encoding.
pub(super) fn decode(
    bytes: Vec<u8>,
    declared: Option<&str>,
) -> (String, Detected, Option<Problem>) {
    let detected = detect(&bytes, true, declared);
    if detected.is_utf8() && detected.mark == 0 {
        return match String::from_utf8(bytes) {
            Ok(text) => (text, detected, detected.problem(false)),
            Err(error) => {
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                (text, detected, detected.problem(true))
            }
        };
    }
    let (text, replaced) = detected
        .encoding
        .decode_without_bom_handling(&bytes[detected.mark..]);
    let problem = detected.problem(replaced);
    (text.into_owned(), detected, problem)
}

/// Turns a stream of another encoding into UTF-8 as it is read.
pub(super) struct Transcoder<R> {
    inner: R,
    decoder: Decoder,
    raw: Vec<u8>,
    out: Vec<u8>,
    taken: usize,
    ended: bool,
}

impl<R: Read> Transcoder<R> {
    pub(super) fn new(inner: R, encoding: &'static Encoding) -> Self {
        Self {
            inner,
            decoder: encoding.new_decoder_without_bom_handling(),
            raw: vec![0; 32 << 10],
            out: Vec::new(),
            taken: 0,
            ended: false,
        }
    }

    fn refill(&mut self) -> io::Result<()> {
        let n = self.inner.read(&mut self.raw)?;
        self.ended = n == 0;
        let room = self.decoder.max_utf8_buffer_length(n).unwrap_or(n * 3 + 16);
        self.out.resize(room, 0);
        let (result, _, written, _) =
            self.decoder
                .decode_to_utf8(&self.raw[..n], &mut self.out, self.ended);
        debug_assert_eq!(result, CoderResult::InputEmpty);
        self.out.truncate(written);
        self.taken = 0;
        Ok(())
    }
}

impl<R: Read> Read for Transcoder<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        while self.taken == self.out.len() {
            if self.ended {
                return Ok(0);
            }
            self.refill()?;
        }
        let n = buf.len().min(self.out.len() - self.taken);
        buf[..n].copy_from_slice(&self.out[self.taken..self.taken + n]);
        self.taken += n;
        Ok(n)
    }
}
