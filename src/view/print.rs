//! The chart on paper: drawn once, when the page is built, and shown by the style sheet in print alone.
//!
//! It is in the page of every reader, so it is kept small: whole pixels, one path for all strokes of a kind, and classes
//! in place of attributes. The list below it says the same in words; here its numbers stand before the names.

use yew::Html;

use super::chart::is_edge;
use super::icons::{mark_href, thread};
use super::legend::legend;
use super::markup::html;
use crate::layout::{
    ApproximateMeasurer, CountMark, Font, LabelTexts, Plan, PlanInput, PointMark, Scene, Side, SpanMark,
    TextMeasurer, Tier, TrackScene,
};
use crate::model::{EraField, Text, Timeline};
use crate::scale::{Axis, Short, TickRank, Viewport, axis, fit_domain};
use crate::text::{self, Locale};

/// A4 across, within its margins, in pixels of nine tenths: names of 14 of these are read well on paper.
const WIDTH: f64 = 1146.0;
/// What title and key leave of the height of the sheet.
const HEIGHT: f64 = 716.0;
/// The column of threads.
const HEAD: f64 = 150.0;
/// Years and strip.
const AXIS: f64 = 58.0;
/// Room that a year needs to have that of the second calendar beside it.
const SECOND_YEAR: f64 = 84.0;
/// An era narrower than this has no name on the strip, and one narrower than the second has no dates.
const ERA_NAMED: f64 = 30.0;
const ERA_DATED: f64 = 330.0;
/// A track lower than this has no room for its note.
const NOTED: f64 = 62.0;
/// A digit of the number before a name, and the gap after it.
const DIGIT: f64 = 6.5;
const NUMBER_GAP: f64 = 4.5;
/// The fonts of dates differ between machines; some are so much wider.
const WIDE_SANS: f64 = 1.3;

/// The whole chart with its key, or nothing where there is nothing to draw.
pub(super) fn chart(timeline: &Timeline, locale: Locale) -> Option<Html> {
    let fit = fit_domain(timeline.extent()?);
    let sheet = Sheet { timeline, locale };
    let viewport = Viewport { span: fit, width_px: WIDTH - HEAD };
    let input = PlanInput {
        timeline,
        lang: locale.tag(),
        texts: &sheet,
        fit,
        width_px: viewport.width_px,
        height_px: HEIGHT - AXIS,
        compact: false,
        selection: None,
        matches: None,
        hidden_tracks: &[],
    };
    let digits = timeline.events.len().to_string().len() as f64;
    let scene = Plan::new(&input, &Numbered(digits * DIGIT + NUMBER_GAP)).scene(viewport);
    let axis = axis(viewport, scene.tier, None);
    let view_box = format!("{} {} {} {}", px(-HEAD), px(-AXIS), px(WIDTH), px(AXIS + scene.height));
    let tracks = scene.tracks.iter().map(|track| sheet.track(track));
    Some(html! {
        <div class="sheet" aria-hidden="true">
            <svg viewBox={view_box}>
                { sheet.fields(&scene, &axis) }
                { sheet.axis(&axis) }
                { for sheet.strip(&scene) }
                { for tracks }
            </svg>
            { legend(locale.words(), "") }
        </div>
    })
}

/// Measures names with a number before them.
struct Numbered(f64);

impl TextMeasurer for Numbered {
    fn width(&self, text: &str, font: Font) -> f64 {
        let width = ApproximateMeasurer.width(text, font);
        match font {
            Font::Label | Font::LabelStrong | Font::Caption => width + self.0,
            Font::Date => width * WIDE_SANS,
            _ => width,
        }
    }
}

/// Whole pixels are fine enough for paper.
fn px(value: f64) -> i64 {
    value.round() as i64
}

/// A stroke from left to right, both ends and its height; or upright, its place and from which height to which.
type Stroke = (f64, f64, f64);

/// Strokes from left to right, as the `d` of one path.
fn strokes(strokes: impl IntoIterator<Item = Stroke>) -> String {
    let stroke = |(x0, x1, y): Stroke| format!("M{} {}H{}", px(x0), Short(y), px(x1));
    strokes.into_iter().map(stroke).collect()
}

