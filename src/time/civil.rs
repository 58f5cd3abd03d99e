//! The proleptic Gregorian calendar on the integer axis.
//!
//! Day numbers follow Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": years begin in March, so that
//! the leap day is the last of its year, and 400 years are one cycle of 146 097 days.

use super::{DAY, TimePoint};

/// A calendar day. Year 0 is 1 BCE, year -1 is 2 BCE, and so on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Civil {
    /// Astronomical year.
    pub year: i64,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weekday {
    /// The first day of the week in the numbering of `Intl` and `strftime("%w")`.
    Sunday,
    /// Monday.
    Monday,
    /// Tuesday.
    Tuesday,
    /// Wednesday.
    Wednesday,
    /// Thursday.
    Thursday,
    /// Friday.
    Friday,
    /// Saturday.
    Saturday,
}

impl Weekday {
    const ALL: [Self; 7] = [
        Self::Sunday,
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
    ];
}

impl Civil {
    /// The day with these numbers; the caller vouches that the day exists.
    pub fn new(year: i64, month: u8, day: u8) -> Self {
        Self { year, month, day }
    }

    /// How many days the month has.
    pub fn days_in_month(year: i64, month: u8) -> u8 {
        match month {
            4 | 6 | 9 | 11 => 30,
            2 if year.rem_euclid(4) == 0 && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0) => 29,
            2 => 28,
            _ => 31,
        }
    }

    /// Days since 1970-01-01.
    pub fn day_number(self) -> i64 {
        let year = if self.month <= 2 { self.year - 1 } else { self.year };
        let month = i64::from(self.month);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let day_of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + i64::from(self.day) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        era * 146_097 + day_of_era - 719_468
    }

    /// The day that lies `day_number` days after 1970-01-01.
    pub fn from_day_number(day_number: i64) -> Self {
        let shifted = day_number + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let day = (day_of_year - (153 * shifted_month + 2) / 5 + 1) as u8;
        let month = (if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 }) as u8;
        Self { year: year_of_era + era * 400 + i64::from(month <= 2), month, day }
    }

    /// Midnight at the beginning of the day; saturates at the ends of the axis.
    pub fn midnight(self) -> TimePoint {
        TimePoint(self.day_number().saturating_mul(DAY))
    }

    /// The day of the week.
    pub fn weekday(self) -> Weekday {
        // 1970-01-01 was a Thursday.
        Weekday::ALL[(self.day_number() + 4).rem_euclid(7) as usize]
    }
}

impl TimePoint {
    /// The calendar day that holds the point.
    pub fn civil(self) -> Civil {
        Civil::from_day_number(self.0.div_euclid(DAY))
    }
}

/// A step of the calendar, for ticks and for moving about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CalendarUnit {
    /// So many seconds, counted from midnight of 1970-01-01; at most a day.
    Seconds(i64),
    /// So many days, counted from the first of the month.
    Days(u8),
    /// Weeks, which begin on Monday.
    Week,
    /// So many months, counted from January.
    Months(u8),
    /// So many years, counted from year 0.
    Years(i64),
    /// So many years as people count them, without a year 0: …, 200 BCE, 100 BCE, 1 CE, 100 CE, ….
    CountedYears(i64),
}

impl CalendarUnit {
    /// The last boundary at or before the point. Idempotent.
    pub fn floor(self, point: TimePoint) -> TimePoint {
        let civil = point.civil();
        match self {
            Self::Seconds(step) => TimePoint(point.0.div_euclid(step) * step),
            Self::Days(step) => {
                let step = step.max(1);
                Civil { day: (civil.day - 1) / step * step + 1, ..civil }.midnight()
            }
            Self::Week => {
                let since_monday = (civil.weekday() as i64 + 6).rem_euclid(7);
                Civil::from_day_number(civil.day_number() - since_monday).midnight()
            }
            Self::Months(step) => {
                let step = step.clamp(1, 12);
                Civil { month: (civil.month - 1) / step * step + 1, day: 1, ..civil }.midnight()
            }
            Self::Years(step) => {
                let step = step.max(1);
                Civil { year: civil.year.div_euclid(step) * step, month: 1, day: 1 }.midnight()
            }
            Self::CountedYears(step) => {
                // 1 BCE is the year 0, 100 BCE the year -99; among the others only the first block lacks a year.
                let (shift, least) = if civil.year < 1 { (1, i64::MIN) } else { (0, 1) };
                let year = (civil.year - shift).div_euclid(step) * step + shift;
                Civil { year: year.max(least), month: 1, day: 1 }.midnight()
            }
        }
    }

