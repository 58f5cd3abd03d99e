//! The whole app: where the data comes from, the state, and which form it takes.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast as _;
use web_sys::Element;
use yew::prelude::*;

use super::chart::{Chart, flag_range};
use super::context::{Found, Reader, Shared, class_list};
use super::hooks::{use_glide, use_size};
use super::icons::icon;
use super::masthead::{Form, filter_bar, masthead};
use super::narrow::Narrow;
use super::overlays::{Keys, notice_line};
use super::overview::Overview;
use super::panel::Panel;
use super::sheet::sheet;
use super::toolbar::{stop, toolbar_keys};
use crate::layout::{LabelTexts, Plan, PlanInput, Tier};
use crate::model::Timeline;
use crate::pack;
use crate::query::Search;
use crate::scale::{Limits, Viewport, axis, fit_domain};
use crate::state::{Action, Address, AppState, Focus, Notice, Overlay};
use crate::text::{self, Locale};
use crate::web;

/// A container narrower than this is read vertically.
const NARROW: f64 = 640.0;

/// A container lower than this is compact.
const LOW: f64 = 520.0;

/// Below this the thread column narrows and the tools lose their words.
const SMALL: f64 = 1180.0;

/// Axis and treaty strip.
const AXIS_PX: f64 = 58.0;
const AXIS_COMPACT_PX: f64 = 40.0;

/// The controls of what lies on the lowest line reach so far below its track.
const BELOW_PX: f64 = 8.0;

#[derive(Clone, PartialEq)]
enum Loaded {
    Waiting(Rc<str>),
    Failed { message: Rc<str>, again: bool },
    Ready(Rc<Timeline>),
}

/// The root component.
#[component]
pub fn App() -> Html {
    let locale = Locale::default();
    let loaded = use_state(|| start(locale));
    let attempt = use_state(|| 0_u32);
    {
        let loaded = loaded.clone();
        use_effect_with(*attempt, move |_| {
            if let Some(url) = web::current_address().source {
                loaded.set(Loaded::Waiting(url.clone()));
                wasm_bindgen_futures::spawn_local(async move {
                    loaded.set(match web::fetch(&url).await {
                        Ok(packed) => unpack(&packed, locale),
                        Err(error) => {
                            Loaded::Failed { message: error_words(&error, &url, locale).into(), again: true }
                        }
                    });
                });
            }
        });
    }
    use_effect_with((), |()| {
        // Also for the page that says that nothing could be read.
        web::set_theme(web::current_address().theme);
        web::mark_ready();
    });
    let retry = {
        let attempt = attempt.clone();
        Callback::from(move |_: MouseEvent| attempt.set(*attempt + 1))
    };
    match &*loaded {
        Loaded::Ready(timeline) => {
            html! { <div class="app"><Workspace timeline={Rc::clone(timeline)} /></div> }
        }
        Loaded::Waiting(url) => html! {
            <div class="app">
                <main class="msg loading"><p role="status">{locale.words().loading(url)}</p><div class="sk" aria-hidden="true"><i></i><i></i><i></i><i></i><i></i><i></i></div></main>
            </div>
        },
        Loaded::Failed { message, again } => html! {
            <div class="app">
                <main class="msg">
                    <div role="alert">
                        <h1>{locale.words().unreadable()}</h1>
                        <p>{&**message}</p>
                    </div>
                    <p class="acts">
                        <button type="button" class="btn solid" hidden={!again} onclick={retry}>{locale.words().try_again()}</button>
                        <a class="btn line" href="?">{locale.words().own_story()}</a>
                    </p>
                </main>
            </div>
        },
    }
}

fn start(locale: Locale) -> Loaded {
    match web::current_address().source {
        Some(url) => Loaded::Waiting(url),
        None => unpack(&web::inline_data().unwrap_or_default(), locale),
    }
}

fn unpack(packed: &str, locale: Locale) -> Loaded {
    match pack::read(packed) {
        Some(timeline) => Loaded::Ready(Rc::new(timeline)),
        None => Loaded::Failed { message: locale.words().no_data().into(), again: false },
    }
}

