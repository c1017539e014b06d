//! Responsible for ROUGE-1, -2 and -L of a summary against references, cut to their length.

use super::text::{common, count, rouge_tokens};

/// F values of single words, word pairs and the longest common subsequence: mean over the references.
#[allow(clippy::cast_precision_loss)]
pub(super) fn rouge(summary: &str, references: &[String]) -> Option<[f64; 3]> {
    let words = rouge_tokens(summary);
    let references: Vec<Vec<String>> = references.iter().map(|r| rouge_tokens(r)).collect();
    let rows: Vec<[f64; 3]> = references
        .iter()
        .filter(|r| !r.is_empty())
        .map(|r| against(&words[..words.len().min(r.len())], r))
        .collect();
    let mean = |n: usize| rows.iter().map(|row| row[n]).sum::<f64>() / rows.len() as f64;
    (!rows.is_empty()).then(|| [mean(0), mean(1), mean(2)])
}

#[allow(clippy::cast_precision_loss)]
fn against(summary: &[String], reference: &[String]) -> [f64; 3] {
    let f = |shared: usize, a: usize, b: usize| {
        if shared == 0 {
            0.0
        } else {
            2.0 * shared as f64 / (a + b) as f64
        }
    };
    let grams = |n: usize| {
        let shared = common(&count(summary.windows(n)), &count(reference.windows(n)));
        let len = |t: &[String]| (t.len() + 1).saturating_sub(n);
        f(shared as usize, len(summary), len(reference))
    };
    let longest = longest_common(summary, reference);
    [
        grams(1),
        grams(2),
        f(longest, summary.len(), reference.len()),
    ]
}

/// The length of the longest common subsequence.
fn longest_common(a: &[String], b: &[String]) -> usize {
    let mut best = vec![0; b.len() + 1];
    for x in a {
        let mut diagonal = 0;
        for (j, y) in b.iter().enumerate() {
            let above = best[j + 1];
            best[j + 1] = if x == y {
                diagonal + 1
            } else {
                above.max(best[j])
            };
            diagonal = above;
        }
    }
    best[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_words_pairs_and_order() {
        let refs = ["the cat sat on the mat".to_owned()];
        assert_eq!(
            rouge("the cat sat on the mat and slept", &refs),
            Some([1.0, 1.0, 1.0])
        );
        let [one, two, long] = rouge("the mat sat on a cat", &refs).unwrap();
        assert!((one - 10.0 / 12.0).abs() < 1e-9, "{one}");
        assert!((two - 4.0 / 10.0).abs() < 1e-9, "{two}");
        assert!((long - 6.0 / 12.0).abs() < 1e-9, "{long}");
        assert_eq!(rouge("x", &[]), None);
    }
}
