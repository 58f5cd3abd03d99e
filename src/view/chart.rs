//! The chart: axis, strip, tracks, marks, arcs; and how pointer, wheel and keys move it.

use yew::{Html, MouseEvent};

use super::context::{Reader, class_list, px};
use super::gestures;
#[cfg(feature = "large")]
use super::icons::mark_href;
use super::icons::{mark, small_icon, thread};
use super::markup::html;
use super::strokes::uprights;
#[cfg(feature = "large")]
use super::strokes::{Stroke, across};
use crate::layout::{
    Beyond, CountMark, Emphasis, EraBox, Foot, PointMark, Scene, Side, SpanMark, Tier, TrackScene,
};
use crate::model::{EraField, Event, RelationGroup, Timeline};
#[cfg(feature = "large")]
use crate::model::{Localised, Outline};
use crate::order::sort_by;
use crate::scale::{Axis, AxisLabel, AxisUnit, Short, TickRank, Viewport};
use crate::state::{Action, Overlay};
use crate::text::{self, TrackMoment, Words as _};
use crate::time::TimePoint;

/// A count of more events than this does not name them.
const NAMED: usize = 20;
/// Of more than so many without a label in a track only the tab stop has a control, and the others are pressed where they lie, or
/// in their counts.
#[cfg(feature = "large")]
pub(super) const MANY: usize = 12;

/// A foot is at least so wide, in pixels.
#[cfg(feature = "large")]
const LEAST_FOOT: f64 = 3.0;

/// Half the width of a mark without a label.
#[cfg(feature = "large")]
pub(super) const HALF_BARE: f64 = 4.0;

/// How something is put in its place.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Mover {
    /// Nothing is laid out when it changes.
    Translate,
    /// What is moved as a whole has fewer parts of its own.
    #[cfg(feature = "large")]
    Left,
}

impl Mover {
    /// The property of a style.
    fn property(self) -> &'static str {
        match self {
            Self::Translate => "translate",
            #[cfg(feature = "large")]
            Self::Left => "left",
        }
    }
}

/// What is drawn of a scene and its axis, to be moved along with the view or not.
pub(super) struct Drawn {
    pub(super) ticks: Html,
    pub(super) names: Html,
    pub(super) grid: Html,
    pub(super) lanes: Html,
    pub(super) links: Html,
    /// How high the tracks are together.
    pub(super) height: f64,
}

/// What is drawn for a view alone.
#[cfg(not(feature = "large"))]
pub(super) fn drawn(reader: &Reader, scene: &Scene, axis: &Axis, viewport: Viewport) -> Drawn {
    Drawn {
        ticks: ticks(axis),
        names: names(reader, &axis.labels, viewport, Mover::Translate),
        grid: grid(axis, Mover::Translate),
        lanes: lanes(reader, scene, viewport, Mover::Translate),
        links: arcs(scene),
        height: scene.height,
    }
}

/// The chart of a scene, around what is drawn of it.
pub(super) fn chart(reader: &Reader, scene: &Scene, viewport: Viewport, drawn: Drawn) -> Html {
    let Drawn { ticks, names, grid, lanes, links, .. } = drawn;
    html! {
        <section
            class="stage"
            data-style={rest(reader, viewport)}
            data-timeline={&reader.timeline().id}
            aria-label={reader.locale.words().chart_name()}
            tabindex="-1"
            onwheel={reader.hear(gestures::on_wheel)}
            onpointerdown={reader.hear(gestures::on_pointer_down)}
            onpointermove={reader.hear(gestures::on_pointer_move)}
            onpointerup={reader.hear(gestures::on_pointer_end)}
            onpointercancel={reader.hear(gestures::on_pointer_end)}
            onpointerleave={reader.hear(gestures::on_pointer_leave)}
            onclick={reader.hear(gestures::on_click)}
            ondblclick={reader.hear(gestures::on_double_click)}
            onfocusin={reader.hear(gestures::on_focus)}
        >
            <div class="corner"></div>
            <div class="axis" ref={reader.spots.plot.clone()}>
                <div class="ticks" aria-hidden="true">{ticks}</div>
                <div class="names" aria-hidden="true">{names}</div>
                <div class="strip">{ for strip(reader, scene) }</div>
            </div>
            <div class="bg" aria-hidden="true">
                <div class="fields">{ for fields(reader, scene) }</div>
                <div class="grid">{grid}</div>
            </div>
            { lanes }
            <div class="over" aria-hidden="true">
                <div class="links">{ links }</div>
                <div class="flags">{ for flag(reader, viewport) }</div>
            </div>
            <div class="piles">{ for (reader.state.ui.overlay == Some(Overlay::Pile)).then(|| pile(reader)) }</div>
        </section>
    }
}