fn error_words(error: &web::SourceError, url: &str, locale: Locale) -> String {
    let words = locale.words();
    match error {
        web::SourceError::Unreachable => words.fetch_failed(url, words.unreachable()),
        web::SourceError::Status(status) => words.fetch_failed(url, &words.bad_status(*status)),
        web::SourceError::TimedOut => words.fetch_failed(url, words.timed_out()),
        web::SourceError::TooLarge => words.fetch_failed(url, words.too_large()),
        web::SourceError::Unreadable(why) => words.read_failed(url, why),
    }
}

/// The state as Yew wants it.
struct Store(Rc<AppState>);

impl Reducible for Store {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let next = Rc::clone(&self.0).reduce(action);
        if Rc::ptr_eq(&next, &self.0) { self } else { Rc::new(Self(next)) }
    }
}

/// Dates as they stand beside labels.
struct Dates<'a>(&'a Timeline, Locale);

impl LabelTexts for Dates<'_> {
    fn date(&self, event: usize, tier: Tier) -> String {
        text::label_date(&self.0.events[event].date, tier == Tier::Near, self.1)
    }
}

#[derive(Properties, PartialEq)]
struct WorkspaceProps {
    timeline: Rc<Timeline>,
}

#[component]
fn Workspace(props: &WorkspaceProps) -> Html {
    let locale = Locale::default();
    let root = use_node_ref();
    let store = {
        let timeline = Rc::clone(&props.timeline);
        use_reducer(move || {
            let extent = timeline.extent().unwrap_or(crate::time::TimeSpan {
                start: crate::time::TimePoint(0),
                end: crate::time::TimePoint(crate::time::DAY),
            });
            let state = Rc::new(AppState::new(timeline, Limits::new(fit_domain(extent))));
            Store(state.reduce(Action::Open(web::current_address())))
        })
    };
    let state = Rc::clone(&store.0);
    let dispatch = {
        let dispatcher = store.dispatcher();
        use_callback((), move |action: Action, ()| dispatcher.dispatch(action))
    };
    let search = use_memo(Rc::as_ptr(&props.timeline), |_| Search::new(&props.timeline, locale.tag()));
    let found = use_memo(state.view.filter.clone(), |filter| Found {
        hits: search.find(&filter.text),
        matches: filter.matches(&props.timeline, &search),
        active: filter.is_active(),
    });
    let reader = Reader(Rc::new(Shared { state: Rc::clone(&state), found, search, locale, dispatch }));

    use_address(&reader);
    use_focus(&reader, &root);
    use_effect_with(state.view.theme, |theme| web::set_theme(*theme));
    let foreign = *use_memo((), |()| web::current_address().source.is_some());
    use_effect_with(foreign, |foreign| web::mark_foreign(*foreign));
    let (width, height) = use_size(root.clone());
    let form = if width <= 0.0 {
        html! { <div class="frame"></div> }
    } else if width < NARROW {
        html! { <Narrow reader={reader.clone()} /> }
    } else {
        html! { <Wide reader={reader.clone()} {width} compact={height < LOW} /> }
    };
    let onclick = {
        let reader = reader.clone();
        Callback::from(move |click: MouseEvent| close_menus(&reader, &click))
    };
    html! {
        <div class="room" ref={root} {onclick}>
            <div class="form">{ form }</div>
            <Keys reader={reader.clone()} />
            { notice_line(&reader) }
            <div>{ for foreign.then(|| sheet(&reader)) }</div>
            <Voice {reader} />
        </div>
    }
}

/// A press beside an open menu closes it.
fn close_menus(reader: &Reader, click: &MouseEvent) {
    let Some(overlay) = reader.state.ui.overlay else { return };
    let own = match overlay {
        Overlay::Keys => return,
        Overlay::Results => ".find-box",
        Overlay::Filters | Overlay::Appearance | Overlay::More => ".menu-box",
        Overlay::Pile(_) => ".pill",
    };
    let target = click.target().and_then(|target| target.dyn_into::<Element>().ok());
    if target.is_some_and(|target| target.closest(own).ok().flatten().is_none()) {
        reader.act(Action::CloseOverlay);
    }
}

