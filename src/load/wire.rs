//! The shape of a data file, version 1.
//!
//! Lists of rows are kept as raw values, so that one bad row costs that row and not the file; the types of the rows
//! stand in the schema. Every field is optional to the reader, so that each can be judged by itself; the schema names
//! those that a row cannot do without.

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

/// The name of this version of the format.
pub(super) const FORMAT: &str = "annals/1";

/// A text: a plain string in the first of the file's `languages`, or an object with one string for each language tag.
#[derive(Debug, Default, Deserialize)]
#[serde(transparent)]
pub(super) struct Words(pub(super) Value);

#[cfg(feature = "schema")]
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
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("required" = ["events"])))]
#[serde(default)]
pub(super) struct Document {
    /// The address of the schema, for editors; not read.
    #[serde(rename = "$schema")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub(super) _schema: IgnoredAny,
    /// The version of the format: `annals/1`.
    #[cfg_attr(feature = "schema", schemars(extend("const" = FORMAT)))]
    pub(super) format: Option<String>,
    /// A short name in Latin letters, unique among the timelines of a site; without it, made from the title.
    pub(super) id: Option<String>,
    /// The heading of the page.
    pub(super) title: Words,
    /// One sentence under the heading.
    pub(super) deck: Words,
    /// Language tags of BCP 47, best covered first; plain strings are in the first. Without it, English.
    pub(super) languages: Vec<String>,
    /// A second calendar to be named beside the first.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["minguo"])))]
    pub(super) calendar: Option<String>,
    /// Bands of the chart, top to bottom. Without any, there is one band.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<Term>"))]
    pub(super) tracks: Vec<Value>,
    /// What an event can be about.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<Term>"))]
    pub(super) themes: Vec<Value>,
    /// Who can act in an event.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<Term>"))]
    pub(super) parties: Vec<Value>,
    /// People named in events.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<Person>"))]
    pub(super) people: Vec<Value>,
    /// Places named in events.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<Place>"))]
    pub(super) places: Vec<Value>,
    /// Works cited.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<Source>"))]
    pub(super) sources: Vec<Value>,
    /// Stretches of time drawn behind all tracks.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<Era>"))]
    pub(super) eras: Vec<Value>,
    /// Events, in any order.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<Event>"))]
    pub(super) events: Vec<Value>,
}

/// A word of a closed list: a track, a theme or a party.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("required" = ["id"])))]
#[serde(default)]
pub(super) struct Term {
    /// Unique within its list.
    pub(super) id: Option<String>,
    /// Its full name; without it, the id.
    pub(super) name: Words,
    /// A name for narrow places; without it, the full name.
    pub(super) short: Words,
    /// A definition, or what it is about in a few words.
    pub(super) note: Words,
}

/// Somebody named in events.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("required" = ["id"])))]
#[serde(default)]
pub(super) struct Person {
    /// Unique within its list.
    pub(super) id: Option<String>,
    /// The name in the languages of the reader; without it, the id.
    pub(super) name: Words,
    /// The name as written at home.
    pub(super) original: Words,
    /// Who it was, in a few words.
    pub(super) note: Words,
}

/// Somewhere events took place.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("required" = ["id", "lat", "lon"])))]
#[serde(default)]
pub(super) struct Place {
    /// Unique within its list.
    pub(super) id: Option<String>,
    /// The name in the languages of the reader; without it, the id.
    pub(super) name: Words,
    /// The name as written there.
    pub(super) original: Words,
    /// Other names of the time.
    pub(super) note: Words,
    /// Degrees north.
    #[cfg_attr(feature = "schema", schemars(range(min = -90, max = 90)))]
    pub(super) lat: Option<f64>,
    /// Degrees east.
    #[cfg_attr(feature = "schema", schemars(range(min = -180, max = 180)))]
    pub(super) lon: Option<f64>,
}

/// A work cited.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("required" = ["id", "citation"])))]
#[serde(default)]
pub(super) struct Source {
    /// Unique within its list.
    pub(super) id: Option<String>,
    /// The full citation, in the language of the work.
    pub(super) citation: Option<String>,
    /// Its address, beginning with `https:` or `http:`.
    pub(super) url: Option<String>,
    /// Its weight; without it, `reference`.
    #[cfg_attr(
        feature = "schema",
        schemars(extend("enum" = ["primary", "scholarly", "reference", "press", "weak"]))
    )]
    pub(super) grade: Option<String>,
}

