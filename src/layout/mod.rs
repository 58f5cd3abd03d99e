//! From a timeline, a viewport and measured text to a [`Scene`]: plain rectangles that a shell only has to draw.
//!
//! Units are CSS pixels. `x` counts from the left edge of the plot, `y` from the top of the tracks.

mod arcs;
mod budget;
mod clash;
mod counts;
mod draw;
mod fit;
mod item;
mod measure;
mod plan;
mod rest;
mod scene;

pub use crate::scale::Tier;
pub use measure::{ApproximateMeasurer, Font, TextMeasurer};
pub use plan::{LabelTexts, Plan, PlanInput};
pub use scene::*;

#[cfg(test)]
mod tests;
