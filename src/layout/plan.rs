//! Who is labelled, where, and from which zoom on: computed once, so that a frame only has to look.

use super::budget::{self, Metrics};
use super::clash::{self, Spot};
use super::fit::{Fit, Packed, caption_side};
#[cfg(feature = "large")]
use super::fit::{NEAR_CROWD_SLOTS, is_crowd, is_crowd_of_spans};
use super::item::{self, Item, LABEL_GAP, Widths};
#[cfg(feature = "large")]
use super::many;
use super::rest::{Choice, Field, Placed, SHARED_LEVELS};
use super::{Emphasis, Side, TextMeasurer};
use crate::model::{RelationGroup, Timeline};
use crate::order::{by_key, key_of};
use crate::scale::Limits;
use crate::text::Locale;
use crate::time::TimeSpan;

/// All that a plan depends on.
#[derive(Clone, Copy)]
pub struct PlanInput<'a> {
    /// The history.
    pub timeline: &'a Timeline,
    /// The reader's language, in which names are and dates are worded.
    pub locale: Locale,
    /// The farthest view, which is the whole story with its margins, and the closest.
    pub limits: Limits,
    /// Width of the plot.
    pub width_px: f64,
    /// Height for all tracks together.
    pub height_px: f64,
    /// A frame lower than 520 px.
    pub compact: bool,
    /// The chosen event.
    pub selection: Option<usize>,
    /// By event, whether it passes the filter; `None` without a filter.
    pub matches: Option<&'a [bool]>,
    /// By track, whether all its events lie down.
    pub hidden_tracks: &'a [bool],
}

/// Who is labelled, where, and from which zoom on.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    pub(super) compact: bool,
    pub(super) filtered: bool,
    pub(super) fit: TimeSpan,
    pub(super) height_px: f64,
    /// The closest zoom, in pixels for a second.
    pub(super) closest: f64,
    pub(super) items: Vec<Item>,
    /// By item: the label of the point.
    pub(super) points: Vec<Option<Placed>>,
    /// By item: the caption of the span.
    pub(super) spans: Vec<Option<Placed>>,
    pub(super) tracks: Vec<TrackPlan>,
    pub(super) eras: Vec<TimeSpan>,
    /// Links of the chosen event: the item at the other end, and the group.
    pub(super) links: Vec<(usize, RelationGroup)>,
    /// An event is chosen.
    pub(super) selected: bool,
    /// The item of the chosen event, if it stands in a track.
    pub(super) chosen: Option<usize>,
    /// The chosen item as it was before it was chosen without a plan of its own.
    #[cfg(feature = "large")]
    pub(super) before: Option<(usize, Item)>,
}

/// What is fixed for a track.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct TrackPlan {
    /// Its items, in the order of time; none where they are a crowd.
    pub(super) items: Vec<usize>,
    /// Room above the labels for arcs.
    pub(super) headroom: f64,
    /// Nothing in it may have a label.
    pub(super) quiet: bool,
    /// What finds its items where they are many.
    #[cfg(feature = "large")]
    pub(super) crowd: Option<super::crowd::Crowd>,
}

/// From this multiple of the farthest zoom on, a track has one row more than there.
const FIRST_FURTHER: f64 = 4.0;
/// Labels take at most so many rows at any zoom.
pub(super) const MAX_ROWS: u32 = 8;
/// Rounding of a zoom.
const HAIR: f64 = 1e-9;

