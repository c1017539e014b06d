//! Responsible for the closed sets of words that appear in the output.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Declares a closed set of words that appear in the output, with their spelling.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $word)] $variant),+ }
        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
            /// The word as it is written.
            pub fn as_str(self) -> &'static str { match self { $($name::$variant => $word),+ } }
            /// The value written as `word`.
            pub fn parse(word: &str) -> Option<Self> { match word { $($word => Some($name::$variant),)+ _ => None } }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.as_str()) }
        }
    };
}

words! {
    /// How the processing of one input record ended.
    Status {
        /// Processed.
        Ok = "ok",
        /// Processed, with a warning.
        Degraded = "degraded",
        /// Passed over by rule: empty, of another kind.
        Skipped = "skipped",
        /// Could not be processed.
        Failed = "failed",
    }
}
words! {
    /// How the language was found.
    LanguageMethod {
        /// The input said so.
        Declared = "declared",
        /// Found in the text.
        Detected = "detected",
        /// One of a group that text alone cannot separate; `alternatives` has the others.
        Group = "group",
        /// Not found.
        None = "none",
    }
}
words! {
    /// How much is known of the article's language.
    Support {
        /// A language pack; a problem `I_PARTIAL` names what the pack lacks.
        Full = "full",
        /// Marks, figures, fact boxes and summary without a pack.
        Generic = "generic",
    }
}
words! {
    /// What a block of text is.
    BlockKind {
        /// The headline inside the text.
        Title = "title",
        /// A section heading.
        Heading = "heading",
        /// The standfirst.
        Lead = "lead",
        /// A paragraph.
        Paragraph = "paragraph",
        /// An item of a list outside a fact box.
        ListItem = "list_item",
        /// Speech set off as a block by the format.
        QuoteHint = "quote_hint",
        /// The heading line of a fact box.
        BoxHeading = "box_heading",
        /// An item of a fact box.
        BoxItem = "box_item",
        /// The source line of a fact box.
        BoxSource = "box_source",
        /// The writer's line, the agency's signature, a place-and-agency line.
        Byline = "byline",
    }
}
words! {
    /// How speech is reported.
    QuotationKind {
        /// The words are marked as verbatim.
        Direct = "direct",
        /// The content is reported without marks.
        Indirect = "indirect",
        /// A report with a marked fragment inside.
        Mixed = "mixed",
    }
}
words! {
    /// How speech is marked.
    Marking {
        /// Quotation marks of any shape.
        Marks = "marks",
        /// A dialogue dash.
        Dash = "dash",
        /// Not marked.
        None = "none",
    }
}
words! {
    /// How a mention was joined to a name.
    SpeakerMethod {
        /// The mention is the full name itself.
        Name = "name",
        /// A shorter form of a name in the article.
        ShortName = "short_name",
        /// A role or title that the article ties to a name.
        Role = "role",
        /// A pronoun.
        Pronoun = "pronoun",
        /// A described source, kept as worded.
        Description = "description",
        /// An organisation.
        Organisation = "organisation",
        /// Nothing attributes; the speaker follows from the context.
        Context = "context",
    }
}
words! {
    /// A property of a rule: how often it is right on the gold set.
    Grade {
        /// Precision of at least 95 %.
        Strong = "strong",
        /// Precision of at least 85 %.
        Fair = "fair",
        /// Below that.
        Weak = "weak",
    }
}
words! {
    /// The side a stance takes.
    Polarity {
        /// For the target.
        Support = "support",
        /// Against the target.
        Oppose = "oppose",
        /// Depends on a stated condition.
        Conditional = "conditional",
        /// Explicitly withheld or balanced.
        Neutral = "neutral",
    }
}
words! {
    /// How strongly a stance is worded.
    Strength {
        /// A hedge, a warning, a litotes.
        Weak = "weak",
        /// Without either.
        Plain = "plain",
        /// Absolute or intensified.
        Strong = "strong",
    }
}
words! {
    /// The way a stance reaches the reader.
    Channel {
        /// In the holder's own marked words.
        DirectQuote = "direct_quote",
        /// In reported words.
        Indirect = "indirect",
        /// In the journalist's summary.
        Narrated = "narrated",
        /// A vote, a veto, a signature, a resignation, a protest.
        Act = "act",
    }
}
words! {
    /// Whether a stance still holds.
    Time {
        /// It holds.
        Current = "current",
        /// It was given up.
        Past = "past",
    }
}
words! {
    /// What a key fact is about.
    FactKind {
        /// A figure with what it counts.
        Figure = "figure",
        /// A date tied to something that happens.
        Date = "date",
        /// Something that happened.
        Event = "event",
        /// A decision, a vote, a verdict.
        Decision = "decision",
        /// Something expected.
        Forecast = "forecast",
        /// What something is.
        Definition = "definition",
        /// Two figures held against each other.
        Comparison = "comparison",
        /// Someone takes or holds a post.
        Appointment = "appointment",
        /// A law, a report, a judgment.
        Document = "document",
        /// Dead, injured, damaged.
        Casualty = "casualty",
        /// Anything else worth knowing.
        Background = "background",
        /// Something proposed.
        Proposal = "proposal",
    }
}
words! {
    /// What the article says of a fact's truth.
    FactStatus {
        /// Stated by the newspaper.
        Asserted = "asserted",
        /// Stated by a source.
        Attributed = "attributed",
        /// Intended.
        Planned = "planned",
        /// Expected.
        Forecast = "forecast",
        /// Under a condition.
        Conditional = "conditional",
        /// Denied.
        Denied = "denied",
    }
}
words! {
    /// The part of the article a fact stands in.
    Section {
        /// A fact box.
        Factbox = "factbox",
        /// A heading or headline.
        Heading = "heading",
        /// The lead.
        Lead = "lead",
        /// The body.
        Body = "body",
    }
}
words! {
    /// What a figure measures.
    FigureType {
        /// A bare or counted number.
        Number = "number",
        /// An amount of money; `unit` is an ISO 4217 code.
        Money = "money",
        /// Per cent, percentage points (`pp`) or basis points (`bp`).
        Percent = "percent",
        /// A number with a unit of measure; ages have the unit `year`.
        Quantity = "quantity",
        /// A place in an order.
        Ordinal = "ordinal",
        /// A day, week, month, quarter or year, ISO 8601, `X` for unknown digits.
        Date = "date",
        /// A length of time in one singular English unit.
        Duration = "duration",
        /// A time of day.
        Time = "time",
    }
}
words! {
    /// Whether a figure goes up or down.
    Direction {
        /// It rises.
        Up = "up",
        /// It falls.
        Down = "down",
    }
}
words! {
    /// How exact a figure is.
    Approximation {
        /// "about", "around".
        About = "about",
        /// "more than", "at least".
        Over = "over",
        /// "less than", "up to", "almost".
        Under = "under",
    }
}
words! {
    /// What an actor is.
    ActorKind {
        /// A person.
        Person = "person",
        /// An organisation.
        Organisation = "organisation",
        /// A described group.
        Group = "group",
    }
}
