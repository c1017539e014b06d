//! Responsible for whether two names, or two nouns for a function, can be one: by their words, case
//! endings, initials and short forms.

use crate::pack::Pack;

/// The first two bytes of a name's first and last word; nothing where a word has fewer.
pub(super) type Firsts = (Option<[u8; 2]>, Option<[u8; 2]>);

/// How the first and the last word of a name begin.
pub(super) fn firsts(words: &[String]) -> Firsts {
    let first = |word: Option<&String>| word?.as_bytes().first_chunk().copied();
    (first(words.first()), first(words.last()))
}

/// Whether two names can be one by how their words begin; the new one has so many words.
#[inline]
pub(super) fn may_be_same(known: Firsts, new: Firsts, words: usize) -> bool {
    known.1 == new.1 || known.1.is_none() || new.1.is_none() || words == 1 && known.0 == new.1
}

/// Whether two names can be one: the last words agree, and no first name contradicts.
pub(super) fn same(known: &[String], new: &[String], pack: &Pack) -> bool {
    let (Some(a), Some(b)) = (known.last(), new.last()) else {
        return false;
    };
    match (known.len(), new.len()) {
        (1, 1) => alike(a, b, pack),
        (_, 1) => alike(a, b, pack) || known.first().is_some_and(|first| first == b),
        (1, _) => alike(a, b, pack),
        _ => {
            alike(a, b, pack)
                && (alike(&known[0], &new[0], pack)
                    || is_initial_of(&known[0], &new[0])
                    || is_initial_of(&new[0], &known[0]))
        }
    }
}

/// Whether a word in brackets shortens a name: its letters begin the name's words, in order.
pub(super) fn is_short_form(short: &str, words: &[String]) -> bool {
    let letters: Vec<char> = short.chars().filter(|c| c.is_alphabetic()).collect();
    let initials: Vec<char> = words
        .iter()
        .flat_map(|w| w.split('-'))
        .filter_map(|w| w.chars().next())
        .collect();
    let mut rest = initials.iter();
    // A nationality in front may be missing from the name ("Korean Central News Agency").
    let skipped = usize::from(letters.len() > 3 && letters.get(1) == initials.first());
    letters.len() >= 2
        && letters.get(skipped) == initials.first()
        && letters
            .iter()
            .skip(skipped)
            .filter(|l| rest.any(|i| i == *l))
            .count()
            + 1
            + skipped
            >= letters.len()
}

/// Whether an abbreviation consists of the first letters of a name's words, small ones left out.
pub(super) fn has_initials(short: &str, words: &[String]) -> bool {
    if words.len() < 2 {
        return false;
    }
    let letters = short.chars().filter(|c| c.is_alphabetic()).count();
    let first = |w: &String| w.chars().next();
    let mut rest = short.chars();
    let mut at = rest.next();
    for word in words {
        if at.is_some() && first(word) == at {
            at = rest.next();
        } else if word.chars().count() > 3 {
            return false;
        }
    }
    letters >= 2 && at.is_none()
}

fn is_initial_of(short: &str, long: &str) -> bool {
    short.chars().count() == 1 && long.starts_with(short)
}

/// Whether two words are one name, case endings aside.
#[inline]
pub(super) fn alike(a: &str, b: &str, pack: &Pack) -> bool {
    // Most pairs differ in their first letters.
    let differ = match (a.as_bytes(), b.as_bytes()) {
        ([x, ..], [y, ..]) if x != y => true,
        ([_, x, ..], [_, y, ..]) => x != y,
        _ => false,
    };
    !differ && are_forms(a, b, pack)
}

#[inline(never)]
fn are_forms(a: &str, b: &str, pack: &Pack) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let names = &pack.meta.names;
    if let Some(rest) = long.strip_prefix(short)
        && (rest.is_empty() || names.endings.iter().any(|ending| ending == rest))
    {
        return true;
    }
    if !names.inflect {
        return false;
    }
    if is_base_of(a, b, pack) || is_base_of(b, a, pack) {
        return true;
    }
    let shared = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let least = a.chars().count().min(b.chars().count());
    least >= 4
        && shared >= 4.max(least.saturating_sub(2))
        && a.chars().count().abs_diff(b.chars().count()) <= 4
}

/// Whether a name is the base form of another, by the endings that change with the case.
pub(super) fn is_base_of(base: &str, form: &str, pack: &Pack) -> bool {
    let names = &pack.meta.names;
    names
        .forms
        .iter()
        .chain(&names.base)
        .any(|(ending, stands_for)| {
            let stem = form.strip_suffix(ending.as_str());
            stem.is_some_and(|stem| {
                stem.len() >= 2 && base.strip_suffix(stands_for.as_str()) == Some(stem)
            })
        })
}

/// Whether two nouns are forms of one, or one is the head of the other's compound.
pub(super) fn same_noun(role: &str, word: &str) -> bool {
    if role == word {
        return true;
    }
    let equal = role.bytes().zip(word.bytes()).take_while(|(a, b)| a == b);
    let mut shared = equal.count();
    while !role.is_char_boundary(shared) {
        shared -= 1;
    }
    if shared > 0 {
        let shared = role[..shared].chars().count();
        let (r, w) = (role.chars().count(), word.chars().count());
        if shared == r.min(w) && shared >= 3 && r.abs_diff(w) <= 3 {
            return true;
        }
        if shared >= 4 && shared + 3 >= r && shared + 3 >= w {
            return true;
        }
    }
    // "ministern" for "försvarsminister": the stem without its ending closes the compound.
    let Some((end, _)) = word.char_indices().rev().nth(1) else {
        return false;
    };
    let stem = &word[..end];
    holds(role, stem) && stem.chars().count() >= 4 && role.chars().count() > word.chars().count()
}

/// Whether a short text stands in another.
fn holds(text: &str, part: &str) -> bool {
    let (text, part) = (text.as_bytes(), part.as_bytes());
    let Some(first) = part.first() else {
        return true;
    };
    text.windows(part.len())
        .any(|window| window[0] == *first && window == part)
}
