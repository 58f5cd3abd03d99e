//! Annals: an interactive historical timeline for teaching pages.
//!
//! The modules are listed in the order in which they may use one another: each uses only those above it.
//! Everything up to [`state`] is the pure core, which knows no browser; the feature `web` adds the shell.

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

pub mod order;

pub mod time;

pub mod model;

pub mod pack;

#[cfg(feature = "load")]
pub mod load;

pub mod scale;

pub mod text;

pub mod query;

pub mod geo;

pub mod layout;

pub mod state;

#[cfg(feature = "web")]
pub mod web;

#[cfg(feature = "web")]
pub mod view;
