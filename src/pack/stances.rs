//! Responsible for `stances.toml`: the words by which someone takes a side, and where the thing they
//! take a side on stands.
//!
//! Lists are strings with commas between forms, so that a family of verbs is one line. A `[[cue]]`
//! table is one family: all its forms carry one side and take their target in the same way.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::forms::Forms;
use super::source::SectionText;
use crate::error::Error;
use crate::model::record::Strength;
use crate::text::lexicon::Class;

/// The side that a cue stands for before negation and stop words are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// For the target.
    Support,
    /// Against the target.
    Oppose,
    /// Explicitly on neither side.
    Neutral,
    /// Asks for the target; says nothing when negated.
    Demand,
}

/// What kind of word a cue is, which tells where holder and target are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// A verb; its subject holds.
    #[default]
    Verb,
    /// A predicate adjective or particle; the subject of its copula holds.
    Adjective,
    /// A noun; its genitive, or the subject of a light verb, holds.
    Noun,
    /// A judging predicate; its subject is the target and the speaker holds.
    Verdict,
    /// A verb that judges its subject ("is needed", "will cost jobs"); the speaker holds.
    Claim,
    /// A verb that names its object something ("calls X Y"); the verdict after it gives the side.
    Label,
    /// A modal of obligation in someone's mouth; the clause is the target.
    Should,
    /// A verb of warning or fear; the subject of its clause is the target.
    Warning,
}

/// Where the target stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// After the cue.
    #[default]
    After,
    /// Before it.
    Before,
    /// After it, else before it.
    Either,
}

/// A family of cues.
#[derive(Debug, Clone)]
// Each flag is one word of the file's format.
#[allow(clippy::struct_excessive_bools)]
pub struct CueGroup {
    /// The side.
    pub side: Side,
    /// How strongly.
    pub strength: Strength,
    /// The kind of word.
    pub shape: Shape,
    /// Ids of the phrases of which one must follow; the target follows it. Empty for none.
    pub with: Vec<u32>,
    /// Ids of the phrases before the holder of a noun whose subject is the target ("meets criticism
    /// from"). Empty for none.
    pub from: Vec<u32>,
    /// Ids of the phrases of which one must close the clause; the target precedes it.
    pub end: Vec<u32>,
    /// Whether a noun phrase may be the target.
    pub noun: bool,
    /// Whether a clause or infinitive may be the target.
    pub clause: bool,
    /// Where the target stands.
    pub place: Place,
    /// Whether the cue means its side only when negated.
    pub needs_negation: bool,
    /// Whether the target may stand in an earlier sentence.
    pub antecedent: bool,
    /// Whether it is an act: a vote, a veto, a signature.
    pub act: bool,
    /// Whether a condition may follow without a comma.
    pub open: bool,
    /// Whether the cue says nothing when negated.
    pub silent: bool,
    /// Whether only a person, body, group or pronoun may be the subject.
    pub strict: bool,
    /// Whether an object stands between the cue and its phrase ("accuses X of").
    pub over: bool,
    /// Whether the cue says nothing in the first person ("I hope they win"), or, for an obligation,
    /// nothing but in someone's thoughts.
    pub named: bool,
    /// Whether only a body or group may hold ("decided to").
    pub body: bool,
    /// Whether the target must close the clause ("ist für X", not "ist für X zuständig").
    pub last: bool,
}

/// In which way a form was listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    /// Its subject holds.
    Active,
    /// Its agent holds and its subject is the target.
    Passive,
    /// Passive with an agent, else active.
    Participle,
    /// A present participle or gerund: the subject of its clause holds.
    Gerund,
}

/// Small words that the method asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub enum Help {
    /// Before the agent of a passive ("by").
    Agent,
    /// An auxiliary of the passive.
    Passive,
    /// A verb that lends itself to a noun ("voices support").
    Light,
    /// A reflexive pronoun.
    Reflexive,
    /// Ends a target ("in order to").
    Limit,
    /// A noun that holds no position.
    Thing,
    /// A noun of a group that holds one though its ending is that of a thing.
    Group,
    /// Says that a position is given up.
    Past,
    /// Opens a contrast ("but").
    Contrast,
    /// After a negation: "not only".
    Only,
    /// A verb that makes a wish no stance ("wants to comment").
    Idle,
    /// Stands between object and label ("as").
    As,
    /// A time expression of one word that no other list has.
    When,
    /// A subject that stands for a clause further on ("it is wrong to").
    Dummy,
    /// An object pronoun, no target by itself.
    Object,
    /// A modal of possibility: what can be is no side taken.
    Can,
    /// A copula.
    Copula,
    /// An article that may stand in the genitive.
    Genitive,
    /// A verb in the first person, or its ending, where the subject may be left out.
    First,
    /// Says that something depends on something else ("hinges on").
    Terms,
    /// An article or pronoun in a case that no subject has.
    Oblique,
    /// A verb that with an infinitive says no more than that something will be.
    Future,
    /// A verb by which something does harm ("leads to", "threatens").
    Harm,
}

