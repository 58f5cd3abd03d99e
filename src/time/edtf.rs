//! Dates as they are written: EDTF (ISO 8601-2:2019), read by `edtf-core`.

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

impl EventDate {
    /// Reads EDTF, levels 0 to 2.
    ///
    /// Read as well: blanks around the date and around the slash, an en dash between two dates, a typographic minus,
    /// and small letters for `X`, `Y`, `E`, `S`, `T` and `Z`. A set of alternatives is one date that may lie anywhere
    /// between the first and the last; a set of dates that all hold is an interval. A time of day is taken as the clock
    /// showed it, whatever the zone.
    ///
    /// # Errors
    ///
    /// [`DateError`] says what is wrong, where, and what to write instead.
    pub fn parse(input: &str) -> Result<Self, DateError> {
        let text = normalise(input);
        read(&text).map_err(|problem| explain(input, &text, &problem))
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

/// The spelling of the standard, and for each of its bytes the offset of what stands for it in the input.
struct Normalised {
    text: String,
    offsets: Vec<usize>,
}

fn normalise(input: &str) -> Normalised {
    let mut out = Normalised { text: String::new(), offsets: Vec::new() };
    let leading = input.len() - input.trim_start().len();
    let trimmed = input.trim();
    for (index, letter) in trimmed.char_indices() {
        let letter = match letter {
            // An en dash stands between two dates; the hyphen stands within one.
            '\u{2013}' => '/',
            '\u{2212}' => '-',
            'x' | 'y' | 'e' | 's' | 't' | 'z' => letter.to_ascii_uppercase(),
            ' ' => {
                let before = trimmed[..index].trim_end().chars().next_back();
                let after = trimmed[index..].trim_start().chars().next();
                if [before, after].iter().flatten().any(|near| matches!(near, '/' | '\u{2013}')) {
                    continue;
                }
                letter
            }
            _ => letter,
        };
        out.text.push(letter);
        out.offsets.resize(out.text.len(), leading + index);
    }
    out
}

fn read(source: &Normalised) -> Result<EventDate, Problem> {
    let parsed = Edtf::parse(&source.text)
        .map_err(|error| Problem { message: error.message, offset: error.offset })?;
    let (start, end) = match &parsed {
        Edtf::Date(date) => (Bound::Date(DatePart::read(date)?), None),
        Edtf::DateTime(stated) => {
            let mut part = DatePart::read(&stated.date)?;
            let clock = &stated.time;
            let seconds =
                i64::from(clock.hour) * 3600 + i64::from(clock.minute) * 60 + i64::from(clock.second);
            let at = TimePoint(part.range.start.0.saturating_add(seconds));
            part.range = TimeSpan { start: at, end: TimePoint(at.0.saturating_add(1)) };
            part.precision = Precision::Time;
            (Bound::Date(part), None)
        }
        Edtf::Interval(interval) => (read_endpoint(&interval.start)?, Some(read_endpoint(&interval.end)?)),
        Edtf::Set(set) => read_set(set)?,
    };
    Ok(EventDate { start, end })
}

fn read_endpoint(endpoint: &IntervalEndpoint) -> Result<Bound, Problem> {
    Ok(match endpoint {
        IntervalEndpoint::Open => Bound::Open,
        IntervalEndpoint::Unknown => Bound::Unknown,
        IntervalEndpoint::Date(date) => Bound::Date(DatePart::read(date)?),
        // "On or before" and "on or after" name a day that may be another.
        IntervalEndpoint::OnOrBefore(date) | IntervalEndpoint::OnOrAfter(date) => {
            Bound::Date(DatePart { uncertain: true, ..DatePart::read(date)? })
        }
    })
}

fn read_set(set: &edtf_core::Set) -> Result<(Bound, Option<Bound>), Problem> {
    let mut parts = Vec::new();
    let (mut before, mut after) = (false, false);
    for element in &set.elements {
        match element {
            SetElement::Date(date) => parts.push(DatePart::read(date)?),
            SetElement::OnOrBefore(date) => {
                before = true;
                parts.push(DatePart::read(date)?);
            }
            SetElement::OnOrAfter(date) => {
                after = true;
                parts.push(DatePart::read(date)?);
            }
            SetElement::Range(from, to) => parts.extend([DatePart::read(from)?, DatePart::read(to)?]),
        }
    }
    let key = |part: &DatePart| (part.range.start, part.range.end);
    sort_by(&mut parts, |a, b| key(a).cmp(&key(b)));
    let mut parts = parts.into_iter();
    let Some(first) = parts.next() else {
        return Err(Problem { message: "the set is empty", offset: 0 });
    };
    let latest = parts.clone().max_by_key(|part| part.range.end);
    let all = set.kind == SetKind::AllMembers;
    Ok(match (before, after, latest) {
        (true, true, _) => return Err(Problem { message: "the set has no end on either side", offset: 0 }),
        (true, false, latest) => (Bound::Open, Some(Bound::Date(latest.unwrap_or(first)))),
        (false, true, _) => (Bound::Date(first), Some(Bound::Open)),
        (false, false, Some(last)) if all => (Bound::Date(first), Some(Bound::Date(last))),
        _ => (Bound::Date(parts.fold(first, |one, other| one.or(&other))), None),
    })
}

/// Names the fault and, where it can be guessed, the spelling that was meant.
fn explain(input: &str, source: &Normalised, problem: &Problem) -> DateError {
    let at = source.offsets.get(problem.offset).copied().unwrap_or(input.len());
    let shown: String = input.trim().chars().take(40).collect();
    if shown.is_empty() {
        let message = "The date is empty. Write a day (1945-08-14), a month (1945-08) or a year (1945).";
        return DateError { message: message.to_owned(), at };
    }
    let advice = match repaired(&source.text) {
        Some(repaired) => repaired,
        None => {
            "a date such as 1945-08-14, 1945-08, 1945, 1945~ (about) or 1945-08/1946 (from, to)".to_owned()
        }
    };
    DateError {
        message: ["“", &shown, "” is no date: ", problem.message, ". Write ", &advice, "."].concat(),
        at,
    }
}

/// The nearest spelling that is a date: digits filled up, years far away marked, slashes or dots within a date replaced,
/// the ends of an interval put in order.
fn repaired(text: &str) -> Option<String> {
    let numbers: Vec<&str> = text.split(['/', '.', '-']).collect();
    let one_date = match numbers.as_slice() {
        [year, month, day] if year.len() == 4 => Some([*year, *month, *day]),
        // Day before month, unless it could be read the other way round as well.
        [day, month, year]
            if year.len() == 4 && (day.parse::<u8>().is_ok_and(|day| day > 12) || day == month) =>
        {
            Some([*year, *month, *day])
        }
        _ => None,
    };
    let reordered = one_date.map(|[year, month, day]| [year, "-", month, "-", day].concat());
    let padded = text.split('/').map(padded).collect::<Vec<_>>().join("/");
    let swapped = text.split_once('/').map(|(from, to)| [to, "/", from].concat());
    [reordered.as_deref().map(self::padded), Some(padded), swapped]
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

    /// First and last day of the extent, precision of the first stated part, its qualifiers.
    fn digest(input: &str) -> String {
        let date = match EventDate::parse(input) {
            Ok(date) => date,
            Err(error) => return error.to_string(),
        };
        let extent = date.extent();
        let bound = |bound: &Bound| match bound {
            Bound::Date(part) => {
                let mark =
                    ["", "~", "?", "%"][usize::from(part.approximate) + 2 * usize::from(part.uncertain)];
                format!("{:?}{mark}", part.precision)
            }
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
            ("..1945/1946", "1945-01-01..1946-12-31 Year?/Year"),
            ("[1667,1668,1670..1672]", "1667-01-01..1672-12-31 Year"),
            ("{1667,1668}", "1667-01-01..1668-12-31 Year/Year"),
            ("[..1984]", "1984-01-01..1984-12-31 open/Year"),
            ("[1984..]", "1984-01-01..1984-12-31 Year/open"),
            ("{1945-08-14}", "1945-08-14..1945-08-14 Day"),
        ] {
            assert_eq!(digest(input), expected, "{input}");
        }
    }

    #[test]
    fn a_fault_is_named_with_what_to_write_instead() {
        const EXAMPLES: &str =
            "a date such as 1945-08-14, 1945-08, 1945, 1945~ (about) or 1945-08/1946 (from, to)";
        for (input, at, problem, advice) in [
            ("1945-8-14", 6, "month must be two digits (or X)", "1945-08-14"),
            ("44", 1, "year must have exactly four digits (or X)", "0044"),
            ("-44/-43", 2, "year must have exactly four digits (or X)", "-0044/-0043"),
            ("12345", 4, "expected '-' before month", "Y12345"),
            ("1945-02-30", 8, "day is out of range for the month", EXAMPLES),
            ("1945-13", 5, "month must be 01-12 or a sub-year code 21-41", EXAMPLES),
            ("1953/1945", 5, "interval end precedes interval start", "1945/1953"),
            ("14.08.1945", 2, "year must have exactly four digits (or X)", "1945-08-14"),
            ("1945/8/14", 6, "interval must contain exactly one '/'", "1945-08-14"),
            // It could be April as well as March.
            ("3/4/1945", 3, "interval must contain exactly one '/'", EXAMPLES),
            ("14 August 1945", 2, "whitespace is not allowed", EXAMPLES),
            ("1945–1946–1947", 11, "interval must contain exactly one '/'", EXAMPLES),
            ("Y99999999999999", 0, "the year is out of reach (292 billion years either way)", EXAMPLES),
        ] {
            let expected = format!("“{input}” is no date: {problem}. Write {advice}.");
            assert_eq!(EventDate::parse(input), Err(DateError { message: expected, at }), "{input}");
        }
        let empty = "The date is empty. Write a day (1945-08-14), a month (1945-08) or a year (1945).";
        assert_eq!(EventDate::parse(" "), Err(DateError { message: empty.into(), at: 1 }));
    }

    #[test]
    fn parts_say_what_was_stated() {
        let part = |input: &str| match EventDate::parse(input).map(|date| date.start) {
            Ok(Bound::Date(part)) => (part.year, part.month, part.season, part.day),
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

    proptest! {
        #[test]
        fn no_input_breaks_the_reader(input in any::<String>()) {
            let _ = EventDate::parse(&input);
        }

        #[test]
        fn nothing_near_a_date_breaks_the_reader(input in "[0-9XxYySETZ.,/~?%:{}\\[\\]–−+ -]{0,24}") {
            match EventDate::parse(&input) {
                Ok(date) => {
                    let extent = date.extent();
                    prop_assert!(extent.start < extent.end, "{extent:?}");
                    prop_assert!(extent.contains(date.anchor()));
                    prop_assert!(date.core().is_none_or(|core| core.start < core.end));
                    prop_assert_eq!(EventDate::parse(&normalise(&input).text), Ok(date));
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
