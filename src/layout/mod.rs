//! From a timeline, a viewport and measured text to a [`Scene`]: plain rectangles that a shell only has to draw.
//!
//! Units are CSS pixels. `x` counts from the left edge of the plot, `y` from the top of the tracks.

mod arcs;
mod budget;
#[cfg(feature = "large")]
mod chosen;
mod clash;
mod counts;
#[cfg(feature = "large")]
mod crowd;
mod draw;
mod fit;
mod item;
#[cfg(feature = "large")]
mod many;
mod measure;
mod plan;
mod rest;
mod scene;
#[cfg(feature = "large")]
mod wire;

pub use crate::scale::Tier;
pub use counts::LISTED;
#[cfg(feature = "large")]
pub use measure::Advances;
pub use measure::{ApproximateMeasurer, Font, TextMeasurer};
pub use plan::{Plan, PlanInput};
pub use scene::*;
#[cfg(feature = "large")]
pub use wire::Arrival;

#[cfg(test)]
mod tests;
