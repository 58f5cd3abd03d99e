//! The axis: which dates are named, where ticks and hairlines stand.

use super::{Tier, Viewport};
use crate::order::sort_by;
use crate::time::{CalendarUnit, Civil, DAY, TimePoint, Weekday};

/// What stands above the tracks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Axis {
    /// Dates to be named, left to right; month headings before the days.
    pub labels: Vec<AxisLabel>,
    /// Ticks, left to right.
    pub ticks: Vec<Tick>,
    /// Hairlines through all tracks, in pixels from the left edge of the plot.
    pub gridlines: Vec<f64>,
}

/// What a label of the axis names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AxisUnit {
    /// A year.
    Year,
    /// A month.
    Month,
    /// A day of the month.
    Day,
}

/// A date that is named on the axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AxisLabel {
    /// Left edge of the label; for a day number, its middle.
    pub x: f64,
    /// The date.
    pub at: TimePoint,
    /// Where the next label, the flag or the edge of the plot begins.
    pub until_x: f64,
    /// What is named.
    pub unit: AxisUnit,
    /// A Sunday.
    pub strong: bool,
    /// A month in full words, in the row above the days.
    pub heading: bool,
}

/// A tick of the axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tick {
    /// When.
    pub at: TimePoint,
    /// Where.
    pub x: f64,
    /// How long the tick is.
    pub rank: TickRank,
}

/// How much a tick counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TickRank {
    /// Between the labelled ones.
    Minor,
    /// Longer than its neighbours: a quarter among months.
    Middle,
    /// Beginning of the unit that is labelled.
    Major,
}

/// Ticks closer than this would run together.
const MIN_TICK_PX: f64 = 7.0;
/// Room for a month in full words with its year.
const HEADING_PX: f64 = 112.0;
/// A day number has this much room, or only Mondays are numbered.
const DAY_PX: f64 = 20.0;
/// The longest step of years.
const MAX_STEP: i64 = 5_000_000_000;
const YEAR_SECS: f64 = 31_556_952.0;

/// The axis of a view. The labels that would touch the `flag` (from, to; in pixels) are left out.
pub fn axis(viewport: Viewport, tier: Tier, flag: Option<(f64, f64)>) -> Axis {
    let day_px = viewport.px_per_sec() * DAY as f64;
    let mut axis =
        if day_px * 30.0 >= 180.0 { days(viewport, day_px) } else { years_or_months(viewport, tier) };
    if let Some((from, to)) = flag {
        axis.labels.retain_mut(|label| {
            let (x0, x1) = box_of(label, tier);
            if x0 < from && label.until_x > from {
                label.until_x = from;
            }
            x1 < from || x0 > to
        });
    }
    axis
}

/// What a label certainly needs: without the year of a second calendar.
fn box_of(label: &AxisLabel, tier: Tier) -> (f64, f64) {
    match label.unit {
        AxisUnit::Day => (label.x - 9.0, label.x + 9.0),
        AxisUnit::Month if label.heading => (label.x, label.x + HEADING_PX),
        AxisUnit::Month => (label.x, label.x + 28.0),
        AxisUnit::Year => (label.x, label.x + year_px(label.at.civil().year, tier)),
    }
}

/// Room for the number of a year.
fn year_px(year: i64, tier: Tier) -> f64 {
    let digits =
        std::iter::successors(Some(year.unsigned_abs()), |rest| (*rest >= 10).then_some(rest / 10)).count();
    // Years before the common era carry three more letters.
    let (digit_px, gap_px) = if tier == Tier::Compact { (7.2, 5.0) } else { (9.5, 6.0) };
    digits as f64 * digit_px + gap_px + if year < 1 { 40.0 } else { 0.0 }
}

