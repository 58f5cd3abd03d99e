//! What the tests of the loader and of the packed form share.

use std::fs;
use std::path::{Path, PathBuf};

use annals::load::from_json;
use annals::model::Timeline;

/// A file of the data folder.
pub(crate) fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name)
}

/// The story of the page, in bytes.
pub(crate) fn treaty_bytes() -> Vec<u8> {
    fs::read(data("treaty-1945.json")).unwrap()
}

/// The story of the page.
pub(crate) fn treaty() -> Timeline {
    let (timeline, found) = from_json(&treaty_bytes()).unwrap();
    assert_eq!(found, [], "the data must be without fault");
    timeline
}

/// Every index of a timeline must hit.
pub(crate) fn check_indices(timeline: &Timeline) {
    assert!(!timeline.events.is_empty() && !timeline.languages.is_empty() && !timeline.tracks.is_empty());
    for event in timeline.events.iter() {
        assert!(event.track < timeline.tracks.len() && (1..=5).contains(&event.importance));
        assert!(event.themes.iter().all(|index| *index < timeline.themes.len()));
        assert!(event.parties.iter().all(|index| *index < timeline.parties.len()));
        assert!(event.people.iter().all(|index| *index < timeline.people.len()));
        assert!(event.places.iter().all(|index| *index < timeline.places.len()));
        assert!(event.citations.iter().all(|citation| citation.source < timeline.sources.len()));
        let readings = event.disputes.iter().flat_map(|dispute| &dispute.readings);
        assert!(readings.flat_map(|reading| &reading.citations).all(|index| *index < event.citations.len()));
        let extent = event.date.extent();
        assert!(extent.start < extent.end);
    }
    let count = timeline.events.len();
    assert!(timeline.links.iter().all(|link| link.from < count && link.to < count && link.from != link.to));
    assert!(
        timeline
            .eras
            .iter()
            .all(|era| era.span.start < era.span.end && era.event.is_none_or(|event| event < count))
    );
}
