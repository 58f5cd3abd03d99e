//! The chart: axis, strip, tracks, marks, arcs; and how pointer, wheel and keys move it.

use std::rc::Rc;

use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::context::{Reader, class_list};
use super::hooks::use_geometry;
use super::icons::{mark, small_icon, thread};
use crate::layout::{
    Beyond, CountMark, Emphasis, EraBox, Foot, PointMark, Scene, Side, SpanMark, Tier, TrackScene,
};
use crate::model::{EraField, RelationGroup, Timeline};
use crate::order::sort_by;
use crate::scale::{Axis, AxisUnit, Short, TickRank, Viewport};
use crate::state::{Action, Overlay};
use crate::text::{self, TrackMoment};
use crate::time::{TimePoint, TimeSpan};

/// How far a pointer may stray and still click, in pixels.
const CLICK_SLACK: f64 = 4.0;

/// How many pixels of wheel double the zoom.
const WHEEL_OCTAVE: f64 = 300.0;

#[derive(Properties, PartialEq)]
pub(super) struct ChartProps {
    pub(super) reader: Reader,
    pub(super) scene: Rc<Scene>,
    pub(super) axis: Rc<Axis>,
    pub(super) viewport: Viewport,
    /// What runs on the day under the reading line, by track.
    pub(super) moments: Rc<Vec<TrackMoment>>,
}

/// A pointer that is down on the plot.
#[derive(Clone, Copy)]
struct Touch {
    id: i32,
    x: f64,
}

#[derive(Default)]
struct Gesture {
    touches: Vec<Touch>,
    from: Option<(f64, f64)>,
    moved: bool,
    hold: Option<gloo::timers::callback::Timeout>,
    sliding: bool,
}

