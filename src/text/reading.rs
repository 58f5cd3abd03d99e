//! What was going on at a moment, and how an event is named and cited.

use super::{Locale, Words as _, dates};
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::{self, LoadError};
    use crate::time::Civil;

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
    fn an_event_is_named_and_cited() -> Result<(), LoadError> {
        let timeline = treaty()?;
        let event = timeline.event_by_id("treaty-signed").unwrap_or_default();
        assert_eq!(
            event_name(&timeline, event, Locale::En),
            "Treaty signed in Moscow, Tuesday 14 August 1945, Diplomacy"
        );
        insta::assert_snapshot!(citation(&timeline, event, "https://example.org/#event-treaty-signed", Locale::En), @r"
        “Sino-Soviet Treaty signed in Moscow”, 14 August 1945. In: Sino-Soviet Treaty of Friendship and Alliance, an Annals timeline. https://example.org/#event-treaty-signed
        ");
        assert_eq!(event_name(&timeline, usize::MAX, Locale::En), "");
        Ok(())
    }
}
