//! Finding events by words, and leaving out those that are not wanted.

mod fold;
mod found;
mod search;

pub use fold::fold;
pub use found::Found;
pub use search::{Field, Hit, find, match_ranges, nearest};

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

/// How many events each switch of the filter would leave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
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

    /// For each event of the timeline, whether it has the words; `hits` are those that do, if there are words at all.
    pub fn found(&self, timeline: &Timeline, hits: &[Hit]) -> Vec<bool> {
        let mut found = vec![fold(&self.text).trim().is_empty(); timeline.events.len()];
        for hit in hits {
            found[hit.event] = true;
        }
        found
    }

    /// For each event of the timeline, whether it stands; `found` says of each whether it has the words.
    pub fn matches(&self, timeline: &Timeline, found: &[bool]) -> Vec<bool> {
        timeline.events.iter().zip(found).map(|(event, found)| *found && self.keeps(event)).collect()
    }

    /// How many events would stand by each switch; `found` says of each whether it has the words.
    pub fn counts(&self, timeline: &Timeline, found: &[bool]) -> Counts {
        let mut counts = Counts {
            tracks: vec![0; timeline.tracks.len()],
            parties: vec![0; timeline.parties.len()],
            themes: vec![0; timeline.themes.len()],
        };
        for (event, found) in timeline.events.iter().zip(found) {
            if !found {
                continue;
            }
            let (party, theme) = (wanted(&self.parties, &event.parties), wanted(&self.themes, &event.themes));
            let shown = self.shows_track(event);
            if party && theme {
                add(&mut counts.tracks, &[event.track]);
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
        wanted(&self.parties, &event.parties)
            && wanted(&self.themes, &event.themes)
            && self.shows_track(event)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::{self, LoadError};
    use proptest::prelude::*;

    fn treaty() -> Result<Timeline, LoadError> {
        Ok(load::from_json(include_bytes!("../../data/treaty-1945.json"))?.0)
    }

    fn found(timeline: &Timeline, filter: &Filter) -> Vec<bool> {
        filter.found(timeline, &find(timeline, "en", &filter.text))
    }

    #[test]
    fn no_filter_leaves_all_standing() -> Result<(), LoadError> {
        let timeline = treaty()?;
        let filter = Filter::none(&timeline);
        assert!(!filter.is_active());
        assert!(filter.matches(&timeline, &found(&timeline, &filter)).iter().all(|stands| *stands));
        Ok(())
    }

    #[test]
    fn each_condition_leaves_out() -> Result<(), LoadError> {
        let timeline = treaty()?;
        let standing = |filter: &Filter| {
            let matches = filter.matches(&timeline, &found(&timeline, filter));
            timeline
                .events
                .iter()
                .zip(matches)
                .filter(|(_, stands)| *stands)
                .map(|(event, _)| event)
                .collect::<Vec<_>>()
        };
        let mut filter = Filter::none(&timeline);
        filter.hidden_tracks[0] = true;
        assert!(filter.is_active() && standing(&filter).iter().all(|event| event.track != 0));
        filter = Filter { parties: vec![0, 1], ..Filter::none(&timeline) };
        assert!(
            standing(&filter).iter().all(|event| event.parties.contains(&0) || event.parties.contains(&1))
        );
        filter.themes = vec![1];
        assert!(
            !standing(&filter).is_empty() && standing(&filter).iter().all(|event| event.themes.contains(&1))
        );
        filter = Filter { text: "Stalin".into(), ..Filter::none(&timeline) };
        assert_eq!(standing(&filter).len(), find(&timeline, "en", "stalin").len());
        Ok(())
    }

    #[test]
    fn filter_counts_add_up() -> Result<(), LoadError> {
        let timeline = treaty()?;
        let indices = |len: usize| proptest::collection::vec(0..len, 0..3);
        let filters = (
            proptest::collection::vec(any::<bool>(), timeline.tracks.len()),
            indices(timeline.parties.len()),
            indices(timeline.themes.len()),
            prop::sample::select(vec!["", "treaty", "moscow stalin", "xyzzy", "un"]),
        );
        proptest!(|((hidden_tracks, parties, themes, text) in filters)| {
            let filter = Filter { hidden_tracks, parties, themes, text: text.into() };
            let found = found(&timeline, &filter);
            let counts = filter.counts(&timeline, &found);
            let standing = |filter: &Filter| filter.matches(&timeline, &found).into_iter().filter(|stands| *stands).count();
            let shown = counts.tracks.iter().zip(&filter.hidden_tracks).filter(|(_, hidden)| !**hidden);
            prop_assert_eq!(shown.map(|(count, _)| count).sum::<usize>(), standing(&filter));
            for (party, count) in counts.parties.iter().enumerate() {
                prop_assert_eq!(*count, standing(&Filter { parties: vec![party], ..filter.clone() }));
            }
            for (theme, count) in counts.themes.iter().enumerate() {
                prop_assert_eq!(*count, standing(&Filter { themes: vec![theme], ..filter.clone() }));
            }
            let all_shown = Filter { hidden_tracks: vec![false; timeline.tracks.len()], ..filter.clone() };
            prop_assert_eq!(counts.tracks.iter().sum::<usize>(), standing(&all_shown));
        });
        Ok(())
    }
}
