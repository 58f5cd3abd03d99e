//! Who is labelled, where, and from which zoom on: computed once, so that a frame only has to look.

use super::{Scene, TextMeasurer};
use crate::model::Timeline;
use crate::scale::{Tier, Viewport};
use crate::time::TimeSpan;

/// Words beside labels, which the layout needs to measure but does not word.
pub trait LabelTexts {
    /// The date shown beside the label of an event in this size class; empty if none is.
    fn date(&self, event: usize, tier: Tier) -> String;
}

/// All that a plan depends on.
#[derive(Clone, Copy)]
pub struct PlanInput<'a> {
    /// The history.
    pub timeline: &'a Timeline,
    /// The reader's language.
    pub lang: &'a str,
    /// Words for dates.
    pub texts: &'a dyn LabelTexts,
    /// The whole story with its margins: the farthest view.
    pub fit: TimeSpan,
    /// Width of the plot.
    pub width_px: f64,
    /// Height for all tracks together.
    pub height_px: f64,
    /// A frame lower than 520 px.
    pub compact: bool,
    /// The chosen event.
    pub selection: Option<usize>,
    /// By event, whether it passes the filter; `None` without a filter.
    pub matches: Option<&'a [bool]>,
    /// By track, whether all its events lie down.
    pub hidden_tracks: &'a [bool],
}

/// Who is labelled, where, and from which zoom on.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    compact: bool,
    height: f64,
}

impl Plan {
    /// Makes the plan for a timeline in a frame of one size.
    pub fn new(input: &PlanInput<'_>, measurer: &dyn TextMeasurer) -> Self {
        let _ = measurer;
        Self { compact: input.compact, height: input.height_px }
    }

    /// The picture of a view. It depends on the view alone, never on the one before.
    pub fn scene(&self, viewport: Viewport) -> Scene {
        Scene {
            tier: Tier::of(viewport, self.compact),
            width: viewport.width_px,
            height: self.height,
            tracks: Vec::new(),
            eras: Vec::new(),
            arcs: Vec::new(),
        }
    }
}
