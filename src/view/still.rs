//! The whole chart as a picture, drawn when the page is built: for paper, and for a wide window before and without the app.
//!
//! It is in the page of every reader, so it is kept small: whole pixels, one path for all strokes of a kind, and classes
//! in place of attributes. The list below it says the same in words; on paper its numbers stand before the names.
//!
//! On paper all grows and shrinks with the sheet. In a window only distances in time do: strokes lie in boxes that stretch,
//! and texts and marks stand at shares of the width, so names that do not touch at the least width never do.

use yew::Html;

use super::chart::is_edge;
use super::icons::{mark_href, thread};
use super::legend::legend;
use super::markup::html;
use super::strokes::{Stroke, across, uprights};
use crate::layout::{
    ApproximateMeasurer, CountMark, EraBox, Font, Plan, PlanInput, PointMark, Scene, Side, SpanMark,
    TextMeasurer, Tier, TrackScene,
};
use crate::model::{EraField, Text, Timeline};
use crate::scale::{Axis, Limits, Short, TickRank, Viewport, axis};
use crate::state::event_hash;
use crate::text::{self, Locale};

/// Where the chart is drawn.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Medium {
    /// A4 across, within its margins, in pixels of nine tenths: names of 14 of these are read well on paper.
    Paper,
    /// A window of 1360 pixels or more, in the measures of the app's chart.
    Window,
}

impl Medium {
    /// The column of threads.
    const fn head(self) -> f64 {
        match self {
            Self::Paper => 150.0,
            Self::Window => 184.0,
        }
    }

    /// What the column leaves of the width, at the least.
    const fn width(self) -> f64 {
        match self {
            Self::Paper => 996.0,
            Self::Window => 1112.0,
        }
    }

    /// What title and key leave of the sheet, or of a window of 900 pixels with what stands below the app's chart.
    const fn height(self) -> f64 {
        match self {
            Self::Paper => 658.0,
            Self::Window => 620.0,
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::Paper => "still paper",
            Self::Window => "still page",
        }
    }
}

/// Years and strip.
const AXIS: f64 = 58.0;
/// Room that a year needs to have that of the second calendar beside it.
const SECOND_YEAR: f64 = 84.0;
/// An era narrower than this has no box on the strip, and one narrower than the second has no dates.
const ERA_BOXED: f64 = 30.0;
const ERA_DATED: f64 = 330.0;
/// A track lower than this has no room for its note.
const NOTED: f64 = 62.0;
/// A digit of the number before a name, and the gap after it.
const DIGIT: f64 = 6.5;
const NUMBER_GAP: f64 = 4.5;
/// The fonts of dates differ between machines, and names are made of other letters than the average; some are so much wider.
const WIDE_SANS: f64 = 1.3;
const WIDE_SERIF: f64 = 1.12;

/// The whole chart with its key, or nothing where there is nothing to draw.
pub(super) fn chart(timeline: &Timeline, locale: Locale, medium: Medium) -> Option<Html> {
    timeline.extent()?;
    let limits = Limits::of(timeline);
    let still = Still { timeline, locale, medium };
    let viewport = Viewport { span: limits.fit, width_px: medium.width() };
    let input = PlanInput {
        timeline,
        locale,
        limits,
        width_px: viewport.width_px,
        height_px: medium.height(),
        compact: false,
        selection: None,
        matches: None,
        hidden_tracks: &[],
    };
    let digits = match medium {
        Medium::Paper => timeline.events.len().to_string().len() as f64 * DIGIT + NUMBER_GAP,
        Medium::Window => 0.0,
    };
    let scene = Plan::new(&input, &Estimate(digits)).scene(timeline, viewport);
    let axis = axis(viewport, scene.tier, None, &|at, unit, heading| {
        text::axis_name(at, unit, heading, locale).chars().count()
    });
    let inside = html! {
        <>
            { still.fields(&scene, &axis) }
            { still.axis(&axis) }
            { for still.strip(&scene) }
            { for scene.tracks.iter().map(|track| still.track(scene.tier, track)) }
        </>
    };
    let picture = match medium {
        Medium::Paper => {
            let (head, width) = (medium.head(), medium.width());
            let view_box =
                format!("{} {} {} {}", px(-head), px(-AXIS), px(head + width), px(AXIS + scene.height));
            html! { <svg viewBox={view_box}>{ inside }</svg> }
        }
        Medium::Window => html! { <svg height={px(scene.height).to_string()}>{ inside }</svg> },
    };
    Some(
        html! { <div class={medium.class()} aria-hidden="true">{ picture }{ legend(locale.words(), "") }</div> },
    )
}

