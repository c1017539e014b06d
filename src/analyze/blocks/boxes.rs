//! Responsible for fact boxes: a heading line, what it heads, and the source line.
//!
//! A heading opens a box when the pack knows its words, or when the shape leaves no doubt: a short
//! line right above a tight list in an article whose paragraphs stand apart. The shape of what
//! follows is always tested, so that "Fakta" in a headline opens nothing.

use super::Page;
use super::headings::{Head, Strength};
use super::kinds::{is_byline, is_label};
use super::shape::{Bullet, Ending, Shape};
use crate::model::article::HintKind;
use crate::model::record::{BlockKind, FactBox, Piece};
use crate::model::span::Span;
use crate::text::lexicon::Class;
use crate::text::sentence::sentences;
use crate::text::tokenize::{is_mark, tokenize};

/// Longest heading of a box, in code points.
const HEADING: u32 = 90;
/// Longest item without a bullet.
const ITEM: u32 = 280;
/// Longest paragraph that is a box of sentences.
const PARAGRAPH: u32 = 900;
/// Longest item of a list that nothing but its shape makes a box.
const SHORT_ITEM: u32 = 170;

/// A fact box and the kinds of its lines.
#[derive(Debug)]
pub(super) struct Found {
    /// The box.
    pub(super) record: FactBox,
    /// Lines and their kinds, in order.
    pub(super) roles: Vec<(usize, BlockKind)>,
}

/// The body of a box: which lines head it and which are items.
struct Body {
    /// Lines between heading and items: topic, lead-in.
    between: Vec<usize>,
    /// The items: line and place.
    items: Vec<(usize, Span)>,
    /// The topic, when it has a line of its own.
    topic: Option<usize>,
}

/// All fact boxes of a page, in order.
pub(super) fn find(page: &Page<'_>) -> Vec<Found> {
    let mut out = Vec::new();
    let mut i = 0;
    while i < page.shapes.len() {
        match open(page, i) {
            Some((found, next)) => {
                out.push(found);
                i = next;
            }
            None => i += 1,
        }
    }
    out
}

/// The box that line `i` heads, and the first line after it.
fn open(page: &Page<'_>, i: usize) -> Option<(Found, usize)> {
    let shape = page.shapes.get(i)?;
    if !shape.is_heading_like(HEADING) || i + 1 >= page.shapes.len() {
        return None;
    }
    if !page.is_set_off(i) && page.title != Some(i - 1) && shape.hint.is_none() {
        // Inside a group of lines only the pack's own words can open a box.
        if Head::read(page, i).strength < Strength::Known {
            return None;
        }
    }
    let head = Head::read(page, i);
    if head.strength == Strength::Label {
        return None;
    }
    let body = body(page, i, &head)?;
    let last = body.items.last()?.0;
    let (source, source_line) = source(page, last + 1);
    let mut roles = vec![(i, BlockKind::BoxHeading)];
    // A lead-in is a sentence that may say who wants what, so it stays prose.
    roles.extend(body.between.iter().map(|l| {
        if body.topic == Some(*l) {
            (*l, BlockKind::BoxHeading)
        } else {
            (*l, BlockKind::ListItem)
        }
    }));
    for (line, _) in &body.items {
        if roles.last().is_none_or(|(l, _)| l != line) {
            roles.push((*line, BlockKind::BoxItem));
        }
    }
    roles.extend(source_line.map(|l| (l, BlockKind::BoxSource)));
    let end = body.items.last().map_or(shape.span.end, |(_, s)| s.end);
    let topic = match body.topic {
        Some(line) => Some(page.content(line).to_owned()),
        None => head.topic.map(str::to_owned),
    };
    let record = FactBox {
        heading: shape.content.of(page.text).to_owned(),
        topic,
        span: Span::new(shape.span.start, end),
        items: body
            .items
            .iter()
            .map(|(_, span)| Piece::cut(page.text, *span))
            .collect(),
        source,
    };
    Some((Found { record, roles }, source_line.unwrap_or(last) + 1))
}

