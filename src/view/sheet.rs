//! What is printed of a timeline that did not come with the page: the list of its events with their sources.
//!
//! The page's own story is printed from the list that came with it.

use yew::prelude::*;

use super::context::Reader;
use super::markup::html;
use crate::text;

/// The whole list, which is there only while the page is printed.
pub(super) fn sheet(reader: &Reader) -> Html {
    let timeline = reader.timeline();
    let rows = timeline.events.iter().map(|event| {
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
            <ol>{ for rows }</ol>
        </div>
    }
}
