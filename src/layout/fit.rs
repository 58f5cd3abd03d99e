//! The whole story: which labels fit at the farthest zoom, in how many rows.
//!
//! Labels are placed as a staircase, late before early, each in the lowest row that is free, so that later ones stand
//! below earlier ones and no stem crosses a label. Labels join in order of importance; whoever does not fit stays out.

use std::cmp::Ordering;

use super::Side;
use super::clash::{self, Spot};
use super::counts;
use super::item::{self, Item, LABEL_GAP};
use crate::order::sort_by;
use crate::scale::{Tier, Viewport};
use crate::time::{TimePoint, TimeSpan};

/// Only so many of the most important points and spans of a track are tried, since the cost grows with the cube; no more fit
/// on a screen.
const MAX_CANDIDATES: usize = 80;
/// A label keeps this far from the left edge of the plot.
pub(super) const LEFT_MARGIN: f64 = 3.0;
/// Spans of a track hang in at most so many slots at the farthest zoom.
pub(super) const MAX_SLOTS: u32 = 9;
/// The same where there are many, which would fill any number of slots.
const CROWD_SLOTS: u32 = 3;
/// And in so many in near views, which would be a wall of words.
#[cfg(feature = "large")]
pub(super) const NEAR_CROWD_SLOTS: u32 = CROWD_SLOTS + 2;

/// The farthest view.
#[derive(Clone, Copy)]
pub(super) struct Fit {
    pub(super) view: Viewport,
    pub(super) zoom: f64,
    pub(super) tier: Tier,
}

impl Fit {
    pub(super) fn new(span: TimeSpan, width_px: f64, compact: bool) -> Self {
        let view = Viewport { span, width_px: width_px.max(1.0) };
        Self { view, zoom: view.px_per_sec(), tier: Tier::of(view, compact) }
    }

    pub(super) fn x(&self, secs: i64) -> f64 {
        self.view.x_from_time(TimePoint(secs))
    }
}

/// From so many on, marks of a track are counted by cells, and not looked at one by one.
pub(super) fn is_crowd(count: usize) -> bool {
    cfg!(feature = "large") && count > 500
}

/// From so many on, spans of a track would fill any number of slots: a fifth as many as marks fill the rows.
pub(super) fn is_crowd_of_spans(count: usize) -> bool {
    is_crowd(count * 5)
}

/// Labels of one track that fit.
#[derive(Clone, Debug, Default)]
pub(super) struct Packed {
    /// Index of the item, and where it is put.
    pub(super) spots: Vec<(usize, Spot)>,
    /// Levels in use.
    pub(super) levels: u32,
    /// Marks without a label become a count that a label leaves no room for but on the line.
    pub(super) lifted: bool,
    /// The weight of what did not fit.
    pub(super) lost: u64,
}

/// How much a label is worth: 3 to the power of its importance.
pub(super) fn weight(item: &Item) -> u64 {
    3_u64.pow(u32::from(item.importance.min(12)))
}

/// How much the caption of a span is worth: twice a label, as a bar without a name is a riddle across the chart.
pub(super) fn span_weight(item: &Item) -> u64 {
    2 * weight(item)
}

/// The points, or the spans, of one track.
pub(super) struct Lot {
    pub(super) all: Vec<usize>,
    /// The most important, as many as are tried, in the order in which they are.
    pub(super) foremost: Vec<usize>,
    /// What the labels of all are worth together.
    pub(super) weight: u64,
}

impl Lot {
    /// `weight` tells what the label of one is worth, and `order` which of two comes first.
    pub(super) fn new(
        items: &[Item],
        all: Vec<usize>,
        weight: fn(&Item) -> u64,
        order: fn(&Item, &Item) -> Ordering,
    ) -> Self {
        let mut foremost: Vec<usize> = Vec::new();
        for index in &all {
            let comes_first =
                |other: &usize| order(&items[*other], &items[*index]).then(other.cmp(index)).is_lt();
            // Most come last, or not at all.
            let at = foremost.iter().rposition(comes_first).map_or(0, |last| last + 1);
            if at < MAX_CANDIDATES {
                foremost.truncate(MAX_CANDIDATES - 1);
                foremost.insert(at, *index);
            }
        }
        let weight = all.iter().map(|index| weight(&items[*index])).sum();
        Self { all, foremost, weight }
    }

    pub(super) fn points(items: &[Item], all: Vec<usize>) -> Self {
        Self::new(items, all, weight, |a, b| {
            b.importance.cmp(&a.importance).then(a.label().far.total_cmp(&b.label().far))
        })
    }

    pub(super) fn spans(items: &[Item], all: Vec<usize>) -> Self {
        Self::new(items, all, span_weight, |a, b| b.importance.cmp(&a.importance))
    }
}

