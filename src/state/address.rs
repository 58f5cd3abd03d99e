//! The address of a view: `?from=1945-08-05&to=1945-09-04&q=railway#event-treaty-signed`.

use std::rc::Rc;

use super::{Theme, View};
use crate::model::{Term, Timeline};
use crate::query::Filter;
use crate::scale::Limits;
use crate::time::{Civil, DAY, TimePoint, TimeSpan};

/// What an address says, before it is held against a timeline. `Address::parse(&a.query(), &a.hash()) == a`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Address {
    /// `#event-…`, or `event` where a frame must not be scrolled to a part of its page: id of the chosen event.
    pub event: Option<Rc<str>>,
    /// `q`: search words.
    pub text: Rc<str>,
    /// `hide`: ids of tracks that lie down.
    pub hidden_tracks: Vec<Rc<str>>,
    /// `party`: ids of parties that are kept.
    pub parties: Vec<Rc<str>>,
    /// `about`: ids of themes that are kept.
    pub themes: Vec<Rc<str>>,
    /// `from` and `to`: first and last day in view, or the times at which the view begins and ends.
    pub span: Option<TimeSpan>,
    /// `at`: the day under the reading line, as it was written; [`day`] reads it.
    pub moment: Option<Rc<str>>,
    /// `theme`: the look.
    pub theme: Theme,
    /// `src`: address of another timeline.
    pub source: Option<Rc<str>>,
    /// Parameters of others, kept as they were.
    pub rest: Vec<(Rc<str>, Rc<str>)>,
}

const EVENT_PREFIX: &str = "event-";

/// A longer view than this is told in whole days.
const MOST_TIMED: i64 = 5 * DAY;

impl Address {
    /// Reads the query (with or without `?`) and the hash (with or without `#`). What cannot be read is left out.
    pub fn parse(query: &str, hash: &str) -> Self {
        let mut address = Self::default();
        let (mut from, mut to) = (None, None);
        let mut named = String::new();
        let query = query.strip_prefix('?').unwrap_or(query);
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = decode(value);
            match name {
                "q" => address.text = value.into(),
                "event" => named = value,
                "hide" => address.hidden_tracks = list(&value),
                "party" => address.parties = list(&value),
                "about" => address.themes = list(&value),
                "from" => from = instant(&value, 0),
                "to" => to = instant(&value, DAY),
                "at" => address.moment = (!value.is_empty()).then(|| value.into()),
                "theme" => address.theme = Theme::from_id(&value).unwrap_or_default(),
                "src" => address.source = (!value.is_empty()).then(|| value.into()),
                _ => address.rest.push((decode(name).into(), value.into())),
            }
        }
        if let (Some(start), Some(end)) = (from, to)
            && start < end
        {
            address.span = Some(TimeSpan { start, end });
        }
        // Hosts append their own parts to the hash of an embedded page, as WordPress does with `?secret=`.
        let own =
            hash.strip_prefix('#').unwrap_or(hash).split('?').next().and_then(|own| own.split('&').next());
        let id = decode(own.unwrap_or_default());
        let id = id.strip_prefix(EVENT_PREFIX).unwrap_or(&named);
        address.event = (!id.is_empty()).then(|| id.into());
        address
    }

    /// The query with its `?`, or nothing.
    pub fn query(&self) -> String {
        let mut query = String::new();
        let mut add = |name: &str, value: &str| {
            query.push(if query.is_empty() { '?' } else { '&' });
            encode(name, &mut query);
            query.push('=');
            encode(value, &mut query);
        };
        for (name, value) in &self.rest {
            add(name, value);
        }
        if let Some(source) = &self.source {
            add("src", source);
        }
        if !self.text.is_empty() {
            add("q", &self.text);
        }
        for (name, ids) in [("hide", &self.hidden_tracks), ("party", &self.parties), ("about", &self.themes)]
        {
            if !ids.is_empty() {
                add(name, &ids.join(","));
            }
        }
        if let Some(span) = self.span {
            add("from", &print(span.start, 0));
            add("to", &print(span.end, DAY));
        }
        if let Some(moment) = &self.moment {
            add("at", moment);
        }
        if let Some(theme) = self.theme.id() {
            add("theme", theme);
        }
        query
    }

    /// The hash with its `#`, or nothing.
    pub fn hash(&self) -> String {
        self.event.as_deref().map(event_hash).unwrap_or_default()
    }

    /// The filter that the address asks for; ids that the timeline does not know are left out.
    pub fn filter(&self, timeline: &Timeline) -> Filter {
        let find = |terms: &[Term], ids: &[Rc<str>]| -> Vec<usize> {
            (0..terms.len()).filter(|index| ids.contains(&terms[*index].id)).collect()
        };
        Filter {
            hidden_tracks: timeline
                .tracks
                .iter()
                .map(|track| self.hidden_tracks.contains(&track.id))
                .collect(),
            parties: find(&timeline.parties, &self.parties),
            themes: find(&timeline.themes, &self.themes),
            text: self.text.to_string(),
        }
    }

    /// The address of a view. `source` and `rest` are the page's own and left to the caller.
    pub(super) fn of(timeline: &Timeline, limits: &Limits, view: &View, with_moment: bool) -> Self {
        let ids =
            |terms: &[Term], kept: &[usize]| kept.iter().map(|index| terms[*index].id.clone()).collect();
        let hidden = timeline.tracks.iter().zip(&view.filter.hidden_tracks).filter(|(_, hidden)| **hidden);
        let mut span = view.span;
        // Whole days tell enough of a view of more than a few.
        if limits.min_secs >= DAY || span.secs() > MOST_TIMED {
            span.start.0 -= span.start.0.rem_euclid(DAY);
            span.end.0 += (-span.end.0).rem_euclid(DAY);
        }
        Self {
            event: view.selection.map(|event| timeline.events[event].id.clone()),
            text: view.filter.text.trim().into(),
            hidden_tracks: hidden.map(|(track, _)| track.id.clone()).collect(),
            parties: ids(&timeline.parties, &view.filter.parties),
            themes: ids(&timeline.themes, &view.filter.themes),
            span: (view.span != limits.fit).then_some(span),
            moment: view.moment.filter(|_| with_moment).map(|moment| print(moment, 0).into()),
            theme: view.theme,
            source: None,
            rest: Vec::new(),
        }
    }
}

