//! What finds the best spots in tracks of many events, where [`super::rest`] would look at more than it need.
//!
//! The answers are the same. What a search reads of those who are placed lies together, in the order of time, and most of
//! them are passed over for a comparison: only who could keep a label waiting for longer than its best spot so far is
//! looked at in full.

use super::Side;
use super::clash::{self, Spot, Ways};
use super::fit::Fit;
use super::item::{Item, Widths};
use super::plan::{MAX_ROWS, opens, point_sides};
use super::rest::{Bits, Choice, Placed, SHARED_LEVELS};
use crate::order::{by_key, key_of};

/// Who is placed in a track, in the order of its line.
pub(super) trait Finder {
    /// The one at this place has a label from now on.
    fn insert(&mut self, at: usize, placed: Placed);

    /// It has none any more.
    fn remove(&mut self, at: usize);

    /// The best spot of the one at this place, where nobody less important is placed; none if its label is of no use by the
    /// time it would be shown.
    fn best(&mut self, at: usize) -> Option<Placed>;
}

/// None where they are few.
pub(super) type AnyFinder<'a> = Option<Box<dyn Finder + 'a>>;

/// A point as its neighbours see it.
#[derive(Clone, Copy)]
struct Seat {
    anchor: i64,
    /// The zoom from which its label is shown; infinite while there is none.
    zoom: f64,
    hangs_from: f64,
    widths: [f32; 2],
    level: u8,
    side: Side,
}

impl Seat {
    fn label(&self) -> Widths {
        Widths { far: self.widths[0].into(), near: self.widths[1].into() }
    }
}

/// Seats of a group, and groups of a group of groups.
const GROUP: usize = 16;

/// A hair is left for rounding where somebody is passed over.
const HAIR: f64 = 1.0 + 1e-9;

/// The points of a track.
pub(super) struct Points {
    fit: Fit,
    /// By level, when it opens.
    opens: [f64; MAX_ROWS as usize],
    closest: f64,
    seats: Vec<Seat>,
    /// The least zoom of each group, of each group of groups, and so on, or of what was among them.
    least: Vec<Vec<f64>>,
    /// Of the widest label.
    widest: f64,
}

impl Points {
    /// Of the items at these indices, which stand in the order of time.
    pub(super) fn new(items: &[Item], order: &[usize], rows: u32, fit: Fit, closest: f64) -> Self {
        let seat = |index: &usize| {
            let item = &items[*index];
            Seat {
                anchor: item.anchor,
                zoom: f64::INFINITY,
                hangs_from: item.hangs_from(),
                widths: [item.widths[0], item.widths[1]],
                level: 0,
                side: Side::Right,
            }
        };
        let seats: Vec<Seat> = order.iter().map(seat).collect();
        let mut least = Vec::new();
        let mut groups = seats.len();
        while groups > 1 {
            groups = groups.div_ceil(GROUP);
            least.push(vec![f64::INFINITY; groups]);
        }
        let widest = seats.iter().map(|seat| seat.label().near).fold(0.0, f64::max);
        let opens = std::array::from_fn(|level| opens(level as u32, rows, &fit));
        Self { fit, opens, closest, seats, least, widest }
    }

    /// From a place on, or back from before it, the next whose label may meet one at `anchor` where both are shown, at a zoom
    /// above `zoom`. Labels of both together are at most `reach` wide, and `own` is what the one and all gaps take of it.
    fn next<const LATER: bool>(
        &self,
        place: &mut usize,
        anchor: i64,
        own: f64,
        zoom: f64,
    ) -> Option<(&Seat, i64)> {
        let reach = (own + self.widest) * HAIR;
        let gap = |at: usize| {
            let other = self.seats[at].anchor;
            if LATER { other - anchor } else { anchor - other }
        };
        loop {
            let at = if LATER { *place } else { place.checked_sub(1)? };
            let seat = self.seats.get(at)?;
            let secs = gap(at);
            if zoom * secs as f64 > reach {
                return None;
            }
            // Where a group begins, seen from here, it is passed over as a whole if nobody of it is shown in time.
            let mut size = 1;
            for least in &self.least {
                let group = size * GROUP;
                let begins = if LATER { at % group == 0 } else { at % group == group - 1 };
                if !begins || least[at / group] * secs as f64 <= reach {
                    break;
                }
                size = group;
            }
            *place = if LATER { at + size } else { at + 1 - size };
            let both = (own + f64::from(seat.widths[1])) * HAIR;
            if size == 1 && seat.zoom.max(zoom) * secs as f64 <= both {
                return Some((seat, secs));
            }
        }
    }
}

