//! Title, search, and the few tools.

use wasm_bindgen::JsCast as _;
use web_sys::{HtmlElement, HtmlInputElement, InputEvent, KeyboardEvent, MouseEvent, PointerEvent};
use yew::Html;

use super::context::Reader;
use super::icons::{icon, mark, small_icon, thread};
use super::keys::{focus_menu_button, stop};
use super::markup::html;
use crate::model::Term;
use crate::query::{Filter, match_ranges};
use crate::state::{Action, Overlay, Theme};
use crate::text::{self, Words as _};

/// How much room the head of the page has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// All of it.
    Wide,
    /// A low frame: one menu for all tools.
    Compact,
    /// A phone: one menu, and a line of facts instead of the deck.
    Narrow,
}

/// At most so many results are listed; the chart shows them all.
const MAX_RESULTS: usize = 100;

/// The place in the toolbar of the first menu.
const AFTER_SHARING: usize = if cfg!(feature = "element") { 0 } else { 1 };

/// The head of the page.
pub(super) fn masthead(reader: &Reader, form: Form) -> Html {
    let timeline = reader.timeline();
    let words = reader.locale.words();
    let title = reader.read(&timeline.title);
    let deck = reader.read(&timeline.deck);
    let under = if form == Form::Narrow {
        html! { <p class="deck">{ words.facts(&text::year_range(timeline, reader.locale), timeline.events.len()) }</p> }
    } else {
        html! { <p class="deck" lang={deck.lang.to_owned()}>{deck.text}</p> }
    };
    // Sharing is a matter of a page of one's own.
    #[cfg(feature = "element")]
    let share = html! {};
    #[cfg(not(feature = "element"))]
    let share = html! {
        <button type="button" class="btn sq" aria-label={words.share()} title={words.share()} tabindex={stop(0)} data-share="all">
            { icon("share") }
        </button>
    };
    let menus = if form == Form::Wide {
        html! {
            <div>
                { share }
                { menu(reader, AFTER_SHARING, Overlay::Filters, "filter", words.filter(), filter_lists) }
                { menu(reader, AFTER_SHARING + 1, Overlay::Appearance, "tone", words.appearance(), looks) }
                { menu(reader, AFTER_SHARING + 2, Overlay::More, "more", words.more(), commands) }
            </div>
        }
    } else {
        html! { <div>{ share }{ menu(reader, AFTER_SHARING, Overlay::More, "more", words.more(), all_tools) }</div> }
    };
    html! {
        <header class="mast">
            <div class="tt">
                <h1 tabindex="-1" lang={title.lang.to_owned()}>{title.text}</h1>
                { under }
            </div>
            <div class="tools">
                { search_field(reader) }
                <div class="menus" role="toolbar" aria-label={words.tools()}>{ menus }</div>
            </div>
        </header>
    }
}

/// How many results are listed.
fn listed(reader: &Reader) -> usize {
    reader.found.hits.len().min(MAX_RESULTS)
}

fn on_search_key(reader: &Reader, key: &KeyboardEvent) {
    let open = reader.state.ui.overlay == Some(Overlay::Results);
    let (active, listed) = (reader.state.ui.active_hit, listed(reader));
    let action = match key.key().as_str() {
        "ArrowDown" if !open && listed > 0 => Action::Overlay(Overlay::Results),
        "ArrowDown" if open => Action::ActiveHit((active + 1) % listed.max(1)),
        "ArrowUp" if open => Action::ActiveHit((active + listed.max(1) - 1) % listed.max(1)),
        "Enter" if open => match reader.found.hits.get(active) {
            Some(hit) => Action::Select(Some(hit.event)),
            None => return,
        },
        // Once there are neither results nor words to clear, it is the page's.
        "Escape" if !open && !reader.state.view.filter.text.is_empty() => Action::Search(String::new()),
        _ => return,
    };
    key.prevent_default();
    key.stop_propagation();
    reader.act(action);
}

fn on_search(reader: &Reader, input: &InputEvent) {
    if let Some(field) = input.target() {
        // Nothing but the field hears its own input.
        reader.act(Action::Search(field.unchecked_into::<HtmlInputElement>().value()));
    }
}

