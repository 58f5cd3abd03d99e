//! Every word the interface says, per language, and dates in words.
