//! Responsible for parts of a whole in digits and signs: "3/4", "2½", ".08", "6:50 kronor".

use super::builder::Builder;
use super::digits::Ratio;
use super::numeral::{Kind, Numeral, Weak};
use super::scan::{Scan, is_vulgar, vulgar};
use crate::pack::figures::{ARTICLE, HALVES, ONE, Role};
use crate::text::lexicon::Class;
use crate::text::token::TokenKind;

impl Scan<'_> {
    /// A share at a token, after a number that leaves so much room: "a quarter", "two thirds".
    pub(super) fn share_at(&self, i: usize, room: f64) -> Option<(Ratio, usize)> {
        if let Some(hit) = self.find(i, Class::Fraction) {
            let den = f64::from(hit.payload);
            return Some((Ratio { num: 1.0, den }, i + hit.len));
        }
        let number = self.find(i, Class::NumberWord)?;
        let num = match number.payload {
            ARTICLE | ONE => 1.0,
            HALVES.. => return None,
            value => f64::from(value),
        };
        let at = i + number.len;
        // "treinta y dos quintos": what goes on the number is no numerator.
        if self.pack.ordinal_denominators && num < room && room <= 10.0 {
            return None;
        }
        let ordinal = || {
            let hit = self.find(at, Class::OrdinalWord)?;
            let counts = self.counts_something(at + hit.len) && num < 2.0;
            (self.pack.ordinal_denominators && hit.payload > 2 && !counts).then_some(hit)
        };
        let hit = self.find(at, Class::Fraction).or_else(ordinal)?;
        let den = f64::from(hit.payload);
        (num < den).then_some((Ratio { num, den }, at + hit.len))
    }

    /// "veinte con tres quintos": a share after the word that else opens decimals.
    pub(super) fn share_after_point(
        &self,
        at: usize,
        first: usize,
        build: &Builder,
    ) -> Option<(Ratio, usize)> {
        let len = self.role(at, Role::Point).filter(|_| at > first)?;
        let spoken = self.pack.ordinal_denominators && !build.is_empty();
        spoken.then(|| self.share_at(at + len, 0.0)).flatten()
    }

    /// A number, or a sign for a fraction.
    pub(super) fn any_numeral(&self, i: usize) -> Option<Numeral> {
        let word = self.doc.word(i);
        if is_vulgar(word) {
            let value = word.chars().next().and_then(vulgar)?;
            return Some(Numeral {
                value,
                span: self.token(i).span(),
                next: i + 1,
                kind: Kind::Fraction,
                has_digits: true,
                plain: None,
                weak: Weak::No,
                scale: 1.0,
                tail: None,
                inside: false,
            });
        }
        self.numeral(i).or_else(|| self.amount_with_colon(i))
    }

    /// "6:50 kronor".
    pub(super) fn amount_with_colon(&self, i: usize) -> Option<Numeral> {
        let (whole, part) = self.doc.word(i).split_once(':')?;
        let fits = part.len() == 2 && self.has_class(i + 1, Class::Currency);
        let (whole, part): (f64, f64) = (whole.parse().ok()?, part.parse().ok()?);
        fits.then(|| Numeral {
            value: Ratio {
                num: whole * 100.0 + part,
                den: 100.0,
            },
            span: self.token(i).span(),
            next: i + 1,
            kind: Kind::Cardinal,
            has_digits: true,
            plain: None,
            weak: Weak::No,
            scale: 1.0,
            tail: None,
            inside: false,
        })
    }

    /// ".08": the decimal sign before the first digit.
    pub(super) fn with_point(&self, i: usize, mut number: Numeral) -> Numeral {
        let (Some((_, len)), Some(before)) = (self.plain(i), i.checked_sub(1)) else {
            return number;
        };
        if number.plain.is_none() && number.scale < 1.5 {
            return number;
        }
        let token = self.token(before);
        let opens = token.is_spaced()
            && self.adjoins(i)
            && self.doc.is_char(before, &[self.pack.decimal])
            && (number.next == i + 1 || number.scale > 1.0);
        if opens {
            number.value = number
                .value
                .times(1.0, 10f64.powi(i32::try_from(len).unwrap_or(i32::MAX)));
            number.span.start = token.start;
            number.plain = None;
        }
        number
    }

    /// "1.2e6", "12,5e+14", "2^10": a power of ten, or of the number itself.
    pub(super) fn with_power(&self, mut number: Numeral) -> Numeral {
        let next = number.next;
        if !number.has_digits || !self.adjoins(next) || number.kind != Kind::Cardinal {
            return number;
        }
        let word = self.doc.word(next);
        let raised = self.doc.is_char(next, &['^']);
        let tail = word.strip_prefix(['e', 'E']);
        let (exponent, end) = match tail.and_then(|t| t.parse::<i32>().ok()) {
            Some(exponent) if exponent >= 0 => (exponent, next + 1),
            _ if raised || tail == Some("") => {
                let mut at = next + 1;
                let mut sign = 1;
                while self.adjoins(at)
                    && (self.token(at).kind == TokenKind::Dash || self.doc.is_char(at, &['+']))
                {
                    sign = if self.doc.is_char(at, &['+']) {
                        sign
                    } else {
                        -sign
                    };
                    at += 1;
                }
                match self.plain(at) {
                    Some((exponent, len)) if self.adjoins(at) && len <= 3 => {
                        (sign * exponent.cast_signed(), at + 1)
                    }
                    _ => return number,
                }
            }
            _ => return number,
        };
        let value = if raised {
            number.value.value().powi(exponent)
        } else {
            number.value.value() * 10f64.powi(exponent)
        };
        if !value.is_finite() {
            return number;
        }
        number.value = Ratio::whole(value);
        number.plain = None;
        number.next = end;
        number.span.end = self.token(end - 1).end;
        number
    }

    /// "one over three", and "三分之二", where the parts stand first.
    pub(super) fn divided(&self, mut number: Numeral) -> Numeral {
        let over = self.role(number.next, Role::Over);
        let parts = || self.role(number.next, Role::Parts);
        let in_word = number
            .tail
            .is_some_and(|tail| self.divides(tail))
            .then_some(0);
        let Some(len) = in_word.or(over).or_else(parts) else {
            return number;
        };
        let at = number.next + len;
        if self.token(at).is_line_start() || number.kind == Kind::Ordinal {
            return number;
        }
        let Some(other) = self.numeral(at).filter(|n| n.value.num > 0.0) else {
            return number;
        };
        let (upper, lower) = if over.is_some() && in_word.is_none() {
            (number.value, other.value)
        } else {
            (other.value, number.value)
        };
        if lower.num.total_cmp(&0.0).is_eq() {
            return number;
        }
        number.tail = None;
        number.value = upper.times(lower.den, lower.num);
        number.kind = Kind::Fraction;
        number.weak = Weak::No;
        number.plain = None;
        number.next = other.next;
        number.span.end = other.span.end;
        number
    }

    /// "3 1/2", "3/4", "2½", and scale signs right after digits ("15k").
    pub(super) fn with_fraction(&self, mut number: Numeral) -> Numeral {
        if number.kind != Kind::Cardinal || !number.has_digits {
            return number;
        }
        if number.plain.is_some() {
            if let Some(value) = self.slash(number.next - 1) {
                let sign = if number.value.num < 0.0 { -1.0 } else { 1.0 };
                number.value = value.times(sign, 1.0);
                number.kind = Kind::Fraction;
                number.next += 2;
                number.span.end = self.token(number.next - 1).end;
                return number;
            }
            let vulgar_next = is_vulgar(self.doc.word(number.next));
            let part = if vulgar_next {
                self.doc.word(number.next).chars().next().and_then(vulgar)
            } else if self.gap_before(number.next) == " " {
                self.slash(number.next)
            } else {
                None
            };
            if let Some(part) = part {
                let sign = if number.value.num < 0.0 { -1.0 } else { 1.0 };
                number.value = number.value.plus(part.times(sign, 1.0));
                number.next += if vulgar_next { 1 } else { 3 };
                number.span.end = self.token(number.next - 1).end;
                number.plain = None;
            }
        }
        number
    }

    /// "3/4" at a token.
    pub(super) fn slash(&self, i: usize) -> Option<Ratio> {
        let (num, _) = self.plain(i)?;
        let slash = self.adjoins(i + 1) && self.doc.is_char(i + 1, &['/', '\u{2044}']);
        let (den, len) = self.plain(i + 2)?;
        let fits = slash
            && self.adjoins(i + 2)
            && len <= 3
            && (1..den).contains(&num)
            && !(self.adjoins(i + 3) && self.doc.is_char(i + 3, &['/']));
        fits.then(|| Ratio {
            num: f64::from(num),
            den: f64::from(den),
        })
    }
}