fn search_field(reader: &Reader) -> Html {
    let words = reader.locale.words();
    let ui = &reader.state.ui;
    let query = &reader.state.view.filter.text;
    let open = ui.overlay == Some(Overlay::Results);
    let shown = if open { listed(reader) } else { 0 };
    let total = reader.timeline().events.len();
    let active = if shown > 0 { hit_id(ui.active_hit) } else { String::new() };
    let told = words.results_header(reader.found.total, total, query.trim());
    #[cfg(feature = "large")]
    let told = if reader.found.text == *query { told } else { words.searching().to_owned() };
    html! {
        <search class="find-box">
            <div class="find">
                { small_icon("search") }
                <input
                    type="search"
                    id="find"
                    role="combobox"
                    aria-label={words.search_label()}
                    aria-expanded={shown > 0}
                    aria-controls="results"
                    aria-autocomplete="list"
                    aria-activedescendant={active}
                    autocomplete="off"
                    spellcheck="false"
                    placeholder={words.search_placeholder(total)}
                    value={query.clone()}
                    onclick={reader.on(Action::Search(query.clone()))}
                    oninput={reader.hear(on_search)}
                    onkeydown={reader.hear(on_search_key)}
                />
                <kbd aria-hidden="true">{"/"}</kbd>
            </div>
            <div class="results" hidden={!open}>
                <p class="r-h">{ told }</p>
                <ul id="results" role="listbox" aria-label={words.results_label()}>
                    { for (0..shown).map(|place| result(reader, place)) }
                </ul>
                <p class="r-f" aria-hidden="true">{ words.results_keys() }</p>
            </div>
        </search>
    }
}

fn hit_id(place: usize) -> String {
    ["hit-", &place.to_string()].concat()
}

/// Scrolls the list of results, and nothing around it, so far that the option is in view.
pub(super) fn reveal_hit(place: usize) {
    let option = crate::web::by_id(&hit_id(place));
    let Some(option) = option.and_then(|option| option.dyn_into::<HtmlElement>().ok()) else { return };
    let Some(list) = option.parent_element() else { return };
    let last = option.offset_top();
    let first = last + option.offset_height() - list.client_height();
    let now = list.scroll_top();
    if now > last {
        list.set_scroll_top(last);
    } else if now < first {
        list.set_scroll_top(first);
    }
}

fn result(reader: &Reader, place: usize) -> Html {
    let hit = &reader.found.hits[place];
    let event = &reader.timeline().events[hit.event];
    let active = reader.state.ui.active_hit == place;
    let title = reader.read(&event.title);
    let shown = if hit.context.is_empty() { title.text } else { &hit.context };
    let onpointerdown = reader.hear_at(hit.event, |reader, event, pointer: &PointerEvent| {
        pointer.prevent_default();
        reader.act(Action::Select(Some(event)));
    });
    let second = if hit.context.is_empty() {
        html! {}
    } else {
        html! { <small>{ marked(shown, &reader.state.view.filter.text) }</small> }
    };
    html! {
        <li key={&event.id} id={hit_id(place)} role="option" aria-selected={active} data-thread={thread(event.track)} {onpointerdown}>
            { mark(event.track) }
            <span class="r-t" lang={title.lang.to_owned()}>{ marked(title.text, &reader.state.view.filter.text) }{ second }</span>
            <span class="when">{ text::short_date_with_year(&event.date, reader.locale) }</span>
        </li>
    }
}

/// A text with the search words marked.
pub(super) fn marked(shown: &str, query: &str) -> Html {
    let piece = |from: usize, to: usize| shown.get(from..to).unwrap_or_default();
    let mut parts = Vec::new();
    let mut at = 0;
    for range in match_ranges(shown, query) {
        parts.push(html! { <span key={at}>{piece(at, range.start)}</span> });
        parts.push(html! { <mark key={format!("m{at}")}>{piece(range.start, range.end)}</mark> });
        at = range.end;
    }
    parts.push(html! { <span key={at}>{piece(at, shown.len())}</span> });
    html! { <span>{ for parts }</span> }
}

/// A button and the box that it opens, which is filled while it is open; `place` is the button's place in its toolbar.
fn menu(
    reader: &Reader,
    place: usize,
    overlay: Overlay,
    name: &'static str,
    label: &'static str,
    content: fn(&Reader) -> Html,
) -> Html {
    let open = reader.state.ui.overlay == Some(overlay);
    let id = ["menu-", name].concat();
    html! {
        <div class={["menu-box ", name, "-box"].concat()}>
            <button
                type="button"
                class="btn sq"
                aria-label={label}
                title={label}
                tabindex={stop(place)}
                aria-expanded={open}
                aria-controls={id.clone()}
                onclick={reader.on(Action::Overlay(overlay))}
            >
                { icon(name) }
            </button>
            <div class="menu" {id} hidden={!open}>{ for open.then(|| content(reader)) }</div>
        </div>
    }
}

fn all_tools(reader: &Reader) -> Html {
    html! { <>{ filter_lists(reader) }{ looks(reader) }{ commands(reader) }</> }
}

