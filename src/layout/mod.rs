//! From a timeline, a viewport and measured text to a [`Scene`]: plain rectangles that a shell only has to draw.
//!
//! Units are CSS pixels. `x` counts from the left edge of the plot, `y` from the top of the tracks.

mod scene;

pub use scene::*;
