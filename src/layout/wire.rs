//! A plan on its way from one module to another: in parts, so that neither is busy for long, and each index checked.
//!
//! A part is the number of a list and records of it, all of one size, in little-endian bytes; the first part of all is the
//! head. There is no number of a version: what writes it and what reads it come from one build.

use super::Side;
use super::clash::Spot;
use super::crowd::{BLOCK, Block, Crowd};
use super::item::Item;
use super::plan::{Plan, TrackPlan};
use super::rest::Placed;
use crate::model::RelationGroup;
use crate::time::{TimePoint, TimeSpan};

/// Bytes of a part, about.
const PART: usize = 1 << 20;

/// The lists of a plan; from the last number on, those of its tracks.
const ITEMS: usize = 0;
const POINTS: usize = 1;
const SPANS: usize = 2;
const TRACKS: usize = 3;
/// Lists of a track.
const OF_TRACK: usize = 9;

/// The numbers of groups are their places in this list.
const GROUPS: [RelationGroup; 3] =
    [RelationGroup::BecauseOf, RelationGroup::LedTo, RelationGroup::TurnedAgainst];

/// What is a record.
trait Record: Sized {
    const BYTES: usize;
    fn write(&self, out: &mut Vec<u8>);
    /// `None` where the bytes end, or are none.
    fn read(bytes: &mut &[u8]) -> Option<Self>;
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl Record for $number {
            const BYTES: usize = size_of::<$number>();
            fn write(&self, out: &mut Vec<u8>) {
                out.extend(self.to_le_bytes());
            }
            fn read(bytes: &mut &[u8]) -> Option<Self> {
                let (number, rest) = bytes.split_first_chunk()?;
                *bytes = rest;
                Some(Self::from_le_bytes(*number))
            }
        }
    )*};
}

numbers!(u8, u16, u32, i64, f32, f64);

impl Record for Item {
    const BYTES: usize = 48;

    fn write(&self, out: &mut Vec<u8>) {
        for time in [self.anchor, self.from, self.to] {
            time.write(out);
        }
        for width in self.widths {
            width.write(out);
        }
        self.event.write(out);
        self.track.write(out);
        out.extend([self.importance, self.flags]);
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        let (anchor, from, to) = (i64::read(bytes)?, i64::read(bytes)?, i64::read(bytes)?);
        let widths = [f32::read(bytes)?, f32::read(bytes)?, f32::read(bytes)?, f32::read(bytes)?];
        let (event, track) = (u32::read(bytes)?, u16::read(bytes)?);
        let (importance, flags) = (u8::read(bytes)?, u8::read(bytes)?);
        let is_sound = from <= anchor && anchor < to && widths.iter().all(|width| (0.0..1e9).contains(width));
        is_sound.then_some(Self { anchor, from, to, event, widths, track, importance, flags })
    }
}

impl Record for Option<Placed> {
    const BYTES: usize = 12;

    /// The level has a bit for the side below it; no label has all bits.
    fn write(&self, out: &mut Vec<u8>) {
        let place = self
            .map_or(u32::MAX, |placed| placed.spot.level << 1 | u32::from(placed.spot.side == Side::Left));
        place.write(out);
        self.map_or(0.0, |placed| placed.from_zoom).write(out);
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        let (place, from_zoom) = (u32::read(bytes)?, f64::read(bytes)?);
        let side = if place & 1 == 0 { Side::Right } else { Side::Left };
        let placed = Placed { spot: Spot { level: place >> 1, side }, from_zoom };
        (from_zoom >= 0.0).then_some((place != u32::MAX).then_some(placed))
    }
}

impl Record for Block {
    const BYTES: usize = 24;

    fn write(&self, out: &mut Vec<u8>) {
        self.from.write(out);
        self.to.write(out);
        self.zoom.write(out);
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        Some(Self { from: i64::read(bytes)?, to: i64::read(bytes)?, zoom: f64::read(bytes)? })
    }
}

