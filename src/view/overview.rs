//! The strip below the chart: the whole story, and the window on it that is in view.

use wasm_bindgen::JsCast as _;
use web_sys::Element;
use yew::prelude::*;

use super::context::Reader;
use super::hooks::use_geometry;
use super::markup::html;
use crate::model::EraField;
use crate::scale::Short;
use crate::state::Action;
use crate::text;
use crate::time::{CalendarUnit, TimePoint, TimeSpan};

/// Height of the density bars, and of the rows below them, in pixels.
const DENSITY: f64 = 20.0;
const ROWS: f64 = 32.0;

#[derive(Properties, PartialEq)]
pub(super) struct OverviewProps {
    pub(super) reader: Reader,
    /// What is in view: in the narrow form that is where the list is scrolled to.
    pub(super) window: TimeSpan,
    /// A lower strip without rows.
    pub(super) low: bool,
    /// Moves the window.
    pub(super) onmove: Callback<TimeSpan>,
}

#[derive(Clone, Copy)]
enum Grip {
    Whole,
    Start,
    End,
}

#[component]
pub(super) fn Overview(props: &OverviewProps) -> Html {
    let OverviewProps { reader, window, low, onmove } = props;
    let strip = use_node_ref();
    let whole = use_node_ref();
    use_geometry(&whole);
    let drag = use_mut_ref(|| None::<(Grip, i32, TimeSpan)>);
    let words = reader.locale.words();
    let limits = reader.state.limits;
    let fit = limits.fit;
    let share = move |point: TimePoint| (point.0 - fit.start.0) as f64 / (fit.secs().max(1) as f64) * 100.0;

    let secs_per_px = {
        let strip = strip.clone();
        move || {
            strip
                .cast::<Element>()
                .map_or(1.0, |element| fit.secs() as f64 / f64::from(element.client_width()).max(1.0))
        }
    };
    let onpointerdown = {
        let (strip, drag, onmove, window) = (strip.clone(), drag.clone(), onmove.clone(), *window);
        Callback::from(move |pointer: PointerEvent| {
            let Some(element) = strip.cast::<Element>() else { return };
            let rect = element.get_bounding_client_rect();
            let at = fit.start.0
                + ((f64::from(pointer.client_x()) - rect.left()) / rect.width().max(1.0) * fit.secs() as f64)
                    as i64;
            let target = pointer.target().and_then(|target| target.dyn_into::<Element>().ok());
            let grip = target.and_then(|target| target.get_attribute("data-grip"));
            let mut from = window;
            let grip = match grip.as_deref() {
                Some("start") => Grip::Start,
                Some("end") => Grip::End,
                _ => {
                    if !window.contains(TimePoint(at)) {
                        let start = TimePoint(at - window.secs() / 2);
                        from = limits.clamp(TimeSpan { start, end: TimePoint(start.0 + window.secs()) });
                        onmove.emit(from);
                    }
                    Grip::Whole
                }
            };
            pointer.prevent_default();
            let _ = element.set_pointer_capture(pointer.pointer_id());
            *drag.borrow_mut() = Some((grip, pointer.client_x(), from));
        })
    };
    let onpointermove = {
        let (drag, onmove, secs_per_px) = (drag.clone(), onmove.clone(), secs_per_px);
        Callback::from(move |pointer: PointerEvent| {
            let Some((grip, x, from)) = *drag.borrow() else { return };
            let by = (f64::from(pointer.client_x() - x) * secs_per_px()) as i64;
            let moved = match grip {
                Grip::Whole => {
                    TimeSpan { start: TimePoint(from.start.0 + by), end: TimePoint(from.end.0 + by) }
                }
                Grip::Start => {
                    let start = (from.start.0 + by).clamp(fit.start.0, from.end.0 - limits.min_secs);
                    TimeSpan { start: TimePoint(start), end: from.end }
                }
                Grip::End => {
                    let end = (from.end.0 + by).clamp(from.start.0 + limits.min_secs, fit.end.0);
                    TimeSpan { start: from.start, end: TimePoint(end) }
                }
            };
            onmove.emit(limits.clamp(moved));
        })
    };
    let end_drag = Callback::from(move |_: PointerEvent| *drag.borrow_mut() = None);
    let onkeydown = {
        let (reader, onmove, window) = (reader.clone(), onmove.clone(), *window);
        Callback::from(move |key: KeyboardEvent| {
            let moved = match key.key().as_str() {
                "ArrowLeft" | "ArrowDown" => Some(limits.pan(window, -0.1)),
                "ArrowRight" | "ArrowUp" => Some(limits.pan(window, 0.1)),
                "PageDown" => Some(limits.pan(window, -0.8)),
                "PageUp" => Some(limits.pan(window, 0.8)),
                "Home" => Some(limits.pan(window, -1e6)),
                "End" => Some(limits.pan(window, 1e6)),
                "+" | "=" => Some(limits.zoom(window, 0.5, 1.5)),
                "-" => Some(limits.zoom(window, 0.5, 1.0 / 1.5)),
                "0" => Some(limits.fit),
                _ => None,
            };
            if let Some(moved) = moved {
                key.prevent_default();
                key.stop_propagation();
                onmove.emit(moved);
            } else if key.key() == "Escape" {
                reader.act(Action::Escape);
            }
        })
    };

    let in_view =
        reader.timeline().events.iter().filter(|event| event.date.extent().overlaps(*window)).count();
    let value = words.window_value(
        &text::month_year(window.start, reader.locale),
        &text::month_year(TimePoint(window.end.0 - 1), reader.locale),
        in_view,
    );
    let room = 100.0 - (fit.secs() - window.secs()) as f64 / (fit.secs().max(1) as f64) * 100.0;
    // The slider speaks of the middle of the window in percent, which screen readers replace by the words.
    let now = share(window.middle()).round().clamp(0.0, 100.0);
    html! {
        <div class="mini" ref={whole}>
            <div class="mm" ref={strip} {onpointerdown} {onpointermove} onpointerup={end_drag.clone()} onpointercancel={end_drag}>
                { picture(reader, *low) }
                <div
                    class="win"
                    role="slider"
                    tabindex="0"
                    aria-label={words.visible_period()}
                    aria-valuemin="0"
                    aria-valuemax="100"
                    aria-valuenow={Short(now).to_string()}
                    aria-valuetext={value}
                    data-style={format!("left:{}%;width:{}%", Short(share(window.start)), Short(room))}
                    {onkeydown}
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
    let step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]
        .into_iter()
        .find(|step| years / step <= 9)
        .unwrap_or(years / 9 + 1);
    CalendarUnit::Years(step)
        .range(fit)
        .filter(|point| share(*point) < 97.0)
        .map(|point| {
            let style = format!("left:{}%", Short(share(point)));
            html! { <span key={point.0} data-style={style}>{text::year_name(point.civil().year, locale)}</span> }
        })
        .collect()
}

