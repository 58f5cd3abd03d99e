//! Widths of text in the fonts that are really used.

use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::layout::{Font, TextMeasurer};
use crate::scale::Short;

/// Measures with a canvas that is never shown. Without a canvas every letter counts as 7 px.
pub struct CanvasMeasurer {
    context: Option<CanvasRenderingContext2d>,
    serif: String,
    sans: String,
    scale: f64,
    /// What the reader adds to each letter, in pixels.
    spacing: f64,
}

impl CanvasMeasurer {
    /// Reads the families and the size of text from the root element, where the style sheet states them.
    pub fn new() -> Self {
        let canvas = super::document().and_then(|document| document.create_element("canvas").ok());
        let context = canvas
            .and_then(|canvas| canvas.unchecked_into::<HtmlCanvasElement>().get_context("2d").ok().flatten())
            .map(JsCast::unchecked_into);
        let style = super::root().and_then(|root| super::window()?.get_computed_style(&root).ok().flatten());
        let property = |name: &str| {
            style.as_ref().and_then(|style| style.get_property_value(name).ok()).unwrap_or_default()
        };
        // The browser's own reader of numbers passes over the unit, and costs no program; what it cannot read it calls NaN,
        // and the lesser and the greater of that and a number are the number.
        let number = |name: &str| js_sys::parse_float(&property(name));
        Self {
            context,
            serif: property("--label"),
            sans: property("--sans"),
            // The rows of the chart hold text of a quarter more.
            scale: (number("font-size") / 16.0).min(1.25),
            // A word has five letters.
            spacing: number("letter-spacing").max(0.0) + number("word-spacing").max(0.0) / 5.0,
        }
    }

    fn css_font(&self, font: Font) -> String {
        let (weight, size, family) = match font {
            Font::Label => (500, 14.0, &self.serif),
            Font::LabelStrong => (650, 14.0, &self.serif),
            Font::Caption => (500, 13.0, &self.serif),
            Font::Gloss => (400, 13.0, &self.serif),
            Font::Date | Font::CompactDate => (400, 11.0, &self.sans),
            Font::CompactLabel => (500, 12.0, &self.serif),
            Font::CompactLabelStrong => (650, 12.0, &self.serif),
            Font::CompactCaption => (500, 11.5, &self.serif),
        };
        format!("{weight} {}px {family}", Short(size * self.scale))
    }
}

impl Default for CanvasMeasurer {
    fn default() -> Self {
        Self::new()
    }
}

impl TextMeasurer for CanvasMeasurer {
    fn width(&self, text: &str, font: Font) -> f64 {
        let Some(context) = &self.context else { return text.chars().count() as f64 * 7.0 };
        context.set_font(&self.css_font(font));
        let added = self.spacing * text.chars().count() as f64;
        added + context.measure_text(text).map_or(0.0, |metrics| metrics.width())
    }
}
