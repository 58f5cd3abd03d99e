//! A data file cut down to one language, for the page that carries it inline.

use serde_json::Value;

use super::{LoadError, parse};
use crate::model::{Lang, Text};
use crate::order::sort_by;

/// Fields that hold one text.
const TEXTS: [&str; 14] = [
    "title", "deck", "name", "short", "note", "label", "gloss", "summary", "supports", "question", "value",
    "shown", "dates", "text",
];

/// The same file with every text in one language, as compact JSON.
///
/// The language moves to the front of `languages`, so that plain strings are in it; a text that is missing in it is
/// kept in the language a reader would get, under its tag. Names in the original languages are kept whole.
///
/// # Errors
///
/// Fails as [`super::from_json`] does on bytes that are no JSON object.
pub fn project(json: &[u8], lang: &str) -> Result<Vec<u8>, LoadError> {
    let mut file = parse(json)?;
    let object = file.as_object_mut().ok_or(LoadError::NotATimeline)?;
    let listed = object.get("languages").and_then(Value::as_array);
    let listed = listed.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned);
    let mut languages: Vec<String> = listed.collect();
    if languages.is_empty() {
        languages.push("en".to_owned());
    }
    let mut offered = languages.clone();
    offered.retain(|other| other != lang);
    offered.insert(0, lang.to_owned());
    object.insert("languages".into(), offered.into());
    Projection { lang, languages }.walk(&mut file);
    Ok(file.to_string().into_bytes())
}

struct Projection<'a> {
    lang: &'a str,
    /// Those of the file; plain strings are in the first.
    languages: Vec<String>,
}

impl Projection<'_> {
    fn walk(&self, value: &mut Value) {
        match value {
            Value::Object(object) => {
                for (key, value) in object {
                    match key.as_str() {
                        "original" | "names" => self.tag(value),
                        "body" => {
                            value.as_array_mut().into_iter().flatten().for_each(|text| self.reduce(text));
                        }
                        key if TEXTS.contains(&key) => self.reduce(value),
                        _ => self.walk(value),
                    }
                }
            }
            Value::Array(rows) => rows.iter_mut().for_each(|row| self.walk(row)),
            _ => {}
        }
    }

    /// Names the language of a plain string that is not in the chosen one.
    fn tag(&self, text: &mut Value) {
        let plain = self.languages.first().map_or("en", String::as_str);
        if text.is_string() && self.lang != plain {
            *text = Value::Object(std::iter::once((plain.to_owned(), text.take())).collect());
        }
    }

    /// Leaves of a text what its reader would get.
    fn reduce(&self, text: &mut Value) {
        self.tag(text);
        let Value::Object(texts) = text else { return };
        let mut read: Vec<_> = texts
            .iter()
            .filter_map(|(lang, text)| Some((Lang::from(lang.as_str()), text.as_str()?.trim())))
            .filter(|(_, text)| !text.is_empty())
            .map(|(lang, text)| (lang, text.into()))
            .collect();
        let place = |lang: &Lang| self.languages.iter().position(|own| **own == **lang).unwrap_or(usize::MAX);
        sort_by(&mut read, |a: &(Lang, _), b| place(&a.0).cmp(&place(&b.0)));
        let read = Text(read);
        let best = read.best(self.lang);
        *text = if best.lang == self.lang || read.is_empty() {
            best.text.into()
        } else {
            Value::Object(std::iter::once((best.lang.to_owned(), best.text.into())).collect())
        };
    }
}
