//! The locator map, which a module of its own draws.

use js_sys::Promise;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    type Maps;

    /// Fetches the module and has it draw a map.
    #[wasm_bindgen(method, catch)]
    fn locate(this: &Maps, places: Vec<f64>) -> Result<Promise, JsValue>;
}

/// Has a map of places drawn, given as latitude, longitude, latitude, …; none where the module does not come.
pub async fn locate(places: Vec<f64>) -> Option<String> {
    let maps: Maps = super::document()?.get_element_by_id("timeline-data")?.unchecked_into();
    JsFuture::from(maps.locate(places).ok()?).await.ok()?.as_string()
}
