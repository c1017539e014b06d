//! Responsible for `quotes.toml`: marks, dashes, reporting verbs, source expressions.

use super::forms::Forms;
use super::grammar::Person;
use super::quote_source::{Source, Verbs};
use super::source::SectionText;
use crate::error::Error;
use crate::text::doc::Doc;
use crate::text::lexicon::Class;

/// What a reporting expression does. The payload of [`Class::Cue`] is its index, plus
/// [`CueKind::PARTICIPLE`] for forms that need an auxiliary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CueKind {
    /// Reports words: said, wrote, announced.
    Say,
    /// Reports an opinion in clauses: thinks, believes.
    Opinion,
    /// Carries marked speech only: sighs, laughs.
    Manner,
    /// Asks.
    Ask,
    /// Calls something by a marked word.
    Call,
    /// Shows: reports when its subject is a document or body.
    Show,
    /// Demands: a stance rather than a quotation, but it carries marked speech.
    Demand,
    /// A bare word between speech and speaker: "so", "aldus".
    Bare,
    /// Has no subject; a preposition may name the source: "hieß es aus dem Ministerium".
    Impersonal,
}

impl CueKind {
    /// Set in a payload when the form needs an auxiliary before it.
    pub const PARTICIPLE: u32 = 16;

    /// Set in a payload when the form's subject is that of its main clause ("saying").
    pub const ADVERBIAL: u32 = 32;

    /// Set in a payload when the form is an infinitive, which reports behind a modal ("can confirm").
    pub const INFINITIVE: u32 = 64;

    /// The low bits of a payload: kind and flags. Above them stands the number of the particle that
    /// a separable verb needs behind it, 0 for none.
    const LOW: u32 = 8;

    const ALL: [Self; 9] = [
        Self::Say,
        Self::Opinion,
        Self::Manner,
        Self::Ask,
        Self::Call,
        Self::Show,
        Self::Demand,
        Self::Bare,
        Self::Impersonal,
    ];

    /// The kind registered under a payload of [`Class::Cue`].
    pub fn from_payload(payload: u32) -> Option<Self> {
        Self::ALL
            .get((payload % Self::PARTICIPLE) as usize)
            .copied()
    }

    /// Whether a payload says that the form needs an auxiliary before it.
    pub fn is_participle(payload: u32) -> bool {
        payload & Self::PARTICIPLE != 0
    }

    /// Whether a payload says that the form is an infinitive, which needs a modal before it.
    pub fn is_infinitive(payload: u32) -> bool {
        payload & Self::INFINITIVE != 0
    }

    /// Whether a payload says that the form's subject is that of its main clause.
    pub fn is_adverbial(payload: u32) -> bool {
        payload & Self::ADVERBIAL != 0
    }

    /// The number of the particle that must follow the verb, if one must.
    pub fn particle(payload: u32) -> Option<u32> {
        (payload >> Self::LOW).checked_sub(1)
    }
}

/// Where the source stands next to a source expression; the payload of [`Class::SourceCue`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceSide {
    /// The source follows: "according to X".
    After,
    /// The source precedes: "X:n mukaan".
    Before,
    /// A clause with its own reporting verb follows: "as X said".
    Clause,
    /// The source is the subject itself: "by his own account".
    Own,
    /// The source follows and the report holds marked words: "for X, this is "nothing"".
    Opinion,
    /// The source is whoever was spoken of before: "in her view".
    Possessor,
    /// The source is the noun before its comma: "X, according to whom".
    Relative,
    /// Opens a sentence that attributes the one before it: "so", "that is what".
    Pointing,
    /// A compound of the source and a noun for what it says, behind its preposition.
    Compound,
}

impl SourceSide {
    /// The side registered under a payload.
    pub fn from_payload(payload: u32) -> Self {
        match payload {
            1 => Self::Before,
            2 => Self::Clause,
            3 => Self::Own,
            4 => Self::Opinion,
            5 => Self::Possessor,
            6 => Self::Relative,
            7 => Self::Pointing,
            8 => Self::Compound,
            _ => Self::After,
        }
    }
}

