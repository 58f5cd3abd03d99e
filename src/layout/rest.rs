//! Everybody who is not labelled at the farthest zoom: where, and from which zoom on.
//!
//! In order of importance each takes the spot where it is clear of the placed ones soonest. Only labels that are at least
//! as important may keep it waiting; a lesser one that would is lifted out again and looks for another spot in its turn.

use super::Side;
use super::clash::Spot;
use super::item::Item;
#[cfg(feature = "large")]
use super::many::{AnyFinder, Finder};
use crate::order::{by_key, key_of};

/// A label and the zoom from which it is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Placed {
    pub(super) spot: Spot,
    /// Pixels for a second.
    pub(super) from_zoom: f64,
}

/// A spot to be considered.
#[derive(Clone, Copy)]
pub(super) struct Choice {
    pub(super) spot: Spot,
    /// Before this zoom the label has no place there, whoever else is shown.
    pub(super) from_zoom: f64,
    /// Before this zoom the spot is closed for want of height.
    pub(super) opens: f64,
}

/// What the points, or the spans, of one track have in common.
pub(super) struct Field<'a> {
    pub(super) items: &'a [Item],
    /// From which zoom on two labels are clear of each other. It knows of levels only which one is the higher.
    pub(super) clash: fn(&Item, Spot, &Item, Spot) -> f64,
    /// From when to when an item takes room at any zoom; for a point the same moment twice.
    pub(super) extent: fn(&Item) -> (i64, i64),
    /// No two labels whose extents are farther apart than this can meet, in pixels.
    pub(super) reach: f64,
    /// Appends the spots of an item, given by its index, best first.
    pub(super) choices: &'a dyn Fn(usize, &mut Vec<Choice>),
    /// The zoom from which the label is of no more use; it is then not placed at all.
    pub(super) until: &'a dyn Fn(&Item) -> f64,
    /// Where they are many, what finds their spots; made from the order in which they stand in the line.
    #[cfg(feature = "large")]
    pub(super) finder: &'a dyn Fn(&[usize]) -> AnyFinder<'a>,
}

/// Among two spots, the one that lifts nobody out may open later by this factor.
const PATIENCE: f64 = 2.0;

/// Labels in levels from here on have them for themselves.
pub(super) const SHARED_LEVELS: u32 = 12;

/// What keeps a label waiting on one side of its mark, by the level of who is in the way.
#[derive(Clone, Copy, Default)]
struct Obstacles {
    /// For labels in the same level, in a higher one, and in a lower one.
    of: [[f64; SHARED_LEVELS as usize]; 3],
}

/// By side and level, the zoom at which a label there is clear.
type Clear = [[f64; SHARED_LEVELS as usize]; 2];

impl Obstacles {
    /// By level, the zoom at which a label there is clear of all of them.
    fn clear(&self) -> [f64; SHARED_LEVELS as usize] {
        let [same, higher, lower] = self.of;
        let mut clear = same;
        let (mut below, mut above) = (0.0_f64, 0.0_f64);
        for level in 0..clear.len() {
            clear[level] = clear[level].max(below);
            below = below.max(higher[level]);
        }
        for level in (0..clear.len()).rev() {
            clear[level] = clear[level].max(above);
            above = above.max(lower[level]);
        }
        clear
    }
}

/// When a label in this spot is clear; at once in a level of its own.
fn clear_at(clear: &Clear, spot: Spot) -> f64 {
    clear[side(spot)].get(spot.level as usize).copied().unwrap_or_default()
}

impl Choice {
    /// Until labels at least as important are clear.
    fn by_rank(&self, clear: &Clear) -> f64 {
        clear_at(clear, self.spot).max(self.from_zoom)
    }

    /// Until the label can be shown.
    fn until(&self, clear: &Clear) -> f64 {
        self.by_rank(clear).max(self.opens)
    }
}

fn soonest(choices: &[Choice], clear: &Clear) -> f64 {
    choices.iter().map(|choice| choice.until(clear)).fold(f64::INFINITY, f64::min)
}

fn side(spot: Spot) -> usize {
    usize::from(spot.side == Side::Left)
}

