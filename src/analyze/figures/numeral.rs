//! Responsible for numbers: digits, number words and scale words put together into one value.

use super::builder::{Builder, Place};
use super::digits::{Digits, Ratio, digits};
use super::money::is_nameless;
use super::scan::Scan;
use crate::model::span::Span;
use crate::pack::figures::{ARTICLE, HALVES, ONE, Role};
use crate::text::lexicon::Class;
use crate::text::token::TokenKind;

/// What a number turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// How many.
    Cardinal,
    /// Which one.
    Ordinal,
    /// A share with a denominator.
    Fraction,
}

/// Whether a word for one is a number on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weak {
    /// A number.
    No,
    /// An article: a number only before a unit.
    Article,
    /// A pronoun: a number only before what it counts.
    One,
}

/// A number in the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numeral {
    /// Its value.
    pub value: Ratio,
    /// Its place.
    pub span: Span,
    /// The token after it.
    pub next: usize,
    /// What it is.
    pub kind: Kind,
    /// Whether it holds digits.
    pub has_digits: bool,
    /// Digits only, this many.
    pub plain: Option<usize>,
    /// It is only an article, or a pronoun.
    pub weak: Weak,
    /// The factor of its scale words.
    pub scale: f64,
    /// The measure written in the same word, by index.
    pub tail: Option<usize>,
    /// The number ends inside its last word, after a hyphen.
    pub inside: bool,
}

/// Most groups of digits that spaces cut a number into.
const MOST_SPACED: usize = 5;

/// What a word does to a number under way.
pub(super) enum Word {
    /// It belongs to it; the next token.
    Goes(usize, Weak),
    /// It ends it.
    Ends(usize, Kind, Option<usize>),
    /// It ends it inside the word, after so many bytes.
    Inside(usize, u32),
}

