//! From JSON values to the model: resolves names to indices, and reports what does not resolve.
//!
//! The values are read by hand, field by field, because deriving the same from types costs three times the bytes of
//! all the rest of the loader in WebAssembly. The types stand in `wire`, which makes the schema; a test keeps both in step.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::rc::Rc;
use std::vec;

use serde_json::{Map, Value};

use super::{Diagnostic, FORMAT, LoadError};
use crate::model::{
    Calendar, Citation, Confidence, Dispute, Era, EraField, Event, Events, Grade, Lang, Link, Person, Place,
    Reading, Relation, Source, Term, Text, Timeline, Track,
};
use crate::order::{merge_runs, sort_by};
use crate::pack::PARTS_OF_DEGREE;
use crate::time::{EventDate, TimePoint, TimeSpan};

/// So many things that were left out or repaired are listed; the others are counted.
const MOST_LISTED: usize = 1000;

/// So many events, or links, are put in their place in one step of the end.
const STEP: usize = if cfg!(test) { 2 } else { 2000 };

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

/// An object of the file, and the row it is; the file itself is none.
#[derive(Clone, Copy)]
struct Fields<'v> {
    object: &'v Map<String, Value>,
    row: Option<Row<'v>>,
}

impl<'v> Fields<'v> {
    /// The value of a field; null counts as nothing.
    fn get(self, field: &str) -> Option<&'v Value> {
        self.object.get(field).filter(|value| !value.is_null())
    }
}

/// The ids of a list, and the index of each.
#[derive(Default)]
struct Ids {
    ids: Vec<Rc<str>>,
    indices: Indices,
}

/// What is found by its id.
type Indices = HashMap<Rc<str>, usize>;

impl Ids {
    fn add(&mut self, id: Rc<str>) {
        self.indices.insert(Rc::clone(&id), self.ids.len());
        self.ids.push(id);
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
    /// Number of the event among those that were read.
    event: usize,
    /// Index in the event's list of links.
    index: usize,
    to: Box<str>,
    relation: Relation,
    note: Text,
}

/// A timeline that takes one event after the other.
pub(super) struct Draft {
    reader: Reader,
    /// The file without its events.
    file: Map<String, Value>,
    lists: Lists,
    /// How many rows there were, with those that were left out.
    rows: usize,
    /// The events, with the row of each. They have numbers as they stand in the file, and are taken from here in order.
    events: Vec<Option<Event>>,
    row_of: Vec<usize>,
    /// Their numbers, of those of one id the first.
    by_id: Indices,
    /// The numbers of the others.
    copies: Vec<usize>,
    pending: Vec<Pending>,
    /// All but the events, the eras and the links.
    timeline: Timeline,
}

impl Draft {
    /// Begins a timeline with a file that has lost its events; `rows` may follow.
    ///
    /// # Errors
    ///
    /// Fails where the file is no timeline of this version.
    pub(super) fn new(file: Value, rows: usize) -> Result<Self, LoadError> {
        let Value::Object(file) = file else { return Err(LoadError::NotATimeline) };
        if !file.contains_key("events") {
            return Err(LoadError::NotATimeline);
        }
        let mut reader = Reader { languages: Vec::new(), found: Vec::new(), room: MOST_LISTED, unlisted: 0 };
        let (lists, timeline) = reader.head(Fields { object: &file, row: None })?;
        // What is wrong with the first event may be all that is said.
        reader.room = reader.room.max(1);
        Ok(Self {
            reader,
            file,
            lists,
            rows: 0,
            events: Vec::with_capacity(rows),
            row_of: Vec::with_capacity(rows),
            by_id: HashMap::with_capacity(rows),
            copies: Vec::new(),
            pending: Vec::new(),
            timeline,
        })
    }

    /// How many events were read.
    pub(super) fn len(&self) -> usize {
        self.events.len()
    }

    /// Takes the next row of the list of events.
    pub(super) fn take(&mut self, row: &Value) {
        let index = self.rows;
        self.rows += 1;
        let Some(fields) = self.reader.row(row, Row { parent: None, list: "events", index }) else { return };
        let number = self.events.len();
        let Some(event) = self.reader.event(fields, number, &self.lists, &mut self.pending) else { return };
        match self.by_id.entry(Rc::clone(&event.id)) {
            Entry::Occupied(_) => self.copies.push(number),
            Entry::Vacant(place) => {
                place.insert(number);
            }
        }
        self.events.push(Some(event));
        self.row_of.push(index);
    }

