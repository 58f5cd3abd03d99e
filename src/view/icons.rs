//! Icons and marks from the page's symbol sheet.

use yew::prelude::*;

use super::markup::html;

/// An icon beside words, or in a button that has a name of its own.
pub(super) fn icon(name: &'static str) -> Html {
    symbol("ic", name)
}

/// The same at 16 px.
pub(super) fn small_icon(name: &'static str) -> Html {
    symbol("ic s", name)
}

fn symbol(class: &'static str, name: &str) -> Html {
    html! { <svg {class} aria-hidden="true"><use href={["#i-", name].concat()} /></svg> }
}

/// The mark of a track, in the colour of the nearest `data-thread`.
pub(super) fn mark(track: usize) -> Html {
    html! {
        <svg class="mk" aria-hidden="true"><use href={mark_href(track)} /></svg>
    }
}

/// Where the symbol of a track's mark is.
pub(super) fn mark_href(track: usize) -> String {
    ["#m-", &(track % 10 + 1).to_string()].concat()
}

/// Six colours and ten marks go round: own data with more tracks repeats the colours with other marks.
pub(super) fn thread(track: usize) -> &'static str {
    ["1", "2", "3", "4", "5", "6"][track % 6]
}
