//! The packed form of a timeline: what is written is read back, and nothing else makes a timeline that is not sound.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

mod support;

use std::rc::Rc;

use annals::model::{
    Calendar, Citation, Confidence, Dispute, Era, EraField, Event, Events, Grade, Link, Person, Place,
    Reading, Relation, Source, Term, Text, Timeline,
};
use annals::pack::{PARTS_OF_DEGREE, Shelved, Shelving, Stack, read, read_shelved, write};
use annals::text::{Locale, moment_by_track, moment_sentence};
use annals::time::{Bound, DatePart, EventDate, Precision, TimePoint, TimeSpan};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use support::{check_indices, treaty};

#[test]
fn the_story_is_read_back_as_it_was() {
    let whole = treaty();
    assert_eq!(read(&write(&whole).join()).as_ref(), Some(&whole));
    let one = whole.in_language("en");
    assert_eq!(read(&write(&one).join()), Some(one));
}

#[test]
fn each_text_is_written_once() {
    let packed = write(&treaty());
    let mut texts = packed.texts.clone();
    texts.sort();
    texts.dedup();
    assert_eq!(texts.len(), packed.texts.len());
}

#[test]
fn what_is_cut_short_or_goes_on_is_refused() {
    let packed = write(&treaty().in_language("en"));
    assert_eq!(read(""), None);
    assert_eq!(read(&(packed.join() + "\u{1f}more")), None);
    let mut longer = packed.clone();
    longer.numbers.push('?');
    assert_eq!(read(&longer.join()), None);
    let mut shorter = packed.clone();
    shorter.numbers.pop();
    assert_eq!(read(&shorter.join()), None);
    let mut fewer = packed;
    fewer.texts.pop();
    assert_eq!(read(&fewer.join()), None);
}

/// What makes a timeline unsound.
type Fault = fn(&mut Timeline);

#[test]
fn a_timeline_that_is_not_sound_is_refused() {
    let faults: [(&str, Fault); 8] = [
        ("no language", |timeline| timeline.languages.clear()),
        ("no event", |timeline| {
            timeline.events.here_mut().clear();
            timeline.links.clear();
            timeline.eras.clear();
        }),
        ("an index that misses", |timeline| timeline.events[0].track = timeline.tracks.len()),
        ("an importance out of range", |timeline| timeline.events[0].importance = 6),
        ("a date that states nothing", |timeline| {
            timeline.events[0].date = EventDate { start: Bound::Open, end: Some(Bound::Unknown) };
        }),
        ("a set within a set", |timeline| {
            let [inner, outer] = [&timeline.events[0].date, &timeline.events[1].date].map(Clone::clone);
            let part = inner.start.date().unwrap().clone();
            let set = EventDate { start: Bound::Set { part: part.clone(), members: vec![inner] }, end: None };
            timeline.events[0].date =
                EventDate { start: Bound::Set { part, members: vec![outer, set] }, end: None };
        }),
        ("an era without a length", |timeline| timeline.eras[0].span.end = timeline.eras[0].span.start),
        ("an event that leads to itself", |timeline| timeline.links[0].to = timeline.links[0].from),
    ];
    let sound = treaty();
    for (name, spoil) in faults {
        let mut spoilt = sound.clone();
        spoil(&mut spoilt);
        assert_eq!(read(&write(&spoilt).join()), None, "{name}");
    }
}

fn string() -> BoxedStrategy<Rc<str>> {
    // Few enough that some come twice.
    prop_oneof!["[a-c]?", "[^\\x00-\\x1f\\x7f-\\x9f]{0,6}"].prop_map(Rc::from).boxed()
}

fn text() -> BoxedStrategy<Text> {
    vec((string(), string()), 0..3).prop_map(Text).boxed()
}

fn span() -> BoxedStrategy<TimeSpan> {
    (any::<i64>(), any::<i64>())
        .prop_filter("a span has a length", |(a, b)| a != b)
        .prop_map(|(a, b)| TimeSpan::new(TimePoint(a), TimePoint(b)))
        .boxed()
}

