//! Positions reach elements through the style object, never through a `style` attribute: a page policy of
//! `style-src 'self'` forbids the attribute and allows the object.

use web_sys::Element;

/// Copies each `data-style` below `within` to the element's own style.
pub fn apply(within: &Element) {
    for element in super::all(within, "[data-style]") {
        if let Some(style) = element.get_attribute("data-style") {
            element.style().set_css_text(&style);
        }
    }
}
