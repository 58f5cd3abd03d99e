//! The vertical form for phones and narrow frames: a braid of tracks on the left, one row for each event.

use std::ops::Range;

use web_sys::{Element, Event, MouseEvent};
use yew::Html;

use super::context::{Reader, class_list, px, wants_new_tab};
use super::gestures::on_focus;
use super::icons::{mark, thread};
use super::markup::html;
use super::masthead::{Form, filter_bar, masthead};
use super::overview::overview;
use super::panel::panel;
use super::wide::{moment_line, no_match};
use crate::model::{Era, EraField, Outline};
use crate::state::Action;
use crate::text::{self, Words as _};
use crate::time::{DAY, TimePoint, TimeSpan};
use crate::web;

/// A gap longer than this is drawn as one, in days.
const GAP_DAYS: i64 = 75;

/// Height of the year that stays at the top of the list.
const YEAR_PX: i32 = 44;

/// So many events get their rows first: the screen of a phone holds fewer.
const FIRST: usize = 18;

/// A list of more events than this has rows only for those around what is in view: a phone is slow with thousands of elements.
const MOST: usize = 120;

/// How many rows it has then on either side of the middle of what is in view.
const AROUND: usize = 40;

/// With fewer rows than this between what is in view and where they end, it gets others.
const NEAR: usize = 10;

/// Browsers lay out nothing that is higher than some ten million pixels: the blank space of a list is made smaller rather than that.
#[cfg(feature = "large")]
const MOST_PX: f64 = 1e7;

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

/// Which events have rows, by their places among those that stand; in the place of the others is blank space.
#[derive(Default)]
pub(super) struct Rows {
    /// It has got beyond the first screen.
    pub(super) whole: bool,
    range: Range<usize>,
    /// The cursor that was last brought in.
    cursor: Option<usize>,
    /// How high a row is taken to be.
    row_px: f64,
    /// The list was scrolled to other rows.
    moved: bool,
    /// It is drawn anew, and not in its place yet; whether it was scrolled meanwhile.
    scrolled: Option<bool>,
    /// An event whose row stays where it is on the screen, so many pixels from the top of the list.
    hold: Option<(usize, f64)>,
}

impl Rows {
    /// The list. Where the cursor went to, there are rows.
    pub(super) fn list(&mut self, reader: &Reader) -> Html {
        let standing = place(reader, usize::MAX);
        let cursor = reader.state.ui.cursor;
        let at = cursor.map_or(0, |cursor| place(reader, cursor));
        self.whole |= at >= FIRST;
        if !self.whole {
            self.range = 0..FIRST.min(standing);
        } else if standing <= MOST {
            self.range = 0..standing;
        } else if self.range.len() != 2 * AROUND
            || self.range.end > standing
            || (self.cursor != cursor && !self.range.contains(&at))
        {
            self.range = around(at, standing);
        }
        self.cursor = cursor;
        self.scrolled.get_or_insert(false);
        let blank = |rows: usize| rows as f64 * self.blank_px(standing);
        let style = px(&[
            ("padding-block-start", blank(self.range.start)),
            ("padding-block-end", blank(standing - self.range.end)),
        ]);
        html! { <ol data-style={style}>{ for rows(reader, &self.range) }</ol> }
    }

    /// How high the blank space of a row is, of a list with so many.
    #[cfg(feature = "large")]
    fn blank_px(&self, standing: usize) -> f64 {
        self.row_px.min(MOST_PX / standing.max(1) as f64)
    }

    /// How high the blank space of a row is.
    #[cfg(not(feature = "large"))]
    fn blank_px(&self, _: usize) -> f64 {
        self.row_px
    }

    /// Takes in where the list was scrolled to; says whether other events are to have rows now.
    pub(super) fn follow(&mut self, reader: &Reader) -> bool {
        let standing = place(reader, usize::MAX);
        let Some(list) = reader.spots.list.cast::<Element>().filter(|_| standing > MOST) else {
            return false;
        };
        let Some(rows) = list.first_element_child() else { return false };
        if let Some(scrolled) = &mut self.scrolled {
            *scrolled = true;
            return false;
        }
        let seen = in_view(reader);
        let (first, last) = match seen {
            Some((first, last)) => (place(reader, first), place(reader, last)),
            None => {
                let at = f64::from(list.scroll_top()) / self.blank_px(standing).max(1e-3);
                (at as usize, at as usize)
            }
        };
        let Range { start, end } = self.range;
        let fits = (start == 0 || first >= start + NEAR) && (end == standing || last + NEAR < end);
        let range = around(first.midpoint(last), standing);
        if self.row_px > 0.0 && (fits || range == self.range) {
            return false;
        }
        let blank = (standing - self.range.len()) as f64 * self.blank_px(standing);
        self.row_px = (f64::from(rows.client_height()) - blank).max(1.0) / self.range.len().max(1) as f64;
        self.hold = seen.and_then(|(first, _)| Some((first, row_top(reader, first)?)));
        self.moved = true;
        self.range = range;
        true
    }