/// Estimates the widths of names, which have so much before them.
struct Estimate(f64);

impl TextMeasurer for Estimate {
    fn width(&self, text: &str, font: Font) -> f64 {
        let width = ApproximateMeasurer.width(text, font);
        match font {
            Font::Date => width * WIDE_SANS,
            _ => width * WIDE_SERIF + self.0,
        }
    }
}

/// Whole pixels are fine enough for paper.
fn px(value: f64) -> i64 {
    value.round() as i64
}

/// A path, where there is anything to draw.
fn path(class: &'static str, d: String) -> Html {
    if d.is_empty() {
        html! {}
    } else {
        html! { <path {class} {d} /> }
    }
}

struct Still<'a> {
    timeline: &'a Timeline,
    locale: Locale,
    medium: Medium,
}

impl Still<'_> {
    fn read<'t>(&self, text: &'t Text) -> &'t str {
        text.best(self.locale.tag()).text
    }

    /// A place in the plot, or a width.
    fn at(&self, x: f64) -> String {
        match self.medium {
            Medium::Paper => px(x).to_string(),
            Medium::Window => format!("{}%", Short(x / self.medium.width() * 100.0)),
        }
    }

    /// Strokes over a stretch of height that grow with the width.
    fn stretched(&self, height: f64, strokes: Html) -> Html {
        let height = px(height).to_string();
        let view_box = format!("0 0 {} {height}", px(self.medium.width()));
        html! {
            <svg viewBox={view_box} width={self.at(self.medium.width())} {height} preserveAspectRatio="none">{ strokes }</svg>
        }
    }

    /// The years of the treaty, and a hairline for each year, behind everything.
    fn fields(&self, scene: &Scene, axis: &Axis) -> Html {
        let height = px(scene.height).to_string();
        let fields = scene.eras.iter().map(|shown| {
            let class = match self.timeline.eras[shown.era].field {
                EraField::Full => "b1",
                EraField::Hatched => "b2",
            };
            html! { <rect {class} x={self.at(shown.x0)} width={self.at(shown.x1 - shown.x0)} height={height.clone()} /> }
        });
        let edges = scene.eras.iter().flat_map(|shown| {
            let starts = is_edge(self.timeline, shown.era, true).then_some(shown.x0);
            let ends = is_edge(self.timeline, shown.era, false).then_some(shown.x1);
            starts.into_iter().chain(ends)
        });
        let full = |x: f64| (x, 0.0, scene.height);
        let strokes = html! {
            <>
                { path("g", uprights(axis.gridlines.iter().copied().map(full))) }
                { path("edge", uprights(edges.map(|x| (x, -2.0, scene.height)))) }
            </>
        };
        // Two pictures of one page need two names.
        let hatch = match self.medium {
            Medium::Paper => "hatch",
            Medium::Window => "hatch-w",
        };
        html! {
            <>
                <pattern id={hatch} width="10" height="10" patternUnits="userSpaceOnUse"><path d="M0 10 10 0" /></pattern>
                { for fields }
                { self.stretched(scene.height, strokes) }
            </>
        }
    }

    fn axis(&self, axis: &Axis) -> Html {
        let ticks = [
            (TickRank::Minor, "tk", -32.0),
            (TickRank::Middle, "tk q", -35.0),
            (TickRank::Major, "tk y", -54.0),
        ];
        let ticks = ticks.into_iter().map(|(rank, class, from)| {
            let own = axis.ticks.iter().filter(|tick| tick.rank == rank);
            path(class, uprights(own.map(|tick| (tick.x, from, -28.0))))
        });
        let names = axis.labels.iter().map(|label| {
            let name = text::axis_name(label.at, label.unit, label.heading, self.locale);
            let second = (self.timeline.calendar.is_some() && label.until_x - label.x >= SECOND_YEAR).then(|| {
                html! { <tspan dx="6" class="w" lang="zh-Hant">{text::minguo_year(label.at.civil())}</tspan> }
            });
            html! { <text class="yr" x={self.at(label.x)} dx="6" y="-38">{name}{ for second }</text> }
        });
        html! { <>{ self.stretched(1.0, html! { <>{ for ticks }</> }) }{ for names }</> }
    }

    /// The eras by name, above the tracks.
    fn strip<'s>(&'s self, scene: &'s Scene) -> impl Iterator<Item = Html> + 's {
        let mut numbered = vec![false; self.timeline.events.len()];
        let boxed = |shown: &&EraBox| shown.x1 - shown.x0 > ERA_BOXED;
        scene.eras.iter().filter(boxed).map(move |shown| {
            let era = &self.timeline.eras[shown.era];
            let width = shown.x1 - shown.x0;
            let class = match era.field {
                EraField::Full => "force",
                EraField::Hatched => "onesided",
            };
            let number = era.event.filter(|event| !std::mem::replace(&mut numbered[*event], true));
            let number = number.and_then(|event| self.number(event));
            // What stood before and after a treaty is dated where there is more room than at the least.
            let dated = match (era.field, self.medium) {
                (EraField::Full, _) => Some("w"),
                (EraField::Hatched, Medium::Window) => Some("w more"),
                (EraField::Hatched, Medium::Paper) => None,
            };
            let dates = dated.filter(|_| width > ERA_DATED).map(|class| {
                html! { <tspan {class} dx="6">{self.read(&era.dates)}</tspan> }
            });
            let shown = html! {
                <g {class}>
                    <rect x={self.at(shown.x0)} y="-26" width={self.at(width)} height="24" />
                    <text x={self.at(shown.x0)} dx="10" y="-10">{ for number }{self.read(&era.label)}{ for dates }</text>
                </g>
            };
            match era.event {
                Some(event) => self.link(event, shown),
                None => shown,
            }
        })
    }

    fn track(&self, tier: Tier, track: &TrackScene) -> Html {
        let (head, width) = (self.medium.head(), self.medium.width());
        let info = &self.timeline.tracks[track.track];
        let count = self.timeline.events.iter().filter(|event| event.track == track.track).count();
        let note = (track.height > NOTED).then(|| html! { <p>{self.read(&info.note)}</p> });
        let base = track.base;
        let labelled = || track.points.iter().filter(|point| point.label.is_some());
        // On paper a thread drawn as a double line has two strokes for each rule.
        let double = self.medium == Medium::Paper && thread(track.track) == "3";
        let rules = |rules: Vec<Stroke>, half: f64| {
            let apart = if double { vec![-half, half] } else { vec![0.0] };
            across(
                rules
                    .into_iter()
                    .flat_map(|(x0, x1, y)| apart.iter().map(move |by| (x0, x1, y + by)).collect::<Vec<_>>()),
            )
        };
        let lying = track.feet.iter().filter(|foot| foot.lying && !foot.possible);
        let cores = track.feet.iter().filter_map(|foot| foot.core).map(|(from, to)| (from, to, base));
        let lying = lying.map(|foot| (foot.x0, foot.x1.max(foot.x0 + 3.0), base)).chain(cores).collect();
        let vague = |lying: bool| {
            let feet = track.feet.iter().filter(move |foot| foot.possible && foot.lying == lying);
            across(feet.map(|foot| (foot.x0, foot.x1, base)))
        };
        let day = labelled().map(|point| (point.x, base - 3.0, base + 3.0));
        let wide = track
            .feet
            .iter()
            .filter(|foot| !foot.lying && !foot.possible)
            .map(|foot| (foot.x0, foot.x1, base));
        let certain =
            track.spans.iter().filter_map(|span| span.core.map(|(x0, x1)| (x0, x1, span.y + 2.0))).collect();
        // Dashes run away from what is certain.
        let possible = track.spans.iter().flat_map(|span| {
            let y = span.y + 2.0;
            match span.core {
                Some((a, b)) => vec![(a, span.x0, y), (b, span.x1, y)],
                None => vec![(span.x0, span.x1, y)],
            }
        });
        let possible = possible.filter(|(from, to, _)| (from - to).abs() > 1.0);
        let drawn = html! {
            <>
                { path("bl", across([(0.0, width, base)])) }
                { path("low", rules(lying, 2.0)) }
                { path("day", uprights(day)) }
                { path("ft", across(wide)) }
                { path("low fz", vague(true)) }
                { path("ft fz", vague(false)) }
                { path("stem", uprights(labelled().map(|point| (point.x, point.y, base)))) }
                { path("rib", rules(certain, 1.5)) }
                { path("rib fz", across(possible)) }
            </>
        };
        let left = px(-head).to_string();
        html! {
            <g data-thread={thread(track.track)} transform={format!("translate(0 {})", px(track.top))}>
                <line class="top" x1={left.clone()} x2={self.at(width)} />
                { use_mark(track.track, left, 7, 19.0, 13.0) }
                <foreignObject x={px(24.0 - head).to_string()} y="10" width={px(head - 40.0).to_string()} height={px(track.height - 10.0).to_string()}>
                    <i>{count}</i><b>{self.read(&info.name)}</b>{ for note }
                </foreignObject>
                { self.stretched(track.height, drawn) }
                { for track.points.iter().map(|point| self.point(tier, track, point)) }
                { for track.spans.iter().map(|span| self.caption(span)) }
                { for track.counts.iter().map(|count| self.count(count)) }
            </g>
        }
    }

    fn point(&self, tier: Tier, track: &TrackScene, point: &PointMark) -> Html {
        let event = &self.timeline.events[point.event];
        let big = event.importance >= 5;
        let size = if point.label.is_none() {
            8.0
        } else if big {
            14.0
        } else {
            12.0
        };
        let mark = use_mark(track.track, self.at(point.x), 0, point.y, size);
        let mark = if event.date.is_vague() {
            html! { <g class="about">{ mark }</g> }
        } else {
            mark
        };
        let label = point.label.as_ref().map(|label| {
            let dx = if label.side == Side::Left { "-12" } else { "12" };
            let class = match (label.side, big) {
                (Side::Right, false) => None,
                (Side::Right, true) => Some("b"),
                (Side::Left, false) => Some("l"),
                (Side::Left, true) => Some("l b"),
            };
            let near = tier == Tier::Near;
            let date = if label.date { text::label_date(&event.date, near, self.locale) } else { String::new() };
            let date = (!date.is_empty()).then(|| {
                let class = if event.date_disputed { "w disp" } else { "w" };
                html! { <tspan {class} dx="6">{date}</tspan> }
            });
            html! { <text {class} x={self.at(point.x)} {dx} y={px(point.y + 5.0).to_string()}>{ for self.number(point.event) }{self.read(&event.label)}{ for date }</text> }
        });
        let title = label.is_none().then(|| self.title([point.event].iter()));
        self.link(point.event, html! { <>{ for title }{ mark }{ for label }</> })
    }

    fn caption(&self, span: &SpanMark) -> Html {
        let name = self.read(&self.timeline.events[span.event].label);
        let caption = html! {
            <text class="c" x={self.at(span.caption_x)} y={px(span.y + 17.0).to_string()}>{ for self.number(span.event) }{name}</text>
        };
        let title = name.is_empty().then(|| self.title([span.event].iter()));
        let bar = (self.medium == Medium::Window).then(|| {
            let (x, y) = (self.at(span.x0), px(span.y - 2.0).to_string());
            html! { <rect class="hit" {x} {y} width={self.at(span.x1 - span.x0)} height="8" /> }
        });
        self.link(span.event, html! { <>{ for title }{ for bar }{ caption }</> })
    }

    fn count(&self, count: &CountMark) -> Html {
        html! {
            <svg x={self.at(count.x)} y={px(count.y).to_string()}>
                { self.title(count.events.iter()) }
                <rect class="pill" x="-12" y="-9" width="24" height="18" rx="9" />
                <text class="k" y="4">{count.count}</text>
            </svg>
        }
    }

    /// What a pointer is told where no name stands.
    fn title<'i>(&self, events: impl Iterator<Item = &'i usize>) -> Html {
        let names: Vec<&str> = events.map(|event| self.read(&self.timeline.events[*event].label)).collect();
        match self.medium {
            Medium::Paper => html! {},
            Medium::Window => html! { <title>{names.join("; ")}</title> },
        }
    }

    /// In a window the event leads to its text; keys and ears have the contents for that.
    fn link(&self, event: usize, shown: Html) -> Html {
        match self.medium {
            Medium::Paper => shown,
            Medium::Window => {
                let href = event_hash(&self.timeline.events[event].id);
                html! { <a {href} tabindex="-1">{ shown }</a> }
            }
        }
    }

    /// On paper, the place of an event in the list.
    fn number(&self, event: usize) -> Option<Html> {
        (self.medium == Medium::Paper).then(|| html! { <><tspan class="n">{event + 1}</tspan>{" "}</> })
    }
}

/// The mark of a track around a point, which is a place in the plot and so many pixels on.
fn use_mark(track: usize, x: String, dx: i64, y: f64, size: f64) -> Html {
    let side = px(size).to_string();
    let half = size / 2.0;
    let transform = format!("translate({} {})", px(dx as f64 - half), px(-half));
    html! { <use href={mark_href(track)} {x} y={px(y).to_string()} width={side.clone()} height={side} {transform} /> }
}
