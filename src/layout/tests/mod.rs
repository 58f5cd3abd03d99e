//! The laws of the layout, on made-up and on real timelines.

mod laws;
pub(super) mod support;
mod treaty;
