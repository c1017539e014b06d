//! Responsible for cutting marked-up text into tags and text, in one pass and without an error: what
//! no browser would read as a tag is text.

/// A piece of a document; places are bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'d> {
    /// `<name attributes>`.
    Start {
        name: &'d str,
        attributes: &'d str,
        closed: bool,
    },
    /// `</name>`.
    End { name: &'d str },
    /// Text; `raw` when its references are not to be replaced.
    Text { text: &'d str, raw: bool },
}

/// Elements whose content is text and nothing else, up to their end tag.
const RAW: [&str; 9] = [
    "script",
    "style",
    "textarea",
    "title",
    "xmp",
    "iframe",
    "noembed",
    "noframes",
    "plaintext",
];

/// Walks through a document.
pub(super) struct Tokens<'d> {
    text: &'d str,
    at: usize,
    xml: bool,
    /// The raw element that was just opened.
    raw: Option<&'d str>,
}

impl<'d> Tokens<'d> {
    pub(super) fn new(text: &'d str, xml: bool) -> Self {
        Self {
            text,
            at: 0,
            xml,
            raw: None,
        }
    }

    /// The raw content of the element just opened, up to its end tag or the end.
    fn raw_content(&mut self, name: &str) -> Option<Token<'d>> {
        let rest = &self.text[self.at..];
        let bytes = rest.as_bytes();
        let end = memchr::memchr_iter(b'<', bytes).find(|at| {
            let tag = &bytes[at + 1..];
            tag.first() == Some(&b'/')
                && tag
                    .get(1..=name.len())
                    .is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()))
                && tag
                    .get(1 + name.len())
                    .is_none_or(|b| matches!(b, b'>' | b'/' | b' ' | b'\t' | b'\n' | b'\r'))
        });
        let length = end.unwrap_or(rest.len());
        self.at += length;
        let raw = !name.eq_ignore_ascii_case("title") && !name.eq_ignore_ascii_case("textarea");
        (length > 0).then(|| Token::Text {
            text: &rest[..length],
            raw,
        })
    }

    /// Passes over a comment, a declaration or an instruction that starts here; CDATA is text.
    fn declaration(&mut self) -> Option<Token<'d>> {
        let rest = &self.text[self.at..];
        if let Some(body) = rest.strip_prefix("<!--") {
            // `<!-->` and `<!--->` are comments without a content.
            let end = if body.starts_with('>') {
                Some(5)
            } else if body.starts_with("->") {
                Some(6)
            } else {
                memchr::memmem::find(body.as_bytes(), b"-->").map(|at| at + 7)
            };
            self.at += end.unwrap_or(rest.len());
            return None;
        }
        if self.xml
            && let Some(body) = rest.strip_prefix("<![CDATA[")
        {
            let length = body.find("]]>");
            self.at += 9 + length.map_or(body.len(), |n| n + 3);
            let text = &body[..length.unwrap_or(body.len())];
            return Some(Token::Text { text, raw: true });
        }
        self.at += if self.xml && rest.starts_with("<!DOCTYPE") {
            doctype(rest)
        } else {
            until_close(rest)
        };
        None
    }

    /// A tag that starts here, if one does.
    fn tag(&mut self) -> Option<Token<'d>> {
        let rest = &self.text[self.at..];
        let bytes = rest.as_bytes();
        let is_end = bytes.get(1) == Some(&b'/');
        let from = 1 + usize::from(is_end);
        if !bytes.get(from).is_some_and(u8::is_ascii_alphabetic) {
            return None;
        }
        let name_end = from
            + bytes[from..]
                .iter()
                .position(|b| matches!(b, b'>' | b'/' | b' ' | b'\t' | b'\n' | b'\r' | 0x0c))
                .unwrap_or(bytes.len() - from);
        let close = tag_end(bytes, name_end);
        let name = &rest[from..name_end];
        self.at += close.map_or(rest.len(), |at| at + 1);
        // A tag that the end of the document cuts off says nothing.
        let close = close?;
        if is_end {
            return Some(Token::End { name });
        }
        let inside = &rest[name_end..close];
        let closed = inside.ends_with('/');
        if !self.xml && RAW.iter().any(|raw| raw.eq_ignore_ascii_case(name)) {
            self.raw = Some(name);
        }
        Some(Token::Start {
            name,
            attributes: inside,
            closed,
        })
    }
}

/// Where a tag ends: at the first `>` that is not inside a quoted value.
fn tag_end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    let mut after_equals = false;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'>' => return Some(at),
            b'"' | b'\'' if after_equals => {
                at += 1 + memchr::memchr(byte, &bytes[at + 1..])?;
                after_equals = false;
            }
            b'=' => after_equals = true,
            b' ' | b'\t' | b'\n' | b'\r' => {}
            _ => after_equals = false,
        }
        at += 1;
    }
    None
}

fn until_close(rest: &str) -> usize {
    memchr::memchr(b'>', rest.as_bytes()).map_or(rest.len(), |at| at + 1)
}

