//! What is printed of a timeline that did not come with the page: the list of its events with their sources.
//!
//! The page's own story is printed from the list that came with it.

use yew::prelude::*;

#[cfg(feature = "large")]
use super::app::view_in_words;
use super::context::Reader;
use super::markup::html;
use crate::text;

/// Of a large timeline those events are printed that begin in view, and no more of them.
#[cfg(feature = "large")]
const MOST: usize = 2000;

/// The list, which is there only while the page is printed.
pub(super) fn sheet(reader: &Reader) -> Html {
    let timeline = reader.timeline();
    let printed = 0..timeline.events.len();
    #[cfg(not(feature = "large"))]
    let said = "";
    #[cfg(feature = "large")]
    let (printed, said) = printed_of_many(reader, printed);
    let rows = printed.into_iter().map(|index| {
        let event = &timeline.events[index];
        let body = event
            .body
            .iter()
            .enumerate()
            .map(|(place, paragraph)| html! { <p key={place}>{ reader.html(paragraph) }</p> });
        let sources = event.citations.iter().enumerate().map(|(place, citation)| {
            let source = &timeline.sources[citation.source];
            html! { <li key={place}>{&*source.citation}</li> }
        });
        html! {
            <li key={&event.id}>
                <h2>{ reader.html(&event.title) }</h2>
                <p class="when">{ text::full_date(&event.date, reader.locale) }</p>
                <p>{ reader.html(&event.summary) }</p>
                <div>{ for body }</div>
                <ol>{ for sources }</ol>
            </li>
        }
    });
    html! {
        <div class="pr-story">
            <h1>{ reader.html(&timeline.title) }</h1>
            <p>{ said }</p>
            <ol>{ for rows }</ol>
        </div>
    }
}

/// Which events are printed, and what is said if they are not all.
#[cfg(feature = "large")]
fn printed_of_many(reader: &Reader, all: std::ops::Range<usize>) -> (Vec<usize>, String) {
    let timeline = reader.timeline();
    if timeline.events.shelf().is_none() {
        return (all.collect(), String::new());
    }
    let (matches, span) = (&reader.found.matches, reader.state.view.span);
    let printed =
        all.filter(|event| matches[*event] && span.contains(timeline.events.outline(*event).anchor));
    (printed.take(MOST).collect(), view_in_words(reader))
}
