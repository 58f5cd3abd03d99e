//! The picture of one view: which of the planned labels are shown, where everything lies.

use super::arcs::{self, Place};
use super::budget::{GLOSS_ROW, Metrics, Need};
use super::clash::{GAP, SLOT_GAP, Spot};
#[cfg(feature = "large")]
use super::counts::COUNT_PITCH;
use super::counts::{self, Group, HALF_COUNT, MERGE_PX};
use super::item::{self, Certainty, DATED, HALF_MARK, HALF_VAGUE, Item, LABEL_GAP};
use super::plan::Plan;
use super::{Beyond, CountMark, Emphasis, EraBox, Foot, Label, PointMark, Scene, Side, SpanMark, TrackScene};
use crate::model::{RelationGroup, Timeline};
use crate::order::sort_by;
use crate::scale::{Tier, Viewport};
use crate::time::{TimePoint, TimeSpan};

/// A mark this far outside the plot still counts as in view, so that rounding drops nothing at the edge.
const EDGE: f64 = 1.0;
/// A foot narrower than this is no wider than the mark's own.
const MIN_FOOT: f64 = 4.0;
/// The tallest row.
const MAX_ROW: f64 = 38.0;
/// From the line to the rule of the first span.
const RULE_GAP: f64 = 3.0;
/// Words that an edge of the plot leaves less room than this say nothing.
const MIN_WORDS: f64 = 64.0;
/// Width of the number at an edge of the plot with its arrow, and half of its height.
pub(super) const EDGE_PX: f64 = 44.0;
const HALF_EDGE: f64 = 8.0;

/// A labelled point on its way into the picture.
struct Standing {
    item: usize,
    anchor: i64,
    x: f64,
    row: u32,
    side: Side,
    width: f64,
}

impl Standing {
    fn reach(&self, side: Side) -> (f64, f64) {
        item::bounds(self.x, self.width, side)
    }

    fn bounds(&self) -> (f64, f64) {
        self.reach(self.side)
    }
}

/// A span that hangs.
struct Hanging {
    item: usize,
    slot: u32,
    side: Side,
}

/// Marks that are too close together. Indices are of items.
#[derive(Clone)]
pub(super) struct Pile {
    pub(super) x: f64,
    pub(super) count: usize,
    /// The first and the last.
    pub(super) ends: (usize, usize),
    pub(super) members: Vec<usize>,
    pub(super) inseparable: bool,
    /// The chosen one and its links among them.
    pub(super) linked: Vec<usize>,
}

#[cfg(feature = "large")]
impl Pile {
    /// Makes one of two, where the larger stands.
    pub(super) fn join(&mut self, mut later: Self) {
        if later.count > self.count {
            self.x = later.x;
        }
        let known = self.members.len() == self.count && later.members.len() == later.count;
        self.count += later.count;
        self.ends.1 = later.ends.1;
        self.inseparable &= later.inseparable;
        self.linked.append(&mut later.linked);
        self.members.append(&mut later.members);
        if !known && !self.inseparable {
            self.members.clear();
        }
    }
}

/// What is in view of one track, before heights are known.
#[derive(Default)]
pub(super) struct InView {
    standing: Vec<Standing>,
    hanging: Vec<Hanging>,
    /// Single unlabelled marks, with their `x`.
    bare: Vec<(usize, f64)>,
    pub(super) counts: Vec<Pile>,
    lying: Vec<usize>,
    /// Points whose true width shows.
    feet: Vec<usize>,
    need: Need,
}

impl InView {
    /// Whether a count has room beside the labels of the lowest row.
    fn is_free(&self, count: &Pile) -> bool {
        let lowest = self.standing.iter().filter(|standing| standing.row == 0);
        counts::is_free(count.x, lowest.map(Standing::bounds))
    }

    fn is_empty(&self) -> bool {
        self.standing.is_empty()
            && self.hanging.is_empty()
            && self.bare.is_empty()
            && self.counts.is_empty()
            && self.lying.is_empty()
    }
}

impl Plan {
    /// The picture of a view. It depends on the view alone, never on the one before. `timeline` is the one that the plan was
    /// made for.
    pub fn scene(&self, timeline: &Timeline, viewport: Viewport) -> Scene {
        self.draw(
            timeline,
            viewport,
            #[cfg(feature = "large")]
            (0.0, 0.0),
            #[cfg(feature = "large")]
            &[],
        )
    }

