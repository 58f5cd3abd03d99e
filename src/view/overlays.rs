//! What lies over everything else: the list of keys, notices, and the one voice for the ear.

use web_sys::{Event, HtmlDialogElement};
use yew::Html;

use super::context::{Reader, class_list};
use super::icons::icon;
use super::markup::html;
use crate::state::{Action, Notice, Overlay};
use crate::text::Words as _;

/// Opens and closes the list of keys as the state says.
pub(super) fn follow_keys(reader: &Reader) {
    let open = reader.state.ui.overlay == Some(Overlay::Keys);
    if let Some(dialog) = reader.spots.keys.cast::<HtmlDialogElement>() {
        if open && !dialog.open() {
            let _ = dialog.show_modal();
        } else if !open && dialog.open() {
            dialog.close();
        }
    }
}

/// The keys, in a modal dialog of the browser's own.
pub(super) fn keys(reader: &Reader) -> Html {
    let words = reader.locale.words();
    let rows = words.key_rows().iter().map(|(keys, does)| {
        html! { <div key={*does}><dt><kbd>{*keys}</kbd></dt><dd>{*does}</dd></div> }
    });
    let onclose = reader.hear(|reader, _: &Event| {
        if reader.state.ui.overlay == Some(Overlay::Keys) {
            reader.act(Action::CloseOverlay);
        }
    });
    html! {
        <dialog class="dlg narrow" aria-labelledby="keys-h" ref={reader.spots.keys.clone()} {onclose}>
            <div class="dlg-h">
                <h2 id="keys-h">{words.keys()}</h2>
                <button type="button" class="btn sq" aria-label={words.close()} onclick={reader.on(Action::CloseOverlay)}>{ icon("close") }</button>
            </div>
            <dl class="keys">{ for rows }</dl>
            <p class="note">
                <label>
                    <input type="checkbox" checked={!reader.state.ui.keys_off} onchange={reader.on(Action::ToggleKeys)} />
                    {" "}{words.single_keys()}
                </label>
            </p>
        </dialog>
    }
}

/// One line that says what happened, until it is closed or something else is done.
pub(super) fn notice_line(reader: &Reader) -> Html {
    let words = reader.locale.words();
    let text = match &reader.state.ui.notice {
        None => html! {},
        Some(Notice::UnknownEvent(id)) => html! { <span>{words.unknown_event(id)}</span> },
        Some(Notice::LinkCopied) => html! { <span>{words.link_copied()}</span> },
        Some(Notice::CitationCopied) => html! { <span>{words.citation_copied()}</span> },
        Some(Notice::CopyByHand(text)) => html! {
            <label>{words.copy_by_hand()}<input type="text" readonly=true value={text.to_string()} /></label>
        },
    };
    let open = reader.state.ui.notice.is_some();
    html! {
        <div class={class_list(&[("notice", true), ("gone", !open)])}>
            <div role="status">{text}</div>
            <button type="button" class="btn sq" hidden={!open} aria-label={words.close()} onclick={reader.on(Action::Notice(None))}>{ icon("close") }</button>
        </div>
    }
}