#[component]
pub(super) fn Chart(props: &ChartProps) -> Html {
    let ChartProps { reader, scene, axis, viewport, moments } = props;
    let stage = use_node_ref();
    use_geometry(&stage);
    let plot = use_node_ref();
    let gesture = use_mut_ref(Gesture::default);
    let width = viewport.width_px;

    // A share of the plot's width, from a pointer's position on the page.
    let share_at = {
        let plot = plot.clone();
        move |client_x: i32| -> f64 {
            plot.cast::<Element>().map_or(0.5, |element| {
                let rect = element.get_bounding_client_rect();
                ((f64::from(client_x) - rect.left()) / rect.width().max(1.0)).clamp(0.0, 1.0)
            })
        }
    };
    let in_plot = {
        let plot = plot.clone();
        move |client_x: i32| {
            plot.cast::<Element>()
                .is_some_and(|element| f64::from(client_x) >= element.get_bounding_client_rect().left())
        }
    };

    let onwheel = {
        let (reader, share_at, in_plot) = (reader.clone(), share_at.clone(), in_plot.clone());
        Callback::from(move |wheel: WheelEvent| {
            if !in_plot(wheel.client_x()) {
                return;
            }
            let unit = if wheel.delta_mode() == 1 { 18.0 } else { 1.0 };
            let (dx, dy) = (wheel.delta_x() * unit, wheel.delta_y() * unit);
            if wheel.ctrl_key() || wheel.meta_key() {
                wheel.prevent_default();
                let factor = zoom_factor(-dy * 2.0);
                reader.act(Action::Zoom { at: share_at(wheel.client_x()), factor, glide: false });
            } else if wheel.shift_key() || dx.abs() > dy.abs() {
                wheel.prevent_default();
                let by = if dx == 0.0 { dy } else { dx };
                reader.act(Action::Pan(by / width));
            } else if has_focus(&wheel) {
                wheel.prevent_default();
                reader.act(Action::Zoom {
                    at: share_at(wheel.client_x()),
                    factor: zoom_factor(-dy),
                    glide: false,
                });
            }
        })
    };

    let onpointerdown = {
        let (gesture, reader, share_at, in_plot) =
            (gesture.clone(), reader.clone(), share_at.clone(), in_plot.clone());
        let viewport = *viewport;
        Callback::from(move |pointer: PointerEvent| {
            if pointer.button() != 0 || !in_plot(pointer.client_x()) {
                return;
            }
            let x = f64::from(pointer.client_x());
            let mut now = gesture.borrow_mut();
            if now.touches.is_empty() {
                now.from = Some((x, f64::from(pointer.client_y())));
                now.moved = false;
                now.sliding = false;
                if pointer.pointer_type() == "touch" {
                    let (gesture, reader) = (gesture.clone(), reader.clone());
                    let at = viewport.time_from_x(share_at(pointer.client_x()) * viewport.width_px);
                    now.hold = Some(gloo::timers::callback::Timeout::new(500, move || {
                        if let Ok(mut held) = gesture.try_borrow_mut()
                            && !held.moved
                            && held.touches.len() == 1
                        {
                            held.sliding = true;
                            held.moved = true;
                            reader.act(Action::Moment { at: Some(at), pinned: true });
                        }
                    }));
                }
            } else {
                now.hold = None;
            }
            now.touches.retain(|touch| touch.id != pointer.pointer_id());
            now.touches.push(Touch { id: pointer.pointer_id(), x });
        })
    };

    let onpointermove = {
        let (gesture, reader, share_at, in_plot) =
            (gesture.clone(), reader.clone(), share_at.clone(), in_plot.clone());
        let viewport = *viewport;
        Callback::from(move |pointer: PointerEvent| {
            let mut now = gesture.borrow_mut();
            let x = f64::from(pointer.client_x());
            if now.touches.is_empty() {
                let quiet = reader.state.view.selection.is_some() || reader.state.ui.moment_pinned;
                if pointer.pointer_type() == "mouse" && !quiet {
                    let at = in_plot(pointer.client_x())
                        .then(|| viewport.time_from_x(share_at(pointer.client_x()) * viewport.width_px));
                    reader.act(Action::Moment { at, pinned: false });
                }
                return;
            }
            let Some(index) = now.touches.iter().position(|touch| touch.id == pointer.pointer_id()) else {
                return;
            };
            if let [a, b] = now.touches[..] {
                let other = if index == 0 { b } else { a };
                let before = (now.touches[index].x - other.x).abs().max(8.0);
                let after = (x - other.x).abs().max(8.0);
                now.moved = true;
                now.touches[index].x = x;
                let middle = f64::midpoint(x, other.x).round() as i32;
                reader.act(Action::Zoom { at: share_at(middle), factor: after / before, glide: false });
                return;
            }
            let by = x - now.touches[index].x;
            if now.sliding {
                now.touches[index].x = x;
                let at = viewport.time_from_x(share_at(pointer.client_x()) * viewport.width_px);
                reader.act(Action::Moment { at: Some(at), pinned: true });
                return;
            }
            let far = now.from.is_some_and(|(from_x, _)| (x - from_x).abs() > CLICK_SLACK);
            if far && !now.moved {
                now.moved = true;
                now.hold = None;
                if let Some(element) =
                    pointer.current_target().and_then(|target| target.dyn_into::<Element>().ok())
                {
                    // Without capture the drag ends at the edge of the chart, which is no loss.
                    let _ = element.set_pointer_capture(pointer.pointer_id());
                }
            }
            if now.moved {
                now.touches[index].x = x;
                reader.act(Action::Pan(-by / width));
            }
        })
    };

    let end_pointer = {
        let gesture = gesture.clone();
        Callback::from(move |pointer: PointerEvent| {
            let mut now = gesture.borrow_mut();
            now.touches.retain(|touch| touch.id != pointer.pointer_id());
            now.hold = None;
        })
    };

    let onpointerleave = {
        let reader = reader.clone();
        let end_pointer = end_pointer.clone();
        Callback::from(move |pointer: PointerEvent| {
            end_pointer.emit(pointer);
            reader.act(Action::Moment { at: None, pinned: false });
        })
    };

    // In the capture phase a drag that ends on a label would still choose it; the click is taken back before it arrives.
    let onclick = {
        let (gesture, reader, in_plot) = (gesture.clone(), reader.clone(), in_plot.clone());
        Callback::from(move |click: MouseEvent| {
            let target = click.target().and_then(|target| target.dyn_into::<Element>().ok());
            let event = target.as_ref().and_then(|target| target.closest("[data-event-id]").ok().flatten());
            if std::mem::take(&mut gesture.borrow_mut().moved) {
                click.prevent_default();
                return;
            }
            if let Some(event) = event {
                if click.ctrl_key() || click.meta_key() || click.shift_key() {
                    return;
                }
                click.prevent_default();
                let id = event.get_attribute("data-event-id").unwrap_or_default();
                if let Some(index) = reader.timeline().event_by_id(&id) {
                    let again = reader.state.view.selection == Some(index) && click.detail() > 0;
                    reader.act(if again { Action::ZoomTo(index) } else { Action::Select(Some(index)) });
                }
                return;
            }
            let on_control =
                target.as_ref().is_some_and(|target| target.closest("button, a").ok().flatten().is_some());
            if in_plot(click.client_x()) && !on_control {
                focus_chart(&click);
                reader.act(Action::CloseOverlay);
                if reader.state.view.selection.is_some() {
                    reader.act(Action::Select(None));
                }
            }
        })
    };

    let ondblclick = {
        let (reader, share_at, in_plot) = (reader.clone(), share_at.clone(), in_plot.clone());
        Callback::from(move |click: MouseEvent| {
            let on_control = click
                .target()
                .and_then(|target| target.dyn_into::<Element>().ok())
                .is_some_and(|target| target.closest("button, a").ok().flatten().is_some());
            if in_plot(click.client_x()) && !on_control {
                let factor = if click.shift_key() { 0.5 } else { 2.0 };
                reader.act(Action::Zoom { at: share_at(click.client_x()), factor, glide: true });
            }
        })
    };

    let onkeydown = {
        let reader = reader.clone();
        Callback::from(move |key: KeyboardEvent| on_key(&reader, &key))
    };
    let onfocusin = {
        let reader = reader.clone();
        Callback::from(move |focus: FocusEvent| {
            let id = focus
                .target()
                .and_then(|target| target.dyn_into::<Element>().ok())
                .and_then(|target| target.get_attribute("data-event-id"));
            if let Some(index) = id.and_then(|id| reader.timeline().event_by_id(&id)) {
                reader.act(Action::CursorAt(index));
            }
        })
    };

    let view = &reader.state.view;
    let selected = view.selection;
    let class = class_list(&[
        ("stage", true),
        (
            match scene.tier {
                Tier::Compact => "t-compact",
                Tier::Mid => "t-mid",
                Tier::Near => "t-near",
            },
            true,
        ),
        ("has-sel", selected.is_some()),
        ("has-filter", reader.found.active),
    ]);
    let words = reader.locale.words();
    html! {
        <section
            {class}
            ref={stage}
            data-timeline={reader.timeline().id.to_string()}
            aria-label={words.chart_name()}
            {onwheel}
            {onpointerdown}
            {onpointermove}
            onpointerup={end_pointer.clone()}
            onpointercancel={end_pointer}
            {onpointerleave}
            {onclick}
            {ondblclick}
            {onkeydown}
            {onfocusin}
        >
            <div class="corner"></div>
            <div class="axis" ref={plot}>
                <div class="ticks" aria-hidden="true">{ for axis_ticks(axis) }</div>
                <div class="names" aria-hidden="true">{ for axis_names(reader, axis, viewport) }</div>
                <div class="strip">{ for strip(reader, scene, viewport) }</div>
            </div>
            <div class="bg" aria-hidden="true">
                <div class="fields">{ for fields(reader, scene) }</div>
                <div class="grid">{ for axis.gridlines.iter().map(|x| gridline(*x)) }</div>
            </div>
            <div class="lanes">{ for scene.tracks.iter().map(|track| lane(reader, scene, track, moments)) }</div>
            <div class="over" aria-hidden="true" data-style={format!("--h:{}px", Short(scene.height))}>
                <div class="links">{ arcs(scene) }</div>
                <div class="flags">{ for flag(reader, viewport) }</div>
            </div>
        </section>
    }
}

