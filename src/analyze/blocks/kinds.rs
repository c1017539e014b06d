//! Responsible for the kind of every line outside fact boxes: title, heading, lead, paragraph, list
//! item, byline.

use super::Page;
use super::boxes::Found;
use super::shape::{Bullet, Ending, is_caps};
use crate::model::article::HintKind;
use crate::model::record::BlockKind;
use crate::text::fold::fold;
use crate::text::lexicon::Class;
use crate::text::tokenize::{is_mark, tokenize};

/// Longest section heading, in code points.
const HEADING: u32 = 64;
/// Longest headline.
const TITLE: u32 = 160;
/// Among how many first lines the headline may stand.
const TITLE_LINES: usize = 12;

/// The line that is the headline: equal to the input's title, else the first line if it looks so.
pub(super) fn title(page: &Page<'_>) -> Option<usize> {
    let bare = |s: &str| {
        let s = s.trim().trim_end_matches(['.', ':']);
        fold(s, page.pack.tokens.case)
    };
    if let Some(title) = page.raw.title.as_deref().filter(|t| !t.trim().is_empty()) {
        let wanted = bare(title);
        let near = |i: &usize| {
            let line = page.content(*i);
            line.len().abs_diff(title.trim().len()) <= 8 && bare(line) == wanted
        };
        let shown = page.shapes.len().min(TITLE_LINES);
        return (0..shown).find(near);
    }
    let (first, second) = (page.shapes.first()?, page.shapes.get(1)?);
    let headed = first.is_heading_like(TITLE)
        && first.ending != Ending::Colon
        && second.content.len() > first.content.len()
        && (second.blank_before > 0 || first.chars <= HEADING)
        && !is_byline(page, 0)
        && !reports(page, 0);
    headed.then_some(0)
}

/// The kind of every line, in order.
pub(super) fn kinds(page: &Page<'_>, boxes: &[Found]) -> Vec<BlockKind> {
    let count = page.shapes.len();
    let mut kinds: Vec<Option<BlockKind>> = vec![None; count];
    for found in boxes {
        for (line, kind) in &found.roles {
            kinds[*line] = Some(*kind);
        }
    }
    if let Some(title) = page.title {
        kinds[title].get_or_insert(BlockKind::Title);
    }
    let last_prose = (0..count)
        .rev()
        .find(|i| kinds[*i].is_none() && is_sentence_like(page, *i));
    let mut kinds: Vec<BlockKind> = kinds
        .into_iter()
        .enumerate()
        .map(|(i, kind)| kind.unwrap_or_else(|| kind_of(page, i, last_prose)))
        .collect();
    if !kinds.iter().any(|k| is_prose(*k)) {
        for kind in &mut kinds {
            if *kind == BlockKind::Heading {
                *kind = BlockKind::Paragraph;
            }
        }
    }
    set_lead(page, &mut kinds);
    kinds
}

const fn is_prose(kind: BlockKind) -> bool {
    matches!(
        kind,
        BlockKind::Paragraph | BlockKind::ListItem | BlockKind::QuoteHint | BlockKind::Lead
    )
}

/// The first paragraph is the lead, unless it is speech or the format says otherwise.
fn set_lead(page: &Page<'_>, kinds: &mut [BlockKind]) {
    if kinds.contains(&BlockKind::Lead) {
        return;
    }
    if let Some(first) = kinds.iter().position(|k| *k == BlockKind::Paragraph)
        && page.shapes[first].bullet == Bullet::None
    {
        kinds[first] = BlockKind::Lead;
    }
}

fn kind_of(page: &Page<'_>, i: usize, last_prose: Option<usize>) -> BlockKind {
    let shape = &page.shapes[i];
    match shape.hint {
        Some(HintKind::Heading) => return BlockKind::Heading,
        Some(HintKind::ListItem) => return BlockKind::ListItem,
        Some(HintKind::Quote) => return BlockKind::QuoteHint,
        Some(HintKind::Lead) => return BlockKind::Lead,
        Some(HintKind::Byline | HintKind::Caption) => return BlockKind::Byline,
        None => {}
    }
    match shape.bullet {
        Bullet::Sign => return BlockKind::ListItem,
        Bullet::Number(n) if is_counted(page, i, n) => return BlockKind::ListItem,
        Bullet::Dash => return BlockKind::Paragraph,
        _ => {}
    }
    let after_all = last_prose.is_none_or(|last| i > last);
    if is_byline(page, i) || is_label(page, i) {
        BlockKind::Byline
    } else if !is_heading(page, i) {
        BlockKind::Paragraph
    } else if after_all {
        BlockKind::Byline
    } else {
        BlockKind::Heading
    }
}

