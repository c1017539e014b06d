//! Responsible for figures: every number, amount, share, quantity, date, duration and time.
//!
//! One pass over the tokens ([`scan`]) takes each figure where it begins: a date, a time, an amount
//! with its currency in front, or a number with what it measures. A second pass ([`shared`]) gives
//! units to figures that share one. All words come from the pack's `figures.toml`.

mod builder;
mod calendar;
mod clock;
mod dates;
mod digits;
mod glued;
mod measure;
mod numeral;
mod scan;
mod shared;

use crate::model::record::{Approximation, Direction, Figure, FigureType, Value};
use crate::model::span::Span;
use crate::pack::Pack;
use crate::text::doc::Doc;
use crate::text::lexicon::Class;
use scan::{Amount, Draft, Scan};

/// How many tokens before a figure tell of its exactness and direction.
const LOOK_BACK: usize = 4;

/// All figures of a document, in order. `published` resolves relative dates.
pub fn figures(doc: &Doc<'_>, pack: &Pack, published: Option<&str>) -> Vec<Figure> {
    let scan = Scan::new(doc, pack, published);
    let mut drafts = scan.run();
    scan.share_units(&mut drafts);
    drafts
        .into_iter()
        .map(|draft| finish(&scan, draft))
        .collect()
}

/// The figures that lie inside a span, by binary search in the sorted list.
pub fn within(figures: &[Figure], span: Span) -> &[Figure] {
    let from = figures.partition_point(|f| f.span.start < span.start);
    let to = from + figures[from..].partition_point(|f| f.span.end <= span.end);
    &figures[from..to]
}

fn finish(scan: &Scan<'_>, draft: Draft<'_>) -> Figure {
    let span = draft.span.trimmed(scan.doc.text);
    let is_amount = !matches!(draft.kind, FigureType::Date | FigureType::Time);
    let unit = draft.unit.map(std::borrow::Cow::into_owned);
    Figure {
        text: span.of(scan.doc.text).to_owned(),
        span,
        kind: draft.kind,
        value: match draft.amount {
            Amount::Number(ratio) => Some(Value::number(ratio.value())),
            Amount::Text(text) => Some(Value::Text(text)),
            Amount::Unknown => None,
        },
        currency: unit.clone().filter(|_| draft.kind == FigureType::Money),
        unit,
        approx: is_amount
            .then(|| approximation(scan, draft.tokens.start))
            .flatten(),
        direction: is_amount
            .then(|| direction(scan, draft.tokens.start))
            .flatten(),
    }
}

/// The word right before a figure that says how exact it is.
fn approximation(scan: &Scan<'_>, start: usize) -> Option<Approximation> {
    (1..=LOOK_BACK.min(start)).find_map(|back| {
        let hit = scan.find(start - back, Class::Approximator)?;
        let reaches = hit.len == back || hit.len + 1 == back;
        reaches.then_some(match hit.payload {
            0 => Approximation::About,
            1 => Approximation::Over,
            _ => Approximation::Under,
        })
    })
}

/// The word before a figure, in its clause, that says whether it rises or falls.
fn direction(scan: &Scan<'_>, start: usize) -> Option<Direction> {
    (1..=LOOK_BACK.min(start))
        .take_while(|back| !scan.doc.is_char(start - back, &['.', ';', ':', '!', '?']))
        .find_map(|back| {
            let hit = scan.find(start - back, Class::Mover)?;
            Some(if hit.payload == 0 {
                Direction::Up
            } else {
                Direction::Down
            })
        })
}