    /// The same, but that the tracks that are far from what is in view have nothing in them, so that no height is right.
    #[cfg(feature = "large")]
    pub fn scene_near(&self, timeline: &Timeline, viewport: Viewport, is_far: &[bool]) -> Scene {
        self.draw(timeline, viewport, (0.0, 0.0), is_far)
    }

    /// The same, and what lies so many pixels `beside` the view, to the left and to the right, in the rows and slots that the
    /// view has.
    #[cfg(feature = "large")]
    pub fn scene_beside(&self, timeline: &Timeline, viewport: Viewport, beside: (f64, f64)) -> Scene {
        self.draw(timeline, viewport, beside, &[])
    }

    fn draw(
        &self,
        timeline: &Timeline,
        viewport: Viewport,
        #[cfg(feature = "large")] beside: (f64, f64),
        #[cfg(feature = "large")] is_far: &[bool],
    ) -> Scene {
        let tier = Tier::of(viewport, self.compact);
        let in_view = |track| self.in_view(track, viewport, tier);
        #[cfg(feature = "large")]
        let in_view =
            |track| if is_far.get(track) == Some(&true) { InView::default() } else { in_view(track) };
        let mut in_view: Vec<InView> = (0..self.tracks.len()).map(in_view).collect();
        let (row, metrics) = self.row_height(&in_view, tier);
        let mut tops = 0.0;
        let mut tracks = Vec::with_capacity(self.tracks.len());
        let mut places: Vec<(usize, Place)> = Vec::new();
        let heights = self.heights(&in_view, row, metrics);
        for (index, (seen, (natural, height))) in in_view.iter_mut().zip(heights).enumerate() {
            let below = metrics.below(seen.need.slots);
            // Spare height is shared by what stands above the line and what hangs below it.
            let base = (height - metrics.pad_bottom - below - (height - natural) * 0.4).round();
            let foot = Metrics::foot(row) + metrics.lift(seen.need);
            let band = Band {
                plan: self,
                timeline,
                viewport,
                #[cfg(feature = "large")]
                beside,
                tier,
                metrics,
                row,
                base,
                foot,
            };
            #[cfg(not(feature = "large"))]
            let beyond = band.beyond(index, seen);
            #[cfg(feature = "large")]
            let beyond = if is_far.is_empty() { band.beyond(index, seen) } else { (None, None) };
            #[cfg(feature = "large")]
            self.join_beside(index, viewport, beside, tier, seen);
            let track = band.draw(index, seen, tops, height, beyond, &mut places);
            tops += height;
            tracks.push(track);
        }
        let arcs = match self.chosen {
            Some(chosen) if !self.compact && viewport.width_px >= arcs::MIN_WIDTH => {
                let bands: Vec<(f64, f64)> =
                    tracks.iter().map(|track| (track.top, track.top + track.height)).collect();
                let with = |(other, group): &(usize, RelationGroup)| {
                    let at = |item: usize| {
                        places.iter().find(|(placed, _)| *placed == item).map(|(_, place)| *place)
                    };
                    Some(arcs::arc(self.items[*other].event(), *group, at(chosen)?, at(*other)?, &bands))
                };
                self.links.iter().filter_map(with).collect()
            }
            _ => Vec::new(),
        };
        Scene { tier, width: viewport.width_px, height: tops, tracks, eras: self.era_boxes(viewport), arcs }
    }

    fn era_boxes(&self, viewport: Viewport) -> Vec<EraBox> {
        let boxes = self.eras.iter().enumerate().filter(|(_, era)| era.overlaps(viewport.span)).map(
            |(index, era)| {
                let (x0, x1) = (viewport.x_from_time(era.start), viewport.x_from_time(era.end));
                EraBox {
                    era: index,
                    x0: x0.max(0.0),
                    x1: x1.min(viewport.width_px),
                    starts: x0 >= 0.0,
                    ends: x1 <= viewport.width_px,
                }
            },
        );
        let mut boxes: Vec<EraBox> = boxes.collect();
        sort_by(&mut boxes, |a, b| a.x0.total_cmp(&b.x0));
        boxes
    }

