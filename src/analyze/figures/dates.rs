//! Responsible for dates: in digits, with names of months and days of the week, quarters, weeks,
//! years, and dates relative to the article's own.

use super::calendar::{Day, easter, nearest};
use super::numeral::Kind;
use super::scan::{Amount, Draft, Scan};
use crate::model::record::FigureType;
use crate::pack::figures::{ABBREVIATED, DateOrder, Measure, Relative, Role};
use crate::text::lexicon::Class;
use crate::text::token::TokenKind;

/// How many tokens around a date tell whether it lies ahead.
const WINDOW: usize = 12;

/// How many figures back a year that was named is remembered.
const MEMORY: usize = 8;

/// A day of the month at a token.
#[derive(Debug, Clone, Copy)]
struct DayPart {
    day: u32,
    next: usize,
    /// It has the mark of an ordinal or an article.
    marked: bool,
}

/// A year after a date.
#[derive(Debug, Clone, Copy)]
struct Year {
    year: i32,
    next: usize,
}

impl<'a> Scan<'a> {
    /// The date that begins at a token.
    pub(super) fn date(&self, i: usize, before: &[Draft<'a>]) -> Option<Draft<'a>> {
        let is_number = self.token(i).kind == TokenKind::Number;
        if is_number {
            if let Some(found) = self
                .iso(i)
                .or_else(|| self.digit_date(i))
                .or_else(|| self.signed_date(i))
            {
                return Some(found);
            }
        }
        self.nth_weekday(i)
            .or_else(|| self.weekday(i))
            .or_else(|| self.day_month(i))
            .or_else(|| self.month(i))
            .or_else(|| self.quarter(i))
            .or_else(|| self.week(i))
            .or_else(|| self.numbered_day(i))
            .or_else(|| self.relative(i, before))
            .or_else(|| self.year(i, before.last()))
    }

    fn dated(&self, from: usize, to: usize, amount: Amount) -> Draft<'a> {
        Draft {
            kind: FigureType::Date,
            amount,
            unit: None,
            span: self.doc.span(from..to),
            tokens: from..to,
            scale: 1.0,
            open: false,
        }
    }

    /// Whether the text around a date speaks of what is to come: the nearest word that tells decides.
    fn is_future(&self, i: usize) -> bool {
        let sentence = self
            .doc
            .sentence_of(i)
            .map(|s| &self.doc.sentences[s].tokens);
        let (from, to) = sentence.map_or((i, i), |s| (s.start, s.end));
        (1..=WINDOW)
            .flat_map(|off| [i.checked_sub(off), Some(i + off)])
            .flatten()
            .filter(|j| (from..to).contains(j))
            .find_map(|j| self.tense(j))
            .unwrap_or(false)
    }

    /// What a word says of time: ahead or over.
    fn tense(&self, i: usize) -> Option<bool> {
        if self.has_role(i, Role::Future) {
            return Some(true);
        }
        // "is to be held": the word before tells.
        let ahead = (1..=2.min(i)).any(|back| self.has_role(i - back, Role::Future));
        self.has_role(i, Role::Past).then_some(ahead)
    }

    /// "2026-11-18", "2015-W38", "2026-11", "2025/26".
    fn iso(&self, i: usize) -> Option<Draft<'a>> {
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
        if second == (year as u32 + 1) % 100 {
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
    fn date_parts(&self, i: usize, parts: &mut [(u32, usize); 3]) -> Option<(usize, usize, char)> {
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
            let stop = a.1 == 4 && self.doc.is_char(i + 5, &['.']) && self.adjoins(i + 5);
            let _ = stop;
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
    fn signed_date(&self, i: usize) -> Option<Draft<'a>> {
        let number = |at: usize| self.plain(at).map(|(value, _)| (value, at + 1));
        let mut at = i;
        let (mut year, mut month, mut day) = (None, None, None);
        if let Some((value, next)) = number(at)
            && let Some(len) = self.role(next, Role::YearSign)
            && (1000..2200).contains(&value)
        {
            year = Some(value as i32);
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

    /// The date of a day and month without a year.
    fn day_of_year(&self, i: usize, month: u32, day: u32) -> Option<Amount> {
        Day::new(2024, month, day)?;
        Some(Amount::Text(match self.today {
            Some(today) => {
                nearest(today, self.is_future(i), |year| Day::new(year, month, day))?.iso()
            }
            None => format!("XXXX-{month:02}-{day:02}"),
        }))
    }

    fn month_of_year(&self, i: usize, month: u32) -> Amount {
        let Some(today) = self.today else {
            return Amount::Text(format!("XXXX-{month:02}"));
        };
        let middle = Day { day: 15, ..today };
        let day = nearest(middle, self.is_future(i), |year| Day::new(year, month, 15));
        day.map_or(Amount::Unknown, |d| {
            Amount::Text(format!("{:04}-{:02}", d.year, d.month))
        })
    }

    /// The date of a day in the month of the article or the nearest one.
    fn day_of_month(&self, i: usize, day: u32) -> Option<Amount> {
        let Some(today) = self.today else {
            return Some(Amount::Text(format!("XXXX-XX-{day:02}")));
        };
        let is_future = self.is_future(i);
        let mut days = (-1..=1).filter_map(|off| {
            let (year, month) = today.month_plus(off);
            Day::new(year, month, day)
        });
        let found = if is_future {
            days.find(|d| *d >= today)
        } else {
            days.min_by_key(|d| (d.number() - today.number()).abs())
        };
        found.map(|d| Amount::Text(d.iso()))
    }

    /// A day of the month: "den 1", "1.", "1er", "first".
    fn day_at(&self, i: usize) -> Option<DayPart> {
        let article = self
            .role(i, Role::Day)
            .or_else(|| self.role(i, Role::DayOut));
        let at = i + article.unwrap_or(0);
        if at > i && self.token(at).is_line_start() {
            return None;
        }
        if let Some((day, len)) = self.plain(at) {
            if len > 2 || !(1..=31).contains(&day) {
                return None;
            }
            let mut next = at + 1;
            let mut marked = article.is_some();
            if self.adjoins(next) {
                if self.token(next).is_word() && self.is_ordinal_ending(next) {
                    next += 1;
                    marked = true;
                } else if self.doc.is_char(next, &['º', 'ª'])
                    || self.pack.ordinal_stop && self.doc.is_char(next, &['.'])
                {
                    next += 1;
                    marked = true;
                } else if self.doc.is_char(next, &[':', '.', '\'', '-'])
                    && self.adjoins(next + 1)
                    && self.token(next + 1).is_word()
                    && self.is_ordinal_ending(next + 1)
                {
                    next += 2;
                    marked = true;
                }
            }
            return Some(DayPart { day, next, marked });
        }
        if !(self.has_class(at, Class::OrdinalWord)
            || self.has_class(at, Class::NumberWord)
            || self.token(at).is_word() && self.pack.pieces.may_start(self.doc.word(at).as_bytes()))
        {
            return None;
        }
        if self.has_role(at, Role::NotOrdinal) {
            return None;
        }
        let number = self.numeral(at)?;
        let value = number.value.value();
        let fits = (1.0..=31.0).contains(&value)
            && number.value.is_whole()
            && !number.has_digits
            && number.tail.is_none()
            && number.kind != Kind::Fraction;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        fits.then(|| DayPart {
            day: value as u32,
            next: number.next,
            marked: number.kind == Kind::Ordinal || article.is_some(),
        })
    }

    /// A month's name at a token, and the token after it with its full stop.
    fn month_at(&self, i: usize) -> Option<(u32, usize)> {
        if self.token(i).is_line_start() && i > 0 && !self.has_class(i, Class::Month) {
            return None;
        }
        let hit = self.find(i, Class::Month)?;
        Some((hit.payload % ABBREVIATED, i + hit.len))
    }

    /// Whether the month at a token is only an abbreviation, or a word for a number too.
    fn is_doubtful_month(&self, i: usize) -> bool {
        let short = self
            .find(i, Class::Month)
            .is_some_and(|hit| hit.payload > ABBREVIATED);
        short || self.has_class(i, Class::NumberWord)
    }

    fn skip_of(&self, i: usize) -> usize {
        i + self.role(i, Role::DateOf).unwrap_or(0)
    }

    /// A year after a month: "2026", ", 2026", "de 2026", "nästa år".
    fn year_at(&self, i: usize) -> Option<Year> {
        let mut at = i;
        if self.doc.is_char(at, &['.', ',']) && self.adjoins(at) || self.doc.is_char(at, &[',']) {
            at += 1;
        }
        at = self.skip_of(at);
        at += self.role(at, Role::YearBefore).unwrap_or(0);
        if self.token(at).is_line_start() {
            return None;
        }
        if let Some((year, 4)) = self.plain(at)
            && (1000..2200).contains(&year)
        {
            let next = at + 1;
            let next = next + self.role(next, Role::YearAfter).unwrap_or(0);
            return Some(Year {
                year: year as i32,
                next,
            });
        }
        let hit = self.find(at, Class::RelativeDay)?;
        let Some(Relative::Year(offset)) = self.pack.relatives.get(hit.payload as usize) else {
            return None;
        };
        Some(Year {
            year: self.today?.year + offset,
            next: at + hit.len,
        })
    }

    /// "den 1 juli 2027", "1. juli", "1 de julio de 2026", "second of Aug".
    fn day_month(&self, i: usize) -> Option<Draft<'a>> {
        let (day, month, next) = self.day_and_month(i)?;
        let i = i + self.role(i, Role::DayOut).unwrap_or(0);
        Some(match self.year_at(next) {
            Some(year) => {
                let date = Day::new(year.year, month, day)?;
                self.dated(i, self.with_day_part(year.next), Amount::Text(date.iso()))
            }
            None => {
                let amount = self.day_of_year(i, month, day)?;
                let to = self.short_year(next).map_or(next, |y| y.next);
                self.dated(i, self.with_day_part(to), amount)
            }
        })
    }

    /// Two digits after an apostrophe are left with the date.
    fn short_year(&self, i: usize) -> Option<Year> {
        let (_, len) = self.plain(i + 1)?;
        let apostrophe = self.doc.is_char(i, &['\'', '\u{2019}']) && self.adjoins(i + 1);
        (apostrophe && len == 2).then_some(Year {
            year: 0,
            next: i + 2,
        })
    }

    /// Day and month from a token on, the day perhaps the first of two ("13-15 juli").
    fn day_and_month(&self, i: usize) -> Option<(u32, u32, usize)> {
        let day = self.day_at(i)?;
        let of = self.skip_of(day.next);
        let of = if self.doc.is_char(of, &['-', '/']) && self.adjoins(of) && self.adjoins(of + 1) {
            of + 1
        } else {
            of
        };
        if of < self.len() && !self.token(of).is_line_start() {
            if let Some((month, next)) = self.month_at(of) {
                return Some((day.day, month, next));
            }
        }
        None
    }

    /// The day before a joiner that shares month and year with the one after it.
    fn shared_month(&self, i: usize) -> Option<Draft<'a>> {
        let day = self.day_at(i)?;
        let joiner =
            if self.token(day.next).kind == TokenKind::Dash || self.doc.is_char(day.next, &['/']) {
                1
            } else {
                [Role::To, Role::And, Role::Or]
                    .into_iter()
                    .find_map(|role| self.role(day.next, role))?
            };
        let at = day.next + joiner;
        if self.token(at).is_line_start() {
            return None;
        }
        let other = self.day_at(at)?;
        let (_, month, next) = self.day_and_month(at)?;
        if other.day <= day.day {
            return None;
        }
        let amount = match self.year_at(next) {
            Some(year) => Amount::Text(Day::new(year.year, month, day.day)?.iso()),
            None => self.day_of_year(i, month, day.day)?,
        };
        Some(self.dated(i, day.next, amount))
    }

    /// "March 4, 2011", "september", "oktober 2026", "2027. március 31.".
    fn month(&self, i: usize) -> Option<Draft<'a>> {
        if let Some(found) = self.shared_month(i) {
            return Some(found);
        }
        if let Some((year, 4)) = self.plain(i) {
            return self.year_month(i, year);
        }
        let (month, next) = self.month_at(i)?;
        let stop = usize::from(self.doc.is_char(next, &['.']) && self.adjoins(next));
        if let Some(day) = self.day_at(next + stop)
            && !self.token(next + stop).is_line_start()
            && self.is_day_after_month(&day)
        {
            let amount = match self.year_at(day.next) {
                Some(year) => {
                    let date = Day::new(year.year, month, day.day)?;
                    let to = self.with_day_part(year.next);
                    return Some(self.dated(i, to, Amount::Text(date.iso())));
                }
                None => self.day_of_year(i, month, day.day)?,
            };
            return Some(self.dated(i, self.with_day_part(day.next), amount));
        }
        if let Some(year) = self.year_at(next) {
            let text = format!("{:04}-{month:02}", year.year);
            return Some(self.dated(i, year.next, Amount::Text(text)));
        }
        if self.is_doubtful_month(i) {
            return None;
        }
        if self.pack.shy_months.contains(&month) && !self.is_plainly_month(i) {
            return None;
        }
        let turned = [(Role::Last, 2), (Role::Next, 1), (Role::This, 0)]
            .into_iter()
            .find(|(role, _)| i > 0 && self.role(i - 1, *role) == Some(1));
        if let (Some((_, turn)), Some(today)) = (turned, self.today) {
            let year = match turn {
                0 => today.year,
                1 => today.year + i32::from(month <= today.month),
                _ => today.year - i32::from(month >= today.month),
            };
            let text = format!("{year:04}-{month:02}");
            return Some(self.dated(i - 1, next, Amount::Text(text)));
        }
        Some(self.dated(i, next, self.month_of_year(i, month)))
    }

    /// Whether a number after a month is its day, not what comes next.
    fn is_day_after_month(&self, day: &DayPart) -> bool {
        self.pack.order != DateOrder::Dmy && (day.marked || !self.is_unit_at(day.next))
    }

    /// Whether a unit stands at a token, so that the number before it is no day or hour.
    pub(super) fn is_unit_at(&self, i: usize) -> bool {
        !self.token(i).is_line_start() && (self.unit_at(i).is_some() || self.scale(i).is_some())
    }

    fn year_month(&self, i: usize, year: u32) -> Option<Draft<'a>> {
        let mut at = i + 1;
        if self.doc.is_char(at, &['.', ',']) {
            at += 1;
        }
        at += self.role(at, Role::YearAfter).unwrap_or(0);
        at = self.skip_of(at);
        if self.token(at).is_line_start() || !(1000..2200).contains(&year) {
            return None;
        }
        if self.pack.order != DateOrder::Ymd {
            return None;
        }
        let (month, next) = self.month_at(at)?;
        let day = self
            .day_at(next)
            .filter(|_| !self.token(next).is_line_start());
        Some(match day {
            Some(day) => {
                let date = Day::new(year as i32, month, day.day)?;
                self.dated(i, day.next, Amount::Text(date.iso()))
            }
            None => self.dated(i, next, Amount::Text(format!("{year:04}-{month:02}"))),
        })
    }

