//! Responsible for `figures.toml`: number words, units, currencies, dates and the small words between
//! them. Signs that all languages share stand in `lang/shared/figures.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

pub use super::beginnings::Beginnings;
use super::forms::Forms;
pub use super::measures::{Measure, Measured, Piece, Relative};
pub use super::roles::Role;
use super::source::SectionText;
use crate::error::Error;
use crate::text::fold::fold;
use crate::text::lexicon::Class;

/// The order of day, month and year in a date that is written with digits only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateOrder {
    /// 31.12.2026.
    #[default]
    Dmy,
    /// 12/31/2026.
    Mdy,
    /// 2026/12/31.
    Ymd,
}

/// What `figures.toml` says beyond the lexicon.
#[derive(Debug, Clone, Default)]
pub struct FigurePack {
    /// The decimal sign.
    pub decimal: char,
    /// What may stand between groups of digits.
    pub groups: String,
    /// The order of dates in digits.
    pub order: DateOrder,
    /// The currency of the land.
    pub currency: Option<String>,
    /// Numbers of three and more digits are written by myriads or lakhs too.
    pub twenties: bool,
    /// The unit stands before the ten ("fünfundzwanzig").
    pub units_first: bool,
    /// A full stop after digits makes them an ordinal.
    pub ordinal_stop: bool,
    /// Units of measure, currencies and the like by payload.
    pub measures: Vec<Measured>,
    /// Factors by payload of [`Class::Scale`], with the spelling that is asked for.
    pub scales: Vec<(f64, Option<Box<str>>)>,
    /// Relative dates by payload.
    pub relatives: Vec<Relative>,
    /// Pieces of numbers that are written together.
    pub pieces: Beginnings<Piece>,
    /// What may follow a number inside its word, or after a hyphen; the rest of the word is free.
    pub tails: Beginnings<usize>,
    /// Endings of ordinals after digits or number words, folded.
    pub ordinal_endings: Vec<String>,
    /// Those endings stand after digits and hyphens only.
    pub digit_endings: bool,
    /// Endings that an ordinal or a fraction written together may take ("sekstendedels"), folded.
    pub piece_endings: Vec<String>,
    /// What makes a number written together a denominator ("treintavos"), folded.
    pub denominator_endings: Vec<String>,
    /// A scale word alone is one of its kind, not many.
    pub lone_scale: bool,
    /// Nouns take endings that stand outside a figure.
    pub particles: bool,
    /// An ordinal after a number in words divides it ("trois cinquièmes").
    pub ordinal_denominators: bool,
    /// The degree sign after a number makes it an ordinal too ("1° maggio").
    pub ordinal_degree: bool,
    /// Number words of one or two syllables are other words too.
    pub weak_syllables: bool,
    /// A digit right after a scale counts tenths of it ("四百五" is 450).
    pub short_tens: bool,
    /// The word before a time of day is no part of it ("um drei Uhr").
    pub clock_out: bool,
    /// "Half eight" is half past seven.
    pub half_before: bool,
    /// "Million" takes "of" before what it counts.
    pub million_of: bool,
    /// Names of months that are also other words.
    pub shy_months: Vec<u32>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Source {
    decimal: Option<char>,
    groups: Option<String>,
    order: Option<DateOrder>,
    currency: Option<String>,
    twenties: bool,
    units_first: bool,
    ordinal_stop: bool,
    glue: bool,
    particles: bool,
    million_of: bool,
    half_before: bool,
    ordinal_denominators: bool,
    ordinal_degree: bool,
    weak_syllables: bool,
    short_tens: bool,
    clock_out: bool,
    shy_months: Vec<u32>,
    ordinal_endings: Vec<String>,
    piece_endings: Vec<String>,
    denominator_endings: Vec<String>,
    lone_scale: bool,
    digit_endings: bool,
    weekday_tails: Vec<String>,
    month_tails: Vec<String>,
    articles: Vec<String>,
    one: Vec<String>,
    joiners: Vec<String>,
    numbers: BTreeMap<String, Vec<String>>,
    pieces: BTreeMap<String, Vec<String>>,
    scales: BTreeMap<String, Vec<String>>,
    ordinals: BTreeMap<String, Vec<String>>,
    fractions: BTreeMap<String, Vec<String>>,
    percent: BTreeMap<String, Vec<String>>,
    currencies: BTreeMap<String, Vec<String>>,
    units: BTreeMap<String, Vec<String>>,
    times: BTreeMap<String, Vec<String>>,
    tails: BTreeMap<String, Vec<String>>,
    months: BTreeMap<String, Vec<String>>,
    weekdays: BTreeMap<String, Vec<String>>,
    relative: BTreeMap<String, Vec<String>>,
    approx: BTreeMap<String, Vec<String>>,
    movers: BTreeMap<String, Vec<String>>,
    roles: BTreeMap<String, Vec<String>>,
}

/// The payload of a number word that is also an article: it counts only before a unit.
pub const ARTICLE: u32 = u32::MAX;
/// Added to the payload of a month's abbreviation.
pub const ABBREVIATED: u32 = 20;
/// Payloads from here on count halves ("anderthalb").
pub const HALVES: u32 = 1 << 31;
/// The payload of a number word for one that is also a pronoun.
pub const ONE: u32 = u32::MAX - 1;

impl FigurePack {
    /// Reads `figures.toml` and the signs shared by all packs, and registers their words.
    ///
    /// # Errors
    /// [`Error::Pack`] with line and column, or naming the key that does not fit.
    pub fn parse(
        section: &SectionText,
        shared: &SectionText,
        forms: &mut Forms<'_>,
    ) -> Result<Self, Error> {
        let own: Source = section.toml()?;
        let common: Source = shared.toml()?;
        let mut pack = Self {
            decimal: own.decimal.unwrap_or('.'),
            groups: own.groups.clone().unwrap_or_default(),
            order: own.order.unwrap_or_default(),
            currency: own.currency.clone(),
            twenties: own.twenties,
            units_first: own.units_first,
            ordinal_stop: own.ordinal_stop,
            particles: own.particles,
            million_of: own.million_of,
            half_before: own.half_before,
            ordinal_denominators: own.ordinal_denominators,
            ordinal_degree: own.ordinal_degree,
            weak_syllables: own.weak_syllables,
            short_tens: own.short_tens,
            clock_out: own.clock_out,
            shy_months: own.shy_months.clone(),
            ordinal_endings: own.ordinal_endings.clone(),
            piece_endings: own.piece_endings.clone(),
            denominator_endings: own.denominator_endings.clone(),
            lone_scale: own.lone_scale,
            digit_endings: own.digit_endings,
            ..Self::default()
        };
        let mut roles = BTreeMap::new();
        for (source, file) in [(&own, section), (&common, shared)] {
            pack.numbers(source, file, forms)?;
            pack.measures(source, file, forms)?;
            pack.dates(source, file, forms)?;
            collect_roles(source, file, &mut roles)?;
        }
        for (form, bits) in roles {
            // Payloads are 32 bits wide, so two entries carry the two halves.
            #[allow(clippy::cast_possible_truncation)]
            for (class, half) in [
                (Class::FigureWord, bits as u32),
                (Class::DayPart, (bits >> 32) as u32),
            ] {
                if half != 0 {
                    forms.add(form, class, half);
                }
            }
        }
        Ok(pack)
    }