/// A stretch of time drawn behind all tracks.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("required" = ["start", "end"])))]
#[serde(default)]
pub(super) struct Era {
    /// Unique within its list; without it, made from its dates.
    pub(super) id: Option<String>,
    /// Its first day, as an EDTF date.
    pub(super) start: Option<String>,
    /// The day on which it gave way, as an EDTF date: it is drawn up to the beginning of that day.
    pub(super) end: Option<String>,
    /// How it is drawn; without it, `full`.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["full", "hatched"])))]
    pub(super) field: Option<String>,
    /// Its name on the strip.
    pub(super) label: Words,
    /// Its dates in words.
    pub(super) dates: Words,
    /// A sentence about it.
    pub(super) text: Words,
    /// The id of the event that tells of it, which then stands on the strip instead of in a track.
    pub(super) event: Option<String>,
}

/// Something that happened.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("required" = ["date", "title"])))]
#[serde(default)]
pub(super) struct Event {
    /// Unique within its list; without it, made from the title.
    pub(super) id: Option<String>,
    /// When, in EDTF (ISO 8601-2:2019): `1945-08-14`, `1946-07~`, `1945-08-09/1945-09-02`.
    pub(super) date: Option<String>,
    /// The id of its track; without it, the first.
    pub(super) track: Option<String>,
    /// From 1 (detail) to 5 (landmark); without it, 3.
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 5)))]
    pub(super) importance: Option<u8>,
    /// At most 28 Latin letters or 12 Han characters, for the chart; without it, the title, cut at a word.
    pub(super) label: Words,
    /// Full heading.
    pub(super) title: Words,
    /// One line under the label when there is room.
    pub(super) gloss: Words,
    /// One sentence.
    pub(super) summary: Words,
    /// Paragraphs.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<Words>"))]
    pub(super) body: Vec<Value>,
    /// Ids of themes.
    pub(super) themes: Vec<String>,
    /// Ids of parties.
    pub(super) parties: Vec<String>,
    /// Ids of places.
    pub(super) places: Vec<String>,
    /// Ids of people.
    pub(super) people: Vec<String>,
    /// Names of the event or document in the languages of those who made it.
    pub(super) names: Words,
    /// What supports the event.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<Citation>"))]
    pub(super) sources: Vec<Value>,
    /// How sure the date and the core facts are; without it, `medium`.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["high", "medium", "low"])))]
    pub(super) confidence: Option<String>,
    /// Whether sources differ on the date that is shown.
    pub(super) date_disputed: Option<bool>,
    /// Points on which sources differ.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<Dispute>"))]
    pub(super) disputes: Vec<Value>,
    /// What the event did to others.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<Link>"))]
    pub(super) links: Vec<Value>,
}

/// The use of a source by an event.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("required" = ["source"])))]
#[serde(default)]
pub(super) struct Citation {
    /// The id of the source.
    pub(super) source: Option<String>,
    /// What the source shows.
    pub(super) supports: Words,
}

/// A point on which sources differ.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("required" = ["question"])))]
#[serde(default)]
pub(super) struct Dispute {
    /// What is in question.
    pub(super) question: Words,
    /// What each side says.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<Reading>"))]
    pub(super) readings: Vec<Value>,
    /// What this timeline shows, and why.
    pub(super) shown: Words,
}

/// One answer to a disputed question.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("required" = ["value"])))]
#[serde(default)]
pub(super) struct Reading {
    /// The answer.
    pub(super) value: Words,
    /// Ids of sources that the event cites.
    pub(super) sources: Vec<String>,
}

/// A typed link: this event did something to, or with, another.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("required" = ["to"])))]
#[serde(default)]
pub(super) struct Link {
    /// The id of the other event.
    pub(super) to: Option<String>,
    /// What this event did; without it, `led-to`.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = relation_ids())))]
    pub(super) relation: Option<String>,
    /// A remark.
    pub(super) note: Words,
}

#[cfg(feature = "schema")]
fn relation_ids() -> Vec<Value> {
    crate::model::Relation::ALL.iter().map(|relation| relation.id().into()).collect()
}

/// The schema of the format, as the text of a file.
#[cfg(feature = "schema")]
pub fn schema() -> String {
    let mut schema = schemars::schema_for!(Document).to_value();
    schema["title"] = "A timeline for Annals, format 1".into();
    tidy(&mut schema);
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}

/// Takes out what the reader's own needs put in: that it passes over nulls, and that it begins every field empty.
#[cfg(feature = "schema")]
fn tidy(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            object.remove("default");
            if let Some(Value::Array(types)) = object.get_mut("type") {
                types.retain(|name| name != "null");
                if let [one] = types.as_slice() {
                    let one = one.clone();
                    object.insert("type".into(), one);
                }
            }
            object.values_mut().for_each(tidy);
        }
        Value::Array(rows) => rows.iter_mut().for_each(tidy),
        _ => {}
    }
}
