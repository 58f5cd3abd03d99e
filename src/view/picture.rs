//! The tracks and the axis of a large timeline as they were drawn last. While the view moves along, they are moved with it as
//! they are, and drawn anew when it leaves what was drawn or comes to rest: a frame then costs the same, however much is in it.

use std::rc::Rc;

use web_sys::{Element, HtmlElement};
use yew::virtual_dom::VComp;
use yew::{Component, Context, Html, Properties};

use super::chart::{Drawn, Mover, arcs, grid, lanes, names, ticks};
use super::context::{Reader, Spots};
use super::markup::html;
use crate::layout::{Plan, Scene};
use crate::scale::{Axis, AxisLabel, Short, Tick, Viewport, axis_beside};
use crate::text;
use crate::web;

/// Once the view moves, so much of its width is drawn beside it, which a drag from one end to the other hardly leaves.
const BESIDE: f64 = 0.625;

/// What is this near to its place stays, in pixels.
const SLACK: f64 = 0.5;

/// What was drawn, and for which view.
pub(super) struct Picture {
    reader: Reader,
    viewport: Viewport,
    /// How many pixels are drawn on both sides of that view.
    margin: f64,
    scene: Scene,
    axis: Axis,
}

/// The picture, and what is moved in it.
pub(super) struct Hung {
    picture: Rc<Picture>,
    /// How many pixels the view is to the right of the one that was drawn.
    by: f64,
    /// Which of the names on the axis are those of the view, in their order.
    named: Vec<bool>,
    /// Where the captions of its spans are: the event, from where, and how wide.
    captions: Vec<(usize, f64, f64)>,
    /// What is moved, once it was looked for.
    parts: Option<Parts>,
    /// It does not show any more how things stand.
    is_stale: bool,
}

/// The names on the axis of a view.
struct Named {
    /// Which of the picture's are among them, in their order.
    of_picture: Vec<bool>,
    /// The others.
    others: Vec<AxisLabel>,
}

/// What is moved in a picture.
struct Parts {
    /// The chart.
    stage: Vec<HtmlElement>,
    /// The ticks of the axis, beside what is drawn for less than a second.
    ticks: Vec<HtmlElement>,
    /// What else is moved along with the view.
    layers: Vec<HtmlElement>,
    /// The names on the axis, and which of them are seen.
    names: Vec<(HtmlElement, bool)>,
    /// What stays in view as long as it can.
    captions: Vec<Caption>,
}

/// The caption of a span, which goes along with the track or stays where it is.
struct Caption {
    event: usize,
    /// What is drawn of it, with the words in it.
    part: HtmlElement,
    words: HtmlElement,
    /// Where it was drawn and how wide.
    x: f64,
    width: f64,
    /// Whether it stays, where it is, and how wide.
    stays: bool,
    now: (f64, f64),
}

impl Spots {
    /// The picture has to be drawn anew, whatever the view.
    pub(super) fn repaint(&self) {
        if let Some(hung) = &mut *self.hung.borrow_mut() {
            hung.is_stale = true;
        }
    }
}

impl Picture {
    /// How many pixels a view is to the right of the one that was drawn; none if it is closer or farther.
    fn way_to(&self, viewport: Viewport) -> Option<f64> {
        let Viewport { span, .. } = viewport;
        let is_like =
            self.viewport.span.secs() == span.secs() && Viewport { span, ..self.viewport } == viewport;
        is_like.then(|| self.viewport.x_from_time(span.start))
    }

    /// Draws a view; and what lies beside it, if it moves.
    fn new(reader: &Reader, plan: &Plan, now: &Scene, axis: &Axis, viewport: Viewport, moves: bool) -> Self {
        let reader = reader.clone();
        if !moves {
            // Its names are drawn with the flag, which pushes some out.
            let axis = Axis { labels: Vec::new(), ..axis.clone() };
            return Self { reader, viewport, margin: 0.0, scene: now.clone(), axis };
        }
        let margin = BESIDE * viewport.width_px;
        let scene = plan.scene_beside(reader.timeline(), viewport, margin);
        let axis = axis_beside(viewport, margin, scene.tier, &|at, unit, heading| {
            text::axis_name(at, unit, heading, reader.locale).chars().count()
        });
        Self { reader, viewport, margin, scene, axis }
    }

    /// How its marks are put in their places.
    fn mover(&self) -> Mover {
        if self.margin > 0.0 { Mover::Left } else { Mover::Translate }
    }