/// The parts of one list.
fn parts<'a, T: Record>(number: usize, list: &'a [T]) -> Box<dyn Iterator<Item = Vec<u8>> + 'a> {
    Box::new(list.chunks(PART / T::BYTES).map(move |records| {
        let mut out = Vec::with_capacity(4 + records.len() * T::BYTES);
        (number as u32).write(&mut out);
        for record in records {
            record.write(&mut out);
        }
        out
    }))
}

/// Adds records to a list that takes so many at most.
fn extend<T: Record>(
    list: &mut Vec<T>,
    bytes: &mut &[u8],
    most: usize,
    is_sound: impl Fn(&T) -> bool,
) -> Option<()> {
    // All the room at once, as growing would copy what is there.
    list.try_reserve_exact(most.saturating_sub(list.len())).ok()?;
    while !bytes.is_empty() {
        let record = T::read(bytes).filter(|record| list.len() < most && is_sound(record))?;
        list.push(record);
    }
    Some(())
}

impl TrackPlan {
    /// The lists of indices of a crowd.
    fn ranks(crowd: &mut Crowd) -> [&mut Vec<u32>; 6] {
        let Crowd { standing, off, .. } = crowd;
        [
            &mut standing.anchors,
            &mut standing.starts,
            &mut standing.ends,
            &mut off.anchors,
            &mut off.starts,
            &mut off.ends,
        ]
    }
}

impl Plan {
    /// The plan as bytes, in parts of a megabyte at most, each made when it is asked for. [`Arrival`] takes them.
    pub fn pack(&self) -> impl Iterator<Item = Vec<u8>> {
        let tracks = self.tracks.iter().enumerate().flat_map(|(index, track)| {
            let first = TRACKS + index * OF_TRACK;
            let own: Vec<u32> = track.items.iter().map(|item| *item as u32).collect();
            let own: Vec<Vec<u8>> = parts(first, &own).collect();
            let crowd = track.crowd.iter().flat_map(move |crowd| {
                let lists =
                    [&crowd.standing, &crowd.off].map(|ranks| [&ranks.anchors, &ranks.starts, &ranks.ends]);
                let ranks = lists.into_iter().flatten().enumerate();
                let ranks = ranks.flat_map(move |(list, ranked)| parts(first + 1 + list, ranked));
                ranks.chain(parts(first + 7, &crowd.blocks)).chain(parts(first + 8, &crowd.supers))
            });
            own.into_iter().chain(crowd)
        });
        std::iter::once(self.head())
            .chain(parts(ITEMS, &self.items))
            .chain(parts(POINTS, &self.points))
            .chain(parts(SPANS, &self.spans))
            .chain(tracks)
    }

    /// All that is no list, and how long the lists are.
    fn head(&self) -> Vec<u8> {
        let mut out = vec![u8::from(self.compact), u8::from(self.filtered), u8::from(self.selected)];
        let mut number = |number: usize| (number as u32).write(&mut out);
        number(self.items.len());
        number(self.chosen.map_or(0, |chosen| chosen + 1));
        number(self.links.len());
        number(self.eras.len());
        number(self.tracks.len());
        for time in [self.fit.start.0, self.fit.end.0] {
            time.write(&mut out);
        }
        for px in [self.height_px, self.closest] {
            px.write(&mut out);
        }
        for (other, group) in &self.links {
            (*other as u32).write(&mut out);
            GROUPS.iter().position(|own| own == group).map_or(0, |at| at as u8).write(&mut out);
        }
        for era in &self.eras {
            era.start.0.write(&mut out);
            era.end.0.write(&mut out);
        }
        for track in &self.tracks {
            track.headroom.write(&mut out);
            u8::from(track.quiet).write(&mut out);
            u8::from(track.crowd.is_some()).write(&mut out);
            let (standing, off) = track
                .crowd
                .as_ref()
                .map_or((0, 0), |crowd| (crowd.standing.anchors.len(), crowd.off.anchors.len()));
            for count in [track.items.len(), standing, off] {
                (count as u32).write(&mut out);
            }
        }
        out
    }
}

