//! From bytes to a [`crate::model::Timeline`] and a list of what was wrong.
