//! Timelines and plans for tests.

use std::ops::Range;

use proptest::prelude::*;

use crate::layout::{ApproximateMeasurer, Plan, PlanInput};
use crate::load::from_json;
use crate::model::{Confidence, Event, Link, Relation, Text, Timeline, Track};
use crate::scale::{Limits, Viewport};
use crate::text::Locale;
use crate::time::{Bound, DAY, DatePart, EventDate, Precision, TimePoint, TimeSpan};

/// The timeline of the site.
pub(super) fn treaty() -> Timeline {
    from_json(include_bytes!("../../../data/treaty-1945.json")).expect("the site's own timeline loads").0
}

/// A plan without selection or filter.
pub(super) fn plain(timeline: &Timeline, width_px: f64, height_px: f64) -> PlanInput<'_> {
    PlanInput {
        timeline,
        locale: Locale::En,
        limits: Limits::of(timeline),
        width_px,
        height_px,
        compact: false,
        selection: None,
        matches: None,
        hidden_tracks: &[],
    }
}

pub(super) fn plan(input: &PlanInput<'_>) -> Plan {
    Plan::new(input, &ApproximateMeasurer)
}

const TITLES: [&str; 7] = [
    "Vote",
    "Treaty signed",
    "Notes declare the treaty void",
    "條約在莫斯科簽訂",
    "A name that is far too long for any chart, and goes on and on until it has no room left in a whole row",
    "I",
    // "Treaty of peace and friendship", from right to left, with a year from left to right in it.
    "معاهدة السلام والصداقة 1945",
];

/// An event as the property tests vary it.
#[derive(Clone, Debug)]
pub(super) struct Seed {
    pub(super) track: usize,
    pub(super) importance: u8,
    pub(super) title: usize,
    /// Seconds from the beginning of the story.
    pub(super) start: i64,
    /// Length of the stated date, in seconds.
    pub(super) wide: i64,
    /// For an interval: seconds to the stated end.
    pub(super) lasts: Option<i64>,
    pub(super) vague: bool,
}

fn part(start: i64, wide: i64, vague: bool) -> DatePart {
    DatePart {
        range: TimeSpan::new(TimePoint(start), TimePoint(start + wide.max(1))),
        precision: Precision::Day,
        year: 0,
        month: None,
        season: None,
        day: None,
        approximate: vague,
        uncertain: false,
    }
}

/// A timeline of the events, in the order of time.
pub(super) fn timeline_of(seeds: &[Seed], tracks: usize) -> Timeline {
    let mut seeds = seeds.to_vec();
    seeds.sort_by_key(|seed| seed.start);
    let events = seeds.iter().enumerate().map(|(index, seed)| Event {
        id: format!("e{index}").into(),
        date: EventDate {
            start: Bound::Date(part(seed.start, seed.wide, seed.vague)),
            end: seed.lasts.map(|lasts| Bound::Date(part(seed.start + lasts, seed.wide, seed.vague))),
        },
        track: seed.track % tracks,
        importance: seed.importance,
        label: Text::of("en", TITLES[seed.title % TITLES.len()]),
        title: Text::default(),
        gloss: if seed.title % 2 == 0 { Text::of("en", "One line under the label") } else { Text::default() },
        summary: Text::default(),
        body: Vec::new(),
        themes: Vec::new(),
        parties: Vec::new(),
        places: Vec::new(),
        people: Vec::new(),
        names: Text::default(),
        citations: Vec::new(),
        confidence: Confidence::High,
        date_disputed: false,
        disputes: Vec::new(),
    });
    let events: Vec<Event> = events.collect();
    let count = events.len();
    let link =
        |from: usize, to: usize, relation| Link { from, to: to % count, relation, note: Text::default() };
    Timeline {
        id: "made-up".into(),
        title: Text::default(),
        deck: Text::default(),
        languages: vec!["en".into()],
        calendar: None,
        tracks: (0..tracks)
            .map(|track| Track {
                id: format!("t{track}").into(),
                name: Text::default(),
                short: Text::default(),
                note: Text::default(),
            })
            .collect(),
        themes: Vec::new(),
        parties: Vec::new(),
        people: Vec::new(),
        places: Vec::new(),
        sources: Vec::new(),
        eras: Vec::new(),
        links: (0..count)
            .flat_map(|event| {
                [link(event, event + 1, Relation::Caused), link(event, event + 5, Relation::Annulled)]
            })
            .filter(|link| link.from != link.to)
            .collect(),
        events: events.into(),
    }
}

/// A story, a frame and what the reader does with it.
#[derive(Clone)]
pub(in crate::layout) struct Case {
    pub(in crate::layout) timeline: Timeline,
    pub(in crate::layout) width_px: f64,
    pub(in crate::layout) height_px: f64,
    pub(in crate::layout) compact: bool,
    pub(in crate::layout) selection: Option<usize>,
    pub(in crate::layout) matches: Option<Vec<bool>>,
    pub(in crate::layout) hidden_tracks: Vec<bool>,
}

