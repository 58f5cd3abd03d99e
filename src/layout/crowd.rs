//! Tracks of many events: what is in view is found, and the rest counted, without looking at each.
//!
//! Labelled events are found by blocks, of which those are passed over that hold no label at this zoom, or nothing in view.
//! All others are counted by how many begin, stand and end before a moment. The counts stand in cells fixed in time.

use super::Beyond;
use super::counts::{self, COUNT_PITCH, LISTED};
use super::draw::{InView, Pile};
use super::item::Item;
use super::plan::Plan;
use crate::order::{by_key, key_of, sort_by};
use crate::scale::{Tier, Viewport};
use crate::time::TimePoint;

/// So many unlabelled events of a cell are drawn one by one.
const FEW: usize = 20;
/// A count keeps as far from the edges as it is wide to one side, with three digits.
const EDGE_COUNT: f64 = 15.0;
/// Items of a block, and of a block of blocks.
pub(super) const BLOCK: usize = 64;
const SUPER: usize = BLOCK * BLOCK;

/// What items next to one another have in common.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Block {
    /// The earliest beginning and the latest end.
    pub(super) from: i64,
    pub(super) to: i64,
    /// No label of any of them is shown below this zoom.
    pub(super) zoom: f64,
}

impl Block {
    fn of(blocks: impl Iterator<Item = Block>) -> Self {
        let nothing = Self { from: i64::MAX, to: i64::MIN, zoom: f64::INFINITY };
        blocks.fold(nothing, |all, one| Self {
            from: all.from.min(one.from),
            to: all.to.max(one.to),
            zoom: all.zoom.min(one.zoom),
        })
    }
}

/// Items in three orders.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Ranks {
    pub(super) anchors: Vec<u32>,
    pub(super) starts: Vec<u32>,
    pub(super) ends: Vec<u32>,
}

/// How many of `ranked` have a time before `limit`.
fn count_before(items: &[Item], ranked: &[u32], time: fn(&Item) -> i64, limit: i64) -> usize {
    ranked.partition_point(|index| time(&items[*index as usize]) < limit)
}

impl Ranks {
    /// Of items given in the order of their anchors.
    fn new(items: &[Item], anchors: Vec<u32>) -> Self {
        let sorted = |members: &[u32], key: &dyn Fn(u32) -> u64| -> Vec<u32> {
            let order = by_key(members.len(), &|at| key(members[at]));
            order.into_iter().map(|at| members[at as usize]).collect()
        };
        // Of equals the earlier event comes first.
        let members = sorted(&anchors, &u64::from);
        let by = |time: fn(&Item) -> i64| sorted(&members, &|index| key_of(time(&items[index as usize])));
        Self { starts: by(|item| item.from), ends: by(|item| item.to), anchors }
    }
}

/// The events of a track with many.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Crowd {
    /// What may have a label.
    pub(super) standing: Ranks,
    /// What may have none.
    pub(super) off: Ranks,
    pub(super) blocks: Vec<Block>,
    /// Of 64 blocks each.
    pub(super) supers: Vec<Block>,
}

impl Crowd {
    /// Of items given in the order of their anchors. `label` tells from which zoom on an item has one.
    pub(super) fn new(items: &[Item], members: &[u32], label: &dyn Fn(usize) -> f64) -> Self {
        let (standing, off): (Vec<u32>, Vec<u32>) =
            members.iter().partition(|index| items[**index as usize].standing());
        let standing = Ranks::new(items, standing);
        let block = |index: &u32| {
            let item = &items[*index as usize];
            Block { from: item.from, to: item.to, zoom: label(*index as usize) }
        };
        let blocks: Vec<Block> =
            standing.anchors.chunks(BLOCK).map(|few| Block::of(few.iter().map(block))).collect();
        let supers = blocks.chunks(BLOCK).map(|few| Block::of(few.iter().copied())).collect();
        Self { standing, off: Ranks::new(items, off), blocks, supers }
    }

