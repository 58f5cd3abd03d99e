//! A timeline as the rest of the program sees it: valid by construction, never changed after it is loaded.
//!
//! Things refer to one another by index, so that no look-up can fail; `crate::load` resolves names and reports what does
//! not resolve.

mod events;
mod relation;
#[cfg(feature = "large")]
mod shelf;
mod text;

pub use events::{Events, Outline};
pub use relation::{Relation, RelationGroup};
#[cfg(feature = "large")]
pub use shelf::{Rows, Shelf};
pub use text::{Lang, Localised, Text};

use std::rc::Rc;

use crate::order::sort_by;
use crate::time::{Bound, EventDate, TimePoint, TimeSpan};

/// A whole history: its events in the order of time, and all that they refer to.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    /// A short name in Latin letters, unique among the timelines of a site.
    pub id: Rc<str>,
    /// The heading of the page.
    pub title: Text,
    /// One sentence under the heading; may be empty.
    pub deck: Text,
    /// Languages of the texts, best covered first.
    pub languages: Vec<Lang>,
    /// A second calendar to be named beside the first.
    pub calendar: Option<Calendar>,
    /// Bands of the chart, top to bottom.
    pub tracks: Vec<Track>,
    /// What an event can be about.
    pub themes: Vec<Term>,
    /// Who can act in an event.
    pub parties: Vec<Term>,
    /// People named in events.
    pub people: Vec<Person>,
    /// Places named in events.
    pub places: Vec<Place>,
    /// Works cited.
    pub sources: Vec<Source>,
    /// Stretches of time drawn behind all tracks.
    pub eras: Vec<Era>,
    /// Events, by earliest start, then latest end, then the order of the file.
    pub events: Events,
    /// Typed links between events, in the order of the file.
    pub links: Vec<Link>,
}

/// A calendar other than the Gregorian.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Calendar {
    /// Years of the Republic of China (民國): 1912 is year 1.
    Minguo,
}

/// A band of the chart; its note says in a few words what it is about.
pub type Track = Term;

/// A word of a closed list: a track, a theme or a party.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// Unique within its list.
    pub id: Rc<str>,
    /// Its full name.
    pub name: Text,
    /// A name for narrow places.
    pub short: Text,
    /// A definition; may be empty.
    pub note: Text,
}

/// Somebody named in events.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// The name in the languages of the reader.
    pub name: Text,
    /// The name as written at home, shown beside it.
    pub original: Text,
    /// Who it was, in a few words; may be empty.
    pub note: Text,
}

/// Somewhere events took place.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The name in the languages of the reader.
    pub name: Text,
    /// The name as written there.
    pub original: Text,
    /// Other names of the time; may be empty.
    pub note: Text,
    /// Degrees north, to the seventh decimal.
    pub lat: f64,
    /// Degrees east, to the seventh decimal.
    pub lon: f64,
}

/// How much weight a source carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grade {
    /// Treaty text, diplomatic document, legal record, memoir of a participant.
    Primary,
    /// Research literature.
    Scholarly,
    /// Encyclopaedia, handbook, institutional page.
    Reference,
    /// Newspaper or periodical of the time.
    Press,
    /// Anonymous page, blog, polemic: never alone.
    Weak,
}

/// A work cited.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// The full citation, in the language of the work.
    pub citation: Rc<str>,
    /// Its address, already checked to be `https:` or `http:`.
    pub url: Option<Rc<str>>,
    /// Its weight.
    pub grade: Grade,
}

/// How sure the dates and core facts of an event are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confidence {
    /// Two independent sources, or a primary document.
    High,
    /// Core facts confirmed, details rest on one work.
    Medium,
    /// One weak source.
    Low,
}

/// Something that happened, on a day or over a stretch of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Unique within the timeline; the address of the event is `#event-` and this.
    pub id: Rc<str>,
    /// When.
    pub date: EventDate,
    /// Index into [`Timeline::tracks`].
    pub track: usize,
    /// 1 (detail) to 5 (landmark).
    pub importance: u8,
    /// At most 28 Latin letters, for the chart.
    pub label: Text,
    /// Full heading.
    pub title: Text,
    /// One line under the label when there is room; may be empty.
    pub gloss: Text,
    /// One sentence.
    pub summary: Text,
    /// Paragraphs.
    pub body: Vec<Text>,
    /// Indices into [`Timeline::themes`].
    pub themes: Vec<usize>,
    /// Indices into [`Timeline::parties`].
    pub parties: Vec<usize>,
    /// Where.
    pub places: Vec<usize>,
    /// Indices into [`Timeline::people`].
    pub people: Vec<usize>,
    /// Names of the event or document in the languages of those who made it.
    pub names: Text,
    /// What supports the event.
    pub citations: Vec<Citation>,
    /// How sure it is.
    pub confidence: Confidence,
    /// Whether sources differ on the date that is shown.
    pub date_disputed: bool,
    /// Points on which sources differ.
    pub disputes: Vec<Dispute>,
}

/// The use of a source by an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Citation {
    /// Index into [`Timeline::sources`].
    pub source: usize,
    /// What the source shows; may be empty.
    pub supports: Text,
}

/// A point on which sources differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Dispute {
    /// What is in question.
    pub question: Text,
    /// What each side says.
    pub readings: Vec<Reading>,
    /// What this timeline shows, and why.
    pub shown: Text,
}

/// One answer to a disputed question.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The answer.
    pub value: Text,
    /// Indices into [`Event::citations`] of the same event.
    pub citations: Vec<usize>,
}

/// How an era is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EraField {
    /// A field of colour.
    Full,
    /// Hatched: it held for one side only.
    Hatched,
}

