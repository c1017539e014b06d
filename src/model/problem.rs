//! Responsible for the list of things that can be wrong with one record; codes live here only.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A stable code for what went wrong with a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// Bytes that are not valid UTF-8 inside a JSON record.
    EUtf8,
    /// A JSON record that does not parse.
    EJson,
    /// A CSV row that does not fit its header.
    ECsv,
    /// An XML or HTML document that cannot be read.
    EMarkup,
    /// A record without a usable text.
    ENoText,
    /// A text without anything but white space.
    EEmpty,
    /// An article over the size limit.
    ETooBig,
    /// A compressed file that expands beyond all measure.
    ERatio,
    /// A compressed file that is cut off or broken.
    ECompressed,
    /// A file of a kind that is not read.
    EKind,
    /// A file that cannot be read.
    EIo,
    /// A file that vanished between listing and reading.
    EGone,
    /// The analysis of this article panicked.
    EPanic,
    /// The publisher withdrew the article (`pubstatus`, embargo).
    EWithheld,
    /// The encoding was guessed.
    WEncoding,
    /// The text looks like UTF-8 that was once read as something else.
    WMojibake,
    /// The language is unknown or the text is too short to tell.
    WLanguageUnknown,
    /// The declared language and the text disagree strongly.
    WLanguageDisagrees,
    /// The text has no pack of its own: marks, figures, boxes and summary only.
    WGeneric,
    /// Paragraphs in another language.
    WMixed,
    /// A cap on the number of records was reached; the rest was left out.
    WTruncated,
    /// Bidirectional or other control characters stand in the text.
    WControls,
    /// The same id with another content was seen before.
    WSameId,
    /// A date that could not be understood.
    WDate,
    /// The language's pack has no data for some kinds of rows.
    IPartial,
    /// Outside the selection of a run.
    INotSelected,
}

impl Code {
    /// The code as it is written, `E_JSON`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::EUtf8 => "E_UTF8",
            Self::EJson => "E_JSON",
            Self::ECsv => "E_CSV",
            Self::EMarkup => "E_MARKUP",
            Self::ENoText => "E_NO_TEXT",
            Self::EEmpty => "E_EMPTY",
            Self::ETooBig => "E_TOO_BIG",
            Self::ERatio => "E_RATIO",
            Self::ECompressed => "E_COMPRESSED",
            Self::EKind => "E_KIND",
            Self::EIo => "E_IO",
            Self::EGone => "E_GONE",
            Self::EPanic => "E_PANIC",
            Self::EWithheld => "E_WITHHELD",
            Self::WEncoding => "W_ENCODING",
            Self::WMojibake => "W_MOJIBAKE",
            Self::WLanguageUnknown => "W_LANGUAGE_UNKNOWN",
            Self::WLanguageDisagrees => "W_LANGUAGE_DISAGREES",
            Self::WGeneric => "W_GENERIC",
            Self::WMixed => "W_MIXED",
            Self::WTruncated => "W_TRUNCATED",
            Self::WControls => "W_CONTROLS",
            Self::WSameId => "W_SAME_ID",
            Self::WDate => "W_DATE",
            Self::IPartial => "I_PARTIAL",
            Self::INotSelected => "I_NOT_SELECTED",
        }
    }
}

/// One thing that went wrong, or that a reader of the record should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Problem {
    /// The stable code.
    pub code: String,
    /// What happened and what to do, for a person.
    pub message: String,
    /// Where in the text, in code points.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub start: Option<u32>,
    /// End of that place.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub end: Option<u32>,
}

impl Problem {
    /// A problem without a place in the text.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code: code.as_str().to_owned(),
            message: message.into(),
            start: None,
            end: None,
        }
    }

    /// Whether the code is a note (`I_…`): nothing is wrong with the article.
    pub fn is_note(&self) -> bool {
        is_note(&self.code)
    }

    /// Whether the code is a warning (`W_…`): the article is processed all the same.
    pub fn is_warning(&self) -> bool {
        self.code.starts_with("W_")
    }
}

/// Whether a code is that of a note (`I_…`).
pub fn is_note(code: &str) -> bool {
    code.starts_with("I_")
}