impl Scan<'_> {
    /// The number that begins at a token.
    pub(super) fn numeral(&self, i: usize) -> Option<Numeral> {
        let mut out = self.unsigned(i)?;
        if let Some(start) = self.sign_before(i, &out) {
            out.value.num = -out.value.num;
            out.span.start = start;
            out.weak = Weak::No;
        }
        Some(out)
    }

    /// Where the sign before a number begins; a plus counts as no sign but belongs to the number.
    fn sign_before(&self, i: usize, number: &Numeral) -> Option<u32> {
        let before = i.checked_sub(1)?;
        let token = self.token(before);
        let after_unspaced = before.checked_sub(1).is_some_and(|b| {
            let word = self.doc.word(b);
            !word.is_empty() && word.chars().all(crate::text::tokenize::is_unspaced)
        });
        let opens =
            token.is_spaced() || after_unspaced || self.doc.is_char(before.wrapping_sub(1), &['(']);
        // A text that is nothing but a number may have a space after its sign.
        let alone = before == 0 && self.len() <= number.next + 1;
        let is_sign = token.kind == TokenKind::Dash
            && number.has_digits
            && (!self.token(i).is_spaced() || alone)
            && opens;
        // "al menos 14", "at least": the same word inside a phrase is no sign.
        let phrase = before
            .checked_sub(1)
            .and_then(|b| self.find(b, Class::Approximator))
            .is_some_and(|hit| hit.len > 1);
        let is_word = self.has_role(before, Role::Minus) && !phrase;
        (is_sign || is_word).then_some(token.start)
    }

    #[expect(clippy::too_many_lines, reason = "one step for each kind of piece")]
    pub(super) fn unsigned(&self, i: usize) -> Option<Numeral> {
        let mut build = Builder::new(self.pack.twenties);
        let mut at = i;
        let mut out = Numeral {
            value: Ratio::whole(0.0),
            span: Span::new(self.token(i).start, self.token(i).start),
            next: i,
            kind: Kind::Cardinal,
            has_digits: false,
            plain: None,
            weak: Weak::No,
            scale: 1.0,
            tail: None,
            inside: false,
        };
        while at < self.len() {
            // "two hundred and five": the joiner counts only with what follows it.
            let joined = at > i && self.has_role(at, Role::And);
            let from = if joined || self.hyphen_before_scale(at, i) || self.more_before_scale(at, i)
            {
                at + 1
            } else {
                at
            };
            if from > i && self.token(from).is_line_start() {
                break;
            }
            let place = Place {
                token: at,
                end_before: out.span.end,
            };
            if let Some((share, next)) = self.share_after_point(at, i, &build) {
                if build.add_share(share, place) {
                    at = next;
                    out.kind = Kind::Fraction;
                    out.plain = None;
                    out.span.end = self.token(at - 1).end;
                }
                break;
            }
            if let Some((value, digits, next)) = self.decimals(at, i) {
                if build.add_decimals(value, digits, place) {
                    at = next;
                    if let Some((factor, len)) = self.scale(at)
                        && build.multiply(factor, place)
                    {
                        at += len;
                    }
                    out.plain = None;
                    out.span.end = self.token(at - 1).end;
                }
                break;
            }
            let share = if joined {
                self.share_at(from, build.room())
            } else {
                self.half_more(at, i)
            };
            if let Some((share, next)) = share {
                // "a billion and a quarter million": the share has a scale of its own.
                let own = self.scale(next).filter(|(f, _)| *f < build.room());
                if let Some((factor, len)) = own
                    && build.add_with_room(share.times(factor, 1.0), 0.0, place)
                {
                    at = next + len;
                    out.weak = Weak::No;
                    out.span.end = self.token(at - 1).end;
                } else if build.add_share(share, place) {
                    at = next;
                    out.kind = Kind::Fraction;
                    if let Some((factor, len)) = self.scale(next)
                        && build.multiply(factor, place)
                    {
                        at = next + len;
                        out.kind = Kind::Cardinal;
                    }
                    out.weak = Weak::No;
                    out.span.end = self.token(at - 1).end;
                }
                break;
            }
            match self.token(from).kind {
                TokenKind::Number => {
                    let Some((digits, next)) = self.digit_run(from) else {
                        break;
                    };
                    if at > i && !Self::goes_on(&build, &digits, joined) {
                        break;
                    }
                    if !build.add_digits(digits.value, place) {
                        break;
                    }
                    out.has_digits = true;
                    out.plain = (at == i && digits.plain).then_some(digits.len);
                    at = next;
                }
                TokenKind::Word
                    if at == i
                        && let Some((value, len)) = self.positional(i)
                        && build.add_digits(value, place) =>
                {
                    out.has_digits = true;
                    out.plain = Some(len);
                    at += len;
                }
                TokenKind::Word => {
                    let Some(word) = self.word_piece(from, joined, &mut build, place) else {
                        break;
                    };
                    out.weak = Weak::No;
                    if at > i {
                        out.plain = None;
                    }
                    match word {
                        Word::Goes(next, weak) => {
                            if at == i {
                                out.weak = weak;
                            }
                            at = next;
                        }
                        Word::Ends(next, kind, tail) => {
                            // "half a million": the scale of a share.
                            if kind == Kind::Fraction
                                && let Some((factor, len)) = self.scale(next)
                                && build.multiply(factor, place)
                            {
                                at = next + len;
                                out.span.end = self.token(at - 1).end;
                                break;
                            }
                            out.kind = kind;
                            out.tail = tail;
                            out.span.end = self.token(next - 1).end;
                            at = next;
                            break;
                        }
                        Word::Inside(next, len) => {
                            out.inside = true;
                            out.span.end = self.token(from).start + len;
                            at = next;
                            break;
                        }
                    }
                }
                _ => break,
            }
            out.span.end = self.token(at - 1).end;
        }
        if build.is_empty() {
            return None;
        }
        if let Some(cut) = build.cut {
            at = cut.token;
            out.span.end = cut.end_before;
        }
        out.value = build.total();
        out.scale = build.scale;
        out.next = at;
        (out.span.start < out.span.end).then_some(out)
    }

    /// "2,400-crore".
    fn hyphen_before_scale(&self, at: usize, first: usize) -> bool {
        at > first
            && self.token(at).kind == TokenKind::Dash
            && self.adjoins(at)
            && self.adjoins(at + 1)
            && self.has_class(at + 1, Class::Scale)
    }

    /// Whether digits go on a number: only after a scale word, as in "3 hundred 21" and "3億2000万".
    fn goes_on(build: &Builder, digits: &Digits, joined: bool) -> bool {
        let room = build.room();
        room >= 100.0 && digits.plain && digits.value.num < room && (!joined || room <= 1000.0)
    }

    /// A digit token with the groups that spaces cut off.
    pub(super) fn digit_run(&self, i: usize) -> Option<(Digits, usize)> {
        let text = self.doc.word(i);
        let first = digits(text, self.pack.decimal, &self.pack.groups)?;
        let may_group =
            first.plain && first.len <= 3 && text.len() == first.len && !text.starts_with('0');
        let mut next = i + 1;
        if !may_group || self.space_group(next).is_none() {
            return Some((first, next));
        }
        let mut joined = String::from(text);
        // More groups than a number has make a table row, and looking at all of it again at each of
        // its tokens would take forever.
        while next - i < MOST_SPACED
            && let Some(group) = self.space_group(next)
        {
            joined.push_str(group);
            next += 1;
            if group.len() > 3 {
                break;
            }
        }
        match digits(&joined, self.pack.decimal, "") {
            Some(mut whole) => {
                whole.plain = false;
                Some((whole, next))
            }
            None => Some((first, i + 1)),
        }
    }

    /// Three digits (and decimals) after one space that groups them.
    fn space_group(&self, i: usize) -> Option<&str> {
        let token = self.doc.tokens.get(i)?;
        if token.kind != TokenKind::Number || token.is_line_start() {
            return None;
        }
        let is_group = |at: usize| self.doc.kind(at) == TokenKind::Number && self.three_first(at);
        let groups = match self.gap_before(i) {
            "\u{a0}" | "\u{202f}" | "\u{2009}" => true,
            // Elsewhere one space groups only when there are two groups or more.
            " " => {
                self.pack.groups.contains(' ')
                    || self.doc.word(i) == "000"
                    || is_group(i)
                        && (is_group(i + 1) && self.gap_before(i + 1) == " "
                            || is_group(i - 1) && self.gap_before(i - 1) == " ")
            }
            _ => false,
        };
        let text = self.doc.word(i);
        let bytes = text.as_bytes();
        let three = bytes.len() >= 3 && bytes[..3].iter().all(u8::is_ascii_digit);
        let fits = bytes.len() == 3
            || bytes.len() > 4
                && char::from(bytes[3]) == self.pack.decimal
                && bytes[4..].iter().all(u8::is_ascii_digit);
        (groups && three && fits).then_some(text)
    }

    /// Whether a run of digits begins with three that end it, or stand before a decimal sign.
    fn three_first(&self, i: usize) -> bool {
        let bytes = self.doc.word(i).as_bytes();
        let fourth = bytes.get(3).copied().map(char::from);
        bytes.len() >= 3
            && bytes[..3].iter().all(u8::is_ascii_digit)
            && fourth.is_none_or(|c| c == self.pack.decimal)
    }

    /// Whether a word names a currency, not only a factor of one ("k", "M").
    fn is_coin(&self, i: usize) -> bool {
        self.has_class(i, Class::Currency)
            && self.doc.find_all(i, Class::Currency).any(|hit| {
                let measured = self.pack.measures.get(hit.payload as usize);
                measured.is_some_and(|m| !is_nameless(m))
            })
    }

    /// One word of a number.
    fn word_piece(
        &self,
        i: usize,
        joined: bool,
        build: &mut Builder,
        place: Place,
    ) -> Option<Word> {
        // "15 cents": after digits the coin, not the hundred.
        let coin = build.ends_in_digits() && self.is_coin(i);
        if let Some((factor, len)) = self.scale(i).filter(|_| !coin) {
            let fits = !joined && build.multiply(factor, place);
            return fits.then_some(Word::Goes(i + len, Weak::No));
        }
        if let Some(hit) = self.find(i, Class::Fraction)
            && hit.len > 1
            && build.is_empty()
            && !self.is_counting_ordinal(i, hit.len)
        {
            let den = f64::from(hit.payload);
            let fits = build.add_share(Ratio { num: 1.0, den }, place);
            return fits.then_some(Word::Ends(i + hit.len, Kind::Fraction, None));
        }
        if let Some(hit) = self.find(i, Class::NumberWord) {
            let (value, weak) = match hit.payload {
                ARTICLE => (1.0, Weak::Article),
                ONE => (1.0, Weak::One),
                halves @ HALVES.. => (f64::from(halves - HALVES) / 2.0, Weak::No),
                value => (f64::from(value), Weak::No),
            };
            // "two hundred a day": an article goes on a number only after a ten.
            if weak == Weak::Article && !build.is_empty() && !joined && build.room() > 20.0 {
                return None;
            }
            let after = i + hit.len;
            let room = build.room();
            let goes_on = self.is_class_any(after, Class::NumberWord.bit() | Class::Scale.bit());
            let value = if self.pack.short_tens
                && value < 10.0
                && !joined
                && (100.0..1e9).contains(&room)
                && !goes_on
                && !self.has_role(after, Role::Point)
            {
                value * room / 10.0
            } else {
                value
            };
            let glued_and = !joined && self.pack.pieces.is_empty();
            let turned =
                (joined || glued_and) && self.pack.units_first && build.ten_after_unit(value);
            let fits = turned || build.add(value, place);
            return fits.then_some(Word::Goes(i + hit.len, weak));
        }
        if coin {
            return None;
        }
        if let Some(hit) = self.find(i, Class::OrdinalWord) {
            let value = f64::from(hit.payload);
            if self.is_denominator(value, i + hit.len, build) && build.divide(value) {
                return Some(Word::Ends(i + hit.len, Kind::Fraction, None));
            }
            // "vigésimo quinto": ordinals that go on as ordinals; "two hundredth": a scale.
            let fits = build.add(value, place) || value >= 100.0 && build.multiply(value, place);
            if fits && build.room() > 1.0 && self.has_class(i + hit.len, Class::OrdinalWord) {
                let more = self.find(i + hit.len, Class::OrdinalWord)?;
                if f64::from(more.payload) < build.room()
                    && !self.token(i + hit.len).is_line_start()
                {
                    return Some(Word::Goes(i + hit.len, Weak::No));
                }
            }
            return fits.then_some(Word::Ends(i + hit.len, Kind::Ordinal, None));
        }
        if let Some(hit) = self.find(i, Class::Fraction) {
            let den = f64::from(hit.payload);
            let fits = if build.is_empty() {
                build.add_share(Ratio { num: 1.0, den }, place)
            } else {
                build.divide(den)
            };
            return fits.then_some(Word::Ends(i + hit.len, Kind::Fraction, None));
        }
        self.glued_piece(i, joined, build, place)
    }

    /// A scale word at a token: its factor and length.
    pub(super) fn scale(&self, i: usize) -> Option<(f64, usize)> {
        if !self.has_class(i, Class::Scale) {
            return None;
        }
        self.doc.find_all(i, Class::Scale).find_map(|hit| {
            let (factor, exact) = self.pack.scales.get(hit.payload as usize)?;
            // A letter is a scale only after its number ("10k").
            let after_number = || {
                i.checked_sub(1)
                    .is_some_and(|b| self.token(b).kind == TokenKind::Number)
            };
            let fits = exact
                .as_ref()
                .is_none_or(|exact| self.doc.words(i..i + hit.len) == &**exact && after_number());
            fits.then_some((*factor, hit.len))
        })
    }
}
