//! Where the data comes from: the page itself, or an address.

use gloo::timers::future::TimeoutFuture;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// A file that takes longer than this is given up, in milliseconds.
const PATIENCE_MS: u32 = 15_000;

/// Larger files are refused before they are read.
const MAX_BYTES: u64 = 200 * 1024 * 1024;

/// Why a file could not be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceError {
    /// No connection, no such host, or the host does not allow it.
    Unreachable,
    /// The host answered with this status.
    Status(u16),
    /// It took too long.
    TimedOut,
    /// It is larger than can be read.
    TooLarge,
}

/// The timeline that came with the page.
pub fn inline_data() -> Option<String> {
    super::document()?.get_element_by_id("timeline-data")?.text_content()
}

/// Fetches a file.
///
/// # Errors
///
/// See [`SourceError`].
pub async fn fetch(url: &str) -> Result<Vec<u8>, SourceError> {
    let window = super::window().ok_or(SourceError::Unreachable)?;
    let answer = within_patience(window.fetch_with_str(url)).await?;
    let response: Response = answer.dyn_into().map_err(|_| SourceError::Unreachable)?;
    if !response.ok() {
        return Err(SourceError::Status(response.status()));
    }
    let length = response.headers().get("content-length").ok().flatten();
    if length.and_then(|length| length.parse::<u64>().ok()).is_some_and(|length| length > MAX_BYTES) {
        return Err(SourceError::TooLarge);
    }
    let body = response.array_buffer().map_err(|_| SourceError::Unreachable)?;
    let body = within_patience(body).await?;
    Ok(js_sys::Uint8Array::new(&body).to_vec())
}

async fn within_patience(promise: js_sys::Promise) -> Result<JsValue, SourceError> {
    let patience = wasm_bindgen_futures::future_to_promise(async {
        TimeoutFuture::new(PATIENCE_MS).await;
        Err(JsValue::NULL)
    });
    let race = js_sys::Promise::race(&js_sys::Array::of2(&promise, &patience));
    JsFuture::from(race)
        .await
        .map_err(|error| if error.is_null() { SourceError::TimedOut } else { SourceError::Unreachable })
}