fn zoom_factor(px: f64) -> f64 {
    // 2^(px / octave) by the exponential, since only ratios matter here.
    (px / WHEEL_OCTAVE * std::f64::consts::LN_2).exp()
}

/// Whether focus lies inside the element that listens, so that the wheel may be taken from the page.
fn has_focus(event: &WheelEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let stage = target.and_then(|target| target.closest("[data-timeline]").ok().flatten());
    stage.is_some_and(|stage| stage.query_selector(":focus").ok().flatten().is_some())
}

fn focus_chart(event: &MouseEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let stage = target.and_then(|target| target.closest("[data-timeline]").ok().flatten());
    if let Some(stop) =
        stage.and_then(|stage| stage.query_selector("[data-event-id][tabindex='0']").ok().flatten())
        && let Ok(stop) = stop.dyn_into::<HtmlElement>()
    {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = stop.focus_with_options(&options);
    }
}

fn on_key(reader: &Reader, key: &KeyboardEvent) {
    let state = &reader.state;
    if key.ctrl_key() || key.meta_key() {
        return;
    }
    let on_heading = key
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .is_some_and(|target| target.closest(".lh").ok().flatten().is_some());
    let letter_allowed = !state.ui.keys_off;
    let moment = state.ui.moment_pinned && state.view.moment.is_some();
    let name = key.key();
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
            Some(Action::MoveMoment {
                steps,
                months: key.shift_key() || state.view.span.secs() > 400 * crate::time::DAY,
            })
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
        "?" if letter_allowed => Some(Action::Overlay(Overlay::Keys)),
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
    let wanted = |view: &&crate::model::LinkView| match group {
        RelationGroup::BecauseOf => view.group == RelationGroup::BecauseOf,
        RelationGroup::LedTo | RelationGroup::TurnedAgainst => view.group != RelationGroup::BecauseOf,
    };
    views.iter().find(wanted).map(|view| view.other)
}

