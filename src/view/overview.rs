//! The strip below the chart: the whole story, and the window on it that is in view.

use web_sys::{Element, KeyboardEvent, PointerEvent};
use yew::Html;

use super::context::Reader;
use super::gestures::{Drag, End};
use super::icons::thread;
use super::markup::html;
use super::narrow;
use super::strokes::{across, uprights};
use crate::model::EraField;
use crate::scale::{AxisUnit, Short, year_step};
use crate::state::Action;
use crate::text::{self, Words as _};
use crate::time::{CalendarUnit, TimePoint, TimeSpan};
use crate::web;

/// Height of the density bars, and of the rows below them, in pixels.
const DENSITY: f64 = 20.0;
const ROWS: f64 = 32.0;

/// The width of the strip in units of its picture, and how far apart strokes are that can be told apart.
const UNITS: f64 = 10_000.0;
const APART: f64 = UNITS / 4000.0;

/// A window of fewer pixels has no ends to be taken by.
const SMALL: f64 = 20.0;

/// Moves the window: the view of the chart, or the place in the list of the narrow form.
fn move_to(reader: &Reader, window: TimeSpan) {
    if reader.spots.list.get().is_some() {
        narrow::show(reader, window);
    } else {
        reader.act(Action::Show(window));
    }
}

/// The window as it is drawn.
fn window(reader: &Reader) -> TimeSpan {
    reader.spots.shown.get().unwrap_or(reader.state.view.span)
}

fn on_pointer_down(reader: &Reader, pointer: &PointerEvent) {
    let Some(strip) = reader.spots.strip.cast::<Element>() else { return };
    let limits = reader.state.limits;
    let (fit, rect) = (limits.fit, strip.get_bounding_client_rect());
    let share = (f64::from(pointer.client_x()) - rect.left()) / rect.width().max(1.0);
    let at = fit.start.0 + (share * fit.secs() as f64) as i64;
    let grip = web::closest(pointer, "[data-grip]").and_then(|grip| grip.get_attribute("data-grip"));
    let mut from = window(reader);
    // The grips of a small window leave no middle to take it by, so it is moved.
    let is_small = from.secs() as f64 / fit.secs() as f64 * rect.width() < SMALL;
    let end = match grip.as_deref() {
        _ if is_small => None,
        Some("start") => Some(End::Earlier),
        Some("end") => Some(End::Later),
        _ => None,
    };
    if end.is_none() && !from.contains(TimePoint(at)) {
        let start = TimePoint(at - from.secs() / 2);
        from = limits.clamp(TimeSpan { start, end: TimePoint(start.0 + from.secs()) });
        move_to(reader, from);
    }
    pointer.prevent_default();
    // Without capture the drag ends at the edge of the strip, which is no loss.
    let _ = strip.set_pointer_capture(pointer.pointer_id());
    reader.spots.drag.set(Some(Drag { end, from_x: pointer.client_x(), from }));
}

fn on_pointer_move(reader: &Reader, pointer: &PointerEvent) {
    let Some(Drag { end, from_x, from }) = reader.spots.drag.get() else { return };
    let Some(strip) = reader.spots.strip.cast::<Element>() else { return };
    let limits = reader.state.limits;
    let secs_per_px = limits.fit.secs() as f64 / f64::from(strip.client_width()).max(1.0);
    let by = (f64::from(pointer.client_x() - from_x) * secs_per_px) as i64;
    let (mut start, mut stop) = (from.start.0, from.end.0);
    match end {
        None => {
            start += by;
            stop += by;
        }
        Some(End::Earlier) => start = (start + by).clamp(limits.fit.start.0, stop - limits.min_secs),
        Some(End::Later) => stop = (stop + by).clamp(start + limits.min_secs, limits.fit.end.0),
    }
    move_to(reader, limits.clamp(TimeSpan { start: TimePoint(start), end: TimePoint(stop) }));
}

fn on_pointer_end(reader: &Reader, _: &PointerEvent) {
    reader.spots.drag.set(None);
}

fn on_key(reader: &Reader, key: &KeyboardEvent) {
    let (limits, window) = (reader.state.limits, window(reader));
    let rest = &mut 0.0;
    let moved = match key.key().as_str() {
        "ArrowLeft" | "ArrowDown" => limits.pan(window, rest, -0.1),
        "ArrowRight" | "ArrowUp" => limits.pan(window, rest, 0.1),
        "PageDown" => limits.pan(window, rest, -0.8),
        "PageUp" => limits.pan(window, rest, 0.8),
        "Home" => limits.pan(window, rest, -1e6),
        "End" => limits.pan(window, rest, 1e6),
        "+" | "=" => limits.zoom(window, rest, 0.5, 1.5),
        "-" => limits.zoom(window, rest, 0.5, 1.0 / 1.5),
        "0" => limits.fit,
        _ => return,
    };
    key.prevent_default();
    key.stop_propagation();
    move_to(reader, moved);
}

