//! Responsible for going through a document once and taking each figure where it begins.

use std::borrow::Cow;
use std::ops::Range;

use super::calendar::Day;
use super::digits::Ratio;
use crate::model::record::FigureType;
use crate::model::span::Span;
use crate::pack::Pack;
use crate::pack::figures::{ARTICLE, FigurePack, Role};
use crate::text::doc::{Doc, Hit};
use crate::text::fold::fold_into;
use crate::text::lexicon::{Class, Entry};
use crate::text::token::{Token, TokenKind, UNKNOWN};

/// A figure's value before it is written.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Amount {
    /// A number.
    Number(Ratio),
    /// An ISO 8601 string.
    Text(String),
    /// None can be given.
    Unknown,
}

/// A figure under way.
#[derive(Debug, Clone)]
pub(super) struct Draft<'a> {
    /// What it measures.
    pub kind: FigureType,
    /// Its value.
    pub amount: Amount,
    /// Its unit.
    pub unit: Option<Cow<'a, str>>,
    /// Its place.
    pub span: Span,
    /// Its tokens.
    pub tokens: Range<usize>,
    /// The factor of its scale words.
    pub scale: f64,
    /// It is a number in digits or words with nothing after it, so that it may share a unit.
    pub open: bool,
}

/// Where a document's figures are read from.
#[derive(Debug)]
pub(super) struct Scan<'a> {
    /// The document.
    pub doc: &'a Doc<'a>,
    /// The words.
    pub pack: &'a FigurePack,
    /// How letters fold.
    pub case: crate::text::fold::CaseRule,
    /// The day of the article, if it is known.
    pub today: Option<Day>,
    /// Nouns are written with capitals.
    pub capital_nouns: bool,
    /// The classes of each token, phrases that begin at it included.
    masks: Vec<u64>,
    /// The roles of each token, phrases that begin at it included.
    roles: Vec<u64>,
    /// All classes of the document.
    classes_here: u64,
    /// All roles of the document.
    roles_here: u64,
}

/// The roles that an entry gives.
fn role_bits(entry: Entry) -> u64 {
    match entry.class {
        Class::FigureWord => u64::from(entry.payload),
        Class::DayPart => u64::from(entry.payload) << 32,
        _ => 0,
    }
}

/// How many digits the number of a footnote has at most.
const FOOTNOTE: usize = 3;
/// A text of so few tokens is a figure and its signs alone, as in a column of figures.
const ALONE: usize = 3;
/// Classes that a figure may begin with.
const STARTS: u64 = Class::NumberWord.bit()
    | Class::Scale.bit()
    | Class::OrdinalWord.bit()
    | Class::Fraction.bit()
    | Class::Currency.bit()
    | Class::PercentWord.bit()
    | Class::Month.bit()
    | Class::Weekday.bit()
    | Class::RelativeDay.bit();

/// Classes of what a number measures.
const MEASURES: u64 =
    Class::Unit.bit() | Class::TimeUnit.bit() | Class::Currency.bit() | Class::PercentWord.bit();

/// Classes of the small words of figures.
const SMALL: u64 = Class::FigureWord.bit() | Class::DayPart.bit();

/// Small words that a figure may begin with.
const OPENERS: u64 = Role::Day.bit()
    | Role::Clock.bit()
    | Role::Every.bit()
    | Role::Week.bit()
    | Role::OrdinalBefore.bit()
    | Role::DayNoun.bit()
    | Role::DayOut.bit();

/// Classes that may follow one of them.
const AFTER_OPENER: u64 = Class::NumberWord.bit() | Class::OrdinalWord.bit() | Class::Scale.bit();

const NO_TOKEN: Token = Token {
    start: 0,
    end: 0,
    word: UNKNOWN,
    classes: 0,
    hash: 0,
    kind: TokenKind::Symbol,
    flags: Token::SPACED | Token::LINE_START,
};

