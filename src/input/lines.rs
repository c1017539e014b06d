//! Responsible for cutting a stream of bytes into lines without ever holding more than a cap, and
//! for the place that a line may carry in front.

use std::io::{self, Read};

use crate::model::article::Source;

/// Bytes read at a time.
const CHUNK: usize = 64 << 10;
/// Bytes kept of a line over the cap.
const HEAD: usize = 72 << 10;

/// How long the place in front of a line may be, in bytes.
pub(super) const PLACE: usize = 8 << 10;

/// One line of a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line<'a> {
    /// The line without its line feed.
    Whole(&'a [u8]),
    /// A line over the cap: its first bytes and its whole length; the rest was passed over.
    Long(&'a [u8], u64),
}

/// Reads lines of at most `cap` bytes.
pub(super) struct Lines<R> {
    inner: R,
    buffer: Vec<u8>,
    /// Bytes of the buffer that are handed out already.
    start: usize,
    /// Bytes from `start` on that are known to hold no line feed.
    scanned: usize,
    cap: usize,
    /// Bytes of the stream before `start`.
    offset: u64,
    ended: bool,
}

impl<R: Read> Lines<R> {
    pub(super) fn new(inner: R, cap: usize) -> Self {
        Self {
            inner,
            buffer: Vec::new(),
            start: 0,
            scanned: 0,
            cap,
            offset: 0,
            ended: false,
        }
    }

    /// The next line and where it starts, in bytes; an error leaves the unfinished line in
    /// [`Lines::rest`].
    pub(super) fn next(&mut self) -> io::Result<Option<(u64, Line<'_>)>> {
        loop {
            let pending = &self.buffer[self.start..];
            if let Some(found) = memchr::memchr(b'\n', &pending[self.scanned..]) {
                let length = self.scanned + found;
                return Ok(Some(self.hand_out(length, 1)));
            }
            self.scanned = pending.len();
            if self.scanned > self.cap {
                return self.pass_over().map(Some);
            }
            if self.ended {
                if pending.is_empty() {
                    return Ok(None);
                }
                let length = self.scanned;
                return Ok(Some(self.hand_out(length, 0)));
            }
            self.fill()?;
        }
    }

    /// What was read of a line that an error cut off.
    pub(super) fn rest(&self) -> &[u8] {
        &self.buffer[self.start..]
    }

    fn hand_out(&mut self, length: usize, feed: usize) -> (u64, Line<'_>) {
        let at = self.offset;
        let from = self.start;
        self.start += length + feed;
        self.offset += (length + feed) as u64;
        self.scanned = 0;
        let line = &self.buffer[from..from + length];
        if length > self.cap {
            return (at, Line::Long(&line[..self.cap.min(HEAD)], length as u64));
        }
        (at, Line::Whole(line.strip_suffix(b"\r").unwrap_or(line)))
    }

    /// Moves what is left to the front and reads on.
    fn fill(&mut self) -> io::Result<()> {
        self.buffer.drain(..self.start);
        self.start = 0;
        let old = self.buffer.len();
        self.buffer.resize(old + CHUNK, 0);
        let n = self.inner.read(&mut self.buffer[old..]);
        self.buffer.truncate(old + n.as_ref().map_or(0, |n| *n));
        self.ended = n? == 0;
        Ok(())
    }

    /// Drops the rest of a line that is over the cap, keeping its first bytes.
    fn pass_over(&mut self) -> io::Result<(u64, Line<'_>)> {
        let at = self.offset;
        let keep = self.cap.min(HEAD);
        let mut head = self.buffer[self.start..self.start + keep].to_vec();
        let mut length = self.scanned as u64;
        self.start = self.buffer.len();
        self.offset += length;
        self.scanned = 0;
        loop {
            if self.ended {
                break;
            }
            self.fill()?;
            if let Some(found) = memchr::memchr(b'\n', &self.buffer) {
                length += found as u64;
                self.start = found + 1;
                self.offset += found as u64 + 1;
                break;
            }
            length += self.buffer.len() as u64;
            self.offset += self.buffer.len() as u64;
            self.start = self.buffer.len();
        }
        // The head goes in front of what is left, so that it can be lent.
        let rest = self.buffer.split_off(self.start);
        head.truncate(keep);
        self.start = head.len();
        head.extend_from_slice(&rest);
        self.buffer = head;
        Ok((at, Line::Long(&self.buffer[..self.start], length)))
    }
}

/// The place in front of a line, and the line.
pub(super) fn placed(line: &[u8]) -> Option<(Source, &[u8])> {
    let mut parts = line.splitn(4, |byte| *byte == b'\t');
    let mut text = || std::str::from_utf8(parts.next()?).ok();
    let source = Source {
        path: text()?.to_owned(),
        record: text()?.parse().ok()?,
        offset: match text()? {
            "" => None,
            offset => Some(offset.parse().ok()?),
        },
    };
    Some((source, parts.next()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], cap: usize) -> Vec<(u64, Result<String, u64>)> {
        let mut lines = Lines::new(bytes, cap);
        let mut out = Vec::new();
        while let Some((at, line)) = lines.next().unwrap() {
            out.push(match line {
                Line::Whole(line) => (at, Ok(String::from_utf8_lossy(line).into_owned())),
                Line::Long(_, length) => (at, Err(length)),
            });
        }
        out
    }

    #[test]
    fn keeps_empty_lines_and_a_last_line_without_a_feed() {
        let lines = read(b"a\r\n\nbc", 10);
        assert_eq!(
            lines,
            [
                (0, Ok("a".into())),
                (3, Ok(String::new())),
                (4, Ok("bc".into()))
            ]
        );
        assert!(read(b"", 10).is_empty());
    }

    #[test]
    fn passes_over_a_long_line_and_goes_on_after_it() {
        let mut bytes = b"a\n".to_vec();
        bytes.extend(std::iter::repeat_n(b'x', 300_000));
        bytes.extend(b"\nb\n");
        let lines = read(&bytes, 1000);
        assert_eq!(
            lines,
            [
                (0, Ok("a".into())),
                (2, Err(300_000)),
                (300_003, Ok("b".into()))
            ]
        );
    }
}
