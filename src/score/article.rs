//! Responsible for comparing one article's gold with its record: quotations, stances, facts, boxes,
//! summary and language.

use super::item::{Fact, FigureValue, Item, Quotation, Stance};
use super::matching::{pairs, required};
use super::misses::{Miss, MissKind};
use super::rouge::rouge;
use super::rules::RuleTally;
use super::tally::{Found, KINDS, Share, Tally};
use super::text::{Range, bag_dice, common, count, dice, overlap, same_name, trim, word_starts};

/// The token F1 from which a quotation counts as found, and the generous one for optional gold.
const QUOTATION: f64 = 0.8;
const OPTIONAL_QUOTATION: f64 = 0.3;
/// The share of a gold quotation that must be covered for the lenient figure.
const COVERED: f64 = 0.3;
/// What a stance's target must share with gold.
const TARGET: f64 = 0.5;
/// What a fact must share: of the shorter span, and in words.
const FACT_OVERLAP: f64 = 0.7;
const FACT_WORDS: f64 = 0.4;

/// What one article adds to the measurement.
#[derive(Debug, Default)]
pub(super) struct Scored {
    pub(super) tally: Tally,
    pub(super) misses: Vec<Miss>,
    pub(super) rules: RuleTally,
}

/// Compares one article; a system that has no record of it found nothing.
///
/// `inflecting` says that names in the gold's language change with case.
pub(super) fn score(gold: &Item, system: Option<&Item>, inflecting: bool) -> Scored {
    let nothing = Item::default();
    let system_or = system.unwrap_or(&nothing);
    let text = gold.text.as_deref().unwrap_or_default();
    let chars: Vec<char> = text.chars().collect();
    let mut out = Scored::default();
    out.tally.articles = 1;
    out.tally.missing = u64::from(system.is_none());
    out.tally.language_right = u64::from(system_or.language == gold.language);
    out.tally.text_changed = u64::from(system_or.text.as_ref().is_some_and(|t| t != text));
    let mut article = Article {
        inflecting,
        gold,
        system: system_or,
        text: &chars,
        out: &mut out,
    };
    article.quotations();
    article.stances();
    article.facts();
    article.boxes();
    article.summary(text);
    out
}

struct Article<'a> {
    inflecting: bool,
    gold: &'a Item,
    system: &'a Item,
    text: &'a [char],
    out: &'a mut Scored,
}