/// Keeps address and state in step, both ways.
#[hook]
fn use_address(reader: &Reader) {
    let state = &reader.state;
    let dispatch = reader.dispatch.clone();
    use_effect_with((), move |()| {
        let listeners = web::on_address_change(move |address| dispatch.emit(Action::Open(address)));
        move || drop(listeners)
    });
    let own = state.address();
    let title = {
        let timeline = reader.timeline();
        let story = reader.read(&timeline.title).text;
        match state.view.selection {
            Some(event) => format!("{} · {story}", reader.read(&timeline.events[event].label).text),
            None => story.to_owned(),
        }
    };
    // An address that names no event stays as it is while the notice says so.
    let unknown = matches!(state.ui.notice, Some(Notice::UnknownEvent(_)));
    use_effect_with((own, title, unknown), move |(own, title, unknown)| {
        let current = web::current_address();
        let mut wanted =
            Address { source: current.source.clone(), rest: current.rest.clone(), ..own.clone() };
        if *unknown {
            wanted.event.clone_from(&current.event);
        }
        if let Some(document) = web::document() {
            document.set_title(title);
        }
        let mut timeout = None;
        if wanted.event != current.event {
            web::push(&wanted);
        } else if wanted != current {
            // A gesture changes the address many times a second, which browsers refuse; the last one counts.
            timeout = Some(Timeout::new(250, move || {
                if web::current_address().event == wanted.event {
                    web::replace(&wanted);
                }
            }));
        }
        move || drop(timeout)
    });
}

/// Moves focus where the last action wants it.
#[hook]
fn use_focus(reader: &Reader, root: &NodeRef) {
    let request = reader.state.ui.focus;
    let id = match request {
        Some((Focus::Event(event), _)) => reader.timeline().events[event].id.to_string(),
        _ => String::new(),
    };
    use_effect_with((request, root.clone()), move |(request, root)| {
        let Some(root) = root.cast::<Element>() else { return };
        match request {
            Some((Focus::Event(_), _)) => {
                web::focus(
                    &root,
                    &format!("[data-timeline] [data-event-id=\"{}\"]", id.replace(['"', '\\'], "")),
                );
            }
            Some((Focus::Detail, _)) => {
                web::focus(&root, "#p-h");
            }
            Some((Focus::Search, _)) => {
                web::focus(&root, "#find");
            }
            None => {}
        }
    });
}

/// The one live region: counts after a move, the sentence of the reading line. It waits for a pause.
#[component]
fn Voice(props: &VoiceProps) -> Html {
    let reader = &props.reader;
    let state = &reader.state;
    let said = use_state_eq(String::new);
    let text = if let (Some(moment), true) = (state.view.moment, state.ui.moment_pinned) {
        text::moment_sentence(reader.timeline(), moment, reader.locale)
    } else {
        let span = state.view.span;
        let events = &reader.timeline().events;
        let standing = events
            .iter()
            .zip(&reader.found.matches)
            .filter(|(event, stands)| **stands && event.date.extent().overlaps(span))
            .count();
        reader.locale.words().view_announcement(
            standing,
            events.len(),
            &text::month_year(span.start, reader.locale),
            &text::month_year(crate::time::TimePoint(span.end.0 - 1), reader.locale),
        )
    };
    let first = use_mut_ref(|| true);
    {
        let said = said.clone();
        use_effect_with(text, move |text| {
            // Nothing has happened yet when the page opens, so nothing is said.
            let opening = std::mem::replace(&mut *first.borrow_mut(), false);
            let text = text.clone();
            let timeout = (!opening).then(|| Timeout::new(500, move || said.set(text)));
            move || drop(timeout)
        });
    }
    html! { <p class="sr" role="status" aria-live="polite">{(*said).clone()}</p> }
}

