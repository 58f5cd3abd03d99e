//! The browser behind small functions: nothing here draws.
//!
//! Every call that a sandboxed or embedded frame may refuse is a `Result` or an `Option` here, and its refusal is no fault.

mod clipboard;
mod crash;
mod geometry;
mod location;
mod measure;
mod motion;
mod source;

pub use clipboard::copy;
pub use crash::{install as install_crash_notice, mark_foreign, mark_ready};
pub use geometry::apply as apply_geometry;
pub use location::{current_address, link_to, on_change as on_address_change, push, replace};
pub use measure::{CanvasMeasurer, when_fonts_load};
pub use motion::{prefers_reduced, set_theme};
pub use source::{SourceError, fetch, inline_data};

use web_sys::{Document, Element, HtmlElement, Window};

/// The window; `None` outside a browser.
pub fn window() -> Option<Window> {
    web_sys::window()
}

/// The page; `None` outside a browser.
pub fn document() -> Option<Document> {
    window()?.document()
}

/// The root element of the page.
pub fn root() -> Option<HtmlElement> {
    use wasm_bindgen::JsCast as _;
    document()?.document_element()?.dyn_into().ok()
}

/// Focuses the first element below `within` that a selector of our own finds, without scrolling the page around it.
pub fn focus(within: &Element, selector: &str) -> bool {
    use wasm_bindgen::JsCast as _;
    let Ok(Some(element)) = within.query_selector(selector) else { return false };
    let Ok(element) = element.dyn_into::<HtmlElement>() else { return false };
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    element.focus_with_options(&options).is_ok()
}
