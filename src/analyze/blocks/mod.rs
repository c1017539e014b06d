//! Responsible for the layout of an article: what each line is, and the fact boxes.
//!
//! Every line that holds more than white space lands in exactly one block, in order. Prose is what
//! is not shown to be something else, since quotations and stances read prose only.

mod boxes;
mod headings;
mod kinds;
mod shape;
mod wrap;

use crate::model::article::RawArticle;
use crate::model::record::{BlockKind, FactBox};
use crate::model::span::Span;
use crate::pack::Pack;
use crate::text::lines::Line;
use shape::Shape;

/// A block before its tokens are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// What it is.
    pub kind: BlockKind,
    /// Bytes.
    pub span: Span,
    /// How many empty lines stand before it.
    pub blank_before: u32,
}

/// An article's blocks and fact boxes.
#[derive(Debug, Default)]
pub struct Layout {
    /// All blocks, in order.
    pub blocks: Vec<Part>,
    /// The fact boxes among them.
    pub boxes: Vec<FactBox>,
}

/// What the steps of the layout share.
struct Page<'a> {
    raw: &'a RawArticle,
    text: &'a str,
    pack: &'a Pack,
    shapes: Vec<Shape>,
    /// The line that repeats the headline, if any.
    title: Option<usize>,
    /// Paragraphs follow each other without empty lines.
    tight: bool,
}

/// Says what each line is.
pub fn layout(raw: &RawArticle, lines: &[Line], pack: &Pack) -> Layout {
    let text = raw.text.as_str();
    let shapes = wrap::unwrap(text, shapes(raw, lines));
    let gaps = shapes.iter().skip(1);
    let close = gaps.clone().filter(|s| s.blank_before == 0).count();
    let mut page = Page {
        raw,
        text,
        pack,
        tight: close * 2 > gaps.count(),
        title: None,
        shapes,
    };
    page.title = kinds::title(&page);
    let found = boxes::find(&page);
    let kinds = kinds::kinds(&page, &found);
    let blocks = page
        .shapes
        .iter()
        .zip(kinds)
        .map(|(shape, kind)| Part {
            kind,
            span: shape.span,
            blank_before: shape.blank_before,
        })
        .collect();
    Layout {
        blocks,
        boxes: found.into_iter().map(|b| b.record).collect(),
    }
}

/// The looks of all lines, with what the format says of them.
fn shapes(raw: &RawArticle, lines: &[Line]) -> Vec<Shape> {
    let mut hints = raw.hints.iter().peekable();
    lines
        .iter()
        .map(|line| {
            let mut shape = Shape::of(&raw.text, line.span, line.blank_before);
            while hints.next_if(|h| h.span.end <= line.span.start).is_some() {}
            // The narrowest hint comes last among those that hold the line.
            shape.hint = hints
                .clone()
                .take_while(|h| h.span.start < line.span.end)
                .filter(|h| h.span.overlaps(line.span))
                .last()
                .map(|h| h.kind);
            shape
        })
        .collect()
}

impl Page<'_> {
    /// The text of a line without bullet and mark-up.
    fn content(&self, i: usize) -> &str {
        self.shapes.get(i).map_or("", |s| s.content.of(self.text))
    }

    /// Whether an empty line, a rule or the article's edge stands before line `i`.
    fn is_set_off(&self, i: usize) -> bool {
        i == 0
            || self.shapes.get(i).is_none_or(|s| s.blank_before > 0)
            || !self.content(i - 1).contains(char::is_alphanumeric)
    }
}

#[cfg(test)]
mod tests;