    fn in_view(&self, track: usize, viewport: Viewport, tier: Tier) -> InView {
        let mut seen = self.found(track, viewport, tier);
        seen.need.rows = close_ranks(seen.standing.iter_mut().map(|standing| &mut standing.row))
            .max(usize::from(!seen.counts.is_empty()));
        seen.need.slots = close_ranks(seen.hanging.iter_mut().map(|hanging| &mut hanging.slot));
        turn_inward(&mut seen.standing, viewport.width_px);
        seen.need.lifted = !seen.counts.iter().all(|count| seen.is_free(count));
        seen
    }

    /// What is in view of a track, in the rows of the plan.
    fn found(&self, track: usize, viewport: Viewport, tier: Tier) -> InView {
        #[cfg(feature = "large")]
        if let Some(crowd) = &self.tracks[track].crowd {
            return self.crowd_in_view(crowd, track, viewport, tier);
        }
        let mut seen = InView::default();
        let mut unnamed = Group::new();
        for &index in &self.tracks[track].items {
            if span_of(&self.items[index]).overlaps(viewport.span) {
                self.see(index, viewport, tier, &mut seen, &mut unnamed);
            }
        }
        self.pile_up(unnamed, viewport.px_per_sec(), &mut seen);
        seen
    }

    /// Where the label of an item is at a zoom, if it has one.
    pub(super) fn label(&self, index: usize, zoom: f64) -> Option<Spot> {
        let item = &self.items[index];
        let placed = if zoom >= item.hangs_from() { &self.spans } else { &self.points };
        let own = placed[index].filter(|placed| item.standing() && placed.from_zoom <= zoom);
        #[cfg(feature = "large")]
        let own = own.or_else(|| self.raised(index));
        own.map(|placed| placed.spot)
    }

    /// Adds to what is in view of a track what lies beside it, as far as it has a place in the rows and slots that are there:
    /// whoever looks on sees the same as without.
    #[cfg(feature = "large")]
    fn join_beside(
        &self,
        track: usize,
        viewport: Viewport,
        beside: (f64, f64),
        tier: Tier,
        seen: &mut InView,
    ) {
        let zoom = viewport.px_per_sec();
        let secs = |px: f64| (px / zoom).round() as i64;
        let (before, after) = (secs(beside.0), secs(beside.1));
        if before + after <= 0 {
            return;
        }
        let TimeSpan { start, end } = viewport.span;
        let span = TimeSpan {
            start: TimePoint(start.0.saturating_sub(before)),
            end: TimePoint(end.0.saturating_add(after)),
        };
        let shift = before as f64 * zoom;
        let width_px = viewport.width_px + shift + after as f64 * zoom;
        let more = self.found(track, Viewport { span, width_px }, tier);
        let level = |item: usize| self.label(item, zoom).map(|spot| spot.level);
        let is_beside = |x: f64| !(-EDGE..=viewport.width_px + EDGE).contains(&x);
        let (rows, slots) = (seen.standing.len(), seen.hanging.len());
        for standing in more.standing {
            let x = standing.x - shift;
            let row = seen.standing[..rows].iter().find(|other| level(other.item) == Some(standing.row));
            let placed = row.map(|other| Standing { x, row: other.row, ..standing });
            let is_clear = |placed: &Standing| {
                seen.standing[..rows].iter().all(|other| are_clear(placed, placed.side, other))
                    && (placed.row > 0
                        || seen
                            .counts
                            .iter()
                            .all(|count| counts::is_free(count.x, [placed.bounds()].into_iter())))
            };
            match placed.filter(is_clear) {
                _ if !is_beside(x) => {}
                Some(placed) => seen.standing.push(placed),
                None => seen.bare.push((standing.item, x)),
            }
        }
        for hanging in more.hanging {
            let slot = seen.hanging[..slots].iter().find(|other| level(other.item) == Some(hanging.slot));
            match slot.map(|other| other.slot) {
                _ if span_of(&self.items[hanging.item]).overlaps(viewport.span) => {}
                Some(slot) => seen.hanging.push(Hanging { slot, ..hanging }),
                None => seen.lying.push(hanging.item),
            }
        }
        let bare = more.bare.into_iter().map(|(item, x)| (item, x - shift));
        seen.bare.extend(bare.filter(|(_, x)| is_beside(*x)));
        let is_new = |item: &usize| !span_of(&self.items[*item]).overlaps(viewport.span);
        seen.lying.extend(more.lying.into_iter().filter(is_new));
        seen.feet.extend(more.feet.into_iter().filter(is_new));
        for mut pile in more.counts {
            pile.x -= shift;
            // Under a label it would need more room than the view has for that.
            let has_room = seen.need.lifted || seen.is_free(&pile);
            let is_apart = seen.counts.iter().all(|other| (other.x - pile.x).abs() >= COUNT_PITCH);
            if is_beside(pile.x) && has_room && is_apart {
                seen.counts.push(pile);
            }
        }
    }