    /// Ends the list of events.
    ///
    /// # Errors
    ///
    /// Fails where there is none.
    pub(super) fn close(mut self) -> Result<Closing, LoadError> {
        if self.events.is_empty() {
            let first = self.reader.found.into_iter().find(|found| found.place.starts_with("events"));
            return Err(LoadError::NoEvents { first });
        }
        self.rename_copies();
        let key = |event: &Event| {
            // What begins a span stands before it, and the shorter before the longer; a year, before its days.
            let TimeSpan { start, end } = event.date.extent();
            let spans = event.date.is_interval();
            (start, spans, if spans { end.0 } else { -end.0 })
        };
        let keys: Vec<Key> = self.events.iter().flatten().map(key).collect();
        let count = keys.len();
        self.timeline.events = Vec::with_capacity(count).into();
        Ok(Closing {
            // Most files are in order already.
            run: if keys.is_sorted() { count } else { 1 },
            keys,
            order: (0..count).collect(),
            merged: Vec::with_capacity(count),
            places: vec![0; count],
            pending: std::mem::take(&mut self.pending).into_iter(),
            draft: self,
        })
    }

    /// Gives later events of the same id a number, so that each can be addressed.
    fn rename_copies(&mut self) {
        let Self { reader, events, row_of, by_id, copies, .. } = self;
        let mut copies = std::mem::take(copies);
        let id = |number: usize| events[number].as_ref().map(|event| &event.id);
        sort_by(&mut copies, |a, b| id(*a).cmp(&id(*b)));
        let mut last: (Rc<str>, usize) = ("".into(), 1);
        for number in copies {
            let Some(event) = &mut events[number] else { continue };
            if event.id != last.0 {
                last = (Rc::clone(&event.id), 1);
            }
            let (id, copy) = &mut last;
            event.id = loop {
                *copy += 1;
                let new = [&**id, "-", &copy.to_string()].concat();
                if !by_id.contains_key(&*new) {
                    break new.into();
                }
            };
            by_id.insert(Rc::clone(&event.id), number);
            if reader.has_room() {
                let place = Row { parent: None, list: "events", index: row_of[number] }.path() + ".id";
                let message =
                    ["there is another \"", id, "\"; this event becomes \"", &event.id, "\"."].concat();
                reader.found.push(Diagnostic { place, message });
            }
        }
    }
}

/// What events stand in order by.
type Key = (TimePoint, bool, i64);

/// A timeline that has all its events, which are put in order and linked little by little.
pub(super) struct Closing {
    draft: Draft,
    keys: Vec<Key>,
    /// The numbers of the events stand in order for stretches of so many.
    run: usize,
    order: Vec<usize>,
    /// Room for the next round of the order.
    merged: Vec<usize>,
    /// Where each event stands, by its number.
    places: Vec<usize>,
    pending: vec::IntoIter<Pending>,
}

impl Closing {
    /// Goes on by a step, and says whether that was the last.
    pub(super) fn step(&mut self) -> bool {
        let Self { draft, keys, order, .. } = self;
        let Timeline { events, links, .. } = &mut draft.timeline;
        let count = keys.len();
        if self.run < count {
            merge_runs(order, &mut self.merged, self.run, &|a, b| keys[a].cmp(&keys[b]));
            self.run *= 2;
            return false;
        }
        if events.len() < count {
            let next = order[events.len()..].iter().take(STEP);
            for (number, event) in next.filter_map(|number| Some((*number, draft.events[*number].take()?))) {
                self.places[number] = events.len();
                events.here_mut().push(event);
            }
            if events.len() == count {
                draft.by_id.values_mut().for_each(|index| *index = self.places[*index]);
            }
            return false;
        }
        for Pending { event, index, to, relation, note } in self.pending.by_ref().take(STEP) {
            let parent = Row { parent: None, list: "events", index: draft.row_of[event] };
            let row = Row { parent: Some(&parent), list: "links", index };
            let fields = Fields { object: &draft.file, row: Some(row) };
            let from = self.places[event];
            match draft.reader.index(&to, &draft.by_id, fields, "to") {
                Some(to) if to == from => {
                    draft.reader.tell(fields, "to", &["the event leads to itself; the link is left out."]);
                }
                Some(to) => links.push(Link { from, to, relation, note }),
                None => {}
            }
        }
        self.pending.len() == 0
    }

