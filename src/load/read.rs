//! From the wire types to the model: resolves names to indices, and reports what does not resolve.

use std::cmp::Reverse;
use std::rc::Rc;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::wire::{self, Words};
use super::{Diagnostic, LoadError, parse};
use crate::model::{
    Calendar, Citation, Confidence, Dispute, Era, EraField, Event, Grade, Lang, Link, Person, Place, Reading,
    Relation, Source, Term, Text, Timeline, Track,
};
use crate::time::{EventDate, TimeSpan};

/// Reads a timeline, and tells what of it was left out or repaired.
///
/// # Errors
///
/// Fails when nothing can be shown: no JSON, another format, or no event with a title and a date.
pub fn from_json(bytes: &[u8]) -> Result<(Timeline, Vec<Diagnostic>), LoadError> {
    let Value::Object(object) = parse(bytes)? else { return Err(LoadError::NotATimeline) };
    if !object.contains_key("events") {
        return Err(LoadError::NotATimeline);
    }
    let mut reader = Reader { languages: Vec::new(), found: Vec::new() };
    let timeline = reader.timeline(object)?;
    Ok((timeline, reader.found))
}

/// Where a row stands in the file.
#[derive(Clone, Copy)]
struct Row<'a> {
    parent: Option<&'a Row<'a>>,
    list: &'static str,
    index: usize,
}

impl Row<'_> {
    fn path(&self) -> String {
        let mut path = self.parent.map(|parent| parent.path() + ".").unwrap_or_default();
        path.push_str(self.list);
        path.push('[');
        path.push_str(&self.index.to_string());
        path.push(']');
        path
    }
}

/// The ids of a list, in the order of the alphabet, each with its index.
struct Ids(Vec<(Rc<str>, usize)>);

impl Ids {
    fn new<T>(rows: &[T], id: impl Fn(&T) -> &Rc<str>) -> Self {
        let mut ids: Vec<_> = rows.iter().enumerate().map(|(index, row)| (id(row).clone(), index)).collect();
        ids.sort_unstable();
        Self(ids)
    }

    fn find(&self, id: &str) -> Option<usize> {
        let id = id.trim();
        self.0.binary_search_by(|(own, _)| (**own).cmp(id)).ok().map(|found| self.0[found].1)
    }
}

/// What the rows of events may refer to.
struct Lists {
    tracks: Ids,
    themes: Ids,
    parties: Ids,
    people: Ids,
    places: Ids,
    sources: Ids,
}

/// A link whose target is not resolved yet.
struct Pending {
    /// Index of the event in the file.
    event: usize,
    /// Index in the event's list of links.
    index: usize,
    to: String,
    relation: Relation,
    note: Text,
}

struct Reader {
    languages: Vec<Lang>,
    found: Vec<Diagnostic>,
}

impl Reader {
    fn timeline(&mut self, object: Map<String, Value>) -> Result<Timeline, LoadError> {
        let file: wire::Document = self.fields(object, None);
        if let Some(found) = file.format.filter(|format| format != wire::FORMAT) {
            return Err(LoadError::Format { found });
        }
        for tag in file.languages {
            let tag = tag.trim();
            if tag.is_empty() || !tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
                self.tell("languages", ["\"", tag, "\" is no language tag; it is left out."]);
            } else if !self.languages.iter().any(|own| &**own == tag) {
                self.languages.push(tag.into());
            }
        }
        if self.languages.is_empty() {
            self.languages.push("en".into());
        }
        let title = self.text(file.title, None, "title");
        let deck = self.text(file.deck, None, "deck");
        let calendar = file.calendar.and_then(|calendar| {
            if calendar == "minguo" {
                return Some(Calendar::Minguo);
            }
            self.tell("calendar", ["there is no calendar \"", &calendar, "\"; only \"minguo\" is known."]);
            None
        });
        let mut tracks = self.list("tracks", file.tracks, |reader, term, id, row| {
            let Term { id, name, short, note } = reader.term(term, id, row);
            Some(Track { id, name, short, note })
        });
        if tracks.is_empty() {
            let name = title.clone();
            tracks.push(Track { id: "events".into(), short: name.clone(), name, note: Text::default() });
        }
        let themes =
            self.list("themes", file.themes, |reader, term, id, row| Some(reader.term(term, id, row)));
        let parties =
            self.list("parties", file.parties, |reader, term, id, row| Some(reader.term(term, id, row)));
        let people =
            self.list("people", file.people, |reader, person, id, row| Some(reader.person(person, id, row)));
        let places = self.list("places", file.places, Self::place);
        let sources = self
            .list("sources", file.sources, |reader, source, id, row| Some(reader.source(source, id, row)));
        let lists = Lists {
            tracks: Ids::new(&tracks, |row| &row.id),
            themes: Ids::new(&themes, |row| &row.id),
            parties: Ids::new(&parties, |row| &row.id),
            people: Ids::new(&people, |row| &row.id),
            places: Ids::new(&places, |row| &row.id),
            sources: Ids::new(&sources, |row| &row.id),
        };

