//! The whole app: where the data comes from, the state, which form it takes, and what follows each change.
//!
//! It is one component. What is drawn are functions of the state, so a component for each part would only add the code that
//! compares and connects them.

#[cfg(feature = "large")]
use std::cell::OnceCell;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::render::{AnimationFrame, request_animation_frame};
use gloo::timers::callback::Timeout;
use web_sys::{Element, Event, FocusEvent, HtmlElement, MouseEvent};
use yew::html::Scope;
use yew::{Component, Context, Html, NodeRef};

use super::context::{Reader, Shared, Spots};
#[cfg(feature = "large")]
use super::desk::{Desk, Question};
use super::glide::Glide;
use super::keys::on_key;
use super::markup::{Handler, html};
use super::masthead::reveal_hit;
use super::narrow::{self, Rows, narrow};
use super::overlays::notice_line;
use super::panel::short_name;
#[cfg(feature = "large")]
use super::picture;
use super::sheet::sheet;
use super::wide::{self, Room, wide};
use crate::geo::Drawing;
use crate::layout::Plan;
use crate::model::Timeline;
use crate::pack;
use crate::query::Found;
use crate::scale::{Limits, Short};
use crate::state::{Action, Address, AppState, Focus, Notice, Overlay, Theme};
use crate::text::{self, Locale, Words as _};
use crate::time::TimeSpan;
use crate::web::{self, Answer, Ask, SizeObserver};

/// A container narrower than this is read vertically.
const NARROW: f64 = 640.0;

/// A container lower than this is compact.
const LOW: f64 = 520.0;

/// The live region waits so long for a pause, in milliseconds: whoever looks for each key takes most of a second for it, and
/// would hear of every letter.
const PAUSE_MS: u32 = 1000;

/// The first screen of the narrow form, and a tap on it, do not wait for what lies below, which follows after so many
/// milliseconds.
const REST_MS: u32 = 200;

/// A gesture changes the address many times a second, which browsers refuse; after so many milliseconds the last one counts.
const ADDRESS_MS: u32 = 250;

/// What was moved while the view moved is drawn anew once it rests for so many milliseconds.
#[cfg(feature = "large")]
const SETTLE_MS: u32 = 150;

/// The chart of a large timeline changes for a chosen event so many milliseconds later than its detail opens.
#[cfg(feature = "large")]
const CHOOSE_MS: u32 = 16;

/// What the component hears.
pub(super) enum Message {
    /// A file has arrived, or not.
    Loaded(Loaded),
    /// So much of it has arrived.
    Progress(String, f64),
    /// Do not wait for it.
    Cancel,
    /// Try again to fetch it.
    Retry,
    /// The reader did something.
    Act(Action),
    /// An element that is measured has another size.
    Resized,
    /// The fonts of the chart have come, so texts have other widths.
    Fonts,
    /// Time to draw the next step of a movement, in milliseconds.
    Frame(f64),
    /// The list of the narrow form was scrolled.
    Scrolled,
    /// Time for what the list of the narrow form has below the first screen.
    Rest,
    /// The page is about to be printed, or has been.
    Print(bool),
    /// The map of an event is drawn.
    Mapped(usize, Rc<Drawing>),
    /// Nothing has happened for a while: say how things stand.
    Say,
    /// The app stands in another element, or in none.
    #[cfg(feature = "element")]
    Anew,
    /// The view of a large timeline has come to rest.
    #[cfg(feature = "large")]
    Settle,
    /// The detail of an event is seen: time to bring the event out in the chart of a large timeline.
    #[cfg(feature = "large")]
    Choose,
    /// The worker that keeps a large timeline has said something.
    #[cfg(feature = "large")]
    Answered(Question, Reply),
}

/// What is heard of a question about a large timeline.
#[cfg(feature = "large")]
pub(super) enum Reply {
    /// A part of the answer.
    Part(web::Part),
    /// That was all of it.
    End,
    /// There is none.
    Failed,
}

