//! The detail of the chosen event: all that is known of it, and how.

use web_sys::MouseEvent;
use yew::Html;

use super::context::{Reader, class_list};
use super::gestures::{on_grip_click, on_grip_down, on_grip_move};
use super::icons::{icon, mark, small_icon, thread};
use super::markup::html;
use crate::model::{Event, LinkView, RelationGroup};
use crate::state::{Action, Detent};
use crate::text::{self, Words as _};
use crate::web;

/// The detail; a `sheet` is pulled up from below.
pub(super) fn panel(reader: &Reader, index: usize, sheet: bool) -> Html {
    let timeline = reader.timeline();
    let event = &timeline.events[index];
    let words = reader.locale.words();
    let step = |by: isize, name: &'static str| {
        // What the filter leaves out is passed over.
        let mut other = index.checked_add_signed(by);
        while other.is_some_and(|other| reader.found.matches.get(other) == Some(&false)) {
            other = other.and_then(|other| other.checked_add_signed(by));
        }
        let event = other.and_then(|other| timeline.events.get(other));
        let label = event.map(|event| reader.read(&event.label).text).unwrap_or_default();
        let label = if by < 0 { words.previous(label) } else { words.next(label) };
        html! {
            <button type="button" class="btn sq" aria-label={label.clone()} title={label} disabled={event.is_none()} onclick={reader.on(Action::Select(other))}>
                { icon(name) }
            </button>
        }
    };
    let detent = match reader.state.ui.detent {
        Detent::Low => "low",
        Detent::Middle => "middle",
        Detent::Full => "full",
    };
    let grab = html! {
        <button type="button" class="grab" aria-label={words.resize_sheet()} onpointerdown={reader.hear(on_grip_down)} onpointermove={reader.hear(on_grip_move)} onclick={reader.hear(on_grip_click)}></button>
    };
    html! {
        <aside
            key="panel"
            class="panel"
            data-detail=""
            data-event-id={&event.id}
            data-detent={detent}
            data-thread={thread(event.track)}
            aria-labelledby="p-h"
        >
            <div class="grab-box">{ for sheet.then_some(grab) }</div>
            <header class="p-top">
                <span class="p-pos">{ words.position(index + 1, timeline.events.len()) }</span>
                <span class="p-nav">
                    { step(-1, "prev") }
                    { step(1, "next") }
                    <button type="button" class="btn sq" aria-label={words.close()} title={words.close()} onclick={reader.on(Action::Select(None))}>{ icon("close") }</button>
                </span>
            </header>
            <div class="p-body" key={&event.id} tabindex="-1">
                { head(reader, event) }
                { jumps(reader, &timeline.links_of(index)) }
                { body(reader, event) }
                { disputes(reader, event) }
                { links(reader, &timeline.links_of(index)) }
                { names(reader, event) }
                { people(reader, event) }
                { places(reader, index) }
                { sources(reader, event) }
            </div>
            { actions(reader, index) }
        </aside>
    }
}

fn head(reader: &Reader, event: &Event) -> Html {
    let timeline = reader.timeline();
    let track = &timeline.tracks[event.track];
    // A theme that is the thread itself says nothing more.
    let is_own = |theme: &str| [&track.name, &track.short].iter().any(|own| reader.read(own).text == theme);
    let mut themes: Vec<&str> =
        event.themes.iter().map(|theme| reader.read(&timeline.themes[*theme].name).text).collect();
    themes.retain(|theme| !is_own(theme));
    let title = reader.read(&event.title);
    let minguo = if timeline.calendar.is_some() { text::minguo_date(&event.date) } else { String::new() };
    let disputed = event.date_disputed;
    html! {
        <>
            <p class="p-thread">
                { mark(event.track) }
                <span>{ reader.html(&track.name) }</span>
                <span class="muted" hidden={themes.is_empty()}>{themes.join(", ")}</span>
            </p>
            <h2 id="p-h" tabindex="-1" lang={title.lang.to_owned()}>{title.text}</h2>
            <p class="p-date">
                <span class={class_list(&[("disp", disputed)])}>{ text::full_date(&event.date, reader.locale) }</span>
                <span lang="zh-Hant" hidden={minguo.is_empty()}>{minguo}</span>
            </p>
            <p class="lead">{ reader.html(&event.summary) }</p>
        </>
    }
}

/// The kinds of links, in their order, each with its icon and the id of its heading.
const GROUPS: [(RelationGroup, &str, &str); 3] = [
    (RelationGroup::BecauseOf, "because", "p-because"),
    (RelationGroup::LedTo, "ledto", "p-ledto"),
    (RelationGroup::TurnedAgainst, "against", "p-against"),
];

