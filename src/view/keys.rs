//! Keys in the app and in toolbars: they become actions.

use web_sys::{Event, HtmlElement, KeyboardEvent};

use super::context::Reader;
use crate::model::{LinkView, RelationGroup};
use crate::state::Action;
use crate::time::DAY;
use crate::web;

/// More events than any timeline has.
const ALL: i64 = 1 << 30;

/// What a key does in the app: on the chart or list it moves among events; elsewhere only Escape and single characters count.
pub(super) fn on_key(reader: &Reader, key: &KeyboardEvent) {
    let state = &reader.state;
    let name = key.key();
    let within = |selector| web::closest(key, selector).is_some();
    // In the list of events to choose from, Tab and Enter do what they do on every page.
    let on_chart = within("[data-timeline]") && !within(".pile");
    let is_character = name.len() == 1 && name != " ";
    let by = match name.as_str() {
        "ArrowLeft" | "ArrowUp" => -1,
        "ArrowRight" | "ArrowDown" => 1,
        "PageUp" => -10,
        "PageDown" => 10,
        "Home" => -ALL,
        "End" => ALL,
        _ => 0,
    };
    if by * by == 1
        && let Some((buttons, at)) = toolbar(key)
    {
        // As the ARIA pattern has it: each row gives its first button `tabindex="0"` and the others `-1`.
        key.prevent_default();
        // A button that cannot take focus leaves it where it is.
        let _ = buttons[(at as i64 + by).rem_euclid(buttons.len() as i64) as usize].focus();
        return;
    }
    let in_use = key.ctrl_key() || key.meta_key() || key.alt_key() && name.starts_with("Arrow");
    if !(on_chart || is_character || name == "Escape") || in_use {
        return;
    }
    let on_heading = within(".lh");
    // The list of the narrow form has no view to move, and runs downward.
    let wide = reader.spots.list.get().is_none();
    let letter_allowed = web::is_checked("single-keys") && !within("[type=search],[type=text]");
    let moment = wide && state.ui.moment_pinned && state.view.moment.is_some();
    let action = match name.as_str() {
        "Escape" => {
            focus_menu_button(key);
            Some(Action::Escape)
        }
        " " | "Enter" if on_heading => {
            key.alt_key().then(|| toolbar(key)).flatten().map(|(_, track)| Action::OnlyTrack(track))
        }
        "ArrowUp" | "ArrowDown" if wide => across(reader, by).map(Action::MoveCursor),
        _ if by != 0 && moment => Some(Action::MoveMoment {
            steps: by,
            months: key.shift_key() || state.view.span.secs() > 400 * DAY,
        }),
        _ if by != 0 && wide && key.shift_key() => Some(Action::Pan(by as f64 * 0.2)),
        _ if by != 0 => neighbour(reader, by).map(Action::MoveCursor),
        " " => reader.event_at(key).map(|event| Action::Select(Some(event))),
        _ if !letter_allowed => None,
        "?" => {
            web::show_dialog("keys");
            key.prevent_default();
            None
        }
        "/" => Some(Action::FocusSearch),
        "[" | "]" => linked(reader, name == "[").map(Action::MoveCursor),
        _ if !wide => None,
        "+" | "=" | "-" | "_" => {
            let factor = if matches!(name.as_str(), "+" | "=") { 1.5 } else { 1.0 / 1.5 };
            Some(Action::Zoom { at: cursor_share(reader), factor, glide: true })
        }
        "0" => Some(Action::Fit),
        "." => Some(if moment {
            Action::Moment { at: None, pinned: true }
        } else {
            Action::MoveMoment { steps: 0, months: false }
        }),
        _ => None,
    };
    if let Some(action) = action {
        key.prevent_default();
        key.stop_propagation();
        reader.act(action);
    }
}

/// Focuses the button of the menu that an event came to.
pub(super) fn focus_menu_button(event: &Event) {
    if let Some(menu) = web::closest(event, ".menu-box") {
        web::focus(&menu, "button");
    }
}

/// Zooming by key keeps the cursor's event where it is, or the middle if it is out of view.
fn cursor_share(reader: &Reader) -> f64 {
    let span = reader.state.view.span;
    let anchor = reader.tab_stop().map(|event| reader.timeline().events.outline(event).anchor);
    anchor
        .filter(|anchor| span.contains(*anchor))
        .map_or(0.5, |anchor| (anchor.0 - span.start.0) as f64 / (span.secs().max(1) as f64))
}

fn standing(reader: &Reader) -> impl DoubleEndedIterator<Item = usize> + '_ {
    let matches = &reader.found.matches;
    (0..reader.timeline().events.len()).filter(move |event| matches.get(*event).copied().unwrap_or(true))
}

/// The event so many places on from the tab stop, of those that stand.
fn neighbour(reader: &Reader, by: i64) -> Option<usize> {
    let mut at = reader.tab_stop()?;
    let (mut place, mut left) = (at as i64, by.abs());
    while left > 0 {
        place += by.signum();
        let Some(stands) = reader.found.matches.get(place as usize) else { break };
        if *stands {
            at = place as usize;
            left -= 1;
        }
    }
    Some(at)
}

/// The event of the next track up or down that lies nearest in time.
fn across(reader: &Reader, by: i64) -> Option<usize> {
    let timeline = reader.timeline();
    let current = reader.tab_stop()?;
    let outline = |event: usize| timeline.events.outline(event);
    let anchor = outline(current).anchor.0;
    let mut track = outline(current).track as i64 + by;
    while (0..timeline.tracks.len() as i64).contains(&track) {
        let nearest = standing(reader)
            .filter(|event| outline(*event).track as i64 == track)
            .min_by_key(|event| outline(*event).anchor.0.abs_diff(anchor));
        if nearest.is_some() {
            return nearest;
        }
        track += by;
    }
    None
}

/// The first event, of those that stand, that is a cause of the one at the tab stop, or else a consequence.
fn linked(reader: &Reader, back: bool) -> Option<usize> {
    let views = reader.timeline().links_of(reader.tab_stop()?);
    let wanted = |view: &&LinkView| {
        (view.group == RelationGroup::BecauseOf) == back && reader.found.matches[view.other]
    };
    views.iter().find(wanted).map(|view| view.other)
}

/// The buttons of the toolbar that the key came to, or of the headings of the tracks, which are one too; and which of them
/// it was. Buttons in menus and of the chart are no part of them.
fn toolbar(key: &KeyboardEvent) -> Option<(Vec<HtmlElement>, usize)> {
    let button = web::closest(key, "button")?;
    let all = web::all(&web::closest(key, "[role=toolbar],.lanes")?, "button:not(:disabled,.menu *,ol *)");
    let at = all.iter().position(|own| own.is_same_node(Some(&button)))?;
    Some((all, at))
}

/// The `tabindex` of a button by its place in its toolbar.
pub(super) fn stop(place: usize) -> &'static str {
    if place == 0 { "0" } else { "-1" }
}
