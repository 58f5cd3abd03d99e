//! How the height is shared: rows and slots go to the tracks where they save the most important labels.

use super::fit::{self, Fit, Lot, Packed};
use super::item::Item;
use super::plan::{MAX_ROWS, TrackPlan};

/// Heights of the parts of a track.
#[derive(Clone, Copy, Debug)]
pub(super) struct Metrics {
    /// A row of labels at its lowest.
    pub(super) row: f64,
    /// The same where a view has more than fits.
    pub(super) tight_row: f64,
    /// A span with its caption.
    pub(super) slot: f64,
    pub(super) pad_top: f64,
    pub(super) pad_bottom: f64,
    /// How far labels stand higher where a count lies under them on the line.
    pub(super) lift: f64,
    /// Room for arcs over the labels.
    pub(super) headroom: f64,
    /// A track with nothing in view.
    pub(super) empty: f64,
    /// A track in which nothing may have a label.
    pub(super) quiet: f64,
}

/// What a track has to hold.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Need {
    pub(super) rows: usize,
    pub(super) slots: usize,
    /// A count lies on the line, since a label is in its way.
    pub(super) lifted: bool,
}

/// From this height of a row on, labels have a second line.
pub(super) const GLOSS_ROW: f64 = 34.0;

impl Metrics {
    pub(super) fn of(compact: bool) -> Self {
        if compact {
            Self {
                row: 16.0,
                tight_row: 16.0,
                slot: 17.0,
                pad_top: 3.0,
                pad_bottom: 2.0,
                lift: 8.0,
                headroom: 8.0,
                empty: 30.0,
                quiet: 26.0,
            }
        } else {
            Self {
                row: 24.0,
                tight_row: 20.0,
                slot: 24.0,
                pad_top: 4.0,
                pad_bottom: 3.0,
                lift: 8.0,
                headroom: 16.0,
                empty: 44.0,
                quiet: 34.0,
            }
        }
    }

    /// From the line to the middle of the lowest row.
    pub(super) fn foot(row: f64) -> f64 {
        row / 2.0 + if row >= GLOSS_ROW { 2.0 } else { 0.0 }
    }

    /// What hangs under the line.
    pub(super) fn below(self, slots: usize) -> f64 {
        2.0 + slots as f64 * self.slot
    }

    /// What the labels of a track are lifted by.
    pub(super) fn lift(self, need: Need) -> f64 {
        if need.lifted { self.lift } else { 0.0 }
    }

    /// The height of a track that holds this, with rows of this height.
    pub(super) fn height(self, track: &TrackPlan, need: Need, row: f64) -> f64 {
        let least = if track.quiet { self.quiet } else { self.empty };
        let rows = need.rows as f64 * row + Self::foot(row) - row / 2.0 + 1.0 + self.lift(need);
        let above = if need.rows == 0 { 0.0 } else { rows };
        (self.pad_top + track.headroom + above + self.below(need.slots) + self.pad_bottom).max(least)
    }
}

/// Below which importance the spans of a track lie down, step by step.
const DEMOTIONS: [u8; 3] = [0, 4, 5];

/// One track and what it would cost in each of its forms.
struct Book<'a> {
    items: &'a [Item],
    fit: &'a Fit,
    metrics: Metrics,
    track: &'a TrackPlan,
    points: Lot,
    spans: Lot,
    /// By rows, from 1.
    packed_points: Vec<Option<Packed>>,
    /// By step of demotion.
    packed_spans: [Option<Packed>; 3],
    rows: u32,
    demotion: usize,
}

