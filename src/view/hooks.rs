//! Hooks shared by components.

use gloo::render::{AnimationFrame, request_animation_frame};
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver};
use yew::prelude::*;

use crate::time::{TimePoint, TimeSpan};

/// How long a jump is seen moving, in milliseconds.
const GLIDE_MS: f64 = 320.0;

/// The content size of an element in CSS pixels, kept up to date; zero before the first rendering.
#[hook]
pub(super) fn use_size(node: NodeRef) -> (f64, f64) {
    let size = use_state_eq(|| (0.0, 0.0));
    {
        let size = size.clone();
        use_effect_with(node, move |node| {
            let element = node.cast::<Element>();
            let measure = {
                let element = element.clone();
                move || {
                    if let Some(element) = &element {
                        size.set((f64::from(element.client_width()), f64::from(element.client_height())));
                    }
                }
            };
            measure();
            let closure = Closure::<dyn Fn()>::new(measure);
            let observer = ResizeObserver::new(closure.as_ref().unchecked_ref()).ok();
            if let (Some(observer), Some(element)) = (&observer, &element) {
                observer.observe(element);
            }
            move || {
                if let Some(observer) = observer {
                    observer.disconnect();
                }
                drop(closure);
            }
        });
    }
    *size
}

/// Puts the positions below an element where they belong, after each rendering of the component that draws it.
///
/// Each component with a state of its own and positioned elements below it calls this for itself: the effect of a parent
/// does not run when only the child is drawn anew.
#[hook]
pub(super) fn use_geometry(node: &NodeRef) {
    let node = node.clone();
    use_effect(move || {
        if let Some(element) = node.cast::<Element>() {
            crate::web::apply_geometry(&element);
        }
    });
}

struct Glide {
    from: TimeSpan,
    to: TimeSpan,
    shown: TimeSpan,
    progress: f64,
    began: Option<f64>,
    frame: Option<AnimationFrame>,
}

/// The span to draw on the way to `target`: moving for a moment after a jump, at once otherwise.
#[hook]
pub(super) fn use_glide(target: TimeSpan, jump: bool) -> TimeSpan {
    let glide = use_mut_ref(|| Glide {
        from: target,
        to: target,
        shown: target,
        progress: 1.0,
        began: None,
        frame: None,
    });
    let update = use_force_update();
    let moving = {
        let mut glide = glide.borrow_mut();
        if glide.to != target {
            glide.from = glide.shown;
            glide.to = target;
            glide.began = None;
            glide.progress = if jump && !crate::web::prefers_reduced() { 0.0 } else { 1.0 };
        }
        glide.shown = between(glide.from, glide.to, ease(glide.progress));
        glide.progress < 1.0
    };
    let shown = glide.borrow().shown;
    use_effect_with((moving, shown), move |(moving, _)| {
        if *moving {
            let handle = glide.clone();
            let frame = request_animation_frame(move |now| {
                {
                    let mut glide = handle.borrow_mut();
                    let began = *glide.began.get_or_insert(now);
                    glide.progress = ((now - began) / GLIDE_MS).clamp(0.02, 1.0);
                }
                update.force_update();
            });
            glide.borrow_mut().frame = Some(frame);
        }
    });
    shown
}

/// The curve of `cubic-bezier(.2, 0, 0, 1)`, near enough for a few frames.
fn ease(progress: f64) -> f64 {
    let rest = 1.0 - progress;
    1.0 - rest * rest * rest * rest
}

fn between(from: TimeSpan, to: TimeSpan, share: f64) -> TimeSpan {
    if share >= 1.0 {
        return to;
    }
    let mix = |a: TimePoint, b: TimePoint| TimePoint(a.0 + ((b.0 - a.0) as f64 * share).round() as i64);
    TimeSpan { start: mix(from.start, to.start), end: mix(from.end, to.end) }
}