    /// Takes an item that is in view into the picture. A mark that may be counted goes to `unnamed`.
    pub(super) fn see(
        &self,
        index: usize,
        viewport: Viewport,
        tier: Tier,
        seen: &mut InView,
        unnamed: &mut Group,
    ) {
        let item = &self.items[index];
        let zoom = viewport.px_per_sec();
        let label = self.label(index, zoom);
        if zoom >= item.hangs_from() {
            match label {
                Some(spot) => seen.hanging.push(Hanging { item: index, slot: spot.level, side: spot.side }),
                None => seen.lying.push(index),
            }
            return;
        }
        let x = viewport.x_from_time(TimePoint(item.anchor));
        if !(-EDGE..=viewport.width_px + EDGE).contains(&x) {
            // Its mark is outside, but a part of its width is not.
            seen.lying.push(index);
            return;
        }
        if (item.to - item.from) as f64 * zoom > MIN_FOOT {
            seen.feet.push(index);
        }
        match label {
            Some(spot) => seen.standing.push(Standing {
                item: index,
                anchor: item.anchor,
                x,
                row: spot.level,
                side: spot.side,
                width: item.label().of(tier),
            }),
            None if item.standing() => unnamed.push((index, x)),
            None => seen.bare.push((index, x)),
        }
    }

    /// Counts marks that are too close together.
    pub(super) fn pile_up(&self, unnamed: Group, zoom: f64, seen: &mut InView) {
        for group in counts::merge(unnamed, &|index| self.items[index].anchor, zoom) {
            let (first, last) = match group[..] {
                [] => continue,
                [single] => {
                    seen.bare.push(single);
                    continue;
                }
                [(first, _), .., (last, _)] => (first, last),
            };
            let anchors = || group.iter().map(|(index, _)| self.items[*index].anchor);
            let (from, to) =
                anchors().fold((i64::MAX, i64::MIN), |(from, to), at| (from.min(at), to.max(at)));
            let members = group.iter().map(|(index, _)| *index);
            seen.counts.push(Pile {
                x: counts::middle(&group),
                count: group.len(),
                ends: (first, last),
                inseparable: self.stand_together(from, to)
                    && members.clone().filter(|index| self.is_nameless(*index)).count() >= 2,
                linked: members
                    .clone()
                    .filter(|index| self.linked().any(|linked| linked == *index))
                    .collect(),
                members: members.collect(),
            });
        }
    }

    /// No zoom parts marks at these times.
    pub(super) fn stand_together(&self, from: i64, to: i64) -> bool {
        (to - from) as f64 * self.closest < MERGE_PX
    }

    /// No zoom names the item.
    pub(super) fn is_nameless(&self, index: usize) -> bool {
        self.items[index].hangs_from() > self.closest
            && self.points[index].is_none_or(|placed| placed.from_zoom > self.closest)
    }

    /// The chosen item and those that it is linked to.
    pub(super) fn linked(&self) -> impl Iterator<Item = usize> {
        self.chosen.into_iter().chain(self.links.iter().map(|(other, _)| *other))
    }

    /// Near views give each row room for a second line, if that keeps all tracks within the height. What is too high with
    /// the lowest rows does without the margins, and then moves its rows and spans together as far as their text allows.
    fn row_height(&self, in_view: &[InView], tier: Tier) -> (f64, Metrics) {
        let mut metrics = Metrics::of(self.compact);
        let is_high = |row: f64, metrics: Metrics| {
            self.natural_heights(in_view, row, metrics).iter().sum::<f64>() > self.height_px
        };
        let mut row = if tier == Tier::Near { MAX_ROW } else { metrics.row };
        while is_high(row, metrics) {
            if row > metrics.row {
                row -= 1.0;
            } else if metrics.pad_bottom > 0.0 {
                metrics.pad_top = 2.0;
                metrics.pad_bottom = 0.0;
                metrics.empty = metrics.quiet;
            } else if metrics.row > metrics.tight_row {
                metrics.row -= 1.0;
                metrics.slot -= 0.75;
                // A count under a label keeps its distance.
                metrics.lift += 0.5;
                row = metrics.row;
            } else {
                break;
            }
        }
        (row, metrics)
    }

