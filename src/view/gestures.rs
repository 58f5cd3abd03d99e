//! Pointer and wheel on the chart: they become actions.

use gloo::timers::callback::Timeout;
use web_sys::{Element, FocusEvent, MouseEvent, PointerEvent, WheelEvent};

use super::context::{Reader, wants_new_tab};
#[cfg(feature = "large")]
use super::picture::foot_at;
use crate::state::{Action, Detent};
use crate::time::{TimePoint, TimeSpan};
use crate::web;

/// How far a pointer may stray and still click, in pixels.
const CLICK_SLACK: f64 = 4.0;

/// How many pixels of wheel double the zoom.
const WHEEL_OCTAVE: f64 = 300.0;

/// A line of a wheel that counts in lines, in pixels.
const WHEEL_LINE: f64 = 18.0;

/// How long a finger rests until it places the reading line, in milliseconds.
const HOLD_MS: u32 = 500;

/// What lies so near to a finger, or to a click beside the low rows of the compact form, may be meant by it; in pixels.
const REACH: f64 = 22.0;

/// A pointer that is down on the plot.
#[derive(Clone, Copy)]
struct Touch {
    id: i32,
    x: f64,
}

/// What the pointers on the plot are doing.
#[derive(Default)]
pub(super) struct Gesture {
    touches: Vec<Touch>,
    /// Where the first came down.
    from: f64,
    /// It is more than a click.
    moved: bool,
    /// It moves the reading line.
    sliding: bool,
    /// The last that came down was a finger.
    finger: bool,
    hold: Option<Timeout>,
}

/// What of the strip is being dragged.
#[derive(Clone, Copy)]
pub(super) struct Drag {
    /// Which end of the window; none for all of it.
    pub(super) end: Option<End>,
    /// Where the pointer came down.
    pub(super) from_x: i32,
    /// The window as it was then.
    pub(super) from: TimeSpan,
}

/// An end of the window on the strip.
#[derive(Clone, Copy)]
pub(super) enum End {
    Earlier,
    Later,
}

/// A share of the plot's width, from a pointer's position on the page; none left of the plot.
fn share_at(reader: &Reader, client_x: i32) -> Option<f64> {
    let rect = reader.spots.plot.cast::<Element>()?.get_bounding_client_rect();
    let share = (f64::from(client_x) - rect.left()) / rect.width().max(1.0);
    (share >= 0.0).then_some(share.min(1.0))
}

fn time_at(reader: &Reader, share: f64) -> TimePoint {
    let span = reader.spots.shown.get().unwrap_or(reader.state.view.span);
    TimePoint(span.start.0.saturating_add((span.secs() as f64 * share).round() as i64))
}

/// 2^(px / octave), near enough: (1 + e) / (1 − e) to the sixteenth power, whose value for −px is exactly the reciprocal, so
/// that zooming in and out as far comes back. The standard exponential is half a kilobyte of program.
fn zoom_factor(px: f64) -> f64 {
    let e = (px / WHEEL_OCTAVE * std::f64::consts::LN_2 / 32.0).clamp(-0.5, 0.5);
    let mut factor = (1.0 + e) / (1.0 - e);
    for _ in 0..4 {
        factor *= factor;
    }
    factor
}

/// The width of the plot in pixels.
fn width(reader: &Reader) -> f64 {
    reader.spots.plot.cast::<Element>().map_or(1.0, |plot| f64::from(plot.client_width()).max(1.0))
}

pub(super) fn on_wheel(reader: &Reader, wheel: &WheelEvent) {
    let Some(at) = share_at(reader, wheel.client_x()) else { return };
    let unit = if wheel.delta_mode() == 1 { WHEEL_LINE } else { 1.0 };
    let (dx, dy) = (wheel.delta_x() * unit, wheel.delta_y() * unit);
    let zoomed = |px| Action::Zoom { at, factor: zoom_factor(px), glide: false };
    let action = if wheel.ctrl_key() || wheel.meta_key() {
        zoomed(-dy * 2.0)
    } else if wheel.shift_key() || dx.abs() > dy.abs() {
        Action::Pan(if dx == 0.0 { dy } else { dx } / width(reader))
    } else if web::closest(wheel, "[data-timeline]:focus-within").is_some() {
        // The wheel may be taken from the page.
        zoomed(-dy)
    } else {
        return;
    };
    wheel.prevent_default();
    reader.act(action);
}