/// The tracks of a scene.
pub(super) fn lanes(reader: &Reader, scene: &Scene, viewport: Viewport, by: Mover) -> Html {
    let moments = reader.state.view.moment.map(|moment| text::moment_by_track(reader.timeline(), moment));
    let moments = moments.unwrap_or_default();
    html! {
        <div class="lanes">{ for scene.tracks.iter().map(|track| lane(reader, scene, track, viewport, &moments, by)) }</div>
    }
}

/// How far everything is drawn from the whole second at which the span of the view begins, where one can see it.
fn rest(reader: &Reader, viewport: Viewport) -> String {
    let by = -reader.state.view.rest * viewport.px_per_sec();
    if by.abs() < 0.05 { String::new() } else { px(&[("--rest", by)]) }
}

/// The ticks of an axis.
pub(super) fn ticks(axis: &Axis) -> Html {
    let path = |rank, class: &'static str| {
        let own = axis.ticks.iter().filter(|tick| tick.rank == rank);
        html! { <path {class} d={uprights(own.map(|tick| (tick.x, 0.0, 1.0)))} /> }
    };
    html! {
        <svg>
            { path(TickRank::Minor, "tk") }
            { path(TickRank::Middle, "tk q") }
            { path(TickRank::Major, "tk y") }
        </svg>
    }
}

/// Names on the axis, in their order.
pub(super) fn names(reader: &Reader, labels: &[AxisLabel], viewport: Viewport, by: Mover) -> Html {
    let minguo = reader.timeline().calendar.is_some();
    let name = |label: &AxisLabel| {
        let room = label.until_x - label.x;
        let civil = label.at.civil();
        let name = text::axis_name(label.at, label.unit, label.heading, reader.locale);
        let (class, second) = match label.unit {
            _ if label.heading => {
                let minguo = label.unit == AxisUnit::Month && room > 230.0;
                ("mo", if minguo { text::minguo_month(civil) } else { String::new() })
            }
            AxisUnit::Year if room >= if viewport.width_px < 640.0 { 96.0 } else { 84.0 } => {
                ("yr", text::minguo_year(civil))
            }
            AxisUnit::Month => ("yr mon", String::new()),
            AxisUnit::Year => ("yr", String::new()),
            _ => (if label.strong { "dd sun" } else { "dd" }, String::new()),
        };
        let second = if minguo { second } else { String::new() };
        let key = label.at.0.wrapping_mul(8) + label.unit as i64;
        let style = px(&[(by.property(), label.x.round())]);
        #[cfg(feature = "large")]
        if second.is_empty() {
            return html! { <span {key} {class} data-style={style}><b>{name}</b></span> };
        }
        html! {
            <span {key} {class} data-style={style}>
                <b>{name}</b>
                <i lang="zh-Hant">{second}</i>
            </span>
        }
    };
    html! { <>{ for labels.iter().map(name) }</> }
}

/// The lines of an axis through all tracks.
pub(super) fn grid(axis: &Axis, by: Mover) -> Html {
    let line = |(place, x): (usize, &f64)| {
        html! { <i key={place} class="g" data-style={px(&[(by.property(), x.round())])}></i> }
    };
    html! { <>{ for axis.gridlines.iter().enumerate().map(line) }</> }
}

fn fields<'a>(reader: &'a Reader, scene: &'a Scene) -> impl Iterator<Item = Html> + 'a {
    scene.eras.iter().map(move |shown| {
        let era = &reader.timeline().eras[shown.era];
        let class = match era.field {
            EraField::Full => "band b1",
            EraField::Hatched => "band b2",
        };
        let starts = shown.starts && is_edge(reader.timeline(), shown.era, true);
        let ends = shown.ends && is_edge(reader.timeline(), shown.era, false);
        let class = class_list(&[(class, true), ("edge-s", starts), ("edge-e", ends)]);
        html! {
            <div key={&era.id} {class} data-style={px(&[("left", shown.x0), ("width", shown.x1 - shown.x0)])}></div>
        }
    })
}

