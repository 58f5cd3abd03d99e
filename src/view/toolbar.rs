//! Toolbars: one tab stop for a row of buttons and arrow keys inside it, as the ARIA pattern has it.

use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// Moves focus among the buttons of the nearest toolbar that are not in a menu of their own. Each row gives its first
/// button `tabindex="0"` and the others `-1`.
pub(super) fn toolbar_keys() -> Callback<KeyboardEvent> {
    Callback::from(|key: KeyboardEvent| {
        let by = match key.key().as_str() {
            "ArrowLeft" | "ArrowUp" => -1,
            "ArrowRight" | "ArrowDown" => 1,
            _ => return,
        };
        let Some(target) = key.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
        let Some(toolbar) = target.closest("[role=toolbar]").ok().flatten() else { return };
        let Ok(found) = toolbar.query_selector_all("button:not(:disabled, .menu *)") else { return };
        let buttons: Vec<HtmlElement> =
            (0..found.length()).filter_map(|index| found.get(index)?.dyn_into().ok()).collect();
        let Some(at) = buttons.iter().position(|button| button.is_same_node(Some(&target))) else { return };
        let wanted = (at as isize + by).rem_euclid(buttons.len() as isize) as usize;
        key.prevent_default();
        key.stop_propagation();
        // A button that cannot take focus keeps it where it is.
        let _ = buttons[wanted].focus();
    })
}

/// The `tabindex` of a button by its place in the row.
pub(super) fn stop(place: usize) -> &'static str {
    if place == 0 { "0" } else { "-1" }
}
