//! Responsible for days of the week, alone and with a date, a week or a month.

use super::calendar::{Day, nearest};
use super::scan::{Amount, Draft, Scan};
use crate::pack::figures::{Relative, Role};
use crate::text::lexicon::Class;
use crate::text::token::TokenKind;

impl<'a> Scan<'a> {
    /// "måndagen", "i fredags", "lundi 4 mai", "Freitag, den 3. Juli", "last Friday".
    pub(super) fn weekday(&self, i: usize) -> Option<Draft<'a>> {
        let hit = self.find(i, Class::Weekday)?;
        let mut next = i + hit.len;
        next = self.with_day_part(next);
        let mut from = i;
        let mut turn = hit.payload / 10;
        if let Some(back) = (1..=2.min(i)).find(|b| self.role(i - b, Role::Last) == Some(*b)) {
            (from, turn) = (i - back, 2);
        } else if let Some(back) = (1..=2.min(i)).find(|b| self.role(i - b, Role::Next) == Some(*b))
        {
            (from, turn) = (i - back, 1);
        }
        if from == i && i > 0 && self.role(i - 1, Role::This) == Some(1) {
            (from, turn) = (i - 1, 1);
        }
        let stop = self.doc.is_char(next, &['.']) && self.adjoins(next);
        let comma = usize::from(self.doc.is_char(next, &[',', '(']) || stop);
        let at = next + comma;
        if at < self.len() && !self.token(at).is_line_start() {
            if let Some(date) = self.day_month(at).or_else(|| self.month_day(at)) {
                let close = usize::from(
                    self.doc.is_char(next, &['(']) && self.doc.is_char(date.tokens.end, &[')']),
                );
                let has_year =
                    (at..date.tokens.end).any(|j| self.plain(j).is_some_and(|p| p.1 == 4));
                let amount = if has_year {
                    date.amount
                } else {
                    on_weekday(date.amount, hit.payload % 10)
                };
                return Some(self.dated(from, date.tokens.end + close, amount));
            }
            if self.token(at).kind == TokenKind::Number
                && let Some(date) = self.digit_date(at).or_else(|| self.signed_date(at))
            {
                return Some(self.dated(from, date.tokens.end, date.amount));
            }
            if let Some(date) = self.bracketed_day(next) {
                return Some(self.dated(from, date.0, date.1));
            }
        }
        if turn == 2
            && from < i
            && let Some((day, to)) = self.last_of_month(next, hit.payload % 10)
        {
            return Some(self.dated(from, to, Amount::Text(day.iso())));
        }
        if let Some((amount, to)) = self.bare_day(i, next, hit.payload % 10) {
            return Some(self.dated(from, to, amount));
        }
        if let Some((week, to)) = self.week_near(next) {
            let amount = self.day_in_week(week, hit.payload % 10);
            return Some(self.dated(from, to, amount));
        }
        if let Some((day, to)) = self.weekday_number(next) {
            let amount = self.day_of_month(i, day)?;
            return Some(self.dated(from, to, amount));
        }
        if let Some(len) = self.role(next, Role::Last) {
            (next, turn) = (next + len, 2);
        } else if let Some(len) = self.role(next, Role::Next) {
            (next, turn) = (next + len, 1);
        }
        let day = self.weekday_near(i, hit.payload % 10, turn);
        let amount = day.map_or(Amount::Unknown, |d| Amount::Text(d.iso()));
        Some(self.dated(from, next, amount))
    }

    /// "(last Monday) in March 2014": the last day of the month that is such a weekday.
    fn last_of_month(&self, i: usize, weekday: u32) -> Option<(Day, usize)> {
        let at = self.skip_of(i);
        if at == i || self.token(at).is_line_start() {
            return None;
        }
        let (month, next) = self.month_at(at)?;
        let (year, next) = if let Some(year) = self.year_at(next) {
            (year.year, year.next)
        } else {
            let near = nearest(self.today?, self.is_future(i), |y| Day::new(y, month, 15))?;
            (near.year, next)
        };
        let (after, first) = Day::new(year, month, 1)?.month_plus(1);
        let last = Day::new(after, first, 1)?.plus(-1);
        let back = (last.weekday() + 7 - weekday) % 7;
        Some((last.plus(-i64::from(back)), next))
    }

    /// "mercoledì 27", "Friday 22": a number right after the weekday that is its day of the month.
    fn bare_day(&self, i: usize, next: usize, weekday: u32) -> Option<(Amount, usize)> {
        let (day, len) = self.plain(next)?;
        let fits = len <= 2
            && (1..=31).contains(&day)
            && !self.token(next).is_line_start()
            && self.ends_clause(next + 1)
            && !self.adjoins(next + 2);
        if !fits {
            return None;
        }
        let Some(today) = self.today else {
            return Some((Amount::Text(format!("XXXX-XX-{day:02}")), next + 1));
        };
        let mut near = (-1..=1).filter_map(|off| {
            let (year, month) = today.month_plus(off);
            Day::new(year, month, day).filter(|d| d.weekday() == weekday)
        });
        let found = if self.is_future(i) {
            near.find(|d| *d >= today)
        } else {
            near.min_by_key(|d| (d.number() - today.number()).abs())
        };
        found.map(|d| (Amount::Text(d.iso()), next + 1))
    }

    /// A relative week at a token, after "of" or the like: "next week".
    pub(super) fn week_near(&self, i: usize) -> Option<(i32, usize)> {
        let at = self.skip_of(i);
        if self.token(at).is_line_start() {
            return None;
        }
        let hit = self.find(at, Class::RelativeDay)?;
        match self.pack.relatives.get(hit.payload as usize) {
            Some(Relative::Week(offset)) => Some((*offset, at + hit.len)),
            _ => None,
        }
    }

    pub(super) fn day_in_week(&self, week: i32, weekday: u32) -> Amount {
        let Some(today) = self.today else {
            return Amount::Unknown;
        };
        let days = 7 * i64::from(week) + i64::from(weekday) - i64::from(today.weekday());
        Amount::Text(today.plus(days).iso())
    }

    /// The number of a day after its weekday: "torsdag den 21", "saturday the 2nd".
    pub(super) fn weekday_number(&self, i: usize) -> Option<(u32, usize)> {
        let article = self.has_role(i, Role::Day) || self.has_role(i, Role::DayOut);
        let day = self.day_at(i).filter(|d| d.marked && article)?;
        let ends = !self.counts_something(day.next) && !self.is_unit_at(day.next);
        (ends && !self.token(i).is_line_start()).then_some((day.day, day.next))
    }

    /// "andra onsdagen i oktober 2014", "last Friday of this month".
    pub(super) fn nth_weekday(&self, i: usize) -> Option<Draft<'a>> {
        let ordinal = self.find(i, Class::OrdinalWord)?;
        let weekday = self.find(i + ordinal.len, Class::Weekday)?;
        let at = self.skip_of(i + ordinal.len + weekday.len);
        let (year, month, next) = if let Some((month, next)) = self.month_at(at) {
            if let Some(year) = self.year_at(next) {
                (year.year, month, year.next)
            } else {
                let near = nearest(self.today?, self.is_future(i), |y| Day::new(y, month, 15))?;
                (near.year, month, next)
            }
        } else {
            let hit = self.find(at, Class::RelativeDay)?;
            let Some(Relative::Month(offset)) = self.pack.relatives.get(hit.payload as usize)
            else {
                return None;
            };
            let (year, month) = self.today?.month_plus(*offset);
            (year, month, at + hit.len)
        };
        let first = Day::new(year, month, 1)?;
        let ahead = (weekday.payload % 10 + 7 - first.weekday()) % 7;
        let days = i64::from(ahead) + 7 * (i64::from(ordinal.payload) - 1);
        let day = first.plus(days);
        let fits = day.month == month && (1..=5).contains(&ordinal.payload);
        fits.then(|| self.dated(i, next, Amount::Text(day.iso())))
    }

    /// "July 8" in languages that put the month first.
    pub(super) fn month_day(&self, i: usize) -> Option<Draft<'a>> {
        self.has_class(i, Class::Month)
            .then(|| self.month(i))
            .flatten()
            .filter(|d| matches!(&d.amount, Amount::Text(t) if t.len() == 10))
    }

    /// "quarta-feira (27)".
    pub(super) fn bracketed_day(&self, i: usize) -> Option<(usize, Amount)> {
        let (day, _) = self.plain(i + 1)?;
        let fits = self.doc.is_char(i, &['(']) && self.doc.is_char(i + 2, &[')']);
        let fits = fits && (1..=31).contains(&day);
        fits.then(|| self.day_of_month(i, day))
            .flatten()
            .map(|amount| (i + 3, amount))
    }

    /// The date of a day of the week: `turn` 1 ahead, 2 back, else as the text around it says.
    pub(super) fn weekday_near(&self, i: usize, weekday: u32, turn: u32) -> Option<Day> {
        let today = self.today?;
        let back = i64::from((today.weekday() + 7 - weekday) % 7);
        let ahead = (7 - back) % 7;
        Some(match turn {
            1 => today.plus(ahead),
            2 => today.plus(-if back == 0 { 7 } else { back }),
            _ if self.is_future(i) => today.plus(ahead),
            _ => today.plus(-back),
        })
    }

    /// A day of the week after "next week", perhaps after "on".
    pub(super) fn weekday_after(&self, i: usize) -> Option<(u32, usize)> {
        let at = if self.has_class(i, Class::Weekday) {
            i
        } else {
            i + self.role(i, Role::DayOut)?
        };
        let hit = self.find(at, Class::Weekday)?;
        (!self.token(at).is_line_start()).then_some((hit.payload % 10, at + hit.len))
    }
}

/// A date that was put into the nearest year, moved to a year in which it falls on the weekday.
fn on_weekday(amount: Amount, weekday: u32) -> Amount {
    let Amount::Text(text) = &amount else {
        return amount;
    };
    let Some(day) = Day::parse(text) else {
        return amount;
    };
    let fits = |year: i32| Day::new(year, day.month, day.day).filter(|d| d.weekday() == weekday);
    [0, 1, -1]
        .into_iter()
        .find_map(|off| fits(day.year + off))
        .map_or(amount, |d| Amount::Text(d.iso()))
}