/// What stands below the heading, if it has the shape of a box.
fn body(page: &Page<'_>, i: usize, head: &Head<'_>) -> Option<Body> {
    let mut at = i + 1;
    let mut between = Vec::new();
    let mut topic = None;
    if head.is_bare && is_topic(page, at) {
        topic = Some(at);
        between.push(at);
        at += 1;
    }
    if is_lead_in(page, at, head) {
        between.push(at);
        at += 1;
    }
    let first = page.shapes.get(at)?;
    let gap = first.blank_before;
    if gap > 2 || (gap > 0 && head.strength < Strength::Background && !first.is_item()) {
        return None;
    }
    let items = if first.is_item() {
        listed(page, at, head)
    } else if gap == 0 {
        tight(page, at, head)
    } else if head.strength == Strength::Known || source_follows(page, at) {
        spaced(page, at, head)
    } else {
        None
    }?;
    Some(Body {
        between,
        items,
        topic,
    })
}

/// A line of its own between a bare heading and the items.
fn is_topic(page: &Page<'_>, at: usize) -> bool {
    let (Some(line), Some(next)) = (page.shapes.get(at), page.shapes.get(at + 1)) else {
        return false;
    };
    let text = page.content(at);
    let plain = line.is_heading_like(HEADING)
        && matches!(line.ending, Ending::Open | Ending::Bracket)
        && line.blank_before == 0
        && !has_label(text)
        && !text.contains(|c: char| c.is_ascii_digit());
    let itemish = next.is_item()
        || next.ending == Ending::Stop
        || has_label(page.content(at + 1))
        || page.content(at + 1).contains(|c: char| c.is_ascii_digit());
    plain && itemish && next.blank_before == 0
}

/// A line that ends in a colon before the items: not an item itself.
fn is_lead_in(page: &Page<'_>, at: usize, head: &Head<'_>) -> bool {
    page.shapes.get(at).is_some_and(|line| {
        line.ending == Ending::Colon
            && !line.is_item()
            && line.chars <= ITEM
            && (head.strength >= Strength::Background
                || page.shapes.get(at + 1).is_some_and(Shape::is_item))
    })
}

/// Items with bullets, numbers or marked by the format.
fn listed(page: &Page<'_>, at: usize, head: &Head<'_>) -> Option<Vec<(usize, Span)>> {
    let known = head.strength >= Strength::Background;
    let first = page.shapes[at];
    if first.blank_before > 0 && !known && first.bullet == Bullet::Dash {
        return None;
    }
    let mut items: Vec<(usize, Span)> = Vec::new();
    let mut gap = None;
    for (line, shape) in page.shapes.iter().enumerate().skip(at) {
        if line > at {
            let same = match (first.bullet, shape.bullet) {
                (Bullet::Number(a), Bullet::Number(b)) => b == a + items.len() as u32,
                (Bullet::None, Bullet::None) => shape.hint == Some(HintKind::ListItem),
                (a, b) => a == b && a != Bullet::None,
            };
            // The gap between the first two items is the gap between all.
            let set = *gap.get_or_insert(shape.blank_before.min(1));
            if !same || shape.blank_before > set {
                break;
            }
            if set > 0 && first.bullet == Bullet::Dash && !known {
                return None;
            }
        }
        if is_speech(page, line) {
            if !known || items.is_empty() || first.bullet != Bullet::Dash {
                return None;
            }
            break;
        }
        items.push((line, shape.content));
    }
    let enough = if head.strength == Strength::Known {
        1
    } else {
        2
    };
    let counted = !matches!(first.bullet, Bullet::Number(n) if n != 1);
    let lines: Vec<usize> = items.iter().map(|(line, _)| *line).collect();
    // A run of dashes is speech as likely as a list, where paragraphs do not stand apart.
    let apart = known
        || first.bullet != Bullet::Dash
        || !page.tight
        || (is_closed(page, at, &lines) && is_itemish(page, at, &lines));
    (items.len() >= enough && counted && apart).then_some(items)
}

