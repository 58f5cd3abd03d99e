//! How far one can zoom and pan.

use crate::time::{CalendarUnit, DAY, TimePoint, TimeSpan};

/// The whole story, which is as far as one can zoom out, and the shortest stretch that can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The whole story with its margins.
    pub fit: TimeSpan,
    /// The shortest stretch in seconds; at most the whole story.
    pub min_secs: i64,
}

impl Limits {
    /// Limits for a story; the closest view shows two days.
    pub fn new(fit: TimeSpan) -> Self {
        Self { fit, min_secs: (2 * DAY).min(fit.secs()).max(1) }
    }

    /// The stretch of the same length, as far as the limits allow, that lies nearest.
    pub fn clamp(&self, span: TimeSpan) -> TimeSpan {
        let secs = span.secs().clamp(self.min_secs, self.fit.secs().max(1));
        let centre_kept = if secs == span.secs() { span.start.0 } else { span.middle().0 - secs / 2 };
        let start = centre_kept.clamp(self.fit.start.0, self.fit.end.0 - secs);
        TimeSpan { start: TimePoint(start), end: TimePoint(start + secs) }
    }

    /// Zooms by a factor (above 1: in) so that the point at the share `at` of the width stays where it is.
    pub fn zoom(&self, span: TimeSpan, at: f64, factor: f64) -> TimeSpan {
        let secs = span.secs() as f64;
        // No `clamp`, as for floats it brings along the printing of floats, for its fault.
        let wanted = (secs / factor).max(self.min_secs as f64).min(self.fit.secs().max(1) as f64);
        let start = span.start.0.saturating_add((at * (secs - wanted)).round() as i64);
        self.clamp(TimeSpan {
            start: TimePoint(start),
            end: TimePoint(start.saturating_add(wanted.round() as i64)),
        })
    }

    /// Moves by a share of the length; positive is later.
    pub fn pan(&self, span: TimeSpan, share: f64) -> TimeSpan {
        let by = (span.secs() as f64 * share).round() as i64;
        let start = TimePoint(span.start.0.saturating_add(by));
        self.clamp(TimeSpan { start, end: TimePoint(start.0.saturating_add(span.secs())) })
    }
}

/// The whole story with its margins: a little more than from the earliest to the latest moment.
///
/// It begins just before a round year, or month, if one lies close before the story, so that the first label of the axis is a
/// whole one; at the end it leaves room for marks that stand at the last moment.
pub fn fit_domain(extent: TimeSpan) -> TimeSpan {
    let secs = extent.secs().max(1);
    // A story of one moment still needs a calendar around it.
    let margin = (secs / 24).max(DAY);
    let lead = (secs / 250).max(DAY / 4);
    let units = [10_000_000, 1_000_000, 100_000, 10_000, 1000, 100, 10, 1].map(CalendarUnit::Years);
    let round = units
        .into_iter()
        .chain([CalendarUnit::Months(1)])
        .map(|unit| unit.floor(extent.start))
        .find(|round| extent.start.0.saturating_sub(round.0) <= secs / 20);
    let start = round.map_or(extent.start.0.saturating_sub(margin), |round| round.0.saturating_sub(lead));
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
        Limits::new(fit_domain(TimeSpan::new(day(1945, 2, 11), day(1953, 3, 6))))
    }

    #[test]
    fn the_story_begins_just_before_a_round_date_and_ends_with_room_to_spare() {
        let told = |from: (i64, u8, u8), to: (i64, u8, u8)| {
            let point = |(year, month, day)| Civil::new(year, month, day).midnight();
            let fit = fit_domain(TimeSpan::new(point(from), point(to)));
            let (start, end) = (fit.start.civil(), fit.end.civil());
            format!("{}-{}-{} .. {}-{}-{}", start.year, start.month, start.day, end.year, end.month, end.day)
        };
        assert_eq!(told((1945, 2, 11), (1953, 3, 6)), "1944-12-20 .. 1953-7-6");
        assert_eq!(told((1945, 7, 1), (1945, 9, 1)), "1945-6-30 .. 1945-9-3");
        assert_eq!(told((1945, 7, 15), (1945, 7, 16)), "1945-7-14 .. 1945-7-17");
        assert_eq!(told((812, 5, 1), (1989, 1, 1)), "795-4-17 .. 2038-1-11");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_anchor_stays_under_the_pointer(at in 0.0..1.0, first in 0.0..1.0) {
            let limits = treaty();
            let width_px = 1208.0;
            // From the middle of the story, so that its ends do not come into the way.
            let mut span = limits.clamp(limits.zoom(limits.fit, first, 4.0));
            let x = at * width_px;
            let anchor = Viewport { span, width_px }.time_from_x(x);
            for factor in std::iter::repeat_n(1.08, 60).chain(std::iter::repeat_n(1.0 / 1.08, 60)) {
                span = limits.zoom(span, at, factor);
                let off = Viewport { span, width_px }.x_from_time(anchor) - x;
                prop_assert!(off.abs() <= 0.5, "{off} px off");
            }
        }

        #[test]
        fn zoom_and_pan_stay_within_the_story(at in 0.0..1.0, factor in 0.001..1000.0, share in -3.0..3.0) {
            let limits = treaty();
            let span = limits.pan(limits.zoom(limits.fit, at, factor), share);
            prop_assert!(limits.fit.start <= span.start && span.end <= limits.fit.end);
            prop_assert!(span.secs() >= limits.min_secs);
        }
    }
}
