//! Responsible for the list of tables and their columns: name, type and meaning of each.
//!
//! CSV headers, the workbook and `datapackage.json` are all made from this list.

/// The type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// Text.
    Text,
    /// A whole number.
    Integer,
    /// A number that may have decimals.
    Number,
    /// `true` or `false`.
    Boolean,
}

impl Type {
    /// The Frictionless name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "string",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
        }
    }
}

/// One column.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its name in the header.
    pub name: &'static str,
    /// Its type.
    pub kind: Type,
    /// What it holds.
    pub about: &'static str,
}

/// One table.
#[derive(Debug)]
pub struct Table {
    /// The file's name without its ending.
    pub name: &'static str,
    /// What a row is.
    pub about: &'static str,
    /// Its columns in order. The first is the primary key.
    pub columns: &'static [Column],
    /// Columns that hold the key of another table, and that table.
    pub references: &'static [(&'static str, &'static str)],
    /// How many of the last columns only the corpus step knows.
    pub corpus_columns: usize,
}

/// Declares columns as `name: Type "meaning"`.
macro_rules! columns {
    ($($name:literal $kind:ident $about:literal),+ $(,)?) => {
        &[$(Column { name: $name, kind: Type::$kind, about: $about }),+]
    };
}

/// The table's place in [`TABLES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(usize)]
pub enum TableId {
    /// One row an article, for people who open one file only.
    Summary,
    /// One row an article.
    Articles,
    /// One row a key fact.
    Facts,
    /// One row a figure.
    Figures,
    /// One row an item of a fact box.
    FactBoxes,
    /// One row a quotation.
    Quotes,
    /// One row a stance.
    Stances,
    /// One row a problem.
    Errors,
    /// One row an actor of the whole corpus.
    Actors,
    /// One row an actor and article.
    ArticleActors,
    /// One row a story.
    Stories,
}

impl TableId {
    /// Every table, in order.
    pub const ALL: [Self; 11] = [
        Self::Summary,
        Self::Articles,
        Self::Facts,
        Self::Figures,
        Self::FactBoxes,
        Self::Quotes,
        Self::Stances,
        Self::Errors,
        Self::Actors,
        Self::ArticleActors,
        Self::Stories,
    ];
    /// How many tables come straight from single records; the others come from the whole corpus.
    pub const FROM_RECORDS: usize = 8;

    /// Whether a row says something of one article that is one of several, and begins with what says
    /// which article that is.
    pub fn is_below_an_article(self) -> bool {
        matches!(
            self,
            Self::Facts | Self::Figures | Self::FactBoxes | Self::Quotes | Self::Stances
        )
    }

    /// Its definition.
    pub fn table(self) -> &'static Table {
        &TABLES[self as usize]
    }
}

