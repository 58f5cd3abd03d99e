//! Events made ready for the plan: bare times, measured words, weight.

use super::{Font, PlanInput, Side, TextMeasurer};
use crate::model::{Event, LinkView};
use crate::scale::Tier;
use crate::text;
use crate::time::{Bound, DatePart, EventDate, TimeSpan};

/// Distance from the middle of a mark to its label.
pub(super) const LABEL_GAP: f64 = 12.0;
/// Half of the room that a mark takes.
pub(super) const HALF_MARK: f64 = 7.0;
/// A span narrower than this stands on the line as a point.
const MIN_SPAN_PX: f64 = 16.0;
/// Half of the least width of a possible range.
pub(super) const HALF_VAGUE: f64 = 8.0;
/// Between the name and the date.
const DATE_GAP: f64 = 6.0;
/// Added to every measured text, against rounding.
const SLACK: f64 = 3.0;
/// A chosen label is set on a ground of its own, which is wider than the text.
const SELECTED_PX: f64 = 20.0;
/// The weight of the chosen event: above all others.
pub(super) const SELECTED_IMPORTANCE: u8 = 100;
/// What a link to the chosen event adds to the weight.
const LINKED_BONUS: u8 = 4;

/// Widths of one text in views that are not near, and in near ones.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Widths {
    pub(super) far: f64,
    /// At least as wide as `far`.
    pub(super) near: f64,
}

impl Widths {
    pub(super) fn of(self, tier: Tier) -> f64 {
        if tier == Tier::Near { self.near } else { self.far }
    }

    pub(super) fn plus(self, px: f64) -> Self {
        Self { far: self.far + px, near: self.near + px }
    }
}

/// From where to where a label of this width reaches whose mark stands at `x`, the mark included.
pub(super) fn bounds(x: f64, width: f64, side: Side) -> (f64, f64) {
    match side {
        Side::Right => (x - HALF_MARK, x + LABEL_GAP + width),
        Side::Left => (x - LABEL_GAP - width, x + HALF_MARK),
    }
}

/// From this importance on a label has its date beside it in views that are not near, and a strong face from the second on.
pub(super) const DATED: u8 = 4;
const STRONG: u8 = 5;

/// What an item is, in [`Item::flags`].
pub(super) const STANDING: u8 = 1;
const INTERVAL: u8 = 2;
const VAGUE_START: u8 = 4;
const VAGUE_END: u8 = 8;

/// An event as the plan sees it. Times are in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Item {
    /// Where its mark stands while it is a point; from `from` on and before `to`.
    pub(super) anchor: i64,
    /// The earliest moment meant.
    pub(super) from: i64,
    /// The moment after the latest one meant; greater than `from`.
    pub(super) to: i64,
    pub(super) event: u32,
    /// Of the label of a point, far and near, and of the caption of a span.
    pub(super) widths: [f32; 4],
    pub(super) track: u16,
    /// With what the selection adds.
    pub(super) importance: u8,
    pub(super) flags: u8,
}

impl Item {
    pub(super) fn event(&self) -> usize {
        self.event as usize
    }

    pub(super) fn track(&self) -> usize {
        usize::from(self.track)
    }

    /// It may have a label: it passes the filter and its track is not hidden.
    pub(super) fn standing(&self) -> bool {
        self.flags & STANDING != 0
    }

    pub(super) fn interval(&self) -> bool {
        self.flags & INTERVAL != 0
    }

    /// How many of its ends are stated as "about" or are unknown.
    pub(super) fn vague_ends(&self) -> f64 {
        f64::from((self.flags & (VAGUE_START | VAGUE_END)).count_ones())
    }

    /// The zoom from which it hangs as a span; infinite for points.
    pub(super) fn hangs_from(&self) -> f64 {
        if self.interval() { MIN_SPAN_PX / (self.to - self.from) as f64 } else { f64::INFINITY }
    }

    /// Of the label of a point.
    pub(super) fn label(&self) -> Widths {
        Widths { far: self.widths[0].into(), near: self.widths[1].into() }
    }

    /// Of the caption of a span.
    pub(super) fn caption(&self) -> Widths {
        Widths { far: self.widths[2].into(), near: self.widths[3].into() }
    }
}

/// Which parts of the time of an item are certain.
pub(super) struct Certainty {
    /// Any part is stated as "about", "perhaps", "or earlier" or "or later".
    pub(super) vague: bool,
    /// The middles of ends of an interval that are stated as "about", or an end that is unknown.
    pub(super) vague_start: Option<i64>,
    pub(super) vague_end: Option<i64>,
    /// From when to when an interval certainly lasted.
    pub(super) core: Option<(i64, i64)>,
}

impl Certainty {
    /// Of a date in a story with these ends.
    pub(super) fn of(date: &EventDate, story: TimeSpan) -> Self {
        let (from, to) = within(date.reach(), story);
        Self {
            vague: date.is_vague(),
            vague_start: match &date.start {
                Bound::Unknown => Some(from),
                _ if !date.is_interval() => None,
                start => vague_middle(start),
            },
            vague_end: match &date.end {
                Some(Bound::Unknown) => Some(to.max(from + 1)),
                end => end.as_ref().and_then(vague_middle),
            },
            core: date.core().map(|core| within(core, story)),
        }
    }
}

