use super::*;
use crate::model::span::Span;
use crate::pack::Packs;
use crate::text::lines::lines;
use proptest::prelude::*;
use std::sync::LazyLock;

static PACKS: LazyLock<Packs> = LazyLock::new(Packs::embedded);

fn laid_out(text: &str, title: Option<&str>) -> (Vec<(BlockKind, String)>, Vec<FactBox>) {
    let raw = RawArticle {
        text: text.into(),
        title: title.map(str::to_owned),
        ..RawArticle::default()
    };
    let layout = layout(&raw, &lines(text), PACKS.get_or_generic("sv"));
    let blocks = layout
        .blocks
        .iter()
        .map(|b| (b.kind, b.span.of(text).to_owned()))
        .collect();
    (blocks, layout.boxes)
}

fn kinds(text: &str, title: Option<&str>) -> Vec<BlockKind> {
    laid_out(text, title).0.iter().map(|b| b.0).collect()
}

#[test]
fn headings_do_not_swallow_prose() {
    use BlockKind::{Byline, Heading, Lead, Paragraph, Title};
    let text = "Bron byggs om\n\nAv Lena Ask\n\nKommunen bygger om bron för 40 miljoner kronor.\n\n\
                Nej från facket\n\n– Det är för dyrt, säger Eva Lind.\n\nEva Lind försökte lugna:\n\n\
                – Vi hinner.\n\nKortare rad utan punkt men med mycket mer text än någon mellanrubrik har\n\n(TT)";
    assert_eq!(
        kinds(text, Some("Bron byggs om")),
        [
            Title, Byline, Lead, Heading, Paragraph, Paragraph, Paragraph, Paragraph, Byline
        ]
    );
}

#[test]
fn hard_wrapped_lines_become_paragraphs() {
    let text = "Kommunen vill bygga en ny bro över älven och räknar med att den ska\n\
                kosta fyrtio miljoner kronor, vilket är mer än den gamla kalkylen sade\n\
                för tre år sedan.\n\nFacket protesterar mot planerna och kräver att pengarna i stället går\n\
                till skolan, som enligt facket har väntat på en renovering i över tio\når.";
    let (blocks, _) = laid_out(text, None);
    assert_eq!(blocks.len(), 2);
    assert!(blocks[0].1.ends_with("för tre år sedan."));
    assert!(blocks[1].1.ends_with("år."));
}

#[test]
fn boxes_need_a_shape_and_are_not_speech() {
    let open = |text: &str| laid_out(text, None).1.len();
    assert_eq!(
        open("Fakta: Hamnen\n• Byggd 1912.\n• 63 procent ägs av kommunen.\nKälla: SCB"),
        1
    );
    assert_eq!(
        open("Fakta eller fiktion?\n\nDet är frågan som kommunen nu ställer sig."),
        0
    );
    assert_eq!(open("Hur mår du?\n– Bra.\n– Mycket bra."), 0);
}

proptest! {
    #[test]
    fn every_line_lands_in_one_block_in_order(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "Fakta: Hamnen", "• ett", "– Nej, säger hon.", "1. först", "2) sedan", "\n", "\n\n", " ",
                "Källa: SCB", "En längre mening som slutar med punkt.", "Rubrik", "\u{2028}", "é", "()", ":", "**x**",
            ]),
            0..40,
        ),
        noise in ".{0,40}",
    ) {
        let text = format!("{}{noise}", pieces.concat());
        let raw = RawArticle { text: text.clone(), ..RawArticle::default() };
        let lines = lines(&text);
        let layout = layout(&raw, &lines, PACKS.get_or_generic("sv"));
        let mut at = 0;
        for block in &layout.blocks {
            prop_assert!(block.span.start >= at && !block.span.is_empty());
            prop_assert!(!block.span.of(&text).trim().is_empty());
            at = block.span.end;
        }
        let holds = |span: Span| layout.blocks.iter().any(|b| b.span.contains(span));
        prop_assert!(lines.iter().all(|l| holds(l.span)));
        for b in &layout.boxes {
            for item in &b.items {
                prop_assert_eq!(&item.text, item.span.of(&text));
                prop_assert!(b.span.contains(item.span));
            }
        }
    }
}
