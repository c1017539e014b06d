//! Responsible for the parts that small words play in a figure.

macro_rules! roles {
    ($($(#[$meta:meta])* $name:ident = $key:literal,)*) => {
        /// What a small word does in a figure; each is one bit of a form's payload.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Role { $($(#[$meta])* $name),* }

        impl Role {
            pub(super) const KEYS: &[(&str, Self)] = &[$(($key, Self::$name)),*];
        }
    };
}

roles! {
    /// Joins the parts of one number, or two figures ("and").
    And = "and",
    /// Joins two figures as alternatives ("or").
    Or = "or",
    /// Joins the ends of a range ("to").
    To = "to",
    /// The decimal sign as a word ("point").
    Point = "point",
    /// A sign as a word ("minus").
    Minus = "minus",
    /// Half more ("and a half").
    AndHalf = "and_half",
    /// Stands between a number and what it counts ("of", "de").
    Of = "of",
    /// Stands before a time of day ("at", "kl.").
    Clock = "clock",
    /// Stands after a time of day ("o'clock", "Uhr").
    ClockAfter = "clock_after",
    /// Before noon, after the time.
    Am = "am",
    /// After noon, after the time.
    Pm = "pm",
    /// Makes a length of time an age, after it ("old").
    Old = "old",
    /// Makes a number or a length of time an age, before it ("aged").
    Aged = "aged",
    /// Makes a four-digit number a year, before it.
    YearBefore = "year_before",
    /// Belongs to a year, after it ("r.").
    YearAfter = "year_after",
    /// Belongs to a length of time that lies back, after it ("ago").
    Ago = "ago",
    /// Belongs to a length of time that lies back, before it.
    AgoBefore = "ago_before",
    /// Makes an ordinal a share ("every fourth").
    Every = "every",
    /// Stands before the day of a date ("den").
    Day = "day",
    /// Stands between day, month and year ("of").
    DateOf = "date_of",
    /// A quarter of a year.
    Quarter = "quarter",
    /// Half a year.
    HalfYear = "half_year",
    /// A numbered week.
    Week = "week",
    /// Tells of what is to come.
    Future = "future",
    /// Tells of what is over.
    Past = "past",
    /// Marks a number as a name, before it ("version").
    Name = "name",
    /// Belongs to a decade, after its number.
    Decade = "decade",
    /// Marks the year written after its number in scripts that have a sign for it.
    YearSign = "year_sign",
    /// The same for the month.
    MonthSign = "month_sign",
    /// The same for the day.
    DaySign = "day_sign",
    /// The same for the hour.
    HourSign = "hour_sign",
    /// The same for the minute.
    MinuteSign = "minute_sign",
    /// Makes the number after it an ordinal.
    OrdinalBefore = "ordinal_before",
    /// Makes the number before it an ordinal.
    OrdinalAfter = "ordinal_after",
    /// Counts in tens and the like without saying how many ("dozens").
    Vague = "vague",
    /// A part of a day that may follow a day.
    DayPart = "day_part",
    /// Negates or asks: "no one", "that one".
    NotOne = "not_one",
    /// Stands before an hour that has its own sign ("à 10 heures").
    ClockPrep = "clock_prep",
    /// The same as [`Role::Day`], but no part of the date ("am 3. Mai").
    DayOut = "day_out",
    /// Divides the number before it by the one after it ("over").
    Over = "over",
    /// Divides the number after it by the one before it ("parts of three: two").
    Parts = "parts",
    /// Says "and more" between a number and its scale.
    More = "more",
    /// The word "day" before the number of a day.
    DayNoun = "day_noun",
    /// A phrase that begins like an ordinal and is none.
    NotOrdinal = "not_ordinal",
    /// People, whose number of years is an age.
    Person = "person",
    /// Opens a pair ("between").
    Between = "between",
    /// Opposes two figures of one kind ("against").
    Against = "against",
    /// Means the month or week of the article ("this").
    This = "this",
    /// Puts a day of the week into the past ("last").
    Last = "last",
    /// Puts a day of the week into the future ("next").
    Next = "next",
    /// Between a part of an hour and the full hour before it ("quarter past eight").
    PastHour = "past_hour",
    /// A phrase with number words that is no figure ("one another").
    Idiom = "idiom",
    /// Before a number of degrees: Celsius.
    Celsius = "celsius",
    /// Before a number of degrees: Fahrenheit.
    Fahrenheit = "fahrenheit",
    /// Turns the sign of a temperature before it ("below zero").
    BelowZero = "below_zero",
    /// A number word that is a figure only together with others or before a unit.
    Formal = "formal",
    /// Between a part of an hour and the full hour after it ("quarter to eight").
    ToHour = "to_hour",
}

impl Role {
    /// The role as one bit.
    pub const fn bit(self) -> u64 {
        1 << self as u8
    }
}