/// The hash that chooses an event.
pub fn event_hash(id: &str) -> String {
    let mut hash = String::from("#");
    hash.push_str(EVENT_PREFIX);
    encode(id, &mut hash);
    hash
}

fn list(value: &str) -> Vec<Rc<str>> {
    value.split(',').filter(|id| !id.is_empty()).map(Into::into).collect()
}

/// The beginning of a day, or so many seconds after it; where a time of day follows, `1969-07-16T13:32:00`, that moment.
fn instant(value: &str, after: i64) -> Option<TimePoint> {
    let Some((date, time)) = value.split_once('T') else {
        return Some(TimePoint(day(value)?.0 + after));
    };
    let mut seconds = 0;
    let mut parts = time.split(':');
    for most in [24, 60, 60] {
        let part = parts.next().map_or(Some(0), number).filter(|part| *part < most)?;
        seconds = seconds * 60 + part;
    }
    parts.next().is_none().then_some(TimePoint(day(date)?.0 + seconds))
}

/// A day written `YYYY-MM-DD`, with a sign before years beyond four digits or before year 0.
pub(super) fn day(value: &str) -> Option<TimePoint> {
    let (sign, digits) = match value.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, value),
    };
    let mut parts = digits.split('-').map(number);
    let (Some(year), Some(month), Some(day), None) =
        (parts.next()?, parts.next()?, parts.next()?, parts.next())
    else {
        return None;
    };
    let year = sign * year;
    let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    let exists = (1..=12).contains(&month) && (1..=Civil::days_in_month(year, month)).contains(&day);
    exists.then(|| Civil { year, month, day }.midnight())
}

/// A number of at most eleven digits; the standard reader of numbers is some hundred bytes of program for each type.
fn number(digits: &str) -> Option<i64> {
    let all_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
    let value = || digits.bytes().fold(0, |value, byte| value * 10 + i64::from(byte - b'0'));
    (all_digits && (1..=11).contains(&digits.len())).then(value)
}

/// Writes what [`instant`] reads: a day where that will do.
fn print(point: TimePoint, after: i64) -> String {
    let seconds = point.0.rem_euclid(DAY);
    let point = if seconds == 0 { TimePoint(point.0 - after) } else { point };
    let Civil { year, month, day } = point.civil();
    let mut into = String::from(if year < 0 { "-" } else { "" });
    let year = year.unsigned_abs().to_string();
    for _ in year.len()..4 {
        into.push('0');
    }
    into.push_str(&year);
    let [hour, minute, second] = [seconds / 3600, seconds / 60 % 60, seconds % 60].map(|part| part as u8);
    let parts = [('-', month), ('-', day), ('T', hour), (':', minute), (':', second)];
    for (sign, part) in parts.into_iter().take(if seconds == 0 { 2 } else { 5 }) {
        into.push(sign);
        into.push(char::from(b'0' + part / 10));
        into.push(char::from(b'0' + part % 10));
    }
    into
}

