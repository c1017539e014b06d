//! Responsible for file name patterns: `*`, `?`, `[a-z]` within a name and `**` across directories,
//! matched on bytes and without recursion.

use std::ffi::{OsStr, OsString};
use std::path::{Component, Path, PathBuf};

/// Whether a path holds a wildcard.
pub(super) fn is_pattern(path: &Path) -> bool {
    path.as_os_str()
        .as_encoded_bytes()
        .iter()
        .any(|b| matches!(b, b'*' | b'?' | b'['))
}

/// A pattern's literal directories and the parts from the first wildcard on.
pub(super) fn split_pattern(path: &Path) -> (PathBuf, Vec<OsString>) {
    let mut base = PathBuf::new();
    let mut rest: Vec<OsString> = Vec::new();
    for part in path.components() {
        if rest.is_empty() && !is_pattern(Path::new(part.as_os_str())) {
            base.push(part);
        } else {
            rest.push(part.as_os_str().to_owned());
        }
    }
    (base, rest)
}

/// Whether a relative path fits the parts of a pattern; `**` stands for any number of directories.
pub(super) fn matches(pattern: &[OsString], path: &Path) -> bool {
    let parts: Vec<&OsStr> = path.components().map(Component::as_os_str).collect();
    let fits =
        |p: usize, at: usize| wild(pattern[p].as_encoded_bytes(), parts[at].as_encoded_bytes());
    let (mut p, mut at) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while at < parts.len() {
        if p < pattern.len() && pattern[p] == "**" {
            retry = Some((p, at));
            p += 1;
        } else if p < pattern.len() && fits(p, at) {
            p += 1;
            at += 1;
        } else if let Some((star, from)) = retry {
            retry = Some((star, from + 1));
            p = star + 1;
            at = from + 1;
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|rest| rest == "**")
}

/// Whether a path below the relative directory could fit the parts of a pattern.
pub(super) fn reaches(pattern: &[OsString], dir: &Path) -> bool {
    let mut parts = pattern.iter();
    for name in dir.components().map(Component::as_os_str) {
        match parts.next() {
            Some(part) if part == "**" => return true,
            Some(part) if wild(part.as_encoded_bytes(), name.as_encoded_bytes()) => {}
            _ => return false,
        }
    }
    parts.next().is_some()
}

/// Whether a name fits one part of a pattern with `*`, `?` and `[…]`.
fn wild(pattern: &[u8], name: &[u8]) -> bool {
    let (mut p, mut n) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while n < name.len() {
        let step = match pattern.get(p) {
            Some(b'*') => {
                retry = Some((p, n));
                p += 1;
                continue;
            }
            Some(b'?') => Some(1),
            Some(b'[') => class(&pattern[p..], name[n]),
            Some(b) if *b == name[n] => Some(1),
            _ => None,
        };
        if let Some(step) = step {
            p += step;
            // `?` stands for a whole character, not for a byte of it.
            n += if pattern.get(p - step) == Some(&b'?') {
                char_len(name, n)
            } else {
                1
            };
        } else if let Some((star, from)) = retry {
            retry = Some((star, from + 1));
            p = star + 1;
            n = from + 1;
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|b| *b == b'*')
}

fn char_len(name: &[u8], at: usize) -> usize {
    let rest = name[at + 1..]
        .iter()
        .take_while(|b| (**b & 0xc0) == 0x80)
        .count();
    if name[at] < 0x80 { 1 } else { 1 + rest }
}

/// The length of a `[…]` that fits `byte`, if it does.
fn class(pattern: &[u8], byte: u8) -> Option<usize> {
    let end = 2 + pattern.get(2..)?.iter().position(|b| *b == b']')?;
    let (negated, body) = match &pattern[1..end] {
        [b'!' | b'^', body @ ..] => (true, body),
        body => (false, body),
    };
    let mut found = false;
    let mut at = 0;
    while at < body.len() {
        if let (Some(b'-'), Some(high)) = (body.get(at + 1), body.get(at + 2)) {
            found |= (body[at]..=*high).contains(&byte);
            at += 3;
        } else {
            found |= body[at] == byte;
            at += 1;
        }
    }
    (found != negated).then_some(end + 1)
}