        let count = file.events.len();
        let mut rows: Vec<(usize, Event)> = Vec::with_capacity(count);
        let mut pending = Vec::new();
        for (index, value) in file.events.into_iter().enumerate() {
            let row = Row { parent: None, list: "events", index };
            if let Some(event) =
                self.row(value, row).and_then(|event| self.event(event, row, &lists, &mut pending))
            {
                rows.push((index, event));
            }
        }
        if rows.is_empty() {
            let first = self.found.iter().find(|found| found.place.starts_with("events")).cloned();
            return Err(LoadError::NoEvents { first });
        }
        self.rename_duplicates(&mut rows);
        rows.sort_by_key(|(_, event)| {
            let TimeSpan { start, end } = event.date.extent();
            (start, Reverse(end))
        });
        let mut sorted: Vec<Option<usize>> = vec![None; count];
        for (new, (old, _)) in rows.iter().enumerate() {
            sorted[*old] = Some(new);
        }
        let events: Vec<Event> = rows.into_iter().map(|(_, event)| event).collect();
        let ids = Ids::new(&events, |event| &event.id);
        let mut links: Vec<Link> = Vec::with_capacity(pending.len());
        for Pending { event, index, to, relation, note } in pending {
            let found = ids.find(&to);
            match (sorted[event], found) {
                (Some(from), Some(to)) if from != to => links.push(Link { from, to, relation, note }),
                (None, _) => {}
                (Some(_), found) => {
                    let parent = Row { parent: None, list: "events", index: event };
                    let row = Row { parent: Some(&parent), list: "links", index };
                    let why = if found.is_some() {
                        "\" is this event itself"
                    } else {
                        "\" is no event that can be shown"
                    };
                    self.tell_row(row, "to", ["\"", &to, why, "; the link is left out."]);
                }
            }
        }
        let eras = self.list("eras", file.eras, |reader, era, id, row| reader.era(era, id, row, &ids));
        let id = file.id.map(|id| clean_id(&id)).filter(|id| !id.is_empty());
        let id = id.unwrap_or_else(|| slug(&title, "timeline")).into();
        let languages = std::mem::take(&mut self.languages);
        Ok(Timeline {
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
        })
    }

    fn tell<const N: usize>(&mut self, place: &str, message: [&str; N]) {
        self.found.push(Diagnostic { place: place.to_owned(), message: message.concat() });
    }

    fn tell_row<const N: usize>(&mut self, row: Row<'_>, field: &str, message: [&str; N]) {
        let mut place = row.path();
        if !field.is_empty() {
            place.push('.');
            place.push_str(field);
        }
        self.tell(&place, message);
    }

    fn tell_at<const N: usize>(&mut self, row: Option<Row<'_>>, field: &str, message: [&str; N]) {
        match row {
            Some(row) => self.tell_row(row, field, message),
            None => self.tell(field, message),
        }
    }

    /// The fields of an object. A field of the wrong type costs that field alone: every field is optional, so an
    /// object that holds just one of them tells whether it is good.
    fn fields<T: DeserializeOwned + Default>(
        &mut self,
        mut object: Map<String, Value>,
        row: Option<Row<'_>>,
    ) -> T {
        object.retain(|_, value| !value.is_null());
        let value = Value::Object(object);
        if let Ok(fields) = T::deserialize(&value) {
            return fields;
        }
        let Value::Object(object) = value else { return T::default() };
        let mut good = Map::new();
        for (key, value) in object {
            let one = Value::Object(std::iter::once((key.clone(), value.clone())).collect());
            match T::deserialize(&one) {
                Ok(_) => {
                    good.insert(key, value);
                }
                Err(error) => {
                    self.tell_at(row, &key, [&plain(&error.to_string()), "; the field is left out."]);
                }
            }
        }
        T::deserialize(&Value::Object(good)).unwrap_or_default()
    }

    fn row<T: DeserializeOwned + Default>(&mut self, value: Value, row: Row<'_>) -> Option<T> {
        if let Value::Object(object) = value {
            return Some(self.fields(object, Some(row)));
        }
        self.tell_row(row, "", ["this must be an object in braces; the row is left out."]);
        None
    }

    /// The good rows of a list, by `read`, which gets the row's id.
    fn list<W: DeserializeOwned + Default + Named, T: Identified>(
        &mut self,
        list: &'static str,
        values: Vec<Value>,
        mut read: impl FnMut(&mut Self, W, Rc<str>, Row<'_>) -> Option<T>,
    ) -> Vec<T> {
        let mut rows: Vec<T> = Vec::with_capacity(values.len());
        for (index, value) in values.into_iter().enumerate() {
            let row = Row { parent: None, list, index };
            let Some(mut wire) = self.row::<W>(value, row) else { continue };
            let id = wire.id().map(|id| id.trim().to_owned()).unwrap_or_default();
            if id.is_empty() {
                self.tell_row(row, "id", ["the row has no \"id\" and is left out."]);
            } else if rows.iter().any(|row| **row.id() == *id) {
                self.tell_row(
                    row,
                    "id",
                    ["there is another \"", &id, "\" before this row, which is left out."],
                );
            } else if let Some(good) = read(self, wire, id.into(), row) {
                rows.push(good);
            }
        }
        rows
    }

    fn text(&mut self, words: Words, row: Option<Row<'_>>, field: &str) -> Text {
        match words.0 {
            Value::Null => Text::default(),
            Value::String(text) => match text.trim() {
                "" => Text::default(),
                text => Text::of(&self.languages[0], text),
            },
            Value::Object(object) => {
                let mut texts = Vec::with_capacity(object.len());
                for (lang, text) in object {
                    match text {
                        Value::Null => {}
                        Value::String(text) => {
                            let text = text.trim();
                            if !text.is_empty() {
                                texts.push((Lang::from(lang), text.into()));
                            }
                        }
                        _ => self.tell_at(
                            row,
                            field,
                            ["the text for \"", &lang, "\" is no text and is left out."],
                        ),
                    }
                }
                let rank =
                    |lang: &Lang| self.languages.iter().position(|own| own == lang).unwrap_or(usize::MAX);
                texts.sort_by_key(|(lang, _)| rank(lang));
                Text(texts)
            }
            _ => {
                self.tell_at(row, field, ["this is no text; the field is left out."]);
                Text::default()
            }
        }
    }

    fn name(&mut self, words: Words, id: &str, row: Row<'_>) -> Text {
        let name = self.text(words, Some(row), "name");
        if name.is_empty() { Text::of(&self.languages[0], id) } else { name }
    }

    fn term(&mut self, term: wire::Term, id: Rc<str>, row: Row<'_>) -> Term {
        let name = self.name(term.name, &id, row);
        let short = self.text(term.short, Some(row), "short");
        let short = if short.is_empty() { name.clone() } else { short };
        Term { id, name, short, note: self.text(term.note, Some(row), "note") }
    }

    fn person(&mut self, person: wire::Person, id: Rc<str>, row: Row<'_>) -> Person {
        Person {
            name: self.name(person.name, &id, row),
            original: self.text(person.original, Some(row), "original"),
            note: self.text(person.note, Some(row), "note"),
            id,
        }
    }

    fn place(&mut self, place: wire::Place, id: Rc<str>, row: Row<'_>) -> Option<Place> {
        let (lat, lon) = (place.lat.unwrap_or(f64::NAN), place.lon.unwrap_or(f64::NAN));
        if !(-90.0..=90.0).contains(&lat) || !(-180.0..=180.0).contains(&lon) {
            self.tell_row(row, "", [
                "the place needs a \"lat\" from -90 to 90 and a \"lon\" from -180 to 180, in degrees; it is left out.",
            ]);
            return None;
        }
        Some(Place {
            name: self.name(place.name, &id, row),
            original: self.text(place.original, Some(row), "original"),
            note: self.text(place.note, Some(row), "note"),
            lat,
            lon,
            id,
        })
    }

    fn source(&mut self, source: wire::Source, id: Rc<str>, row: Row<'_>) -> Source {
        let url = source.url.and_then(|url| {
            let good = web_address(&url);
            if good.is_none() {
                self.tell_row(
                    row,
                    "url",
                    ["the address must begin with https:// or http://; it is left out."],
                );
            }
            good
        });
        let grade = self.word(
            source.grade,
            row,
            "grade",
            Grade::Reference,
            &[
                ("primary", Grade::Primary),
                ("scholarly", Grade::Scholarly),
                ("reference", Grade::Reference),
                ("press", Grade::Press),
                ("weak", Grade::Weak),
            ],
        );
        let citation = source.citation.filter(|citation| !citation.trim().is_empty());
        let citation = citation.map_or_else(|| id.clone(), |citation| citation.trim().into());
        Source { id, citation, url, grade }
    }

    /// A word of a closed list.
    fn word<T: Copy>(
        &mut self,
        word: Option<String>,
        row: Row<'_>,
        field: &str,
        default: T,
        words: &[(&str, T)],
    ) -> T {
        let Some(word) = word else { return default };
        if let Some((_, good)) = words.iter().find(|(own, _)| *own == word.trim()) {
            return *good;
        }
        let known: Vec<&str> = words.iter().map(|(own, _)| *own).collect();
        self.tell_row(
            row,
            field,
            ["\"", &word, "\" is not one of ", &known.join(", "), "; the usual value is used."],
        );
        default
    }

    /// The indices of the things named in a list.
    fn indices(&mut self, names: &[String], ids: &Ids, row: Row<'_>, field: &str) -> Vec<usize> {
        let mut indices = Vec::with_capacity(names.len());
        for name in names {
            match ids.find(name) {
                Some(index) if indices.contains(&index) => {}
                Some(index) => indices.push(index),
                None => {
                    self.tell_row(row, field, ["there is no \"", name, "\" in the list; it is left out."]);
                }
            }
        }
        indices
    }

    fn date(&mut self, date: Option<String>, row: Row<'_>, field: &str) -> Option<EventDate> {
        let Some(date) = date else {
            self.tell_row(row, field, ["the row has no \"", field, "\" and is left out."]);
            return None;
        };
        match EventDate::parse(date.trim()) {
            Ok(date) => Some(date),
            Err(error) => {
                self.tell_row(row, field, ["\"", &date, "\": ", &error.message, " The row is left out."]);
                None
            }
        }
    }

    fn era(&mut self, era: wire::Era, id: Rc<str>, row: Row<'_>, events: &Ids) -> Option<Era> {
        let start = self.date(era.start, row, "start")?.extent().start;
        let end = self.date(era.end, row, "end")?.extent().start;
        if start >= end {
            self.tell_row(row, "end", ["the era does not end after it begins; it is left out."]);
            return None;
        }
        let field = self.word(
            era.field,
            row,
            "field",
            EraField::Full,
            &[("full", EraField::Full), ("hatched", EraField::Hatched)],
        );
        let event = era.event.as_slice();
        Some(Era {
            span: TimeSpan { start, end },
            field,
            label: self.text(era.label, Some(row), "label"),
            dates: self.text(era.dates, Some(row), "dates"),
            text: self.text(era.text, Some(row), "text"),
            event: self.indices(event, events, row, "event").first().copied(),
            id,
        })
    }

    fn event(
        &mut self,
        event: wire::Event,
        row: Row<'_>,
        lists: &Lists,
        pending: &mut Vec<Pending>,
    ) -> Option<Event> {
        let title = self.text(event.title, Some(row), "title");
        let label = self.text(event.label, Some(row), "label");
        let title = if title.is_empty() { label.clone() } else { title };
        if title.is_empty() {
            self.tell_row(row, "title", ["the event has no \"title\" and is left out."]);
            return None;
        }
        let date = self.date(event.date, row, "date")?;
        let label = if label.is_empty() { shorten(&title) } else { label };
        let id = event.id.map(|id| clean_id(&id)).filter(|id| !id.is_empty());
        let id = id.unwrap_or_else(|| slug(&title, "event")).into();
        let track = event.track.map_or(Some(0), |track| {
            let found = lists.tracks.find(&track);
            if found.is_none() {
                self.tell_row(row, "track", ["there is no track \"", &track, "\"; the first is used."]);
            }
            found
        });
        let given = event.importance.unwrap_or(3);
        let importance = given.clamp(1, 5);
        if given != importance {
            self.tell_row(row, "importance", ["this must be from 1 to 5; the nearest is used."]);
        }
        let confidence = self.word(
            event.confidence,
            row,
            "confidence",
            Confidence::Medium,
            &[("high", Confidence::High), ("medium", Confidence::Medium), ("low", Confidence::Low)],
        );
        let mut body = Vec::with_capacity(event.body.len());
        for paragraph in event.body {
            let text = self.text(Words(paragraph), Some(row), "body");
            if !text.is_empty() {
                body.push(text);
            }
        }
        let citations = self.citations(event.sources, row, &lists.sources);
        let disputes = self.disputes(event.disputes, row, &lists.sources, &citations);
        self.links(event.links, row, pending);
        Some(Event {
            id,
            date,
            track: track.unwrap_or(0),
            importance,
            label,
            title,
            gloss: self.text(event.gloss, Some(row), "gloss"),
            summary: self.text(event.summary, Some(row), "summary"),
            body,
            themes: self.indices(&event.themes, &lists.themes, row, "themes"),
            parties: self.indices(&event.parties, &lists.parties, row, "parties"),
            places: self.indices(&event.places, &lists.places, row, "places"),
            people: self.indices(&event.people, &lists.people, row, "people"),
            names: self.text(event.names, Some(row), "names"),
            citations,
            confidence,
            date_disputed: event.date_disputed.unwrap_or(false),
            disputes,
        })
    }

    fn citations(&mut self, values: Vec<Value>, parent: Row<'_>, sources: &Ids) -> Vec<Citation> {
        let mut citations: Vec<Citation> = Vec::with_capacity(values.len());
        for (index, value) in values.into_iter().enumerate() {
            let row = Row { parent: Some(&parent), list: "sources", index };
            let Some(wire) = self.row::<wire::Citation>(value, row) else { continue };
            let supports = self.text(wire.supports, Some(row), "supports");
            let named = wire.source.unwrap_or_default();
            if let Some(source) = self.indices(&[named], sources, row, "source").first().copied() {
                citations.push(Citation { source, supports });
            }
        }
        citations
    }

    fn disputes(
        &mut self,
        values: Vec<Value>,
        parent: Row<'_>,
        sources: &Ids,
        cited: &[Citation],
    ) -> Vec<Dispute> {
        let mut disputes = Vec::with_capacity(values.len());
        for (index, value) in values.into_iter().enumerate() {
            let row = Row { parent: Some(&parent), list: "disputes", index };
            let Some(wire) = self.row::<wire::Dispute>(value, row) else { continue };
            let question = self.text(wire.question, Some(row), "question");
            if question.is_empty() {
                self.tell_row(row, "question", ["the dispute has no \"question\" and is left out."]);
                continue;
            }
            let shown = self.text(wire.shown, Some(row), "shown");
            let mut readings = Vec::with_capacity(wire.readings.len());
            for (index, value) in wire.readings.into_iter().enumerate() {
                let row = Row { parent: Some(&row), list: "readings", index };
                let Some(wire) = self.row::<wire::Reading>(value, row) else { continue };
                let value = self.text(wire.value, Some(row), "value");
                if value.is_empty() {
                    self.tell_row(row, "value", ["the reading has no \"value\" and is left out."]);
                    continue;
                }
                let mut citations = Vec::with_capacity(wire.sources.len());
                for source in self.indices(&wire.sources, sources, row, "sources") {
                    match cited.iter().position(|citation| citation.source == source) {
                        Some(index) => citations.push(index),
                        None => self.tell_row(
                            row,
                            "sources",
                            ["the event does not cite this source; it is left out."],
                        ),
                    }
                }
                readings.push(Reading { value, citations });
            }
            disputes.push(Dispute { question, readings, shown });
        }
        disputes
    }

    fn links(&mut self, values: Vec<Value>, parent: Row<'_>, pending: &mut Vec<Pending>) {
        for (index, value) in values.into_iter().enumerate() {
            let row = Row { parent: Some(&parent), list: "links", index };
            let Some(wire) = self.row::<wire::Link>(value, row) else { continue };
            let note = self.text(wire.note, Some(row), "note");
            let named = wire.relation.as_deref().unwrap_or("led-to").trim();
            match Relation::ALL.into_iter().find(|relation| relation.id() == named) {
                Some(relation) => {
                    let to = wire.to.unwrap_or_default();
                    pending.push(Pending { event: parent.index, index, to, relation, note });
                }
                None => self.tell_row(
                    row,
                    "relation",
                    ["there is no relation \"", named, "\"; the link is left out."],
                ),
            }
        }
    }

    /// Gives later events of the same id a number, so that each can be addressed.
    fn rename_duplicates(&mut self, rows: &mut [(usize, Event)]) {
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by(|a, b| rows[*a].1.id.cmp(&rows[*b].1.id));
        let taken: Vec<Rc<str>> = order.iter().map(|index| rows[*index].1.id.clone()).collect();
        let mut copies = 1_usize;
        for place in 1..order.len() {
            if taken[place] != taken[place - 1] {
                copies = 1;
                continue;
            }
            let (index, event) = &mut rows[order[place]];
            loop {
                copies += 1;
                let id: Rc<str> = [&*taken[place], "-", &copies.to_string()].concat().into();
                if taken.binary_search(&id).is_err() {
                    event.id = id;
                    break;
                }
            }
            let row = Row { parent: None, list: "events", index: *index };
            let new = event.id.clone();
            self.tell_row(
                row,
                "id",
                ["there is another \"", &taken[place], "\"; this event becomes \"", &new, "\"."],
            );
        }
    }
}