fn headings(key: &KeyboardEvent) -> Option<(web_sys::NodeList, u32)> {
    let target = key.target()?.dyn_into::<Element>().ok()?;
    let stage = target.closest("[data-timeline]").ok().flatten()?;
    let all = stage.query_selector_all(".lh button").ok()?;
    let button = target.closest("button").ok().flatten()?;
    let at = (0..all.length()).find(|index| all.get(*index).as_deref() == Some(button.as_ref()))?;
    Some((all, at))
}

fn focus_heading(key: &KeyboardEvent, by: i64) {
    let Some((all, at)) = headings(key) else { return };
    let wanted = (i64::from(at) + by).clamp(0, i64::from(all.length()) - 1) as u32;
    if let Some(button) = all.get(wanted).and_then(|node| node.dyn_into::<HtmlElement>().ok()) {
        let _ = button.focus();
    }
}

fn heading_track(key: &KeyboardEvent) -> Option<usize> {
    headings(key).map(|(_, at)| at as usize)
}

fn axis_ticks(axis: &Axis) -> impl Iterator<Item = Html> + '_ {
    axis.ticks.iter().map(|tick| {
        let class = match tick.rank {
            TickRank::Minor => "tk",
            TickRank::Middle => "tk q",
            TickRank::Major => "tk y",
        };
        html! { <i key={tick.at.0} {class} data-style={format!("left:{}px", Short(tick.x))}></i> }
    })
}

fn axis_names<'a>(
    reader: &'a Reader,
    axis: &'a Axis,
    viewport: &'a Viewport,
) -> impl Iterator<Item = Html> + 'a {
    let minguo = reader.timeline().calendar.is_some();
    axis.labels.iter().map(move |label| {
        let room = label.until_x - label.x;
        let civil = label.at.civil();
        let name = text::axis_name(label.at, label.unit, label.heading, reader.locale);
        let (class, second) = match label.unit {
            AxisUnit::Year if room >= if viewport.width_px < 640.0 { 96.0 } else { 84.0 } => ("yr", text::minguo_year(civil)),
            AxisUnit::Month if label.heading => ("mo", if room > 230.0 { text::minguo_month(civil) } else { String::new() }),
            AxisUnit::Month => ("yr mon", String::new()),
            AxisUnit::Day => (if label.strong { "dd sun" } else { "dd" }, String::new()),
            AxisUnit::Year => ("yr", String::new()),
        };
        let second = if minguo { second } else { String::new() };
        html! {
            <span key={format!("{}-{}", label.unit as u8, label.at.0)} {class} data-style={format!("left:{}px", Short(label.x))}>
                <b>{name}</b>
                <i lang="zh-Hant">{second}</i>
            </span>
        }
    })
}

fn gridline(x: f64) -> Html {
    html! { <i key={x.to_bits()} class="g" data-style={format!("left:{}px", Short(x))}></i> }
}

fn fields<'a>(reader: &'a Reader, scene: &'a Scene) -> impl Iterator<Item = Html> + 'a {
    scene.eras.iter().map(move |shown| {
        let era = &reader.timeline().eras[shown.era];
        let class = match era.field {
            EraField::Full => "band b1",
            EraField::Hatched => "band b2",
        };
        let starts = shown.starts && is_edge(reader.timeline(), shown.era, true);
        let ends = shown.ends && is_edge(reader.timeline(), shown.era, false);
        let class = class_list(&[(class, true), ("edge-s", starts), ("edge-e", ends)]);
        html! {
            <div key={era.id.to_string()} {class} data-style={format!("left:{}px;width:{}px", Short(shown.x0), Short(shown.x1 - shown.x0))}></div>
        }
    })
}

/// A red edge stands where a full field begins, and where nothing of the row of eras follows.
pub(super) fn is_edge(timeline: &Timeline, era: usize, start: bool) -> bool {
    let eras = &timeline.eras;
    let this = &eras[era];
    if start {
        this.field == EraField::Full
    } else {
        !eras.iter().any(|other| other.span.start == this.span.end)
    }
}