impl Field<'_> {
    /// Places those of `members` that are not placed yet. `placed` goes by item; only its entries for `members` are read.
    pub(super) fn settle(&self, placed: &mut [Option<Placed>], members: &[usize]) {
        let line = Line::new(members.iter().map(|index| (*index, (self.extent)(&self.items[*index]))));
        let mut here = Here::new(members.len());
        let mut pending: Vec<usize> = Vec::with_capacity(members.len());
        let mut least = u8::MAX;
        for (at, index) in line.order.iter().enumerate() {
            if let Some(there) = placed[*index] {
                here.insert(at, there.from_zoom);
                least = least.min(self.items[*index].importance);
            } else {
                pending.push(at);
            }
        }
        // The greater comes first: by importance, then the shorter label, then the earlier event.
        let rank = |at: usize| {
            let index = line.order[at];
            let item = &self.items[index];
            let narrow = u64::from(i32::MAX as u32 - (item.label().far as f32).to_bits()) << 26;
            u64::from(item.importance) << 57 | narrow | ((1 << 26) - 1 - index as u64)
        };
        let order = by_key(pending.len(), &|at| rank(pending[at]));
        let mut pending: Vec<usize> = order.iter().map(|at| pending[*at as usize]).collect();
        // What was lifted out waits in the same order, apart, since it is little and comes and goes.
        let mut lifted: Vec<usize> = Vec::new();
        let mut choices = Vec::new();
        loop {
            let next = [&pending, &lifted].map(|waiting| waiting.last().map(|at| rank(*at)));
            let Some(at) = (if next[0] > next[1] { &mut pending } else { &mut lifted }).pop() else { break };
            let index = line.order[at];
            let item = &self.items[index];
            #[cfg(feature = "large")]
            if item.importance <= least
                && let Some(finder) = (self.finder)(&line.order)
            {
                // From here on nobody is lifted out.
                for waiting in std::iter::once(at).chain(lifted.drain(..).rev()) {
                    pending.insert(pending.partition_point(|other| rank(*other) < rank(waiting)), waiting);
                }
                Self::finish(&line, pending, placed, finder);
                break;
            }
            let Some(best) = self.best(index, placed, &line, &here, &mut choices) else { continue };
            placed[index] = Some(best);
            here.insert(at, best.from_zoom);
            if item.importance <= least {
                continue;
            }
            // Lesser labels that would meet this one give way.
            let mut lesser = Vec::new();
            line.walk(&here, (self.extent)(item), self.reach, best.from_zoom, &mut |other_at| {
                let other = line.order[other_at];
                let other_item = &self.items[other];
                if other_item.importance < item.importance
                    && let Some(there) = placed[other]
                {
                    let clear = (self.clash)(item, best.spot, other_item, there.spot);
                    if clear > best.from_zoom && clear > there.from_zoom {
                        lesser.push(other_at);
                    }
                }
                best.from_zoom
            });
            for other in lesser {
                placed[line.order[other]] = None;
                here.all.remove(other);
                let at = lifted.partition_point(|waiting| rank(*waiting) < rank(other));
                lifted.insert(at, other);
            }
        }
    }

    /// Places those who are pending, the last of them first, where nobody less important is placed.
    #[cfg(feature = "large")]
    fn finish(
        line: &Line,
        pending: Vec<usize>,
        placed: &mut [Option<Placed>],
        mut finder: Box<dyn Finder + '_>,
    ) {
        for (at, index) in line.order.iter().enumerate() {
            if let Some(there) = placed[*index] {
                finder.insert(at, there);
            }
        }
        for at in pending.into_iter().rev() {
            if let Some(best) = finder.best(at) {
                finder.insert(at, best);
            }
        }
        // In order, as a jump to each place as it comes would take as long as to find it.
        for (at, index) in line.order.iter().enumerate() {
            placed[*index] = finder.placed(at);
        }
    }

    /// The best spot of an item; none if its label is of no use by the time it would be shown.
    fn best(
        &self,
        index: usize,
        placed: &[Option<Placed>],
        line: &Line,
        here: &Here,
        choices: &mut Vec<Choice>,
    ) -> Option<Placed> {
        let item = &self.items[index];
        let until = (self.until)(item);
        choices.clear();
        (self.choices)(index, choices);
        // What is at least as important, and what is less.
        let mut ways = [[Obstacles::default(); 2]; 2];
        let mut next = soonest(choices, &Clear::default());
        let mut visits = 0;
        line.walk(here, (self.extent)(item), self.reach, next, &mut |other| {
            let other = line.order[other];
            let other_item = &self.items[other];
            if let Some(there) = placed[other].filter(|there| there.spot.level < SHARED_LEVELS) {
                let way = &mut ways[usize::from(other_item.importance < item.importance)];
                for (side, obstacles) in [Side::Right, Side::Left].into_iter().zip(way) {
                    // The level next to the other's stands for all on that side of it.
                    for (relation, level) in [1, 2, 0].into_iter().enumerate() {
                        let spot = Spot { level: level + there.spot.level, side };
                        let there =
                            Placed { spot: Spot { level: there.spot.level + 1, ..there.spot }, ..there };
                        let clear = (self.clash)(item, spot, other_item, there.spot);
                        // Where the other only appears once the two are clear, it does not stand in the way.
                        if there.from_zoom < clear {
                            let known = &mut obstacles.of[relation][there.spot.level as usize - 1];
                            *known = known.max(clear);
                        }
                    }
                }
                visits += 1;
                // It only tells how far to look, and is the most costly part.
                if visits % 4 == 1 {
                    next = soonest(choices, &ways[0].map(|side| side.clear()));
                }
            }
            if next < until { next } else { f64::INFINITY }
        });
        let [by_rank, by_lesser] = ways.map(|way| way.map(|side| side.clear()));
        let pick = |eligible: &dyn Fn(&Choice) -> bool| {
            choices.iter().filter(|choice| eligible(choice)).fold(
                None::<&Choice>,
                |best, choice| match best {
                    Some(best) if best.until(&by_rank) <= choice.until(&by_rank) => Some(best),
                    _ => Some(choice),
                },
            )
        };
        let bold = pick(&|_| true)?;
        let earliest = bold.until(&by_rank);
        if earliest >= until {
            return None;
        }
        // Patience is for labels that are at least as important, not for want of height or width, and ends while the label is
        // of use.
        let patience = (earliest * PATIENCE).min(until);
        let gentle = pick(&|choice| {
            let (due, rank) = (choice.until(&by_rank), choice.by_rank(&by_rank));
            let by_others = rank > choice.from_zoom && due <= rank;
            clear_at(&by_lesser, choice.spot) <= due && (due <= earliest || (by_others && due < patience))
        });
        let choice = gentle.unwrap_or(bold);
        Some(Placed { spot: choice.spot, from_zoom: choice.until(&by_rank) })
    }
}

