//! Responsible for key facts: which sentences are worth a row, of what kind, and how they rank.
//!
//! All items of fact boxes are facts. Sentences of prose are weighed by what they hold (figures,
//! decisions, names), by where they stand and by how much they are about the article's subject;
//! direct speech is left to quotations.

mod candidates;
mod features;
mod kind;
mod slots;

use std::ops::Range;

use crate::analyze::rules::Rule;
use crate::analyze::salience::Salience;
use crate::analyze::speakers::Speakers;
use crate::model::record::{Fact, FactBox, FactKind, Figure, Grade, Quotation, Section};
use crate::model::span::Span;
use crate::pack::Pack;
use crate::text::doc::Doc;
use candidates::Candidate;

/// The rules of this stage.
pub const RULES: &[Rule] = &[
    Rule {
        id: "fact.box-item",
        what: "An item of a fact box.",
        fires: "Fakta: Hamnen\n• Byggd 1912.",
        near_miss: "Fakta eller fiktion?",
    },
    Rule {
        id: "fact.figure",
        what: "A sentence outside speech with a figure, high enough in weight.",
        fires: "Bron kostar 40 miljoner kronor.",
        near_miss: "– Bron kostar 40 miljoner kronor, säger Anna Ek.",
    },
    Rule {
        id: "fact.cue",
        what: "A sentence without figures that says what was decided, proposed, expected or suffered.",
        fires: "Riksdagen sade nej till förslaget.",
        near_miss: "Riksdagen är en lång byggnad.",
    },
    Rule {
        id: "fact.lead",
        what: "A sentence of the lead with neither figures nor such words.",
        fires: "Anna Ek öppnade bron för trafik.",
        near_miss: "Anna Ek skrattar.",
    },
    Rule {
        id: "fact.central",
        what: "Another sentence that shares much with the whole article and its headline.",
        fires: "Bron över älven är stängd för trafik.",
        near_miss: "Det blev sent.",
    },
];

/// Most sentences of prose that become facts.
const MOST: usize = 8;
/// As many become facts even when their weight is low.
const LEAST: usize = 3;
/// Weight from which a sentence is a fact.
const ENOUGH: i64 = -80;
/// Weight below which it never is.
const TOO_LITTLE: i64 = -180;

/// What earlier stages found and key facts build on.
#[derive(Debug, Clone, Copy)]
pub struct Findings<'a> {
    /// The fact boxes.
    pub boxes: &'a [FactBox],
    /// All figures, in order.
    pub figures: &'a [Figure],
    /// All quotations, in order.
    pub quotations: &'a [Quotation],
    /// Who is who.
    pub speakers: &'a Speakers,
    /// How central each sentence is.
    pub salience: &'a Salience,
    /// The day of the article, ISO 8601.
    pub published: Option<&'a str>,
}

/// The key facts of a document, by rank.
pub fn facts(doc: &Doc<'_>, pack: &Pack, findings: &Findings<'_>) -> Vec<Fact> {
    let mut out = Vec::new();
    for found in findings.boxes {
        for item in &found.items {
            out.push(box_fact(doc, pack, found, item.span, findings));
        }
    }
    let all = candidates::find(doc, findings);
    for (weight, n, mentions) in chosen(doc, &all) {
        let mut fact = prose_fact(doc, pack, &all[n], findings);
        fact.score = score(weight);
        fact.mentions = mentions;
        out.push(fact);
    }
    for (n, fact) in out.iter_mut().enumerate() {
        fact.rank = n as u32 + 1;
        fact.id = format!("f{:03}", n + 1);
    }
    out
}

/// A weight as a score in per mille; box items stand above all.
fn score(weight: i64) -> u32 {
    u32::try_from((400 + weight).clamp(1, 990)).unwrap_or(1)
}

