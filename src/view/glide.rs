//! Movement from one stretch of time to another.

use crate::time::{TimePoint, TimeSpan};

/// How long a jump is seen moving, in milliseconds.
const GLIDE_MS: f64 = 320.0;

/// The stretch to draw on the way to another: moving for a moment after a jump, at once otherwise.
pub(super) struct Glide {
    from: TimeSpan,
    to: TimeSpan,
    shown: TimeSpan,
    /// When the movement began; none before its first frame.
    began: Option<f64>,
    moves: bool,
}

impl Glide {
    /// Stands still.
    pub(super) fn at(span: TimeSpan) -> Self {
        Self { from: span, to: span, shown: span, began: None, moves: false }
    }

    /// Goes to `target`; a jump is seen moving, unless the system asks for less motion.
    pub(super) fn aim(&mut self, target: TimeSpan, jump: bool) {
        if self.to == target {
            return;
        }
        self.from = self.shown;
        self.to = target;
        self.began = None;
        self.moves = jump && !crate::web::prefers_reduced();
        if !self.moves {
            self.shown = target;
        }
    }

    /// The next step, at a time in milliseconds.
    pub(super) fn step(&mut self, now: f64) {
        let began = *self.began.get_or_insert(now);
        let progress = ((now - began) / GLIDE_MS).clamp(0.02, 1.0);
        self.moves &= progress < 1.0;
        self.shown = if self.moves { between(self.from, self.to, ease(progress)) } else { self.to };
    }

    /// What to draw now.
    pub(super) fn shown(&self) -> TimeSpan {
        self.shown
    }

    /// Whether there is a next step.
    pub(super) fn moves(&self) -> bool {
        self.moves
    }
}

/// The curve of `cubic-bezier(.2, 0, 0, 1)`, near enough for a few frames.
fn ease(progress: f64) -> f64 {
    let rest = 1.0 - progress;
    1.0 - rest * rest * rest * rest
}

fn between(from: TimeSpan, to: TimeSpan, share: f64) -> TimeSpan {
    let mix = |a: TimePoint, b: TimePoint| TimePoint(a.0 + ((b.0 - a.0) as f64 * share).round() as i64);
    TimeSpan { start: mix(from.start, to.start), end: mix(from.end, to.end) }
}
