//! The tracks of a large timeline as they were drawn last. While the view moves along, they are moved with it as they are, and
//! drawn anew when it leaves what was drawn or comes to rest: a frame then costs the same, however much is in it.

use std::rc::Rc;

use web_sys::{Element, HtmlElement};
use yew::virtual_dom::VComp;
use yew::{Component, Context, Html, Properties};

use super::chart::lanes;
use super::context::{Reader, Spots};
use crate::layout::{Plan, Scene, SpanMark};
use crate::scale::{Short, Viewport};
use crate::web;

/// Once the view moves, so much of its width is drawn beside it, which a drag from one end to the other hardly leaves.
const BESIDE: f64 = 0.625;

/// A caption that is this near to its place stays, in pixels.
const SLACK: f64 = 0.5;

/// What was drawn, and for which view.
pub(super) struct Picture {
    reader: Reader,
    viewport: Viewport,
    /// How many pixels are drawn on both sides of that view.
    margin: f64,
    pub(super) scene: Scene,
}

/// The picture, and what is moved in it.
pub(super) struct Hung {
    picture: Rc<Picture>,
    /// The view as it is now.
    now: Scene,
    /// How many pixels that is to the right of the view that was drawn.
    by: f64,
    /// What is moved, once it was looked for.
    parts: Option<Parts>,
    /// It does not show any more how things stand.
    is_stale: bool,
}

/// What is moved in a picture.
struct Parts {
    /// All tracks.
    lanes: Vec<HtmlElement>,
    /// What is moved along with the view.
    layers: Vec<HtmlElement>,
    /// What is moved on its own.
    captions: Vec<Caption>,
}

/// The caption of a span.
struct Caption {
    event: usize,
    part: HtmlElement,
    /// Where it was drawn and how wide, and how far from there it is and how wide now.
    x: f64,
    width: f64,
    by: f64,
    now: f64,
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
}

/// Pictures are equal if they are one.
impl PartialEq for Picture {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

/// The picture of a view: the last one, if it holds the view.
pub(super) fn picture(reader: &Reader, plan: &Plan, viewport: Viewport, now: &Scene) -> Rc<Picture> {
    let mut hung = reader.spots.hung.borrow_mut();
    let way = hung.as_ref().filter(|hung| !hung.is_stale).and_then(|hung| hung.picture.way_to(viewport));
    if let (Some(hung), Some(by)) = (&mut *hung, way)
        && by.abs() <= hung.picture.margin
    {
        hung.by = by;
        hung.now = now.clone();
        return Rc::clone(&hung.picture);
    }
    let margin = if way.is_some() { BESIDE * viewport.width_px } else { 0.0 };
    let scene =
        if way.is_some() { plan.scene_beside(reader.timeline(), viewport, margin) } else { now.clone() };
    let picture = Rc::new(Picture { reader: reader.clone(), viewport, margin, scene });
    // Before another is drawn in its place.
    if let Some(parts) = hung.take().and_then(|hung| hung.parts) {
        parts.release();
    }
    *hung =
        Some(Hung { picture: Rc::clone(&picture), now: now.clone(), by: 0.0, parts: None, is_stale: false });
    picture
}

/// The tracks of a picture.
pub(super) fn drawn(picture: Rc<Picture>) -> Html {
    VComp::new::<Tracks>(Rc::new(Shown { picture }), None).into()
}

#[derive(Clone, PartialEq, Properties)]
struct Shown {
    picture: Rc<Picture>,
}

/// Draws a picture once.
struct Tracks;

impl Component for Tracks {
    type Message = ();
    type Properties = Shown;

    fn create(_: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Picture { reader, viewport, scene, .. } = &*ctx.props().picture;
        lanes(reader, scene, *viewport)
    }
}

impl Hung {
    /// Whether it was drawn for a view that moves.
    pub(super) fn is_wide(&self) -> bool {
        self.picture.margin > 0.0
    }

    /// Moves the picture to where the view is. Captions that go with an edge of the view stay there.
    pub(super) fn place(&mut self, root: &Element) {
        if self.by == 0.0 && self.parts.is_none() {
            return;
        }
        let Parts { layers, captions, .. } = self.parts.get_or_insert_with(|| Parts::of(&self.picture, root));
        for layer in layers {
            shift(layer, -self.by);
        }
        let spans = || self.now.tracks.iter().flat_map(|track| &track.spans);
        for caption in captions {
            let span = spans().find(|span| span.event == caption.event);
            let by = span.map_or(0.0, |span| span.caption_x + self.by - caption.x);
            if (by - caption.by).abs() > SLACK {
                caption.by = by;
                shift(&caption.part, by);
            }
            // What has no room in the view any more gives way there.
            let width = span.map_or(caption.width, |span| span.caption_width);
            if (width - caption.now).abs() > SLACK {
                caption.now = width;
                narrow(&caption.part, width);
            }
        }
    }
}

/// Moves a part. What refuses is only seen where it was.
fn shift(part: &HtmlElement, by: f64) {
    _ = part.style().set_property("translate", &[&Short(by).to_string(), "px"].concat());
}

/// Gives a caption so much room.
fn narrow(part: &HtmlElement, width: f64) {
    _ = part.style().set_property("max-inline-size", &[&Short(width).to_string(), "px"].concat());
}

/// What tells the style sheet that the tracks move.
const MOVES: &str = "data-moves";

impl Parts {
    /// Finds them in a picture that is drawn.
    fn of(picture: &Picture, root: &Element) -> Self {
        let Picture { reader, scene, .. } = picture;
        let lanes = web::all(root, ".lanes");
        for all in &lanes {
            _ = all.set_attribute(MOVES, "");
        }
        let layers = web::all(root, ".lp > :not(.ends), .links");
        for layer in &layers {
            _ = layer.style().set_property("will-change", "translate");
        }
        let events = &reader.timeline().events;
        let spans: Vec<&SpanMark> = scene.tracks.iter().flat_map(|track| &track.spans).collect();
        let captions = web::all(root, ".span [data-event-id]").into_iter().filter_map(|link| {
            let id = link.get_attribute("data-event-id")?;
            let span = spans.iter().find(|span| *events[span.event].id == *id && span.caption_width > 0.0)?;
            let part = web::all(&link, ".sl").pop()?;
            let (x, width) = (span.caption_x, span.caption_width);
            Some(Caption { event: span.event, part, x, width, by: 0.0, now: width })
        });
        Self { captions: captions.collect(), layers, lanes }
    }

    /// Leaves all as it is drawn.
    fn release(self) {
        for all in &self.lanes {
            _ = all.remove_attribute(MOVES);
        }
        for layer in &self.layers {
            _ = layer.style().remove_property("translate");
            _ = layer.style().remove_property("will-change");
        }
        for caption in &self.captions {
            _ = caption.part.style().remove_property("translate");
            narrow(&caption.part, caption.width);
        }
    }
}
