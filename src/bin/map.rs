//! The locator map as a module of its own, which the page fetches when a detail first needs one.

use annals::geo;
use wasm_bindgen::prelude::wasm_bindgen;

/// Draws a map of places, given as latitude, longitude, latitude, …; in the form that [`geo::Locator::parse`] reads.
#[wasm_bindgen]
pub fn locate(places: &[f64]) -> String {
    let places: Vec<(f64, f64)> = places.as_chunks::<2>().0.iter().map(|[lat, lon]| (*lat, *lon)).collect();
    geo::locator(&places, geo::SIZE.0, geo::SIZE.1).print()
}

fn main() {}