fn jump_to(_: &Reader, group: usize, _: &MouseEvent) {
    web::go_to_id(GROUPS[group].2);
}

fn jumps(reader: &Reader, views: &[LinkView]) -> Html {
    let words = reader.locale.words();
    let jump = GROUPS.into_iter().filter_map(|(group, name, _)| {
        let count = views.iter().filter(|view| view.group == group).count();
        (count > 0).then(|| {
            let class = (group == RelationGroup::TurnedAgainst).then_some("ag");
            html! {
                <button type="button" key={name} {class} onclick={reader.hear_at(group as usize, jump_to)}>{ small_icon(name) }{words.group(group)}{" "}<b>{count}</b></button>
            }
        })
    });
    html! { <p class="p-jump" hidden={views.is_empty()}>{ for jump }</p> }
}

fn body(reader: &Reader, event: &Event) -> Html {
    let last = event.body.len().saturating_sub(1);
    let paragraphs = event.body.iter().enumerate().map(|(place, paragraph)| {
        let cites = if place == last {
            citation_marks(reader, event, 0..event.citations.len())
        } else {
            html! {}
        };
        html! { <p key={place} class="body">{ reader.html(paragraph) }{" "}<span>{cites}</span></p> }
    });
    html! { <div>{ for paragraphs }</div> }
}

fn source_id(place: usize) -> String {
    ["p-s", &(place + 1).to_string()].concat()
}

fn citation_marks(reader: &Reader, event: &Event, which: impl IntoIterator<Item = usize>) -> Html {
    let marks = which.into_iter().filter(|place| *place < event.citations.len()).map(|place| {
        let onclick = reader.hear_at(place, |_, place, _: &MouseEvent| {
            web::go_to_id(&source_id(place));
        });
        html! {
            <button type="button" key={place} class="cite" aria-label={reader.locale.words().source_number(place + 1)} {onclick}>{place + 1}</button>
        }
    });
    html! { <>{ for marks }</> }
}

fn disputes(reader: &Reader, event: &Event) -> Html {
    let rows = event.disputes.iter().enumerate().map(|(place, dispute)| {
        let readings = dispute.readings.iter().enumerate().map(|(place, reading)| {
            html! {
                <li key={place}>{ reader.html(&reading.value) }{" "}<span>{ citation_marks(reader, event, reading.citations.iter().copied()) }</span></li>
            }
        });
        html! {
            <div key={place}>
                <p>{ reader.html(&dispute.question) }</p>
                <ul>{ for readings }</ul>
                <p class="verdict" hidden={dispute.shown.is_empty()}>{ reader.html(&dispute.shown) }</p>
            </div>
        }
    });
    html! {
        <section class="p-differ" hidden={event.disputes.is_empty()}>
            <h3>{reader.locale.words().sources_differ()}</h3>
            <div>{ for rows }</div>
        </section>
    }
}

fn links(reader: &Reader, views: &[LinkView]) -> Html {
    let timeline = reader.timeline();
    let words = reader.locale.words();
    let groups = GROUPS.into_iter().filter_map(|(group, name, id)| {
        let mine: Vec<&LinkView> = views.iter().filter(|view| view.group == group).collect();
        (!mine.is_empty()).then(|| {
            let rows = mine.into_iter().map(|view| {
                let other = &timeline.events[view.other];
                html! {
                    <li key={view.other} data-thread={thread(other.track)}>
                        <a href={reader.href(view.other)} onclick={reader.on_event_link(view.other)}>
                            { mark(other.track) }
                            <span class="rt">{ reader.html(&other.label) }<small>{words.relations(&view.relations)}</small></span>
                            <span class="when">{ text::short_date_with_year(&other.date, reader.locale) }</span>
                        </a>
                    </li>
                }
            });
            let class = (group == RelationGroup::TurnedAgainst).then_some("ag");
            html! {
                <div key={name}>
                    <h3 {id} {class} tabindex="-1">{ small_icon(name) }{words.group(group)}</h3>
                    <ul>{ for rows }</ul>
                </div>
            }
        })
    });
    html! { <section class="p-links" hidden={views.is_empty()}>{ for groups }</section> }
}

fn names(reader: &Reader, event: &Event) -> Html {
    let rows = event
        .names
        .iter()
        .map(|name| html! { <li key={name.lang.to_owned()} lang={name.lang.to_owned()}>{name.text}</li> });
    html! {
        <section class="p-names" hidden={event.names.is_empty()}>
            <h3>{reader.locale.words().names()}</h3>
            <ul>{ for rows }</ul>
        </section>
    }
}

