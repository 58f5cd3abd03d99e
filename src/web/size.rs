//! The sizes of elements.

use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver};
use yew::NodeRef;

/// The content size of an element in CSS pixels; zero where there is none.
pub fn size(node: &NodeRef) -> (f64, f64) {
    node.cast::<Element>()
        .map_or((0.0, 0.0), |element| (f64::from(element.client_width()), f64::from(element.client_height())))
}

/// Calls back when one of some elements has another size, and once for each element that is new to it.
pub struct SizeObserver {
    observer: Option<ResizeObserver>,
    seen: Vec<Element>,
    _callback: Closure<dyn Fn()>,
}

impl SizeObserver {
    /// An observer of nothing yet.
    pub fn new(callback: impl Fn() + 'static) -> Self {
        let callback = Closure::<dyn Fn()>::new(callback);
        let observer = ResizeObserver::new(callback.as_ref().unchecked_ref()).ok();
        Self { observer, seen: Vec::new(), _callback: callback }
    }

    /// Observes these elements, and no others.
    pub fn observe(&mut self, elements: [Option<Element>; 2]) {
        let Some(observer) = &self.observer else { return };
        let elements: Vec<Element> = elements.into_iter().flatten().collect();
        for gone in self.seen.iter().filter(|element| !elements.contains(element)) {
            observer.unobserve(gone);
        }
        // One that stays is not observed anew: this would report it once more, too late for the frame that is being laid
        // out, which browsers call an error.
        for new in elements.iter().filter(|element| !self.seen.contains(element)) {
            observer.observe(new);
        }
        self.seen = elements;
    }
}

impl Drop for SizeObserver {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}
