//! The app in a page of its own.

use gloo::events::EventListener;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Element, HtmlElement};

use super::{document, window};

/// The element with this id.
pub fn by_id(id: &str) -> Option<Element> {
    document()?.get_element_by_id(id)
}

/// The element that has the look and the state of the app as attributes: the root of the page.
pub fn root() -> Option<HtmlElement> {
    document()?.document_element()?.dyn_into().ok()
}

/// What has focus; none where nothing in particular has.
pub fn focused() -> Option<HtmlElement> {
    document()?.active_element()?.closest("body *").ok()??.dyn_into().ok()
}

/// Whether focus may be moved by program: a frame that has none would take it from the page around it. It makes no difference here
/// whether what had focus is gone, which a frame still has then.
pub fn may_focus(_lost: bool) -> bool {
    let Some(window) = window() else { return false };
    let is_top = window.parent().ok().flatten().is_none_or(|parent| parent == window);
    is_top || document().is_some_and(|document| document.has_focus().unwrap_or(false))
}

/// Changes the title of the page.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Calls back before the page is printed, with true, and after that, with false.
pub fn on_print(callback: impl Fn(bool) + Clone + 'static) -> Vec<EventListener> {
    let Some(window) = window() else { return Vec::new() };
    [("beforeprint", true), ("afterprint", false)]
        .into_iter()
        .map(|(event, prints)| {
            let callback = callback.clone();
            EventListener::new(&window, event, move |_| callback(prints))
        })
        .collect()
}

/// The query and the hash of the address.
pub(super) fn address() -> (String, String) {
    let location = window().map(|window| window.location());
    let query = location.as_ref().and_then(|location| location.search().ok()).unwrap_or_default();
    let hash = location.as_ref().and_then(|location| location.hash().ok()).unwrap_or_default();
    (query, hash)
}

/// Puts another query and hash into the address: as a place to which Back leads, or instead of the one that is there. A frame without
/// an address of its own refuses; nothing is lost.
pub(super) fn set_address(query: &str, hash: &str, adds: bool) {
    let Some(history) = window().and_then(|window| window.history().ok()) else { return };
    let base = window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    let base = base.split('#').next().and_then(|base| base.split('?').next()).unwrap_or_default();
    let link = [base, query, hash].concat();
    let _ = if adds {
        history.push_state_with_url(&JsValue::NULL, "", Some(&link))
    } else {
        history.replace_state_with_url(&JsValue::NULL, "", Some(&link))
    };
}

/// Calls back when the reader goes back or forward, or edits the hash. Dropping the listeners ends it.
pub(super) fn on_move(callback: impl Fn() + Clone + 'static) -> Vec<EventListener> {
    let Some(window) = window() else { return Vec::new() };
    ["popstate", "hashchange"]
        .into_iter()
        .map(|event| {
            let callback = callback.clone();
            EventListener::new(&window, event, move |_| callback())
        })
        .collect()
}