    /// The first boundary after the point.
    pub fn next(self, point: TimePoint) -> TimePoint {
        let floor = self.floor(point);
        let civil = floor.civil();
        match self {
            Self::Seconds(step) => TimePoint(floor.0.saturating_add(step)),
            Self::Days(step) => {
                let day = civil.day + step.max(1);
                if day > Civil::days_in_month(civil.year, civil.month) {
                    Self::Months(1).next(floor)
                } else {
                    Civil { day, ..civil }.midnight()
                }
            }
            Self::Week => TimePoint(floor.0.saturating_add(7 * DAY)),
            Self::Months(step) => {
                let months = i64::from(civil.month - 1) + i64::from(step.clamp(1, 12));
                let (year, month) = (civil.year + months.div_euclid(12), months.rem_euclid(12) as u8 + 1);
                Civil { year, month, day: 1 }.midnight()
            }
            Self::Years(step) => Civil { year: civil.year + step.max(1), month: 1, day: 1 }.midnight(),
            Self::CountedYears(step) => {
                self.floor(Civil { year: civil.year + step, month: 1, day: 1 }.midnight())
            }
        }
    }

    /// The boundaries in a span, in order.
    pub fn range(self, span: super::TimeSpan) -> impl Iterator<Item = TimePoint> {
        let floor = self.floor(span.start);
        let first = if floor < span.start { self.next(floor) } else { floor };
        std::iter::successors(Some(first), move |point| {
            let next = self.next(*point);
            (next > *point).then_some(next)
        })
        .take_while(move |point| *point < span.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_days_have_their_numbers_and_weekdays() {
        let check = |year, month, day, number, weekday| {
            let civil = Civil::new(year, month, day);
            assert_eq!((civil.day_number(), civil.weekday()), (number, weekday), "{civil:?}");
        };
        check(1970, 1, 1, 0, Weekday::Thursday);
        check(1945, 8, 14, -8906, Weekday::Tuesday);
        check(2000, 2, 29, 11_016, Weekday::Tuesday);
        check(0, 3, 1, -719_468, Weekday::Wednesday);
        check(-1, 12, 31, -719_529, Weekday::Friday);
    }

    #[test]
    fn counted_years_have_no_year_zero() {
        let year = |year| Civil::new(year, 1, 1).midnight();
        let counted = |step, from, to| -> Vec<i64> {
            let span = crate::time::TimeSpan::new(year(from), year(to));
            CalendarUnit::CountedYears(step).range(span).map(|point| point.civil().year).collect()
        };
        assert_eq!(counted(200, -500, 500), [-399, -199, 1, 200, 400]);
        assert_eq!(counted(10, -25, 21), [-19, -9, 1, 10, 20]);
        assert_eq!(counted(1, -1, 3), [-1, 0, 1, 2]);
        assert_eq!(CalendarUnit::CountedYears(100).floor(year(50)), year(1));
        assert_eq!(CalendarUnit::CountedYears(100).floor(year(-99)), year(-99));
    }

    proptest! {
        #[test]
        fn a_day_number_names_one_day(number in -4_000_000_000_i64..4_000_000_000) {
            let civil = Civil::from_day_number(number);
            prop_assert_eq!(civil.day_number(), number);
            prop_assert!((1..=Civil::days_in_month(civil.year, civil.month)).contains(&civil.day));
        }

        #[test]
        fn floor_is_idempotent_and_next_is_a_boundary_after(secs in -400_000_000_000_i64..400_000_000_000, pick in 0_usize..12) {
            let unit = [
                CalendarUnit::Seconds(3600), CalendarUnit::Days(1), CalendarUnit::Days(5), CalendarUnit::Week,
                CalendarUnit::Months(1), CalendarUnit::Months(3), CalendarUnit::Years(1), CalendarUnit::Years(10), CalendarUnit::Years(1000),
                CalendarUnit::CountedYears(1), CalendarUnit::CountedYears(10), CalendarUnit::CountedYears(1000),
            ][pick];
            let point = TimePoint(secs);
            let floor = unit.floor(point);
            prop_assert!(floor <= point);
            prop_assert_eq!(unit.floor(floor), floor);
            let next = unit.next(point);
            prop_assert!(next > point);
            prop_assert_eq!(unit.floor(next), next);
        }
    }
}
