//! Responsible for comparing names across spellings, scripts and languages.

use unicode_normalization::UnicodeNormalization;

/// A name for comparison in one script: lower case, composed, plain hyphens and apostrophes, single
/// spaces. Accents stay: `Lindén` and `Linden` are two people.
pub fn fold(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut space = false;
    for c in name.nfc() {
        if c.is_whitespace() {
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
            c => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// A name in plain Latin letters: accents taken off, Cyrillic and Greek transliterated; `None` for
/// other scripts.
pub fn latin(name: &str) -> Option<String> {
    let mut out = String::with_capacity(name.len());
    for c in fold(name).chars() {
        if c.is_ascii() {
            out.push(c);
        } else if let Some(letters) = letter(c) {
            out.push_str(letters);
        } else {
            // An accented letter: its base without the marks.
            for part in c.nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)) {
                if part.is_ascii() {
                    out.push(part);
                } else {
                    out.push_str(letter(part)?);
                }
            }
        }
    }
    Some(out)
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
    let latin = latin(word)?;
    let bytes = latin.as_bytes();
    let mut out = String::with_capacity(bytes.len());
    let mut n = 0;
    while n < bytes.len() {
        let two = bytes.get(n..n + 2).unwrap_or(b"");
        let (class, width) = match two {
            b"sh" | b"ch" | b"zh" | b"cz" | b"sz" | b"tj" | b"sj" | b"ts" | b"tz" => ("s", 2),
            b"ph" => ("f", 2),
            b"kh" | b"ck" | b"qu" => ("k", 2),
            b"th" => ("t", 2),
            b"ks" => ("x", 2),
            _ => match bytes[n] {
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
    Some(out)
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
