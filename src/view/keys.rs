//! Keys on the chart and in toolbars: they become actions.

use web_sys::{HtmlElement, KeyboardEvent};

use super::context::Reader;
use crate::model::{LinkView, RelationGroup};
use crate::state::Action;
use crate::time::DAY;
use crate::web;

pub(super) fn on_key(reader: &Reader, key: &KeyboardEvent) {
    let state = &reader.state;
    let name = key.key();
    // In the list of events to choose from, Tab and Enter do what they do on every page.
    let in_pile = name != "Escape" && web::closest(key, ".pile").is_some();
    if in_pile || key.ctrl_key() || key.meta_key() {
        return;
    }
    let on_heading = web::closest(key, ".lh").is_some();
    let letter_allowed = web::is_checked("single-keys");
    let moment = state.ui.moment_pinned && state.view.moment.is_some();
    let action = match name.as_str() {
        "Escape" => Some(Action::Escape),
        "ArrowUp" | "ArrowDown" if on_heading => {
            focus_heading(key, if name == "ArrowUp" { -1 } else { 1 });
            key.prevent_default();
            None
        }
        " " | "Enter" if on_heading => {
            (key.alt_key()).then(|| heading_track(key)).flatten().map(Action::OnlyTrack)
        }
        "ArrowLeft" | "ArrowRight" if moment => {
            let steps = if name == "ArrowLeft" { -1 } else { 1 };
            Some(Action::MoveMoment { steps, months: key.shift_key() || state.view.span.secs() > 400 * DAY })
        }
        "ArrowLeft" | "ArrowRight" if key.shift_key() => {
            Some(Action::Pan(if name == "ArrowLeft" { -0.2 } else { 0.2 }))
        }
        "ArrowLeft" => neighbour(reader, -1).map(Action::MoveCursor),
        "ArrowRight" => neighbour(reader, 1).map(Action::MoveCursor),
        "ArrowUp" => across(reader, -1).map(Action::MoveCursor),
        "ArrowDown" => across(reader, 1).map(Action::MoveCursor),
        "Home" => standing(reader).next().map(Action::MoveCursor),
        "End" => standing(reader).last().map(Action::MoveCursor),
        "PageUp" => neighbour(reader, -10).map(Action::MoveCursor),
        "PageDown" => neighbour(reader, 10).map(Action::MoveCursor),
        " " if !on_heading => state.tab_stop().map(|event| Action::Select(Some(event))),
        "+" | "=" if letter_allowed => {
            Some(Action::Zoom { at: cursor_share(reader), factor: 1.5, glide: true })
        }
        "-" | "_" if letter_allowed => {
            Some(Action::Zoom { at: cursor_share(reader), factor: 1.0 / 1.5, glide: true })
        }
        "0" if letter_allowed => Some(Action::Fit),
        "[" if letter_allowed => linked(reader, RelationGroup::BecauseOf).map(Action::MoveCursor),
        "]" if letter_allowed => linked(reader, RelationGroup::LedTo).map(Action::MoveCursor),
        "." if letter_allowed => Some(if moment {
            Action::Moment { at: None, pinned: true }
        } else {
            Action::MoveMoment { steps: 0, months: false }
        }),
        "/" if letter_allowed => Some(Action::FocusSearch),
        "?" if letter_allowed => {
            web::show_dialog("keys");
            key.prevent_default();
            None
        }
        _ => None,
    };
    if let Some(action) = action {
        key.prevent_default();
        key.stop_propagation();
        reader.act(action);
    }
}

/// Zooming by key keeps the cursor's event where it is, or the middle if it is out of view.
fn cursor_share(reader: &Reader) -> f64 {
    let span = reader.state.view.span;
    let anchor = reader.state.tab_stop().map(|event| reader.timeline().events[event].date.anchor());
    anchor
        .filter(|anchor| span.contains(*anchor))
        .map_or(0.5, |anchor| (anchor.0 - span.start.0) as f64 / (span.secs().max(1) as f64))
}

