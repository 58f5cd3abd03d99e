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

    /// Where its label is and from which zoom on.
    fn placed(&self, at: usize) -> Option<Placed>;

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
    /// The zoom from which it has a label, infinite while it has none.
    zoom: f64,
    widths: [f32; 2],
    level: u8,
    side: Side,
    /// It is a span, and [`Points::hang_from`] tells from when on.
    hangs: bool,
}

impl Seat {
    fn label(&self) -> Widths {
        Widths { far: self.widths[0].into(), near: self.widths[1].into() }
    }
}

/// Seats of a group, and groups of a group of groups.
const GROUP: usize = 4;

/// A hair is left for rounding where somebody is passed over.
const HAIR: f64 = 1.0 + 1e-9;

const LEVELS: usize = MAX_ROWS as usize;

/// One who looks for a spot.
struct Search {
    anchor: i64,
    label: Widths,
    hangs_from: f64,
    /// By side and level, the zoom from which a label there can be shown, as far as is known.
    due: [[f64; LEVELS]; 2],
    /// The least of these.
    soonest: f64,
}

impl Search {
    /// How wide the label is with the gaps at both.
    fn own(&self) -> f64 {
        self.label.near + clash::MOST_BETWEEN
    }

    /// Puts off what a seat on the side `facing` keeps waiting, which hangs from `hangs_from` on.
    fn meet(&mut self, there: &Seat, hangs_from: f64, facing: Side) {
        let secs = (there.anchor - self.anchor).abs();
        let hangs_from = hangs_from.min(self.hangs_from);
        let ways = Ways::new(secs, self.label, there.label(), there.side != facing);
        let level = usize::from(there.level);
        let (this, other) = if facing == Side::Right { (0, 1) } else { (1, 0) };
        // Nothing is due sooner, nor is the other shown.
        let before = self.soonest.max(there.zoom);
        let (soonest, mut is_later) = (self.soonest, false);
        let mut put_off = |side: usize, from: usize, to: usize, clear: f64| {
            let clear = clear.min(hangs_from);
            if clear > before {
                for due in &mut self.due[side][from..to] {
                    is_later |= *due <= soonest;
                    *due = due.max(clear);
                }
            }
        };
        put_off(this, level, level + 1, ways.same);
        put_off(other, level, level + 1, ways.other_same);
        put_off(this, 0, level, ways.lower);
        put_off(this, level + 1, LEVELS, ways.higher);
        put_off(other, level + 1, LEVELS, ways.higher);
        if is_later {
            self.soonest = least_of(&self.due);
        }
    }
}

fn least_of(due: &[[f64; LEVELS]; 2]) -> f64 {
    due.as_flattened().iter().fold(f64::INFINITY, |least, due| if *due < least { *due } else { least })
}

/// The points of a track.
pub(super) struct Points {
    fit: Fit,
    closest: f64,
    /// By level, when it opens.
    opens: [f64; LEVELS],
    /// Of the widest label.
    widest: f64,
    /// In groups, of which the last is filled up with seats that stay empty.
    groups: Vec<[Seat; GROUP]>,
    /// By seat, the zoom from which it hangs as a span.
    hang_from: Vec<f64>,
    /// The least zoom of each group, of each group of groups, and so on.
    least: Vec<Vec<f64>>,
}

impl Points {
    /// Of the items at these indices, which stand in the order of time.
    pub(super) fn new(items: &[Item], order: &[usize], rows: u32, fit: Fit, closest: f64) -> Self {
        // All that is read of an item is read at once.
        let mut widest = 0.0_f64;
        let mut hang_from = Vec::with_capacity(order.len() + GROUP);
        let mut seat = |index: usize| {
            let item = &items[index];
            hang_from.push(item.hangs_from());
            widest = widest.max(item.label().near);
            Seat {
                anchor: item.anchor,
                zoom: f64::INFINITY,
                widths: [item.widths[0], item.widths[1]],
                level: 0,
                side: Side::Right,
                hangs: item.interval(),
            }
        };
        let groups = order.chunks(GROUP);
        let groups: Vec<[Seat; GROUP]> =
            groups.map(|few| std::array::from_fn(|at| seat(few[at.min(few.len() - 1)]))).collect();
        let mut least = Vec::new();
        let mut count = order.len();
        while count > 1 {
            count = count.div_ceil(GROUP);
            least.push(vec![f64::INFINITY; count]);
        }
        let opens = std::array::from_fn(|level| opens(level as u32, rows, &fit));
        Self { fit, closest, opens, widest, groups, hang_from, least }
    }

