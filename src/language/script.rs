//! Responsible for scripts: which one a letter belongs to.

/// A script, or a group of scripts that one writing system mixes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
#[allow(missing_docs)]
pub(super) enum Script {
    Latin,
    Cyrillic,
    Greek,
    Arabic,
    Hebrew,
    Devanagari,
    Bengali,
    Ethiopic,
    Han,
    Kana,
    Hangul,
    Thai,
    Armenian,
    Georgian,
    Tamil,
    Telugu,
    Kannada,
    Malayalam,
    Gujarati,
    Gurmukhi,
    Oriya,
    Sinhala,
    Lao,
    Khmer,
    Myanmar,
    Tibetan,
    Thaana,
}

impl Script {
    /// How many there are.
    pub(super) const COUNT: usize = Self::Thaana as usize + 1;

    const ALL: [(Self, &'static str); Self::COUNT] = [
        (Self::Latin, "Latn"),
        (Self::Cyrillic, "Cyrl"),
        (Self::Greek, "Grek"),
        (Self::Arabic, "Arab"),
        (Self::Hebrew, "Hebr"),
        (Self::Devanagari, "Deva"),
        (Self::Bengali, "Beng"),
        (Self::Ethiopic, "Ethi"),
        (Self::Han, "Hani"),
        (Self::Kana, "Jpan"),
        (Self::Hangul, "Kore"),
        (Self::Thai, "Thai"),
        (Self::Armenian, "Armn"),
        (Self::Georgian, "Geor"),
        (Self::Tamil, "Taml"),
        (Self::Telugu, "Telu"),
        (Self::Kannada, "Knda"),
        (Self::Malayalam, "Mlym"),
        (Self::Gujarati, "Gujr"),
        (Self::Gurmukhi, "Guru"),
        (Self::Oriya, "Orya"),
        (Self::Sinhala, "Sinh"),
        (Self::Lao, "Laoo"),
        (Self::Khmer, "Khmr"),
        (Self::Myanmar, "Mymr"),
        (Self::Tibetan, "Tibt"),
        (Self::Thaana, "Thaa"),
    ];

    /// The ISO 15924 code.
    pub(super) fn code(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// The script with an ISO 15924 code.
    pub(super) fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, own)| *own == code)
            .map(|(script, _)| *script)
    }

    /// All scripts, in order.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        Self::ALL.iter().map(|(script, _)| *script)
    }

    /// The script of a letter; `None` for digits, signs and scripts that are not told apart.
    #[expect(
        clippy::match_same_arms,
        reason = "signs and the scripts with the most letters first"
    )]
    pub(super) const fn of(c: char) -> Option<Self> {
        Some(match c {
            // Signs, and first the scripts with the most letters.
            '\u{2000}'..='\u{2fff}' => return None,
            '\u{4e00}'..='\u{9fff}' => Self::Han,
            '\u{ac00}'..='\u{d7a3}' => Self::Hangul,
            'a'..='z'
            | 'A'..='Z'
            | 'ª'
            | 'º'
            | 'À'..='Ö'
            | 'Ø'..='ö'
            | 'ø'..='\u{2af}'
            | '\u{1e00}'..='\u{1eff}'
            | '\u{ff21}'..='\u{ff5a}' => Self::Latin,
            '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Self::Greek,
            '\u{400}'..='\u{52f}' => Self::Cyrillic,
            '\u{531}'..='\u{587}' => Self::Armenian,
            '\u{5d0}'..='\u{5f2}' | '\u{fb1d}'..='\u{fb4f}' => Self::Hebrew,
            '\u{620}'..='\u{64a}' | '\u{66e}'..='\u{6ef}' | '\u{6fa}'..='\u{6ff}' => Self::Arabic,
            '\u{750}'..='\u{77f}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => {
                Self::Arabic
            }
            '\u{780}'..='\u{7b1}' => Self::Thaana,
            '\u{900}'..='\u{963}' | '\u{970}'..='\u{97f}' => Self::Devanagari,
            '\u{980}'..='\u{9e3}' | '\u{9f0}'..='\u{9ff}' => Self::Bengali,
            '\u{a00}'..='\u{a65}' | '\u{a70}'..='\u{a7f}' => Self::Gurmukhi,
            '\u{a80}'..='\u{ae3}' => Self::Gujarati,
            '\u{b00}'..='\u{b63}' => Self::Oriya,
            '\u{b80}'..='\u{be5}' => Self::Tamil,
            '\u{c00}'..='\u{c63}' => Self::Telugu,
            '\u{c80}'..='\u{ce3}' => Self::Kannada,
            '\u{d00}'..='\u{d63}' => Self::Malayalam,
            '\u{d80}'..='\u{df3}' => Self::Sinhala,
            '\u{e01}'..='\u{e4e}' => Self::Thai,
            '\u{e81}'..='\u{ece}' => Self::Lao,
            '\u{f40}'..='\u{fbc}' => Self::Tibetan,
            '\u{1000}'..='\u{103f}' => Self::Myanmar,
            '\u{10a0}'..='\u{10ff}' | '\u{1c90}'..='\u{1cbf}' => Self::Georgian,
            '\u{1200}'..='\u{135f}' => Self::Ethiopic,
            '\u{1780}'..='\u{17d3}' => Self::Khmer,
            '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}' => Self::Hangul,
            '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{ff66}'..='\u{ff9d}' => {
                Self::Kana
            }
            '\u{3005}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}' => Self::Han,
            _ => return None,
        })
    }

    /// How many letters of an alphabet one of its signs is worth, so that a few Latin names do not
    /// outweigh a text in syllables or ideograms.
    pub(super) const fn weight(self) -> u32 {
        match self {
            Self::Han => 3,
            Self::Kana | Self::Hangul | Self::Ethiopic => 2,
            _ => 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_know_their_script() {
        for (c, code) in [
            ('é', "Latn"),
            ('Ж', "Cyrl"),
            ('λ', "Grek"),
            ('ק', "Hebr"),
            ('پ', "Arab"),
            ('漢', "Hani"),
            ('ア', "Jpan"),
            ('한', "Kore"),
        ] {
            let script = Script::of(c).expect("a letter");
            assert_eq!(script.code(), code);
            assert_eq!(Script::from_code(code), Some(script));
        }
        assert_eq!(Script::of('×'), None);
        assert!(Script::all().enumerate().all(|(i, s)| s as usize == i));
    }
}