    /// Whether it has all of a view that is so many pixels to the right: also each tick of its axis, which stands in other steps
    /// where years have longer names.
    fn holds(&self, axis: &Axis, by: f64) -> bool {
        let ticks = &self.axis.ticks;
        let is_there = |tick: &Tick| {
            let found = ticks.binary_search_by_key(&tick.at, |own| own.at);
            found.is_ok_and(|place| ticks[place].rank == tick.rank)
        };
        by.abs() <= self.margin && axis.ticks.iter().all(is_there)
    }

    /// Where the names are on the axis of a view that is so many pixels to the right.
    fn named(&self, axis: &Axis, by: f64) -> Named {
        // How much room there is decides whether a name says the year of a second calendar.
        let is_tight = self.reader.timeline().calendar.is_some();
        let is_same = |own: &AxisLabel, label: &AxisLabel| {
            (own.at, own.unit, own.heading) == (label.at, label.unit, label.heading)
                && (own.x - by - label.x).abs() <= SLACK
                && (!is_tight || (own.until_x - by - label.until_x).abs() <= SLACK)
        };
        let own = &self.axis.labels;
        let is_named = |own: &AxisLabel| axis.labels.iter().any(|label| is_same(own, label));
        let is_other = |label: &&AxisLabel| !own.iter().any(|own| is_same(own, label));
        Named {
            of_picture: own.iter().map(is_named).collect(),
            others: axis.labels.iter().filter(is_other).copied().collect(),
        }
    }
}

/// Pictures are equal if they are one.
impl PartialEq for Picture {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

/// The picture of a view: the last one, if it holds the view; and what of the axis is not in it.
pub(super) fn drawn(reader: &Reader, plan: &Plan, now: &Scene, axis: &Axis, viewport: Viewport) -> Drawn {
    let mut hung = reader.spots.hung.borrow_mut();
    let way = hung.as_ref().filter(|hung| !hung.is_stale).and_then(|hung| hung.picture.way_to(viewport));
    let mut next = match (hung.take(), way) {
        (Some(last), Some(by)) if last.picture.holds(axis, by) => Hung { by, ..last },
        (last, _) => {
            // Before another is drawn in its place.
            if let Some(parts) = last.and_then(|last| last.parts) {
                parts.release();
            }
            let picture = Picture::new(reader, plan, now, axis, viewport, way.is_some());
            Hung {
                picture: Rc::new(picture),
                by: 0.0,
                named: Vec::new(),
                captions: Vec::new(),
                parts: None,
                is_stale: false,
            }
        }
    };
    let picture = Rc::clone(&next.picture);
    let Named { of_picture, others } = picture.named(axis, next.by);
    (next.named, next.captions) = (of_picture, captions(now));
    *hung = Some(next);
    let layer =
        |layer| VComp::new::<Once>(Rc::new(Shown { picture: Rc::clone(&picture), layer }), None).into();
    Drawn {
        ticks: layer(Layer::Ticks),
        names: html! { <>{ layer(Layer::Names) }{ names(reader, &others, viewport, Mover::Translate) }</> },
        grid: layer(Layer::Grid),
        lanes: layer(Layer::Lanes),
        links: arcs(&picture.scene),
        height: picture.scene.height,
    }
}

/// The captions of the spans in a scene: the event, from where, and how wide.
fn captions(scene: &Scene) -> Vec<(usize, f64, f64)> {
    let spans = scene.tracks.iter().flat_map(|track| &track.spans);
    spans.map(|span| (span.event, span.caption_x, span.caption_width)).collect()
}

/// A part of the chart that is drawn once for a picture.
#[derive(Clone, Copy, PartialEq)]
enum Layer {
    Ticks,
    Names,
    Grid,
    Lanes,
}

#[derive(Clone, PartialEq, Properties)]
struct Shown {
    picture: Rc<Picture>,
    layer: Layer,
}

/// Draws a layer of a picture.
struct Once;

impl Component for Once {
    type Message = ();
    type Properties = Shown;

    fn create(_: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Shown { picture, layer } = ctx.props();
        let Picture { reader, viewport, scene, axis, .. } = &**picture;
        match layer {
            Layer::Ticks => ticks(axis),
            Layer::Names => {
                html! { <div class="names">{ names(reader, &axis.labels, *viewport, picture.mover()) }</div> }
            }
            Layer::Grid => grid(axis, picture.mover()),
            Layer::Lanes => lanes(reader, scene, *viewport, picture.mover()),
        }
    }
}

impl Hung {
    /// Whether it was drawn for a view that moves.
    pub(super) fn is_wide(&self) -> bool {
        self.picture.margin > 0.0
    }

