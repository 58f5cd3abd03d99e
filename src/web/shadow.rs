//! The app in the shadow tree of an element, in a page of somebody else. Nothing here touches that page: no listener, no title, no
//! history, no focus that the reader has elsewhere.
//!
//! `assets/annals.js` makes the tree. The element `#timeline-data` in it stands for what a page of its own would have: its `data-query`
//! and `data-hash` are the address; it hears of another one by the event `open`, tells of one by `move`, of another title by `title`, and by `failure`, with `data-why`,
//! that nothing can be shown.

use std::cell::RefCell;

use gloo::events::EventListener;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, Event, HtmlElement, ShadowRoot};

thread_local! {
    /// Each element has an instance of the module to itself.
    static TREE: RefCell<Option<ShadowRoot>> = const { RefCell::new(None) };
}

/// Says in which tree the app stands from now on, if in any.
pub fn stand(tree: Option<ShadowRoot>) {
    TREE.replace(tree);
    super::crash::begin_anew();
}

fn tree() -> Option<ShadowRoot> {
    TREE.with_borrow(Clone::clone)
}

/// The element with this id.
pub fn by_id(id: &str) -> Option<Element> {
    tree()?.get_element_by_id(id)
}

/// The element that has the look and the state of the app as attributes.
pub fn root() -> Option<HtmlElement> {
    by_id("root")?.dyn_into().ok()
}

/// What has focus; none where that is elsewhere in the page.
pub fn focused() -> Option<HtmlElement> {
    tree()?.active_element()?.dyn_into().ok()
}

/// Whether focus may be moved by program: only where it is here already, or was until what had it went.
pub fn may_focus(lost: bool) -> bool {
    lost || focused().is_some()
}

/// Tells the element that nothing can be shown, and why.
pub fn tell_failure(why: &str) {
    if let Some(data) = data() {
        // An attribute of this name is never refused.
        let _ = data.set_attribute("data-why", why);
    }
    tell("failure");
}

/// The page keeps its title; the element learns that there is another.
pub fn set_title(_: &str) {
    tell("title");
}

/// The page prints what stands in the element.
pub fn on_print(_: impl Fn(bool)) -> Vec<EventListener> {
    Vec::new()
}

fn data() -> Option<Element> {
    by_id("timeline-data")
}

/// The query and the hash of the address.
pub(super) fn address() -> (String, String) {
    let part = |name: &str| data().and_then(|data| data.get_attribute(name)).unwrap_or_default();
    (part("data-query"), part("data-hash"))
}

/// Puts another query and hash into the address.
pub(super) fn set_address(query: &str, hash: &str, _: bool) {
    let Some(data) = data() else { return };
    // An attribute of this name is never refused.
    let _ = data.set_attribute("data-query", query);
    let _ = data.set_attribute("data-hash", hash);
    tell("move");
}

/// Tells the element of something; nobody may listen.
fn tell(what: &str) {
    if let (Some(data), Ok(event)) = (data(), Event::new(what)) {
        let _ = data.dispatch_event(&event);
    }
}

/// Calls back when the element wants another address to be shown. Dropping the listener ends it.
pub(super) fn on_move(callback: impl Fn() + Clone + 'static) -> Vec<EventListener> {
    data().map(|data| EventListener::new(&data, "open", move |_| callback())).into_iter().collect()
}
