//! Responsible for weeks, quarters, years and dates relative to the article's own.

use super::calendar::{Day, easter, nearest};
use super::dates::Year;
use super::scan::{Amount, Draft, Scan};
use crate::model::record::FigureType;
use crate::pack::figures::{Measure, Relative, Role};
use crate::text::lexicon::Class;
use crate::text::token::TokenKind;

/// How many figures back a year that was named is remembered.
const MEMORY: usize = 8;

impl<'a> Scan<'a> {
    /// "tredje kvartalet 2026", "Q3 2026", "first half of 2027".
    pub(super) fn quarter(&self, i: usize) -> Option<Draft<'a>> {
        if let Some((quarter, next)) = self.short_quarter(i) {
            let year = self.year_at(next);
            let to = year.map_or(next, |y| y.next);
            return Some(self.dated(i, to, self.quarter_of(quarter, year)));
        }
        if !self.has_role_anywhere(Role::Quarter.bit() | Role::HalfYear.bit()) {
            return None;
        }
        let (number, at) = self.ordinal_before_noun(i)?;
        let (len, is_quarter) = match self.role(at, Role::Quarter) {
            Some(len) => (len, true),
            None => (self.role(at, Role::HalfYear)?, false),
        };
        let next = at + len;
        let year = self.year_at(next);
        let to = year.map_or(next, |y| y.next);
        let most = if is_quarter { 4 } else { 2 };
        if !(1..=most).contains(&number) {
            return None;
        }
        let amount = if is_quarter {
            self.quarter_of(number, year)
        } else {
            let year = year.map(|y| y.year).or(self.today.map(|t| t.year));
            year.map_or(Amount::Unknown, |y| Amount::Text(format!("{y:04}")))
        };
        Some(self.dated(i, to, amount))
    }

    /// An ordinal in words, digits or Roman digits before a noun at the token given back.
    pub(super) fn ordinal_before_noun(&self, i: usize) -> Option<(u32, usize)> {
        let roman = match self.doc.word(i) {
            "I" => 1,
            "II" => 2,
            "III" => 3,
            "IV" => 4,
            _ => 0,
        };
        if roman > 0 {
            return Some((roman, i + 1));
        }
        if self.has_class(i, Class::OrdinalWord) {
            let hit = self.find(i, Class::OrdinalWord)?;
            return Some((hit.payload, i + hit.len));
        }
        let day = self.day_at(i)?;
        day.marked.then_some((day.day, day.next))
    }

    /// "Q3".
    pub(super) fn short_quarter(&self, i: usize) -> Option<(u32, usize)> {
        let word = self.doc.word(i);
        let digit = word.strip_prefix(['Q', 'q', 'K', 'T'])?;
        let quarter: u32 = digit.parse().ok()?;
        let upper = word.starts_with('Q') || word.starts_with('q') || self.year_at(i + 1).is_some();
        ((1..=4).contains(&quarter) && digit.len() == 1 && upper).then_some((quarter, i + 1))
    }

    pub(super) fn quarter_of(&self, quarter: u32, year: Option<Year>) -> Amount {
        Amount::Text(match year.map(|y| y.year).or(self.today.map(|t| t.year)) {
            Some(year) => format!("{year:04}-Q{quarter}"),
            None => format!("XXXX-Q{quarter}"),
        })
    }

    /// "vecka 12", "week 3 of 2027".
    pub(super) fn week(&self, i: usize) -> Option<Draft<'a>> {
        let len = self.role(i, Role::Week)?;
        let (week, digits) = self.plain(i + len)?;
        if digits > 2 || !(1..=53).contains(&week) || self.token(i + len).is_line_start() {
            return None;
        }
        let next = i + len + 1;
        let year = self.year_at(next);
        let to = year.map_or(next, |y| y.next);
        let text = match year.map(|y| y.year).or(self.today.map(|t| t.year)) {
            Some(year) => format!("{year:04}-W{week:02}"),
            None => format!("XXXX-W{week:02}"),
        };
        Some(self.dated(i, to, Amount::Text(text)))
    }

    /// "yesterday", "nästa år", "i fjol", "last week", "Christmas".
    pub(super) fn relative(&self, i: usize, before: &[Draft<'a>]) -> Option<Draft<'a>> {
        let hit = self.find(i, Class::RelativeDay)?;
        let relative = *self.pack.relatives.get(hit.payload as usize)?;
        let mut next = i + hit.len;
        let amount = match relative {
            Relative::Hour(hour) => {
                let mut draft = self.dated(i, next, Amount::Text(format!("{:02}:00", hour % 24)));
                draft.kind = FigureType::Time;
                return Some(draft);
            }
            Relative::Vague => {
                if let Some(year) = self.season_year(next) {
                    next = year;
                }
                Amount::Unknown
            }
            Relative::Fixed(month, day) => match self.year_at(next) {
                Some(year) => {
                    next = year.next;
                    Amount::Text(Day::new(year.year, month, day)?.iso())
                }
                None => self.day_of_year(i, month, day)?,
            },
            Relative::Easter(offset) => {
                let year = self.year_at(next);
                let of = |y: i32| easter(y).map(|d| d.plus(i64::from(offset)));
                let day = match year {
                    Some(year) => of(year.year),
                    None => self
                        .today
                        .and_then(|today| nearest(today, self.is_future(i), of)),
                };
                next = year.map_or(next, |y| y.next);
                day.map_or(Amount::Unknown, |d| Amount::Text(d.iso()))
            }
            Relative::Then(offset) => match before.iter().rev().take(MEMORY).find_map(year_of) {
                Some(year) => Amount::Text(format!("{:04}", year + offset)),
                None => self.relative_to_today(Relative::Year(offset)),
            },
            Relative::Week(week) if self.weekday_after(next).is_some() => {
                let (weekday, to) = self.weekday_after(next)?;
                next = to;
                self.day_in_week(week, weekday)
            }
            _ => self.relative_to_today(relative),
        };
        if matches!(relative, Relative::Day(_)) {
            next = self.with_day_part(next);
        }
        Some(self.dated(i, next, amount))
    }

    /// "vintern 2025/26", "estate del 2028": the year of a season.
    pub(super) fn season_year(&self, i: usize) -> Option<usize> {
        if let Some(iso) = self.iso(self.skip_of(i)) {
            return Some(iso.tokens.end);
        }
        self.year_at(i).map(|y| y.next)
    }

    pub(super) fn relative_to_today(&self, relative: Relative) -> Amount {
        let Some(today) = self.today else {
            return Amount::Unknown;
        };
        Amount::Text(match relative {
            Relative::Day(n) => today.plus(i64::from(n)).iso(),
            Relative::Week(n) | Relative::Weekend(n) => {
                let (year, week) = today.plus(7 * i64::from(n)).week();
                format!("{year:04}-W{week:02}")
            }
            Relative::Month(n) => {
                let (year, month) = today.month_plus(n);
                format!("{year:04}-{month:02}")
            }
            Relative::Quarter(n) => {
                let (year, month) = today.month_plus(3 * n);
                format!("{year:04}-Q{}", (month - 1) / 3 + 1)
            }
            Relative::HalfYear(n) => {
                let (year, _) = today.month_plus(6 * n);
                format!("{year:04}")
            }
            Relative::Year(n) => format!("{:04}", today.year + n),
            _ => return Amount::Unknown,
        })
    }

    /// A year alone, or a decade.
    pub(super) fn year(&self, i: usize, before: Option<&Draft<'a>>) -> Option<Draft<'a>> {
        let (year, len) = self.plain(i)?;
        if len != 4 || !(1000..2200).contains(&year) {
            return None;
        }
        let next = i + 1;
        let dash = usize::from(self.token(next).kind == TokenKind::Dash && self.adjoins(next));
        if self.adjoins(next + dash) && self.token(next + dash).is_word() {
            let folded = self.folded(next + dash);
            let tail = self.pack.tails.longest(&folded);
            let measure = tail.and_then(|(_, index)| self.pack.measures.get(*index));
            if let Some(measure) = measure
                && (measure.measure == Measure::Decade
                    || measure.measure == Measure::Count && year % 10 == 0)
            {
                return Some(self.dated(i, next + dash + 1, Amount::Unknown));
            }
            if !self.has_role(next + dash, Role::YearAfter)
                && !self.has_role(next, Role::YearAfter)
                && !self.pack.particles
            {
                return None;
            }
        }
        if let Some(len) = self.role(next, Role::Decade) {
            return Some(self.dated(i, next + len, Amount::Unknown));
        }
        let after = self.role(next, Role::YearAfter);
        let heads_line = self.token(i).is_line_start()
            && (self.token(next).kind == TokenKind::Dash || self.doc.is_char(next, &[':']));
        let told = heads_line || after.is_some() || self.role_before(i, Role::YearBefore);
        let money_around = i > 0 && self.currency_sign(i - 1).is_some() || self.is_unit_at(next);
        if money_around && !(after.is_some() && told) {
            return None;
        }
        // "1 050", "(2 030": groups of a longer number were taken before; "2,030" is no plain run.
        if self.role(next, Role::Of).is_some() && self.unit_follows_of(next) {
            return None;
        }
        let plainly = (1950..2050).contains(&year) && year % 100 != 0;
        let recent = (1900..2100).contains(&year);
        let shares = before.is_some_and(|b| {
            b.kind == FigureType::Date && b.tokens.end + 1 == i && b.span.len() == 4
        });
        let counted = self.counts_something(next) && !self.token(next).is_capital();
        let fits = if plainly {
            true
        } else if recent {
            told || shares || !counted || self.follows_preposition(i)
        } else {
            told || shares
        };
        fits.then(|| {
            let to = next + after.unwrap_or(0);
            self.dated(i, to, Amount::Text(format!("{year:04}")))
        })
    }

    pub(super) fn follows_preposition(&self, i: usize) -> bool {
        i > 0 && self.has_class(i - 1, Class::Preposition)
    }

    pub(super) fn unit_follows_of(&self, i: usize) -> bool {
        self.role(i, Role::Of).is_some_and(|len| {
            [Class::Currency, Class::Unit]
                .into_iter()
                .any(|class| self.has_class(i + len, class))
        })
    }
}

/// The year of a date.
fn year_of(draft: &Draft<'_>) -> Option<i32> {
    match &draft.amount {
        Amount::Text(text) if draft.kind == FigureType::Date => text.get(..4)?.parse().ok(),
        _ => None,
    }
}