    fn natural_heights(&self, in_view: &[InView], row: f64, metrics: Metrics) -> Vec<f64> {
        in_view.iter().zip(&self.tracks).map(|(seen, track)| metrics.height(track, seen.need, row)).collect()
    }

    /// For each track what it needs and what it gets; together the whole height, if that is enough.
    fn heights(&self, in_view: &[InView], row: f64, metrics: Metrics) -> Vec<(f64, f64)> {
        let natural = self.natural_heights(in_view, row, metrics);
        let spare = (self.height_px - natural.iter().sum::<f64>()).max(0.0);
        let talks: Vec<bool> = in_view.iter().map(|seen| seen.need.rows + seen.need.slots > 0).collect();
        let nobody = !talks.contains(&true);
        let sharers = talks.iter().filter(|talks| **talks || nobody).count().max(1) as f64;
        let mut shared = 0.0;
        let mut served = 0.0;
        natural
            .iter()
            .zip(&talks)
            .map(|(natural, talks)| {
                if !talks && !nobody {
                    return (*natural, *natural);
                }
                // Whole pixels keep the lines sharp; the last one takes what is left of a pixel.
                served += 1.0;
                let until = if served >= sharers { spare } else { (spare * served / sharers).floor() };
                let height = natural + until - shared;
                shared = until;
                (*natural, height)
            })
            .collect()
    }

    /// What lies beyond the edges of the view, if the view is not the whole story.
    fn beyond(&self, track: usize, viewport: Viewport, empty: bool) -> (Option<Beyond>, Option<Beyond>) {
        let view = viewport.span;
        if view.start <= self.fit.start && view.end >= self.fit.end {
            return (None, None);
        }
        #[cfg(feature = "large")]
        if let Some(crowd) = &self.tracks[track].crowd {
            return self.crowd_beyond(crowd, viewport, empty).into();
        }
        let (mut earlier, mut later) = (Tally::default(), Tally::default());
        for index in &self.tracks[track].items {
            let item = &self.items[*index];
            if self.filtered && !item.standing() {
                continue;
            }
            if item.to <= view.start.0 {
                earlier.count((item.to, item.event.into()), item.event());
            } else if item.from >= view.end.0 {
                later.count((-item.from, -i64::from(item.event)), item.event());
            }
        }
        let beyond = |tally: Tally| {
            tally.nearest.map(|(_, nearest)| Beyond { count: tally.count, nearest, named: empty, y: None })
        };
        (beyond(earlier), beyond(later))
    }
}

/// What lies beyond one edge.
#[derive(Default)]
struct Tally {
    count: usize,
    /// How near the nearest event is, and which it is.
    nearest: Option<((i64, i64), usize)>,
}

impl Tally {
    fn count(&mut self, nearness: (i64, i64), event: usize) {
        self.count += 1;
        if self.nearest.is_none_or(|(other, _)| other < nearness) {
            self.nearest = Some((nearness, event));
        }
    }
}

fn span_of(item: &Item) -> TimeSpan {
    TimeSpan { start: TimePoint(item.from), end: TimePoint(item.to) }
}

/// Renumbers levels so that none is empty, and tells how many there are. Their order stays, so no stem crosses a label.
fn close_ranks<'a>(levels: impl Iterator<Item = &'a mut u32>) -> usize {
    let levels: Vec<&mut u32> = levels.collect();
    let mut used: Vec<u32> = levels.iter().map(|level| **level).collect();
    sort_by(&mut used, Ord::cmp);
    used.dedup();
    for level in levels {
        *level = used.partition_point(|other| *other < *level) as u32;
    }
    used.len()
}

