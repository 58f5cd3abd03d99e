//! Unlabelled marks that stand too close together become one count: which ones, and whether it has room beside the labels.

use crate::order::sort_by;

/// Unlabelled marks closer than this become one count.
pub(super) const MERGE_PX: f64 = 18.0;
/// A count lists so many of its events at most.
pub const LISTED: usize = 200;
/// Half of the width of a count.
pub(super) const HALF_COUNT: f64 = 12.0;
/// Counts keep this far from labels.
const COUNT_GAP: f64 = 5.0;
/// Two counts stand at least this far apart, middle to middle.
pub(super) const COUNT_PITCH: f64 = 26.0;

/// A row of marks that is wider than this has more than one count.
const WIDE_PX: f64 = 128.0;
/// It is divided at the ends of cells of a power of two of seconds, at least as wide as this and less than twice. They are
/// fixed in time, so panning leaves them as they are, and zooming in halves them.
const CELL_PX: f64 = 64.0;
/// What the first or the last cell has of a row is a part of its own from this width on, so that counts keep their distance.
const SHORT_PX: f64 = 32.0;

/// Indices of items with their `x`, from left to right.
pub(super) type Group = Vec<(usize, f64)>;

/// Groups marks that stand too close together; counts that would overlap are one, and wide ones several. Singles are groups of
/// one. `time` tells when an item is, in seconds.
pub(super) fn merge(mut marks: Group, time: &dyn Fn(usize) -> i64, zoom: f64) -> Vec<Group> {
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
    let bits = cell_bits(zoom);
    let mut divided: Vec<Group> = Vec::with_capacity(merged.len());
    for group in merged {
        if width(&group) <= WIDE_PX {
            divided.push(group);
            continue;
        }
        // The parts of this one begin here.
        let begin = divided.len();
        let mut cell = None;
        for mark in group {
            let own = Some(time(mark.0) >> bits);
            let is_short =
                divided.len() == begin + 1 && divided.last().is_some_and(|first| width(first) < SHORT_PX);
            match divided.last_mut() {
                Some(part) if cell == own || (is_short && cell.is_some()) => part.push(mark),
                _ => divided.push(vec![mark]),
            }
            cell = own;
        }
        if let [.., before, last] = &mut divided[begin..]
            && width(last) < SHORT_PX
        {
            before.append(last);
            divided.pop();
        }
    }
    divided
}

/// Cells last two to the power of this, in seconds.
pub(super) fn cell_bits(zoom: f64) -> u32 {
    (0..62).find(|bits| (1_i64 << bits) as f64 * zoom >= CELL_PX).unwrap_or(62)
}

/// From the first mark to the last.
fn width(group: &[(usize, f64)]) -> f64 {
    match group {
        [(_, first), .., (_, last)] => last - first,
        _ => 0.0,
    }
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
