//! Made-up histories of any number of events, the same for each run, in the formats of the timelines that are measured.
//!
//! Part of the native benchmarks and of `xtask`, which writes the files for the browser; so it uses the standard library
//! alone.

use std::io::{self, Write};

/// Bands of the chart; also the ids of the tracks.
const TRACKS: [&str; 6] = ["crown", "trade", "war", "letters", "faith", "works"];

/// What titles are made of.
const WORDS: &str = "\
    abbey accord army assembly bank border bridge canal charter city claim coast college congress \
    council court crown debt decree dispute edict election embassy envoy famine fleet garrison governor \
    guild harbour harvest island league letter library market minister mission museum northern paper \
    parliament peace pledge press province railway reform region republic revolt river school senate \
    siege southern strike tariff theatre treaty union valley voyage western";

/// The year in which the histories begin, and how many days they have: two hundred years.
const FIRST_YEAR: u32 = 1800;
const DAYS: u32 = 73_048;

/// Around so many moments most events gather.
const CLUSTERS: u64 = 24;

/// Milliseconds of a day.
const DAY_MS: i64 = 86_400_000;

/// Days from the beginning of the histories to the first of January 1970, from which browsers count.
const TO_1970: u32 = 62_091;

/// Something that happened.
struct Event {
    /// Its day, or the first of a span; counted from the beginning of the histories.
    start: u32,
    /// The last day of a span.
    end: Option<u32>,
    title: String,
    /// Index of its track.
    track: usize,
    /// From 1 (detail) to 5 (landmark).
    importance: u8,
}

/// A form in which a history can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// That of this project.
    Annals,
    /// Groups and items, with times in milliseconds, which need no reading of dates.
    VisTimeline,
    /// Events with dates in parts.
    TimelineJs,
}

impl Format {
    pub(crate) const ALL: [Self; 3] = [Self::Annals, Self::VisTimeline, Self::TimelineJs];

    /// The product's name, with which the names of its files begin.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Annals => "annals",
            Self::VisTimeline => "vis-timeline",
            Self::TimelineJs => "timelinejs",
        }
    }
}