impl Book<'_> {
    fn points(&mut self, rows: u32) -> &Packed {
        let (items, points, fit) = (self.items, &self.points, self.fit);
        self.packed_points[rows as usize].get_or_insert_with(|| fit::pack_points(items, points, fit, rows))
    }

    fn spans(&mut self, demotion: usize) -> &Packed {
        let (items, spans, points, fit) = (self.items, &self.spans, &self.points, self.fit);
        self.packed_spans[demotion].get_or_insert_with(|| {
            // The most important event of a track keeps its label whatever it costs.
            let top = |lot: &Lot| lot.foremost.first().map_or(0, |index| items[*index].importance);
            let (top_span, top_point) = (top(spans), top(points));
            let stands = |item: &Item| {
                item.importance >= DEMOTIONS[demotion]
                    || (item.importance == top_span && top_span > top_point)
            };
            fit::pack_spans(items, spans, &stands, fit)
        })
    }

    /// Height and loss of one form.
    fn form(&mut self, rows: u32, demotion: usize) -> (f64, u64) {
        let (rows, lifted, lost_points) = {
            let packed = self.points(rows);
            (packed.levels, packed.lifted, packed.lost)
        };
        let (slots, lost_spans) = {
            let packed = self.spans(demotion);
            (packed.levels, packed.lost)
        };
        let need = Need { rows: rows as usize, slots: slots as usize, lifted };
        let height = self.metrics.height(self.track, need, self.metrics.row);
        (height, lost_points + lost_spans)
    }

    fn now(&mut self) -> (f64, u64) {
        self.form(self.rows, self.demotion)
    }

    /// The cheapest step down: what it loses for a pixel, and the form it leads to.
    fn step_down(&mut self) -> Option<(f64, u32, usize)> {
        let (height, lost) = self.now();
        let used = self.points(self.rows).levels.min(self.rows);
        let fewer_rows = (1..used).rev().map(|rows| (rows, self.demotion)).collect::<Vec<_>>();
        let fewer_spans =
            (self.demotion + 1..DEMOTIONS.len()).map(|step| (self.rows, step)).collect::<Vec<_>>();
        let mut best: Option<(f64, u32, usize)> = None;
        for way in [fewer_rows, fewer_spans] {
            // Of each kind the smallest step that saves anything.
            let step = way.into_iter().find_map(|(rows, demotion)| {
                let (other_height, other_lost) = self.form(rows, demotion);
                let saved = height - other_height;
                (saved > 0.0).then(|| ((other_lost as f64 - lost as f64) / saved, rows, demotion))
            });
            if let Some(step) = step
                && best.is_none_or(|best| step.0 < best.0)
            {
                best = Some(step);
            }
        }
        best
    }

    /// The step up within `room` pixels that wins most for a pixel.
    fn step_up(&mut self, room: f64) -> Option<(f64, u32)> {
        let (height, lost) = self.now();
        let mut best: Option<(f64, u32)> = None;
        for rows in self.rows + 1..=MAX_ROWS {
            let (other_height, other_lost) = self.form(rows, self.demotion);
            let more = other_height - height;
            if other_lost < lost && more <= room {
                let gain = (lost - other_lost) as f64 / more.max(1.0);
                if best.is_none_or(|best| gain > best.0) {
                    best = Some((gain, rows));
                }
            }
        }
        best
    }
}

/// For each track, the labels of points and of spans that are shown at the farthest zoom.
pub(super) fn spend(
    items: &[Item],
    tracks: &[TrackPlan],
    candidates: &[Vec<usize>],
    fit: &Fit,
    metrics: Metrics,
    height: f64,
) -> Vec<(Packed, Packed)> {
    let mut books: Vec<Book<'_>> = tracks
        .iter()
        .zip(candidates)
        .map(|(track, candidates)| {
            let (points, spans): (Vec<usize>, Vec<usize>) =
                candidates.iter().partition(|index| items[**index].hangs_from() > fit.zoom);
            Book {
                items,
                fit,
                metrics,
                track,
                points: Lot::points(items, points),
                spans: Lot::spans(items, spans),
                packed_points: vec![None; MAX_ROWS as usize + 1],
                packed_spans: [const { None }; 3],
                rows: MAX_ROWS,
                demotion: 0,
            }
        })
        .collect();
    let total = |books: &mut Vec<Book<'_>>| books.iter_mut().map(|book| book.now().0).sum::<f64>();
    while total(&mut books) > height {
        let mut best: Option<(f64, usize, u32, usize)> = None;
        for (index, book) in books.iter_mut().enumerate() {
            if let Some((cost, rows, demotion)) = book.step_down()
                && best.is_none_or(|best| cost < best.0)
            {
                best = Some((cost, index, rows, demotion));
            }
        }
        let Some((_, index, rows, demotion)) = best else { break };
        books[index].rows = rows;
        books[index].demotion = demotion;
    }
    loop {
        let room = height - total(&mut books);
        let mut best: Option<(f64, usize, u32)> = None;
        for (index, book) in books.iter_mut().enumerate() {
            if let Some((gain, rows)) = book.step_up(room)
                && best.is_none_or(|best| gain > best.0)
            {
                best = Some((gain, index, rows));
            }
        }
        let Some((_, index, rows)) = best else { break };
        books[index].rows = rows;
    }
    books
        .into_iter()
        .map(|mut book| {
            let (rows, demotion) = (book.rows, book.demotion);
            (book.points(rows).clone(), book.spans(demotion).clone())
        })
        .collect()
}
