//! Where the packed timeline comes from: the page itself, or a file at an address.

use gloo::timers::future::TimeoutFuture;
use js_sys::{Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, Response};

/// A file that takes longer than this is given up, in milliseconds.
const PATIENCE_MS: u32 = 15_000;

/// Larger files are refused before they are read.
const MAX_BYTES: u64 = 200 * 1024 * 1024;

/// Why a file could not be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceError {
    /// No connection, no such host, or the host does not allow it; or the reader of files could not be had.
    Unreachable,
    /// The host answered with this status.
    Status(u16),
    /// It took too long.
    TimedOut,
    /// It is larger than can be read.
    TooLarge,
    /// The words of the reader of files, which found no timeline in it.
    Unreadable(String),
}

/// The packed timeline that came with the page.
pub fn inline_data() -> Option<String> {
    data_element()?.text_content()
}

/// The element that the page's script leaves the data in, and the function that reads other files.
fn data_element() -> Option<Element> {
    super::document()?.get_element_by_id("timeline-data")
}

/// Fetches a file and packs the timeline in it.
///
/// # Errors
///
/// See [`SourceError`].
pub async fn fetch(url: &str) -> Result<String, SourceError> {
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
    let reading = read(&Uint8Array::new(&body)).ok_or(SourceError::Unreachable)?;
    within_patience(reading).await?.as_string().ok_or(SourceError::Unreachable)
}

/// Has the module for it, which the page's script fetches, read the bytes of a file.
fn read(bytes: &Uint8Array) -> Option<Promise> {
    let element = data_element()?;
    let reader: Function = Reflect::get(&element, &"read".into()).ok()?.dyn_into().ok()?;
    reader.call1(&element, bytes).ok()?.dyn_into().ok()
}

async fn within_patience(promise: Promise) -> Result<JsValue, SourceError> {
    let patience = wasm_bindgen_futures::future_to_promise(async {
        TimeoutFuture::new(PATIENCE_MS).await;
        Err(JsValue::NULL)
    });
    let race = Promise::race(&js_sys::Array::of2(&promise, &patience));
    JsFuture::from(race).await.map_err(|error| match error.as_string() {
        Some(words) => SourceError::Unreadable(words),
        None if error.is_null() => SourceError::TimedOut,
        None => SourceError::Unreachable,
    })
}
