//! Straight strokes of a kind as one path: a browser builds and styles one element much sooner than dozens.

use std::fmt::Write as _;

use crate::scale::Short;

/// A stroke from left to right: both ends, and its height. Or an upright one: its place, and from which height to which.
pub(super) type Stroke = (f64, f64, f64);

/// Strokes from left to right, as the `d` of one path. Across, whole units are fine enough.
pub(super) fn across(strokes: impl IntoIterator<Item = Stroke>) -> String {
    path('H', &mut strokes.into_iter().map(|(x0, x1, y)| (x0, y, x1.round())))
}

/// The same upright.
pub(super) fn uprights(strokes: impl IntoIterator<Item = Stroke>) -> String {
    path('V', &mut strokes.into_iter())
}

/// From a place, across or down to where the stroke ends; here, once for all kinds of iterators.
fn path(way: char, strokes: &mut dyn Iterator<Item = Stroke>) -> String {
    let mut d = String::new();
    for (x, y, end) in strokes {
        // Nothing refuses to be written into a string.
        let _ = write!(d, "M{} {}{way}{}", Short(x.round()), Short(y), Short(end));
    }
    d
}
