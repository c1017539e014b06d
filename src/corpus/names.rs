//! Responsible for comparing names across spellings, scripts and languages.

use unicode_normalization::UnicodeNormalization;

use crate::text::chars;

/// A name for comparison in one script: lower case, composed, plain hyphens and apostrophes, single
/// spaces. Accents stay: `Lindén` and `Linden` are two people.
pub fn fold(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    fold_into(name, &mut out);
    out
}

/// Appends the folded name to `out`, which is empty.
fn fold_into(name: &str, out: &mut String) {
    if name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        out.push_str(name);
        out.make_ascii_lowercase();
    } else if name.chars().all(is_composed) {
        fold_chars(name.chars(), out);
    } else {
        fold_chars(name.nfc(), out);
    }
}

/// Whether a character is the same when composed, whatever stands beside it. Not known of all.
fn is_composed(c: char) -> bool {
    matches!(c, '\0'..='\u{2ff}' | '\u{400}'..='\u{52f}' | '\u{2010}'..='\u{201f}' | '\u{4e00}'..='\u{9fff}')
}

fn fold_chars(name: impl Iterator<Item = char>, out: &mut String) {
    let mut space = false;
    for c in name {
        if chars::is_space(c) {
            space = !out.is_empty();
            continue;
        }
        if matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        {
            continue;
        }
        if std::mem::take(&mut space) {
            out.push(' ');
        }
        match c {
            '’' | 'ʼ' | '`' | '´' => out.push('\''),
            '‐' | '‑' | '–' => out.push('-'),
            c => chars::lower(c, |c| out.push(c)),
        }
    }
}

/// A name in plain Latin letters: accents taken off, Cyrillic and Greek transliterated; `None` for
/// other scripts.
pub fn latin(name: &str) -> Option<String> {
    let mut spelling = Spelling::default();
    spelling.read(name).then_some(spelling.latin)
}

/// Room for a name in Latin letters, to be used for one name after the other.
#[derive(Debug, Default)]
pub(super) struct Spelling {
    folded: String,
    /// The name in plain Latin letters.
    pub(super) latin: String,
    /// What [`skeleton`] makes of it.
    pub(super) skeleton: String,
}

impl Spelling {
    /// Spells a name in Latin letters; whether its script allows it.
    pub(super) fn read(&mut self, name: &str) -> bool {
        self.folded.clear();
        self.latin.clear();
        fold_into(name, &mut self.folded);
        for c in self.folded.chars() {
            if c.is_ascii() {
                self.latin.push(c);
            } else if let Some(letters) = letter(c) {
                self.latin.push_str(letters);
            } else {
                // An accented letter: its base without the marks.
                for part in c.nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)) {
                    if part.is_ascii() {
                        self.latin.push(part);
                    } else if let Some(letters) = letter(part) {
                        self.latin.push_str(letters);
                    } else {
                        return false;
                    }
                }
            }
        }
        true
    }

    /// Reduces what was read to its [`skeleton`].
    pub(super) fn reduce(&mut self) {
        self.skeleton.clear();
        reduce_into(self.latin.as_bytes(), &mut self.skeleton);
    }
}

/// The usual Latin spelling of a letter outside ASCII.
fn letter(c: char) -> Option<&'static str> {
    Some(match c {
        'æ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        'а' | 'α' => "a",
        'б' => "b",
        'в' | 'β' => "v",
        'г' | 'ґ' | 'γ' => "g",
        'ð' | 'đ' | 'д' | 'δ' => "d",
        'е' | 'є' | 'э' | 'ё' | 'ε' => "e",
        'ж' => "zh",
        'з' | 'ζ' => "z",
        'ı' | 'и' | 'і' | 'ы' | 'ι' | 'η' => "i",
        'й' | 'ј' => "j",
        'к' | 'κ' | 'ќ' => "k",
        'ł' | 'л' | 'λ' => "l",
        'љ' => "lj",
        'м' | 'μ' => "m",
        'н' | 'ν' => "n",
        'њ' => "nj",
        'ø' | 'о' | 'ο' | 'ω' => "o",
        'п' | 'π' => "p",
        'р' | 'ρ' => "r",
        'с' | 'σ' | 'ς' => "s",
        'т' | 'τ' => "t",
        'у' | 'υ' | 'ў' => "u",
        'ф' | 'φ' => "f",
        'ħ' | 'х' | 'χ' => "h",
        'ц' => "ts",
        'ч' | 'ћ' => "ch",
        'џ' => "dzh",
        'ш' => "sh",
        'щ' => "shch",
        'ъ' | 'ь' => "",
        'ю' => "ju",
        'я' => "ja",
        'ѓ' => "gj",
        'þ' | 'θ' => "th",
        'ξ' => "x",
        'ψ' => "ps",
        _ => return None,
    })
}

/// Whether a name is written in Latin letters.
pub fn is_latin(name: &str) -> bool {
    name.chars()
        .find(|c| c.is_alphabetic())
        .is_some_and(|c| u32::from(c) < 0x250)
}

/// The consonants that transliterations keep: `Selenskyj`, `Zelenskiy` and `Зеленський` are all
/// `slnsk`. Too coarse to merge by alone.
pub fn skeleton(word: &str) -> Option<String> {
    let mut spelling = Spelling::default();
    spelling.read(word).then(|| {
        spelling.reduce();
        spelling.skeleton
    })
}

fn reduce_into(bytes: &[u8], out: &mut String) {
    let mut n = 0;
    while let Some(&first) = bytes.get(n) {
        let second = bytes.get(n + 1).copied().unwrap_or(0);
        let (class, width) = match (first, second) {
            (b's' | b'c' | b'z', b'h')
            | (b'c' | b's' | b't', b'z')
            | (b't' | b's', b'j')
            | (b't', b's') => ("s", 2),
            (b'p', b'h') => ("f", 2),
            (b'k', b'h') | (b'c', b'k') | (b'q', b'u') => ("k", 2),
            (b't', b'h') => ("t", 2),
            (b'k', b's') => ("x", 2),
            _ => match first {
                b's' | b'z' | b'c' => ("s", 1),
                b'k' | b'q' => ("k", 1),
                b'v' | b'w' => ("v", 1),
                b'b' => ("b", 1),
                b'd' => ("d", 1),
                b'f' => ("f", 1),
                b'g' => ("g", 1),
                b'l' => ("l", 1),
                b'm' => ("m", 1),
                b'n' => ("n", 1),
                b'p' => ("p", 1),
                b'r' => ("r", 1),
                b't' => ("t", 1),
                b'x' => ("x", 1),
                _ => ("", 1),
            },
        };
        if !class.is_empty() && !out.ends_with(class) {
            out.push_str(class);
        }
        n += width;
    }
}

/// The words of a folded name.
pub fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(' ').filter(|w| !w.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_across_scripts_share_a_skeleton() {
        for names in [
            ["Stoltenberg", "Столтенберг", "Στολτενμπεργκ"],
            ["Zelenskyj", "Зеленський", "Selenskyj"],
        ] {
            let first = skeleton(names[0]).unwrap();
            assert_eq!(skeleton(names[1]).unwrap(), first);
        }
        assert_eq!(latin("Йенс Столтенберг").unwrap(), "jens stoltenberg");
        assert_eq!(latin("Søren Åkesson").unwrap(), "soren akesson");
        assert_eq!(latin("北约"), None);
    }

    #[test]
    fn folding_keeps_accents_and_mends_spaces() {
        assert_eq!(fold("  Åsa\u{a0} O’Neil–Öst "), "åsa o'neil-öst");
        assert_ne!(fold("Lindén"), fold("Linden"));
    }
}
