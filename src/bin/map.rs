//! The locator map as a module of its own, which the page fetches when a detail first needs one.

use annals::geo;
use wasm_bindgen::prelude::wasm_bindgen;

/// Draws a map of places, given as three whole numbers each: latitude and longitude in hundredths of a degree, and how many
/// letters the name has; in the form that [`geo::Drawing::parse`] reads.
#[wasm_bindgen]
pub fn locate(places: &str) -> String {
    let numbers: Vec<i32> = places.split_terminator(' ').filter_map(|number| number.parse().ok()).collect();
    let degrees = |hundredths: i32| f64::from(hundredths) / 100.0;
    let (mut places, mut letters) = (Vec::new(), Vec::new());
    for [lat, lon, count] in numbers.as_chunks::<3>().0 {
        places.push((degrees(*lat), degrees(*lon)));
        letters.push(usize::try_from(*count).unwrap_or_default());
    }
    geo::locator(&places, geo::SIZE.0, geo::SIZE.1).print(&letters)
}

fn main() {}