/// A red edge stands where a full field begins, and where nothing of the row of eras follows.
pub(super) fn is_edge(timeline: &Timeline, era: usize, start: bool) -> bool {
    let eras = &timeline.eras;
    let this = &eras[era];
    if start {
        this.field == EraField::Full
    } else {
        !eras.iter().any(|other| other.span.start == this.span.end)
    }
}

fn strip<'a>(reader: &'a Reader, scene: &'a Scene) -> impl Iterator<Item = Html> + 'a {
    let mut named: Vec<usize> = Vec::new();
    let tab_stop = reader.tab_stop();
    let wide_enough = |shown: &&EraBox| shown.x1 - shown.x0 > 30.0;
    scene.eras.iter().filter(wide_enough).map(move |shown| {
        let era = &reader.timeline().eras[shown.era];
        let label = reader.read(&era.label);
        let width = shown.x1 - shown.x0;
        let class = class_list(&[(match era.field {
                EraField::Full => "force",
                EraField::Hatched => "onesided",
            }, true), ("cut-r", !shown.ends)]);
        let words = html! {
            <>
                <b lang={label.lang.to_owned()}>{label.text}</b>
                {" "}
                <span>{reader.read(&era.dates).text}</span>
            </>
        };
        // The first box of an event is its control; the others lead to it as well.
        let inside = match era.event {
            Some(event) => {
                let told = &reader.timeline().events[event];
                let id = &told.id;
                let first = !named.contains(&event);
                named.push(event);
                let stop = if first { tab_index(event, tab_stop) } else { "-1" };
                html! {
                    <a class="st" href={reader.href(event)} data-event-id={id} tabindex={stop} aria-current={reader.current(event)} draggable="false">
                        { words }
                        <span class="sr">{", "}{ reader.html(&told.label) }</span>
                    </a>
                }
            }
            None => html! { <span class="st">{ words }</span> },
        };
        html! {
            <div key={&era.id} {class} data-style={px(&[("left", shown.x0), ("width", width)])}>{ inside }</div>
        }
    })
}

fn lane(
    reader: &Reader,
    scene: &Scene,
    track: &TrackScene,
    viewport: Viewport,
    moments: &[TrackMoment],
    by: Mover,
) -> Html {
    let timeline = reader.timeline();
    let info = &timeline.tracks[track.track];
    let words = reader.locale.words();
    let hidden = reader.state.view.filter.hidden_tracks.get(track.track).copied().unwrap_or(false);
    // A long name may take three lines.
    let least = if reader.read(&info.name).text.len() > 16 { 70.0 } else { 44.0 };
    let narrow = scene.tier == Tier::Compact || track.height < least;
    let name = reader.html(if narrow { &info.short } else { &info.name });
    let count = reader.count(track.track);
    #[cfg(not(feature = "large"))]
    let number = count;
    #[cfg(feature = "large")]
    let number = words.number(count);
    let note = match moments.get(track.track) {
        Some(moment) => moment_note(reader, moment),
        None => html! { <span class="lnote">{ reader.html(&info.note) }</span> },
    };
    let toggle = reader.hear_at(track.track, |reader, track, click: &MouseEvent| {
        reader.act(if click.alt_key() { Action::OnlyTrack(track) } else { Action::ToggleTrack(track) });
    });
    let tab_stop = reader.tab_stop();
    #[cfg(not(feature = "large"))]
    let feet = track.feet.iter().map(|own| foot(own, by));
    #[cfg(feature = "large")]
    let (alone, many) =
        if is_crowded(track) { (&[][..], Some(lying(reader, track))) } else { (&track.feet[..], None) };
    #[cfg(feature = "large")]
    let feet = alone.iter().map(|own| foot(own, by)).chain(many);
    let style = px(&[("height", track.height)]);
    #[cfg(feature = "large")]
    let captions = Some(captions(reader, scene, track, by));
    #[cfg(not(feature = "large"))]
    let captions = None::<Html>;
    html! {
        <section key={&info.id} class="lane" data-thread={thread(track.track)} data-style={style}>
            <h2 class="lh">
                <button
                    type="button"
                    aria-pressed={!hidden}
                    tabindex={if track.track == 0 { "0" } else { "-1" }}
                    onclick={toggle}
                    title={words.track_hint()}
                >
                    { mark(track.track) }
                    <span class="ln">{name}</span>
                    <span class="lc">{number}<span class="sr">{[" ", words.events_noun(count)].concat()}</span></span>
                    { note }
                </button>
            </h2>
            <div class="lp">
                <div class="feet" data-style={px(&[("top", track.base)])} aria-hidden="true">{ for feet }</div>
                <ol>{ for items(reader, scene, track, viewport, tab_stop, by) }</ol>
                <div class="ends">{ for ends(reader, track) }</div>
                { for captions }
            </div>
        </section>
    }
}

