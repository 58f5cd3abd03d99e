//! Dates as they are written: EDTF (ISO 8601-2:2019), read by `edtf-core`, and what people write instead of it.

mod typed;

use edtf_core::{Edtf, IntervalEndpoint, SetElement, SetKind};

use super::{Bound, Civil, DAY, DatePart, EventDate, Precision, TimePoint, TimeSpan};
use crate::order::sort_by;

/// The furthest year, either way, whose seconds fit the axis.
const FURTHEST_YEAR: i64 = 292_000_000_000;

/// Why a string is no date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct DateError {
    /// What is wrong and what to write instead.
    pub message: String,
    /// Byte offset in the input where reading stopped.
    pub at: usize,
}

/// A date, and how it was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateReading {
    /// The date.
    pub date: EventDate,
    /// It in EDTF: the input itself, but for blanks around it, if that is EDTF.
    pub edtf: String,
    /// What was changed, as a sentence: "“c. 1945” is read as 1945~."; or, where nothing was, that many would mean
    /// something else by what is written.
    pub note: Option<String>,
}

impl EventDate {
    /// Reads EDTF, levels 0 to 2, and what people write instead of it, as [`EventDate::read`] does, but tells nothing.
    ///
    /// # Errors
    ///
    /// [`DateError`] says what is wrong, where, and what to write instead.
    pub fn parse(input: &str) -> Result<Self, DateError> {
        Self::read(input).map(|reading| reading.date)
    }

    /// Reads EDTF, levels 0 to 2, as it stands in the standard, and nothing else.
    ///
    /// A time of day is taken as the clock showed it, whatever the zone.
    ///
    /// # Errors
    ///
    /// [`DateError`] says what is wrong, where, and what to write instead.
    pub fn parse_strict(input: &str) -> Result<Self, DateError> {
        strict(input).map_err(|problem| explain(input, input, problem.message, problem.offset, None))
    }

    /// Reads EDTF and, where the input is none, what people write who do not know it: "c. 1945", "44 BC", "1945 – 1953",
    /// "before 14 August 1945". Only what has one clear meaning is read so, and the note says how.
    ///
    /// Hyphen and dash differ, as they do in print: `1945-6` is a month, like `1945-06-14`, and `1945–46` two years. Where
    /// the number after a hyphen can be no month, as in `1914-18`, it is a year as well; where it is a code of EDTF, as in
    /// `1939-41`, it is that, with a note.
    ///
    /// # Errors
    ///
    /// [`DateError`] says what is wrong, where, and what to write instead.
    pub fn read(input: &str) -> Result<DateReading, DateError> {
        let text = input.trim();
        let problem = match strict(text) {
            Ok(date) => {
                return Ok(DateReading { date, edtf: text.to_owned(), note: typed::caution(text) });
            }
            Err(problem) => problem,
        };
        let (advice, at) = match typed::rewrite(text) {
            typed::Rewritten::Edtf(edtf, more) => {
                let (found, beyond) = match strict(&edtf) {
                    Ok(date) => (Some(date), ""),
                    Err(_) => (mixed_set(&edtf), ", which goes beyond EDTF"),
                };
                if let Some(date) = found {
                    let note = if edtf == text {
                        [
                            "“",
                            text,
                            "” goes beyond EDTF, where both ends are equally fine; it is read all the same.",
                        ]
                        .concat()
                    } else {
                        // A full stop after two others would seem to be one of them.
                        let open = if edtf.ends_with('.') { " (it goes on)" } else { "" };
                        ["“", text, "” is read as ", &edtf, beyond, &more, open, "."].concat()
                    };
                    return Ok(DateReading { date, edtf, note: Some(note) });
                }
                (None, None)
            }
            typed::Rewritten::Unclear(advice) => (Some(advice), Some(0)),
            typed::Rewritten::Unknown(at) => (None, at),
        };
        let leading = input.len() - input.trim_start().len();
        let word = at
            .and_then(|at| text.get(at..))
            .map(|rest| rest.split(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default());
        let message = match word.filter(|word| !word.is_empty()) {
            Some(word) => ["“", word, "” is not understood"].concat(),
            None if !text.contains(|letter: char| letter.is_ascii_digit()) => {
                "there is no year in it".to_owned()
            }
            // What the reader of EDTF says of blanks and other letters is no help where they were allowed.
            None if text.contains(|letter: char| letter == ' ' || !letter.is_ascii()) => {
                "together this is not understood".to_owned()
            }
            None => problem.message.to_owned(),
        };
        let at = leading + at.unwrap_or(problem.offset).min(text.len());
        Err(explain(input, text, &message, at, advice))
    }
}

impl DatePart {
    fn read(date: &edtf_core::Date) -> Result<Self, Problem> {
        let bounds = Edtf::Date(*date).bounds();
        let (edtf_core::Bound::Date(first), edtf_core::Bound::Date(last)) = (bounds.earliest, bounds.latest)
        else {
            return Err(Problem::FAR);
        };
        if first.year.abs() > FURTHEST_YEAR || last.year.abs() > FURTHEST_YEAR {
            return Err(Problem::FAR);
        }
        let start = Civil::new(first.year, first.month, first.day).midnight();
        let end = Civil::new(last.year, last.month, last.day).midnight();
        let year = date.year.value().unwrap_or(first.year);
        let whole_year = date.year.value().is_some() && date.year.significant_digits.is_none();
        let slot = if whole_year { date.month.and_then(edtf_core::DateField::value) } else { None };
        let month = slot.filter(|month| *month <= 12);
        let season = slot.filter(|code| *code > 12);
        let day = if month.is_some() { date.day.and_then(edtf_core::DateField::value) } else { None };
        let precision = match (day, month, season, last.year.saturating_sub(first.year)) {
            (Some(_), ..) => Precision::Day,
            (_, Some(_), ..) => Precision::Month,
            (_, _, Some(_), _) => Precision::Season,
            (_, _, _, 0) => Precision::Year,
            (_, _, _, 1..=9) => Precision::Decade,
            _ => Precision::Century,
        };
        Ok(Self {
            range: TimeSpan { start, end: TimePoint(end.0.saturating_add(DAY)) },
            precision,
            year,
            month,
            season,
            day,
            approximate: date.is_approximate(),
            uncertain: date.is_uncertain(),
        })
    }

