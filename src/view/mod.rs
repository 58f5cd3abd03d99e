//! Components: a scene and a state in, keyed elements out; no arithmetic of time.
//!
//! Yew 0.23.0 can lose its place among siblings that come and go, so each `if` and each `for` in `html!` is the only
//! child of its own element, each list item has a key, and no component renders nothing beside siblings.

mod app;
mod chart;
mod context;
mod gestures;
mod glide;
mod icons;
mod keys;
mod legend;
mod markup;
mod masthead;
mod narrow;
mod overlays;
mod overview;
mod panel;
mod sheet;
#[cfg(feature = "ssr")]
mod still;
#[cfg(feature = "ssr")]
pub mod story;
mod strokes;
mod wide;

pub use app::App;
