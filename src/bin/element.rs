//! The app as part of an element in a page of somebody else: `assets/annals.js` mounts it. It shows large timelines too.

use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::ShadowRoot;

/// Lets the app take over the element `#annals` of a shadow tree; the same element may stand in another tree when it is mounted again.
#[wasm_bindgen]
pub fn mount(tree: ShadowRoot) {
    annals::view::mount(Some(tree));
}

/// Lets the app let go of the tree, and of what it shows, until it is mounted again.
#[wasm_bindgen]
pub fn unmount() {
    annals::view::mount(None);
}

fn main() {}