/// Every table, in the order of [`TableId`].
pub static TABLES: [Table; 11] = [
    Table {
        name: "summary",
        about: "One row an article that was not skipped, for people who open one file only: language, summary, counts, the top facts, quotations with speakers, and stances.",
        columns: columns![
            "article_id" Text "The article.",
            "language" Text "Language code, ISO 639-1 where there is one; und when unknown.",
            "title" Text "Headline.",
            "published" Text "Date of publication, ISO 8601 where it could be understood.",
            "url" Text "Address.",
            "source" Text "Publisher.",
            "status" Text "ok, degraded (processed with a warning), skipped or failed.",
            "summary" Text "Whole sentences of the article, in its own language.",
            "facts" Integer "Number of key facts.",
            "figures" Integer "Number of figures.",
            "quotations" Integer "Number of quotations.",
            "stances" Integer "Number of stances.",
            "fact_box" Text "Heading and items of the fact boxes.",
            "fact_1" Text "The most important fact.",
            "fact_2" Text "The next.",
            "fact_3" Text "The next.",
            "quote_1" Text "First of the best supported quotations.",
            "speaker_1" Text "Who says it.",
            "quote_2" Text "The next.",
            "speaker_2" Text "Who says it.",
            "quote_3" Text "The next.",
            "speaker_3" Text "Who says it.",
            "stance_1" Text "First of the best supported stances: holder, side, target.",
            "stance_2" Text "The next.",
            "stance_3" Text "The next.",
            "actors" Text "Who speaks or holds a stance.",
            "truncated" Boolean "Whether a cell of this row was cut; articles.jsonl has all of it.",
            "duplicate_of" Text "The first article with nearly the same text.",
            "story_id" Text "The story it belongs to.",
        ],
        references: &[("article_id", "articles")],
        corpus_columns: 2,
    },
    Table {
        name: "articles",
        about: "One row an article.",
        columns: columns![
            "article_id" Text "The article: a hash of its own id, address or place, the same in every run.",
            "status" Text "ok, degraded (processed with a warning), skipped or failed.",
            "language" Text "Language code, ISO 639-1 where there is one; und when unknown.",
            "language_confidence" Number "0 to 1.",
            "language_method" Text "declared, detected, group or none.",
            "script" Text "ISO 15924 code of the main script.",
            "support" Text "full (a language pack; I_PARTIAL among the problems: the pack lacks something) or generic.",
            "title" Text "Headline.",
            "published" Text "Date of publication, ISO 8601 where it could be understood.",
            "url" Text "Address.",
            "source" Text "Publisher.",
            "byline" Text "Writer.",
            "section" Text "The newspaper's section.",
            "source_id" Text "The input's own id.",
            "source_path" Text "File, relative to the input.",
            "record" Integer "Record number in the file, from 1.",
            "characters" Integer "Length of the text in code points.",
            "summary" Text "Whole sentences of the article, in its own language.",
            "fact_boxes" Integer "Number of fact boxes.",
            "facts" Integer "Number of key facts.",
            "figures" Integer "Number of figures.",
            "quotations" Integer "Number of quotations.",
            "stances" Integer "Number of stances.",
            "actors" Integer "Number of people, organisations and groups that speak or hold a stance.",
            "problems" Text "Codes of what a reader should know; errors.csv has the messages.",
            "content_hash" Text "Hash of the text.",
            "truncated" Boolean "Whether a cell of this row was cut; articles.jsonl has all of it.",
            "duplicate_of" Text "The first article with nearly the same text.",
            "story_id" Text "The story it belongs to.",
        ],
        references: &[("duplicate_of", "articles")],
        corpus_columns: 2,
    },
    Table {
        name: "facts",
        about: "One row a key fact.",
        columns: columns![
            "fact_id" Text "The fact.",
            "article_id" Text "The article.",
            "language" Text "Its language.",
            "title" Text "Its headline.",
            "published" Text "Its date.",
            "url" Text "Its address.",
            "rank" Integer "1 for the most important of the article.",
            "score" Integer "Weight in per mille.",
            "kind" Text "figure, date, event, decision, forecast, definition, comparison, appointment, document, casualty, background or proposal.",
            "status" Text "asserted, attributed, planned, forecast, conditional or denied.",
            "section" Text "factbox, heading, lead or body.",
            "fact" Text "The sentence or clause, as worded.",
            "start" Integer "First code point in the article's text.",
            "end" Integer "Code point after the last.",
            "who" Text "The one who acts.",
            "what" Text "What is done or counted.",
            "where" Text "Place.",
            "when" Text "Time, as worded.",
            "when_iso" Text "Time, ISO 8601 with X for unknown digits.",
            "figures" Text "The figures inside, as worded.",
            "source" Text "Who the article has it from.",
            "source_type" Text "speaker, document, box or article.",
            "mentions" Integer "How often the article says it.",
            "evidence" Text "The sentence around it.",
            "rule" Text "The rule that found it.",
            "grade" Text "strong, fair or weak: how often the rule is right.",
            "truncated" Boolean "Whether a cell of this row was cut.",
            "duplicate_of" Text "The first article with nearly the same text; leave such rows out to count each text once.",
        ],
        references: &[("article_id", "articles")],
        corpus_columns: 1,
    },
    Table {
        name: "figures",
        about: "One row a number, amount, share, quantity, date, duration or time in the text.",
        columns: columns![
            "figure_id" Text "The figure.",
            "article_id" Text "The article.",
            "language" Text "Its language.",
            "title" Text "Its headline.",
            "published" Text "Its date.",
            "url" Text "Its address.",
            "type" Text "number, money, percent, quantity, ordinal, date, duration or time.",
            "value" Number "The number.",
            "value_iso" Text "The date, time or period, ISO 8601.",
            "unit" Text "ISO 4217 code, %, pp, bp, a unit symbol or an English time unit.",
            "currency" Text "ISO 4217 code.",
            "approx" Text "about, over or under.",
            "direction" Text "up or down.",
            "figure" Text "As worded.",
            "start" Integer "First code point in the article's text.",
            "end" Integer "Code point after the last.",
            "evidence" Text "The sentence around it.",
            "truncated" Boolean "Whether a cell of this row was cut.",
            "duplicate_of" Text "The first article with nearly the same text.",
        ],
        references: &[("article_id", "articles")],
        corpus_columns: 1,
    },
    Table {
        name: "factboxes",
        about: "One row an item of a fact box.",
        columns: columns![
            "item_id" Text "The item.",
            "article_id" Text "The article.",
            "language" Text "Its language.",
            "title" Text "Its headline.",
            "published" Text "Its date.",
            "url" Text "Its address.",
            "box" Integer "Number of the box in the article, from 1.",
            "heading" Text "The heading line as worded.",
            "topic" Text "What stands after the heading word.",
            "item_number" Integer "Number of the item in the box, from 1.",
            "item" Text "The point without its bullet or number.",
            "start" Integer "First code point in the article's text.",
            "end" Integer "Code point after the last.",
            "source" Text "What the source line names.",
            "truncated" Boolean "Whether a cell of this row was cut.",
            "duplicate_of" Text "The first article with nearly the same text.",
        ],
        references: &[("article_id", "articles")],
        corpus_columns: 1,
    },
    Table {
        name: "quotes",
        about: "One row a quotation.",
        columns: columns![
            "quote_id" Text "The quotation.",
            "article_id" Text "The article.",
            "language" Text "Its language.",
            "title" Text "Its headline.",
            "published" Text "Its date.",
            "url" Text "Its address.",
            "kind" Text "direct, indirect or mixed.",
            "marking" Text "marks, dash or none.",
            "speaker" Text "Fullest name in the article, or the description; empty rather than a guess.",
            "speaker_role" Text "Title or function as worded.",
            "speaker_affiliation" Text "Party or organisation.",
            "speaker_as_written" Text "The mention that attributes.",
            "speaker_method" Text "How mention and name were joined: name, short_name, role, pronoun, description, organisation or context.",
            "cue" Text "The reporting expression.",
            "quote" Text "The words, without marks or dash.",
            "start" Integer "First code point in the article's text.",
            "end" Integer "Code point after the last.",
            "pieces" Integer "How many pieces it has when the attribution interrupts it.",
            "continued" Boolean "Whether it goes on from the quotation before.",
            "evidence" Text "The sentence around it.",
            "rule" Text "The rule that found it.",
            "grade" Text "strong, fair or weak: how often the rule is right.",
            "truncated" Boolean "Whether a cell of this row was cut.",
            "duplicate_of" Text "The first article with nearly the same text; leave such rows out to count each text once.",
        ],
        references: &[("article_id", "articles")],
        corpus_columns: 1,
    },
    Table {
        name: "stances",
        about: "One row a reported commitment for or against something.",
        columns: columns![
            "stance_id" Text "The stance.",
            "article_id" Text "The article.",
            "language" Text "Its language.",
            "title" Text "Its headline.",
            "published" Text "Its date.",
            "url" Text "Its address.",
            "holder" Text "Fullest name in the article.",
            "holder_role" Text "Title or function as worded.",
            "holder_affiliation" Text "Party or organisation.",
            "holder_as_written" Text "The mention nearest to the evidence.",
            "polarity" Text "support, oppose, conditional or neutral.",
            "target" Text "What it is about, as worded.",
            "target_canonical" Text "Short form for grouping.",
            "strength" Text "weak, plain or strong.",
            "negated" Boolean "Whether the side comes from a negated cue.",
            "channel" Text "direct_quote, indirect, narrated or act.",
            "time" Text "current or past.",
            "condition" Text "The condition, as worded.",
            "lean" Text "The side taken if the condition is met.",
            "attributed_by" Text "The one who reports it, when that is a third party.",
            "cue" Text "The words that carry the side.",
            "target_start" Integer "First code point of the target.",
            "target_end" Integer "Code point after it.",
            "evidence" Text "The sentence that states it.",
            "evidence_start" Integer "First code point of the evidence.",
            "evidence_end" Integer "Code point after it.",
            "more_evidence" Integer "How many other sentences state the same.",
            "quote_id" Text "The quotation it stands in.",
            "rule" Text "The rule that found it.",
            "grade" Text "strong, fair or weak: how often the rule is right.",
            "truncated" Boolean "Whether a cell of this row was cut.",
            "duplicate_of" Text "The first article with nearly the same text; leave such rows out to count each text once.",
        ],
        references: &[("article_id", "articles"), ("quote_id", "quotes")],
        corpus_columns: 1,
    },
    Table {
        name: "errors",
        about: "One row a problem: what failed, what was passed over, what a reader should know.",
        columns: columns![
            "error_id" Text "The problem.",
            "article_id" Text "The article.",
            "severity" Text "error (not processed), skipped (passed over by rule) or warning (processed all the same).",
            "code" Text "Stable code.",
            "message" Text "What happened and what to do.",
            "start" Integer "First code point of the place in the text.",
            "end" Integer "Code point after it.",
            "source_path" Text "File, relative to the input.",
            "record" Integer "Record number in the file, from 1.",
            "offset" Integer "Byte offset of the record in the decoded file.",
            "source_id" Text "The input's own id.",
            "language" Text "Language code.",
            "title" Text "Headline.",
            "published" Text "Date of publication.",
            "url" Text "Address.",
            "truncated" Boolean "Whether a cell of this row was cut.",
        ],
        references: &[("article_id", "articles")],
        corpus_columns: 0,
    },
    Table {
        name: "actors",
        about: "One row a person, organisation or group of the whole corpus that speaks or holds a stance.",
        columns: columns![
            "actor_id" Text "The actor: a hash of the name, the same in every run.",
            "name" Text "Fullest name.",
            "kind" Text "person, organisation or group.",
            "role" Text "Most frequent title or function.",
            "affiliation" Text "Most frequent party or organisation.",
            "aliases" Text "Other forms, with the language of each where the script differs.",
            "languages" Text "Languages of the articles.",
            "articles" Integer "Number of articles, near-duplicates left out.",
            "quotations" Integer "Number of quotations, near-duplicates left out.",
            "stances" Integer "Number of stances, near-duplicates left out.",
            "support" Integer "Stances for something.",
            "oppose" Integer "Stances against something.",
            "article_id" Text "The first article.",
            "published" Text "Its date.",
            "merged_by" Text "The evidence that joined several names: name, short_name or transliteration.",
            "truncated" Boolean "Whether a cell of this row was cut.",
        ],
        references: &[("article_id", "articles")],
        corpus_columns: 0,
    },
    Table {
        name: "article_actors",
        about: "One row an actor in an article: joins actors to articles.",
        columns: columns![
            "mention_id" Text "The actor in the article.",
            "article_id" Text "The article.",
            "actor_id" Text "The actor.",
            "name" Text "The actor's name.",
            "language" Text "Language of the article.",
            "quotations" Integer "Number of quotations there.",
            "stances" Integer "Number of stances there.",
        ],
        references: &[("article_id", "articles"), ("actor_id", "actors")],
        corpus_columns: 0,
    },
    Table {
        name: "stories",
        about: "One row a story: articles about one event, across languages.",
        columns: columns![
            "story_id" Text "The story: made from its first article.",
            "article_id" Text "The first article.",
            "title" Text "Its headline.",
            "articles" Integer "Number of articles.",
            "distinct" Integer "Number of articles without near-duplicates.",
            "languages" Text "Their languages.",
            "sources" Integer "Number of publishers.",
            "first_published" Text "Earliest date.",
            "last_published" Text "Latest date.",
            "names" Text "Names that its articles share.",
            "article_ids" Text "The articles.",
            "truncated" Boolean "Whether a cell of this row was cut.",
        ],
        references: &[("article_id", "articles")],
        corpus_columns: 0,
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_unique_and_references_exist() {
        for (id, table) in TableId::ALL.iter().zip(&TABLES) {
            assert_eq!(id.table().name, table.name);
            let mut names: Vec<_> = table.columns.iter().map(|c| c.name).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), table.columns.len(), "{}", table.name);
            for (column, to) in table.references {
                assert!(names.contains(column));
                assert!(TABLES.iter().any(|t| t.name == *to));
            }
        }
    }
}