    /// The timeline after the last step, and what was left out or repaired.
    pub(super) fn end(self) -> (Timeline, Vec<Diagnostic>) {
        let Draft { mut reader, file, by_id, mut timeline, .. } = self.draft;
        let file = Fields { object: &file, row: None };
        timeline.eras = reader.eras(file, &by_id);
        timeline.id = reader.id(file, &timeline.title, "timeline");
        if reader.unlisted > 0 {
            let message = [&*reader.unlisted.to_string(), " more were left out or repaired."].concat();
            reader.found.push(Diagnostic { place: String::new(), message });
        }
        (timeline, reader.found)
    }
}

struct Reader {
    languages: Vec<Lang>,
    found: Vec<Diagnostic>,
    /// How many more are listed there.
    room: usize,
    /// How many were not.
    unlisted: usize,
}

impl Reader {
    /// All but the events and what refers to them.
    fn head(&mut self, file: Fields<'_>) -> Result<(Lists, Timeline), LoadError> {
        if let Some(found) = self.string(file, "format").filter(|format| *format != FORMAT) {
            return Err(LoadError::Format { found: found.to_owned() });
        }
        for tag in self.strings(file, "languages") {
            if tag.is_empty() || !tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
                self.tell(file, "languages", &["\"", tag, "\" is no language tag; it is left out."]);
            } else if !self.languages.iter().any(|own| &**own == tag) {
                self.languages.push(tag.into());
            }
        }
        if self.languages.is_empty() {
            self.languages.push("en".into());
        }
        let title = self.text(file, "title");
        let deck = self.text(file, "deck");
        let calendar = self.string(file, "calendar").and_then(|calendar| {
            if calendar == "minguo" {
                return Some(Calendar::Minguo);
            }
            self.tell(
                file,
                "calendar",
                &["there is no calendar \"", calendar, "\"; only \"minguo\" is known."],
            );
            None
        });
        let (track_ids, mut tracks) = self.terms(file, "tracks");
        let (theme_ids, themes) = self.terms(file, "themes");
        let (party_ids, parties) = self.terms(file, "parties");
        let (person_ids, people) = self.people(file);
        let (place_ids, places) = self.places(file);
        let (source_ids, sources) = self.sources(file);
        let lists = Lists {
            tracks: track_ids,
            themes: theme_ids,
            parties: party_ids,
            people: person_ids,
            places: place_ids,
            sources: source_ids,
        };
        if tracks.is_empty() {
            let name = title.clone();
            tracks.push(Track { id: "events".into(), short: name.clone(), name, note: Text::default() });
        }
        self.list(file, "events");
        let timeline = Timeline {
            id: "".into(),
            title,
            deck,
            languages: self.languages.clone(),
            calendar,
            tracks,
            themes,
            parties,
            people,
            places,
            sources,
            eras: Vec::new(),
            events: Events::default(),
            links: Vec::new(),
        };
        Ok((lists, timeline))
    }

    /// Whether one more thing is listed, which is then to be done; it is counted in any case.
    fn has_room(&mut self) -> bool {
        let Some(room) = self.room.checked_sub(1) else {
            self.unlisted += 1;
            return false;
        };
        self.room = room;
        true
    }

    fn tell(&mut self, fields: Fields<'_>, field: &str, message: &[&str]) {
        if !self.has_room() {
            return;
        }
        let mut place = fields.row.map(|row| row.path()).unwrap_or_default();
        if !place.is_empty() && !field.is_empty() {
            place.push('.');
        }
        place.push_str(field);
        self.found.push(Diagnostic { place, message: message.concat() });
    }

