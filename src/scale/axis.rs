//! The axis: which dates are named, where ticks and hairlines stand.

use super::{Tier, Viewport};
use crate::order::sort_by;
use crate::time::{CalendarUnit, DAY, TimePoint, TimeSpan, Weekday};

/// What stands above the tracks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Axis {
    /// Dates to be named, left to right; headings before what stands under them.
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
    /// A day among times of day, which begins there.
    Midnight,
    /// A time of day to the minute.
    Minute,
    /// A time of day to the second.
    Second,
}

/// How many characters the name has of what begins at a point of the axis; as a heading if the last is set.
pub type Lengths<'a> = &'a dyn Fn(TimePoint, AxisUnit, bool) -> usize;

/// A date that is named on the axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AxisLabel {
    /// Left edge of the label; for the number of a day and for a time, its middle.
    pub x: f64,
    /// The date.
    pub at: TimePoint,
    /// Where the next label, the flag or the edge of the plot begins.
    pub until_x: f64,
    /// What is named.
    pub unit: AxisUnit,
    /// A Sunday, or a day among times.
    pub strong: bool,
    /// A month over its days, or a day over its times, in full words and in a row of its own.
    pub heading: bool,
    /// The room that its name certainly needs, without the year of a second calendar.
    pub width: f64,
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
    /// Longer than its neighbours: a quarter among months, a time that is labelled.
    Middle,
    /// Beginning of the unit that is labelled; midnight among times.
    Major,
}

/// Ticks closer than this would run together.
const MIN_TICK_PX: f64 = 7.0;
/// Room for the longest month in full words with a year of four digits, which is so many characters, and for each one more.
const HEADING_PX: f64 = 112.0;
const HEADING_CHARS: f64 = 14.0;
const HEADING_CHAR_PX: f64 = 10.0;
/// A day number has this much room, or only Mondays are numbered.
const DAY_PX: f64 = 20.0;
/// Room for each character of a day or time, and for a whole time with a gap.
const SMALL_CHAR_PX: f64 = 7.0;
const MINUTE_PX: f64 = 44.0;
const SECOND_PX: f64 = 65.0;
/// The longest step of years.
const MAX_STEP: i64 = 1_000_000_000_000;
/// The shortest year, so that the room that is enough for one is enough for the others.
const YEAR_SECS: f64 = 31_536_000.0;
/// Steps of a clock in seconds; none is more than two and a half times the one before.
const CLOCK: [i64; 18] =
    [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, DAY];

/// The axis of a view, whose names are so long. The labels that would touch the `flag` (from, to; in pixels) are left out.
///
/// Without a flag no two labels of a row touch, and there are at least three in a plot that is 280 pixels wide, seven times as
/// wide as the room of its longest label, and twice as wide as that of its longest heading.
pub fn axis(viewport: Viewport, tier: Tier, flag: Option<(f64, f64)>, lengths: Lengths) -> Axis {
    let draft = || Draft {
        viewport,
        #[cfg(feature = "large")]
        beside: (0.0, 0.0),
        tier,
        lengths,
        axis: Axis::default(),
    };
    let mut axis = draft().draw(false);
    if axis.labels.len() < 3 {
        axis = draft().draw(true);
    }
    if let Some((from, to)) = flag {
        axis.labels.retain_mut(|label| {
            let (x0, x1) = label.extent();
            if x0 < from && label.until_x > from {
                label.until_x = from;
            }
            x1 < from || x0 > to
        });
    }
    axis
}

/// The axis of a view, and of what lies so many pixels `beside` it, to the left and to the right: in steps for the view, and as
/// if the view reached so far.
#[cfg(feature = "large")]
pub fn axis_beside(viewport: Viewport, beside: (f64, f64), tier: Tier, lengths: Lengths) -> Axis {
    Draft { viewport, beside, tier, lengths, axis: Axis::default() }.draw(false)
}

impl AxisLabel {
    /// Where its room begins and ends.
    pub fn extent(&self) -> (f64, f64) {
        let beside = self.heading || matches!(self.unit, AxisUnit::Year | AxisUnit::Month);
        let from = if beside { self.x } else { self.x - self.width / 2.0 };
        (from, from + self.width)
    }
}