/// Where the data is.
pub(super) enum Loaded {
    /// On its way from an address.
    Waiting(Rc<str>),
    /// It cannot be shown.
    Failed {
        /// Why, in words.
        message: String,
        /// Trying again may help.
        again: bool,
    },
    /// It is here.
    Ready(Rc<Timeline>),
}

/// The root component.
pub(super) struct App {
    locale: Locale,
    /// A timeline that did not come with the page is being printed.
    prints: bool,
    stage: Stage,
    spots: Rc<Spots>,
    sizes: SizeObserver,
    _listeners: Vec<EventListener>,
}

enum Stage {
    Waiting {
        url: Rc<str>,
        /// How far it is, in words, and as a part of one; below zero if that is not known.
        progress: (String, f64),
    },
    Failed {
        message: String,
        again: bool,
    },
    Reading(Box<Reading>),
}

/// A timeline that is being read.
struct Reading {
    reader: Reader,
    glide: Glide,
    /// The size of the whole app.
    frame: (f64, f64),
    /// The room for the wide form; none in the narrow one.
    room: Option<Room>,
    /// Made anew when it does not fit any more.
    plan: Option<Plan>,
    /// The chosen event for which it was made.
    planned: Option<usize>,
    /// The list of the narrow form, kept while nothing in it changes.
    list: Option<Html>,
    rows: Rows,
    /// Where a large timeline is asked about.
    #[cfg(feature = "large")]
    desk: Option<Desk>,
    /// The stretch of time whose rows are in view in the narrow form.
    seen: TimeSpan,
    /// What the live region says.
    said: String,
    done: Done,
}

/// What has been brought into effect outside of what is drawn.
#[derive(Default)]
struct Done {
    address: Option<Address>,
    theme: Option<Theme>,
    focus: Option<(Focus, u32)>,
    /// What had focus before something new was drawn.
    held: Option<HtmlElement>,
    /// The chosen event to which the list of the narrow form was scrolled.
    scrolled_to: Option<usize>,
    hit: Option<usize>,
    /// The event whose map was asked for.
    mapped: Option<usize>,
    /// The state of which the live region speaks, or is about to, and what it said last.
    announced: Option<(Rc<AppState>, String)>,
    /// What the notice says is not in the timeline.
    unknown: Option<Rc<str>>,
    frame: Option<AnimationFrame>,
    address_timer: Option<Timeout>,
    voice_timer: Option<Timeout>,
    /// Set once the narrow form is there.
    rest_timer: Option<Timeout>,
    /// The chosen event that was brought into view.
    revealed: Option<usize>,
    #[cfg(feature = "large")]
    settle_timer: Option<Timeout>,
    #[cfg(feature = "large")]
    choose_timer: Option<Timeout>,
}