impl Finder for Points {
    fn insert(&mut self, at: usize, placed: Placed) {
        let seat = &mut self.seats[at];
        (seat.zoom, seat.level, seat.side) = (placed.from_zoom, placed.spot.level as u8, placed.spot.side);
        let mut group = at;
        for least in &mut self.least {
            group /= GROUP;
            if least[group] <= placed.from_zoom {
                break;
            }
            least[group] = placed.from_zoom;
        }
    }

    fn remove(&mut self, at: usize) {
        self.seats[at].zoom = f64::INFINITY;
    }

    fn best(&mut self, at: usize) -> Option<Placed> {
        let own = self.seats[at];
        let until = own.hangs_from.min(self.closest);
        // By side and level, the zoom from which a label there can be shown.
        let mut due = [[0.0_f64; MAX_ROWS as usize]; 2];
        let sides = point_sides(own.anchor, own.label(), &self.fit);
        for (due, (_, from_zoom, side_opens)) in due.iter_mut().zip(sides) {
            for (due, opens) in due.iter_mut().zip(self.opens) {
                *due = opens.max(side_opens).max(from_zoom);
            }
        }
        let soonest = |due: &[[f64; MAX_ROWS as usize]; 2]| {
            due.as_flattened()
                .iter()
                .fold(f64::INFINITY, |least, due| if *due < least { *due } else { least })
        };
        let mut zoom = soonest(&due);
        let reach = own.label().near + clash::MOST_BETWEEN;
        let (mut below, mut above) = (at, at + 1);
        let (mut is_below, mut is_above) = (true, true);
        while is_below || is_above {
            let earlier =
                if is_below { self.next::<false>(&mut below, own.anchor, reach, zoom) } else { None };
            let later = if is_above { self.next::<true>(&mut above, own.anchor, reach, zoom) } else { None };
            (is_below, is_above) = (earlier.is_some(), later.is_some());
            for (found, facing) in [(earlier, Side::Left), (later, Side::Right)] {
                let Some((there, secs)) = found else { continue };
                let hangs_from = own.hangs_from.min(there.hangs_from);
                // Where the other only appears once the two are clear, it does not stand in the way.
                let waits = |clear: f64| {
                    let clear = clear.min(hangs_from);
                    if there.zoom < clear { clear } else { 0.0 }
                };
                let faces = there.side != facing;
                let Ways { same, other_same, higher, lower } =
                    Ways::new(secs, own.label(), there.label(), faces);
                let [same, other_same, higher, lower] = [same, other_same, higher, lower].map(waits);
                let level = usize::from(there.level);
                let raise = |due: &mut f64, to: f64| {
                    if *due < to {
                        *due = to;
                    }
                };
                let (mut facing_due, mut other_due) = due.split_at_mut(1);
                if facing == Side::Left {
                    (facing_due, other_due) = (other_due, facing_due);
                }
                let (facing_due, other_due) = (&mut facing_due[0], &mut other_due[0]);
                facing_due[..level].iter_mut().for_each(|due| raise(due, lower));
                raise(&mut facing_due[level], same);
                raise(&mut other_due[level], other_same);
                for due in [facing_due, other_due] {
                    due[level + 1..].iter_mut().for_each(|due| raise(due, higher));
                }
                zoom = soonest(&due);
            }
            if zoom >= until {
                return None;
            }
        }
        let first = due.as_flattened().iter().position(|due| *due <= zoom)?;
        Some(Placed {
            spot: Spot { level: (first % due[0].len()) as u32, side: sides[first / due[0].len()].0 },
            from_zoom: zoom,
        })
    }
}

