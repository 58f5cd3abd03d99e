//! What was going on at a moment, and how an event is named.

use super::{Locale, Words as _, dates};
use crate::model::{Outline, Timeline};
use crate::time::{DAY, DateBounds, Order, TimePoint, TimeSpan};

/// The longest month in seconds.
const MONTH: i64 = 31 * DAY;

/// Of what a track, or the sentence, has more than fifty of at a moment, the rest is not named: nobody reads as many names, and
/// large timelines have thousands.
fn is_full(count: usize) -> bool {
    cfg!(feature = "large") && count >= 50
}

/// What a track shows of a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrackMoment {
    /// Spans that run for certain, of a large timeline the first fifty, as indices into the timeline's events.
    pub running: Vec<usize>,
    /// The event that began last, for certain at the moment or before it.
    pub last: Option<usize>,
}

/// What each track shows of a moment, in the order of the tracks. Events that tell of an era stand on the strip instead.
pub fn moment_by_track(timeline: &Timeline, point: TimePoint) -> Vec<TrackMoment> {
    let day = day_of(point);
    let mut moments = vec![TrackMoment::default(); timeline.tracks.len()];
    for (index, outline) in timeline.events.near(day_span(point)) {
        let Some(moment) = moments.get_mut(outline.track) else { continue };
        if timeline.era_of(index).is_some() {
            continue;
        }
        let bounds = concerns(outline, point).then(|| timeline.events[index].date.bounds());
        let runs = outline.is_interval && bounds.is_some_and(|bounds| bounds.order(day) == Order::Together);
        if runs && !is_full(moment.running.len()) {
            moment.running.push(index);
        }
        // Events are in the order of their beginnings.
        if bounds.map_or(outline.reach.end <= point, |bounds| bounds.latest_start < day.latest_end) {
            moment.last = Some(index);
        }
    }
    #[cfg(feature = "large")]
    if let Some(shelf) = timeline.events.shelf() {
        // What was over long before was passed over.
        for (track, moment) in moments.iter_mut().enumerate() {
            let over = shelf.last_over(point, track, |index| timeline.era_of(index).is_none());
            moment.last = moment.last.max(over);
        }
    }
    moments
}

/// Whether an event may have to do with the day that begins at a moment.
#[cfg(feature = "large")]
fn concerns(outline: Outline, point: TimePoint) -> bool {
    outline.is_loose || outline.reach.overlaps(day_span(point))
}

/// Where there are few, each is looked at.
#[cfg(not(feature = "large"))]
fn concerns(_: Outline, _: TimePoint) -> bool {
    true
}

fn day_span(point: TimePoint) -> TimeSpan {
    TimeSpan { start: point, end: TimePoint(point.0.saturating_add(DAY)) }
}

/// The bounds of the day that begins at a moment.
fn day_of(point: TimePoint) -> DateBounds {
    DateBounds::of(day_span(point))
}

