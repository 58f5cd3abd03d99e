//! The address bar.

use gloo::events::EventListener;
use wasm_bindgen::JsValue;

use crate::state::Address;

/// What the address of the page says.
pub fn current_address() -> Address {
    let location = super::window().map(|window| window.location());
    let query = location.as_ref().and_then(|location| location.search().ok()).unwrap_or_default();
    let hash = location.as_ref().and_then(|location| location.hash().ok()).unwrap_or_default();
    Address::parse(&query, &hash)
}

/// The full address of a view.
fn link_to(address: &Address) -> String {
    let base = super::window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    let base = base.split('#').next().and_then(|base| base.split('?').next()).unwrap_or_default();
    [base, &address.query(), &address.hash()].concat()
}

/// Adds the address to the history, so that Back leads here. A frame without an address of its own refuses; nothing is lost.
pub fn push(address: &Address) {
    if let Some(history) = super::window().and_then(|window| window.history().ok()) {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&link_to(address)));
    }
}

/// Changes the address without adding to the history.
pub fn replace(address: &Address) {
    if let Some(history) = super::window().and_then(|window| window.history().ok()) {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&link_to(address)));
    }
}

/// Calls back when the reader goes back or forward, or edits the hash. Dropping the listeners ends it.
pub fn on_change(callback: impl Fn(Address) + Clone + 'static) -> Vec<EventListener> {
    let Some(window) = super::window() else { return Vec::new() };
    ["popstate", "hashchange"]
        .into_iter()
        .map(|event| {
            let callback = callback.clone();
            EventListener::new(&window, event, move |_| callback(current_address()))
        })
        .collect()
}
