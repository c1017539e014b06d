//! Responsible for dates with a day and the name of a month, and for the year that a date without
//! one means.

use super::calendar::{Day, nearest};
use super::numeral::Kind;
use super::scan::{Amount, Draft, Scan};
use crate::model::record::FigureType;
use crate::pack::figures::{ABBREVIATED, DateOrder, Relative, Role};
use crate::text::lexicon::Class;
use crate::text::token::TokenKind;

/// How many tokens around a date tell whether it lies ahead.
const WINDOW: usize = 12;

/// A day of the month at a token.
#[derive(Debug, Clone, Copy)]
pub(super) struct DayPart {
    /// 1 to 31.
    pub day: u32,
    /// The token after it.
    pub next: usize,
    /// It has the mark of an ordinal or an article.
    pub marked: bool,
}

/// A year after a date.
#[derive(Debug, Clone, Copy)]
pub(super) struct Year {
    /// The year.
    pub year: i32,
    /// The token after it.
    pub next: usize,
}

impl<'a> Scan<'a> {
    /// The date that begins at a token.
    pub(super) fn date(&self, i: usize, before: &[Draft<'a>]) -> Option<Draft<'a>> {
        let is_number = self.token(i).kind == TokenKind::Number;
        let in_digits = || self.iso(i).or_else(|| self.digit_date(i));
        if let Some(found) = is_number.then(in_digits).flatten() {
            return Some(found);
        }
        self.signed_date(i)
            .or_else(|| self.nth_weekday(i))
            .or_else(|| self.weekday(i))
            .or_else(|| self.day_month(i))
            .or_else(|| self.month(i))
            .or_else(|| self.quarter(i))
            .or_else(|| self.week(i))
            .or_else(|| self.numbered_day(i))
            .or_else(|| self.relative(i, before))
            .or_else(|| self.year(i, before.last()))
    }

    pub(super) fn dated(&self, from: usize, to: usize, amount: Amount) -> Draft<'a> {
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
    pub(super) fn is_future(&self, i: usize) -> bool {
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
    pub(super) fn tense(&self, i: usize) -> Option<bool> {
        if self.has_role(i, Role::Future) {
            return Some(true);
        }
        // "is to be held": the word before tells.
        let ahead = (1..=2.min(i)).any(|back| self.has_role(i - back, Role::Future));
        self.has_role(i, Role::Past).then_some(ahead)
    }

    /// The date of a day and month without a year.
    pub(super) fn day_of_year(&self, i: usize, month: u32, day: u32) -> Option<Amount> {
        Day::new(2024, month, day)?;
        Some(Amount::Text(match self.today {
            Some(today) => {
                nearest(today, self.is_future(i), |year| Day::new(year, month, day))?.iso()
            }
            None => format!("XXXX-{month:02}-{day:02}"),
        }))
    }

    pub(super) fn month_of_year(&self, i: usize, month: u32) -> Amount {
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
    pub(super) fn day_of_month(&self, i: usize, day: u32) -> Option<Amount> {
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
    pub(super) fn day_at(&self, i: usize) -> Option<DayPart> {
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
                if self.token(next).is_word() && self.is_ordinal_ending(next)
                    || self.doc.is_char(next, &['º', 'ª'])
                    || self.pack.ordinal_degree && self.doc.is_char(next, &['\u{b0}'])
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
    pub(super) fn month_at(&self, i: usize) -> Option<(u32, usize)> {
        if self.token(i).is_line_start() && i > 0 && !self.has_class(i, Class::Month) {
            return None;
        }
        let hit = self.find(i, Class::Month)?;
        Some((hit.payload % ABBREVIATED, i + hit.len))
    }

    /// Whether the month at a token is only an abbreviation, or a word for a number too.
    pub(super) fn is_doubtful_month(&self, i: usize) -> bool {
        let short = self
            .find(i, Class::Month)
            .is_some_and(|hit| hit.payload > ABBREVIATED);
        short || self.has_class(i, Class::NumberWord)
    }

    pub(super) fn skip_of(&self, i: usize) -> usize {
        i + self.role(i, Role::DateOf).unwrap_or(0)
    }

    /// A year after a month: "2026", ", 2026", "de 2026", "nästa år".
    pub(super) fn year_at(&self, i: usize) -> Option<Year> {
        let mut at = i;
        if self.doc.is_char(at, &['.', ',']) && self.adjoins(at) || self.doc.is_char(at, &[',']) {
            at += 1;
        }
        // "23/Sep/2020", "3-Ott-2020".
        if self.doc.is_char(at, &['-', '/']) && self.adjoins(at) && self.adjoins(at + 1) {
            at += 1;
        }
        at = self.skip_of(at);
        at += self.role(at, Role::YearBefore).unwrap_or(0);
        if self.token(at).is_line_start() {
            return None;
        }
        if let Some(year) = self.year_in_words(at) {
            return Some(year);
        }
        if let Some((year, 4)) = self.plain(at)
            && (1000..2200).contains(&year)
        {
            let next = at + 1;
            let next = next + self.role(next, Role::YearAfter).unwrap_or(0);
            return Some(Year {
                year: year.cast_signed(),
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

    /// "duemiladiciotto", "mil novecientos noventa y dos", after a date.
    fn year_in_words(&self, i: usize) -> Option<Year> {
        let begins = self.is_class_any(i, Class::NumberWord.bit() | Class::Scale.bit())
            || self.token(i).is_word() && self.pack.pieces.may_start(self.doc.word(i).as_bytes());
        let number = begins.then(|| self.unsigned(i)).flatten()?;
        let value = number.value.value();
        let fits = (1000.0..2200.0).contains(&value)
            && number.value.is_whole()
            && number.kind == Kind::Cardinal
            && !number.has_digits
            && number.tail.is_none()
            && value % 1000.0 > 0.0;
        #[allow(clippy::cast_possible_truncation)]
        (fits && !self.counts_something(number.next)).then_some(Year {
            year: value as i32,
            next: number.next,
        })
    }

    /// "den 1 juli 2027", "1. juli", "1 de julio de 2026", "second of Aug".
    pub(super) fn day_month(&self, i: usize) -> Option<Draft<'a>> {
        let (day, month, next) = self.day_and_month(i)?;
        let i = i + self.role(i, Role::DayOut).unwrap_or(0);
        Some(if let Some(year) = self.year_at(next) {
            let date = Day::new(year.year, month, day)?;
            self.dated(i, self.with_day_part(year.next), Amount::Text(date.iso()))
        } else {
            let amount = self.day_of_year(i, month, day)?;
            let to = self.short_year(next).map_or(next, |y| y.next);
            self.dated(i, self.with_day_part(to), amount)
        })
    }

    /// Two digits after an apostrophe are left with the date.
    pub(super) fn short_year(&self, i: usize) -> Option<Year> {
        let (_, len) = self.plain(i + 1)?;
        let apostrophe = self.doc.is_char(i, &['\'', '\u{2019}']) && self.adjoins(i + 1);
        (apostrophe && len == 2).then_some(Year {
            year: 0,
            next: i + 2,
        })
    }

    /// Day and month from a token on, the day perhaps the first of two ("13-15 juli").
    pub(super) fn day_and_month(&self, i: usize) -> Option<(u32, u32, usize)> {
        if !self.has_anywhere(Class::Month) {
            return None;
        }
        let day = self.day_at(i)?;
        let of = self.skip_of(day.next);
        let of = if self.doc.is_char(of, &['-', '/']) && self.adjoins(of) && self.adjoins(of + 1) {
            of + 1
        } else {
            of
        };
        if of < self.len()
            && !self.token(of).is_line_start()
            && let Some((month, next)) = self.month_at(of)
        {
            return Some((day.day, month, next));
        }
        None
    }

    /// The day before a joiner that shares month and year with the one after it.
    pub(super) fn shared_month(&self, i: usize) -> Option<Draft<'a>> {
        if !self.has_anywhere(Class::Month) {
            return None;
        }
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
    pub(super) fn month(&self, i: usize) -> Option<Draft<'a>> {
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
    pub(super) fn is_day_after_month(&self, day: &DayPart) -> bool {
        self.pack.order != DateOrder::Dmy && (day.marked || !self.is_unit_at(day.next))
    }

    /// Whether a unit stands at a token, so that the number before it is no day or hour.
    pub(super) fn is_unit_at(&self, i: usize) -> bool {
        !self.token(i).is_line_start() && (self.unit_at(i).is_some() || self.scale(i).is_some())
    }

    pub(super) fn year_month(&self, i: usize, year: u32) -> Option<Draft<'a>> {
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
                let date = Day::new(year.cast_signed(), month, day.day)?;
                self.dated(i, day.next, Amount::Text(date.iso()))
            }
            None => self.dated(i, next, Amount::Text(format!("{year:04}-{month:02}"))),
        })
    }

    /// Whether a word that is also a month can be nothing else here.
    pub(super) fn is_plainly_month(&self, i: usize) -> bool {
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

    pub(super) fn is_capital_language(&self, i: usize) -> bool {
        self.pack.order == DateOrder::Mdy || self.token(i).is_capital()
    }

    /// A part of the day after a day belongs to it: "Thursday night".
    pub(super) fn with_day_part(&self, i: usize) -> usize {
        if i >= self.len() || self.token(i).is_line_start() {
            return i;
        }
        i + self.role(i, Role::DayPart).unwrap_or(0)
    }

    /// "dia 1º", "el día 5": a numbered day without its month.
    pub(super) fn numbered_day(&self, i: usize) -> Option<Draft<'a>> {
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
    pub(super) fn ends_clause(&self, i: usize) -> bool {
        i >= self.len()
            || self.token(i).is_line_start()
            || self.doc.is_char(i, &['.', ',', '!', '?', ';', ')'])
    }
}