/// A label that an edge of the plot would cut turns to the other side of its mark, if it meets nobody there.
fn turn_inward(standing: &mut [Standing], width: f64) {
    for index in 0..standing.len() {
        let this = &standing[index];
        let (x0, x1) = this.bounds();
        let turned = match this.side {
            Side::Right if x1 > width => Side::Left,
            Side::Left if x0 < 0.0 => Side::Right,
            _ => continue,
        };
        let (x0, x1) = this.reach(turned);
        let clear = (x0 >= 0.0 && x1 <= width)
            && standing
                .iter()
                .enumerate()
                .all(|(other_index, other)| other_index == index || are_clear(this, turned, other));
        if clear {
            standing[index].side = turned;
        }
    }
}

/// Whether a label on one side of its mark would be clear of another and its stem, and the other of its own.
fn are_clear(this: &Standing, side: Side, other: &Standing) -> bool {
    let (x0, x1) = this.reach(side);
    let (other_x0, other_x1) = other.bounds();
    (other.row == this.row && (x0 >= other_x1 + GAP || x1 + GAP <= other_x0))
        || (other.row < this.row
            && (this.anchor == other.anchor || this.x < other_x0 - GAP || this.x > other_x1 + GAP))
        || (other.row > this.row && (this.anchor == other.anchor || other.x < x0 - GAP || other.x > x1 + GAP))
}

/// One track being drawn.
struct Band<'a> {
    plan: &'a Plan,
    timeline: &'a Timeline,
    viewport: Viewport,
    /// So many pixels are drawn to the left and to the right of the view.
    #[cfg(feature = "large")]
    beside: (f64, f64),
    tier: Tier,
    metrics: Metrics,
    row: f64,
    base: f64,
    /// From the line to the middle of the lowest row.
    foot: f64,
}