impl Article<'_> {
    fn quotations(&mut self) {
        let alike = |a: &Quotation, b: &Quotation| {
            dice(
                &word_starts(self.text, &a.spans),
                &word_starts(self.text, &b.spans),
            )
        };
        let from = |least: f64, value: f64| if value >= least { value } else { 0.0 };
        let (gold, system) = required(
            &self.gold.quotations,
            self.system.quotations.iter().collect(),
            |q| q.row.optional,
            |a, b| from(OPTIONAL_QUOTATION, alike(a, b)),
        );
        let matched = pairs(&gold, &system, |a, b| from(QUOTATION, alike(a, b)));
        let tally = &mut self.out.tally;
        tally.quotations = found(&gold, &system, &matched);
        let mut attributed = vec![false; system.len()];
        for (i, j) in &matched {
            let (a, b) = (gold[*i], system[*j]);
            tally.kind_right += u64::from(a.kind == b.kind);
            let (wanted, got) = (a.speaker.as_deref(), b.speaker.as_deref());
            let right = same_name(wanted, got, self.inflecting);
            attributed[*j] = right;
            tally.attributed += u64::from(right);
            if wanted.is_some_and(|s| !s.is_empty()) {
                tally.speakers += Share {
                    right: u64::from(right),
                    of: 1,
                };
            }
            if !right {
                self.out.misses.push(Miss::speaker(self.gold, a, b));
            }
        }
        for (n, kind) in KINDS.iter().enumerate() {
            let of = |q: &&&Quotation| q.kind == *kind;
            tally.kinds[n] = Found {
                gold: gold.iter().filter(of).count() as u64,
                system: system.iter().filter(of).count() as u64,
                right: matched
                    .iter()
                    .filter(|(i, j)| of(&&gold[*i]) && of(&&system[*j]))
                    .count() as u64,
            };
            tally.kinds_found[n] = matched.iter().filter(|(i, _)| of(&&gold[*i])).count() as u64;
        }
        let spans = |rows: &[&Quotation]| -> Vec<Range> {
            rows.iter().flat_map(|q| q.spans.iter().copied()).collect()
        };
        let (gold_spans, system_spans) = (spans(&gold), spans(&system));
        tally.exact = same_ranges(self.text, &gold_spans, &system_spans);
        tally.covered = covered(&gold_spans, &system_spans);
        for (row, right) in system.iter().zip(attributed) {
            self.out.rules.add(&row.row.rule, right);
        }
        self.misses(&gold, &system, &matched);
    }

    fn stances(&mut self) {
        let inflecting = self.inflecting;
        let pair = |a: &Stance, b: &Stance| {
            let apart = |a: Option<Range>, b: Option<Range>| Some(overlap(a?, b?) <= 0);
            let target = bag_dice(&a.target, &b.target);
            if apart(a.evidence, b.evidence) == Some(true) || target < TARGET {
                return 0.0;
            }
            let same_holder = same_name(a.holder.as_deref(), b.holder.as_deref(), inflecting)
                || apart(a.holder_span, b.holder_span) == Some(false);
            if same_holder { target } else { 0.0 }
        };
        let full = |a: &&Stance, b: &&Stance| {
            if a.polarity == b.polarity {
                pair(a, b)
            } else {
                0.0
            }
        };
        let (gold, system) = required(
            &self.gold.stances,
            self.system.stances.iter().collect(),
            |s| s.row.optional,
            pair,
        );
        let matched = pairs(&gold, &system, full);
        let paired = pairs(&gold, &system, |a, b| pair(a, b));
        let tally = &mut self.out.tally;
        tally.stances = found(&gold, &system, &matched);
        tally.stance_pairs = paired.len() as u64;
        let same_side = |(i, j): &&(usize, usize)| gold[*i].polarity == system[*j].polarity;
        tally.polarity_right = paired.iter().filter(same_side).count() as u64;
        for (j, row) in system.iter().enumerate() {
            let right = matched.iter().any(|(_, hit)| *hit == j);
            self.out.rules.add(&row.row.rule, right);
        }
        self.misses(&gold, &system, &matched);
    }

    #[allow(clippy::cast_precision_loss)]
    fn facts(&mut self) {
        let alike = |a: &Fact, b: &Fact| {
            let shared = overlap(a.span, b.span);
            let shorter = (a.span.1 - a.span.0).min(b.span.1.saturating_sub(b.span.0));
            if shared <= 0 || (shared as f64 / shorter as f64) < FACT_OVERLAP {
                return 0.0;
            }
            let value = dice(
                &word_starts(self.text, &[a.span]),
                &word_starts(self.text, &[b.span]),
            );
            if value >= FACT_WORDS { value } else { 0.0 }
        };
        let mut ranked: Vec<&Fact> = self.system.facts.iter().collect();
        ranked.sort_by_key(|f| f.rank);
        let (gold, system) = required(&self.gold.facts, ranked, |f| f.row.optional, alike);
        if self.gold.facts.is_empty() {
            return;
        }
        let matched = pairs(&gold, &system, |a, b| alike(a, b));
        let top = &system[..system.len().min(gold.len())];
        let tally = &mut self.out.tally;
        tally.facts = found(&gold, &system, &matched);
        tally.top_facts = Share {
            right: pairs(&gold, top, |a, b| alike(a, b)).len() as u64,
            of: gold.len() as u64,
        };
        let inside: Vec<_> = system.iter().flat_map(|f| f.figures.iter()).collect();
        let all = self.system.figures.iter().collect::<Vec<_>>();
        let figures = if all.is_empty() { inside } else { all };
        for wanted in gold.iter().flat_map(|f| f.figures.iter()) {
            let right = figures.iter().any(|got| {
                overlap(wanted.span, got.span) > 0
                    && wanted.kind == got.kind
                    && (wanted.value == FigureValue::None || wanted.value == got.value)
            });
            tally.figures += Share {
                right: u64::from(right),
                of: 1,
            };
        }
        for (j, row) in system.iter().enumerate() {
            let right = matched.iter().any(|(_, hit)| *hit == j);
            self.out.rules.add(&row.row.rule, right);
        }
        self.misses(&gold, &system, &matched);
    }

    fn boxes(&mut self) {
        let (gold, system) = (&self.gold.box_items, &self.system.box_items);
        self.out.tally.boxes = same_ranges(self.text, gold, system);
    }

    fn summary(&mut self, text: &str) {
        if self.gold.summary.is_empty() {
            return;
        }
        let tally = &mut self.out.tally;
        tally.summaries = 1;
        let summary = self.system.summary.join(" ");
        tally.rouge = rouge(&summary, &self.gold.summary).unwrap_or_default();
        tally.lead = rouge(text, &self.gold.summary).unwrap_or_default();
    }

    /// Notes rows on either side that found no partner.
    fn misses<G: MissKind, S: MissKind>(
        &mut self,
        gold: &[&G],
        system: &[&S],
        matched: &[(usize, usize)],
    ) {
        let misses = Miss::unmatched(self.gold, gold, system, matched);
        self.out.misses.extend(misses);
    }
}

fn found<G, S>(gold: &[G], system: &[S], matched: &[(usize, usize)]) -> Found {
    Found {
        gold: gold.len() as u64,
        system: system.len() as u64,
        right: matched.len() as u64,
    }
}

/// Ranges that are the same once trimmed.
fn same_ranges(text: &[char], gold: &[Range], system: &[Range]) -> Found {
    let bag = |ranges: &[Range]| count(ranges.iter().map(|r| trim(text, *r)));
    Found {
        gold: gold.len() as u64,
        system: system.len() as u64,
        right: u64::from(common(&bag(gold), &bag(system))),
    }
}

/// How many gold ranges are covered by a system range of their own.
#[allow(clippy::cast_precision_loss)]
fn covered(gold: &[Range], system: &[Range]) -> u64 {
    let mut used = vec![false; system.len()];
    let mut covered = 0;
    for range in gold {
        let length = range.1.saturating_sub(range.0).max(1) as f64;
        let mut best: Option<(f64, usize)> = None;
        for (k, other) in system.iter().enumerate().filter(|(k, _)| !used[*k]) {
            let share = overlap(*range, *other) as f64 / length;
            if best.is_none_or(|(most, _)| share > most) {
                best = Some((share, k));
            }
        }
        if let Some((share, k)) = best
            && share > COVERED
        {
            used[k] = true;
            covered += 1;
        }
    }
    covered
}
