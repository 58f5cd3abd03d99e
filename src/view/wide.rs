//! The wide form: the chart with its tools, the detail beside it, and the strip below.

#[cfg(feature = "large")]
use std::rc::Rc;

use web_sys::Element;
use yew::Html;

#[cfg(not(feature = "large"))]
use super::chart::drawn;
use super::chart::{self, chart};
use super::context::{Reader, class_list};
use super::icons::icon;
use super::keys::stop;
use super::legend::legend;
use super::markup::html;
use super::masthead::{Form, filter_bar, masthead};
use super::overview::overview;
use super::panel::panel;
#[cfg(feature = "large")]
use super::picture::{drawn, scene};
use crate::layout::{Plan, PlanInput};
use crate::query::nearest;
#[cfg(feature = "large")]
use crate::scale::Short;
use crate::scale::{Viewport, axis};
use crate::state::Action;
use crate::text::{self, Words as _};
#[cfg(feature = "large")]
use crate::time::TimePoint;
use crate::time::TimeSpan;
use crate::web;

/// Below this the thread column narrows and the tools lose their words.
const SMALL: f64 = 1180.0;

/// Axis and treaty strip.
const AXIS_PX: f64 = 58.0;
const AXIS_COMPACT_PX: f64 = 40.0;

/// The controls of what lies on the lowest line reach so far below its track.
const BELOW_PX: f64 = 8.0;

/// The room for the chart.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Room {
    /// Width of the frame.
    pub(super) width: f64,
    /// Size of the box of the chart; zero before it is there.
    pub(super) main: (f64, f64),
    /// The frame is low.
    pub(super) compact: bool,
}

impl Room {
    fn plot_width(self) -> f64 {
        let head = if self.compact {
            84.0
        } else if self.width < SMALL {
            152.0
        } else {
            184.0
        };
        (self.main.0 - head).max(120.0)
    }

    /// What a plan is asked for with: width and height of the plot, and whether it is compact.
    #[cfg(feature = "large")]
    pub(super) fn frame(self) -> String {
        let compact = if self.compact { " 1" } else { " 0" };
        [&Short(self.plot_width()).to_string(), " ", &Short(self.lanes_height()).to_string(), compact]
            .concat()
    }

    pub(super) fn lanes_height(self) -> f64 {
        (self.main.1 - BELOW_PX - if self.compact { AXIS_COMPACT_PX } else { AXIS_PX }).max(80.0)
    }
}

/// Where everything stands, for a room.
pub(super) fn plan(reader: &Reader, room: Room) -> Plan {
    Plan::new(&plan_input(reader, room), &web::CanvasMeasurer::new())
}

fn plan_input(reader: &Reader, room: Room) -> PlanInput<'_> {
    let view = &reader.state.view;
    PlanInput {
        timeline: reader.timeline(),
        locale: reader.locale,
        limits: reader.state.limits,
        width_px: room.plot_width(),
        height_px: room.lanes_height(),
        compact: room.compact,
        selection: view.selection,
        matches: reader.found.active.then_some(&reader.found.matches),
        hidden_tracks: &view.filter.hidden_tracks,
    }
}

/// Brings the event that is chosen out in a plan that a worker has made.
#[cfg(feature = "large")]
pub(super) fn choose(reader: &Reader, room: Room, plan: &mut Plan) {
    plan.choose(&plan_input(reader, room), &web::CanvasMeasurer::new());
}