    fn seat(&self, at: usize) -> &Seat {
        &self.groups[at / GROUP][at % GROUP]
    }

    fn hangs_from(&self, at: usize) -> f64 {
        if self.seat(at).hangs { self.hang_from[at] } else { f64::INFINITY }
    }

    /// The first group from this one on, or back from it, with somebody who may be shown early enough to keep one waiting.
    fn near(&self, search: &Search, mut group: usize, is_later: bool) -> Option<usize> {
        let reach = (search.own() + self.widest) * HAIR;
        loop {
            let seats = self.groups.get(group)?;
            let secs = if is_later {
                seats[0].anchor - search.anchor
            } else {
                search.anchor - seats[GROUP - 1].anchor
            };
            let is_near = |zoom: f64| zoom * secs as f64 <= reach;
            if !is_near(search.soonest) {
                return None;
            }
            if is_near(self.least[0][group]) {
                return Some(group);
            }
            // Groups of groups are passed over where they begin, seen from here.
            let begin = if is_later { group } else { group + 1 };
            let mut size = 1;
            for least in &self.least[1..] {
                let larger = size * GROUP;
                if !begin.is_multiple_of(larger) || is_near(least[group / larger]) {
                    break;
                }
                size = larger;
            }
            group = if is_later { group + size } else { group.checked_sub(size)? };
        }
    }

    /// Meets all of a group who may keep one waiting.
    fn meet(&self, search: &mut Search, group: usize, at: usize) {
        let own = search.own();
        let mut who = 0_u32;
        for (place, seat) in self.groups[group].iter().enumerate() {
            let secs = (seat.anchor - search.anchor).abs() as f64;
            // Only where the other's label faces it does it matter how wide that is.
            let is_earlier = group * GROUP + place < at;
            let faces = is_earlier == (seat.side == Side::Right);
            let both = (own + if faces { f64::from(seat.widths[1]) } else { 0.0 }) * HAIR;
            let meets = seat.zoom * secs <= both && search.soonest * secs <= both;
            who |= u32::from(meets) << place;
        }
        while who != 0 {
            let there = group * GROUP + who.trailing_zeros() as usize;
            who &= who - 1;
            let facing = if there < at { Side::Left } else { Side::Right };
            search.meet(self.seat(there), self.hangs_from(there), facing);
        }
    }
}

impl Finder for Points {
    fn insert(&mut self, at: usize, placed: Placed) {
        let seat = &mut self.groups[at / GROUP][at % GROUP];
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

    fn placed(&self, at: usize) -> Option<Placed> {
        let Seat { zoom, level, side, .. } = *self.seat(at);
        let spot = Spot { level: level.into(), side };
        (zoom < f64::INFINITY).then_some(Placed { spot, from_zoom: zoom })
    }

    fn best(&mut self, at: usize) -> Option<Placed> {
        let own = self.seat(at);
        let sides = point_sides(own.anchor, own.label(), &self.fit);
        let due = sides.map(|(_, from_zoom, opens)| self.opens.map(|due| due.max(from_zoom).max(opens)));
        let mut search = Search {
            anchor: own.anchor,
            label: own.label(),
            hangs_from: self.hangs_from(at),
            due,
            soonest: least_of(&due),
        };
        let until = search.hangs_from.min(self.closest);
        let group = at / GROUP;
        self.meet(&mut search, group, at);
        // The nearest first, on both sides by turns.
        let (mut before, mut after) = (group.checked_sub(1), Some(group + 1));
        while (before.is_some() || after.is_some()) && search.soonest < until {
            if let Some(group) = before {
                before = self.near(&search, group, false);
            }
            if let Some(group) = before {
                self.meet(&mut search, group, at);
                before = group.checked_sub(1);
            }
            if let Some(group) = after {
                after = self.near(&search, group, true);
            }
            if let Some(group) = after {
                self.meet(&mut search, group, at);
                after = Some(group + 1);
            }
        }
        if search.soonest >= until {
            return None;
        }
        let first = search.due.as_flattened().iter().position(|due| *due <= search.soonest)?;
        let spot = Spot { level: (first % LEVELS) as u32, side: sides[first / LEVELS].0 };
        Some(Placed { spot, from_zoom: search.soonest })
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

    fn placed(&self, at: usize) -> Option<Placed> {
        self.rules[self.places[at].1 as usize].placed
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