/// What `quotes.toml` says beyond the lexicon.
#[derive(Debug, Clone, Default)]
pub struct QuotePack {
    /// Opening and closing marks that belong together, in the order of preference.
    pub pairs: Vec<(char, char)>,
    /// Whether a dash at a line's start opens speech.
    pub dash: bool,
    /// Whether a second dash closes it before the attribution.
    pub second_dash: bool,
    /// Whether an unmarked clause may follow a reporting verb without a complementiser.
    pub bare_clause: bool,
    /// Whether such a clause follows a comma ("sagte, er habe").
    pub comma_clause: bool,
    /// Whether a comma right behind a reporting verb opens the report (X表示，……).
    pub after_comma: bool,
    /// Whether reported speech without a cue shows by its mood; the forms have [`Class::Extra`].
    pub mood: bool,
    /// Whether verbs stand at the end of their clause, after subject and content.
    pub verb_final: bool,
    /// Whether the subject stands before the verb also after a fronted clause.
    pub subject_first: bool,
    /// Whether a verb may stand without a subject of its own.
    pub drops_subject: bool,
    /// Whether the verb of a main clause stands second, before its subject when another part is first.
    pub verb_second: bool,
    /// Whether the words that other languages put before a noun stand behind it.
    pub postpositions: bool,
    /// Nouns for what a source says, as the last part of a compound.
    pub statements: Vec<String>,
    /// Letters that may join the parts of such a compound.
    pub links: Vec<String>,
}

impl QuotePack {
    /// Whether the preposition at `i` may tie a noun to a described source.
    pub fn is_source_preposition(&self, doc: &Doc<'_>, i: usize) -> bool {
        let ties = |i: usize, len: usize| {
            doc.find_all(i, Class::Preposition)
                .any(|hit| hit.payload == 1 && hit.len >= len)
        };
        // "close to": the second word of a phrase too.
        ties(i, 1) || i > 0 && ties(i - 1, 2)
    }

    /// Whether the preposition at `i` names the source of a verb without a subject.
    pub fn names_source(doc: &Doc<'_>, i: usize) -> bool {
        doc.find_all(i, Class::Preposition)
            .any(|hit| hit.payload == 2)
    }

    /// From here on payloads of [`Class::Extra`] number the particles of separable verbs.
    const PARTICLES: u32 = 100;

    /// Whether the word at `i` is the particle with a number.
    pub fn is_particle(doc: &Doc<'_>, i: usize, number: u32) -> bool {
        doc.find_all(i, Class::Extra)
            .any(|hit| hit.payload == Self::PARTICLES + number)
    }

    /// The payload of [`Class::Extra`] for infinitives.
    const INFINITIVE: u32 = 5;

    /// The payload of [`Class::Extra`] for verbs in noun form.
    const NOMINAL: u32 = 6;

    /// The payload of [`Class::Extra`] for words that open a question as a verb's content.
    const WHETHER: u32 = 7;

    /// The payload of [`Class::Extra`] for nouns in a case that no subject has.
    const OBLIQUE: u32 = 8;

    /// The payload of [`Class::Extra`] for endings that a source expression asks for and no subject has.
    const GOVERNED: u32 = 9;

    /// Whether the word at `i` has an ending of the case that source expressions ask for.
    pub fn is_governed(doc: &Doc<'_>, i: usize) -> bool {
        doc.find_all(i, Class::Extra)
            .any(|h| h.payload == Self::GOVERNED)
    }

    /// Whether the word at `i` has the ending of a case that no subject has.
    pub fn is_oblique(doc: &Doc<'_>, i: usize) -> bool {
        doc.find_all(i, Class::Extra)
            .any(|h| h.payload == Self::OBLIQUE)
    }

    /// The payload of [`Class::Extra`] for what opens a remark on a whole clause.
    const REMARK: u32 = 11;

    /// Whether what begins at `i` is a remark on the clause before its comma or dash.
    pub fn opens_remark(doc: &Doc<'_>, i: usize) -> bool {
        doc.find_all(i, Class::Extra)
            .any(|h| h.payload == Self::REMARK)
    }