impl Component for App {
    type Message = Message;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let link = ctx.link();
        let locale = Locale::default();
        let loaded = first(locale);
        let foreign = matches!(loaded, Loaded::Waiting(_));
        let resized = link.callback(|()| Message::Resized);
        let opened = link.callback(|address| Message::Act(Action::Open(address)));
        let mut listeners = web::on_address_change(move |address| opened.emit(address));
        let printed = link.callback(Message::Print);
        if foreign {
            listeners.extend(web::on_print(move |prints| printed.emit(prints)));
        }
        let mut app = Self {
            locale,
            prints: false,
            stage: Stage::waiting("".into()),
            spots: Rc::default(),
            sizes: SizeObserver::new(move || resized.emit(())),
            _listeners: listeners,
        };
        app.take(ctx, loaded);
        let link = link.clone();
        web::ask(Ask::Fonts, "", move |_| link.send_message(Message::Fonts));
        app
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match (message, &mut self.stage) {
            #[cfg(feature = "element")]
            (Message::Anew, _) => self.take(ctx, first(self.locale)),
            // What nobody waits for any more is passed over.
            (Message::Loaded(loaded), Stage::Waiting { .. }) => self.take(ctx, loaded),
            (Message::Progress(text, share), Stage::Waiting { progress, .. }) => *progress = (text, share),
            (Message::Cancel, Stage::Waiting { url, .. }) => {
                web::ask(Ask::Cancel, "", |_| {});
                let message = self.locale.words().cancelled(url);
                self.stage = Stage::Failed { message, again: true };
            }
            (Message::Retry, _) => {
                if let Some(url) = web::current_address().source {
                    self.take(ctx, Loaded::Waiting(url));
                }
            }
            (Message::Print(prints), _) => self.prints = prints,
            #[cfg(feature = "large")]
            (Message::Answered(_, Reply::Failed), _) => {
                let message = self.locale.words().no_answer().to_owned();
                self.stage = Stage::Failed { message, again: true };
            }
            (message, Stage::Reading(reading)) => {
                let focused = web::focused();
                let draws = reading.update(message);
                // Several messages may come before one drawing, and what is taken out has lost focus by the next.
                if draws && focused.is_some() {
                    reading.done.held = focused;
                }
                return draws;
            }
            _ => return false,
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let words = self.locale.words();
        let inside = match &self.stage {
            // The buttons stand as where it has failed, so that who has focus on one keeps it there.
            Stage::Waiting { url, progress: (text, share) } => {
                let link = ctx.link().clone();
                let cancel = Handler::any(move || link.send_message(Message::Cancel));
                html! {
                    <main class="loading">
                        <div>
                            <p role="status" id="loading">{words.loading(url)}</p>
                            <progress max="1" value={(*share >= 0.0).then_some(Short(*share))} aria-labelledby="loading"></progress>
                            <p class="far">{&**text}</p>
                            <div class="sk" aria-hidden="true"><i></i><i></i><i></i><i></i><i></i><i></i></div>
                        </div>
                        <p class="acts">
                            <button type="button" class="btn solid" onclick={cancel}>{words.cancel()}</button>
                            <a class="btn line" href="?">{words.own_story()}</a>
                        </p>
                    </main>
                }
            }
            Stage::Failed { message, again } => {
                let link = ctx.link().clone();
                let retry = Handler::any(move || link.send_message(Message::Retry));
                html! {
                    <main class="msg">
                        <div role="alert">
                            <h1>{words.unreadable()}</h1>
                            <p>{&**message}</p>
                        </div>
                        <p class="acts">
                            <button type="button" class="btn solid" hidden={!again} onclick={retry}>{words.try_again()}</button>
                            <a class="btn line" href="?">{words.own_story()}</a>
                        </p>
                    </main>
                }
            }
            Stage::Reading(reading) => self.reading(reading),
        };
        html! { <div class="app">{ inside }</div> }
    }

    fn rendered(&mut self, ctx: &Context<Self>, _first: bool) {
        #[cfg(feature = "element")]
        if let Stage::Failed { message, .. } = &self.stage {
            web::tell_failure(message);
        }
        self.sizes.observe([&self.spots.root, &self.spots.main].map(NodeRef::cast));
        if let Stage::Reading(reading) = &mut self.stage {
            // The observer would tell it a frame or two later.
            if !reading.is_measured() {
                ctx.link().send_message(Message::Resized);
            }
            reading.follow(ctx.link());
        }
    }
}

impl Stage {
    fn waiting(url: Rc<str>) -> Self {
        Self::Waiting { url, progress: (String::new(), -1.0) }
    }
}

