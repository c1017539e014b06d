//! Responsible for what the words of `figures.toml` measure and mean.

/// What a number is measured in.
#[derive(Debug, Clone, PartialEq)]
pub enum Measure {
    /// A unit symbol.
    Unit(String),
    /// A singular English unit of time.
    Time(String),
    /// An age in a singular English unit of time.
    Age(String),
    /// `%`, `pp` or `bp`.
    Percent(String),
    /// An ISO 4217 code.
    Money(String),
    /// Nothing but the number itself ("20-tal").
    Count,
    /// A decade.
    Decade,
    /// Makes it an ordinal.
    Ordinal,
    /// Divides the number after it ("사분의 삼").
    Parts,
}

/// A measure with the factor that its form implies ("cent" is 0.01 of the unit).
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// What.
    pub measure: Measure,
    /// The numerator of the factor.
    pub times: f64,
    /// Its denominator.
    pub over: f64,
    /// The exact spelling that is asked for, where case matters.
    pub exact: Option<Box<str>>,
}

/// A date relative to the article's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relative {
    /// Days off.
    Day(i32),
    /// Weeks off.
    Week(i32),
    /// Weekends off.
    Weekend(i32),
    /// Months off.
    Month(i32),
    /// Quarters off.
    Quarter(i32),
    /// Half-years off, given as their year.
    HalfYear(i32),
    /// Years off.
    Year(i32),
    /// Years off the last year that was named.
    Then(i32),
    /// The day of a month and year that is the same every year.
    Fixed(u32, u32),
    /// Easter Sunday, days off.
    Easter(i32),
    /// An hour of the day ("noon").
    Hour(u32),
    /// A season or another time without an ISO form.
    Vague,
}

/// A piece of a number that is written together with others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Piece {
    /// A value to add.
    Value(f64),
    /// A factor.
    Scale(f64),
    /// A value that ends the number as an ordinal.
    Ordinal(f64),
    /// A denominator that ends the number as a fraction.
    Fraction(f64),
    /// "and".
    Joiner,
}
