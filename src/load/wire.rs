//! The shape of a data file, version 1, as types.
//!
//! They make the schema and nothing else: the reader takes values one by one, so that a bad field costs that field.

use serde_json::Value;

use super::FORMAT;

/// A text: a plain string in the first of the file's `languages`, or an object with one string for each language tag.
struct Words;

impl schemars::JsonSchema for Words {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Text".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A text: a plain string in the first of the file's `languages`, or an object with one string for each language tag of BCP 47.",
            "anyOf": [
                { "type": "string" },
                { "type": "object", "additionalProperties": { "type": "string" } },
            ],
        })
    }
}

/// A timeline.
#[derive(schemars::JsonSchema)]
struct Document {
    /// The address of the schema, for editors; not read.
    #[schemars(rename = "$schema")]
    schema: Option<String>,
    /// The version of the format: `annals/1`.
    #[schemars(extend("const" = FORMAT))]
    format: Option<String>,
    /// A short name in Latin letters, unique among the timelines of a site; without it, made from the title.
    id: Option<String>,
    /// The heading of the page.
    title: Option<Words>,
    /// One sentence under the heading.
    deck: Option<Words>,
    /// Language tags of BCP 47, best covered first; plain strings are in the first. Without it, English.
    languages: Option<Vec<String>>,
    /// A second calendar to be named beside the first.
    #[schemars(extend("enum" = ["minguo"]))]
    calendar: Option<String>,
    /// Bands of the chart, top to bottom. Without any, there is one band.
    tracks: Option<Vec<Term>>,
    /// What an event can be about.
    themes: Option<Vec<Term>>,
    /// Who can act in an event.
    parties: Option<Vec<Term>>,
    /// People named in events.
    people: Option<Vec<Person>>,
    /// Places named in events.
    places: Option<Vec<Place>>,
    /// Works cited.
    sources: Option<Vec<Source>>,
    /// Stretches of time drawn behind all tracks.
    eras: Option<Vec<Era>>,
    /// Events, in any order.
    events: Vec<Event>,
}

/// A word of a closed list: a track, a theme or a party.
#[derive(schemars::JsonSchema)]
struct Term {
    /// Unique within its list.
    id: String,
    /// Its full name; without it, the id.
    name: Option<Words>,
    /// A name for narrow places; without it, the full name.
    short: Option<Words>,
    /// A definition, or what it is about in a few words.
    note: Option<Words>,
}

/// Somebody named in events.
#[derive(schemars::JsonSchema)]
struct Person {
    /// Unique within its list.
    id: String,
    /// The name in the languages of the reader; without it, the id.
    name: Option<Words>,
    /// The name as written at home.
    original: Option<Words>,
    /// Who it was, in a few words.
    note: Option<Words>,
}

/// Somewhere events took place.
#[derive(schemars::JsonSchema)]
struct Place {
    /// Unique within its list.
    id: String,
    /// The name in the languages of the reader; without it, the id.
    name: Option<Words>,
    /// The name as written there.
    original: Option<Words>,
    /// Other names of the time.
    note: Option<Words>,
    /// Degrees north.
    #[schemars(range(min = -90, max = 90))]
    lat: f64,
    /// Degrees east.
    #[schemars(range(min = -180, max = 180))]
    lon: f64,
}

/// A work cited.
#[derive(schemars::JsonSchema)]
struct Source {
    /// Unique within its list.
    id: String,
    /// The full citation, in the language of the work.
    citation: String,
    /// Its address, beginning with `https:` or `http:`.
    url: Option<String>,
    /// Its weight; without it, `reference`.
    #[schemars(extend("enum" = ["primary", "scholarly", "reference", "press", "weak"]))]
    grade: Option<String>,
}

/// A stretch of time drawn behind all tracks.
#[derive(schemars::JsonSchema)]
struct Era {
    /// Unique within its list; without it, made from its dates.
    id: Option<String>,
    /// Its first day, as an EDTF date.
    start: String,
    /// The day on which it gave way, as an EDTF date: it is drawn up to the beginning of that day.
    end: String,
    /// How it is drawn; without it, `full`.
    #[schemars(extend("enum" = ["full", "hatched"]))]
    field: Option<String>,
    /// Its name on the strip.
    label: Option<Words>,
    /// Its dates in words.
    dates: Option<Words>,
    /// A sentence about it.
    text: Option<Words>,
    /// The id of the event that tells of it, which then stands on the strip instead of in a track.
    event: Option<String>,
}