pub(super) fn on_pointer_down(reader: &Reader, pointer: &PointerEvent) {
    let Some(at) = share_at(reader, pointer.client_x()).filter(|_| pointer.button() == 0) else { return };
    let x = f64::from(pointer.client_x());
    let id = pointer.pointer_id();
    let mut now = reader.spots.gesture.borrow_mut();
    now.hold = None;
    // A click tells it as well, but not in every engine.
    now.finger = pointer.pointer_type() == "touch";
    if now.touches.is_empty() {
        now.from = x;
        now.moved = false;
        now.sliding = false;
        if now.finger {
            let reader = reader.clone();
            now.hold = Some(web::after(HOLD_MS, move || hold(&reader, at)));
        }
    }
    now.touches.retain(|touch| touch.id != id);
    now.touches.push(Touch { id, x });
}

/// A finger has rested on the plot: from now on it moves the reading line.
fn hold(reader: &Reader, at: f64) {
    let Ok(mut held) = reader.spots.gesture.try_borrow_mut() else { return };
    if !held.moved && held.touches.len() == 1 {
        held.sliding = true;
        held.moved = true;
        reader.act(Action::Moment { at: Some(time_at(reader, at)), pinned: true });
    }
}

pub(super) fn on_pointer_move(reader: &Reader, pointer: &PointerEvent) {
    let action = moved(reader, pointer);
    if let Some(action) = action {
        reader.act(action);
    }
}

fn moved(reader: &Reader, pointer: &PointerEvent) -> Option<Action> {
    let mut now = reader.spots.gesture.borrow_mut();
    let x = f64::from(pointer.client_x());
    let share = share_at(reader, pointer.client_x());
    if now.touches.is_empty() {
        let quiet = reader.state.view.selection.is_some() || reader.state.ui.moment_pinned;
        let hovers = pointer.pointer_type() == "mouse" && !quiet;
        return hovers
            .then(|| Action::Moment { at: share.map(|share| time_at(reader, share)), pinned: false });
    }
    let index = now.touches.iter().position(|touch| touch.id == pointer.pointer_id())?;
    let before = std::mem::replace(&mut now.touches[index].x, x);
    if let [a, b] = now.touches[..] {
        let other = if index == 0 { b.x } else { a.x };
        now.moved = true;
        let factor = (x - other).abs().max(8.0) / (before - other).abs().max(8.0);
        let at = share_at(reader, f64::midpoint(x, other).round() as i32).unwrap_or(0.0);
        return Some(Action::Zoom { at, factor, glide: false });
    }
    if now.sliding {
        let at = time_at(reader, share.unwrap_or(0.0));
        return Some(Action::Moment { at: Some(at), pinned: true });
    }
    if !now.moved && (x - now.from).abs() > CLICK_SLACK {
        now.moved = true;
        now.hold = None;
        if let Some(stage) = web::closest(pointer, "[data-timeline]") {
            // Without capture the drag ends at the edge of the chart, which is no loss.
            let _ = stage.set_pointer_capture(pointer.pointer_id());
        }
        return Some(Action::Pan((now.from - x) / width(reader)));
    }
    now.moved.then(|| Action::Pan((before - x) / width(reader)))
}

pub(super) fn on_pointer_end(reader: &Reader, pointer: &PointerEvent) {
    let mut now = reader.spots.gesture.borrow_mut();
    now.touches.retain(|touch| touch.id != pointer.pointer_id());
    now.hold = None;
}

pub(super) fn on_pointer_leave(reader: &Reader, pointer: &PointerEvent) {
    on_pointer_end(reader, pointer);
    reader.act(Action::Moment { at: None, pinned: false });
}

/// A click chooses an event, unless it ends a drag; on the event that is chosen already it zooms to it. Where a finger
/// could mean several, they are offered.
pub(super) fn on_click(reader: &Reader, click: &MouseEvent) {
    let hit = reader.event_at(click);
    #[cfg(feature = "large")]
    let hit = hit.or_else(|| foot_at(reader, click).filter(|_| is_free(reader, click)));
    let near = near(reader, click, hit);
    if std::mem::take(&mut reader.spots.gesture.borrow_mut().moved) {
        click.prevent_default();
    } else if near.len() > 1 {
        click.prevent_default();
        let down = web::closest(click, ".lanes").map_or(0.0, |lanes| {
            let rect = lanes.get_bounding_client_rect();
            (f64::from(click.client_y()) - rect.top()) / rect.height()
        });
        reader.act(Action::Offer(near, share_at(reader, click.client_x()).unwrap_or(0.0), down));
    } else if let Some(event) = hit.or(near.first().copied()) {
        if wants_new_tab(click) {
            return;
        }
        click.prevent_default();
        let again = reader.state.view.selection == Some(event) && click.detail() > 0;
        reader.act(if again { Action::ZoomTo(event) } else { Action::Select(Some(event)) });
    } else if is_free(reader, click) {
        reader.act(Action::Select(None));
    }
}

