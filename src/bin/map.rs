//! The locator map as a module of its own, which the page fetches when a detail first needs one.

use annals::geo;
use wasm_bindgen::prelude::wasm_bindgen;

/// Draws a map of places, given as latitude, longitude, latitude, … in hundredths of a degree; in the form that
/// [`geo::Locator::parse`] reads.
#[wasm_bindgen]
pub fn locate(places: &str) -> String {
    let degrees = places.split_terminator(' ').filter_map(|number| number.parse::<i32>().ok());
    let degrees: Vec<f64> = degrees.map(|hundredths| f64::from(hundredths) / 100.0).collect();
    let places: Vec<(f64, f64)> = degrees.as_chunks::<2>().0.iter().map(|[lat, lon]| (*lat, *lon)).collect();
    geo::locator(&places, geo::SIZE.0, geo::SIZE.1).print()
}

fn main() {}
