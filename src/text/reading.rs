//! What was going on at a moment, and how an event is named and cited.

use super::{Locale, dates};
use crate::model::{Event, Timeline};
use crate::time::{Bound, TimePoint};

/// What a track shows of a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrackMoment {
    /// Spans that run, as indices into the timeline's events.
    pub running: Vec<usize>,
    /// The event that began last, at the moment or before it.
    pub last: Option<usize>,
}

/// What each track shows of a moment, in the order of the tracks. Events that tell of an era stand on the strip instead.
pub fn moment_by_track(timeline: &Timeline, point: TimePoint) -> Vec<TrackMoment> {
    let mut moments = vec![TrackMoment::default(); timeline.tracks.len()];
    for (index, event) in timeline.events.iter().enumerate() {
        let Some(moment) = moments.get_mut(event.track) else { continue };
        if timeline.era_of(index).is_some() {
            continue;
        }
        if runs(event, point) {
            moment.running.push(index);
        }
        // Events are in the order of their beginnings.
        if event.date.extent().start <= point {
            moment.last = Some(index);
        }
    }
    moments
}

/// Whether a span runs at a moment: between its ends, or on the open side of the one that is stated.
fn runs(event: &Event, point: TimePoint) -> bool {
    let extent = event.date.extent();
    let begun = extent.start <= point || event.date.start == Bound::Open;
    let over = extent.end <= point && event.date.end != Some(Bound::Open);
    event.date.is_interval() && begun && !over
}

/// The reading line in words: the day, the eras it lies in, what runs, what happened on it.
pub fn moment_sentence(timeline: &Timeline, point: TimePoint, locale: Locale) -> String {
    let words = locale.words();
    let label = |event: &usize| timeline.events.get(*event).map(|event| event.label.best(locale.tag()).text);
    let mut sentences = vec![[&*dates::long_day(point, locale), "."].concat()];
    sentences.extend(timeline.eras_at(point).map(|era| [era.label.best(locale.tag()).text, "."].concat()));
    let moments = moment_by_track(timeline, point);
    let running: Vec<&str> = moments.iter().flat_map(|moment| &moment.running).filter_map(label).collect();
    let happened: Vec<&str> = timeline
        .events
        .iter()
        .filter(|event| {
            let extent = event.date.extent();
            !event.date.is_interval() && extent.contains(point) && extent.secs() <= crate::time::DAY
        })
        .map(|event| event.label.best(locale.tag()).text)
        .collect();
    if !running.is_empty() {
        sentences.push(words.under_way(&running));
    }
    if !happened.is_empty() {
        sentences.push(words.on_this_day(&happened));
    }
    if running.is_empty() && happened.is_empty() {
        sentences.push(words.nothing_under_way().to_owned());
    }
    sentences.join(" ")
}

/// The name of a link to an event: "Treaty signed in Moscow, Tuesday 14 August 1945, Diplomacy".
///
/// Empty if there is no such event.
pub fn event_name(timeline: &Timeline, event: usize, locale: Locale) -> String {
    let Some(event) = timeline.events.get(event) else { return String::new() };
    let track = timeline.tracks.get(event.track).map_or("", |track| track.name.best(locale.tag()).text);
    let date = dates::spoken_date(&event.date, locale);
    [event.label.best(locale.tag()).text, &date, track].join(", ")
}

/// What to write under a quotation from an event; `address` is the link to it. Empty if there is no such event.
pub fn citation(timeline: &Timeline, event: usize, address: &str, locale: Locale) -> String {
    let Some(event) = timeline.events.get(event) else { return String::new() };
    let (title, whole) = (event.title.best(locale.tag()).text, timeline.title.best(locale.tag()).text);
    locale.words().citation(title, &dates::long_date(&event.date, locale), whole, address)
}