impl App {
    /// Takes what there is to show, and fetches what is not here yet.
    fn take(&mut self, ctx: &Context<Self>, loaded: Loaded) {
        let link = ctx.link();
        if !matches!(loaded, Loaded::Ready(_)) {
            web::mark_ready();
        }
        self.stage = match loaded {
            Loaded::Waiting(url) => {
                let (link, locale, source) = (link.clone(), self.locale, Rc::clone(&url));
                web::ask(Ask::Load, &url, move |answer| {
                    link.send_message(match answer {
                        Answer::Progress(text, share) => Message::Progress(text, share),
                        Answer::Text(packed) => Message::Loaded(unpack(&packed, locale)),
                        Answer::Failure(why) => Message::Loaded(Loaded::Failed {
                            message: why.unwrap_or_else(|| {
                                locale.words().fetch_failed(&source, locale.words().unreachable())
                            }),
                            again: true,
                        }),
                    });
                });
                Stage::waiting(url)
            }
            Loaded::Failed { message, again } => Stage::Failed { message, again },
            Loaded::Ready(timeline) => {
                #[cfg(feature = "large")]
                self.spots.sentence.take();
                let limits = Limits::of(&timeline);
                let state = Rc::new(AppState::new(timeline, limits));
                let state = state.reduce(Action::Open(web::current_address()));
                Stage::Reading(Box::new(Reading::new(Reader(Rc::new(Shared {
                    found: Rc::new(first_found(&state, self.locale)),
                    state,
                    locale: self.locale,
                    map: None,
                    strips: Rc::default(),
                    #[cfg(feature = "large")]
                    tab_stop: OnceCell::new(),
                    spots: Rc::clone(&self.spots),
                    dispatch: link.callback(Message::Act),
                    scrolled: link.callback(|()| Message::Scrolled),
                })))))
            }
        };
    }

    fn reading(&self, reading: &Reading) -> Html {
        let reader = &reading.reader;
        let form = match reading.room {
            None if reading.frame.0 <= 0.0 => html! { <div class="frame"></div> },
            None => narrow(reader, reading.list.clone(), reading.seen),
            Some(room) => wide(reader, room, reading.plan.as_ref(), reading.glide.shown()),
        };
        html! {
            <div
                class="room"
                ref={self.spots.root.clone()}
                tabindex="-1"
                onclick={reader.hear(|reader, click: &MouseEvent| close_menus(reader, click))}
                onfocusin={reader.hear(|reader, focus: &FocusEvent| close_menus(reader, focus))}
                onkeydown={reader.hear(on_key)}
            >
                <div class="form">{ form }</div>
                { notice_line(reader) }
                <div>{ for self.prints.then(|| sheet(reader)) }</div>
                <p class="sr" role="status" aria-live="polite">{&*reading.said}</p>
            </div>
        }
    }
}

/// Where the data is when the app begins.
fn first(locale: Locale) -> Loaded {
    let Address { source, theme, .. } = web::current_address();
    web::set_theme(theme);
    match source {
        Some(url) => {
            // The page's own list in the way costs time, no more.
            let _ = web::mark_foreign();
            Loaded::Waiting(url)
        }
        None => unpack(&web::inline_data().unwrap_or_default(), locale),
    }
}

fn unpack(packed: &str, locale: Locale) -> Loaded {
    let timeline = || pack::read(packed);
    #[cfg(feature = "large")]
    let timeline = || match web::stock() {
        Some((head, stack)) => pack::read_shelved(&head, stack),
        None => timeline(),
    };
    match timeline() {
        Some(timeline) => Loaded::Ready(Rc::new(timeline)),
        None => Loaded::Failed { message: locale.words().no_data().to_owned(), again: false },
    }
}

fn find(state: &AppState, locale: Locale) -> Found {
    Found::of(&state.timeline, locale.tag(), &state.view.filter)
}

/// What the filter of an address leaves; of a large timeline everything, until the worker has said it.
fn first_found(state: &AppState, locale: Locale) -> Found {
    #[cfg(feature = "large")]
    if state.timeline.events.shelf().is_some() {
        return Found::all(&state.timeline);
    }
    find(state, locale)
}

/// A press beside an open menu closes it, and so does focus that goes elsewhere.
fn close_menus(reader: &Reader, event: &Event) {
    let Some(overlay) = reader.state.ui.overlay else { return };
    let own = match overlay {
        Overlay::Results => ".find-box",
        Overlay::Filters => ".filter-box",
        Overlay::Appearance => ".tone-box",
        Overlay::More => ".more-box",
        Overlay::Pile => ".pile",
    };
    if web::closest(event, own).is_none() {
        reader.act(Action::CloseOverlay);
    }
}