/// Only what the case was made from: whole timelines fill screens.
impl std::fmt::Debug for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(
            f,
            "{} x {} compact {} selection {:?}",
            self.width_px, self.height_px, self.compact, self.selection
        )?;
        writeln!(f, "matches {:?} hidden {:?}", self.matches, self.hidden_tracks)?;
        for (index, event) in self.timeline.events.iter().enumerate() {
            let extent = event.date.extent();
            let kind = if event.date.is_interval() { "span" } else { "point" };
            let (from, to) = (extent.start.0, extent.end.0);
            writeln!(
                f,
                "{index} {kind} {from}..{to} track {} rank {} {:?}",
                event.track,
                event.importance,
                event.label.best("en").text
            )?;
        }
        Ok(())
    }
}

impl Case {
    pub(in crate::layout) fn plan(&self) -> Plan {
        plan(&self.input())
    }

    pub(in crate::layout) fn input(&self) -> PlanInput<'_> {
        PlanInput {
            compact: self.compact,
            selection: self.selection,
            matches: self.matches.as_deref(),
            hidden_tracks: &self.hidden_tracks,
            ..plain(&self.timeline, self.width_px, self.height_px)
        }
    }

    /// A view of the story: `zoom` from 0 (all of it) to 1 (the closest), `at` from 0 (its beginning) to 1 (its end).
    pub(in crate::layout) fn view(&self, zoom: f64, at: f64) -> Viewport {
        let limits = Limits::of(&self.timeline);
        let (longest, shortest) = (limits.fit.secs() as f64, limits.min_secs as f64);
        let secs = (longest * (shortest / longest).powf(zoom)).round() as i64;
        let start = limits.fit.start.0 + ((limits.fit.secs() - secs) as f64 * at) as i64;
        let span = limits.clamp(TimeSpan::new(TimePoint(start), TimePoint(start + secs)));
        Viewport { span, width_px: self.width_px }
    }
}

fn seeds(count: Range<usize>) -> impl Strategy<Value = Vec<Seed>> {
    let unit = prop_oneof![Just(1_i64), Just(DAY), Just(DAY), Just(30 * DAY), Just(3000 * DAY)];
    // Few distinct days make clusters and events of one day.
    let start = prop_oneof![0_i64..8, 0_i64..200];
    let wide = prop_oneof![Just(1_i64), Just(1), Just(30)];
    let lasts = prop_oneof![2 => Just(None), 1 => (0_i64..150).prop_map(Some)];
    let seed = (0_usize..3, 1_u8..=5, 0..TITLES.len(), start, wide, lasts, any::<bool>()).prop_map(
        |(track, importance, title, start, wide, lasts, vague)| Seed {
            track,
            importance,
            title,
            start,
            wide,
            lasts,
            vague,
        },
    );
    (unit, proptest::collection::vec(seed, count)).prop_map(|(unit, mut seeds)| {
        for seed in &mut seeds {
            seed.start *= unit;
            seed.wide *= unit;
            seed.lasts = seed.lasts.map(|lasts| lasts * unit);
        }
        seeds
    })
}

/// Stories with clusters, events of one day, one title for many, very long and very short names, in all kinds of frames.
pub(in crate::layout) fn cases(most: usize) -> impl Strategy<Value = Case> {
    stories(1..most, 1..4)
}

/// The same with so many events in one track that it is a crowd.
pub(in crate::layout) fn crowds() -> impl Strategy<Value = Case> {
    stories(510..800, 1..2)
}

fn stories(count: Range<usize>, tracks: Range<usize>) -> impl Strategy<Value = Case> {
    let frame = (
        prop_oneof![Just(298.0_f64), Just(608.0), Just(1208.0), 120.0..1500.0],
        80.0_f64..900.0,
        any::<bool>(),
    );
    let choice = (proptest::option::of(0_usize..1000), proptest::option::of(any::<u64>()), any::<[u8; 3]>());
    (seeds(count), tracks, frame, choice).prop_map(
        |(seeds, tracks, (width_px, height_px, compact), (selection, matches, hidden))| {
            let timeline = timeline_of(&seeds, tracks);
            let count = timeline.events.len();
            Case {
                selection: selection
                    .filter(|selection| selection % 3 == 0)
                    .map(|selection| selection % count),
                matches: matches
                    .filter(|bits| bits % 3 == 0)
                    .map(|bits| (0..count).map(|event| bits >> (event % 60) & 1 == 1).collect()),
                hidden_tracks: hidden.iter().take(tracks).map(|byte| byte % 8 == 0).collect(),
                timeline,
                width_px: width_px.round(),
                height_px: height_px.round(),
                compact,
            }
        },
    )
}
