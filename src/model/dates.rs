//! Responsible for calendar days as numbers, without a clock.

/// Year, month and day of a day number since 1970-01-01, in the Gregorian calendar.
pub fn civil(days: i64) -> (i64, i64, i64) {
    // Counted in eras of 400 years that begin on 1 March, so that the leap day comes last.
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// The day number since 1970-01-01 of a year, a month from 1 and a day from 1.
pub fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The day number since 1970-01-01 of a text that begins with `2026-11-24`; `None` for others.
pub fn day_number(date: &str) -> Option<i32> {
    let mut parts = date.get(..10)?.split('-');
    let mut next = |width: usize| -> Option<i64> {
        let part = parts.next().filter(|p| p.len() == width)?;
        part.bytes()
            .all(|b| b.is_ascii_digit())
            .then(|| part.parse().ok())?
    };
    let (year, month, day) = (next(4)?, next(2)?, next(2)?);
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    i32::try_from(days(year, month, day)).ok()
}

/// A day number as `2026-11-24`.
pub fn iso_day(day: i32) -> String {
    let (year, month, day) = civil(i64::from(day));
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_dates_agree() {
        for day in (-800_000..800_000).step_by(997) {
            if (0..=9999).contains(&civil(i64::from(day)).0) {
                assert_eq!(day_number(&iso_day(day)), Some(day));
            }
        }
        assert_eq!(day_number("1970-01-02T10:00:00Z"), Some(1));
        for wrong in [
            "",
            "2026",
            "2026-13-01",
            "26-01-01xx",
            "åäöåäöåäöå",
            "2026-1-011",
        ] {
            assert_eq!(day_number(wrong), None);
        }
    }
}