/// Which way a stop word turns.
pub mod stop {
    /// An active form: what it stops follows (or, in verb-final order, precedes).
    pub const ACTIVE: u32 = 0;
    /// A passive form: what it stops is its subject.
    pub const PASSIVE: u32 = 1;
}

/// What `stances.toml` says beyond the lexicon.
#[derive(Debug, Clone, Default)]
pub struct StancePack {
    /// The families of cues.
    pub groups: Vec<CueGroup>,
    /// Whether the subject may follow the finite verb.
    pub inversion: bool,
    /// Whether the subject may be left out.
    pub pro_drop: bool,
    /// Where targets stand by default.
    pub place: Place,
    /// Whether every relative clause stands behind a comma, so that one may belong to the target.
    pub relative_comma: bool,
}

impl StancePack {
    /// The group and voice behind a payload of [`Class::Stance`].
    pub fn cue(&self, payload: u32) -> Option<(&CueGroup, Voice)> {
        let voice = match payload % 4 {
            0 => Voice::Active,
            1 => Voice::Passive,
            2 => Voice::Participle,
            _ => Voice::Gerund,
        };
        Some((self.groups.get(payload as usize / 4)?, voice))
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Source {
    method: Method,
    /// A preposition and its forms with an article; a form that ends in the one is listed with all.
    contractions: BTreeMap<String, String>,
    words: Words,
    stop: Stop,
    cue: Vec<CueSource>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Method {
    inversion: bool,
    pro_drop: bool,
    place: Place,
    relative_comma: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Words {
    agents: String,
    passives: String,
    light: String,
    reflexives: String,
    limits: String,
    things: String,
    groups: String,
    past: String,
    contrast: String,
    only: String,
    idle: String,
    labels: String,
    when: String,
    dummies: String,
    objects: String,
    possible: String,
    copulas: String,
    genitives: String,
    first: String,
    terms: String,
    oblique: String,
    future: String,
    harms: String,
    verbs: String,
    negations: String,
    intensifiers: String,
    hedges: String,
    conditions: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Stop {
    active: String,
    passive: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(clippy::struct_excessive_bools)]
struct CueSource {
    side: Side,
    #[serde(default = "plain")]
    strength: Strength,
    #[serde(default)]
    shape: Shape,
    #[serde(default)]
    forms: String,
    #[serde(default)]
    passive: String,
    #[serde(default)]
    participles: String,
    #[serde(default)]
    gerunds: String,
    #[serde(default)]
    with: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    end: String,
    #[serde(default = "all")]
    takes: String,
    #[serde(default)]
    place: Option<Place>,
    #[serde(default)]
    negated: bool,
    #[serde(default)]
    antecedent: bool,
    #[serde(default)]
    act: bool,
    #[serde(default)]
    open: bool,
    #[serde(default)]
    silent: bool,
    #[serde(default)]
    strict: bool,
    #[serde(default)]
    over: bool,
    #[serde(default)]
    named: bool,
    #[serde(default)]
    body: bool,
    #[serde(default)]
    last: bool,
}

fn plain() -> Strength {
    Strength::Plain
}

fn all() -> String {
    "noun, clause".into()
}

/// The forms in a list with commas.
fn split(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').map(str::trim).filter(|f| !f.is_empty())
}

impl StancePack {
    /// Reads `stances.toml` and registers its words.
    ///
    /// # Errors
    /// [`Error::Pack`] with line and column.
    pub fn parse(section: &SectionText, forms: &mut Forms<'_>) -> Result<Self, Error> {
        let source: Source = section.toml()?;
        register_words(&source, forms);
        let mut frames: Vec<String> = Vec::new();
        let mut groups = Vec::with_capacity(source.cue.len());
        for (n, cue) in (0u32..).zip(&source.cue) {
            let lists = [&cue.forms, &cue.passive, &cue.participles, &cue.gerunds];
            if lists.iter().all(|l| l.is_empty()) {
                return Err(section.error(format!("cue {} has no forms", n + 1)));
            }
            for part in split(&cue.takes) {
                if !matches!(part, "noun" | "clause") {
                    return Err(
                        section.error(format!("takes: `{part}` is neither noun nor clause"))
                    );
                }
            }
            for (voice, list) in (0..).zip(lists) {
                for form in split(list) {
                    let payload = n * 4 + voice;
                    forms.add(form, Class::Stance, payload);
                    for form in melted(form, &source.contractions) {
                        forms.add(&form, Class::Stance, payload);
                    }
                }
            }
            groups.push(CueGroup {
                side: cue.side,
                strength: cue.strength,
                shape: cue.shape,
                with: intern(&cue.with, &source.contractions, &mut frames),
                from: intern(&cue.from, &source.contractions, &mut frames),
                end: intern(&cue.end, &BTreeMap::new(), &mut frames),
                noun: split(&cue.takes).any(|t| t == "noun"),
                clause: split(&cue.takes).any(|t| t == "clause"),
                place: cue.place.unwrap_or(source.method.place),
                needs_negation: cue.negated,
                antecedent: cue.antecedent,
                act: cue.act,
                open: cue.open,
                silent: cue.silent,
                strict: cue.strict,
                over: cue.over,
                named: cue.named,
                body: cue.body,
                last: cue.last,
            });
        }
        for (id, frame) in (0..).zip(&frames) {
            forms.add(frame, Class::StanceFrame, id);
        }
        Ok(Self {
            groups,
            inversion: source.method.inversion,
            pro_drop: source.method.pro_drop,
            place: source.method.place,
            relative_comma: source.method.relative_comma,
        })
    }
}

/// The melted forms of a form that ends in a preposition that melts with articles.
fn melted(form: &str, contractions: &BTreeMap<String, String>) -> Vec<String> {
    if contractions.is_empty() {
        return Vec::new();
    }
    let (head, last) = form.rsplit_once(' ').unwrap_or(("", form));
    let melted = contractions.get(last).map_or("", String::as_str);
    split(melted)
        .map(|m| format!("{head} {m}").trim().to_owned())
        .collect()
}

fn intern(
    list: &str,
    contractions: &BTreeMap<String, String>,
    frames: &mut Vec<String>,
) -> Vec<u32> {
    split(list)
        .flat_map(|frame| [vec![frame.to_owned()], melted(frame, contractions)].concat())
        .map(|frame| {
            let at = frames.iter().position(|f| *f == frame).unwrap_or_else(|| {
                frames.push(frame.clone());
                frames.len() - 1
            });
            at as u32
        })
        .collect()
}

fn register_words(source: &Source, forms: &mut Forms<'_>) {
    let w = &source.words;
    for (list, help) in [
        (&w.agents, Help::Agent),
        (&w.passives, Help::Passive),
        (&w.light, Help::Light),
        (&w.reflexives, Help::Reflexive),
        (&w.limits, Help::Limit),
        (&w.things, Help::Thing),
        (&w.groups, Help::Group),
        (&w.past, Help::Past),
        (&w.contrast, Help::Contrast),
        (&w.only, Help::Only),
        (&w.idle, Help::Idle),
        (&w.labels, Help::As),
        (&w.when, Help::When),
        (&w.dummies, Help::Dummy),
        (&w.objects, Help::Object),
        (&w.possible, Help::Can),
        (&w.copulas, Help::Copula),
        (&w.genitives, Help::Genitive),
        (&w.first, Help::First),
        (&w.terms, Help::Terms),
        (&w.oblique, Help::Oblique),
        (&w.future, Help::Future),
        (&w.harms, Help::Harm),
    ] {
        for form in split(list) {
            forms.add(form, Class::StanceWord, help as u32);
        }
    }
    for (list, class, payload) in [
        (&w.negations, Class::Negation, 0),
        (&w.intensifiers, Class::Intensifier, 0),
        (&w.hedges, Class::Hedge, 0),
        (&w.verbs, Class::Verb, 0),
        (&w.conditions, Class::Conditional, 1),
        (&source.stop.active, Class::Stopper, stop::ACTIVE),
        (&source.stop.passive, Class::Stopper, stop::PASSIVE),
    ] {
        for form in split(list) {
            forms.add(form, class, payload);
        }
    }
}
