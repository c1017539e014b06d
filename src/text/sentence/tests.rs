//! Tests of the splitter; all texts are made up for them.

use proptest::prelude::*;

use super::*;
use crate::text::fold::CaseRule;
use crate::text::lexicon::Lexicon;
use crate::text::tokenize::{TokenRules, tokenize};

const ABBREVIATIONS: &str =
    "dr\nprof\nt.ex\nca\nkl\nz. B\n[ends]\netc\nm.m\ne.Kr\n[unclear]\np.m\nkr";

fn cut_with(text: &str, ordinal_stop: bool) -> Vec<String> {
    let mut lexicon = Lexicon::new();
    for word in ["det", "han", "the", "i", "it", "die"] {
        lexicon.add(&[word], Class::Stop, 0);
    }
    for word in ["asked", "frågade"] {
        lexicon.add(&[word], Class::Cue, 0);
    }
    let mut rules = SentenceRules::new(ABBREVIATIONS.lines(), CaseRule::Plain);
    rules.ordinal_stop = ordinal_stop;
    let mut tokens = Vec::new();
    tokenize(
        text,
        0,
        text.len(),
        &TokenRules::default(),
        &lexicon,
        &mut tokens,
    );
    sentences(text, &tokens, 0..tokens.len(), &rules)
        .into_iter()
        .map(|r| text[tokens[r.start].start as usize..tokens[r.end - 1].end as usize].to_owned())
        .collect()
}

/// Checks that a text is cut exactly at its bars.
fn check(marked: &str) {
    let text = marked.replace('|', "");
    let wanted: Vec<String> = marked.split('|').map(|s| s.trim().to_owned()).collect();
    assert_eq!(cut_with(&text, false), wanted, "{text}");
}

#[test]
fn stops_end_sentences_and_closing_marks_stay_with_them() {
    check("Hon gick. |Han stannade kvar! |Varför? |Ingen vet … |Inte han.");
    check("”Jag går.” |Han stannade.");
    check("Er sagte: „Ich gehe.“ |Anna blieb.");
    check("« Pourquoi ? » |Anna partit.");
    check("(Han stannade.) |Hon gick.");
    check("“Is it?” |It was.");
}

#[test]
fn a_reporting_clause_belongs_to_its_question() {
    check("– Vad betyder det? undrade hon. |– Ingenting! svarade Peter Ek (S).");
    check("”Varför?” frågade Anna.");
    check("« Où ? » demande-t-il.");
    check("\"Why?\" Anna Berg asked. |\"Because!\" |Anna Berg left.");
    check("Han tvekade. |– Nej, sa hon. |— Nu går vi.");
}

#[test]
fn abbreviations_end_sentences_only_where_they_may() {
    check("Säger dr. Ek till prof. Berg, t.ex. Anna, kl. 10.");
    check("Äpplen etc. |Anna köpte dem.");
    check("År 200 e. Kr. |Anna kom.");
    check("At 5 p.m. |The shop shut at 6 p.m. on Monday.");
    check("Det kostar 20 kr. |Anna betalade.");
    check("In the U.S. Senate, in the U.S. |The vote is near.");
    check("Wir sind z. B. Berliner.");
}

#[test]
fn initials_and_units_are_told_apart() {
    check("Statsminister S. Ek kom. |J. R. R. Berg och P.G. Ek gick.");
    check("Det är vitamin C. |Det är bra.");
    check("Det var 20 °C. |Anna frös.");
}

#[test]
fn ordinals_go_on_where_the_language_has_them() {
    assert_eq!(cut_with("Am 3. Oktober war es kalt.", true).len(), 1);
    assert_eq!(cut_with("Karl XVI. Gustav kam.", true).len(), 1);
    assert_eq!(cut_with("Vom 21. 3. bis 4. Mai.", true).len(), 1);
    assert_eq!(cut_with("Es waren 10. Die Zahl stieg.", true).len(), 2);
    assert_eq!(cut_with("Das war 2019. Berlin wuchs.", true).len(), 2);
    check("Vi var 10. |Anna gick.");
}

#[test]
fn lists_in_a_line_are_cut_at_their_items() {
    check("1. Första punkten |2. Andra punkten |3. Tredje punkten");
    check("• 9. Första |• 10. Andra");
    check("1. Inledning");
    check("Det finns 2. Anna vet.".replace("2. ", "2. |").as_str());
}

#[test]
fn scripts_with_their_own_stops() {
    check("今天下雨。|我们在家。|“你好！”|他说。");
    check("他看《加油！爸爸》。|很好。");
    check("वह आया। |मैं गया।");
    check("Πού είναι; |Εδώ είναι.");
    check("Ես գնում եմ: |Նա մնում է։ |Լավ:");
    check("كيف حالك؟ |أنا بخير.");
}

#[test]
fn what_is_left_out_and_what_is_glued() {
    check("Vi [...] stannade (…) kvar.");
    check(
        "Hej på dig!Anna kom.|"
            .trim_end_matches('|')
            .replace("!A", "!|A")
            .as_str(),
    );
    check("Wait . . . |Anna.");
    check("Den kom till example.com i går.");
}

proptest! {
    #[test]
    fn sentences_tile_their_block(text in "([a-zåA-ZÅ0-9]{1,4}|[.!?…:;,–\"'”“»«()\\[\\]。？।]|[ ]){0,60}|\\PC{0,60}", ordinal in any::<bool>()) {
        let lexicon = Lexicon::new();
        let mut rules = SentenceRules::new(ABBREVIATIONS.lines(), CaseRule::Plain);
        rules.ordinal_stop = ordinal;
        let mut tokens = Vec::new();
        tokenize(&text, 0, text.len(), &TokenRules::default(), &lexicon, &mut tokens);
        let from = tokens.len() / 3;
        let cut = sentences(&text, &tokens, from..tokens.len(), &rules);
        let mut at = from;
        for range in cut {
            prop_assert_eq!(range.start, at);
            prop_assert!(range.end > at);
            at = range.end;
        }
        prop_assert_eq!(at, tokens.len());
    }
}
