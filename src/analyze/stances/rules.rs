//! Responsible for the list of the stage's rules, each with a text in which it fires and a near miss.

use crate::analyze::rules::Rule;

/// The rules of this stage.
pub const RULES: &[Rule] = &[
    Rule {
        id: "stance.verb",
        what: "A verb that takes a side: its subject holds, its object or clause is the target.",
        fires: "Regeringen stöder förslaget.",
        near_miss: "Stöder regeringen förslaget?",
    },
    Rule {
        id: "stance.act",
        what: "A vote, a veto, a signature or another act that commits its subject.",
        fires: "Riksdagen röstade ned motionen.",
        near_miss: "Riksdagen debatterade motionen.",
    },
    Rule {
        id: "stance.passive",
        what: "A passive verb or participle with an agent: the agent holds, the subject is the target.",
        fires: "Förslaget stöds av regeringen.",
        near_miss: "Förslaget kritiserades under debatten.",
    },
    Rule {
        id: "stance.adjective",
        what: "A predicate adjective or particle with its preposition: the subject of the copula holds.",
        fires: "Partiet beskriver sig som positivt till avtalet.",
        near_miss: "Provet var positivt.",
    },
    Rule {
        id: "stance.noun",
        what: "A noun with a light verb (\"voices support for\"): the verb's subject holds.",
        fires: "Facket riktar kritik mot beslutet.",
        near_miss: "Kritiken mot beslutet växer.",
    },
    Rule {
        id: "stance.demand",
        what: "A demand, wish or request: what it asks for is supported.",
        fires: "Facket kräver högre löner.",
        near_miss: "Facket kräver inte högre löner.",
    },
    Rule {
        id: "stance.stop",
        what: "A clause or infinitive with a stop verb: the thing stopped is the target, the side turned.",
        fires: "Facket kräver att nedläggningen stoppas.",
        near_miss: "Facket kräver ett stopp för nedläggningen.",
    },
    Rule {
        id: "stance.negated-clause",
        what: "A clause that is negated at its head: the side turned, the target what the negation denies.",
        fires: "Partiet vill att kommunen inte bygger badhuset.",
        near_miss: "Partiet vill att kommunen bygger badhuset.",
    },
    Rule {
        id: "stance.verdict",
        what: "A judging predicate in a quotation: its subject is the target, the speaker holds.",
        fires: "Avtalet är ett misstag, säger Karin Almqvist.",
        near_miss: "Avtalet är ett misstag.",
    },
    Rule {
        id: "stance.label",
        what: "A verb that names its object something good or bad.",
        fires: "Facket kallar beslutet ett svek.",
        near_miss: "Facket kallar projektet Norrsken.",
    },
    Rule {
        id: "stance.should",
        what: "A modal of obligation in a quotation: the speaker supports the clause.",
        fires: "Kommunen borde bygga ett badhus, säger Karin Almqvist.",
        near_miss: "Badhuset borde vara klart i maj.",
    },
    Rule {
        id: "stance.warning",
        what: "A warning: the harm's cause, the subject of the clause, is opposed.",
        fires: "Beslutet är taget. Facket varnar för att beslutet leder till uppsägningar.",
        near_miss: "SMHI varnar inte för halka.",
    },
    Rule {
        id: "stance.neutral",
        what: "The holder says that it takes no side.",
        fires: "Partiet tar inte ställning till avtalet.",
        near_miss: "Partiet säger ingenting.",
    },
    Rule {
        id: "stance.contrast",
        what: "The other side of a contrast: what is supported \"but not\" something else.",
        fires: "Partiet stöder projektet men inte finansieringen.",
        near_miss: "Partiet stöder projektet men inte helhjärtat.",
    },
    Rule {
        id: "stance.condition",
        what: "A side that depends on a stated condition.",
        fires: "Kommunen kan tänka sig ett kärnkraftverk om staten betalar.",
        near_miss: "Kommunen undrar om staten betalar.",
    },
];
