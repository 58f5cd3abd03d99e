//! The vertical form for phones and narrow frames: a braid of tracks on the left, one row for each event.

use web_sys::{Element, Event, MouseEvent};
use yew::Html;

use super::context::{Reader, class_list, wants_new_tab};
use super::gestures::on_focus;
use super::icons::{mark, thread};
use super::markup::html;
use super::masthead::{Form, filter_bar, masthead};
use super::overview::overview;
use super::panel::panel;
use super::wide::{moment_line, no_match};
use crate::model::{Era, EraField};
use crate::state::Action;
use crate::text::{self, Words as _};
use crate::time::{DAY, TimePoint, TimeSpan};
use crate::web;

/// A gap longer than this is drawn as one, in days.
const GAP_DAYS: i64 = 75;

/// Height of the year that stays at the top of the list.
const YEAR_PX: i32 = 44;

/// So many events get their rows first: the screen of a phone holds fewer.
pub(super) const FIRST: usize = 18;

/// The braid has room for so many tracks.
const STRANDS: usize = 6;

/// The narrow form with its list; `seen` is the stretch of time whose rows are in view.
pub(super) fn narrow(reader: &Reader, list: Option<Html>, seen: TimeSpan) -> Html {
    html! {
        <div class={class_list(&[("phone", true), ("open", reader.state.view.selection.is_some())])}>
            { masthead(reader, Form::Narrow) }
            { filter_bar(reader, true) }
            <main class="ph-main">
                <div class="ph-mini">{ overview(reader, seen, true) }{ for moment_line(reader) }</div>
                <section
                    class="vtl"
                    data-timeline={&reader.timeline().id}
                    aria-label={reader.locale.words().chart_name()}
                    ref={reader.spots.list.clone()}
                    onscroll={reader.hear(|reader, _: &Event| reader.scrolled.emit(()))}
                    onclick={reader.hear(choose)}
                    onfocusin={reader.hear(on_focus)}
                    tabindex="-1"
                >
                    { for list }
                    <div>{ for reader.is_empty().then(|| no_match(reader)) }</div>
                </section>
            </main>
            <div class="side">{ for reader.state.view.selection.map(|event| panel(reader, event, true)) }</div>
        </div>
    }
}

/// The rows of the events that stand, or only what the first screen has room for.
pub(super) fn list(reader: &Reader, whole: bool) -> Html {
    html! { <ol>{ for rows(reader, if whole { usize::MAX } else { FIRST }) }</ol> }
}

/// Chooses the event whose row was clicked.
fn choose(reader: &Reader, click: &MouseEvent) {
    if let Some(event) = reader.event_at(click).filter(|_| !wants_new_tab(click)) {
        click.prevent_default();
        reader.act(Action::Select(Some(event)));
    }
}

/// Scrolls to the first event of a stretch of time.
pub(super) fn show(reader: &Reader, span: TimeSpan) {
    let event = reader.timeline().events.iter().position(|event| event.date.anchor() >= span.start);
    if let Some(event) = event {
        scroll_to(reader, event);
    }
}

/// Scrolls so that the row of an event stands at the top, under its year and above the sheet. The row is asked for its place,
/// as a control out of view would have to be laid out first.
pub(super) fn scroll_to(reader: &Reader, event: usize) {
    let Some(list) = reader.spots.list.cast::<Element>() else { return };
    if let Some(row) = list
        .query_selector(&reader.control(event))
        .ok()
        .flatten()
        .and_then(|control| control.parent_element())
    {
        let by = row.get_bounding_client_rect().top() - list.get_bounding_client_rect().top();
        list.set_scroll_top(list.scroll_top() + by.round() as i32 - YEAR_PX);
    }
}

/// From the first to the last event whose row is in view; none without a list.
pub(super) fn span_in_view(reader: &Reader) -> Option<TimeSpan> {
    let list = reader.spots.list.cast::<Element>()?;
    let frame = list.get_bounding_client_rect();
    let mut seen: Option<TimeSpan> = None;
    for control in web::all(&list, "[data-event-id]") {
        let rect = control.parent_element()?.get_bounding_client_rect();
        if rect.bottom() < frame.top() || rect.top() > frame.bottom() {
            continue;
        }
        let event = reader.timeline().event_by_id(&control.get_attribute("data-event-id")?)?;
        let anchor = reader.timeline().events[event].date.anchor();
        let day = TimeSpan { start: anchor, end: TimePoint(anchor.0 + DAY) };
        seen = Some(seen.map_or(day, |seen| seen.union(day)));
    }
    seen.map(|seen| {
        let least = reader.state.limits.fit.secs() / 24;
        TimeSpan { start: seen.start, end: TimePoint(seen.end.0.max(seen.start.0 + least)) }
    })
}

fn zone(reader: &Reader, at: TimePoint) -> &'static str {
    match reader.timeline().eras_at(at).next().map(|era| era.field) {
        Some(EraField::Full) => "z-in",
        Some(EraField::Hatched) => "z-one",
        None => "z-out",
    }
}