fn strip<'a>(
    reader: &'a Reader,
    scene: &'a Scene,
    viewport: &'a Viewport,
) -> impl Iterator<Item = Html> + 'a {
    let mut named = vec![false; reader.timeline().events.len()];
    let tab_stop = reader.state.tab_stop();
    let wide_enough = |shown: &&EraBox| shown.x1 - shown.x0 > 30.0;
    scene.eras.iter().filter(wide_enough).map(move |shown| {
        let era = &reader.timeline().eras[shown.era];
        let label = reader.read(&era.label);
        let width = shown.x1 - shown.x0;
        let dates = if width > 330.0 && viewport.width_px > 500.0 && era.field == EraField::Full {
            reader.read(&era.dates).text
        } else {
            ""
        };
        let class = class_list(&[(match era.field {
                EraField::Full => "force",
                EraField::Hatched => "onesided",
            }, true), ("cut-l", !shown.starts), ("cut-r", !shown.ends)]);
        let words = html! {
            <>
                <b lang={label.lang.to_owned()}>{label.text}</b>
                <span>{dates}</span>
            </>
        };
        // The first box of an event is its control; the others lead to it as well.
        let inside = match era.event {
            Some(event) => {
                let id = reader.timeline().events[event].id.to_string();
                let first = !std::mem::replace(&mut named[event], true);
                let stop = if first { tab_index(event, tab_stop) } else { "-1" };
                html! {
                    <a class="st" href={reader.href(event)} data-event-id={id} tabindex={stop} draggable="false">
                        { words }
                        { rest_of_name(reader, event) }
                    </a>
                }
            }
            None => html! { <span class="st">{ words }</span> },
        };
        html! {
            <div key={era.id.to_string()} {class} data-style={format!("left:{}px;width:{}px", Short(shown.x0), Short(width))}>{ inside }</div>
        }
    })
}

fn lane(reader: &Reader, scene: &Scene, track: &TrackScene, moments: &[TrackMoment]) -> Html {
    let timeline = reader.timeline();
    let info = &timeline.tracks[track.track];
    let words = reader.locale.words();
    let hidden = reader.state.view.filter.hidden_tracks.get(track.track).copied().unwrap_or(false);
    let narrow = scene.tier == Tier::Compact || track.height < 44.0;
    let name = reader.html(if narrow { &info.short } else { &info.name });
    let count = (0..timeline.events.len())
        .filter(|event| timeline.events[*event].track == track.track && reader.found.matches[*event])
        .count();
    let moment = moments
        .get(track.track)
        .filter(|_| reader.state.view.moment.is_some() && scene.tier != Tier::Compact);
    let note = match moment {
        Some(moment) => moment_note(reader, moment),
        None if track.height > 62.0 && scene.tier != Tier::Compact => {
            html! { <span class="lnote">{ reader.html(&info.note) }</span> }
        }
        None => html! { <span class="lnote" hidden=true></span> },
    };
    let toggle = {
        let (reader, index) = (reader.clone(), track.track);
        Callback::from(move |click: MouseEvent| {
            reader.act(if click.alt_key() { Action::OnlyTrack(index) } else { Action::ToggleTrack(index) });
        })
    };
    let tab_stop = reader.state.tab_stop();
    let style = format!(
        "--hh:{}px;--base:{}px;--row:{}px",
        Short(track.height),
        Short(track.base),
        Short(track.row_height)
    );
    html! {
        <section key={info.id.to_string()} class="lane" data-thread={thread(track.track)} data-style={style}>
            <h2 class="lh">
                <button
                    type="button"
                    aria-pressed={(!hidden).to_string()}
                    tabindex={if track.track == 0 { "0" } else { "-1" }}
                    onclick={toggle}
                    title={words.track_hint()}
                >
                    { mark(track.track) }
                    <span class="ln">{name}</span>
                    <span class="lc">{count}<span class="sr">{format!(" {}", words.events_noun(count))}</span></span>
                    { note }
                </button>
            </h2>
            <div class="lp">
                <i class="bl"></i>
                <div class="feet" aria-hidden="true">{ for track.feet.iter().map(foot) }</div>
                <ol>{ for items(reader, scene, track, tab_stop) }</ol>
            </div>
        </section>
    }
}

fn moment_note(reader: &Reader, moment: &TrackMoment) -> Html {
    let timeline = reader.timeline();
    let words = reader.locale.words();
    if !moment.running.is_empty() {
        let running = moment.running.iter().map(|event| {
            let event = &timeline.events[*event];
            html! { <span key={event.id.to_string()} class="run"><i></i><span>{ reader.html(&event.label) }</span></span> }
        });
        return html! { <span class="lnote now">{ for running }</span> };
    }
    let text = match moment.last {
        Some(event) => {
            let event = &timeline.events[event];
            words.last_event(
                reader.read(&event.label).text,
                &text::short_date_with_year(&event.date, reader.locale),
            )
        }
        None => words.nothing_yet().to_owned(),
    };
    html! { <span class="lnote now">{text}</span> }
}

fn emphasis_class(emphasis: Emphasis) -> &'static str {
    match emphasis {
        Emphasis::Normal => "",
        Emphasis::Selected => "is-sel",
        Emphasis::Linked(RelationGroup::BecauseOf) => "is-cause",
        Emphasis::Linked(RelationGroup::LedTo) => "is-effect",
        Emphasis::Linked(RelationGroup::TurnedAgainst) => "is-against",
        Emphasis::Dimmed => "is-dim",
        Emphasis::Off => "is-off",
    }
}

