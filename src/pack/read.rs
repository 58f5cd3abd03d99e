//! From the packed form to the model.
//!
//! Everything in it is small in WebAssembly before anything else: a fault gives a harmless value and is noted, and only
//! the end asks whether there was one.

use std::rc::Rc;
use std::str::Split;

#[cfg(feature = "large")]
use super::PART;
use super::{
    CALENDARS, CONFIDENCES, DIGIT_BITS, FIELDS, GOES_ON, GRADES, MOST_DAY, MOST_IMPORTANCE, MOST_MONTH,
    MOST_SEASON, PARTS_OF_DEGREE, PRECISIONS, SEPARATOR, SET, ZERO,
};
#[cfg(feature = "large")]
use crate::model::Shelf;
use crate::model::{
    Citation, Dispute, Era, Event, Events, Lang, Link, Person, Place, Reading, Relation, Source, Term, Text,
    Timeline,
};
use crate::time::{Bound, DAY, DatePart, EventDate, TimePoint, TimeSpan};

/// Reads what [`super::Packed::join`] wrote; `None` for anything else in which an index, a choice or a text misses.
pub fn read(packed: &str) -> Option<Timeline> {
    let mut reader = Reader::new(packed);
    let timeline = reader.timeline();
    reader.is_done().then_some(timeline)
}

/// Where the packed events lie that are told one by one; see [`super::Shelving`].
#[cfg(feature = "large")]
pub struct Stack {
    /// Those of [`super::Shelved`].
    pub rows: Vec<u8>,
    /// Those of [`super::Shelved`].
    pub starts: Vec<u8>,
    /// Gives the bytes of a part from one place up to another, or to its end.
    pub bytes: Box<dyn Fn(usize, u32, Option<u32>) -> Vec<u8>>,
}

/// Reads a timeline whose events stay in a stack until they are asked for; `None` where [`read`] gives none. An event that is
/// damaged is found out only when it is asked for, and then stands there without words.
#[cfg(feature = "large")]
pub fn read_shelved(head: &str, stack: Stack) -> Option<Timeline> {
    let mut reader = Reader::new(head);
    reader.stack = Some(stack);
    let timeline = reader.timeline();
    reader.is_done().then_some(timeline)
}

struct Reader<'a> {
    /// Those that are left.
    numbers: &'a [u8],
    /// The texts that were not taken yet.
    parts: Split<'a, char>,
    /// Those that were.
    texts: Vec<Rc<str>>,
    failed: bool,
    /// Where the events are, if not here.
    #[cfg(feature = "large")]
    stack: Option<Stack>,
}

/// How many things of each kind an event may refer to.
struct Counts {
    tracks: usize,
    themes: usize,
    parties: usize,
    people: usize,
    places: usize,
    sources: usize,
}

impl<'a> Reader<'a> {
    fn new(packed: &'a str) -> Self {
        let mut parts = packed.split(SEPARATOR);
        let numbers = parts.next().unwrap_or_default().as_bytes();
        Self {
            numbers,
            parts,
            texts: Vec::new(),
            failed: false,
            #[cfg(feature = "large")]
            stack: None,
        }
    }

    /// Whether all was read, and without a fault.
    fn is_done(&mut self) -> bool {
        self.numbers.is_empty() && self.parts.next().is_none() && !self.failed
    }

    fn number(&mut self) -> u64 {
        let mut number = 0;
        while let Some((letter, rest)) = self.numbers.split_first() {
            let digit = letter.wrapping_sub(ZERO);
            self.numbers = rest;
            number = number << DIGIT_BITS | u64::from(digit % GOES_ON);
            if digit < GOES_ON {
                return number;
            }
        }
        self.failed = true;
        0
    }

    /// A number that may be below zero: the lowest bit is its sign.
    fn signed(&mut self) -> i64 {
        let number = self.number();
        (number >> 1) as i64 ^ -((number & 1) as i64)
    }

    /// A number below `count`.
    fn index(&mut self, count: usize) -> usize {
        let number = self.number();
        if number < count as u64 {
            return number as usize;
        }
        self.failed = true;
        0
    }