#[derive(Properties, PartialEq)]
struct VoiceProps {
    reader: Reader,
}

#[derive(Properties, PartialEq)]
struct WideProps {
    reader: Reader,
    width: f64,
    compact: bool,
}

#[component]
fn Wide(props: &WideProps) -> Html {
    let WideProps { reader, width, compact } = props;
    let compact = *compact;
    let state = &reader.state;
    let words = reader.locale.words();
    let main = use_node_ref();
    let (main_width, main_height) = use_size(main.clone());
    let fonts = use_state_eq(|| 0_u32);
    {
        let fonts = fonts.clone();
        use_effect_with((), move |()| {
            wasm_bindgen_futures::spawn_local(async move {
                web::when_fonts_load().await;
                fonts.set(1);
            });
        });
    }

    let head = if compact {
        84.0
    } else if *width < SMALL {
        152.0
    } else {
        184.0
    };
    let plot_width = (main_width - head).max(120.0);
    let lanes_height = (main_height - BELOW_PX - if compact { AXIS_COMPACT_PX } else { AXIS_PX }).max(80.0);
    let hidden_tracks = state.view.filter.hidden_tracks.clone();
    let plan = {
        let timeline = Rc::clone(&state.timeline);
        let locale = reader.locale;
        let filtering = reader.found.active;
        let fit = state.limits.fit;
        use_memo(
            (
                plot_width.to_bits(),
                lanes_height.to_bits(),
                compact,
                state.view.selection,
                Rc::as_ptr(&reader.found),
                *fonts,
                hidden_tracks,
            ),
            |(_, _, _, selection, _, _, hidden_tracks)| {
                let input = PlanInput {
                    timeline: &timeline,
                    lang: locale.tag(),
                    texts: &Dates(&timeline, locale),
                    fit,
                    width_px: plot_width,
                    height_px: lanes_height,
                    compact,
                    selection: *selection,
                    matches: filtering.then_some(&reader.found.matches),
                    hidden_tracks,
                };
                Plan::new(&input, &web::CanvasMeasurer::new())
            },
        )
    };
    let span = use_glide(state.view.span, state.ui.glide);
    let viewport = Viewport { span, width_px: plot_width };
    let scene = use_memo((plan.clone(), span), |(plan, _)| Rc::new(plan.scene(viewport)));
    let flag = flag_range(reader, viewport);
    let axis = use_memo((span, plot_width.to_bits(), scene.tier, flag), |_| {
        Rc::new(axis(viewport, scene.tier, flag))
    });
    let moments = use_memo((state.view.moment, Rc::as_ptr(&state.timeline)), |(moment, _)| {
        Rc::new(moment.map(|moment| text::moment_by_track(&state.timeline, moment)).unwrap_or_default())
    });
    let empty = reader.found.active && !reader.found.matches.iter().any(|stands| *stands);
    let stage = if main_width <= 0.0 {
        html! { <div></div> }
    } else if empty {
        no_match(reader)
    } else {
        html! { <Chart reader={reader.clone()} scene={(*scene).clone()} axis={(*axis).clone()} {viewport} moments={(*moments).clone()} /> }
    };
    let onmove = reader.dispatch.reform(Action::Show);
    let key = match state.view.moment {
        Some(moment) => {
            html! { <p class="legend now">{ text::moment_sentence(reader.timeline(), moment, reader.locale) }</p> }
        }
        None => legend(reader),
    };
    html! {
        <div class={class_list(&[("frame", true), ("compact", compact)])}>
            { masthead(reader, if compact { Form::Compact } else { Form::Wide }) }
            { filter_bar(reader, false) }
            <main class="main"><div class="stage-box" ref={main}>{ stage }</div></main>
            <div class="side">{ for state.view.selection.map(|event| html! { <Panel key="panel" reader={reader.clone()} {event} sheet=false /> }) }</div>
            <footer class="foot">
                <div class="zoom" role="toolbar" aria-label={words.zoom_group()} onkeydown={toolbar_keys()}>
                    { zoom_button(reader, 0, "minus", words.zoom_out().to_owned(), Action::Zoom { at: 0.5, factor: 0.5, glide: true }) }
                    { zoom_button(reader, 1, "plus", words.zoom_in().to_owned(), Action::Zoom { at: 0.5, factor: 2.0, glide: true }) }
                    <button type="button" class="btn" tabindex="-1" aria-label={words.whole_story()} disabled={state.is_fit()} onclick={reader.on(Action::Fit)}>{ icon("fit") }<span class="w">{words.whole_story()}</span></button>
                </div>
                <div class="ov"><Overview reader={reader.clone()} window={span} low={compact} {onmove} /></div>
                <div class="key">{ key }</div>
            </footer>
        </div>
    }
}