    /// Shows the standing items of `range`, places in the order of anchors, but for those in blocks that cannot hold what is
    /// looked for. Ends when told `false`.
    fn search(
        &self,
        range: std::ops::Range<usize>,
        may_hold: &dyn Fn(&Block) -> bool,
        visit: &mut dyn FnMut(usize) -> bool,
    ) {
        let mut at = range.start;
        while at < range.end {
            if at.is_multiple_of(SUPER) && !may_hold(&self.supers[at / SUPER]) {
                at += SUPER;
            } else if !may_hold(&self.blocks[at / BLOCK]) {
                at = (at / BLOCK + 1) * BLOCK;
            } else {
                let end = range.end.min((at / BLOCK + 1) * BLOCK);
                for index in &self.standing.anchors[at..end] {
                    if !visit(*index as usize) {
                        return;
                    }
                }
                at = end;
            }
        }
    }
}

impl Plan {
    /// What is in view of a track with many events.
    pub(super) fn crowd_in_view(
        &self,
        crowd: &Crowd,
        track: usize,
        viewport: Viewport,
        tier: Tier,
    ) -> InView {
        let zoom = viewport.px_per_sec();
        let (start, end) = (viewport.span.start.0, viewport.span.end.0);
        let items = &self.items;
        let order = &crowd.standing.anchors;
        let mut seen = InView::default();
        let mut unnamed = counts::Group::new();
        // When the labelled stand.
        let mut named: Vec<i64> = Vec::new();
        let mut is_seen = false;
        let in_view = |block: &Block| block.from < end && block.to > start;
        crowd.search(0..order.len(), &|block| block.zoom <= zoom && in_view(block), &mut |index| {
            let item = &items[index];
            if item.from < end && item.to > start && self.label(index, zoom).is_some() {
                named.push(item.anchor);
                is_seen |= self.before.is_some_and(|(chosen, _)| chosen == index);
                self.see(index, viewport, tier, &mut seen, &mut unnamed);
            }
            true
        });
        // The chosen one is labelled whatever its block says.
        if let Some((index, _)) = self.before {
            let item = &items[index];
            if !is_seen && item.track() == track && item.from < end && item.to > start {
                let place = named.partition_point(|anchor| *anchor < item.anchor);
                named.insert(place, item.anchor);
                self.see(index, viewport, tier, &mut seen, &mut unnamed);
            }
        }
        let named_in = |from: i64, to: i64| {
            let before = |limit: i64| named.partition_point(|anchor| *anchor < limit);
            before(to).saturating_sub(before(from))
        };
        let before = |limit: i64| count_before(items, order, |item| item.anchor, limit);
        let over = count_before(items, &crowd.standing.ends, |item| item.to, start.saturating_add(1));
        let begun = count_before(items, &crowd.standing.starts, |item| item.from, end);
        let (first, last) = (before(start), before(end));
        // What stands before the left edge and goes on, and what begins before the right edge and stands after it.
        let beside = [
            (0..first, first.saturating_sub(over).saturating_sub(named_in(i64::MIN, start))),
            (last..order.len(), begun.saturating_sub(last).saturating_sub(named_in(end, i64::MAX))),
        ];
        let list = |range: std::ops::Range<usize>, most: usize| {
            let mut found = Vec::new();
            crowd.search(range, &in_view, &mut |index| {
                let item = &items[index];
                if item.from < end && item.to > start && self.label(index, zoom).is_none() {
                    found.push(index);
                }
                found.len() < most
            });
            found
        };
        for (range, count) in beside.clone() {
            if (1..=FEW).contains(&count) {
                for index in list(range, FEW) {
                    self.see(index, viewport, tier, &mut seen, &mut unnamed);
                }
            }
        }
        let bits = counts::cell_bits(zoom);
        let cells = start >> bits..=(end - 1) >> bits;
        let mut piles: Vec<Pile> = Vec::new();
        for cell in cells.clone() {
            let (from, to) = (start.max(cell << bits), end.min((cell + 1) << bits));
            let range = before(from)..before(to).max(before(from));
            let inside = range.len().saturating_sub(named_in(from, to));
            let joins =
                |which: usize, here: bool| if here && beside[which].1 > FEW { beside[which].1 } else { 0 };
            let more = [joins(0, cell == *cells.start()), joins(1, cell == *cells.end())];
            let count = inside + more[0] + more[1];
            if count <= FEW {
                for index in list(range, FEW) {
                    self.see(index, viewport, tier, &mut seen, &mut unnamed);
                }
            } else {
                let x = viewport.x_from_time(TimePoint(from)) + (to - from) as f64 * zoom / 2.0;
                let mut bare = order[range.clone()]
                    .iter()
                    .map(|index| *index as usize)
                    .filter(|index| self.label(*index, zoom).is_none());
                let ends = bare.clone().next().zip(bare.clone().next_back());
                let inseparable = ends.is_none_or(|(first, last)| {
                    self.stand_together(items[first].anchor, items[last].anchor)
                        && bare.by_ref().filter(|index| self.is_nameless(*index)).take(2).count() == 2
                });
                let mut members = Vec::new();
                if inseparable || count <= LISTED {
                    for (which, ranges) in
                        [(0, beside[0].0.clone()), (2, range.clone()), (1, beside[1].0.clone())]
                    {
                        if which == 2 || more[which] > 0 {
                            members.extend(list(ranges, LISTED - members.len()));
                        }
                        if members.len() == LISTED {
                            break;
                        }
                    }
                }
                let ends = ends.or_else(|| members.first().copied().zip(members.last().copied()));
                let Some(ends) = ends else { continue };
                let linked = self.linked().filter(|index| {
                    let item = &items[*index];
                    item.track() == track
                        && (from..to).contains(&item.anchor)
                        && self.label(*index, zoom).is_none()
                });
                piles.push(Pile { x, count, ends, members, inseparable, linked: linked.collect() });
            }
            // Of what has no label by choice only a little is drawn.
            let off = &crowd.off.anchors;
            let at = |limit: i64| count_before(items, off, |item| item.anchor, limit);
            let few = &off[at(from)..at(to).max(at(from))];
            if few.len() <= FEW {
                for index in few {
                    self.see(*index as usize, viewport, tier, &mut seen, &mut unnamed);
                }
            }
        }
        self.pile_up(unnamed, zoom, &mut seen);
        seen.counts.append(&mut piles);
        // Counts near an edge are still seen whole.
        for pile in &mut seen.counts {
            pile.x = pile.x.min(viewport.width_px - EDGE_COUNT).max(EDGE_COUNT);
        }
        sort_by(&mut seen.counts, |a, b| a.x.total_cmp(&b.x));
        // At the edges cells are cut, and may come too near to others.
        let mut apart: Vec<Pile> = Vec::with_capacity(seen.counts.len());
        for pile in seen.counts.drain(..) {
            match apart.last_mut() {
                Some(last) if pile.x - last.x < COUNT_PITCH => last.join(pile),
                _ => apart.push(pile),
            }
        }
        seen.counts = apart;
        seen
    }