    fn numbers(
        &mut self,
        source: &Source,
        file: &SectionText,
        forms: &mut Forms<'_>,
    ) -> Result<(), Error> {
        let case = forms.case();
        for (key, list) in &source.numbers {
            let value = number(key, file)?;
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let payload = if value.fract() > 0.0 {
                HALVES + (value * 2.0) as u32
            } else {
                value as u32
            };
            forms.add_all(list, Class::NumberWord, payload);
            self.add_pieces(source.glue, list, Piece::Value(value), case);
        }
        for (key, list) in &source.pieces {
            self.add_pieces(true, list, Piece::Value(number(key, file)?), case);
        }
        forms.add_all(&source.articles, Class::NumberWord, ARTICLE);
        forms.add_all(&source.one, Class::NumberWord, ONE);
        self.add_pieces(source.glue, &source.articles, Piece::Value(1.0), case);
        self.add_pieces(source.glue, &source.one, Piece::Value(1.0), case);
        self.add_pieces(true, &source.joiners, Piece::Joiner, case);
        for (key, list) in &source.scales {
            let value = number(key, file)?;
            for form in list {
                let (form, exact) = cased(form);
                forms.add(form, Class::Scale, self.scales.len() as u32);
                self.scales.push((value, exact));
            }
            self.add_pieces(source.glue, list, Piece::Scale(value), case);
        }
        for (key, list) in &source.ordinals {
            let value = number(key, file)?;
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            forms.add_all(list, Class::OrdinalWord, value as u32);
            self.add_pieces(source.glue, list, Piece::Ordinal(value), case);
        }
        for (key, list) in &source.fractions {
            let value = number(key, file)?;
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            forms.add_all(list, Class::Fraction, value as u32);
            self.add_pieces(source.glue, list, Piece::Fraction(value), case);
        }
        Ok(())
    }