impl Band<'_> {
    /// Remembers where an item is, if an arc may lead there.
    fn place(&self, places: &mut Vec<(usize, Place)>, item: usize, place: Place) {
        if self.plan.linked().any(|linked| linked == item) {
            places.push((item, place));
        }
    }

    fn row_y(&self, row: u32) -> f64 {
        self.base - self.foot - f64::from(row) * self.row
    }

    fn x(&self, secs: i64) -> f64 {
        self.viewport.x_from_time(TimePoint(secs))
    }

    fn draw(
        &self,
        index: usize,
        seen: &InView,
        top: f64,
        height: f64,
        beyond: (Option<Beyond>, Option<Beyond>),
        places: &mut Vec<(usize, Place)>,
    ) -> TrackScene {
        let items = &self.plan.items;
        let mut points: Vec<PointMark> = Vec::with_capacity(seen.standing.len() + seen.bare.len());
        for standing in &seen.standing {
            let item = &items[standing.item];
            let y = self.row_y(standing.row);
            points.push(PointMark {
                event: item.event(),
                x: standing.x,
                y,
                label: Some(self.label(item, standing)),
                emphasis: self.plan.emphasis(standing.item),
            });
            self.place(
                places,
                standing.item,
                Place { x0: standing.x, x1: standing.x, y: top + y, flat: false },
            );
        }
        for (bare, x) in &seen.bare {
            points.push(PointMark {
                event: items[*bare].event(),
                x: *x,
                y: self.base,
                label: None,
                emphasis: self.plan.emphasis(*bare),
            });
            self.place(places, *bare, Place { x0: *x, x1: *x, y: top + self.base, flat: false });
        }
        sort_by(&mut points, |a, b| a.x.total_cmp(&b.x).then(a.event.cmp(&b.event)));
        let mut spans: Vec<SpanMark> = Vec::with_capacity(seen.hanging.len());
        for hanging in &seen.hanging {
            let span = self.span(hanging);
            self.place(
                places,
                hanging.item,
                Place { x0: span.x0, x1: span.x1, y: top + span.y + 2.0, flat: true },
            );
            spans.push(span);
        }
        sort_by(&mut spans, |a, b| a.x0.total_cmp(&b.x0).then(a.event.cmp(&b.event)));
        settle_captions(
            &mut spans,
            self.viewport.width_px,
            #[cfg(feature = "large")]
            self.edges(),
        );
        let mut feet: Vec<Foot> = Vec::with_capacity(seen.feet.len() + seen.lying.len());
        feet.extend(seen.feet.iter().map(|index| self.foot(*index, false)));
        for lying in &seen.lying {
            let foot = self.foot(*lying, true);
            self.place(places, *lying, Place { x0: foot.x0, x1: foot.x1, y: top + self.base, flat: true });
            feet.push(foot);
        }
        let mut counts: Vec<CountMark> = Vec::with_capacity(seen.counts.len());
        for pile in &seen.counts {
            let Pile { x, count, inseparable, .. } = *pile;
            let y = if seen.is_free(pile) { self.row_y(0) } else { self.base };
            for member in &pile.linked {
                self.place(places, *member, Place { x0: x, x1: x, y: top + y, flat: false });
            }
            let event = |index: usize| items[index].event();
            let telling = std::iter::once(&pile.ends.0).chain(&pile.linked);
            let emphasis = telling.map(|member| self.plan.emphasis(*member));
            counts.push(CountMark {
                x,
                y,
                count,
                ends: (event(pile.ends.0), event(pile.ends.1)),
                events: pile.members.iter().take(counts::LISTED).map(|member| event(*member)).collect(),
                inseparable,
                emphasis: emphasis.min_by_key(|emphasis| strength(*emphasis)).unwrap_or(Emphasis::Normal),
            });
        }
        let (earlier, later) = beyond;
        TrackScene {
            track: index,
            top,
            height,
            base: self.base,
            row_height: self.row,
            points,
            spans,
            feet,
            counts,
            earlier,
            later,
        }
    }

    /// What lies beyond the edges of the view, and where that is said.
    fn beyond(&self, index: usize, seen: &InView) -> (Option<Beyond>, Option<Beyond>) {
        let (mut earlier, mut later) = self.plan.beyond(index, self.viewport, seen.is_empty());
        for (beyond, right) in [(&mut earlier, false), (&mut later, true)] {
            if let Some(beyond) = beyond {
                beyond.y = self.free_edge(seen, right);
            }
        }
        (earlier, later)
    }

    /// From where to where there is something drawn.
    fn edges(&self) -> (f64, f64) {
        #[cfg(not(feature = "large"))]
        let (left, right) = (0.0, 0.0);
        #[cfg(feature = "large")]
        let (left, right) = self.beside;
        (0.0 - left, self.viewport.width_px + right)
    }

    /// The middle of the lowest row, or of the one above all, that has room for the number at an edge of the plot.
    fn free_edge(&self, seen: &InView, right: bool) -> Option<f64> {
        let from = if right { self.viewport.width_px - EDGE_PX } else { 0.0 };
        let to = from + EDGE_PX;
        let meets = |(x0, x1): (f64, f64)| x1 > from && x0 < to;
        let middle = f64::midpoint(from, to);
        let lowest = u32::from(
            !seen.counts.iter().all(|count| (count.x - middle).abs() >= HALF_COUNT + EDGE_PX / 2.0),
        );
        // In a row its labels are in the way, and the stems of those above it.
        let is_free = |row: &u32| {
            seen.standing.iter().all(|standing| {
                let reach = if standing.row == *row { standing.bounds() } else { (standing.x, standing.x) };
                standing.row < *row || !meets(reach)
            })
        };
        let row = (lowest..=seen.need.rows as u32).find(is_free)?;
        Some(self.row_y(row)).filter(|y| *y >= HALF_EDGE)
    }

    fn label(&self, item: &Item, standing: &Standing) -> Label {
        let (x0, x1) = standing.bounds();
        let (first, last) = self.edges();
        let (start, end) = match standing.side {
            Side::Right => (x0, x1.min(last)),
            Side::Left => (x0.max(first), x1),
        };
        Label {
            side: standing.side,
            x0: start,
            x1: end,
            cut: start > x0 || end < x1,
            mute: (start > x0 || end < x1) && end - start < HALF_MARK + LABEL_GAP + MIN_WORDS,
            date: match self.tier {
                Tier::Compact => false,
                Tier::Mid => item.importance >= DATED,
                Tier::Near => true,
            },
            gloss: self.tier == Tier::Near && self.row >= GLOSS_ROW,
        }
    }

    fn span(&self, hanging: &Hanging) -> SpanMark {
        let item = &self.plan.items[hanging.item];
        let Certainty { vague_start, vague_end, core, .. } = self.certainty(item);
        let width = self.viewport.width_px;
        // A possible range is drawn wide enough to be seen.
        let left =
            vague_start.map_or(f64::INFINITY, |middle| self.x(middle) - HALF_VAGUE).min(self.x(item.from));
        let right =
            vague_end.map_or(f64::NEG_INFINITY, |middle| self.x(middle) + HALF_VAGUE).max(self.x(item.to));
        let (first, last) = self.edges();
        let (x0, x1) = (left.max(first), right.min(last));
        let core = core.and_then(|(from, to)| {
            let from = vague_start
                .map_or(f64::NEG_INFINITY, |middle| self.x(middle) + HALF_VAGUE)
                .max(self.x(from))
                .max(x0);
            let to =
                vague_end.map_or(f64::INFINITY, |middle| self.x(middle) - HALF_VAGUE).min(self.x(to)).min(x1);
            (from < to).then_some((from, to))
        });
        let caption_width = item.caption().of(self.tier);
        // The caption slides along its rule, within the room that is kept for it, to stay in view.
        let caption_x = match hanging.side {
            Side::Right => left.max(0.0_f64.min(right - caption_width)),
            Side::Left => (right - caption_width).min((width - caption_width).max(left)),
        };
        SpanMark {
            event: item.event(),
            x0,
            x1,
            y: self.base + RULE_GAP + f64::from(hanging.slot) * self.metrics.slot,
            core,
            caption_x,
            caption_width,
            date: self.tier == Tier::Near,
            emphasis: self.plan.emphasis(hanging.item),
        }
    }

    fn certainty(&self, item: &Item) -> Certainty {
        Certainty::of(&self.timeline.events[item.event()].date, self.plan.fit)
    }

    fn foot(&self, index: usize, lying: bool) -> Foot {
        let item = &self.plan.items[index];
        let Certainty { vague, core, .. } = self.certainty(item);
        let (first, last) = self.edges();
        let (x0, x1) = (self.x(item.from).max(first), self.x(item.to).min(last));
        let core = core.map(|(from, to)| (self.x(from).max(x0), self.x(to).min(x1)));
        Foot {
            event: item.event(),
            x0,
            x1,
            possible: vague,
            core: core.filter(|(from, to)| vague && from < to),
            lying,
            emphasis: self.plan.emphasis(index),
        }
    }
}

