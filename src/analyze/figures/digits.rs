//! Responsible for what a run of digits means, by the separators that a language uses.

use crate::text::tokenize::digit_value;

/// A number as a fraction of two whole numbers, so that no step before the last one rounds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Ratio {
    /// The numerator.
    pub num: f64,
    /// The denominator.
    pub den: f64,
}

impl Ratio {
    /// A whole number.
    pub(super) const fn whole(num: f64) -> Self {
        Self { num, den: 1.0 }
    }

    /// The sum.
    pub(super) fn plus(self, other: Self) -> Self {
        if self.den.total_cmp(&other.den).is_eq() {
            return Self {
                num: self.num + other.num,
                den: self.den,
            };
        }
        Self {
            num: self.num * other.den + other.num * self.den,
            den: self.den * other.den,
        }
    }

    /// The product with a fraction.
    pub(super) fn times(self, num: f64, den: f64) -> Self {
        Self {
            num: self.num * num,
            den: self.den * den,
        }
    }

    /// The value. Small fractions that do not end are given to three decimals, as people write them.
    pub(super) fn value(self) -> f64 {
        let value = self.num / self.den;
        let endless = self.den > 2.0 && self.den < 10.0 && (value * 1000.0).fract() != 0.0;
        if endless {
            (value * 1000.0).round() / 1000.0
        } else {
            value
        }
    }

    /// Whether it is a whole number.
    pub(super) fn is_whole(self) -> bool {
        (self.num % self.den).abs() < f64::EPSILON
    }
}

/// A run of digits that was understood.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Digits {
    /// The value.
    pub value: Ratio,
    /// How many digits stand before the decimal sign.
    pub len: usize,
    /// Whether there are only digits.
    pub plain: bool,
}

/// Most digits that a number may have.
const MOST: usize = 18;

/// The value of digits with separators, or nothing when they are not one number (a version, a date).
pub(super) fn digits(text: &str, decimal: char, groups: &str) -> Option<Digits> {
    let mut parts: [(u64, usize); 8] = [(0, 0); 8];
    let mut signs = ['\0'; 8];
    let mut count = 0;
    for c in text.chars() {
        if let Some(d) = digit_value(c) {
            let (value, len) = &mut parts[count];
            *value = value.checked_mul(10)?.checked_add(u64::from(d))?;
            *len += 1;
        } else {
            signs[count] = plain_sign(c);
            count += 1;
            if count == parts.len() {
                return None;
            }
        }
    }
    let (parts, signs) = (&parts[..=count], &signs[..count]);
    let total: usize = parts.iter().map(|p| p.1).sum();
    if total == 0 || total > MOST {
        return None;
    }
    let (whole, fraction) = if split(parts, signs, decimal, groups)? {
        (&parts[..count], Some(parts[count]))
    } else {
        (parts, None)
    };
    let mut num = whole
        .iter()
        .fold(0.0, |sum, (value, len)| sum * power(*len) + exact(*value));
    let mut den = 1.0;
    if let Some((value, len)) = fraction {
        den = power(len);
        num = num * den + exact(value);
    }
    Some(Digits {
        value: Ratio { num, den },
        len: whole.iter().map(|p| p.1).sum(),
        plain: count == 0,
    })
}

/// The separators of all scripts under one form each.
const fn plain_sign(c: char) -> char {
    match c {
        '٫' | '\u{ff0c}' => ',',
        '٬' | '\u{2019}' => '\'',
        '\u{ff0e}' => '.',
        _ => c,
    }
}

/// Whether the last part is a decimal fraction; nothing when the parts do not make one number.
fn split(parts: &[(u64, usize)], signs: &[char], decimal: char, groups: &str) -> Option<bool> {
    let Some((last, rest)) = signs.split_last() else {
        return Some(false);
    };
    if matches!(last, ':') {
        return None;
    }
    let first_fits = (1..=3).contains(&parts[0].1);
    let grouped = |parts: &[(u64, usize)]| {
        // Indian groups have two digits before the last three.
        first_fits
            && parts.split_last().is_some_and(|(end, middle)| {
                end.1 == 3 && middle.iter().all(|p| p.1 == 3 || p.1 == 2)
            })
    };
    let last_len = parts[parts.len() - 1].1;
    if let Some(first) = rest.first() {
        if first == last {
            return (rest.iter().all(|s| s == first) && grouped(&parts[1..])).then_some(false);
        }
        let uniform = rest.iter().all(|s| s == first);
        return (uniform && *last != '\'' && grouped(&parts[1..parts.len() - 1])).then_some(true);
    }
    let groups_here = *last == '\'' || groups.contains(*last);
    let starts_plain = parts[0].0 != 0;
    if last_len == 3 && first_fits && starts_plain && (groups_here || *last != decimal) {
        return Some(false);
    }
    (*last != '\'').then_some(true)
}

/// A part of a number as a float, which rounds beyond the sixteenth digit.
#[expect(
    clippy::cast_precision_loss,
    reason = "figures are written with far fewer digits than a float holds"
)]
fn exact(part: u64) -> f64 {
    part as f64
}

fn power(len: usize) -> f64 {
    10f64.powi(i32::try_from(len).unwrap_or(i32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, decimal: char, groups: &str) -> Option<f64> {
        digits(text, decimal, groups).map(|d| d.value.value())
    }

    #[test]
    #[allow(clippy::float_cmp)]
    fn separators_by_language() {
        assert_eq!(read("1.200,50", ',', "."), Some(1200.5));
        assert_eq!(read("1,200.50", '.', ","), Some(1200.5));
        assert_eq!(read("1.920", ',', "."), Some(1920.0));
        assert_eq!(read("1.920", '.', ","), Some(1.92));
        assert_eq!(read("0.920", ',', "."), Some(0.92));
        assert_eq!(read("28'000", '.', "'"), Some(28000.0));
        assert_eq!(read("12,34,567", '.', ","), Some(1_234_567.0));
        assert_eq!(read("4,50", ',', "."), Some(4.5));
        assert_eq!(read("٣٫٥", '.', ","), Some(3.5));
        assert_eq!(read("3.11.2", ',', "."), None);
        assert_eq!(read("18:52", ',', "."), None);
        assert_eq!(read("2.35", ',', "."), Some(2.35));
    }
}