    /// How many events of a track with many lie beyond the edges of the view, and the nearest of each.
    pub(super) fn crowd_beyond(&self, crowd: &Crowd, viewport: Viewport, named: bool) -> [Option<Beyond>; 2] {
        let items = &self.items;
        let (start, end) = (viewport.span.start.0, viewport.span.end.0);
        let sides = [&crowd.standing, &crowd.off].map(|ranks| {
            let over = count_before(items, &ranks.ends, |item| item.to, start.saturating_add(1));
            let begun = count_before(items, &ranks.starts, |item| item.from, end);
            [&ranks.ends[..over], &ranks.starts[begun..]]
        });
        // A filter leaves out what does not pass.
        let sides = if self.filtered { &sides[..1] } else { &sides[..] };
        let nearest = [
            sides
                .iter()
                .filter_map(|side| side[0].last())
                .max_by_key(|index| (items[**index as usize].to, **index)),
            sides
                .iter()
                .filter_map(|side| side[1].first())
                .min_by_key(|index| (items[**index as usize].from, **index)),
        ];
        [0, 1].map(|which| {
            let count = sides.iter().map(|side| side[which].len()).sum();
            nearest[which].map(|index| Beyond {
                count,
                nearest: items[*index as usize].event(),
                named,
                y: None,
            })
        })
    }
}
