//! Responsible for dates in digits: ISO 8601, the order of the language, and scripts that put a sign
//! after each part.

use super::calendar::Day;
use super::scan::{Amount, Draft, Scan};
use crate::pack::figures::{DateOrder, Role};
use crate::text::token::TokenKind;

impl<'a> Scan<'a> {
    /// "2026-11-18", "2015-W38", "2026-11", "2025/26".
    pub(super) fn iso(&self, i: usize) -> Option<Draft<'a>> {
        let (year, len) = self.plain(i)?;
        let dash = self.token(i + 1).kind == TokenKind::Dash && self.adjoins(i + 1);
        let slash = self.adjoins(i + 1) && self.doc.is_char(i + 1, &['/']);
        if len != 4 || !(dash || slash) || !self.adjoins(i + 2) {
            return None;
        }
        let year = i32::try_from(year).ok()?;
        if let Some(week) = self
            .doc
            .word(i + 2)
            .strip_prefix(['W', 'w'])
            .and_then(|w| w.parse::<u32>().ok())
        {
            let fits = (1..=53).contains(&week);
            return fits.then(|| {
                let text = format!("{year:04}-W{week:02}");
                self.dated(i, i + 3, Amount::Text(text))
            });
        }
        let (second, second_len) = self.plain(i + 2)?;
        let third = self
            .plain(i + 4)
            .filter(|(_, len)| *len <= 2 && self.adjoins(i + 3) && self.adjoins(i + 4));
        let same_sign = self.doc.word(i + 1) == self.doc.word(i + 3);
        if let Some((day, _)) = third.filter(|_| same_sign) {
            let day = Day::new(year, second, day)?;
            return Some(self.dated(i, i + 5, Amount::Text(day.iso())));
        }
        if second_len != 2 || !(1000..2200).contains(&year) {
            return None;
        }
        // A season over two years, or a month.
        if second == (year.cast_unsigned() + 1) % 100 {
            return Some(self.dated(i, i + 3, Amount::Unknown));
        }
        let is_month = self.doc.is_char(i + 1, &['-']) && (1..=12).contains(&second);
        is_month.then(|| {
            let text = format!("{year:04}-{second:02}");
            self.dated(i, i + 3, Amount::Text(text))
        })
    }

    /// "14.2.2025", "31/12/2018", "3.12.", "12/31".
    pub(super) fn digit_date(&self, i: usize) -> Option<Draft<'a>> {
        let mut parts = [(0u32, 0usize); 3];
        let (count, next, sign) = self.date_parts(i, &mut parts)?;
        let order = self.pack.order;
        let [a, b, c] = parts;
        if count == 3 {
            let (first, second, third) = (a, b, c);
            let pick = |order| match order {
                DateOrder::Dmy => (third, second, first),
                DateOrder::Mdy => (third, first, second),
                DateOrder::Ymd => (first, second, third),
            };
            let orders = if first.1 == 4 {
                [DateOrder::Ymd; 3]
            } else {
                [order, DateOrder::Dmy, DateOrder::Mdy]
            };
            return orders.into_iter().find_map(|order| {
                let (year, month, day) = pick(order);
                let year = full_year(year)?;
                let day = Day::new(year, month.0, day.0)?;
                Some(self.dated(i, next, Amount::Text(day.iso())))
            });
        }
        // Two parts: a full stop after them, or a slash.
        let short = a.1 <= 2 && b.1 <= 2;
        let stop = sign == '.'
            && self.pack.ordinal_stop
            && self.adjoins(next)
            && self.doc.is_char(next, &['.']);
        let told = sign == '.'
            && b.1 == 2
            && (self.role_before(i, Role::DayOut) || self.role_before(i, Role::Day))
            && !self.is_unit_at(next);
        let slash = told || sign == '/' && (a.0 > 4 || b.0 > 10 || self.role_before(i, Role::Day));
        if !short || !(stop || slash) {
            return None;
        }
        let (day, month) = match order {
            DateOrder::Mdy | DateOrder::Ymd if b.0 <= 31 && a.0 <= 12 => (b.0, a.0),
            _ => (a.0, b.0),
        };
        let amount = self.day_of_year(i, month, day)?;
        Some(self.dated(i, next + usize::from(stop), amount))
    }

    /// The parts of a date in digits: how many, the token after them, and their sign.
    pub(super) fn date_parts(
        &self,
        i: usize,
        parts: &mut [(u32, usize); 3],
    ) -> Option<(usize, usize, char)> {
        let word = self.doc.word(i);
        if word.contains('.') {
            let mut count = 0;
            for part in word.split('.') {
                let slot = parts.get_mut(count)?;
                if part.is_empty() || part.len() > 4 {
                    return None;
                }
                *slot = (part.parse().ok()?, part.len());
                count += 1;
            }
            if count == 2 && self.doc.is_char(i + 1, &['.']) && self.adjoins(i + 1) {
                // "5.3. 2026"
                if let Some((year, 4)) = self.plain(i + 2)
                    && self.pack.ordinal_stop
                    && !self.token(i + 2).is_line_start()
                    && (1900..2200).contains(&year)
                {
                    parts[2] = (year, 4);
                    return Some((3, i + 3, '.'));
                }
            }
            return (count >= 2).then_some((count, i + 1, '.'));
        }
        // "2027. 03. 31." and "5. 3. 2026"
        if self.pack.ordinal_stop
            && self.doc.is_char(i + 1, &['.'])
            && self.adjoins(i + 1)
            && self.doc.is_char(i + 3, &['.'])
            && self.adjoins(i + 3)
            && let (Some(a), Some(b), Some(c)) =
                (self.plain(i), self.plain(i + 2), self.plain(i + 4))
            && (a.1 == 4 || c.1 == 4)
            && !self.token(i + 2).is_line_start()
            && !self.token(i + 4).is_line_start()
        {
            *parts = [a, b, c];
            return Some((3, i + 5, '.'));
        }
        let sign = self.doc.word(i + 1).chars().next()?;
        if !matches!(sign, '/' | '-' | '.')
            || self.doc.word(i + 1).len() > 1
            || !self.adjoins(i + 1)
        {
            return None;
        }
        parts[0] = self.plain(i)?;
        parts[1] = self.plain(i + 2).filter(|_| self.adjoins(i + 2))?;
        let third = self.plain(i + 4).filter(|_| {
            self.adjoins(i + 3)
                && self.adjoins(i + 4)
                && self.doc.word(i + 3) == self.doc.word(i + 1)
        });
        match third {
            Some(part) => {
                parts[2] = part;
                // More parts make it something else.
                let longer = self.adjoins(i + 5)
                    && self.doc.word(i + 5) == self.doc.word(i + 1)
                    && self.adjoins(i + 6)
                    && self.doc.kind(i + 6) == TokenKind::Number;
                (!longer).then_some((3, i + 5, sign))
            }
            None if sign == '/' => {
                let longer = self.adjoins(i + 3) && self.doc.is_char(i + 3, &['/']);
                (!longer).then_some((2, i + 3, sign))
            }
            None => None,
        }
    }

    /// Dates with a sign after each part: "2016年3月5日".
    pub(super) fn signed_date(&self, i: usize) -> Option<Draft<'a>> {
        const SIGNS: u64 = Role::YearSign.bit() | Role::MonthSign.bit() | Role::DaySign.bit();
        if !self.has_role_anywhere(SIGNS) {
            return None;
        }
        let number = |at: usize| {
            let digits = self.plain(at).map(|(value, _)| (value, at + 1));
            digits.or_else(|| self.date_number(at))
        };
        let mut at = i;
        let (mut year, mut month, mut day) = (None, None, None);
        if let Some((value, next)) = number(at)
            && let Some(len) = self.role(next, Role::YearSign)
            && (1000..2200).contains(&value)
        {
            year = Some(value.cast_signed());
            at = next + len;
        }
        if let Some((value, next)) =
            number(at).filter(|_| at == i || !self.token(at).is_line_start())
            && let Some(len) = self.role(next, Role::MonthSign)
            && (1..=12).contains(&value)
        {
            month = Some(value);
            at = next + len;
        }
        if let Some((value, next)) =
            number(at).filter(|_| at == i || !self.token(at).is_line_start())
            && let Some(len) = self.role(next, Role::DaySign)
            && (month.is_some() || at == i)
            && (1..=31).contains(&value)
        {
            day = Some(value);
            at = next + len;
        }
        let amount = match (year, month, day) {
            (Some(year), Some(month), Some(day)) => Amount::Text(Day::new(year, month, day)?.iso()),
            (Some(year), Some(month), None) => Amount::Text(format!("{year:04}-{month:02}")),
            (Some(year), None, _) => Amount::Text(format!("{year:04}")),
            (None, Some(month), Some(day)) => self.day_of_year(i, month, day)?,
            (None, Some(month), None) => self.month_of_year(i, month),
            (None, None, Some(day)) => self.day_of_month(i, day)?,
            (None, None, None) => return None,
        };
        let to = self.with_day_part(at);
        Some(self.dated(i, to, amount))
    }
}

/// A year of two or four digits.
fn full_year((value, len): (u32, usize)) -> Option<i32> {
    match len {
        4 if (1000..2200).contains(&value) => Some(value.cast_signed()),
        2 if value < 50 => Some(2000 + value.cast_signed()),
        2 => Some(1900 + value.cast_signed()),
        _ => None,
    }
}
