//! Dates as historians know them: to the day or to the decade, about, perhaps, from … to, before and after.

use super::{TimePoint, TimeSpan};

/// The finest unit that a date states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// Whole centuries, or coarser.
    Century,
    /// Ten years.
    Decade,
    /// A year.
    Year,
    /// A season, quarter or other part of a year.
    Season,
    /// A month.
    Month,
    /// A day.
    Day,
    /// A time of day.
    Time,
}

/// One stated date, which may stand for any moment in `range`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatePart {
    /// From the earliest moment meant up to, not including, the first moment after the latest.
    pub range: TimeSpan,
    /// How fine the statement is.
    pub precision: Precision,
    /// Astronomical year of the statement (0 is 1 BCE).
    pub year: i64,
    /// Month, where stated: 1 to 12.
    pub month: Option<u8>,
    /// Season or other part of the year, where stated, as its EDTF code: 21 (spring) to 41.
    pub season: Option<u8>,
    /// Day, where stated.
    pub day: Option<u8>,
    /// Stated as "about" (`~` or `%`).
    pub approximate: bool,
    /// Stated as "perhaps" (`?` or `%`).
    pub uncertain: bool,
}

/// An end of an interval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bound {
    /// It is stated.
    Date(DatePart),
    /// It goes on (`..`).
    Open,
    /// Nobody knows (nothing written).
    Unknown,
}

/// When an event happened: a date, or an interval between two bounds of which at least one is stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventDate {
    /// The date, or the beginning of the interval.
    pub start: Bound,
    /// The end of the interval; `None` for a single date.
    pub end: Option<Bound>,
}

impl Bound {
    /// The stated date, if there is one.
    pub fn date(&self) -> Option<&DatePart> {
        match self {
            Self::Date(part) => Some(part),
            Self::Open | Self::Unknown => None,
        }
    }
}

impl EventDate {
    /// From the earliest possible start to the latest possible end. An open or unknown end is taken at the stated one.
    pub fn extent(&self) -> TimeSpan {
        let start = self.start.date().map(|part| part.range);
        let end = self.end.as_ref().and_then(Bound::date).map(|part| part.range);
        match (start, end) {
            (Some(start), Some(end)) => TimeSpan::new(start.start, end.end),
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => TimeSpan { start: TimePoint(0), end: TimePoint(0) },
        }
    }

    /// The certain core of an interval: from the latest possible start to the earliest possible end, if any time is left.
    ///
    /// A bound stated without "about" or "perhaps" is certain to its own precision: an interval from one month to another
    /// is certain from the beginning of the first to the end of the second.
    pub fn core(&self) -> Option<TimeSpan> {
        fn vague(part: &DatePart) -> bool {
            part.approximate || part.uncertain
        }
        let end = self.end.as_ref()?;
        let from = self
            .start
            .date()
            .map_or(self.extent().start, |part| if vague(part) { part.range.end } else { part.range.start });
        let to = end
            .date()
            .map_or(self.extent().end, |part| if vague(part) { part.range.start } else { part.range.end });
        (from < to).then_some(TimeSpan { start: from, end: to })
    }

    /// Whether it is an interval rather than one date.
    pub fn is_interval(&self) -> bool {
        self.end.is_some()
    }

    /// Whether any part is stated as "about" or "perhaps".
    pub fn is_vague(&self) -> bool {
        let parts = [self.start.date(), self.end.as_ref().and_then(Bound::date)];
        parts.into_iter().flatten().any(|part| part.approximate || part.uncertain)
    }

    /// Where a mark for the date stands: the middle of the stated start, the end if there is no start.
    ///
    /// A mark for a single day stands at its middle only when a day is wide enough to see; the difference is the caller's.
    pub fn anchor(&self) -> TimePoint {
        let part = self.start.date().or_else(|| self.end.as_ref().and_then(Bound::date));
        part.map_or(TimePoint(0), |part| part.range.middle())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{Civil, DAY};

    fn day(point: TimePoint) -> String {
        let civil = Civil::from_day_number(point.0.div_euclid(DAY));
        format!("{}-{:02}-{:02}", civil.year, civil.month, civil.day)
    }

    #[test]
    fn the_core_of_an_interval_leaves_out_vague_ends() {
        let core = |input: &str| {
            let core = EventDate::parse(input).ok().and_then(|date| date.core());
            core.map(|core| (day(core.start), day(core.end)))
        };
        let span = |from: &str, to: &str| Some((from.to_owned(), to.to_owned()));
        assert_eq!(core("1945-09~/1946-05~"), span("1945-10-01", "1946-05-01"));
        assert_eq!(core("1945-12/1947-01"), span("1945-12-01", "1947-02-01"));
        assert_eq!(core("1945-09~/1945-09~"), None);
        assert_eq!(core("1945-09"), None);
    }
}