/// The captions of a track that moves: they go along with it, or stay where they are, in layers of their own, so that little is
/// painted anew when one of them moves.
#[cfg(feature = "large")]
fn captions(reader: &Reader, scene: &Scene, track: &TrackScene, by: Mover) -> Html {
    // That of a mark whose name is read from it stays in the mark.
    let is_beside = |span: &&SpanMark| {
        by == Mover::Left && span.caption_width > 0.0 && whole_name(reader, span.event).is_some()
    };
    let spans = track.spans.iter().filter(is_beside);
    let captions = spans.map(|span| {
        let class = class_list(&[("span", true), (emphasis_class(span.emphasis), true)]);
        html! {
            <div key={span.event} {class} data-style={px(&[("top", span.y)])}>
                { caption(reader, span, 0.0, scene.tier == Tier::Near) }
            </div>
        }
    });
    html! {
        <>
            <div class="slide" aria-hidden="true">{ for captions }</div>
            <div class="still" aria-hidden="true"></div>
        </>
    }
}

fn moment_note(reader: &Reader, moment: &TrackMoment) -> Html {
    let timeline = reader.timeline();
    let words = reader.locale.words();
    if !moment.running.is_empty() {
        let running = moment.running.iter().map(|event| {
            let event = &timeline.events[*event];
            html! { <span key={&event.id} class="run"><i></i><span>{ reader.html(&event.label) }</span></span> }
        });
        return html! { <span class="lnote now">{ for running }</span> };
    }
    let text = match moment.last {
        Some(event) => {
            let event = &timeline.events[event];
            words.last_event(
                reader.read(&event.label).text,
                &text::short_date_with_year(&event.date, reader.locale),
            )
        }
        None => words.nothing_yet().to_owned(),
    };
    html! { <span class="lnote now">{text}</span> }
}

fn emphasis_class(emphasis: Emphasis) -> &'static str {
    match emphasis {
        Emphasis::Normal => "",
        Emphasis::Selected => "is-sel",
        Emphasis::Linked(RelationGroup::BecauseOf) => "is-cause",
        Emphasis::Linked(RelationGroup::LedTo) => "is-effect",
        Emphasis::Linked(RelationGroup::TurnedAgainst) => "is-against",
        Emphasis::Dimmed => "is-dim",
        Emphasis::Off => "is-off",
    }
}

/// Whether so many of a track have no label that only the tab stop has a control of its own.
#[cfg(not(feature = "large"))]
pub(super) fn is_crowded(_: &TrackScene) -> bool {
    false
}

/// Whether so many of a track have no label that only the tab stop has a control of its own.
#[cfg(feature = "large")]
pub(super) fn is_crowded(track: &TrackScene) -> bool {
    let named = track.counts.iter().map(|count| count.count).filter(|count| *count <= NAMED);
    let bare = track.points.iter().filter(|point| point.label.is_none());
    track.feet.len() + bare.count() + named.sum::<usize>() > MANY
}

fn foot(foot: &Foot, by: Mover) -> Html {
    let class = class_list(&[
        ("ft", true),
        ("fz", foot.possible),
        ("low", foot.lying),
        (emphasis_class(foot.emphasis), true),
    ]);
    let (a, b) = foot.core.unwrap_or((foot.x0, foot.x0));
    let style = px(&[
        (by.property(), foot.x0.round()),
        ("width", foot.x1 - foot.x0),
        ("--a", a - foot.x0),
        ("--b", b - a),
    ]);
    html! { <i key={foot.event} {class} data-style={style}></i> }
}