    fn add_pieces(
        &mut self,
        wanted: bool,
        list: &[String],
        piece: Piece,
        case: crate::text::fold::CaseRule,
    ) {
        for form in list
            .iter()
            .filter(|f| wanted && !f.contains(['*', ' ', '=']))
        {
            self.pieces.insert(&fold(form, case), piece);
        }
    }

    fn measures(
        &mut self,
        source: &Source,
        file: &SectionText,
        forms: &mut Forms<'_>,
    ) -> Result<(), Error> {
        type Names = BTreeMap<String, Vec<String>>;
        type Make = fn(String) -> Measure;
        let groups: [(&Names, Make, Class); 4] = [
            (&source.percent, Measure::Percent, Class::PercentWord),
            (&source.currencies, Measure::Money, Class::Currency),
            (&source.units, Measure::Unit, Class::Unit),
            (&source.times, Measure::Time, Class::TimeUnit),
        ];
        for (map, make, class) in groups {
            for (key, list) in map {
                let (name, times, over) = factor(key, file)?;
                for form in list {
                    let (form, exact) = cased(form);
                    let measure = make(name.to_owned());
                    forms.add(form, class, self.measures.len() as u32);
                    self.measures.push(Measured {
                        measure,
                        times,
                        over,
                        exact,
                    });
                }
            }
        }
        let case = forms.case();
        for (key, list) in &source.tails {
            let (name, times, over) = factor(key, file)?;
            let (kind, unit) = name.split_once(':').unwrap_or((name, ""));
            let unit = unit.to_owned();
            let measure = match kind {
                "age" => Measure::Age(unit),
                "time" => Measure::Time(unit),
                "unit" => Measure::Unit(unit),
                "money" => Measure::Money(unit),
                "percent" => Measure::Percent(if unit.is_empty() { "%".into() } else { unit }),
                "count" => Measure::Count,
                "decade" => Measure::Decade,
                "ordinal" => Measure::Ordinal,
                "parts" => Measure::Parts,
                _ => return Err(file.error(format!("tails: unknown kind in {key:?}"))),
            };
            for form in list {
                self.tails.insert(&fold(form, case), self.measures.len());
            }
            self.measures.push(Measured {
                measure,
                times,
                over,
                exact: None,
            });
        }
        Ok(())
    }

