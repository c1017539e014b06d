//! Responsible for the arithmetic of numbers in words: what adds, what multiplies, and where the next
//! number begins.

use super::digits::Ratio;

/// A part of a number: the sum so far, and what may still be added to it.
#[derive(Debug, Clone, Copy)]
struct Group {
    value: Ratio,
    /// What is added must be less.
    room: f64,
    /// The token at which it begins, and the end of the text before it.
    start: Place,
    /// It was written in digits, which any scale word may follow.
    digits: bool,
}

/// A token, and where the text before it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// The token.
    pub token: usize,
    /// Bytes.
    pub end_before: u32,
}

/// Numbers in words have few groups.
const MOST_GROUPS: usize = 8;

/// A number under way.
#[derive(Debug, Clone)]
pub(super) struct Builder {
    groups: [Group; MOST_GROUPS],
    len: usize,
    /// Numbers from 10 to 19 may follow 20, 40, 60 and 80.
    twenties: bool,
    /// The largest scale word so far.
    pub scale: f64,
    /// Where a number of its own begins that was taken for a part of this one.
    pub cut: Option<Place>,
}

impl Builder {
    /// Nothing yet.
    pub(super) fn new(twenties: bool) -> Self {
        let none = Group {
            value: Ratio::whole(0.0),
            room: 0.0,
            start: Place {
                token: 0,
                end_before: 0,
            },
            digits: false,
        };
        Self {
            groups: [none; MOST_GROUPS],
            len: 0,
            twenties,
            scale: 1.0,
            cut: None,
        }
    }

    /// Whether nothing was added yet.
    pub(super) fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// How many groups it has.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// Whether it ends in digits.
    pub(super) fn ends_in_digits(&self) -> bool {
        self.len > 0 && self.groups[self.len - 1].digits
    }

    /// What may still be added must be less than this.
    pub(super) fn room(&self) -> f64 {
        match self.len {
            0 => f64::INFINITY,
            n => self.groups[n - 1].room,
        }
    }

    /// The sum.
    pub(super) fn total(&self) -> Ratio {
        self.groups[..self.len]
            .iter()
            .fold(Ratio::whole(0.0), |sum, g| sum.plus(g.value))
    }

    /// Adds a value that leaves the room that number words of its size leave.
    pub(super) fn add(&mut self, value: f64, start: Place) -> bool {
        let room = self.room_after(value);
        self.add_with_room(Ratio::whole(value), room, start)
    }

    /// Adds a value and says what may follow it.
    pub(super) fn add_with_room(&mut self, value: Ratio, room: f64, start: Place) -> bool {
        let amount = value.num / value.den;
        let fits = self.len == 0 || (amount < self.room() && amount > 0.0);
        if !fits || self.len == MOST_GROUPS {
            return false;
        }
        self.groups[self.len] = Group {
            value,
            room,
            start,
            digits: false,
        };
        self.len += 1;
        true
    }

    /// Adds digits.
    pub(super) fn add_digits(&mut self, value: Ratio, start: Place) -> bool {
        let fits = self.add_with_room(value, 0.0, start);
        if fits {
            self.groups[self.len - 1].digits = true;
        }
        fits
    }

    fn room_after(&self, amount: f64) -> f64 {
        let is_multiple = |of: f64| (amount % of).abs() < f64::EPSILON;
        if amount < 10.0 || !is_multiple(10.0) {
            return 0.0;
        }
        if self.twenties && amount < 100.0 && is_multiple(20.0) {
            return 20.0;
        }
        let mut room = 10.0;
        while room * 10.0 <= amount && is_multiple(room * 10.0) {
            room *= 10.0;
        }
        room
    }

