//! Dates as historians know them: to the day or to the decade, about, perhaps, from … to, before and after.

use super::{DAY, TimePoint, TimeSpan};

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

/// What is said of the date of an event, or of one end of its interval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bound {
    /// It is stated.
    Date(DatePart),
    /// It is this date or an earlier one.
    OrEarlier(DatePart),
    /// It is this date or a later one.
    OrLater(DatePart),
    /// Several dates are stated. For an [`EventDate`] without an end, one of them holds and nobody knows which; with an
    /// end, all of them hold.
    Set {
        /// Of alternatives, all that lies from the first to the last; of dates that all hold, the first.
        part: DatePart,
        /// At least one, by their beginnings; none holds a set.
        members: Vec<EventDate>,
    },
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

/// Between which moments an event can have begun and ended. Dates are compared by nothing else.
///
/// What happened once on a day stated exactly begins with it and ends with it. What is stated more coarsely takes a day of
/// the stretch. "About" and "perhaps" leave the stretch as it is, but in none of its days is such an event certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateBounds {
    /// It began no earlier; [`TimePoint::MIN`] if nothing says so.
    pub earliest_start: TimePoint,
    /// It began no later; [`TimePoint::MAX`] if nothing says so.
    pub latest_start: TimePoint,
    /// It was over no earlier; [`TimePoint::MIN`] if nothing says so.
    pub earliest_end: TimePoint,
    /// It was over no later; [`TimePoint::MAX`] if nothing says so.
    pub latest_end: TimePoint,
}

/// How one date lies to another, as far as their bounds tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// It was over when the other began.
    Before,
    /// It was over when the other began, or the two share some time; it did not come after it.
    PerhapsBefore,
    /// The two share some time.
    Together,
    /// Anything may be.
    Unclear,
    /// It began when the other was over, or the two share some time; it did not come before it.
    PerhapsAfter,
    /// It began when the other was over.
    After,
}

impl DatePart {
    /// Whether it is stated as "about" or "perhaps".
    pub fn is_vague(&self) -> bool {
        self.approximate || self.uncertain
    }
}

impl Bound {
    /// The stated date, if there is one.
    pub fn date(&self) -> Option<&DatePart> {
        match self {
            Self::Date(part) | Self::OrEarlier(part) | Self::OrLater(part) | Self::Set { part, .. } => {
                Some(part)
            }
            Self::Open | Self::Unknown => None,
        }
    }

    /// Whether what is stated may lie elsewhere: "about", "perhaps", or on one side of it.
    fn is_vague(&self) -> bool {
        matches!(self, Self::OrEarlier(_) | Self::OrLater(_)) || self.date().is_some_and(DatePart::is_vague)
    }

    /// The bounds of what has this date and no end, or of one end of an interval.
    fn bounds(&self) -> DateBounds {
        let (min, max) = (TimePoint::MIN, TimePoint::MAX);
        let Some(part) = self.date() else {
            return DateBounds { earliest_start: min, latest_start: max, earliest_end: min, latest_end: max };
        };
        let TimeSpan { start, end } = part.range;
        // The stretch may be shorter than a day, and a vague date may be in none of its days.
        let day = if part.is_vague() { 0 } else { DAY.min(part.range.secs()) };
        let mut bounds = DateBounds {
            earliest_start: start,
            latest_start: TimePoint(end.0.saturating_sub(day)),
            earliest_end: TimePoint(start.0.saturating_add(day)),
            latest_end: end,
        };
        let mut earlier = matches!(self, Self::OrEarlier(_));
        let mut later = matches!(self, Self::OrLater(_));
        if let Self::Set { members, .. } = self {
            for member in members {
                earlier |= matches!(member.start, Self::OrEarlier(_) | Self::Open);
                later |= matches!(member.start, Self::OrLater(_)) || matches!(member.end, Some(Self::Open));
            }
        }
        if earlier {
            (bounds.earliest_start, bounds.earliest_end) = (min, min);
        }
        if later {
            (bounds.latest_start, bounds.latest_end) = (max, max);
        }
        bounds
    }
}

impl DateBounds {
    /// Those of a stretch of time that is known exactly, such as a day of the calendar.
    pub fn of(span: TimeSpan) -> Self {
        Self {
            earliest_start: span.start,
            latest_start: span.start,
            earliest_end: span.end,
            latest_end: span.end,
        }
    }

    /// How what has these bounds lies to what has the others.
    pub fn order(self, other: Self) -> Order {
        if self.latest_end <= other.earliest_start {
            return Order::Before;
        }
        if other.latest_end <= self.earliest_start {
            return Order::After;
        }
        match (self.earliest_end <= other.latest_start, other.earliest_end <= self.latest_start) {
            (true, false) => Order::PerhapsBefore,
            (false, true) => Order::PerhapsAfter,
            (false, false) => Order::Together,
            (true, true) => Order::Unclear,
        }
    }
}

