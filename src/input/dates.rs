//! Responsible for dates as inputs write them, turned into ISO 8601 without a clock or a locale.

use serde_json::Value;

use crate::model::dates::civil;
use crate::model::problem::{Code, Problem};

/// A date or date-time in ISO 8601, when the value can be understood without guessing.
///
/// Understood are ISO 8601 and its relatives (blank for `T`, no colons, slashes), `DD.MM.YYYY`,
/// slashed dates whose first number is over 12, the mail format (RFC 2822), and seconds or
/// milliseconds since 1970.
pub fn iso(value: &str) -> Option<String> {
    let value = value.trim();
    basic(value)
        .or_else(|| extended(value))
        .or_else(|| day_first(value))
        .or_else(|| mail(value))
}

/// As [`iso`], for a JSON value.
pub fn iso_value(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => iso(text),
        Value::Number(number) => {
            let number = number.as_i64()?;
            match number {
                // A plain number may be a date in figures or a count of seconds.
                19_000_101..=21_001_231 => basic(&number.to_string()),
                100_000_000..=9_999_999_999 => epoch(number),
                100_000_000_000..=9_999_999_999_999 => epoch(number / 1000),
                _ => None,
            }
        }
        _ => None,
    }
}

/// What to tell about a date that was not understood.
pub(super) fn problem(given: &str) -> Problem {
    Problem::new(Code::WDate, format!("the date was not understood: {given}"))
}

struct Parts<'a> {
    rest: &'a str,
}

impl<'a> Parts<'a> {
    fn number(&mut self, min: usize, max: usize) -> Option<u32> {
        let length = self
            .rest
            .bytes()
            .take(max)
            .take_while(u8::is_ascii_digit)
            .count();
        if length < min {
            return None;
        }
        let (digits, rest) = self.rest.split_at(length);
        self.rest = rest;
        digits.parse().ok()
    }

    fn one_of(&mut self, chars: &[char]) -> Option<char> {
        let c = self.rest.chars().next().filter(|c| chars.contains(c))?;
        self.rest = &self.rest[c.len_utf8()..];
        Some(c)
    }

    fn blanks(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn word(&mut self) -> &'a str {
        let length = self
            .rest
            .bytes()
            .take_while(u8::is_ascii_alphabetic)
            .count();
        let (word, rest) = self.rest.split_at(length);
        self.rest = rest;
        word
    }
}

fn date(year: u32, month: u32, day: u32) -> Option<String> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return None,
    };
    ((1500..=2500).contains(&year) && (1..=days).contains(&day))
        .then(|| format!("{year:04}-{month:02}-{day:02}"))
}

fn clock(hour: u32, minute: u32, second: u32, fraction: &str) -> Option<String> {
    if hour > 24 || minute > 59 || second > 60 || (hour == 24 && (minute > 0 || second > 0)) {
        return None;
    }
    let fraction = fraction.trim_end_matches('0');
    let point = if fraction.is_empty() { "" } else { "." };
    Some(format!(
        "T{hour:02}:{minute:02}:{second:02}{point}{fraction}"
    ))
}

/// `Z`, `+0100`, `+01:00`, `+01`, `UTC`, `GMT` or nothing, to the end.
fn zone(parts: &mut Parts<'_>) -> Option<String> {
    parts.blanks();
    if parts.rest.is_empty() {
        return Some(String::new());
    }
    if let Some(sign) = parts.one_of(&['+', '-', '\u{2212}']) {
        let hour = parts.number(2, 2)?;
        parts.one_of(&[':']);
        let minute = if parts.rest.is_empty() {
            0
        } else {
            parts.number(2, 2)?
        };
        parts.blanks();
        // A comment with the zone's name may follow, as in mail.
        let named = parts.rest.starts_with('(') && parts.rest.ends_with(')');
        if hour > 15 || minute > 59 || !(parts.rest.is_empty() || named) {
            return None;
        }
        let sign = if sign == '+' { '+' } else { '-' };
        return Some(format!("{sign}{hour:02}:{minute:02}"));
    }
    matches!(parts.rest, "Z" | "z" | "UTC" | "GMT" | "UT").then(|| "Z".to_owned())
}

/// What follows a date: nothing, or a time with or without a zone.
fn time(parts: &mut Parts<'_>) -> Option<String> {
    if parts.rest.is_empty() {
        return Some(String::new());
    }
    parts.one_of(&['T', 't', ' ', ','])?;
    parts.blanks();
    let hour = parts.number(1, 2)?;
    parts.one_of(&[':', '.'])?;
    let minute = parts.number(2, 2)?;
    let mut second = 0;
    let mut fraction = String::new();
    if parts.one_of(&[':', '.']).is_some() {
        second = parts.number(2, 2)?;
        if parts.one_of(&['.', ',']).is_some() {
            let digits = parts.rest.bytes().take_while(u8::is_ascii_digit).count();
            fraction.push_str(&parts.rest[..digits.min(9)]);
            parts.rest = &parts.rest[digits..];
        }
    }
    Some(clock(hour, minute, second, &fraction)? + &zone(parts)?)
}