    fn dates(
        &mut self,
        source: &Source,
        file: &SectionText,
        forms: &mut Forms<'_>,
    ) -> Result<(), Error> {
        for (key, list) in &source.months {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let month = number(key, file)? as u32;
            let full = list.first().map_or(0, |form| form.chars().count());
            for form in list {
                let len = form.trim_end_matches('.').chars().count();
                let is_prefix = list
                    .first()
                    .is_some_and(|f| f.starts_with(form.trim_end_matches('.')));
                let is_short = len < full && (is_prefix || len <= 3);
                let payload = month + if is_short { ABBREVIATED } else { 0 };
                let one = std::slice::from_ref(form);
                add_with_tails(forms, one, &source.month_tails, Class::Month, payload);
            }
        }
        for (key, list) in &source.weekdays {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let payload = match number(key, file)? {
                day if day < 0.0 => 20 + -day as u32,
                day => day as u32,
            };
            add_with_tails(forms, list, &source.weekday_tails, Class::Weekday, payload);
        }
        for (key, list) in &source.relative {
            let relative = relative(key)
                .ok_or_else(|| file.error(format!("relative: unknown key {key:?}")))?;
            forms.add_all(list, Class::RelativeDay, self.relatives.len() as u32);
            self.relatives.push(relative);
        }
        for (key, list) in &source.approx {
            let payload = match key.as_str() {
                "about" => 0,
                "over" => 1,
                "under" => 2,
                _ => return Err(file.error(format!("approx: unknown key {key:?}"))),
            };
            forms.add_all(list, Class::Approximator, payload);
        }
        for (key, list) in &source.movers {
            let payload = match key.as_str() {
                "up" => 0,
                "down" => 1,
                _ => return Err(file.error(format!("movers: unknown key {key:?}"))),
            };
            forms.add_all(list, Class::Mover, payload);
        }
        Ok(())
    }
}

fn add_with_tails(
    forms: &mut Forms<'_>,
    list: &[String],
    tails: &[String],
    class: Class,
    payload: u32,
) {
    forms.add_all(list, class, payload);
    for form in list.iter().filter(|f| !f.contains(['*', ' ', '.'])) {
        for tail in tails {
            forms.add(&format!("{form}{tail}*"), class, payload);
            forms.add(&format!("{form}{tail}"), class, payload);
        }
    }
}

fn collect_roles<'s>(
    source: &'s Source,
    file: &SectionText,
    roles: &mut BTreeMap<&'s str, u64>,
) -> Result<(), Error> {
    for (key, list) in &source.roles {
        let role = Role::KEYS
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, role)| role)
            .ok_or_else(|| file.error(format!("roles: unknown key {key:?}")))?;
        for form in list {
            *roles.entry(form).or_default() |= role.bit();
        }
    }
    Ok(())
}

/// A form with its exact spelling, when it begins with `=`.
fn cased(form: &str) -> (&str, Option<Box<str>>) {
    match form.strip_prefix('=') {
        Some(exact) if !exact.is_empty() => (exact, Some(exact.into())),
        _ => (form, None),
    }
}

fn number(key: &str, file: &SectionText) -> Result<f64, Error> {
    key.parse()
        .map_err(|_| file.error(format!("{key:?} is not a number")))
}

/// A key with a factor: `EUR/100` for cents, `day*14` for a fortnight.
fn factor<'k>(key: &'k str, file: &SectionText) -> Result<(&'k str, f64, f64), Error> {
    if let Some((name, times)) = key.split_once('*') {
        return Ok((name, number(times, file)?, 1.0));
    }
    match key.rsplit_once('/') {
        Some((name, over)) if over.starts_with(|c: char| c.is_ascii_digit()) => {
            Ok((name, 1.0, number(over, file)?))
        }
        _ => Ok((key, 1.0, 1.0)),
    }
}

fn relative(key: &str) -> Option<Relative> {
    if key == "vague" {
        return Some(Relative::Vague);
    }
    if let Some((month, day)) = key.split_once('/') {
        return Some(Relative::Fixed(month.parse().ok()?, day.parse().ok()?));
    }
    let at = key.find(['+', '-'])?;
    let offset: i32 = key.get(at..)?.parse().ok()?;
    Some(match key.get(..at)? {
        "day" => Relative::Day(offset),
        "week" => Relative::Week(offset),
        "weekend" => Relative::Weekend(offset),
        "month" => Relative::Month(offset),
        "quarter" => Relative::Quarter(offset),
        "half" => Relative::HalfYear(offset),
        "year" => Relative::Year(offset),
        "then" => Relative::Then(offset),
        "easter" => Relative::Easter(offset),
        "hour" => Relative::Hour(offset.unsigned_abs()),
        _ => return None,
    })
}