impl EventDate {
    /// From the earliest to the latest moment that is stated. An open or unknown end is taken at the stated one; see
    /// [`EventDate::reach`] and [`EventDate::bounds`] for what lies beyond.
    pub fn extent(&self) -> TimeSpan {
        let start = self.start.date().map(|part| part.range);
        let end = self.end.as_ref().and_then(Bound::date).map(|part| part.range);
        match (start, end) {
            (Some(start), Some(end)) => TimeSpan::new(start.start, end.end),
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => TimeSpan { start: TimePoint(0), end: TimePoint(0) },
        }
    }

    /// All the time that it takes: what has no beginning reaches from [`TimePoint::MIN`], what goes on to [`TimePoint::MAX`].
    /// An unknown end stays at the stated one, since nothing is known of the time beyond.
    pub fn reach(&self) -> TimeSpan {
        let mut reach = self.extent();
        if self.start == Bound::Open {
            reach.start = TimePoint::MIN;
        }
        if self.end == Some(Bound::Open) {
            reach.end = TimePoint::MAX;
        }
        reach
    }

    /// Between which moments it can have begun and ended.
    pub fn bounds(&self) -> DateBounds {
        let start = self.start.bounds();
        let Some(end) = &self.end else { return start };
        let ends = end.bounds();
        let mut bounds = DateBounds { earliest_end: ends.earliest_end, latest_end: ends.latest_end, ..start };
        match (&self.start, end) {
            // Nothing is certain between the dates of a set.
            (Bound::Set { .. }, _) => {
                (bounds.latest_start, bounds.earliest_end) = (ends.latest_start, start.earliest_end);
                bounds.latest_end = bounds.latest_end.max(start.latest_end);
            }
            (Bound::Open, _) => bounds.latest_start = TimePoint::MIN,
            (Bound::Unknown, _) => bounds.latest_start = ends.latest_start,
            (_, Bound::Open) => bounds.earliest_end = TimePoint::MAX,
            (_, Bound::Unknown) => bounds.earliest_end = start.earliest_end,
            _ => {}
        }
        // What is stated coarsely may lie partly on the wrong side of the other end.
        bounds.latest_end = bounds.latest_end.max(bounds.earliest_start);
        bounds.latest_start = bounds.latest_start.max(bounds.earliest_start).min(bounds.latest_end);
        bounds.earliest_end = bounds.earliest_end.max(bounds.earliest_start).min(bounds.latest_end);
        bounds
    }

    /// The certain core of an interval: from the latest possible start to the earliest possible end, if any time is left.
    /// Dates that all hold have none, since nothing is said of the time between them.
    ///
    /// A bound stated without "about" or "perhaps" is certain to its own precision: an interval from one month to another
    /// is certain from the beginning of the first to the end of the second.
    pub fn core(&self) -> Option<TimeSpan> {
        let end = self.end.as_ref().filter(|_| !matches!(self.start, Bound::Set { .. }))?;
        let reach = self.reach();
        let from =
            self.start.date().filter(|_| self.start.is_vague()).map_or(reach.start, |part| part.range.end);
        let to = end.date().filter(|_| end.is_vague()).map_or(reach.end, |part| part.range.start);
        (from < to).then_some(TimeSpan { start: from, end: to })
    }

    /// Whether it is an interval rather than one date.
    pub fn is_interval(&self) -> bool {
        self.end.is_some()
    }

    /// Whether any part is stated as "about", "perhaps", "or earlier" or "or later".
    pub fn is_vague(&self) -> bool {
        self.start.is_vague() || self.end.as_ref().is_some_and(Bound::is_vague)
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
    use proptest::prelude::*;

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
        assert_eq!(core("{1945,1947}"), None);
        assert_eq!(core("..1945/1947"), span("1946-01-01", "1948-01-01"));
        assert_eq!(core("1945-08-24/"), span("1945-08-24", "1945-08-25"));
        let goes_on = EventDate::parse("1945-08-24/..").ok().and_then(|date| date.core());
        assert_eq!(
            goes_on.map(|core| (day(core.start), core.end)),
            Some(("1945-08-24".to_owned(), TimePoint::MAX))
        );
    }

    #[test]
    fn bounds_say_when_a_date_can_have_begun_and_ended() {
        let bounds = |input: &str| {
            let bounds = EventDate::parse(input).map(|date| date.bounds());
            let name = |point| match point {
                TimePoint::MIN | TimePoint::MAX => "..".to_owned(),
                point => day(point),
            };
            bounds.map(|bounds| {
                [bounds.earliest_start, bounds.latest_start, bounds.earliest_end, bounds.latest_end]
                    .map(name)
                    .join(" ")
            })
        };
        for (input, expected) in [
            ("1945-08-14", "1945-08-14 1945-08-14 1945-08-15 1945-08-15"),
            ("1945-08", "1945-08-01 1945-08-31 1945-08-02 1945-09-01"),
            ("1945-08~", "1945-08-01 1945-09-01 1945-08-01 1945-09-01"),
            ("1945-08/1946", "1945-08-01 1945-08-31 1946-01-02 1947-01-01"),
            ("1945-08-24/..", "1945-08-24 1945-08-24 .. .."),
            ("1945-08-24/", "1945-08-24 1945-08-24 1945-08-25 .."),
            ("../1945-08-14", ".. .. 1945-08-15 1945-08-15"),
            ("/1945-08-14", ".. 1945-08-14 1945-08-15 1945-08-15"),
            ("[..1849]", ".. 1849-12-31 .. 1850-01-01"),
            ("[1850..]", "1850-01-01 .. 1850-01-02 .."),
            ("[1945,1947]", "1945-01-01 1947-12-31 1945-01-02 1948-01-01"),
            ("{1945,1947}", "1945-01-01 1947-12-31 1945-01-02 1948-01-01"),
            ("{1945,1947..}", "1945-01-01 1947-12-31 1945-01-02 .."),
            ("1981-1X-10/1981-11-09", "1981-10-10 1981-11-10 1981-11-10 1981-11-10"),
        ] {
            assert_eq!(bounds(input).as_deref(), Ok(expected), "{input}");
        }
    }