/// What lies on the line of a crowded track, of which none has a control: feet, as one path for each way that they look, and marks.
#[cfg(feature = "large")]
fn lying(reader: &Reader, track: &TrackScene) -> Html {
    let mut paths: Vec<(String, Vec<Stroke>)> = Vec::new();
    let mut draw = |foot: &Foot, possible: bool, (x0, x1): (f64, f64)| {
        let class =
            class_list(&[("fz", possible), ("low", foot.lying), (emphasis_class(foot.emphasis), true)]);
        let stroke = (x0, x1.max(x0 + LEAST_FOOT), 0.5);
        match paths.iter_mut().find(|(other, _)| *other == class) {
            Some((_, strokes)) => strokes.push(stroke),
            None => paths.push((class, vec![stroke])),
        }
    };
    for foot in &track.feet {
        draw(foot, foot.possible, (foot.x0, foot.x1));
        foot.core.into_iter().for_each(|core| draw(foot, false, core));
    }
    let paths = paths.into_iter().map(|(class, strokes)| html! { <path {class} d={across(strokes)} /> });
    let bare = track.points.iter().filter(|point| point.label.is_none());
    let marks = bare.map(|point| {
        let (x, y) = (point.x.round() - HALF_BARE, point.y - track.base - HALF_BARE);
        let about = reader.timeline().events[point.event].date.is_vague();
        let class = class_list(&[("about", about), (emphasis_class(point.emphasis), true)]);
        html! {
            <use key={point.event} {class} href={mark_href(track.track)} x={Short(x)} y={Short(y)} width="8" height="8" />
        }
    });
    html! { <svg key="many">{ for paths }{ for marks }</svg> }
}

/// Everything in the track that can be pressed or focused, in the order of time: each event has a control, but of a great count
/// the count is it, which parts them or lists them.
fn items<'a>(
    reader: &'a Reader,
    scene: &'a Scene,
    track: &'a TrackScene,
    #[cfg_attr(not(feature = "large"), expect(unused_variables, reason = "its counts know all"))]
    viewport: Viewport,
    tab_stop: Option<usize>,
    by: Mover,
) -> Vec<Html> {
    let near = scene.tier == Tier::Near;
    let mut listed: Vec<(i64, usize, Html)> = Vec::new();
    let timeline = reader.timeline();
    let when = |event: usize| timeline.events.outline(event).anchor;
    let is_crowded = is_crowded(track);
    for point in &track.points {
        if is_crowded && point.label.is_none() {
            continue;
        }
        listed.push((when(point.event).0, point.event, point_item(reader, track, point, near, tab_stop, by)));
    }
    for span in &track.spans {
        listed.push((when(span.event).0, span.event, span_item(reader, span, near, tab_stop, by)));
    }
    // Where those lie that have no label of their own.
    let mut bare: Vec<(usize, f64, f64)> = Vec::new();
    bare.extend(track.feet.iter().map(|foot| (foot.event, foot.x0, foot.x1)));
    for count in &track.counts {
        let all = count.count <= NAMED;
        let own = count.events.iter().filter(|event| all || tab_stop == Some(**event));
        bare.extend(own.map(|event| (*event, count.x - 1.0, count.x + 1.0)));
    }
    if is_crowded {
        bare.retain(|own| tab_stop == Some(own.0));
    }
    // It may be in a count that does not know it.
    #[cfg(feature = "large")]
    let is_here = |event: &usize| {
        let Outline { track: own, reach, .. } = timeline.events.outline(*event);
        own == track.track && reach.overlaps(viewport.span) && timeline.era_of(*event).is_none()
    };
    #[cfg(feature = "large")]
    if let Some(event) = tab_stop.filter(is_here) {
        let x = viewport.x_from_time(when(event)).max(1.0).min(viewport.width_px - 1.0);
        bare.push((event, x - 1.0, x + 1.0));
    }
    for (event, x0, x1) in bare {
        if !listed.iter().any(|own| own.1 == event) {
            listed.push((when(event).0, event, ghost_item(reader, track, event, (x0, x1), tab_stop, by)));
        }
    }
    for count in &track.counts {
        let (first, _) = count.ends;
        listed.push((when(first).0, first, count_item(reader, scene, track, count, by)));
    }
    sort_by(&mut listed, |a, b| (a.0, a.1).cmp(&(b.0, b.1)));
    listed.into_iter().map(|(_, _, html)| html).collect()
}

/// The rest of an event's name, for the ear, unless it has been told: weekday, year and track.
fn rest_of_name(reader: &Reader, event: usize, is_told: bool) -> Html {
    if is_told {
        return html! {};
    }
    html! { <span class="sr">{ date_and_track(reader, event) }</span> }
}

fn date_and_track(reader: &Reader, event: usize) -> String {
    let timeline = reader.timeline();
    let event = &timeline.events[event];
    let track = &timeline.tracks[event.track];
    let date = text::full_date(&event.date, reader.locale);
    [", ", &date, ", ", reader.read(&track.name).text].concat()
}

