//! Responsible for joining gold rows with system rows one to one, best first.

/// Index pairs of gold and system rows; `score` is above zero when the two may match.
///
/// Better pairs come first; among equals the earlier gold row, then the earlier system row.
pub(super) fn pairs<G, S>(
    gold: &[G],
    system: &[S],
    score: impl Fn(&G, &S) -> f64,
) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    for (i, g) in gold.iter().enumerate() {
        for (j, s) in system.iter().enumerate() {
            let value = score(g, s);
            if value > 0.0 {
                all.push((value, i, j));
            }
        }
    }
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut gold_taken, mut system_taken) = (vec![false; gold.len()], vec![false; system.len()]);
    let mut out = Vec::new();
    for (_, i, j) in all {
        if !gold_taken[i] && !system_taken[j] {
            gold_taken[i] = true;
            system_taken[j] = true;
            out.push((i, j));
        }
    }
    out
}

/// Leaves out optional gold, and system rows that match optional gold only.
pub(super) fn required<'a, G, S>(
    gold: &'a [G],
    system: Vec<&'a S>,
    optional: impl Fn(&G) -> bool,
    score: impl Fn(&G, &S) -> f64,
) -> (Vec<&'a G>, Vec<&'a S>) {
    let (spare, needed): (Vec<&G>, Vec<&G>) = gold.iter().partition(|g| optional(g));
    if spare.is_empty() {
        return (needed, system);
    }
    let score = |g: &&G, s: &&S| score(g, s);
    let mut keep = vec![false; system.len()];
    for (_, j) in pairs(&needed, &system, score) {
        keep[j] = true;
    }
    let rest: Vec<usize> = (0..system.len()).filter(|j| !keep[*j]).collect();
    let others: Vec<&S> = rest.iter().map(|j| system[*j]).collect();
    for j in &rest {
        keep[*j] = true;
    }
    for (_, j) in pairs(&spare, &others, score) {
        keep[rest[j]] = false;
    }
    let kept = system.into_iter().zip(keep).filter(|(_, keep)| *keep);
    (needed, kept.map(|(s, _)| s).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_pairs_come_first_and_rows_match_once() {
        let score = |g: &i32, s: &i32| f64::from(10 - (g - s).abs()).max(0.0);
        assert_eq!(pairs(&[1, 5], &[4, 5, 30], score), [(1, 1), (0, 0)]);
    }

    #[test]
    fn rows_that_match_only_optional_gold_are_left_out() {
        let score = |g: &i32, s: &i32| if g / 10 == s / 10 { 1.0 } else { 0.0 };
        let system = [11, 21, 22, 31];
        let (gold, system) = required(&[10, 20, 30], system.iter().collect(), |g| *g == 20, score);
        assert_eq!(gold, [&10, &30]);
        assert_eq!(system, [&11, &22, &31]);
    }
}
