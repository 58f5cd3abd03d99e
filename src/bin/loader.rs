//! The reader of other timelines as a module of its own, which the page fetches when its address names one.

use annals::text::{Locale, Words as _};
use annals::{load, pack};
use js_sys::Uint8Array;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, RequestInit, Response, console};

/// A file that takes longer than this is given up, in milliseconds.
const PATIENCE_MS: u32 = 15_000;

/// Larger files are refused before they are read.
const MAX_BYTES: u64 = 200 * 1024 * 1024;

/// Fetches a file and packs the timeline in it; tells the console what was left out or repaired.
///
/// # Errors
///
/// Fails with a sentence for the reader when nothing of the file can be shown.
#[wasm_bindgen]
pub async fn load(url: String) -> Result<String, String> {
    let words = Locale::default().words();
    let bytes = fetch(&url).await.map_err(|why| words.fetch_failed(&url, &why))?;
    let (timeline, found) =
        load::from_json(&bytes).map_err(|error| words.read_failed(&url, &error.to_string()))?;
    for found in found {
        console::info_1(&[&*found.place, ": ", &found.message].concat().into());
    }
    Ok(pack::write(&timeline).join())
}

/// The bytes of a file, or why they could not be had.
async fn fetch(url: &str) -> Result<Vec<u8>, String> {
    let words = Locale::default().words();
    let options = RequestInit::new();
    let patience = AbortSignal::timeout_with_u32(PATIENCE_MS);
    options.set_signal(Some(&patience));
    let unanswered = |_: JsValue| {
        let why = if patience.aborted() { words.timed_out() } else { words.unreachable() };
        why.to_owned()
    };
    let window = web_sys::window().ok_or_else(|| words.unreachable().to_owned())?;
    let answer = JsFuture::from(window.fetch_with_str_and_init(url, &options)).await;
    let response = Response::from(answer.map_err(unanswered)?);
    if !response.ok() {
        return Err(words.bad_status(response.status()));
    }
    let length = response.headers().get("content-length").ok().flatten();
    if length.and_then(|length| length.parse::<u64>().ok()).is_some_and(|length| length > MAX_BYTES) {
        return Err(words.too_large().to_owned());
    }
    let body = JsFuture::from(response.array_buffer().map_err(unanswered)?).await;
    Ok(Uint8Array::new(&body.map_err(unanswered)?).to_vec())
}

fn main() {}
