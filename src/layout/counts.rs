//! Unlabelled marks that stand too close together become one count: which ones, and whether it has room beside the labels.

use crate::order::sort_by;

/// Unlabelled marks closer than this become one count.
pub(super) const MERGE_PX: f64 = 18.0;
/// Half of the width of a count.
pub(super) const HALF_COUNT: f64 = 12.0;
/// Counts keep this far from labels.
const COUNT_GAP: f64 = 5.0;
/// Two counts stand at least this far apart, middle to middle.
const COUNT_PITCH: f64 = 26.0;

/// Indices of items with their `x`, from left to right.
pub(super) type Group = Vec<(usize, f64)>;

/// Groups marks that stand too close together; counts that would overlap are one. Singles are groups of one.
pub(super) fn merge(mut marks: Group) -> Vec<Group> {
    sort_by(&mut marks, |a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
    let mut groups: Vec<Group> = Vec::new();
    for mark in marks {
        match groups.last_mut() {
            Some(group) if group.last().is_some_and(|last| mark.1 - last.1 < MERGE_PX) => group.push(mark),
            _ => groups.push(vec![mark]),
        }
    }
    let mut merged: Vec<Group> = Vec::with_capacity(groups.len());
    for mut group in groups {
        while let Some(before) = merged.last()
            && before.len() > 1
            && group.len() > 1
            && middle(&group) - middle(before) < COUNT_PITCH
            && let Some(mut before) = merged.pop()
        {
            before.append(&mut group);
            group = before;
        }
        merged.push(group);
    }
    merged
}

/// The middle between the first and the last mark, where the count stands.
pub(super) fn middle(group: &[(usize, f64)]) -> f64 {
    match group {
        [(_, first), .., (_, last)] => f64::midpoint(*first, *last),
        [(_, only)] => *only,
        [] => 0.0,
    }
}

/// Whether a count at `x` has room among the labels of the lowest row, given by their bounds. If not, it lies on the line.
pub(super) fn is_free(x: f64, mut lowest: impl Iterator<Item = (f64, f64)>) -> bool {
    lowest.all(|(x0, x1)| x + HALF_COUNT + COUNT_GAP <= x0 || x - HALF_COUNT - COUNT_GAP >= x1)
}
