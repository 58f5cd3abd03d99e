//! Finding events: search and filters.