fn part() -> BoxedStrategy<DatePart> {
    let precisions = [
        Precision::Century,
        Precision::Decade,
        Precision::Year,
        Precision::Season,
        Precision::Month,
        Precision::Day,
        Precision::Time,
    ];
    let fields = (option::of(1_u8..13), option::of(21_u8..42), option::of(1_u8..32));
    (span(), select(precisions.to_vec()), any::<i64>(), fields, any::<bool>(), any::<bool>())
        .prop_map(|(range, precision, year, (month, season, day), approximate, uncertain)| DatePart {
            range,
            precision,
            year,
            month,
            season,
            day,
            approximate,
            uncertain,
        })
        .boxed()
}

fn plain_date() -> BoxedStrategy<EventDate> {
    let vague = || select(&[Bound::Open, Bound::Unknown]);
    let stated = || {
        (part(), 0..3).prop_map(|(part, kind)| match kind {
            0 => Bound::OrEarlier(part),
            1 => Bound::OrLater(part),
            _ => Bound::Date(part),
        })
    };
    let any_bound = || prop_oneof![stated(), vague()];
    prop_oneof![
        (stated(), option::of(any_bound())).prop_map(|(start, end)| EventDate { start, end }),
        (vague(), stated()).prop_map(|(start, end)| EventDate { start, end: Some(end) }),
    ]
    .boxed()
}

fn date() -> BoxedStrategy<EventDate> {
    let set = (part(), vec(plain_date(), 1..4), option::of(part())).prop_map(|(part, members, end)| {
        EventDate { start: Bound::Set { part, members }, end: end.map(Bound::Date) }
    });
    prop_oneof![4 => plain_date(), 1 => set].boxed()
}

fn term() -> BoxedStrategy<Term> {
    (string(), text(), text(), text())
        .prop_map(|(id, name, short, note)| Term { id, name, short, note })
        .boxed()
}

fn place() -> BoxedStrategy<Place> {
    let degrees = |most: i32| (-most..=most).prop_map(|parts| f64::from(parts) / PARTS_OF_DEGREE);
    (term(), degrees(900_000_000), degrees(1_800_000_000))
        .prop_map(|(Term { name, short: original, note, .. }, lat, lon)| Place {
            name,
            original,
            note,
            lat,
            lon,
        })
        .boxed()
}

fn source() -> BoxedStrategy<Source> {
    let grades = [Grade::Primary, Grade::Scholarly, Grade::Reference, Grade::Press, Grade::Weak];
    (string(), option::of(string()), select(grades.to_vec()))
        .prop_map(|(citation, url, grade)| Source { citation, url, grade })
        .boxed()
}

/// Indices into a list of a length that comes later.
fn places_in_list() -> BoxedStrategy<Vec<Index>> {
    vec(any::<Index>(), 0..3).boxed()
}

/// Those of them that hit in a list of this length.
fn resolve(places: &[Index], count: usize) -> Vec<usize> {
    if count == 0 { Vec::new() } else { places.iter().map(|place| place.index(count)).collect() }
}

/// What events may refer to.
fn lists() -> BoxedStrategy<Timeline> {
    let calendar = option::of(Just(Calendar::Minguo));
    let people = term().prop_map(|Term { name, short: original, note, .. }| Person { name, original, note });
    let terms = (vec(term(), 1..3), vec(term(), 0..3), vec(term(), 0..3));
    let heads = (string(), text(), text(), vec(string(), 1..3), calendar);
    (heads, terms, vec(people, 0..3), vec(place(), 0..3), vec(source(), 0..3))
        .prop_map(
            |((id, title, deck, languages, calendar), (tracks, themes, parties), people, places, sources)| {
                let (eras, events, links) = (Vec::new(), Vec::new(), Vec::new());
                Timeline {
                    id,
                    title,
                    deck,
                    languages,
                    calendar,
                    tracks,
                    themes,
                    parties,
                    people,
                    places,
                    sources,
                    eras,
                    events: events.into(),
                    links,
                }
            },
        )
        .boxed()
}