    fn flag(&mut self) -> bool {
        self.index(2) == 1
    }

    /// A number from 1 to `most`, or none.
    fn small(&mut self, most: usize) -> Option<u8> {
        Some(self.index(most + 1) as u8).filter(|number| *number > 0)
    }

    fn choice<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.index(all.len())]
    }

    fn list<T>(&mut self, item: &mut dyn FnMut(&mut Self) -> T) -> Vec<T> {
        let mut items = Vec::new();
        // The length is not trusted: every item takes a number, so that a wrong one ends with the numbers.
        for _ in 0..self.number() {
            items.push(item(self));
            if self.failed {
                break;
            }
        }
        items
    }

    fn indices(&mut self, count: usize) -> Vec<usize> {
        self.list(&mut |reader| reader.index(count))
    }

    fn string(&mut self) -> Rc<str> {
        let taken = self.index(self.texts.len() + 1);
        if let Some(text) = self.texts.get(taken.wrapping_sub(1)) {
            return Rc::clone(text);
        }
        let part = self.parts.next();
        self.failed |= part.is_none();
        let text: Rc<str> = part.unwrap_or_default().into();
        self.texts.push(Rc::clone(&text));
        text
    }

    fn text(&mut self) -> Text {
        Text(self.list(&mut |reader| (reader.string(), reader.string())))
    }

    fn timeline(&mut self) -> Timeline {
        let (id, title, deck) = (self.string(), self.text(), self.text());
        let languages = self.list(&mut Self::string);
        let calendar = self.choice(&CALENDARS);
        let [tracks, themes, parties] = [(); 3].map(|()| self.list(&mut Self::term));
        let people = self.list(&mut Self::person);
        let places = self.list(&mut Self::place);
        let sources = self.list(&mut Self::source);
        let counts = Counts {
            tracks: tracks.len(),
            themes: themes.len(),
            parties: parties.len(),
            people: people.len(),
            places: places.len(),
            sources: sources.len(),
        };
        let events = self.events(counts, &languages);
        let eras = self.list(&mut |reader| reader.era(events.len()));
        let links = self.list(&mut |reader| reader.link(events.len()));
        self.failed |= languages.is_empty() || events.is_empty();
        Timeline {
            id,
            title,
            deck,
            languages,
            calendar,
            tracks,
            themes,
            parties,
            people,
            places,
            sources,
            eras,
            events,
            links,
        }
    }

    #[cfg_attr(not(feature = "large"), expect(clippy::needless_pass_by_value, reason = "a shelf keeps them"))]
    fn events(&mut self, counts: Counts, languages: &[Lang]) -> Events {
        #[cfg(feature = "large")]
        if let Some(Stack { rows, starts, bytes }) = self.stack.take() {
            let (tracks, languages) = (counts.tracks, languages.to_vec());
            let tell = move |index: usize| {
                let start = |index: usize| {
                    let bytes = starts.get(index * 4..index * 4 + 4)?;
                    Some(u32::from_le_bytes(bytes.try_into().ok()?))
                };
                let part = index / PART;
                let end = start(index + 1).filter(|_| (index + 1) / PART == part);
                let packed = String::from_utf8(bytes(part, start(index)?, end)).ok()?;
                let mut reader = Reader { texts: languages.clone(), ..Reader::new(&packed) };
                let event = reader.event(&counts);
                reader.is_done().then_some(event)
            };
            let shelf = Shelf::new(rows, tracks, Box::new(tell));
            self.failed |= shelf.as_ref().map(Shelf::len) != Some(self.number() as usize);
            return shelf.map(Events::shelved).unwrap_or_default();
        }
        let _ = languages;
        self.list(&mut |reader| reader.event(&counts)).into()
    }

    fn term(&mut self) -> Term {
        Term { id: self.string(), name: self.text(), short: self.text(), note: self.text() }
    }

    fn person(&mut self) -> Person {
        Person { name: self.text(), original: self.text(), note: self.text() }
    }

    fn place(&mut self) -> Place {
        let Person { name, original, note } = self.person();
        Place { name, original, note, lat: self.degrees(), lon: self.degrees() }
    }

    fn degrees(&mut self) -> f64 {
        self.signed() as f64 / PARTS_OF_DEGREE
    }

    fn source(&mut self) -> Source {
        Source {
            citation: self.string(),
            url: if self.flag() { Some(self.string()) } else { None },
            grade: self.choice(&GRADES),
        }
    }

    fn event(&mut self, counts: &Counts) -> Event {
        let (id, date) = (self.string(), self.date(SET + 1));
        let track = self.index(counts.tracks);
        let importance = 1 + self.index(MOST_IMPORTANCE) as u8;
        let [label, title, gloss, summary, names] = [(); 5].map(|()| self.text());
        let body = self.list(&mut Self::text);
        let themes = self.indices(counts.themes);
        let parties = self.indices(counts.parties);
        let places = self.indices(counts.places);
        let people = self.indices(counts.people);
        let citations = self
            .list(&mut |reader| Citation { source: reader.index(counts.sources), supports: reader.text() });
        let confidence = self.choice(&CONFIDENCES);
        let date_disputed = self.flag();
        let disputes = self.list(&mut |reader| reader.dispute(citations.len()));
        Event {
            id,
            date,
            track,
            importance,
            label,
            title,
            gloss,
            summary,
            body,
            themes,
            parties,
            places,
            people,
            names,
            citations,
            confidence,
            date_disputed,
            disputes,
        }
    }

    /// A date; one that is a member of a set is no set itself, so `kinds` of bounds are fewer.
    fn date(&mut self, kinds: usize) -> EventDate {
        let date = EventDate { start: self.bound(kinds).unwrap_or(Bound::Open), end: self.bound(kinds) };
        let is_stated =
            [Some(&date.start), date.end.as_ref()].into_iter().flatten().any(|bound| bound.date().is_some());
        self.failed |= !is_stated;
        date
    }

    fn bound(&mut self, kinds: usize) -> Option<Bound> {
        let kind = self.index(kinds);
        match kind {
            0 => return None,
            1 => return Some(Bound::Open),
            2 => return Some(Bound::Unknown),
            _ => {}
        }
        let part = DatePart {
            range: self.span(),
            precision: self.choice(&PRECISIONS),
            year: self.signed(),
            month: self.small(MOST_MONTH),
            season: self.small(MOST_SEASON),
            day: self.small(MOST_DAY),
            approximate: self.flag(),
            uncertain: self.flag(),
        };
        if kind == SET {
            return Some(Bound::Set { part, members: self.list(&mut |reader| reader.date(SET)) });
        }
        let stated: [fn(DatePart) -> Bound; 3] = [Bound::Date, Bound::OrEarlier, Bound::OrLater];
        stated.get(kind.wrapping_sub(3)).map(|stated| stated(part))
    }

    /// Where it starts and how long it is, both in days and what is left of one in seconds.
    fn span(&mut self) -> TimeSpan {
        let [start, length] = [(); 2].map(|()| self.signed().wrapping_mul(DAY).wrapping_add(self.signed()));
        let end = start.wrapping_add(length);
        self.failed |= start >= end;
        TimeSpan { start: TimePoint(start), end: TimePoint(end) }
    }

    fn dispute(&mut self, citations: usize) -> Dispute {
        Dispute {
            question: self.text(),
            readings: self
                .list(&mut |reader| Reading { value: reader.text(), citations: reader.indices(citations) }),
            shown: self.text(),
        }
    }

    fn era(&mut self, events: usize) -> Era {
        let id = self.string();
        let span = self.span();
        let field = self.choice(&FIELDS);
        let [label, dates, text] = [(); 3].map(|()| self.text());
        Era { id, span, field, label, dates, text, event: self.index(events + 1).checked_sub(1) }
    }

    fn link(&mut self, events: usize) -> Link {
        let link = Link {
            from: self.index(events),
            to: self.index(events),
            relation: self.choice(&Relation::ALL),
            note: self.text(),
        };
        self.failed |= link.from == link.to;
        link
    }
}