/// The middle of a bound that is stated as "about" or "perhaps".
fn vague_middle(bound: &Bound) -> Option<i64> {
    let part: &DatePart = bound.date()?;
    part.is_vague().then(|| part.range.middle().0)
}

/// What has no beginning or goes on reaches to the edge of the story.
fn within(span: TimeSpan, story: TimeSpan) -> (i64, i64) {
    (span.start.max(story.start).0, span.end.min(story.end).0)
}

/// The widths of an event's label and caption, with an importance that counts what the selection adds.
pub(super) fn widths(
    event: &Event,
    importance: u8,
    input: &PlanInput<'_>,
    date: &mut dyn FnMut(&EventDate, bool) -> f64,
    measurer: &dyn TextMeasurer,
) -> [f32; 4] {
    let (name_font, caption_font) = match (input.compact, importance >= STRONG) {
        (false, false) => (Font::Label, Font::Caption),
        (false, true) => (Font::LabelStrong, Font::Caption),
        (true, false) => (Font::CompactLabel, Font::CompactCaption),
        (true, true) => (Font::CompactLabelStrong, Font::CompactCaption),
    };
    let lang = input.locale.tag();
    let slack = SLACK + if importance >= SELECTED_IMPORTANCE { SELECTED_PX } else { 0.0 };
    let words = event.label.best(lang).text;
    let name = measurer.width(words, name_font) + slack;
    let caption = if event.date.is_interval() { measurer.width(words, caption_font) + slack } else { 0.0 };
    let (mut far, mut near, mut below) = (0.0, 0.0, 0.0);
    if !input.compact {
        if importance >= DATED {
            far = date(&event.date, false);
        }
        near = date(&event.date, true);
        let gloss = event.gloss.best(lang).text;
        if !gloss.is_empty() {
            below = measurer.width(gloss, Font::Gloss) + slack;
        }
    }
    let label = name + far;
    [label, (name + near).max(label).max(below), caption, caption + near].map(|width| width as f32)
}

/// The events that stand in tracks, in the order of the events: all but those that tell of an era. `links` are those of the
/// chosen event.
pub(super) fn items(input: &PlanInput<'_>, links: &[LinkView], measurer: &dyn TextMeasurer) -> Vec<Item> {
    let timeline = input.timeline;
    let count = timeline.events.len();
    let mut bonus = vec![0; count];
    for link in links {
        bonus[link.other] = LINKED_BONUS;
    }
    let mut on_strip = vec![false; count];
    for era in &timeline.eras {
        if let Some(event) = era.event {
            on_strip[event] = true;
        }
    }
    let mut date_width = date_width(input, measurer);
    let mut all = Vec::with_capacity(count);
    for (index, event) in timeline.events.iter().enumerate() {
        if on_strip[index] {
            continue;
        }
        let chosen = input.selection == Some(index);
        let passes = input.matches.is_none_or(|matches| matches.get(index).copied().unwrap_or(true));
        let hidden = input.hidden_tracks.get(event.track).copied().unwrap_or(false);
        let standing = chosen || (passes && !hidden);
        let importance = match standing {
            true if chosen => SELECTED_IMPORTANCE,
            true => event.importance + bonus[index],
            false => event.importance,
        };
        let date = &event.date;
        let Certainty { vague_start, vague_end, .. } = Certainty::of(date, input.limits.fit);
        let (from, to) = within(date.reach(), input.limits.fit);
        let to = to.max(from + 1);
        let flags = [
            (STANDING, standing),
            (INTERVAL, date.is_interval()),
            (VAGUE_START, vague_start.is_some()),
            (VAGUE_END, vague_end.is_some()),
        ];
        all.push(Item {
            anchor: date.anchor().0.clamp(from, to - 1),
            from,
            to,
            event: index as u32,
            widths: if standing {
                widths(event, importance, input, &mut date_width, measurer)
            } else {
                [0.0; 4]
            },
            track: event.track as u16,
            importance,
            flags: flags.iter().map(|(flag, holds)| if *holds { *flag } else { 0 }).sum(),
        });
    }
    all
}

/// Measures what stands beside a name: a date in words and the gap before it.
pub(super) fn date_width(
    input: &PlanInput<'_>,
    measurer: &dyn TextMeasurer,
) -> impl FnMut(&EventDate, bool) -> f64 {
    let measure = move |date: &EventDate, near: bool| {
        let words = text::label_date(date, near, input.locale);
        if words.is_empty() { 0.0 } else { measurer.width(&words, Font::Date) + DATE_GAP }
    };
    // Of the words that come again and again each is measured once.
    #[cfg(feature = "large")]
    let measure = {
        let mut known = vec![None; text::LABEL_KEYS];
        move |date: &EventDate, near: bool| match text::label_key(date, near) {
            Some(key) => *known[key].get_or_insert_with(|| measure(date, near)),
            None => measure(date, near),
        }
    };
    measure
}

/// The item of an event.
pub(super) fn of_event(items: &[Item], event: usize) -> Option<usize> {
    let at = items.partition_point(|item| item.event() < event);
    items.get(at).is_some_and(|item| item.event() == event).then_some(at)
}