impl Reading {
    fn new(reader: Reader) -> Self {
        Self {
            glide: Glide::at(reader.state.view.span),
            frame: (0.0, 0.0),
            room: None,
            plan: None,
            planned: None,
            list: None,
            rows: Rows::default(),
            #[cfg(feature = "large")]
            desk: reader.timeline().events.shelf().map(|_| Desk::new()),
            seen: reader.state.limits.fit,
            said: String::new(),
            done: Done::default(),
            reader,
        }
    }

    /// Takes in what happened; says whether there is anything new to draw.
    fn update(&mut self, message: Message) -> bool {
        #[cfg(feature = "large")]
        let (acts, mut moves) =
            (matches!(message, Message::Act(_)), matches!(message, Message::Frame(_) | Message::Say));
        match message {
            Message::Act(action) => {
                let before = &self.reader.state;
                let state = Rc::clone(before).reduce(action);
                if Rc::ptr_eq(&state, before) {
                    return false;
                }
                #[cfg(feature = "large")]
                {
                    moves = state.moves_from(before);
                }
                let refiltered = state.view.filter != before.view.filter;
                // A detail that opens or closes changes the room, for which the chart is planned in its turn: until then
                // it stays, so that the detail is there at once.
                let chosen = state.view.selection;
                let turns = self.room.is_some() && self.planned.is_some() != chosen.is_some();
                if refiltered || (self.planned != chosen && !turns && !self.is_large()) {
                    self.outdate(refiltered);
                }
                self.glide.aim(state.view.span, state.ui.glide);
                let mut next = (*self.reader.0).clone();
                if refiltered && !self.is_large() {
                    next.found = Rc::new(find(&state, next.locale));
                }
                next.state = state;
                #[cfg(feature = "large")]
                next.tab_stop.take();
                self.list = None;
                self.reader = Reader(Rc::new(next));
            }
            Message::Mapped(event, map) => {
                let mut next = (*self.reader.0).clone();
                next.map = Some((event, map));
                self.reader = Reader(Rc::new(next));
            }
            Message::Resized => {
                let spots = &self.reader.spots;
                let frame = web::size(&spots.root);
                let room = (frame.0 >= NARROW).then(|| Room {
                    width: frame.0,
                    main: web::size(&spots.main),
                    compact: frame.1 < LOW,
                });
                if frame == self.frame && room == self.room {
                    return false;
                }
                self.frame = frame;
                self.room = room;
                self.outdate(false);
            }
            Message::Fonts => self.outdate(false),
            #[cfg(feature = "large")]
            Message::Answered(what, reply) => {
                if !self.hear(what, reply) {
                    return false;
                }
            }
            Message::Frame(now) => self.glide.step(now),
            #[cfg(feature = "large")]
            Message::Scrolled if self.room.is_some() => {
                let height = self.room.map_or(0.0, Room::lanes_height);
                if !picture::scrolled(&self.reader, height) {
                    return false;
                }
                moves = true;
            }
            Message::Scrolled => {
                let moves = self.rows.follow(&self.reader);
                if moves {
                    self.list = None;
                }
                match narrow::span_in_view(&self.reader) {
                    Some(seen) if seen != self.seen => self.seen = seen,
                    _ if moves => {}
                    _ => return false,
                }
            }
            Message::Rest => {
                self.rows.whole = true;
                self.list = None;
            }
            Message::Say => {
                let words = announcement(&self.reader);
                match &mut self.done.announced {
                    Some((_, announced)) if *announced != words => announced.clone_from(&words),
                    _ => return false,
                }
                self.said = words;
            }
            #[cfg(feature = "large")]
            Message::Settle | Message::Choose => {}
            Message::Loaded(_)
            | Message::Progress(..)
            | Message::Cancel
            | Message::Retry
            | Message::Print(_) => return false,
            #[cfg(feature = "element")]
            Message::Anew => return false,
        }
        #[cfg(feature = "large")]
        if let (true, Some(plan), Some(room)) = (self.is_large() && !acts, &mut self.plan, self.room)
            && self.planned != self.reader.state.view.selection
        {
            wide::choose(&self.reader, room, plan);
            self.planned = self.reader.state.view.selection;
            moves = false;
        }
        #[cfg(feature = "large")]
        if !moves {
            self.reader.spots.repaint();
        }
        let shown = if self.room.is_some() { self.glide.shown() } else { self.seen };
        self.reader.spots.shown.set(Some(shown));
        match self.room {
            _ if !self.is_measured() => return true,
            Some(room) if self.plan.is_none() && !self.is_large() => {
                self.plan = Some(wide::plan(&self.reader, room));
                self.planned = self.reader.state.view.selection;
            }
            None if self.list.is_none() => {
                self.list = Some(self.rows.list(&self.reader));
            }
            _ => return true,
        }
        // There is more to see now than what was measured first, and no picture in between.
        web::mark_ready();
        true
    }