/// A wire row that can be referred to.
trait Named {
    fn id(&mut self) -> Option<String>;
}

/// A row of the model that can be referred to.
trait Identified {
    fn id(&self) -> &Rc<str>;
}

macro_rules! ids {
    ($($row:ty),* : $($identified:ty),*) => {
        $(impl Named for $row {
            fn id(&mut self) -> Option<String> {
                self.id.take()
            }
        })*
        $(impl Identified for $identified {
            fn id(&self) -> &Rc<str> {
                &self.id
            }
        })*
    };
}

ids!(wire::Term, wire::Person, wire::Place, wire::Source : Track, Term, Person, Place, Source, Era);

impl Named for wire::Era {
    fn id(&mut self) -> Option<String> {
        let dates = || Some([self.start.as_deref()?, "-", self.end.as_deref()?].concat());
        self.id.clone().or_else(dates)
    }
}

/// The message of a type error in words of everyday.
fn plain(message: &str) -> String {
    const EXPECTED: &str = ", expected ";
    let Some(at) = message.rfind(EXPECTED) else { return message.to_owned() };
    let (found, expected) = message.split_at(at + EXPECTED.len());
    let expected = match expected {
        "u8" => "a whole number",
        "f64" => "a number",
        "a string" => "a text in quotation marks",
        "a sequence" => "a list in brackets",
        "a boolean" => "true or false",
        other => other,
    };
    [found, expected].concat()
}