/// Captions that an edge of the plot would cut move into it, as far as their slots are free, and are shortened or given up
/// where that is not enough. `spans` go from left to right.
fn settle_captions(spans: &mut [SpanMark], width: f64, #[cfg(feature = "large")] edges: (f64, f64)) {
    #[cfg(not(feature = "large"))]
    for index in 0..spans.len() {
        settle_caption(spans, index, (0.0, width), &|_| true);
    }
    // What lies beside the plot keeps to the edges of what is drawn, and to what is left over.
    #[cfg(feature = "large")]
    for (beside, edges) in [(false, (0.0, width)), (true, edges)] {
        let is_beside = |span: &SpanMark| span.x1 <= 0.0 || span.x0 >= width;
        for index in 0..spans.len() {
            if is_beside(&spans[index]) == beside {
                settle_caption(spans, index, edges, &|other| beside || !is_beside(other));
            }
        }
    }
}

/// The same for one of them, between two edges; what is in its way can be so.
fn settle_caption(
    spans: &mut [SpanMark],
    index: usize,
    (mut from, mut to): (f64, f64),
    can_be_in_the_way: &dyn Fn(&SpanMark) -> bool,
) {
    for (place, other) in spans.iter().enumerate() {
        let beside = (other.y - spans[index].y).abs() < 1.0 && can_be_in_the_way(other);
        if beside && place < index {
            from = from.max(other.right() + SLOT_GAP);
        } else if beside && place > index {
            to = to.min(other.left() - SLOT_GAP);
        }
    }
    let span = &mut spans[index];
    let whole = span.caption_width;
    span.caption_x = span.caption_x.min(to - whole).max(from);
    span.caption_width = whole.min(to - span.caption_x);
    if span.caption_width < whole.min(MIN_WORDS) {
        (span.caption_x, span.caption_width) = (span.x0, 0.0);
    }
}

/// The smaller, the stronger.
fn strength(emphasis: Emphasis) -> u8 {
    match emphasis {
        Emphasis::Selected => 0,
        Emphasis::Linked(_) => 1,
        Emphasis::Normal => 2,
        Emphasis::Dimmed => 3,
        Emphasis::Off => 4,
    }
}
