//! Responsible for times of day.

use super::numeral::Kind;
use super::scan::{Amount, Draft, Scan};
use crate::model::record::FigureType;
use crate::pack::figures::{ONE, Role};
use crate::text::lexicon::Class;
use crate::text::token::TokenKind;

/// Hours and minutes at a token.
#[derive(Debug, Clone, Copy)]
struct Reading {
    hour: u32,
    minute: u32,
    next: usize,
    /// Written as a time, not merely as a number.
    clear: bool,
}

impl<'a> Scan<'a> {
    /// The time of day that begins at a token.
    pub(super) fn time(&self, i: usize, before: Option<&Draft<'a>>) -> Option<Draft<'a>> {
        let clock = self.role(i, Role::Clock);
        let after_time =
            before.is_some_and(|b| b.kind == FigureType::Time && self.joins(b.tokens.end, i));
        let after_length = before.is_some_and(|b| {
            b.kind == FigureType::Duration && self.joins(b.tokens.end, i + clock.unwrap_or(0))
        });
        if after_length {
            return None;
        }
        if let Some(draft) = self.past_hour(i, i + clock.unwrap_or(0)) {
            return Some(draft);
        }
        if self.pack.half_before
            && let Some(draft) = self.half_before(i, i + clock.unwrap_or(0))
        {
            return Some(draft);
        }
        let preposition = self.role_before(i, Role::ClockPrep)
            || self.role_before(i, Role::DateOf) && self.hours_to_hours(i);
        let opened = clock.is_some() || after_time || self.role_before(i, Role::Clock);
        let at = i + clock.unwrap_or(0);
        if at > i && self.token(at).is_line_start() {
            return None;
        }
        let mut reading = self.reading(at, opened || preposition)?;
        let mut told = reading.clear;
        let mut half = None;
        let mut after = reading.next;
        if let Some(len) = self.role(after, Role::ClockAfter) {
            told = true;
            after += len;
            reading.next = after;
        }
        if let Some(len) = self.role(after, Role::Am) {
            (half, told) = (Some(false), true);
            reading.next = after + len;
        } else if let Some(len) = self.role(after, Role::Pm) {
            (half, told) = (Some(true), true);
            reading.next = after + len;
        }
        let alone =
            || opened && !self.counts_something(reading.next) && self.ends_time(reading.next);
        if !told && !alone() {
            return None;
        }
        match half {
            Some(true) if reading.hour < 12 => reading.hour += 12,
            Some(false) if reading.hour == 12 => reading.hour = 0,
            _ => {}
        }
        let text = format!("{:02}:{:02}", reading.hour % 24, reading.minute);
        Some(Draft {
            kind: FigureType::Time,
            amount: Amount::Text(text),
            unit: None,
            span: self.doc.span(self.clock_from(i, at)..reading.next),
            tokens: i..reading.next,
            scale: 1.0,
            open: false,
        })
    }

    /// "(de) 15h à 20h", "(da) 1h às 5h": an hour with its sign, up to another one.
    fn hours_to_hours(&self, i: usize) -> bool {
        let signed = |at: usize| {
            let (hour, len) = self.plain(at)?;
            let sign = self.role(at + 1, Role::HourSign)?;
            (len <= 2 && hour <= 24 && self.adjoins(at + 1)).then_some(at + 1 + sign)
        };
        let second = |joiner: usize| {
            [Role::To, Role::ClockPrep, Role::Clock]
                .into_iter()
                .find_map(|role| self.role(joiner, role))
                .and_then(|len| signed(joiner + len))
        };
        signed(i).and_then(second).is_some()
    }

    /// Where a time begins: with the word before it ("klockan tre"), or after it ("um drei Uhr").
    fn clock_from(&self, with: usize, without: usize) -> usize {
        if self.pack.clock_out { without } else { with }
    }

    /// "quarter past eight", "Viertel vor drei", "half past six".
    fn past_hour(&self, from: usize, at: usize) -> Option<Draft<'a>> {
        if !self.has_role_anywhere(Role::PastHour.bit() | Role::ToHour.bit()) {
            return None;
        }
        let part = self.find(at, Class::Fraction)?;
        let minutes = match part.payload {
            2 => 30,
            4 => 15,
            _ => return None,
        };
        let joiner = at + part.len;
        let (len, back) = match self.role(joiner, Role::PastHour) {
            Some(len) => (len, false),
            None => (self.role(joiner, Role::ToHour)?, true),
        };
        let next = joiner + len;
        if self.token(next).is_line_start() {
            return None;
        }
        let (mut hour, mut end) = self.hour_at(next)?;
        let sign = self.role(end, Role::ClockAfter);
        if sign.is_none() && self.counts_something(end) {
            return None;
        }
        end += sign.unwrap_or(0);
        if let Some(len) = self.role(end, Role::Pm) {
            end += len;
            hour += if hour < 12 { 12 } else { 0 };
        } else if let Some(len) = self.role(end, Role::Am) {
            end += len;
            hour %= 12;
        }
        let of_day = if back {
            (hour + 23) % 24 * 60 + 60 - minutes
        } else {
            hour % 24 * 60 + minutes
        };
        let text = format!("{:02}:{:02}", of_day / 60, of_day % 60);
        Some(Draft {
            kind: FigureType::Time,
            amount: Amount::Text(text),
            unit: None,
            span: self.doc.span(self.clock_from(from, at)..end),
            tokens: from..end,
            scale: 1.0,
            open: false,
        })
    }

