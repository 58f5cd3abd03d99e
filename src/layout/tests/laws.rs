//! The seven laws, for random stories, frames, selections and filters.

use proptest::prelude::*;

use super::support::{Case, Seed, cases, crowds, timeline_of};
use crate::layout::clash::{self, Spot};
use crate::layout::draw::EDGE_PX;
use crate::layout::fit::Fit;
use crate::layout::item::LABEL_GAP;
use crate::layout::plan::{Plan, point_choices};
use crate::layout::{CountMark, Emphasis, PointMark, Scene, Side, SpanMark, TrackScene};
use crate::scale::{Limits, Tier, Viewport};
use crate::time::{DAY, TimePoint, TimeSpan};

/// Rounding of pixels.
const HAIR: f64 = 1e-6;

/// Half of the height of a count and half of that of a line of text, as the style sheet has them.
const COUNT_REACH: f64 = 9.0 + 10.0;
/// The same in a low frame.
const COUNT_REACH_COMPACT: f64 = 7.5 + 8.0;

/// Half of the height of the number at an edge.
const EDGE_REACH: f64 = 8.0;

/// How an event is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Drawn {
    Labelled,
    Bare,
    Lying,
    Counted,
}

fn drawn(scene: &Scene, event: usize) -> Vec<Drawn> {
    let mut found = Vec::new();
    for track in &scene.tracks {
        for point in track.points.iter().filter(|point| point.event == event) {
            found.push(if point.label.is_some() { Drawn::Labelled } else { Drawn::Bare });
        }
        found.extend(track.spans.iter().filter(|span| span.event == event).map(|_| Drawn::Labelled));
        found
            .extend(track.feet.iter().filter(|foot| foot.event == event && foot.lying).map(|_| Drawn::Lying));
        found.extend(
            track.counts.iter().filter(|count| count.events.contains(&event)).map(|_| Drawn::Counted),
        );
    }
    found
}

fn labelled(scene: &Scene, event: usize) -> bool {
    drawn(scene, event) == [Drawn::Labelled]
}

/// The words of a label, without the mark.
pub(super) fn words(point: &PointMark) -> Option<(f64, f64)> {
    let label = point.label.as_ref()?;
    Some(match label.side {
        Side::Right => (point.x + LABEL_GAP, label.x1),
        Side::Left => (label.x0, point.x - LABEL_GAP),
    })
}

/// Everything in a track that meets something it must not meet.
pub(super) fn collisions(track: &TrackScene) -> Vec<String> {
    let mut found = Vec::new();
    let labels: Vec<&PointMark> = track.points.iter().filter(|point| point.label.is_some()).collect();
    for (index, a) in labels.iter().enumerate() {
        let Some(a_label) = &a.label else { continue };
        for b in &labels[index + 1..] {
            let Some(b_label) = &b.label else { continue };
            if (a.y - b.y).abs() < track.row_height - HAIR {
                if a_label.x0 < b_label.x1 - HAIR && b_label.x0 < a_label.x1 - HAIR {
                    found.push(format!("labels {} and {}", a.event, b.event));
                }
                continue;
            }
            let (high, low) = if a.y < b.y { (a, b) } else { (b, a) };
            if let Some((x0, x1)) = words(low)
                && high.x > x0 - 1.0
                && high.x < x1 + 1.0
            {
                found.push(format!("stem of {} and label {}", high.event, low.event));
            }
        }
        for count in &track.counts {
            let reach = if track.row_height < 20.0 { COUNT_REACH_COMPACT } else { COUNT_REACH };
            if (count.y - a.y).abs() < reach - HAIR
                && count.x + 12.0 > a_label.x0
                && count.x - 12.0 < a_label.x1
            {
                found.push(format!("label {} and count {:?}", a.event, count.events));
            }
        }
    }
    for (index, a) in track.spans.iter().enumerate() {
        for b in &track.spans[index + 1..] {
            if (a.y - b.y).abs() < HAIR && a.left() < b.right() - HAIR && b.left() < a.right() - HAIR {
                found.push(format!("spans {} and {}", a.event, b.event));
            }
        }
    }
    for (index, a) in track.counts.iter().enumerate() {
        for b in &track.counts[index + 1..] {
            if (a.x - b.x).abs() < 24.0 {
                found.push(format!("counts {:?} and {:?}", a.events, b.events));
            }
        }
    }
    found
}

