//! Responsible for the codes of languages: from whatever an input calls a language to the one code
//! that records and packs use.

use rustc_hash::FxHashMap;

use crate::pack::source::SectionText;

/// The file with all codes.
pub(super) const FILE: &str = "language/codes.txt";

/// All names of languages.
#[derive(Debug, Default)]
pub struct Codes {
    names: FxHashMap<Box<str>, Box<str>>,
}

impl Codes {
    /// Reads the list: a line holds the code and then its other names. Names after a colon are
    /// members of a group; the first of them stands for the group.
    pub(super) fn parse(section: &SectionText) -> Self {
        let mut names = FxHashMap::default();
        for line in section.lines() {
            let (own, members) = line.split_once(':').unwrap_or((line, ""));
            let first = own.split_whitespace().next();
            let Some(code) = members.split_whitespace().next().or(first) else {
                continue;
            };
            for name in own.split_whitespace() {
                names.insert(name.to_lowercase().into(), code.into());
            }
        }
        Self { names }
    }

    /// The code of a language that an input names: `sv`, `sv-SE`, `sv_FI`, `swe`, `no`, `Swedish`,
    /// `zh-Hant-TW`. A region or script falls back to its language. `None` when the name is none
    /// of ours and does not look like a code; an unknown but well-formed code stays as it is.
    pub fn resolve(&self, name: &str) -> Option<String> {
        let name = name.trim().to_lowercase();
        if let Some(code) = self.names.get(name.replace(' ', "-").as_str()) {
            return Some(code.to_string());
        }
        let base = name.split(['-', '_', '.', '@']).next().unwrap_or("");
        if let Some(code) = self.names.get(base) {
            return Some(code.to_string());
        }
        let is_code = (2..=3).contains(&base.len())
            && base.bytes().all(|b| b.is_ascii_lowercase())
            && !matches!(base, "und" | "mul" | "mis" | "zxx");
        is_code.then(|| base.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_regions_and_old_codes_come_to_one_code() {
        let codes = Codes::parse(&SectionText {
            path: String::new(),
            text: "sv swe swedish\nnb nob no nor\nhe iw\nzh cmn\nhbs sh : hr sr # both\n".into(),
        });
        for (name, code) in [
            ("sv", "sv"),
            ("sv-SE", "sv"),
            ("SV_fi", "sv"),
            ("swe", "sv"),
            ("Swedish", "sv"),
            ("no", "nb"),
            ("nob", "nb"),
            ("iw", "he"),
            ("zh-Hant-TW", "zh"),
            ("sh", "hr"),
            ("tpi", "tpi"),
            ("xx-XX", "xx"),
        ] {
            assert_eq!(codes.resolve(name).as_deref(), Some(code), "{name}");
        }
        for name in ["", "und", "unknown", "??", "mul"] {
            assert_eq!(codes.resolve(name), None, "{name}");
        }
    }
}
