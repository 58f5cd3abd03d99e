//! A million events without a million objects: a row of numbers for each, and the event itself once it is asked for.

use std::cell::OnceCell;
use std::fmt;
use std::ops::Range;

use super::{Confidence, Event, Outline, Text};
use crate::order::{by_key, key_of};
use crate::time::{Bound, DatePart, EventDate, Precision, TimePoint, TimeSpan};

/// Bytes of a row: when it reaches from and to, where its mark stands, its track and kind, and a hash of its id.
const ROW: usize = 32;

/// Bytes before the first row: from when to when the whole story is, and its finest date.
const HEAD: usize = 24;

/// Bytes for each event after all rows: all beginnings in order, then all ends.
const TIMES: usize = 16;

/// So many rows next to one another are passed over at once.
const BLOCK: usize = 256;

/// The bits of an interval, and of what may lie outside of its reach, beside the number of the track.
const INTERVAL: u32 = 1 << 31;
const LOOSE: u32 = 1 << 30;

/// The rows of events in the order of time, which [`Shelf`] reads.
#[derive(Clone, Debug)]
pub struct Rows(Vec<u8>);

impl Rows {
    /// No rows yet, of a story from its earliest to its latest moment, whose dates stand for `finest` seconds at the least.
    pub fn new(extent: TimeSpan, finest: i64) -> Self {
        Self([extent.start.0, extent.end.0, finest].iter().flat_map(|number| number.to_le_bytes()).collect())
    }

    /// Takes the next event.
    pub fn push(&mut self, event: &Event) {
        let Outline { reach, anchor, track, is_interval, is_loose } = Outline::of(event);
        for number in [reach.start.0, reach.end.0, anchor.0] {
            self.0.extend(number.to_le_bytes());
        }
        let bit = |holds: bool, bit: u32| if holds { bit } else { 0 };
        let kind = track as u32 | bit(is_interval, INTERVAL) | bit(is_loose, LOOSE);
        for number in [kind, hash(&event.id)] {
            self.0.extend(number.to_le_bytes());
        }
    }

    /// As bytes, for another module, once all events are taken.
    pub fn into_bytes(self) -> Vec<u8> {
        let mut bytes = self.0;
        let count = (bytes.len() - HEAD) / ROW;
        for field in [0, 8] {
            let times: Vec<i64> = (0..count).map(|index| long(&bytes, HEAD + index * ROW + field)).collect();
            let order = by_key(count, &|index| key_of(times[index]));
            bytes.extend(order.into_iter().flat_map(|index| times[index as usize].to_le_bytes()));
        }
        bytes
    }
}

/// What rows next to one another have in common.
#[derive(Clone, Copy)]
struct Block {
    /// From the earliest beginning to the latest end.
    reach: TimeSpan,
    /// One of them at least may lie outside of its reach.
    is_loose: bool,
    /// A bit for each track that has one of them, and for those 64 further on.
    tracks: u64,
}

impl Block {
    fn of(outline: Outline) -> Self {
        Self { reach: outline.reach, is_loose: outline.is_loose, tracks: Self::bit(outline.track) }
    }

    fn bit(track: usize) -> u64 {
        1 << (track % 64)
    }

    fn join(self, other: Self) -> Self {
        Self {
            reach: self.reach.union(other.reach),
            is_loose: self.is_loose | other.is_loose,
            tracks: self.tracks | other.tracks,
        }
    }
}

/// Events that are told one by one.
pub struct Shelf {
    rows: Vec<u8>,
    blocks: Vec<Block>,
    told: Vec<OnceCell<Box<Event>>>,
    tell: Box<dyn Fn(usize) -> Option<Event>>,
}

impl Shelf {
    /// A shelf of the bytes of [`Rows`]; `tell` gives an event by its index. `None` if the bytes are no rows, or name a track
    /// that is not there.
    pub fn new(rows: Vec<u8>, tracks: usize, tell: Box<dyn Fn(usize) -> Option<Event>>) -> Option<Self> {
        let count = rows.len().checked_sub(HEAD).filter(|bytes| bytes % (ROW + TIMES) == 0)? / (ROW + TIMES);
        let mut shelf = Self { rows, blocks: Vec::new(), told: vec![OnceCell::new(); count], tell };
        let fits = |outline: Outline| outline.track < tracks && outline.reach.start < outline.reach.end;
        if count == 0 || !(0..count).all(|index| fits(shelf.outline(index))) {
            return None;
        }
        let block = |block: usize| {
            shelf.block(block).map(|index| Block::of(shelf.outline(index))).reduce(Block::join)
        };
        shelf.blocks = (0..count.div_ceil(BLOCK)).filter_map(block).collect();
        Some(shelf)
    }

    /// The indices of a block.
    fn block(&self, block: usize) -> Range<usize> {
        block * BLOCK..self.len().min((block + 1) * BLOCK)
    }

    /// How many events reach into a stretch of time.
    pub fn count_in(&self, span: TimeSpan) -> usize {
        let times = HEAD + self.len() * ROW;
        let begun = self.count_before(times, span.end.0);
        let over = self.count_before(times + self.len() * 8, span.start.0.saturating_add(1));
        begun.saturating_sub(over)
    }