/// The events that a click may mean, the nearest first: all within reach of a finger; of a mouse that hit none in the
/// compact form the nearest alone. A key means what it is pressed on.
fn near(reader: &Reader, click: &MouseEvent, hit: Option<usize>) -> Vec<usize> {
    let finger = reader.spots.gesture.borrow().finger;
    let reaches = match hit {
        Some(_) => finger,
        None => is_free(reader, click) && (finger || web::closest(click, ".compact").is_some()),
    };
    let (mut near, mut least) = (Vec::new(), f64::MAX);
    let Some(stage) = web::closest(click, "[data-timeline]").filter(|_| reaches && click.detail() > 0) else {
        return near;
    };
    // A foot has no control where many lie.
    #[cfg(feature = "large")]
    if let Some(event) = hit.filter(|_| is_free(reader, click)) {
        (near, least) = (vec![event], 0.0);
    }
    // A caption may be longer than the control that it belongs to.
    for part in web::all(&stage, "[data-event-id],.sl") {
        let rect = part.get_bounding_client_rect();
        let half = rect.width() / 2.0;
        let across = ((f64::from(click.client_x()) - rect.left() - half).abs() - half).max(0.0);
        // Rows lie closer than fingers can tell, so what counts is the middle of the row: a good aim needs no list.
        let down = f64::from(click.client_y()) - rect.top() - rect.height() / 2.0;
        let distance = across * across + down * down;
        if distance <= REACH * REACH
            && let Some(event) = reader.event_of(&part)
            && !near.contains(&event)
        {
            near.push(event);
            if distance < least {
                least = distance;
                let last = near.len() - 1;
                near.swap(0, last);
            }
        }
    }
    if !finger {
        near.truncate(1);
    }
    near
}

pub(super) fn on_double_click(reader: &Reader, click: &MouseEvent) {
    if let Some(at) = share_at(reader, click.client_x()).filter(|_| is_free(reader, click)) {
        let factor = if click.shift_key() { 0.5 } else { 2.0 };
        reader.act(Action::Zoom { at, factor, glide: true });
    }
}

/// Whether a click came to the plot beside its controls.
fn is_free(reader: &Reader, click: &MouseEvent) -> bool {
    share_at(reader, click.client_x()).is_some() && web::closest(click, "button, a, .pile").is_none()
}

/// A finger comes down on the grip of the sheet.
pub(super) fn on_grip_down(reader: &Reader, _: &PointerEvent) {
    reader.spots.gesture.borrow_mut().moved = false;
}

/// The sheet of the narrow form follows the finger on its grip to the nearest height that it knows.
pub(super) fn on_grip_move(reader: &Reader, pointer: &PointerEvent) {
    let Some(root) = reader.spots.root.cast::<Element>().filter(|_| pointer.buttons() > 0) else { return };
    let rect = root.get_bounding_client_rect();
    let share = (f64::from(pointer.client_y()) - rect.top()) / rect.height();
    let detent = if share < 0.2 {
        Detent::Full
    } else if share < 0.55 {
        Detent::Middle
    } else {
        Detent::Low
    };
    if detent != reader.state.ui.detent {
        reader.spots.gesture.borrow_mut().moved = true;
        reader.act(Action::Detent(detent));
    }
}

/// A press on the grip, unless it ends a drag, takes the sheet to its next height.
pub(super) fn on_grip_click(reader: &Reader, _: &MouseEvent) {
    if !std::mem::take(&mut reader.spots.gesture.borrow_mut().moved) {
        reader.act(Action::Detent(match reader.state.ui.detent {
            Detent::Low => Detent::Middle,
            Detent::Middle => Detent::Full,
            Detent::Full => Detent::Low,
        }));
    }
}

pub(super) fn on_focus(reader: &Reader, focus: &FocusEvent) {
    if let Some(event) = reader.event_at(focus) {
        reader.act(Action::CursorAt(event));
    }
}
