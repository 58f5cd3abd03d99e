//! The laws of the layout, on made-up and on real timelines.

mod laws;
mod support;
mod treaty;