    /// The source in a compound of it and a noun for what it says: "Polizei" in "Polizeiangaben".
    pub fn owner_of_statement<'w>(&self, word: &'w str) -> Option<&'w str> {
        let stem = self
            .statements
            .iter()
            .find_map(|n| word.strip_suffix(n.as_str()))?;
        let mut links = self.links.iter();
        let owner = links.find_map(|l| stem.strip_suffix(l.as_str()));
        let owner = owner.unwrap_or(stem);
        (owner.chars().count() >= 3).then_some(owner)
    }

    /// The payload of [`Class::Extra`] for words of degree.
    const DEGREE: u32 = 12;

    /// Whether the word at `i` says how much ("so"), so that a clause of consequence may follow.
    pub fn is_degree(doc: &Doc<'_>, i: usize) -> bool {
        doc.find_all(i, Class::Extra)
            .any(|h| h.payload == Self::DEGREE)
    }

    /// The payload of [`Class::Extra`] for modals behind which an infinitive is no report.
    const NECESSITY: u32 = 13;

    /// Whether an infinitive behind the modal at `i` is no report: it has no subject of its own ("il
    /// faut"), or another than the modal ("fait dire").
    pub fn is_necessity(doc: &Doc<'_>, i: usize) -> bool {
        doc.find_all(i, Class::Extra)
            .any(|h| h.payload == Self::NECESSITY)
    }

    /// The payload of [`Class::Extra`] for verbs that name whom they address.
    const ADDRESSED: u32 = 10;

    /// Whether the verb at `i` names whom it addresses before what is said ("told reporters").
    pub fn is_addressed(doc: &Doc<'_>, i: usize) -> bool {
        doc.find_all(i, Class::Extra)
            .any(|h| h.payload == Self::ADDRESSED)
    }

    /// Whether a question, as the content of a verb of asking, may begin with the word at `i`.
    pub fn opens_question(doc: &Doc<'_>, i: usize) -> bool {
        doc.is(i, Class::Interrogative)
            || doc
                .find_all(i, Class::Extra)
                .any(|h| h.payload == Self::WHETHER)
    }

    /// Whether the word at `i` has the ending of a verb in noun form.
    pub fn is_nominal(doc: &Doc<'_>, i: usize) -> bool {
        doc.find_all(i, Class::Extra)
            .any(|h| h.payload == Self::NOMINAL)
    }

    /// Whether the word at `i` has the ending of an infinitive.
    pub fn is_infinitive(&self, doc: &Doc<'_>, i: usize) -> bool {
        doc.find_all(i, Class::Extra)
            .any(|h| h.payload == Self::INFINITIVE)
    }

    /// From here on payloads of [`Class::CueParticle`] are object pronouns: he, she, they.
    const OBJECTS: u32 = 10;

    /// The person that an object pronoun behind a source expression stands for.
    pub fn object(&self, doc: &Doc<'_>, i: usize) -> Option<Person> {
        let payload = doc
            .find_all(i, Class::CueParticle)
            .map(|h| h.payload)
            .max()?;
        match payload.checked_sub(Self::OBJECTS)? {
            0 => Some(Person::He),
            1 => Some(Person::She),
            _ => Some(Person::They),
        }
    }

    /// Whether the token at `i` is or carries the mark of a subject.
    pub fn marks_subject(doc: &Doc<'_>, i: usize) -> bool {
        doc.find_all(i, Class::CueParticle)
            .any(|hit| hit.payload == 3)
    }

    /// Whether the article at `i` stands before objects only ("dem").
    pub fn is_object_article(doc: &Doc<'_>, i: usize) -> bool {
        doc.find_all(i, Class::CueParticle)
            .any(|hit| hit.payload == 4)
    }

    /// Whether the pronoun at `i` is an object that stands between subject and verb.
    pub fn is_clitic(&self, doc: &Doc<'_>, i: usize) -> bool {
        doc.find(i, Class::CueParticle)
            .is_some_and(|hit| hit.payload == 2)
    }
}

