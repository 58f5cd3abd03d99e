//! The browser behind small functions: nothing here draws.
//!
//! Every call that a sandboxed or embedded frame may refuse is a `Result` or an `Option` here, and its refusal is no fault.

mod crash;
mod location;
mod measure;
mod motion;
mod page;
// Where the app stands, and what it may do there.
#[cfg_attr(feature = "element", path = "shadow.rs")]
mod place;
mod size;

pub use crash::{install as install_crash_notice, mark_foreign, mark_ready};
pub use location::{current_address, on_change as on_address_change, push, replace};
pub use measure::CanvasMeasurer;
pub use motion::{prefers_reduced, set_theme};
pub use page::{Answer, Ask, ask, inline_data};
#[cfg(feature = "large")]
pub use page::{Part, letters, part, stock};
pub use place::{by_id, focused, may_focus, on_print, root, set_title};
#[cfg(feature = "element")]
pub use place::{stand, tell_failure};
pub use size::{SizeObserver, size};

use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast as _;
use web_sys::{Document, Element, Event, HtmlDialogElement, HtmlElement, HtmlInputElement, Window};

/// The window; `None` outside a browser.
pub fn window() -> Option<Window> {
    web_sys::window()
}

/// The page; `None` outside a browser.
pub fn document() -> Option<Document> {
    window()?.document()
}

/// The nearest element that fits a selector of our own, from where an event happened outwards.
pub fn closest(event: &Event, selector: &str) -> Option<Element> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest(selector).ok().flatten()
}

/// All elements below `within` that a selector of our own finds, in the order of the page.
pub fn all(within: &Element, selector: &str) -> Vec<HtmlElement> {
    let Ok(found) = within.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|index| found.get(index)?.dyn_into().ok()).collect()
}

/// Focuses the first element below `within` that a selector of our own finds, without scrolling the page around it.
pub fn focus(within: &Element, selector: &str) -> bool {
    let Ok(Some(element)) = within.query_selector(selector) else { return false };
    let Ok(element) = element.dyn_into::<HtmlElement>() else { return false };
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    element.focus_with_options(&options).is_ok()
}

/// Opens a dialog of the page, by its id, over everything else; it closes itself, and then gives focus back.
pub fn show_dialog(id: &str) {
    if let Some(dialog) = by_id(id) {
        // One that is open already stays so.
        let _ = dialog.unchecked_into::<HtmlDialogElement>().show_modal();
    }
}

/// Whether a box of the page, by its id, is ticked.
pub fn is_checked(id: &str) -> bool {
    let field = by_id(id);
    field.is_some_and(|field| field.unchecked_into::<HtmlInputElement>().checked())
}

/// Does something after a while, in milliseconds, unless what it gives back is dropped before.
pub fn after(ms: u32, then: impl FnOnce() + 'static) -> Timeout {
    later(ms, Box::new(then))
}

/// One function of the browser serves all callers.
fn later(ms: u32, then: Box<dyn FnOnce()>) -> Timeout {
    Timeout::new(ms, then)
}

/// Scrolls to the element with this id, and reading goes on there.
pub fn go_to_id(id: &str) {
    if let Some(element) = by_id(id) {
        element.scroll_into_view();
        // What cannot take focus leaves it where it is.
        let _ = element.unchecked_into::<HtmlElement>().focus();
    }
}
