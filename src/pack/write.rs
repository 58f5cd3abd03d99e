//! From the model to the packed form, in the order in which `read` asks for it.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::rc::Rc;

#[cfg(feature = "large")]
use super::PART;
use super::{
    CALENDARS, CONFIDENCES, DIGIT_BITS, FIELDS, GOES_ON, GRADES, PARTS_OF_DEGREE, PRECISIONS, SEPARATOR, SET,
    ZERO,
};
#[cfg(feature = "large")]
use crate::model::Rows;
use crate::model::{Era, Event, Link, Relation, Source, Term, Text, Timeline};
use crate::time::{Bound, DAY, DatePart, EventDate, TimeSpan};

/// A timeline in the packed form, not yet joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    /// Everything but the texts.
    pub numbers: String,
    /// Every text once, in the order in which the numbers ask for them.
    pub texts: Vec<Rc<str>>,
}

impl Packed {
    /// The one text that [`super::read`] reads.
    pub fn join(&self) -> String {
        let length = self.texts.iter().map(|text| text.len() + SEPARATOR.len_utf8()).sum::<usize>();
        let mut joined = String::with_capacity(self.numbers.len() + length);
        joined.push_str(&self.numbers);
        for text in &self.texts {
            joined.push(SEPARATOR);
            joined.push_str(text);
        }
        joined
    }
}

/// Packs a timeline. None of its texts may hold a control character, and a loaded one has none.
pub fn write(timeline: &Timeline) -> Packed {
    let mut packing = Packing::new(timeline);
    loop {
        if let Some(packed) = packing.step() {
            return packed;
        }
    }
}

/// So many events or links are packed in one step.
const STEP: usize = 2000;

/// Texts stand on so many shelves by how they end. One for all would have to be put in order anew when it is full, which with a
/// hundred thousand texts takes longer than a step may.
const SHELVES: usize = 512;

/// A timeline that is being packed in steps, so that the caller can do something else in between.
pub struct Packing<'a> {
    writer: Writer,
    timeline: &'a Timeline,
    /// Those that are left; none once the end of the list is written.
    events: Option<&'a [Event]>,
    links: &'a [Link],
}

impl<'a> Packing<'a> {
    /// A timeline of which no event is packed yet.
    pub fn new(timeline: &'a Timeline) -> Self {
        let mut writer = Writer::new(SHELVES);
        writer.head(timeline);
        Self { writer, timeline, events: Some(timeline.events.here()), links: &timeline.links }
    }

    /// Goes on for some milliseconds; gives what [`write`] does at the end, and nothing before.
    pub fn step(&mut self) -> Option<Packed> {
        let Self { writer, timeline, events, links } = self;
        if let Some(left) = events.take() {
            let (now, later) = left.split_at(left.len().min(STEP));
            for event in now {
                writer.event(event);
            }
            if later.is_empty() {
                writer.list(&timeline.eras, Writer::era);
                writer.index(links.len());
            } else {
                *events = Some(later);
            }
            return None;
        }
        let (now, later) = links.split_at(links.len().min(STEP));
        for link in now {
            writer.link(link);
        }
        *links = later;
        later.is_empty().then(|| writer.take())
    }
}

/// A timeline of many events that is being packed so that each can be read alone.
#[cfg(feature = "large")]
pub struct Shelving<'a> {
    timeline: &'a Timeline,
    writer: Writer,
    rows: Rows,
    starts: Vec<u8>,
    /// How many events are packed.
    done: usize,
}

/// What is read before any event is.
#[cfg(feature = "large")]
#[derive(Clone, Debug)]
pub struct Shelved {
    /// The packed form of a timeline, in which the events are only counted.
    pub head: String,
    /// What is asked of all events at once; see [`Rows`].
    pub rows: Vec<u8>,
    /// For each event where it begins in its part, as four bytes, the lowest first.
    pub starts: Vec<u8>,
}

#[cfg(feature = "large")]
impl<'a> Shelving<'a> {
    /// A timeline of which no event is packed yet; `None` if it has none.
    pub fn new(timeline: &'a Timeline) -> Option<Self> {
        let rows = Rows::new(timeline.extent()?, timeline.finest()?);
        Some(Self { timeline, writer: Writer::new(1), rows, starts: Vec::new(), done: 0 })
    }

    /// How many events are packed.
    pub fn done(&self) -> usize {
        self.done
    }