/// The strip; `window` is what is in view, in the narrow form where the list is scrolled to. A `low` strip has no rows.
pub(super) fn overview(reader: &Reader, window: TimeSpan, low: bool) -> Html {
    let words = reader.locale.words();
    let fit = reader.state.limits.fit;
    let share = move |point: TimePoint| (point.0 - fit.start.0) as f64 / (fit.secs().max(1) as f64) * 100.0;
    let in_view = reader.timeline().events.count_in(window);
    let [from, to] = text::period(window, reader.locale);
    let value = words.window_value(&from, &to, in_view);
    let room = 100.0 - (fit.secs() - window.secs()) as f64 / (fit.secs().max(1) as f64) * 100.0;
    // The slider speaks of the middle of the window in percent, which screen readers replace by the words.
    let now = share(window.middle()).round().clamp(0.0, 100.0);
    html! {
        <div class="mini">
            <div
                class="mm"
                ref={reader.spots.strip.clone()}
                onpointerdown={reader.hear(on_pointer_down)}
                onpointermove={reader.hear(on_pointer_move)}
                onpointerup={reader.hear(on_pointer_end)}
                onpointercancel={reader.hear(on_pointer_end)}
            >
                { reader.strips[usize::from(low)].get_or_init(|| picture(reader, low)).clone() }
                <div
                    class="win"
                    role="slider"
                    tabindex="0"
                    aria-label={words.visible_period()}
                    aria-valuemin="0"
                    aria-valuemax="100"
                    aria-valuenow={Short(now)}
                    aria-valuetext={value}
                    data-style={["--at:", &Short(share(window.start)).to_string(), ";width:", &percent(room)].concat()}
                    onkeydown={reader.hear(on_key)}
                >
                    <i data-grip="start"></i>
                    <i data-grip="end"></i>
                </div>
            </div>
            <div class="my" aria-hidden="true">{ for years(fit, share, reader.locale) }</div>
        </div>
    }
}

fn years(fit: TimeSpan, share: impl Fn(TimePoint) -> f64, locale: crate::text::Locale) -> Vec<Html> {
    let years = fit.end.civil().year - fit.start.civil().year;
    // The step leaves room for about nine names.
    CalendarUnit::CountedYears(year_step(&|step| years / step <= 9))
        .range(fit)
        .map(|point| {
            let style = ["left:", &percent(share(point))].concat();
            html! { <span key={point.0} data-style={style}>{text::axis_name(point, AxisUnit::Year, false, locale)}</span> }
        })
        .collect()
}

/// The whole story, stretched over the width: so many units wide, and as high in pixels.
fn picture(reader: &Reader, low: bool) -> Html {
    let timeline = reader.timeline();
    let fit = reader.state.limits.fit;
    let whole = fit.secs().max(1) as f64;
    let at = |point: TimePoint| (point.0.saturating_sub(fit.start.0) as f64 / whole).clamp(0.0, 1.0) * UNITS;
    let height = Short(if low { 22.0 } else { DENSITY + ROWS + 4.0 });
    let fields = timeline.eras.iter().map(|era| {
        let class = if era.field == EraField::Full { "mb" } else { "mb2" };
        let (x, end) = (at(era.span.start), at(era.span.end));
        html! { <rect key={&era.id} {class} x={Short(x)} width={Short(end - x)} {height} /> }
    });
    // About three dozen bars, whatever the length of the story.
    let mut counts = [0_usize; 36];
    let bin = UNITS / counts.len() as f64;
    for outline in timeline.events.outlines() {
        let last = counts.len() - 1;
        counts[((at(outline.anchor) / bin) as usize).min(last)] += 1;
    }
    let most = counts.iter().copied().max().unwrap_or(1).max(1) as f64;
    let bars = counts.iter().enumerate().map(|(place, count)| {
        let high = *count as f64 / most * (DENSITY - 2.0);
        ((place as f64 + 0.5) * bin, DENSITY - high, DENSITY)
    });
    let row = ROWS / timeline.tracks.len().max(1) as f64;
    let rows = (0..timeline.tracks.len()).filter(|_| !low).map(|track| {
        let y = DENSITY + 3.0 + track as f64 * row;
        // Where many lie or stand in one place, one stroke shows them.
        let (mut until, mut last) = (f64::NEG_INFINITY, f64::NEG_INFINITY);
        let (mut spans, mut points) = (Vec::new(), Vec::new());
        for outline in timeline.events.outlines().filter(|outline| outline.track == track) {
            let (x, end) = (at(outline.anchor), at(outline.reach.end));
            if outline.is_interval && end - until > APART {
                until = end;
                spans.push((at(outline.reach.start), end, y + row / 2.0));
            } else if !outline.is_interval && (x - last).abs() > APART {
                last = x;
                points.push((x, y + 0.5, y + row - 0.5));
            }
        }
        html! {
            <g key={track} data-thread={thread(track)}>
                <path class="ms" d={across(spans)} />
                <path d={uprights(points)} />
            </g>
        }
    });
    html! {
        <svg aria-hidden="true" {height} viewBox={format!("0 0 {} {height}", Short(UNITS))} preserveAspectRatio="none">
            <g>{ for fields }</g>
            <path class="md" stroke-width={Short(bin * 0.95)} d={uprights(bars)} />
            <g>{ for rows }</g>
        </svg>
    }
}

fn percent(value: f64) -> String {
    format!("{}%", Short(value))
}