/// Everything in a track that meets the number at one of its edges.
fn edge_collisions(track: &TrackScene, width: f64) -> Vec<String> {
    let mut found = Vec::new();
    for (beyond, right) in [(&track.earlier, false), (&track.later, true)] {
        let Some(y) = beyond.as_ref().and_then(|beyond| beyond.y) else { continue };
        let (from, to) = if right { (width - EDGE_PX, width) } else { (0.0, EDGE_PX) };
        if y < EDGE_REACH || y > track.base {
            found.push(format!("the number at {y} leaves the track"));
        }
        // Text is 7 px high to either side of its middle, labels with a second line 17.
        for point in track.points.iter().filter(|point| point.label.is_some()) {
            let (x0, x1) = words(point).unwrap_or_default();
            let (x0, x1) = (x0.min(point.x), x1.max(point.x));
            if (point.y - y).abs() < 14.0 && x0 < to && x1 > from {
                found.push(format!("label {} and the number at {from}..{to}", point.event));
            }
            if point.y < y && point.x > from && point.x < to {
                found.push(format!("stem of {} and the number at {from}..{to}", point.event));
            }
        }
        for count in &track.counts {
            if (count.y - y).abs() < 16.0 && count.x - 12.0 < to && count.x + 12.0 > from {
                found.push(format!("count {:?} and the number at {from}..{to}", count.events));
            }
        }
    }
    found
}

/// The same view, but with less of the story: `factor` above 1, about the share `at` of the width.
fn closer(view: Viewport, factor: f64, at: f64) -> Viewport {
    let secs = view.span.secs();
    let less = ((secs as f64 / factor) as i64).max(1);
    let start = view.span.start.0 + ((secs - less) as f64 * at) as i64;
    let span = TimeSpan::new(TimePoint(start), TimePoint(start + less));
    Viewport { span, ..view }
}

/// Whether the mark of an item, or any part of a span that hangs, is within the view.
fn is_reachable(plan: &Plan, index: usize, view: Viewport) -> bool {
    let item = &plan.items[index];
    if view.px_per_sec() >= item.hangs_from() {
        item.from < view.span.end.0 && item.to > view.span.start.0
    } else {
        (0.0..=view.width_px).contains(&view.x_from_time(TimePoint(item.anchor)))
            && item.from < view.span.end.0
            && item.to > view.span.start.0
    }
}

/// The farthest view of a plan, and how many rows the labels of a track take there.
fn farthest(plan: &Plan, track: usize, width_px: f64) -> (Fit, u32) {
    let fit = Fit::new(plan.fit, width_px, plan.compact);
    let of_track = plan.points.iter().zip(&plan.items).filter(|(_, item)| item.track() == track);
    let at_once = of_track.filter_map(|(placed, _)| placed.filter(|placed| placed.from_zoom <= fit.zoom));
    (fit, at_once.map(|placed| placed.spot.level + 1).max().unwrap_or(1))
}

