//! The browser behind small functions: nothing here draws.