fn event(lists: &Timeline) -> BoxedStrategy<Event> {
    let counts =
        [lists.tracks.len(), lists.themes.len(), lists.parties.len(), lists.people.len(), lists.places.len()];
    let sources = lists.sources.len();
    let dispute = (text(), vec((text(), places_in_list()), 0..3), text());
    let texts = (text(), text(), text(), text(), text(), vec(text(), 0..3));
    let refers = [(); 5].map(|()| places_in_list());
    let cites = (vec((any::<Index>(), text()), 0..3), vec(dispute, 0..3));
    let confidences = [Confidence::High, Confidence::Medium, Confidence::Low];
    let facts = (string(), date(), 1_u8..6, select(confidences.to_vec()), any::<bool>());
    (facts, texts, refers, cites)
        .prop_map(move |(facts, texts, refers, (cites, disputes))| {
            let (id, date, importance, confidence, date_disputed) = facts;
            let (label, title, gloss, summary, names, body) = texts;
            let [track, themes, parties, people, places] =
                std::array::from_fn(|list| resolve(&refers[list], counts[list]));
            let citations: Vec<Citation> = cites
                .into_iter()
                .filter(|_| sources > 0)
                .map(|(source, supports)| Citation { source: source.index(sources), supports })
                .collect();
            let readings = |readings: Vec<(Text, Vec<Index>)>| {
                let read = |(value, cited): (Text, Vec<Index>)| {
                    let citations = resolve(&cited, citations.len());
                    Reading { value, citations }
                };
                readings.into_iter().map(read).collect()
            };
            let disputes = disputes
                .into_iter()
                .map(|(question, answers, shown)| Dispute { question, readings: readings(answers), shown })
                .collect();
            Event {
                id,
                date,
                track: track.first().copied().unwrap_or_default(),
                importance,
                label,
                title,
                gloss,
                summary,
                body,
                themes,
                parties,
                places,
                people,
                names,
                citations,
                confidence,
                date_disputed,
                disputes,
            }
        })
        .boxed()
}

fn timeline() -> BoxedStrategy<Timeline> {
    let era = (string(), span(), any::<bool>(), [(); 3].map(|()| text()), option::of(any::<Index>()));
    let link = (any::<Index>(), any::<Index>(), select(&Relation::ALL), text());
    (lists(), vec(era, 0..3), vec(link, 0..3))
        .prop_flat_map(|(lists, eras, links)| (vec(event(&lists), 1..4), Just((lists, eras, links))))
        .prop_map(|(events, (lists, eras, links))| {
            let count = events.len();
            let eras = eras.into_iter().map(|(id, span, full, [label, dates, text], event)| Era {
                id,
                span,
                field: if full { EraField::Full } else { EraField::Hatched },
                label,
                dates,
                text,
                event: event.map(|event| event.index(count)),
            });
            let links = links
                .into_iter()
                .map(|(from, to, relation, note)| Link {
                    from: from.index(count),
                    to: to.index(count),
                    relation,
                    note,
                })
                .filter(|link| link.from != link.to);
            Timeline { eras: eras.collect(), links: links.collect(), events: events.into(), ..lists }
        })
        .boxed()
}

/// A timeline that was put on a shelf, each part of which `change` may damage.
fn shelve(timeline: &Timeline, change: impl Fn(&mut Vec<u8>)) -> Option<Timeline> {
    let mut shelving = Shelving::new(timeline)?;
    let mut parts: Vec<Vec<u8>> = std::iter::from_fn(|| shelving.part()).collect();
    let Shelved { head, mut rows, mut starts } = shelving.end();
    parts.iter_mut().chain([&mut rows, &mut starts]).for_each(change);
    let bytes = move |part: usize, from: u32, to: Option<u32>| {
        let part: &[u8] = parts.get(part).map_or(&[], |part| part);
        part.get(from as usize..to.map_or(part.len(), |to| to as usize)).unwrap_or_default().to_vec()
    };
    read_shelved(&head, Stack { rows, starts, bytes: Box::new(bytes) })
}

