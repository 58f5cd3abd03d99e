//! What the reader's system asks for, and what the reader asks of the page.

use crate::state::Theme;

/// Whether the system asks for less motion.
pub fn prefers_reduced() -> bool {
    super::window()
        .and_then(|window| window.match_media("(prefers-reduced-motion: reduce)").ok().flatten())
        .is_some_and(|query| query.matches())
}

/// Puts the look on the root element.
pub fn set_theme(theme: Theme) {
    if let Some(root) = super::root() {
        let _ = match theme.id() {
            Some(id) => root.set_attribute("data-theme", id),
            None => root.remove_attribute("data-theme"),
        };
    }
}
