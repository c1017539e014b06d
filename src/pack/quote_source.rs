//! Responsible for the shape of `quotes.toml` as it is written.

use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Source {
    pub(super) marks: MarkSource,
    pub(super) clause: ClauseSource,
    pub(super) verbs: Verbs,
    pub(super) participles: Verbs,
    pub(super) adverbials: Verbs,
    pub(super) infinitives: Verbs,
    pub(super) separable: Verbs,
    pub(super) sources: Sources,
    pub(super) subject: Subject,
    pub(super) mood: Mood,
    pub(super) nouns: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct MarkSource {
    pub(super) pairs: Vec<String>,
    pub(super) dash: bool,
    pub(super) second_dash: bool,
}

impl Default for MarkSource {
    fn default() -> Self {
        Self {
            pairs: Vec::new(),
            dash: true,
            second_dash: false,
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ClauseSource {
    pub(super) bare: bool,
    pub(super) comma: bool,
    pub(super) after_comma: bool,
    pub(super) verb_final: bool,
    pub(super) subject_first: bool,
    pub(super) drops_subject: bool,
    pub(super) verb_second: bool,
    pub(super) postpositions: bool,
    /// Words that open a question as the content of a verb of asking.
    pub(super) whether: Vec<String>,
    /// What opens a remark on the whole clause before its comma ("which", "a claim").
    pub(super) remarks: Vec<String>,
    /// Words of degree before a clause of consequence ("so … that").
    pub(super) degree: Vec<String>,
    /// Modals without a subject of their own ("il faut dire que").
    pub(super) necessity: Vec<String>,
    /// Verbs that name whom they address ("told the court it was over").
    pub(super) addressed: Vec<String>,
    /// Endings of infinitives that may follow a reporting verb as its content.
    pub(super) infinitives: Vec<String>,
    /// Endings of verbs in noun form, for clauses before a verb at the sentence's end.
    pub(super) nominals: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Verbs {
    pub(super) say: Vec<String>,
    pub(super) opinion: Vec<String>,
    pub(super) manner: Vec<String>,
    pub(super) ask: Vec<String>,
    pub(super) call: Vec<String>,
    pub(super) show: Vec<String>,
    pub(super) demand: Vec<String>,
    pub(super) bare: Vec<String>,
    pub(super) impersonal: Vec<String>,
}

impl Verbs {
    pub(super) fn lists(&self) -> [&[String]; 9] {
        [
            &self.say,
            &self.opinion,
            &self.manner,
            &self.ask,
            &self.call,
            &self.show,
            &self.demand,
            &self.bare,
            &self.impersonal,
        ]
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Sources {
    /// The source follows.
    pub(super) after: Vec<String>,
    /// The source precedes.
    pub(super) before: Vec<String>,
    /// A clause with its own reporting verb follows.
    pub(super) clause: Vec<String>,
    /// The source is the subject.
    pub(super) own: Vec<String>,
    /// The source follows, and only marked words make it a report.
    pub(super) opinion: Vec<String>,
    /// The source is whoever was spoken of before.
    pub(super) possessor: Vec<String>,
    /// The source is the noun before its comma.
    pub(super) relative: Vec<String>,
    /// What opens a sentence that attributes the one before it.
    pub(super) pointing: Vec<String>,
    /// Nouns for what a source says, the last part of a compound with the source ("angaben").
    pub(super) statements: Vec<String>,
    /// Letters that may join such a noun to the source before it.
    pub(super) links: Vec<String>,
    /// Prepositions that name the source of a verb without a subject.
    pub(super) from: Vec<String>,
    /// Endings of the case that the expressions before a source ask for, as no subject has them.
    pub(super) governed: Vec<String>,
    /// Object pronouns behind a source expression.
    pub(super) he: Vec<String>,
    pub(super) she: Vec<String>,
    pub(super) they: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Subject {
    /// Prepositions that tie a noun to a described source.
    pub(super) prepositions: Vec<String>,
    /// Particles and reflexives between a verb and its subject.
    pub(super) particles: Vec<String>,
    /// Object pronouns between a subject and its verb.
    pub(super) clitics: Vec<String>,
    /// Particles behind a subject, or endings of its last word.
    pub(super) markers: Vec<String>,
    /// Endings of nouns in a case that no subject has.
    pub(super) oblique: Vec<String>,
    /// Articles that stand before objects only.
    pub(super) objects: Vec<String>,
    /// Nouns for unnamed sources and documents that can speak.
    pub(super) sources: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Mood {
    /// Verb forms that are used for reported speech only.
    pub(super) forms: Vec<String>,
    /// Forms that are used for reported speech among other things.
    pub(super) weak: Vec<String>,
}
