//! Responsible for finding the language of an article and of its paragraphs.
//!
//! The cheapest evidence that decides is taken. First scripts: Greek, Thai, Korean and a dozen more
//! name their language at once. Then words and letters (`evidence`): one pass over the text adds
//! up what each frequent word, letter, beginning and ending says for every language that it occurs
//! in; a word list of two hundred words reaches two thirds of the running words of an article, so
//! this decides nearly all of them. Only where the best two are close, and the best is one that
//! whatlang knows, whatlang is asked too, and its answer counts as a few bits of evidence more. Its
//! own `is_reliable` is never used: for a language that it does not know it is reliably wrong.
//! Languages that a text cannot tell apart are called a group, with the others as alternatives.
//!
//! Every list is written from knowledge of the languages; the few numbers in `evidence` and here
//! were fitted on sentences with known language. Arithmetic is on integers.
//!
//! The same pass gives each line's languages, so a paragraph in another language than its article is
//! found for nothing: it must be long, and its evidence against the article's language strong.

mod codes;
mod evidence;
mod script;
#[cfg(test)]
mod tests;

use crate::model::problem::{Code, Problem};
use crate::model::record::{Language, LanguageMethod};
use crate::model::span::Span;
use crate::pack::source::Files;
use crate::text::lines::lines;
pub use codes::Codes;
use evidence::{BIT, Evidence, Tally};

/// Texts with fewer letters say nothing certain about their language, unless their script names it,
/// the evidence is clear all the same, or whatlang agrees.
const LETTERS_NEEDED: u32 = 20;
/// That evidence.
const CLEAR_IN_SHORT: i32 = 7 * BIT;
/// With fewer letters still, as in a name alone, whatlang's word is not enough in the script that
/// most languages share, unless it is the text's own best answer.
const LETTERS_TO_ASK: u32 = 12;
/// The fewest letters of all.
const LETTERS_AT_LEAST: u32 = 4;
/// The fewest where the script belongs to one language.
const LETTERS_IN_OWN_SCRIPT: u32 = 3;
/// Below this lead of the best language whatlang is asked.
const CLEAR: i32 = 18 * BIT;
/// What whatlang's answer is worth.
const WHATLANG: i32 = 5 * BIT;
/// How much of the text whatlang reads, in bytes.
const WHATLANG_READS: usize = 1000;
/// How many of the best candidates whatlang may choose among where the text itself says little, and
/// how certain that answer is.
const LIKELY: usize = 6;
const DOUBTFUL: f64 = 0.4;
/// Below this lead over another member of its group a language is not told apart from it.
const GROUP_LEAD: i32 = 6 * BIT;
/// A word of a text in a known language brings at least so much evidence on average.
const BITS_A_WORD: i32 = BIT / 2;
/// How many bytes are read of the lines together, and of each at least: words far down a paragraph
/// add nothing but time.
const READS: usize = 2400;
const LINE_READS: usize = 300;
/// A paragraph with fewer letters is never taken for another language than its article's.
const PARAGRAPH_LETTERS: u32 = 100;
/// The evidence that makes a paragraph foreign, against the article's language.
const FOREIGN: i32 = 60 * BIT;
/// Letters and evidence from which a declared language is doubted.
const DOUBT: (u32, i32) = (200, 80 * BIT);

/// What is known of languages, read once.
#[derive(Debug)]
pub struct Identifier {
    codes: Codes,
    evidence: Evidence,
}

/// An article's language, and what a reader should know of it.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The language.
    pub language: Language,
    /// Lines in another language: their bytes and code.
    pub foreign: Vec<(Span, String)>,
    /// Warnings.
    pub problems: Vec<Problem>,
}

/// What the text itself says.
#[derive(Debug, Clone)]
struct Answer {
    code: String,
    confidence: f64,
    method: LanguageMethod,
    alternatives: Vec<String>,
}

impl Identifier {
    /// Reads what the configuration says of languages.
    pub fn new(files: &Files) -> Self {
        let codes = Codes::open(files);
        let in_whatlang: Vec<String> = whatlang::Lang::all()
            .iter()
            .filter_map(|lang| codes.resolve(lang.code()))
            .collect();
        Self {
            evidence: Evidence::new(files, &in_whatlang),
            codes,
        }
    }

