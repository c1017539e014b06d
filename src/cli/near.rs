//! Responsible for finding what a user may have meant: the known words that are nearest to a mistyped one.

/// How many words are proposed.
const MOST: usize = 3;

/// The known words that differ from `word` in few letters, the nearest first.
pub(super) fn near<'w>(word: &str, known: impl IntoIterator<Item = &'w str>) -> Vec<&'w str> {
    let word = word.to_lowercase();
    let bound = word.chars().count() / 3 + 1;
    let mut found: Vec<(usize, &str)> = known
        .into_iter()
        .map(|other| (distance(&word, &other.to_lowercase()), other))
        .filter(|(steps, _)| *steps <= bound)
        .collect();
    found.sort_unstable();
    found.dedup();
    found
        .into_iter()
        .take(MOST)
        .map(|(_, other)| other)
        .collect()
}

/// `did you mean a, b or c?`; `None` when nothing is near.
pub(super) fn did_you_mean(found: &[&str]) -> Option<String> {
    let quoted: Vec<String> = found.iter().map(|word| format!("`{word}`")).collect();
    let (last, others) = quoted.split_last()?;
    Some(match others {
        [] => format!("did you mean {last}?"),
        others => format!("did you mean {} or {last}?", others.join(", ")),
    })
}

/// How many letters must be changed, added or taken away.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let change = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_come_first_and_far_ones_not_at_all() {
        let known = ["quotes", "facts", "figures", "stances"];
        assert_eq!(near("quotess", known), ["quotes"]);
        assert_eq!(near("fact", known), ["facts"]);
        assert!(near("weather", known).is_empty());
        assert_eq!(did_you_mean(&[]), None);
        let three = did_you_mean(&["sv", "sl", "sk"]);
        assert_eq!(three.as_deref(), Some("did you mean `sv`, `sl` or `sk`?"));
    }
}