/// Items without bullets in one group of lines without empty lines.
fn tight(page: &Page<'_>, at: usize, head: &Head<'_>) -> Option<Vec<(usize, Span)>> {
    let mut lines = vec![at];
    let mut sourced = is_source(page, at);
    for (line, shape) in page.shapes.iter().enumerate().skip(at + 1) {
        sourced = is_source(page, line);
        if shape.blank_before > 0 || shape.is_item() || sourced || page.title == Some(line) {
            break;
        }
        if is_beside(page, line) {
            break;
        }
        lines.push(line);
    }
    let after = lines.last()? + 1;
    sourced |= is_source(page, after) || is_source(page, after + 1);
    let closed = sourced || page.is_set_off(after) || is_beside(page, after);
    let fits = |limit: u32| lines.iter().all(|l| page.shapes[*l].chars <= limit);
    if page.tight && !closed {
        return None;
    }
    if lines.iter().any(|l| is_speech(page, *l)) {
        return None;
    }
    if let [line] = lines[..] {
        let shape = &page.shapes[line];
        let known = head.strength >= Strength::Background
            && shape.chars <= PARAGRAPH
            && !page.content(line).starts_with(is_mark);
        return (known && closed).then(|| in_sentences(page, line));
    }
    let wordy = head.strength >= Strength::Weak && fits(ITEM);
    let shaped = fits(SHORT_ITEM)
        && is_itemish(page, at, &lines)
        && (!page.tight || is_closed(page, at, &lines));
    (wordy || shaped).then(|| {
        lines
            .iter()
            .map(|l| (*l, page.shapes[*l].content))
            .collect()
    })
}

/// Whether heading and items stand apart from what is before and after them.
fn is_closed(page: &Page<'_>, at: usize, lines: &[usize]) -> bool {
    let after = lines.last().map_or(at, |l| l + 1);
    at > 1
        && page.is_set_off(at - 1)
        && page.shapes[at].blank_before == 0
        && (page.is_set_off(after) || is_source(page, after))
}

/// A signature, a caption or a note.
fn is_beside(page: &Page<'_>, line: usize) -> bool {
    line < page.shapes.len() && (is_byline(page, line) || is_label(page, line))
}

/// A colon near the beginning, as after a label.
fn has_label(text: &str) -> bool {
    let mut chars = text.chars().take(60).peekable();
    while let Some(c) = chars.next() {
        match c {
            '：' => return true,
            ':' if chars.peek().is_none_or(|c| c.is_whitespace()) => return true,
            _ => {}
        }
    }
    false
}

/// Whether most lines have a figure or a label, and none is speech or an address.
fn is_itemish(page: &Page<'_>, at: usize, lines: &[usize]) -> bool {
    let mut good = 0;
    for line in lines {
        let text = page.content(*line);
        if text.contains('@') || is_phone(text) {
            return false;
        }
        good += usize::from(text.contains(char::is_numeric) || has_label(text));
    }
    let heading = at.checked_sub(1).and_then(|h| page.shapes.get(h));
    // A heading with figures of its own is the first line of a table or of results.
    let heads = at > 1
        && heading.is_some_and(|h| {
            h.ending != Ending::Colon && !h.content.of(page.text).contains(char::is_numeric)
        });
    good * 3 >= lines.len() * 2 && heads
}

/// At least seven digits that only blanks and hyphens separate, as in a telephone number.
fn is_phone(text: &str) -> bool {
    let mut run = 0;
    for c in text.chars() {
        if c.is_ascii_digit() {
            run += 1;
        } else if !matches!(c, ' ' | '-' | '\u{a0}') {
            run = 0;
        }
        if run >= 8 && text.contains('-') {
            return true;
        }
    }
    false
}