fn days(viewport: Viewport, day_px: f64) -> Axis {
    let mut axis = Axis::default();
    let first_month = CalendarUnit::Months(1).floor(viewport.span.start);
    let mut month = first_month;
    while month < viewport.span.end {
        let next = CalendarUnit::Months(1).next(month);
        let x = viewport.x_from_time(month);
        let shown_x = x.max(0.0);
        let until_x = viewport.x_from_time(next).min(viewport.width_px);
        if until_x - shown_x >= HEADING_PX {
            axis.labels.push(AxisLabel {
                x: shown_x,
                at: month,
                until_x,
                unit: AxisUnit::Month,
                strong: false,
                heading: true,
            });
        }
        if x > 0.0 {
            axis.gridlines.push(x);
        }
        if next <= month {
            break;
        }
        month = next;
    }
    let every_day = day_px >= DAY_PX;
    let pitch = if every_day { day_px } else { day_px * 7.0 };
    for day in CalendarUnit::Days(1).range(viewport.span) {
        let weekday = day.civil().weekday();
        let x = viewport.x_from_time(day);
        if weekday == Weekday::Monday {
            axis.gridlines.push(x);
        }
        if !every_day {
            let rank = if weekday == Weekday::Monday { TickRank::Middle } else { TickRank::Minor };
            if rank > TickRank::Minor || day_px >= MIN_TICK_PX {
                axis.ticks.push(Tick { at: day, x, rank });
            }
        }
        let middle = x + day_px / 2.0;
        if (every_day || weekday == Weekday::Monday) && middle >= 9.0 && middle <= viewport.width_px - 9.0 {
            axis.labels.push(AxisLabel {
                x: middle,
                at: day,
                until_x: (middle + pitch).min(viewport.width_px),
                unit: AxisUnit::Day,
                strong: every_day && weekday == Weekday::Sunday,
                heading: false,
            });
        }
    }
    sort_by(&mut axis.gridlines, f64::total_cmp);
    axis.gridlines.dedup();
    axis
}

/// 1, 2, 5, 10, 20, 50 … years.
fn year_steps() -> impl Iterator<Item = i64> {
    (0..10).flat_map(|power| [1, 2, 5].map(|step| step * 10_i64.pow(power)))
}

fn years_or_months(viewport: Viewport, tier: Tier) -> Axis {
    let year_px_now = viewport.px_per_sec() * YEAR_SECS;
    let month_px = year_px_now / 12.0;
    let need_month = if tier == Tier::Compact { 34.0 } else { 48.0 };
    let (first, last) = (viewport.span.start.civil().year, viewport.span.end.civil().year);
    // The label at the left edge names the year at which its step begins.
    let need_year = |step: i64| year_px(first.div_euclid(step) * step, tier).max(year_px(last, tier));
    let (unit, step_px, need_year) = if month_px >= need_month {
        (CalendarUnit::Months(1), month_px, need_year(1))
    } else if year_px_now >= viewport.width_px * 0.4 && month_px * 3.0 >= need_year(1) {
        (CalendarUnit::Months(3), month_px * 3.0, need_year(1))
    } else {
        let step =
            year_steps().find(|step| *step as f64 * year_px_now >= need_year(*step)).unwrap_or(MAX_STEP);
        (CalendarUnit::Years(step), step as f64 * year_px_now, need_year(step))
    };
    let mut axis = Axis::default();
    let by_months = matches!(unit, CalendarUnit::Months(_));
    let need_month = need_month.min(step_px) - 6.0;
    let mut at = unit.floor(viewport.span.start);
    let mut taken = 0.0;
    while at < viewport.span.end {
        let next = unit.next(at);
        let x = viewport.x_from_time(at);
        let end = viewport.x_from_time(next).min(viewport.width_px);
        let unnamed = axis.labels.is_empty();
        let mut name = |from: f64, unit: AxisUnit, need: f64| {
            axis.labels.push(AxisLabel { x: from, at, until_x: end, unit, strong: false, heading: false });
            from + need
        };
        if !by_months || (x >= 0.0 && at.civil().month == 1) {
            // What began before the view is named at its edge.
            let from = x.max(0.0);
            if end - from >= need_year {
                taken = name(from, AxisUnit::Year, need_year);
            }
        } else {
            // Among months the year must be known from the first, unless January is about to tell it; the month follows it.
            if unnamed && (next.civil().month != 1 || end >= need_year) {
                taken = name(x.max(0.0), AxisUnit::Year, need_year);
            }
            if end - x.max(taken) >= need_month {
                taken = name(x.max(taken), AxisUnit::Month, need_month);
            }
        }
        if x >= 0.0 {
            axis.gridlines.push(x);
        }
        if next <= at {
            break;
        }
        at = next;
    }
    for index in 0..axis.labels.len() {
        let until = axis.labels.get(index + 1).map(|next| next.x);
        let label = &mut axis.labels[index];
        label.until_x = until.unwrap_or(viewport.width_px).min(label.until_x.max(label.x + need_year));
    }
    axis.ticks = ticks(viewport, tier, unit, month_px);
    axis
}

