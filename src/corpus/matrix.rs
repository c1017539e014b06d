//! Responsible for who stands where: holder × target with a count for each side, targets grouped by
//! their canonical form, and changes of a holder's side over time.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, BuildHasherDefault};

use rustc_hash::{FxHashMap, FxHasher};
use serde::Serialize;

use super::actors::Place;
use super::names::fold;
use crate::model::record::{Polarity, Stance, Time};

/// Stances remembered of each cell, to show; beyond these only a side not yet seen is added.
const SHOWN: usize = 8;
/// Wordings remembered of each target.
const FORMS: usize = 5;

/// Stances by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Sides {
    /// For the target.
    pub support: u32,
    /// Against it.
    pub oppose: u32,
    /// Under a condition.
    pub conditional: u32,
    /// Explicitly neither.
    pub neutral: u32,
}

impl Sides {
    fn add(&mut self, polarity: Polarity, by: u32) {
        *match polarity {
            Polarity::Support => &mut self.support,
            Polarity::Oppose => &mut self.oppose,
            Polarity::Conditional => &mut self.conditional,
            Polarity::Neutral => &mut self.neutral,
        } += by;
    }

    /// All stances.
    pub fn total(&self) -> u32 {
        self.support + self.oppose + self.conditional + self.neutral
    }

    fn plus(&mut self, other: Self) {
        self.support += other.support;
        self.oppose += other.oppose;
        self.conditional += other.conditional;
        self.neutral += other.neutral;
    }
}

/// A stance of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// Where it is.
    pub place: Place,
    /// The side.
    pub polarity: Polarity,
    /// Whether it still holds.
    pub time: Time,
    /// The article's day, counted from 1970.
    pub day: Option<i32>,
}

/// What a holder says of a target.
#[derive(Debug, Clone, Default)]
pub struct MatrixCell {
    /// Counts, copies of articles left out.
    pub sides: Sides,
    /// Stances to show, in input order.
    pub seen: Vec<Seen>,
}

/// A target: one canonical form of one language.
#[derive(Debug, Clone)]
pub struct TargetEntry {
    /// The canonical form to show.
    pub canonical: String,
    /// The language of the articles.
    pub language: String,
    /// Wordings, a few.
    pub forms: Vec<String>,
    /// Counts over all holders.
    pub sides: Sides,
}

/// All holders and targets: about 120 bytes a pair and 200 a target.
#[derive(Debug, Default)]
pub(super) struct Matrix {
    targets: Vec<TargetEntry>,
    /// Targets by the hash of language and folded form; one whose hash another has stands under the next
    /// number.
    by_key: FxHashMap<u64, u32>,
    cells: FxHashMap<(u32, u32), MatrixCell>,
}

impl Matrix {
    /// Adds a stance of the actor entry `holder`.
    pub(super) fn add(
        &mut self,
        stance: &Stance,
        holder: u32,
        language: &str,
        article: u32,
        day: Option<i32>,
    ) {
        let canonical = if stance.target.canonical.is_empty() {
            &stance.target.text
        } else {
            &stance.target.canonical
        };
        let number = self.number(canonical, language);
        if let Some(target) = self.targets.get_mut(number as usize) {
            target.sides.add(stance.polarity, 1);
            let text = &stance.target.text;
            if target.forms.len() < FORMS && !target.forms.contains(text) {
                target.forms.reserve_exact(1);
                target.forms.push(text.clone());
            }
        }
        let cell = self.cells.entry((holder, number)).or_default();
        cell.sides.add(stance.polarity, 1);
        let fresh = !cell.seen.iter().any(|s| s.polarity == stance.polarity);
        if cell.seen.len() < SHOWN || fresh {
            cell.seen.reserve_exact(1);
            cell.seen.push(Seen {
                place: Place::new(article, &stance.id),
                polarity: stance.polarity,
                time: stance.time,
                day,
            });
        }
    }

