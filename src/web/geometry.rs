//! Positions reach elements through the style object, never through a `style` attribute: a page policy of
//! `style-src 'self'` forbids the attribute and allows the object.

use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};

/// Copies each `data-style` below `within` to the element's own style.
pub fn apply(within: &Element) {
    let Ok(found) = within.query_selector_all("[data-style]") else { return };
    for index in 0..found.length() {
        let Some(element) = found.get(index).and_then(|node| node.dyn_into::<HtmlElement>().ok()) else {
            continue;
        };
        if let Some(style) = element.get_attribute("data-style") {
            element.style().set_css_text(&style);
        }
    }
}
