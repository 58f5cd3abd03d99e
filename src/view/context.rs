//! What every component needs: the state, what follows from it, and a way to act.

use std::ops::Deref;
use std::rc::Rc;

use yew::prelude::*;

use super::markup::html;

use crate::model::{Localised, Text, Timeline};
use crate::query::{Hit, Search};
use crate::state::{Action, AppState, event_hash};
use crate::text::Locale;

/// What search and filter leave.
#[derive(Debug, PartialEq)]
pub(super) struct Found {
    /// Search results, best first; empty without search words.
    pub(super) hits: Vec<Hit>,
    /// For each event, whether it stands.
    pub(super) matches: Vec<bool>,
    /// Whether anything is filtered at all.
    pub(super) active: bool,
}

/// Handed to every component; cheap to clone and to compare.
#[derive(Clone)]
pub(super) struct Reader(pub(super) Rc<Shared>);

/// What a [`Reader`] gives access to.
pub(super) struct Shared {
    /// What the reader is doing.
    pub(super) state: Rc<AppState>,
    /// What search and filter leave.
    pub(super) found: Rc<Found>,
    /// The words of all events, ready for searching.
    pub(super) search: Rc<Search>,
    /// The language of the interface.
    pub(super) locale: Locale,
    /// Does something.
    pub(super) dispatch: Callback<Action>,
}

impl Deref for Reader {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl PartialEq for Reader {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.state, &other.state)
            && Rc::ptr_eq(&self.found, &other.found)
            && self.locale == other.locale
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

    /// Does something.
    pub(super) fn act(&self, action: Action) {
        self.dispatch.emit(action);
    }

    /// A handler that does something, whatever the event.
    pub(super) fn on<E>(&self, action: Action) -> Callback<E> {
        let dispatch = self.dispatch.clone();
        Callback::from(move |_| dispatch.emit(action.clone()))
    }

    /// A handler for a link to an event: chooses it instead of following the link, unless a new tab is asked for.
    pub(super) fn on_event_link(&self, event: usize) -> Callback<MouseEvent> {
        let dispatch = self.dispatch.clone();
        Callback::from(move |click: MouseEvent| {
            if click.ctrl_key() || click.meta_key() || click.shift_key() || click.button() != 0 {
                return;
            }
            click.prevent_default();
            dispatch.emit(Action::Select(Some(event)));
        })
    }

    /// The `href` of an event.
    pub(super) fn href(&self, event: usize) -> String {
        event_hash(&self.timeline().events[event].id)
    }
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
