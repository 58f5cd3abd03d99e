//! The picture of one view: which of the planned labels are shown, where everything lies.

use std::rc::Rc;

use super::arcs::{self, Place};
use super::budget::{GLOSS_ROW, Metrics, Need};
use super::clash::{GAP, SLOT_GAP};
use super::counts::{self, Group, HALF_COUNT, MERGE_PX};
use super::item::{self, HALF_MARK, HALF_VAGUE, Item, LABEL_GAP};
use super::plan::Plan;
use super::{Beyond, CountMark, Emphasis, EraBox, Foot, Label, PointMark, Scene, Side, SpanMark, TrackScene};
use crate::model::RelationGroup;
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

/// What is in view of one track, before heights are known.
#[derive(Default)]
struct InView {
    standing: Vec<Standing>,
    hanging: Vec<Hanging>,
    /// Single unlabelled marks, with their `x`.
    bare: Vec<(usize, f64)>,
    /// Marks that are too close together.
    counts: Vec<Group>,
    lying: Vec<usize>,
    /// Points whose true width shows.
    feet: Vec<usize>,
    need: Need,
}

impl InView {
    /// Whether a count has room beside the labels of the lowest row.
    fn is_free(&self, count: &Group) -> bool {
        let lowest = self.standing.iter().filter(|standing| standing.row == 0);
        counts::is_free(counts::middle(count), lowest.map(Standing::bounds))
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
    /// The picture of a view. It depends on the view alone, never on the one before.
    pub fn scene(&self, viewport: Viewport) -> Scene {
        let tier = Tier::of(viewport, self.compact);
        let mut in_view: Vec<InView> =
            (0..self.tracks.len()).map(|track| self.in_view(track, viewport, tier)).collect();
        let (row, metrics) = self.row_height(&in_view, tier);
        let mut tops = 0.0;
        let mut tracks = Vec::with_capacity(self.tracks.len());
        let mut places: Vec<Option<Place>> =
            vec![None; if self.links.is_empty() { 0 } else { self.items.len() }];
        let heights = self.heights(&in_view, row, metrics);
        for (index, (seen, (natural, height))) in in_view.iter_mut().zip(heights).enumerate() {
            let below = metrics.below(seen.need.slots);
            // Spare height is shared by what stands above the line and what hangs below it.
            let base = (height - metrics.pad_bottom - below - (height - natural) * 0.4).round();
            let foot = Metrics::foot(row) + metrics.lift(seen.need);
            let track = Band { plan: self, viewport, tier, metrics, row, base, foot }.draw(
                index,
                seen,
                tops,
                height,
                &mut places,
            );
            tops += height;
            tracks.push(track);
        }
        let arcs = match self.chosen {
            Some(chosen) if !self.compact && viewport.width_px >= arcs::MIN_WIDTH => {
                let bands: Vec<(f64, f64)> =
                    tracks.iter().map(|track| (track.top, track.top + track.height)).collect();
                let with = |(other, group): &(usize, RelationGroup)| {
                    let (here, there) = (places.get(chosen)?.as_ref()?, places.get(*other)?.as_ref()?);
                    Some(arcs::arc(self.items[*other].event, *group, *here, *there, &bands))
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
        let zoom = viewport.px_per_sec();
        let mut seen = InView::default();
        let mut unnamed = Group::new();
        for &index in &self.tracks[track].items {
            let item = &self.items[index];
            if !span_of(item).overlaps(viewport.span) {
                continue;
            }
            if zoom >= item.hangs_from {
                match self.spans[index].filter(|placed| item.standing && placed.from_zoom <= zoom) {
                    Some(placed) => seen.hanging.push(Hanging {
                        item: index,
                        slot: placed.spot.level,
                        side: placed.spot.side,
                    }),
                    None => seen.lying.push(index),
                }
                continue;
            }
            let x = viewport.x_from_time(TimePoint(item.anchor));
            if !(-EDGE..=viewport.width_px + EDGE).contains(&x) {
                // Its mark is outside, but a part of its width is not.
                seen.lying.push(index);
                continue;
            }
            if (item.to - item.from) as f64 * zoom > MIN_FOOT {
                seen.feet.push(index);
            }
            match self.points[index].filter(|placed| item.standing && placed.from_zoom <= zoom) {
                Some(placed) => seen.standing.push(Standing {
                    item: index,
                    anchor: item.anchor,
                    x,
                    row: placed.spot.level,
                    side: placed.spot.side,
                    width: item.label.of(tier),
                }),
                None if item.standing => unnamed.push((index, x)),
                None => seen.bare.push((index, x)),
            }
        }
        for group in counts::merge(unnamed, &|index| self.items[index].anchor, zoom) {
            if let [single] = group[..] {
                seen.bare.push(single);
            } else {
                seen.counts.push(group);
            }
        }
        seen.need.rows = close_ranks(seen.standing.iter_mut().map(|standing| &mut standing.row))
            .max(usize::from(!seen.counts.is_empty()));
        seen.need.slots = close_ranks(seen.hanging.iter_mut().map(|hanging| &mut hanging.slot));
        turn_inward(&mut seen.standing, viewport.width_px);
        seen.need.lifted = !seen.counts.iter().all(|count| seen.is_free(count));
        seen
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

    /// No zoom parts the marks, or names all but one of them.
    fn inseparable(&self, members: &[(usize, f64)]) -> bool {
        let anchors = || members.iter().map(|(index, _)| self.items[*index].anchor);
        let (Some(first), Some(last)) = (anchors().min(), anchors().max()) else { return false };
        let nameless = members.iter().filter(|(index, _)| {
            self.items[*index].hangs_from > self.closest
                && self.points[*index].is_none_or(|placed| placed.from_zoom > self.closest)
        });
        (last - first) as f64 * self.closest < MERGE_PX && nameless.count() >= 2
    }

    /// What lies beyond the edges of the view, if the view is not the whole story.
    fn beyond(&self, track: usize, viewport: Viewport, empty: bool) -> (Option<Beyond>, Option<Beyond>) {
        let view = viewport.span;
        if view.start <= self.fit.start && view.end >= self.fit.end {
            return (None, None);
        }
        let (mut earlier, mut later) = (Tally::default(), Tally::default());
        for index in &self.tracks[track].items {
            let item = &self.items[*index];
            if self.filtered && !item.standing {
                continue;
            }
            if item.to <= view.start.0 {
                earlier.count((item.to, item.event as i64), item.event);
            } else if item.from >= view.end.0 {
                later.count((-item.from, -(item.event as i64)), item.event);
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
            && standing.iter().enumerate().all(|(other_index, other)| {
                let (other_x0, other_x1) = other.bounds();
                other_index == index
                    || (other.row == this.row && (x0 >= other_x1 + GAP || x1 + GAP <= other_x0))
                    || (other.row < this.row
                        && (this.anchor == other.anchor
                            || this.x < other_x0 - GAP
                            || this.x > other_x1 + GAP))
                    || (other.row > this.row
                        && (this.anchor == other.anchor || other.x < x0 - GAP || other.x > x1 + GAP))
            });
        if clear {
            standing[index].side = turned;
        }
    }
}

/// One track being drawn.
struct Band<'a> {
    plan: &'a Plan,
    viewport: Viewport,
    tier: Tier,
    metrics: Metrics,
    row: f64,
    base: f64,
    /// From the line to the middle of the lowest row.
    foot: f64,
}

impl Band<'_> {
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
        places: &mut [Option<Place>],
    ) -> TrackScene {
        let items = &self.plan.items;
        let mut points: Vec<PointMark> = Vec::with_capacity(seen.standing.len() + seen.bare.len());
        for standing in &seen.standing {
            let item = &items[standing.item];
            let y = self.row_y(standing.row);
            points.push(PointMark {
                event: item.event,
                x: standing.x,
                y,
                label: Some(self.label(item, standing)),
                emphasis: item.emphasis,
            });
            place(places, standing.item, Place { x0: standing.x, x1: standing.x, y: top + y, flat: false });
        }
        for (bare, x) in &seen.bare {
            let item = &items[*bare];
            points.push(PointMark {
                event: item.event,
                x: *x,
                y: self.base,
                label: None,
                emphasis: item.emphasis,
            });
            place(places, *bare, Place { x0: *x, x1: *x, y: top + self.base, flat: false });
        }
        sort_by(&mut points, |a, b| a.x.total_cmp(&b.x).then(a.event.cmp(&b.event)));
        let mut spans: Vec<SpanMark> = Vec::with_capacity(seen.hanging.len());
        for hanging in &seen.hanging {
            let span = self.span(hanging);
            place(
                places,
                hanging.item,
                Place { x0: span.x0, x1: span.x1, y: top + span.y + 2.0, flat: true },
            );
            spans.push(span);
        }
        sort_by(&mut spans, |a, b| a.x0.total_cmp(&b.x0).then(a.event.cmp(&b.event)));
        settle_captions(&mut spans, self.viewport.width_px);
        let mut feet: Vec<Foot> = Vec::with_capacity(seen.feet.len() + seen.lying.len());
        feet.extend(seen.feet.iter().map(|index| self.foot(&items[*index], false)));
        for lying in &seen.lying {
            let foot = self.foot(&items[*lying], true);
            place(places, *lying, Place { x0: foot.x0, x1: foot.x1, y: top + self.base, flat: true });
            feet.push(foot);
        }
        let mut counts: Vec<CountMark> = Vec::with_capacity(seen.counts.len());
        for members in &seen.counts {
            let x = counts::middle(members);
            let y = if seen.is_free(members) { self.row_y(0) } else { self.base };
            for (member, _) in members {
                place(places, *member, Place { x0: x, x1: x, y: top + y, flat: false });
            }
            let emphasis = members
                .iter()
                .map(|(member, _)| items[*member].emphasis)
                .min_by_key(|emphasis| strength(*emphasis));
            counts.push(CountMark {
                x,
                y,
                events: members.iter().map(|(member, _)| items[*member].event).collect(),
                inseparable: self.plan.inseparable(members),
                emphasis: emphasis.unwrap_or(Emphasis::Normal),
            });
        }
        let (mut earlier, mut later) = self.plan.beyond(index, self.viewport, seen.is_empty());
        for (beyond, right) in [(&mut earlier, false), (&mut later, true)] {
            if let Some(beyond) = beyond {
                beyond.y = self.free_edge(seen, right);
            }
        }
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

    /// The middle of the lowest row, or of the one above all, that has room for the number at an edge of the plot.
    fn free_edge(&self, seen: &InView, right: bool) -> Option<f64> {
        let from = if right { self.viewport.width_px - EDGE_PX } else { 0.0 };
        let to = from + EDGE_PX;
        let meets = |(x0, x1): (f64, f64)| x1 > from && x0 < to;
        let middle = f64::midpoint(from, to);
        let lowest = u32::from(
            !seen
                .counts
                .iter()
                .all(|count| (counts::middle(count) - middle).abs() >= HALF_COUNT + EDGE_PX / 2.0),
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
        let near = self.tier == Tier::Near;
        let (x0, x1) = standing.bounds();
        let width = self.viewport.width_px;
        let (start, end) = match standing.side {
            Side::Right => (x0, x1.min(width)),
            Side::Left => (x0.max(0.0), x1),
        };
        Label {
            side: standing.side,
            x0: start,
            x1: end,
            cut: start > x0 || end < x1,
            mute: (start > x0 || end < x1) && end - start < HALF_MARK + LABEL_GAP + MIN_WORDS,
            text: item.text.clone(),
            date: if near { item.date_near.clone() } else { item.date_far.clone() },
            gloss: if near && self.row >= GLOSS_ROW { item.gloss.clone() } else { Rc::default() },
        }
    }

    fn span(&self, hanging: &Hanging) -> SpanMark {
        let item = &self.plan.items[hanging.item];
        let width = self.viewport.width_px;
        // A possible range is drawn wide enough to be seen.
        let left = item
            .vague_start
            .map_or(f64::INFINITY, |middle| self.x(middle) - HALF_VAGUE)
            .min(self.x(item.from));
        let right = item
            .vague_end
            .map_or(f64::NEG_INFINITY, |middle| self.x(middle) + HALF_VAGUE)
            .max(self.x(item.to));
        let (x0, x1) = (left.max(0.0), right.min(width));
        let core = item.core.and_then(|(from, to)| {
            let from = item
                .vague_start
                .map_or(f64::NEG_INFINITY, |middle| self.x(middle) + HALF_VAGUE)
                .max(self.x(from))
                .max(x0);
            let to = item
                .vague_end
                .map_or(f64::INFINITY, |middle| self.x(middle) - HALF_VAGUE)
                .min(self.x(to))
                .min(x1);
            (from < to).then_some((from, to))
        });
        let caption_width = item.caption.of(self.tier);
        // The caption slides along its rule, within the room that is kept for it, to stay in view.
        let caption_x = match hanging.side {
            Side::Right => left.max(0.0_f64.min(right - caption_width)),
            Side::Left => (right - caption_width).min((width - caption_width).max(left)),
        };
        SpanMark {
            event: item.event,
            x0,
            x1,
            y: self.base + RULE_GAP + f64::from(hanging.slot) * self.metrics.slot,
            core,
            caption_x,
            caption_width,
            text: item.text.clone(),
            date: if self.tier == Tier::Near { item.date_near.clone() } else { Rc::default() },
            emphasis: item.emphasis,
        }
    }

    fn foot(&self, item: &Item, lying: bool) -> Foot {
        let (x0, x1) = (self.x(item.from).max(0.0), self.x(item.to).min(self.viewport.width_px));
        let core = item.core.map(|(from, to)| (self.x(from).max(x0), self.x(to).min(x1)));
        Foot {
            event: item.event,
            x0,
            x1,
            possible: item.vague,
            core: core.filter(|(from, to)| item.vague && from < to),
            lying,
            emphasis: item.emphasis,
        }
    }
}

/// Captions that an edge of the plot would cut move into it, as far as their slots are free, and are shortened or given up
/// where that is not enough. `spans` go from left to right.
fn settle_captions(spans: &mut [SpanMark], width: f64) {
    for index in 0..spans.len() {
        let (mut from, mut to) = (0.0_f64, width);
        for (place, other) in spans.iter().enumerate() {
            let beside = (other.y - spans[index].y).abs() < 1.0;
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
}

fn place(places: &mut [Option<Place>], item: usize, place: Place) {
    if let Some(slot) = places.get_mut(item) {
        *slot = Some(place);
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