impl QuotePack {
    /// Reads `quotes.toml` and registers its words.
    ///
    /// # Errors
    /// [`Error::Pack`] with line and column, or when a pair of marks is not two characters.
    pub fn parse(section: &SectionText, forms: &mut Forms<'_>) -> Result<Self, Error> {
        let source: Source = section.toml()?;
        let mut pairs = Vec::new();
        for pair in &source.marks.pairs {
            let chars: Vec<char> = pair
                .chars()
                .filter(|c| !c.is_whitespace() && *c != '…')
                .collect();
            let [open, close] = chars[..] else {
                return Err(section.error(format!(
                    "marks.pairs: {pair:?} is not an opening and a closing mark\nhint: write them as \"”…”\""
                )));
            };
            pairs.push((open, close));
        }
        for (payload, list) in (0..).zip(source.verbs.lists()) {
            forms.add_all(list, Class::Cue, payload);
        }
        for (payload, list) in (CueKind::PARTICIPLE..).zip(source.participles.lists()) {
            forms.add_all(list, Class::Cue, payload);
        }
        for (payload, list) in (CueKind::INFINITIVE..).zip(source.infinitives.lists()) {
            forms.add_all(list, Class::Cue, payload);
        }
        for (payload, list) in (CueKind::ADVERBIAL..).zip(source.adverbials.lists()) {
            forms.add_all(list, Class::Cue, payload);
        }
        let s = &source.sources;
        let compounds: Vec<String> = s.statements.iter().map(|noun| format!("*{noun}")).collect();
        for (payload, list) in (Self::OBJECTS..).zip([&s.he, &s.she, &s.they]) {
            forms.add_all(list, Class::CueParticle, payload);
        }
        let sides = [
            &s.after,
            &s.before,
            &s.clause,
            &s.own,
            &s.opinion,
            &s.possessor,
            &s.relative,
            &s.pointing,
            &compounds,
        ];
        for (payload, list) in (0..).zip(sides) {
            forms.add_all(list, Class::SourceCue, payload);
        }
        forms.add_all(&source.subject.prepositions, Class::Preposition, 1);
        forms.add_all(&s.from, Class::Preposition, 2);
        forms.add_all(&s.governed, Class::Extra, Self::GOVERNED);
        add_separable(&source.separable, forms);
        forms.add_all(&source.subject.particles, Class::CueParticle, 1);
        forms.add_all(&source.subject.clitics, Class::CueParticle, 2);
        forms.add_all(&source.subject.markers, Class::CueParticle, 3);
        forms.add_all(&source.subject.oblique, Class::Extra, Self::OBLIQUE);
        forms.add_all(&source.subject.objects, Class::CueParticle, 4);
        forms.add_all(&source.subject.sources, Class::Document, 0);
        forms.add_all(&source.mood.forms, Class::Extra, 0);
        forms.add_all(&source.mood.weak, Class::Extra, 1);
        forms.add_all(&source.clause.infinitives, Class::Extra, Self::INFINITIVE);
        forms.add_all(&source.clause.nominals, Class::Extra, Self::NOMINAL);
        forms.add_all(&source.clause.whether, Class::Extra, Self::WHETHER);
        forms.add_all(&source.clause.remarks, Class::Extra, Self::REMARK);
        forms.add_all(&source.clause.degree, Class::Extra, Self::DEGREE);
        forms.add_all(&source.clause.necessity, Class::Extra, Self::NECESSITY);
        forms.add_all(&source.clause.addressed, Class::Extra, Self::ADDRESSED);
        forms.add_all(&source.nouns, Class::NounCue, 0);
        Ok(Self {
            pairs,
            dash: source.marks.dash,
            second_dash: source.marks.second_dash,
            bare_clause: source.clause.bare,
            comma_clause: source.clause.comma,
            after_comma: source.clause.after_comma,
            mood: !source.mood.forms.is_empty(),
            verb_final: source.clause.verb_final,
            subject_first: source.clause.subject_first,
            drops_subject: source.clause.drops_subject,
            verb_second: source.clause.verb_second,
            postpositions: source.clause.postpositions,
            statements: source.sources.statements,
            links: source.sources.links,
        })
    }
}

/// Registers verbs that part from their particle ("hielt … dagegen"): the verb with its particle's
/// number, the particle, and both together, as they stand side by side or at a clause's end.
fn add_separable(verbs: &Verbs, forms: &mut Forms<'_>) {
    let mut particles: Vec<&str> = Vec::new();
    for (kind, list) in (0..).zip(verbs.lists()) {
        for form in list {
            let Some((verb, particle)) = form.rsplit_once(' ') else {
                forms.add(form, Class::Cue, kind);
                continue;
            };
            let known = particles.iter().position(|p| *p == particle);
            let number = known.unwrap_or_else(|| {
                particles.push(particle);
                particles.len() - 1
            }) as u32;
            forms.add(verb, Class::Cue, kind | (number + 1) << CueKind::LOW);
            forms.add(form, Class::Cue, kind);
            forms.add(&format!("{particle}{verb}"), Class::Cue, kind);
            forms.add(&format!("{particle} {verb}"), Class::Cue, kind);
        }
    }
    for (number, particle) in (0..).zip(particles) {
        forms.add(particle, Class::Extra, QuotePack::PARTICLES + number);
    }
}