/// The wide form, showing a stretch of time; without a plan the chart is not drawn yet.
pub(super) fn wide(reader: &Reader, room: Room, plan: Option<&Plan>, span: TimeSpan) -> Html {
    let state = &reader.state;
    let words = reader.locale.words();
    let Room { compact, .. } = room;
    let (stage, tall) = match plan {
        None => (html! { <div></div> }, false),
        Some(_) if reader.is_empty() => (no_match(reader), false),
        Some(plan) => {
            let viewport = Viewport { span, width_px: room.plot_width() };
            #[cfg(not(feature = "large"))]
            let scene = plan.scene(reader.timeline(), viewport);
            #[cfg(feature = "large")]
            let (scene, is_whole) = scene(reader, plan, viewport, room.lanes_height());
            let lengths =
                |at, unit, heading| text::axis_name(at, unit, heading, reader.locale).chars().count();
            let axis = axis(viewport, scene.tier, chart::flag_range(reader, viewport), &lengths);
            let drawn = drawn(
                reader,
                #[cfg(feature = "large")]
                plan,
                &scene,
                &axis,
                viewport,
                #[cfg(feature = "large")]
                is_whole,
                #[cfg(feature = "large")]
                room.lanes_height(),
            );
            let is_tall = drawn.height > room.lanes_height() + 0.5;
            (chart(reader, &scene, viewport, drawn), is_tall)
        }
    };
    let key = moment_line(reader).unwrap_or_else(|| legend(words, words.legend_keys()));
    html! {
        <div class={class_list(&[("frame", true), ("compact", compact), ("open", state.view.selection.is_some())])}>
            { masthead(reader, if compact { Form::Compact } else { Form::Wide }) }
            { filter_bar(reader, false) }
            <main class="main" ref={reader.spots.main.clone()}><div class={if tall { "stage-box tall" } else { "stage-box" }}>{ stage }</div></main>
            <div class="side">{ for state.view.selection.map(|event| panel(reader, event, false)) }</div>
            <footer class="foot">
                <div class="zoom" role="toolbar" aria-label={words.zoom_group()}>
                    { zoom_button(reader, 0, "minus", words.zoom_out(), 0.5) }
                    { zoom_button(reader, 1, "plus", words.zoom_in(), 2.0) }
                    <button type="button" class="btn" tabindex="-1" aria-label={words.whole_story()} aria-disabled={state.is_fit()} onclick={reader.on(Action::Fit)}>{ icon("fit") }<span class="w">{words.whole_story()}</span></button>
                </div>
                <div class="ov">{ overview(reader, span, compact) }</div>
                <div class="key">{ key }</div>
            </footer>
        </div>
    }
}

/// Scrolls the tracks so that the control of an event is in view, below the axis.
pub(super) fn reveal(reader: &Reader, event: usize) {
    let parts = (reader.spots.main.cast::<Element>(), reader.spots.plot.cast::<Element>());
    let (Some(main), Some(axis)) = parts else { return };
    let control = main.query_selector(&reader.control(event)).ok().flatten();
    if let (Some(control), Some(stage)) = (control, main.first_element_child()) {
        let own = control.get_bounding_client_rect();
        let above = own.top() - axis.get_bounding_client_rect().bottom();
        let below = own.bottom() - stage.get_bounding_client_rect().bottom();
        let by = if above < 0.0 { above } else { below.max(0.0) };
        stage.set_scroll_top(stage.scroll_top() + by.round() as i32);
    }
}

/// What goes on at the moment, if there is one.
pub(super) fn moment_line(reader: &Reader) -> Option<Html> {
    reader.state.view.moment.map(|moment| {
        #[cfg(not(feature = "large"))]
        let sentence = text::moment_sentence(reader.timeline(), moment, reader.locale);
        #[cfg(feature = "large")]
        let sentence = sentence(reader, moment);
        let (day, rest) = sentence.split_once('.').unwrap_or_default();
        html! { <p class="legend now"><b>{day}{"."}</b>{rest}</p> }
    })
}

/// What goes on at a moment. Of many events that takes a while to find, and the moment stays while the view moves.
#[cfg(feature = "large")]
fn sentence(reader: &Reader, moment: TimePoint) -> Rc<str> {
    let mut last = reader.spots.sentence.borrow_mut();
    match &*last {
        Some((at, sentence)) if *at == moment => Rc::clone(sentence),
        _ => {
            let sentence: Rc<str> = text::moment_sentence(reader.timeline(), moment, reader.locale).into();
            *last = Some((moment, Rc::clone(&sentence)));
            sentence
        }
    }
}

fn zoom_button(reader: &Reader, place: usize, name: &'static str, label: &'static str, factor: f64) -> Html {
    let action = Action::Zoom { at: 0.5, factor, glide: true };
    html! {
        <button type="button" class="btn sq" tabindex={stop(place)} aria-label={label} title={label} onclick={reader.on(action)}>
            { icon(name) }
        </button>
    }
}

/// What stands in place of the events where none does.
pub(super) fn no_match(reader: &Reader) -> Html {
    let words = reader.locale.words();
    let text = reader.state.view.filter.text.trim();
    let nearest = nearest(reader.timeline(), reader.locale.tag(), text);
    let offer = nearest.map(|(query, count)| {
        let label = words.search_for(&query, count);
        html! { <button type="button" class="btn line" onclick={reader.on(Action::Search(query))}>{label}</button> }
    });
    html! {
        <div class="msg">
            <h2>{words.no_match()}</h2>
            <p>{words.no_match_why(text)}</p>
            <div class="acts">
                <span>{ for offer }</span>
                <button type="button" class="btn line" onclick={reader.on(Action::ClearFilter)}>{words.clear_all()}</button>
            </div>
        </div>
    }
}