    /// The number of a target, a new one when there is none.
    fn number(&mut self, canonical: &str, language: &str) -> u32 {
        let folded = fold(canonical);
        let mut hash = BuildHasherDefault::<FxHasher>::default().hash_one((language, &folded));
        while let Some(&number) = self.by_key.get(&hash) {
            let target = self.targets.get(number as usize);
            if target.is_some_and(|t| t.language == language && fold(&t.canonical) == folded) {
                return number;
            }
            hash = hash.wrapping_add(1);
        }
        let number = self.targets.len() as u32;
        self.by_key.insert(hash, number);
        self.targets.push(TargetEntry {
            canonical: canonical.to_owned(),
            language: language.to_owned(),
            forms: Vec::new(),
            sides: Sides::default(),
        });
        number
    }

    /// The cells by holder and target, with holders joined by `way`.
    pub(super) fn finish(
        self,
        way: &[u32],
    ) -> (BTreeMap<(u32, u32), MatrixCell>, Vec<TargetEntry>) {
        let mut cells: Vec<_> = self.cells.into_iter().collect();
        cells.sort_unstable_by_key(|(key, _)| *key);
        let mut joined: BTreeMap<(u32, u32), MatrixCell> = BTreeMap::new();
        for ((holder, target), cell) in cells {
            let holder = way.get(holder as usize).copied().unwrap_or(holder);
            let into = joined.entry((holder, target)).or_default();
            into.sides.plus(cell.sides);
            into.seen.extend(cell.seen);
        }
        for cell in joined.values_mut() {
            cell.seen.sort_unstable_by_key(|s| s.place);
        }
        (joined, self.targets)
    }
}

impl MatrixCell {
    /// The last stance of the old side and the first of the new one, when the holder went from
    /// support to opposition or back.
    ///
    /// Either the text says that the first was given up, or the second is of a later day.
    pub fn change(&self) -> Option<(Seen, Seen)> {
        let mut sided: Vec<Seen> = self
            .seen
            .iter()
            .copied()
            .filter(|s| matches!(s.polarity, Polarity::Support | Polarity::Oppose))
            .collect();
        // What was given up comes first within a day.
        sided.sort_by_key(|s| (s.day, s.time == Time::Current, s.place));
        let last = sided.last()?;
        let before = sided.iter().rev().find(|s| s.polarity != last.polarity)?;
        let told = before.time == Time::Past && last.time == Time::Current;
        let later = matches!((before.day, last.day), (Some(a), Some(b)) if a < b);
        let first_new = sided
            .iter()
            .skip_while(|s| *s != before)
            .find(|s| s.polarity == last.polarity)?;
        (told || later).then_some((*before, *first_new))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::samples::full_record;

    fn cell(stances: &[(Polarity, Time, Option<i32>)]) -> MatrixCell {
        let mut matrix = Matrix::default();
        for (n, (polarity, time, day)) in stances.iter().enumerate() {
            let mut stance = full_record("x").stances.remove(0);
            (stance.polarity, stance.time) = (*polarity, *time);
            matrix.add(&stance, 0, "sv", n as u32, *day);
        }
        matrix.finish(&[0]).0.remove(&(0, 0)).unwrap()
    }

    #[test]
    fn a_change_of_side_has_both_evidences() {
        use Polarity::{Oppose, Support};
        let later = cell(&[
            (Oppose, Time::Current, Some(5)),
            (Support, Time::Current, Some(1)),
        ]);
        let (old, new) = later.change().unwrap();
        assert_eq!((old.polarity, new.polarity), (Support, Oppose));
        assert_eq!((old.place.article, new.place.article), (1, 0));
        let told = cell(&[(Oppose, Time::Current, None), (Support, Time::Past, None)]);
        assert!(told.change().is_some());
        let same_day = cell(&[
            (Oppose, Time::Current, Some(5)),
            (Support, Time::Current, Some(5)),
        ]);
        assert!(same_day.change().is_none());
        assert!(
            cell(&[(Support, Time::Current, Some(1))])
                .change()
                .is_none()
        );
    }

    #[test]
    fn sides_are_counted_beyond_what_is_shown() {
        let many = vec![(Polarity::Support, Time::Current, None); 20];
        let cell = cell(&many);
        assert_eq!((cell.sides.support, cell.seen.len()), (20, SHOWN));
    }
}