/// A plan that arrives in parts.
pub struct Arrival {
    /// Of the timeline that the plan is for.
    events: usize,
    plan: Option<Plan>,
    /// How many items there are to be.
    items: usize,
    /// By track, how many items it has itself, and how many stand and do not in its crowd.
    counts: Vec<[usize; 3]>,
    damaged: bool,
}

impl Arrival {
    /// Of a plan for a timeline with so many events.
    pub fn new(events: usize) -> Self {
        Self { events, plan: None, items: 0, counts: Vec::new(), damaged: false }
    }

    /// Takes the next part; `false` if it is damaged, and nothing can come of it any more.
    pub fn take(&mut self, part: &[u8]) -> bool {
        let bytes = &mut &*part;
        let taken = if self.plan.is_none() { self.take_head(bytes) } else { self.take_list(bytes) };
        self.damaged |= taken.is_none();
        !self.damaged
    }

    /// The plan; `None` if anything is missing or damaged.
    pub fn end(self) -> Option<Plan> {
        let plan = self.plan.filter(|_| !self.damaged)?;
        let is_whole = [plan.items.len(), plan.points.len(), plan.spans.len()] == [self.items; 3];
        let tracks_are = plan.tracks.iter().zip(&self.counts).all(|(track, [own, standing, off])| {
            track.items.len() == *own
                && track.crowd.as_ref().is_none_or(|crowd| {
                    let [here, elsewhere] = [&crowd.standing, &crowd.off]
                        .map(|ranks| [ranks.anchors.len(), ranks.starts.len(), ranks.ends.len()]);
                    let blocks = [crowd.blocks.len(), crowd.supers.len()];
                    here == [*standing; 3] && elsewhere == [*off; 3] && blocks == blocks_of(*standing)
                })
        });
        (is_whole && tracks_are).then_some(plan)
    }

    fn take_head(&mut self, bytes: &mut &[u8]) -> Option<()> {
        let [compact, filtered, selected] =
            [u8::read(bytes)?, u8::read(bytes)?, u8::read(bytes)?].map(|flag| flag == 1);
        let items = u32::read(bytes)? as usize;
        let chosen = (u32::read(bytes)? as usize).checked_sub(1);
        let (links, eras, tracks) = (u32::read(bytes)?, u32::read(bytes)?, u32::read(bytes)?);
        let fit = TimeSpan { start: TimePoint(i64::read(bytes)?), end: TimePoint(i64::read(bytes)?) };
        let (height_px, closest) = (f64::read(bytes)?, f64::read(bytes)?);
        let is_sound = fit.end.0.checked_sub(fit.start.0).is_some_and(|secs| secs > 0)
            && chosen.is_none_or(|chosen| chosen < items)
            && items <= self.events
            && (0.0..1e9).contains(&height_px)
            && closest > 0.0;
        if !is_sound {
            return None;
        }
        let mut plan = Plan {
            compact,
            filtered,
            fit,
            height_px,
            closest,
            items: Vec::new(),
            points: Vec::new(),
            spans: Vec::new(),
            tracks: Vec::new(),
            eras: Vec::new(),
            links: Vec::new(),
            selected,
            chosen,
            before: None,
        };
        for _ in 0..links {
            let other = Some(u32::read(bytes)? as usize).filter(|other| *other < items)?;
            plan.links.push((other, *GROUPS.get(usize::from(u8::read(bytes)?))?));
        }
        for _ in 0..eras {
            let (start, end) = (TimePoint(i64::read(bytes)?), TimePoint(i64::read(bytes)?));
            plan.eras.push(TimeSpan::new(start, end));
        }
        for _ in 0..tracks {
            let headroom = Some(f64::read(bytes)?).filter(|px| (0.0..1e9).contains(px))?;
            let (quiet, crowded) = (u8::read(bytes)? == 1, u8::read(bytes)? == 1);
            let crowd = crowded.then(Crowd::default);
            plan.tracks.push(TrackPlan { items: Vec::new(), headroom, quiet, crowd });
            let counts =
                [u32::read(bytes)?, u32::read(bytes)?, u32::read(bytes)?].map(|count| count as usize);
            self.counts.push(Some(counts).filter(|counts| counts.iter().all(|count| *count <= items))?);
        }
        self.items = items;
        self.plan = Some(plan);
        bytes.is_empty().then_some(())
    }

