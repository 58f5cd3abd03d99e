//! Behaviour that needs a browser: run by `cargo xtask test` in headless engines.
#![cfg(target_arch = "wasm32")]

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn time_is_the_same_in_webassembly() {
    let date = annals::time::EventDate::parse("1945-08-14");
    assert!(date.is_ok_and(|date| date.extent().secs() == annals::time::DAY));
}