    /// Multiplies what stands before a scale word; alone, the word stands for one of its kind.
    pub(super) fn multiply(&mut self, factor: f64, start: Place) -> bool {
        let mut from = self.len;
        let mut sum = Ratio::whole(0.0);
        // "two hundred dozen": a measure of its own, not a part of the number before it.
        let counts_all = (factor % 10.0).abs() > f64::EPSILON;
        while from > 0 {
            let value = self.groups[from - 1].value;
            let digits = from == self.len && self.groups[from - 1].digits;
            if value.num / value.den >= factor && !digits && !counts_all {
                break;
            }
            sum = sum.plus(value);
            from -= 1;
        }
        let start = if from < self.len {
            self.groups[from].start
        } else {
            sum = Ratio::whole(1.0);
            start
        };
        let value = sum.times(factor, 1.0);
        let fits = from == 0 || value.num / value.den < self.groups[from - 1].room;
        if !fits || from == MOST_GROUPS {
            if from < self.len {
                self.cut = Some(start);
                self.len = from;
            }
            return false;
        }
        let room = if sum.is_whole() { factor } else { 0.0 };
        self.groups[from] = Group {
            value,
            room,
            start,
            digits: false,
        };
        self.len = from + 1;
        self.scale = self.scale.max(factor);
        true
    }

    /// "fünf und zwanzig": the ten after its unit.
    pub(super) fn ten_after_unit(&mut self, ten: f64) -> bool {
        let Some(last) = self.groups[..self.len].last_mut() else {
            return false;
        };
        let unit = last.value.num / last.value.den;
        let fits = (1.0..10.0).contains(&unit)
            && (20.0..100.0).contains(&ten)
            && (ten % 10.0).abs() < f64::EPSILON;
        if fits {
            last.value = last.value.plus(Ratio::whole(ten));
            last.room = 0.0;
        }
        fits
    }

    /// Makes what stands there the numerator of a fraction: "two thirds".
    pub(super) fn divide(&mut self, den: f64) -> bool {
        let total = self.total();
        let fits = self.len > 0 && total.is_whole();
        if fits {
            self.groups[0].value = total.times(1.0, den);
            self.groups[0].room = 0.0;
            self.len = 1;
        }
        fits
    }

    /// Adds a share of the last large scale: "three million and a half".
    pub(super) fn add_share(&mut self, share: Ratio, start: Place) -> bool {
        let last = self.groups[..self.len].last().map(|g| g.room);
        let share = match last {
            Some(scale) if scale >= 1e6 => share.times(scale, 1.0),
            _ => share,
        };
        if self.len == MOST_GROUPS {
            return false;
        }
        self.groups[self.len] = Group {
            value: share,
            room: 0.0,
            start,
            digits: false,
        };
        self.len += 1;
        true
    }

    /// Adds a decimal fraction, given by its digits: "five point two".
    pub(super) fn add_decimals(&mut self, value: f64, digits: i32, start: Place) -> bool {
        let share = Ratio {
            num: value,
            den: 10f64.powi(digits),
        };
        self.len > 0 && self.add_share(share, start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Place = Place {
        token: 0,
        end_before: 0,
    };

    fn sum(build: &Builder) -> f64 {
        build.total().value()
    }

    #[test]
    #[allow(clippy::float_cmp)]
    fn adds_and_multiplies() {
        let mut b = Builder::new(false);
        assert!(b.add(2.0, AT) && b.multiply(100.0, AT) && b.multiply(1000.0, AT));
        assert!(b.add(30.0, AT) && b.add(4.0, AT));
        assert_eq!(sum(&b), 200_034.0);
        assert!(!b.add(5.0, AT), "no room after a unit");
    }

    #[test]
    #[allow(clippy::float_cmp)]
    fn a_second_number_is_given_back() {
        let mut b = Builder::new(false);
        assert!(b.add(2.0, AT) && b.multiply(1e6, AT) && b.add(3.0, AT));
        assert!(!b.multiply(1e6, AT));
        assert_eq!(sum(&b), 2e6);
        assert!(b.cut.is_some());
    }

    #[test]
    #[allow(clippy::float_cmp)]
    fn twenties_take_tens() {
        let mut b = Builder::new(true);
        assert!(b.add(80.0, AT) && b.add(19.0, AT));
        assert_eq!(sum(&b), 99.0);
    }
}