/// A span, and where its caption is while it has one.
struct Rule {
    item: Item,
    placed: Option<Placed>,
}

/// The spans of a track. In one level none overlaps another, so that whoever is nearest in it is next to one.
pub(super) struct Spans<'a> {
    choices: &'a dyn Fn(usize, &mut Vec<Choice>),
    /// By place in the line, the index of the item and its place among the rules.
    places: Vec<(usize, u32)>,
    /// In the order in which they begin.
    rules: Vec<Rule>,
    /// By level, whose caption is in it.
    levels: [Bits; SHARED_LEVELS as usize],
    /// Of the widest caption.
    widest: f64,
    room: Vec<Choice>,
}

impl<'a> Spans<'a> {
    /// Of the items at these indices. `choices` appends the spots of one.
    pub(super) fn new(items: &[Item], order: &[usize], choices: &'a dyn Fn(usize, &mut Vec<Choice>)) -> Self {
        let by_start = by_key(order.len(), &|at| key_of(items[order[at]].from));
        let mut places: Vec<(usize, u32)> = order.iter().map(|index| (*index, 0)).collect();
        for (place, at) in by_start.iter().enumerate() {
            places[*at as usize].1 = place as u32;
        }
        let rules: Vec<Rule> =
            by_start.iter().map(|at| Rule { item: items[order[*at as usize]], placed: None }).collect();
        let widest = rules.iter().map(|rule| rule.item.caption().near).fold(0.0, f64::max);
        let levels = std::array::from_fn(|_| Bits::new(order.len()));
        Self { choices, places, rules, levels, widest, room: Vec::new() }
    }

    /// The zoom from which a span has room in a spot, or one that is not below `enough`.
    fn due(&self, place: usize, choice: &Choice, enough: f64) -> f64 {
        let mut due = choice.from_zoom.max(choice.opens);
        let Some(level) = self.levels.get(choice.spot.level as usize) else { return due };
        let item = &self.rules[place].item;
        let reach = (item.caption().near + self.widest + clash::MOST_FIXED) * HAIR;
        // The nearest first, on both sides by turns.
        let (mut below, mut above) = (level.before(place), level.after(place + 1));
        while due < enough && (below.is_some() || above.is_some()) {
            for (at, is_below) in [(&mut below, true), (&mut above, false)] {
                let Some(there) = *at else { continue };
                let Rule { item: other, placed: Some(placed) } = &self.rules[there] else { continue };
                let gap = if is_below { item.from - other.to } else { other.from - item.to };
                if gap > 0 && due * gap as f64 > reach {
                    *at = None;
                    continue;
                }
                let clear = clash::spans(item, choice.spot, other, placed.spot);
                // Where the other only appears once the two are clear, it does not stand in the way.
                if placed.from_zoom < clear {
                    due = due.max(clear);
                }
                *at = if is_below { level.before(there) } else { level.after(there + 1) };
            }
        }
        due
    }
}