/// The whole name of an event of a large timeline whose label is in the language of the page, so that its mark needs no element for
/// the rest.
#[cfg(feature = "large")]
fn whole_name(reader: &Reader, event: usize) -> Option<String> {
    reader.timeline().events.shelf()?;
    let Localised { lang, text } = reader.read(&reader.timeline().events[event].label);
    let is_plain = lang.is_empty() || lang == reader.locale.tag();
    is_plain.then(|| [text, &date_and_track(reader, event)].concat())
}

/// Label and rest are read one after the other.
#[cfg(not(feature = "large"))]
fn whole_name(_: &Reader, _: usize) -> Option<&'static str> {
    None
}

fn tab_index(event: usize, tab_stop: Option<usize>) -> &'static str {
    if tab_stop == Some(event) { "0" } else { "-1" }
}

/// The date beside a name, where one stands.
fn date_beside(reader: &Reader, event: &Event, shown: bool, near: bool) -> Html {
    let date = if shown { text::label_date(&event.date, near, reader.locale) } else { String::new() };
    if date.is_empty() {
        return html! {};
    }
    let class = class_list(&[("when", true), ("disp", event.date_disputed)]);
    html! { <span {class} aria-hidden="true">{date}</span> }
}

fn point_item(
    reader: &Reader,
    track: &TrackScene,
    point: &PointMark,
    near: bool,
    tab_stop: Option<usize>,
    by: Mover,
) -> Html {
    let event = &reader.timeline().events[point.event];
    let class = class_list(&[
        ("pt", true),
        (
            match point.label.as_ref().map(|label| label.side) {
                Some(Side::Right) => "right",
                Some(Side::Left) => "left",
                None => "bare",
            },
            true,
        ),
        ("big", event.importance >= 5),
        ("about", event.date.is_vague()),
        (emphasis_class(point.emphasis), true),
    ]);
    let style =
        px(&[(by.property(), point.x.round()), ("top", point.y), ("--st", (track.base - point.y).max(0.0))]);
    let label = match &point.label {
        Some(label) => {
            // What the box has without the mark and the gap beside it.
            let room = px(&[("max-inline-size", label.x1 - label.x0 - 19.0)]);
            let name = html! {
                <>
                    { reader.html(&event.label) }
                    { date_beside(reader, event, label.date, near) }
                </>
            };
            let gloss = if label.gloss { reader.read(&event.gloss).text } else { "" };
            let lines = if gloss.is_empty() {
                name
            } else {
                html! {
                    <>
                        <span class="l1">{name}</span>
                        <span class="l2" aria-hidden="true">{gloss}</span>
                    </>
                }
            };
            html! { <span class={if label.mute { "lb sr" } else { "lb" }} data-style={room}>{lines}</span> }
        }
        None => html! { <span class="lb sr">{ reader.html(&event.label) }</span> },
    };
    let name = whole_name(reader, point.event);
    let rest = rest_of_name(reader, point.event, name.is_some());
    html! {
        <li key={&event.id} {class} data-style={style}>
            <a href={reader.href(point.event)} data-event-id={&event.id} aria-label={name} tabindex={tab_index(point.event, tab_stop)} aria-current={reader.current(point.event)} draggable="false">
                { mark(track.track) }
                { label }
                {rest}
            </a>
        </li>
    }
}

fn span_item(reader: &Reader, span: &SpanMark, near: bool, tab_stop: Option<usize>, by: Mover) -> Html {
    let event = &reader.timeline().events[span.event];
    let width = span.x1 - span.x0;
    let style = px(&[(by.property(), span.x0.round()), ("top", span.y), ("--w", width)]);
    let (a, b) = span.core.unwrap_or((span.x1, span.x1));
    let (a, b) = ((a - span.x0).max(0.0), (span.x1 - b).max(0.0));
    let is_sure = a.max(b) <= 0.5;
    let class = class_list(&[("span", true), ("sure", is_sure), (emphasis_class(span.emphasis), true)]);
    let rule = if is_sure {
        html! {}
    } else {
        html! { <i class="rib" data-style={px(&[("--a", a), ("--b", b)])}></i> }
    };
    let name = whole_name(reader, span.event);
    let rest = rest_of_name(reader, span.event, name.is_some());
    // The captions of a track that moves are beside it.
    #[cfg(feature = "large")]
    let is_beside = by == Mover::Left && name.is_some();
    #[cfg(not(feature = "large"))]
    let is_beside = false;
    let caption = if is_beside {
        html! {}
    } else {
        caption(reader, span, span.x0, near)
    };
    html! {
        <li key={&event.id} {class} data-style={style}>
            <a href={reader.href(span.event)} data-event-id={&event.id} aria-label={name} tabindex={tab_index(span.event, tab_stop)} aria-current={reader.current(span.event)} draggable="false">
                { rule }
                {caption}
                {rest}
            </a>
        </li>
    }
}

