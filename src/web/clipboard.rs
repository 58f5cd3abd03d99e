//! Copying text.

use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Clipboard;

/// Puts a text on the clipboard; `false` where the page may not, as in frames without that permission.
pub async fn copy(text: &str) -> bool {
    // The property is missing, against its type, wherever the page is not a secure context.
    let clipboard = super::window()
        .and_then(|window| js_sys::Reflect::get(&window.navigator(), &JsValue::from_str("clipboard")).ok())
        .and_then(|value| value.dyn_into::<Clipboard>().ok());
    match clipboard {
        Some(clipboard) => JsFuture::from(clipboard.write_text(text)).await.is_ok(),
        None => false,
    }
}
