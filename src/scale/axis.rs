//! The axis: which dates are named, where ticks and hairlines stand.

use super::{Tier, Viewport};
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
const YEAR_SECS: f64 = 31_556_952.0;

/// The axis of a view. The labels that would touch the `flag` (from, to; in pixels) are left out.
pub fn axis(viewport: Viewport, tier: Tier, flag: Option<(f64, f64)>) -> Axis {
    let day_px = viewport.px_per_sec() * DAY as f64;
    let mut axis =
        if day_px * 30.0 >= 180.0 { days(viewport, day_px) } else { years_or_months(viewport, tier) };
    if let Some((from, to)) = flag {
        axis.labels.retain_mut(|label| {
            let (x0, x1) = box_of(label);
            if x0 < from && label.until_x > from {
                label.until_x = from;
            }
            x1 < from || x0 > to
        });
    }
    axis
}

/// What a label certainly needs: without the year of a second calendar.
fn box_of(label: &AxisLabel) -> (f64, f64) {
    match label.unit {
        AxisUnit::Day => (label.x - 9.0, label.x + 9.0),
        AxisUnit::Month if label.heading => (label.x, label.x + HEADING_PX),
        AxisUnit::Month => (label.x, label.x + 36.0),
        AxisUnit::Year => (label.x, label.x + year_px(label.at.civil().year)),
    }
}

/// Room for the number of a year.
fn year_px(year: i64) -> f64 {
    let digits =
        std::iter::successors(Some(year.unsigned_abs()), |rest| (*rest >= 10).then_some(rest / 10)).count();
    // Years before the common era carry three more letters.
    digits as f64 * 9.5 + 6.0 + if year < 1 { 40.0 } else { 0.0 }
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
                until_x: middle + pitch,
                unit: AxisUnit::Day,
                strong: every_day && weekday == Weekday::Sunday,
                heading: false,
            });
        }
    }
    axis.gridlines.sort_by(f64::total_cmp);
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
    let need_month = if tier == Tier::Compact { 34.0 } else { 40.0 };
    let (first, last) = (viewport.span.start.civil().year, viewport.span.end.civil().year);
    let need_year =
        if tier == Tier::Compact { 34.0_f64 } else { 44.0 }.max(year_px(first).max(year_px(last)));
    let (unit, step_px) = if month_px >= need_month {
        (CalendarUnit::Months(1), month_px)
    } else if year_px_now >= viewport.width_px * 0.4 && month_px * 3.0 >= need_year {
        (CalendarUnit::Months(3), month_px * 3.0)
    } else {
        let step = year_steps().find(|step| *step as f64 * year_px_now >= need_year).unwrap_or(5_000_000_000);
        (CalendarUnit::Years(step), step as f64 * year_px_now)
    };
    let mut axis = Axis::default();
    let by_months = matches!(unit, CalendarUnit::Months(_));
    let mut at = unit.floor(viewport.span.start);
    let mut taken = 0.0;
    while at < viewport.span.end {
        let next = unit.next(at);
        let x = viewport.x_from_time(at);
        let until_x = viewport.x_from_time(next).min(viewport.width_px);
        // What began before the view is named at its edge; among months it is the year that must be known there.
        let is_year = !by_months || x < 0.0 || at.civil().month == 1;
        let shown_x = x.max(0.0);
        let need = if is_year { need_year } else { need_month.min(step_px) - 6.0 };
        let edge_of_months = by_months && x < 0.0;
        if shown_x >= taken && (until_x - shown_x >= need || edge_of_months) {
            let unit = if is_year { AxisUnit::Year } else { AxisUnit::Month };
            axis.labels.push(AxisLabel { x: shown_x, at, until_x, unit, strong: false, heading: false });
            taken = shown_x + need;
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
            CalendarUnit::Years(step.unwrap_or(5_000_000_000))
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