/// `2026-11-03`, `2026/11/03`, `2026-11`, with or without a time.
fn extended(value: &str) -> Option<String> {
    let mut parts = Parts { rest: value };
    let year = parts.number(4, 4)?;
    let mark = parts.one_of(&['-', '/', '.'])?;
    let month = parts.number(1, 2)?;
    if parts.rest.is_empty() && mark == '-' {
        return date(year, month, 1).map(|d| d[..7].to_owned());
    }
    parts.one_of(&[mark])?;
    let day = parts.number(1, 2)?;
    Some(date(year, month, day)? + &time(&mut parts)?)
}

/// `20261103` and `20261103T101500Z`, as agencies and archives write.
fn basic(value: &str) -> Option<String> {
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    if digits != 8 && digits != 14 {
        return None;
    }
    let mut parts = Parts { rest: value };
    let (year, month, day) = (
        parts.number(4, 4)?,
        parts.number(2, 2)?,
        parts.number(2, 2)?,
    );
    let mut out = date(year, month, day)?;
    if parts.rest.is_empty() {
        return Some(out);
    }
    if digits == 8 {
        parts.one_of(&['T', 't', ' '])?;
    }
    let (hour, minute) = (parts.number(2, 2)?, parts.number(2, 2)?);
    let second = parts.number(2, 2).unwrap_or(0);
    out.push_str(&clock(hour, minute, second, "")?);
    out.push_str(&zone(&mut parts)?);
    Some(out)
}

/// `3.11.2026`; with slashes only when it cannot be the American order.
fn day_first(value: &str) -> Option<String> {
    let mut parts = Parts { rest: value };
    let day = parts.number(1, 2)?;
    let mark = parts.one_of(&['.', '/', '-'])?;
    parts.blanks();
    let month = parts.number(1, 2)?;
    parts.one_of(&[mark])?;
    parts.blanks();
    let year = parts.number(4, 4)?;
    if mark == '/' && day <= 12 && day != month {
        return None;
    }
    Some(date(year, month, day)? + &time(&mut parts)?)
}

/// The month names of RFC 2822, which are part of the format and not of a language.
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// `Tue, 03 Nov 2026 10:15:00 +0100`.
fn mail(value: &str) -> Option<String> {
    let mut parts = Parts { rest: value };
    if !parts.word().is_empty() {
        parts.one_of(&[','])?;
        parts.blanks();
    }
    let day = parts.number(1, 2)?;
    parts.one_of(&[' ', '-'])?;
    parts.blanks();
    let name = parts.word().to_ascii_lowercase();
    let month = 1 + MONTHS.iter().position(|m| *m == name)? as u32;
    parts.one_of(&[' ', '-'])?;
    parts.blanks();
    let year = parts.number(4, 4)?;
    Some(date(year, month, day)? + &time(&mut parts)?)
}

/// Seconds since 1970 as a date-time in UTC.
fn epoch(seconds: i64) -> Option<String> {
    let days = seconds.div_euclid(86_400);
    let left = u32::try_from(seconds.rem_euclid(86_400)).ok()?;
    let (year, month, day) = civil(days);
    let date = date(
        u32::try_from(year).ok()?,
        u32::try_from(month).ok()?,
        u32::try_from(day).ok()?,
    )?;
    Some(date + &clock(left / 3600, left / 60 % 60, left % 60, "")? + "Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn understands_what_feeds_and_archives_write() {
        for (given, expected) in [
            ("2026-11-03", "2026-11-03"),
            ("2026-11-03 10:15:00", "2026-11-03T10:15:00"),
            ("2021-11-01T10:52:50+0100", "2021-11-01T10:52:50+01:00"),
            ("2021-11-01T10:52:50.000Z", "2021-11-01T10:52:50Z"),
            ("2021-11-01T10:52Z", "2021-11-01T10:52:00Z"),
            ("20261103T101500Z", "2026-11-03T10:15:00Z"),
            ("20261103101500", "2026-11-03T10:15:00"),
            (
                "Tue, 03 Nov 2026 10:15:00 +0100 (CET)",
                "2026-11-03T10:15:00+01:00",
            ),
            ("3 Nov 2026 10:15 GMT", "2026-11-03T10:15:00Z"),
            ("2026/1/3", "2026-01-03"),
            ("3.11.2026", "2026-11-03"),
            ("13/11/2026 08:00", "2026-11-13T08:00:00"),
            ("2024-02-29", "2024-02-29"),
        ] {
            assert_eq!(iso(given).as_deref(), Some(expected), "{given}");
        }
        assert_eq!(
            iso_value(&Value::from(1_500_000_000)).as_deref(),
            Some("2017-07-14T02:40:00Z")
        );
        assert_eq!(
            iso_value(&Value::from(1_500_000_000_000_i64)).as_deref(),
            Some("2017-07-14T02:40:00Z")
        );
        assert_eq!(
            iso_value(&Value::from(951_782_400)).as_deref(),
            Some("2000-02-29T00:00:00Z")
        );
    }

    #[test]
    fn does_not_guess() {
        for given in [
            "03/11/2026",
            "yesterday",
            "2023-02-29",
            "2026-13-01",
            "12",
            "",
            "2026-11-03 25:00",
        ] {
            assert_eq!(iso(given), None, "{given}");
        }
    }
}
