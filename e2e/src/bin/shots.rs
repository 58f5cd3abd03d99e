//! Pictures of the release build, the same on every machine with the same browser.

fn main() {}