/// The caption of a span, in what begins so far from the left edge.
fn caption(reader: &Reader, span: &SpanMark, from: f64, near: bool) -> Html {
    let event = &reader.timeline().events[span.event];
    let style = px(&[("left", span.caption_x - from), ("max-inline-size", span.caption_width)]);
    html! {
        <span class={if span.caption_width > 0.0 { "sl" } else { "sr" }} data-style={style}>
            { reader.html(&event.label) }
            { date_beside(reader, event, span.date, near) }
        </span>
    }
}

/// The control of an event that has no label of its own here; its name appears while it has focus.
fn ghost_item(
    reader: &Reader,
    track: &TrackScene,
    event: usize,
    (x0, x1): (f64, f64),
    tab_stop: Option<usize>,
    by: Mover,
) -> Html {
    let info = &reader.timeline().events[event];
    let style = px(&[(by.property(), x0.round()), ("top", track.base), ("--w", x1 - x0)]);
    let name = whole_name(reader, event);
    let rest = rest_of_name(reader, event, name.is_some());
    html! {
        <li key={&info.id} class="ghost" data-style={style}>
            <a href={reader.href(event)} data-event-id={&info.id} aria-label={name} tabindex={tab_index(event, tab_stop)} draggable="false">
                <span class="lb">{ reader.html(&info.label) }</span>
                {rest}
            </a>
        </li>
    }
}

fn count_item(reader: &Reader, scene: &Scene, track: &TrackScene, count: &CountMark, by: Mover) -> Html {
    let timeline = reader.timeline();
    let total = count.count;
    let named = if total <= NAMED { &count.events[..] } else { &[] };
    let names: Vec<&str> =
        named.iter().map(|event| reader.read(&timeline.events[*event].label).text).collect();
    let (first, last) = count.ends;
    let action = if count.inseparable {
        Action::Offer(count.events.clone(), count.x / scene.width, (track.top + count.y) / scene.height)
    } else {
        Action::Part(first, last)
    };
    let name = reader.locale.words().count_name(total, &names);
    #[cfg(not(feature = "large"))]
    let shown = total.to_string();
    // What is said begins with what is seen, so that it can be spoken to.
    #[cfg(feature = "large")]
    let shown = reader.locale.words().short_count(total);
    #[cfg(feature = "large")]
    let name = if total < 1000 { name } else { [&*shown, ", ", &name].concat() };
    let key = ["count-", &timeline.events[first].id].concat();
    let style = px(&[(by.property(), count.x.round()), ("top", count.y)]);
    html! {
        <li {key} class={class_list(&[("pill", true), (emphasis_class(count.emphasis), true)])} data-style={style}>
            <button type="button" tabindex="-1" onclick={reader.on(action)} aria-label={name}>
                {shown}
            </button>
        </li>
    }
}

/// The events to choose from. Shares of the chart place the list, so that it never reaches beyond.
fn pile(reader: &Reader) -> Html {
    let ui = &reader.state.ui;
    let rows = ui.pile.iter().map(|event| {
        let info = &reader.timeline().events[*event];
        html! {
            <li key={&info.id} data-thread={thread(info.track)}>
                <a href={reader.href(*event)} onclick={reader.on_event_link(*event)}>
                    { mark(info.track) }
                    <span>{ reader.html(&info.label) }</span>
                    <span class="when">{ text::short_date_with_year(&info.date, reader.locale) }</span>
                </a>
            </li>
        }
    });
    let style = format!("--x:{};--y:{}", Short(ui.pile_at.0), Short(ui.pile_at.1));
    html! { <ul class="pile" data-style={style}>{ for rows }</ul> }
}

/// What stands at the edges of a track for what lies beyond them. It stays there while the track moves.
fn ends<'a>(reader: &'a Reader, track: &'a TrackScene) -> impl Iterator<Item = Html> + 'a {
    let ends = [(&track.earlier, false), (&track.later, true)].into_iter();
    ends.filter_map(move |(beyond, later)| beyond_item(reader, beyond.as_ref()?, later))
}