/// The address, if it leads to the web. Browsers pass over spaces and control characters, so they go first.
fn web_address(url: &str) -> Option<Rc<str>> {
    let url: String = url.chars().filter(|char| !char.is_control() && *char != ' ').collect();
    let after = |scheme: &str| {
        let head = url.get(..scheme.len())?;
        head.eq_ignore_ascii_case(scheme).then(|| &url[scheme.len()..])
    };
    let host = after("https://").or_else(|| after("http://"))?;
    (!host.is_empty() && !host.starts_with('/')).then(|| url.into())
}

/// An id without spaces and control characters, which an address and an attribute cannot hold.
fn clean_id(id: &str) -> String {
    let words =
        id.split(|char: char| char.is_whitespace() || char.is_control()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

/// An id made from the words of a text: small Latin letters, digits and letters of other scripts, joined by hyphens.
fn slug(text: &Text, default: &str) -> String {
    let first = text.iter().next().map_or("", |first| first.text);
    let letter = |char: char| {
        let punctuation = matches!(char, '\u{80}'..='\u{BF}' | '\u{2000}'..='\u{206F}' | '\u{3000}'..='\u{303F}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FF0F}');
        char.is_ascii_alphanumeric() || (!char.is_ascii() && !punctuation)
    };
    let words = first.split(|char| !letter(char)).filter(|word| !word.is_empty());
    let slug = words.collect::<Vec<_>>().join("-").to_ascii_lowercase();
    if slug.is_empty() { default.to_owned() } else { slug }
}

/// The title at the length of a label: 28 Latin letters or 12 wide characters, cut between words where there are any.
fn shorten(title: &Text) -> Text {
    const ROOM: usize = 84;
    let width = |char: char| if char >= '\u{1100}' { 7 } else { 3 };
    let cut = |text: &str| {
        if text.chars().map(width).sum::<usize>() <= ROOM {
            return text.into();
        }
        let mut left = ROOM - 3;
        let fits = text.char_indices().find(|(_, char)| {
            let over = width(*char) > left;
            left = left.saturating_sub(width(*char));
            over
        });
        let head = &text[..fits.map_or(text.len(), |(at, _)| at)];
        let head = head.rfind(' ').map_or(head, |at| &head[..at]);
        [head.trim_end_matches([' ', ',', ';', ':']), "…"].concat().into()
    };
    Text(title.0.iter().map(|(lang, text)| (lang.clone(), cut(text))).collect())
}
