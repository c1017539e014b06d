//! Responsible for the clock, which nothing else may read: only `run.json` and the screen hold time.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::model::dates::civil;

/// The present moment, for measuring.
#[allow(clippy::disallowed_methods)]
pub fn now() -> Instant {
    Instant::now()
}

/// The time of day as RFC 3339 in UTC, in whole seconds.
///
/// `SOURCE_DATE_EPOCH`, when set to a number of seconds, replaces it, so that a run can be
/// reproduced to the last byte.
#[allow(clippy::disallowed_methods)]
pub fn utc() -> String {
    let fixed = fixed_seconds();
    let seconds = fixed.unwrap_or_else(|| {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        since.map_or(0, |d| d.as_secs())
    });
    rfc3339(seconds)
}

/// The time since a moment; zero when the clock is fixed.
pub fn since(start: Instant) -> Duration {
    if fixed_seconds().is_some() {
        return Duration::ZERO;
    }
    now().duration_since(start)
}

fn fixed_seconds() -> Option<u64> {
    std::env::var("SOURCE_DATE_EPOCH").ok()?.parse().ok()
}

/// Seconds since 1970 as `2024-05-02T10:11:12Z`.
fn rfc3339(seconds: u64) -> String {
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    let (year, month, day) = civil(days.cast_signed());
    let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_become_dates() {
        for (seconds, date) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_735_689_600, "2025-01-01T00:00:00Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
        ] {
            assert_eq!(rfc3339(seconds), date);
        }
    }
}