fn beyond_item(reader: &Reader, beyond: &Beyond, later: bool) -> Option<Html> {
    let style = px(&[("--y", beyond.y?)]);
    let info = &reader.timeline().events[beyond.nearest];
    let words = reader.locale.words();
    let text = if beyond.named && later {
        words.next_event(reader.read(&info.label).text, &text::flag_date(&info.date, reader.locale))
    } else {
        beyond.count.to_string()
    };
    let rest = if beyond.named && later { String::new() } else { [" ", words.beyond(later)].concat() };
    // Five digits have no room there, and are said.
    #[cfg(feature = "large")]
    let (text, rest) = if beyond.count < 10_000 || (beyond.named && later) {
        (text, rest)
    } else {
        (words.short_count(beyond.count), [", ", &words.number(beyond.count), &rest].concat())
    };
    let class = if later { "edgec r" } else { "edgec l" };
    Some(html! {
        <div key={class} {class} data-style={style}>
            <button type="button" tabindex="-1" onclick={reader.on(Action::MoveCursor(beyond.nearest))}>
                { if later { html! {} } else { small_icon("prev") } }
                <span>{text}<span class="sr">{rest}</span></span>
                { if later { small_icon("next") } else { html! {} } }
            </button>
        </div>
    })
}

/// The links of the chosen event.
pub(super) fn arcs(scene: &Scene) -> Html {
    let paths = scene.arcs.iter().map(|arc| {
        let class = match arc.group {
            RelationGroup::BecauseOf => "arc cause",
            RelationGroup::LedTo => "arc effect",
            RelationGroup::TurnedAgainst => "arc against",
        };
        let (x, y) = arc.head;
        let head = match (arc.group, arc.up) {
            (RelationGroup::TurnedAgainst, _) => "M-5 0H5",
            (_, false) => "M0 2 -4 -5 4 -5Z",
            (_, true) => "M0 -2 -4 5 4 5Z",
        };
        html! {
            <g key={arc.other * 4 + arc.group as usize} {class}>
                <path class="halo" d={arc.path.clone()} />
                <path class="line" d={arc.path.clone()} />
                <path class="ah" d={head} transform={format!("translate({} {})", Short(x), Short(y))} />
            </g>
        }
    });
    html! {
        <svg class="arcs" width={Short(scene.width)} height={Short(scene.height)}>{ for paths }</svg>
    }
}

/// The point of the line over the chart, and the words on its flag: the reading line, else the chosen event.
fn flagged(reader: &Reader) -> Option<(TimePoint, String)> {
    let view = &reader.state.view;
    let (point, words) = if let Some(moment) = view.moment {
        (moment, text::long_day(moment, reader.locale))
    } else {
        let date = &reader.timeline().events[view.selection?].date;
        let start = date.start.date().map_or(date.anchor(), |part| part.range.middle());
        (start, text::flag_date(date, reader.locale))
    };
    view.span.contains(point).then_some((point, words))
}

/// Where the flag lies: it stays inside the plot, so near an edge it hangs to one side of its line.
fn flag_place(words: &str, x: f64, width: f64) -> (f64, f64) {
    let half = 3.6 * words.chars().count() as f64 + 10.0;
    let middle = x.max(half.min(width / 2.0)).min((width - half).max(width / 2.0));
    (middle - half, middle + half)
}

/// The stretch of the axis that the flag covers, so that no name is drawn under it.
pub(super) fn flag_range(reader: &Reader, viewport: Viewport) -> Option<(f64, f64)> {
    let (point, words) = flagged(reader)?;
    Some(flag_place(&words, viewport.x_from_time(point), viewport.width_px))
}

/// The line and the date over the chosen event, or under the pointer.
fn flag(reader: &Reader, viewport: Viewport) -> Option<Html> {
    let (point, words) = flagged(reader)?;
    let class = if reader.state.view.moment.is_some() { "datum moment" } else { "datum" };
    let x = viewport.x_from_time(point);
    let (x0, x1) = flag_place(&words, x, viewport.width_px);
    let shift = f64::midpoint(x0, x1) - x;
    Some(html! {
        <i key="flag" {class} data-style={px(&[("left", x), ("--shift", shift)])}><span>{words}</span></i>
    })
}
