//! Responsible for numbers inside one word ("tjugotre", "fünfundzwanzig", "twenty-three"), with what
//! may follow them there ("tvådagars", "dreitägig", "nine-month-old").

use super::builder::{Builder, Place};
use super::digits::Ratio;
use super::numeral::Kind;
use crate::pack::figures::{FigurePack, Measure, Piece};

/// A number at the beginning of a word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glued {
    /// Its value.
    pub value: Ratio,
    /// Its largest scale.
    pub scale: f64,
    /// What may still be added to it.
    pub room: f64,
    /// What it is.
    pub kind: Kind,
    /// What follows it in the word, by index of the pack's measures.
    pub tail: Option<usize>,
    /// How many bytes of the word it takes, with the tail all.
    pub len: usize,
    /// Where the tail's form begins and ends, in bytes.
    pub tail_at: Option<(usize, usize)>,
}

/// Longest word that is looked at, in bytes.
const LONGEST: usize = 96;
/// Most pieces of one word.
const MOST_PIECES: usize = 12;

const NOWHERE: Place = Place {
    token: 0,
    end_before: 0,
};

/// The number that a folded word is or begins with.
pub(super) fn read(word: &str, pack: &FigurePack) -> Option<Glued> {
    if word.len() > LONGEST {
        return None;
    }
    let mut build = Builder::new(pack.twenties);
    let mut rest = word;
    let mut joined = false;
    let mut only_scales = true;
    for _ in 0..MOST_PIECES {
        let inner = if build.is_empty() {
            rest
        } else {
            rest.trim_start_matches('-')
        };
        let Some((len, piece)) = pack.pieces.longest(inner) else {
            break;
        };
        let after = &inner[len..];
        match *piece {
            Piece::Joiner if !build.is_empty() && !joined && !after.is_empty() => joined = true,
            Piece::Joiner => break,
            Piece::Value(v) => {
                let turned = joined && pack.units_first && build.ten_after_unit(v);
                if !turned && !build.add(v, NOWHERE) {
                    break;
                }
                joined = false;
                only_scales = false;
            }
            Piece::Scale(s) => {
                if joined || !build.multiply(s, NOWHERE) {
                    break;
                }
            }
            Piece::Ordinal(v) => {
                let value = Ratio::whole(v);
                let fits = if joined && pack.units_first {
                    build.ten_after_unit(v)
                } else {
                    build.add_with_room(value, 0.0, NOWHERE) || scaled_ordinal(&mut build, v)
                };
                return (fits && ends(after, pack))
                    .then(|| done(&build, Kind::Ordinal, None, word.len()));
            }
            Piece::Fraction(den) => {
                let share = Ratio { num: 1.0, den };
                // "tweeënhalf" adds what "tweederde" divides.
                let fits = if build.is_empty() || joined && build.room() < 1.0 {
                    build.add_share(share, NOWHERE)
                } else {
                    build.divide(den)
                };
                return (fits && ends(after, pack))
                    .then(|| done(&build, Kind::Fraction, None, word.len()));
            }
        }
        rest = after;
    }
    if build.is_empty() || joined || build.cut.is_some() {
        return None;
    }
    if rest.is_empty() {
        let mut out = done(&build, Kind::Cardinal, None, word.len());
        if only_scales {
            // "천만": scales of scales are one scale for what stands before them.
            out.scale = out.value.num / out.value.den;
        }
        return Some(out);
    }
    if !pack.digit_endings && pack.ordinal_endings.iter().any(|e| e == rest) {
        return Some(done(&build, Kind::Ordinal, None, word.len()));
    }
    if pack.denominator_endings.iter().any(|e| e == rest) {
        let mut out = done(&build, Kind::Fraction, None, word.len());
        out.value = Ratio::whole(1.0).times(out.value.den, out.value.num);
        return (out.value.den > 1.0).then_some(out);
    }
    let tail = rest.trim_start_matches('-');
    if let Some((form, index)) = pack.tails.longest(tail) {
        let kind = match pack.measures.get(*index).map(|m| &m.measure) {
            Some(Measure::Ordinal) => Kind::Ordinal,
            _ => Kind::Cardinal,
        };
        let mut out = done(&build, kind, Some(*index), word.len());
        let at = word.len() - tail.len();
        out.tail_at = Some((at, at + form));
        return Some(out);
    }
    // The word goes on with something else after a hyphen ("three-foot").
    (rest.starts_with('-')).then(|| done(&build, Kind::Cardinal, None, word.len() - tail.len()))
}

/// The word is over, or an ending of the pack's follows ("sekstendedels").
fn ends(rest: &str, pack: &FigurePack) -> bool {
    rest.is_empty() || pack.piece_endings.iter().any(|ending| ending == rest)
}

/// "zweihundertste": the ordinal of a scale word.
fn scaled_ordinal(build: &mut Builder, value: f64) -> bool {
    value >= 100.0 && build.multiply(value, NOWHERE)
}

fn done(build: &Builder, kind: Kind, tail: Option<usize>, len: usize) -> Glued {
    Glued {
        value: build.total(),
        scale: build.scale,
        room: build.room(),
        kind,
        tail,
        len,
        tail_at: None,
    }
}