    /// Whether a word that is also a month can be nothing else here.
    fn is_plainly_month(&self, i: usize) -> bool {
        let before = i.checked_sub(1);
        let after_preposition = before.is_some_and(|b| {
            self.has_class(b, Class::Preposition)
                || self.has_role(b, Role::DateOf)
                || self.has_role(b, Role::YearBefore)
                || self.has_role(b, Role::To)
                || self.has_role(b, Role::Last)
                || self.has_role(b, Role::Next)
        });
        let fits_case = !self.is_capital_language(i) || self.token(i).is_capital();
        after_preposition && fits_case
    }

    fn is_capital_language(&self, i: usize) -> bool {
        self.pack.order == DateOrder::Mdy || self.token(i).is_capital()
    }

    /// "måndagen", "i fredags", "lundi 4 mai", "Freitag, den 3. Juli", "last Friday".
    fn weekday(&self, i: usize) -> Option<Draft<'a>> {
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

    /// A relative week at a token, after "of" or the like: "next week".
    fn week_near(&self, i: usize) -> Option<(i32, usize)> {
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

    fn day_in_week(&self, week: i32, weekday: u32) -> Amount {
        let Some(today) = self.today else {
            return Amount::Unknown;
        };
        let days = 7 * i64::from(week) + i64::from(weekday) - i64::from(today.weekday());
        Amount::Text(today.plus(days).iso())
    }

    /// The number of a day after its weekday: "torsdag den 21", "saturday the 2nd".
    fn weekday_number(&self, i: usize) -> Option<(u32, usize)> {
        let article = self.has_role(i, Role::Day) || self.has_role(i, Role::DayOut);
        let day = self.day_at(i).filter(|d| d.marked && article)?;
        let ends = !self.counts_something(day.next) && !self.is_unit_at(day.next);
        (ends && !self.token(i).is_line_start()).then_some((day.day, day.next))
    }

    /// "andra onsdagen i oktober 2014", "last Friday of this month".
    fn nth_weekday(&self, i: usize) -> Option<Draft<'a>> {
        let ordinal = self.find(i, Class::OrdinalWord)?;
        let weekday = self.find(i + ordinal.len, Class::Weekday)?;
        let at = self.skip_of(i + ordinal.len + weekday.len);
        let (year, month, next) = if let Some((month, next)) = self.month_at(at) {
            match self.year_at(next) {
                Some(year) => (year.year, month, year.next),
                None => {
                    let near = nearest(self.today?, self.is_future(i), |y| Day::new(y, month, 15))?;
                    (near.year, month, next)
                }
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
    fn month_day(&self, i: usize) -> Option<Draft<'a>> {
        self.has_class(i, Class::Month)
            .then(|| self.month(i))
            .flatten()
            .filter(|d| matches!(&d.amount, Amount::Text(t) if t.len() == 10))
    }

    /// "quarta-feira (27)".
    fn bracketed_day(&self, i: usize) -> Option<(usize, Amount)> {
        let (day, _) = self.plain(i + 1)?;
        let fits = self.doc.is_char(i, &['(']) && self.doc.is_char(i + 2, &[')']);
        let fits = fits && (1..=31).contains(&day);
        fits.then(|| self.day_of_month(i, day))
            .flatten()
            .map(|amount| (i + 3, amount))
    }

    /// The date of a day of the week: `turn` 1 ahead, 2 back, else as the text around it says.
    fn weekday_near(&self, i: usize, weekday: u32, turn: u32) -> Option<Day> {
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

    /// A part of the day after a day belongs to it: "Thursday night".
    fn with_day_part(&self, i: usize) -> usize {
        if i >= self.len() || self.token(i).is_line_start() {
            return i;
        }
        i + self.role(i, Role::DayPart).unwrap_or(0)
    }

    /// "tredje kvartalet 2026", "Q3 2026", "first half of 2027".
    fn quarter(&self, i: usize) -> Option<Draft<'a>> {
        if let Some((quarter, next)) = self.short_quarter(i) {
            let year = self.year_at(next);
            let to = year.map_or(next, |y| y.next);
            return Some(self.dated(i, to, self.quarter_of(quarter, year)));
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
    fn ordinal_before_noun(&self, i: usize) -> Option<(u32, usize)> {
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
    fn short_quarter(&self, i: usize) -> Option<(u32, usize)> {
        let word = self.doc.word(i);
        let digit = word.strip_prefix(['Q', 'q', 'K', 'T'])?;
        let quarter: u32 = digit.parse().ok()?;
        let upper = word.starts_with('Q') || word.starts_with('q') || self.year_at(i + 1).is_some();
        ((1..=4).contains(&quarter) && digit.len() == 1 && upper).then_some((quarter, i + 1))
    }

    fn quarter_of(&self, quarter: u32, year: Option<Year>) -> Amount {
        Amount::Text(match year.map(|y| y.year).or(self.today.map(|t| t.year)) {
            Some(year) => format!("{year:04}-Q{quarter}"),
            None => format!("XXXX-Q{quarter}"),
        })
    }

    /// "vecka 12", "week 3 of 2027".
    fn week(&self, i: usize) -> Option<Draft<'a>> {
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

    /// "dia 1º", "el día 5": a numbered day without its month.
    fn numbered_day(&self, i: usize) -> Option<Draft<'a>> {
        let noun = self.role(i, Role::DayNoun);
        let out = self.role(i, Role::DayOut);
        let len = noun.or(out).or_else(|| self.role(i, Role::Day))?;
        let at = i + len;
        if self.doc.kind(at) != TokenKind::Number || self.token(at).is_line_start() {
            return None;
        }
        let day = self.day_at(at)?;
        let is_marked = noun.is_some() || day.marked || self.pack.order != DateOrder::Mdy;
        let ends = !self.counts_something(day.next)
            && !self.is_unit_at(day.next)
            && self.doc.kind(day.next) != TokenKind::Dash
            && !self.adjoins(day.next + 1)
            && (noun.is_some() || self.ends_clause(day.next));
        if !(is_marked && ends) {
            return None;
        }
        let amount = self.day_of_month(i, day.day)?;
        let from = if out.is_some() { at } else { i };
        Some(self.dated(from, day.next, amount))
    }

    /// Whether a clause ends before a token.
    fn ends_clause(&self, i: usize) -> bool {
        i >= self.len()
            || self.token(i).is_line_start()
            || self.doc.is_char(i, &['.', ',', '!', '?', ';', ')'])
    }

    /// "yesterday", "nästa år", "i fjol", "last week", "Christmas".
    fn relative(&self, i: usize, before: &[Draft<'a>]) -> Option<Draft<'a>> {
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

    /// A day of the week after "next week", perhaps after "on".
    fn weekday_after(&self, i: usize) -> Option<(u32, usize)> {
        let at = if self.has_class(i, Class::Weekday) {
            i
        } else {
            i + self.role(i, Role::DayOut)?
        };
        let hit = self.find(at, Class::Weekday)?;
        (!self.token(at).is_line_start()).then_some((hit.payload % 10, at + hit.len))
    }

    /// "vintern 2025/26", "estate del 2028": the year of a season.
    fn season_year(&self, i: usize) -> Option<usize> {
        if let Some(iso) = self.iso(self.skip_of(i)) {
            return Some(iso.tokens.end);
        }
        self.year_at(i).map(|y| y.next)
    }

    fn relative_to_today(&self, relative: Relative) -> Amount {
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
    fn year(&self, i: usize, before: Option<&Draft<'a>>) -> Option<Draft<'a>> {
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

    fn follows_preposition(&self, i: usize) -> bool {
        i > 0 && self.has_class(i - 1, Class::Preposition)
    }

    fn unit_follows_of(&self, i: usize) -> bool {
        self.role(i, Role::Of).is_some_and(|len| {
            [Class::Currency, Class::Unit]
                .into_iter()
                .any(|class| self.has_class(i + len, class))
        })
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

/// The year of a date.
fn year_of(draft: &Draft<'_>) -> Option<i32> {
    match &draft.amount {
        Amount::Text(text) if draft.kind == FigureType::Date => text.get(..4)?.parse().ok(),
        _ => None,
    }
}

/// A year of two or four digits.
fn full_year((value, len): (u32, usize)) -> Option<i32> {
    match len {
        4 if (1000..2200).contains(&value) => Some(value as i32),
        2 if value < 50 => Some(2000 + value as i32),
        2 => Some(1900 + value as i32),
        _ => None,
    }
}