/// Writes a history of so many events.
///
/// # Errors
///
/// Fails where `out` does.
pub(crate) fn write(count: usize, format: Format, out: &mut impl Write) -> io::Result<()> {
    let head = match format {
        Format::Annals => {
            let tracks: Vec<String> = TRACKS.iter().map(|track| format!(r#"{{"id":"{track}"}}"#)).collect();
            let tracks = tracks.join(",");
            format!(
                r#"{{"format":"annals/1","id":"bench","title":"{count} events","languages":["en"],"tracks":[{tracks}],"events":["#
            )
        }
        Format::VisTimeline => {
            let name = |(id, track)| format!(r#"{{"id":{id},"content":"{track}"}}"#);
            let groups: Vec<String> = TRACKS.iter().enumerate().map(name).collect();
            format!(r#"{{"groups":[{}],"items":["#, groups.join(","))
        }
        Format::TimelineJs => r#"{"events":["#.to_owned(),
    };
    out.write_all(head.as_bytes())?;
    for (index, event) in events(count).iter().enumerate() {
        out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        write_event(index, event, format, out)?;
    }
    out.write_all(b"\n]}\n")
}

fn write_event(index: usize, event: &Event, format: Format, out: &mut impl Write) -> io::Result<()> {
    let Event { title, track, importance, .. } = event;
    match format {
        Format::Annals => {
            let date = |day| {
                let (year, month, day) = civil(day);
                format!("{year}-{month:02}-{day:02}")
            };
            let end = event.end.map(|end| format!("/{}", date(end))).unwrap_or_default();
            let (start, track) = (date(event.start), TRACKS[*track]);
            write!(
                out,
                r#"{{"id":"e{index}","date":"{start}{end}","title":"{title}","track":"{track}","importance":{importance}}}"#
            )
        }
        Format::VisTimeline => {
            let time = |day| (i64::from(day) - i64::from(TO_1970)) * DAY_MS;
            // A span lasts to the end of its last day.
            let end = event.end.map(|end| format!(r#","end":{}"#, time(end + 1))).unwrap_or_default();
            let start = time(event.start);
            write!(out, r#"{{"id":"e{index}","content":"{title}","start":{start}{end},"group":{track}}}"#)
        }
        Format::TimelineJs => {
            let date = |day| {
                let (year, month, day) = civil(day);
                format!(r#"{{"year":{year},"month":{month},"day":{day}}}"#)
            };
            let end = event.end.map(|end| format!(r#","end_date":{}"#, date(end))).unwrap_or_default();
            let start = date(event.start);
            let text = format!(r#"{{"headline":"{title}","text":""}}"#);
            write!(out, r#"{{"unique_id":"e{index}","start_date":{start}{end},"text":{text}}}"#)
        }
    }
}

/// So many events, in the order of time: a third spread evenly, the others in clusters; every tenth is a span.
fn events(count: usize) -> Vec<Event> {
    let mut dice = Dice(1945);
    let clusters: Vec<(u32, u32)> =
        (0..CLUSTERS).map(|_| (dice.below(DAYS), 30 + dice.below(1500))).collect();
    let words: Vec<&str> = WORDS.split(' ').collect();
    let mut events: Vec<Event> = (0..count).map(|_| event(&mut dice, &clusters, &words)).collect();
    events.sort_by_key(|event| event.start);
    events
}

fn event(dice: &mut Dice, clusters: &[(u32, u32)], words: &[&str]) -> Event {
    let start = if dice.below(3) == 0 {
        dice.below(DAYS)
    } else {
        let (centre, width) = clusters[dice.below(clusters.len() as u32) as usize];
        // The sum of three dice is most often near its middle.
        let off = (0..3).map(|_| dice.below(width)).sum::<u32>();
        (centre + off).saturating_sub(width * 3 / 2).min(DAYS - 1)
    };
    let end = (dice.below(10) == 0).then(|| start + 10 + dice.below(1800));
    let chosen: Vec<&str> =
        (0..2 + dice.below(4)).map(|_| words[dice.below(words.len() as u32) as usize]).collect();
    let mut title = chosen.join(" ");
    title[..1].make_ascii_uppercase();
    let importance = match dice.below(100) {
        0..2 => 5,
        2..10 => 4,
        10..30 => 3,
        30..60 => 2,
        _ => 1,
    };
    Event { start, end, title, track: dice.below(TRACKS.len() as u32) as usize, importance }
}

/// Year, month and day of a day that is counted from the beginning of the histories.
fn civil(day: u32) -> (u32, u32, u32) {
    let is_leap =
        |year: u32| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let (mut year, mut rest) = (FIRST_YEAR, day);
    loop {
        let length = if is_leap(year) { 366 } else { 365 };
        if rest < length {
            break;
        }
        rest -= length;
        year += 1;
    }
    let mut month = 1;
    loop {
        let length = match month {
            2 if is_leap(year) => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        if rest < length {
            return (year, month, rest + 1);
        }
        rest -= length;
        month += 1;
    }
}

/// Year, month and day of a day that is counted from the first of January 1970.
pub(crate) fn civil_since_1970(day: u32) -> (u32, u32, u32) {
    civil(day + TO_1970)
}

/// Numbers that look like chance and are the same each time: the generator of Steele, Lea and Flood, "Fast
/// splittable pseudorandom number generators", OOPSLA 2014.
struct Dice(u64);

impl Dice {
    /// A number from 0 to one below `count`, which is small against 2⁶⁴.
    fn below(&mut self, count: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        (mixed % u64::from(count)) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(count: usize, format: Format) -> String {
        let mut bytes = Vec::new();
        write(count, format, &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn each_run_writes_the_same() {
        for format in Format::ALL {
            assert_eq!(written(50, format), written(50, format));
            assert_eq!(written(50, format).lines().count(), 52, "{format:?}");
        }
    }

    #[test]
    fn days_have_the_right_names() {
        assert_eq!(civil(0), (1800, 1, 1));
        assert_eq!(civil(59), (1800, 3, 1));
        assert_eq!(civil_since_1970(0), (1970, 1, 1));
        assert_eq!(civil_since_1970(20_000), (2024, 10, 4));
        assert_eq!(civil(DAYS - 1), (1999, 12, 31));
    }

    #[test]
    fn the_same_event_is_in_each_format() {
        let third = |format| written(20, format).lines().nth(3).map(str::to_owned).unwrap();
        let events = events(20);
        let Event { start, title, .. } = &events[2];
        let (year, month, day) = civil(*start);
        let annals = third(Format::Annals);
        assert!(
            annals.starts_with(&format!(r#"{{"id":"e2","date":"{year}-{month:02}-{day:02}"#)),
            "{annals}"
        );
        let ms = (i64::from(*start) - i64::from(TO_1970)) * DAY_MS;
        assert!(third(Format::VisTimeline).contains(&format!(r#""start":{ms}"#)));
        let parts =
            format!(r#"{{"unique_id":"e2","start_date":{{"year":{year},"month":{month},"day":{day}}}"#);
        assert!(third(Format::TimelineJs).starts_with(&parts));
        for format in Format::ALL {
            assert!(third(format).contains(title.as_str()), "{format:?}");
        }
    }

    #[test]
    fn the_mixture_is_as_described() {
        let events = events(10_000);
        assert!(events.is_sorted_by_key(|event| event.start));
        assert!(events.iter().all(|event| event.start < DAYS));
        let share = |test: &dyn Fn(&Event) -> bool| events.iter().filter(|event| test(event)).count();
        assert!((900..1100).contains(&share(&|event| event.end.is_some())));
        assert!((100..300).contains(&share(&|event| event.importance == 5)));
        for track in 0..TRACKS.len() {
            assert!(share(&|event| event.track == track) > 1500, "track {track}");
        }
    }

    #[test]
    fn a_million_events_are_a_file_that_can_be_opened() {
        let bytes = written(10_000, Format::Annals).len();
        assert!(bytes * 100 < 150_000_000, "{bytes} bytes for ten thousand");
    }
}