fn picture(reader: &Reader, low: bool) -> Html {
    let timeline = reader.timeline();
    let fit = reader.state.limits.fit;
    let whole = fit.secs().max(1) as f64;
    let share = |point: TimePoint| ((point.0 - fit.start.0) as f64 / whole * 100.0).clamp(0.0, 100.0);
    let percent = |value: f64| format!("{}%", Short(value));
    let height = if low { 22.0 } else { DENSITY + ROWS + 4.0 };
    let fields = timeline.eras.iter().map(|era| {
        let class = if era.field == EraField::Full { "mb" } else { "mb2" };
        let (x, end) = (share(era.span.start), share(era.span.end));
        html! { <rect key={era.id.to_string()} {class} x={percent(x)} y="0" width={percent(end - x)} height={Short(height).to_string()} /> }
    });
    // About three dozen bars, whatever the length of the story.
    let bins = 36_usize;
    let mut counts = vec![0_usize; bins];
    for event in &timeline.events {
        let at = share(event.date.anchor()) / 100.0 * bins as f64;
        counts[(at as usize).min(bins - 1)] += 1;
    }
    let most = counts.iter().copied().max().unwrap_or(1).max(1) as f64;
    let bar_width = 100.0 / bins as f64;
    let bars = counts.iter().enumerate().filter(|(_, count)| **count > 0).map(|(bin, count)| {
        let bar = *count as f64 / most * (DENSITY - 2.0);
        html! {
            <rect key={bin} class="md" x={percent(bin as f64 * bar_width)} y={Short(DENSITY - bar).to_string()} width={percent(bar_width - 0.12)} height={Short(bar).to_string()} />
        }
    });
    let row = ROWS / timeline.tracks.len().max(1) as f64;
    let ticks = timeline.events.iter().filter(|_| !low).map(|event| {
        let y = DENSITY + 3.0 + event.track as f64 * row;
        let span = event.date.extent();
        let class = format!("t{}", event.track % 6 + 1);
        let x = share(event.date.anchor());
        if event.date.is_interval() {
            let width = (share(span.end) - x).max(0.1);
            html! { <rect key={event.id.to_string()} class={format!("ms {class}")} x={percent(x)} y={Short(y + row / 2.0 - 0.75).to_string()} width={percent(width)} height="1.5" /> }
        } else {
            html! { <rect key={event.id.to_string()} {class} x={percent(x)} y={Short(y + 0.5).to_string()} width="2" height={Short((row - 1.0).max(1.0)).to_string()} /> }
        }
    });
    html! {
        <svg aria-hidden="true" width="100%" height={Short(height).to_string()}>
            <g>{ for fields }</g>
            <g>{ for bars }</g>
            <rect class="mr" x="0" y={Short(DENSITY).to_string()} width="100%" height="1" />
            <g>{ for ticks }</g>
        </svg>
    }
}
