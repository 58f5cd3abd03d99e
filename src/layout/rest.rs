//! Everybody who is not labelled at the farthest zoom: where, and from which zoom on.
//!
//! In order of importance each takes the spot where it is clear of the placed ones soonest. Only labels that are at least
//! as important may keep it waiting; a lesser one that would is lifted out again and looks for another spot in its turn.

use super::clash::Spot;
use super::item::Item;
use crate::order::sort_by;

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
    /// From which zoom on two labels are clear of each other.
    pub(super) clash: fn(&Item, Spot, &Item, Spot) -> f64,
    /// The time by which items are sorted.
    pub(super) key: fn(&Item) -> i64,
    /// No two labels that are farther apart than this can meet, in pixels between their keys; may be infinite.
    pub(super) reach: f64,
    /// Spots of an item by its index, best first.
    pub(super) choices: &'a dyn Fn(usize) -> Vec<Choice>,
    /// The zoom from which the label is of no more use; it is then not placed at all.
    pub(super) until: fn(&Item) -> f64,
}

/// Among two spots, the one that lifts nobody out may open later by this factor.
const PATIENCE: f64 = 2.0;

/// What stands in the way of one choice.
struct Wait {
    choice: Choice,
    /// Until labels at least as important are clear.
    by_rank: f64,
    /// Until all labels are clear.
    by_all: f64,
}

impl Wait {
    fn until(&self) -> f64 {
        self.by_rank.max(self.choice.opens)
    }
}

impl Field<'_> {
    /// Places those of `members` that are not placed yet. `placed` goes by item; only its entries for `members` are read.
    pub(super) fn settle(&self, placed: &mut [Option<Placed>], members: Vec<usize>) {
        let order = |a: &usize, b: &usize| {
            let (a_item, b_item) = (&self.items[*a], &self.items[*b]);
            let by_width = b_item.label.far.total_cmp(&a_item.label.far);
            a_item.importance.cmp(&b_item.importance).then(by_width).then(b.cmp(a))
        };
        let sort_key = |index: usize| ((self.key)(&self.items[index]), index);
        let (there, mut pending): (Vec<usize>, Vec<usize>) =
            members.into_iter().partition(|index| placed[*index].is_some());
        sort_by(&mut pending, order);
        let mut line: Vec<(i64, usize)> = there.into_iter().map(sort_key).collect();
        sort_by(&mut line, Ord::cmp);
        while let Some(index) = pending.pop() {
            let item = &self.items[index];
            let at = line.partition_point(|other| *other < sort_key(index));
            let Some(best) = self.best(index, placed, &line, at) else { continue };
            if best.from_zoom >= (self.until)(item) || best.from_zoom.is_infinite() {
                continue;
            }
            line.insert(at, sort_key(index));
            placed[index] = Some(best);
            // Lesser labels that would meet this one give way.
            let lifted: Vec<usize> = self
                .around(&line, at, (self.key)(item), |least| least > best.from_zoom)
                .filter(|other| *other != index && self.items[*other].importance < item.importance)
                .filter(|other| {
                    placed[*other].is_some_and(|there| {
                        let clear = (self.clash)(item, best.spot, &self.items[*other], there.spot);
                        clear > best.from_zoom && clear > there.from_zoom
                    })
                })
                .collect();
            for other in lifted {
                placed[other] = None;
                line.retain(|(_, index)| *index != other);
                let at = pending.partition_point(|waiting| order(waiting, &other).is_lt());
                pending.insert(at, other);
            }
        }
    }

    fn best(
        &self,
        index: usize,
        placed: &[Option<Placed>],
        line: &[(i64, usize)],
        at: usize,
    ) -> Option<Placed> {
        let item = &self.items[index];
        let mut waits: Vec<Wait> = (self.choices)(index)
            .into_iter()
            .map(|choice| Wait { choice, by_rank: choice.from_zoom, by_all: choice.from_zoom })
            .collect();
        let mut walk = Walk::new(line, at, (self.key)(item), self.reach);
        let mut soonest = waits.iter().map(Wait::until).fold(f64::INFINITY, f64::min);
        while let Some(other) = walk.next_meeting(soonest) {
            let Some(there) = placed[other] else { continue };
            let other_item = &self.items[other];
            for wait in &mut waits {
                let clear = (self.clash)(item, wait.choice.spot, other_item, there.spot);
                // Where the other only appears once the two are clear, it does not stand in the way.
                if there.from_zoom < clear {
                    wait.by_all = wait.by_all.max(clear);
                    if other_item.importance >= item.importance {
                        wait.by_rank = wait.by_rank.max(clear);
                    }
                }
            }
            soonest = waits.iter().map(Wait::until).fold(f64::INFINITY, f64::min);
        }
        let pick = |eligible: &dyn Fn(&Wait) -> bool| {
            waits.iter().filter(|wait| eligible(wait)).fold(None::<&Wait>, |best, wait| match best {
                Some(best) if best.until() <= wait.until() => Some(best),
                _ => Some(wait),
            })
        };
        let bold = pick(&|_| true)?;
        // Patience is for labels that are at least as important, not for want of height, and ends while the label is of use.
        let patience = (bold.until() * PATIENCE).min((self.until)(item));
        let gentle = pick(&|wait| {
            let due = wait.until();
            wait.by_all <= due && (due <= bold.until() || (due <= wait.by_rank && due < patience))
        });
        let wait = gentle.unwrap_or(bold);
        Some(Placed { spot: wait.choice.spot, from_zoom: wait.until() })
    }

    /// The placed ones around a time, nearest first, as long as the zoom at which the nearest could meet satisfies `go_on`.
    fn around<'l>(
        &self,
        line: &'l [(i64, usize)],
        at: usize,
        key: i64,
        go_on: impl Fn(f64) -> bool + 'l,
    ) -> impl Iterator<Item = usize> + 'l {
        let mut walk = Walk::new(line, at, key, self.reach);
        std::iter::from_fn(move || {
            let (least, other) = walk.nearest()?;
            go_on(least).then(|| {
                walk.step();
                other
            })
        })
    }
}

/// A walk outwards from one place in a sorted line.
struct Walk<'l> {
    line: &'l [(i64, usize)],
    key: i64,
    reach: f64,
    below: usize,
    above: usize,
}

impl<'l> Walk<'l> {
    fn new(line: &'l [(i64, usize)], at: usize, key: i64, reach: f64) -> Self {
        Self { line, key, reach, below: at, above: at }
    }

    fn distances(&self) -> (Option<u64>, Option<u64>) {
        let below = self.below.checked_sub(1).map(|index| self.key.abs_diff(self.line[index].0));
        (below, self.line.get(self.above).map(|(other, _)| self.key.abs_diff(*other)))
    }

    fn takes_below(&self) -> bool {
        let (below, above) = self.distances();
        below.is_some_and(|below| above.is_none_or(|above| below <= above))
    }

    /// The nearest one that was not visited, and the zoom from which it is clear whatever the spots.
    fn nearest(&self) -> Option<(f64, usize)> {
        let (below, above) = self.distances();
        let (secs, index) = if self.takes_below() { (below?, self.below - 1) } else { (above?, self.above) };
        Some((self.reach / secs as f64, self.line[index].1))
    }

    fn step(&mut self) {
        if self.takes_below() {
            self.below -= 1;
        } else {
            self.above += 1;
        }
    }

    /// The next one that could meet at a zoom above `zoom`.
    fn next_meeting(&mut self, zoom: f64) -> Option<usize> {
        let (clear, other) = self.nearest()?;
        (clear > zoom).then(|| {
            self.step();
            other
        })
    }
}