/// The length of a document type with its internal subset, whose declarations are not read.
fn doctype(rest: &str) -> usize {
    let open = rest.find(['[', '>']);
    match open {
        Some(at) if rest.as_bytes()[at] == b'[' => match rest[at..].find("]>") {
            Some(end) => at + end + 2,
            None => match rest[at..].find(']') {
                Some(end) => at + end + until_close(&rest[at + end..]),
                None => rest.len(),
            },
        },
        _ => until_close(rest),
    }
}

impl<'d> Iterator for Tokens<'d> {
    type Item = Token<'d>;

    fn next(&mut self) -> Option<Token<'d>> {
        loop {
            if let Some(name) = self.raw.take()
                && let Some(token) = self.raw_content(name)
            {
                return Some(token);
            }
            let rest = &self.text[self.at..];
            let bytes = rest.as_bytes();
            if bytes.is_empty() {
                return None;
            }
            if bytes[0] == b'<' {
                let before = self.at;
                let token = match bytes.get(1) {
                    Some(b'!' | b'?') => self.declaration(),
                    _ => self.tag(),
                };
                if token.is_some() {
                    return token;
                }
                if self.at > before {
                    continue;
                }
            }
            // Text up to the next mark; a lone `<` is a character like any other.
            let length = memchr::memchr(b'<', &bytes[1..]).map_or(bytes.len(), |at| at + 1);
            self.at += length;
            return Some(Token::Text {
                text: &rest[..length],
                raw: false,
            });
        }
    }
}

/// Bytes of a tag's attributes that are looked at: no honest tag has more.
const ATTRIBUTES: usize = 16 << 10;

/// The attributes of a tag, in order, names as written.
pub(super) fn attributes(inside: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut end = inside.len().min(ATTRIBUTES);
    while !inside.is_char_boundary(end) {
        end -= 1;
    }
    let mut rest = &inside[..end];
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches([' ', '\t', '\n', '\r', '/', '\u{c}']);
        if rest.is_empty() {
            return None;
        }
        // A name has at least one character, even when that is `=`.
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let length = rest[first..]
            .find(['=', ' ', '\t', '\n', '\r', '/', '\u{c}'])
            .map_or(rest.len(), |n| n + first);
        let name = &rest[..length];
        rest = rest[length..].trim_start_matches([' ', '\t', '\n', '\r', '\u{c}']);
        let Some(after) = rest.strip_prefix('=') else {
            return Some((name, ""));
        };
        let after = after.trim_start_matches([' ', '\t', '\n', '\r', '\u{c}']);
        let value = if let Some(quote @ (b'"' | b'\'')) = after.as_bytes().first() {
            let body = &after[1..];
            let end = memchr::memchr(*quote, body.as_bytes());
            rest = end.map_or("", |at| &body[at + 1..]);
            &body[..end.unwrap_or(body.len())]
        } else {
            let end = after
                .find([' ', '\t', '\n', '\r', '\u{c}'])
                .unwrap_or(after.len());
            rest = &after[end..];
            &after[..end]
        };
        Some((name, value))
    })
}

/// One attribute's value, its references still in it.
pub(super) fn attribute<'a>(inside: &'a str, name: &str) -> Option<&'a str> {
    attributes(inside)
        .find(|(n, _)| n.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn short(text: &str, xml: bool) -> Vec<String> {
        Tokens::new(text, xml)
            .map(|token| match token {
                Token::Start { name, closed, .. } => {
                    format!("<{name}{}>", if closed { "/" } else { "" })
                }
                Token::End { name } => format!("</{name}>"),
                Token::Text { text, .. } => text.to_owned(),
            })
            .collect()
    }

    #[test]
    fn tells_tags_from_text() {
        assert_eq!(
            short(
                "a < b <p class='x>y'>c<br/></p><!-- <b> --><!doctype html>d<?x?>",
                false
            ),
            ["a ", "< b ", "<p>", "c", "<br/>", "</p>", "d"]
        );
        assert_eq!(short("<!-->a<!--->b<!-- c", false), ["a", "b"]);
        assert_eq!(short("<p title=\"cut", false), [""; 0]);
    }

    #[test]
    fn keeps_scripts_in_one_piece() {
        assert_eq!(
            short(
                "<script>if (a<b) '<p>'</SCRIPT ><title>A &amp; B</title>",
                false
            ),
            [
                "<script>",
                "if (a<b) '<p>'",
                "</SCRIPT>",
                "<title>",
                "A &amp; B",
                "</title>"
            ]
        );
    }

    #[test]
    fn reads_cdata_and_passes_over_declarations_in_xml() {
        let bomb = "<?xml version='1.0'?><!DOCTYPE d [<!ENTITY a \"b\"><!ENTITY c \"&a;>\">]><d>&c;<![CDATA[<x>]]></d>";
        assert_eq!(short(bomb, true), ["<d>", "&c;", "<x>", "</d>"]);
    }

    #[test]
    fn reads_attributes_of_all_kinds() {
        let all: Vec<_> = attributes(" a=1 b='2 3' c = \"4\" d e=/f/ =g").collect();
        assert_eq!(
            all,
            [
                ("a", "1"),
                ("b", "2 3"),
                ("c", "4"),
                ("d", ""),
                ("e", "/f/"),
                ("=g", "")
            ]
        );
    }
}