fn originals(text: &crate::model::Text) -> Html {
    let rows = text.iter().map(
        |name| html! { <span key={name.lang.to_owned()} lang={name.lang.to_owned()}>{name.text}</span> },
    );
    html! { <span class="orig">{ for rows }</span> }
}

fn people(reader: &Reader, event: &Event) -> Html {
    let timeline = reader.timeline();
    let rows = event.people.iter().map(|index| {
        let person = &timeline.people[*index];
        html! {
            <li key={*index}>
                <b>{ reader.html(&person.name) }</b>
                { originals(&person.original) }
                <small hidden={person.note.is_empty()}>{ reader.html(&person.note) }</small>
            </li>
        }
    });
    html! {
        <section class="p-who" hidden={event.people.is_empty()}>
            <h3>{reader.locale.words().people()}</h3>
            <ul>{ for rows }</ul>
        </section>
    }
}

/// A name for the map, which has no room for other names in brackets; the caption has them all.
pub(super) fn short_name(name: &str) -> &str {
    name.split('(').next().unwrap_or_default().trim_end()
}

fn places(reader: &Reader, index: usize) -> Html {
    let timeline = reader.timeline();
    let words = reader.locale.words();
    let event = &timeline.events[index];
    let places: Vec<_> = event.places.iter().map(|place| &timeline.places[*place]).collect();
    let names: Vec<&str> = places.iter().map(|place| reader.read(&place.name).text).collect();
    let map = reader.map.as_ref().filter(|(event, _)| *event == index).map(|(_, map)| &**map);
    let drawn = map.map(|map| {
        let dots = map.dots.iter().zip(&names).enumerate().map(|(place, (dot, name))| {
            let (class, at) = dot.split_once(';').unwrap_or_default();
            html! {
                <g key={place} class={class.to_owned()} transform={at.to_owned()}>
                    <circle r="3" />
                    <text y="4">{short_name(name)}</text>
                </g>
            }
        });
        html! {
            <g key="map">
                <path class="land" fill-rule="evenodd" d={map.land.clone()} />
                <path class="rail" d={map.rails.clone()} />
                <g>{ for dots }</g>
            </g>
        }
    });
    let captions = places.iter().enumerate().map(|(index, place)| {
        html! {
            <span key={index} class="pl"><b>{ reader.html(&place.name) }</b>{" "}{ originals(&place.original) }{" "}<span>{ reader.html(&place.note) }</span></span>
        }
    });
    html! {
        <section class="p-where" hidden={places.is_empty()}>
            <h3>{words.places()}</h3>
            <svg class="map" viewBox="0 0 352 176" role="img" aria-label={words.map_name(&names)}>
                <rect class="sea" width="352" height="176" />
                <g>{ for drawn }</g>
            </svg>
            <p class="cap">{ for captions }</p>
        </section>
    }
}

fn sources(reader: &Reader, event: &Event) -> Html {
    let timeline = reader.timeline();
    let words = reader.locale.words();
    let rows = event.citations.iter().enumerate().map(|(place, citation)| {
        let source = &timeline.sources[citation.source];
        let name = match &source.url {
            Some(url) => html! { <a href={url} rel="noopener noreferrer" target="_blank">{&*source.citation}</a> },
            None => html! { <span>{&*source.citation}</span> },
        };
        let grade = words.grade(source.grade);
        html! {
            <li key={place} id={source_id(place)} tabindex="-1">
                { name }
                <small>{grade}<span hidden={citation.supports.is_empty()}>{": "}{ reader.html(&citation.supports) }</span></small>
            </li>
        }
    });
    html! {
        <section class="p-src">
            <h3>{words.sources()}</h3>
            <ol>{ for rows }</ol>
            <p class="note">{words.confidence(event.confidence)}</p>
        </section>
    }
}

/// What can be done with the event; the page's script does what is for others to see.
fn actions(reader: &Reader, event: usize) -> Html {
    let words = reader.locale.words();
    let date = text::long_date(&reader.timeline().events[event].date, reader.locale);
    html! {
        <footer class="p-act">
            <button type="button" class="btn" data-share="copy">{ icon("link") }{words.copy_link()}</button>
            <button type="button" class="btn" data-share="cite" data-date={date}>{ icon("cite") }{words.cite()}</button>
            <button type="button" class="btn zoom-to" onclick={reader.on(Action::ZoomTo(event))}>{ icon("fit") }{words.zoom_to_it()}</button>
        </footer>
    }
}
