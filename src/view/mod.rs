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
    if let Some(renderer) = renderer() {
        renderer.render();
    }
}

fn renderer() -> Option<yew::Renderer<App>> {
    crate::web::install_crash_notice();
    Some(yew::Renderer::with_root(crate::web::by_id("annals")?))
}

#[cfg(feature = "element")]
thread_local! {
    static MOUNTED: std::cell::RefCell<Option<yew::AppHandle<App>>> = const { std::cell::RefCell::new(None) };
}

/// Lets the app take over the element `#annals` of a shadow tree, or begin anew where that element stands in another tree now; with
/// no tree, lets go of what it shows.
///
/// It is rendered once, as Yew 0.23.0 never takes its listeners from an element, and with them all that they refer to.
#[cfg(feature = "element")]
pub fn mount(tree: Option<web_sys::ShadowRoot>) {
    crate::web::stand(tree);
    MOUNTED.with_borrow_mut(|mounted| match mounted {
        Some(app) => app.send_message(app::Message::Anew),
        None => *mounted = renderer().map(yew::Renderer::render),
    });
}