/// Why a point has no label at a zoom: at the spot that it waits for, or at every spot that is open, it would meet a label
/// at least as important at this zoom or a closer one.
fn is_excused(plan: &Plan, index: usize, zoom: f64, width_px: f64) -> bool {
    let item = &plan.items[index];
    let meets = |spot: Spot| {
        plan.items.iter().enumerate().any(|(other, other_item)| {
            other != index
                && other_item.track == item.track
                && other_item.importance >= item.importance
                && plan.points[other]
                    .is_some_and(|there| clash::points(item, spot, other_item, there.spot) > zoom)
        })
    };
    let (fit, rows) = farthest(plan, item.track(), width_px);
    let mut choices = Vec::new();
    point_choices(item, rows, &fit, &mut choices);
    plan.points[index].is_some_and(|placed| meets(placed.spot))
        || choices.iter().all(|choice| choice.from_zoom > zoom || choice.opens > zoom || meets(choice.spot))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_two_labels_meet(case in cases(40), zoom in 0.0..1.0, at in 0.0..1.0) {
        let scene = case.plan().scene(&case.timeline, case.view(zoom, at));
        for track in &scene.tracks {
            prop_assert_eq!(collisions(track), Vec::<String>::new());
            for (x0, x1) in track.points.iter().filter_map(words) {
                prop_assert!(x0 >= 0.0 && x1 <= scene.width, "a label from {} to {} leaves the plot", x0, x1);
            }
            prop_assert_eq!(edge_collisions(track, scene.width), Vec::<String>::new());
            for span in &track.spans {
                let (x0, x1) = (span.caption_x, span.caption_x + span.caption_width);
                prop_assert!(x0 >= 0.0 && x1 <= scene.width + HAIR, "a caption from {} to {} leaves the plot", x0, x1);
            }
        }
    }

    #[test]
    fn zooming_in_never_removes_a_label(case in cases(40), zoom in 0.0..0.9, at in 0.0..1.0, factor in 1.0..30.0, about in 0.0..1.0) {
        let plan = case.plan();
        let view = case.view(zoom, at);
        let close = closer(view, factor, about);
        let (before, after) = (plan.scene(&case.timeline, view), plan.scene(&case.timeline, close));
        for (index, item) in plan.items.iter().enumerate() {
            if labelled(&before, item.event()) && is_reachable(&plan, index, close) {
                prop_assert!(labelled(&after, item.event()), "event {} lost its label", item.event());
            }
        }
    }

    #[test]
    fn the_whole_way_in_labels_only_join_and_never_meet(case in cases(30), target in 0_usize..30, at in 0.0..1.0) {
        let plan = case.plan();
        let limits = Limits::of(&case.timeline);
        let anchor = plan.items[target % plan.items.len()].anchor;
        // The steps stop where days become wide, for there the labels grow.
        let near = case.width_px / Tier::NEAR;
        let mut lengths: Vec<f64> = (0..40).map(|step| limits.fit.secs() as f64 / 1.3_f64.powi(step)).chain([near, near * 1.001]).collect();
        lengths.retain(|length| *length >= limits.min_secs as f64 && *length <= limits.fit.secs() as f64);
        lengths.sort_by(|a, b| b.total_cmp(a));
        let mut named: Vec<usize> = Vec::new();
        for length in lengths {
            let start = anchor - (length * at) as i64;
            let span = TimeSpan::new(TimePoint(start), TimePoint(start + length as i64));
            let view = Viewport { span, width_px: case.width_px };
            let scene = plan.scene(&case.timeline, view);
            for track in &scene.tracks {
                prop_assert_eq!(collisions(track), Vec::<String>::new());
            }
            for index in &named {
                let event = plan.items[*index].event();
                prop_assert!(labelled(&scene, event) || !is_reachable(&plan, *index, view), "event {} lost its label", event);
            }
            named.extend((0..plan.items.len()).filter(|index| labelled(&scene, plan.items[*index].event())));
            named.sort_unstable();
            named.dedup();
        }
    }

    #[test]
    fn panning_changes_labels_only_at_the_edges(case in cases(40), zoom in 0.0..1.0, at in 0.0..1.0, by in -0.9..0.9) {
        let plan = case.plan();
        let view = case.view(zoom, at);
        let secs = (view.span.secs() as f64 * by) as i64;
        let span = TimeSpan::new(TimePoint(view.span.start.0 + secs), TimePoint(view.span.end.0 + secs));
        let panned = Viewport { span, ..view };
        let (before, after) = (plan.scene(&case.timeline, view), plan.scene(&case.timeline, panned));
        for (index, item) in plan.items.iter().enumerate() {
            if is_reachable(&plan, index, view) && is_reachable(&plan, index, panned) {
                prop_assert_eq!(labelled(&before, item.event()), labelled(&after, item.event()), "event {}", item.event());
            }
        }
    }

    #[test]
    fn the_picture_depends_on_the_view_alone(case in cases(30), zoom in 0.0..1.0, at in 0.0..1.0, other in 0.0..1.0) {
        let plan = case.plan();
        let view = case.view(zoom, at);
        let first = plan.scene(&case.timeline, view);
        plan.scene(&case.timeline, case.view(other, at));
        prop_assert_eq!(&first, &plan.scene(&case.timeline, view));
        prop_assert_eq!(&first, &case.plan().scene(&case.timeline, view));
    }

    #[test]
    fn every_event_in_view_is_drawn_once(case in cases(40), zoom in 0.0..1.0, at in 0.0..1.0) {
        let view = case.view(zoom, at);
        let scene = case.plan().scene(&case.timeline, view);
        for (index, event) in case.timeline.events.iter().enumerate() {
            let extent = event.date.extent();
            let in_view = extent.start < view.span.end && extent.end > view.span.start;
            prop_assert_eq!(drawn(&scene, index).len(), usize::from(in_view), "event {}: {:?}", index, drawn(&scene, index));
        }
        for count in scene.tracks.iter().flat_map(|track| &track.counts) {
            prop_assert!(count.count >= 2);
        }
        let elsewhere = |view: Viewport| {
            let extents = || case.timeline.events.iter().map(|event| event.date.extent());
            (extents().filter(|extent| extent.end <= view.span.start).count(), extents().filter(|extent| extent.start >= view.span.end).count())
        };
        if case.matches.is_none() {
            let told = |side: fn(&TrackScene) -> Option<&crate::layout::Beyond>| scene.tracks.iter().filter_map(side).map(|beyond| beyond.count).sum::<usize>();
            prop_assert_eq!((told(|track| track.earlier.as_ref()), told(|track| track.later.as_ref())), elsewhere(view));
        }
    }

    #[test]
    fn importance_decides(case in cases(40), zoom in 0.0..1.0) {
        let plan = case.plan();
        let zoom = case.view(zoom, 0.0).px_per_sec();
        for (index, item) in plan.items.iter().enumerate() {
            let is_point = item.standing() && zoom < item.hangs_from();
            if is_point && plan.points[index].is_none_or(|placed| placed.from_zoom > zoom) {
                prop_assert!(is_excused(&plan, index, zoom, case.width_px), "event {} has no label for no reason", item.event());
            }
        }
    }

    #[test]
    fn the_most_important_is_always_labelled(case in cases(40), zoom in 0.0..1.0, at in 0.0..1.0) {
        let plan = case.plan();
        let view = case.view(zoom, at);
        let scene = plan.scene(&case.timeline, view);
        for track in 0..case.timeline.tracks.len() {
            let standing = || plan.items.iter().enumerate().filter(|(_, item)| item.track() == track && item.standing());
            let most = standing().map(|(_, item)| item.importance).max();
            let top: Vec<(usize, &crate::layout::item::Item)> = standing().filter(|(_, item)| Some(item.importance) == most).collect();
            if let [(index, item)] = top[..]
                && is_reachable(&plan, index, view)
            {
                prop_assert!(labelled(&scene, item.event()), "event {}", item.event());
            }
        }
        if let Some(chosen) = plan.chosen
            && is_reachable(&plan, chosen, view)
        {
            prop_assert!(labelled(&scene, plan.items[chosen].event()));
        }
    }

    #[test]
    fn tracks_fill_the_height_without_gaps(case in cases(30), zoom in 0.0..1.0, at in 0.0..1.0) {
        let scene = case.plan().scene(&case.timeline, case.view(zoom, at));
        let mut top = 0.0;
        for track in &scene.tracks {
            prop_assert!((track.top - top).abs() < HAIR);
            prop_assert!(track.base > 0.0 && track.base < track.height);
            for point in &track.points {
                prop_assert!(point.y >= 0.0 && point.y <= track.base);
            }
            top += track.height;
        }
        prop_assert!((scene.height - top).abs() < HAIR);
        prop_assert!(scene.height >= case.height_px - HAIR);
    }
}