fn foot(foot: &Foot) -> Html {
    let class = class_list(&[
        ("ft", true),
        ("fz", foot.possible),
        ("low", foot.lying),
        (emphasis_class(foot.emphasis), true),
    ]);
    let style = format!("left:{}px;width:{}px", Short(foot.x0), Short(foot.x1 - foot.x0));
    html! { <i key={foot.event} {class} data-style={style}></i> }
}

/// Everything in the track that can be pressed or focused, in the order of time, so that each event has a control.
fn items<'a>(
    reader: &'a Reader,
    scene: &'a Scene,
    track: &'a TrackScene,
    tab_stop: Option<usize>,
) -> Vec<Html> {
    let timeline = reader.timeline();
    let mut listed: Vec<(i64, usize, Html)> = Vec::new();
    let mut placed = vec![false; timeline.events.len()];
    let when = |event: usize| timeline.events[event].date.anchor().0;
    for point in &track.points {
        placed[point.event] = true;
        listed.push((when(point.event), point.event, point_item(reader, track, point, tab_stop)));
    }
    for span in &track.spans {
        placed[span.event] = true;
        listed.push((when(span.event), span.event, span_item(reader, scene, span, tab_stop)));
    }
    for foot in &track.feet {
        if !std::mem::replace(&mut placed[foot.event], true) {
            let middle = f64::midpoint(foot.x0, foot.x1);
            listed.push((
                when(foot.event),
                foot.event,
                ghost_item(reader, track, foot.event, foot.x0, foot.x1, middle, tab_stop),
            ));
        }
    }
    for count in &track.counts {
        let first = count.events.first().copied().unwrap_or_default();
        listed.push((when(first), first, count_item(reader, count)));
        for event in &count.events {
            if !std::mem::replace(&mut placed[*event], true) {
                listed.push((
                    when(*event),
                    *event,
                    ghost_item(reader, track, *event, count.x - 1.0, count.x + 1.0, count.x, tab_stop),
                ));
            }
        }
    }
    sort_by(&mut listed, |a, b| (a.0, a.1).cmp(&(b.0, b.1)));
    let mut all: Vec<Html> = listed.into_iter().map(|(_, _, html)| html).collect();
    if let Some(beyond) = &track.earlier {
        all.insert(0, beyond_item(reader, track, beyond, false));
    }
    if let Some(beyond) = &track.later {
        all.push(beyond_item(reader, track, beyond, true));
    }
    all
}

/// The rest of an event's name, for the ear: weekday, year and track.
fn rest_of_name(reader: &Reader, event: usize) -> Html {
    let timeline = reader.timeline();
    let event = &timeline.events[event];
    let track = &timeline.tracks[event.track];
    let date = text::full_date(&event.date, reader.locale);
    html! { <span class="sr">{format!(", {date}, {}", reader.read(&track.name).text)}</span> }
}

fn tab_index(event: usize, tab_stop: Option<usize>) -> &'static str {
    if tab_stop == Some(event) { "0" } else { "-1" }
}

fn point_item(reader: &Reader, track: &TrackScene, point: &PointMark, tab_stop: Option<usize>) -> Html {
    let event = &reader.timeline().events[point.event];
    let class = class_list(&[
        ("pt", true),
        (
            match point.label.as_ref().map(|label| label.side) {
                Some(Side::Right) => "right",
                Some(Side::Left) => "left",
                None => "bare",
            },
            true,
        ),
        ("big", event.importance >= 5),
        ("about", event.date.is_vague()),
        (emphasis_class(point.emphasis), true),
    ]);
    let style = format!(
        "--x:{}px;--y:{}px;--st:{}px",
        Short(point.x),
        Short(point.y),
        Short((track.base - point.y).max(0.0))
    );
    let label = match &point.label {
        Some(label) => {
            let own = reader.read(&event.label);
            let cut = if label.cut {
                // What the box has without the mark and the gap beside it.
                format!("max-inline-size:{}px", Short((label.x1 - label.x0 - 19.0).max(24.0)))
            } else {
                String::new()
            };
            let disputed = event.date_disputed;
            html! {
                <span class="lb" data-style={cut}>
                    <span class="l1">
                        <b lang={own.lang.to_owned()}>{&*label.text}</b>
                        <span class={class_list(&[("when", true), ("disp", disputed)])} aria-hidden="true">{&*label.date}</span>
                    </span>
                    <span class="l2" aria-hidden="true">{&*label.gloss}</span>
                </span>
            }
        }
        None => html! { <span class="lb sr">{ reader.html(&event.label) }</span> },
    };
    html! {
        <li key={event.id.to_string()} {class} data-style={style}>
            <a href={reader.href(point.event)} data-event-id={event.id.to_string()} tabindex={tab_index(point.event, tab_stop)} draggable="false">
                <i class="stem"></i>
                { mark(track.track) }
                { label }
                { rest_of_name(reader, point.event) }
            </a>
        </li>
    }
}

