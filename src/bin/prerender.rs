//! Writes the whole story into the built page, so that it reads before and without WebAssembly.

fn main() {}