/// The first of 1, 2, 5, 10, 20, 50 … years that will do.
pub fn year_step(fits: &dyn Fn(i64) -> bool) -> i64 {
    let mut power = 1;
    while power < MAX_STEP {
        for step in [power, power * 2, power * 5] {
            if fits(step) {
                return step;
            }
        }
        power *= 10;
    }
    power
}

/// The first step of a clock that will do.
fn clock_step(fits: &dyn Fn(i64) -> bool) -> i64 {
    CLOCK.into_iter().find(|step| fits(*step)).unwrap_or(DAY)
}

/// An axis that is being drawn.
struct Draft<'a> {
    viewport: Viewport,
    /// So much is drawn to the left and to the right of it.
    #[cfg(feature = "large")]
    beside: (f64, f64),
    tier: Tier,
    lengths: Lengths<'a>,
    axis: Axis,
}

impl Draft<'_> {
    /// Draws it. What is `cut` off by an edge is named in what is left of it.
    fn draw(mut self, cut: bool) -> Axis {
        let day_px = self.viewport.px_per_sec() * DAY as f64;
        if self.viewport.span.secs() < 2 * DAY {
            self.times();
        } else if day_px * 30.0 >= 180.0 {
            self.days(day_px, cut);
        } else {
            self.years_or_months();
        }
        let mut until_x = self.right();
        let Self { mut axis, .. } = self;
        sort_by(&mut axis.gridlines, f64::total_cmp);
        axis.gridlines.dedup();
        for label in axis.labels.iter_mut().rev().filter(|label| !label.heading) {
            label.until_x = label.until_x.min(until_x);
            until_x = label.x;
        }
        axis
    }

    /// Where the first pixel is drawn.
    #[cfg_attr(
        not(feature = "large"),
        expect(clippy::unused_self, reason = "nothing is drawn beside the view")
    )]
    fn left(&self) -> f64 {
        #[cfg(feature = "large")]
        let left = 0.0 - self.beside.0;
        #[cfg(not(feature = "large"))]
        let left = 0.0;
        left
    }

    /// Where the last pixel ends.
    fn right(&self) -> f64 {
        #[cfg(feature = "large")]
        let right = self.viewport.width_px + self.beside.1;
        #[cfg(not(feature = "large"))]
        let right = self.viewport.width_px - self.left();
        right
    }

    /// Each step of the calendar that reaches into what is drawn: where it begins, where it ends there, and when it begins.
    fn each(&mut self, unit: CalendarUnit, visit: &mut dyn FnMut(&mut Self, f64, f64, TimePoint)) {
        let TimeSpan { start, end: stop } = self.viewport.span;
        #[cfg(feature = "large")]
        let secs = |px: f64| (px / self.viewport.px_per_sec()).round() as i64;
        #[cfg(feature = "large")]
        let (start, stop) = (
            TimePoint(start.0.saturating_sub(secs(self.beside.0))),
            TimePoint(stop.0.saturating_add(secs(self.beside.1))),
        );
        let right = self.right();
        let mut at = unit.floor(start);
        let mut x = self.viewport.x_from_time(at);
        while at < stop {
            let next = unit.next(at);
            let end = self.viewport.x_from_time(next);
            visit(self, x, end.min(right), at);
            if next <= at {
                break;
            }
            (at, x) = (next, end);
        }
    }

    /// The room that a name needs.
    fn width(&self, at: TimePoint, unit: AxisUnit, heading: bool) -> f64 {
        let chars = (self.lengths)(at, unit, heading) as f64;
        let compact = self.tier == Tier::Compact;
        match unit {
            _ if heading => HEADING_PX + (chars - HEADING_CHARS).max(0.0) * HEADING_CHAR_PX,
            AxisUnit::Year if compact => chars * 7.2 + 5.0,
            AxisUnit::Year => chars * 9.5 + 6.0,
            AxisUnit::Month => {
                if compact {
                    28.0
                } else {
                    36.0
                }
            }
            _ => (chars * SMALL_CHAR_PX).max(18.0),
        }
    }

    /// Names what begins at a point, if there is room for the name up to a limit; whether there is.
    fn label(
        &mut self,
        x: f64,
        until_x: f64,
        limit: f64,
        at: TimePoint,
        unit: AxisUnit,
        heading: bool,
    ) -> bool {
        let width = self.width(at, unit, heading);
        let sunday = unit == AxisUnit::Day && at.civil().weekday() == Weekday::Sunday;
        let strong = !heading && (sunday || unit == AxisUnit::Midnight);
        let label = AxisLabel { x, at, until_x, unit, strong, heading, width };
        let (x0, x1) = label.extent();
        let fits = x0 >= self.left() && x1 <= limit;
        if fits {
            self.axis.labels.push(label);
        }
        fits
    }

    fn tick(&mut self, x: f64, at: TimePoint, rank: TickRank) {
        // The year 2 follows the year 1 sooner than it followed 2 BCE.
        let from = self.axis.ticks.last().map_or(self.left(), |last| last.x + MIN_TICK_PX * 0.9);
        if x >= from {
            self.axis.ticks.push(Tick { at, x, rank });
        }
    }

    /// Months over days, or days over times, each with a line through all tracks where it begins.
    fn headings(&mut self, each: CalendarUnit, unit: AxisUnit) {
        self.each(each, &mut |draft, x, end, at| {
            let left = draft.left();
            draft.label(x.max(left), end, end, at, unit, true);
            if x > left {
                draft.axis.gridlines.push(x);
            }
        });
    }

    /// Days under their months. A day that is `cut` off by an edge is named in what is left of it.
    fn days(&mut self, day_px: f64, cut: bool) {
        self.headings(CalendarUnit::Months(1), AxisUnit::Month);
        let every_day = day_px >= DAY_PX;
        let pitch = if every_day { day_px } else { day_px * 7.0 };
        self.each(CalendarUnit::Days(1), &mut |draft, x, end, day| {
            let (left, right) = (draft.left(), draft.right());
            let monday = day.civil().weekday() == Weekday::Monday;
            if monday && x >= left {
                draft.axis.gridlines.push(x);
            }
            if !every_day && (monday || day_px >= MIN_TICK_PX) {
                draft.tick(x, day, if monday { TickRank::Middle } else { TickRank::Minor });
            }
            let middle = if cut { f64::midpoint(x.max(left), end) } else { x + day_px / 2.0 };
            if (every_day || monday) && (cut || x >= left) {
                draft.label(middle, middle + pitch, right, day, AxisUnit::Day, false);
            }
        });
    }

    /// Times of day under their days.
    fn times(&mut self) {
        self.headings(CalendarUnit::Days(1), AxisUnit::Day);
        let sec_px = self.viewport.px_per_sec();
        let (minute, second) = ((MINUTE_PX, AxisUnit::Minute), (SECOND_PX, AxisUnit::Second));
        let clock = |step| if step % 60 == 0 { minute } else { second };
        let step = clock_step(&|step| step as f64 * sec_px >= clock(step).0);
        let tick_step = clock_step(&|tick| step % tick == 0 && tick as f64 * sec_px >= MIN_TICK_PX);
        self.each(CalendarUnit::Seconds(tick_step), &mut |draft, x, _, at| {
            let midnight = at.0.rem_euclid(DAY) == 0;
            let named = at.0.rem_euclid(step) == 0;
            let mut rank = TickRank::Minor;
            if named {
                rank = if midnight { TickRank::Major } else { TickRank::Middle };
                let unit = if midnight { AxisUnit::Midnight } else { clock(step).1 };
                let until_x = x + step as f64 * sec_px;
                draft.label(x, until_x, draft.right(), at, unit, false);
            }
            draft.tick(x, at, rank);
        });
    }

    /// The room that labels need among years of a step.
    fn need_year(&self, step: i64) -> f64 {
        let span = self.viewport.span;
        let unit = CalendarUnit::CountedYears(step);
        let first = unit.floor(span.start);
        let (second, last) = (unit.next(first), unit.floor(span.end));
        // As round numbers have short names, those next to them as well; the first if it is named at all.
        let mut need = self.width(first, AxisUnit::Year, false);
        if self.viewport.x_from_time(second) < need {
            need = 0.0;
        }
        for at in [second, unit.next(second), unit.floor(TimePoint(last.0.saturating_sub(1))), last] {
            need = need.max(self.width(at, AxisUnit::Year, false));
        }
        need
    }

    fn years_or_months(&mut self) {
        let Viewport { width_px, .. } = self.viewport;
        let compact = self.tier == Tier::Compact;
        let year_px = self.viewport.px_per_sec() * YEAR_SECS;
        let month_px = year_px / 12.0;
        let need_month = if compact { 34.0 } else { 48.0 };
        let need_one = self.need_year(1);
        let (unit, step_px, need_year) = if month_px >= need_month {
            (CalendarUnit::Months(1), month_px, need_one)
        } else if year_px >= width_px * 0.4 && month_px * 3.0 >= need_one {
            (CalendarUnit::Months(3), month_px * 3.0, need_one)
        } else if year_px * 2.0 > width_px - need_one * 2.0 && month_px * 6.0 >= need_one {
            // Of whole years there might be less than three.
            (CalendarUnit::Months(6), month_px * 6.0, need_one)
        } else {
            let step = year_step(&|step| {
                let step_px = step as f64 * year_px;
                step_px >= DAY_PX && step_px >= self.need_year(step)
            });
            (CalendarUnit::CountedYears(step), step as f64 * year_px, self.need_year(step))
        };
        let by_months = matches!(unit, CalendarUnit::Months(_));
        let need_month = need_month.min(step_px) - 6.0;
        let mut taken = self.left();
        self.each(unit, &mut |draft, x, end, at| {
            let (left, right) = (draft.left(), draft.right());
            let from = x.max(left);
            let begins = x >= left && at.civil().month == 1;
            // What began before the view is named at its edge. Among months the year must be known from the first, unless
            // January is about to tell it; its name may reach over the months after it.
            let until_x = if !by_months {
                end
            } else if begins {
                right
            } else if draft.axis.labels.is_empty() {
                draft.viewport.x_from_time(CalendarUnit::CountedYears(1).next(at))
            } else {
                f64::NEG_INFINITY
            };
            let named_until = |from: f64| end.max(from + need_year);
            if until_x - from >= need_year
                && draft.label(from, named_until(from), until_x, at, AxisUnit::Year, false)
            {
                taken = from + need_year;
            }
            let from = x.max(taken);
            if by_months && !begins && end - from >= need_month {
                draft.label(from, named_until(from), f64::MAX, at, AxisUnit::Month, false);
                taken = from + need_month;
            }
            if x >= left {
                draft.axis.gridlines.push(x);
            }
        });
        let minor = match unit {
            CalendarUnit::CountedYears(_) if year_px < MIN_TICK_PX * 4.0 => {
                CalendarUnit::CountedYears(year_step(&|step| step as f64 * year_px >= MIN_TICK_PX))
            }
            _ if month_px >= MIN_TICK_PX && !compact => CalendarUnit::Months(1),
            CalendarUnit::Months(1) => unit,
            _ => CalendarUnit::Months(3),
        };
        self.each(minor, &mut |draft, x, _, at| {
            let rank = if unit.floor(at) == at {
                TickRank::Major
            } else if matches!(minor, CalendarUnit::Months(_)) && at.civil().month % 3 == 1 {
                TickRank::Middle
            } else {
                TickRank::Minor
            };
            draft.tick(x, at, rank);
        });
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use insta::assert_snapshot;
    use proptest::prelude::*;

    use super::*;
    use crate::time::Civil;

    fn view(from: (i64, u8, u8), to: (i64, u8, u8), width_px: f64) -> Viewport {
        let point = |(year, month, day)| Civil::new(year, month, day).midnight();
        Viewport { span: TimeSpan::new(point(from), point(to)), width_px }
    }

    /// Numbers, which have about the length of words.
    fn name(at: TimePoint, unit: AxisUnit, heading: bool) -> String {
        let Civil { year, month, day } = at.civil();
        let clock = at.0.rem_euclid(DAY);
        match unit {
            AxisUnit::Year if year < 1 => format!("{} BCE", 1 - year),
            AxisUnit::Year => year.to_string(),
            AxisUnit::Month if heading => format!("[{year}-{month}]"),
            AxisUnit::Month => format!("-{month}"),
            AxisUnit::Day if heading => format!("[{year}-{month}-{day}]"),
            AxisUnit::Day => day.to_string(),
            AxisUnit::Midnight => format!("{month}-{day}"),
            AxisUnit::Minute => format!("{:02}:{:02}", clock / 3600, clock / 60 % 60),
            AxisUnit::Second => format!("{:02}:{:02}:{:02}", clock / 3600, clock / 60 % 60, clock % 60),
        }
    }

    fn length(at: TimePoint, unit: AxisUnit, heading: bool) -> usize {
        name(at, unit, heading).chars().count()
    }

    fn tell(viewport: Viewport, flag: Option<(f64, f64)>) -> String {
        let tier = Tier::of(viewport, viewport.width_px < 620.0);
        let axis = axis(viewport, tier, flag, &length);
        let mut told = String::new();
        for label in &axis.labels {
            let strong = if label.strong { "*" } else { "" };
            let name = name(label.at, label.unit, label.heading);
            let bce = name.strip_suffix(" BCE").map(|number| format!("-{number}"));
            let name = bce.unwrap_or(name);
            write!(told, "{strong}{name}@{:.0}..{:.0} ", label.x, label.until_x).unwrap();
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
        assert_snapshot!(tell(view((-800, 6, 1), (1500, 1, 1), 900.0), None), @r"-800@0..79 -600@79..157 -400@157..235 -200@235..313 1@313..391 200@391..469 400@469..548 600@548..626 800@626..704 1000@704..783 1200@783..861 | ticks [12, 0, 103] | lines 12");
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
            let axis = axis(viewport, tier, None, &length);
            for heading in [true, false] {
                let row: Vec<&AxisLabel> = axis.labels.iter().filter(|label| label.heading == heading).collect();
                for pair in row.windows(2) {
                    prop_assert!(pair[0].extent().1 <= pair[1].extent().0 + 1e-6, "{:?}", pair);
                    prop_assert!(pair[0].until_x <= pair[1].x + 1e-6);
                }
            }
            // In two days, and of long numbers on a phone, there are fewer.
            prop_assert!(axis.labels.len() >= if width < 600.0 || octaves < 0.6 { 1 } else { 3 }, "{} labels", axis.labels.len());
            prop_assert!(axis.ticks.windows(2).all(|pair| pair[1].x - pair[0].x >= MIN_TICK_PX * 0.9));
            prop_assert!(axis.ticks.len() + axis.gridlines.len() < 1000);
        }

        #[cfg(feature = "large")]
        #[test]
        fn what_lies_beside_a_view_is_there_when_the_view_has_come_to_it(
            // Years of four digits, so that each view takes the same steps.
            start in -28_000_000_000_i64..200_000_000_000,
            octaves in 0.0..16.0,
            width in 298.0..1600.0,
            left in 0.1..1.0,
            right in 0.1..1.0,
            way in -1.0..1.0,
            compact in any::<bool>(),
        ) {
            let secs = (2.0 * DAY as f64 * 2_f64.powf(octaves)) as i64;
            let viewport = Viewport { span: TimeSpan::new(TimePoint(start), TimePoint(start + secs)), width_px: width };
            let tier = Tier::of(viewport, compact);
            let beside = axis_beside(viewport, (left * width, right * width), tier, &length);
            let by = (secs as f64 * way * if way < 0.0 { left } else { right }) as i64;
            let come = Viewport { span: TimeSpan::new(TimePoint(start + by), TimePoint(start + by + secs)), width_px: width };
            let x = viewport.x_from_time(come.span.start);
            let axis = axis(come, tier, None, &length);
            for tick in &axis.ticks {
                let own = beside.ticks.iter().find(|own| own.at == tick.at);
                prop_assert!(own.is_some_and(|own| own.rank == tick.rank && (own.x - x - tick.x).abs() < 0.01), "{:?}", tick);
            }
            for line in &axis.gridlines {
                prop_assert!(beside.gridlines.iter().any(|own| (own - x - line).abs() < 0.01), "{}", line);
            }
        }
    }
}