/// Whether a numbered line stands in a list: the line before or after goes on counting.
fn is_counted(page: &Page<'_>, i: usize, n: u32) -> bool {
    let number = |j: Option<usize>| match j.and_then(|j| page.shapes.get(j)).map(|s| s.bullet) {
        Some(Bullet::Number(m)) => Some(m),
        _ => None,
    };
    number(i.checked_sub(1)) == n.checked_sub(1) || number(Some(i + 1)) == Some(n + 1)
}

/// Whether a line has the length or the ending of running text.
fn is_sentence_like(page: &Page<'_>, i: usize) -> bool {
    let shape = &page.shapes[i];
    shape.bullet == Bullet::Dash
        || (!is_byline(page, i) && !is_label(page, i) && !is_heading(page, i))
}

/// Whether a line heads a section: short, without a sentence's end, and it reports nothing.
fn is_heading(page: &Page<'_>, i: usize) -> bool {
    let shape = &page.shapes[i];
    let dense = page
        .content(i)
        .chars()
        .next()
        .is_some_and(crate::text::tokenize::is_unspaced);
    let limit = if dense { HEADING / 2 } else { HEADING };
    if shape.content.is_empty() || !page.content(i).contains(char::is_alphanumeric) {
        return true;
    }
    shape.is_heading_like(limit)
        && shape.ending != Ending::Colon
        && !is_interview_question(page, i)
        && !is_sentences(page, i)
        && !reports(page, i)
}

/// A question right above an answer after a dash.
fn is_interview_question(page: &Page<'_>, i: usize) -> bool {
    page.shapes[i].ending == Ending::Question
        && page
            .shapes
            .get(i + 1)
            .is_some_and(|next| next.bullet == Bullet::Dash && next.blank_before == 0)
}

/// A sentence's end inside the line, or marks around several words of it at its beginning.
fn is_sentences(page: &Page<'_>, i: usize) -> bool {
    if page.shapes[i].marked {
        return false;
    }
    let line = page.content(i);
    let ends = |sign: &str| {
        line.split_once(sign).is_some_and(|(before, rest)| {
            before.split_whitespace().count() > 3 && rest.starts_with(char::is_uppercase)
        })
    };
    if ends(". ") || ends("! ") {
        return true;
    }
    let mut chars = line.chars();
    chars.next().is_some_and(is_mark)
        && chars
            .as_str()
            .split_once(is_mark)
            .is_some_and(|(said, _)| said.split_whitespace().count() > 3)
}

/// Whether the line is someone's words with an attribution: a comma or closing mark and then a
/// reporting verb, or marks around a whole sentence.
fn reports(page: &Page<'_>, i: usize) -> bool {
    let span = page.shapes[i].content;
    let piece = span.of(page.text);
    if !piece.contains(|c: char| c == ',' || c == '،' || is_mark(c)) {
        return false;
    }
    let mut tokens = Vec::new();
    let pack = page.pack;
    tokenize(
        page.text,
        span.start as usize,
        span.end as usize,
        &pack.tokens,
        &pack.lexicon,
        &mut tokens,
    );
    let is_cue = |word| pack.lexicon.classes(word) & Class::Cue.bit() != 0;
    tokens.windows(2).any(|pair| {
        let sign = pair[0].span().of(page.text);
        let closes = matches!(sign, "," | "،") || sign.starts_with(is_mark);
        closes && is_cue(pair[1].word)
    })
}

/// The writer's line, an agency's signature, an address.
pub(super) fn is_byline(page: &Page<'_>, i: usize) -> bool {
    let shape = &page.shapes[i];
    if shape.chars > 100 || shape.hint.is_some() || shape.bullet != Bullet::None {
        return false;
    }
    let line = page.content(i);
    is_signature(line) || is_address(line) || is_written_by(page, i)
}

