//! The entry point of the browser app.

fn main() {}
