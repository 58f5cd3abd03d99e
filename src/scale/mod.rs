//! Time to pixels and back, and the ticks of the axis.

mod axis;
mod limits;
mod short;

#[cfg(feature = "large")]
pub use axis::axis_beside;
pub use axis::{Axis, AxisLabel, AxisUnit, Lengths, Tick, TickRank, axis, year_step};
pub use limits::Limits;
pub use short::Short;

use crate::time::{DAY, TimePoint, TimeSpan};

/// The size class of the chart, by the container and the zoom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tier {
    /// A frame lower than 520 px: rows of 16 px, no dates.
    Compact,
    /// Less than 6 px for a day.
    Mid,
    /// At least 6 px for a day.
    Near,
}

impl Tier {
    /// The zoom, in pixels for a second, from which a view is near.
    pub const NEAR: f64 = 6.0 / DAY as f64;

    /// The class of a view.
    pub fn of(viewport: Viewport, compact: bool) -> Self {
        if compact {
            Self::Compact
        } else if viewport.px_per_sec() >= Self::NEAR {
            Self::Near
        } else {
            Self::Mid
        }
    }
}

/// The stretch of time that is shown, and how wide it is on the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Viewport {
    /// What is shown.
    pub span: TimeSpan,
    /// Width of the plot in CSS pixels; greater than 0.
    pub width_px: f64,
}

impl Viewport {
    /// Pixels for a second.
    pub fn px_per_sec(self) -> f64 {
        self.width_px / (self.span.secs().max(1) as f64)
    }

    /// Where a point lies, in pixels from the left edge of the plot; may be outside.
    ///
    /// The difference is taken in integers first, so that deep time keeps its seconds.
    pub fn x_from_time(self, point: TimePoint) -> f64 {
        (point.0.saturating_sub(self.span.start.0)) as f64 * self.px_per_sec()
    }

    /// The point at a distance from the left edge of the plot.
    pub fn time_from_x(self, x_px: f64) -> TimePoint {
        TimePoint(self.span.start.0.saturating_add((x_px / self.px_per_sec()).round() as i64))
    }
}