    /// An hour in digits or words, and the token after it.
    fn hour_at(&self, i: usize) -> Option<(u32, usize)> {
        if let Some((hour, len)) = self.plain(i) {
            return (len <= 2 && (1..=24).contains(&hour)).then_some((hour, i + 1));
        }
        if !self.has_class(i, Class::NumberWord) {
            return None;
        }
        let number = self.unsigned(i)?;
        let value = number.value.value();
        let fits = (1.0..=12.0).contains(&value)
            && number.value.is_whole()
            && number.kind == Kind::Cardinal
            && !number.has_digits;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        fits.then_some((value as u32, number.next))
    }

    /// "halb acht", "klockan halv åtta": half an hour before the full one.
    fn half_before(&self, from: usize, at: usize) -> Option<Draft<'a>> {
        let half = self
            .find(at, Class::Fraction)
            .filter(|hit| hit.payload == 2)?;
        let next = at + half.len;
        let hour = match self.plain(next) {
            Some((hour, _)) => hour,
            None => self.find(next, Class::NumberWord)?.payload,
        };
        let fits = (1..=12).contains(&hour)
            && !self.token(next).is_line_start()
            && !self.counts_something(next + 1)
            && self.ends_time(next + 1);
        let text = format!(
            "{:02}:30",
            hour.checked_sub(1).filter(|h| *h > 0).unwrap_or(12)
        );
        fits.then(|| Draft {
            kind: FigureType::Time,
            amount: Amount::Text(text),
            unit: None,
            span: self.doc.span(self.clock_from(from, at)..next + 1),
            tokens: from..next + 1,
            scale: 1.0,
            open: false,
        })
    }

    /// Whether a time may end at a token: no unit and no month follows.
    fn ends_time(&self, i: usize) -> bool {
        !self.is_unit_at(i) && (self.token(i).is_line_start() || !self.has_class(i, Class::Month))
    }

    /// Whether the tokens between two places only join two ends of a range.
    pub(super) fn joins(&self, from: usize, to: usize) -> bool {
        if from >= to || self.token(to).is_line_start() {
            return false;
        }
        let whole = to - from;
        (whole == 1 && self.token(from).kind == TokenKind::Dash)
            || [Role::To, Role::And, Role::Or]
                .into_iter()
                .any(|role| self.role(from, role) == Some(whole))
    }

    fn reading(&self, i: usize, opened: bool) -> Option<Reading> {
        let token = self.token(i);
        if token.kind == TokenKind::Number {
            let word = self.doc.word(i);
            if let Some((hour, minute)) = word.split_once(':') {
                let minute = minute.split(':').next().unwrap_or("");
                let fits =
                    hour.len() <= 2 && minute.len() == 2 && !self.has_class(i + 1, Class::Currency);
                return fits.then(|| of(hour, minute, i + 1, true)).flatten();
            }
            if let Some((hour, minute)) = word.split_once('.') {
                let clear = opened
                    || self.has_role(i + 1, Role::ClockAfter)
                    || self.has_role(i + 1, Role::Am)
                    || self.has_role(i + 1, Role::Pm);
                let fits = hour.len() <= 2 && minute.len() == 2 && clear;
                return fits.then(|| of(hour, minute, i + 1, true)).flatten();
            }
            let (hour, len) = self.plain(i)?;
            if len > 2 || hour > 24 {
                return None;
            }
            return Some(self.with_minutes(hour, i + 1, opened));
        }
        let (hour, next) = self.hour_in_words(i, opened)?;
        // "dvě hodiny" is a length too.
        let told = self.has_role(next, Role::ClockAfter) && !self.has_class(next, Class::TimeUnit);
        if !(1..=24).contains(&hour) || !opened && !told {
            return None;
        }
        let (minute, next) = self.minutes_in_words(next).unwrap_or((0, next));
        Some(Reading {
            hour,
            minute,
            next,
            clear: minute > 0,
        })
    }

    /// An hour in words, and the token after it.
    fn hour_in_words(&self, i: usize, opened: bool) -> Option<(u32, usize)> {
        let hit = self.find(i, Class::NumberWord)?;
        let word = if hit.payload >= ONE { 1 } else { hit.payload };
        let first = (word, i + hit.len);
        if !opened || word > 20 {
            return Some(first);
        }
        let number = self.unsigned(i)?;
        let value = number.value.value();
        let fits = (1.0..=24.0).contains(&value)
            && number.value.is_whole()
            && number.kind == Kind::Cardinal
            && !number.has_digits;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        Some(if fits {
            (value as u32, number.next)
        } else {
            first
        })
    }

    /// "(ocho) y media", "(sette) e trenta": minutes in words after an hour in words.
    fn minutes_in_words(&self, i: usize) -> Option<(u32, usize)> {
        let at = i + self.role(i, Role::And)?;
        if self.token(at).is_line_start() {
            return None;
        }
        if let Some(part) = self.find(at, Class::Fraction) {
            let minutes = match part.payload {
                2 => 30,
                4 => 15,
                _ => return None,
            };
            return Some((minutes, at + part.len));
        }
        let number = self.unsigned(at)?;
        let value = number.value.value();
        let fits = (10.0..60.0).contains(&value)
            && number.value.is_whole()
            && number.kind == Kind::Cardinal
            && number.tail.is_none()
            && !self.counts_something(number.next)
            && !self.is_unit_at(number.next);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        fits.then_some((value as u32, number.next))
    }

    /// "11 h 20", "20 heures", "3時20分", or only the hour.
    fn with_minutes(&self, hour: u32, at: usize, opened: bool) -> Reading {
        let bare = Reading {
            hour,
            minute: 0,
            next: at,
            clear: false,
        };
        // "6h40" is cut after the digits.
        if let Some(minutes) = self.doc.word(at).strip_prefix(['h', 'H'])
            && self.adjoins(at)
            && minutes.len() == 2
            && let Ok(minute) = minutes.parse::<u32>()
            && minute < 60
        {
            return Reading {
                hour,
                minute,
                next: at + 1,
                clear: opened,
            };
        }
        let Some(len) = self.role(at, Role::HourSign) else {
            return bare;
        };
        let next = at + len;
        let minutes = self
            .plain(next)
            .filter(|(m, digits)| *m < 60 && *digits == 2 && !self.token(next).is_line_start());
        match minutes {
            Some((minute, _)) => {
                let next = next + 1;
                let sign = self.role(next, Role::MinuteSign);
                Reading {
                    hour,
                    minute,
                    next: next + sign.unwrap_or(0),
                    clear: opened || sign.is_some(),
                }
            }
            None => Reading {
                hour,
                minute: 0,
                next,
                clear: opened,
            },
        }
    }
}

fn of(hour: &str, minute: &str, next: usize, clear: bool) -> Option<Reading> {
    let (hour, minute) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour <= 24 && minute < 60).then_some(Reading {
        hour,
        minute,
        next,
        clear,
    })
}
