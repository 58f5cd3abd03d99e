//! Choosing an event in a plan that is too large to be made anew for it.

use super::Side;
use super::TextMeasurer;
use super::clash::Spot;
use super::item::{self, Item, SELECTED_IMPORTANCE, STANDING};
use super::plan::{Plan, PlanInput};
use super::rest::Placed;

/// Where the chosen event stands at a zoom at which it has no label by itself: above, or below, all others.
const OUTERMOST: Placed = Placed { spot: Spot { level: u32::MAX >> 1, side: Side::Right }, from_zoom: 0.0 };

impl Plan {
    /// Where an item stands for being chosen in a plan that was not made for it.
    pub(super) fn raised(&self, index: usize) -> Option<Placed> {
        self.before.is_some_and(|(chosen, _)| chosen == index).then_some(OUTERMOST)
    }

    /// Brings out the event that the input says is chosen, and its links, instead of the one before. Only that one event gets a
    /// label, in a row of its own unless it has one already; nobody else is moved. `input` is that of the plan, but for the
    /// selection.
    pub fn choose(&mut self, input: &PlanInput<'_>, measurer: &dyn TextMeasurer) {
        if let Some((index, item)) = self.before.take() {
            self.items[index] = item;
        }
        self.selected = input.selection.is_some();
        let views = input.selection.map_or_else(Vec::new, |event| input.timeline.links_of(event));
        let of_event = |event| item::of_event(&self.items, event);
        let links = views.iter().filter_map(|link| Some((of_event(link.other)?, link.group))).collect();
        self.chosen = input.selection.and_then(of_event);
        self.links = links;
        let Some(index) = self.chosen else { return };
        let item = self.items[index];
        self.before = Some((index, item));
        let event = &input.timeline.events[item.event()];
        self.items[index] = Item {
            widths: item::widths(
                event,
                SELECTED_IMPORTANCE,
                input,
                &mut item::date_width(input, measurer),
                measurer,
            ),
            importance: SELECTED_IMPORTANCE,
            flags: item.flags | STANDING,
            ..item
        };
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::layout::tests::support::{Case, cases, crowds};
    use crate::layout::{ApproximateMeasurer, Emphasis, Scene};

    /// The events that are labelled, each with how it stands.
    fn labelled(scene: &Scene) -> Vec<(usize, Emphasis)> {
        let tracks = scene.tracks.iter();
        let mut all: Vec<_> = tracks
            .flat_map(|track| {
                let points = track.points.iter().filter(|point| point.label.is_some());
                let spans = track.spans.iter().map(|span| (span.event, span.emphasis));
                points.map(|point| (point.event, point.emphasis)).chain(spans)
            })
            .collect();
        all.sort_by_key(|(event, _)| *event);
        all
    }

    proptest! {
        #[test]
        fn the_chosen_event_is_labelled_and_nobody_else_comes_or_goes(
            case in prop_oneof![3 => cases(12), 1 => crowds()],
            choice in any::<proptest::sample::Index>(),
            (zoom, at) in (0.0..1.0, 0.0..1.0),
        ) {
            let case = Case { selection: None, ..case };
            let before = case.plan();
            let mut plan = before.clone();
            let chosen = choice.index(case.timeline.events.len());
            let viewport = case.view(zoom, at);
            plan.choose(&Case { selection: Some(chosen), ..case.clone() }.input(), &ApproximateMeasurer);
            let scene = plan.scene(&case.timeline, viewport);
            let (first, now) = (labelled(&before.scene(&case.timeline, viewport)), labelled(&scene));
            let others = |all: &[(usize, Emphasis)]| -> Vec<usize> {
                all.iter().map(|(event, _)| *event).filter(|event| *event != chosen).collect()
            };
            prop_assert_eq!(others(&first), others(&now));
            let links = case.timeline.links_of(chosen);
            for (event, emphasis) in &now {
                let link = links.iter().find(|link| link.other == *event);
                prop_assert_eq!(*emphasis, match link {
                    _ if *event == chosen => Emphasis::Selected,
                    Some(link) => Emphasis::Linked(link.group),
                    None => Emphasis::Dimmed,
                });
            }
            let anchor = case.timeline.events.outline(chosen).anchor;
            prop_assert!(!viewport.span.contains(anchor) || now.iter().any(|(event, _)| *event == chosen));
            plan.choose(&case.input(), &ApproximateMeasurer);
            prop_assert_eq!(plan, before);
        }
    }
}