/// The members of a field in the order of time, apart by their length, so that whoever may reach a moment is found without
/// looking at all that began before it.
struct Line {
    /// Indices of items.
    order: Vec<usize>,
    /// When each begins.
    starts: Vec<i64>,
    /// Where each class begins in `order`, and the greatest length in it.
    classes: Vec<(usize, i64)>,
}

impl Line {
    fn new(members: impl Iterator<Item = (usize, (i64, i64))>) -> Self {
        // Lengths of one class differ by no more than a factor of four.
        let class = |length: i64| (64 - length.leading_zeros()) / 2;
        let all: Vec<(usize, i64, i64)> =
            members.map(|(index, (from, to))| (index, from, to.saturating_sub(from))).collect();
        let by_start = by_key(all.len(), &|at| key_of(all[at].1));
        let order = by_key(all.len(), &|at| u64::from(class(all[by_start[at] as usize].2)));
        let mut line = Self {
            order: Vec::with_capacity(all.len()),
            starts: Vec::with_capacity(all.len()),
            classes: Vec::new(),
        };
        let mut last = None;
        for (at, place) in order.into_iter().enumerate() {
            let (index, from, length) = all[by_start[place as usize] as usize];
            let class = class(length);
            match line.classes.last_mut() {
                Some((_, longest)) if last == Some(class) => *longest = (*longest).max(length),
                _ => line.classes.push((at, length)),
            }
            last = Some(class);
            line.order.push(index);
            line.starts.push(from);
        }
        line
    }

