//! Responsible for the senses in which a pack lists a form.

/// What a list says of a form. Stages ask by class and get back the number they registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Class {
    /// A frequent word without content of its own.
    Stop,
    /// A personal pronoun.
    Pronoun,
    /// A possessive or other determiner.
    Determiner,
    /// A preposition or postposition.
    Preposition,
    /// A coordinating conjunction.
    Coordinator,
    /// A subordinating conjunction that is not a complementiser.
    Subordinator,
    /// A complementiser ("that").
    Complementiser,
    /// A relative pronoun.
    Relative,
    /// A question word.
    Interrogative,
    /// A negation.
    Negation,
    /// A finite auxiliary or copula.
    Auxiliary,
    /// A finite modal verb.
    Modal,
    /// An infinitive marker.
    InfinitiveMarker,
    /// An adverb that may stand between a verb and its subject or object.
    Adverb,
    /// A title or function of a person.
    Role,
    /// A form of address before a name.
    Honorific,
    /// A noun for an organisation or body that can speak.
    Organisation,
    /// A noun for a group of people.
    People,
    /// A first name; the payload is its gender.
    FirstName,
    /// A small word inside a name.
    NameParticle,
    /// A political party's short or long name.
    Party,
    /// A name of a country, city or capital that can stand for its government.
    Place,
    /// A capitalised word that is no name (days, nationalities, sentence starters).
    NotName,
    /// A frequent finite verb that reports nothing; it ends a noun phrase.
    Verb,
    /// A reporting verb or expression.
    Cue,
    /// A particle that belongs to a reporting verb ("lade … till").
    CueParticle,
    /// An expression that introduces a source ("according to").
    SourceCue,
    /// A noun that reports ("the news that").
    NounCue,
    /// A noun for writing in a newspaper voice: a document that can speak.
    Document,
    /// A stance cue.
    Stance,
    /// A word or phrase that a stance cue asks for after it.
    StanceFrame,
    /// A small word of the stance method; the payload says which.
    StanceWord,
    /// An intensifier.
    Intensifier,
    /// A hedge.
    Hedge,
    /// A conditional conjunction.
    Conditional,
    /// A verb or noun that stops its object.
    Stopper,
    /// A number word.
    NumberWord,
    /// A multiplier of ten ("miljoner").
    Scale,
    /// An ordinal word.
    OrdinalWord,
    /// A fraction word.
    Fraction,
    /// A unit of measure.
    Unit,
    /// A currency name or sign.
    Currency,
    /// A word for per cent or percentage point.
    PercentWord,
    /// A month.
    Month,
    /// A day of the week.
    Weekday,
    /// A unit of time.
    TimeUnit,
    /// A word that dates relative to the article.
    RelativeDay,
    /// A part of the day.
    DayPart,
    /// A word that says a figure is not exact.
    Approximator,
    /// A word that says a figure rises or falls.
    Mover,
    /// Other words of the figure grammar; the payload says which.
    FigureWord,
    /// A heading of a fact box.
    BoxHeading,
    /// The word that opens a fact box's source line.
    BoxSource,
    /// A word that makes a sentence a kind of fact.
    FactCue,
    /// A word that changes a fact's status.
    StatusCue,
    /// A word that opens a caption, a footer or another line that is no prose.
    LineLabel,
    /// A verb of thinking or feeling that reports an attitude.
    Attitude,
    /// Free for stages that need one more.
    Extra,
}

impl Class {
    /// Words of closed classes: pronouns, articles, prepositions, conjunctions, question words,
    /// negations, auxiliaries, modals, adverbs and the words of the calendar.
    pub const FUNCTION: u64 = Self::Pronoun.bit()
        | Self::Determiner.bit()
        | Self::Preposition.bit()
        | Self::Coordinator.bit()
        | Self::Subordinator.bit()
        | Self::Complementiser.bit()
        | Self::Relative.bit()
        | Self::Interrogative.bit()
        | Self::Negation.bit()
        | Self::Auxiliary.bit()
        | Self::Modal.bit()
        | Self::Adverb.bit()
        | Self::Conditional.bit()
        | Self::Month.bit()
        | Self::Weekday.bit();

    /// Words that may be the verb of a clause.
    pub const FINITE: u64 =
        Self::Auxiliary.bit() | Self::Modal.bit() | Self::Verb.bit() | Self::Cue.bit();

    /// Nouns for people, bodies and documents.
    pub const NOUNS: u64 =
        Self::Role.bit() | Self::Organisation.bit() | Self::People.bit() | Self::Document.bit();

    /// The class as one bit.
    pub const fn bit(self) -> u64 {
        1 << self as u8
    }
}