/// The reading line in words: the day, the eras it lies in, what runs, what happened on it, what perhaps did either.
pub fn moment_sentence(timeline: &Timeline, point: TimePoint, locale: Locale) -> String {
    let words = locale.words();
    let mut sentences = vec![[&*dates::long_day(point, locale), "."].concat()];
    sentences.extend(timeline.eras_at(point).map(|era| [era.label.best(locale.tag()).text, "."].concat()));
    let label = |event: usize| timeline.events.get(event).map(|event| event.label.best(locale.tag()).text);
    let moments = moment_by_track(timeline, point);
    let running = moments.iter().flat_map(|moment| &moment.running);
    let running: Vec<&str> = running.filter_map(|event| label(*event)).collect();
    let (mut happened, mut perhaps) = (Vec::new(), Vec::new());
    for (index, outline) in timeline.events.near(day_span(point)) {
        if !concerns(outline, point) || is_full(happened.len().max(perhaps.len())) {
            continue;
        }
        let (event, interval) = (&timeline.events[index], outline.is_interval);
        match event.date.bounds().order(day_of(point)) {
            Order::Together if !interval => happened.extend(label(index)),
            Order::Before | Order::After | Order::Together => {}
            // What is dated to a year or more could be named on any of its days.
            _ if !interval && event.date.extent().secs() > MONTH => {}
            _ if timeline.era_of(index).is_none() => perhaps.extend(label(index)),
            _ => {}
        }
    }
    if !running.is_empty() {
        sentences.push(words.under_way(&running));
    }
    if !happened.is_empty() {
        sentences.push(words.on_this_day(&happened));
    }
    if !perhaps.is_empty() {
        sentences.push(words.perhaps_then(&perhaps));
    }
    if running.is_empty() && happened.is_empty() && perhaps.is_empty() {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::{self, LoadError};
    use crate::time::{Bound, Civil, EventDate};

    fn treaty() -> Result<Timeline, LoadError> {
        Ok(load::from_json(include_bytes!("../../data/treaty-1945.json"))?.0)
    }

    fn midnight(year: i64, month: u8, day: u8) -> TimePoint {
        Civil::new(year, month, day).midnight()
    }

    #[test]
    fn the_reading_line_says_what_was_going_on() -> Result<(), LoadError> {
        let timeline = treaty()?;
        let say = |year, month, day| moment_sentence(&timeline, midnight(year, month, day), Locale::En);
        let said = [say(1946, 3, 1), say(1945, 8, 14), say(1944, 1, 1), say(1951, 6, 1), say(1953, 2, 25)];
        insta::assert_snapshot!(said.join("\n"), @r"
        1 March 1946. Treaty in force. Under way: Soviet forces in Manchuria; Railway run jointly on paper; Industry dismantled; Recognised by the ROC; Coalition in Xinjiang; Marshall mission.
        14 August 1945. Signed, not yet ratified. Under way: Second round in Moscow; Soviet-Mongolian offensive; Soviet forces in Manchuria; Ili army advances. On this day: Treaty signed in Moscow; Notes on Outer Mongolia; Pledges on aid and Xinjiang; Railway agreement; Agreements on two ports.
        1 January 1944. Nothing is under way.
        1 June 1951. For Taipei only. Under way: Railway run jointly on paper; Recognised by the ROC.
        25 February 1953. For Taipei only. Under way: Recognised by the ROC. On this day: Taipei declares treaty void.
        ");
        Ok(())
    }

    #[test]
    fn each_track_shows_what_runs_or_what_came_last() -> Result<(), LoadError> {
        let timeline = treaty()?;
        let name = |event: &usize| &*timeline.events[*event].id;
        let lines = moment_by_track(&timeline, midnight(1946, 3, 1)).into_iter().enumerate().map(
            |(track, moment)| {
                let running: Vec<&str> = moment.running.iter().map(name).collect();
                let last = moment.last.as_ref().map_or("-", name);
                format!("{}: {} | {last}", timeline.tracks[track].id, running.join(", "))
            },
        );
        insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"), @r"
        diplomacy:  | treaty-ratified
        manchuria: span-soviet-occupation, span-railway-joint, manchuria-dismantling | yalta-published-protests
        mongolia: span-roc-recognition | span-roc-recognition
        xinjiang: xinjiang-coalition | xinjiang-coalition
        civil-war: marshall-mission | marshall-mission
        united-nations:  | -
        ");
        Ok(())
    }

    #[test]
    fn a_span_runs_until_its_end_and_an_open_one_goes_on() -> Result<(), LoadError> {
        let mut timeline = treaty()?;
        let event = timeline.event_by_id("soviet-boycott").unwrap_or_default();
        let track = timeline.events[event].track;
        let runs = |timeline: &Timeline, year, month, day| {
            moment_by_track(timeline, midnight(year, month, day))[track].running.contains(&event)
        };
        assert!(!runs(&timeline, 1950, 1, 12));
        assert!(runs(&timeline, 1950, 1, 13));
        assert!(runs(&timeline, 1950, 8, 1));
        assert!(!runs(&timeline, 1950, 8, 2));
        timeline.events[event].date.end = Some(Bound::Open);
        assert!(runs(&timeline, 1999, 1, 1));
        timeline.events[event].date.end = Some(Bound::Unknown);
        assert!(!runs(&timeline, 1999, 1, 1));
        Ok(())
    }

    #[test]
    fn what_is_only_possible_is_not_said_as_certain() -> Result<(), Box<dyn std::error::Error>> {
        let mut timeline = treaty()?;
        let event = timeline.event_by_id("soviet-boycott").unwrap_or_default();
        let name = timeline.events[event].label.best("en").text.to_owned();
        let track = timeline.events[event].track;
        let mut said = |date: &str, year, month, day| {
            timeline.events[event].date = EventDate::parse(date)?;
            let at = midnight(year, month, day);
            let sentence = moment_sentence(&timeline, at, Locale::En);
            let place = sentence.find(&name).map(|at| &sentence[..at]).unwrap_or_default();
            let heading = ["Under way: ", "On this day: ", "Perhaps at this time: "];
            let last = heading.into_iter().filter_map(|words| Some((place.rfind(words)?, words))).max();
            let is_last = moment_by_track(&timeline, at)[track].last == Some(event);
            Ok::<_, crate::time::DateError>((last.map_or("", |(_, words)| words), is_last))
        };
        assert_eq!(said("1950-01/1950-08", 1950, 1, 30)?, ("Perhaps at this time: ", false));
        for (date, (year, month, day), expected) in [
            ("1950-01/1950-08", (1950, 1, 31), "Under way: "),
            ("1950-01/1950-08", (1950, 8, 1), "Under way: "),
            ("1950-01/1950-08", (1950, 8, 2), "Perhaps at this time: "),
            ("1950-01~/1950-08", (1950, 1, 31), "Perhaps at this time: "),
            ("1950-01-13/", (1950, 1, 14), "Perhaps at this time: "),
            ("1950-01-13/..", (1990, 1, 1), "Under way: "),
            ("{1950-01-13,1950-03-13}", (1950, 2, 13), "Perhaps at this time: "),
            ("1950-01-13", (1950, 1, 13), "On this day: "),
            ("1950-01-13T11:02:00", (1950, 1, 13), "On this day: "),
            ("1950-01-13~", (1950, 1, 13), "Perhaps at this time: "),
            ("1950-01", (1950, 1, 13), "Perhaps at this time: "),
            ("1950", (1950, 1, 13), ""),
        ] {
            assert_eq!(said(date, year, month, day)?.0, expected, "{date} on {year}-{month}-{day}");
        }
        Ok(())
    }

    #[test]
    fn an_event_is_named() -> Result<(), LoadError> {
        let timeline = treaty()?;
        let event = timeline.event_by_id("treaty-signed").unwrap_or_default();
        assert_eq!(
            event_name(&timeline, event, Locale::En),
            "Treaty signed in Moscow, Tuesday 14 August 1945, Diplomacy"
        );
        assert_eq!(event_name(&timeline, usize::MAX, Locale::En), "");
        Ok(())
    }
}