    /// The code of a language that a user names: `sv`, `sv-SE`, `Swedish`.
    pub fn code_of(&self, name: &str) -> Option<String> {
        self.codes.resolve(name)
    }

    /// Finds the language of `text`; a declared language that is known by name wins.
    pub fn identify(&self, text: &str, declared: Option<&str>) -> Finding {
        let mut total = Tally::new();
        let mut line = Tally::new();
        let mut long_lines = Vec::new();
        let parts = lines(text);
        let reads = LINE_READS.max(READS / parts.len().max(1));
        for part in parts {
            line.clear();
            self.evidence
                .read(head(part.span.of(text), reads), &mut line);
            total.add(&line);
            if line.letters() >= PARAGRAPH_LETTERS
                && let Some(best) = self.evidence.best(&line)
            {
                long_lines.push((part.span, best));
            }
        }
        let answer = self.answer(text, &total);
        let mut problems = Vec::new();
        let mut language = match declared.map(|name| self.codes.resolve_all(name)) {
            Some(codes) if !codes.is_empty() => {
                let code = self.declared(codes, &total);
                problems.extend(self.doubt(&code, answer.as_ref(), &total));
                Language {
                    code,
                    confidence: 1.0,
                    method: LanguageMethod::Declared,
                    ..unknown()
                }
            }
            _ => answer.map_or_else(unknown, |a| Language {
                code: a.code,
                confidence: a.confidence,
                method: a.method,
                alternatives: a.alternatives,
                ..unknown()
            }),
        };
        language.script = total.main_script().map(|s| s.code().to_owned());
        if language.method == LanguageMethod::None {
            let message = "too few letters, or no known language";
            problems.push(Problem::new(Code::WLanguageUnknown, message));
        }
        let foreign = self.foreign(text, &language, &long_lines);
        for (_, code) in &foreign {
            if !language.mixed.contains(code) {
                language.mixed.push(code.clone());
            }
        }
        if !language.mixed.is_empty() {
            let message = format!("paragraphs in {}", language.mixed.join(", "));
            problems.push(Problem::new(Code::WMixed, message));
        }
        Finding {
            language,
            foreign,
            problems,
        }
    }

    /// The language of a text by its tally; whatlang is asked where the tally is not clear.
    fn answer(&self, text: &str, tally: &Tally) -> Option<Answer> {
        let letters = tally.letters();
        let least = if self.evidence.is_named_by_script(tally) {
            LETTERS_IN_OWN_SCRIPT
        } else {
            LETTERS_AT_LEAST
        };
        if letters < least {
            return None;
        }
        let mut ranking = self.evidence.ranking(tally);
        let candidates = &self.evidence.candidates;
        let lead = |ranking: &[(usize, i32)]| match ranking {
            [(_, first), (_, second), ..] => first - second,
            _ => i32::MAX / 2,
        };
        let (best, _) = *ranking.first()?;
        let asked = (lead(&ranking) < CLEAR && candidates[best].in_whatlang)
            .then(|| self.ask_whatlang(text))
            .flatten();
        let unclear = letters < LETTERS_NEEDED && lead(&ranking) < CLEAR_IN_SHORT;
        let thin = votes_of_best(&ranking)
            < BITS_A_WORD * i32::try_from(tally.words).unwrap_or(i32::MAX / BIT)
            && ranking.len() > 1;
        // Where the text itself says little, whatlang's answer is taken if it is one of the likely ones.
        let doubtful = unclear || thin;
        let is_latin = tally.main_script() == Some(script::Script::Latin);
        if doubtful && is_latin && letters < LETTERS_TO_ASK && (thin || asked != Some(best)) {
            return None;
        }
        let asked = if doubtful && asked.is_none() {
            self.ask_whatlang(text)
        } else {
            asked
        };
        if doubtful {
            let likely = asked.filter(|a| ranking.iter().take(LIKELY).any(|(at, _)| at == a))?;
            return Some(Answer {
                code: candidates[likely].code.clone(),
                confidence: DOUBTFUL,
                method: LanguageMethod::Detected,
                alternatives: Vec::new(),
            });
        }
        if let Some(row) = ranking.iter_mut().find(|(at, _)| Some(*at) == asked) {
            row.1 += WHATLANG;
            ranking.sort_by_key(|(at, votes)| (std::cmp::Reverse(*votes), *at));
        }
        let (best, votes) = *ranking.first()?;
        let lead = lead(&ranking);
        let group = candidates[best].group;
        let alternatives: Vec<String> = ranking[1..]
            .iter()
            .take_while(|(_, v)| votes - v < GROUP_LEAD)
            .map(|(at, _)| &candidates[*at])
            .filter(|c| group.is_some() && c.group == group)
            .map(|c| c.code.clone())
            .collect();
        Some(Answer {
            code: candidates[best].code.clone(),
            confidence: confidence(lead),
            method: if alternatives.is_empty() {
                LanguageMethod::Detected
            } else {
                LanguageMethod::Group
            },
            alternatives,
        })
    }