impl Plan {
    /// Makes the plan for a timeline in a frame of one size.
    pub fn new(input: &PlanInput<'_>, measurer: &dyn TextMeasurer) -> Self {
        let timeline = input.timeline;
        let fit = Fit::new(input.limits.fit, input.width_px, input.compact);
        let views = input.selection.map_or_else(Vec::new, |selection| timeline.links_of(selection));
        let items = item::items(input, &views, measurer);
        let chosen = input.selection.and_then(|selection| item::of_event(&items, selection));
        let links = views.iter().filter_map(|link| Some((item::of_event(&items, link.other)?, link.group)));
        let links: Vec<(usize, RelationGroup)> = links.collect();
        let metrics = Metrics::of(input.compact);
        let tracks = track_plans(input, &items, chosen, &links, metrics);
        let candidates: Vec<Vec<usize>> = tracks
            .iter()
            .map(|track| track.items.iter().copied().filter(|item| items[*item].standing()).collect())
            .collect();
        let packed = budget::spend(&items, &tracks, &candidates, &fit, metrics, input.height_px);
        let closest = fit.view.width_px / input.limits.min_secs.max(1) as f64;
        // Nobody sees a label that would come later than that.
        let until = closest * (1.0 + HAIR);
        let mut points = vec![None; items.len()];
        let mut spans = vec![None; items.len()];
        for (members, (packed_points, packed_spans)) in candidates.iter().zip(&packed) {
            place_points(&items, members, packed_points, &fit, until, &mut points);
            place_spans(&items, members, packed_spans, &fit, &points, &mut spans);
        }
        #[cfg(feature = "large")]
        let tracks = with_crowds(tracks, &items, &points, &spans);
        Self {
            compact: input.compact,
            filtered: input.matches.is_some(),
            fit: input.limits.fit,
            height_px: input.height_px,
            closest,
            items,
            points,
            spans,
            tracks,
            eras: timeline.eras.iter().map(|era| era.span).collect(),
            links,
            selected: input.selection.is_some(),
            chosen,
            #[cfg(feature = "large")]
            before: None,
        }
    }

    /// How an item stands to what the reader is looking at. Of two links to it the first counts.
    pub(super) fn emphasis(&self, index: usize) -> Emphasis {
        if self.chosen == Some(index) {
            return Emphasis::Selected;
        }
        if !self.items[index].standing() {
            return Emphasis::Off;
        }
        match self.links.iter().find(|(other, _)| *other == index) {
            Some((_, group)) => Emphasis::Linked(*group),
            None if self.selected => Emphasis::Dimmed,
            None => Emphasis::Normal,
        }
    }
}

/// Gives tracks with many items what finds them.
#[cfg(feature = "large")]
fn with_crowds(
    mut tracks: Vec<TrackPlan>,
    items: &[Item],
    points: &[Option<Placed>],
    spans: &[Option<Placed>],
) -> Vec<TrackPlan> {
    let label = |index: usize| {
        let [point, span] =
            [points, spans].map(|placed| placed[index].map_or(f64::INFINITY, |placed| placed.from_zoom));
        point.min(span.max(items[index].hangs_from()))
    };
    for track in tracks.iter_mut().filter(|track| is_crowd(track.items.len())) {
        // From here on the crowd has them.
        let members: Vec<u32> = track.items.drain(..).map(|index| index as u32).collect();
        track.crowd = Some(super::crowd::Crowd::new(items, &members, &label));
    }
    tracks
}

fn track_plans(
    input: &PlanInput<'_>,
    items: &[Item],
    chosen: Option<usize>,
    links: &[(usize, RelationGroup)],
    metrics: Metrics,
) -> Vec<TrackPlan> {
    let mut tracks = vec![TrackPlan::default(); input.timeline.tracks.len()];
    for (index, item) in items.iter().enumerate() {
        if let Some(track) = tracks.get_mut(item.track()) {
            track.items.push(index);
        }
    }
    for (index, track) in tracks.iter_mut().enumerate() {
        // They are in the order of their indices.
        let order = by_key(track.items.len(), &|at| key_of(items[track.items[at]].anchor));
        track.items = order.iter().map(|at| track.items[*at as usize]).collect();
        let sifted = input.matches.is_some() || input.hidden_tracks.get(index).copied().unwrap_or(false);
        track.quiet = sifted && !track.items.iter().any(|item| items[*item].standing());
        let has_arcs = chosen.is_some_and(|chosen| items[chosen].track() == index)
            && links.iter().any(|(other, _)| items[*other].track() == index);
        if has_arcs {
            track.headroom = metrics.headroom;
        }
    }
    tracks
}

/// The zoom at which a level beyond those of the farthest view opens: the first at four times that zoom, each further one
/// at twice the one before, so that tracks hardly grow faster than their view empties.
pub(super) fn opens(level: u32, levels: u32, fit: &Fit) -> f64 {
    if level < levels { 0.0 } else { fit.zoom * FIRST_FURTHER * f64::from(1_u32 << (level - levels).min(31)) }
}

