//! Components: a scene and a state in, keyed elements out; no arithmetic of time.
//!
//! Yew 0.23.0 can lose its place among siblings that come and go, so each `if` and each `for` in `html!` is the only
//! child of its own element, each list item has a key, and no component renders nothing beside siblings.

mod app;
mod chart;
mod context;
#[cfg(feature = "large")]
mod desk;
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
#[cfg(feature = "large")]
mod picture;
#[cfg(feature = "ssr")]
pub mod share;
mod sheet;
#[cfg(feature = "ssr")]
mod still;
#[cfg(feature = "ssr")]
pub mod story;
mod strokes;
mod wide;

use app::App;

/// Lets the app take over the element `#annals`.
pub fn take_over() {
    crate::web::install_crash_notice();
    if let Some(root) = crate::web::document().and_then(|document| document.get_element_by_id("annals")) {
        yew::Renderer::<App>::with_root(root).render();
    }
}
