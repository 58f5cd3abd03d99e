//! From which zoom on two labels are clear of each other.
//!
//! Distances grow with the zoom and labels do not, so each pair has one such zoom: below it the two meet, from it on they
//! never meet again. All laws of the layout rest on this.

use super::Side;
use super::item::{HALF_MARK, HALF_VAGUE, Item, LABEL_GAP, Widths};
use crate::scale::Tier;

/// Between two labels in one row.
pub(super) const GAP: f64 = 10.0;
/// Between two spans in one slot.
pub(super) const SLOT_GAP: f64 = 6.0;
/// The most that two spans keep between them for the sake of gaps and vague ends.
pub(super) const MOST_FIXED: f64 = SLOT_GAP + 4.0 * HALF_VAGUE;
/// From a stem to the end of a label that it passes.
const STEM_GAP: f64 = 4.0;

/// Where a label is put: a row above the line for points, a slot under it for spans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) level: u32,
    /// For spans: the caption begins (right) or ends (left) with the rule.
    pub(super) side: Side,
}

/// The zoom from which `secs` are as wide as the pixels, which may be more in near views than before.
///
/// Where a pair would meet again as the view becomes near, it counts as meeting all the way up to there.
pub(super) fn clear_from(secs: i64, px: Widths) -> f64 {
    if secs <= 0 {
        return f64::INFINITY;
    }
    let near = px.near / secs as f64;
    if near > Tier::NEAR { near } else { px.far / secs as f64 }
}

fn sum(a: Widths, b: Widths, fixed: f64) -> Widths {
    Widths { far: a.far + b.far + fixed, near: a.near + b.near + fixed }
}

/// The most that two points keep between their labels, which stand with the gaps beside their marks.
#[cfg(feature = "large")]
pub(super) const MOST_BETWEEN: f64 = 2.0 * LABEL_GAP + GAP;

/// The same as [`points`] for all spots of one label against one spot of another.
#[cfg(feature = "large")]
pub(super) struct Ways {
    /// In the same level, on the side that faces the other, and on the other side.
    pub(super) same: f64,
    pub(super) other_same: f64,
    /// In a higher level, on either side.
    pub(super) higher: f64,
    /// In a lower level, on the side that faces the other; on the other side it is always clear.
    pub(super) lower: f64,
}

#[cfg(feature = "large")]
impl Ways {
    /// Of labels so many seconds apart, while neither hangs as a span. `faces` tells whether the other's is on the side of the
    /// one.
    pub(super) fn new(secs: i64, own: Widths, other: Widths, faces: bool) -> Self {
        let own_reach = own.plus(LABEL_GAP);
        let other_reach = if faces { other.plus(LABEL_GAP) } else { NOTHING.plus(HALF_MARK) };
        let same = clear_from(secs, sum(own_reach, other_reach, GAP));
        let other_same = clear_from(secs, sum(NOTHING.plus(HALF_MARK), other_reach, GAP));
        // Marks of one moment stand on one stem.
        let passes =
            |label: Widths| if secs == 0 { 0.0 } else { clear_from(secs, label.plus(LABEL_GAP + STEM_GAP)) };
        Self { same, other_same, higher: if faces { passes(other) } else { 0.0 }, lower: passes(own) }
    }
}

const NOTHING: Widths = Widths { far: 0.0, near: 0.0 };

/// How far the label reaches beyond the mark on one side.
fn reach(item: &Item, spot: Spot, side: Side) -> Widths {
    if spot.side == side { item.label().plus(LABEL_GAP) } else { NOTHING.plus(HALF_MARK) }
}

/// The zoom from which the labels of two points are clear of each other and of each other's stems; 0 if they always are.
pub(super) fn points(a: &Item, a_spot: Spot, b: &Item, b_spot: Spot) -> f64 {
    let ((early, early_spot), (late, late_spot)) =
        if a.anchor <= b.anchor { ((a, a_spot), (b, b_spot)) } else { ((b, b_spot), (a, a_spot)) };
    let secs = late.anchor - early.anchor;
    let clear = if early_spot.level == late_spot.level {
        clear_from(secs, sum(reach(early, early_spot, Side::Right), reach(late, late_spot, Side::Left), GAP))
    } else if secs == 0 {
        // Both marks stand on one stem.
        0.0
    } else if early_spot.level > late_spot.level && late_spot.side == Side::Left {
        clear_from(secs, late.label().plus(LABEL_GAP + STEM_GAP))
    } else if early_spot.level < late_spot.level && early_spot.side == Side::Right {
        clear_from(secs, early.label().plus(LABEL_GAP + STEM_GAP))
    } else {
        // At most the stem passes behind the other's mark.
        0.0
    };
    // A span that hangs is no longer among the points.
    clear.min(a.hangs_from()).min(b.hangs_from())
}

/// The zoom from which two spans with their captions have room in one slot; 0 if they are in different ones.
pub(super) fn spans(a: &Item, a_spot: Spot, b: &Item, b_spot: Spot) -> f64 {
    if a_spot.level != b_spot.level {
        return 0.0;
    }
    let ((early, early_spot), (late, late_spot)) = if (a.from, a.to) <= (b.from, b.to) {
        ((a, a_spot), (b, b_spot))
    } else {
        ((b, b_spot), (a, a_spot))
    };
    let fixed = SLOT_GAP + HALF_VAGUE * (early.vague_ends() + late.vague_ends());
    let rules = clear_from(late.from - early.to, NOTHING.plus(fixed));
    let early_caption = early_spot.side == Side::Right;
    let late_caption = late_spot.side == Side::Left;
    let mut clear = rules;
    if early_caption {
        clear = clear.max(clear_from(late.from - early.from, early.caption().plus(fixed)));
    }
    if late_caption {
        clear = clear.max(clear_from(late.to - early.to, late.caption().plus(fixed)));
    }
    if early_caption && late_caption {
        clear = clear.max(clear_from(late.to - early.from, sum(early.caption(), late.caption(), fixed)));
    }
    clear
}
