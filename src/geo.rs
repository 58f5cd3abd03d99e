//! The outlines and the projection of the locator map.
pub struct Locator { pub land: String, pub rails: String, pub dots: Vec<(f64, f64)> }
pub fn locator(places: &[(f64, f64)], width: f64, height: f64) -> Locator { let _ = (width, height); Locator { land: String::new(), rails: String::new(), dots: places.to_vec() } }
