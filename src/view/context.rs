//! What everything that draws needs: the state, what follows from it, and a way to act.

use std::cell::{Cell, OnceCell, RefCell};
use std::ops::Deref;
use std::rc::Rc;

#[cfg(feature = "large")]
use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::{Callback, Html, MouseEvent, NodeRef};

use super::gestures::{Drag, Gesture};
use super::markup::{Handler, html};
#[cfg(feature = "large")]
use super::picture::Hung;
use crate::geo::Drawing;
use crate::model::{Localised, Text, Timeline};
use crate::query::Found;
use crate::scale::Short;
use crate::state::{Action, AppState, event_hash};
use crate::text::Locale;
#[cfg(feature = "large")]
use crate::time::TimePoint;
use crate::time::TimeSpan;

/// What outlives a rendering: elements that are measured or moved, and what a pointer is doing to them.
#[derive(Default)]
pub(super) struct Spots {
    /// All of the app's own.
    pub(super) root: NodeRef,
    /// The box of the chart.
    pub(super) main: NodeRef,
    /// The axis, which is as wide as the plot.
    pub(super) plot: NodeRef,
    /// The strip over the whole story.
    pub(super) strip: NodeRef,
    /// The list of the narrow form.
    pub(super) list: NodeRef,
    /// The stretch of time that the chart shows, also while it moves.
    pub(super) shown: Cell<Option<TimeSpan>>,
    /// The pointers that are down on the plot.
    pub(super) gesture: RefCell<Gesture>,
    /// The part of the strip that is being dragged.
    pub(super) drag: Cell<Option<Drag>>,
    /// The picture of a large timeline that was drawn last.
    #[cfg(feature = "large")]
    pub(super) hung: RefCell<Option<Hung>>,
    /// What was found to go on at a moment.
    #[cfg(feature = "large")]
    pub(super) sentence: RefCell<Option<(TimePoint, Rc<str>)>>,
    /// How far its tracks are scrolled, in pixels, and the box that is watched for that.
    #[cfg(feature = "large")]
    pub(super) scrolled: Cell<f64>,
    #[cfg(feature = "large")]
    pub(super) watched: RefCell<Option<(Element, EventListener)>>,
}

/// Handed to everything that draws; cheap to clone.
#[derive(Clone)]
pub(super) struct Reader(pub(super) Rc<Shared>);

/// What a [`Reader`] gives access to.
#[derive(Clone)]
pub(super) struct Shared {
    /// What the reader is doing.
    pub(super) state: Rc<AppState>,
    /// What search and filter leave.
    pub(super) found: Rc<Found>,
    /// The language of the interface.
    pub(super) locale: Locale,
    /// The map of the chosen event, once it is drawn.
    pub(super) map: Option<(usize, Rc<Drawing>)>,
    /// The whole story as the strip shows it, high and low.
    pub(super) strips: Rc<[OnceCell<Html>; 2]>,
    /// The tab stop of this state, once it was asked for: of a large timeline it takes a while to find.
    #[cfg(feature = "large")]
    pub(super) tab_stop: OnceCell<Option<usize>>,
    /// What outlives a rendering.
    pub(super) spots: Rc<Spots>,
    /// Does something.
    pub(super) dispatch: Callback<Action>,
    /// Says that the list of the narrow form was scrolled.
    pub(super) scrolled: Callback<()>,
}

impl Deref for Reader {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl Reader {
    /// The history.
    pub(super) fn timeline(&self) -> &Timeline {
        &self.state.timeline
    }