    /// Packs the next part, which takes some milliseconds; `None` once all are. The texts of an event are numbered after the
    /// languages of the timeline.
    pub fn part(&mut self) -> Option<Vec<u8>> {
        let events = self.timeline.events.here();
        let events = &events[self.done..events.len().min(self.done + PART)];
        let mut part = Vec::with_capacity(events.len() * 200);
        for event in events {
            self.rows.push(event);
            self.starts.extend((part.len() as u32).to_le_bytes());
            self.writer.forget();
            self.timeline.languages.iter().for_each(|language| self.writer.know(language));
            self.writer.event(event);
            part.extend(self.writer.take().join().into_bytes());
        }
        self.done += events.len();
        (!part.is_empty()).then_some(part)
    }

    /// What goes before the parts, once all are packed.
    pub fn end(self) -> Shelved {
        let mut writer = Writer::new(SHELVES);
        writer.head(self.timeline);
        writer.list(&self.timeline.eras, Writer::era);
        writer.list(&self.timeline.links, Writer::link);
        Shelved { head: writer.take().join(), rows: self.rows.into_bytes(), starts: self.starts }
    }
}

struct Writer {
    numbers: String,
    texts: Vec<Rc<str>>,
    /// The number of each text, counted from 1; each stands on one of [`SHELVES`].
    taken: Vec<HashMap<Rc<str>, usize>>,
    /// How many there are.
    count: usize,
}

impl Writer {
    fn new(shelves: usize) -> Self {
        Self {
            numbers: String::new(),
            texts: Vec::new(),
            taken: (0..shelves).map(|_| HashMap::new()).collect(),
            count: 0,
        }
    }

    /// Hands over what is written.
    fn take(&mut self) -> Packed {
        Packed { numbers: std::mem::take(&mut self.numbers), texts: std::mem::take(&mut self.texts) }
    }

    /// Begins to count texts anew.
    #[cfg(feature = "large")]
    fn forget(&mut self) {
        self.taken.iter_mut().for_each(HashMap::clear);
        self.count = 0;
    }

    /// Takes a text for one that the reader has.
    #[cfg(feature = "large")]
    fn know(&mut self, text: &Rc<str>) {
        self.count += 1;
        let shelf = self.shelf(text);
        self.taken[shelf].insert(Rc::clone(text), self.count);
    }

    /// On which shelf a text stands. The ends differ most: of ids with numbers, of sentences with names.
    fn shelf(&self, text: &str) -> usize {
        let mix = |mixed: usize, byte: &u8| mixed.wrapping_mul(31).wrapping_add(usize::from(*byte));
        text.as_bytes().iter().rev().take(8).fold(text.len(), mix) % self.taken.len()
    }

    fn number(&mut self, number: u64) {
        let bits = u64::BITS - number.leading_zeros();
        for place in (0..bits.div_ceil(DIGIT_BITS).max(1)).rev() {
            let digit = (number >> (place * DIGIT_BITS)) as u8 % GOES_ON;
            let more = if place > 0 { GOES_ON } else { 0 };
            self.numbers.push(char::from(ZERO + digit + more));
        }
    }

    fn signed(&mut self, number: i64) {
        self.number((number << 1 ^ number >> 63) as u64);
    }

    fn index(&mut self, index: usize) {
        self.number(index as u64);
    }

    /// A small number, 0 for none.
    fn small(&mut self, number: Option<u8>) {
        self.number(u64::from(number.unwrap_or_default()));
    }

    fn flag(&mut self, flag: bool) {
        self.number(u64::from(flag));
    }

    fn choice<T: PartialEq>(&mut self, all: &[T], chosen: &T) {
        self.index(all.iter().position(|one| one == chosen).unwrap_or(all.len()));
    }

    fn list<T>(&mut self, items: &[T], item: impl Fn(&mut Self, &T)) {
        self.index(items.len());
        for one in items {
            item(self, one);
        }
    }

    fn indices(&mut self, indices: &[usize]) {
        self.list(indices, |writer, index| writer.index(*index));
    }

    fn string(&mut self, text: &Rc<str>) {
        let shelf = self.shelf(text);
        match self.taken[shelf].entry(Rc::clone(text)) {
            Entry::Occupied(taken) => {
                let taken = *taken.get();
                self.index(taken);
            }
            Entry::Vacant(place) => {
                self.count += 1;
                place.insert(self.count);
                self.texts.push(Rc::clone(text));
                self.index(0);
            }
        }
    }

