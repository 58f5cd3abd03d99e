//! When the app ends unexpectedly: the list that came with the page is shown again, with a notice.

use std::sync::atomic::{AtomicBool, Ordering};

/// The app has taken the page over, or has failed.
static SETTLED: AtomicBool = AtomicBool::new(false);

/// Marks the page as taken over by the app, unless that was settled before: the list that came with it is now for print only.
pub fn mark_ready() {
    if !SETTLED.swap(true, Ordering::Relaxed) {
        mark("ready");
    }
}

/// Says whether the app shows another timeline than the one that came with the page, whose list is then not printed.
pub fn mark_foreign(foreign: bool) {
    if let Some(root) = super::root() {
        let _ = if foreign {
            root.set_attribute("data-source", "other")
        } else {
            root.remove_attribute("data-source")
        };
    }
}

/// Replaces Yew's panic hook, so that a fault leaves a page that reads well and names the fault on the console.
pub fn install() {
    yew::set_custom_panic_hook(Box::new(|info| {
        give_up();
        web_sys::console::error_1(&info.to_string().into());
    }));
}

/// Shows the list again, and the line that says why. The release build ends every fault with this function alone, by its name:
/// `xtask/src/faults.rs`.
#[inline(never)]
fn give_up() {
    SETTLED.store(true, Ordering::Relaxed);
    mark("failed");
}

fn mark(state: &str) {
    if let Some(root) = super::root() {
        // The attribute cannot be refused; without it the list stays in view, which is the right fallback.
        let _ = root.set_attribute("data-app", state);
    }
    if state == "failed"
        && let Some(notice) = super::document().and_then(|document| document.get_element_by_id("notice"))
    {
        let _ = notice.remove_attribute("hidden");
    }
}