    #[test]
    fn what_goes_on_reaches_beyond_all_that_is_stated() {
        let reach = |input: &str| {
            let date = EventDate::parse(input).ok()?;
            let (reach, extent) = (date.reach(), date.extent());
            Some((reach.start == TimePoint::MIN, reach.end == TimePoint::MAX, reach == extent))
        };
        assert_eq!(reach("1945-08-24/.."), Some((false, true, false)));
        assert_eq!(reach("../1945-08-24"), Some((true, false, false)));
        assert_eq!(reach("1945-08-24/"), Some((false, false, true)));
        assert_eq!(reach("1945-08-24/1946"), Some((false, false, true)));
    }

    #[test]
    fn one_date_lies_before_another_or_perhaps() {
        let order = |one: &str, other: &str| {
            let bounds = |input| EventDate::parse(input).map(|date| date.bounds());
            Ok::<_, crate::time::DateError>(bounds(one)?.order(bounds(other)?))
        };
        for (one, other, expected) in [
            ("1945-08-14", "1945-08-15", Order::Before),
            ("1945-08-14", "1945-08-14", Order::Together),
            ("1945-08-14", "1945-08", Order::Unclear),
            ("1945-08", "1945-08", Order::Unclear),
            ("1945-08-01", "1945-08", Order::PerhapsBefore),
            ("1945-08-31", "1945-08", Order::PerhapsAfter),
            ("1945-08/1946-05", "1945-12-01", Order::Together),
            ("1945-08/1946-05", "1946-05-31", Order::PerhapsBefore),
            ("1945-08-24/..", "1999-01-01", Order::Together),
            ("1945-08-24/", "1999-01-01", Order::PerhapsBefore),
            ("1945-08-14~", "1945-08-14", Order::Unclear),
            ("{1945,1947}", "1946-06-01", Order::Unclear),
            ("[..1849]", "1850", Order::Before),
        ] {
            assert_eq!(order(one, other), Ok(expected), "{one}, {other}");
        }
    }

    /// Points in order, some of them at the ends of the axis, and two stretches of time that fit the bounds they make.
    fn bounds_and_a_stretch() -> impl Strategy<Value = (DateBounds, i64, i64)> {
        let point = || prop_oneof![8 => -9_i64..10, 1 => Just(i64::MIN), 1 => Just(i64::MAX)];
        (point(), point(), point(), point(), 0.0..1.0, 0.0..1.0)
            .prop_map(|(a, b, c, d, start, end)| {
                let [first, second] = [a.min(b), a.max(b)];
                let [third, fourth] = [c.min(d), c.max(d)];
                let bounds = DateBounds {
                    earliest_start: TimePoint(first.min(third)),
                    latest_start: TimePoint(second.min(fourth)),
                    earliest_end: TimePoint(first.max(third)),
                    latest_end: TimePoint(second.max(fourth)),
                };
                let pick = |from: TimePoint, to: TimePoint, share: f64| {
                    let (from, to) = (from.0.clamp(-20, 20), to.0.clamp(-20, 20));
                    from + ((to - from) as f64 * share).round() as i64
                };
                let start = pick(bounds.earliest_start, bounds.latest_start, start);
                (bounds, start, pick(bounds.earliest_end, bounds.latest_end, end).max(start + 1))
            })
            .prop_filter("an end within its bounds", |(bounds, _, end)| *end <= bounds.latest_end.0)
    }

    proptest! {
        #[test]
        fn no_order_is_claimed_that_a_stretch_within_the_bounds_breaks(
            (a, start, end) in bounds_and_a_stretch(),
            (b, other_start, other_end) in bounds_and_a_stretch(),
        ) {
            let order = a.order(b);
            let (before, after) = (end <= other_start, other_end <= start);
            prop_assert!(match order {
                Order::Before => before,
                Order::PerhapsBefore => !after,
                Order::Together => !before && !after,
                Order::Unclear => true,
                Order::PerhapsAfter => !before,
                Order::After => after,
            }, "{order:?}");
            let turned = match order {
                Order::Before => Order::After,
                Order::PerhapsBefore => Order::PerhapsAfter,
                Order::PerhapsAfter => Order::PerhapsBefore,
                Order::After => Order::Before,
                same => same,
            };
            prop_assert_eq!(b.order(a), turned);
        }
    }
}