fn ticks(viewport: Viewport, tier: Tier, unit: CalendarUnit, month_px: f64) -> Vec<Tick> {
    let minor = match unit {
        CalendarUnit::Years(_) if month_px * 12.0 < MIN_TICK_PX * 4.0 => {
            let step = year_steps().find(|step| *step as f64 * month_px * 12.0 >= MIN_TICK_PX);
            CalendarUnit::Years(step.unwrap_or(MAX_STEP))
        }
        _ if month_px >= MIN_TICK_PX && tier != Tier::Compact => CalendarUnit::Months(1),
        CalendarUnit::Months(1) => CalendarUnit::Months(1),
        _ => CalendarUnit::Months(3),
    };
    let rank = |at: TimePoint| {
        let Civil { month, .. } = at.civil();
        if unit.floor(at) == at {
            TickRank::Major
        } else if matches!(minor, CalendarUnit::Months(_)) && month % 3 == 1 {
            TickRank::Middle
        } else {
            TickRank::Minor
        }
    };
    minor.range(viewport.span).map(|at| Tick { at, x: viewport.x_from_time(at), rank: rank(at) }).collect()
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use insta::assert_snapshot;
    use proptest::prelude::*;

    use super::*;
    use crate::time::TimeSpan;

    fn view(from: (i64, u8, u8), to: (i64, u8, u8), width_px: f64) -> Viewport {
        let point = |(year, month, day)| Civil::new(year, month, day).midnight();
        Viewport { span: TimeSpan::new(point(from), point(to)), width_px }
    }

    fn tell(viewport: Viewport, flag: Option<(f64, f64)>) -> String {
        let tier = Tier::of(viewport, viewport.width_px < 620.0);
        let axis = axis(viewport, tier, flag);
        let mut told = String::new();
        for label in &axis.labels {
            let Civil { year, month, day } = label.at.civil();
            let name = match label.unit {
                AxisUnit::Year => year.to_string(),
                AxisUnit::Month if label.heading => format!("[{year}-{month}]"),
                AxisUnit::Month => format!("-{month}"),
                AxisUnit::Day if label.strong => format!("*{day}"),
                AxisUnit::Day => day.to_string(),
            };
            write!(told, "{name}@{:.0}..{:.0} ", label.x, label.until_x).unwrap();
        }
        let of_rank = |rank| axis.ticks.iter().filter(|tick| tick.rank == rank).count();
        let ranks = [TickRank::Major, TickRank::Middle, TickRank::Minor].map(of_rank);
        format!("{told}| ticks {ranks:?} | lines {}", axis.gridlines.len())
    }

    #[test]
    fn the_whole_story_names_years() {
        assert_snapshot!(tell(view((1944, 12, 20), (1953, 7, 6), 1208.0), None), @r"1945@5..146 1946@146..287 1947@287..429 1948@429..570 1949@570..712 1950@712..853 1951@853..994 1952@994..1136 1953@1136..1208 | ticks [9, 26, 68] | lines 9");
        assert_snapshot!(tell(view((1944, 12, 20), (1953, 7, 6), 298.0), None), @r"1945@1..36 1946@36..71 1947@71..106 1948@106..141 1949@141..176 1950@176..210 1951@210..245 1952@245..280 | ticks [9, 26, 0] | lines 9");
    }

    #[test]
    fn a_year_names_months_and_its_edge_names_the_year() {
        assert_snapshot!(tell(view((1945, 7, 28), (1946, 6, 20), 1208.0), None), @r"1945@0..44 -8@44..129 -9@129..240 -10@240..355 -11@355..465 -12@465..580 1946@580..695 -2@695..798 -3@798..912 -4@912..1023 -5@1023..1138 -6@1138..1208 | ticks [11, 0, 0] | lines 11");
        assert_snapshot!(tell(view((1945, 7, 1), (1946, 9, 20), 298.0), None), @r"1945@0..61 -10@61..123 1946@123..183 -4@183..244 -7@244..298 | ticks [5, 0, 0] | lines 5");
    }

    #[test]
    fn a_month_names_days() {
        assert_snapshot!(tell(view((1945, 8, 5), (1945, 9, 4), 1208.0), None), @r"[1945-8]@0..1087 [1945-9]@1087..1208 *5@20..60 6@60..101 7@101..141 8@141..181 9@181..221 10@221..262 11@262..302 *12@302..342 13@342..383 14@383..423 15@423..463 16@463..503 17@503..544 18@544..584 *19@584..624 20@624..664 21@664..705 22@705..745 23@745..785 24@785..825 25@825..866 *26@866..906 27@906..946 28@946..987 29@987..1027 30@1027..1067 31@1067..1107 1@1107..1148 *2@1148..1188 3@1188..1208 | ticks [0, 0, 0] | lines 6");
        assert_snapshot!(tell(view((1945, 8, 5), (1945, 11, 20), 1208.0), None), @r"[1945-8]@0..305 [1945-9]@305..644 [1945-10]@644..993 [1945-11]@993..1208 6@17..96 13@96..175 20@175..254 27@254..333 3@333..412 10@412..491 17@491..570 24@570..649 1@649..728 8@728..807 15@807..886 22@886..965 29@965..1044 5@1044..1123 12@1123..1202 | ticks [0, 16, 91] | lines 18");
        assert_snapshot!(tell(view((1945, 8, 14), (1945, 8, 16), 1208.0), None), @r"[1945-8]@0..1208 14@302..906 15@906..1208 | ticks [0, 0, 0] | lines 0");
    }

    #[test]
    fn longer_stories_name_decades_centuries_and_more() {
        assert_snapshot!(tell(view((1900, 6, 1), (2011, 1, 1), 608.0), None), @r"1900@0..53 1910@53..108 1920@108..163 1930@163..218 1940@218..273 1950@273..328 1960@328..383 1970@383..438 1980@438..493 1990@493..548 2000@548..603 | ticks [11, 0, 44] | lines 11");
        assert_snapshot!(tell(view((-800, 6, 1), (1500, 1, 1), 900.0), None), @r"-800@0..78 -600@78..156 -400@156..235 -200@235..313 0@313..391 200@391..469 400@469..548 600@548..626 800@626..704 1000@704..783 1200@783..861 | ticks [11, 0, 103] | lines 11");
        assert_snapshot!(tell(view((-4_000_000_000, 1, 1), (2000, 1, 1), 900.0), None), @r"-4000000000@0..225 -3000000000@225..450 -2000000000@450..675 -1000000000@675..900 | ticks [5, 0, 76] | lines 5");
    }

    #[test]
    fn a_flag_pushes_out_what_it_would_touch() {
        assert_snapshot!(tell(view((1944, 12, 20), (1953, 7, 6), 1208.0), Some((120.0, 220.0))), @r"1945@5..120 1947@287..429 1948@429..570 1949@570..712 1950@712..853 1951@853..994 1952@994..1136 1953@1136..1208 | ticks [9, 26, 68] | lines 9");
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn labels_never_touch_and_are_never_few(
            start in -100_000_000_000_i64..100_000_000_000,
            octaves in 0.0..22.0,
            width in 298.0..1600.0,
            compact in any::<bool>(),
        ) {
            let secs = (2.0 * DAY as f64 * 2_f64.powf(octaves)) as i64;
            let viewport = Viewport { span: TimeSpan::new(TimePoint(start), TimePoint(start + secs)), width_px: width };
            let tier = Tier::of(viewport, compact);
            let axis = axis(viewport, tier, None);
            for heading in [true, false] {
                let row: Vec<&AxisLabel> = axis.labels.iter().filter(|label| label.heading == heading).collect();
                for pair in row.windows(2) {
                    prop_assert!(box_of(pair[0], tier).1 <= box_of(pair[1], tier).0 + 1e-6, "{:?}", pair);
                    prop_assert!(pair[0].until_x <= pair[1].x + 1e-6);
                }
            }
            // In two days, and of long numbers on a phone, there are fewer.
            prop_assert!(axis.labels.len() >= if width < 600.0 || octaves < 0.6 { 1 } else { 3 }, "{} labels", axis.labels.len());
            prop_assert!(axis.ticks.windows(2).all(|pair| pair[1].x - pair[0].x >= MIN_TICK_PX * 0.9));
            prop_assert!(axis.ticks.len() + axis.gridlines.len() < 1000);
        }
    }
}