    /// The candidate that whatlang answers.
    fn ask_whatlang(&self, text: &str) -> Option<usize> {
        let info = whatlang::detect(head(text, WHATLANG_READS))?;
        let code = self.codes.resolve(info.lang().code())?;
        self.evidence.find(&code)
    }

    /// The language that a declaration means: the text chooses among several.
    fn declared(&self, codes: Vec<String>, tally: &Tally) -> String {
        let votes = |code: &String| self.evidence.find(code).map(|at| tally.votes[at]);
        let mut codes = codes.into_iter();
        let first = codes.next().unwrap_or_default();
        codes.fold(first, |best, code| {
            let better = votes(&code) > votes(&best).map(|v| v + GROUP_LEAD);
            if better { code } else { best }
        })
    }

    /// A warning where the text says strongly that it is in another language than declared.
    fn doubt(&self, code: &str, answer: Option<&Answer>, tally: &Tally) -> Option<Problem> {
        let answer = answer.filter(|a| a.code != code && tally.letters() >= DOUBT.0)?;
        let found = self.evidence.find(&answer.code)?;
        let against = self.evidence.find(code).map(|at| {
            let same_script = self.evidence.fits(at, tally);
            (
                self.evidence.candidates[at].group,
                if same_script { tally.votes[at] } else { 0 },
            )
        });
        let (group, votes) = against.unwrap_or((None, 0));
        let same_group = group.is_some() && group == self.evidence.candidates[found].group;
        let is_only = self.evidence.is_named_by_script(tally);
        (!same_group && (is_only || tally.votes[found] - votes > DOUBT.1)).then(|| {
            let message = format!("declared as {code}, reads as {}", answer.code);
            Problem::new(Code::WLanguageDisagrees, message)
        })
    }

    /// The long lines whose own language is surely not the article's.
    fn foreign(
        &self,
        text: &str,
        language: &Language,
        long_lines: &[(Span, usize)],
    ) -> Vec<(Span, String)> {
        let candidates = &self.evidence.candidates;
        let Some(own) = self
            .evidence
            .find(&language.code)
            .filter(|_| long_lines.len() > 1)
        else {
            return Vec::new();
        };
        let group = candidates[own].group;
        let is_near = |at: usize| at == own || (group.is_some() && candidates[at].group == group);
        long_lines
            .iter()
            .filter(|(_, best)| !is_near(*best))
            .filter(|(span, best)| {
                let mut tally = Tally::new();
                self.evidence.read(head(span.of(text), READS), &mut tally);
                !self.evidence.fits(own, &tally) || tally.votes[*best] - tally.votes[own] > FOREIGN
            })
            .map(|(span, best)| (*span, candidates[*best].code.clone()))
            .collect()
    }
}

/// What the best candidate brings.
fn votes_of_best(ranking: &[(usize, i32)]) -> i32 {
    ranking.first().map_or(0, |(_, votes)| *votes)
}

/// Nothing known.
fn unknown() -> Language {
    Language {
        code: crate::pack::GENERIC.to_owned(),
        confidence: 0.0,
        method: LanguageMethod::None,
        script: None,
        alternatives: Vec::new(),
        mixed: Vec::new(),
    }
}

/// How certain a lead is: thousandths, from measured accuracy at that lead.
fn confidence(lead: i32) -> f64 {
    const STEPS: [(i32, i32); 8] = [
        (2, 550),
        (4, 700),
        (8, 820),
        (12, 900),
        (18, 950),
        (30, 980),
        (60, 995),
        (120, 999),
    ];
    let reached = STEPS.iter().rev().find(|(bits, _)| lead >= bits * BIT);
    f64::from(reached.map_or(500, |(_, mille)| *mille)) / 1000.0
}

/// The first bytes of a text, up to a whole character.
fn head(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
