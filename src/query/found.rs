//! What search and filter leave of a timeline.

use super::{Counts, Filter, Hit, find};
use crate::model::Timeline;

/// What search and filter leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Search results, best first; empty without search words. Of a large timeline there may be more.
    pub hits: Vec<Hit>,
    /// How many there are.
    pub total: usize,
    /// For each event, whether it stands.
    pub matches: Vec<bool>,
    /// How many each switch of the filter would leave.
    pub counts: Counts,
    /// Whether anything is filtered at all.
    pub active: bool,
    /// The search words: those of a large timeline may have changed meanwhile.
    #[cfg(feature = "large")]
    pub text: String,
}

impl Found {
    /// What a filter leaves for a reader of `lang`.
    pub fn of(timeline: &Timeline, lang: &str, filter: &Filter) -> Self {
        let hits = find(timeline, lang, &filter.text);
        let found = filter.found(timeline, &hits);
        Self {
            total: hits.len(),
            hits,
            matches: filter.matches(timeline, &found),
            counts: filter.counts(timeline, &found),
            active: filter.is_active(),
            #[cfg(feature = "large")]
            text: filter.text.clone(),
        }
    }
}

#[cfg(feature = "large")]
mod large {
    use super::{Counts, Filter, Found, Hit};
    use crate::model::Timeline;
    // It stands after the numbers, and after each hit.
    use crate::pack::SEPARATOR;

    /// So many hits are handed over; more are not listed.
    const MOST_HITS: usize = 100;

    impl Found {
        /// All of a timeline, as far as its outlines tell: how many events parties and themes have is not known.
        pub fn all(timeline: &Timeline) -> Self {
            let mut counts = Counts::default();
            for (own, terms) in [
                (&mut counts.tracks, &timeline.tracks),
                (&mut counts.parties, &timeline.parties),
                (&mut counts.themes, &timeline.themes),
            ] {
                own.resize(terms.len(), 0);
            }
            timeline.events.outlines().for_each(|outline| counts.tracks[outline.track] += 1);
            Self {
                hits: Vec::new(),
                total: 0,
                matches: vec![true; timeline.events.len()],
                counts,
                active: false,
                text: String::new(),
            }
        }

        /// As a text, and a byte for each event.
        pub fn pack(&self) -> (String, Vec<u8>) {
            let Counts { tracks, parties, themes } = &self.counts;
            let counts = tracks.iter().chain(parties).chain(themes);
            let mut text = String::new();
            let mut add = |number: usize, end: char| {
                text.push_str(&number.to_string());
                text.push(end);
            };
            counts.for_each(|count| add(*count, ' '));
            add(self.total, SEPARATOR);
            for hit in self.hits.iter().take(MOST_HITS) {
                for part in [&*hit.event.to_string(), " ", &hit.rank.to_string(), " ", &hit.context] {
                    text.push_str(part);
                }
                text.push(SEPARATOR);
            }
            (text, self.matches.iter().map(|stands| u8::from(*stands)).collect())
        }

        /// What [`Found::pack`] gave for a filter of this timeline; `None` for anything else.
        pub fn unpack(timeline: &Timeline, filter: &Filter, text: &str, matches: &[u8]) -> Option<Self> {
            let mut parts = text.strip_suffix(SEPARATOR)?.split(SEPARATOR);
            let mut numbers = parts.next()?.split(' ').map(str::parse);
            let mut counts =
                |len: usize| -> Option<Vec<usize>> { (0..len).map(|_| numbers.next()?.ok()).collect() };
            let counts = Counts {
                tracks: counts(timeline.tracks.len())?,
                parties: counts(timeline.parties.len())?,
                themes: counts(timeline.themes.len())?,
            };
            let total = numbers.next()?.ok()?;
            let hits = parts.map(|part| {
                let mut words = part.splitn(3, ' ');
                let event = words.next()?.parse().ok().filter(|event| *event < timeline.events.len())?;
                Some(Hit::new(event, words.next()?.parse().ok()?, words.next()?.to_owned()))
            });
            Some(Self {
                hits: hits.collect::<Option<_>>()?,
                total,
                matches: matches.iter().map(|stands| *stands == 1).collect(),
                counts,
                active: filter.is_active(),
                text: filter.text.clone(),
            })
            .filter(|found| found.matches.len() == timeline.events.len())
        }
    }
}

#[cfg(all(test, feature = "large"))]
mod tests {
    use super::*;
    use crate::load::{self, LoadError};

    #[test]
    fn what_is_handed_over_is_what_was_found() -> Result<(), LoadError> {
        let timeline = load::from_json(include_bytes!("../../data/treaty-1945.json"))?.0;
        for text in ["", "railway", "stalin moscow", "xyzzy"] {
            let filter = Filter { text: text.into(), themes: vec![1], ..Filter::none(&timeline) };
            let found = Found::of(&timeline, "en", &filter);
            let (text, matches) = found.pack();
            assert_eq!(Found::unpack(&timeline, &filter, &text, &matches).as_ref(), Some(&found));
            assert_eq!(Found::unpack(&timeline, &filter, &text, &matches[1..]), None);
            assert_ne!(Found::unpack(&timeline, &filter, &text[1..], &matches).as_ref(), Some(&found));
            let cut = text.rsplit_once(' ').map_or("", |(head, _)| head);
            assert_ne!(Found::unpack(&timeline, &filter, cut, &matches).as_ref(), Some(&found));
        }
        Ok(())
    }

    #[test]
    fn all_of_a_timeline_is_what_no_filter_leaves() -> Result<(), LoadError> {
        let timeline = load::from_json(include_bytes!("../../data/treaty-1945.json"))?.0;
        let (all, none) = (Found::all(&timeline), Found::of(&timeline, "en", &Filter::none(&timeline)));
        assert_eq!((all.matches, all.counts.tracks, all.active), (none.matches, none.counts.tracks, false));
        Ok(())
    }
}