/// Packs the points of a track into at most `rows` rows.
pub(super) fn pack_points(items: &[Item], lot: &Lot, fit: &Fit, rows: u32) -> Packed {
    let mut packed = Packed::default();
    let mut live: Vec<Candidate> = Vec::new();
    for index in lot.foremost.iter().copied() {
        let Some(sides) = sides(&items[index], fit, live.is_empty()) else { continue };
        let mut trial = live.clone();
        trial.push(Candidate { index, sides });
        if let Some(spots) = staircase(items, &mut trial, fit, rows) {
            live = trial;
            packed.spots = spots;
        }
    }
    let named = |index: &usize| packed.spots.iter().any(|(other, _)| other == index);
    packed.lost = lot.weight - packed.spots.iter().map(|(index, _)| weight(&items[*index])).sum::<u64>();
    if is_crowd(lot.all.len()) {
        // There are counts everywhere.
        packed.levels = used_levels(&packed.spots).max(1);
        packed.lifted = packed.spots.iter().any(|(_, spot)| spot.level == 0);
        return packed;
    }
    let unnamed = lot.all.iter().copied().filter(|index| !named(index));
    let marks = unnamed.map(|index| (index, fit.x(items[index].anchor))).collect();
    let mut groups = counts::merge(marks, &|index| items[index].anchor, fit.zoom);
    groups.retain(|group| group.len() > 1);
    // A count takes a row.
    packed.levels = used_levels(&packed.spots).max(u32::from(!groups.is_empty()));
    packed.lifted = !groups.iter().all(|group| {
        let lowest = packed.spots.iter().filter(|(_, spot)| spot.level == 0).map(|(index, spot)| {
            let item = &items[*index];
            item::bounds(fit.x(item.anchor), item.label().of(fit.tier), spot.side)
        });
        counts::is_free(counts::middle(group), lowest)
    });
    packed
}

fn used_levels(spots: &[(usize, Spot)]) -> u32 {
    spots.iter().map(|(_, spot)| spot.level + 1).max().unwrap_or(0)
}

#[derive(Clone, Copy)]
struct Candidate {
    index: usize,
    /// The preferred side and the other; equal if there is no choice.
    sides: [Side; 2],
}

/// On which sides a label stays inside the plot. A label that must be shown takes the side with more room.
fn sides(item: &Item, fit: &Fit, must: bool) -> Option<[Side; 2]> {
    let x = fit.x(item.anchor);
    let width = item.label().of(fit.tier) + LABEL_GAP;
    let right = x + width <= fit.view.width_px;
    let left = x - width >= LEFT_MARGIN;
    match (right, left) {
        (true, true) => Some([Side::Right, Side::Left]),
        (true, false) => Some([Side::Right; 2]),
        (false, true) => Some([Side::Left; 2]),
        (false, false) if must => {
            Some([if x * 2.0 <= fit.view.width_px { Side::Right } else { Side::Left }; 2])
        }
        (false, false) => None,
    }
}

fn staircase(items: &[Item], live: &mut [Candidate], fit: &Fit, rows: u32) -> Option<Vec<(usize, Spot)>> {
    // Labels that can only go to the left build their own stair, from early to late: the stem of a later one passes right
    // of an earlier label.
    let key = |candidate: &Candidate| {
        let item = &items[candidate.index];
        let only_left = candidate.sides == [Side::Left; 2];
        (!only_left, if only_left { item.anchor } else { -item.anchor }, item.importance, candidate.index)
    };
    sort_by(live, |a, b| key(a).cmp(&key(b)));
    let mut placed: Vec<(usize, Spot)> = Vec::with_capacity(live.len());
    for candidate in live.iter() {
        let item = &items[candidate.index];
        let [first, second] = candidate.sides;
        let tries = if first == second { &candidate.sides[..1] } else { &candidate.sides[..] };
        let spot = tries.iter().flat_map(|side| (0..rows).map(|level| Spot { level, side: *side })).find(
            |spot| {
                placed.iter().all(|(other, other_spot)| {
                    clash::points(item, *spot, &items[*other], *other_spot) <= fit.zoom
                })
            },
        )?;
        placed.push((candidate.index, spot));
    }
    Some(placed)
}

/// Packs spans of a track into slots: those of its foremost that `stands` lets have a caption.
pub(super) fn pack_spans(items: &[Item], lot: &Lot, stands: &dyn Fn(&Item) -> bool, fit: &Fit) -> Packed {
    let foremost = lot.foremost.iter().copied().filter(|index| stands(&items[*index]));
    let foremost: Vec<usize> = foremost.collect();
    let most = if is_crowd_of_spans(lot.all.len()) { CROWD_SLOTS } else { MAX_SLOTS };
    let mut packed = Packed::default();
    if let Some(spots) = slots(items, &foremost, fit, most) {
        packed.spots = spots;
    } else {
        let mut live: Vec<usize> = Vec::new();
        for index in foremost {
            live.push(index);
            match slots(items, &live, fit, most) {
                Some(spots) => packed.spots = spots,
                None => _ = live.pop(),
            }
        }
    }
    packed.levels = used_levels(&packed.spots);
    packed.lost = lot.weight - packed.spots.iter().map(|(index, _)| span_weight(&items[*index])).sum::<u64>();
    packed
}

/// The side on which the caption of a span stays inside the plot.
pub(super) fn caption_side(item: &Item, fit: &Fit) -> Side {
    if fit.x(item.from) + item.caption().of(fit.tier) <= fit.view.width_px { Side::Right } else { Side::Left }
}

fn slots(items: &[Item], candidates: &[usize], fit: &Fit, most: u32) -> Option<Vec<(usize, Spot)>> {
    let mut by_start = candidates.to_vec();
    let key = |index: &usize| (items[*index].from, -items[*index].to, *index);
    sort_by(&mut by_start, |a, b| key(a).cmp(&key(b)));
    let mut placed: Vec<(usize, Spot)> = Vec::with_capacity(by_start.len());
    for index in by_start {
        let side = caption_side(&items[index], fit);
        let spot = (0..most).map(|level| Spot { level, side }).find(|spot| {
            placed.iter().all(|(other, other_spot)| {
                clash::spans(&items[index], *spot, &items[*other], *other_spot) <= fit.zoom
            })
        })?;
        placed.push((index, spot));
    }
    Some(placed)
}