    /// Keeps what is in view in its place after other events got rows. Says whether they just did, and whether the list was
    /// scrolled before that.
    pub(super) fn settle(&mut self, reader: &Reader) -> (bool, bool) {
        if let (Some((event, before)), Some(list)) = (self.hold.take(), reader.spots.list.cast::<Element>())
            && let Some(top) = row_top(reader, event)
        {
            list.set_scroll_top(list.scroll_top() + (top - before).round() as i32);
        }
        (std::mem::take(&mut self.moved), self.scrolled.take() == Some(true))
    }
}

/// The rows that a long list has at a time, by their places.
fn around(at: usize, standing: usize) -> Range<usize> {
    let start = at.saturating_sub(AROUND).min(standing - 2 * AROUND);
    start..start + 2 * AROUND
}

/// How many of the events before this one stand: its place among those that do.
fn place(reader: &Reader, event: usize) -> usize {
    reader.found.matches.iter().take(event).filter(|stands| **stands).count()
}

/// Chooses the event whose row was clicked.
fn choose(reader: &Reader, click: &MouseEvent) {
    if let Some(event) = reader.event_at(click).filter(|_| !wants_new_tab(click)) {
        click.prevent_default();
        reader.act(Action::Select(Some(event)));
    }
}

/// Scrolls to the first event of a stretch of time; to about where it is while it has no row.
pub(super) fn show(reader: &Reader, span: TimeSpan) {
    let event = reader.timeline().events.outlines().position(|outline| outline.anchor >= span.start);
    let Some((event, list)) = event.zip(reader.spots.list.cast::<Element>()) else { return };
    if !scroll_to(reader, event) {
        let share = place(reader, event) as f64 / place(reader, usize::MAX).max(1) as f64;
        list.set_scroll_top((share * f64::from(list.scroll_height())) as i32);
    }
}

/// Where the row of an event begins, from the top of the list. The row is asked for its place, as a control out of view would
/// have to be laid out first.
fn row_top(reader: &Reader, event: usize) -> Option<f64> {
    let list = reader.spots.list.cast::<Element>()?;
    let row = list.query_selector(&reader.control(event)).ok()??.parent_element()?;
    Some(row.get_bounding_client_rect().top() - list.get_bounding_client_rect().top())
}

/// Scrolls so that the row of an event stands at the top, under its year and above the sheet; says whether there is one.
pub(super) fn scroll_to(reader: &Reader, event: usize) -> bool {
    let Some((top, list)) = row_top(reader, event).zip(reader.spots.list.cast::<Element>()) else {
        return false;
    };
    list.set_scroll_top(list.scroll_top() + top.round() as i32 - YEAR_PX);
    true
}

/// The first and the last event whose row is in view; none without a list.
fn in_view(reader: &Reader) -> Option<(usize, usize)> {
    let list = reader.spots.list.cast::<Element>()?;
    let frame = list.get_bounding_client_rect();
    let mut seen: Option<(usize, usize)> = None;
    for control in web::all(&list, "[data-event-id]") {
        let rect = control.parent_element()?.get_bounding_client_rect();
        if rect.bottom() < frame.top() || rect.top() > frame.bottom() {
            continue;
        }
        let event = reader.timeline().event_by_id(&control.get_attribute("data-event-id")?)?;
        seen = Some(seen.map_or((event, event), |(first, last)| (first.min(event), last.max(event))));
    }
    seen
}

/// From the first to the last event whose row is in view; none without a list.
pub(super) fn span_in_view(reader: &Reader) -> Option<TimeSpan> {
    let (first, last) = in_view(reader)?;
    let anchor = |event: usize| reader.timeline().events.outline(event).anchor;
    let (start, end) = (anchor(first), anchor(last));
    let least = reader.state.limits.fit.secs() / 24;
    Some(TimeSpan { start, end: TimePoint((end.0 + DAY).max(start.0 + least)) })
}