    /// Whether a worker keeps the timeline.
    #[cfg_attr(not(feature = "large"), expect(clippy::unused_self, reason = "this app has no large ones"))]
    fn is_large(&self) -> bool {
        #[cfg(feature = "large")]
        return self.desk.is_some();
        #[cfg(not(feature = "large"))]
        false
    }

    /// The plan does not fit any more. That of a large timeline stays until another has come.
    fn outdate(&mut self, refiltered: bool) {
        #[cfg(feature = "large")]
        if let Some(desk) = &mut self.desk {
            if refiltered {
                desk.refilter();
            } else {
                desk.replan();
            }
            return;
        }
        let _ = refiltered;
        self.plan = None;
    }

    /// Takes what the worker that keeps a large timeline says; tells whether there is anything new to draw.
    #[cfg(feature = "large")]
    fn hear(&mut self, what: Question, reply: Reply) -> bool {
        let Some(desk) = &mut self.desk else { return false };
        match (reply, what) {
            (Reply::Part(part), _) => {
                desk.take(what, part);
                return false;
            }
            (_, Question::Plan) => {
                self.plan = desk.plan().or(self.plan.take());
                self.planned = None;
            }
            _ => {
                if let Some(found) = desk.found(&self.reader) {
                    let mut next = (*self.reader.0).clone();
                    next.found = Rc::new(found);
                    next.tab_stop.take();
                    self.reader = Reader(Rc::new(next));
                    self.list = None;
                }
            }
        }
        true
    }

    /// Whether it is known how much room there is.
    fn is_measured(&self) -> bool {
        self.room.map_or(self.frame.0, |room| room.main.0) > 0.0
    }