fn looks(reader: &Reader) -> Html {
    let words = reader.locale.words();
    let rows = Theme::ALL.into_iter().map(|theme| {
        let name = words.theme(theme.id());
        let checked = reader.state.view.theme == theme;
        html! {
            <li key={name}>
                <label>
                    <input type="radio" name="theme" {checked} onchange={reader.on(Action::Theme(theme))} />
                    {name}
                </label>
            </li>
        }
    });
    html! {
        <fieldset>
            <legend>{words.appearance()}</legend>
            <ul>{ for rows }</ul>
        </fieldset>
    }
}

fn commands(reader: &Reader) -> Html {
    let words = reader.locale.words();
    let keys = reader.hear(|reader, click: &MouseEvent| {
        // The dialog gives focus back to what had it before, which must not be part of the menu that closes.
        focus_menu_button(click);
        reader.act(Action::CloseOverlay);
        crate::web::show_dialog("keys");
    });
    html! {
        <ul>
            <li><button type="button" class="btn" data-share="print">{ icon("print") }{words.print()}</button></li>
            <li><button type="button" class="btn" onclick={keys}>{ icon("help") }{words.keys()}</button></li>
        </ul>
    }
}

fn filter_lists(reader: &Reader) -> Html {
    let timeline = reader.timeline();
    let words = reader.locale.words();
    let filter = &reader.state.view.filter;
    // What the whole story has none of is not offered.
    let all = || Filter::none(timeline).counts(timeline, &vec![true; timeline.events.len()]);
    #[cfg(feature = "large")]
    let all = || if timeline.events.shelf().is_some() { reader.found.counts.clone() } else { all() };
    let all = all();
    let now = &reader.found.counts;
    let list = |legend: &'static str,
                terms: &[Term],
                kept: &[usize],
                all: &[usize],
                now: &[usize],
                action: fn(usize) -> Action| {
        let rows = terms.iter().enumerate().filter(|(index, _)| all[*index] > 0).map(|(index, term)| {
            let checked = kept.contains(&index);
            let note = reader.read(&term.note).text.to_owned();
            html! {
                <li key={&term.id}>
                    <label title={note}>
                        <input type="checkbox" {checked} onchange={reader.on(action(index))} />
                        <span>{ reader.html(&term.name) }</span>
                        <span class="n">{now[index]}</span>
                    </label>
                </li>
            }
        });
        html! {
            <fieldset>
                <legend>{legend}</legend>
                <ul>{ for rows }</ul>
            </fieldset>
        }
    };
    html! {
        <div class="filters">
            { list(words.themes(), &timeline.themes, &filter.themes, &all.themes, &now.themes, Action::ToggleTheme) }
            { list(words.parties(), &timeline.parties, &filter.parties, &all.parties, &now.parties, Action::ToggleParty) }
        </div>
    }
}

/// The bar that shows, while a filter is on, what is left out and how to take it back; the narrow form shows it `always`.
pub(super) fn filter_bar(reader: &Reader, always: bool) -> Html {
    let timeline = reader.timeline();
    let words = reader.locale.words();
    let filter = &reader.state.view.filter;
    let chips = timeline.tracks.iter().enumerate().map(|(index, track)| {
        let hidden = filter.hidden_tracks.get(index).copied().unwrap_or(false);
        html! {
            <li key={&track.id} data-thread={thread(index)}>
                <button type="button" tabindex={stop(index)} aria-pressed={!hidden} onclick={reader.on(Action::ToggleTrack(index))}>
                    { mark(index) }
                    { reader.html(&track.short) }
                    <span class="n">{reader.count(index)}</span>
                </button>
            </li>
        }
    });
    let mut crumbs: Vec<(String, Action)> = Vec::new();
    let text = filter.text.trim();
    if !text.is_empty() {
        crumbs.push((words.quoted(text), Action::Search(String::new())));
    }
    for theme in &filter.themes {
        crumbs
            .push((reader.read(&timeline.themes[*theme].name).text.to_owned(), Action::ToggleTheme(*theme)));
    }
    for party in &filter.parties {
        crumbs.push((
            reader.read(&timeline.parties[*party].short).text.to_owned(),
            Action::ToggleParty(*party),
        ));
    }
    let crumbs = crumbs.into_iter().map(|(name, action)| {
        html! {
            <button type="button" key={name.clone()} class="chip x" aria-label={words.drop_filter(&name)} onclick={reader.on(action)}>
                {name}{ small_icon("close") }
            </button>
        }
    });
    html! {
        <section class="bar" aria-label={words.filter()} hidden={!always && !reader.found.active}>
            <div role="toolbar" aria-label={words.threads()}><ul class="chips">{ for chips }</ul></div>
            <div class="crumbs" hidden={!reader.found.active}>
                <span>{ for crumbs }</span>
                <button type="button" class="btn line" onclick={reader.on(Action::ClearFilter)}>{words.clear_all()}</button>
            </div>
        </section>
    }
}
