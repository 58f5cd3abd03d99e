//! How far one can zoom and pan.

use crate::model::Timeline;
use crate::time::{CalendarUnit, DAY, TimePoint, TimeSpan};

/// The shortest view of a story with times of day.
const FIVE_MINUTES: i64 = 300;

/// Shares of the width are held to this part, so that steps of the zoom are exact: a 64-bit float has no finer places for
/// any share above a 128th, and what a finer share loses is less than half a second of the longest story.
const PARTS: i64 = 1 << 60;

/// The whole story, which is as far as one can zoom out, and the shortest stretch that can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The whole story with its margins.
    pub fit: TimeSpan,
    /// The shortest stretch in seconds; at most the whole story.
    pub min_secs: i64,
}

impl Limits {
    /// Limits for a timeline, by the shortest stretch that one of its dates stands for.
    pub fn of(timeline: &Timeline) -> Self {
        let extent = timeline.extent().unwrap_or(TimeSpan { start: TimePoint(0), end: TimePoint(DAY) });
        Self::new(extent, timeline.finest().unwrap_or(DAY))
    }

    /// Limits for a story from its earliest to its latest moment, of dates that stand for `finest` seconds at the least. The
    /// closest view shows twice as much: two days, two months, two million years; of times of day five minutes.
    pub fn new(extent: TimeSpan, finest: i64) -> Self {
        Self::around(fit_domain(extent, if finest < DAY { 2 * FIVE_MINUTES } else { DAY }), finest)
    }

    fn around(fit: TimeSpan, finest: i64) -> Self {
        Self { fit, min_secs: finest.saturating_add(finest).max(FIVE_MINUTES).min(fit.secs()).max(1) }
    }

    /// The stretch of the same length, as far as the limits allow, that lies nearest.
    pub fn clamp(&self, span: TimeSpan) -> TimeSpan {
        let secs = span.secs().clamp(self.min_secs, self.fit.secs().max(1));
        let centre_kept = if secs == span.secs() { span.start.0 } else { span.middle().0 - secs / 2 };
        let start = centre_kept.clamp(self.fit.start.0, self.fit.end.0 - secs);
        TimeSpan { start: TimePoint(start), end: TimePoint(start + secs) }
    }

    /// Zooms by a factor (above 1: in) so that the point at the share `at` of the width stays where it is.
    ///
    /// The view begins `rest` seconds after the start of the span, at most half a second either way, which are kept from one
    /// step to the next: many pixels, where a few minutes fill the plot.
    pub fn zoom(&self, span: TimeSpan, rest: &mut f64, at: f64, factor: f64) -> TimeSpan {
        let wanted = span.secs() as f64 / factor;
        // Whole seconds, of which each step takes one at least.
        let wanted = (if factor < 1.0 { wanted.ceil() } else { wanted.floor() }) as i64;
        let wanted = wanted.max(self.min_secs).min(self.fit.secs().max(1));
        // The share of the difference in integers, as a float would lose minutes where billions of years are shown.
        let by = i128::from(span.secs() - wanted) * i128::from((at * PARTS as f64) as i64);
        let (whole, part) = ((by >> PARTS.trailing_zeros()) as i64, by as i64 & (PARTS - 1));
        self.shift(span.start, rest, whole, part as f64 / PARTS as f64, wanted)
    }

    /// Moves by a share of the length; positive is later. For `rest` see [`Limits::zoom`].
    pub fn pan(&self, span: TimeSpan, rest: &mut f64, share: f64) -> TimeSpan {
        self.shift(span.start, rest, 0, span.secs() as f64 * share, span.secs())
    }

    fn shift(&self, start: TimePoint, rest: &mut f64, whole: i64, part: f64, secs: i64) -> TimeSpan {
        let by = *rest + part;
        let round = by.round_ties_even();
        *rest = by - round;
        let start = start.0.saturating_add(whole + round as i64);
        self.clamp(TimeSpan { start: TimePoint(start), end: TimePoint(start.saturating_add(secs)) })
    }
}