impl Finder for Spans<'_> {
    fn insert(&mut self, at: usize, placed: Placed) {
        let place = self.places[at].1 as usize;
        self.rules[place].placed = Some(placed);
        if let Some(level) = self.levels.get_mut(placed.spot.level as usize) {
            level.insert(place);
        }
    }

    fn remove(&mut self, at: usize) {
        let place = self.places[at].1 as usize;
        if let Some(placed) = self.rules[place].placed.take()
            && let Some(level) = self.levels.get_mut(placed.spot.level as usize)
        {
            level.remove(place);
        }
    }

    fn best(&mut self, at: usize) -> Option<Placed> {
        let (index, place) = self.places[at];
        let mut room = std::mem::take(&mut self.room);
        room.clear();
        (self.choices)(index, &mut room);
        let mut best = None;
        let mut soonest = f64::INFINITY;
        for choice in &room {
            let due = self.due(place as usize, choice, soonest);
            if due < soonest {
                soonest = due;
                best = Some(Placed { spot: choice.spot, from_zoom: due });
            }
        }
        self.room = room;
        best
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::layout::fit::caption_side;
    use crate::layout::plan::{Plan, point_choices};
    use crate::layout::rest::Field;
    use crate::layout::tests::support::{cases, crowds};

    /// The first track of a plan as it is at the farthest zoom: who may have a label, and who has.
    fn farthest(plan: &Plan, fit: &Fit, labels: &[Option<Placed>]) -> (Vec<usize>, Vec<Option<Placed>>) {
        let stands = |index: &usize| plan.items[*index].track() == 0 && plan.items[*index].standing();
        let at_once = |placed: &Option<Placed>| placed.filter(|placed| placed.from_zoom <= fit.zoom);
        ((0..plan.items.len()).filter(stands).collect(), labels.iter().map(at_once).collect())
    }

    /// The points of a track with so many rows, looked for in one way or the other.
    fn points(plan: &Plan, fit: &Fit, rows: u32, many: bool) -> Vec<Option<Placed>> {
        let (mut members, mut placed) = farthest(plan, fit, &plan.points);
        let items = &plan.items;
        members.retain(|index| items[*index].hangs_from() > fit.zoom);
        let widest = members.iter().map(|index| items[*index].label().near).fold(0.0, f64::max);
        let points = |order: &[usize]| {
            many.then(|| Box::new(Points::new(items, order, rows, *fit, plan.closest)) as Box<dyn Finder>)
        };
        let field = Field {
            items,
            clash: clash::points,
            extent: |item| (item.anchor, item.anchor),
            reach: 2.0 * widest + clash::MOST_BETWEEN,
            choices: &|index, choices| point_choices(&items[index], rows, fit, choices),
            until: &|item| item.hangs_from().min(plan.closest),
            finder: &points,
        };
        field.settle(&mut placed, &members);
        placed
    }

    /// Its spans, of which every third may have a level of its own.
    fn spans(plan: &Plan, fit: &Fit, many: bool) -> Vec<Option<Placed>> {
        let (mut members, mut placed) = farthest(plan, fit, &plan.spans);
        let items = &plan.items;
        members.retain(|index| items[*index].interval());
        let widest = members.iter().map(|index| items[*index].caption().near).fold(0.0, f64::max);
        let choices = |index: usize, choices: &mut Vec<Choice>| {
            let (item, own) = (&items[index], index.is_multiple_of(3));
            let levels = (0..SHARED_LEVELS).chain(own.then_some(SHARED_LEVELS + index as u32));
            choices.extend(levels.map(|level| Choice {
                spot: Spot { level, side: caption_side(item, fit) },
                from_zoom: item.hangs_from(),
                opens: opens(level, if own { SHARED_LEVELS } else { 2 }, fit),
            }));
        };
        let spans =
            |order: &[usize]| many.then(|| Box::new(Spans::new(items, order, &choices)) as Box<dyn Finder>);
        let field = Field {
            items,
            clash: clash::spans,
            extent: |item| (item.from, item.to),
            reach: 2.0 * widest + clash::MOST_FIXED,
            choices: &choices,
            until: &|_| f64::INFINITY,
            finder: &spans,
        };
        field.settle(&mut placed, &members);
        placed
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn many_find_the_same_spots_as_few(case in prop_oneof![cases(60), crowds()], rows in 1_u32..5) {
            let plan = case.plan();
            let fit = Fit::new(plan.fit, case.width_px, plan.compact);
            prop_assert_eq!(points(&plan, &fit, rows, true), points(&plan, &fit, rows, false));
            prop_assert_eq!(spans(&plan, &fit, true), spans(&plan, &fit, false));
        }
    }
}
