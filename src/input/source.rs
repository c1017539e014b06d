//! Responsible for the bytes of one file: opening, hashing, decompressing within bounds, and
//! looking at the first of them without losing any.

use std::cell::RefCell;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::path::Path;
use std::rc::Rc;

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::FrameDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use sha2::{Digest, Sha256};

use super::InputOptions;
use super::format::Compression;
use crate::model::ids::hex;
use crate::model::problem::Code;

/// How much is looked at to tell kind and encoding.
const HEAD: u64 = 64 << 10;
/// Below this much output no ratio is suspicious.
const RATIO_FROM: u64 = 1 << 20;

/// Why the bytes of a file ended before their time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// More output than any honest file gives.
    Ratio(u64),
    /// A broken or cut compressed stream.
    Compressed(String),
    /// The file is not there any more.
    Gone,
    /// The system says no.
    Io(String),
}

impl Fault {
    pub(super) fn code(&self) -> Code {
        match self {
            Self::Ratio(_) => Code::ERatio,
            Self::Compressed(_) => Code::ECompressed,
            Self::Gone => Code::EGone,
            Self::Io(_) => Code::EIo,
        }
    }

    fn of(error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::NotFound {
            Self::Gone
        } else {
            Self::Io(error.to_string())
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ratio(limit) => write!(f, "expands to more than {limit} times its size"),
            Self::Compressed(why) => write!(f, "broken or cut compressed data: {why}"),
            Self::Gone => f.write_str("the file vanished before it was read"),
            Self::Io(why) => write!(f, "cannot be read: {why}"),
        }
    }
}

impl std::error::Error for Fault {}

/// What was read from disk so far.
#[derive(Default)]
struct Count {
    hash: Sha256,
    bytes: u64,
    ended: bool,
    error: Option<Fault>,
}

/// The bytes read and, for a file read to its end, their hash.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) bytes: u64,
    pub(super) sha256: Option<String>,
}

/// Hashes and counts what passes.
struct Tap<R> {
    inner: R,
    count: Rc<RefCell<Count>>,
}

impl<R: Read> Read for Tap<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let result = self.inner.read(buf);
        let mut count = self.count.borrow_mut();
        match &result {
            Ok(0) if !buf.is_empty() => count.ended = true,
            Ok(n) => {
                count.hash.update(&buf[..*n]);
                count.bytes += *n as u64;
            }
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => count.error = Some(Fault::of(e)),
        }
        result
    }
}

type Raw = BufReader<Tap<Box<dyn Read>>>;

/// Decodes zstd frames one after the other, checking each frame's checksum.
struct Zstd {
    source: Raw,
    decoder: FrameDecoder,
    open: bool,
}

impl Zstd {
    /// Starts the next frame; `false` at the end of the file.
    fn next_frame(&mut self) -> io::Result<bool> {
        use std::io::BufRead as _;
        loop {
            if self.source.fill_buf()?.is_empty() {
                return Ok(false);
            }
            match self.decoder.reset(&mut self.source) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    let length = u64::from(length);
                    if io::copy(&mut (&mut self.source).take(length), &mut io::sink())? < length {
                        return Err(io::ErrorKind::UnexpectedEof.into());
                    }
                }
                Err(error) => return Err(io::Error::other(error.to_string())),
            }
        }
    }

    fn check(&self) -> io::Result<()> {
        match (
            self.decoder.get_checksum_from_data(),
            self.decoder.get_calculated_checksum(),
        ) {
            (Some(told), Some(found)) if told != found => {
                Err(io::Error::other("checksum mismatch"))
            }
            _ => Ok(()),
        }
    }
}

impl Read for Zstd {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        use ruzstd::decoding::BlockDecodingStrategy::UptoBlocks;
        loop {
            if !self.open {
                if !self.next_frame()? {
                    return Ok(0);
                }
                self.open = true;
            }
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                self.decoder
                    .decode_blocks(&mut self.source, UptoBlocks(1))
                    .map_err(|e| io::Error::other(e.to_string()))?;
            }
            let n = self.decoder.read(buf)?;
            if n > 0 || buf.is_empty() {
                return Ok(n);
            }
            self.check()?;
            self.open = false;
        }
    }
}

enum Decoder {
    Plain(Raw),
    Gzip(Box<MultiGzDecoder<Raw>>),
    Zstd(Box<Zstd>),
}

/// An open input: decompressed bytes, with the first of them at hand.
pub(super) struct Opened {
    head: Vec<u8>,
    taken: usize,
    decoder: Decoder,
    count: Rc<RefCell<Count>>,
    written: u64,
    ratio: u64,
    fault: Option<Fault>,
    ended: bool,
    size: Option<u64>,
}

impl Opened {
    /// Opens a regular file; what is appended to it from now on is not read.
    pub(super) fn from_file(path: &Path, options: &InputOptions) -> Result<Self, Fault> {
        let meta = fs::metadata(path).map_err(|e| Fault::of(&e))?;
        if !meta.is_file() {
            // It was one when the directory was listed; opening a pipe could wait for ever.
            return Err(Fault::Io("no longer a regular file".into()));
        }
        let file = File::open(path).map_err(|e| Fault::of(&e))?;
        let size = file.metadata().map_err(|e| Fault::of(&e))?.len();
        let mut opened = Self::new(Box::new(file.take(size)), size, options)?;
        if opened.compression() == Compression::None {
            opened.size = Some(size);
        }
        Ok(opened)
    }

    /// Takes a stream that is open already.
    pub(super) fn from_stream(
        reader: Box<dyn Read>,
        options: &InputOptions,
    ) -> Result<Self, Fault> {
        Self::new(reader, u64::MAX, options)
    }