    /// Moves the picture to where the view is. What goes with an edge of the view stays there.
    pub(super) fn place(&mut self, root: &Element) {
        if self.by == 0.0 && self.parts.is_none() {
            return;
        }
        let parts = self.parts.get_or_insert_with(|| Parts::of(&self.picture, root));
        let by = ["calc(var(--rest, 0px) + ", &Short(-self.by).to_string(), "px)"].concat();
        for ticks in &parts.ticks {
            _ = ticks.style().set_property("translate", &by);
        }
        for layer in &parts.layers {
            set(layer, "translate", -self.by);
        }
        for ((name, is_seen), now) in parts.names.iter_mut().zip(&self.named) {
            if *is_seen != *now {
                *is_seen = *now;
                show(name, *now);
            }
        }
        for caption in &mut parts.captions {
            // What is out of view goes along.
            let now = self.captions.iter().find(|(event, ..)| *event == caption.event);
            caption.place(now.map(|(_, x, width)| (*x, *width)), self.by);
        }
    }
}

impl Caption {
    /// Brings it to where the view has it, and how wide.
    fn place(&mut self, at: Option<(f64, f64)>, by: f64) {
        let goes = (self.x, self.width);
        let (stays, now) = match at {
            Some((x, width)) if (x + by - self.x).abs() > SLACK || (width - self.width).abs() > SLACK => {
                (true, (x, width))
            }
            _ => (false, goes),
        };
        if stays != self.stays {
            self.stays = stays;
            self.join(if stays { ".still" } else { ".slide" });
        }
        if (now.0 - self.now.0).abs() > SLACK {
            self.now.0 = now.0;
            set(&self.words, "left", now.0);
        }
        if (now.1 - self.now.1).abs() > SLACK {
            self.now.1 = now.1;
            set(&self.words, "max-inline-size", now.1);
        }
    }

    /// Goes to a layer of its track.
    fn join(&self, selector: &str) {
        if let Ok(Some(plot)) = self.part.closest(".lp")
            && let Some(layer) = web::all(&plot, selector).pop()
        {
            _ = layer.append_child(&self.part);
        }
    }
}

/// Sets a length, in pixels. What refuses is only seen where it was.
fn set(part: &HtmlElement, property: &str, px: f64) {
    _ = part.style().set_property(property, &[&Short(px).to_string(), "px"].concat());
}

/// Shows or hides something.
fn show(part: &HtmlElement, is_seen: bool) {
    let style = part.style();
    _ = if is_seen { style.remove_property(HIDES).map(|_| ()) } else { style.set_property(HIDES, "hidden") };
}

/// The property that hides something without moving anything else.
const HIDES: &str = "visibility";

/// What tells the style sheet that the tracks move.
const MOVES: &str = "data-moves";

impl Parts {
    /// Finds them in a picture that is drawn.
    fn of(picture: &Picture, root: &Element) -> Self {
        let stage = web::all(root, ".stage");
        for chart in &stage {
            _ = chart.set_attribute(MOVES, "");
        }
        let ticks = web::all(root, ".ticks");
        let layers = web::all(root, ".names .names, .grid, .feet, .lp ol, .slide, .links");
        for layer in ticks.iter().chain(&layers) {
            _ = layer.style().set_property("will-change", "translate");
        }
        let names = web::all(root, ".names .names > *").into_iter().map(|name| (name, true)).collect();
        let spans = picture.scene.tracks.iter().flat_map(|track| &track.spans);
        let spans = spans.filter(|span| span.caption_width > 0.0);
        let captions = web::all(root, ".slide > *").into_iter().zip(spans).filter_map(|(part, span)| {
            let words = web::all(&part, ".sl").pop()?;
            let now @ (x, width) = (span.caption_x, span.caption_width);
            Some(Caption { event: span.event, part, words, x, width, stays: false, now })
        });
        Self { captions: captions.collect(), names, ticks, layers, stage }
    }

    /// Leaves all as it is drawn.
    fn release(self) {
        for chart in &self.stage {
            _ = chart.remove_attribute(MOVES);
        }
        for layer in self.ticks.iter().chain(&self.layers) {
            _ = layer.style().remove_property("translate");
            _ = layer.style().remove_property("will-change");
        }
        for (name, _) in &self.names {
            show(name, true);
        }
        for caption in &self.captions {
            // As it was drawn, for what is drawn next.
            set(&caption.words, "left", caption.x);
            set(&caption.words, "max-inline-size", caption.width);
            if caption.stays {
                caption.join(".slide");
            }
        }
    }
}