/// The strands that run on a day beside the row of an event, or beside a row before it; in its own row it begins.
fn braid(reader: &Reader, at: TimePoint, row: usize, own: bool) -> Html {
    let timeline = reader.timeline();
    let strands = (0..timeline.tracks.len().min(STRANDS)).filter_map(|track| {
        let is_strand = |index: usize| {
            let event = &timeline.events[index];
            event.track == track && event.date.is_interval() && timeline.era_of(index).is_none()
        };
        let runs = (0..row).any(|index| {
            is_strand(index)
                && reader.found.matches[index]
                && timeline.events[index].date.extent().contains(at)
        });
        let class = if runs {
            "on"
        } else if own && is_strand(row) {
            "st"
        } else {
            return None;
        };
        Some(html! { <i key={track} {class} data-thread={thread(track)}></i> })
    });
    html! { <span class="br" aria-hidden="true">{ for strands }</span> }
}

fn edge(era: &Era, reader: &Reader, starts: bool) -> Html {
    let words = reader.locale.words();
    let name = reader.read(&era.label).text;
    let text = if starts { name.to_owned() } else { words.era_ended(name) };
    let class = class_list(&[("v-edge", true), ("one", era.field == EraField::Hatched)]);
    let key = [&*era.id, if starts { "-starts" } else { "-ends" }].concat();
    html! { <li {key} {class}><span>{text}</span></li> }
}

/// The edges of eras after one row, if there is one, and until another: where they begin, and where those end that no other
/// follows, below the events of their last day, which ended them.
fn edges(reader: &Reader, rows: &mut Vec<Html>, after: Option<TimePoint>, until: TimePoint) {
    let eras = &reader.timeline().eras;
    for era in eras {
        let due = |at: TimePoint| at <= until && after.is_none_or(|after| at > after);
        let TimeSpan { start, end } = era.span;
        if due(start) {
            rows.push(edge(era, reader, true));
        }
        if due(TimePoint(end.0 + DAY)) && !eras.iter().any(|other| other.span.start == end) {
            rows.push(edge(era, reader, false));
        }
    }
}

fn rows(reader: &Reader, events: usize) -> Vec<Html> {
    let timeline = reader.timeline();
    let words = reader.locale.words();
    let tab_stop = reader.tab_stop();
    let mut rows = Vec::new();
    let mut year = None;
    let mut last: Option<TimePoint> = None;
    for (index, event) in timeline.events.iter().enumerate().take(events) {
        if !reader.found.matches[index] {
            continue;
        }
        let at = event.date.extent().start;
        let civil = at.civil();
        if year != Some(civil.year) {
            year = Some(civil.year);
            let minguo = if timeline.calendar.is_some() { text::minguo_year(civil) } else { String::new() };
            rows.push(html! {
                <li key={["y", &civil.year.to_string()].concat()} class={class_list(&[("v-y", true), (zone(reader, TimePoint(at.0 - DAY)), true)])}>
                    { braid(reader, at, index, false) }
                    <h2>{text::year_name(civil.year, reader.locale)}{" "}<span lang="zh-Hant">{minguo}</span></h2>
                </li>
            });
        } else if let Some(before) = last
            && at.0 - before.0 > GAP_DAYS * DAY
        {
            let months = ((at.0 - before.0) as f64 / DAY as f64 / 30.4).round() as usize;
            let middle = TimePoint(before.0 + (at.0 - before.0) / 2);
            rows.push(html! {
                <li key={["g", &event.id].concat()} class={class_list(&[("v-gap", true), (zone(reader, middle), true)])}>{ braid(reader, middle, index, false) }<span>{words.months(months)}</span></li>
            });
        }
        edges(reader, &mut rows, last, at);
        last = Some(at);
        let selected = reader.state.view.selection == Some(index);
        let class = class_list(&[
            ("v-ev", true),
            (zone(reader, at), true),
            ("big", event.importance >= 5),
            ("sp", event.date.is_interval()),
            ("about", event.date.is_vague()),
            ("here", selected),
        ]);
        let style = ["--k:", &event.track.min(STRANDS - 1).to_string()].concat();
        let disputed = event.date_disputed;
        rows.push(html! {
            <li key={&event.id} {class} data-thread={thread(event.track)} data-style={style}>
                { braid(reader, at, index, true) }
                <a href={reader.href(index)} data-event-id={&event.id} tabindex={if tab_stop == Some(index) { "0" } else { "-1" }} aria-current={reader.current(index)}>
                    { mark(event.track) }
                    <b>{ reader.html(&event.label) }</b>
                    <span class={class_list(&[("when", true), ("disp", disputed)])} aria-hidden="true">{ text::row_date(&event.date, reader.locale) }</span>
                    <span class="sr">{[", ", &text::full_date(&event.date, reader.locale), ", ", reader.read(&timeline.tracks[event.track].name).text].concat()}</span>
                </a>
            </li>
        });
    }
    // An era that ends on the day of the last event ends below it.
    if let Some(at) = last {
        edges(reader, &mut rows, last, TimePoint(at.0 + DAY));
    }
    rows
}
