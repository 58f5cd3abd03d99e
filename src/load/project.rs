//! A data file cut down to one language, for the page that carries it inline.

use serde_json::Value;

use super::{LoadError, parse};

/// Fields that hold one text.
const TEXTS: [&str; 13] = [
    "title", "deck", "name", "short", "note", "label", "gloss", "summary", "supports", "question", "value",
    "shown", "dates",
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
    let mut languages: Vec<Value> =
        object.get("languages").and_then(Value::as_array).cloned().unwrap_or_else(|| vec!["en".into()]);
    let plain = languages.first().and_then(Value::as_str).unwrap_or("en").to_owned();
    languages.retain(|other| other != lang);
    languages.insert(0, lang.into());
    object.insert("languages".into(), languages.into());
    walk(&mut file, lang, &plain);
    Ok(file.to_string().into_bytes())
}

fn walk(value: &mut Value, lang: &str, plain: &str) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                match key.as_str() {
                    "original" | "names" => tag(value, lang, plain),
                    "body" => {
                        value.as_array_mut().into_iter().flatten().for_each(|text| reduce(text, lang, plain))
                    }
                    "text" => reduce(value, lang, plain),
                    key if TEXTS.contains(&key) => reduce(value, lang, plain),
                    _ => walk(value, lang, plain),
                }
            }
        }
        Value::Array(rows) => rows.iter_mut().for_each(|row| walk(row, lang, plain)),
        _ => {}
    }
}

/// Names the language of a plain string that is not in `lang`.
fn tag(text: &mut Value, lang: &str, plain: &str) {
    if text.is_string() && lang != plain {
        *text = Value::Object(std::iter::once((plain.to_owned(), text.take())).collect());
    }
}

fn reduce(text: &mut Value, lang: &str, plain: &str) {
    tag(text, lang, plain);
    let Value::Object(texts) = text else { return };
    if let Some(own) = texts.remove(lang).filter(|own| own != "") {
        *text = own;
        return;
    }
    fn primary(tag: &str) -> &str {
        tag.split('-').next().unwrap_or(tag)
    }
    let keys = || texts.keys().cloned();
    let best = keys()
        .find(|own| primary(own) == primary(lang))
        .or_else(|| keys().find(|own| primary(own) == "en"))
        .or_else(|| keys().next());
    texts.retain(|own, _| Some(own) == best.as_ref());
}