    fn take_list(&mut self, bytes: &mut &[u8]) -> Option<()> {
        let (items, events) = (self.items, self.events);
        let plan = self.plan.as_mut()?;
        match u32::read(bytes)? as usize {
            ITEMS => {
                let (tracks, fit) = (plan.tracks.len(), plan.fit);
                extend(&mut plan.items, bytes, items, |item: &Item| {
                    item.event() < events
                        && item.track() < tracks
                        && item.from >= fit.start.0
                        && item.to - 1 <= fit.end.0
                })
            }
            POINTS => extend(&mut plan.points, bytes, items, |_| true),
            SPANS => extend(&mut plan.spans, bytes, items, |_| true),
            list => {
                let (index, list) = ((list - TRACKS) / OF_TRACK, (list - TRACKS) % OF_TRACK);
                let (track, [own, standing, off]) = (plan.tracks.get_mut(index)?, *self.counts.get(index)?);
                let exists = |index: &u32| (*index as usize) < items;
                if list == 0 {
                    let mut more = Vec::new();
                    extend(&mut more, bytes, own.saturating_sub(track.items.len()), exists)?;
                    track.items.extend(more.into_iter().map(|index| index as usize));
                    return Some(());
                }
                let crowd = track.crowd.as_mut()?;
                let [blocks, supers] = blocks_of(standing);
                match list {
                    7 => extend(&mut crowd.blocks, bytes, blocks, |_| true),
                    8 => extend(&mut crowd.supers, bytes, supers, |_| true),
                    _ => {
                        let most = if list <= 3 { standing } else { off };
                        let ranks = TrackPlan::ranks(crowd).into_iter().nth(list - 1)?;
                        extend(ranks, bytes, most, exists)
                    }
                }
            }
        }
    }
}

/// How many blocks, and blocks of blocks, a crowd of so many has.
fn blocks_of(standing: usize) -> [usize; 2] {
    let blocks = standing.div_ceil(BLOCK);
    [blocks, blocks.div_ceil(BLOCK)]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::layout::tests::support::{cases, crowds};

    fn arrived(events: usize, parts: &[Vec<u8>]) -> Option<Plan> {
        let mut arrival = Arrival::new(events);
        parts.iter().all(|part| arrival.take(part)).then(|| arrival.end()).flatten()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_plan_arrives_as_it_was(few in cases(30), many in crowds()) {
            for case in [few, many] {
                let plan = case.plan();
                let parts: Vec<Vec<u8>> = plan.pack().collect();
                prop_assert_eq!(arrived(case.timeline.events.len(), &parts), Some(plan));
                prop_assert_eq!(arrived(case.timeline.events.len(), &parts[..parts.len() - 1]), None);
            }
        }

        #[test]
        fn damaged_bytes_are_no_plan_or_one_that_can_be_drawn(
            case in crowds(),
            flips in proptest::collection::vec((any::<usize>(), any::<usize>(), 0_u32..16), 1..20),
            zoom in prop_oneof![Just(0.0), 0.0..1.0],
            at in 0.0..1.0,
        ) {
            let mut parts: Vec<Vec<u8>> = case.plan().pack().collect();
            for (part, byte, bit) in flips {
                let count = parts.len();
                let part = &mut parts[part % count];
                let length = part.len();
                match part.get_mut(byte % length..byte % length + 4) {
                    // As a number of something, it is none.
                    Some(number) if bit >= 8 => number.fill(u8::MAX),
                    _ => part[byte % length] ^= 1 << (bit % 8),
                }
            }
            if let Some(plan) = arrived(case.timeline.events.len(), &parts) {
                plan.scene(&case.timeline, case.view(zoom, at));
            }
        }
    }
}