fn standing(reader: &Reader) -> impl DoubleEndedIterator<Item = usize> + '_ {
    let matches = &reader.found.matches;
    (0..reader.timeline().events.len()).filter(move |event| matches.get(*event).copied().unwrap_or(true))
}

fn neighbour(reader: &Reader, by: i64) -> Option<usize> {
    let all: Vec<usize> = standing(reader).collect();
    let current = reader.state.tab_stop().unwrap_or(0);
    let at = all.partition_point(|event| *event < current) as i64;
    let at = if by > 0 && all.get(at as usize) != Some(&current) { at - 1 } else { at };
    let wanted = (at + by).clamp(0, (all.len() as i64 - 1).max(0));
    all.get(wanted as usize).copied().filter(|event| *event != current)
}

/// The event of the next track up or down that lies nearest in time.
fn across(reader: &Reader, by: i64) -> Option<usize> {
    let timeline = reader.timeline();
    let current = reader.state.tab_stop()?;
    let anchor = timeline.events[current].date.anchor().0;
    let mut track = timeline.events[current].track as i64 + by;
    while (0..timeline.tracks.len() as i64).contains(&track) {
        let nearest = standing(reader)
            .filter(|event| timeline.events[*event].track as i64 == track)
            .min_by_key(|event| timeline.events[*event].date.anchor().0.abs_diff(anchor));
        if nearest.is_some() {
            return nearest;
        }
        track += by;
    }
    None
}

fn linked(reader: &Reader, group: RelationGroup) -> Option<usize> {
    let current = reader.state.tab_stop()?;
    let views = reader.timeline().links_of(current);
    let wanted = |view: &&LinkView| match group {
        RelationGroup::BecauseOf => view.group == RelationGroup::BecauseOf,
        RelationGroup::LedTo | RelationGroup::TurnedAgainst => view.group != RelationGroup::BecauseOf,
    };
    views.iter().find(wanted).map(|view| view.other)
}

/// The buttons in the headings of the tracks, and which of them the key came to.
fn headings(key: &KeyboardEvent) -> Option<(Vec<HtmlElement>, usize)> {
    let button = web::closest(key, "button")?;
    let all = web::all(&web::closest(key, "[data-timeline]")?, ".lh button");
    let at = all.iter().position(|own| own.is_same_node(Some(&button)))?;
    Some((all, at))
}

fn focus_heading(key: &KeyboardEvent, by: isize) {
    let wanted = headings(key).and_then(|(all, at)| all.get(at.checked_add_signed(by)?).cloned());
    if let Some(button) = wanted {
        // A button that cannot take focus leaves it where it is.
        let _ = button.focus();
    }
}

fn heading_track(key: &KeyboardEvent) -> Option<usize> {
    headings(key).map(|(_, at)| at)
}

/// Moves focus among the buttons of the nearest toolbar that are not in a menu of their own, as the ARIA pattern has it:
/// each row gives its first button `tabindex="0"` and the others `-1`.
pub(super) fn on_toolbar_key(_: &Reader, key: &KeyboardEvent) {
    let by = match key.key().as_str() {
        "ArrowLeft" | "ArrowUp" => -1,
        "ArrowRight" | "ArrowDown" => 1,
        _ => return,
    };
    let (Some(button), Some(toolbar)) = (web::closest(key, "button"), web::closest(key, "[role=toolbar]"))
    else {
        return;
    };
    let buttons = web::all(&toolbar, "button:not(:disabled, .menu *)");
    let Some(at) = buttons.iter().position(|own| own.is_same_node(Some(&button))) else { return };
    let wanted = (at as isize + by).rem_euclid(buttons.len() as isize) as usize;
    key.prevent_default();
    key.stop_propagation();
    // A button that cannot take focus keeps it where it is.
    let _ = buttons[wanted].focus();
}

/// The `tabindex` of a button by its place in its toolbar.
pub(super) fn stop(place: usize) -> &'static str {
    if place == 0 { "0" } else { "-1" }
}
