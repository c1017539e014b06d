//! Responsible for figures: every number, amount, share, quantity, date, duration and time.
//!
//! One pass over the tokens (`scan`) takes each figure where it begins: a date, a time, an amount
//! with its currency in front, or a number with what it measures. A second pass (`shared`) gives
//! units to figures that share one. All words come from the pack's `figures.toml`.

mod before;
mod builder;
mod calendar;
mod clock;
mod compound;
mod dates;
mod digits;
mod glued;
mod lengths;
mod measure;
mod money;
mod numeral;
mod ones;
mod parts;
mod periods;
mod places;
mod scan;
mod shared;
mod temperature;
mod together;
mod weekdays;
mod written;

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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::analyze::document;
    use crate::model::article::RawArticle;
    use crate::pack::Packs;

    fn read(code: &str, text: &str, published: Option<&str>) -> Vec<Figure> {
        static PACKS: std::sync::OnceLock<Packs> = std::sync::OnceLock::new();
        let packs = PACKS.get_or_init(Packs::embedded);
        let raw = RawArticle {
            text: text.to_owned(),
            ..RawArticle::default()
        };
        let pack = packs.get_or_generic(code);
        let (doc, _) = document(&raw, pack);
        figures(&doc, pack, published)
    }

    /// Rows `type text value unit`, for short expectations.
    fn rows(code: &str, text: &str, published: Option<&str>) -> Vec<String> {
        read(code, text, published)
            .iter()
            .map(|f| {
                let value = serde_json::to_string(&f.value).expect("a value");
                let unit = f.unit.as_deref().unwrap_or("-");
                let kind = serde_json::to_string(&f.kind).expect("a type");
                format!("{} {} {value} {unit}", kind.trim_matches('"'), f.text).replace('"', "")
            })
            .collect()
    }

    #[test]
    fn amounts_in_words_and_digits() {
        assert_eq!(
            rows(
                "sv",
                "Det kostar tjugotre miljoner kronor, 2,35 miljarder i allt.",
                None
            ),
            [
                "money tjugotre miljoner kronor 23000000 SEK",
                "money 2,35 miljarder 2350000000 SEK"
            ]
        );
        assert_eq!(
            rows(
                "de",
                "Sie zahlten fünfundzwanzig Euro und 1.200,50 Euro.",
                None
            ),
            [
                "money fünfundzwanzig Euro 25 EUR",
                "money 1.200,50 Euro 1200.5 EUR"
            ]
        );
        assert_eq!(
            rows(
                "fr",
                "Il y avait quatre-vingt-dix-neuf chevaux et deux cent mille vaches.",
                None
            ),
            [
                "number quatre-vingt-dix-neuf 99 -",
                "number deux cent mille 200000 -"
            ]
        );
    }

    #[test]
    fn shares_ages_and_lengths() {
        assert_eq!(
            rows(
                "en",
                "A 14-year-old ran 7-10 km; 0.25 percentage points in a decade.",
                None
            ),
            [
                "quantity 14-year-old 14 year",
                "quantity 7 7 km",
                "quantity 10 km 10 km",
                "percent 0.25 percentage points 0.25 pp",
                "duration a decade 10 year"
            ]
        );
        assert_eq!(
            rows(
                "sv",
                "Var fjärde gick på ett tvådagarsmöte i sex timmar och tjugo minuter.",
                None
            ),
            [
                "number Var fjärde 0.25 -",
                "duration tvådagarsmöte 2 day",
                "duration sex timmar och tjugo minuter 380 minute"
            ]
        );
    }

    #[test]
    fn dates_resolve_against_the_article_only() {
        let text = "Beslutet togs i fredags och gäller den 1 mars.";
        assert_eq!(
            rows("sv", text, Some("2026-11-25")),
            [
                "date i fredags 2026-11-20 -",
                "date den 1 mars 2027-03-01 -"
            ]
        );
        assert_eq!(
            rows("sv", text, None),
            ["date i fredags null -", "date den 1 mars XXXX-03-01 -"]
        );
    }

    #[test]
    fn names_versions_phones_and_addresses_are_no_figures() {
        for text in [
            "COVID-19 spred sig vid G20-mötet.",
            "Version 3.11.2 finns på https://example.org/a/2024?q=30%25.",
            "Ring 08-123 456 78 eller +46 8 123 45 67.",
        ] {
            assert_eq!(rows("sv", text, None), [""; 0], "{text}");
        }
    }

    #[test]
    fn parts_powers_and_times() {
        assert_eq!(
            rows("en", "He is 7 feet 10 inches; 1.2e6 cells.", None),
            ["quantity 7 feet 10 inches 94 in", "number 1.2e6 1200000 -"]
        );
        assert_eq!(
            rows("en", "It began at quarter past eight.", None),
            ["time quarter past eight 08:15 -"]
        );
        assert_eq!(
            rows(
                "it",
                "Il 1° maggio e il 2° posto, con 35°.",
                Some("2026-04-20")
            ),
            [
                "date Il 1° maggio 2026-05-01 -",
                "ordinal 2° 2 -",
                "quantity 35° 35 °"
            ]
        );
        assert_eq!(
            rows(
                "fr",
                "Trois cinquièmes des élus, mais un cinquième homme.",
                None
            ),
            ["number Trois cinquièmes 0.6 -", "ordinal cinquième 5 -"]
        );
        assert_eq!(
            rows("ko", "칠천오백만 달러를 냈다. 이사는 사원이다.", None),
            ["money 칠천오백만 달러 75000000 USD"]
        );
        assert_eq!(
            rows("zh", "四百五元，华氏70度。", None),
            ["money 四百五元 450 CNY", "quantity 华氏70度 70 °F"]
        );
    }

    #[test]
    fn long_rows_take_linear_time() {
        for piece in [
            "123 ",
            "1-",
            "1/2/",
            "ett hundra och ",
            "01 ",
            "den 5 maj till ",
        ] {
            let found = read("sv", &piece.repeat(20_000), Some("2026-11-25"));
            assert!(found.windows(2).all(|w| w[0].span.end <= w[1].span.start));
        }
    }

    proptest! {
        #[test]
        fn spans_slice_what_they_say(text in "([0-9]{1,4}|[ .,:/%$€-]|två|tjugo|miljoner|kronor|den|maj|i|fredags|kl|år|½|\\PC){0,24}") {
            let found = read("sv", &text, Some("2026-11-25"));
            let mut end = 0;
            for figure in found {
                prop_assert_eq!(figure.span.of(&text), figure.text.as_str());
                prop_assert!(!figure.text.is_empty());
                prop_assert!(figure.span.start >= end);
                end = figure.span.end;
            }
        }
    }
}