    /// A plain string, without blanks around it; none if it is empty.
    fn string<'v>(&mut self, fields: Fields<'v>, field: &str) -> Option<&'v str> {
        let text = fields.get(field)?.as_str();
        if text.is_none() {
            self.tell(fields, field, &["this must be a text in quotation marks; it is left out."]);
        }
        text.map(str::trim).filter(|text| !text.is_empty())
    }

    fn list<'v>(&mut self, fields: Fields<'v>, field: &str) -> &'v [Value] {
        match fields.get(field) {
            None => &[],
            Some(Value::Array(rows)) => rows,
            Some(_) => {
                self.tell(fields, field, &["this must be a list in square brackets; it is left out."]);
                &[]
            }
        }
    }

    fn strings<'v>(&mut self, fields: Fields<'v>, field: &str) -> Vec<&'v str> {
        let mut strings = Vec::new();
        for value in self.list(fields, field) {
            match value.as_str() {
                Some(text) => strings.push(text.trim()),
                None => self.tell(
                    fields,
                    field,
                    &["the list must hold texts in quotation marks; another value is left out."],
                ),
            }
        }
        strings
    }

    /// The object of a row.
    fn row<'v>(&mut self, value: &'v Value, row: Row<'v>) -> Option<Fields<'v>> {
        if let Value::Object(object) = value {
            return Some(Fields { object, row: Some(row) });
        }
        if self.has_room() {
            self.found.push(Diagnostic {
                place: row.path(),
                message: "this must be an object in braces; the row is left out.".to_owned(),
            });
        }
        None
    }

    /// The object of a row with an id that is not taken, and the id.
    fn named<'v>(&mut self, value: &'v Value, row: Row<'v>, taken: &Ids) -> Option<(Fields<'v>, Rc<str>)> {
        let fields = self.row(value, row)?;
        let Some(id) = self.string(fields, "id") else {
            self.tell(fields, "id", &["the row has no \"id\" and is left out."]);
            return None;
        };
        if taken.indices.contains_key(id) {
            self.tell(fields, "id", &["there is another \"", id, "\" before this row, which is left out."]);
            return None;
        }
        Some((fields, id.into()))
    }

    fn text(&mut self, fields: Fields<'_>, field: &str) -> Text {
        fields.get(field).map(|value| self.text_of(value, fields, field)).unwrap_or_default()
    }

    fn text_of(&mut self, value: &Value, fields: Fields<'_>, field: &str) -> Text {
        let mut texts = Vec::new();
        match value {
            Value::Null => {}
            Value::String(text) => {
                let text = text.trim();
                if !text.is_empty() {
                    texts.push((self.languages[0].clone(), text.into()));
                }
            }
            Value::Object(object) => {
                for (lang, text) in object {
                    match text {
                        Value::Null => {}
                        Value::String(text) => {
                            let text = text.trim();
                            // Few languages to a text, so a place by insertion is the shortest way to their order.
                            let rank = |lang: &str| {
                                self.languages.iter().position(|own| &**own == lang).unwrap_or(usize::MAX)
                            };
                            let place =
                                texts.iter().position(|(other, _): &(Lang, _)| rank(other) > rank(lang));
                            if !text.is_empty() {
                                texts.insert(
                                    place.unwrap_or(texts.len()),
                                    (lang.replace(char::is_control, " ").into(), text.into()),
                                );
                            }
                        }
                        _ => self.tell(
                            fields,
                            field,
                            &["the text for \"", lang, "\" is no text and is left out."],
                        ),
                    }
                }
            }
            _ => self.tell(
                fields,
                field,
                &["this must be a text, or an object of texts by language; it is left out."],
            ),
        }
        Text(texts)
    }

    fn name(&mut self, fields: Fields<'_>, id: &str) -> Text {
        let name = self.text(fields, "name");
        if name.is_empty() { Text::of(&self.languages[0], id) } else { name }
    }

    /// The id of a timeline, an event or an era, which can be made up.
    fn id(&mut self, fields: Fields<'_>, name: &Text, default: &str) -> Rc<str> {
        let id = self.string(fields, "id").map(clean_id).filter(|id| !id.is_empty());
        id.unwrap_or_else(|| slug(name, default)).into()
    }

    fn terms(&mut self, file: Fields<'_>, list: &'static str) -> (Ids, Vec<Term>) {
        let (mut ids, mut terms) = (Ids::default(), Vec::new());
        for (index, value) in self.list(file, list).iter().enumerate() {
            let Some((fields, id)) = self.named(value, Row { parent: None, list, index }, &ids) else {
                continue;
            };
            let name = self.name(fields, &id);
            let short = self.text(fields, "short");
            let short = if short.is_empty() { name.clone() } else { short };
            ids.add(id.clone());
            terms.push(Term { id, name, short, note: self.text(fields, "note") });
        }
        (ids, terms)
    }

    fn people(&mut self, file: Fields<'_>) -> (Ids, Vec<Person>) {
        let (mut ids, mut people) = (Ids::default(), Vec::new());
        for (index, value) in self.list(file, "people").iter().enumerate() {
            let row = Row { parent: None, list: "people", index };
            let Some((fields, id)) = self.named(value, row, &ids) else { continue };
            people.push(Person {
                name: self.name(fields, &id),
                original: self.text(fields, "original"),
                note: self.text(fields, "note"),
            });
            ids.add(id);
        }
        (ids, people)
    }

    fn places(&mut self, file: Fields<'_>) -> (Ids, Vec<Place>) {
        let (mut ids, mut places) = (Ids::default(), Vec::new());
        for (index, value) in self.list(file, "places").iter().enumerate() {
            let row = Row { parent: None, list: "places", index };
            let Some((fields, id)) = self.named(value, row, &ids) else { continue };
            let (Some(lat), Some(lon)) =
                (self.degrees(fields, "lat", 90.0), self.degrees(fields, "lon", 180.0))
            else {
                continue;
            };
            places.push(Place {
                name: self.name(fields, &id),
                original: self.text(fields, "original"),
                note: self.text(fields, "note"),
                lat,
                lon,
            });
            ids.add(id);
        }
        (ids, places)
    }

    fn degrees(&mut self, fields: Fields<'_>, field: &str, most: f64) -> Option<f64> {
        let degrees = fields.get(field).and_then(Value::as_f64).filter(|degrees| degrees.abs() <= most);
        if degrees.is_none() {
            let range = if most > 90.0 { "-180 to 180" } else { "-90 to 90" };
            self.tell(
                fields,
                field,
                &["this must be a number of degrees from ", range, "; the place is left out."],
            );
        }
        // A centimetre is fine enough, and whole numbers of it are what the packed form holds.
        degrees.map(|degrees| (degrees * PARTS_OF_DEGREE).round() / PARTS_OF_DEGREE)
    }

    fn sources(&mut self, file: Fields<'_>) -> (Ids, Vec<Source>) {
        let (mut ids, mut sources) = (Ids::default(), Vec::new());
        for (index, value) in self.list(file, "sources").iter().enumerate() {
            let row = Row { parent: None, list: "sources", index };
            let Some((fields, id)) = self.named(value, row, &ids) else { continue };
            let url = self.string(fields, "url").and_then(|url| {
                let good = web_address(url);
                if good.is_none() {
                    self.tell(
                        fields,
                        "url",
                        &["the address must begin with https:// or http://; it is left out."],
                    );
                }
                good
            });
            let grade =
                match self.word(fields, "grade", &["reference", "primary", "scholarly", "press", "weak"]) {
                    1 => Grade::Primary,
                    2 => Grade::Scholarly,
                    3 => Grade::Press,
                    4 => Grade::Weak,
                    _ => Grade::Reference,
                };
            let citation = self.string(fields, "citation").map_or_else(|| id.clone(), Rc::from);
            ids.add(id);
            sources.push(Source { citation, url, grade });
        }
        (ids, sources)
    }

    /// Which word of a closed list stands in the field; the first if none does.
    fn word(&mut self, fields: Fields<'_>, field: &str, words: &[&str]) -> usize {
        let Some(word) = self.string(fields, field) else { return 0 };
        words.iter().position(|known| *known == word).unwrap_or_else(|| {
            let (known, used) = (words.join(", "), words.first().copied().unwrap_or_default());
            self.tell(fields, field, &["\"", word, "\" is not one of ", &known, "; \"", used, "\" is used."]);
            0
        })
    }

    /// The index of the thing with this name.
    fn index(&mut self, name: &str, ids: &Indices, fields: Fields<'_>, field: &str) -> Option<usize> {
        let index = ids.get(name).copied();
        if index.is_none() {
            self.tell(fields, field, &["there is no \"", name, "\"; it is left out."]);
        }
        index
    }

    /// The indices of the things named in a list.
    fn indices(&mut self, fields: Fields<'_>, field: &str, ids: &Ids) -> Vec<usize> {
        let mut indices = Vec::new();
        for name in self.strings(fields, field) {
            if let Some(index) =
                self.index(name, &ids.indices, fields, field).filter(|index| !indices.contains(index))
            {
                indices.push(index);
            }
        }
        indices
    }

    fn date(&mut self, fields: Fields<'_>, field: &str) -> Option<EventDate> {
        let Some(date) = self.string(fields, field) else {
            self.tell(fields, field, &["the row has no \"", field, "\" and is left out."]);
            return None;
        };
        match EventDate::read(date) {
            Ok(reading) => {
                if let Some(note) = &reading.note {
                    self.tell(fields, field, &[note]);
                }
                Some(reading.date)
            }
            Err(error) => {
                self.tell(fields, field, &["\"", date, "\": ", &error.message, " The row is left out."]);
                None
            }
        }
    }

    fn eras(&mut self, file: Fields<'_>, events: &Indices) -> Vec<Era> {
        let mut eras = Vec::new();
        for (index, value) in self.list(file, "eras").iter().enumerate() {
            let Some(fields) = self.row(value, Row { parent: None, list: "eras", index }) else { continue };
            let (Some(start), Some(end)) = (self.date(fields, "start"), self.date(fields, "end")) else {
                continue;
            };
            let span = TimeSpan { start: start.extent().start, end: end.extent().start };
            if span.start >= span.end {
                self.tell(fields, "end", &["the era does not end after it begins; it is left out."]);
                continue;
            }
            let label = self.text(fields, "label");
            eras.push(Era {
                id: self.id(fields, &label, "era"),
                span,
                field: match self.word(fields, "field", &["full", "hatched"]) {
                    1 => EraField::Hatched,
                    _ => EraField::Full,
                },
                label,
                dates: self.text(fields, "dates"),
                text: self.text(fields, "text"),
                event: self
                    .string(fields, "event")
                    .and_then(|event| self.index(event, events, fields, "event")),
            });
        }
        eras
    }

    /// The event of a row, which gets a number, and the links it has.
    fn event(
        &mut self,
        fields: Fields<'_>,
        number: usize,
        lists: &Lists,
        pending: &mut Vec<Pending>,
    ) -> Option<Event> {
        let title = self.text(fields, "title");
        let label = self.text(fields, "label");
        let title = if title.is_empty() { label.clone() } else { title };
        if title.is_empty() {
            self.tell(fields, "title", &["the event has no \"title\" and is left out."]);
            return None;
        }
        let date = self.date(fields, "date")?;
        let label = if label.is_empty() { shorten(&title) } else { label };
        let track = self.string(fields, "track").map_or(0, |track| {
            lists.tracks.indices.get(track).copied().unwrap_or_else(|| {
                self.tell(fields, "track", &["there is no track \"", track, "\"; the first is used."]);
                0
            })
        });
        let confidence = match self.word(fields, "confidence", &["medium", "high", "low"]) {
            1 => Confidence::High,
            2 => Confidence::Low,
            _ => Confidence::Medium,
        };
        let date_disputed = fields.get("date_disputed").is_some_and(|value| {
            value.as_bool().unwrap_or_else(|| {
                self.tell(fields, "date_disputed", &["this must be true or false; false is used."]);
                false
            })
        });
        let mut body = Vec::new();
        for paragraph in self.list(fields, "body") {
            let text = self.text_of(paragraph, fields, "body");
            if !text.is_empty() {
                body.push(text);
            }
        }
        let citations = self.citations(fields, &lists.sources);
        let disputes = self.disputes(fields, &lists.sources, &citations);
        self.links(fields, number, pending);
        Some(Event {
            id: self.id(fields, &title, "event"),
            date,
            track,
            importance: self.importance(fields),
            label,
            title,
            gloss: self.text(fields, "gloss"),
            summary: self.text(fields, "summary"),
            body,
            themes: self.indices(fields, "themes", &lists.themes),
            parties: self.indices(fields, "parties", &lists.parties),
            places: self.indices(fields, "places", &lists.places),
            people: self.indices(fields, "people", &lists.people),
            names: self.text(fields, "names"),
            citations,
            confidence,
            date_disputed,
            disputes,
        })
    }

    fn importance(&mut self, fields: Fields<'_>) -> u8 {
        const USUAL: u8 = 3;
        let Some(value) = fields.get("importance") else { return USUAL };
        match value.as_u64() {
            Some(good @ 1..=5) => good as u8,
            Some(0) => {
                self.tell(fields, "importance", &["this must be from 1 to 5; 1 is used."]);
                1
            }
            Some(_) => {
                self.tell(fields, "importance", &["this must be from 1 to 5; 5 is used."]);
                5
            }
            None => {
                self.tell(
                    fields,
                    "importance",
                    &["this must be a whole number from 1 to 5, without quotation marks; 3 is used."],
                );
                USUAL
            }
        }
    }

    fn citations(&mut self, event: Fields<'_>, sources: &Ids) -> Vec<Citation> {
        let mut citations = Vec::new();
        for (index, value) in self.list(event, "sources").iter().enumerate() {
            let row = Row { parent: event.row.as_ref(), list: "sources", index };
            let Some(fields) = self.row(value, row) else { continue };
            let supports = self.text(fields, "supports");
            let source = self.string(fields, "source").unwrap_or_default();
            if let Some(source) = self.index(source, &sources.indices, fields, "source") {
                citations.push(Citation { source, supports });
            }
        }
        citations
    }

    fn disputes(&mut self, event: Fields<'_>, sources: &Ids, cited: &[Citation]) -> Vec<Dispute> {
        let mut disputes = Vec::new();
        for (index, value) in self.list(event, "disputes").iter().enumerate() {
            let row = Row { parent: event.row.as_ref(), list: "disputes", index };
            let Some(fields) = self.row(value, row) else { continue };
            let question = self.text(fields, "question");
            if question.is_empty() {
                self.tell(fields, "question", &["the dispute has no \"question\" and is left out."]);
                continue;
            }
            let readings = self.readings(fields, sources, cited);
            disputes.push(Dispute { question, readings, shown: self.text(fields, "shown") });
        }
        disputes
    }

    fn readings(&mut self, dispute: Fields<'_>, sources: &Ids, cited: &[Citation]) -> Vec<Reading> {
        let mut readings = Vec::new();
        for (index, value) in self.list(dispute, "readings").iter().enumerate() {
            let row = Row { parent: dispute.row.as_ref(), list: "readings", index };
            let Some(fields) = self.row(value, row) else { continue };
            let value = self.text(fields, "value");
            if value.is_empty() {
                self.tell(fields, "value", &["the reading has no \"value\" and is left out."]);
                continue;
            }
            let mut citations = Vec::new();
            for source in self.indices(fields, "sources", sources) {
                if let Some(index) = cited.iter().position(|citation| citation.source == source) {
                    citations.push(index);
                } else {
                    let id = &sources.ids[source];
                    self.tell(
                        fields,
                        "sources",
                        &["the event does not cite \"", id, "\", which is left out."],
                    );
                }
            }
            readings.push(Reading { value, citations });
        }
        readings
    }

    fn links(&mut self, event: Fields<'_>, number: usize, pending: &mut Vec<Pending>) {
        for (index, value) in self.list(event, "links").iter().enumerate() {
            let row = Row { parent: event.row.as_ref(), list: "links", index };
            let Some(fields) = self.row(value, row) else { continue };
            let named = self.string(fields, "relation").unwrap_or("led-to");
            let note = self.text(fields, "note");
            let to = value.get("to").and_then(Value::as_str).unwrap_or_default().trim();
            match Relation::ALL.into_iter().find(|relation| relation.id() == named) {
                Some(relation) => {
                    pending.push(Pending { event: number, index, to: to.into(), relation, note });
                }
                None => self.tell(
                    fields,
                    "relation",
                    &["there is no relation \"", named, "\"; the link is left out."],
                ),
            }
        }
    }
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
    let cut = |text: &Rc<str>| {
        if text.chars().map(width).sum::<usize>() <= ROOM {
            return Rc::clone(text);
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