    /// Shows all that are here and could meet somebody with this extent at a zoom above `zoom` and not below their own, the nearest
    /// of each class first, by their places in the order. Each answer is the zoom from then on.
    fn walk(
        &self,
        here: &Here,
        (from, to): (i64, i64),
        reach: f64,
        zoom: f64,
        visit: &mut dyn FnMut(usize) -> f64,
    ) {
        let mut zoom = zoom;
        for (class, (begin, longest)) in self.classes.iter().enumerate() {
            let end = self.classes.get(class + 1).map_or(self.order.len(), |next| next.0);
            let middle = begin + self.starts[*begin..end].partition_point(|start| *start < from);
            let gap_below = |at: usize| from.saturating_sub(self.starts[at].saturating_add(*longest));
            let gap_above = |at: usize| self.starts[at].saturating_sub(to);
            let before = |place: usize| {
                let near = |place: usize| here.all.before(place).filter(|at| at >= begin);
                let at = near(place)?;
                #[cfg(feature = "large")]
                let at =
                    here.next(at, reach, &gap_below, &|at, any| near(if any { at } else { at / 64 * 64 }))?;
                Some((at, gap_below(at)))
            };
            let after = |place: usize| {
                let near = |place: usize| here.all.after(place).filter(|at| *at < end);
                let at = near(place)?;
                #[cfg(feature = "large")]
                let at = here.next(at, reach, &gap_above, &|at, any| {
                    near(if any { at + 1 } else { (at / 64 + 1) * 64 })
                })?;
                Some((at, gap_above(at)))
            };
            let meets = |gap: i64, zoom: f64| zoom < f64::INFINITY && (gap <= 0 || reach / gap as f64 > zoom);
            let mut below = before(middle);
            let mut above = after(middle);
            loop {
                let down = below.filter(|(_, gap)| meets(*gap, zoom));
                if let Some((at, _)) = down {
                    zoom = zoom.max(visit(at));
                    below = before(at);
                }
                let up = above.filter(|(_, gap)| meets(*gap, zoom));
                if let Some((at, _)) = up {
                    zoom = zoom.max(visit(at));
                    above = after(at + 1);
                }
                if down.is_none() && up.is_none() {
                    break;
                }
            }
        }
    }
}

/// Who is placed, and from which zoom on each is shown.
struct Here {
    all: Bits,
    #[cfg(feature = "large")]
    zooms: Vec<f64>,
    /// The least zoom of each 64, or of what was among them.
    #[cfg(feature = "large")]
    least: Vec<f64>,
}

impl Here {
    fn new(count: usize) -> Self {
        Self {
            all: Bits::new(count),
            #[cfg(feature = "large")]
            zooms: vec![0.0; count],
            #[cfg(feature = "large")]
            least: vec![f64::INFINITY; count / 64 + 1],
        }
    }

    #[cfg_attr(not(feature = "large"), expect(unused_variables, reason = "nobody is passed over"))]
    fn insert(&mut self, at: usize, zoom: f64) {
        self.all.insert(at);
        #[cfg(feature = "large")]
        {
            self.zooms[at] = zoom;
            self.least[at / 64] = self.least[at / 64].min(zoom);
        }
    }

    /// This one, or the next that is shown while it could meet somebody, whose distance `gap` tells. `further` leads on, from one
    /// to the next or beyond the 64 that it is one of. Where there are few, each is looked at: it comes to the same.
    #[cfg(feature = "large")]
    fn next(
        &self,
        mut at: usize,
        reach: f64,
        gap: &dyn Fn(usize) -> i64,
        further: &dyn Fn(usize, bool) -> Option<usize>,
    ) -> Option<usize> {
        while !Self::meets(self.zooms[at], gap(at), reach) {
            at = further(at, Self::meets(self.least[at / 64], gap(at), reach))?;
        }
        Some(at)
    }

    /// Whether what is shown from a zoom on could meet somebody so far away. A hair is left for rounding.
    #[cfg(feature = "large")]
    fn meets(zoom: f64, gap: i64, reach: f64) -> bool {
        gap <= 0 || zoom * gap as f64 <= reach * (1.0 + 1e-9)
    }
}