/// The whole story with its margins: a little more than from the earliest to the latest moment.
///
/// It begins just before a round year, or month, if one lies close before the story, so that the first label of the axis is a
/// whole one; at the end it leaves room for marks that stand at the last moment. The margins are `least` seconds wide at least.
fn fit_domain(extent: TimeSpan, least: i64) -> TimeSpan {
    let secs = extent.secs().max(1);
    // A story of one moment still needs a calendar around it.
    let margin = (secs / 24).max(least);
    let lead = (secs / 250).max(least / 4);
    let mut start = extent.start.0.saturating_sub(margin);
    let mut years = 10_000_000;
    loop {
        let unit = if years > 0 { CalendarUnit::Years(years) } else { CalendarUnit::Months(1) };
        let round = unit.floor(extent.start);
        if extent.start.0.saturating_sub(round.0) <= secs / 20 {
            start = round.0.saturating_sub(lead);
            break;
        }
        if years == 0 {
            break;
        }
        years /= 10;
    }
    TimeSpan { start: TimePoint(start), end: TimePoint(extent.end.0.saturating_add(margin)) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::scale::Viewport;
    use crate::time::Civil;

    fn treaty() -> Limits {
        let day = |year, month, day| Civil::new(year, month, day).midnight();
        Limits::new(TimeSpan::new(day(1945, 2, 11), day(1953, 3, 6)), DAY)
    }

    #[test]
    fn the_story_begins_just_before_a_round_date_and_ends_with_room_to_spare() {
        let told = |from: (i64, u8, u8), to: (i64, u8, u8)| {
            let point = |(year, month, day)| Civil::new(year, month, day).midnight();
            let fit = Limits::new(TimeSpan::new(point(from), point(to)), DAY).fit;
            let (start, end) = (fit.start.civil(), fit.end.civil());
            format!("{}-{}-{} .. {}-{}-{}", start.year, start.month, start.day, end.year, end.month, end.day)
        };
        assert_eq!(told((1945, 2, 11), (1953, 3, 6)), "1944-12-20 .. 1953-7-6");
        assert_eq!(told((1945, 7, 1), (1945, 9, 1)), "1945-6-30 .. 1945-9-3");
        assert_eq!(told((1945, 7, 15), (1945, 7, 16)), "1945-7-14 .. 1945-7-17");
        assert_eq!(told((812, 5, 1), (1989, 1, 1)), "795-4-17 .. 2038-1-11");
    }

    /// A whole story whose dates stand for so many seconds at the least.
    fn story(secs: i64, finest: i64) -> Limits {
        let fit = TimeSpan::new(TimePoint(-secs), TimePoint(secs / 7));
        Limits::around(fit, finest)
    }

    /// Zooms in and out again around the share `at` of the width, from inside one of five stories, and says how far off the
    /// anchor came to lie.
    fn anchor_is_held(
        (at, first, pan): (f64, f64, f64),
        pick: usize,
        depth: f64,
        step: f64,
        width_px: f64,
    ) -> Result<(), TestCaseError> {
        const YEAR: i64 = 31_556_952;
        let limits = [
            treaty(),
            story(7200, 1),
            story(30 * DAY, 60),
            story(800 * YEAR, 366 * DAY),
            story(13_800_000_000 * YEAR, 1),
        ][pick];
        // From inside the story, so that its ends do not come into the way, at any depth down to the closest view.
        let (mut rest, fit) = (0.0, limits.fit.secs() as f64);
        let secs = (fit / 4.0).powf(1.0 - depth) * (limits.min_secs as f64).powf(depth);
        let mut span = limits.zoom(limits.fit, &mut rest, 0.25 + first / 2.0, fit / secs);
        span = limits.pan(span, &mut rest, pan);
        // The anchor as a whole second and a part of one, worked out with more places than there are.
        let exact = i128::from(span.secs()) * (at * 2_f64.powi(60)) as i128;
        let anchor = TimePoint(span.start.0 + (exact >> 60) as i64);
        let part = (exact & ((1 << 60) - 1)) as f64 / 2_f64.powi(60) + rest;
        for (count, factor) in
            std::iter::repeat_n(step, 60).chain(std::iter::repeat_n(1.0 / step, 60)).enumerate()
        {
            span = limits.zoom(span, &mut rest, at, factor);
            if span.start == limits.fit.start || span.end == limits.fit.end {
                // The way in may have ended at the closest view, and the way out is as long.
                prop_assert!(count >= 60);
                break;
            }
            let view = Viewport { span, width_px };
            let off = view.x_from_time(anchor) + (part - rest) * view.px_per_sec() - at * width_px;
            prop_assert!(off.abs() <= 0.5, "{off} px off at {} s", span.secs());
            prop_assert!(rest.abs() <= 0.5);
        }
        Ok(())
    }

    #[test]
    fn the_anchor_is_held_from_billions_of_years_down_to_a_day() {
        anchor_is_held((0.234_283, 0.0, 0.0), 4, 0.0, 1.595_467, 1970.0).unwrap();
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_anchor_stays_under_the_pointer(
            at in 0.0..1.0,
            first in 0.0..1.0,
            pick in 0_usize..5,
            depth in 0.0..1.0,
            step in 1.001..1.6,
            width_px in 280.0..2000.0,
            pan in -0.3..0.3,
        ) {
            anchor_is_held((at, first, pan), pick, depth, step, width_px)?;
        }

        #[test]
        fn zoom_and_pan_stay_within_the_story(at in 0.0..1.0, factor in 0.001..1000.0, share in -3.0..3.0) {
            let limits = treaty();
            let rest = &mut 0.0;
            let zoomed = limits.zoom(limits.fit, rest, at, factor);
            let span = limits.pan(zoomed, rest, share);
            prop_assert!(limits.fit.start <= span.start && span.end <= limits.fit.end);
            prop_assert!(span.secs() >= limits.min_secs);
        }
    }
}