fn span_item(reader: &Reader, scene: &Scene, span: &SpanMark, tab_stop: Option<usize>) -> Html {
    let event = &reader.timeline().events[span.event];
    let own = reader.read(&event.label);
    let class = class_list(&[
        ("span", true),
        ("cut-l", span.cut_left),
        ("cut-r", span.cut_right),
        (emphasis_class(span.emphasis), true),
    ]);
    let width = span.x1 - span.x0;
    let style = format!("--x:{}px;--w:{}px;--y:{}px", Short(span.x0), Short(width), Short(span.y));
    let rib = match span.core {
        Some((a, b)) => {
            format!("--a:{}px;--b:{}px", Short((a - span.x0).max(0.0)), Short((span.x1 - b).max(0.0)))
        }
        None => format!("--a:{}px;--b:0px", Short(width)),
    };
    let vague = span.core.is_none_or(|(a, b)| a - span.x0 > 0.5 || span.x1 - b > 0.5);
    let room = (scene.width - span.caption_x).max(24.0);
    let caption = format!(
        "left:{}px{}",
        Short(span.caption_x - span.x0),
        if span.caption_width > room + 1.0 {
            format!(";max-inline-size:{}px", Short(room))
        } else {
            String::new()
        }
    );
    html! {
        <li key={event.id.to_string()} {class} data-style={style}>
            <a href={reader.href(span.event)} data-event-id={event.id.to_string()} tabindex={tab_index(span.event, tab_stop)} draggable="false">
                <i class={class_list(&[("rib", true), ("fz", vague)])} data-style={rib}></i>
                <span class="sl" data-style={caption}>
                    <span lang={own.lang.to_owned()}>{&*span.text}</span>
                    <span class={class_list(&[("when", true), ("disp", event.date_disputed)])} aria-hidden="true">{&*span.date}</span>
                </span>
                { rest_of_name(reader, span.event) }
            </a>
        </li>
    }
}

/// The control of an event that has no label of its own here; its name appears while it has focus.
fn ghost_item(
    reader: &Reader,
    track: &TrackScene,
    event: usize,
    x0: f64,
    x1: f64,
    x: f64,
    tab_stop: Option<usize>,
) -> Html {
    let info = &reader.timeline().events[event];
    let style = format!(
        "--x:{}px;--w:{}px;--y:{}px;--m:{}px",
        Short(x0),
        Short(x1 - x0),
        Short(track.base),
        Short(x - x0)
    );
    html! {
        <li key={info.id.to_string()} class="ghost" data-style={style}>
            <a href={reader.href(event)} data-event-id={info.id.to_string()} tabindex={tab_index(event, tab_stop)} draggable="false">
                <span class="lb">{ reader.html(&info.label) }</span>
                { rest_of_name(reader, event) }
            </a>
        </li>
    }
}

fn count_item(reader: &Reader, count: &CountMark) -> Html {
    let timeline = reader.timeline();
    let names: Vec<&str> =
        count.events.iter().map(|event| reader.read(&timeline.events[*event].label).text).collect();
    let first = count.events.first().copied().unwrap_or_default();
    let last = count.events.last().copied().unwrap_or_default();
    let action = if count.inseparable {
        Action::Overlay(Overlay::Pile(first))
    } else {
        let from = timeline.events[first].date.anchor();
        let to = timeline.events[last].date.anchor();
        // Twice the stretch on either side leaves at least a fifth of the width between the outer members.
        let margin = ((to.0 - from.0) * 2).max(5 * crate::time::DAY);
        Action::Show(TimeSpan { start: TimePoint(from.0 - margin), end: TimePoint(to.0 + margin) })
    };
    let key = format!("count-{}", timeline.events[first].id);
    let style = format!("--x:{}px;--y:{}px", Short(count.x), Short(count.y));
    let open = count.inseparable && reader.state.ui.overlay == Some(Overlay::Pile(first));
    html! {
        <li {key} class={class_list(&[("pill", true), (emphasis_class(count.emphasis), true)])} data-style={style}>
            <button type="button" tabindex="-1" onclick={reader.on(action)} aria-label={reader.locale.words().count_name(&names)}>
                {count.events.len()}
            </button>
            <div class="pile-box">{ for open.then(|| pile(reader, &count.events)) }</div>
        </li>
    }
}

