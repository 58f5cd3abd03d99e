//! The tracks and the axis of a large timeline as they were drawn last. While the view moves along, they are moved with it as
//! they are, and drawn anew when it leaves what was drawn or comes to rest: a frame then costs the same, however much is in it.
//! Tracks far above or below what is in view are empty, but for the tab stop, until one scrolls there.

use std::cmp::Ordering;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use web_sys::{Element, HtmlElement, MouseEvent};
use yew::virtual_dom::VComp;
use yew::{Component, Context, Html, Properties};

use super::chart::{Drawn, HALF_BARE, MANY, Mover, arcs, grid, is_crowded, lanes, names, ticks};
use super::context::{Reader, Spots};
use super::markup::html;
use crate::layout::{Plan, Scene, TrackScene};
use crate::scale::{Axis, AxisLabel, Short, Tick, Viewport, axis_beside};
use crate::text;
use crate::web;

/// Once the view moves, so many times its width is drawn beside it, which a drag from one end to the other hardly leaves; and at
/// least so much, where that would make more elements than the page should have.
const BESIDE: f64 = 1.25;
const LEAST_BESIDE: f64 = 0.25;

/// So much of that lies where the view comes from, to which one may go back.
const BEHIND: f64 = 0.2;

/// The page should have no more elements than about so many, as they are counted here; 1,500 are the limit.
const ELEMENTS: usize = 1450;

/// So many of them are not marks or names on the axis; and so many a track has besides its marks.
const OTHERS: usize = 260;
const OF_A_TRACK: usize = 26;

/// Half of how high the control of a foot would be, and how far beside a foot a click may come, in pixels.
const HALF_FOOT: f64 = 12.0;
const FOOT_SLACK: f64 = 3.0;

/// So many pixels above and below what is in view, tracks are drawn that may come into it.
const ABOVE: f64 = 160.0;

/// What is this near to its place stays, in pixels.
const SLACK: f64 = 0.5;

/// What was drawn, and for which view.
pub(super) struct Picture {
    reader: Reader,
    viewport: Viewport,
    /// How many pixels are drawn to the left and to the right of that view.
    beside: (f64, f64),
    /// The tracks that are far from what is in view have nothing in it.
    scene: Scene,
    axis: Axis,
    /// Which of them these are.
    is_far: Vec<bool>,
}

/// Which part of the tracks is in view, from their top in pixels.
#[derive(Clone, Copy, Default, PartialEq)]
pub(super) struct Sight {
    from: f64,
    to: f64,
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

    /// Which part of the tracks is in view, where they have so much room.
    fn sight(&self, height: f64) -> Sight {
        let from = self.scrolled.get();
        Sight { from, to: from + height }
    }
}

impl Sight {
    /// Whether a track is in it, or so many pixels above or below.
    fn meets(self, track: &TrackScene, above: f64) -> bool {
        track.top < self.to + above && track.top + track.height > self.from - above
    }
}

