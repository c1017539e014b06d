//! Tests of identification with the embedded lists; all sentences are made up for them.

use proptest::prelude::*;

use super::*;
use crate::pack::Packs;

fn identifier() -> Identifier {
    Identifier::new(Packs::embedded().files())
}

const PLAIN: &[(&str, &str)] = &[
    (
        "sv",
        "Regeringen vill inte att skatten ska höjas, men oppositionen säger att det är nödvändigt.",
    ),
    (
        "da",
        "Regeringen vil ikke hæve skatten, men oppositionen siger, at det er nødvendigt nu.",
    ),
    (
        "nb",
        "Regjeringen vil ikke heve skatten, men opposisjonen sier at det er nødvendig nå.",
    ),
    (
        "nn",
        "Regjeringa vil ikkje heve skatten, men opposisjonen seier at det er naudsynt no.",
    ),
    (
        "fo",
        "Landsstýrið vil ikki hækka skattin, men andstøðan sigur, at tað er neyðugt nú.",
    ),
    (
        "is",
        "Ríkisstjórnin vill ekki hækka skattinn en stjórnarandstaðan segir að það sé nauðsynlegt.",
    ),
    (
        "nl",
        "De regering wil de belasting niet verhogen, maar de oppositie zegt dat het nodig is.",
    ),
    (
        "af",
        "Die regering wil nie die belasting verhoog nie, maar die opposisie sê dit is nodig.",
    ),
    (
        "lb",
        "D'Regierung wëll d'Steieren net erhéijen, mee d'Oppositioun seet, datt et néideg ass.",
    ),
    (
        "gl",
        "O goberno non quere subir os impostos, pero a oposición di que é necesario agora.",
    ),
    (
        "pt",
        "O governo não quer aumentar os impostos, mas a oposição diz que é necessário agora.",
    ),
    (
        "ca",
        "El govern no vol apujar els impostos, però l'oposició diu que és necessari ara.",
    ),
    (
        "cs",
        "Vláda nechce zvýšit daně, ale opozice říká, že je to teď nezbytné pro rozpočet.",
    ),
    (
        "sk",
        "Vláda nechce zvýšiť dane, ale opozícia hovorí, že je to teraz nevyhnutné pre rozpočet.",
    ),
    (
        "sl",
        "Vlada noče zvišati davkov, vendar opozicija pravi, da je to zdaj nujno za proračun.",
    ),
    (
        "hr",
        "Vlada ne želi povisiti poreze, ali oporba tvrdi da je to sada nužno, rekao je ministar financija u siječnju.",
    ),
    (
        "sr",
        "Vlada ne želi da poveća poreze, ali opozicija tvrdi da je to sada neophodno, rekao je predsednik u januaru.",
    ),
    (
        "uk",
        "Уряд не хоче підвищувати податки, але опозиція каже, що це зараз необхідно.",
    ),
    (
        "be",
        "Урад не хоча павышаць падаткі, але апазіцыя кажа, што гэта цяпер неабходна.",
    ),
    (
        "mk",
        "Владата не сака да ги зголеми даноците, но опозицијата вели дека тоа е неопходно.",
    ),
    (
        "eu",
        "Gobernuak ez ditu zergak igo nahi, baina oposizioak dio orain beharrezkoa dela.",
    ),
    (
        "sq",
        "Qeveria nuk dëshiron të rrisë taksat, por opozita thotë se kjo është e nevojshme tani.",
    ),
    (
        "mt",
        "Il-gvern ma jridx jgħolli t-taxxi, iżda l-oppożizzjoni tgħid li dan huwa meħtieġ issa.",
    ),
    (
        "ga",
        "Níl an rialtas ag iarraidh cánacha a ardú, ach deir an freasúra go bhfuil gá leis anois.",
    ),
    (
        "sw",
        "Serikali haitaki kuongeza kodi, lakini upinzani unasema kwamba ni muhimu sasa kwa nchi.",
    ),
    (
        "kk",
        "Үкімет салықты көтергісі келмейді, бірақ оппозиция бұл қазір қажет деп отыр.",
    ),
    (
        "fa",
        "دولت نمی‌خواهد مالیات را افزایش دهد، اما مخالفان می‌گویند که این کار اکنون لازم است.",
    ),
    ("el", "Η κυβέρνηση δεν θέλει να αυξήσει τους φόρους."),
    (
        "ja",
        "政府は増税を望んでいないが、野党は必要だと言っている。",
    ),
    ("zh", "政府不想提高税收，但反对派说现在有必要。"),
    ("th", "รัฐบาลไม่ต้องการขึ้นภาษี"),
];

