//! Responsible for quotation marks: one pass from left to right over a block that pairs opening and
//! closing marks by the pack's pairs. A block is a hard stop; odd marks harm nothing beyond it.

use std::ops::Range;

use crate::pack::quotes::QuotePack;
use crate::text::doc::Doc;
use crate::text::token::{Token, TokenKind};

/// A stretch of text in marks. Token numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Marked {
    /// The opening mark.
    pub(super) open: usize,
    /// The words inside.
    pub(super) inner: Range<usize>,
    /// Whether a closing mark was found; if not, the stretch runs to the end of its block.
    pub(super) closed: bool,
}

impl Marked {
    /// The first token after the stretch and its closing mark.
    pub(super) fn end(&self) -> usize {
        self.inner.end + usize::from(self.closed)
    }
}

/// An opening mark that waits for its partner.
struct Open {
    at: usize,
    mark: char,
}

/// The outermost marked stretches of a block, in order.
pub(super) fn marked(doc: &Doc<'_>, pack: &QuotePack, block: Range<usize>) -> Vec<Marked> {
    let mut out: Vec<Marked> = Vec::new();
    let mut stack: Vec<Open> = Vec::new();
    for i in block.clone() {
        if doc.kind(i) != TokenKind::Mark {
            continue;
        }
        let Some(mark) = doc.word(i).chars().next() else {
            continue;
        };
        let mark = if mark == ',' { '„' } else { mark };
        let place = Place::of(doc, i, &block);
        // A closing mark at a block's start opens again what the block before left open.
        if i == block.start && !place.spaced_after {
            let reopened = pack.pairs.iter().find(|(_, close)| *close == mark);
            let opener = pack.pairs.iter().any(|(open, _)| *open == mark);
            if let Some((open, _)) = reopened.filter(|_| !opener) {
                stack.push(Open { at: i, mark: *open });
                continue;
            }
        }
        if let Some(depth) = closes(pack, &stack, mark, place) {
            let open = stack.drain(depth..).next();
            if let Some(open) = open.filter(|_| depth == 0) {
                out.push(Marked {
                    open: open.at,
                    inner: open.at + 1..i,
                    closed: true,
                });
            }
        } else if opens(pack, mark, place) {
            // The same straight mark opening twice: the first one was odd.
            if stack
                .last()
                .is_some_and(|open| open.mark == mark && is_straight(mark))
            {
                stack.pop();
            }
            stack.push(Open { at: i, mark });
        }
    }
    // An opening mark without partner counts where speech may begin: at the block's start, after a
    // colon, or after a full stop when more than a few words follow.
    if let Some(open) = stack.first() {
        let before = open.at.wrapping_sub(1);
        let begins = open.at == block.start
            || doc.is_char(before, &[':', '：'])
            || doc.is_char(before, &['.', '!', '?'])
                && doc.tokens[open.at].is_spaced()
                && block.end > open.at + 6;
        let last = out.last().map_or(block.start, Marked::end);
        if begins && open.at >= last {
            out.push(Marked {
                open: open.at,
                inner: open.at + 1..block.end,
                closed: false,
            });
        }
    }
    out.retain(|m| m.inner.start < m.inner.end);
    out
}

/// The first mark of a block, where it closes speech that no mark of the block opens: the speech
/// began in the block before, or its opening mark was lost.
pub(super) fn lone_closing(doc: &Doc<'_>, pack: &QuotePack, block: &Range<usize>) -> Option<usize> {
    let first = block.clone().find(|&i| doc.kind(i) == TokenKind::Mark)?;
    let mark = doc.word(first).chars().next()?;
    let place = Place::of(doc, first, block);
    let known = pack.pairs.iter().any(|(_, close)| *close == mark);
    let last = first.checked_sub(1).filter(|b| *b > block.start)?;
    let said = doc.is_char(last, &[',', '.', '!', '?', '…'])
        || doc.is_char(first + 1, &[','])
        || doc.kind(first + 1) == TokenKind::Dash;
    let paired = is_straight(mark) && place.spaced && !place.spaced_after;
    // 15": inches.
    let unit = is_straight(mark) && doc.kind(last) == TokenKind::Number;
    (known && said && place.free_after && !paired && !unit && !is_apostrophe(mark)).then_some(first)
}

/// What stands next to a mark.
#[derive(Clone, Copy)]
struct Place {
    /// White space, an opening bracket or nothing before it.
    free_before: bool,
    /// White space, punctuation or nothing after it.
    free_after: bool,
    /// White space before it.
    spaced: bool,
    /// White space or nothing after it.
    spaced_after: bool,
}

impl Place {
    fn of(doc: &Doc<'_>, i: usize, block: &Range<usize>) -> Self {
        let spaced = doc.tokens[i].is_spaced() || i == block.start;
        let before = i.checked_sub(1).filter(|b| *b >= block.start);
        let opening = before.is_some_and(|b| {
            doc.is_char(b, &['(', '[', '¿', '¡', ':', '：', '，', '、'])
                || matches!(doc.kind(b), TokenKind::Mark | TokenKind::Dash)
        });
        let next = doc.tokens.get(i + 1).filter(|_| i + 1 < block.end);
        let spaced_after = next.is_none_or(Token::is_spaced);
        let closing = next.is_some_and(|t| {
            matches!(t.kind, TokenKind::Punct | TokenKind::Mark | TokenKind::Dash)
        });
        Self {
            free_before: spaced || opening,
            free_after: spaced_after || closing,
            spaced,
            spaced_after,
        }
    }
}

fn is_straight(mark: char) -> bool {
    matches!(mark, '"' | '\'' | '＂' | '”' | '’')
}

fn is_apostrophe(mark: char) -> bool {
    matches!(mark, '\'' | '’' | '‘')
}

/// The depth of the open mark that this one closes.
fn closes(pack: &QuotePack, stack: &[Open], mark: char, place: Place) -> Option<usize> {
    if is_apostrophe(mark) && (place.spaced || !place.free_after) {
        return None;
    }
    // A mark that stands like an opening one does not close, unless it can do nothing else.
    let looks_open = place.spaced && !place.spaced_after;
    let can_open = pack.pairs.iter().any(|(open, _)| *open == mark);
    if looks_open && can_open {
        return None;
    }
    stack
        .iter()
        .rposition(|open| pack.pairs.contains(&(open.mark, mark)))
}

fn opens(pack: &QuotePack, mark: char, place: Place) -> bool {
    let known = pack.pairs.iter().any(|(open, _)| *open == mark);
    if is_straight(mark) || is_apostrophe(mark) {
        // In text with a space around every sign a double mark that closes nothing opens.
        let apart = mark == '"' && place.spaced && place.spaced_after;
        return known && (apart || place.free_before && !place.spaced_after);
    }
    known
}