proptest! {
    #[test]
    fn any_timeline_is_read_back_as_it_was(timeline in timeline()) {
        prop_assert_eq!(read(&write(&timeline).join()), Some(timeline));
    }

    #[test]
    fn a_shelved_timeline_tells_the_same_of_each_event(timeline in timeline()) {
        let shelved = shelve(&timeline, |_| {}).unwrap();
        prop_assert_eq!(shelved.events.len(), timeline.events.len());
        prop_assert!(shelved.events.outlines().eq(timeline.events.outlines()));
        prop_assert!(shelved.events.iter().eq(timeline.events.iter()));
        prop_assert_eq!((shelved.extent(), shelved.finest()), (timeline.extent(), timeline.finest()));
        for event in timeline.events.iter() {
            prop_assert_eq!(shelved.event_by_id(&event.id), timeline.event_by_id(&event.id));
        }
        prop_assert_eq!(shelved.event_by_id("no such event"), None);
        prop_assert_eq!(Timeline { events: Events::default(), ..shelved }, Timeline { events: Events::default(), ..timeline });
    }

    #[test]
    fn a_shelf_finds_who_reaches_into_a_stretch_of_time(timeline in timeline(), ends in [any::<Index>(), any::<Index>()], which in 1_usize..9) {
        // More than it looks at together.
        let events: Vec<Event> = timeline.events.iter().cloned().cycle().take(700).collect();
        let many = Timeline { events: events.into(), links: Vec::new(), eras: Vec::new(), ..timeline };
        let shelved = shelve(&many, |_| {}).unwrap();
        let mut moments: Vec<TimePoint> =
            many.events.outlines().flat_map(|outline| [outline.reach.start, outline.reach.end]).collect();
        moments.sort();
        let mut ends = ends.map(|end| end.index(moments.len()));
        ends.sort_unstable();
        let span = TimeSpan { start: moments[ends[0]], end: moments[ends[1]] };
        let reaches = |event: &usize| many.events.outline(*event).reach.overlaps(span);
        if span.start < span.end {
            prop_assert_eq!(shelved.events.count_in(span), many.events.count_in(span));
        }
        let stands = |event: usize| event % 300 > 280 && event.is_multiple_of(which);
        let first = (0..many.events.len()).find(|event| stands(*event) && reaches(event));
        prop_assert_eq!(shelved.events.shelf().unwrap().first_in(span, stands), first);
        prop_assert_eq!(moment_by_track(&shelved, span.start), moment_by_track(&many, span.start));
        prop_assert_eq!(moment_sentence(&shelved, span.start, Locale::En), moment_sentence(&many, span.start, Locale::En));
    }

    #[test]
    fn damage_on_the_shelf_makes_no_timeline_that_is_not_sound(
        timeline in timeline(),
        changes in vec((any::<Index>(), any::<u8>()), 1..6),
    ) {
        let damage = |bytes: &mut Vec<u8>| {
            for (at, other) in &changes {
                if !bytes.is_empty() {
                    let at = at.index(bytes.len());
                    bytes[at] = *other;
                }
            }
        };
        if let Some(timeline) = shelve(&timeline, damage) {
            check_indices(&timeline);
        }
    }

    #[test]
    fn no_text_makes_the_reader_panic(packed in "[?-~]{0,80}(\u{1f}.{0,3}){0,40}") {
        if let Some(timeline) = read(&packed) {
            check_indices(&timeline);
        }
    }

    #[test]
    fn no_change_makes_a_timeline_that_is_not_sound(
        timeline in timeline(),
        changes in vec((any::<Index>(), "[?-~\u{1f}é]?"), 1..4),
    ) {
        let mut letters: Vec<char> = write(&timeline).join().chars().collect();
        for (at, other) in changes {
            let at = at.index(letters.len());
            letters.splice(at..=at, other.chars());
            if letters.is_empty() {
                break;
            }
        }
        if let Some(timeline) = read(&letters.into_iter().collect::<String>()) {
            check_indices(&timeline);
        }
    }
}