/// Where the label of a point may go in a track with so many rows at the farthest zoom, best first. None leaves the story.
///
/// A label on the left takes the room of an earlier event, so where the right will do by the time the first further row
/// opens, the left opens only with it.
pub(super) fn point_choices(item: &Item, rows: u32, fit: &Fit, choices: &mut Vec<Choice>) {
    for (side, from_zoom, side_opens) in point_sides(item.anchor, item.label(), fit) {
        choices.extend((0..MAX_ROWS).map(|level| Choice {
            spot: Spot { level, side },
            from_zoom,
            opens: opens(level, rows, fit).max(side_opens),
        }));
    }
}

/// The sides of a point, the better one first: from which zoom on its label stays in the story there, and when the side opens.
pub(super) fn point_sides(anchor: i64, label: Widths, fit: &Fit) -> [(Side, f64, f64); 2] {
    let span = fit.view.span;
    let reach = label.plus(LABEL_GAP);
    let right = clash::clear_from(span.end.0 - anchor, reach);
    let left = clash::clear_from(anchor - span.start.0, reach);
    let further = fit.zoom * FIRST_FURTHER;
    let left_opens = if right <= further { further } else { 0.0 };
    [(Side::Right, right, 0.0), (Side::Left, left, left_opens)]
}

/// Puts down what fits at the farthest zoom; a hair below it, so that rounding hides nothing there.
fn put(placed: &mut [Option<Placed>], packed: &Packed, fit: &Fit) {
    for (index, spot) in &packed.spots {
        placed[*index] = Some(Placed { spot: *spot, from_zoom: fit.zoom * (1.0 - HAIR) });
    }
}

fn place_points(
    items: &[Item],
    members: &[usize],
    packed: &Packed,
    fit: &Fit,
    closest: f64,
    points: &mut [Option<Placed>],
) {
    put(points, packed, fit);
    let rows = packed.levels.max(1);
    let widest = members.iter().map(|index| items[*index].label().near).fold(0.0, f64::max);
    let choices = |index: usize, choices: &mut Vec<Choice>| point_choices(&items[index], rows, fit, choices);
    let field = Field {
        items,
        clash: clash::points,
        extent: |item| (item.anchor, item.anchor),
        reach: 2.0 * (widest + LABEL_GAP) + clash::GAP,
        choices: &choices,
        until: &|item| item.hangs_from().min(closest),
        #[cfg(feature = "large")]
        finder: &|order| {
            is_crowd(order.len()).then(|| Box::new(many::Points::new(items, order, rows, *fit, closest)) as _)
        },
    };
    let once: Vec<usize> =
        members.iter().copied().filter(|index| items[*index].hangs_from() > fit.zoom).collect();
    field.settle(points, &once);
}

fn place_spans(
    items: &[Item],
    members: &[usize],
    packed: &Packed,
    fit: &Fit,
    points: &[Option<Placed>],
    spans: &mut [Option<Placed>],
) {
    put(spans, packed, fit);
    let intervals: Vec<usize> = members.iter().copied().filter(|index| items[*index].interval()).collect();
    let widest = intervals.iter().map(|index| items[*index].caption().near).fold(0.0, f64::max);
    let shared = SHARED_LEVELS;
    #[cfg(feature = "large")]
    let shared = if is_crowd_of_spans(intervals.len()) { NEAR_CROWD_SLOTS } else { shared };
    let choices = |index: usize, choices: &mut Vec<Choice>| {
        let item = &items[index];
        let side = caption_side(item, fit);
        // What has a label as a point keeps it as a span: at once, if need be in a slot that nobody else may use.
        let named_before = points[index].is_some();
        let own = SHARED_LEVELS.saturating_add(index as u32);
        let levels = (0..shared).chain(named_before.then_some(own));
        choices.extend(levels.map(|level| {
            let opens = if named_before { 0.0 } else { opens(level, packed.levels, fit) };
            Choice { spot: Spot { level, side }, from_zoom: item.hangs_from(), opens }
        }));
    };
    let field = Field {
        items,
        clash: clash::spans,
        extent: |item| (item.from, item.to),
        reach: 2.0 * widest + clash::MOST_FIXED,
        choices: &choices,
        until: &|_| f64::INFINITY,
        #[cfg(feature = "large")]
        finder: &|order| {
            is_crowd(order.len()).then(|| Box::new(many::Spans::new(items, order, &choices)) as _)
        },
    };
    field.settle(spans, &intervals);
}