/// The sentences that become facts: weight, number and how often the article says the same, by
/// weight, then by place.
fn chosen(doc: &Doc<'_>, all: &[Candidate]) -> Vec<(i64, usize, u32)> {
    let mut ranked: Vec<(i64, usize)> = all
        .iter()
        .enumerate()
        .filter(|(_, c)| is_possible(c))
        .map(|(n, c)| (features::weigh(c), n))
        .filter(|(weight, _)| *weight >= TOO_LITTLE)
        .collect();
    ranked.sort_by_key(|(weight, n)| (-weight, *n));
    let mut out: Vec<(i64, usize, u32)> = Vec::new();
    let mut looks: Vec<Look> = Vec::new();
    for (weight, n) in ranked {
        let look = Look::of(doc, &all[n]);
        let same = (0..out.len())
            .find(|at| look.is_near(looks[*at]) && says_same(doc, &all[out[*at].1], &all[n]));
        if let Some(at) = same {
            out[at].2 += 1;
        } else if out.len() < MOST && (weight >= ENOUGH || out.len() < LEAST) {
            out.push((weight, n, 1));
            looks.push(look);
        }
    }
    out
}

/// The words of a sentence from afar: how many, and a bit for each by its hash.
#[derive(Debug, Clone, Copy)]
struct Look {
    words: u32,
    bits: u64,
}

impl Look {
    fn of(doc: &Doc<'_>, c: &Candidate) -> Self {
        let words = doc.tokens[c.tokens.clone()].iter().filter(|t| t.is_word());
        words.fold(Self { words: 0, bits: 0 }, |look, token| Self {
            words: look.words + 1,
            bits: look.bits | 1 << (token.hash & 63),
        })
    }

    /// Whether two sentences can share so many words that [`says_same`] has to look.
    fn is_near(self, other: Self) -> bool {
        let most = u64::from(self.words.max(other.words));
        let others = u64::from(other.words).checked_sub((most * 8).div_ceil(10));
        // A word of the other whose bit this one lacks is not shared.
        others.is_some_and(|most| u64::from((other.bits & !self.bits).count_ones()) <= most)
    }
}

/// A sentence that is neither someone's words nor a question nor a fragment.
fn is_possible(c: &Candidate) -> bool {
    c.words >= 3 && c.speech <= candidates::SPEECH && !(c.question && c.numbers == 0) && !c.leads_in
}

/// Whether two sentences have nearly the same words.
fn says_same(doc: &Doc<'_>, a: &Candidate, b: &Candidate) -> bool {
    let words = |c: &Candidate| c.tokens.clone().filter(|i| doc.tokens[*i].is_word());
    let (few, many) = (words(a).count(), words(b).count());
    if few.min(many) * 10 < few.max(many) * 7 {
        return false;
    }
    let shared = (few.max(many) * 8).div_ceil(10);
    let Some(mut others) = few.checked_sub(shared) else {
        return false;
    };
    for i in words(a) {
        if !words(b).any(|j| doc.tokens[j].hash == doc.tokens[i].hash) {
            if others == 0 {
                return false;
            }
            others -= 1;
        }
    }
    true
}

fn inside(figures: &[Figure], span: Span) -> Range<usize> {
    let from = figures.partition_point(|f| f.span.start < span.start);
    let to = figures.partition_point(|f| f.span.start < span.end);
    from..to.max(from)
}

fn box_fact(
    doc: &Doc<'_>,
    pack: &Pack,
    found: &FactBox,
    span: Span,
    findings: &Findings<'_>,
) -> Fact {
    let figures = findings.figures;
    let mut candidate = Candidate::of_item(doc, span);
    candidate.figures = inside(figures, span);
    let own = figures[candidate.figures.clone()].to_vec();
    candidate.look_at_figures(&own, findings.published);
    candidate.look_at_words(doc);
    let kind = kind::kind(&candidate);
    let slots = slots::fill(doc, &Speakers::default(), &candidate, None, &own);
    Fact {
        id: String::new(),
        rank: 0,
        score: 1000,
        kind: if kind == FactKind::Event {
            FactKind::Background
        } else {
            kind
        },
        status: kind::status(&candidate, kind),
        section: Section::Factbox,
        text: span.of(doc.text).to_owned(),
        span,
        who: None,
        what: slots.what,
        place: slots.place,
        when: slots.when,
        figures: own,
        source: found.source.clone(),
        source_type: if found.source.is_some() {
            "box"
        } else {
            "article"
        }
        .into(),
        mentions: 1,
        rule: pack.rule("fact.box-item"),
        grade: Grade::Weak,
    }
}

