//! Notices, which lie over everything else.

use yew::Html;

use super::context::{Reader, class_list};
use super::icons::icon;
use super::markup::html;
use crate::state::{Action, Notice};
use crate::text::Words as _;

/// One line that says what happened, until it is closed or something else is done.
pub(super) fn notice_line(reader: &Reader) -> Html {
    let words = reader.locale.words();
    let text = match &reader.state.ui.notice {
        None => html! {},
        Some(Notice::Unknown(name)) => html! { <span>{words.unknown(name)}</span> },
    };
    let open = reader.state.ui.notice.is_some();
    html! {
        <div class={class_list(&[("notice", true), ("gone", !open)])}>
            <div role="status">{text}</div>
            <button type="button" class="btn sq" hidden={!open} aria-label={words.close()} onclick={reader.on(Action::Notice(None))}>{ icon("close") }</button>
        </div>
    }
}