    /// The text for this reader.
    pub(super) fn read<'a>(&self, text: &'a Text) -> Localised<'a> {
        text.best(self.locale.tag())
    }

    /// The words of a text for this reader, in an element with their language where it is not the page's.
    pub(super) fn html(&self, text: &Text) -> Html {
        let Localised { lang, text } = self.read(text);
        if lang.is_empty() || lang == self.locale.tag() {
            html! { {text} }
        } else {
            html! { <span lang={lang.to_owned()}>{text}</span> }
        }
    }

    /// The event that is the tab stop.
    pub(super) fn tab_stop(&self) -> Option<usize> {
        let find = || self.state.tab_stop(&self.found.matches);
        #[cfg(feature = "large")]
        let find = || *self.tab_stop.get_or_init(find);
        find()
    }

    /// Whether the filter leaves no event.
    pub(super) fn is_empty(&self) -> bool {
        self.found.active && !self.found.matches.contains(&true)
    }

    /// How many events of a track stand, or would if it were shown.
    pub(super) fn count(&self, track: usize) -> usize {
        self.found.counts.tracks.get(track).copied().unwrap_or_default()
    }

    /// Does something.
    pub(super) fn act(&self, action: Action) {
        self.dispatch.emit(action);
    }

    /// A handler that does something, whatever the event.
    pub(super) fn on<E: JsCast>(&self, action: Action) -> Handler<E> {
        let dispatch = self.dispatch.clone();
        Handler::any(move || dispatch.emit(action.clone()))
    }

    /// A handler that is a function of this reader.
    pub(super) fn hear<E: JsCast + 'static>(&self, handler: fn(&Self, &E)) -> Handler<E> {
        let reader = self.clone();
        Handler::new(move |event| handler(&reader, event))
    }

    /// A handler that is a function of this reader and a number, of an event or of whatever else it stands beside.
    pub(super) fn hear_at<E: JsCast + 'static>(
        &self,
        place: usize,
        handler: fn(&Self, usize, &E),
    ) -> Handler<E> {
        let reader = self.clone();
        Handler::new(move |event| handler(&reader, place, event))
    }

    /// A handler for a link to an event: chooses it instead of following the link, unless a new tab is asked for.
    pub(super) fn on_event_link(&self, event: usize) -> Handler<MouseEvent> {
        self.hear_at(event, |reader, event, click| {
            if !wants_new_tab(click) {
                click.prevent_default();
                reader.act(Action::Select(Some(event)));
            }
        })
    }

    /// The event whose control a click or a focus came to.
    pub(super) fn event_at(&self, event: &web_sys::Event) -> Option<usize> {
        self.event_of(&event.target()?.dyn_into().ok()?)
    }

    /// The event whose control an element is, or lies in.
    pub(super) fn event_of(&self, element: &Element) -> Option<usize> {
        let control = element.closest("[data-event-id]").ok()??;
        self.timeline().event_by_id(&control.get_attribute("data-event-id")?)
    }

    /// The `aria-current` of an event's control: the chosen one is.
    pub(super) fn current(&self, event: usize) -> Option<&'static str> {
        (self.state.view.selection == Some(event)).then_some("true")
    }

    /// The selector of an event's control in the chart or list.
    pub(super) fn control(&self, event: usize) -> String {
        let mut selector = "[data-timeline] [data-event-id=\"".to_owned();
        for letter in self.timeline().events[event].id.chars() {
            if matches!(letter, '"' | '\\') {
                selector.push('\\');
            }
            selector.push(letter);
        }
        selector.push_str("\"]");
        selector
    }

    /// The `href` of an event.
    pub(super) fn href(&self, event: usize) -> String {
        event_hash(&self.timeline().events[event].id)
    }
}

/// Whether a click on a link asks for a new tab or window, which is left to the browser.
pub(super) fn wants_new_tab(click: &MouseEvent) -> bool {
    click.ctrl_key() || click.meta_key() || click.shift_key() || click.button() != 0
}

/// The classes of an element: those that hold.
pub(super) fn class_list(classes: &[(&str, bool)]) -> String {
    let mut list = String::new();
    for (class, _) in classes.iter().filter(|(_, holds)| *holds) {
        list.push_str(class);
        list.push(' ');
    }
    list
}

/// Declarations of a style, each in pixels: `left:3px;`.
pub(super) fn px(declarations: &[(&str, f64)]) -> String {
    let mut style = String::new();
    for (property, px) in declarations {
        style.push_str(property);
        style.push(':');
        style.push_str(&Short(*px).to_string());
        style.push_str("px;");
    }
    style
}