/// About how many elements a scene and its axis make, but for tracks that are far.
fn elements(scene: &Scene, axis: &Axis, is_far: &[bool]) -> f64 {
    let near = scene.tracks.iter().zip(is_far).filter(|(_, is_far)| !**is_far);
    let marks = near.map(|(track, _)| {
        let is_crowded = is_crowded(track);
        let points = track.points.iter().map(|point| match &point.label {
            Some(label) => 5 + usize::from(label.date),
            None if is_crowded => 1,
            None => 6,
        });
        let spans = track.spans.iter().map(|span| match span.core {
            Some((from, to)) if from <= span.x0 && to >= span.x1 => 4 + usize::from(span.date),
            _ => 5 + usize::from(span.date),
        });
        let lying = if is_crowded { 0 } else { 3 * MANY + track.feet.len() };
        points.sum::<usize>() + spans.sum::<usize>() + 2 * track.counts.len() + lying
    });
    (marks.sum::<usize>() + 2 * axis.labels.len() + axis.gridlines.len()) as f64
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
    fn new(
        reader: &Reader,
        plan: &Plan,
        now: &Scene,
        axis: &Axis,
        viewport: Viewport,
        sight: Sight,
        way: Option<f64>,
    ) -> Self {
        let reader = reader.clone();
        // Nobody scrolls down while the view moves aside.
        let way = way.filter(|way| *way != 0.0);
        let above = if way.is_some() { 0.0 } else { ABOVE };
        let is_far: Vec<bool> = now.tracks.iter().map(|track| !sight.meets(track, above)).collect();
        let (beside, mut scene, axis) = match way {
            Some(way) => Self::beside(&reader, plan, now, axis, viewport, way, &is_far),
            // Its names are drawn with the flag, which pushes some out.
            None => ((0.0, 0.0), now.clone(), Axis { labels: Vec::new(), ..axis.clone() }),
        };
        for (track, _) in scene.tracks.iter_mut().zip(&is_far).filter(|(_, is_far)| **is_far) {
            (track.points, track.spans, track.feet, track.counts) = Default::default();
            (track.earlier, track.later) = (None, None);
        }
        Self { reader, viewport, beside, scene, axis, is_far }
    }

    /// A view that goes some way, with as much of what lies beside it as the page may have elements, and how many pixels that is.
    fn beside(
        reader: &Reader,
        plan: &Plan,
        now: &Scene,
        axis: &Axis,
        viewport: Viewport,
        way: f64,
        is_far: &[bool],
    ) -> ((f64, f64), Scene, Axis) {
        let lengths = |at, unit, heading| text::axis_name(at, unit, heading, reader.locale).chars().count();
        let room = ELEMENTS.saturating_sub(OTHERS + OF_A_TRACK * now.tracks.len()) as f64;
        let within = elements(now, axis, is_far);
        // As if there were as much beside the view as in it.
        let mut share = (room / within.max(1.0) - 1.0).clamp(LEAST_BESIDE, BESIDE);
        loop {
            let (behind, ahead) =
                (BEHIND * share * viewport.width_px, (1.0 - BEHIND) * share * viewport.width_px);
            let beside = if way < 0.0 { (ahead, behind) } else { (behind, ahead) };
            let mut scene = plan.scene_beside(reader.timeline(), viewport, beside);
            for track in &mut scene.tracks {
                (track.earlier, track.later) = (None, None);
            }
            let axis = axis_beside(viewport, beside, scene.tier, &lengths);
            let all = elements(&scene, &axis, is_far);
            if all <= room || share <= LEAST_BESIDE {
                return (beside, scene, axis);
            }
            share = (share * ((room - within) / (all - within)).min(0.8)).max(LEAST_BESIDE);
        }
    }

    /// Whether all tracks are drawn that are in view.
    fn has(&self, sight: Sight) -> bool {
        self.scene
            .tracks
            .iter()
            .zip(&self.is_far)
            .all(|(track, is_far)| !(*is_far && sight.meets(track, 0.0)))
    }

    /// Whether it was drawn for a view that moves.
    fn is_wide(&self) -> bool {
        self.beside.1 > 0.0
    }

    /// How its marks are put in their places.
    fn mover(&self) -> Mover {
        if self.is_wide() { Mover::Left } else { Mover::Translate }
    }

    /// Whether it reaches as far as a view that is so many pixels to the right.
    fn reaches(&self, by: f64) -> bool {
        let (left, right) = self.beside;
        (-left..=right).contains(&by)
    }

    /// Whether it has all of a view that is so many pixels to the right: also each tick of its axis, which stands in other steps
    /// where years have longer names.
    fn holds(&self, axis: &Axis, by: f64) -> bool {
        let ticks = &self.axis.ticks;
        let is_there = |tick: &Tick| {
            let found = ticks.binary_search_by_key(&tick.at, |own| own.at);
            found.is_ok_and(|place| ticks[place].rank == tick.rank)
        };
        self.reaches(by) && axis.ticks.iter().all(is_there)
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

/// The scene of a view whose tracks have so much room. If the last picture is likely to hold it, only what one sees of that is
/// asked for; says whether it is the whole scene.
pub(super) fn scene(reader: &Reader, plan: &Plan, viewport: Viewport, height: f64) -> (Scene, bool) {
    let sight = reader.spots.sight(height);
    if let Some(Hung { picture, is_stale: false, .. }) = &*reader.spots.hung.borrow()
        && picture.way_to(viewport).is_some_and(|by| picture.reaches(by))
        && picture.has(sight)
    {
        return (plan.scene_near(reader.timeline(), viewport, &picture.is_far), false);
    }
    (plan.scene(reader.timeline(), viewport), true)
}

/// The picture of a view whose tracks have so much room: the last one, if it holds the view; and what of the axis is not in it.
pub(super) fn drawn(
    reader: &Reader,
    plan: &Plan,
    now: &Scene,
    axis: &Axis,
    viewport: Viewport,
    is_whole: bool,
    height: f64,
) -> Drawn {
    let sight = reader.spots.sight(height);
    let mut hung = reader.spots.hung.borrow_mut();
    let way = hung.as_ref().filter(|hung| !hung.is_stale).and_then(|hung| hung.picture.way_to(viewport));
    let whole;
    let before = hung.as_ref().map_or(0.0, |hung| hung.by);
    let mut next = match (hung.take(), way) {
        (Some(last), Some(by)) if last.picture.holds(axis, by) && last.picture.has(sight) => {
            Hung { by, ..last }
        }
        (last, _) => {
            // Before another is drawn in its place.
            if let Some(parts) = last.and_then(|last| last.parts) {
                parts.release();
            }
            // It may have been moved already.
            let way = way.map(|by| by - before);
            let now = if is_whole {
                now
            } else {
                whole = plan.scene(reader.timeline(), viewport);
                &whole
            };
            let picture = Picture::new(reader, plan, now, axis, viewport, sight, way);
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

/// Follows how far the tracks are scrolled, in the box that has them.
pub(super) fn watch(reader: &Reader, main: &Element) {
    let mut watched = reader.spots.watched.borrow_mut();
    if watched.as_ref().is_none_or(|(element, _)| element != main) {
        let scrolled = reader.scrolled.clone();
        // Another box is scrolled otherwise than the one before.
        scrolled.emit(());
        // It does not bubble.
        let options = EventListenerOptions::run_in_capture_phase();
        let listener = EventListener::new_with_options(main, "scroll", options, move |_| scrolled.emit(()));
        *watched = Some((main.clone(), listener));
    }
}

/// Takes in how far the tracks are scrolled; says whether tracks came into view that are not drawn.
pub(super) fn scrolled(reader: &Reader, height: f64) -> bool {
    let spots = &reader.spots;
    let stage = spots.main.cast::<Element>().and_then(|main| main.first_element_child());
    let from = stage.map_or(0.0, |stage| f64::from(stage.scroll_top()));
    spots.scrolled.set(from);
    spots.hung.borrow().as_ref().is_some_and(|hung| !hung.picture.has(Sight { from, to: from + height }))
}

/// The event on whose foot or mark a click came, on the line of a crowded track, where none has a control of its own.
pub(super) fn foot_at(reader: &Reader, click: &MouseEvent) -> Option<usize> {
    let hung = reader.spots.hung.borrow();
    let hung = hung.as_ref()?;
    let lane = web::closest(click, ".lane")?;
    let lanes = web::all(&lane.parent_element()?, ".lane");
    let track =
        hung.picture.scene.tracks.get(lanes.iter().position(|other| other.is_same_node(Some(&lane)))?)?;
    let plot = web::all(&lane, ".lp").pop()?.get_bounding_client_rect();
    let x = f64::from(click.client_x()) - plot.left() + hung.by;
    let y = f64::from(click.client_y()) - plot.top() - track.base;
    if !is_crowded(track) || y.abs() > HALF_FOOT {
        return None;
    }
    let feet = track.feet.iter().map(|foot| (foot.event, foot.x0, foot.x1));
    let bare = track.points.iter().filter(|point| point.label.is_none());
    let bare = bare.map(|point| (point.event, point.x - HALF_BARE, point.x + HALF_BARE));
    let reached = feet.chain(bare).filter_map(|(event, from, to)| {
        let off = (from - x).max(x - to).max(0.0);
        (off <= FOOT_SLACK).then_some((event, off, to - from))
    });
    // Of those that lie under the pointer the shortest has no other place.
    let nearest = reached.min_by(|a, b| (a.1, a.2).partial_cmp(&(b.1, b.2)).unwrap_or(Ordering::Equal));
    nearest.map(|(event, ..)| event)
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
        self.picture.is_wide()
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
