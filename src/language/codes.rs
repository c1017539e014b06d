//! Responsible for the codes of languages: from whatever an input calls a language to the one code
//! that records and packs use.

use rustc_hash::FxHashMap;

use crate::pack::source::{Files, SectionText};

/// The file with all codes.
pub(super) const FILE: &str = "language/codes.txt";

/// All names of languages.
#[derive(Debug, Default)]
pub struct Codes {
    /// A name's languages; more than one when the name covers several.
    names: FxHashMap<Box<str>, Vec<Box<str>>>,
}

impl Codes {
    /// The list of a configuration.
    pub fn open(files: &Files) -> Self {
        Self::parse(&files.file(FILE))
    }

    /// The codes of what a user calls a language, if it is in the list.
    pub fn listed(&self, name: &str) -> Option<Vec<String>> {
        let codes = self.names.get(name.trim().to_lowercase().as_str())?;
        Some(codes.iter().map(ToString::to_string).collect())
    }

    /// Everything that a language may be called, in order.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.names.keys().map(AsRef::as_ref).collect();
        names.sort_unstable();
        names
    }

    /// Reads the list: a line holds the code and then its other names; or names, a colon, and the
    /// codes that they cover.
    pub(super) fn parse(section: &SectionText) -> Self {
        let mut names: FxHashMap<Box<str>, Vec<Box<str>>> = FxHashMap::default();
        for line in section.lines() {
            let (own, members) = line.split_once(':').unwrap_or((line, ""));
            let mut codes: Vec<Box<str>> = members.split_whitespace().map(Into::into).collect();
            if codes.is_empty() {
                codes.extend(own.split_whitespace().next().map(Into::into));
            }
            for name in own.split_whitespace() {
                names.insert(name.to_lowercase().into(), codes.clone());
            }
        }
        Self { names }
    }

    /// The code of a language that an input names: `sv`, `sv-SE`, `sv_FI`, `swe`, `no`, `Swedish`,
    /// `zh-Hant-TW`. A region or script falls back to its language. `None` when the name is none
    /// of ours and does not look like a code; an unknown but well-formed code stays as it is.
    pub(super) fn resolve(&self, name: &str) -> Option<String> {
        self.resolve_all(name).into_iter().next()
    }

    /// All languages that a name covers, the one that stands for them first; usually one.
    pub(super) fn resolve_all(&self, name: &str) -> Vec<String> {
        let name = name.trim().to_lowercase();
        let base = name.split(['-', '_', '.', '@']).next().unwrap_or("");
        let whole = name.replace(' ', "-");
        if let Some(codes) = [whole.as_str(), base]
            .iter()
            .find_map(|n| self.names.get(*n))
        {
            return codes.iter().map(ToString::to_string).collect();
        }
        let is_code = (2..=3).contains(&base.len())
            && base.bytes().all(|b| b.is_ascii_lowercase())
            && !matches!(base, "und" | "mul" | "mis" | "zxx");
        if is_code {
            vec![base.to_owned()]
        } else {
            Vec::new()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_regions_and_old_codes_come_to_one_code() {
        let codes = Codes::parse(&SectionText::new(
            FILE,
            "sv swe swedish\nnb nob\nno nor : nb nn\nhe iw\nzh cmn\nsh : hr sr # both\n",
        ));
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
        assert_eq!(codes.resolve_all("nor"), ["nb", "nn"]);
        for name in ["", "und", "unknown", "??", "mul"] {
            assert_eq!(codes.resolve(name), None, "{name}");
        }
    }
}