fn zoom_button(reader: &Reader, place: usize, name: &'static str, label: String, action: Action) -> Html {
    html! {
        <button type="button" class="btn sq" tabindex={stop(place)} aria-label={label.clone()} title={label} onclick={reader.on(action)}>
            { icon(name) }
        </button>
    }
}

fn no_match(reader: &Reader) -> Html {
    let words = reader.locale.words();
    let text = reader.state.view.filter.text.trim();
    let nearest = reader.search.nearest(text);
    let offer = nearest.map(|(query, count)| {
        let label = words.search_for(&query, count);
        html! { <button type="button" class="btn line" onclick={reader.on(Action::Search(query))}>{label}</button> }
    });
    html! {
        <div class="msg" role="status">
            <h2>{words.no_match()}</h2>
            <p>{words.no_match_why(text)}</p>
            <div class="acts">
                <span>{ for offer }</span>
                <button type="button" class="btn" onclick={reader.on(Action::ClearFilter)}>{words.clear_all()}</button>
            </div>
        </div>
    }
}

fn legend(reader: &Reader) -> Html {
    let words = reader.locale.words();
    html! {
        <p class="legend">
            <span>
                <svg width="12" height="16" viewBox="0 0 12 16" aria-hidden="true"><circle cx="6" cy="5" r="4.5" fill="currentColor" /><path d="M6 5v9" stroke="currentColor" /><path d="M4.5 12h3v4h-3z" fill="currentColor" /></svg>
                {words.legend_point()}
            </span>
            <span>
                <svg width="30" height="8" viewBox="0 0 30 8" aria-hidden="true"><path d="M0 2h30v4H0z" fill="currentColor" /></svg>
                {words.legend_span()}
            </span>
            <span>
                <svg width="32" height="8" viewBox="0 0 32 8" aria-hidden="true"><path d="M0 2h5v4H0zM8 2h5v4H8zM16 2h16v4H16z" fill="currentColor" /></svg>
                {words.legend_dashed()}
            </span>
            <span>
                <svg width="22" height="16" viewBox="0 0 22 16" aria-hidden="true"><rect x=".75" y=".75" width="20.5" height="14.5" rx="7.25" fill="none" stroke="currentColor" stroke-width="1.5" /><text x="11" y="11.5" text-anchor="middle" font-size="10" font-weight="600" fill="currentColor">{"5"}</text></svg>
                {words.legend_count()}
            </span>
            <span class="end">{words.legend_keys()}</span>
        </p>
    }
}

/// Chooses the event whose control was clicked; clicks that ask for a new tab are left to the browser.
pub(super) fn choose_clicked(reader: &Reader, click: &MouseEvent) {
    if click.ctrl_key() || click.meta_key() || click.shift_key() {
        return;
    }
    let target = click.target().and_then(|target| target.dyn_into::<Element>().ok());
    let control = target.and_then(|target| target.closest("[data-event-id]").ok().flatten());
    let id = control.and_then(|control| control.get_attribute("data-event-id"));
    if let Some(event) = id.and_then(|id| reader.timeline().event_by_id(&id)) {
        click.prevent_default();
        reader.act(Action::Select(Some(event)));
    }
}
