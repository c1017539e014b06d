//! Responsible for the layout of an article: what each line is, and the fact boxes.

use crate::model::article::RawArticle;
use crate::model::record::{BlockKind, FactBox};
use crate::model::span::Span;
use crate::pack::Pack;
use crate::text::lines::Line;

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

/// Says what each line is.
pub fn layout(raw: &RawArticle, lines: &[Line], _pack: &Pack) -> Layout {
    let text = raw.text.as_str();
    let blocks = lines
        .iter()
        .map(|line| {
            let piece = line.span.of(text);
            let short = piece.chars().count() <= 60
                && !piece.ends_with(['.', '!', '?', ':', '”', '"', '»']);
            let dashed = piece.starts_with(['–', '—', '-', '―', '−', '•', '·', '*']);
            let kind = if short && !dashed {
                BlockKind::Heading
            } else {
                BlockKind::Paragraph
            };
            Part {
                kind,
                span: line.span,
                blank_before: line.blank_before,
            }
        })
        .collect();
    Layout {
        blocks,
        boxes: Vec::new(),
    }
}