/// Percent-encodes all but letters, digits and a few marks that are safe in queries and hashes.
fn encode(text: &str, into: &mut String) {
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b',' | b'/' | b':' => {
                into.push(char::from(byte));
            }
            b' ' => into.push('+'),
            _ => {
                into.push('%');
                for digit in [byte >> 4, byte & 15] {
                    into.extend(char::from_digit(digit.into(), 16).map(|digit| digit.to_ascii_uppercase()));
                }
            }
        }
    }
}

/// Undoes percent-encoding and `+`; a malformed sequence stays as it is, and so does all of it where no text would come out.
fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let hex = |offset: usize| bytes.get(at + offset).and_then(|byte| char::from(*byte).to_digit(16));
        at += match (byte, hex(1), hex(2)) {
            (b'%', Some(high), Some(low)) => {
                decoded.push((high * 16 + low) as u8);
                3
            }
            (b'+', ..) => {
                decoded.push(b' ');
                1
            }
            _ => {
                decoded.push(*byte);
                1
            }
        };
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_address_by_hand_is_read() {
        let address = Address::parse(
            "?q=rail+way%21&hide=un,xinjiang&from=1945-08-05&to=1945-09-04&course=7",
            "#event-treaty-signed?secret=x",
        );
        assert_eq!(&*address.text, "rail way!");
        assert_eq!(address.hidden_tracks, ["un".into(), "xinjiang".into()] as [Rc<str>; 2]);
        assert_eq!(address.event.as_deref(), Some("treaty-signed"));
        assert_eq!(address.span.map(|span| span.secs() / DAY), Some(31));
        assert_eq!(address.query(), "?course=7&q=rail+way%21&hide=un,xinjiang&from=1945-08-05&to=1945-09-04");
    }

    #[test]
    fn a_frame_names_its_event_in_the_query() {
        let event = |query, hash| Address::parse(query, hash).event;
        assert_eq!(event("?embed&event=treaty-signed", "#?secret=x").as_deref(), Some("treaty-signed"));
        assert_eq!(event("?event=treaty-signed", "#event-law").as_deref(), Some("law"));
        assert_eq!(event("?event=", "#years"), None);
        let address = Address::parse("?embed&event=a%20b", "");
        assert_eq!((&*address.query(), &*address.hash()), ("?embed=", "#event-a+b"));
    }

    #[test]
    fn a_view_of_hours_is_told_to_the_second() {
        let address = Address::parse("?from=1969-07-16T13:30&to=1969-07-16T13:44:05", "");
        assert_eq!(address.span.map(TimeSpan::secs), Some(14 * 60 + 5));
        assert_eq!(address.query(), "?from=1969-07-16T13:30:00&to=1969-07-16T13:44:05");
        let until = |to: &str| Address::parse(&["?from=1969-07-16T22:00&to=", to].concat(), "").span;
        assert_eq!(until("1969-07-16").map(TimeSpan::secs), Some(7200));
        for to in [
            "1969-07-16T24:00",
            "1969-07-16T23:60",
            "1969-07-16T23:10:10:10",
            "1969-07-16T",
            "1969-07-16T22:00",
        ] {
            assert_eq!(until(to), None, "{to}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_left_out() {
        for query in [
            "?from=1945-02-30&to=1945-03-01",
            "?from=x",
            "?from=1946-01-01&to=1945-01-01",
            "?theme=pink",
            "?at=",
            "?%%%",
        ] {
            let address = Address::parse(query, "#section-2");
            assert_eq!(
                (address.span, address.moment, address.theme, address.event),
                (None, None, Theme::System, None),
                "{query}"
            );
        }
    }

    proptest! {
        #[test]
        fn an_address_survives_being_printed(
            text in "\\PC{0,12}", id in "[a-zA-Zé民 0-9-]{1,12}", first in -900_000_i64..900_000, days in 1_i64..9000,
            seconds in prop_oneof![Just((0, 0)), (0..DAY, 0..DAY)], theme in 0_usize..4,
        ) {
            let start = TimePoint(first * DAY);
            let address = Address {
                event: Some(id.as_str().into()),
                text: text.as_str().into(),
                span: Some(TimeSpan { start: TimePoint(start.0 + seconds.0), end: TimePoint(start.0 + days * DAY + seconds.1) }),
                moment: Some(print(start, 0).into()),
                theme: Theme::ALL[theme],
                source: Some("https://example.org/a b.json?x=1&y=2".into()),
                ..Address::default()
            };
            prop_assert_eq!(Address::parse(&address.query(), &address.hash()), address);
        }
    }
}
