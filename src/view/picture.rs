//! The tracks of a large timeline as they were drawn last. While the view moves along, they are moved with it as they are, and
//! drawn anew when it leaves what was drawn or comes to rest: a frame then costs the same, however much is in it.

use std::cell::OnceCell;
use std::rc::Rc;

use web_sys::{Element, HtmlElement};
use yew::virtual_dom::VComp;
use yew::{Component, Context, Html, Properties};

use super::chart::lanes;
use super::context::{Reader, Spots};
use crate::layout::{Plan, Scene};
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

/// The picture, and what was moved in it.
pub(super) struct Hung {
    picture: Rc<Picture>,
    /// The view as it is now.
    now: Scene,
    /// How many pixels that is to the right of the view that was drawn.
    by: f64,
    /// The captions of its spans and what they tell of, once they were looked for.
    captions: OnceCell<Vec<(usize, HtmlElement)>>,
    moved: Vec<HtmlElement>,
    /// It does not show any more how things stand.
    is_stale: bool,
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
    let moved = hung.take().map_or(Vec::new(), |hung| hung.moved);
    *hung = Some(Hung {
        picture: Rc::clone(&picture),
        now: now.clone(),
        by: 0.0,
        captions: OnceCell::new(),
        moved,
        is_stale: false,
    });
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
        for part in self.moved.drain(..) {
            let style = part.style();
            _ = style.remove_property("translate");
            _ = style.remove_property("will-change");
        }
        if self.by == 0.0 {
            return;
        }
        let mut place = |part: HtmlElement, by: f64, way: &str| {
            let style = part.style();
            // What refuses is only seen where it was.
            _ = style.set_property("translate", &[&Short(by).to_string(), "px"].concat());
            _ = style.set_property("will-change", way);
            self.moved.push(part);
        };
        for part in web::all(root, ".lp > :not(.ends), .links") {
            place(part, -self.by, "translate");
        }
        let Picture { reader, scene, .. } = &*self.picture;
        let spans =
            || scene.tracks.iter().flat_map(|track| &track.spans).filter(|span| span.caption_width > 0.0);
        let captions = self.captions.get_or_init(|| {
            let links = web::all(root, ".span [data-event-id]").into_iter();
            let event = |id: &str| {
                spans().map(|span| span.event).find(|event| *reader.timeline().events[*event].id == *id)
            };
            let own = |link: &HtmlElement| web::all(link, ".sl").pop();
            links
                .filter_map(|link| Some((event(&link.get_attribute("data-event-id")?)?, own(&link)?)))
                .collect()
        });
        for was in spans() {
            let mut now = self.now.tracks.iter().flat_map(|track| &track.spans);
            let span = now.find(|span| span.event == was.event && span.caption_width > 0.0);
            let by = span.map_or(0.0, |span| span.caption_x + self.by - was.caption_x);
            let caption = captions.iter().find(|(event, _)| *event == was.event);
            if let Some((_, caption)) = caption.filter(|_| by.abs() > SLACK) {
                place(caption.clone(), by, "");
            }
        }
    }
}