    fn text(&mut self, text: &Text) {
        self.list(&text.0, |writer, (lang, text)| {
            writer.string(lang);
            writer.string(text);
        });
    }

    fn texts(&mut self, texts: &[&Text]) {
        for text in texts {
            self.text(text);
        }
    }

    /// All that stands before the first event.
    fn head(&mut self, timeline: &Timeline) {
        self.string(&timeline.id);
        self.texts(&[&timeline.title, &timeline.deck]);
        self.list(&timeline.languages, Self::string);
        self.choice(&CALENDARS, &timeline.calendar);
        self.list(&timeline.tracks, Self::term);
        self.list(&timeline.themes, Self::term);
        self.list(&timeline.parties, Self::term);
        self.list(&timeline.people, |writer, person| {
            writer.texts(&[&person.name, &person.original, &person.note]);
        });
        self.list(&timeline.places, |writer, place| {
            writer.texts(&[&place.name, &place.original, &place.note]);
            for degrees in [place.lat, place.lon] {
                writer.signed((degrees * PARTS_OF_DEGREE).round() as i64);
            }
        });
        self.list(&timeline.sources, Self::source);
        self.index(timeline.events.len());
    }

    fn term(&mut self, term: &Term) {
        self.string(&term.id);
        self.texts(&[&term.name, &term.short, &term.note]);
    }

    fn source(&mut self, source: &Source) {
        self.string(&source.citation);
        self.flag(source.url.is_some());
        if let Some(url) = &source.url {
            self.string(url);
        }
        self.choice(&GRADES, &source.grade);
    }

    fn event(&mut self, event: &Event) {
        self.string(&event.id);
        self.date(&event.date);
        self.index(event.track);
        self.number(u64::from(event.importance.saturating_sub(1)));
        self.texts(&[&event.label, &event.title, &event.gloss, &event.summary, &event.names]);
        self.list(&event.body, Self::text);
        self.indices(&event.themes);
        self.indices(&event.parties);
        self.indices(&event.places);
        self.indices(&event.people);
        self.list(&event.citations, |writer, citation| {
            writer.index(citation.source);
            writer.text(&citation.supports);
        });
        self.choice(&CONFIDENCES, &event.confidence);
        self.flag(event.date_disputed);
        self.list(&event.disputes, |writer, dispute| {
            writer.text(&dispute.question);
            writer.list(&dispute.readings, |writer, reading| {
                writer.text(&reading.value);
                writer.indices(&reading.citations);
            });
            writer.text(&dispute.shown);
        });
    }

    fn date(&mut self, date: &EventDate) {
        self.bound(Some(&date.start));
        self.bound(date.end.as_ref());
    }

    fn bound(&mut self, bound: Option<&Bound>) {
        match bound {
            None => self.number(0),
            Some(Bound::Open) => self.number(1),
            Some(Bound::Unknown) => self.number(2),
            Some(Bound::Date(part)) => self.part(3, part),
            Some(Bound::OrEarlier(part)) => self.part(4, part),
            Some(Bound::OrLater(part)) => self.part(5, part),
            Some(Bound::Set { part, members }) => {
                self.part(SET as u64, part);
                self.list(members, Self::date);
            }
        }
    }

    fn part(&mut self, kind: u64, part: &DatePart) {
        self.number(kind);
        self.span(part.range);
        self.choice(&PRECISIONS, &part.precision);
        self.signed(part.year);
        self.small(part.month);
        self.small(part.season);
        self.small(part.day);
        self.flag(part.approximate);
        self.flag(part.uncertain);
    }

    fn span(&mut self, span: TimeSpan) {
        for seconds in [span.start.0, span.end.0.wrapping_sub(span.start.0)] {
            self.signed(seconds / DAY);
            self.signed(seconds % DAY);
        }
    }

    fn era(&mut self, era: &Era) {
        self.string(&era.id);
        self.span(era.span);
        self.choice(&FIELDS, &era.field);
        self.texts(&[&era.label, &era.dates, &era.text]);
        self.index(era.event.map_or(0, |event| event + 1));
    }

    fn link(&mut self, link: &Link) {
        self.index(link.from);
        self.index(link.to);
        self.choice(&Relation::ALL, &link.relation);
        self.text(&link.note);
    }
}
