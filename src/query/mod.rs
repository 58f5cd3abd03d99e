//! Finding events by words, and leaving out those that are not wanted.

mod fold;
mod search;

pub use fold::fold;
pub use search::{Field, Hit, Search, match_ranges};

use crate::model::{Event, Timeline};

/// What the reader wants left standing: tracks that are not hidden and, of parties and themes, any of those chosen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// For each track of the timeline, whether its events lie down.
    pub hidden_tracks: Vec<bool>,
    /// Indices of parties of which an event must have one; none for any.
    pub parties: Vec<usize>,
    /// Indices of themes of which an event must have one; none for any.
    pub themes: Vec<usize>,
    /// Words that an event must have, all of them.
    pub text: String,
}

/// How many events stand, and how many each switch of the filter would leave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All that stand.
    pub total: usize,
    /// For each track, those that stand or would stand if the track were shown.
    pub tracks: Vec<usize>,
    /// For each party, those it acts in of all that match the rest of the filter.
    pub parties: Vec<usize>,
    /// For each theme, those about it of all that match the rest of the filter.
    pub themes: Vec<usize>,
}

impl Filter {
    /// A filter that leaves every event of the timeline standing.
    pub fn none(timeline: &Timeline) -> Self {
        Self { hidden_tracks: vec![false; timeline.tracks.len()], ..Self::default() }
    }

    /// Whether anything is asked for at all.
    pub fn is_active(&self) -> bool {
        self.hidden_tracks.contains(&true)
            || !self.parties.is_empty()
            || !self.themes.is_empty()
            || !self.text.trim().is_empty()
    }

    /// For each event of the timeline, whether it stands.
    pub fn matches(&self, timeline: &Timeline, search: &Search) -> Vec<bool> {
        let found = search.matches(&self.text);
        let kept = |(event, found): (&Event, bool)| found && self.shows_track(event) && self.keeps(event);
        timeline.events.iter().zip(found).map(kept).collect()
    }

    /// How many events stand, and how many would.
    pub fn counts(&self, timeline: &Timeline, search: &Search) -> Counts {
        let mut counts = Counts {
            total: 0,
            tracks: vec![0; timeline.tracks.len()],
            parties: vec![0; timeline.parties.len()],
            themes: vec![0; timeline.themes.len()],
        };
        for (event, found) in timeline.events.iter().zip(search.matches(&self.text)) {
            if !found {
                continue;
            }
            let (party, theme) = (wanted(&self.parties, &event.parties), wanted(&self.themes, &event.themes));
            let shown = self.shows_track(event);
            if party && theme {
                add(&mut counts.tracks, &[event.track]);
                counts.total += usize::from(shown);
            }
            if shown && theme {
                add(&mut counts.parties, &event.parties);
            }
            if shown && party {
                add(&mut counts.themes, &event.themes);
            }
        }
        counts
    }

    fn shows_track(&self, event: &Event) -> bool {
        !self.hidden_tracks.get(event.track).copied().unwrap_or(false)
    }

    fn keeps(&self, event: &Event) -> bool {
        wanted(&self.parties, &event.parties) && wanted(&self.themes, &event.themes)
    }
}

/// Whether one of the wanted is there, or none is wanted in particular.
fn wanted(wanted: &[usize], present: &[usize]) -> bool {
    wanted.is_empty() || wanted.iter().any(|index| present.contains(index))
}

fn add(counts: &mut [usize], indices: &[usize]) {
    for index in indices {
        if let Some(count) = counts.get_mut(*index) {
            *count += 1;
        }
    }
}
