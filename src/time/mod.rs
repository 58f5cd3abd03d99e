//! Exact time: points and spans on one integer axis, the calendar on top of it, and dates as historians know them.

mod civil;
mod date;
#[cfg(feature = "load")]
mod edtf;

pub use civil::{CalendarUnit, Civil, Weekday};
pub use date::{Bound, DateBounds, DatePart, EventDate, Order, Precision};
#[cfg(feature = "load")]
pub use edtf::{DateError, DateReading};

/// Seconds in a day; the axis has no leap seconds.
pub const DAY: i64 = 86_400;

/// A point in time: seconds since 1970-01-01T00:00:00 in the proleptic Gregorian calendar, without time zone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimePoint(pub i64);

impl TimePoint {
    /// Before all that the axis holds.
    pub const MIN: Self = Self(i64::MIN);
    /// After all that the axis holds.
    pub const MAX: Self = Self(i64::MAX);
}

/// A stretch of time from `start` up to but not including `end`; `start <= end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TimeSpan {
    /// The first second that belongs to the span.
    pub start: TimePoint,
    /// The first second after the span.
    pub end: TimePoint,
}

impl TimeSpan {
    /// The span between two points, in whichever order they come.
    pub fn new(a: TimePoint, b: TimePoint) -> Self {
        Self { start: a.min(b), end: a.max(b) }
    }

    /// Its length in seconds; saturates at the ends of the axis.
    pub fn secs(self) -> i64 {
        self.end.0.saturating_sub(self.start.0)
    }

    /// Whether the point lies in the span.
    pub fn contains(self, point: TimePoint) -> bool {
        self.start <= point && point < self.end
    }

    /// Whether the two spans share a second.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The point half-way, rounded down.
    pub fn middle(self) -> TimePoint {
        TimePoint(self.start.0 + self.secs().div_euclid(2))
    }
}