fn prose_fact(doc: &Doc<'_>, pack: &Pack, c: &Candidate, findings: &Findings<'_>) -> Fact {
    let Findings {
        figures,
        quotations,
        speakers,
        ..
    } = *findings;
    let own = &figures[c.figures.clone()];
    let kind = kind::kind(c);
    let report = c.report.and_then(|n| quotations.get(n));
    let slots = slots::fill(doc, speakers, c, report.map(|q| q.span), own);
    let source = report
        .and_then(|q| q.speaker.as_ref())
        .map(|s| s.name.clone())
        .or_else(|| {
            let expects = c.report.is_none() && kind == FactKind::Forecast;
            slots::expecting(doc, speakers, c).filter(|_| expects)
        });
    let rule = match () {
        () if c.numbers > 0 || c.figure_types != 0 => "fact.figure",
        () if c.cues != 0 => "fact.cue",
        () if c.in_lead => "fact.lead",
        () => "fact.central",
    };
    Fact {
        id: String::new(),
        rank: 0,
        score: 0,
        kind,
        status: kind::status(c, kind),
        section: c.section,
        text: c.span.of(doc.text).to_owned(),
        span: c.span,
        who: slots.who,
        what: slots.what,
        place: slots.place,
        when: slots.when,
        figures: own.to_vec(),
        source_type: if source.is_some() {
            "speaker"
        } else {
            "article"
        }
        .into(),
        source,
        mentions: 1,
        rule: pack.rule(rule),
        grade: Grade::Weak,
    }
}

#[cfg(test)]
mod tests {
    use crate::analyze::{Engine, Options, analyze};
    use crate::model::article::RawArticle;
    use crate::model::record::{Fact, FactStatus, Section};
    use crate::pack::Packs;

    fn facts_of(text: &str) -> Vec<Fact> {
        let engine =
            Engine::new(Packs::embedded(), Options::default()).expect("the embedded packs load");
        let raw = RawArticle {
            text: text.into(),
            published: Some("2026-11-03".into()),
            language: Some("sv".into()),
            ..RawArticle::default()
        };
        analyze(raw, &engine).facts
    }

    #[test]
    fn box_items_come_first_and_keep_the_source_of_their_box() {
        let facts = facts_of(
            "Kommunen beslutade på tisdagen att bygga en bro för 40 miljoner kronor.\n\n\
             Fakta: Bron\n• Byggd 1912.\n• Öppnas den 1 maj 2027.\nKälla: SCB",
        );
        let first: Vec<_> = facts.iter().take(2).map(|f| f.text.as_str()).collect();
        assert_eq!(first, ["Byggd 1912.", "Öppnas den 1 maj 2027."]);
        assert!(facts[..2].iter().all(|f| f.section == Section::Factbox
            && f.source.as_deref() == Some("SCB")
            && f.source_type == "box"));
        assert_eq!(facts[1].status, FactStatus::Planned);
        assert_eq!(
            facts[1].when.as_ref().and_then(|w| w.iso.as_deref()),
            Some("2027-05-01")
        );
        let ranks: Vec<u32> = facts.iter().map(|f| f.rank).collect();
        assert_eq!(ranks, (1..=facts.len() as u32).collect::<Vec<_>>());
    }

    #[test]
    fn speech_and_questions_are_no_facts() {
        let facts =
            facts_of("– Bron kostar 40 miljoner kronor, säger Anna Ek.\n\nVad blev det av bron?");
        assert!(facts.is_empty(), "{facts:?}");
    }

    #[test]
    fn what_is_said_twice_is_one_fact_with_two_mentions() {
        let line = "Bron över älven kostar 40 miljoner kronor och öppnas i maj 2027.";
        let facts = facts_of(&format!(
            "{line}\n\nFacket är kritiskt till bygget.\n\n{line}"
        ));
        let twice: Vec<_> = facts.iter().filter(|f| f.text == line).collect();
        assert_eq!(twice.len(), 1);
        assert_eq!(twice[0].mentions, 2);
    }
}
