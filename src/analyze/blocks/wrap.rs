//! Responsible for hard-wrapped plain text: lines broken at a fixed width become paragraphs again.

use super::shape::{Bullet, Ending, Shape};
use crate::model::span::Span;

/// No plain text is wrapped wider than this, in code points.
const WIDEST: u32 = 100;
/// And none narrower.
const NARROWEST: u32 = 40;
/// Longer paragraphs, in bytes, are cut, so that the time does not grow with their square.
const LONGEST: u32 = 1 << 14;

/// Joins the lines of paragraphs, if the whole text is wrapped at one width.
pub(super) fn unwrap(text: &str, shapes: Vec<Shape>) -> Vec<Shape> {
    let Some(width) = width(text, &shapes) else {
        return shapes;
    };
    let mut out: Vec<Shape> = Vec::with_capacity(shapes.len());
    let mut last = 0;
    for shape in shapes {
        match out.last_mut() {
            Some(open)
                if open.span.len() < LONGEST && runs_on(text, last, open.ending, &shape, width) =>
            {
                let span = open.span.hull(shape.span);
                last = length(text, shape.span);
                *open = Shape {
                    hint: open.hint,
                    ..Shape::of(text, span, open.blank_before)
                };
            }
            _ => {
                last = length(text, shape.span);
                out.push(shape);
            }
        }
    }
    out
}

fn length(text: &str, span: Span) -> u32 {
    span.of(text).chars().count() as u32
}

/// The width of a wrapped text; `None` when lines are paragraphs.
fn width(text: &str, shapes: &[Shape]) -> Option<u32> {
    if shapes.len() < 4 || shapes.iter().any(|s| s.span.len() > 4 * WIDEST) {
        return None;
    }
    let lengths: Vec<u32> = shapes.iter().map(|s| length(text, s.span)).collect();
    let width = lengths.iter().copied().max().unwrap_or(0);
    if !(NARROWEST..=WIDEST).contains(&width) {
        return None;
    }
    let pairs = shapes.windows(2).zip(&lengths).filter(|(pair, _)| {
        pair[1].blank_before == 0 && !pair[1].is_item() && pair[0].hint.is_none()
    });
    let (mut all, mut full) = (0, 0);
    for (pair, length) in pairs {
        all += 1;
        full += u32::from(runs_on(text, *length, pair[0].ending, &pair[1], width));
    }
    (full >= 3 && full * 10 >= all * 7).then_some(width)
}

/// Whether `next` goes on the paragraph whose last line has `length` code points: its first word
/// would not have fitted there.
fn runs_on(text: &str, length: u32, ending: Ending, next: &Shape, width: u32) -> bool {
    if next.blank_before > 0 || next.hint.is_some() {
        return false;
    }
    let item = match next.bullet {
        Bullet::None => false,
        Bullet::Dash => matches!(
            ending,
            Ending::Stop | Ending::Question | Ending::Mark | Ending::Colon
        ),
        _ => true,
    };
    let first = next.span.of(text).split_whitespace().next();
    let word = first.map_or(0, |w| w.chars().count() as u32);
    !item && length + 1 + word > width.saturating_sub(4)
}