impl<'a> Scan<'a> {
    /// Prepares a document.
    pub(super) fn new(doc: &'a Doc<'a>, pack: &'a Pack, published: Option<&str>) -> Self {
        let lexicon = doc.lexicon;
        let mut masks = Vec::with_capacity(doc.tokens.len());
        let mut roles = Vec::with_capacity(doc.tokens.len());
        for token in &doc.tokens {
            let mask = token.classes;
            masks.push(mask);
            roles.push(if mask & SMALL == 0 {
                0
            } else {
                lexicon
                    .entries(token.word)
                    .iter()
                    .fold(0, |bits, e| bits | role_bits(*e))
            });
        }
        for (token, entry) in doc.phrase_starts() {
            masks[token] |= entry.class.bit();
            roles[token] |= role_bits(entry);
        }
        Self {
            classes_here: masks.iter().fold(0, |all, mask| all | mask),
            roles_here: roles.iter().fold(0, |all, bits| all | bits),
            doc,
            pack: &pack.figures,
            case: pack.tokens.case,
            today: published.and_then(Day::parse),
            capital_nouns: pack.meta.text.capital_nouns,
            masks,
            roles,
        }
    }

    /// All figures in order.
    pub(super) fn run(&self) -> Vec<Draft<'a>> {
        let mut out: Vec<Draft<'a>> = Vec::new();
        let mut i = 0;
        while i < self.len() {
            if self.may_start(i) && !self.is_idle_article(i) {
                if let Some(len) = self.role(i, Role::Idiom) {
                    i += len;
                    continue;
                }
                if let Some(next) = self.skip(i) {
                    i = next;
                    continue;
                }
                if self.only_looks_glued(i) {
                    i += 1;
                    continue;
                }
                if let Some(draft) = self.figure(i, &out) {
                    i = draft.tokens.end.max(i + 1);
                    out.push(draft);
                    continue;
                }
            }
            i += 1;
        }
        out
    }

    /// A quick test that most words fail.
    fn may_start(&self, i: usize) -> bool {
        let token = &self.doc.tokens[i];
        let mask = self.masks[i];
        if token.kind == TokenKind::Number
            || mask & STARTS != 0
            || self.roles[i] & Role::Vague.bit() != 0
        {
            return true;
        }
        if self.roles[i] & OPENERS != 0 && (self.opens(i + 1) || self.opens(i + 2)) {
            return true;
        }
        if token.kind != TokenKind::Word {
            return false;
        }
        let word = token.span().of(self.doc.text);
        token.flags & Token::DIGIT != 0
            || self.pack.pieces.may_start(word.as_bytes())
            || match word.as_bytes().first() {
                Some(b'I') => matches!(word, "I" | "II" | "III" | "IV"),
                // "½" and the like begin so in UTF-8.
                Some(byte) if !matches!(byte, 0xc2 | 0xe2) => false,
                _ => is_vulgar(word),
            }
    }

    /// Whether a word for one is an article by what follows: neither a measure nor more of a number.
    fn is_idle_article(&self, i: usize) -> bool {
        let next = i + 1;
        let is_plain = self.masks[i] & STARTS == Class::NumberWord.bit()
            && self.roles[i] & (OPENERS | Role::Vague.bit() | Role::Idiom.bit()) == 0
            && !(i > 0 && self.has_role(i - 1, Role::Minus));
        let Some(token) = self.doc.tokens.get(next).filter(|_| is_plain) else {
            return false;
        };
        let goes_on = token.kind != TokenKind::Word
            || !token.is_spaced()
            || token.flags & Token::DIGIT != 0
            || self.masks[next] & (STARTS | MEASURES | Class::Preposition.bit()) != 0
            || self.roles[next] != 0
            || self
                .pack
                .pieces
                .may_start(token.span().of(self.doc.text).as_bytes());
        !goes_on
            && self
                .find(i, Class::NumberWord)
                .is_some_and(|hit| hit.payload == ARTICLE && hit.len == 1)
    }

    /// Whether a word was let through by the filter for numbers inside words and holds none.
    fn only_looks_glued(&self, i: usize) -> bool {
        let token = self.token(i);
        token.is_word()
            && token.flags & Token::DIGIT == 0
            && self.masks[i] & STARTS == 0
            && self.roles[i] & (OPENERS | Role::Vague.bit()) == 0
            && self.pack.pieces.may_start(self.doc.word(i).as_bytes())
            && super::glued::read(&self.folded(i), self.pack).is_none()
    }

    /// Whether the word or number at a token may follow a small word that opens a figure.
    fn opens(&self, i: usize) -> bool {
        self.doc.tokens.get(i).is_some_and(|token| {
            token.kind == TokenKind::Number
                || self.masks[i] & AFTER_OPENER != 0
                || token.kind == TokenKind::Word
                    && self
                        .pack
                        .pieces
                        .may_start(token.span().of(self.doc.text).as_bytes())
        })
    }

    fn figure(&self, i: usize, before: &[Draft<'a>]) -> Option<Draft<'a>> {
        self.date(i, before)
            .or_else(|| self.time(i, before.last()))
            .or_else(|| self.money_before(i))
            .or_else(|| self.money_glued(i))
            .or_else(|| self.percent_before(i))
            .or_else(|| self.share(i))
            .or_else(|| self.ordinal_before(i))
            .or_else(|| self.vague(i))
            .or_else(|| self.measured(i))
    }

    /// How many tokens there are.
    pub(super) fn len(&self) -> usize {
        self.doc.tokens.len()
    }

    /// A token; one without text past the end.
    pub(super) fn token(&self, i: usize) -> &Token {
        self.doc.tokens.get(i).unwrap_or(&NO_TOKEN)
    }

    /// Whether a token follows the one before it without a space, on the same line.
    pub(super) fn adjoins(&self, i: usize) -> bool {
        i > 0 && i < self.len() && !self.token(i).is_spaced()
    }

    /// Whether a token is in a class, alone or with those after it.
    pub(super) fn has_class(&self, i: usize, class: Class) -> bool {
        self.masks.get(i).is_some_and(|m| m & class.bit() != 0)
    }

    /// Whether the document has a word of a class at all.
    pub(super) fn has_anywhere(&self, class: Class) -> bool {
        self.classes_here & class.bit() != 0
    }

    /// Whether the document has a small word with one of some roles at all.
    pub(super) fn has_role_anywhere(&self, roles: u64) -> bool {
        self.roles_here & roles != 0
    }

    /// Whether a token is in any class of a set, alone or with those after it.
    pub(super) fn is_class_any(&self, i: usize, classes: u64) -> bool {
        self.masks.get(i).is_some_and(|m| m & classes != 0)
    }

    /// What the lexicon says in a class at a token.
    pub(super) fn find(&self, i: usize, class: Class) -> Option<Hit> {
        self.has_class(i, class)
            .then(|| self.doc.find(i, class))
            .flatten()
    }

    /// The roles of the word at a token and of the phrases that begin there.
    pub(super) fn roles(&self, i: usize) -> u64 {
        self.roles.get(i).copied().unwrap_or(0)
    }

    /// Whether a small word with a role begins at a token.
    pub(super) fn has_role(&self, i: usize, role: Role) -> bool {
        self.roles(i) & role.bit() != 0
    }

    /// The length of the longest small word with a role that begins at a token.
    pub(super) fn role(&self, i: usize, role: Role) -> Option<usize> {
        let (class, bit) = if role.bit() >> 32 == 0 {
            (Class::FigureWord, role.bit())
        } else {
            (Class::DayPart, role.bit() >> 32)
        };
        if self.roles(i) & role.bit() == 0 {
            return None;
        }
        self.doc
            .find_all(i, class)
            .find(|hit| u64::from(hit.payload) & bit != 0)
            .map(|hit| hit.len)
    }

    /// Whether a small word with a role ends right before a token.
    pub(super) fn role_before(&self, i: usize, role: Role) -> bool {
        (1..=3.min(i))
            .any(|back| !self.breaks(i - back, i) && self.role(i - back, role) == Some(back))
    }

    /// Whether a line begins after the first and up to the last of some tokens.
    fn breaks(&self, from: usize, to: usize) -> bool {
        (from + 1..=to).any(|i| self.token(i).is_line_start())
    }

    /// The folded text of a token.
    pub(super) fn folded(&self, i: usize) -> Cow<'a, str> {
        let word = self.token(i).span().of(self.doc.text);
        let is_small = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
        if word.bytes().all(is_small) {
            return Cow::Borrowed(word);
        }
        let mut out = String::new();
        fold_into(word, self.case, &mut out);
        Cow::Owned(out)
    }

    /// The text between the token before and this one.
    pub(super) fn gap_before(&self, i: usize) -> &'a str {
        let from = i.checked_sub(1).map_or(0, |before| self.token(before).end);
        Span::new(from, self.token(i).start).of(self.doc.text)
    }

    /// A whole number of digits only, and how many there are.
    pub(super) fn plain(&self, i: usize) -> Option<(u32, usize)> {
        let token = self.doc.tokens.get(i)?;
        if token.kind != TokenKind::Number {
            return None;
        }
        let mut value = 0u32;
        let mut len = 0;
        for c in self.doc.word(i).chars() {
            let digit = crate::text::tokenize::digit_value(c)?;
            value = value.checked_mul(10)?.checked_add(digit)?;
            len += 1;
        }
        Some((value, len))
    }

    /// The token after a run that is no figure: an address, a phone number, a version, a name.
    fn skip(&self, i: usize) -> Option<usize> {
        let token = self.token(i);
        if token.kind != TokenKind::Number {
            return None;
        }
        let escape = self.adjoins(i) && self.adjoins(i - 1) && self.doc.is_char(i - 1, &['%']);
        if escape || self.adjoins(i) && self.is_glued_left(i - 1) {
            return Some(i + 1);
        }
        let footnote = self.adjoins(i)
            && self.adjoins(i + 1)
            && self.doc.is_char(i - 1, &['['])
            && self.doc.is_char(i + 1, &[']'])
            && self.adjoins(i - 1)
            && self.doc.word(i).len() <= FOOTNOTE;
        // Ten digits and more without a sign between them are dialled or count records, in a text.
        let word = self.doc.word(i);
        let endless = word.len() > 9
            && self.len() > ALONE
            && !word.ends_with("000")
            && word.bytes().all(|b| b.is_ascii_digit());
        let counts = || self.is_unit_at(i + 1) || self.counts_something(i + 1);
        if footnote || endless && !counts() {
            return Some(i + 1);
        }
        if self.role_before(i, Role::Name) {
            return Some(i + 1);
        }
        self.phone(i).filter(|_| self.digit_date(i).is_none())
    }

    /// Whether a token ties the number after it to an address or a name.
    fn is_glued_left(&self, i: usize) -> bool {
        let token = self.token(i);
        match token.kind {
            TokenKind::Word => {
                !self.has_class(i, Class::Currency)
                    && !self.has_class(i, Class::PercentWord)
                    && !self
                        .doc
                        .word(i)
                        .chars()
                        .all(crate::text::tokenize::is_unspaced)
                    && !self.pack.particles
                    && self.roles(i) & (Role::HourSign.bit() | Role::Clock.bit() | Role::Day.bit())
                        == 0
                    && !self.has_class(i, Class::Month)
                    && !self.doc.word(i).ends_with(['\'', '\u{2019}'])
            }
            _ => self
                .doc
                .is_char(i, &['/', '=', '_', '&', '?', '@', '#', '\\', '^', '~']),
        }
    }

    /// A run of digits that is dialled: it begins with a plus or a nought and goes on in groups.
    fn phone(&self, i: usize) -> Option<usize> {
        let text = self.doc.word(i);
        let plus = self.adjoins(i) && self.doc.is_char(i - 1, &['+']);
        let (_, len) = self.plain(i)?;
        if !(plus || text.starts_with('0') && len >= 2) {
            return None;
        }
        let (mut next, mut digits, mut groups) = (i + 1, len, 1);
        loop {
            let at = if matches!(self.token(next).kind, TokenKind::Dash)
                || self.doc.is_char(next, &['/', '(', ')'])
            {
                next + 1
            } else {
                next
            };
            match self.plain(at) {
                Some((_, len)) if !self.token(at).is_line_start() => {
                    digits += len;
                    groups += 1;
                    next = at + 1;
                }
                _ => break,
            }
        }
        (groups >= 2 && digits >= 7).then_some(next)
    }
}

/// Whether a word is one sign for a fraction.
pub(super) fn is_vulgar(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().and_then(vulgar).is_some() && chars.next().is_none()
}

/// The value of a sign for a fraction.
pub(super) fn vulgar(c: char) -> Option<Ratio> {
    let (num, den) = match c {
        '½' => (1.0, 2.0),
        '⅓' => (1.0, 3.0),
        '⅔' => (2.0, 3.0),
        '¼' => (1.0, 4.0),
        '¾' => (3.0, 4.0),
        '⅕' => (1.0, 5.0),
        '⅖' => (2.0, 5.0),
        '⅗' => (3.0, 5.0),
        '⅘' => (4.0, 5.0),
        '⅙' => (1.0, 6.0),
        '⅚' => (5.0, 6.0),
        '⅛' => (1.0, 8.0),
        '⅜' => (3.0, 8.0),
        '⅝' => (5.0, 8.0),
        '⅞' => (7.0, 8.0),
        _ => return None,
    };
    Some(Ratio { num, den })
}
