//! What is drawn, as plain data.

use crate::model::RelationGroup;
use crate::scale::Tier;

/// The picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// Size class.
    pub tier: Tier,
    /// Width of the plot.
    pub width: f64,
    /// Height of all tracks together.
    pub height: f64,
    /// Bands, top to bottom.
    pub tracks: Vec<TrackScene>,
    /// Eras behind the tracks, left to right.
    pub eras: Vec<EraBox>,
    /// Links of the selected event.
    pub arcs: Vec<Arc>,
}

/// A band of the chart.
#[derive(Clone, Debug, PartialEq)]
pub struct TrackScene {
    /// Index into the timeline's tracks.
    pub track: usize,
    /// Distance from the top of the scene.
    pub top: f64,
    /// Height.
    pub height: f64,
    /// Where the line lies, from the top of the band.
    pub base: f64,
    /// Height of a row of labels; from 34 on, labels have room for their gloss.
    pub row_height: f64,
    /// Labelled points and single unlabelled marks, by `x`.
    pub points: Vec<PointMark>,
    /// Labelled spans, by `x`.
    pub spans: Vec<SpanMark>,
    /// What lies on the line: the widths of points, spans without a label.
    pub feet: Vec<Foot>,
    /// Counts of unlabelled marks that stand too close together.
    pub counts: Vec<CountMark>,
    /// Events of the track that end before the left edge, if the view is not the whole story.
    pub earlier: Option<Beyond>,
    /// Events of the track that begin after the right edge, if the view is not the whole story.
    pub later: Option<Beyond>,
}

/// On which side of its mark a label stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The label begins right of the mark.
    Right,
    /// The label ends left of the mark.
    Left,
}

/// How an event stands to what the reader is looking at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Emphasis {
    /// Nothing is selected and no filter is on, or the event matches.
    Normal,
    /// It is the selected event.
    Selected,
    /// It is linked to the selected event.
    Linked(RelationGroup),
    /// Another event, not linked, is selected.
    Dimmed,
    /// It does not match the filter: it lies on the line without a label.
    Off,
}

/// A point event: labelled, standing in its row; or bare, lying on the line.
#[derive(Clone, Debug, PartialEq)]
pub struct PointMark {
    /// Index into the timeline's events.
    pub event: usize,
    /// Centre of the mark.
    pub x: f64,
    /// Centre of the mark, from the top of the band.
    pub y: f64,
    /// The label; `None` for a bare mark.
    pub label: Option<Label>,
    /// How it stands to the selection.
    pub emphasis: Emphasis,
}

/// A label as measured.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each says what of the label is drawn")]
pub struct Label {
    /// Side of the mark.
    pub side: Side,
    /// Left edge of the whole box, the mark included.
    pub x0: f64,
    /// Right edge of the whole box, the mark included.
    pub x1: f64,
    /// The plot has no room for the whole text, which ends at its edge.
    pub cut: bool,
    /// The room does not even do for a word: the mark stands alone.
    pub mute: bool,
    /// The date stands beside the name, if it can be said in words.
    pub date: bool,
    /// The gloss stands below it, if there is one.
    pub gloss: bool,
}

/// A span with its caption under the line.
#[derive(Clone, Debug, PartialEq)]
pub struct SpanMark {
    /// Index into the timeline's events.
    pub event: usize,
    /// Left end of the rule, cut at the edge of the plot.
    pub x0: f64,
    /// Right end of the rule, cut at the edge of the plot.
    pub x1: f64,
    /// Top of the rule, from the top of the band.
    pub y: f64,
    /// The certain core within `x0..x1`; the rest is dashed. `None` if all is possible only.
    pub core: Option<(f64, f64)>,
    /// Left edge of the caption.
    pub caption_x: f64,
    /// Width of the caption, which is shortened to it; 0 where it has no room at all.
    pub caption_width: f64,
    /// The dates stand beside the name, if they can be said in words.
    pub date: bool,
    /// How it stands to the selection.
    pub emphasis: Emphasis,
}

impl SpanMark {
    /// Left end of the rule or of its caption.
    pub fn left(&self) -> f64 {
        self.x0.min(self.caption_x)
    }

    /// Right end of the rule or of its caption.
    pub fn right(&self) -> f64 {
        self.x1.max(self.caption_x + self.caption_width)
    }
}

/// The true width of an event on the line of its track.
#[derive(Clone, Debug, PartialEq)]
pub struct Foot {
    /// Index into the timeline's events.
    pub event: usize,
    /// Left end.
    pub x0: f64,
    /// Right end.
    pub x1: f64,
    /// Dashed: the event lies somewhere in this range.
    pub possible: bool,
    /// What is certain of a dashed span, and solid.
    pub core: Option<(f64, f64)>,
    /// A span that has no label and lies on the line.
    pub lying: bool,
    /// How it stands to the selection.
    pub emphasis: Emphasis,
}

/// Unlabelled marks that stand too close together, as one number.
#[derive(Clone, Debug, PartialEq)]
pub struct CountMark {
    /// Centre.
    pub x: f64,
    /// Centre, from the top of the band.
    pub y: f64,
    /// How many events, at least two.
    pub count: usize,
    /// The first and the last of them, as indices into the timeline's events.
    pub ends: (usize, usize),
    /// The first [`LISTED`](super::LISTED) of them in the order of time; none where there are more and a zoom parts them.
    pub events: Vec<usize>,
    /// No zoom parts them: they open as a list.
    pub inseparable: bool,
    /// The strongest emphasis of its members.
    pub emphasis: Emphasis,
}

/// What lies beyond an edge of the view.
#[derive(Clone, Debug, PartialEq)]
pub struct Beyond {
    /// How many events.
    pub count: usize,
    /// The nearest of them.
    pub nearest: usize,
    /// Nothing of the track is in view, so the nearest is named.
    pub named: bool,
    /// Centre of its text, from the top of the band; `None` where labels take the height at the edge.
    pub y: Option<f64>,
}

/// An era behind the tracks.
#[derive(Clone, Debug, PartialEq)]
pub struct EraBox {
    /// Index into the timeline's eras.
    pub era: usize,
    /// Left end, cut at the edge of the plot.
    pub x0: f64,
    /// Right end, cut at the edge of the plot.
    pub x1: f64,
    /// Begins in view.
    pub starts: bool,
    /// Ends in view.
    pub ends: bool,
}

/// A link of the selected event, from the one that comes first to the one that it led to or was turned against.
#[derive(Clone, Debug, PartialEq)]
pub struct Arc {
    /// The event at the other end of the selected one.
    pub other: usize,
    /// What kind of link.
    pub group: RelationGroup,
    /// The `d` of an SVG path, in scene coordinates.
    pub path: String,
    /// Where the head is.
    pub head: (f64, f64),
    /// The head points up.
    pub up: bool,
}