#[test]
fn languages_are_told_apart_by_a_sentence() {
    let identifier = identifier();
    for (code, text) in PLAIN {
        let found = identifier.identify(text, None);
        assert_eq!(found.language.code, *code, "{text}");
        assert_ne!(found.language.method, LanguageMethod::None);
        assert!(found.language.confidence > 0.4 && found.foreign.is_empty());
    }
}

#[test]
fn what_says_nothing_stays_unknown() {
    let identifier = identifier();
    for text in [
        "",
        "12 345",
        "Oslo",
        "Anna Berg",
        "A B C",
        "https://www.example.org/och/det/att/som",
    ] {
        let found = identifier.identify(text, None);
        assert_eq!(found.language.code, "und", "{text}");
        assert_eq!(found.problems[0].code, "W_LANGUAGE_UNKNOWN");
    }
}

#[test]
fn a_declared_language_wins_and_is_doubted_only_when_the_text_is_long() {
    let identifier = identifier();
    let found = identifier.identify(PLAIN[0].1, Some("en-GB"));
    assert_eq!(found.language.code, "en");
    assert_eq!(found.language.method, LanguageMethod::Declared);
    assert!(found.problems.is_empty());
    let long = PLAIN[0].1.repeat(5);
    let found = identifier.identify(&long, Some("en"));
    assert_eq!(found.language.code, "en");
    assert_eq!(found.problems[0].code, "W_LANGUAGE_DISAGREES");
    assert!(
        identifier
            .identify(&long, Some("sv_FI"))
            .problems
            .is_empty()
    );
    assert_eq!(
        identifier.identify(PLAIN[3].1, Some("no")).language.code,
        "nn"
    );
    assert_eq!(
        identifier.identify(PLAIN[2].1, Some("no")).language.code,
        "nb"
    );
    assert_eq!(
        identifier
            .identify(PLAIN[0].1, Some("unknown"))
            .language
            .code,
        "sv"
    );
}

#[test]
fn neighbours_that_a_text_does_not_tell_apart_are_a_group() {
    let language = identifier()
        .identify("Ona je rekla da je to dobro za sve nas.", None)
        .language;
    assert_eq!(language.method, LanguageMethod::Group);
    assert!(!language.alternatives.is_empty());
}

#[test]
fn a_long_paragraph_in_another_language_is_flagged_and_a_neighbour_is_not() {
    let identifier = identifier();
    let english = "The prime minister told reporters that she would not resign, and that the government \
                   had done what it could for the people who were affected by the floods.";
    let text = format!("{}\n\n{english}\n\n{}", PLAIN[0].1.repeat(3), PLAIN[0].1);
    let found = identifier.identify(&text, None);
    assert_eq!(found.language.code, "sv");
    assert_eq!(found.language.mixed, ["en"]);
    assert_eq!(found.foreign.len(), 1);
    assert_eq!(found.foreign[0].0.of(&text), english);
    let text = format!("{}\n\n{}", PLAIN[2].1.repeat(3), PLAIN[1].1.repeat(2));
    assert!(identifier.identify(&text, None).foreign.is_empty());
}

proptest! {
    #[test]
    fn any_text_has_one_answer(text in "\\PC{0,80}|[a-zåäöа-яёءي .,'’<>:/\n]{0,200}") {
        let identifier = identifier();
        let first = identifier.identify(&text, None);
        let second = identifier.identify(&text, None);
        prop_assert_eq!(first.language, second.language);
        prop_assert!(first.foreign.iter().all(|(span, _)| !span.of(&text).is_empty()));
    }
}
