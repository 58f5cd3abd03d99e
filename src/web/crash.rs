//! When the app ends unexpectedly: the list that came with the page is shown again, with a notice.

use std::sync::atomic::{AtomicBool, Ordering};

use wasm_bindgen::JsCast as _;
use web_sys::HtmlTemplateElement;

/// The app has taken the page over, or has failed.
static SETTLED: AtomicBool = AtomicBool::new(false);

/// Marks the page as taken over by the app, unless that was settled before: the list that came with it is now for print only.
pub fn mark_ready() {
    if !SETTLED.swap(true, Ordering::Relaxed) {
        mark("ready");
    }
}

/// Nothing is settled of the app that begins now.
#[cfg(feature = "element")]
pub(super) fn begin_anew() {
    SETTLED.store(false, Ordering::Relaxed);
}

/// Says that the app shows another timeline than the one that came with the page. The list of that one, thousands of elements
/// of which none is shown or printed now, is put aside.
pub fn mark_foreign() -> Option<()> {
    super::root()?.set_attribute("data-source", "other").ok()?;
    let story = super::by_id("story")?;
    let aside = super::document()?.create_element("template").ok()?;
    aside.set_attribute("id", "aside").ok()?;
    story.replace_with_with_node_1(&aside).ok()?;
    aside.unchecked_into::<HtmlTemplateElement>().content().append_child(&story).ok()?;
    Some(())
}

/// Puts the list that came with the page back in its place.
fn bring_back() -> Option<()> {
    let aside = super::by_id("aside")?;
    let list = aside.clone().unchecked_into::<HtmlTemplateElement>().content();
    aside.replace_with_with_node_1(&list).ok()
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
    // Where it cannot be put aside it is still there.
    let _ = bring_back();
    mark("failed");
}

fn mark(state: &str) {
    if let Some(root) = super::root() {
        // The attribute cannot be refused; without it the list stays in view, which is the right fallback.
        let _ = root.set_attribute("data-app", state);
    }
    if state == "failed"
        && let Some(notice) = super::by_id("notice")
    {
        let _ = notice.remove_attribute("hidden");
    }
}
