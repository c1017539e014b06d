//! Responsible for the calendar: days, ISO weeks, Easter, and the year that a date without one means.

use crate::model::dates::{civil, days};

/// A day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Day {
    /// The year.
    pub year: i32,
    /// 1 to 12.
    pub month: u32,
    /// 1 to 31.
    #[expect(clippy::struct_field_names, reason = "what a calendar calls it")]
    pub day: u32,
}

impl Day {
    /// The day, if the month has it.
    pub(super) fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        let day = Self { year, month, day };
        (1..=12)
            .contains(&month)
            .then(|| days_in(year, month))
            .is_some_and(|most| (1..=most).contains(&day.day))
            .then_some(day)
    }

    /// The day at the beginning of an ISO 8601 date or time.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let date = text.get(..10)?;
        let mut parts = date.split('-');
        let mut next = || parts.next()?.parse::<u32>().ok();
        Self::new(next()?.try_into().ok()?, next()?, next()?)
    }

    /// Days since 1970-01-01.
    pub(super) fn number(self) -> i64 {
        days(
            i64::from(self.year),
            i64::from(self.month),
            i64::from(self.day),
        )
    }

    /// The day with a number.
    pub(super) fn of_number(number: i64) -> Self {
        let (year, month, day) = civil(number);
        Self {
            year: year as i32,
            month: small(month),
            day: small(day),
        }
    }

    /// A number of days later.
    pub(super) fn plus(self, days: i64) -> Self {
        Self::of_number(self.number() + days)
    }

    /// 1 for Monday to 7 for Sunday.
    pub(super) fn weekday(self) -> u32 {
        small((self.number() + 3).rem_euclid(7) + 1)
    }

    /// The ISO year and week.
    pub(super) fn week(self) -> (i32, u32) {
        let thursday = self.plus(4 - i64::from(self.weekday()));
        let first = Self {
            year: thursday.year,
            month: 1,
            day: 1,
        };
        let week = (thursday.number() - first.number()) / 7 + 1;
        (thursday.year, small(week))
    }

    /// Year and month, a number of months later.
    pub(super) fn month_plus(self, months: i32) -> (i32, u32) {
        let all = self.year * 12 + self.month.cast_signed() - 1 + months;
        (all.div_euclid(12), all.rem_euclid(12) as u32 + 1)
    }

    /// ISO 8601.
    pub(super) fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// A count that calendar arithmetic keeps small and positive.
fn small(count: i64) -> u32 {
    u32::try_from(count).unwrap_or(0)
}

fn days_in(year: i32, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Easter Sunday of a year.
#[expect(
    clippy::many_single_char_names,
    reason = "the letters of the published algorithm"
)]
pub(super) fn easter(year: i32) -> Option<Day> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    Day::new(year, month.unsigned_abs(), day.unsigned_abs())
}

/// Of the same date in the year before, of and after `today`, the one that is meant: the next one
/// when the text speaks of what is to come, else the nearest.
pub(super) fn nearest(
    today: Day,
    is_future: bool,
    of_year: impl Fn(i32) -> Option<Day>,
) -> Option<Day> {
    let candidates = [today.year - 1, today.year, today.year + 1];
    let mut days = candidates.into_iter().filter_map(of_year);
    if is_future {
        return days.find(|d| *d >= today);
    }
    days.min_by_key(|d| (d.number() - today.number()).abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_weeks_and_easter() {
        let day = Day::parse("2026-11-18T10:00:00").expect("a date");
        assert_eq!(day.weekday(), 3);
        assert_eq!(day.plus(14).iso(), "2026-12-02");
        assert_eq!(day.week(), (2026, 47));
        assert_eq!(Day::new(2021, 1, 3).map(Day::week), Some((2020, 53)));
        assert_eq!(day.month_plus(2), (2027, 1));
        assert_eq!(Day::new(2025, 2, 29), None);
        assert_eq!(easter(2026).map(Day::iso), Some("2026-04-05".to_owned()));
        for n in (-800_000..800_000).step_by(997) {
            assert_eq!(Day::of_number(n).number(), n);
        }
    }

    #[test]
    fn a_date_without_a_year_is_the_nearest_or_the_next() {
        let today = Day::parse("2026-11-19").expect("a date");
        let may = |year| Day::new(year, 5, 31);
        assert_eq!(
            nearest(today, false, may).map(|d| d.year),
            Some(2026),
            "172 days back is nearer than 193 days on"
        );
        assert_eq!(nearest(today, true, may).map(|d| d.year), Some(2027));
    }
}