    /// One statement that may mean either of two, or anything between them.
    fn or(self, other: &Self) -> Self {
        let same_month = self.year == other.year && self.month == other.month;
        Self {
            range: self.range.union(other.range),
            precision: self.precision.min(other.precision),
            year: self.year,
            month: self.month.filter(|_| same_month),
            season: self.season.filter(|_| self.season == other.season && self.year == other.year),
            day: self.day.filter(|_| same_month && self.day == other.day),
            approximate: self.approximate || other.approximate,
            uncertain: self.uncertain || other.uncertain,
        }
    }
}

/// What the reader of EDTF found, in its own words.
struct Problem {
    message: &'static str,
    offset: usize,
}

impl Problem {
    const FAR: Self = Self { message: "the year is out of reach (292 billion years either way)", offset: 0 };
}

/// Reads EDTF as it stands in the standard.
fn strict(text: &str) -> Result<EventDate, Problem> {
    let parsed = Edtf::parse(text).or_else(|error| time_before_christ(text).ok_or(error));
    let parsed = parsed.map_err(|error| Problem { message: error.message, offset: error.offset })?;
    Ok(match &parsed {
        Edtf::Date(date) => EventDate { start: Bound::Date(DatePart::read(date)?), end: None },
        Edtf::DateTime(stated) => {
            let mut part = DatePart::read(&stated.date)?;
            let clock = &stated.time;
            let seconds =
                i64::from(clock.hour) * 3600 + i64::from(clock.minute) * 60 + i64::from(clock.second);
            let at = TimePoint(part.range.start.0.saturating_add(seconds));
            part.range = TimeSpan { start: at, end: TimePoint(at.0.saturating_add(1)) };
            part.precision = Precision::Time;
            EventDate { start: Bound::Date(part), end: None }
        }
        Edtf::Interval(interval) => {
            EventDate { start: read_endpoint(&interval.start)?, end: Some(read_endpoint(&interval.end)?) }
        }
        Edtf::Set(set) => {
            let members = set.elements.iter().map(read_element).collect::<Result<Vec<_>, _>>()?;
            gather(members, set.kind == SetKind::AllMembers)
                .ok_or(Problem { message: "the set is empty", offset: 0 })?
        }
    })
}

/// A time of day in a year below zero, which `edtf-core` refuses though the standard has it.
fn time_before_christ(text: &str) -> Option<Edtf> {
    let (day, time) = text.split_once('T').filter(|(day, _)| day.starts_with('-'))?;
    let (Edtf::Date(date), Edtf::DateTime(clock)) =
        (Edtf::parse(day).ok()?, Edtf::parse(&["2000-01-01T", time].concat()).ok()?)
    else {
        return None;
    };
    let whole =
        date.day.is_some() && !date.has_unspecified() && !date.is_uncertain() && !date.is_approximate();
    whole.then_some(Edtf::DateTime(edtf_core::DateTime { date, time: clock.time }))
}

fn read_endpoint(endpoint: &IntervalEndpoint) -> Result<Bound, Problem> {
    Ok(match endpoint {
        IntervalEndpoint::Open => Bound::Open,
        IntervalEndpoint::Unknown => Bound::Unknown,
        IntervalEndpoint::Date(date) => Bound::Date(DatePart::read(date)?),
        IntervalEndpoint::OnOrBefore(date) => Bound::OrEarlier(DatePart::read(date)?),
        IntervalEndpoint::OnOrAfter(date) => Bound::OrLater(DatePart::read(date)?),
    })
}

fn read_element(element: &SetElement) -> Result<EventDate, Problem> {
    let (start, end) = match element {
        SetElement::Date(date) => (Bound::Date(DatePart::read(date)?), None),
        SetElement::OnOrBefore(date) => (Bound::OrEarlier(DatePart::read(date)?), None),
        SetElement::OnOrAfter(date) => (Bound::OrLater(DatePart::read(date)?), None),
        SetElement::Range(from, to) => {
            (Bound::Date(DatePart::read(from)?), Some(Bound::Date(DatePart::read(to)?)))
        }
    };
    Ok(EventDate { end: end.filter(|end| *end != start), start })
}

/// The date of a set: one of its members, or all of them.
fn gather(mut members: Vec<EventDate>, all: bool) -> Option<EventDate> {
    let key = |member: &EventDate| (member.extent().start, member.extent().end);
    sort_by(&mut members, |a, b| key(a).cmp(&key(b)));
    members.dedup();
    if all {
        // All dates up to one are a stretch without a beginning.
        for member in &mut members {
            let start = std::mem::replace(&mut member.start, Bound::Open);
            (member.start, member.end) = match start {
                Bound::OrEarlier(part) => (Bound::Open, Some(Bound::Date(part))),
                Bound::OrLater(part) => (Bound::Date(part), Some(Bound::Open)),
                start => (start, member.end.take()),
            };
        }
    }
    // One of a stretch is not the stretch.
    if let [one] = &*members
        && (all || one.end.is_none())
    {
        return Some(one.clone());
    }
    let parts = || members.iter().flat_map(|member| [Some(&member.start), member.end.as_ref()]).flatten();
    let mut parts = parts().filter_map(Bound::date);
    let first = parts.next()?.clone();
    if all {
        let last = parts.max_by_key(|part| part.range.end).unwrap_or(&first).clone();
        return Some(EventDate { start: Bound::Set { part: first, members }, end: Some(Bound::Date(last)) });
    }
    let part = parts.fold(first, DatePart::or);
    Some(EventDate { start: Bound::Set { part, members }, end: None })
}

/// A set with a stretch whose ends are not equally fine, which the standard has no place for: `[1946-03-03..1946-05]`.
fn mixed_set(text: &str) -> Option<EventDate> {
    let all = text.starts_with('{');
    let inner = text.strip_prefix(['[', '{'])?.strip_suffix(if all { '}' } else { ']' })?;
    let date = |text: &str| match strict(text).ok()? {
        EventDate { start: start @ Bound::Date(_), end: None } => Some(start),
        _ => None,
    };
    let member = |text: &str| {
        let (start, end) = match text.split_once("..") {
            None => (date(text)?, None),
            Some((from, to)) => (date(from)?, Some(date(to)?)),
        };
        let in_order = end.as_ref().is_none_or(|end| {
            start.date().zip(end.date()).is_some_and(|(from, to)| {
                from.range.start <= to.range.start && from.range.end <= to.range.end
            })
        });
        in_order.then_some(EventDate { start, end })
    };
    gather(inner.split(',').map(member).collect::<Option<Vec<_>>>()?, all)
}

/// Names the fault and, where it can be guessed, the spelling that was meant. `text` is the input without blanks around it.
fn explain(input: &str, text: &str, problem: &str, at: usize, advice: Option<String>) -> DateError {
    let mut shown: String = text.chars().take(40).collect();
    if shown.trim().is_empty() {
        let message = "The date is empty. Write a day (1945-08-14), a month (1945-08) or a year (1945).";
        return DateError { message: message.to_owned(), at: input.len() };
    }
    if shown.len() < text.len() {
        shown.push('…');
    }
    // What is said of the place may begin inside a letter of several bytes.
    let at = (0..=at.min(input.len())).rev().find(|at| input.is_char_boundary(*at)).unwrap_or_default();
    let message = match advice {
        Some(advice) => ["“", &shown, "” can mean several dates. Write ", &advice, "."].concat(),
        None => {
            let advice = repaired(text).unwrap_or_else(|| {
                "a date such as 1945-08-14, 1945-08, 1945, 1945~ (about) or 1945-08/1946 (from, to)"
                    .to_owned()
            });
            ["“", &shown, "” is no date: ", problem, ". Write ", &advice, "."].concat()
        }
    };
    DateError { message, at }
}

/// The nearest spelling that is a date: digits parted or filled up, years far away marked, a slash in place of two dots,
/// the ends of an interval put in order.
fn repaired(text: &str) -> Option<String> {
    let joined = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    let parted = [text.get(..4), text.get(4..6), text.get(6..)].map(Option::unwrap_or_default);
    let parted = joined.then(|| parted.join("-"));
    // Dots stand for an open end, and between the dates of a set.
    let dotted = text.split_once("..").map(|(from, to)| match (from, to) {
        ("", _) => ["../", to].concat(),
        (_, "") => [from, "/.."].concat(),
        _ => [from, "/", to].concat(),
    });
    let padded = text.split('/').map(padded).collect::<Vec<_>>().join("/");
    let swapped = text.split_once('/').map(|(from, to)| [to, "/", from].concat());
    [parted, dotted, Some(padded), swapped]
        .into_iter()
        .flatten()
        .find(|candidate| Edtf::parse(candidate).is_ok())
}

/// The date with its numbers filled up to four and two digits.
fn padded(date: &str) -> String {
    let (sign, digits) = date.strip_prefix('-').map_or(("", date), |digits| ("-", digits));
    let mut out = String::from(if digits.find('-').unwrap_or(digits.len()) > 4 { "Y" } else { "" });
    out.push_str(sign);
    for (index, number) in digits.split('-').enumerate() {
        let width = if index == 0 { 4 } else { 2 };
        if index > 0 {
            out.push('-');
        }
        out.extend(std::iter::repeat_n('0', width - number.len().min(width)));
        out.push_str(number);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(number: i64) -> String {
        let civil = Civil::from_day_number(number);
        format!("{}-{:02}-{:02}", civil.year, civil.month, civil.day)
    }

    fn part_digest(part: &DatePart) -> String {
        let mark = ["", "~", "?", "%"][usize::from(part.approximate) + 2 * usize::from(part.uncertain)];
        format!("{:?}{mark}", part.precision)
    }

    /// First and last day of the extent, precision of the first stated part, its qualifiers.
    fn digest(input: &str) -> String {
        let date = match EventDate::parse(input) {
            Ok(date) => date,
            Err(error) => return error.to_string(),
        };
        let extent = date.extent();
        let bound = |bound: &Bound| match bound {
            Bound::Date(part) => part_digest(part),
            Bound::OrEarlier(part) => part_digest(part) + "<",
            Bound::OrLater(part) => part_digest(part) + ">",
            Bound::Set { part, members } => format!("{} of {}", part_digest(part), members.len()),
            Bound::Open => "open".into(),
            Bound::Unknown => "unknown".into(),
        };
        let end = date.end.as_ref().map_or(String::new(), |end| format!("/{}", bound(end)));
        format!(
            "{}..{} {}{end}",
            day(extent.start.0.div_euclid(DAY)),
            day((extent.end.0 - 1).div_euclid(DAY)),
            bound(&date.start)
        )
    }

    #[test]
    fn what_is_written_has_its_extent_and_precision() {
        for (input, expected) in [
            ("1945-08-14", "1945-08-14..1945-08-14 Day"),
            (" 1945-08-14\n", "1945-08-14..1945-08-14 Day"),
            ("1946-07~", "1946-07-01..1946-07-31 Month~"),
            ("1946-07?", "1946-07-01..1946-07-31 Month?"),
            ("1946%", "1946-01-01..1946-12-31 Year%"),
            ("1946-~07", "1946-07-01..1946-07-31 Month~"),
            ("194X", "1940-01-01..1949-12-31 Decade"),
            ("19xx", "1900-01-01..1999-12-31 Century"),
            ("1XXX", "1000-01-01..1999-12-31 Century"),
            ("1945-XX", "1945-01-01..1945-12-31 Year"),
            ("1945-1X", "1945-10-01..1945-12-31 Year"),
            ("1945-02-XX", "1945-02-01..1945-02-28 Month"),
            ("1945-XX-14", "1945-01-14..1945-12-14 Year"),
            ("1945-22", "1945-06-01..1945-08-31 Season"),
            ("1950S2", "1900-01-01..1999-12-31 Century"),
            ("-0043-03-15", "-43-03-15..-43-03-15 Day"),
            ("\u{2212}0043", "-43-01-01..-43-12-31 Year"),
            ("0000", "0-01-01..0-12-31 Year"),
            ("Y-13800000000", "-13800000000-01-01..-13800000000-12-31 Year"),
            ("Y-138E8", "-13800000000-01-01..-13800000000-12-31 Year"),
            ("y17e7", "170000000-01-01..170000000-12-31 Year"),
            ("1945-08-14T11:02:00Z", "1945-08-14..1945-08-14 Time"),
            ("1945-08-14t11:02:00", "1945-08-14..1945-08-14 Time"),
            ("1945/1953", "1945-01-01..1953-12-31 Year/Year"),
            ("1945\u{2013}1953", "1945-01-01..1953-12-31 Year/Year"),
            ("1945 \u{2013} 1953", "1945-01-01..1953-12-31 Year/Year"),
            ("1945-12 / 1947-01", "1945-12-01..1947-01-31 Month/Month"),
            ("1945-09~/1946-05~", "1945-09-01..1946-05-31 Month~/Month~"),
            ("1945-08-14/1945", "1945-08-14..1945-12-31 Day/Year"),
            ("1981-1X-10/1981-11-09", "1981-10-10..1981-11-09 Year/Day"),
            ("1945-08-24/..", "1945-08-24..1945-08-24 Day/open"),
            ("../1945", "1945-01-01..1945-12-31 open/Year"),
            ("1945/", "1945-01-01..1945-12-31 Year/unknown"),
            ("/1945-08", "1945-08-01..1945-08-31 unknown/Month"),
            ("..1945/1946", "1945-01-01..1946-12-31 Year</Year"),
            ("1945/1946..", "1945-01-01..1946-12-31 Year/Year>"),
            ("[1667,1668,1670..1672]", "1667-01-01..1672-12-31 Year of 3"),
            ("[1670..1672]", "1670-01-01..1672-12-31 Year of 1"),
            ("[1946-03-03..1946-05]", "1946-03-03..1946-05-31 Month of 1"),
            ("[1668,1667,1668]", "1667-01-01..1668-12-31 Year of 2"),
            ("{1667,1668}", "1667-01-01..1668-12-31 Year of 2/Year"),
            ("{1670..1672}", "1670-01-01..1672-12-31 Year/Year"),
            ("[..1984]", "1984-01-01..1984-12-31 Year<"),
            ("[1984..]", "1984-01-01..1984-12-31 Year>"),
            ("{..1984}", "1984-01-01..1984-12-31 open/Year"),
            ("{1984..}", "1984-01-01..1984-12-31 Year/open"),
            ("[1984]", "1984-01-01..1984-12-31 Year"),
            ("{1945-08-14}", "1945-08-14..1945-08-14 Day"),
            ("-0043-03-15T11:02:00+04:30", "-43-03-15..-43-03-15 Time"),
        ] {
            assert_eq!(digest(input), expected, "{input}");
        }
    }

    #[test]
    fn a_fault_is_named_with_what_to_write_instead() {
        const EXAMPLES: &str =
            "a date such as 1945-08-14, 1945-08, 1945, 1945~ (about) or 1945-08/1946 (from, to)";
        for (input, at, problem, advice) in [
            ("44", 1, "year must have exactly four digits (or X)", "0044"),
            ("-44/-43", 2, "year must have exactly four digits (or X)", "-0044/-0043"),
            ("12345", 4, "expected '-' before month", "Y12345"),
            ("1945-02-30", 8, "day is out of range for the month", EXAMPLES),
            ("1945-13", 5, "month must be 01-12 or a sub-year code 21-41", EXAMPLES),
            ("1953/1945", 5, "interval end precedes interval start", "1945/1953"),
            ("1945–1946–1947", 4, "together this is not understood", EXAMPLES),
            ("31.02.1945", 2, "year must have exactly four digits (or X)", EXAMPLES),
            (" 14 Agosto 1945", 4, "“Agosto” is not understood", EXAMPLES),
            ("1945 in the Tuileries", 12, "“Tuileries” is not understood", EXAMPLES),
            ("0 BC", 1, "together this is not understood", EXAMPLES),
            ("1945..1953", 4, "expected '-' before month", "1945/1953"),
            ("..1945", 0, "year must have exactly four digits (or X)", "../1945"),
            ("19450814", 4, "expected '-' before month", "1945-08-14"),
            ("n.d.", 0, "there is no year in it", EXAMPLES),
            ("Y99999999999999", 0, "the year is out of reach (292 billion years either way)", EXAMPLES),
        ] {
            let expected = format!("“{}” is no date: {problem}. Write {advice}.", input.trim());
            assert_eq!(EventDate::parse(input), Err(DateError { message: expected, at }), "{input}");
        }
        for (input, advice) in [
            ("3/4/1945", "1945-04-03 or 1945-03-04"),
            ("12-04-1985", "1985-04-12 or 1985-12-04"),
            ("1900s", "190X (ten years) or 19XX (a hundred)"),
            ("winter 1945", "1944-24 or 1945-24: a winter is named by the year in which it begins"),
            ("early 1945", "1945-40 (its first half), 1945-41 (its second half) or the months meant"),
            ("late 19th century", "the days, months or years meant, such as 1945-01/1945-04"),
            ("1910/12", "1910-12 or 1910/1912"),
            ("mid-1945", "1945-40 (its first half), 1945-41 (its second half) or the months meant"),
            ("1945/6", "1945-06 or 1945/1946"),
            ("c. 476", "0476 (the year) or 476X (some time in those ten years)"),
        ] {
            let message = format!("“{input}” can mean several dates. Write {advice}.");
            assert_eq!(EventDate::parse(input), Err(DateError { message, at: 0 }), "{input}");
        }
        let empty = "The date is empty. Write a day (1945-08-14), a month (1945-08) or a year (1945).";
        assert_eq!(EventDate::parse(" "), Err(DateError { message: empty.into(), at: 1 }));
    }

    #[test]
    fn what_people_write_is_read_with_a_word_about_it() {
        for (input, edtf) in [
            ("c. 1945", "1945~"),
            ("c.1945", "1945~"),
            ("ca 1945", "1945~"),
            ("ca. 1945", "1945~"),
            ("circa 1945", "1945~"),
            ("about 1945", "1945~"),
            ("C. 1945", "1945~"),
            ("1945-4", "1945-04"),
            ("1945–6", "1945/1946"),
            ("1945–46", "1945/1946"),
            ("1945-46", "1945/1946"),
            ("1914-18", "1914/1918"),
            ("194x", "194X"),
            ("19xx", "19XX"),
            ("44 BC", "-0043"),
            ("500 BCE", "-0499"),
            ("AD 14", "0014"),
            ("44 B.C.", "-0043"),
            ("14 AD", "0014"),
            ("ad14", "0014"),
            ("44bc", "-0043"),
            ("before 1850", "[..1849]"),
            ("after 1850", "[1851..]"),
            ("1940s", "194X"),
            ("the 1940s", "194X"),
            ("1940's", "194X"),
            ("1945 ?", "1945?"),
            ("1945 (?)", "1945?"),
            ("14 August 1945", "1945-08-14"),
            ("Aug 1945", "1945-08"),
            ("1945 – 1953", "1945/1953"),
            ("1945 - 1953", "1945/1953"),
            ("1945-1953", "1945/1953"),
            ("1945 to 1953", "1945/1953"),
            ("from 1945 to 1953", "1945/1953"),
            ("14th of August, 1945", "1945-08-14"),
            ("August 14, 1945", "1945-08-14"),
            ("Aug. 14th 1945", "1945-08-14"),
            ("Tuesday, 14 August 1945", "1945-08-14"),
            ("1945 August 14", "1945-08-14"),
            ("1945-8-14", "1945-08-14"),
            ("1945/8/14", "1945-08-14"),
            ("1945.08.14", "1945-08-14"),
            ("14.08.1945", "1945-08-14"),
            ("14/08/1945", "1945-08-14"),
            ("08/14/1945", "1945-08-14"),
            ("4/4/1945", "1945-04-04"),
            ("8/1945", "1945-08"),
            ("08.1945", "1945-08"),
            ("7–14 August 1945", "1945-08-07/1945-08-14"),
            ("7 to 14 August 1945", "1945-08-07/1945-08-14"),
            ("30 June – 12 July 1945", "1945-06-30/1945-07-12"),
            ("9 Aug 1945 – 3 May 1946", "1945-08-09/1946-05-03"),
            ("July–September 1945", "1945-07/1945-09"),
            ("Nov 1945 - Feb 1946", "1945-11/1946-02"),
            ("753–44 BC", "-0752/-0043"),
            ("27 BC – AD 14", "-0026/0014"),
            ("753 BCE – 44 BCE", "-0752/-0043"),
            ("9–14 AD", "0009/0014"),
            ("between 1945 and 1947", "[1945..1947]"),
            ("1945 or 1947", "[1945,1947]"),
            ("1945 and 1947", "{1945,1947}"),
            ("1667, 1668 or 1670 to 1672", "[1667,1668,1670..1672]"),
            ("14 or 20 August 1945", "[1945-08-14,1945-08-20]"),
            ("January, February or December 1760", "[1760-01,1760-02,1760-12]"),
            ("August 14, 1945 or August 20, 1945", "[1945-08-14,1945-08-20]"),
            ("on or before 3 December 1760", "[..1760-12-03]"),
            ("before August 1945", "[..1945-07]"),
            ("before 14 August 1945", "[..1945-08-13]"),
            ("after 31 December 1945", "[1946-01-01..]"),
            ("before 44 BC", "[..-0044]"),
            ("before c. 1850", "[..1849~]"),
            ("before 1840s", "[..1839]"),
            ("1850 or later", "[1850..]"),
            ("1850 or earlier", "[..1850]"),
            ("until 1945", "../1945"),
            ("from 24 August 1945, end unknown", "1945-08-24/"),
            ("until 14 August 1945, beginning unknown", "/1945-08-14"),
            ("24 Aug 1945 – ?", "1945-08-24/"),
            ("19th century", "18XX"),
            ("19th c.", "18XX"),
            ("5th century BC", "[-0499..-0400]"),
            ("1st century BC", "[-0099..0000]"),
            ("1st century", "00XX"),
            ("480s BC", "[-0488..-0479]"),
            ("480s", "048X"),
            ("2nd millennium", "1XXX"),
            ("1st millennium", "0XXX"),
            ("spring 1945", "1945-21"),
            ("summer of 1945", "1945-22"),
            ("fall 1945", "1945-23"),
            ("winter 1945/46", "1945-24"),
            ("winter 1945–46", "1945-24"),
            ("winter 1945/1946", "1945-24"),
            ("winter 1999/2000", "1999-24"),
            ("Q3 1945", "1945-35"),
            ("third quarter of 1945", "1945-35"),
            ("first half of 1945", "1945-40"),
            ("second half 1945", "1945-41"),
            ("13.8 billion years ago", "Y-13800000000"),
            ("66.043 million years ago", "Y-66043000"),
            ("66 million years ago", "Y-66000000"),
            ("300,000 years ago", "Y-300000"),
            ("12 thousand years ago", "Y-12000"),
            ("1945-08-14 11:02", "1945-08-14T11:02:00"),
            ("1945-08-14T11:02", "1945-08-14T11:02:00"),
            ("14 August 1945, 11:02", "1945-08-14T11:02:00"),
            ("2016-05-02T16:54:59+0230", "2016-05-02T16:54:59+02:30"),
            ("2016-05-02T16:54:59.042Z", "2016-05-02T16:54:59Z"),
            ("1945-08-14t11:02:00z", "1945-08-14T11:02:00Z"),
            ("perhaps 1945", "1945?"),
            ("perhaps about 1945", "1945%"),
            ("some time in the 1940s", "194X"),
            ("about July 1946", "1946-07~"),
            ("c. Sep 1945 – c. May 1946", "1945-09~/1946-05~"),
            ("1945 / 1953", "1945/1953"),
            ("1945 /1953", "1945/1953"),
            ("[1667, 1668, 1670..1672]", "[1667,1668,1670..1672]"),
            ("{1960 ,  1961-12}", "{1960,1961-12}"),
            ("12,000 BC", "Y-11999"),
            ("12,345", "Y12345"),
            ("100,000 BC", "Y-99999"),
            ("15 March 44 BC", "-0043-03-15"),
            ("19 August AD 14", "0014-08-19"),
            ("sometime in 1945", "1945"),
            ("AD 476", "0476"),
            ("4 September 476", "0476-09-04"),
            ("\u{2212}0043", "-0043"),
            ("1945—1953", "1945/1953"),
            ("1945–08–14", "1945-08-14"),
            ("1984??", "1984?"),
            ("1984~?", "1984%"),
            ("1945-08-14 / 1945-09-02", "1945-08-14/1945-09-02"),
            ("1945-09~ – 1946-05~", "1945-09~/1946-05~"),
            ("c. 1945–1950", "1945~/1950"),
            ("1945–c. 1950", "1945/1950~"),
            ("1945/46", "1945/1946"),
            ("by 1945", "[..1945]"),
            ("no later than 1945", "[..1945]"),
            ("1st May 1945", "1945-05-01"),
            ("10 May 1940 – 22 June 1940", "1940-05-10/1940-06-22"),
            ("10 May–22 June 1940", "1940-05-10/1940-06-22"),
            ("1. 9. 1939", "1939-09-01"),
            ("1.9.1939", "1939-09-01"),
            ("13. 9. 1939", "1939-09-13"),
            ("1 Sept 1939", "1939-09-01"),
            ("Sept. 1939", "1939-09"),
            ("1 SEPTEMBER 1939", "1939-09-01"),
            ("44 b.c.e.", "-0043"),
            ("ca. 500 BC", "-0499~"),
            ("about 66 million years ago", "Y-66000000~"),
            ("1914-1918?", "1914/1918?"),
            ("3,000 BC", "-2999"),
            ("3000 BC", "-2999"),
            ("30000 BC", "Y-29999"),
            ("to 1945", "../1945"),
            ("year 1945", "1945"),
            ("1945 AD", "1945"),
            ("14 AUG 1945", "1945-08-14"),
            ("August, 1945", "1945-08"),
            ("8 May 1945 or 9 May 1945", "[1945-05-08,1945-05-09]"),
            ("8 or 9 May 1945", "[1945-05-08,1945-05-09]"),
            ("8/9 May 1945", "1945-05-08/1945-05-09"),
            ("May 8/9, 1945", "1945-05-08/1945-05-09"),
            ("May 7–14, 1945", "1945-05-07/1945-05-14"),
            ("May 7 - June 3, 1945", "1945-05-07/1945-06-03"),
            ("June 1945 to 1946", "1945-06/1946"),
            ("100-44 BC", "-0099/-0043"),
            ("7-14 August 1945", "1945-08-07/1945-08-14"),
            ("Aug 1945-May 1946", "1945-08/1946-05"),
            ("1945-c. 1950", "1945/1950~"),
            ("c. 1945-46", "1945~/1946"),
            ("1945/12", "1945-12"),
            ("1945/04", "1945-04"),
            ("17 May-1 June 1945", "1945-05-17/1945-06-01"),
            ("100 to 44 BC", "-0099/-0043"),
            ("2004-06~ to 2004-08", "2004-06~/2004-08"),
            ("the 19th century", "18XX"),
            ("in the 1860s", "186X"),
            ("44 BC to AD 14", "-0043/0014"),
            ("before the 19th century", "[..1799]"),
            ("after the 1840s", "[1850..]"),
            ("after spring 1945", "[1945-06..]"),
        ] {
            let reading = EventDate::read(input);
            let read = reading.as_ref().map(|reading| (&*reading.edtf, reading.note.as_deref()));
            let note = format!("“{input}” is read as {edtf}.");
            assert_eq!(read, Ok((edtf, Some(&*note))));
            assert_eq!(EventDate::parse_strict(edtf), reading.map(|reading| reading.date), "{input}");
            assert!(EventDate::parse_strict(input).is_err(), "{input}");
        }
    }

    #[test]
    fn a_note_says_more_where_more_is_to_be_said() {
        for (input, edtf, note) in [
            ("1945-6", "1945-06", "“1945-6” is read as 1945-06, a month; for the years write 1945/1946."),
            ("1945-4", "1945-04", "“1945-4” is read as 1945-04."),
            ("since 1945", "1945/..", "“since 1945” is read as 1945/.. (it goes on)."),
            ("1945–", "1945/..", "“1945–” is read as 1945/.. (it goes on)."),
            ("1945 – present", "1945/..", "“1945 – present” is read as 1945/.. (it goes on)."),
            (
                "from 24 August 1945 on",
                "1945-08-24/..",
                "“from 24 August 1945 on” is read as 1945-08-24/.. (it goes on).",
            ),
            (
                "between 3 March and May 1946",
                "[1946-03-03..1946-05]",
                "“between 3 March and May 1946” is read as [1946-03-03..1946-05], which goes beyond EDTF.",
            ),
            (
                "[1946-03-03..1946-05]",
                "[1946-03-03..1946-05]",
                "“[1946-03-03..1946-05]” goes beyond EDTF, where both ends are equally fine; it is read all the same.",
            ),
            (
                "1939-41",
                "1939-41",
                "“1939-41” is read as part 41 of the year 1939; for the years write 1939/1941.",
            ),
            (
                "1914-21",
                "1914-21",
                "“1914-21” is read as part 21 of the year 1914; for the years write 1914/1921.",
            ),
        ] {
            let read = EventDate::read(input).map(|reading| (reading.edtf, reading.note));
            assert_eq!(read, Ok((edtf.to_owned(), Some(note.to_owned()))));
        }
        for input in
            ["1945-21", "1945-41", "1945-06", "1945-08-14", "1945~", " 1945 ", "1998-02", "1945/1946"]
        {
            assert_eq!(EventDate::read(input).map(|reading| reading.note), Ok(None), "{input}");
        }
    }

    #[test]
    fn parts_say_what_was_stated() {
        let part = |input: &str| match EventDate::parse(input).map(|date| date.start.date().cloned()) {
            Ok(Some(part)) => (part.year, part.month, part.season, part.day),
            other => panic!("{other:?}"),
        };
        assert_eq!(part("1945-08-14"), (1945, Some(8), None, Some(14)));
        assert_eq!(part("1945-08-XX"), (1945, Some(8), None, None));
        assert_eq!(part("1945-XX-14"), (1945, None, None, None));
        assert_eq!(part("1945-21"), (1945, None, Some(21), None));
        assert_eq!(part("194X-08"), (1940, None, None, None));
        assert_eq!(part("[1945-08-14,1945-08-20]"), (1945, Some(8), None, None));
        assert_eq!(part("[1945-08-14,1945-09-14]"), (1945, None, None, None));
    }

    const PIECES: [&str; 34] = [
        "c.",
        "about",
        "1945",
        "44",
        "BC",
        "AD",
        "–",
        "-",
        "/",
        "to",
        "before",
        "after",
        "August",
        "Aug.",
        "14th",
        "7",
        "of",
        "or",
        "and",
        "between",
        "..",
        "[",
        "]",
        ",",
        "1940s",
        "19th",
        "century",
        "winter",
        "Q",
        "?",
        "~",
        "11:02",
        "million years ago",
        "ünknown",
    ];

    proptest! {
        #[test]
        fn no_input_breaks_the_reader(input in any::<String>()) {
            let _ = EventDate::parse(&input);
        }

        #[test]
        fn nothing_near_a_date_breaks_the_reader(input in "[0-9XxYySETZ.,/~?%:{}\\[\\]–−+ -]{0,24}") {
            match EventDate::read(&input) {
                Ok(reading) => {
                    let date = reading.date;
                    let extent = date.extent();
                    prop_assert!(extent.start < extent.end, "{extent:?}");
                    prop_assert!(extent.contains(date.anchor()));
                    prop_assert!(date.core().is_none_or(|core| core.start < core.end));
                    prop_assert_eq!(EventDate::parse(&reading.edtf), Ok(date));
                }
                Err(error) => prop_assert!(error.at <= input.len() && input.is_char_boundary(error.at), "{error:?}"),
            }
        }

        #[test]
        fn nothing_near_a_date_in_words_breaks_the_reader(
            pieces in proptest::collection::vec(proptest::sample::select(&PIECES[..]), 1..7),
            glue in proptest::sample::select(&["", " ", ", "][..]),
        ) {
            let input = pieces.join(glue);
            match EventDate::read(&input) {
                Ok(reading) => {
                    let strict = EventDate::parse_strict(&reading.edtf);
                    prop_assert!(strict.is_err() || strict == Ok(reading.date), "{input}: {}", reading.edtf);
                    let changed = reading.edtf != input.trim() || reading.note.is_some();
                    prop_assert!(changed || EventDate::parse_strict(input.trim()).is_ok());
                }
                Err(error) => prop_assert!(error.at <= input.len() && input.is_char_boundary(error.at), "{error:?}"),
            }
        }

        #[test]
        fn a_date_of_digits_is_read(year in -9999_i64..10_000, month in 1_u8..13, day in 1_u8..32) {
            prop_assume!(day <= Civil::days_in_month(year, month));
            let sign = if year < 0 { "-" } else { "" };
            let date = EventDate::parse(&format!("{sign}{:04}-{month:02}-{day:02}", year.abs()));
            prop_assert_eq!(date.map(|date| date.extent().start.civil()), Ok(Civil::new(year, month, day)));
        }
    }
}
