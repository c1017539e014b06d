//! Responsible for making words from articles fit to be shown.

use crate::model::dates::{day_number, iso_day};

/// A text for the page: no control characters, no direction overrides, not too long.
pub(super) fn clean(text: &str, most: usize) -> String {
    let mut out = String::with_capacity(text.len().min(most * 4));
    for (n, c) in text.chars().enumerate() {
        if n == most {
            out.push('…');
            break;
        }
        match c {
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{2028}' | '\u{2029}' => out.push(' '),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// An address that may be followed.
pub(super) fn safe_url(url: &str) -> Option<String> {
    let lower = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    let web = lower.starts_with("http://") || lower.starts_with("https://");
    (web && url.len() < 2_000).then(|| clean(url, 2_000))
}

/// The day of a date, or whatever stands in its place.
pub(super) fn day(published: &str) -> String {
    day_number(published).map_or_else(|| clean(published, 25), iso_day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_links_are_harmless() {
        assert_eq!(clean("a\u{202e}b\0c\nd", 10), "ab\u{fffd}c d");
        assert_eq!(clean("abcdef", 3), "abc…");
        assert_eq!(safe_url("javascript:alert(1)"), None);
        assert_eq!(
            safe_url("HTTPS://x.org/å").as_deref(),
            Some("HTTPS://x.org/å")
        );
        assert_eq!(safe_url("data:text/html,x"), None);
    }
}