/// A set of small numbers in which neighbours are found in a few steps: 64 of them to a word, and words that hold any to a
/// word above, and so on.
pub(super) struct Bits(Vec<Vec<u64>>);

impl Bits {
    pub(super) fn new(count: usize) -> Self {
        let mut levels = Vec::new();
        // One place more than there are numbers, from which to look back.
        let mut words = count / 64 + 1;
        loop {
            levels.push(vec![0; words]);
            if words == 1 {
                return Self(levels);
            }
            words = words / 64 + 1;
        }
    }

    pub(super) fn insert(&mut self, mut at: usize) {
        for level in &mut self.0 {
            level[at / 64] |= 1 << (at % 64);
            at /= 64;
        }
    }

    pub(super) fn remove(&mut self, mut at: usize) {
        for level in &mut self.0 {
            level[at / 64] &= !(1 << (at % 64));
            if level[at / 64] != 0 {
                break;
            }
            at /= 64;
        }
    }

    /// The greatest member below `at`.
    pub(super) fn before(&self, mut at: usize) -> Option<usize> {
        for (height, level) in self.0.iter().enumerate() {
            let word = at / 64;
            let below = level.get(word).copied().unwrap_or_default() & ((1 << (at % 64)) - 1);
            if below != 0 {
                let last = |word: u64| 63 - word.leading_zeros() as usize;
                let top = word * 64 + last(below);
                return Some(self.0[..height].iter().rev().fold(top, |at, level| at * 64 + last(level[at])));
            }
            at = word;
        }
        None
    }

    /// The least member not below `at`.
    pub(super) fn after(&self, mut at: usize) -> Option<usize> {
        for (height, level) in self.0.iter().enumerate() {
            let word = at / 64;
            let above = level.get(word).copied().unwrap_or_default() & (u64::MAX << (at % 64));
            if above != 0 {
                let first = |word: u64| word.trailing_zeros() as usize;
                let top = word * 64 + first(above);
                return Some(self.0[..height].iter().rev().fold(top, |at, level| at * 64 + first(level[at])));
            }
            // The word itself was searched.
            at = word + 1;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn neighbours_in_a_set_are_those_of_a_tree(count in 1_usize..10_000, steps in proptest::collection::vec((any::<usize>(), any::<bool>()), 1..80)) {
            let (mut bits, mut tree) = (Bits::new(count), BTreeSet::new());
            for (at, joins) in steps {
                let at = at % count;
                if joins {
                    bits.insert(at);
                    tree.insert(at);
                } else {
                    bits.remove(at);
                    tree.remove(&at);
                }
                for at in [0, at, at + 1, count] {
                    prop_assert_eq!(bits.before(at), tree.range(..at).next_back().copied());
                    prop_assert_eq!(bits.after(at), tree.range(at..).next().copied());
                }
            }
        }

        #[test]
        fn a_walk_finds_all_that_could_meet(
            extents in proptest::collection::vec((0_i64..1000, prop_oneof![Just(0_i64), 0_i64..10, 0_i64..900]), 1..60),
            own in (0_i64..1000, 0_i64..200),
            zoom in 0.1..10.0,
        ) {
            let extents: Vec<(i64, i64)> = extents.into_iter().map(|(from, length)| (from, from + length)).collect();
            let line = Line::new(extents.iter().copied().enumerate());
            let mut here = Here::new(extents.len());
            // From twice this zoom on, every third is shown.
            let zooms = |index: usize| if index.is_multiple_of(3) { zoom * 2.0 } else { 0.0 };
            (0..extents.len()).for_each(|at| here.insert(at, zooms(line.order[at])));
            let own = (own.0, own.0 + own.1);
            let mut found = BTreeSet::new();
            line.walk(&here, own, 100.0, zoom, &mut |at| {
                found.insert(line.order[at]);
                zoom
            });
            for (index, (from, to)) in extents.iter().enumerate() {
                let gap = (from - own.1).max(own.0 - to);
                if gap <= 0 || 100.0 / gap as f64 > zoom.max(zooms(index)) {
                    prop_assert!(found.contains(&index), "{index}: {from}..{to}");
                }
            }
        }
    }
}
