//! Links of the chosen event as curves.

use super::Arc;
use crate::model::RelationGroup;
use crate::scale::Short;

/// Narrower plots have no room for arcs.
pub(super) const MIN_WIDTH: f64 = 420.0;
/// From the middle of a mark to where an arc leaves it.
const LEAVE: f64 = 10.0;
/// From the middle of a mark to the tip of an arc.
const ARRIVE: f64 = 11.0;
/// From a span or a lying mark to the tip of an arc.
const ARRIVE_FLAT: f64 = 4.0;

/// Where an event is drawn, in scene coordinates.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) x0: f64,
    pub(super) x1: f64,
    pub(super) y: f64,
    /// A span, or something that lies.
    pub(super) flat: bool,
}

/// The arc between the chosen event, which is `here`, and the one at the other end of a link. `bands` are the tracks from
/// top to bottom.
pub(super) fn arc(
    other: usize,
    group: RelationGroup,
    here: Place,
    there: Place,
    bands: &[(f64, f64)],
) -> Arc {
    let (from, to) = if group == RelationGroup::BecauseOf { (there, here) } else { (here, there) };
    // A span that is over when the other begins lets go at its end.
    let from_x = if from.flat && from.x1 <= to.x0 + 4.0 { from.x1 } else { from.x0 };
    let to_x = to.x0;
    let (leave, arrive) =
        (if from.flat { ARRIVE_FLAT } else { LEAVE }, if to.flat { ARRIVE_FLAT } else { ARRIVE });
    let band = |y: f64| bands.iter().position(|(top, bottom)| (*top..*bottom).contains(&y));
    // Heights of both ends, and what the curve bends to from each.
    let (y0, y1, (bend_x0, bend_y0), (bend_x1, bend_y1), up) =
        if let Some(band) = band(from.y).filter(|own| band(to.y) == Some(*own)) {
            // Over the top, inside the headroom of the track. A cubic reaches three quarters of the way to its handles.
            let (y0, y1) = (from.y - leave, to.y - arrive);
            let top = bands[band].0 + 5.0;
            let handle = top - (y0.min(y1) - top) / 3.0;
            let dx = to_x - from_x;
            let lean = (dx.abs() * 0.3).min(120.0) * dx.signum() * 0.4;
            (y0, y1, (from_x + lean, handle), (to_x - lean, handle), false)
        } else {
            let down = to.y > from.y;
            let sign = if down { 1.0 } else { -1.0 };
            let (y0, y1) = (from.y + sign * leave, to.y - sign * arrive);
            let reach = sign * ((y1 - y0).abs() * 0.5).max(26.0);
            (y0, y1, (from_x, y0 + reach), (to_x, y1 - reach), !down)
        };
    let path = format!(
        "M{} {}C{} {} {} {} {} {}",
        Short(from_x),
        Short(y0),
        Short(bend_x0),
        Short(bend_y0),
        Short(bend_x1),
        Short(bend_y1),
        Short(to_x),
        Short(y1)
    );
    Arc { other, group, path, head: (to_x, y1), up }
}
