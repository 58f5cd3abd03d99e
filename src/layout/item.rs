//! Events made ready for the plan: bare times, measured words, weight.

use std::rc::Rc;

use super::{Emphasis, Font, PlanInput, Side, TextMeasurer};
use crate::model::Event;
use crate::scale::Tier;
use crate::time::{Bound, DatePart, TimeSpan};

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
const SELECTED_IMPORTANCE: u8 = 100;
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

/// An end of an interval that is stated as "about": where its middle lies.
pub(super) type Vague = Option<i64>;

/// An event as the plan sees it. Times are in seconds.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Item {
    pub(super) event: usize,
    pub(super) track: usize,
    /// With what the selection adds.
    pub(super) importance: u8,
    /// It may have a label: it passes the filter and its track is not hidden.
    pub(super) standing: bool,
    pub(super) emphasis: Emphasis,
    /// Where its mark stands while it is a point.
    pub(super) anchor: i64,
    /// The earliest moment meant.
    pub(super) from: i64,
    /// The moment after the latest one meant; greater than `from`.
    pub(super) to: i64,
    pub(super) interval: bool,
    pub(super) vague: bool,
    pub(super) vague_start: Vague,
    pub(super) vague_end: Vague,
    pub(super) core: Option<(i64, i64)>,
    /// The zoom from which it hangs as a span; infinite for points.
    pub(super) hangs_from: f64,
    pub(super) text: Rc<str>,
    pub(super) gloss: Rc<str>,
    pub(super) date_far: Rc<str>,
    pub(super) date_near: Rc<str>,
    /// Of the label of a point.
    pub(super) label: Widths,
    /// Of the caption of a span.
    pub(super) caption: Widths,
}

/// The middle of a bound that is stated as "about" or "perhaps".
fn vague_middle(bound: &Bound) -> Vague {
    let part: &DatePart = bound.date()?;
    part.is_vague().then(|| part.range.middle().0)
}

fn item(
    index: usize,
    event: &Event,
    emphasis: Emphasis,
    input: &PlanInput<'_>,
    measurer: &dyn TextMeasurer,
) -> Item {
    let chosen = emphasis == Emphasis::Selected;
    let linked = matches!(emphasis, Emphasis::Linked(_));
    let importance =
        if chosen { SELECTED_IMPORTANCE } else { event.importance + if linked { LINKED_BONUS } else { 0 } };
    let standing = emphasis != Emphasis::Off;
    // What has no beginning or goes on reaches to the edge of the story.
    let story = input.limits.fit;
    let within = |span: TimeSpan| (span.start.max(story.start).0, span.end.min(story.end).0);
    let (from, to) = within(event.date.reach());
    let to = to.max(from + 1);
    let interval = event.date.is_interval();
    let words = if event.label.is_empty() { &event.title } else { &event.label };
    let text: Rc<str> = words.best(input.lang).text.into();
    let gloss: Rc<str> = event.gloss.best(input.lang).text.into();
    let (date_far, date_near) = if input.compact || !standing {
        (String::new(), String::new())
    } else {
        let dated = event.importance >= 4 || chosen || linked;
        let far = if dated { input.texts.date(index, Tier::Mid) } else { String::new() };
        (far, input.texts.date(index, Tier::Near))
    };
    let (label, caption) = if standing {
        let strong = event.importance >= 5 || chosen || linked;
        let (name_font, caption_font) = match (input.compact, strong) {
            (false, false) => (Font::Label, Font::Caption),
            (false, true) => (Font::LabelStrong, Font::Caption),
            (true, false) => (Font::CompactLabel, Font::CompactCaption),
            (true, true) => (Font::CompactLabelStrong, Font::CompactCaption),
        };
        let slack = SLACK + if chosen { SELECTED_PX } else { 0.0 };
        let dated =
            |date: &str| if date.is_empty() { 0.0 } else { measurer.width(date, Font::Date) + DATE_GAP };
        let name = measurer.width(&text, name_font) + slack;
        let below =
            if input.compact || gloss.is_empty() { 0.0 } else { measurer.width(&gloss, Font::Gloss) + slack };
        let far = name + dated(&date_far);
        let caption = if interval { measurer.width(&text, caption_font) + slack } else { 0.0 };
        (
            Widths { far, near: (name + dated(&date_near)).max(far).max(below) },
            Widths { far: caption, near: caption + dated(&date_near) },
        )
    } else {
        (Widths { far: 0.0, near: 0.0 }, Widths { far: 0.0, near: 0.0 })
    };
    Item {
        event: index,
        track: event.track,
        importance,
        standing,
        emphasis,
        anchor: event.date.anchor().0,
        from,
        to,
        interval,
        vague: event.date.is_vague(),
        vague_start: match event.date.start {
            Bound::Unknown => Some(from),
            _ if !interval => None,
            ref start => vague_middle(start),
        },
        vague_end: match &event.date.end {
            Some(Bound::Unknown) => Some(to),
            end => end.as_ref().and_then(vague_middle),
        },
        core: event.date.core().map(within),
        hangs_from: if interval { MIN_SPAN_PX / (to - from) as f64 } else { f64::INFINITY },
        text,
        gloss,
        date_far: date_far.into(),
        date_near: date_near.into(),
        label,
        caption,
    }
}

/// The events that stand in tracks: all but those that tell of an era.
pub(super) fn items(input: &PlanInput<'_>, measurer: &dyn TextMeasurer) -> Vec<Item> {
    let timeline = input.timeline;
    let mut emphasis = vec![
        if input.selection.is_some() { Emphasis::Dimmed } else { Emphasis::Normal };
        timeline.events.len()
    ];
    if let Some(chosen) = input.selection {
        // The first group in order wins where two links lead to one event.
        for view in timeline.links_of(chosen).iter().rev() {
            emphasis[view.other] = Emphasis::Linked(view.group);
        }
    }
    let mut on_strip = vec![false; timeline.events.len()];
    for era in &timeline.eras {
        if let Some(event) = era.event {
            on_strip[event] = true;
        }
    }
    let mut all = Vec::with_capacity(timeline.events.len());
    for (index, event) in timeline.events.iter().enumerate() {
        if on_strip[index] {
            continue;
        }
        let passes = input.matches.is_none_or(|matches| matches.get(index).copied().unwrap_or(true));
        let hidden = input.hidden_tracks.get(event.track).copied().unwrap_or(false);
        let emphasis = if input.selection == Some(index) {
            Emphasis::Selected
        } else if passes && !hidden {
            emphasis[index]
        } else {
            Emphasis::Off
        };
        all.push(item(index, event, emphasis, input, measurer));
    }
    all
}