    /// Brings into effect what is not drawn: address, title, focus, places of scrolling, the live region.
    fn follow(&mut self, link: &Scope<App>) {
        // What is drawn before is not seen yet, and can take no focus.
        let measured = self.is_measured();
        let Self { reader, done, .. } = self;
        let state = &reader.state;
        if done.theme.replace(state.view.theme) != Some(state.view.theme) {
            web::set_theme(state.view.theme);
        }
        done.follow_address(reader);
        #[cfg(feature = "large")]
        if let (Some(hung), Some(main)) = (&mut *reader.spots.hung.borrow_mut(), reader.spots.main.cast()) {
            picture::watch(reader, &main);
            hung.place(&main);
            if hung.is_wide() {
                let link = link.clone();
                done.settle_timer = Some(web::after(SETTLE_MS, move || link.send_message(Message::Settle)));
            }
        }
        let (scrolled, missed) = self.rows.settle(reader);
        if missed {
            link.send_message(Message::Scrolled);
        }
        if measured {
            let lost = done.held.take().is_some_and(|held| held.offset_height() == 0);
            let wanted = state.ui.focus.filter(|_| done.focus != state.ui.focus);
            // What comes into view by a movement takes focus at its end; until then keys go to the chart.
            let waits = self.glide.moves() && matches!(wanted, Some((Focus::Event(_), _)));
            if !waits {
                done.focus = state.ui.focus;
            }
            if waits {
                let _ = lost && reader.spots.root.cast().is_some_and(|root| web::focus(&root, ".stage"));
            } else if lost && scrolled && wanted.is_none() {
                // Its row was scrolled away.
                let _ = reader.spots.root.cast().is_some_and(|root| web::focus(&root, ".vtl"));
            } else if (lost || wanted.is_some()) && web::may_focus(lost) {
                focus(reader, wanted.map(|(focus, _)| focus));
            }
        }
        if self.room.is_none() && self.frame.0 > 0.0 {
            if done.scrolled_to != state.view.selection {
                done.scrolled_to = state.view.selection;
                if let Some(event) = state.view.selection {
                    narrow::scroll_to(reader, event);
                }
            }
            if done.rest_timer.is_none() {
                // A list that opens on a day begins with what had begun by then.
                if let Some(event) =
                    state.view.moment.and(state.ui.cursor).filter(|_| state.view.selection.is_none())
                {
                    narrow::scroll_to(reader, event);
                }
                link.send_message(Message::Scrolled);
                let link = link.clone();
                done.rest_timer = Some(web::after(REST_MS, move || link.send_message(Message::Rest)));
            }
        }
        let hit = (state.ui.overlay == Some(Overlay::Results)).then_some(state.ui.active_hit);
        if done.hit != hit {
            done.hit = hit;
            hit.into_iter().for_each(reveal_hit);
        }
        // It may stand in a track above or below what is in view.
        if self.room.is_some()
            && done.revealed != state.view.selection
            && self.planned == state.view.selection
            && !self.glide.moves()
        {
            done.revealed = state.view.selection;
            if let Some(event) = state.view.selection {
                wide::reveal(reader, event);
            }
        }
        if done.mapped != state.view.selection {
            done.mapped = state.view.selection;
            draw_map(reader, link);
        }
        done.announce(reader, link);
        #[cfg(feature = "large")]
        if self.desk.is_some()
            && self.room.is_some()
            && self.plan.is_some()
            && self.planned != state.view.selection
        {
            let link = link.clone();
            done.choose_timer = Some(web::after(CHOOSE_MS, move || link.send_message(Message::Choose)));
        }
        #[cfg(feature = "large")]
        if let Some(desk) = &mut self.desk {
            desk.ask(reader, self.room.filter(|_| measured), link);
            if std::mem::take(&mut desk.has_news) {
                done.say_later(link);
            }
        }
        if self.glide.moves() {
            let link = link.clone();
            done.frame = Some(request_animation_frame(move |now| link.send_message(Message::Frame(now))));
        }
    }
}

impl Done {
    /// Keeps the address of the page in step, and its title.
    fn follow_address(&mut self, reader: &Reader) {
        let state = &reader.state;
        let own = state.address();
        // An address that names no event stays as it is while the notice says so.
        let unknown = match &state.ui.notice {
            Some(Notice::Unknown(name)) => Some(Rc::clone(name)),
            _ => None,
        };
        if self.address.as_ref() == Some(&own) && self.unknown == unknown {
            return;
        }
        let story = reader.read(&state.timeline.title).text;
        web::set_title(&match state.view.selection {
            Some(event) => [reader.read(&state.timeline.events[event].label).text, " · ", story].concat(),
            None => story.to_owned(),
        });
        let current = web::current_address();
        let mut wanted =
            Address { source: current.source.clone(), rest: current.rest.clone(), ..own.clone() };
        self.address = Some(own);
        if unknown.is_some() && unknown == current.event {
            wanted.event.clone_from(&unknown);
        }
        self.unknown = unknown;
        self.address_timer = None;
        if wanted.event != current.event {
            web::push(&wanted);
        } else if wanted != current {
            self.address_timer = Some(web::after(ADDRESS_MS, move || {
                if web::current_address().event == wanted.event {
                    web::replace(&wanted);
                }
            }));
        }
    }

