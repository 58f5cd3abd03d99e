//! From a timeline, a viewport and measured text to a [`Scene`]: plain rectangles that a shell only has to draw.
//!
//! Units are CSS pixels. `x` counts from the left edge of the plot, `y` from the top of the tracks.

mod measure;
mod plan;
mod scene;

pub use crate::scale::Tier;
pub use measure::{ApproximateMeasurer, Font, TextMeasurer};
pub use plan::{LabelTexts, Plan, PlanInput};
pub use scene::*;