    /// How many of as many times in order as there are events, from a place in the bytes on, are before a limit.
    fn count_before(&self, times: usize, limit: i64) -> usize {
        let (mut from, mut to) = (0, self.len());
        while from < to {
            let middle = usize::midpoint(from, to);
            if self.long(times + middle * 8) < limit {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        from
    }

    /// The first event that reaches into a stretch of time, among those for which something holds.
    pub fn first_in(&self, span: TimeSpan, holds: impl Fn(usize) -> bool) -> Option<usize> {
        let fits = |index: &usize| holds(*index) && self.outline(*index).reach.overlaps(span);
        let blocks = self.blocks.iter().enumerate().filter(|(_, block)| block.reach.overlaps(span));
        blocks.flat_map(|(block, _)| self.block(block)).find(fits)
    }

    /// Indices among which are all that may have to do with a stretch of time.
    pub fn near(&self, span: TimeSpan) -> Vec<Range<usize>> {
        let near = |block: &Block| block.is_loose || block.reach.overlaps(span);
        let blocks = self.blocks.iter().enumerate().filter(|(_, block)| near(block));
        blocks.map(|(block, _)| self.block(block)).collect()
    }

    /// The last event of a track for which something holds, among those that are over by a moment and not [`near`](Self::near) it.
    pub fn last_over(&self, point: TimePoint, track: usize, holds: impl Fn(usize) -> bool) -> Option<usize> {
        let over = |block: &Block| {
            !block.is_loose && block.reach.end <= point && block.tracks & Block::bit(track) != 0
        };
        let fits = |index: &usize| self.outline(*index).track == track && holds(*index);
        let blocks = self.blocks.iter().enumerate().rev().filter(|(_, block)| over(block));
        blocks.flat_map(|(block, _)| self.block(block).rev()).find(fits)
    }

    /// How many events there are.
    pub fn len(&self) -> usize {
        self.told.len()
    }

    /// Whether there are none, which is never so.
    pub fn is_empty(&self) -> bool {
        self.told.is_empty()
    }

    /// From the earliest to the latest moment of the story.
    pub fn extent(&self) -> TimeSpan {
        TimeSpan { start: TimePoint(self.long(0)), end: TimePoint(self.long(8)) }
    }

    /// What the finest date of the story stands for, in seconds.
    pub fn finest(&self) -> i64 {
        self.long(16)
    }

    /// The outline of an event; that of an empty moment where there is none.
    pub fn outline(&self, index: usize) -> Outline {
        let at = HEAD + index * ROW;
        let kind = self.word(at + 24);
        Outline {
            reach: TimeSpan { start: TimePoint(self.long(at)), end: TimePoint(self.long(at + 8)) },
            anchor: TimePoint(self.long(at + 16)),
            track: (kind & !(INTERVAL | LOOSE)) as usize,
            is_interval: kind & INTERVAL != 0,
            is_loose: kind & LOOSE != 0,
        }
    }

    /// The event with this index. One that cannot be told is there all the same, without words.
    pub fn get(&self, index: usize) -> Option<&Event> {
        let told = self.told.get(index)?;
        Some(told.get_or_init(|| Box::new((self.tell)(index).unwrap_or_else(|| self.wordless(index)))))
    }

    /// The events that may have this id; few others are among them.
    pub fn candidates(&self, id: &str) -> impl Iterator<Item = usize> {
        let wanted = hash(id);
        (0..self.len()).filter(move |index| self.word(HEAD + index * ROW + 28) == wanted)
    }

    fn wordless(&self, index: usize) -> Event {
        let Outline { track, anchor, .. } = self.outline(index);
        let civil = anchor.civil();
        let part = DatePart {
            range: TimeSpan { start: anchor, end: TimePoint(anchor.0.saturating_add(1)) },
            precision: Precision::Day,
            year: civil.year,
            month: Some(civil.month),
            season: None,
            day: Some(civil.day),
            approximate: false,
            uncertain: false,
        };
        Event {
            id: index.to_string().into(),
            date: EventDate { start: Bound::Date(part), end: None },
            track,
            importance: 1,
            label: Text::default(),
            title: Text::default(),
            gloss: Text::default(),
            summary: Text::default(),
            body: Vec::new(),
            themes: Vec::new(),
            parties: Vec::new(),
            places: Vec::new(),
            people: Vec::new(),
            names: Text::default(),
            citations: Vec::new(),
            confidence: Confidence::Low,
            date_disputed: false,
            disputes: Vec::new(),
        }
    }

    fn long(&self, at: usize) -> i64 {
        long(&self.rows, at)
    }

    fn word(&self, at: usize) -> u32 {
        bytes(&self.rows, at).map_or(0, u32::from_le_bytes)
    }
}

fn long(rows: &[u8], at: usize) -> i64 {
    bytes(rows, at).map_or(0, i64::from_le_bytes)
}

fn bytes<const N: usize>(rows: &[u8], at: usize) -> Option<[u8; N]> {
    rows.get(at..at + N)?.try_into().ok()
}

/// Two shelves are equal if they are one.
impl PartialEq for Shelf {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl fmt::Debug for Shelf {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Shelf of {}", self.len())
    }
}

/// The hash of Fowler, Noll and Vo, FNV-1a, in 32 bits.
fn hash(id: &str) -> u32 {
    id.bytes().fold(0x811C_9DC5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
