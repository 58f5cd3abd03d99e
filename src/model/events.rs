//! The events of a timeline: all at hand, or told one by one as they are asked for.

use std::ops::{Index, IndexMut};
#[cfg(feature = "large")]
use std::rc::Rc;

use super::Event;
#[cfg(feature = "large")]
use super::shelf::Shelf;
use crate::time::{TimePoint, TimeSpan};

/// What is asked of all events at once, such as which of them are in view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outline {
    /// [`EventDate::reach`](crate::time::EventDate::reach).
    pub reach: TimeSpan,
    /// [`EventDate::anchor`](crate::time::EventDate::anchor).
    pub anchor: TimePoint,
    /// Index into [`Timeline::tracks`](super::Timeline::tracks).
    pub track: usize,
    /// [`EventDate::is_interval`](crate::time::EventDate::is_interval).
    pub is_interval: bool,
    /// Whether it may have happened outside of `reach`, as what is dated to a day "or later". It spares a look at the event.
    #[cfg(feature = "large")]
    pub is_loose: bool,
}

impl Outline {
    /// The outline of an event.
    pub fn of(event: &Event) -> Self {
        let reach = event.date.reach();
        #[cfg(feature = "large")]
        let bounds = event.date.bounds();
        Self {
            reach,
            anchor: event.date.anchor(),
            track: event.track,
            is_interval: event.date.is_interval(),
            #[cfg(feature = "large")]
            is_loose: bounds.earliest_start < reach.start || bounds.latest_end > reach.end,
        }
    }
}

/// Events by index. It is a vector, except where they stand on a shelf: then the vector is empty, and what goes through all
/// of them should ask for their outlines instead, as each event that is asked for is kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Events {
    here: Vec<Event>,
    #[cfg(feature = "large")]
    shelf: Option<Rc<Shelf>>,
}

impl Events {
    /// Events that are told as they are asked for.
    #[cfg(feature = "large")]
    pub fn shelved(shelf: Shelf) -> Self {
        Self { here: Vec::new(), shelf: Some(Rc::new(shelf)) }
    }

    /// The shelf on which they stand; none if they are at hand.
    #[cfg(feature = "large")]
    pub fn shelf(&self) -> Option<&Shelf> {
        self.shelf.as_deref()
    }

    /// Those that are at hand.
    pub fn here(&self) -> &[Event] {
        &self.here
    }

    /// Those that are at hand, to be changed.
    pub fn here_mut(&mut self) -> &mut Vec<Event> {
        &mut self.here
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        #[cfg(feature = "large")]
        if let Some(shelf) = &self.shelf {
            return shelf.len();
        }
        self.here.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The event with this index, if there is one.
    pub fn get(&self, index: usize) -> Option<&Event> {
        #[cfg(feature = "large")]
        if let Some(shelf) = &self.shelf {
            return shelf.get(index);
        }
        self.here.get(index)
    }

    /// All of them, in the order of time.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Event> + Clone {
        #[cfg(not(feature = "large"))]
        let events = self.here.iter();
        #[cfg(feature = "large")]
        let events = (0..self.len()).map(|index| &self[index]);
        events
    }

    /// The outline of an event.
    pub fn outline(&self, index: usize) -> Outline {
        #[cfg(feature = "large")]
        if let Some(shelf) = &self.shelf {
            return shelf.outline(index);
        }
        Outline::of(&self.here[index])
    }

    /// How many there are whose outlines this holds for.
    pub fn count(&self, holds: impl Fn(usize, Outline) -> bool) -> usize {
        self.outlines().enumerate().filter(|(index, outline)| holds(*index, *outline)).count()
    }

    /// How many there are that reach into a stretch of time.
    pub fn count_in(&self, span: TimeSpan) -> usize {
        #[cfg(feature = "large")]
        if let Some(shelf) = &self.shelf {
            return shelf.count_in(span);
        }
        self.count(|_, outline| outline.reach.overlaps(span))
    }

    /// The outlines of all that may have to do with a stretch of time, and of others, with their indices.
    #[cfg_attr(
        not(feature = "large"),
        expect(unused_variables, reason = "where there are few, each is looked at")
    )]
    pub fn near(&self, span: TimeSpan) -> impl Iterator<Item = (usize, Outline)> {
        #[cfg(not(feature = "large"))]
        let near = self.outlines().enumerate();
        #[cfg(feature = "large")]
        let near = {
            let all = std::iter::once(0..self.len());
            let ranges = self.shelf.as_ref().map_or_else(|| all.collect(), |shelf| shelf.near(span));
            ranges.into_iter().flatten().map(|index| (index, self.outline(index)))
        };
        near
    }

    /// The outlines of all, in the order of time.
    pub fn outlines(&self) -> impl ExactSizeIterator<Item = Outline> + Clone {
        #[cfg(not(feature = "large"))]
        let outlines = self.here.iter().map(Outline::of);
        #[cfg(feature = "large")]
        let outlines = (0..self.len()).map(|index| self.outline(index));
        outlines
    }
}

impl From<Vec<Event>> for Events {
    fn from(here: Vec<Event>) -> Self {
        Self {
            here,
            #[cfg(feature = "large")]
            shelf: None,
        }
    }
}

impl Index<usize> for Events {
    type Output = Event;

    fn index(&self, index: usize) -> &Event {
        #[cfg(feature = "large")]
        if let Some(event) = self.shelf.as_ref().and_then(|shelf| shelf.get(index)) {
            return event;
        }
        &self.here[index]
    }
}

impl IndexMut<usize> for Events {
    fn index_mut(&mut self, index: usize) -> &mut Event {
        &mut self.here[index]
    }
}