    /// Lets the live region say how things stand after a pause.
    fn announce(&mut self, reader: &Reader, link: &Scope<App>) {
        let state = &reader.state;
        match &mut self.announced {
            // Nothing has happened yet when the page opens, so nothing is said.
            None => self.announced = Some((Rc::clone(state), announcement(reader))),
            Some((before, _)) if Rc::ptr_eq(before, state) => {}
            Some((before, _)) => {
                before.clone_from(state);
                self.say_later(link);
            }
        }
    }

    fn say_later(&mut self, link: &Scope<App>) {
        let link = link.clone();
        self.voice_timer = Some(web::after(PAUSE_MS, move || link.send_message(Message::Say)));
    }
}

/// Asks for the map of the chosen event. Where it does not come, the places are named all the same.
fn draw_map(reader: &Reader, link: &Scope<App>) {
    let Some(event) = reader.state.view.selection else { return };
    let timeline = reader.timeline();
    let places = timeline.events[event].places.iter().map(|place| &timeline.places[*place]);
    let mut request = String::new();
    for place in places {
        let letters = short_name(reader.read(&place.name).text).chars().count();
        for number in [(place.lat * 100.0).round() as i64, (place.lon * 100.0).round() as i64, letters as i64]
        {
            request.push_str(&number.to_string());
            request.push(' ');
        }
    }
    let link = link.clone();
    if !request.is_empty() {
        web::ask(Ask::Locate, &request, move |map| {
            if let Answer::Text(map) = map
                && let Some(map) = Drawing::parse(&map)
            {
                link.send_message(Message::Mapped(event, Rc::new(map)));
            }
        });
    }
}

/// Moves focus where the last action wants it. Where that is not there, or what had focus has gone, the tab stop of the chart
/// or list takes it, or the search field where nothing is found.
fn focus(reader: &Reader, wanted: Option<Focus>) {
    let Some(root) = reader.spots.root.cast::<Element>() else { return };
    let (own, event) = match wanted {
        Some(Focus::Title) => ("h1", None),
        Some(Focus::Detail) => ("#p-h", None),
        Some(Focus::Search) => ("#find", None),
        Some(Focus::Pile) => (".pile a", None),
        Some(Focus::Event(event)) => ("", Some(event)),
        None => ("", None),
    };
    let _ = web::focus(&root, own)
        || event.is_some_and(|event| focus_event(reader, &root, event))
        || reader.tab_stop().is_some_and(|event| focus_event(reader, &root, event))
        || web::focus(&root, "#find");
}

/// Moves focus to the control of an event, and says whether there is one.
fn focus_event(reader: &Reader, root: &Element, event: usize) -> bool {
    narrow::scroll_to(reader, event);
    wide::reveal(reader, event);
    web::focus(root, &reader.control(event))
}

/// How things stand, for the ear: the sentence of the reading line, what a search finds, else how many events are in view.
fn announcement(reader: &Reader) -> String {
    let state = &reader.state;
    if let (Some(moment), true) = (state.view.moment, state.ui.moment_pinned) {
        return text::moment_sentence(reader.timeline(), moment, reader.locale);
    }
    if state.ui.overlay == Some(Overlay::Results) {
        let query = state.view.filter.text.trim();
        #[cfg(feature = "large")]
        if reader.found.text != state.view.filter.text {
            return reader.locale.words().searching().to_owned();
        }
        return reader.locale.words().results_header(
            reader.found.total,
            reader.timeline().events.len(),
            query,
        );
    }
    view_in_words(reader)
}

/// How many events are in view, and from when to when that is.
pub(super) fn view_in_words(reader: &Reader) -> String {
    let span = reader.state.view.span;
    let events = &reader.timeline().events;
    let standing = events.count(|event, outline| reader.found.matches[event] && outline.reach.overlaps(span));
    let [from, to] = text::period(span, reader.locale);
    reader.locale.words().view_announcement(standing, events.len(), &from, &to)
}