    fn new(reader: Box<dyn Read>, size: u64, options: &InputOptions) -> Result<Self, Fault> {
        use std::io::BufRead as _;
        let count = Rc::new(RefCell::new(Count::default()));
        let tap = Tap {
            inner: reader,
            count: Rc::clone(&count),
        };
        let capacity = usize::try_from(size.clamp(16, HEAD)).unwrap_or(1 << 16);
        let mut raw = BufReader::with_capacity(capacity, tap);
        let magic: [u8; 4] = {
            let start = raw.fill_buf().map_err(|e| Fault::of(&e))?;
            let mut magic = [0; 4];
            let n = start.len().min(4);
            magic[..n].copy_from_slice(&start[..n]);
            magic
        };
        let decoder = match Compression::of(magic) {
            Compression::None => Decoder::Plain(raw),
            Compression::Gzip => Decoder::Gzip(Box::new(MultiGzDecoder::new(raw))),
            Compression::Zstd => {
                let mut decoder = FrameDecoder::new();
                decoder.set_max_window_size(options.limits.window);
                Decoder::Zstd(Box::new(Zstd {
                    source: raw,
                    decoder,
                    open: false,
                }))
            }
        };
        let mut opened = Self {
            head: Vec::new(),
            taken: 0,
            decoder,
            count,
            written: 0,
            ratio: options.limits.ratio,
            fault: None,
            ended: false,
            size: None,
        };
        let mut head = Vec::with_capacity(capacity);
        // A fault inside the head is told after the bytes before it have been read.
        opened.fill(&mut head, HEAD);
        opened.head = head;
        Ok(opened)
    }

    /// Appends up to `limit` bytes to `out`, stopping at the end or a fault.
    fn fill(&mut self, out: &mut Vec<u8>, limit: u64) {
        let mut chunk = [0u8; 8192];
        while (out.len() as u64) < limit {
            let want = usize::try_from(limit - out.len() as u64)
                .unwrap_or(8192)
                .min(8192);
            match self.pull(&mut chunk[..want]) {
                Ok(0) | Err(_) => break,
                Ok(n) => out.extend_from_slice(&chunk[..n]),
            }
        }
    }

    /// Reads on past the head; faults are remembered, so that they are told once more.
    fn pull(&mut self, buf: &mut [u8]) -> Result<usize, Fault> {
        if let Some(fault) = &self.fault {
            return Err(fault.clone());
        }
        if self.ended || buf.is_empty() {
            return Ok(0);
        }
        let result = loop {
            let result = match &mut self.decoder {
                Decoder::Plain(r) => r.read(buf),
                Decoder::Gzip(r) => r.read(buf),
                Decoder::Zstd(r) => r.read(buf),
            };
            match result {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        let count = self.count.borrow();
        let fault = match result {
            Ok(0) => {
                self.ended = true;
                return Ok(0);
            }
            Ok(n) => {
                self.written += n as u64;
                let over = self.written > RATIO_FROM
                    && self.written > count.bytes.saturating_mul(self.ratio)
                    && !matches!(self.decoder, Decoder::Plain(_));
                if !over {
                    return Ok(n);
                }
                Fault::Ratio(self.ratio)
            }
            Err(error) => match (&count.error, &self.decoder) {
                (Some(fault), _) => fault.clone(),
                (None, Decoder::Plain(_)) => Fault::of(&error),
                (None, _) => Fault::Compressed(error.to_string()),
            },
        };
        drop(count);
        self.fault = Some(fault.clone());
        Err(fault)
    }

    /// The first bytes, decompressed.
    pub(super) fn head(&self) -> &[u8] {
        &self.head
    }

    /// Whether the head is the whole file.
    pub(super) fn head_is_all(&self) -> bool {
        self.ended
    }

    /// The size of the decompressed bytes where it is known beforehand.
    pub(super) fn size(&self) -> Option<u64> {
        self.size
    }

    /// How the file is compressed.
    pub(super) fn compression(&self) -> Compression {
        match self.decoder {
            Decoder::Plain(_) => Compression::None,
            Decoder::Gzip(_) => Compression::Gzip,
            Decoder::Zstd(_) => Compression::Zstd,
        }
    }

    /// The fault that ended the bytes, if one did.
    pub(super) fn fault(&self) -> Option<&Fault> {
        self.fault.as_ref()
    }

    /// Reads everything; `None` when there are more than `limit` bytes.
    pub(super) fn read_all(&mut self, limit: usize) -> Result<Option<Vec<u8>>, Fault> {
        if self.size.is_some_and(|size| size > limit as u64) {
            return Ok(None);
        }
        let mut all = std::mem::take(&mut self.head);
        self.taken = 0;
        self.fill(&mut all, limit as u64 + 1);
        if all.len() > limit {
            return Ok(None);
        }
        match &self.fault {
            Some(fault) => Err(fault.clone()),
            None => Ok(Some(all)),
        }
    }

    /// What was read from disk; the hash only when that was all of it.
    pub(super) fn tally(&self) -> Tally {
        let count = self.count.borrow();
        let whole = self.ended || count.ended || self.size == Some(count.bytes);
        Tally {
            bytes: count.bytes,
            sha256: whole.then(|| hex(&count.hash.clone().finalize())),
        }
    }
}

impl Read for Opened {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let left = self.head.get(self.taken..).unwrap_or(&[]);
        if !left.is_empty() {
            let n = left.len().min(buf.len());
            buf[..n].copy_from_slice(&left[..n]);
            self.taken += n;
            return Ok(n);
        }
        self.pull(buf).map_err(io::Error::other)
    }
}