/// Something that happened.
#[derive(schemars::JsonSchema)]
struct Event {
    /// Unique within its list; without it, made from the title.
    id: Option<String>,
    /// When, in EDTF (ISO 8601-2:2019): `1945-08-14`, `1946-07~`, `1945-08-09/1945-09-02`. What people write otherwise is
    /// read, with a note, where it has one clear meaning: `c. 1945`, `14 August 1945`, `1945 – 1953`, `44 BC`, `before 1850`.
    date: String,
    /// The id of its track; without it, the first.
    track: Option<String>,
    /// From 1 (detail) to 5 (landmark); without it, 3.
    #[schemars(range(min = 1, max = 5))]
    importance: Option<u8>,
    /// At most 28 Latin letters or 12 Han characters, for the chart; without it, the title, cut at a word.
    label: Option<Words>,
    /// Full heading.
    title: Words,
    /// One line under the label when there is room.
    gloss: Option<Words>,
    /// One sentence.
    summary: Option<Words>,
    /// Paragraphs.
    body: Option<Vec<Words>>,
    /// Ids of themes.
    themes: Option<Vec<String>>,
    /// Ids of parties.
    parties: Option<Vec<String>>,
    /// Ids of places.
    places: Option<Vec<String>>,
    /// Ids of people.
    people: Option<Vec<String>>,
    /// Names of the event or document in the languages of those who made it.
    names: Option<Words>,
    /// What supports the event.
    sources: Option<Vec<Citation>>,
    /// How sure the date and the core facts are; without it, `medium`.
    #[schemars(extend("enum" = ["high", "medium", "low"]))]
    confidence: Option<String>,
    /// Whether sources differ on the date that is shown.
    date_disputed: Option<bool>,
    /// Points on which sources differ.
    disputes: Option<Vec<Dispute>>,
    /// What the event did to others.
    links: Option<Vec<Link>>,
}

/// The use of a source by an event.
#[derive(schemars::JsonSchema)]
struct Citation {
    /// The id of the source.
    source: String,
    /// What the source shows.
    supports: Option<Words>,
}

/// A point on which sources differ.
#[derive(schemars::JsonSchema)]
struct Dispute {
    /// What is in question.
    question: Words,
    /// What each side says.
    readings: Option<Vec<Reading>>,
    /// What this timeline shows, and why.
    shown: Option<Words>,
}

/// One answer to a disputed question.
#[derive(schemars::JsonSchema)]
struct Reading {
    /// The answer.
    value: Words,
    /// Ids of sources that the event cites.
    sources: Option<Vec<String>>,
}

/// A typed link: this event did something to, or with, another.
#[derive(schemars::JsonSchema)]
struct Link {
    /// The id of the other event.
    to: String,
    /// What this event did; without it, `led-to`.
    #[schemars(extend("enum" = relation_ids()))]
    relation: Option<String>,
    /// A remark.
    note: Option<Words>,
}

fn relation_ids() -> Vec<Value> {
    crate::model::Relation::ALL.iter().map(|relation| relation.id().into()).collect()
}

/// The schema of the format, as the text of a file.
pub fn schema() -> String {
    let mut schema = schemars::schema_for!(Document).to_value();
    schema["title"] = "A timeline for Annals, format 1".into();
    tidy(&mut schema);
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}

/// Takes the null out of fields that need not be there: the reader passes over it, but nobody should write it.
fn tidy(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            if let Some(Value::Array(types)) = object.get_mut("type") {
                types.retain(|name| name != "null");
                if let [one] = types.as_slice() {
                    let one = one.clone();
                    object.insert("type".into(), one);
                }
            }
            if let Some(Value::Array(choices)) = object.get_mut("anyOf") {
                choices.retain(|choice| choice["type"] != "null");
                if let [Value::Object(one)] = choices.as_slice() {
                    let one = one.clone();
                    object.remove("anyOf");
                    object.extend(one);
                }
            }
            object.values_mut().for_each(tidy);
        }
        Value::Array(rows) => rows.iter_mut().for_each(tidy),
        _ => {}
    }
}