/// A stretch of time drawn behind all tracks.
#[derive(Clone, Debug, PartialEq)]
pub struct Era {
    /// Unique within the timeline.
    pub id: Rc<str>,
    /// From the first day up to the day of the change.
    pub span: TimeSpan,
    /// How it is drawn.
    pub field: EraField,
    /// Its name on the strip.
    pub label: Text,
    /// Its dates in words; may be empty.
    pub dates: Text,
    /// A sentence about it; may be empty.
    pub text: Text,
    /// The event that tells of it, which then stands on the strip instead of in a track.
    pub event: Option<usize>,
}

/// A typed link: `from` did something to, or with, `to`.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Index into [`Timeline::events`].
    pub from: usize,
    /// Index into [`Timeline::events`].
    pub to: usize,
    /// What `from` did.
    pub relation: Relation,
    /// A remark; may be empty.
    pub note: Text,
}

/// All that links an event to one other under the same heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkView {
    /// The event at the other end.
    pub other: usize,
    /// What links them; and whether the event in question is the one that acts.
    pub relations: Vec<(Relation, bool)>,
    /// The heading they stand under.
    pub group: RelationGroup,
}

impl Timeline {
    /// The same history in one language, for a page that carries no more.
    ///
    /// The language moves to the front of `languages`. A text that is missing in it is kept in the language a reader would
    /// get; names in the original languages are kept whole.
    #[must_use]
    pub fn in_language(mut self, lang: &str) -> Self {
        self.languages.retain(|own| **own != *lang);
        self.languages.insert(0, lang.into());
        let reduce = |texts: &mut [&mut Text]| texts.iter_mut().for_each(|text| text.keep_best(lang));
        reduce(&mut [&mut self.title, &mut self.deck]);
        for term in self.tracks.iter_mut().chain(&mut self.themes).chain(&mut self.parties) {
            reduce(&mut [&mut term.name, &mut term.short, &mut term.note]);
        }
        for person in &mut self.people {
            reduce(&mut [&mut person.name, &mut person.note]);
        }
        for place in &mut self.places {
            reduce(&mut [&mut place.name, &mut place.note]);
        }
        for era in &mut self.eras {
            reduce(&mut [&mut era.label, &mut era.dates, &mut era.text]);
        }
        for event in self.events.here_mut() {
            reduce(&mut [&mut event.label, &mut event.title, &mut event.gloss, &mut event.summary]);
            event.body.iter_mut().for_each(|text| text.keep_best(lang));
            event.citations.iter_mut().for_each(|citation| citation.supports.keep_best(lang));
            for dispute in &mut event.disputes {
                reduce(&mut [&mut dispute.question, &mut dispute.shown]);
                dispute.readings.iter_mut().for_each(|reading| reading.value.keep_best(lang));
            }
        }
        self.links.iter_mut().for_each(|link| link.note.keep_best(lang));
        self
    }

    /// The event with this id.
    pub fn event_by_id(&self, id: &str) -> Option<usize> {
        #[cfg(feature = "large")]
        if let Some(shelf) = self.events.shelf() {
            return shelf.candidates(id).find(|event| &*self.events[*event].id == id);
        }
        self.events.iter().position(|event| &*event.id == id)
    }

    /// From the earliest to the latest moment of any event or era; `None` without events and eras.
    pub fn extent(&self) -> Option<TimeSpan> {
        #[cfg(feature = "large")]
        if let Some(shelf) = self.events.shelf() {
            return Some(shelf.extent());
        }
        let mut extent: Option<TimeSpan> = None;
        let mut join = |span| extent = Some(extent.map_or(span, |extent| extent.union(span)));
        self.events.iter().for_each(|event| join(event.date.extent()));
        self.eras.iter().for_each(|era| join(era.span));
        extent
    }

    /// The shortest stretch that one of its dates stands for, in seconds; `None` without events.
    pub fn finest(&self) -> Option<i64> {
        #[cfg(feature = "large")]
        if let Some(shelf) = self.events.shelf() {
            return Some(shelf.finest());
        }
        let mut finest = i64::MAX;
        for event in self.events.iter() {
            for bound in [Some(&event.date.start), event.date.end.as_ref()] {
                if let Some(Bound::Date(part)) = bound {
                    finest = finest.min(part.range.secs());
                }
            }
        }
        (!self.events.is_empty()).then_some(finest)
    }

    /// The links of an event, by group, then by date of the other event.
    pub fn links_of(&self, event: usize) -> Vec<LinkView> {
        let mut views: Vec<LinkView> = Vec::new();
        for link in &self.links {
            let (other, acts, group) = if link.from == event {
                (link.to, true, link.relation.group_in_source())
            } else if link.to == event {
                (link.from, false, link.relation.group_in_target())
            } else {
                continue;
            };
            let relation = (link.relation, acts);
            match views.iter_mut().find(|view| view.other == other && view.group == group) {
                Some(view) => view.relations.push(relation),
                None => views.push(LinkView { other, relations: vec![relation], group }),
            }
        }
        let key = |view: &LinkView| (view.group, view.other);
        sort_by(&mut views, |a, b| key(a).cmp(&key(b)));
        views
    }

    /// The era that the event tells of.
    pub fn era_of(&self, event: usize) -> Option<&Era> {
        self.eras.iter().find(|era| era.event == Some(event))
    }

    /// Eras that hold the point, a midnight, in the order of the file. The day on which one ends is its own unless another begins.
    pub fn eras_at(&self, point: TimePoint) -> impl Iterator<Item = &Era> {
        let others = move || self.eras.iter().any(|other| other.span.start == point);
        self.eras.iter().filter(move |era| era.span.contains(point) || (era.span.end == point && !others()))
    }
}