/// The events of a count that no zoom can part.
fn pile(reader: &Reader, events: &[usize]) -> Html {
    let rows = events.iter().map(|event| {
        let info = &reader.timeline().events[*event];
        html! {
            <li key={info.id.to_string()}>
                <a href={reader.href(*event)} onclick={reader.on_event_link(*event)}>
                    { mark(info.track) }
                    <span>{ reader.html(&info.label) }</span>
                    <span class="when">{ text::short_date_with_year(&info.date, reader.locale) }</span>
                </a>
            </li>
        }
    });
    html! { <ul class="pile">{ for rows }</ul> }
}

fn beyond_item(reader: &Reader, track: &TrackScene, beyond: &Beyond, later: bool) -> Html {
    let info = &reader.timeline().events[beyond.nearest];
    let words = reader.locale.words();
    let text = if beyond.named && later {
        words
            .next_event(reader.read(&info.label).text, &text::short_date_with_year(&info.date, reader.locale))
    } else {
        beyond.count.to_string()
    };
    let rest = if beyond.named && later { String::new() } else { format!(" {}", words.beyond(later)) };
    let class = if later { "edgec r" } else { "edgec l" };
    let style = format!("--y:{}px", Short(track.base));
    html! {
        <li key={class} {class} data-style={style}>
            <button type="button" tabindex="-1" onclick={reader.on(Action::MoveCursor(beyond.nearest))}>
                <span>{ if later { html! {} } else { small_icon("prev") } }</span>
                <span>{text}<span class="sr">{rest}</span></span>
                <span>{ if later { small_icon("next") } else { html! {} } }</span>
            </button>
        </li>
    }
}

fn arcs(scene: &Scene) -> Html {
    let paths = scene.arcs.iter().map(|arc| {
        let class = match arc.group {
            RelationGroup::BecauseOf => "cause",
            RelationGroup::LedTo => "effect",
            RelationGroup::TurnedAgainst => "against",
        };
        let (x, y) = arc.head;
        let head = match (arc.group, arc.up) {
            (RelationGroup::TurnedAgainst, _) => "M-5 0H5",
            (_, false) => "M0 2 -4 -5 4 -5Z",
            (_, true) => "M0 -2 -4 5 4 5Z",
        };
        html! {
            <g key={format!("{}{class}", arc.other)} class={format!("arc {class}")}>
                <path class="halo" d={arc.path.clone()} />
                <path class="line" d={arc.path.clone()} />
                <path class="ah" d={head} transform={format!("translate({} {})", Short(x), Short(y))} />
            </g>
        }
    });
    html! {
        <svg class="arcs" width={Short(scene.width).to_string()} height={Short(scene.height).to_string()}>{ for paths }</svg>
    }
}

/// The point of the line over the chart, and the words on its flag: the reading line, else the chosen event.
fn flagged(reader: &Reader) -> Option<(TimePoint, String)> {
    let view = &reader.state.view;
    let (point, words) = if let Some(moment) = view.moment {
        (moment, text::long_day(moment, reader.locale))
    } else {
        let date = &reader.timeline().events[view.selection?].date;
        let start = date.start.date().map_or(date.anchor(), |part| part.range.middle());
        (start, text::flag_date(date, reader.locale))
    };
    view.span.contains(point).then_some((point, words))
}

/// Where the flag lies: it stays inside the plot, so near an edge it hangs to one side of its line.
fn flag_place(words: &str, x: f64, width: f64) -> (f64, f64) {
    let half = 3.6 * words.chars().count() as f64 + 10.0;
    let middle = x.max(half.min(width / 2.0)).min((width - half).max(width / 2.0));
    (middle - half, middle + half)
}

/// The stretch of the axis that the flag covers, so that no name is drawn under it.
pub(super) fn flag_range(reader: &Reader, viewport: Viewport) -> Option<(f64, f64)> {
    let (point, words) = flagged(reader)?;
    Some(flag_place(&words, viewport.x_from_time(point), viewport.width_px))
}

/// The line and the date over the chosen event, or under the pointer.
fn flag(reader: &Reader, viewport: &Viewport) -> Option<Html> {
    let (point, words) = flagged(reader)?;
    let class = if reader.state.view.moment.is_some() { "datum moment" } else { "datum" };
    let x = viewport.x_from_time(point);
    let (x0, x1) = flag_place(&words, x, viewport.width_px);
    let shift = f64::midpoint(x0, x1) - x;
    Some(html! {
        <i key="flag" {class} data-style={format!("left:{}px;--shift:{}px", Short(x), Short(shift))}><span>{words}</span></i>
    })
}