/// The same upright.
fn uprights(strokes: impl IntoIterator<Item = Stroke>) -> String {
    let stroke = |(x, y0, y1): Stroke| format!("M{} {}V{}", px(x), px(y0), px(y1));
    strokes.into_iter().map(stroke).collect()
}

/// A path, where there is anything to draw.
fn path(class: &'static str, d: String) -> Html {
    if d.is_empty() {
        html! {}
    } else {
        html! { <path {class} {d} /> }
    }
}

struct Sheet<'a> {
    timeline: &'a Timeline,
    locale: Locale,
}

impl LabelTexts for Sheet<'_> {
    fn date(&self, event: usize, tier: Tier) -> String {
        text::label_date(&self.timeline.events[event].date, tier == Tier::Near, self.locale)
    }
}

impl Sheet<'_> {
    fn read<'t>(&self, text: &'t Text) -> &'t str {
        text.best(self.locale.tag()).text
    }

    /// The years of the treaty, and a hairline for each year, behind everything.
    fn fields(&self, scene: &Scene, axis: &Axis) -> Html {
        let fields = scene.eras.iter().map(|shown| {
            let class = match self.timeline.eras[shown.era].field {
                EraField::Full => "b1",
                EraField::Hatched => "b2",
            };
            html! {
                <rect {class} x={px(shown.x0).to_string()} width={px(shown.x1 - shown.x0).to_string()} height={px(scene.height).to_string()} />
            }
        });
        let edges = scene.eras.iter().flat_map(|shown| {
            let starts = is_edge(self.timeline, shown.era, true).then_some(shown.x0);
            let ends = is_edge(self.timeline, shown.era, false).then_some(shown.x1);
            starts.into_iter().chain(ends)
        });
        let full = |x: f64| (x, 0.0, scene.height);
        html! {
            <>
                <pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse"><path d="M0 7 7 0" /></pattern>
                { for fields }
                { path("g", uprights(axis.gridlines.iter().copied().map(full))) }
                { path("edge", uprights(edges.map(|x| (x, -2.0, scene.height)))) }
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
            html! { <text class="yr" x={px(label.x + 6.0).to_string()} y="-38">{name}{ for second }</text> }
        });
        html! { <>{ for ticks }{ for names }</> }
    }

    /// The eras by name, above the tracks.
    fn strip<'s>(&'s self, scene: &'s Scene) -> impl Iterator<Item = Html> + 's {
        let mut numbered = vec![false; self.timeline.events.len()];
        scene.eras.iter().map(move |shown| {
            let era = &self.timeline.eras[shown.era];
            let width = shown.x1 - shown.x0;
            let class = match era.field {
                EraField::Full => "force",
                EraField::Hatched => "onesided",
            };
            let number = era.event.filter(|event| !std::mem::replace(&mut numbered[*event], true)).map(number);
            let dates = (width > ERA_DATED && era.field == EraField::Full)
                .then(|| html! { <tspan class="w" dx="6">{self.read(&era.dates)}</tspan> });
            let words = (width > ERA_NAMED).then(|| {
                html! {
                    <text x={px(shown.x0 + 10.0).to_string()} y="-10">{ for number }{self.read(&era.label)}{ for dates }</text>
                }
            });
            html! {
                <g {class}>
                    <rect x={px(shown.x0).to_string()} y="-26" width={px(width).to_string()} height="24" />
                    { for words }
                </g>
            }
        })
    }

    fn track(&self, track: &TrackScene) -> Html {
        let info = &self.timeline.tracks[track.track];
        let count = self.timeline.events.iter().filter(|event| event.track == track.track).count();
        let note = (track.height > NOTED).then(|| html! { <p>{self.read(&info.note)}</p> });
        let base = track.base;
        let labelled = || track.points.iter().filter(|point| point.label.is_some());
        let double = thread(track.track) == "3";
        // A thread drawn as a double line has two strokes for each rule.
        let rules = |rules: Vec<Stroke>, half: f64| {
            let apart = if double { vec![-half, half] } else { vec![0.0] };
            strokes(
                rules
                    .into_iter()
                    .flat_map(|(x0, x1, y)| apart.iter().map(move |by| (x0, x1, y + by)).collect::<Vec<_>>()),
            )
        };
        let lying = track.feet.iter().filter(|foot| foot.lying && !foot.possible);
        let lying = lying.map(|foot| (foot.x0, foot.x1.max(foot.x0 + 3.0), base)).collect();
        let vague = |lying: bool| {
            let feet = track.feet.iter().filter(move |foot| foot.possible && foot.lying == lying);
            strokes(feet.map(|foot| (foot.x0, foot.x1, base)))
        };
        let day = labelled().map(|point| (point.x - 1.5, point.x + 1.5, base));
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
        html! {
            <g data-thread={thread(track.track)} transform={format!("translate(0 {})", px(track.top))}>
                { path("top", strokes([(-HEAD, WIDTH - HEAD, 0.0)])) }
                { use_mark(track.track, 7.0 - HEAD, 19.0, 13.0) }
                <foreignObject x={px(20.0 - HEAD).to_string()} y="10" width={px(HEAD - 34.0).to_string()} height={px(track.height - 10.0).to_string()}>
                    <b>{self.read(&info.name)}</b><i>{count}</i>{ for note }
                </foreignObject>
                { path("bl", strokes([(0.0, WIDTH - HEAD, base)])) }
                { path("low", rules(lying, 2.0)) }
                { path("ft", strokes(day.chain(wide))) }
                { path("low fz", vague(true)) }
                { path("ft fz", vague(false)) }
                { path("stem", uprights(labelled().map(|point| (point.x, point.y, base)))) }
                { path("rib", rules(certain, 1.5)) }
                { path("rib fz", strokes(possible)) }
                { for track.points.iter().map(|point| self.point(track, point)) }
                { for track.spans.iter().map(caption) }
                { for track.counts.iter().map(count_mark) }
            </g>
        }
    }

    fn point(&self, track: &TrackScene, point: &PointMark) -> Html {
        let event = &self.timeline.events[point.event];
        let big = event.importance >= 5;
        let size = if point.label.is_none() {
            8.0
        } else if big {
            14.0
        } else {
            12.0
        };
        let mark = use_mark(track.track, point.x, point.y, size);
        let mark = if event.date.is_vague() {
            html! { <g class="about">{ mark }</g> }
        } else {
            mark
        };
        let label = point.label.as_ref().map(|label| {
            let x = if label.side == Side::Left { point.x - 12.0 } else { point.x + 12.0 };
            let class = match (label.side, big) {
                (Side::Right, false) => None,
                (Side::Right, true) => Some("b"),
                (Side::Left, false) => Some("l"),
                (Side::Left, true) => Some("l b"),
            };
            let date = (!label.date.is_empty()).then(|| {
                let class = if event.date_disputed { "w disp" } else { "w" };
                html! { <tspan {class} dx="6">{&*label.date}</tspan> }
            });
            html! { <text {class} x={px(x).to_string()} y={px(point.y + 5.0).to_string()}>{ number(point.event) }{&*label.text}{ for date }</text> }
        });
        html! { <>{ mark }{ for label }</> }
    }
}

/// The place of an event in the list.
fn number(event: usize) -> Html {
    html! { <><tspan class="n">{event + 1}</tspan>{" "}</> }
}

fn use_mark(track: usize, x: f64, y: f64, size: f64) -> Html {
    let side = px(size).to_string();
    html! { <use href={mark_href(track)} x={px(x - size / 2.0).to_string()} y={px(y - size / 2.0).to_string()} width={side.clone()} height={side} /> }
}

fn count_mark(count: &CountMark) -> Html {
    html! {
        <>
            <rect class="pill" x={px(count.x - 12.0).to_string()} y={px(count.y - 9.0).to_string()} width="24" height="18" rx="9" />
            <text class="k" x={px(count.x).to_string()} y={px(count.y + 4.0).to_string()}>{count.events.len()}</text>
        </>
    }
}

fn caption(span: &SpanMark) -> Html {
    html! {
        <text class="c" x={px(span.caption_x).to_string()} y={px(span.y + 17.0).to_string()}>{ number(span.event) }{&*span.text}</text>
    }
}