fn zone(reader: &Reader, at: TimePoint) -> &'static str {
    match reader.timeline().eras_at(at).next().map(|era| era.field) {
        Some(EraField::Full) => "z-in",
        Some(EraField::Hatched) => "z-one",
        None => "z-out",
    }
}

/// The strands beside a row: those that run on its day, and the one that begins with it.
fn braid(reader: &Reader, at: TimePoint, ends: &Ends, own: Option<usize>) -> Html {
    let strands = (0..reader.timeline().tracks.len().min(STRANDS)).filter_map(|track| {
        let class = if ends[track] > at {
            "on"
        } else if own == Some(track) {
            "st"
        } else {
            return None;
        };
        Some(html! { <i key={track} {class} data-thread={thread(track)}></i> })
    });
    html! { <span class="br" aria-hidden="true">{ for strands }</span> }
}

/// By track, when the last of the strands that began so far ends.
type Ends = [TimePoint; STRANDS];

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

fn rows(reader: &Reader, range: &Range<usize>) -> Vec<Html> {
    let timeline = reader.timeline();
    let words = reader.locale.words();
    // One of the rows that are there.
    let mut tab_stop = reader.tab_stop().filter(|event| range.contains(&place(reader, *event)));
    let mut rows = Vec::new();
    let mut year = None;
    let mut last: Option<TimePoint> = None;
    let mut ends: Ends = [TimePoint::MIN; STRANDS];
    let standing = (0..timeline.events.len()).filter(|event| reader.found.matches[*event]);
    for (place, index) in standing.enumerate().take(range.end) {
        let Outline { reach, track, is_interval, .. } = timeline.events.outline(index);
        let strand = (track < STRANDS && is_interval && timeline.era_of(index).is_none()).then_some(track);
        let ended = ends;
        if let Some(track) = strand {
            ends[track] = ends[track].max(reach.end);
        }
        // Of those before, the last one tells how long it was until the first.
        if place + 1 < range.start {
            continue;
        }
        let event = &timeline.events[index];
        let at = event.date.extent().start;
        if place < range.start {
            last = Some(at);
            continue;
        }
        let civil = at.civil();
        if year != Some(civil.year) {
            year = Some(civil.year);
            let minguo = if timeline.calendar.is_some() { text::minguo_year(civil) } else { String::new() };
            rows.push(html! {
                <li key={["y", &civil.year.to_string()].concat()} class={class_list(&[("v-y", true), (zone(reader, TimePoint(at.0 - DAY)), true)])}>
                    { braid(reader, at, &ended, None) }
                    <h2>{text::year_name(civil.year, reader.locale)}{" "}<span lang="zh-Hant">{minguo}</span></h2>
                </li>
            });
        } else if let Some(before) = last
            && at.0 - before.0 > GAP_DAYS * DAY
        {
            let months = ((at.0 - before.0) as f64 / DAY as f64 / 30.4).round() as usize;
            let middle = TimePoint(before.0 + (at.0 - before.0) / 2);
            rows.push(html! {
                <li key={["g", &event.id].concat()} class={class_list(&[("v-gap", true), (zone(reader, middle), true)])}>{ braid(reader, middle, &ended, None) }<span>{words.months(months)}</span></li>
            });
        }
        edges(reader, &mut rows, last, at);
        last = Some(at);
        let selected = reader.state.view.selection == Some(index);
        let stop = *tab_stop.get_or_insert(index) == index;
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
                { braid(reader, at, &ended, strand) }
                <a href={reader.href(index)} data-event-id={&event.id} tabindex={if stop { "0" } else { "-1" }} aria-current={reader.current(index)}>
                    { mark(event.track) }
                    <b>{ reader.html(&event.label) }</b>
                    <span class={class_list(&[("when", true), ("disp", disputed)])} aria-hidden="true">{ text::row_date(&event.date, reader.locale) }</span>
                    <span class="sr">{[", ", &text::full_date(&event.date, reader.locale), ", ", reader.read(&timeline.tracks[event.track].name).text].concat()}</span>
                </a>
            </li>
        });
    }
    // An era that ends on the day of the last event ends below it.
    if let Some(at) = last.filter(|_| range.end >= place(reader, usize::MAX)) {
        edges(reader, &mut rows, last, TimePoint(at.0 + DAY));
    }
    rows
}
