//! Responsible for plain text and Markdown: one article a file, its text exactly as decoded.

use super::decode;
use super::feed::Feed;
use super::format::NameHint;
use super::source::Opened;
use crate::model::article::RawArticle;
use crate::model::problem::Code;

/// The longest first line that is taken for a title, in characters.
const TITLE: usize = 160;

/// Reads the whole file as one article.
pub(super) fn read(opened: &mut Opened, _name: &NameHint, feed: &mut Feed<'_>) {
    // Twice the limit leaves room for encodings wider than UTF-8.
    let Some(bytes) = document(opened, feed.options.limits.record(), feed) else {
        return;
    };
    let (text, detected, problem) = decode::decode(bytes, None);
    feed.report.encoding = Some(detected.encoding.name());
    feed.begin(Some(0));
    let title = title(&text).map(str::to_owned);
    feed.article(RawArticle {
        text,
        title,
        problems: problem.into_iter().collect(),
        ..RawArticle::default()
    });
}

/// All bytes of a document, or the rejection that tells why there are none.
pub(super) fn document(opened: &mut Opened, cap: usize, feed: &mut Feed<'_>) -> Option<Vec<u8>> {
    match opened.read_all(cap) {
        Ok(Some(bytes)) => Some(bytes),
        Ok(None) => {
            let message = match opened.size() {
                Some(size) => format!("the file has {size} bytes, the limit is {cap}"),
                None => format!("the file has more than {cap} bytes"),
            };
            feed.refuse(Code::ETooBig, message, false);
            None
        }
        Err(fault) => {
            feed.refuse(fault.code(), fault.to_string(), false);
            None
        }
    }
}

/// The first line, when it looks like a title: short, no end of a sentence, set off by an empty
/// line, with more text to follow.
pub(super) fn title(text: &str) -> Option<&str> {
    let start = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    let (first, rest) = start.split_once('\n')?;
    let first = first.trim();
    let (next, body) = rest.split_once('\n')?;
    let first = first.trim_start_matches('#').trim();
    let fits = !first.is_empty()
        && first.chars().count() <= TITLE
        && !first.ends_with(['.', ':', ';', ',', '…'])
        && !first.starts_with(['–', '—', '-', '•', '*'])
        && next.trim().is_empty()
        && !body.trim().is_empty();
    fits.then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_a_short_first_line_that_is_set_off() {
        assert_eq!(
            title("Ja till lagen\n\nRiksdagen röstade."),
            Some("Ja till lagen")
        );
        assert_eq!(
            title("# Ja till lagen\r\n\r\nRiksdagen röstade."),
            Some("Ja till lagen")
        );
        assert_eq!(
            title("Blir det ja?\n\nRiksdagen röstar."),
            Some("Blir det ja?")
        );
    }

    #[test]
    fn leaves_sentences_speech_and_lone_lines_alone() {
        for text in [
            "Riksdagen röstade.\n\nSedan gick alla hem.",
            "Rad ett\nrad två\n\nmer",
            "– Ja, säger hon\n\nMer text.",
            "Bara en rad\n\n",
            "",
        ] {
            assert_eq!(title(text), None, "{text}");
        }
    }
}