/// How many events of a scene that may have a label are shown one by one, and how many are counted.
fn shown_and_counted(scene: &Scene) -> (Vec<usize>, usize) {
    let tracks = || scene.tracks.iter();
    let points = tracks().flat_map(|track| &track.points).map(|point| (point.event, point.emphasis));
    let spans = tracks().flat_map(|track| &track.spans).map(|span| (span.event, span.emphasis));
    let lying = tracks().flat_map(|track| &track.feet).filter(|foot| foot.lying);
    let all = points.chain(spans).chain(lying.map(|foot| (foot.event, foot.emphasis)));
    let mut shown: Vec<usize> =
        all.filter(|(_, emphasis)| *emphasis != Emphasis::Off).map(|(event, _)| event).collect();
    shown.sort_unstable();
    (shown, tracks().flat_map(|track| &track.counts).map(|count| count.count).sum())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn in_a_crowd_each_event_is_shown_or_counted_once(case in crowds(), zoom in 0.0..1.0, at in 0.0..1.0) {
        let plan = case.plan();
        let view = case.view(zoom, at);
        let scene = plan.scene(&case.timeline, view);
        let (shown, counted) = shown_and_counted(&scene);
        let in_view = |item: &&crate::layout::item::Item| item.standing() && item.from < view.span.end.0 && item.to > view.span.start.0;
        let expected: Vec<usize> = plan.items.iter().filter(in_view).map(crate::layout::item::Item::event).collect();
        let mut once = shown.clone();
        once.dedup();
        prop_assert_eq!(&once, &shown, "an event is shown twice");
        prop_assert!(shown.iter().all(|event| expected.contains(event)), "an event is shown that is not in view");
        prop_assert_eq!(shown.len() + counted, expected.len());
        for count in scene.tracks.iter().flat_map(|track| &track.counts) {
            prop_assert!(count.count >= 2);
            prop_assert!(count.events.iter().all(|event| !shown.contains(event) && expected.contains(event)), "{:?}", count);
            prop_assert!(count.events.len() == count.count.min(200) || (count.count > 200 && !count.inseparable), "{:?}", count);
        }
        let elsewhere = |beyond: fn(&crate::layout::item::Item, Viewport) -> bool| {
            let counted = plan.items.iter().filter(|item| (item.standing() || case.matches.is_none()) && beyond(item, view));
            counted.count()
        };
        let told = [&scene.tracks[0].earlier, &scene.tracks[0].later].map(|beyond| beyond.as_ref().map_or(0, |beyond| beyond.count));
        prop_assert_eq!(told, [elsewhere(|item, view| item.to <= view.span.start.0), elsewhere(|item, view| item.from >= view.span.end.0)]);
    }

    #[test]
    fn in_a_crowd_nothing_meets_and_labels_stay(case in crowds(), zoom in 0.0..0.9, at in 0.0..1.0, factor in 1.0..30.0, about in 0.0..1.0) {
        let plan = case.plan();
        let view = case.view(zoom, at);
        let close = closer(view, factor, about);
        let (before, after) = (plan.scene(&case.timeline, view), plan.scene(&case.timeline, close));
        for track in before.tracks.iter().chain(&after.tracks) {
            prop_assert_eq!(collisions(track), Vec::<String>::new());
            prop_assert_eq!(edge_collisions(track, before.width), Vec::<String>::new());
        }
        for (index, item) in plan.items.iter().enumerate() {
            if labelled(&before, item.event()) && is_reachable(&plan, index, close) {
                prop_assert!(labelled(&after, item.event()), "event {} lost its label", item.event());
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_seen_of_a_track_stands_where_it_does_if_others_are_left_out(
        case in prop_oneof![cases(40), crowds()],
        zoom in 0.1..1.0,
        at in 0.0..1.0,
        far in any::<u8>(),
    ) {
        let plan = case.plan();
        let view = case.view(zoom, at);
        let whole = plan.scene(&case.timeline, view);
        let is_far: Vec<bool> = (0..whole.tracks.len()).map(|track| far >> (track % 8) & 1 == 1).collect();
        let near = plan.scene_near(&case.timeline, view, &is_far);
        prop_assert_eq!((near.tier, near.width, &near.eras), (whole.tier, whole.width, &whole.eras));
        let spans = |track: &TrackScene| -> Vec<(usize, f64, f64)> {
            track.spans.iter().map(|span| (span.event, span.caption_x, span.caption_width)).collect()
        };
        for ((all, some), is_far) in whole.tracks.iter().zip(&near.tracks).zip(is_far) {
            prop_assert_eq!(all.track, some.track);
            prop_assert_eq!(spans(some), if is_far { Vec::new() } else { spans(all) });
        }
    }

    #[test]
    fn what_lies_beside_a_view_changes_nothing_in_it(
        case in prop_oneof![cases(40), crowds()],
        zoom in 0.1..1.0,
        at in 0.0..1.0,
        left in 0.0..1.0,
        right in 0.1..1.0,
    ) {
        let plan = case.plan();
        let view = case.view(zoom, at);
        let plain = plan.scene(&case.timeline, view);
        let wide = plan.scene_beside(&case.timeline, view, (left * view.width_px, right * view.width_px));
        prop_assert!((wide.height - plain.height).abs() < HAIR);
        for (alone, joined) in plain.tracks.iter().zip(&wide.tracks) {
            prop_assert_eq!((alone.top, alone.height, alone.base), (joined.top, joined.height, joined.base));
            prop_assert_eq!((&alone.earlier, &alone.later), (&joined.earlier, &joined.later));
            prop_assert_eq!(collisions(joined), Vec::<String>::new());
            let place = |point: &PointMark| (point.event, point.x, point.y, point.label.as_ref().map(|label| label.side));
            for point in &alone.points {
                prop_assert!(joined.points.iter().any(|other| place(other) == place(point)), "{:?}", point);
            }
            let caption = |span: &SpanMark| (span.event, span.y, span.caption_width, if span.caption_width > 0.0 { span.caption_x } else { 0.0 });
            for span in &alone.spans {
                prop_assert!(joined.spans.iter().any(|other| caption(other) == caption(span)), "{:?}", span);
            }
            for count in &alone.counts {
                prop_assert!(joined.counts.iter().any(|other| CountMark { y: count.y, ..other.clone() } == *count), "{:?}", count);
            }
            for foot in &alone.feet {
                prop_assert!(joined.feet.iter().any(|other| (other.event, other.lying) == (foot.event, foot.lying)), "{:?}", foot);
            }
            let is_inside = |x: f64| (-1.0..=view.width_px + 1.0).contains(&x);
            let inside = joined.points.iter().filter(|point| is_inside(point.x)).count();
            prop_assert_eq!(inside, alone.points.len());
        }
    }
}

/// No count stands for marks over more than this: a whole cell and what the shorter ones at its sides have.
const WIDEST_COUNT: f64 = 128.0 + 2.0 * 32.0;

/// As far from the edges counts are what they are, wherever the edges lie.
const COUNT_MARGIN: f64 = WIDEST_COUNT + 8.0;

/// The counts of a scene between two places, from their first event to their last. They stand in the middle of these.
fn inner_counts(scene: &Scene, from: f64, to: f64) -> Vec<(usize, usize, usize)> {
    let counts =
        scene.tracks.iter().flat_map(|track| &track.counts).filter(|count| count.x > from && count.x < to);
    counts.map(|count| (count.ends.0, count.ends.1, count.count)).collect()
}

#[test]
fn a_row_of_marks_has_counts_that_stay_while_one_pans() {
    // An event on each day in one track: at 3 px a day two labels have more than 100 days between them.
    let seed = |day: i64| Seed {
        track: 0,
        importance: 3,
        title: 1,
        start: day * DAY,
        wide: DAY,
        lasts: None,
        vague: false,
    };
    let seeds: Vec<Seed> = (0..4000).map(seed).collect();
    let case = Case {
        timeline: timeline_of(&seeds, 1),
        width_px: 1200.0,
        height_px: 120.0,
        compact: false,
        selection: None,
        matches: None,
        hidden_tracks: Vec::new(),
    };
    let plan = case.plan();
    let scene = |day: i64| {
        let span = TimeSpan::new(TimePoint(day * DAY), TimePoint((day + 400) * DAY));
        plan.scene(&case.timeline, Viewport { span, width_px: 1200.0 })
    };
    let before = scene(1800);
    let counts = inner_counts(&before, COUNT_MARGIN, 1200.0 - COUNT_MARGIN);
    assert!((6..16).contains(&counts.len()), "{counts:?}");
    assert!(counts.iter().all(|(first, last, _)| (last - first) as f64 * 3.0 <= WIDEST_COUNT), "{counts:?}");
    for by in [1, 7, 20, 33] {
        let px = 3.0 * by as f64;
        assert_eq!(
            inner_counts(&before, COUNT_MARGIN + px, 1200.0 - COUNT_MARGIN),
            inner_counts(&scene(1800 + by), COUNT_MARGIN, 1200.0 - COUNT_MARGIN - px),
            "{by} days"
        );
    }
}

#[test]
fn the_laws_are_tested_on_views_with_labels_and_counts() {
    // Guards the generator: a story of one day in one track has a count, a label and rows.
    let seeds: Vec<super::support::Seed> = (0..9)
        .map(|title| super::support::Seed {
            track: 0,
            importance: 3,
            title,
            start: 0,
            wide: 86_400,
            lasts: None,
            vague: false,
        })
        .collect();
    let timeline = super::support::timeline_of(&seeds, 1);
    let case = Case {
        timeline,
        width_px: 600.0,
        height_px: 120.0,
        compact: false,
        selection: None,
        matches: None,
        hidden_tracks: Vec::new(),
    };
    let scene = case.plan().scene(&case.timeline, case.view(0.0, 0.0));
    let labels = scene.tracks[0].points.iter().filter(|point| point.label.is_some()).count();
    assert_eq!((labels, scene.tracks[0].counts.len()), (4, 1));
}
