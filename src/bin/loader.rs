//! The reader of data files as a module of its own, which the page fetches when its address asks for one.

use annals::{load, pack};
use wasm_bindgen::prelude::wasm_bindgen;

/// Reads a file: the packed timeline, and after it one line for each thing that was left out or repaired.
///
/// # Errors
///
/// Fails with words for the reader when nothing of the file can be shown.
#[wasm_bindgen]
pub fn read(bytes: &[u8]) -> Result<Vec<String>, String> {
    let (timeline, found) = load::from_json(bytes).map_err(|error| error.to_string())?;
    let lines = found.into_iter().map(|found| [&*found.place, ": ", &found.message].concat());
    Ok(std::iter::once(pack::write(&timeline).join()).chain(lines).collect())
}

fn main() {}
