use super::RULES;
use crate::analyze::{Engine, Options, analyze};
use crate::model::article::RawArticle;
use crate::model::record::Stance;
use crate::pack::Packs;

fn stances_of(engine: &Engine, text: &str) -> Vec<Stance> {
    let raw = RawArticle {
        text: text.to_owned(),
        language: Some("sv".into()),
        ..RawArticle::default()
    };
    analyze(raw, engine).stances
}

fn engine() -> Engine {
    Engine::new(Packs::embedded(), Options::default()).unwrap()
}

#[test]
fn each_rule_fires_and_leaves_its_near_miss_alone() {
    let engine = engine();
    let mut wrong = Vec::new();
    for rule in RULES {
        let id = format!("sv.{}", rule.id);
        let has = |text: &str| stances_of(&engine, text).iter().any(|s| s.rule == id);
        if !has(rule.fires) {
            wrong.push(format!("{} does not fire", rule.id));
        }
        if has(rule.near_miss) {
            wrong.push(format!("{} fires on its near miss", rule.id));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_page_of_meetings_weather_sport_and_condolences_has_no_stance() {
    let text = "Statsministern träffade Natochefen i Bryssel på tisdagen. Utskottet ska behandla frågan i \
        maj.\n\nSMHI väntar regn i hela landet och upp till 12 grader i söder. På torsdagen blir det \
        klart.\n\nHammarby vann med 2–1 mot Djurgården inför 18 000 åskådare. Nästa match spelas på \
        söndag.\n\n– Våra tankar går till de anhöriga, sade kungen. Flaggorna hissades på halv stång.";
    assert_eq!(stances_of(&engine(), text), Vec::new());
}

#[test]
fn spans_hold_the_words_that_stand_beside_them() {
    let text = "Regeringen stöder inte förslaget om högre skatt, men Västerås kommun välkomnar det nya avtalet.";
    let stances = stances_of(&engine(), text);
    assert!(!stances.is_empty());
    let chars: Vec<char> = text.chars().collect();
    for stance in stances {
        let cut = |start: u32, end: u32| -> String {
            chars[start as usize..end as usize].iter().collect()
        };
        assert_eq!(
            cut(stance.target.span.start, stance.target.span.end),
            stance.target.text
        );
        assert_eq!(
            cut(stance.evidence.span.start, stance.evidence.span.end),
            stance.evidence.text
        );
    }
}