/// Items that are paragraphs with empty lines between them, up to what closes the box.
fn spaced(page: &Page<'_>, at: usize, head: &Head<'_>) -> Option<Vec<(usize, Span)>> {
    const MOST: usize = 12;
    let mut lines = Vec::new();
    for (line, shape) in page.shapes.iter().enumerate().skip(at) {
        if is_source(page, line) {
            break;
        }
        let heading = shape.is_heading_like(HEADING) && shape.ending != Ending::Colon;
        let stops = shape.is_item()
            || shape.chars > ITEM + 60
            || shape.blank_before > 2
            || page.title == Some(line)
            || heading && line > at && !source_follows(page, line)
            || is_speech(page, line);
        if stops || lines.len() == MOST {
            // Without a source line nothing shows where the box ends; the first paragraph is sure.
            lines.truncate(1);
            break;
        }
        lines.push(line);
    }
    if lines.is_empty() || head.strength < Strength::Background {
        return None;
    }
    if let [line] = lines[..] {
        return Some(in_sentences(page, line));
    }
    Some(
        lines
            .iter()
            .map(|l| (*l, page.shapes[*l].content))
            .collect(),
    )
}

/// Whether a source line comes within a few paragraphs, before speech, a headline or a heading.
fn source_follows(page: &Page<'_>, at: usize) -> bool {
    for line in at..(at + 12).min(page.shapes.len()) {
        if is_source(page, line) {
            return true;
        }
        let shape = &page.shapes[line];
        if shape.bullet != Bullet::None || shape.chars > ITEM + 60 || page.title == Some(line) {
            return false;
        }
    }
    false
}

/// The sentences of one paragraph as items.
fn in_sentences(page: &Page<'_>, line: usize) -> Vec<(usize, Span)> {
    let span = page.shapes[line].content;
    let mut tokens = Vec::new();
    tokenize(
        page.text,
        span.start as usize,
        span.end as usize,
        &page.pack.tokens,
        &page.pack.lexicon,
        &mut tokens,
    );
    sentences(page.text, &tokens, 0..tokens.len(), &page.pack.sentences)
        .into_iter()
        .filter_map(|range| {
            let (first, last) = (tokens.get(range.start)?, tokens.get(range.end - 1)?);
            Some((line, Span::new(first.start, last.end)))
        })
        .collect()
}

/// Whether a line is someone's words: a dash or marks and a reporting verb near its end, or a name
/// and marked words after a colon.
fn is_speech(page: &Page<'_>, line: usize) -> bool {
    let shape = &page.shapes[line];
    let text = page.content(line);
    let marked = text.contains(is_mark);
    if marked
        && let Some((_, said)) = text.split_once([':', '：'])
        && said.trim_start().starts_with(is_mark)
        && shape.ending != Ending::Open
        && ends_in_mark(said)
    {
        return true;
    }
    if shape.bullet != Bullet::Dash && !marked {
        return false;
    }
    if shape.bullet == Bullet::Dash && shape.ending == Ending::Question {
        return true;
    }
    let mut tokens = Vec::new();
    tokenize(
        page.text,
        shape.content.start as usize,
        shape.content.end as usize,
        &page.pack.tokens,
        &page.pack.lexicon,
        &mut tokens,
    );
    tokens.windows(2).any(|pair| {
        let sign = pair[0].span().of(page.text);
        let closes = matches!(sign, "," | "!" | "?" | "،") || sign.starts_with(is_mark);
        closes && pair[1].classes & Class::Cue.bit() != 0
    })
}

fn ends_in_mark(text: &str) -> bool {
    text.trim_end_matches(['.', '!', '?']).ends_with(is_mark)
}

/// Whether a line names the box's sources.
fn is_source(page: &Page<'_>, line: usize) -> bool {
    line < page.shapes.len() && super::headings::source_names(page, line).is_some()
}

/// The sources named in line `at`, or after one empty line, and that line.
fn source(page: &Page<'_>, at: usize) -> (Option<String>, Option<usize>) {
    let near = page.shapes.get(at).is_some_and(|s| s.blank_before <= 1);
    match super::headings::source_names(page, at).filter(|_| near) {
        Some(names) => (Some(names.to_owned()), Some(at)),
        None => (None, None),
    }
}
