//! What comes from the page and its script: the packed timeline of the page, that of a file at an address, and maps.

use js_sys::Promise;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::Element;

#[wasm_bindgen]
extern "C" {
    /// The element in which the page's script leaves the data, and a function that gets those of other files.
    #[wasm_bindgen(extends = Element)]
    type Data;

    /// Resolves to the packed timeline, or fails with a sentence that says why there is none.
    #[wasm_bindgen(method, catch)]
    fn load(this: &Data, url: &str) -> Result<Promise, JsValue>;

    /// Resolves to a locator map of places, given as latitude, longitude, latitude, …
    #[wasm_bindgen(method, catch)]
    fn locate(this: &Data, places: Vec<f64>) -> Result<Promise, JsValue>;
}

fn data() -> Option<Data> {
    Some(super::document()?.get_element_by_id("timeline-data")?.unchecked_into())
}

/// The packed timeline that came with the page.
pub fn inline_data() -> Option<String> {
    data()?.text_content()
}

/// Has the module for it, which the page's script fetches, get the file at an address and pack the timeline in it.
///
/// # Errors
///
/// Fails with a sentence that says why, or without one if the module itself did not come.
pub async fn load(url: &str) -> Result<String, Option<String>> {
    let coming = data().and_then(|data| data.load(url).ok()).ok_or(None)?;
    let packed = JsFuture::from(coming).await.map_err(|why| why.as_string())?;
    packed.as_string().ok_or(None)
}

/// Has the module for it, which the page's script fetches, draw a map of places, given as latitude, longitude, latitude, …;
/// none where it does not come.
pub async fn locate(places: Vec<f64>) -> Option<String> {
    JsFuture::from(data()?.locate(places).ok()?).await.ok()?.as_string()
}