/// "(TT)", "/ritzau/", "hcl/bpa/swi", "© dpa", "Anna Ask/TT", "STT–AFP".
fn is_signature(line: &str) -> bool {
    let short = line.chars().count() <= 40;
    let enclosed = (line.starts_with('(') && line.ends_with(')'))
        || (line.starts_with('/') && line.ends_with('/'))
        || (line.starts_with('[') && line.ends_with(']'));
    if line.starts_with('©') || (enclosed && short && !line.ends_with(".)")) {
        return true;
    }
    if !short || line.ends_with(['.', '!', '?', ':']) {
        return false;
    }
    let mut parts = line.split('/').map(str::trim).peekable();
    let initials =
        |p: &str| p.chars().count() <= 5 && !p.is_empty() && p.chars().all(char::is_lowercase);
    if line.contains('/') && parts.clone().filter(|p| !p.is_empty()).all(initials) {
        return true;
    }
    let names = |p: &str| {
        p.split_whitespace().count() <= 3
            && p.split_whitespace()
                .all(|w| w.starts_with(char::is_uppercase))
    };
    line.matches('/').count() == 1 && parts.all(names)
        || line.split_whitespace().count() == 1 && line.contains(['–', '-', '/']) && is_caps(line)
}

/// An e-mail address, a web address or a telephone number, alone or after a name.
fn is_address(line: &str) -> bool {
    let mut words = line.split_whitespace();
    words.any(|w| {
        (w.contains('@') && w.contains('.') && !w.starts_with('@'))
            || w.starts_with("http")
            || w.starts_with("www.")
    }) && line.split_whitespace().count() <= 8
}

/// A byline word and then a name.
fn is_written_by(page: &Page<'_>, i: usize) -> bool {
    let shape = &page.shapes[i];
    if matches!(
        shape.ending,
        Ending::Stop | Ending::Question | Ending::Colon | Ending::Mark
    ) {
        return false;
    }
    let line = page.content(i);
    let folded = fold(line, page.pack.tokens.case);
    page.pack.facts.lines.bylines.iter().any(|word| {
        let Some(rest) = after_word(&folded, word) else {
            return false;
        };
        let skipped = folded.len() - rest.len();
        let named = rest
            .trim_start_matches([':', ' ', '\u{a0}', '/'])
            .chars()
            .next()
            .is_some_and(char::is_alphabetic);
        // The name's own capitals show only in the line itself.
        let name = line.get(skipped.min(line.len())..).unwrap_or("");
        let capitals = name
            .split_whitespace()
            .filter(|w| w.starts_with(char::is_uppercase))
            .count();
        let words = name.split_whitespace().filter(|w| w.len() > 1).count();
        named && (capitals >= 2 && words <= capitals + 4 || capitals == words && capitals > 0)
    })
}

/// A word that opens a caption, a note or a link to another article.
pub(super) fn is_label(page: &Page<'_>, i: usize) -> bool {
    let shape = &page.shapes[i];
    if shape.chars > 300 {
        return false;
    }
    let line = page.content(i);
    // A label is the whole line or stands before a sign or a number near the beginning.
    let signed = |c: char| matches!(c, ':' | '：' | '/' | '|' | '–' | '—' | '-') || c.is_numeric();
    if shape.chars > 40 && !line.chars().take(40).any(signed) {
        return false;
    }
    let head: String = line.chars().take(40).collect();
    let folded = fold(&head, page.pack.tokens.case);
    let folded = folded.trim_start_matches(['(', '[', '*', '/']);
    let words = &page.pack.facts;
    let labelled = |word: &String| {
        after_word(folded, word).is_some_and(|rest| {
            let rest = rest.trim_start();
            rest.is_empty()
                || rest.starts_with([':', '：', '/', '|', '–', '—', '-'])
                || rest.starts_with(char::is_numeric)
        })
    };
    words.lines.labels.iter().any(labelled)
        || words.boxes.sources.iter().any(|w| {
            after_word(folded, w).is_some_and(|rest| rest.trim_start().starts_with([':', '：']))
        })
}

/// What follows `word` at the beginning of `line`, if it ends there as a word.
pub(super) fn after_word<'l>(line: &'l str, word: &str) -> Option<&'l str> {
    let rest = line.strip_prefix(word)?;
    let ends = word.ends_with(|c: char| !c.is_alphanumeric())
        || rest.chars().next().is_none_or(|c| !c.is_alphanumeric());
    ends.then_some(rest)
}
