//! Responsible for the list of quotation rules.

use crate::analyze::rules::Rule;

/// The rules of this stage.
pub const RULES: &[Rule] = &[
    Rule {
        id: "quotation.dash-cue",
        what: "A dialogue dash opens speech; a comma, a reporting verb and its subject close it.",
        fires: "– Det blir bra, säger Anna Ek.",
        near_miss: "– 200 stolar",
    },
    Rule {
        id: "quotation.dash-silent",
        what: "A dialogue dash opens speech that nothing in the paragraph attributes.",
        fires: "– Det blir bra.",
        near_miss: "• Det blir bra.",
    },
    Rule {
        id: "quotation.dash-continued",
        what: "What follows the attribution of dash speech goes on speaking.",
        fires: "– Det blir bra, säger Anna Ek. Vi är glada.",
        near_miss: "– Det blir bra, säger Anna Ek. Ek säger att hon är glad.",
    },
    Rule {
        id: "quotation.dash-then-report",
        what: "A sentence behind dash speech with an attribution of its own.",
        fires: "– Det blir bra, säger Anna Ek. Det tar tid, menar hon.",
        near_miss: "– Det blir bra, säger Anna Ek.",
    },
    Rule {
        id: "quotation.marks-cue",
        what: "A marked sentence with verb and subject behind it.",
        fires: "\"It will be fine,\" said Ann Ek.",
        near_miss: "The book \"It will be fine\" said nothing.",
    },
    Rule {
        id: "quotation.cue-colon-marks",
        what: "Subject, verb and colon before a marked sentence.",
        fires: "Ann Ek said: \"It will be fine.\"",
        near_miss: "Two words: \"fine\" and \"good\".",
    },
    Rule {
        id: "quotation.cue-marks",
        what: "Subject and verb before a marked sentence without colon.",
        fires: "Ann Ek said, \"It will be fine.\"",
        near_miss: "Ann Ek read \"War and Peace\".",
    },
    Rule {
        id: "quotation.colon-marks",
        what: "A clause without reporting verb, a colon and a marked sentence.",
        fires: "Ann Ek was relieved: \"It will be fine.\"",
        near_miss: "One thing is clear: \"fine\" is a word.",
    },
    Rule {
        id: "quotation.marks-silent",
        what: "A marked sentence that nothing in its sentence attributes.",
        fires: "\"It will be fine.\"",
        near_miss: "\"Fine\"",
    },
    Rule {
        id: "quotation.marks-after-subject",
        what: "A marked sentence behind a sentence about the one who speaks.",
        fires: "Ann Ek is relieved. \"It will be fine.\"",
        near_miss: "The sky is blue. \"Fine\" is a word.",
    },
    Rule {
        id: "quotation.marks-inside",
        what: "Verb and subject between commas inside the marks.",
        fires: "« Tout ira bien, a déclaré Anne Roy. »",
        near_miss: "« Tout ira bien, demain. »",
    },
    Rule {
        id: "quotation.marks-continued",
        what: "What follows an attribution inside the marks.",
        fires: "« Tout ira bien, a déclaré Anne Roy. Nous sommes prêts. »",
        near_miss: "« Tout ira bien, a déclaré Anne Roy. »",
    },
    Rule {
        id: "quotation.that-clause",
        what: "Subject, reporting verb, complementiser, clause.",
        fires: "Ann Ek said that it would be fine.",
        near_miss: "Ann Ek knew that it would be fine.",
    },
    Rule {
        id: "quotation.clause-cue",
        what: "A clause, a comma, reporting verb and subject.",
        fires: "Det blir bra, anser Anna Ek.",
        near_miss: "När det blir bra, kommer Anna Ek.",
    },
    Rule {
        id: "quotation.cue-fragment",
        what: "A reporting verb with a marked fragment in what follows.",
        fires: "Ann Ek called the plan \"a disaster\".",
        near_miss: "Ann Ek read the book \"A Disaster\".",
    },
    Rule {
        id: "quotation.bare-clause",
        what: "Subject, reporting verb and a clause without complementiser.",
        fires: "Ann Ek said the plan was dead.",
        near_miss: "Ann Ek said goodbye.",
    },
    Rule {
        id: "quotation.mood",
        what: "A sentence in the mood of reported speech behind a report.",
        fires: "Ek sagte, er sei müde. Die Lage sei ernst.",
        near_miss: "Ek sagte, er sei müde. Die Lage ist ernst.",
    },
    Rule {
        id: "quotation.according-to",
        what: "A source expression before its source.",
        fires: "According to the police, two cars were stolen.",
        near_miss: "They were ranked according to size.",
    },
    Rule {
        id: "quotation.by-account-of",
        what: "A source expression behind its source.",
        fires: "Poliisin mukaan kaksi autoa varastettiin.",
        near_miss: "Hän lähti mukaan.",
    },
    Rule {
        id: "quotation.as-said",
        what: "A clause with its own subject and reporting verb beside the content.",
        fires: "As Ann Ek said, the plan was dead.",
        near_miss: "As Ann Ek left, the plan was dead.",
    },
    Rule {
        id: "quotation.own-account",
        what: "The subject is the source by its own account.",
        fires: "Ek hat nach eigenen Angaben nichts gewusst.",
        near_miss: "Ek hat nichts gewusst.",
    },
    Rule {
        id: "quotation.for-whom",
        what: "A fronted \"for X\" with marked words in the clause.",
        fires: "Pour Anne Roy, ce vote « ne règle rien ».",
        near_miss: "Pour Anne Roy, ce vote ne règle rien.",
    },
    Rule {
        id: "quotation.clause-verb-final",
        what: "A clause as a noun or with a quoting particle, right before a verb of saying.",
        fires: "Bakan, yasanın çıkacağını söyledi.",
        near_miss: "Bakan yasayı söyledi.",
    },
    Rule {
        id: "quotation.said-after",
        what: "A short sentence that says who said the one before it.",
        fires: "Planen stoppas. Det säger Anna Ek.",
        near_miss: "Planen stoppas. Det gläder Anna Ek.",
    },
    Rule {
        id: "quotation.inline-dash",
        what: "A dialogue dash behind a full stop inside a paragraph.",
        fires: "Estland är för. – Ju förr desto bättre, sade Raivo Tamm.",
        near_miss: "Estland är för – ju förr desto bättre, sade Raivo Tamm.",
    },
    Rule {
        id: "quotation.headline",
        what: "Marked words in a headline, alone or behind a colon or dash.",
        fires: "\"I will not go\"",
        near_miss: "The film \"I will not go\" opens",
    },
    Rule {
        id: "quotation.in-view-of",
        what: "A possessive source expression: the one spoken of before is the source.",
        fires: "Ann Ek disagrees. In her view, the plan is dead.",
        near_miss: "Ann Ek disagrees. The plan is dead.",
    },
    Rule {
        id: "quotation.aside",
        what: "A reporting verb alone between commas, in languages that leave subjects out.",
        fires: "El acuerdo, asegura, está cerrado.",
        near_miss: "El acuerdo, cerrado, se firma hoy.",
    },
    Rule {
        id: "quotation.infinitive",
        what: "An infinitive right behind a reporting verb.",
        fires: "Anne Roy affirme avoir payé la facture.",
        near_miss: "Anne Roy affirme que tout va bien.",
    },
    Rule {
        id: "quotation.according-to-whom",
        what: "A relative source expression behind its source.",
        fires: "Anne Roy, pour qui la taxe est injuste",
        near_miss: "Anne Roy, qui la taxe gêne",
    },
    Rule {
        id: "quotation.colon-clause",
        what: "A reporting verb, a colon and a clause without marks.",
        fires: "Anna Ek tillägger: det blir bra till slut.",
        near_miss: "Anna Ek nämner två saker: pengar och tid.",
    },
    Rule {
        id: "quotation.named-voice",
        what: "A person's name, a colon and a clause without marks.",
        fires: "Anna Ek: Det blir bra till slut.",
        near_miss: "Foto: Anna Ek",
    },
];
